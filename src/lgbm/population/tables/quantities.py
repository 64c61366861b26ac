"""Columns of Arrow that hold numbers and dates to columns of facts: exact, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lgbm.model.concepts import Circumstance, Kind
from lgbm.model.values import Number, number_from
from lgbm.population.kernel.columns import LARGEST, MOST_PLACES, NOT_KNOWN, Column, Days, Flags, Numbers
from lgbm.population.kernel.comparing import compared_with
from lgbm.population.kernel.joining import hidden
from lgbm.population.kernel.making import column_of, whole_of
from lgbm.population.library import pa, pc
from lgbm.population.tables.intake import Array, Cells, all_known, known_in, values_in

Found: TypeAlias = "tuple[Column, Flags | None] | None"
"""A column, and which of its cells do not fit (nothing: all do); or nothing, where whole numbers do not hold it."""

EPOCH = date(1970, 1, 1).toordinal()
_EXACT = 2**53
"""Whole numbers up to here are exact as floats."""
_FLOAT_PLACES = 6
_ORDINARY = 10**15
_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


def numbers(path: str, one: Circumstance, array: Array, cells: Cells) -> Column:
    """A column of numbers, exact; those with too many places, or beyond the bounds, do not fit."""
    places = places_of(one)
    kind = array.type
    known = known_in(array)
    if pa.types.is_floating(kind):
        found = _floats(array, known, places)
    elif pa.types.is_decimal(kind):
        found = _decimals(array, known, places)
    else:
        found = _integers(array, known)
    return fitting(path, one, found or _one_by_one(array, places), array, cells)


def places_of(one: Circumstance) -> int | None:
    """How many decimal places are stated of *one*; nothing: any."""
    if one.formula is not None:
        return None
    return one.places if one.places is not None else 2 if one.kind is Kind.MONEY else None


def fitting(path: str, one: Circumstance, found: tuple[Column, Flags | None], array: Array, cells: Cells) -> Column:
    """The numbers that fit; the others are noted in *cells*, and not known."""
    column, bad = found
    if bad is not None:
        places = places_of(one)
        why = "not an exact number" if places is None else f"finer than {places} decimal places"
        cells.refuse(path, why, bad, array)
    if one.formula is None:
        for why, beyond in _beyond(one, column):
            wrong = beyond if bad is None else beyond & ~bad
            cells.refuse(path, why, wrong, array)
            bad = wrong if bad is None else bad | wrong
    return column if bad is None or not bad.any() else hidden(column, ~bad)


def _beyond(one: Circumstance, found: Column) -> Iterator[tuple[str, Flags]]:
    for operator, bound, word in (("<", one.at_least, "below"), (">", one.at_most, "above")):
        if isinstance(bound, int | Decimal) and not _all_within(operator, found, bound):
            yield f"{word} {bound}", compared_with(operator, found, bound).must


def _all_within(operator: str, found: Column, bound: Number) -> bool:
    """Whether one look at the least or the greatest shows that none is beyond *bound*. Mostly it does."""
    if not isinstance(found, Numbers) or found.high is not found.low:
        return False
    if not len(found):
        return True
    whole, places = whole_of(bound)
    end = int(found.low.min() if operator == "<" else found.low.max())
    difference: int = end * 10**places - whole * 10**found.places
    return difference >= 0 if operator == "<" else difference <= 0


def _integers(array: Array, known: Flags | None) -> Found:
    kind = array.type.to_pandas_dtype()
    values = values_in(array, kind)
    if values.dtype.itemsize < 4:
        values = values.astype(np.int32)
    elif values.dtype == np.uint32:
        values = values.astype(np.int64)
    elif values.dtype.itemsize == 8 and len(values):
        if max(int(values.max()), -int(values.min())) > _ORDINARY:
            return None
        values = values.astype(np.int64, copy=False)
    return Numbers(values, values, known), None


def _floats(array: Array, known: Flags | None, places: int | None) -> Found:
    """Floats by the digits that they print, where whole numbers of so many places say the same."""
    given = values_in(array, array.type.to_pandas_dtype())
    values = given.astype(np.float64, copy=False)
    most = _FLOAT_PLACES if places is None else min(places, MOST_PLACES)
    passed: Flags | None = None if known is None else ~known
    endless: Flags | None = None
    with np.errstate(invalid="ignore", over="ignore"):
        for tried in range(most + 1):
            scaled = np.rint(values * 10.0**tried) if tried else np.rint(values)
            # Shorter floats print fewer digits: 0.1 in 32 bits is as good a tenth as in 64.
            back = (scaled / 10.0**tried if tried else scaled).astype(given.dtype, copy=False)
            fits = (back == given) & (np.abs(scaled) < _EXACT)
            fits = fits if passed is None else fits | passed
            if endless is None and not fits.all():
                # What is no number at all does not fit, whatever places the others have.
                endless = ~np.isfinite(values)
                passed = endless if passed is None else passed | endless
                fits |= endless
            if fits.all() or tried == places:
                if endless is None:
                    return _whole(scaled, known, tried), None
                bad = ~fits | endless
                return _whole(np.where(bad, 0.0, scaled), known, tried), bad if known is None else bad & known
    return None


def _whole(scaled: NDArray[np.float64], known: Flags | None, places: int) -> Numbers:
    whole = (scaled if known is None else np.where(known, scaled, 0.0)).astype(np.int64)
    return Numbers(whole, whole, known, places)


def _decimals(array: Array, known: Flags | None, places: int | None) -> Found:
    scale: int = array.type.scale
    if not 0 <= scale <= MOST_PLACES or array.type.bit_width > 128:
        return None
    if array.type.bit_width < 128:
        whole = values_in(array, np.int32 if array.type.bit_width == 32 else np.int64).astype(np.int64)
        short = np.ones(len(whole), np.bool_)
    else:
        halves = values_in(array, np.dtype((np.int64, 2)))
        whole = halves[:, 0].copy() if len(halves) else np.zeros(0, np.int64)
        short = halves[:, 1] == whole >> 63 if len(halves) else np.ones(0, np.bool_)
    short &= (whole <= LARGEST) & (whole >= -LARGEST)
    if not (short if known is None else short | ~known).all():
        return None
    if places is None or scale <= places:
        return Numbers(whole, whole, known, scale), None
    kept, rest = np.divmod(whole, 10 ** (scale - places))
    bad = rest != 0 if known is None else (rest != 0) & known
    return Numbers(kept, kept, known, places), bad if bad.any() else None


def _one_by_one(array: Array, places: int | None) -> tuple[Column, Flags]:
    listed = array.to_pylist()
    if pa.types.is_floating(array.type):
        # The digits of the float as it is, not of a longer one.
        floats = values_in(array, array.type.to_pandas_dtype())
        listed = [None if each is None else str(value) for each, value in zip(listed, floats, strict=True)]
    return exactly([None if each is None else str(each) for each in listed], places)


def exactly(texts: list[str | None], places: int | None) -> tuple[Column, Flags]:
    """The numbers that are written so, and which of the texts write none, or one with more than so many places."""
    values: list[Any] = []
    bad: list[bool] = []
    for each in texts:
        number = None if each is None else number_from(each)
        fits = number is not None and (places is None or number == round(Decimal(number), places))
        values.append(number if fits else NOT_KNOWN)
        bad.append(each is not None and not fits)
    return column_of(values), np.array(bad, np.bool_)


def dates(path: str, one: Circumstance, array: Array, cells: Cells) -> Column:
    """A column of civil dates."""
    known = known_in(array)
    days, odd = _days(array)
    bad: Flags | None = None
    if odd is not None:
        bad = odd if known is None else odd & known
        cells.refuse(path, "times of a day, not dates", bad, array)
    least = max(limit for _, limit in _earliest(one))
    most = min(limit for _, limit in _latest(one, cells.on))
    if len(days) and (int(days.min()) < least - EPOCH or int(days.max()) > most - EPOCH):
        bad = _beyond_limits(path, one, days, all_known(known, len(days)), bad, array, cells)
    ordinals = (days + days.dtype.type(EPOCH)).astype(np.int32, copy=False)
    if known is None and (bad is None or not bad.any()):
        return Days(ordinals, True)
    sure = all_known(known, len(ordinals))
    return Days(np.where(sure if bad is None else sure & ~bad, ordinals, np.int32(0)))


_AGES = "beyond the years from 1 to 9999"


def _earliest(one: Circumstance) -> Iterator[tuple[str, int]]:
    """The first days that there may be, and how it is said that one is before."""
    yield _AGES, 1
    if one.formula is None and isinstance(one.at_least, date):
        yield f"before {one.at_least}", one.at_least.toordinal()


def _latest(one: Circumstance, on: date) -> Iterator[tuple[str, int]]:
    """The last days that there may be, and how it is said that one is after."""
    yield _AGES, date.max.toordinal()
    if one.formula is None:
        for bound in (one.at_most, None if one.future else on):
            if isinstance(bound, date):
                yield f"after {bound}", bound.toordinal()


def _beyond_limits(
    path: str, one: Circumstance, days: NDArray[Any], good: Flags, bad: Flags | None, array: Array, cells: Cells
) -> Flags:
    """What does not fit, each cell for the first reason."""
    bad = np.zeros(len(days), np.bool_) if bad is None else bad
    for beyond, limits in ((np.less, _earliest(one)), (np.greater, _latest(one, cells.on))):
        for why, limit in limits:
            out = beyond(days, limit - EPOCH) & good & ~bad
            cells.refuse(path, why, out, array)
            bad = bad | out
    return bad


def _days(array: Array) -> tuple[NDArray[Any], Flags | None]:
    """Days from the epoch, and which cells hold more than a day (nothing: none)."""
    kind = array.type
    if pa.types.is_date32(kind):
        return values_in(array, np.int32), None
    if pa.types.is_date64(kind):
        unit = "ms"
    else:
        unit = kind.unit
        if kind.tz is not None:
            # A day is one of the calendar there: midnight in London is an hour before midnight in UTC, in summer.
            array = pc.local_timestamp(array)
    values = values_in(array, np.int64)
    days = values // _DAY[unit]
    odd = days * _DAY[unit] != values
    return days, odd if odd.any() else None


def is_zone(name: str | None) -> bool:
    """Whether the clocks of a time zone of that name are known here."""
    try:
        pc.local_timestamp(pa.array([datetime(2000, 1, 1)], pa.timestamp("us", tz=name)))
    except (ValueError, KeyError, ImportError, pa.ArrowException):
        return False
    return True
