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
)
from typing import Any

from lgbm.model.values import Months, Number, Seconds
from lgbm.rules import lists, texts
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
    ends_compared,
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
)

__all__ = ["RUNS", "TO_28_FEBRUARY", "UndefinedError", "apply", "compared", "ends_compared", "ends_of"]

_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def compared(sign: str, left: Any, right: Any) -> bool:
    """Whether *left* stands so to *right*, which is of the same type."""
    return _ORDER[sign](left, right)


def _plus(left: Number | str, right: Number | str) -> Number | str:
    if isinstance(left, str) or isinstance(right, str):
        return texts.joined((str(left), str(right)))
    return add(left, right)


def _answer(value: object, answer: bool) -> bool:
    """*answer*, which stands as soon as anything is known of *value*."""
    del value
    return answer


TO_28_FEBRUARY = "years and months duration to 28 February"
"""`years and months duration`, where the taxonomy declares that leap day birthdays fall on 28 February."""


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
    "numbers": lists.numbers,
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
    "string": texts.string,
    "string length": len,
    "substring": texts.substring,
    "string join": texts.joined,
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
    TO_28_FEBRUARY: months_since_leap_day,
    "weekday": date.isoweekday,
    "days from": lists.days,
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
    "min": lists.unless_empty(min, "the least"),
    "max": lists.unless_empty(max, "the greatest"),
    "mean": lists.unless_empty(mean, "the mean"),
    "median": lists.unless_empty(median, "the median"),
    "product": lists.unless_empty(product, "the product"),
    "item": lists.item,
    "sublist": lists.sublist,
    "insert before": lists.insert_before,
    "remove": lists.without,
    "list replace": lists.replaced,
    "distinct values": lists.distinct,
    "set": lists.as_set,
    "concatenate": lists.end_to_end,
    "append": lists.appended,
    "union": lists.union,
}
_OF_A_LIST: Mapping[str, Callable[[tuple[Any, ...]], Any]] = {
    "reverse": lambda items: items[::-1],
    "flatten": lambda inner: lists.end_to_end(*inner),
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
