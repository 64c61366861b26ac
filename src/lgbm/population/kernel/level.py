"""Terms over columns: what `semantics.evaluate` says of one citizen, for all rows of a block at once.

Each kind of term is reckoned with whole columns where that gives the very same answer. Whatever has no such way is
asked of the definition: once for equal values where these can be told apart, else row by row. Nothing is left out.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np
from attrs import Factory, define, field

from lgbm.model.facts import Unknown
from lgbm.population.kernel.columns import NOT_KNOWN, Column, Items, Persons, TooLargeError, Truths, Whole
from lgbm.population.kernel.comparing import against, compared, one_of
from lgbm.population.kernel.joining import hidden
from lgbm.population.kernel.lists import (
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
from lgbm.population.kernel.making import column_of, constant, is_nothing, nothing
from lgbm.population.kernel.program import Program, Question
from lgbm.population.kernel.reckoning import applied, chosen
from lgbm.population.kernel.truths import conjunction, disjunction, met, negation, truths
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
    done: dict[int, Column] = field(factory=dict[int, Column], init=False)
    """The columns that are going to be asked for again."""
    left: dict[int, int] = field(factory=dict[int, int], init=False)
    """How often."""
    _levels: dict[tuple[int, str], Level] = field(factory=dict[tuple[int, str], "Level"], init=False)
    _counted: dict[int, dict[Question, tuple[Any, Any]]] = field(
        factory=dict[int, dict[Question, tuple[Any, Any]]], init=False
    )

    def evaluate(self, term: t.Term) -> Column:
        """The column of *term*, which the program has prepared."""
        made_ready = way if self.parent is None else _of_items
        return made_ready(self.program, term)(self)

    def field(self, who: Column, name: str) -> Column:
        """That field of every person."""
        if isinstance(who, Persons):
            found = who.fields.get(name)
            if found is None:
                return nothing(self.count)
            return found if who.known is None else hidden(found, who.known)
        if is_nothing(who):
            return who
        values = [NOT_KNOWN if isinstance(one, Unknown) else one.value(name) for one in who.listed()]
        return column_of(values)

    def counts(self, asked: Question, items: Items) -> tuple[Any, Any] | None:
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

    def one_list(self, term: t.OverList, items: Items) -> Column:
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
            # Whoever holds the parent holds its children, and not the other way round: a block goes when it is done.
            parent: Level = weakref.proxy(self)
            found = Level(
                len(rows), self.facts, {**local, name: items.values}, parent, rows, name, together[rows], self.program
            )
            self._levels[id(term), name] = found
        return found


Way: TypeAlias = Callable[[Level], Column]
"""How a term is reckoned at a level."""


def way(program: Program, term: t.Term) -> Way:
    """How *term* is reckoned of citizens, made ready once for all blocks: the parts of it with it."""
    found = program.ways.get(id(term))
    if found is None:
        found = program.ways[id(term)] = _kept(program, term, _way(program, term, lambda part: way(program, part)))
    return found


def _of_items(program: Program, term: t.Term) -> Way:
    """How *term* is reckoned of the items of lists."""
    found = program.ways_of_items.get(id(term))
    if found is None:
        bare = _way(program, term, lambda part: lambda level: level.evaluate(part))

        def of_either(level: Level) -> Column:
            if level.parent is not None and level.rows is not None and program.is_from_outside(term, level.name):
                return level.parent.evaluate(term).take(level.rows)
            return bare(level)

        found = program.ways_of_items[id(term)] = _kept(program, term, of_either)
    return found


def _kept(program: Program, term: t.Term, bare: Way) -> Way:
    """The same, remembering what is going to be asked for again, until it has been.

    So the memory of a column is ready, and still in the cache, for the next one.
    """
    key, uses = id(term), program.uses[id(term)]
    if uses < 2:
        return bare

    def ask(level: Level) -> Column:
        found = level.done.get(key)
        if found is None:
            found = level.done[key] = bare(level)
            level.left[key] = uses
        level.left[key] -= 1
        if not level.left[key]:
            del level.done[key]
        return found

    return ask


def _way(program: Program, term: t.Term, ask: Callable[[t.Term], Way]) -> Way:
    match term:
        case t.Const(value):
            return lambda level: constant(value, level.count)
        case t.Undefined():
            return lambda level: nothing(level.count)
        case t.Fact(name):
            return lambda level: nothing(level.count) if (found := level.facts.get(name)) is None else found
        case t.Local(name):
            return lambda level: level.local[name]
        case t.Field(of, name):
            who = ask(of)
            return lambda level: level.field(who(level), name)
        case t.And(parts):
            all_of = [ask(part) for part in parts]
            return lambda level: conjunction([one(level) for one in all_of], level.count)
        case t.Or(parts):
            any_of_them = [ask(part) for part in parts]
            return lambda level: disjunction([one(level) for one in any_of_them], level.count)
        case t.Not(part):
            opposite = ask(part)
            return lambda level: negation(truths(opposite(level)))
        case t.Compare(operator, left, t.Const(value)):
            compared_side, with_value = ask(left), against(operator, value)
            return lambda level: with_value(compared_side(level))
        case t.Compare(operator, left, right):
            one_side, other_side = ask(left), ask(right)
            return lambda level: compared(operator, one_side(level), other_side(level))
        case t.OneOf(of, values):
            asked_of, among = ask(of), one_of(values)
            return lambda level: among(asked_of(level))
        case t.If(condition, then, otherwise):
            whether, yes, no = ask(condition), ask(then), ask(otherwise)
            return lambda level: chosen(truths(whether(level)), yes(level), no(level))
        case t.Apply(function, arguments):
            given = [ask(one) for one in arguments]
            return lambda level: applied(function, [one(level) for one in given], level.count)
        case t.ListOf(items):
            listed_ways = [ask(item) for item in items]
            return lambda level: listed([one(level) for one in listed_ways], level.count)
        case t.Stated(part):
            return ask(part)
        case _:
            return _over(term, program.question(term))


def _over(term: t.OverList, asked: Question | None) -> Way:
    """How a question of a list is answered: with all other questions of that list where that can be, or by itself."""

    def by_itself(level: Level) -> Column:
        return level.one_list(term, as_items(level.evaluate(term.items)))

    if asked is None:
        return by_itself

    def together(level: Level) -> Column:
        items = as_items(level.evaluate(asked[0]))
        found = level.counts(asked, items) if items.here is None else None
        return by_itself(level) if found is None else answered(term, *found, items.known)

    return together
