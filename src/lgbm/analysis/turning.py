"""The values between which an answer turns, found by halving."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Any

from attrs import frozen

from lgbm.model.truth import Truth
from lgbm.model.values import EXACT, Number, tidy

_HALVINGS = 60


@frozen
class _Scale:
    """Values as whole numbers, to halve between them."""

    place: Callable[[Any], int]
    value: Callable[[int], Any]


_DAYS = _Scale(date.toordinal, date.fromordinal)


def turning(tried: tuple[Any, ...], step: Number, asked: Callable[[Any], Truth]) -> Iterator[Any]:
    """Numbers or days between those *tried*, at which what is *asked* turns, and those one *step* beside them."""
    scale = _scale(tried[0] if tried else None, step)
    if scale is None:
        return
    known: dict[int, Truth] = {}

    def at(place: int) -> Truth:
        if place not in known:
            known[place] = asked(scale.value(place))
        return known[place]

    for first, last in pairwise(sorted({scale.place(value) for value in tried})):
        one, other = at(first), at(last)
        if Truth.UNKNOWN not in (one, other) and one is not other:
            low, high = _halved(first, last, at)
            yield from (scale.value(place) for place in (low, high, low - 1, high + 1))


def _halved(low: int, high: int, at: Callable[[int], Truth]) -> tuple[int, int]:
    below = at(low)
    for _ in range(_HALVINGS):
        if high - low <= 1:
            break
        middle = (low + high) // 2
        low, high = (middle, high) if at(middle) is below else (low, middle)
    return low, high


def _scale(example: object, step: Number) -> _Scale | None:
    match example:
        case bool():
            return None
        case date():
            return _DAYS
        case int() | Decimal():
            return _Scale(
                lambda value: int((Decimal(value) / step).to_integral_value(ROUND_FLOOR)),
                lambda place: tidy(EXACT.multiply(Decimal(place), Decimal(step))),
            )
        case _:
            return None
