"""Terms over columns: what `semantics.evaluate` says of one citizen, for all rows of a block at once.

Each kind of term is reckoned with whole columns where that gives the very same answer. Whatever has no such way is
asked of the definition: once for equal values where these can be told apart, else row by row. Nothing is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import Factory, define, field

from lgbm.model.facts import Unknown
from lgbm.population.columns import NOT_KNOWN, Column, Items, Persons, TooLargeError, Truths, Whole
from lgbm.population.comparing import compared, compared_with, one_of
from lgbm.population.joining import hidden
from lgbm.population.lists import (
    answered,
    any_of,
    as_items,
    counted,
    counts,
    listed,
    sums,
    sums_one_by_one,
    tallied,
    without,
)
from lgbm.population.making import column_of, constant, is_nothing, nothing
from lgbm.population.program import Program, Question
from lgbm.population.reckoning import applied, chosen
from lgbm.population.truths import conjunction, disjunction, met, negation, truths
from lgbm.rules import term as t
from lgbm.rules.semantics import MOST_TOGETHER


@define(eq=False)
class Level:
    """Rows side by side: the citizens of a block, or the items of a list of theirs."""

    count: int
    facts: Mapping[str, Column]
    local: Mapping[str, Column] = Factory(dict[str, Column])
    parent: Level | None = None
    rows: Whole | None = None
    """The row of the parent that each row belongs to."""
    name: str = ""
    """The local that each row is."""
    together: Whole | None = None
    """How many items of lists are looked at together; nothing: no list yet."""
    program: Program = Factory(Program)
    _done: dict[int, tuple[t.Term, Column]] = field(factory=dict[int, tuple[t.Term, Column]], init=False)
    _levels: dict[tuple[int, str], Level] = field(factory=dict[tuple[int, str], "Level"], init=False)
    _counted: dict[int, dict[Question, tuple[Any, Any]]] = field(
        factory=dict[int, dict[Question, tuple[Any, Any]]], init=False
    )

    def evaluate(self, term: t.Term) -> Column:
        """The column of *term*, which the program has prepared."""
        # With the term itself, so that its id is not given to another.
        found = self._done.get(id(term))
        if found is None:
            if self.parent is not None and self.rows is not None and self._is_from_outside(term):
                column = self.parent.evaluate(term).take(self.rows)
            else:
                column = self._evaluate(term)
            self._done[id(term)] = found = term, column
        return found[1]

    def _is_from_outside(self, term: t.Term) -> bool:
        """Whether *term* is the same for all items of a list, and may be worked out once for them."""
        return not (
            isinstance(term, t.Const) or self.name in self.program.reads(term) or self.program.asks_of_lists(term)
        )

    def _evaluate(self, term: t.Term) -> Column:
        match term:
            case t.Const(value):
                return constant(value, self.count)
            case t.Undefined():
                return nothing(self.count)
            case t.Fact(name):
                found = self.facts.get(name)
                return nothing(self.count) if found is None else found
            case t.Local(name):
                return self.local[name]
            case t.Field(of, name):
                return self._field(self.evaluate(of), name)
            case t.And(parts):
                return conjunction([truths(self.evaluate(part)) for part in parts], self.count)
            case t.Or(parts):
                return disjunction([truths(self.evaluate(part)) for part in parts], self.count)
            case t.Not(part):
                return negation(truths(self.evaluate(part)))
            case t.Compare(operator, left, t.Const(value)):
                return compared_with(operator, self.evaluate(left), value)
            case t.Compare(operator, left, right):
                return compared(operator, self.evaluate(left), self.evaluate(right))
            case t.OneOf(of, values):
                return one_of(self.evaluate(of), values)
            case t.If(condition, then, otherwise):
                return chosen(truths(self.evaluate(condition)), self.evaluate(then), self.evaluate(otherwise))
            case t.Apply(function, arguments):
                return applied(function, [self.evaluate(argument) for argument in arguments], self.count)
            case t.ListOf(items):
                return listed([self.evaluate(item) for item in items], self.count)
            case t.Stated(part):
                return self.evaluate(part)
            case _:
                return self._over(term)

    def _field(self, who: Column, name: str) -> Column:
        if isinstance(who, Persons):
            found = who.fields.get(name)
            if found is None:
                return nothing(self.count)
            return found if who.known is None else hidden(found, who.known)
        if is_nothing(who):
            return who
        values = [NOT_KNOWN if isinstance(one, Unknown) else one.value(name) for one in who.listed()]
        return column_of(values)

    def _over(self, term: t.OverList) -> Column:
        asked = self.program.question(term)
        if asked is not None:
            items = as_items(self.evaluate(asked[0]))
            found = self._counts(asked, items) if items.here is None else None
            if found is not None:
                return answered(term, *found, items.known)
        return self._one_list(term, as_items(self.evaluate(term.items)))

    def _counts(self, asked: Question, items: Items) -> tuple[Any, Any] | None:
        """Of how many items of each list the question must be answered yes, and of how many it may be."""
        tally = self._counted.setdefault(id(asked[0]), {})
        if asked not in tally:
            together = self._together(items)
            if (together > MOST_TOGETHER).any():
                return None
            # Within a list, only what is asked: the others may ask of that very list again, without an end.
            planned = self.program.planned(asked) if self.parent is None else ()
            wanted = planned if asked in planned else (asked,)
            answers = [
                truths(self._inside(list_, items, name, together).evaluate(where)) for list_, name, where in wanted
            ]
            tally.update(zip(wanted, tallied(answers, items), strict=True))
        return tally[asked]

    def _together(self, items: Items) -> Whole:
        lengths = np.diff(items.starts)
        if items.here is not None:
            # The definition has lists without those that are certainly not in them.
            lengths = counted(items.here.may, items)
        together = np.maximum(lengths, 1)
        return together if self.together is None else self.together * together

    def _one_list(self, term: t.OverList, items: Items) -> Column:
        """What is asked of lists, this one question by itself."""
        known = items.known
        together = self._together(items)
        many = together > MOST_TOGETHER
        if known is not None:
            many &= known
        if many.any():
            known = ~many if known is None else known & ~many
            # What is not looked at must not cost anything either.
            items = without(items, many)
        here = items.here
        inner = self._inside(term.items, items, getattr(term, "local", ""), together)
        match term:
            case t.Some(holds=holds):
                found = any_of(met(here, truths(inner.evaluate(holds))), items)
            case t.Every(holds=holds):
                found = negation(any_of(met(here, negation(truths(inner.evaluate(holds)))), items))
            case t.Filter(where=where):
                return Items(items.starts, items.values, known, met(here, truths(inner.evaluate(where))))
            case t.Each(value=value):
                return Items(items.starts, inner.evaluate(value), known, here)
            case t.Count():
                return counts(items, known, many)
            case t.Sum():
                try:
                    return sums(items, known)
                except TooLargeError:
                    return sums_one_by_one(Items(items.starts, items.values, known, here))
        return found if known is None else Truths(found.must & known, found.may | ~known)

    def inside(self, term: t.Term, items: Items, name: str) -> Level:
        """The level of the items of a list, each called *name*."""
        return self._inside(term, items, name, self._together(items))

    def _inside(self, term: t.Term, items: Items, name: str, together: Whole) -> Level:
        found = self._levels.get((id(term), name))
        if found is None or found.count != len(items.values):
            rows = items.rows
            local = {one: column.take(rows) for one, column in self.local.items()}
            found = Level(
                len(rows), self.facts, {**local, name: items.values}, self, rows, name, together[rows], self.program
            )
            self._levels[id(term), name] = found
        return found
