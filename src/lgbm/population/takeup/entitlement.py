"""Rows counted by whether they are entitled to something and whether they receive it, each yes, no or not known."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from lgbm.population.bounds import Rows
from lgbm.population.indicators import Measured, Tally
from lgbm.population.kernel.columns import Truths

ANY = NO, PERHAPS, YES = range(3)


@frozen
class Crosstab:
    """Rows by whether they are certainly in a group, are entitled, and receive: 18 numbers, the certain ones first."""

    counts: tuple[int, ...] = (0,) * 18

    def plus(self, entitled: Truths, receives: Truths, group: Truths) -> Crosstab:
        """With the rows of a block."""
        code = 3 * _code(entitled) + _code(receives)
        sure = np.bincount(code[group.must], minlength=9)
        unsure = np.bincount(code[group.may & ~group.must], minlength=9)
        return Crosstab(tuple(a + int(b) for a, b in zip(self.counts, (*sure, *unsure), strict=True)))

    def rows(self, entitled: int | None = None, receives: int | None = None) -> Rows:
        """How many rows of the group are entitled and receive as said, yes or no; what is left out may be either."""
        low, high = 0, 0
        for unsure in (False, True):
            for e in ANY:
                for r in ANY:
                    if entitled in (None, e) and receives in (None, r):
                        low += 0 if unsure else self._at(unsure, e, r)
                    if (entitled is None or e in (entitled, PERHAPS)) and (
                        receives is None or r in (receives, PERHAPS)
                    ):
                        high += self._at(unsure, e, r)
        return Rows(low, high)

    def rate(self) -> Measured:
        """Of those who are entitled, the share who receive."""
        sure = [self._at(False, YES, r) for r in (YES, PERHAPS, NO)]
        unsure = [
            self._at(False, PERHAPS, r) + self._at(True, PERHAPS, r) + self._at(True, YES, r)
            for r in (YES, PERHAPS, NO)
        ]
        return Tally(*sure, *unsure).measured()

    def caseload(self) -> Measured:
        """Of those who receive, or miss out, the share who receive: whoever receives counts as entitled."""
        tally = [0] * 6
        for unsure in (False, True):
            for e in ANY:
                for r in ANY:
                    can_receive, can_miss = r != NO, e != NO and r != YES
                    outside = unsure or YES not in (e, r)
                    if can_receive or can_miss:
                        place = 1 if can_receive and can_miss else 0 if can_receive else 2
                        tally[place + 3 * outside] += self._at(unsure, e, r)
        return Tally(*tally).measured()

    @property
    def told(self) -> int:
        """Of how many rows it is known whether they receive, the certain ones of the group."""
        return sum(self._at(False, e, r) for e in ANY for r in (NO, YES))

    def _at(self, unsure: bool, entitled: int, receives: int) -> int:
        return self.counts[9 * unsure + 3 * entitled + receives]


def _code(one: Truths) -> Any:
    return one.must.view(np.uint8) + one.may.view(np.uint8)
