"""What a service pays each of many citizens, as the taxonomy states it: by the year, and once.

An amount is taken as it stands. One that is stated for each child is counted once, and one that is stated as the most
that somebody can get is counted whole: its label says so, and is to be read with the sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from attrs import field, frozen

from lgbm.population.blocks import Block
from lgbm.population.bounds import Pounds, Rows
from lgbm.population.grouping import everybody
from lgbm.population.kernel.columns import Column, Flags, Numbers, TooLargeError, Whole, endless
from lgbm.population.kernel.making import column_of
from lgbm.population.kernel.program import Program
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook

TIMES_A_YEAR: Mapping[str, int] = {"day": 365, "week": 52, "four weeks": 13, "month": 12, "quarter": 4, "year": 1}
"""How often a year has each: a year of 365 days, and of 52 weeks."""
LARGEST = 2**46
"""An amount beyond this, in units of its last place, is taken as not known: so many rows can be summed exactly."""


@frozen(eq=False)
class Award:
    """For each row an amount of pounds, times ten to the power of *places*; *endless* where it has no upper bound."""

    low: Whole
    high: Whole
    endless: Flags
    places: int = 0

    def plus(self, other: Award) -> Award:
        """Both together."""
        places = max(self.places, other.places)
        one, more = self._scaled(places), other._scaled(places)
        return Award(one.low + more.low, one.high + more.high, one.endless | more.endless, places)

    def _scaled(self, places: int) -> Award:
        factor = 10 ** (places - self.places)
        return _bounded(self.low, self.high, self.endless, places, factor) if factor > 1 else self


@frozen(eq=False)
class Awarded:
    """The amounts of one service, prepared: whom, how many pounds, and how often a year; nothing: once."""

    amounts: Sequence[tuple[t.Term | None, t.Term, int | None]]

    @classmethod
    def of(cls, book: DatedRulebook, program: Program, service: str) -> Awarded:
        """Those that the taxonomy states of *service*."""
        stated, rules = book.book.taxonomy.services[service].amounts, book.amounts.get(service, ())
        return cls(
            [
                (None if when is None else program.prepared(when), program.prepared(value), TIMES_A_YEAR.get(one.every))
                for one, (when, value) in zip(stated, rules, strict=True)
            ]
        )

    def on(self, block: Block) -> tuple[Award | None, Award | None]:
        """What each row would be paid in a year, and once. Nothing where nothing of that kind is stated."""
        found: list[Award | None] = [None, None]
        for when, value, times in self.amounts:
            one = _award(block, when, value, 1 if times is None else times)
            place = int(times is None)
            before = found[place]
            found[place] = one if before is None else before.plus(one)
        return found[0], found[1]


def _award(block: Block, when: t.Term | None, value: t.Term, times: int) -> Award:
    count = block.batch.num_rows
    applies = everybody(count) if when is None else block.condition(when)
    low, high, unbounded, places = _bounds(block.level.evaluate(value))
    # Nobody pays for what a service pays: below nothing, it pays nothing.
    low = np.where(applies.must, np.maximum(low, 0), 0)
    high = np.where(applies.may, np.maximum(high, 0), 0)
    return _bounded(low, high, unbounded & applies.may, places, times)


def _bounds(column: Column) -> tuple[Any, Any, Flags, int]:
    """At least and at most how much each row is, where it has an upper bound, and its places."""
    found = column if isinstance(column, Numbers) else column_of(column.listed())
    try:
        numbers = found.scaled(found.places) if isinstance(found, Numbers) else None
    except TooLargeError:
        numbers = None
    if numbers is None:
        return np.zeros(len(column), np.int64), np.zeros(len(column), np.int64), np.ones(len(column), np.bool_), 0
    most = endless(numbers.high)
    unbounded = numbers.high == most
    low = np.where(numbers.low == -most, 0, numbers.low)
    return low, np.where(unbounded, 0, numbers.high), unbounded, numbers.places


def _bounded(low: Any, high: Any, unbounded: Flags, places: int, factor: int) -> Award:
    """The amounts *factor* times. One too large to sum has no bound that would be of use."""
    unbounded = unbounded | (high > LARGEST // factor) | (low > LARGEST // factor)
    kept = ~unbounded
    return Award(np.where(kept, low, 0) * factor, np.where(kept, high, 0) * factor, unbounded, places)


@frozen
class Sum:
    """Amounts added up block by block, as whole numbers by their places."""

    low: Mapping[int, int] = field(factory=dict[int, int])
    high: Mapping[int, int] = field(factory=dict[int, int])
    unknown: Rows = field(factory=Rows)

    def plus(self, award: Award, certain: Flags, possible: Flags) -> Sum:
        """With the rows of a block: those whom it certainly means, and all whom it possibly means, the certain
        ones among them.
        """
        bounded = ~award.endless
        low, high = dict(self.low), dict(self.high)
        low[award.places] = low.get(award.places, 0) + int(award.low[certain & bounded].sum())
        high[award.places] = high.get(award.places, 0) + int(award.high[possible & bounded].sum())
        unknown = Rows(
            self.unknown.low + int(np.count_nonzero(certain & award.endless)),
            self.unknown.high + int(np.count_nonzero(possible & award.endless)),
        )
        return Sum(low, high, unknown)

    def pounds(self) -> Pounds:
        """The sum."""
        return Pounds(_exact(self.low), _exact(self.high), self.unknown)


def _exact(sums: Mapping[int, int]) -> Decimal:
    """A sum of whole numbers by their places, without rounding."""
    places = max(sums, default=0)
    whole = sum(number * 10 ** (places - each) for each, number in sums.items())
    return Decimal((int(whole < 0), tuple(map(int, str(abs(whole)))), -places))
