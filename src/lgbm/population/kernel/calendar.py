"""The calendar in columns: what `rules.days` says of one date, of many at once. What is not a date is not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np

from lgbm.population.kernel.columns import Column, Days, Durations, Flags, Numbers, Whole
from lgbm.rules.functions import TO_28_FEBRUARY

_EPOCH = date(1970, 1, 1).toordinal()
_FEBRUARY = 1


def of_days(function: str, arguments: Sequence[Column]) -> Column | None:
    """A function of dates, or of durations in months; nothing where it has to be asked one by one."""
    match arguments:
        case (Days() as start, Days() as end) if function in _OF_TWO_DAYS:
            return Durations(_OF_TWO_DAYS[function](start, end).astype(np.int32), _known_both(start, end))
        case (Days() as day, Durations() as length) if function in ("date + months", "date - months"):
            return _shifted(day, length.months if function == "date + months" else -length.months, length.known)
        case (Days() as day,) if function in _OF_A_DAY:
            found = _OF_A_DAY[function](day).astype(np.int32)
            return Numbers(found, found, None if day.whole else day.known)
        case (Durations(months, known),) if function in _OF_MONTHS:
            part = _OF_MONTHS[function](months)
            return Numbers(part, part, known)
        case (
            Numbers(places=0) as year,
            Numbers(places=0) as month,
            Numbers(places=0) as day_of_month,
        ) if function == "date of":
            return _date_of(year, month, day_of_month)
        case _:
            return None


def _known_both(one: Days, other: Days) -> Flags | None:
    return None if one.whole and other.whole else one.known & other.known


_FIRST_DAYS = (
    np.arange((1 - 1970) * 12, (10_000 - 1970) * 12 + 1).astype("M8[M]").astype("M8[D]").astype(np.int64) + _EPOCH
)
"""The ordinals of the first days of all months of the calendar, and of the one behind it."""
_FIRST_MONTH = (1 - 1970) * 12


def _months(days: Days) -> tuple[Whole, Whole]:
    """The month of each date, counted from January 1970, and its day in that month, from nought."""
    if not days.months:
        month = (days.ordinals.astype(np.int64) - _EPOCH).astype("M8[D]").astype("M8[M]").astype(np.int64)
        days.months.append((month, days.ordinals - _first_days(month)))
    return days.months[0]


def _first_days(months: Whole) -> Whole:
    """The ordinals of the first days of months; of those beyond the calendar, something."""
    return _FIRST_DAYS.take(months - _FIRST_MONTH, mode="clip")


def _on(months: Whole, days: Whole, known: Flags | None, clipped: bool) -> Days:
    """That day, counted from nought, of each month; *clipped* to its last, or else not known where there is none."""
    first = _first_days(months)
    last = _first_days(months + 1) - first - 1
    found = first + (np.minimum(days, last) if clipped else days)
    fits = (months >= _FIRST_MONTH) & (months < _FIRST_MONTH + len(_FIRST_DAYS) - 1)
    if not clipped:
        fits &= (days >= 0) & (days <= last)
    if known is not None:
        fits &= known
    return Days(np.where(fits, found, 0).astype(np.int32), bool(fits.all()))


def _shifted(days: Days, by: Whole, known: Flags | None) -> Days:
    month, day = _months(days)
    if not days.whole:
        known = days.known if known is None else days.known & known
    return _on(month + by, day, known, True)


def _date_of(year: Numbers, month: Numbers, day: Numbers) -> Days | None:
    known: Flags | None = None
    for one in (year, month, day):
        if one.known is not None:
            known = one.known if known is None else known & one.known
    years, months, days = (np.clip(one.low.astype(np.int64), -(10**5), 10**5) for one in (year, month, day))
    in_year = (months >= 1) & (months <= 12) & (years >= 1) & (years <= 9999)
    known = in_year if known is None else known & in_year
    return _on((years - 1970) * 12 + months - 1, days - 1, known, False)


def _months_between(start: Days, end: Days) -> Whole:
    """The completed months from *start* to *end*; negative where *end* is before *start*."""
    (month, day), (end_month, end_day) = _months(start), _months(end)
    whole = end_month - month
    return np.where(end.ordinals < start.ordinals, whole + (day < end_day), whole - (end_day < day))


def _months_since_leap_day(start: Days, end: Days) -> Whole:
    """The same where somebody born on 29 February grows older on 28 February of a common year."""
    (month, day), (end_month, end_day) = _months(start), _months(end)
    leapling = (month % 12 == _FEBRUARY) & (day == 28)
    there = (end_month % 12 == _FEBRUARY) & (end_day == 27) & (_first_days(end_month + 1) - end.ordinals == 1)
    birthday: Flags = leapling & there & (end.ordinals > start.ordinals)
    return _months_between(start, end) + birthday.astype(np.int64)


def _toward_zero(months: Whole) -> Whole:
    found: Whole = np.sign(months) * (np.abs(months) // 12)
    return found


_OF_TWO_DAYS: Mapping[str, Callable[[Days, Days], Whole]] = {
    "years and months duration": _months_between,
    TO_28_FEBRUARY: _months_since_leap_day,
}
_OF_A_DAY: Mapping[str, Callable[[Days], Whole]] = {
    "year": lambda days: _months(days)[0] // 12 + 1970,
    "month": lambda days: _months(days)[0] % 12 + 1,
    "day": lambda days: _months(days)[1] + 1,
}
_OF_MONTHS: Mapping[str, Callable[[Whole], Whole]] = {
    "years": _toward_zero,
    "months": lambda months: months - 12 * _toward_zero(months),
}
