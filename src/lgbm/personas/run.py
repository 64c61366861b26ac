"""Files and folders of personas to reports: each taxonomy loaded once, each person resolved and compared."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from attrs import Factory, define, field, frozen

from lgbm.errors import Diagnostic, SourceError, in_order
from lgbm.executable import Model, load
from lgbm.messages import documents as say_of_files
from lgbm.messages import personas as say
from lgbm.personas.compare import Surprise, surprises
from lgbm.personas.read import read_sheet
from lgbm.reading import packaged
from lgbm.reading.documents import decode, read_document
from lgbm.reading.nodes import Listing, Pairs, Scalar, Unusable
from lgbm.reading.reader import Reader
from lgbm.source import Span

_ENDINGS = (".yaml", ".yml")
_SOME = 3
"""How many mistakes of a taxonomy are told here: a tester wants to know that it is broken, not all that is."""


@frozen(eq=False)
class FileReport:
    """What came of one file: the surprises, or the complaints for which it could not be used."""

    name: str
    people: int = 0
    cases: int = 0
    surprises: tuple[Surprise, ...] = field(default=(), repr=False)
    complaints: tuple[Diagnostic, ...] = field(default=(), repr=False)

    @property
    def as_expected(self) -> bool:
        """Whether the file could be used and everything came as expected."""
        return not self.surprises and not self.complaints

    def __str__(self) -> str:
        return "\n\n".join(str(one) for one in (*self.complaints, *self.surprises)) or f"{self.name}: as expected"

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {
            "file": self.name,
            "people": self.people,
            "cases": self.cases,
            "surprises": [one.to_dict() for one in self.surprises],
            "complaints": [one.to_dict() for one in self.complaints],
        }


def run(
    *paths: str | os.PathLike[str], taxonomy: str | Sequence[str] = (), on: date | None = None
) -> Iterator[FileReport]:
    """A report for each file that *paths* are or hold, one after the other.

    *taxonomy* and *on* take the place of those that the files state.
    """
    runner = _Runner((taxonomy,) if isinstance(taxonomy, str) else tuple(taxonomy), on)
    for path in paths:
        found = list(_files(Path(path)))
        if not found:
            place = os.fspath(path)
            missing = say_of_files.empty_folder(place) if Path(path).exists() else say.no_such_path(place)
            yield FileReport(place, complaints=(missing,))
        for file in found:
            yield runner.report(file)


@define
class _Runner:
    taxonomy: tuple[str, ...]
    on: date | None
    untold: tuple[Diagnostic, ...] = ()
    """Mistakes of a taxonomy, to be told with the next file."""
    models: dict[tuple[str, ...], Model | SourceError] = Factory(dict[tuple[str, ...], "Model | SourceError"])

    def report(self, file: Path) -> FileReport:
        name = file.as_posix()
        root, complaints = _document(file, name)
        if root is None:
            return FileReport(name, complaints=tuple(in_order(complaints)))
        reader = Reader(complaints=complaints)
        model = self.model_of(root, file, reader)
        sheet = read_sheet(root, model, self.on, reader)
        if reader.complaints or model is None:
            # A person's mistake comes again with each of her variants.
            own = dict.fromkeys(in_order(reader.complaints))
            told, self.untold = (*own, *self.untold), ()
            return FileReport(name, sheet.people, complaints=told)
        found = (surprise for case in sheet.cases for surprise in surprises(case, model))
        return FileReport(name, sheet.people, len(sheet.cases), tuple(found))

    def model_of(self, root: Pairs, file: Path, reader: Reader) -> Model | None:
        """The model to ask, if there is one; *reader* is told why there is none."""
        if self.taxonomy:
            return self.loaded(self.taxonomy, None, reader)
        written = _taxonomies(root)
        folders: list[str] = []
        for scalar in written:
            beside = file.parent / scalar.text
            folder = packaged(scalar.text) or (beside if beside.exists() else None)
            if folder is None:
                reader.complain(say.no_such_taxonomy(scalar.span, scalar.text))
            else:
                folders.append(str(folder))
        if not written or len(folders) < len(written):
            return None
        return self.loaded(tuple(folders), written[0], reader)

    def loaded(self, folders: tuple[str, ...], written: Scalar | None, reader: Reader) -> Model | None:
        key = tuple(str(Path(one).resolve()) for one in folders)
        first = key not in self.models
        if first:
            try:
                self.models[key] = load(*folders)
            except SourceError as problem:
                self.models[key] = problem
        found = self.models[key]
        if isinstance(found, Model):
            return found
        name = written.text if written else " ".join(folders)
        span = written.span if written else None
        reader.complain(say.broken_taxonomy("--taxonomy", span, name, len(found.diagnostics)))
        if first:
            self.untold = found.diagnostics[:_SOME]
        return None


def _document(file: Path, name: str) -> tuple[Pairs | None, list[Diagnostic]]:
    """What the file holds, or nothing where that is not about people, or could not be read to its end."""
    try:
        source, complaints = decode(file.read_bytes(), name)
    except OSError as error:
        return None, [say_of_files.unreadable(name, (error.strerror or "unknown reason").lower())]
    if source is None:
        return None, complaints
    root, complaints, whole = read_document(source)
    if not whole or isinstance(root, Unusable):
        return None, complaints
    if not isinstance(root, Pairs) or "personas" not in root.entries:
        return None, [*complaints, say.not_personas(root.span if root else Span(source, 1, 1))]
    return root, complaints


def _taxonomies(root: Pairs) -> list[Scalar]:
    found = root.entries.get("taxonomy")
    nodes = [] if found is None else found[1].items if isinstance(found[1], Listing) else [found[1]]
    return [one for one in nodes if isinstance(one, Scalar) and not isinstance(one, Unusable) and one.text.strip()]


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for at, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(_ENDINGS) and not name.startswith("."):
                yield Path(at) / name
