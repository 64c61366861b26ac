"""The functions and operators of the language, on values that are known.

Each is total but for what it says it is not defined for: then it raises `UndefinedError`, and the answer is unknown for
that reason. What they compute follows the DMN standard (FEEL, chapter 10.3), numbers having 34 digits.
"""

from __future__ import annotations

import operator
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    DecimalException,
)
from typing import Any

from lgbm.model.values import (
    DIGITS,
    EXACT,
    Months,
    Number,
    Seconds,
    date_from,
    duration_from,
    number_from,
    tidy,
    written,
)

_LONGEST_LIST = 10_000
_LONGEST_TEXT = 100_000
_LARGEST_SHORT_INT = 10**15
# Named here rather than by the calendar module, whose names follow the machine's language.
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class UndefinedError(Exception):
    """There is no such value; the message says why."""


# -- numbers


def _exact(compute: Callable[..., Decimal], *numbers: Number) -> Number:
    try:
        found = compute(*map(Decimal, numbers))
        return tidy(found) if found.is_finite() else found
    except DecimalException:
        raise UndefinedError("a number beyond what can be reckoned with") from None


def add(left: Number, right: Number) -> Number:
    """The sum, to 34 digits."""
    if type(left) is int and type(right) is int and -_LARGEST_SHORT_INT < left + right < _LARGEST_SHORT_INT:
        return left + right
    return _exact(EXACT.add, left, right)


def subtract(left: Number, right: Number) -> Number:
    """The difference, to 34 digits."""
    if type(left) is int and type(right) is int and -_LARGEST_SHORT_INT < left - right < _LARGEST_SHORT_INT:
        return left - right
    return _exact(EXACT.subtract, left, right)


def _multiply(left: Number, right: Number) -> Number:
    return _exact(EXACT.multiply, left, right)


def _divide(left: Number, right: Number) -> Number:
    if right == 0:
        raise UndefinedError("a division by zero")
    return _exact(EXACT.divide, left, right)


def _power(base: Number, exponent: Number) -> Number:
    if base == 0 and exponent < 0:
        raise UndefinedError("a division by zero")
    if abs(exponent) > 10_000:
        raise UndefinedError("a power beyond 10000")
    return _exact(EXACT.power, base, exponent)


def _whole(number: Number, what: str) -> int:
    if number != int(number) or abs(number) > _LARGEST_SHORT_INT:
        raise UndefinedError(f"{what} that is not a whole number")
    return int(number)


def _rounded(mode: str) -> Callable[..., Number]:
    def run(number: Number, scale: Number = 0) -> Number:
        # A scale is cut to a whole number, as the standard's own suite does.
        places = int(scale)
        if not -6111 <= places <= 6176:
            raise UndefinedError("a scale beyond 6176 decimal places")
        value = Decimal(number)
        if places >= DIGITS or -places > value.adjusted() + DIGITS:
            return number if places >= DIGITS else _exact(lambda one: one, Decimal(0))
        try:
            return tidy(value.quantize(Decimal((0, (1,), -places)), rounding=mode, context=EXACT))
        except DecimalException:
            return number

    return run


def _square_root(number: Number) -> Number:
    if number < 0:
        raise UndefinedError("the square root of a negative number")
    return _exact(EXACT.sqrt, number)


def _exponential(number: Number) -> Number:
    if abs(number) > 10_000:
        raise UndefinedError("a power beyond 10000")
    return _exact(EXACT.exp, number)


def _logarithm(number: Number) -> Number:
    if number <= 0:
        raise UndefinedError("the logarithm of a number that is not above zero")
    return _exact(EXACT.ln, number)


def _modulo(dividend: Number, divisor: Number) -> Number:
    if divisor == 0:
        raise UndefinedError("a division by zero")
    quotient = EXACT.divide(Decimal(dividend), Decimal(divisor)).to_integral_value(ROUND_FLOOR)
    return subtract(dividend, _multiply(divisor, tidy(quotient)))


def _number(text: str, grouping: str = "", decimal: str = ".") -> Number:
    if grouping not in ("", " ", ",", ".") or decimal not in (".", ",") or grouping == decimal:
        raise UndefinedError("separators that a number cannot have")
    plain = text.replace(grouping, "") if grouping else text
    found = None if decimal != "." and "." in plain else number_from(plain.replace(decimal, "."))
    if found is None:
        raise UndefinedError("a text that is not a number")
    return found


# -- comparisons

_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def compared(sign: str, left: Any, right: Any) -> bool:
    """Whether *left* stands so to *right*, which is of the same type."""
    return _ORDER[sign](left, right)


# -- strings


def _substring(text: str, start: Number, length: Number | None = None) -> str:
    first = _whole(start, "a place in a text")
    if first == 0 or abs(first) > len(text):
        raise UndefinedError("a place outside of the text")
    begin = first - 1 if first > 0 else len(text) + first
    if length is None:
        return text[begin:]
    if length < 1:
        raise UndefinedError("a length below 1")
    return text[begin : begin + int(length)]


def _string(value: object) -> str:
    match value:
        case str():
            return value
        case tuple():
            return "[" + ", ".join(_quoted(one) for one in value) + "]"  # pyright: ignore[reportUnknownVariableType]
        case date() | Months() | Seconds():
            return str(value)
        case _:
            return written(value)


def _quoted(value: object) -> str:
    return written(value) if isinstance(value, str) else _string(value)


def _joined_text(texts: Sequence[str], delimiter: str = "") -> str:
    found = delimiter.join(texts)
    if len(found) > _LONGEST_TEXT:
        raise UndefinedError("a text that is too long")
    return found


def _plus_text(left: str, right: str) -> str:
    return _joined_text((left, right))


# -- dates and durations


def _date(text: str) -> date:
    found = date_from(text)
    if found is None:
        raise UndefinedError("a text that is not a date")
    return found


def _date_of(year: Number, month: Number, day: Number) -> date:
    try:
        return date(_whole(year, "a year"), _whole(month, "a month"), _whole(day, "a day"))
    except (ValueError, OverflowError):
        raise UndefinedError("a date that is not in the calendar") from None


def _duration(text: str) -> Months | Seconds:
    found = duration_from(text)
    if found is None:
        raise UndefinedError("a text that is not a duration")
    return found


def shifted(day: date, months: int) -> date:
    """*day* so many months later. A day that the month does not have becomes its last, as the standard says."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise UndefinedError("a date that is not in the calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _plus_seconds(day: date, duration: Seconds) -> date:
    # A date is its midnight; of the sum, the date is kept.
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


def _months_since_leap_day(start: date, end: date) -> Months:
    """The same where the law has somebody born on 29 February grow older on 28 February of a common year."""
    if (start.month, start.day) == (2, 29) and (end.month, end.day) == (2, 28) and monthrange(end.year, 2)[1] == 28:
        return Months(months_between(start, end).months + (end > start))
    return months_between(start, end)


def _times(duration: Months | Seconds, factor: Number) -> Months | Seconds:
    if isinstance(duration, Seconds):
        return _limited(Seconds(_multiply(duration.seconds, factor)))
    return _limited(Months(int(_multiply(duration.months, factor))))


def _over(duration: Months | Seconds, divisor: Number) -> Months | Seconds:
    if isinstance(duration, Seconds):
        return _limited(Seconds(_divide(duration.seconds, divisor)))
    return _limited(Months(int(_divide(duration.months, divisor))))


def _limited(duration: Months | Seconds) -> Months | Seconds:
    size = duration.seconds if isinstance(duration, Seconds) else duration.months
    if abs(size) > _LARGEST_SHORT_INT:
        raise UndefinedError("a duration beyond what can be reckoned with")
    return duration


def _toward_zero(amount: Number, unit: int) -> int:
    return int(abs(amount) // unit) * (1 if amount >= 0 else -1)


# -- lists


def _unless_empty(run: Callable[[Sequence[Any]], Any], what: str) -> Callable[[Sequence[Any]], Any]:
    def checked(items: Sequence[Any]) -> Any:
        if not items:
            raise UndefinedError(f"{what} of an empty list")
        return run(items)

    return checked


def _total(items: Sequence[Number]) -> Number:
    found: Number = 0
    for item in items:
        found = add(found, item)
    return found


def _product(items: Sequence[Number]) -> Number:
    found: Number = 1
    for item in items:
        found = _multiply(found, item)
    return found


def _mean(items: Sequence[Number]) -> Number:
    return _divide(_total(items), len(items))


def _median(items: Sequence[Number]) -> Number:
    ordered, middle = sorted(items), len(items) // 2
    return ordered[middle] if len(items) % 2 else _mean(ordered[middle - 1 : middle + 1])


def _mode(items: Sequence[Number]) -> tuple[Number, ...]:
    most = max((items.count(item) for item in items), default=0)
    return tuple(sorted({item for item in items if items.count(item) == most}))


def _standard_deviation(items: Sequence[Number]) -> Number:
    if len(items) < 2:
        raise UndefinedError("the standard deviation of fewer than two numbers")
    mean = _mean(items)
    squares = _total([_multiply(subtract(item, mean), subtract(item, mean)) for item in items])
    return _square_root(_divide(squares, len(items) - 1))


def _place(items: Sequence[Any], position: Number) -> int:
    # A place is cut to a whole number, as the standard's own suite does.
    place = int(position)
    if place == 0 or abs(place) > len(items):
        raise UndefinedError("a place outside of the list")
    return place - 1 if place > 0 else len(items) + place


def _item(items: Sequence[Any], position: Number) -> Any:
    return items[_place(items, position)]


def _sublist(items: tuple[Any, ...], start: Number, length: Number | None = None) -> tuple[Any, ...]:
    begin = _place(items, start)
    return items[begin:] if length is None else items[begin : begin + max(0, _whole(length, "a length"))]


def _insert_before(items: tuple[Any, ...], position: Number, new: Any) -> tuple[Any, ...]:
    place = _place(items, position)
    return (*items[:place], new, *items[place:])


def _without(items: tuple[Any, ...], position: Number) -> tuple[Any, ...]:
    place = _place(items, position)
    return items[:place] + items[place + 1 :]


def _replaced(items: tuple[Any, ...], position: Number, new: Any) -> tuple[Any, ...]:
    place = _place(items, position)
    return (*items[:place], new, *items[place + 1 :])


def _distinct(items: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(item for place, item in enumerate(items) if item not in items[:place])


def _end_to_end(*lists: Sequence[Any]) -> tuple[Any, ...]:
    if sum(map(len, lists)) > _LONGEST_LIST:
        raise UndefinedError("a list that is too long")
    return tuple(item for one in lists for item in one)


def _numbers(low: Number, high: Number) -> tuple[int, ...]:
    first, last = _whole(low, "an end of a range"), _whole(high, "an end of a range")
    if abs(last - first) >= _LONGEST_LIST:
        raise UndefinedError("a list that is too long")
    return tuple(range(first, last + 1)) if first <= last else tuple(range(first, last - 1, -1))


def _days(low: date, high: date) -> tuple[date, ...]:
    return tuple(date.fromordinal(day) for day in _numbers(low.toordinal(), high.toordinal()))  # type: ignore[arg-type]


def apply(function: str, arguments: Sequence[Any]) -> Any:
    """The value of *function* (a name of `RUNS`) of *arguments*, which are known and of the right types."""
    return RUNS[function](*arguments)


RUNS: Mapping[str, Callable[..., Any]] = {
    "+": lambda left, right: add(left, right) if isinstance(left, int | Decimal) else _plus_text(left, right),
    "-": subtract,
    "*": _multiply,
    "/": _divide,
    "**": _power,
    "negative": lambda number: subtract(0, number),
    "abs": lambda number: subtract(0, number) if number < 0 else number,
    "floor": _rounded(ROUND_FLOOR),
    "ceiling": _rounded(ROUND_CEILING),
    "decimal": _rounded(ROUND_HALF_EVEN),
    "round up": _rounded(ROUND_UP),
    "round down": _rounded(ROUND_DOWN),
    "round half up": _rounded(ROUND_HALF_UP),
    "round half down": _rounded(ROUND_HALF_DOWN),
    "sqrt": _square_root,
    "exp": _exponential,
    "log": _logarithm,
    "modulo": _modulo,
    "odd": lambda number: number % 2 == 1,
    "even": lambda number: number % 2 == 0,
    "number": _number,
    "string": _string,
    "string length": len,
    "substring": _substring,
    "substring before": lambda text, match: text[: text.find(match)] if match in text else "",
    "substring after": lambda text, match: text.partition(match)[2] if match else text,
    "upper case": str.upper,
    "lower case": str.lower,
    "contains": lambda text, match: match in text,
    "starts with": str.startswith,
    "ends with": str.endswith,
    "string join": _joined_text,
    "date": _date,
    "date of": _date_of,
    "duration": _duration,
    "date + months": lambda day, duration: shifted(day, duration.months),
    "date - months": lambda day, duration: shifted(day, -duration.months),
    "date + seconds": _plus_seconds,
    "date - seconds": lambda day, duration: _plus_seconds(day, Seconds(-duration.seconds)),
    "date - date": lambda later, earlier: Seconds((later - earlier).days * 86400),
    "months + months": lambda left, right: _limited(Months(left.months + right.months)),
    "months - months": lambda left, right: _limited(Months(left.months - right.months)),
    "months / months": lambda left, right: _divide(left.months, right.months),
    "seconds + seconds": lambda left, right: _limited(Seconds(add(left.seconds, right.seconds))),
    "seconds - seconds": lambda left, right: _limited(Seconds(subtract(left.seconds, right.seconds))),
    "seconds / seconds": lambda left, right: _divide(left.seconds, right.seconds),
    "duration * number": _times,
    "duration / number": _over,
    "negative months": lambda duration: Months(-duration.months),
    "negative seconds": lambda duration: Seconds(-duration.seconds),
    "absolute months": lambda duration: Months(abs(duration.months)),
    "absolute seconds": lambda duration: Seconds(abs(duration.seconds)),
    "years and months duration": months_between,
    "years and months duration to 28 February": _months_since_leap_day,
    "year": lambda day: day.year,
    "month": lambda day: day.month,
    "day": lambda day: day.day,
    "weekday": date.isoweekday,
    "years": lambda duration: _toward_zero(duration.months, 12),
    "months": lambda duration: duration.months - 12 * _toward_zero(duration.months, 12),
    "days": lambda duration: _toward_zero(duration.seconds, 86400),
    "hours": lambda duration: _toward_zero(duration.seconds, 3600) - 24 * _toward_zero(duration.seconds, 86400),
    "minutes": lambda duration: _toward_zero(duration.seconds, 60) - 60 * _toward_zero(duration.seconds, 3600),
    "seconds": lambda duration: subtract(duration.seconds, 60 * _toward_zero(duration.seconds, 60)),
    "day of year": lambda day: day.timetuple().tm_yday,
    "day of week": lambda day: _WEEKDAYS[day.weekday()],
    "month of year": lambda day: _MONTHS[day.month - 1],
    "week of year": lambda day: day.isocalendar().week,
    "known": lambda _, answer: answer,
    "min": _unless_empty(min, "the least"),
    "max": _unless_empty(max, "the greatest"),
    "mean": _unless_empty(_mean, "the mean"),
    "median": _unless_empty(_median, "the median"),
    "mode": _mode,
    "stddev": _standard_deviation,
    "product": _unless_empty(_product, "the product"),
    "item": _item,
    "sublist": _sublist,
    "insert before": _insert_before,
    "remove": _without,
    "list replace": _replaced,
    "reverse": lambda items: items[::-1],
    "index of": lambda items, match: tuple(place for place, item in enumerate(items, 1) if item == match),
    "distinct values": _distinct,
    "append": lambda items, *new: _end_to_end(items, new),
    "concatenate": _end_to_end,
    "union": lambda *lists: _distinct(_end_to_end(*lists)),
    "flatten": lambda lists: _end_to_end(*lists),
    "numbers": _numbers,
    "days from": _days,
}
"""Every function by the name that terms use."""

