"""Stated columns to facts, as `rules.settle` does for one citizen: formulas worked out, gates looked at.

Rows that contradict themselves are found, and it is said in which fact.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from attrs import Factory, define, evolve, frozen

from lgbm.population.kernel.columns import Column, Flags, Items, Persons
from lgbm.population.kernel.comparing import equal
from lgbm.population.kernel.joining import hidden, known_of, merged, present
from lgbm.population.kernel.level import Level
from lgbm.population.kernel.making import constant_fact, is_nothing, nothing
from lgbm.population.kernel.program import Program
from lgbm.population.kernel.truths import truths
from lgbm.rules.rulebook import DatedRulebook, Derived


@define
class Settled:
    """The facts of a block; and which rows contradict themselves, by fact."""

    facts: dict[str, Column]
    contradicted: dict[str, Flags] = Factory(dict[str, Flags])


def settled(
    book: DatedRulebook,
    program: Program,
    stated: Mapping[str, Column],
    count: int,
    changed: Mapping[str, Flags] | None = None,
) -> Settled:
    """The facts that follow from what is stated of each of *count* rows.

    After an event, *changed* says which facts it changed, and in which rows: what was stated of facts that depend on
    them has lapsed there.
    """
    found = Settled(dict(stated))
    settling = _Settling(
        program, count, found, Level(count, found.facts, program=program), changed or {}, changed is None
    )
    for name, how in book.derived.items():
        found.facts[name] = settling.fact(name, how, book.book.reads[name])
    return found


@frozen
class _Settling:
    """One block, and what is to be done with it."""

    program: Program
    count: int
    found: Settled
    level: Level
    """Each fact is asked for once it is settled, so that what was reckoned of it stands."""
    changed: Mapping[str, Flags]
    first: bool
    """Whether what was stated is held against the rules. After an event, the rules alone say what is."""

    def fact(self, name: str, how: Derived, reads: frozenset[str]) -> Column:
        """The fact *name*, settled."""
        value = self.found.facts.get(name, nothing(self.count))
        touched = _either(*(self.changed[one] for one in sorted(reads) if one in self.changed))
        lapsed = _either(touched, self.changed.get(name))
        gone, waiting, otherwise = self._gate(name, how, value, lapsed)
        if waiting is not None:
            value = hidden(value, ~waiting)
        value = self._with_fields(name, value, how, lapsed, self.first)
        if how.formula is not None:
            value = self._formula(name, how, value, touched, _either(gone, waiting))
        return value if gone is None else merged(gone, otherwise, value)

    def _gate(
        self, name: str, how: Derived, value: Column, lapsed: Flags | None
    ) -> tuple[Flags | None, Flags | None, Column]:
        """Where the fact does not apply; where neither that nor the fact is known; and what it is where it does not."""
        if how.gate is None:
            return None, None, value
        gate = truths(self.level.evaluate(self.program.prepared(how.gate)))
        gone, unsure = ~gate.may, gate.may & ~gate.must
        if not gone.any() and not unsure.any():
            return None, None, value
        otherwise = self._otherwise(name, how)
        stated = present(value)
        asked = stated & (gone if self.first else unsure)
        differs = asked
        if asked.any():
            differs = asked & ~equal(self._with_fields(name, value, how), otherwise, asked)
        if self.first:
            self._contradict(name, gone & differs)
        waiting = unsure & (~stated if lapsed is None else ~stated | (lapsed & differs))
        return gone if gone.any() else None, waiting if waiting.any() else None, otherwise

    def _formula(
        self, name: str, how: Derived, value: Column, touched: Flags | None, settled_by_gate: Flags | None
    ) -> Column:
        """What the formula settles, or else what was stated, or else what is known of the formula."""
        assert how.formula is not None
        reckoned = self.level.evaluate(self.program.prepared(how.formula))
        whole = _known(reckoned)
        stated = present(value)
        if touched is not None:
            stated = stated & ~touched
        asked = np.ones(self.count, np.bool_) if settled_by_gate is None else ~settled_by_gate
        if self.first:
            both = stated & whole & asked
            if both.any():
                self._contradict(name, both & ~equal(value, reckoned, both))
        return merged(asked & (whole | ~stated), reckoned, value)

    def _otherwise(self, name: str, how: Derived) -> Column:
        """What a fact is where it does not apply."""
        if how.otherwise is None:
            return nothing(self.count)
        return self._with_fields(name, constant_fact(how.otherwise, self.count), how)

    def _with_fields(
        self, name: str, value: Column, how: Derived, lapsed: Flags | None = None, told: bool = False
    ) -> Column:
        """Persons, or lists of them, with the fields that follow."""
        if not how.fields or is_nothing(value):
            return value
        if isinstance(value, Items):
            if not isinstance(value.values, Persons):
                # Nobody is in any of these lists.
                return value
            together = np.maximum(np.diff(value.starts), 1)[value.rows]
            persons = value.values
            level = Level(
                len(persons), self.found.facts, {"$0": persons}, self.level, value.rows, "$0", together, self.program
            )
            persons = self._persons(
                name, value.values, how, level, None if lapsed is None else lapsed[value.rows], told
            )
            return Items(value.starts, persons, value.known, value.here)
        assert isinstance(value, Persons)
        level = Level(self.count, self.found.facts, {"$0": value}, name="$0", program=self.program)
        return self._persons(name, value, how, level, lapsed, told)

    def _persons(
        self, name: str, persons: Persons, how: Derived, level: Level, lapsed: Flags | None, told: bool
    ) -> Persons:
        fields = dict(persons.fields)
        if lapsed is not None:
            fields = {one: hidden(column, ~lapsed) if one in how.outward else column for one, column in fields.items()}
        whole = Persons(fields, persons.known, persons.count)
        for one, formula in how.fields.items():
            # What was worked out before must not stand for a field that is only now being set.
            fresh = evolve(level, local={**level.local, "$0": whole})
            reckoned = fresh.evaluate(self.program.prepared(formula))
            settles, was = _known(reckoned), fields.get(one, nothing(persons.count))
            stated = present(was)
            if persons.known is not None:
                stated, settles = stated & persons.known, settles & persons.known
            if told:
                both = stated & settles
                differs = both & ~equal(was, reckoned, both)
                self._contradict(name, differs if level.rows is None else _of_rows(differs, level.rows, self.count))
            # A field that is not known has no bounds.
            fields[one] = merged(settles, reckoned, merged(stated, was, nothing(persons.count)))
        return whole

    def _contradict(self, name: str, rows: Flags) -> None:
        if rows.any():
            before = self.found.contradicted.get(name)
            self.found.contradicted[name] = rows if before is None else before | rows


def _known(column: Column) -> Flags:
    known = known_of(column)
    return np.ones(len(column), np.bool_) if known is None else known


def _of_rows(items: Flags, rows: np.ndarray[tuple[int], np.dtype[np.int64]], count: int) -> Flags:
    """The rows of which one item at least is flagged."""
    found = np.zeros(count, np.bool_)
    found[rows[items]] = True
    return found


def _either(*flags: Flags | None) -> Flags | None:
    """Where any of these is; nothing: nowhere."""
    found: Flags | None = None
    for one in flags:
        found = one if found is None else found if one is None else found | one
    return found
