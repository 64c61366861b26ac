"""What is counted and summed over rows of which not everything is known: at least so many, at most so many."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from lgbm.population.profiling.grid import UNKNOWN
from lgbm.population.profiling.ranges import Range, Said, percent, pounds, said


@frozen
class Rows:
    """So many rows of a table: at least *low*, at most *high*."""

    low: int = 0
    high: int = 0

    def __str__(self) -> str:
        return f"{self.low:,}" if self.low == self.high else f"{self.low:,} to {self.high:,}"


@frozen
class Share:
    """A share of some rows, or how much one moves: at least *low*, at most *high*. Nothing: there is nobody in it."""

    low: Fraction | None = None
    high: Fraction | None = None

    def __str__(self) -> str:
        return self.said(percent)

    def said(self, one: Said) -> str:
        """Both bounds in words, or the one number that they show."""
        return UNKNOWN if self.low is None or self.high is None else said(Range(self.low, self.high), one)


@frozen
class Pounds:
    """A sum of money, exact: at least *low*, at most *high*.

    Rows whose amount has no upper bound are in neither. They are counted: *unknown*.
    """

    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    unknown: Rows = field(factory=Rows)

    def __str__(self) -> str:
        low, high = pounds(Fraction(self.low)), pounds(Fraction(self.high))
        return low if low == high else f"{low} to {high}"
