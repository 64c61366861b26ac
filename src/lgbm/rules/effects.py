"""What a life event does to the facts of a citizen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lgbm.model import concepts as c
from lgbm.model.facts import Facts, Person, Unknown, as_fact, doubts_in, persons_in
from lgbm.model.values import Value
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook
from lgbm.rules.semantics import evaluate
from lgbm.rules.settle import settled


def after(book: DatedRulebook, event: c.Event, stated: Mapping[str, Value], before: Facts) -> Facts:
    """The facts after *event*. What depends on what it changed is worked out anew."""
    then: dict[str, Value] = dict(stated)
    doubts: dict[str, Unknown] = {}
    for change in event.changes:
        name = change.circumstance
        value = _effect(book.effects[event.id].get(name), change, before)
        how = book.derived.get(name)
        if isinstance(value, Unknown) and (how is None or how.formula is None):
            doubts[name] = value
        if value is None or isinstance(value, Unknown):
            then.pop(name, None)
        else:
            then[name] = value
    changed = frozenset(one.circumstance for one in event.changes if _is_change(one, before, then))
    return settled(book, then, changed=changed, unknown=doubts)


def _is_change(change: c.Change, before: Facts, then: Mapping[str, Value]) -> bool:
    """Whether something changed; persons who are put in the place of others are not taken to be the same."""
    name = change.circumstance
    if isinstance(change.effect, c.SetTo) and persons_in(then.get(name)):
        return True
    return name not in before.known or before.known[name] != then.get(name)


def _effect(rule: t.Term | None, change: c.Change, before: Facts) -> Value | Unknown | None:
    """The new value of the circumstance; what it wants for, where it hangs on facts that are not known; or nothing."""
    people: Any = before.known.get(change.circumstance)
    match change.effect:
        case c.SetTo(value):
            return as_fact(value, change.circumstance)
        case c.Forget():
            return None
        case c.Compute():
            assert rule is not None
            found = evaluate(rule, before)
            doubts = doubts_in((found,))
            return _wanted(doubts) if doubts else found
        case c.AddPerson(fields):
            if people is None:
                return None
            return (*people, as_fact(fields, f"{change.circumstance}[{len(people) + 1}]"))
        case c.RemoveWhere():
            assert rule is not None
            if people is None:
                return None
            leaves = [evaluate(rule, before, {"$0": one}) for one in people]
            # Where it is not known who leaves, who stays is not known either.
            doubts = doubts_in(leaves)
            return (
                _wanted(doubts)
                if doubts
                else tuple(one for one, gone in zip(people, leaves, strict=True) if gone is not True)
            )


def _wanted(doubts: Sequence[Unknown]) -> Unknown | None:
    """What *doubts* want for, of facts that can be asked for."""
    names = frozenset(name for one in doubts for name in one.names)
    return Unknown(names, frozenset(reason for one in doubts for reason in one.reasons)) if names else None


def said_after(stated: Mapping[str, Value], facts: Facts, event: Sequence[c.Change]) -> frozenset[str]:
    """The facts that were stated and still are so, or that the event set; of people, their fields by their paths."""
    still = (name for name, value in stated.items() if facts.known.get(name) == value)
    set_by_event = (path for one in event for path in _fields_set(one, facts.known.get(one.circumstance)))
    return frozenset((*still, *(one.circumstance for one in event), *_still_of_people(stated, facts), *set_by_event))


def _still_of_people(stated: Mapping[str, Value], facts: Facts) -> Iterator[str]:
    for name, value in stated.items():
        now = {person.path: person for person in persons_in(facts.known.get(name))}
        for person in persons_in(value):
            then: Mapping[str, Value] = now.get(person.path, {})
            yield from _paths(person, (field for field, held in person.items() if then.get(field) == held))


def _fields_set(change: c.Change, after: Value | None) -> Iterator[str]:
    """The fields of people that an event states."""
    match change.effect:
        case c.SetTo(value):
            yield from (path for one in persons_in(as_fact(value, change.circumstance)) for path in _paths(one, one))
        case c.AddPerson(fields):
            yield from (path for one in persons_in(after)[-1:] for path in _paths(one, fields))
        case _:
            pass


def _paths(person: Person, fields: Iterable[str]) -> Iterator[str]:
    return (f"{person.path}.{field}" for field in fields)
