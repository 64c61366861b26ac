"""Lists of people and of values: how many there are, of how many something is true, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lgbm.model.facts import Maybe, Unknown
from lgbm.population.kernel.columns import (
    LARGEST,
    LEAST,
    MOST,
    Column,
    Flags,
    Items,
    Numbers,
    TooLargeError,
    Truths,
    Whole,
    endless,
)
from lgbm.population.kernel.making import column_of, is_nothing, nothing, unknown_number
from lgbm.population.kernel.truths import sure, truths
from lgbm.rules import term as t
from lgbm.rules.semantics import over


def as_items(column: Column) -> Items:
    """The column of lists, item by item."""
    if isinstance(column, Items):
        return column
    if is_nothing(column):
        return Items(np.zeros(len(column) + 1, np.int64), nothing(0), np.zeros(len(column), np.bool_))
    lists = column.listed()
    known = np.fromiter((not isinstance(one, Unknown) for one in lists), np.bool_, len(lists))
    items = [one for each in lists if not isinstance(each, Unknown) for one in each]
    starts = np.concatenate(
        ([0], np.cumsum([0 if isinstance(one, Unknown) else len(one) for one in lists], dtype=np.int64))
    )
    here = (
        truths(column_of([one.doubt if isinstance(one, Maybe) else True for one in items]))
        if any(isinstance(one, Maybe) for one in items)
        else None
    )
    values = column_of([one.item if isinstance(one, Maybe) else one for one in items])
    return Items(starts.astype(np.int64), values, None if known.all() else known, here)


def listed(columns: Sequence[Column], count: int) -> Items:
    """A list of these, for each row."""
    width = len(columns)
    if columns and all(isinstance(one, Numbers) or is_nothing(one) for one in columns):
        found = _numbers_listed([unknown_number(count) if not isinstance(one, Numbers) else one for one in columns])
        if found is not None:
            return Items(np.arange(count + 1, dtype=np.int64) * width, found)
    values = [one.listed() for one in columns]
    mixed = [values[place][row] for row in range(count) for place in range(width)]
    return Items(np.arange(count + 1, dtype=np.int64) * width, column_of(mixed))


def _numbers_listed(columns: Sequence[Numbers]) -> Numbers | None:
    """The numbers of each row, one after the other."""
    try:
        places = max(one.places for one in columns)
        wide = [one.scaled(places).wide() for one in columns]
    except TooLargeError:
        return None
    low, high = (np.stack(each, axis=1).ravel() for each in ([one.low for one in wide], [one.high for one in wide]))
    if all(one.known is None for one in wide):
        return Numbers(low, low, None, places)
    known = [np.ones(len(one), np.bool_) if one.known is None else one.known for one in wide]
    return Numbers(low, high, np.stack(known, axis=1).ravel(), places)


def without(items: Items, rows: Flags) -> Items:
    """*items*, the lists of *rows* being empty."""
    keep = ~rows[items.rows]
    lengths = np.where(rows, 0, np.diff(items.starts))
    place = np.flatnonzero(keep)
    starts = np.concatenate(([0], np.cumsum(lengths)))
    return Items(starts, items.values.take(place), items.known, None if items.here is None else items.here.take(place))


def counted(flags: Flags, items: Items) -> Whole:
    """How many items of each row are flagged."""
    total = np.concatenate(([0], np.cumsum(flags, dtype=np.int64)))
    return total[items.starts[1:]] - total[items.starts[:-1]]


def any_of(found: Truths, items: Items) -> Truths:
    must = counted(found.must, items) > 0
    return Truths(must, must if found.must is found.may else counted(found.may, items) > 0)


def counts(items: Items, known: Flags | None, many: Flags) -> Numbers:
    lengths = np.diff(items.starts)
    low = lengths if items.here is None else counted(items.here.must, items)
    high = low if items.here is None or items.here.must is items.here.may else counted(items.here.may, items)
    sure = None if high is low else low == high
    if known is not None:
        low, high = np.where(known, low, np.where(many, LEAST, 0)), np.where(known, high, MOST)
        sure = known if sure is None else known & sure
    return Numbers(low, high, sure)


def sums(items: Items, known: Flags | None) -> Column:
    values = items.values
    here = items.here
    if is_nothing(values):
        values = unknown_number(len(values))
    if not isinstance(values, Numbers):
        return sums_one_by_one(Items(items.starts, items.values, known, here))
    values = values.wide()
    low, high, sure = values.low, values.high, values.known
    if here is not None:
        low = np.where(here.must, low, np.where(here.may, np.minimum(low, 0), 0))
        high = np.where(here.must, high, np.where(here.may, np.maximum(high, 0), 0))
        certain = here.must if sure is None else here.must & sure
        sure = certain | ~here.may
    total_low, total_high = _totals(low, items, LEAST), _totals(high, items, MOST)
    settled = np.ones(len(items), np.bool_) if sure is None else counted(~sure, items) == 0
    some = (np.diff(items.starts) if here is None else counted(here.must, items)) > 0
    if known is not None:
        some = some & known
    settled = settled & some
    return Numbers(
        np.where(some, total_low, LEAST),
        np.where(some, total_high, MOST),
        None if settled.all() else settled,
        values.places,
    )


def sums_one_by_one(items: Items) -> Column:
    term = t.Sum(t.Local(""))
    return column_of(
        [one if isinstance(one, Unknown) else over(term, one, lambda item, _: item) for one in items.listed()]
    )


def _totals(ends: Whole, items: Items, worst: int) -> Whole:
    never = ends == worst
    finite = np.where(never, 0, ends)
    if len(finite) and max(int(finite.max()), -int(finite.min())) > LARGEST // max(1, len(finite)):
        # So many of them could be more than fits.
        raise TooLargeError
    total = np.concatenate(([0], np.cumsum(finite)))
    found = total[items.starts[1:]] - total[items.starts[:-1]]
    return np.where(counted(never, items) > 0, worst, found)


def tallied(answers: Sequence[Truths], items: Items) -> list[tuple[Any, Any]]:
    """For each of *answers*, of how many items of each list it must be yes, and of how many it may be.

    Eight questions are added up at once, each in a byte of a whole number of 64 bits: where no list is longer than a
    byte can count, the differences of such sums are exact.
    """
    flags: list[Flags] = []
    places: list[tuple[int, int]] = []
    for one in answers:
        flags.append(one.must)
        first = len(flags) - 1
        if one.may is not one.must:
            flags.append(one.may)
        places.append((first, len(flags) - 1))
    lengths = np.diff(items.starts)
    if len(lengths) and int(lengths.max()) > 254:
        found = [counted(one, items) for one in flags]
    else:
        found = [each for start in range(0, len(flags), 8) for each in _eight(flags[start : start + 8], items)]
    return [(found[low], found[high]) for low, high in places]


def _eight(flags: Sequence[Flags], items: Items) -> list[Any]:
    count = len(items.values)
    lanes = np.empty((count, 8), np.uint8)
    for place in range(8):
        lanes[:, place] = flags[place] if place < len(flags) else 0
    total = np.zeros(count + 1, np.uint64)
    np.cumsum(lanes.view(np.uint64).ravel(), out=total[1:])
    ends = total[items.starts]
    lanes_of = np.ascontiguousarray((ends[1:] - ends[:-1]).view(np.uint8).reshape(-1, 8).T)
    return list(lanes_of[: len(flags)])


def answered(term: t.OverList, low: Any, high: Any, known: Flags | None) -> Column:
    match term:
        case t.Some():
            found = Truths(low > 0, high > 0) if high is not low else sure(low > 0)
        case t.Every():
            found = Truths(high == 0, low == 0) if high is not low else sure(low == 0)
        case _:
            certain = None if high is low else low == high
            if known is None:
                return Numbers(low, high, certain)
            if low.dtype == np.uint8:
                # The same as below, in the bits of bytes: nought and the most of them.
                here = known.view(np.uint8)
                least, most = low * here, high | (here - 1)
            else:
                least, most = np.where(known, low, 0), np.where(known, high, endless(low))
            return Numbers(least, most, known if certain is None else known & certain)
    return found if known is None else Truths(found.must & known, found.may | ~known)
