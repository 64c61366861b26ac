"""Nodes to a taxonomy: every item read by its table of fields, every reference resolved, every complaint collected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lgbm.messages import taxonomy as say
from lgbm.model.concepts import Item, Kind, Service
from lgbm.model.taxonomy import SECTIONS, Taxonomy
from lgbm.reading.circumstances import check_name, read_citizen_fact
from lgbm.reading.events import read_event
from lgbm.reading.fields import ITEMS, NAMED, SERVICE, TAXONOMY
from lgbm.reading.nodes import Listing, Node, Pairs, Scalar, Unusable
from lgbm.reading.reader import ID, WHAT, Reader, one
from lgbm.reading.tables import read_table

Sections = Mapping[str, Mapping[str, tuple[Scalar, Node]]]
"""For each section, each id as it was written, with the item below it."""


def build(sections: Sections, about: Pairs, layers: tuple[str, ...], reader: Reader) -> Taxonomy | None:
    """The taxonomy; where *reader* has complaints, what could be read. *about* is the merged section `taxonomy`."""
    present, reader.withdrawn = _declared(sections, reader)
    reader.ids = {name: {each: key for each, (key, _) in items.items()} for name, items in present.items()}
    _refuse_shared_names(reader)
    found = TAXONOMY.read(about, None, reader)
    built: dict[str, dict[str, Item]] = {name: {} for name in SECTIONS}
    for name in SECTIONS:
        for each, (key, node) in present[name].items():
            item = _item(name, key, node, reader)
            if item is not None:
                built[name][each] = item
        if name == "circumstances" and found:
            _find_jurisdiction(about, found.get("jurisdiction", ()), reader)
    _refuse_circles(present, built, reader)
    if found is None:
        return None
    everything: dict[str, Any] = {**found, **built}
    everything.pop("extends", None)
    everything["jurisdiction"] = tuple(one for one in found.get("jurisdiction", ()) if one in built["circumstances"])
    return Taxonomy(layers=layers, **everything)


def _declared(sections: Sections, reader: Reader) -> tuple[Sections, dict[str, dict[str, Scalar]]]:
    """The items that are in force, and those withdrawn. An id that cannot be one is refused here."""
    present: dict[str, dict[str, tuple[Scalar, Node]]] = {}
    withdrawn: dict[str, dict[str, Scalar]] = {}
    for name in SECTIONS:
        present[name], withdrawn[name] = {}, {}
        for each, (key, node) in sections.get(name, {}).items():
            if _is_withdrawn(node):
                withdrawn[name][each] = key
                continue
            present[name][each] = (key, node)
            if name in NAMED:
                check_name(key, reader)
            elif not ID.fullmatch(each) and not isinstance(key, Unusable):
                reader.complain(say.not_an_id(key.span, each))
    return present, withdrawn


def _is_withdrawn(node: Node) -> bool:
    status = node.entries.get("status") if isinstance(node, Pairs) else None
    return status is not None and isinstance(status[1], Scalar) and status[1].text == "withdrawn"


def _refuse_shared_names(reader: Reader) -> None:
    taken: dict[str, tuple[str, Scalar]] = {}
    for section in ("circumstances", "rates", "tables"):
        for name, key in reader.ids[section].items():
            if name in taken:
                other, first = taken[name]
                reader.complain(say.name_taken(key.span, name, one(WHAT[other]), first.span))
            taken.setdefault(name, (section, key))


def _find_jurisdiction(about: Pairs, names: Sequence[str], reader: Reader) -> None:
    options: dict[str, str] = {}
    for name, node in zip(names, _each(about.entries["jurisdiction"][1]) if names else (), strict=False):
        fact = reader.circumstances.get(name)
        if fact is None:
            continue
        if fact.kind is not Kind.CHOICE:
            reader.complain(say.jurisdiction_is_no_choice(node.span, fact.id, fact.kind))
            continue
        for option in fact.options:
            if options.setdefault(option, fact.id) != fact.id:
                reader.complain(say.option_of_two_jurisdictions(node.span, option, options[option], fact.id))
    if options:
        reader.jurisdiction, reader.jurisdictions = "` or `".join(dict.fromkeys(options.values())), tuple(options)


def _each(node: Node) -> Sequence[Node]:
    return node.items if isinstance(node, Listing) else [node]


def _item(section: str, key: Scalar, node: Node, reader: Reader) -> Item | None:
    table = ITEMS[section]
    if isinstance(key, Unusable) or isinstance(node, Unusable):
        return None
    if not isinstance(node, Pairs):
        reader.expected(node, key.text, "a mapping of fields")
        return None
    make = _MAKERS.get(section)
    if make is not None:
        return make(key, node, reader)
    found = table.read(node, key, reader)
    return None if found is None else SECTIONS[section](id=key.text, span=key.span, **found)


def _service(key: Scalar, node: Pairs, reader: Reader) -> Service | None:
    found = SERVICE.read(node, key, reader)
    if found is None:
        return None
    days = found.pop("effective", {})
    start, end = days.get("effective_from"), days.get("effective_until")
    if start and end and end < start:
        span = node.entries["effective"][0].span
        reader.complain(say.ends_before_it_begins(span, str(start), str(end)))
    return Service(id=key.text, span=key.span, **found, **days)


def _refuse_circles(present: Sections, built: Mapping[str, Mapping[str, Item]], reader: Reader) -> None:
    for section, items in built.items():
        if "broader" not in ITEMS[section].fields:
            continue
        broader: dict[str, tuple[str, ...]] = {name: getattr(item, "broader", ()) for name, item in items.items()}
        for circle in _circles(broader):
            node = present[section][circle[0]][1]
            assert isinstance(node, Pairs)
            reader.complain(say.circle(node.entries["broader"][0].span, circle))


def _circles(broader: Mapping[str, tuple[str, ...]]) -> list[list[str]]:
    """Circles of the relation, each once, from its first item round to that item again."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in broader:
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                path.pop()
                on_path.discard(name)
                done.add(name)
            elif name in on_path:
                found.append([*path[path.index(name) :], name])
            elif name not in done:
                path.append(name)
                on_path.add(name)
                stack.append((name, True))
                stack.extend((wider, False) for wider in broader.get(name, ()))
    return found


_MAKERS: Mapping[str, Callable[[Scalar, Pairs, Reader], Item | None]] = {
    "circumstances": read_citizen_fact,
    "tables": read_table,
    "events": read_event,
    "services": _service,
}
