"""What a life event does to the facts of many citizens, as `rules.effects` does it for one."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from typing import Any, cast

import numpy as np

from lgbm.model import concepts as c
from lgbm.model.facts import as_fact
from lgbm.population.kernel.columns import Column, Flags, Items, Persons
from lgbm.population.kernel.comparing import equal
from lgbm.population.kernel.facts import Settled, settled
from lgbm.population.kernel.joining import hidden, joined, known_of, present
from lgbm.population.kernel.level import Level
from lgbm.population.kernel.lists import as_items
from lgbm.population.kernel.making import constant_fact, is_nothing, nothing, people_of
from lgbm.population.kernel.program import Program
from lgbm.population.kernel.truths import truths
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook


def after(
    book: DatedRulebook, program: Program, event: c.Event, stated: Mapping[str, Column], before: Settled, count: int
) -> Settled:
    """The facts after *event*, which happens to every row."""
    then = dict(stated)
    changed: dict[str, Flags] = {}
    for change in event.changes:
        name = change.circumstance
        was = before.facts.get(name, nothing(count))
        new = _effect(book.effects[event.id].get(name), change, program, before.facts, count)
        then[name] = new
        had = present(was)
        if (
            isinstance(change.effect, c.SetTo)
            and isinstance(new, (Persons, Items))
            and _holds_persons(change.effect.value)
        ):
            changed[name] = np.ones(count, np.bool_)
        else:
            has = present(new)
            both = had & has
            changed[name] = ~had | ~has | (both & ~equal(was, new, both, operator.eq))
    return settled(book, program, then, count, changed)


def _holds_persons(value: Any) -> bool:
    if isinstance(value, tuple):
        return any(isinstance(one, Mapping) for one in cast("tuple[object, ...]", value))
    return isinstance(value, Mapping)


def _effect(rule: Any, change: c.Change, program: Program, before: Mapping[str, Column], count: int) -> Column:
    people = before.get(change.circumstance, nothing(count))
    level = Level(count, before, program=program)
    match change.effect:
        case c.SetTo(value):
            return constant_fact(as_fact(value, change.circumstance), count)
        case c.Forget():
            return nothing(count)
        case c.Compute():
            found = level.evaluate(program.prepared(rule))
            known = known_of(found)
            return found if known is None else hidden(found, known)
        case c.AddPerson(fields):
            if is_nothing(people):
                return people
            items = as_items(people)
            one = people_of([as_fact(fields, "")] * count)
            added = Items(np.arange(count + 1, dtype=np.int64), one)
            return _end_to_end(items, added)
        case c.RemoveWhere():
            if is_nothing(people):
                return people
            items = as_items(people)
            inner = level.inside(t.Fact(change.circumstance, "list"), items, "$0")
            leaves = truths(inner.evaluate(program.prepared(rule)))
            unsure = np.zeros(count, np.bool_)
            unsure[items.rows[leaves.may & ~leaves.must]] = True
            stays = ~leaves.may
            total = np.concatenate(([0], np.cumsum(stays)))
            known = items.known if not unsure.any() else ~unsure if items.known is None else items.known & ~unsure
            return Items(total[items.starts], items.values.take(np.flatnonzero(stays)), known)


def _end_to_end(one: Items, other: Items) -> Items:
    both = joined(one.values, other.values) if len(one.values) else other.values
    offset = len(one.values)
    lengths = np.diff(one.starts) + np.diff(other.starts)
    starts = np.concatenate(([0], np.cumsum(lengths)))
    rows = np.concatenate((one.rows, other.rows))
    source = np.concatenate((np.arange(len(one.values)), np.arange(len(other.values)) + offset))
    return Items(starts, both.take(source[np.argsort(rows, kind="stable")]), one.known)
