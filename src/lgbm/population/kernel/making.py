"""Values one by one to columns: constants of the rules, and what the definition gives for single rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from lgbm.model.facts import Person, Unknown
from lgbm.model.values import Months
from lgbm.population.kernel.columns import (
    LARGEST,
    LEAST,
    MOST,
    MOST_PLACES,
    NOT_KNOWN,
    Codes,
    Column,
    Days,
    Durations,
    Items,
    Numbers,
    Objects,
    Persons,
    Truths,
)


def is_nothing(column: Column) -> bool:
    return isinstance(column, Codes) and not column.values


def nothing(count: int) -> Codes:
    """Nothing known of any row."""
    return Codes(np.full(count, -1, np.int32), ())


def unknown_number(count: int) -> Numbers:
    """Numbers of which nothing is known."""
    return Numbers(np.full(count, LEAST, np.int64), np.full(count, MOST, np.int64), np.zeros(count, np.bool_))


def constant(value: Any, count: int) -> Column:
    match value:
        case bool():
            flags = np.full(count, value, np.bool_)
            return Truths(flags, flags)
        case int() | Decimal():
            whole, places = whole_of(value)
            if abs(whole) <= LARGEST and places <= MOST_PLACES:
                low = np.full(count, whole, np.int64)
                return Numbers(low, low, None, places)
        case date():
            return Days(np.full(count, value.toordinal(), np.int32), True)
        case Months(months) if abs(months) <= LARGEST:
            return Durations(np.full(count, months, np.int64), None)
        case tuple():
            items: list[Any] = list(value)  # pyright: ignore[reportUnknownArgumentType]
            return Items(np.arange(count + 1, dtype=np.int64) * len(items), column_of(items * count))
        case _:
            pass
    return Codes(np.zeros(count, np.int32), (value,))


def whole_of(number: int | Decimal) -> tuple[int, int]:
    """*number* as a whole number and the places that were taken off it."""
    if isinstance(number, int):
        return number, 0
    _, _, exponent = number.as_tuple()
    places = max(0, -int(exponent))
    return int(number.scaleb(places)), places


def column_of(values: Sequence[Any]) -> Column:
    """The column of *values* as the definition has them: of the kind that they are all of, if there is one."""
    kinds = {
        _kind(one)
        for one in values
        if not isinstance(one, Unknown) or one.low != NOT_KNOWN.low or one.high != NOT_KNOWN.high
    }
    if not kinds:
        return nothing(len(values))
    if kinds == {"boolean"}:
        must = np.fromiter((one is True for one in values), np.bool_, len(values))
        return Truths(must, np.fromiter((one is not False for one in values), np.bool_, len(values)))
    if kinds == {"number"}:
        found = _numbers(values)
        return Objects(_objects(values)) if found is None else found
    if kinds == {"date"}:
        return Days(
            np.fromiter((0 if isinstance(one, Unknown) else one.toordinal() for one in values), np.int32, len(values))
        )
    if kinds == {"months"} and all(isinstance(one, Unknown) or abs(one.months) <= LARGEST for one in values):
        known = np.fromiter((not isinstance(one, Unknown) for one in values), np.bool_, len(values))
        months = np.fromiter((0 if isinstance(one, Unknown) else one.months for one in values), np.int64, len(values))
        return Durations(months, None if known.all() else known)
    if kinds == {"string"}:
        places = {one: place for place, one in enumerate(dict.fromkeys(one for one in values if isinstance(one, str)))}
        return Codes(
            np.fromiter((places.get(one, -1) if isinstance(one, str) else -1 for one in values), np.int32, len(values)),
            tuple(places),
        )
    return Objects(_objects(values))


def _kind(value: Any) -> str:
    match value:
        case bool():
            return "boolean"
        case int() | Decimal() | Unknown():
            return "number"
        case date():
            return "date"
        case str():
            return "string"
        case Months():
            return "months"
        case _:
            return "other"


def _objects(values: Sequence[Any]) -> Any:
    found = np.empty(len(values), np.object_)
    for place, one in enumerate(values):
        found[place] = one
    return found


def _numbers(values: Sequence[Any]) -> Numbers | None:
    wholes: list[tuple[tuple[int, int] | None, tuple[int, int] | None, bool]] = []
    most = 0
    for one in values:
        low, high = (one.low, one.high) if isinstance(one, Unknown) else (one, one)
        pair: list[Any] = []
        for end in (low, high):
            if isinstance(end, Decimal) and end.is_infinite():
                pair.append(None)
                continue
            whole, places = whole_of(end)
            if places > MOST_PLACES:
                return None
            most = max(most, places)
            pair.append((whole, places))
        wholes.append((pair[0], pair[1], not isinstance(one, Unknown)))

    def scaled(end: tuple[int, int] | None, infinite: int) -> int:
        return infinite if end is None else end[0] * 10 ** (most - end[1])

    lows, highs = [scaled(low, LEAST) for low, _, _ in wholes], [scaled(high, MOST) for _, high, _ in wholes]
    if any(abs(one) > LARGEST and one not in (LEAST, MOST) for one in (*lows, *highs)):
        return None
    known = np.fromiter((one for _, _, one in wholes), np.bool_, len(wholes))
    return Numbers(np.array(lows, np.int64), np.array(highs, np.int64), None if known.all() else known, most)


def constant_fact(value: Any, count: int) -> Column:
    """The same fact of every row."""
    if isinstance(value, (dict, tuple)):
        return people_of([value]).take(np.zeros(count, np.int64))
    return constant(value, count)


def people_of(values: list[Any]) -> Column:
    """Persons, or lists of them, as columns."""
    known = [one for one in values if not isinstance(one, Unknown)]
    if known and isinstance(known[0], Person):
        names = sorted({name for one in known for name in one})
        fields = {
            name: column_of([NOT_KNOWN if isinstance(one, Unknown) else one.value(name) for one in values])
            for name in names
        }
        flags = np.fromiter((not isinstance(one, Unknown) for one in values), np.bool_, len(values))
        return Persons(fields, None if flags.all() else flags, len(values))
    if known and isinstance(known[0], tuple):
        flags = np.fromiter((not isinstance(one, Unknown) for one in values), np.bool_, len(values))
        lengths = [0 if isinstance(one, Unknown) else len(one) for one in values]
        starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        inner = [one for each in values if not isinstance(each, Unknown) for one in each]
        return Items(
            starts,
            people_of(inner) if inner and isinstance(inner[0], Person) else column_of(inner),
            None if flags.all() else flags,
        )
    return column_of(values)
