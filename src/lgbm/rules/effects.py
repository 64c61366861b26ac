"""What a life event does to the facts of a citizen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lgbm.model import concepts as c
from lgbm.model.facts import Facts, Person, as_fact, doubts_in
from lgbm.model.truth import Truth
from lgbm.model.values import Value
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook
from lgbm.rules.semantics import evaluate, truth
from lgbm.rules.settle import settled


def after(book: DatedRulebook, event: c.Event, stated: Mapping[str, Value], before: Facts) -> Facts:
    """The facts after *event*. What depends on what it changed is worked out anew."""
    then: dict[str, Value] = dict(stated)
    for change in event.changes:
        name = change.circumstance
        value = _effect(book.effects[event.id].get(name), change, before)
        if value is None:
            then.pop(name, None)
        else:
            then[name] = value
    changed = frozenset(one.circumstance for one in event.changes if _is_change(one, before, then))
    return settled(book, then, changed=changed)


def _is_change(change: c.Change, before: Facts, then: Mapping[str, Value]) -> bool:
    """Whether something changed; persons who are put in the place of others are not taken to be the same."""
    name = change.circumstance
    if isinstance(change.effect, c.SetTo) and _holds_persons(then.get(name)):
        return True
    return name not in before.known or before.known[name] != then.get(name)


def _holds_persons(value: Value | None) -> bool:
    return isinstance(value, Person) or (isinstance(value, tuple) and any(isinstance(one, Person) for one in value))


def _effect(rule: t.Term | None, change: c.Change, before: Facts) -> Value | None:
    """The new value of the circumstance, or nothing: it is not known."""
    people: Any = before.known.get(change.circumstance)
    match change.effect:
        case c.SetTo(value):
            return as_fact(value, change.circumstance)
        case c.Forget():
            return None
        case c.Compute():
            assert rule is not None
            found = evaluate(rule, before)
            return None if doubts_in((found,)) else found
        case c.AddPerson(fields):
            if people is None:
                return None
            return (*people, as_fact(fields, f"{change.circumstance}[{len(people) + 1}]"))
        case c.RemoveWhere():
            assert rule is not None
            if people is None:
                return None
            leaves = [truth(rule, before, {"$0": one}) for one in people]
            # Where it is not known who leaves, who stays is not known either.
            return (
                None
                if Truth.UNKNOWN in leaves
                else tuple(one for one, gone in zip(people, leaves, strict=True) if gone is Truth.FALSE)
            )
