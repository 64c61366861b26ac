"""Values: what a fact may be, and how numbers, dates and durations are read, kept exact and written.

A number is an `int` or a `Decimal`, never a float; a date is a civil date; a person is a mapping of fields; a list is
a tuple. What is not known is absent from a mapping, and an `Unknown` in a list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import TypeAlias, cast

from attrs import frozen

DIGITS = 34
"""Significant digits of a number, as in IEEE 754 decimal128, which FEEL prescribes."""

EXACT = Context(
    prec=DIGITS, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[InvalidOperation, DivisionByZero, Overflow]
)

_NUMBER = re.compile(r"[+-]?(\d{1,100}(\.\d{0,100})?|\.\d{1,100})([eE][+-]?\d{1,4})?", re.ASCII)
_DURATION = re.compile(
    r"(-?)P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{0,9})?)S)?)?",
    re.ASCII,
)


@frozen(order=True)
class Months:
    """A duration in years and months."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return ("-P" if self.months < 0 else "P") + text


@frozen(order=True)
class Seconds:
    """A duration in days and time."""

    seconds: int | Decimal

    def __str__(self) -> str:
        size = self.seconds if self.seconds >= 0 else -self.seconds
        whole, part = divmod(size, 1)
        minutes, seconds = divmod(int(whole), 60)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        shown = f"{seconds}" + (f"{part:f}".lstrip("0").rstrip("0") if part else "")
        time = (
            (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "") + (f"{shown}S" if shown != "0" else "")
        )
        text = (f"{days}D" if days else "") + (f"T{time}" if time else "")
        return ("-P" if self.seconds < 0 else "P") + (text or "T0S")


Number: TypeAlias = int | Decimal
Value: TypeAlias = (
    bool | int | Decimal | str | date | Months | Seconds | tuple["Value", ...] | frozenset[str] | Mapping[str, "Value"]
)


def number_from(text: str) -> Number | None:
    """The exact number that *text* writes, or nothing: it is no number, or has more digits than are kept exact."""
    if not _NUMBER.fullmatch(text):
        return None
    try:
        found = Decimal(text)
        return None if EXACT.plus(found) != found else tidy(found)
    except (InvalidOperation, Overflow):
        return None


def tidy(number: Decimal) -> Number:
    """The same number, as an `int` where it is whole and short: whole numbers are the fast ones."""
    if not number.is_finite():
        raise InvalidOperation
    return int(number) if number == number.to_integral_value() and number.adjusted() < DIGITS else number


def date_from(text: str) -> date | None:
    """The civil date that *text* writes as YYYY-MM-DD, or nothing."""
    # Python reads other forms of ISO 8601 too; a pattern would take longer than all the rest.
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def duration_from(text: str) -> Months | Seconds | None:
    """The duration that *text* writes as ISO 8601 does (`P1Y6M`, `P10DT2H`), or nothing: the two kinds do not mix."""
    found = _DURATION.fullmatch(text)
    if not found or text.endswith(("P", "T")):
        return None
    sign = -1 if found[1] else 1
    years, months, days, hours, minutes, seconds = found.groups()[1:]
    if years or months:
        if days or hours or minutes or seconds:
            return None
        return Months(sign * (12 * int(years or 0) + int(months or 0)))
    whole = 86400 * int(days or 0) + 3600 * int(hours or 0) + 60 * int(minutes or 0)
    return Seconds(tidy(sign * (whole + Decimal(seconds or 0))))


def written(value: object) -> str:
    """*value* as the rule language writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return f"{value:f}"
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case date() | Months() | Seconds():
            return f'@"{value}"'
        case tuple():
            items = cast("tuple[object, ...]", value)
            return "[" + ", ".join(map(written, items)) + "]"
        case frozenset():
            options = cast("frozenset[str]", value)
            return "[" + ", ".join(map(written, sorted(options))) + "]"
        case Mapping():
            fields = cast("Mapping[str, object]", value)
            return "{" + ", ".join(f"{name}: {written(one)}" for name, one in fields.items()) + "}"
        case _:
            return "not known"


Plain: TypeAlias = "bool | int | str | list[Plain] | dict[str, Plain] | None"


def plain(value: object) -> Plain:
    """A value as plain JSON data: a number that is not whole, a date and a duration as text."""
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return f"{value:f}"
        case date() | Months() | Seconds():
            return str(value)
        case Mapping():
            fields = cast("Mapping[str, object]", value)
            return {str(name): plain(one) for name, one in sorted(fields.items())}
        case tuple() | list():
            items = cast("Sequence[object]", value)
            return [plain(one) for one in items]
        case frozenset():
            return [*sorted(cast("frozenset[str]", value))]
        case _:
            return written(value)
