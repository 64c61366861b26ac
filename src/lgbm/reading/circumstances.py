"""Circumstances, and what is described as they are: the fields of a person, the inputs of a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import evolve

from lgbm.messages import taxonomy as say
from lgbm.model.concepts import Circumstance, Kind
from lgbm.model.values import Number
from lgbm.reading.facts import read_bound, read_value
from lgbm.reading.fields import CIRCUMSTANCE, PERSON_FIELD
from lgbm.reading.nodes import Node, Pairs, Scalar, Unusable
from lgbm.reading.reader import NAME, FieldTable, Reader

_WORDS = "and or not if then else for in return some every satisfies true false null between instance of function"
KEYWORDS = frozenset(_WORDS.split(" "))
"""The rule language's own words."""

FITS: Mapping[str, tuple[Kind, ...]] = {
    "options": (Kind.CHOICE, Kind.CHOICES),
    "fields": (Kind.PERSON, Kind.PEOPLE),
    "unit": (Kind.NUMBER, Kind.MONEY),
    "places": (Kind.NUMBER, Kind.MONEY),
    "at_least": (Kind.NUMBER, Kind.MONEY, Kind.DATE),
    "at_most": (Kind.NUMBER, Kind.MONEY, Kind.DATE),
    "future": (Kind.DATE,),
    "formula": tuple(kind for kind in Kind if kind not in (Kind.PERSON, Kind.PEOPLE)),
}
"""The types that have a field which is not for all of them."""

NEEDED: Mapping[Kind, str] = {
    Kind.CHOICE: "options",
    Kind.CHOICES: "options",
    Kind.PERSON: "fields",
    Kind.PEOPLE: "fields",
}


def read_citizen_fact(key: Scalar, node: Pairs, reader: Reader) -> Circumstance | None:
    fact = read_circumstance(key, node, CIRCUMSTANCE, reader)
    if fact is not None:
        reader.circumstances[fact.id] = fact
    return fact


def read_circumstance(key: Scalar, node: Pairs, table: FieldTable, reader: Reader) -> Circumstance | None:
    """One circumstance, or a field of a person, or an input of a table, by the *table* of its fields."""
    found = table.read(node, key, reader)
    if found is None or not _fits_type(key, node, Kind(found["kind"]), reader):
        return None
    kind = Kind(found["kind"])
    nodes = {name: found.pop(name, None) for name in ("fields", "at_least", "at_most", "otherwise")}
    found["kind"] = kind
    found.setdefault("label", {"en": key.text})
    if nodes["fields"] is not None:
        fields = read_described(nodes["fields"], "fields", PERSON_FIELD, reader)
        if fields is None:
            return None
        found["fields"] = fields
    fact = Circumstance(id=key.text, span=key.span, **found)
    low, high = (_bound(nodes[name], fact, reader) for name in ("at_least", "at_most"))
    if low is not None or high is not None:
        fact = evolve(fact, at_least=low, at_most=high)
        if low is not None and high is not None and low > high:  # type: ignore[operator]
            reader.complain(say.bounds_crossed(node.entries["at_least"][1].span, fact.id))
    if nodes["otherwise"] is not None:
        if "asked_when" not in node.entries:
            reader.complain(say.otherwise_never(node.entries["otherwise"][0].span))
        fact = evolve(fact, otherwise=read_value(nodes["otherwise"], fact, reader))
    return fact


def _bound(node: Node | None, fact: Circumstance, reader: Reader) -> Number | date | None:
    return None if node is None else read_bound(node, fact, reader)


def _fits_type(key: Scalar, node: Pairs, kind: Kind, reader: Reader) -> bool:
    fits = True
    for name, kinds in FITS.items():
        if name in node.entries and kind not in kinds:
            reader.complain(say.does_not_fit_type(node.entries[name][0].span, name, kind, kinds))
            fits = False
    needed = NEEDED.get(kind)
    if needed and needed not in node.entries:
        reader.complain(say.needed_by_type(key.span, needed, kind))
        fits = False
    return fits


def read_described(node: Node, name: str, table: FieldTable, reader: Reader) -> dict[str, Circumstance] | None:
    """The fields of a person or the inputs of a table; nothing where one could not be read."""
    pairs = reader.pairs(node, name, "a mapping from name to what it is")
    if pairs is None:
        return None
    facts: dict[str, Circumstance] = {}
    for each, (key, described) in pairs.entries.items():
        check_name(key, reader)
        fields = reader.pairs(described, each, "a mapping of fields")
        fact = read_circumstance(key, fields, table, reader) if fields and not isinstance(key, Unusable) else None
        if fact is not None:
            facts[each] = fact
    return facts if len(facts) == len(pairs.entries) else None


def check_name(key: Scalar, reader: Reader) -> None:
    """Refuse a key that rules could not use as a name."""
    if isinstance(key, Unusable):
        return
    if not NAME.fullmatch(key.text):
        reader.complain(say.not_a_name(key.span, key.text))
    elif key.text in KEYWORDS:
        reader.complain(say.keyword(key.span, key.text))
