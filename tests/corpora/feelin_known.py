"""Where feelin answers differently, and what the standard says. Each reason applies as narrowly as it can be told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import frozen

from lgbm.model.values import Months, Seconds, duration_from
from lgbm.rules.syntax import Between, Binary, Call, Expr, Filter, In, Logic, Range
from tests.corpora.feelin_parts import every_part, names_in, text_of
from tests.corpora.values import Given, has_null, is_list, same, shown

CLOSE = Decimal("1e-12")
"""How near a number comes: theirs are binary."""


@frozen
class Case:
    """One expression with its facts, and what both engines make of it. `None` is null: not known."""

    text: str
    inputs: Mapping[str, Given]
    ours: Given
    theirs: Given
    refused: str = ""


def alike(one: Case) -> bool:
    """Whether both engines give the same value."""
    return same(one.ours, one.theirs, CLOSE)


@frozen
class Difference:
    """The smallest part of an expression that the engines answer differently, while they agree on all inside of it."""

    part: Expr
    given: tuple[Any, ...]
    """The values of what is inside of it, from left to right."""
    ours: Any
    theirs: Any
    within: Case

    @property
    def label(self) -> str:
        """The function, or the sort of expression."""
        match self.part:
            case Call(function):
                return function
            case Binary(operator) | Logic(operator):
                return operator
            case _:
                return type(self.part).__name__.lower()

    def __str__(self) -> str:
        values = ", ".join(map(shown, self.given))
        return f"{text_of(self.part)}   of {values}: ours {shown(self.ours)}, theirs {shown(self.theirs)}"


@frozen
class Known:
    """A difference that is explained: what the standard says, and where that is the reason."""

    name: str
    standard: str
    applies: Callable[[Difference], bool]


def _of_null(one: Difference) -> bool:
    """We do not know, and something that the part reads is null."""
    read = (one.within.inputs.get(name) for name in names_in(one.part) if name in one.within.inputs)
    return one.ours is None and (any(map(has_null, one.given)) or any(map(has_null, read)))


def _of_duration(one: Difference) -> bool:
    return one.theirs is None and isinstance(one.ours, Months | Seconds) and one.label in ("negative", "*")


def _of_no_numbers(one: Difference) -> bool:
    return one.label in ("min", "max") and one.theirs is None and isinstance(one.ours, str | date)


def _of_unequal_lengths(one: Difference) -> bool:
    if one.label not in ("=", "!=") or one.theirs is not None or one.ours is not (one.label == "!="):
        return False
    left, right = one.given
    return is_list(left) and is_list(right) and len(left) != len(right)


def _of_mixed_duration(one: Difference) -> bool:
    """Theirs has days behind the months, or takes them for one month more."""
    if one.label != "years and months duration" or not isinstance(one.ours, Months):
        return False
    if isinstance(one.theirs, Seconds):
        return one.ours.months == 0 and -31 * 86400 < one.theirs.seconds < 31 * 86400
    months = one.theirs if isinstance(one.theirs, Months) else _without_days(str(one.theirs))
    return months is not None and abs(months.months) - abs(one.ours.months) in (0, 1)


def _without_days(text: str) -> Months | None:
    found = re.fullmatch(r"duration (-?P(?:\d+Y)?(?:\d+M)?)\d+D", text)
    months = duration_from(found[1]) if found else None
    return months if isinstance(months, Months) else None


def _of_time(one: Difference) -> bool:
    """Theirs is a date with a time, on the very day of ours."""
    theirs = str(one.theirs)
    return (
        one.label in ("+", "-") and isinstance(one.ours, date) and theirs.startswith(f"other FeelDateTime {one.ours}T")
    )


def _of_swapped_bounds(one: Difference) -> bool:
    """Theirs swaps bounds of which the lower is the higher one."""
    if not isinstance(one.part, Between | In) or one.ours is not False or one.theirs is not True or len(one.given) != 3:
        return False
    if isinstance(one.part, In) and not (len(one.part.tests) == 1 and isinstance(one.part.tests[0], Range)):
        return False
    of, low, high = one.given
    return bool(high < low) and bool(high <= of <= low)


def _of_no_position(one: Difference) -> bool:
    """A place that the list or the text does not have."""
    if one.label not in ("sublist", "remove", "insert before", "substring") or one.ours is not None:
        return False
    whole, place = one.given[:2]
    return (is_list(whole) or isinstance(whole, str)) and abs(place) > len(whole)


def _of_place_from_the_end(one: Difference) -> bool:
    return one.label in ("remove", "insert before") and one.given[1] < 0 and abs(one.given[1]) <= len(one.given[0])


def _of_order_by_text(one: Difference) -> bool:
    """Theirs is the middle of the numbers as their texts are ordered; or it is not ordered at all."""
    if one.label == "median" and len(one.given) == 1 and is_list(one.given[0]) and one.given[0]:
        ordered = sorted(map(Decimal, one.given[0]), key=lambda number: f"{number.normalize():f}")
        half = len(ordered) // 2
        return same(one.theirs, ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2, CLOSE)
    return one.label == "mode" and is_list(one.theirs) and same(sorted(one.theirs), one.ours, CLOSE)


def _of_false_items(one: Difference) -> bool:
    """Theirs leaves out the items that are false, of those that are in ours."""
    if not isinstance(one.part, Filter) or not is_list(one.ours) or False not in one.ours:
        return False
    return same([item for item in one.ours if item is not False], one.theirs, CLOSE)


def _of_no_text(one: Difference) -> bool:
    return one.label == "number" and one.ours is None and one.theirs == 0 and not one.given[0].strip()


def _of_half_a_between(one: Difference) -> bool:
    """One half of a `between` is false, and that is enough, whatever the other half is."""
    if not isinstance(one.part, Between) or one.ours is not False or one.theirs is not None:
        return False
    of, low, high = one.given
    return None in (low, high) and bool((low is not None and of < low) or (high is not None and of > high))


def _of_a_count_of_null(one: Difference) -> bool:
    """A list that is not known has no fewer than no items, and so its count is compared with what is below zero."""
    if not isinstance(one.part, Binary) or one.theirs is not None or len(one.given) != 2:
        return False
    left, right = one.given
    lists = [isinstance(part, Call) and part.function == "count" for part in (one.part.left, one.part.right)]
    on_the_left = lists[0] and left is None and right is not None and right < 0
    return bool(on_the_left or (lists[1] and right is None and left is not None and left < 0))


def _of_loose_in(one: Difference) -> bool:
    """All parts agree once each stands in brackets of its own, and an `in` has an `and` or `or` behind it."""
    return not one.given and any(map(_in_before_logic, every_part(one.part)))


def _in_before_logic(expr: Expr) -> bool:
    return isinstance(expr, Logic) and any(isinstance(part, In) for part in expr.parts[:-1])


KNOWN: tuple[Known, ...] = (
    Known(
        "unknown is not false",
        "The standard's null in a filter, an `if` or a quantifier counts as false, and `null = null` is true. For us, "
        "null is a fact that is not known yet, and it stays unknown: more careful, on purpose.",
        _of_null,
    ),
    Known(
        "negated and multiplied durations",
        "They are durations; the TCK's 0099 and 0100 ask for them.",
        _of_duration,
    ),
    Known(
        "min and max of texts and dates",
        "`min` and `max` take a list of items of any type that has an order.",
        _of_no_numbers,
    ),
    Known(
        "lists of unequal lengths",
        "Lists are equal if they have the same length and equal items: else they are not, which is no null.",
        _of_unequal_lengths,
    ),
    Known(
        "days in a duration of months",
        "It has whole years and months only, completed ones; the TCK's 1121 asks for that.",
        _of_mixed_duration,
    ),
    Known(
        "a date and a time",
        'A date and a duration make a date; the TCK\'s 0100 has `@"2021-01-02" - @"PT1H"` so.',
        _of_time,
    ),
    Known(
        "bounds that are swapped",
        "`e between a and b` is `e >= a and e <= b`, and `[a..b]` likewise: nothing is between 3 and 0.",
        _of_swapped_bounds,
    ),
    Known(
        "no such place",
        "An argument outside of the domain of its parameter gives null, and there is no such place.",
        _of_no_position,
    ),
    Known(
        "places from the end",
        "Place -1 is the last one: that is removed, and that is inserted before.",
        _of_place_from_the_end,
    ),
    Known(
        "numbers ordered as texts",
        "`median` and `mode` order numbers as numbers; the TCK's 0061 and 0062 ask for that.",
        _of_order_by_text,
    ),
    Known(
        "false is an item",
        "A filter keeps the items of which its condition is true, be they false themselves.",
        _of_false_items,
    ),
    Known(
        "an empty text is no number",
        "`number` takes a text that writes a number, and gives null for another.",
        _of_no_text,
    ),
    Known(
        "half of a between",
        "`e between a and b` is `e >= a and e <= b`, and false and null is false.",
        _of_half_a_between,
    ),
    Known(
        "a count of null",
        "Null has no count in the standard; to us it is a list that is not known, of at least no items.",
        _of_a_count_of_null,
    ),
    Known(
        "in, before and or or",
        "A comparison binds closer than `and` and `or`, be its operator `in`.",
        _of_loose_in,
    ),
)


def explained(one: Difference) -> Known | None:
    """The known reason for a difference, if there is one."""
    return next((known for known in KNOWN if known.applies(one)), None)
