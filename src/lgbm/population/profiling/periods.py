"""Periods as councils write them: a financial year, a calendar year, a quarter of either, a month."""

from __future__ import annotations

import re
from datetime import date, timedelta

from attrs import field, frozen

_YEAR = re.compile(r"(?P<year>\d{4})")
_FINANCIAL = re.compile(r"(?P<year>\d{4})[-/](?P<next>\d\d)(?:-Q(?P<quarter>[1-4]))?")
_QUARTER = re.compile(r"(?P<year>\d{4})-Q(?P<quarter>[1-4])")
_MONTH = re.compile(r"(?P<year>\d{4})-M?(?P<month>\d\d)")


@frozen(order=True)
class Period:
    """From the first day to the last. Two ways of writing the same days are the same period."""

    first: date
    last: date
    text: str = field(eq=False)

    def __str__(self) -> str:
        return self.text

    def overlaps(self, other: Period) -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last


class TwoReadings(ValueError):
    """The text is a year and a month: `2011-12`."""


def period_from(text: str) -> Period | None:
    """The period that *text* writes, or nothing. A financial year begins on 1 April.

    Raises `TwoReadings` where it could be a year and a month: `2011-12` is December 2011, or April 2011 to March 2012.
    """
    text = text.strip()
    if not text.isascii() or text[:4] in ("0000", "9999"):
        return None
    month = _month(text)
    year = _financial(text)
    if month and year:
        raise TwoReadings(text)
    return month or year or _calendar(text)


def _month(text: str) -> Period | None:
    found = _MONTH.fullmatch(text)
    if not found or not 1 <= int(found["month"]) <= 12:
        return None
    return _months(int(found["year"]), int(found["month"]), 1, text)


def _financial(text: str) -> Period | None:
    found = _FINANCIAL.fullmatch(text)
    if not found or int(found["next"]) != (int(found["year"]) + 1) % 100:
        return None
    year, quarter = int(found["year"]), found["quarter"]
    if quarter is None:
        return _months(year, 4, 12, text)
    return _months(year, 4 + 3 * (int(quarter) - 1), 3, text)


def _calendar(text: str) -> Period | None:
    if found := _YEAR.fullmatch(text):
        return _months(int(found["year"]), 1, 12, text)
    if found := _QUARTER.fullmatch(text):
        return _months(int(found["year"]), 3 * int(found["quarter"]) - 2, 3, text)
    return None


def _months(year: int, month: int, count: int, text: str) -> Period:
    """*count* months from *month* on; a thirteenth is January of the next year."""
    return Period(_first_of(year, month), _first_of(year, month + count) - timedelta(days=1), text)


def _first_of(year: int, month: int) -> date:
    more, month = divmod(month - 1, 12)
    return date(year + more, month + 1, 1)
