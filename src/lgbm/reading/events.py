"""Events: what becomes of circumstances."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lgbm.messages import taxonomy as say
from lgbm.model.concepts import (
    AddPerson,
    Change,
    Circumstance,
    Compute,
    Effect,
    Event,
    Forget,
    Kind,
    RemoveWhere,
    SetTo,
)
from lgbm.model.values import Value
from lgbm.reading.facts import read_person, read_value
from lgbm.reading.fields import CHANGE, EVENT
from lgbm.reading.nodes import Node, Pairs, Scalar, Unusable
from lgbm.reading.reader import Reader
from lgbm.reading.shapes import Flag

_RECEIVES = re.compile(r'receives\(\s*"([^"]*)"\s*\)')
_EFFECTS = frozenset(CHANGE.fields)


def read_event(key: Scalar, node: Pairs, reader: Reader) -> Event | None:
    found = EVENT.read(node, key, reader)
    if found is None:
        return None
    held = found.pop("changes", None)
    pairs = reader.pairs(held, "changes", "a mapping from circumstance to what becomes of it") if held else None
    changes: dict[str, Change] = {}
    for name, (written_key, value) in pairs.entries.items() if pairs else ():
        change = _change(name, written_key, value, reader)
        if change is None:
            continue
        if change.circumstance in changes:
            first = changes[change.circumstance].span
            reader.complain(say.same_id_twice(change.span, "changed", change.circumstance, first))
        changes[change.circumstance] = change
    return Event(id=key.text, span=key.span, changes=tuple(changes.values()), **found)


def _change(name: str, key: Scalar, node: Node, reader: Reader) -> Change | None:
    if isinstance(key, Unusable) or isinstance(node, Unusable):
        return None
    if "(" in name:
        return _change_of_receipt(name, key, node, reader)
    fact = reader.circumstances.get(name)
    if fact is None:
        gone = reader.withdrawn["circumstances"].get(name)
        if gone is not None:
            reader.complain(say.withdrawn_reference(key.span, "circumstance", name, gone.span))
        elif name not in reader.ids["circumstances"]:
            hint = reader.hint(name, reader.ids["circumstances"])
            reader.complain(say.unknown_reference(key.span, "circumstance", name, hint))
        return None
    if fact.formula is not None:
        reader.complain(say.formula_in_change(key.span, name))
        return None
    effect = _effect(node, fact, reader)
    return None if effect is None else Change(name, effect, key.span)


def _change_of_receipt(name: str, key: Scalar, node: Node, reader: Reader) -> Change | None:
    found = _RECEIVES.fullmatch(name)
    if found is None:
        reader.complain(say.not_receives(key.span, name))
        return None
    service = found[1]
    if service not in reader.ids["services"]:
        gone = reader.withdrawn["services"].get(service)
        if gone is not None:
            reader.complain(say.withdrawn_reference(key.span, "service", service, gone.span))
        else:
            hint = reader.hint(service, reader.ids["services"])
            reader.complain(say.unknown_reference(key.span, "service", service, hint))
        return None
    fact = Circumstance(id=f'receives("{service}")', label={}, kind=Kind.BOOLEAN, span=key.span)
    effect = _effect(node, fact, reader)
    return None if effect is None else Change(fact.id, effect, key.span)


def _effect(node: Node, fact: Circumstance, reader: Reader) -> Effect | None:
    named = _named_effect(node, fact)
    if named is None:
        value = read_value(node, fact, reader)
        return None if value is None else SetTo(value)
    word, key, held = named
    if word in ("add", "remove_where") and fact.kind is not Kind.PEOPLE:
        reader.complain(say.effect_does_not_fit(key.span, word, fact.id, fact.kind))
        return None
    if isinstance(held, Unusable):
        return None
    if word == "add":
        person: Mapping[str, Value] | None = read_person(held, fact, reader)
        return None if person is None else AddPerson(person)
    if word == "forget":
        if Flag().read(held, word, reader) is False:
            reader.complain(say.not_a_change(key.span, fact.id))
        return Forget()
    said = CHANGE.fields[word].shape.read(held, word, reader)
    if said is None:
        return None
    return Compute(said) if word == "formula" else RemoveWhere(said)


def _named_effect(node: Node, fact: Circumstance) -> tuple[str, Scalar, Node] | None:
    """The one effect that a mapping names, unless it is a person of whom such a field is known."""
    if not isinstance(node, Pairs) or len(node.entries) != 1:
        return None
    ((word, (key, held)),) = node.entries.items()
    if word not in _EFFECTS or (fact.kind is Kind.PERSON and word in fact.fields):
        return None
    return word, key, held
