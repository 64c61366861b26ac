"""Comparisons of columns: what is known of them, from what is known of both sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from lgbm.model.facts import Unknown, same
from lgbm.model.values import Months
from lgbm.population.kernel.columns import (
    Asking,
    Codes,
    Column,
    Days,
    Durations,
    Flags,
    Items,
    Numbers,
    Objects,
    Persons,
    TooLargeError,
    Truths,
    range_of,
    within,
)
from lgbm.population.kernel.joining import known_both
from lgbm.population.kernel.making import column_of, constant, is_nothing, whole_of
from lgbm.population.kernel.truths import negation, truths
from lgbm.rules.semantics import comparison

_BEFORE = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}


_ORDER: Mapping[str, Callable[[Any, Any], Any]] = {**_BEFORE, "=": np.equal, "!=": np.not_equal}


def compared(operator: str, left: Column, right: Column) -> Truths:
    if is_nothing(left) or is_nothing(right):
        return Truths(np.zeros(len(left), np.bool_), np.ones(len(left), np.bool_))
    match left, right:
        case Numbers(), Numbers():
            try:
                return _numbers_compared(operator, left, right)
            except TooLargeError:
                pass
        case Days(one), Days(other):
            known = (one > 0) & (other > 0)
            return within(_ORDER[operator](one, other), known)
        case Durations(), Durations():
            return within(_ORDER[operator](left.months, right.months), known_both(left.known, right.known))
        case Codes(), Codes(others, (value,)) if operator in ("=", "!=") and len(others) and others.min() == 0:
            return Asking(lambda one: (one == value) is (operator == "=")).of(left)
        case Truths(), Truths() if operator in ("=", "!="):
            same = left.must == right.must
            known = (left.must | ~left.may) & (right.must | ~right.may)
            return within(same if operator == "=" else ~same, known)
        case _:
            pass
    return truths(
        column_of([comparison(operator, one, other) for one, other in zip(left.listed(), right.listed(), strict=True)])
    )


def against(operator: str, value: Any) -> Callable[[Column], Truths]:
    """The comparison with one value, the same for all rows."""
    number = whole_of(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
    day = value.toordinal() if isinstance(value, date) else 0
    order = _ORDER[operator]
    equal = Asking(lambda one: (one == value) is (operator == "=")) if operator in ("=", "!=") else None

    # The number as it stands among numbers of so many places and that kind.
    fitting: dict[tuple[int, int], Any] = {}

    def of(column: Column) -> Truths:
        match column:
            case Numbers(places=places) if number is not None:
                kind = column.low.dtype
                if (places, kind.num) not in fitting:
                    fitting[places, kind.num] = _fitting(*number, places, kind)
                fits = fitting[places, kind.num]
                if fits is not None:
                    return _with_number(operator, column, fits)
            case Days(ordinals) if day:
                return within(order(ordinals, day), None if column.whole else column.known)
            case Durations(months, known) if isinstance(value, Months):
                return within(order(months, value.months), known)
            case Codes(values=values) if values and equal is not None:
                return equal.of(column)
            case _:
                pass
        return compared(operator, column, constant(value, len(column)))

    return of


def compared_with(operator: str, left: Column, value: Any) -> Truths:
    """One comparison with one value."""
    return against(operator, value)(left)


def _fitting(whole: int, places: int, wanted: int, kind: np.dtype[Any]) -> Any:
    """A number of *places* with *wanted* ones instead, as one of that *kind*; nothing where it does not fit there."""
    if places > wanted:
        if whole % 10 ** (places - wanted):
            # Between two numbers of these places: the same as being at most the lower, or at least the upper one.
            return None
        whole //= 10 ** (places - wanted)
    else:
        whole *= 10 ** (wanted - places)
    least, most = range_of(kind)
    return kind.type(whole) if least < whole < most else None


def _with_number(operator: str, left: Numbers, whole: Any) -> Truths:
    low, high, known = left.low, left.high, left.known
    if known is None or high is low:
        return within(_ORDER[operator](low, whole), known)
    if operator in ("=", "!="):
        same = known & (low == whole)
        equal = Truths(same, same | ~((high < whole) | (low > whole) | known))
        return equal if operator == "=" else negation(equal)
    one, other = (high, low) if operator in ("<", "<=") else (low, high)
    return Truths(_BEFORE[operator](one, whole), _BEFORE[operator](other, whole))


def _numbers_compared(operator: str, left: Numbers, right: Numbers) -> Truths:
    places = max(left.places, right.places)
    one, other = left.scaled(places), right.scaled(places)
    if one.known is None and other.known is None:
        found = _ORDER[operator](one.low, other.low)
        return Truths(found, found)
    one, other = one.wide(), other.wide()
    if operator in ("=", "!="):
        apart = (one.high < other.low) | (one.low > other.high)
        both = known_both(one.known, other.known)
        same = (one.low == other.low) & both
        equal = Truths(same, same | ~(apart | both))
        return equal if operator == "=" else negation(equal)
    if operator in ("<", "<="):
        before = _BEFORE[operator]
        return Truths(before(one.high, other.low), before(one.low, other.high))
    after = _BEFORE[operator]
    return Truths(after(one.low, other.high), after(one.high, other.low))


def equal(one: Column, other: Column, rows: Flags, alike: Callable[[Any, Any], bool] = same) -> Flags:
    """Of which of *rows* both are known, and are equal; whether people in another order are is for *alike* to say."""
    if not isinstance(one, Items | Persons | Objects) and not isinstance(other, Items | Persons | Objects):
        return compared("=", one, other).must & rows
    found = np.zeros(len(one), np.bool_)
    places = np.flatnonzero(rows)
    pairs = zip(one.take(places).listed(), other.take(places).listed(), strict=True)
    found[places] = [
        not isinstance(left, Unknown) and not isinstance(right, Unknown) and alike(left, right) for left, right in pairs
    ]
    return found


def one_of(values: frozenset[str]) -> Callable[[Column], Truths]:
    """Whether each is one of *values*."""
    asking = Asking(values.__contains__)

    def of(column: Column) -> Truths:
        if isinstance(column, Codes):
            return asking.of(column)
        found = column.listed()
        return truths(column_of([one if isinstance(one, Unknown) else one in values for one in found]))

    return of
