"""The functions and operators of the language, on values that are known.

Each is total but for what it says it is not defined for: then it raises `UndefinedError`, and the answer is unknown for
that reason. What they compute follows the DMN standard (FEEL, chapter 10.3), numbers having 34 digits.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from typing import Any, cast

from lgbm.model.values import Months, Number, Seconds, written
from lgbm.rules.days import (
    MONTHS,
    WEEKDAYS,
    date_of,
    date_of_text,
    duration_of_text,
    limited,
    months_between,
    months_since_leap_day,
    over,
    plus_seconds,
    shifted,
    times,
    toward_zero,
)
from lgbm.rules.reckoning import (
    UndefinedError,
    add,
    divide,
    ends_of,
    exponential,
    logarithm,
    mean,
    median,
    mode,
    modulo,
    multiply,
    number_of_text,
    power,
    product,
    rounded,
    square_root,
    standard_deviation,
    subtract,
    total,
    whole,
)

__all__ = ["RUNS", "UndefinedError", "apply", "compared", "ends_of"]

_LONGEST_LIST = 10_000
_LONGEST_TEXT = 100_000


# -- comparisons

_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def compared(sign: str, left: Any, right: Any) -> bool:
    """Whether *left* stands so to *right*, which is of the same type."""
    return _ORDER[sign](left, right)


# -- strings


def _substring(text: str, start: Number, length: Number | None = None) -> str:
    first = whole(start, "a place in a text")
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
            return "[" + ", ".join(map(_quoted, cast("tuple[object, ...]", value))) + "]"
        case date() | Months() | Seconds():
            return str(value)
        case Decimal():
            # Equal numbers have one text, however many zeros either was written with.
            text = written(value)
            return text.rstrip("0").rstrip(".") if "." in text else text
        case _:
            return written(value)


def _quoted(value: object) -> str:
    return written(value) if isinstance(value, str) else _string(value)


def _joined_text(texts: Sequence[str], delimiter: str = "") -> str:
    found = delimiter.join(texts)
    if len(found) > _LONGEST_TEXT:
        raise UndefinedError("a text that is too long")
    return found


# -- lists


def _unless_empty(run: Callable[[Sequence[Any]], Any], what: str) -> Callable[[Sequence[Any]], Any]:
    def checked(items: Sequence[Any]) -> Any:
        if not items:
            raise UndefinedError(f"{what} of an empty list")
        return run(items)

    return checked


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
    return items[begin:] if length is None else items[begin : begin + max(0, whole(length, "a length"))]


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


def _set(options: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(options)))


def _end_to_end(*lists: Sequence[Any]) -> tuple[Any, ...]:
    if sum(map(len, lists)) > _LONGEST_LIST:
        raise UndefinedError("a list that is too long")
    return tuple(item for one in lists for item in one)


def _numbers(low: Number, high: Number) -> tuple[int, ...]:
    first, last = whole(low, "an end of a range"), whole(high, "an end of a range")
    if abs(last - first) >= _LONGEST_LIST:
        raise UndefinedError("a list that is too long")
    return tuple(range(first, last + 1)) if first <= last else tuple(range(first, last - 1, -1))


def _days(low: date, high: date) -> tuple[date, ...]:
    return tuple(date.fromordinal(day) for day in _numbers(low.toordinal(), high.toordinal()))


def _appended(items: tuple[Any, ...], *new: Any) -> tuple[Any, ...]:
    return _end_to_end(items, new)


def _union(*lists: Sequence[Any]) -> tuple[Any, ...]:
    return _distinct(_end_to_end(*lists))


def _plus(left: Number | str, right: Number | str) -> Number | str:
    if isinstance(left, str) or isinstance(right, str):
        return _joined_text((str(left), str(right)))
    return add(left, right)


def _answer(value: object, answer: bool) -> bool:
    """*answer*, which stands as soon as anything is known of *value*."""
    del value
    return answer


def apply(function: str, arguments: Sequence[Any]) -> Any:
    """The value of *function* (a name of `RUNS`) of *arguments*, which are known and of the right types."""
    return RUNS[function](*arguments)


_OF_NUMBERS: Mapping[str, Callable[..., Any]] = {
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": power,
    "floor": rounded(ROUND_FLOOR),
    "ceiling": rounded(ROUND_CEILING),
    "decimal": rounded(ROUND_HALF_EVEN),
    "round up": rounded(ROUND_UP),
    "round down": rounded(ROUND_DOWN),
    "round half up": rounded(ROUND_HALF_UP),
    "round half down": rounded(ROUND_HALF_DOWN),
    "sqrt": square_root,
    "exp": exponential,
    "log": logarithm,
    "modulo": modulo,
    "sum": total,
    "mode": mode,
    "stddev": standard_deviation,
    "numbers": _numbers,
}
_OF_A_NUMBER: Mapping[str, Callable[[Number], Any]] = {
    "negative": lambda number: subtract(0, number),
    "abs": lambda number: subtract(0, number) if number < 0 else number,
    "odd": lambda number: modulo(number, 2) == 1,
    "even": lambda number: modulo(number, 2) == 0,
}
_OF_TEXTS: Mapping[str, Callable[..., Any]] = {
    "number": number_of_text,
    "date": date_of_text,
    "duration": duration_of_text,
    "string": _string,
    "string length": len,
    "substring": _substring,
    "string join": _joined_text,
    "upper case": str.upper,
    "lower case": str.lower,
    "starts with": str.startswith,
    "ends with": str.endswith,
}
_OF_A_TEXT_AND_A_PART: Mapping[str, Callable[[str, str], Any]] = {
    "contains": lambda text, match: match in text,
    "substring before": lambda text, match: text[: text.find(match)] if match in text else "",
    "substring after": lambda text, match: text.partition(match)[2] if match else text,
}
_OF_DAYS: Mapping[str, Callable[..., Any]] = {
    "date of": date_of,
    "date + seconds": plus_seconds,
    "years and months duration": months_between,
    "years and months duration to 28 February": months_since_leap_day,
    "weekday": date.isoweekday,
    "days from": _days,
}
_OF_A_DAY: Mapping[str, Callable[[date], Any]] = {
    "year": lambda day: day.year,
    "month": lambda day: day.month,
    "day": lambda day: day.day,
    "day of year": lambda day: day.timetuple().tm_yday,
    "day of week": lambda day: WEEKDAYS[day.weekday()],
    "month of year": lambda day: MONTHS[day.month - 1],
    "week of year": lambda day: day.isocalendar()[1],
}
_OF_TWO_DAYS: Mapping[str, Callable[[date, date], Any]] = {
    "date - date": lambda later, earlier: Seconds((later - earlier).days * 86400),
}
_OF_A_DAY_AND_MONTHS: Mapping[str, Callable[[date, Months], Any]] = {
    "date + months": lambda day, duration: shifted(day, duration.months),
    "date - months": lambda day, duration: shifted(day, -duration.months),
}
_OF_A_DAY_AND_SECONDS: Mapping[str, Callable[[date, Seconds], Any]] = {
    "date - seconds": lambda day, duration: plus_seconds(day, Seconds(subtract(0, duration.seconds))),
}
_OF_MONTHS: Mapping[str, Callable[[Months], Any]] = {
    "negative months": lambda duration: Months(-duration.months),
    "absolute months": lambda duration: Months(abs(duration.months)),
    "years": lambda duration: toward_zero(duration.months, 12),
    "months": lambda duration: duration.months - 12 * toward_zero(duration.months, 12),
}
_OF_TWO_MONTHS: Mapping[str, Callable[[Months, Months], Any]] = {
    "months + months": lambda left, right: limited(Months(left.months + right.months)),
    "months - months": lambda left, right: limited(Months(left.months - right.months)),
    "months / months": lambda left, right: divide(left.months, right.months),
}
_OF_SECONDS: Mapping[str, Callable[[Seconds], Any]] = {
    "negative seconds": lambda duration: Seconds(subtract(0, duration.seconds)),
    "absolute seconds": lambda duration: duration if duration.seconds >= 0 else Seconds(subtract(0, duration.seconds)),
    "days": lambda duration: toward_zero(duration.seconds, 86400),
    "hours": lambda duration: toward_zero(duration.seconds, 3600) - 24 * toward_zero(duration.seconds, 86400),
    "minutes": lambda duration: toward_zero(duration.seconds, 60) - 60 * toward_zero(duration.seconds, 3600),
    "seconds": lambda duration: subtract(duration.seconds, 60 * toward_zero(duration.seconds, 60)),
}
_OF_TWO_SECONDS: Mapping[str, Callable[[Seconds, Seconds], Any]] = {
    "seconds + seconds": lambda left, right: limited(Seconds(add(left.seconds, right.seconds))),
    "seconds - seconds": lambda left, right: limited(Seconds(subtract(left.seconds, right.seconds))),
    "seconds / seconds": lambda left, right: divide(left.seconds, right.seconds),
}
_OF_LISTS: Mapping[str, Callable[..., Any]] = {
    "min": _unless_empty(min, "the least"),
    "max": _unless_empty(max, "the greatest"),
    "mean": _unless_empty(mean, "the mean"),
    "median": _unless_empty(median, "the median"),
    "product": _unless_empty(product, "the product"),
    "item": _item,
    "sublist": _sublist,
    "insert before": _insert_before,
    "remove": _without,
    "list replace": _replaced,
    "distinct values": _distinct,
    "set": _set,
    "concatenate": _end_to_end,
    "append": _appended,
    "union": _union,
}
_OF_A_LIST: Mapping[str, Callable[[tuple[Any, ...]], Any]] = {
    "reverse": lambda items: items[::-1],
    "flatten": lambda lists: _end_to_end(*lists),
}
_OF_A_LIST_AND_AN_ITEM: Mapping[str, Callable[[tuple[Any, ...], Any], Any]] = {
    "index of": lambda items, match: tuple(place for place, item in enumerate(items, 1) if item == match),
}

RUNS: Mapping[str, Callable[..., Any]] = {
    "+": _plus,
    "duration * number": times,
    "duration / number": over,
    "known": _answer,
    **_OF_NUMBERS, **_OF_A_NUMBER, **_OF_TEXTS, **_OF_A_TEXT_AND_A_PART, **_OF_DAYS, **_OF_A_DAY, **_OF_TWO_DAYS,
    **_OF_A_DAY_AND_MONTHS, **_OF_A_DAY_AND_SECONDS, **_OF_MONTHS, **_OF_TWO_MONTHS, **_OF_SECONDS, **_OF_TWO_SECONDS,
    **_OF_LISTS, **_OF_A_LIST, **_OF_A_LIST_AND_AN_ITEM,
}  # fmt: skip
"""Every function by the name that terms use, grouped by what it takes."""
