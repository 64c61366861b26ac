"""Files, folders and packaged taxonomies to one taxonomy: what lies under what, and what it does to an item."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import Factory, define, frozen

from lgbm.errors import Diagnostic, SourceError, in_order
from lgbm.messages import documents as say_of_files
from lgbm.messages import taxonomy as say
from lgbm.model.taxonomy import SECTIONS, Taxonomy
from lgbm.reading.build import build
from lgbm.reading.documents import LARGEST, decode, read_document
from lgbm.reading.nodes import BEGINNING, Listing, Node, Pairs, Scalar, Unusable
from lgbm.reading.reader import ID, WHAT, Reader, one
from lgbm.source import Source

_ENDINGS = (".yaml", ".yml")
_TEXTS = frozenset({"label", "notes", "question"})
"""Fields that hold a text for each language."""


@define
class Layer:
    """What the files of one folder say, before it is laid over others."""

    place: str
    name: str
    folder: Path | None
    sections: dict[str, dict[str, tuple[Scalar, Node]]] = Factory(dict[str, dict[str, tuple[Scalar, Node]]])
    about: Pairs | None = None
    about_key: Scalar | None = None


def load_taxonomy(*paths: str | os.PathLike[str]) -> Taxonomy:
    """The taxonomy that files, folders or packaged taxonomies hold; of several, a later one lies over an earlier.

    In a folder, every `.yaml` and `.yml` below it belongs to the taxonomy, except where a name begins with a dot.
    All complaints come at once, in one `SourceError`.
    """
    if not paths:
        raise TypeError("give at least one path")
    return draft_of(*paths).whole()


def read_text(text: str, name: str = "taxonomy.yaml") -> Taxonomy:
    """The taxonomy that one text holds. Its `extends` may name packaged taxonomies only."""
    return draft_of_text(text, name).whole()


@frozen
class Draft:
    """A taxonomy as far as it could be read, so that whoever reads on can say at once what else is wrong."""

    taxonomy: Taxonomy | None
    complaints: tuple[Diagnostic, ...]
    unread: frozenset[str] = frozenset()
    """Ids of the items that are written but could not be read: a mention of them is no further mistake."""

    def whole(self) -> Taxonomy:
        """The taxonomy. Raises `SourceError` where there are complaints."""
        if self.complaints or self.taxonomy is None:
            raise SourceError(in_order(self.complaints))
        return self.taxonomy


def draft_of(*paths: str | os.PathLike[str]) -> Draft:
    """What files, folders or packaged taxonomies hold, with everything that is wrong in it."""
    gathering = _Gathering(prefixed=len(paths) > 1)
    for path in paths:
        place = os.fspath(path)
        found = Path(place) if Path(place).exists() else packaged(place)
        if found is None:
            gathering.fatal(say_of_files.no_such_path(place))
        else:
            gathering.add(found, place, ())
    return gathering.draft()


def draft_of_text(text: str, name: str = "taxonomy.yaml") -> Draft:
    """What one text holds, with everything that is wrong in it."""
    gathering = _Gathering(prefixed=False)
    layer = Layer(name, Path(name).stem, None)
    gathering.read(Source(name, text.removeprefix("\ufeff")), layer)
    gathering.lay(layer, (name,))
    return gathering.draft()


def packaged(name: str) -> Path | None:
    """The folder of a taxonomy that comes with the library, or of a checkout's `taxonomies`."""
    if not ID.fullmatch(name):
        return None
    inside = Path(__file__).parents[1] / "taxonomies" / name
    beside = Path(__file__).parents[3] / "taxonomies" / name
    return next((folder for folder in (inside, beside) if folder.is_dir()), None)


@define
class _Gathering:
    """Layers found so far, lowest first, and what was amiss with their files."""

    prefixed: bool
    layers: list[Layer] = Factory(list[Layer])
    complaints: list[Diagnostic] = Factory(list[Diagnostic])
    unread: bool = False
    known: dict[str, Layer] = Factory(dict[str, Layer])

    def fatal(self, complaint: Diagnostic) -> None:
        self.complaints.append(complaint)
        self.unread = True

    def add(self, path: Path, place: str, below: tuple[str, ...]) -> None:
        """The taxonomy at *path*, over whatever it extends. *below* are the places that led here by `extends`."""
        identity = str(path.resolve())
        if identity in self.known:
            return
        layer = Layer(identity, path.name if path.is_dir() else path.stem, path if path.is_dir() else path.parent)
        self.known[identity] = layer
        prefix = f"{layer.name}/" if self.prefixed or below else ""
        files = list(_files(path)) if path.is_dir() else [path]
        if not files:
            self.fatal(say_of_files.empty_folder(place))
        for file in files:
            name = prefix + file.relative_to(path).as_posix() if path.is_dir() else file.name
            source = self.open(file, name)
            if source is not None:
                self.read(source, layer)
        self.lay(layer, (*below, identity))

    def open(self, file: Path, name: str) -> Source | None:
        try:
            with file.open("rb") as stream:
                raw = stream.read(LARGEST + 1)
        except OSError as error:
            self.fatal(say_of_files.unreadable(name, (error.strerror or "unknown reason").lower()))
            return None
        source, complaints = decode(raw, name)
        self.complaints.extend(complaints)
        self.unread = self.unread or source is None
        return source

    def read(self, source: Source, layer: Layer) -> None:
        """Put the sections of one file among those of its layer."""
        root, complaints, whole = read_document(source)
        self.complaints.extend(complaints)
        self.unread = self.unread or not whole
        if root is None or isinstance(root, Unusable):
            return
        if not isinstance(root, Pairs):
            self.complaints.append(say.not_sections(root.span))
            return
        reader = Reader(complaints=self.complaints)
        for name, (key, node) in root.entries.items():
            if isinstance(key, Unusable) or isinstance(node, Unusable):
                continue
            if name == "taxonomy":
                self.read_about(key, node, layer, reader)
            elif name not in SECTIONS:
                about = name in ("id", "label", "extends", "leap_day_birthday", "jurisdiction")
                hint = (
                    f"`{name}` stands in the section `taxonomy`"
                    if about
                    else reader.hint(name, ("taxonomy", *SECTIONS))
                )
                self.complaints.append(say.unknown_section(key.span, name, hint))
            elif not isinstance(node, Pairs):
                reader.expected(node, name, "a mapping from id to item")
            else:
                self.read_section(name, node, layer)

    def read_about(self, key: Scalar, node: Node, layer: Layer, reader: Reader) -> None:
        if not isinstance(node, Pairs):
            reader.expected(node, "taxonomy", "a mapping of fields")
        elif layer.about_key is not None:
            self.complaints.append(say.section_taxonomy_twice(key.span, layer.about_key.span))
        else:
            layer.about, layer.about_key = node, key

    def read_section(self, name: str, node: Pairs, layer: Layer) -> None:
        items = layer.sections.setdefault(name, {})
        for each, (key, item) in node.entries.items():
            if isinstance(key, Unusable):
                continue
            if each in items:
                self.complaints.append(say.same_id_twice(key.span, one(WHAT[name]), each, items[each][0].span))
            else:
                items[each] = (key, item)

    def lay(self, layer: Layer, path: tuple[str, ...]) -> None:
        """Put *layer* on top, once everything that it extends lies there."""
        for node in self.extended(layer):
            folder = packaged(node.text)
            if folder is None and layer.folder is not None:
                beside = layer.folder / node.text
                folder = beside if beside.exists() else None
            if folder is None:
                self.fatal(say.nothing_to_extend(node.span, node.text, None))
            elif str(folder.resolve()) in path:
                names = [self.known[each].name for each in path[path.index(str(folder.resolve())) :]]
                self.fatal(say.extends_in_a_circle(node.span, [*names, names[0]]))
            else:
                self.add(folder, node.text, path)
        self.layers.append(layer)

    @staticmethod
    def extended(layer: Layer) -> list[Scalar]:
        found = layer.about.entries.get("extends") if layer.about else None
        if found is None:
            return []
        nodes: Sequence[Node] = found[1].items if isinstance(found[1], Listing) else [found[1]]
        scalars = [node for node in nodes if isinstance(node, Scalar) and not isinstance(node, Unusable)]
        return [node for node in scalars if node.text.strip()]

    def draft(self) -> Draft:
        """All layers as one taxonomy, as far as they could be read."""
        if self.unread or not self.layers:
            return Draft(None, tuple(self.complaints))
        reader = Reader(complaints=self.complaints)
        *lower, top = self.layers
        sections: dict[str, dict[str, tuple[Scalar, Node]]] = {}
        for layer in self.layers:
            for name, items in layer.sections.items():
                into = sections.setdefault(name, {})
                for each, (key, node) in items.items():
                    into[each] = (key, _over(into[each][1], node)) if each in into else (key, node)
        taxonomy = build(sections, _about(top, lower), tuple(_id_of(layer) for layer in lower), reader)
        read = {each for _, items in taxonomy.sections() for each in items} if taxonomy else set[str]()
        withdrawn = {each for items in reader.withdrawn.values() for each in items}
        unread = frozenset(each for items in sections.values() for each in items) - read - withdrawn
        return Draft(taxonomy, tuple(reader.complaints), unread)


def _files(folder: Path) -> Iterator[Path]:
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(_ENDINGS) and not name.startswith("."):
                yield Path(at) / name


def _over(lower: Node, upper: Node) -> Node:
    """An item changed field by field. Labels and options are merged entry by entry."""
    if not isinstance(lower, Pairs) or not isinstance(upper, Pairs):
        return upper
    merged = Pairs(upper.source, upper.start)
    merged.entries = dict(lower.entries)
    for name, (key, node) in upper.entries.items():
        over = _texts_over if name in _TEXTS else _options_over if name == "options" else None
        merged.entries[name] = (key, over(lower.entries[name][1], node) if over and name in lower.entries else node)
    return merged


def _texts_over(lower: Node, upper: Node) -> Node:
    below, above = _by_language(lower), _by_language(upper)
    if below is None or above is None:
        return upper
    merged = Pairs(upper.source, upper.start)
    merged.entries = {**below.entries, **above.entries}
    return merged


def _by_language(node: Node) -> Pairs | None:
    """Labels as a mapping: a text alone is English."""
    if not isinstance(node, Scalar):
        return node if isinstance(node, Pairs) else None
    pairs = Pairs(node.source, node.start)
    pairs.entries = {"en": (node, node)}
    return pairs


def _options_over(lower: Node, upper: Node) -> Node:
    if not isinstance(lower, Pairs) or not isinstance(upper, Pairs):
        return upper
    merged = Pairs(upper.source, upper.start)
    merged.entries = dict(lower.entries)
    for code, (key, node) in upper.entries.items():
        merged.entries[code] = (key, _texts_over(lower.entries[code][1], node) if code in lower.entries else node)
    return merged


def _about(top: Layer, lower: Sequence[Layer]) -> Pairs:
    """The section `taxonomy` of *top*, with what it leaves open taken from the layers below."""
    nothing = Source(top.name, "")
    about = Pairs(nothing, BEGINNING)
    if top.about is None:
        for name, text in (("id", _slug(top.name)), ("label", top.name)):
            scalar = Scalar(text, "", nothing, BEGINNING, BEGINNING)
            about.entries[name] = (scalar, scalar)
    else:
        about = Pairs(top.about.source, top.about.start)
        about.entries = dict(top.about.entries)
    for layer in reversed(lower):
        for name in ("leap_day_birthday", "jurisdiction"):
            if layer.about is not None and name in layer.about.entries:
                about.entries.setdefault(name, layer.about.entries[name])
    return about


def _id_of(layer: Layer) -> str:
    found = layer.about.entries.get("id") if layer.about else None
    return found[1].text if found and isinstance(found[1], Scalar) else _slug(layer.name)


def _slug(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-") or "taxonomy"
