"""Comparisons of columns: what is known of them, from what is known of both sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from lgbm.model.facts import Unknown
from lgbm.population.columns import Codes, Column, Days, Numbers, TooLargeError, Truths, endless
from lgbm.population.joining import known_both
from lgbm.population.making import column_of, constant, is_nothing, whole_of
from lgbm.population.truths import negation, truths, within
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
        case Codes(), Codes(others, (value,)) if operator in ("=", "!=") and len(others) and others.min() == 0:
            return left.asked(lambda one: (one == value) is (operator == "="))
        case Truths(), Truths() if operator in ("=", "!="):
            same = left.must == right.must
            known = (left.must | ~left.may) & (right.must | ~right.may)
            return within(same if operator == "=" else ~same, known)
        case _:
            pass
    return truths(
        column_of([comparison(operator, one, other) for one, other in zip(left.listed(), right.listed(), strict=True)])
    )


def compared_with(operator: str, left: Column, value: Any) -> Truths:
    """The comparison with one value, the same for all rows."""
    match left:
        case Numbers() if isinstance(value, int | Decimal) and not isinstance(value, bool):
            found = _with_number(operator, left, *whole_of(value))
            if found is not None:
                return found
        case Days(ordinals) if isinstance(value, date):
            answer = _ORDER[operator](ordinals, value.toordinal())
            return Truths(answer, answer) if left.whole else within(answer, ordinals > 0)
        case Codes(values=values) if values and operator in ("=", "!="):
            return left.asked(lambda one: (one == value) is (operator == "="))
        case _:
            pass
    return compared(operator, left, constant(value, len(left)))


def _with_number(operator: str, left: Numbers, whole: int, places: int) -> Truths | None:
    if places > left.places:
        if whole % 10 ** (places - left.places):
            # Between two numbers of these places: the same as being at most the lower, or at least the upper one.
            return None
        whole //= 10 ** (places - left.places)
    else:
        whole *= 10 ** (left.places - places)
    if abs(whole) >= endless(left.low):
        return None
    low, high, known = left.low, left.high, left.known
    if known is None or high is low:
        answer = _ORDER[operator](low, whole)
        return Truths(answer, answer) if known is None else within(answer, known)
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


def one_of(of: Column, values: frozenset[str]) -> Truths:
    if isinstance(of, Codes):
        return of.asked(lambda one: one in values)
    found = of.listed()
    return truths(column_of([one if isinstance(one, Unknown) else one in values for one in found]))
