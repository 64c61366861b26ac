"""Columns put together, row by row; and what is known in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from lgbm.model.facts import Unknown, doubts_in
from lgbm.population.kernel.columns import (
    LEAST,
    MOST,
    NOT_KNOWN,
    Codes,
    Column,
    Days,
    Durations,
    Flags,
    Items,
    Numbers,
    Objects,
    Persons,
    Truths,
)
from lgbm.population.kernel.making import is_nothing, nothing
from lgbm.population.kernel.truths import sure


def hidden(column: Column, known: Flags) -> Column:
    """*column*, nothing being known of it where *known* is false."""
    match column:
        case Truths(must, may):
            return Truths(must & known, may | ~known)
        case Numbers(low, high, was, places):
            both = known if was is None else known & was
            if high is low:
                return Numbers(low, low, both, places)
            wide = column.wide()
            return Numbers(np.where(known, wide.low, LEAST), np.where(known, wide.high, MOST), both, places)
        case Codes(codes, values):
            return Codes(np.where(known, codes, -1), values)
        case Days(ordinals):
            return Days(np.where(known, ordinals, 0))
        case Durations(months, was):
            return Durations(months, known if was is None else known & was)
        case Items(starts, values, was, here):
            return Items(starts, values, known if was is None else known & was, here)
        case Persons(fields, was, count):
            return Persons(fields, known if was is None else known & was, count)
        case Objects(values):
            found = values.copy()
            found[~known] = NOT_KNOWN
            return Objects(found)


def known_of(column: Column) -> Flags | None:
    """Of which rows the whole value is known; nothing: of all."""
    match column:
        case Truths(must, may):
            return None if must is may else must | ~may
        case Numbers(known=known) | Durations(known=known):
            return known
        case Codes(codes):
            return codes >= 0
        case Days(ordinals):
            return ordinals > 0
        case _:
            values = column.listed()
            return np.fromiter((not doubts_in((one,)) for one in values), np.bool_, len(values))


def known_both(one: Flags | None, other: Flags | None) -> Any:
    if one is None or other is None:
        return one if other is None else other
    return one & other


def present(column: Column) -> Flags:
    """Of which rows there is a value, whatever is not known inside of it."""
    match column:
        case Items(known=known) | Persons(known=known):
            return np.ones(len(column), np.bool_) if known is None else known
        case Objects(values):
            return np.fromiter((not isinstance(one, Unknown) for one in values), np.bool_, len(values))
        case _:
            known = known_of(column)
            return np.ones(len(column), np.bool_) if known is None else known


def merged(rows: Flags, yes: Column, no: Column) -> Column:
    """*yes* where *rows* say so, and *no* elsewhere."""
    if rows.all():
        return yes
    if not rows.any():
        return no
    if is_nothing(no):
        return hidden(yes, rows)
    if is_nothing(yes):
        return hidden(no, ~rows)
    match yes, no:
        case Truths(), Truths():
            must = np.where(rows, yes.must, no.must)
            sure_of_both = yes.must is yes.may and no.must is no.may
            return Truths(must, must if sure_of_both else np.where(rows, yes.may, no.may))
        case Numbers(), Numbers():
            places = max(yes.places, no.places)
            one, other = yes.scaled(places), no.scaled(places)
            low = np.where(rows, one.low, other.low)
            if one.known is None and other.known is None:
                return Numbers(low, low, None, places)
            known = _chosen_flags(rows, one.known, other.known)
            return Numbers(low, np.where(rows, one.high, other.high), known, places)
        case Codes(), Codes():
            first, second = alike(yes, no)
            return Codes(np.where(rows, first.codes, second.codes), first.values)
        case Days(), Days():
            return Days(np.where(rows, yes.ordinals, no.ordinals))
        case _:
            place = np.where(rows, np.arange(len(yes)), np.arange(len(yes)) + len(yes))
            return joined(yes, no).take(place)


def _chosen_flags(rows: Flags, one: Flags | None, other: Flags | None) -> Flags:
    """*one* where *rows* say so, and *other* elsewhere; nothing: all of them."""
    return np.where(rows, True if one is None else one, True if other is None else other)


def alike(one: Codes, other: Codes) -> tuple[Codes, Codes]:
    """The same two with places in the same values."""
    if one.values == other.values:
        return one, other
    values = tuple(dict.fromkeys((*one.values, *other.values)))
    place = {value: at for at, value in enumerate(values)}
    tables = [np.array([*(place[each] for each in column.values), -1], np.int32) for column in (one, other)]
    return Codes(tables[0][one.codes], values), Codes(tables[1][other.codes], values)


def _both(one: Truths, other: Truths) -> Truths:
    return Truths(np.concatenate((one.must, other.must)), np.concatenate((one.may, other.may)))


def joined(one: Column, other: Column) -> Column:
    """The rows of both, one after the other."""
    if is_nothing(one) and not is_nothing(other):
        return _reversed(joined(other, one), len(other), len(one))
    match one, other:
        case Truths(), Truths():
            return _both(one, other)
        case Numbers(), Numbers():
            places = max(one.places, other.places)
            left, right = one.scaled(places).wide(), other.scaled(places).wide()
            known = None
            if left.known is not None or right.known is not None:
                known = np.concatenate(
                    [np.ones(len(each), np.bool_) if each.known is None else each.known for each in (left, right)]
                )
            return Numbers(
                np.concatenate((left.low, right.low)), np.concatenate((left.high, right.high)), known, places
            )
        case Days(), Days():
            return Days(np.concatenate((one.ordinals, other.ordinals)))
        case Durations(), Durations():
            return Durations(
                np.concatenate((one.months, other.months)), _flags(one.known, len(one), other.known, len(other))
            )
        case Codes(), Codes():
            first, second = alike(one, other)
            return Codes(np.concatenate((first.codes, second.codes)), first.values)
        case Persons(), Persons():
            names = {**one.fields, **other.fields}
            fields = {
                name: joined(one.fields.get(name, nothing(one.count)), other.fields.get(name, nothing(other.count)))
                for name in names
            }
            return Persons(fields, _flags(one.known, one.count, other.known, other.count), one.count + other.count)
        case Items(), Items():
            here = None
            if one.here is not None or other.here is not None:
                flagged = [
                    sure(np.ones(len(each.values), np.bool_)) if each.here is None else each.here
                    for each in (one, other)
                ]
                here = _both(*flagged)
            starts = np.concatenate((one.starts, other.starts[1:] + one.starts[-1]))
            return Items(
                starts, joined(one.values, other.values), _flags(one.known, len(one), other.known, len(other)), here
            )
        case _, _ if is_nothing(other):
            return (
                joined(one, hidden(one.take(np.zeros(len(other), np.int64)), np.zeros(len(other), np.bool_)))
                if len(one)
                else other
            )
        case _:
            return Objects(np.concatenate([_objects_of(one), _objects_of(other)]))


def _objects_of(column: Column) -> Any:
    found = np.empty(len(column), np.object_)
    for place, value in enumerate(column.listed()):
        found[place] = value
    return found


def _reversed(column: Column, first: int, second: int) -> Column:
    return column.take(np.concatenate((np.arange(first, first + second), np.arange(first))))


def _flags(one: Flags | None, count: int, other: Flags | None, more: int) -> Flags | None:
    if one is None and other is None:
        return None
    return np.concatenate(
        (np.ones(count, np.bool_) if one is None else one, np.ones(more, np.bool_) if other is None else other)
    )
