"""Exact numbers of which only bounds may be known, and how they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import frozen

Exact: TypeAlias = int | Fraction | Decimal | float
"""A float is meant by the digits that it prints: 0.3 is three tenths."""

Said: TypeAlias = Callable[[Fraction], str]


def exact(number: Exact) -> Fraction:
    """*number* as it is written."""
    return Fraction(str(number)) if isinstance(number, float) else Fraction(number)


@frozen
class Range:
    """At least *low*, at most *high*. Nothing is rounded before it is shown."""

    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, low: Exact, high: Exact | None = None) -> Range:
        """From *low* to *high*; without *high*, *low* exactly."""
        return cls(exact(low), exact(low if high is None else high))

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def times(self, factor: Exact) -> Range:
        """Each bound *factor* times; a negative factor exchanges them."""
        bounds = self.low * exact(factor), self.high * exact(factor)
        return Range(min(bounds), max(bounds))

    def __str__(self) -> str:
        return said(self, lambda one: rounded(one, 2))


NOTHING = Range(Fraction(0), Fraction(0))


def pair_of(one: object) -> tuple[Any, Any]:
    """The lowest and the highest that were given, or twice the one figure that was."""
    bounds: Any = one
    two = isinstance(one, tuple) and len(bounds) == 2
    return (bounds[0], bounds[1]) if two else (bounds, bounds)


def total(ranges: Iterable[Range]) -> Range:
    """Their sum."""
    return sum(ranges, NOTHING)


def rounded(number: Fraction, places: int) -> str:
    """*number* to so many decimal places, a half away from nought: `1,234.50`."""
    scale = 10**places
    whole = (abs(number) * scale * 2 + 1) // 2
    sign = "-" if number < 0 and whole else ""
    text = f"{whole // scale:,}"
    return f"{sign}{text}.{whole % scale:0{places}d}" if places else f"{sign}{text}"


def percent(share: Fraction) -> str:
    """A share in percent, to one place: `12.5 %`."""
    return f"{rounded(share * 100, 1)} %"


def pounds(number: Fraction) -> str:
    """To the penny: `£1,234.50`, `-£3.00`."""
    text = rounded(number, 2)
    return f"-£{text[1:]}" if text.startswith("-") else f"£{text}"


def whole(number: Fraction) -> str:
    """A count; moved shares of contacts need not be whole: `12`, `2.1`."""
    return rounded(number, 0) if number.denominator == 1 else rounded(number, 1)


def said(found: Range, one: Said) -> str:
    """Both bounds in words, or the one number that they show."""
    low, high = one(found.low), one(found.high)
    return low if low == high else f"{low} to {high}"
