"""Dates and durations: civil days, durations in months, and durations in days and seconds."""

from __future__ import annotations

from datetime import date, timedelta

from lgbm.model.values import Months, Number, Seconds, date_from, duration_from
from lgbm.rules.reckoning import LARGEST, UndefinedError, divide, multiply, whole

# Named here rather than by the calendar module, whose names follow the machine's language.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def date_of_text(text: str) -> date:
    """The date that *text* writes."""
    found = date_from(text)
    if found is None:
        raise UndefinedError("a text that is not a date")
    return found


def date_of(year: Number, month: Number, day: Number) -> date:
    """That day of the calendar."""
    try:
        return date(whole(year, "a year"), whole(month, "a month"), whole(day, "a day"))
    except (ValueError, OverflowError):
        raise UndefinedError("a date that is not in the calendar") from None


def duration_of_text(text: str) -> Months | Seconds:
    """The duration that *text* writes."""
    found = duration_from(text)
    if found is None:
        raise UndefinedError("a text that is not a duration")
    return found


def shifted(day: date, months: int) -> date:
    """*day* so many months later. A day that the month does not have becomes its last, as the standard says."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise UndefinedError("a date that is not in the calendar")
    return date(year, month + 1, min(day.day, _last_day(year, month + 1)))


def _last_day(year: int, month: int) -> int:
    """The last day of a month. The calendar module would tell, and brings the machine's languages with it."""
    return 31 if month == 12 else (date(year, month + 1, 1) - timedelta(days=1)).day


def plus_seconds(day: date, duration: Seconds) -> date:
    """*day* so much later; a date is its midnight, and of the sum, the date is kept."""
    try:
        return day + timedelta(days=int(duration.seconds // 86400))
    except OverflowError:
        raise UndefinedError("a date that is not in the calendar") from None


def months_between(start: date, end: date) -> Months:
    """The completed months from *start* to *end*; negative where *end* is before *start*."""
    if end < start:
        return Months(-months_between(end, start).months)
    whole = (end.year - start.year) * 12 + end.month - start.month
    return Months(whole - (end.day < start.day))


def months_since_leap_day(start: date, end: date) -> Months:
    """The same where the law has somebody born on 29 February grow older on 28 February of a common year."""
    if (start.month, start.day) == (2, 29) and (end.month, end.day) == (2, 28) and _last_day(end.year, 2) == 28:
        return Months(months_between(start, end).months + (end > start))
    return months_between(start, end)


def times(duration: Months | Seconds, factor: Number) -> Months | Seconds:
    """*duration* so many times."""
    if isinstance(duration, Seconds):
        return limited(Seconds(multiply(duration.seconds, factor)))
    return limited(Months(int(multiply(duration.months, factor))))


def over(duration: Months | Seconds, divisor: Number) -> Months | Seconds:
    """That part of *duration*."""
    if isinstance(duration, Seconds):
        return limited(Seconds(divide(duration.seconds, divisor)))
    return limited(Months(int(divide(duration.months, divisor))))


def limited(duration: Months | Seconds) -> Months | Seconds:
    """*duration*, unless it is beyond what can be reckoned with."""
    size = duration.seconds if isinstance(duration, Seconds) else duration.months
    if not -LARGEST <= size <= LARGEST:
        raise UndefinedError("a duration beyond what can be reckoned with")
    return duration


def toward_zero(amount: Number, unit: int) -> int:
    """How many whole *units* are in *amount*, with its sign."""
    return int(amount // unit) if amount >= 0 else -int(-amount // unit)
