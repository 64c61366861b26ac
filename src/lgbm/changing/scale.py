"""The values that a number or a date may have, counted off, and the ends between which they lie."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from attrs import field, frozen

from lgbm.model.concepts import Circumstance, Kind
from lgbm.model.values import EXACT, Value, tidy

_FAR = 10**9
_FINE = 4


@frozen
class Range:
    """Numbers or days between two ends, either of which may be open or absent."""

    at_least: Value | None = None
    more_than: Value | None = None
    at_most: Value | None = None
    less_than: Value | None = None
    whole: bool = field(default=True, repr=False)
    """Whether these are shown to be the limits; else it is one value that was tried, and says nothing of others."""


def exactly(value: Value) -> Range:
    """This value, and no other."""
    return Range(at_least=value, at_most=value)


def tried(value: Value) -> Range:
    """This value; of others it is not known."""
    return Range(at_least=value, at_most=value, whole=False)


@frozen
class Scale:
    """The values that a number or a date may have, counted off in whole steps."""

    about: Circumstance | None
    day: date
    now: Value | None

    @property
    def places(self) -> int:
        """Decimal places of a step. A number of which none are declared may have as many as it likes."""
        if self.about is not None and self.about.places is not None:
            return self.about.places
        return 2 if self.about is not None and self.about.kind is Kind.MONEY else _FINE

    @property
    def is_date(self) -> bool:
        """Whether it is dates that are counted."""
        return self.about is not None and self.about.kind is Kind.DATE

    def place(self, value: Any) -> int:
        """The step at *value*, or the last one below it."""
        if isinstance(value, date):
            return value.toordinal()
        return int((Decimal(value) * 10**self.places).to_integral_value(ROUND_FLOOR))

    def value(self, place: int) -> Any:
        """The value at a step."""
        if self.is_date:
            return date.fromordinal(place)
        return tidy(EXACT.plus(Decimal(place).scaleb(-self.places)))

    @property
    def ends(self) -> tuple[int, int]:
        """The first and the last step."""
        low: Any = self.about.at_least if self.about is not None else None
        high: Any = self.about.at_most if self.about is not None else None
        if self.is_date:
            last = date.max if self.about is not None and self.about.future else self.day
            return (low or date(1000, 1, 1)).toordinal(), min(high or date.max, last).toordinal()
        return self.place(-_FAR if low is None else low), self.place(_FAR if high is None else high)

    def roundness(self, place: int) -> int:
        """How round a number at a step looks: how many zeros it ends in."""
        text = str(abs(place))
        return len(text) - len(text.rstrip("0")) if place else 99

    def plain_between(self, low: int, high: int, beside: int) -> int:
        """The step from *low* to *high* at which somebody near *beside* would look first: a plain number, if any is."""
        if low <= beside <= high:
            return beside
        end, other, way = (low, high, 1) if beside < low else (high, low, -1)
        if self.is_date or self.about is None or self.about.places is not None or self.about.kind is Kind.MONEY:
            return end
        unit: int = 10**self.places
        whole = -(-end // unit) * unit if way > 0 else end // unit * unit
        return whole if min(end, other) <= whole <= max(end, other) else end
