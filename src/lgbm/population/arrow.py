"""Columns of Arrow to columns of facts: each kind of circumstance with its own checks, all wrong cells counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

import numpy as np
from attrs import define, field, frozen

from lgbm.model.concepts import Circumstance, Kind
from lgbm.model.values import number_from
from lgbm.population.columns import (
    MOST_PLACES,
    NOT_KNOWN,
    Codes,
    Column,
    Days,
    Flags,
    Items,
    Numbers,
    Persons,
    Truths,
    Whole,
)
from lgbm.population.joining import hidden
from lgbm.population.library import pa, pc
from lgbm.population.making import column_of

Array: TypeAlias = Any
"""A `pyarrow.Array`: the stubs of pyarrow say too little of it."""

EPOCH = date(1970, 1, 1).toordinal()
_EXAMPLES = 3
_LARGEST = 2**53
"""Whole numbers up to here are exact as floats."""


@define
class Wrong:
    """Cells of one column that do not fit, for one reason."""

    count: int = 0
    examples: list[tuple[int, object]] = field(factory=list[tuple[int, object]])


@define
class Cells:
    """What is read from one batch after another, and which cells do not fit, by column and reason."""

    on: date
    wrong: dict[tuple[str, str], Wrong] = field(factory=dict[tuple[str, str], Wrong])
    first: int = 1
    """The number of the first row of the batch, in the table."""
    rows: Whole | None = None
    """For the items of lists, the row that each belongs to."""

    def refuse(self, path: str, why: str, cells: Flags, array: Array) -> None:
        """Take note of *cells* that do not fit."""
        places = np.flatnonzero(cells)
        if not len(places):
            return
        found = self.wrong.setdefault((path, why), Wrong())
        found.count += len(places)
        for place in places[: _EXAMPLES - len(found.examples)].tolist():
            row = int(self.rows[place]) if self.rows is not None else place
            found.examples.append((self.first + row, array[place].as_py()))


@frozen
class Reading:
    """How the column of one circumstance is read."""

    path: str
    one: Circumstance
    read: Callable[[Array, Cells], Column]


def known_in(array: Array) -> Flags | None:
    """Which cells hold something; nothing: all."""
    return None if array.null_count == 0 else np.asarray(array.is_valid().to_numpy(zero_copy_only=False))


def booleans(array: Array) -> Truths:
    """A column of booleans."""
    known = known_in(array)
    values = np.asarray((array if known is None else array.fill_null(False)).to_numpy(zero_copy_only=False))
    return Truths(values, values) if known is None else Truths(values & known, values | ~known)


def numbers(path: str, one: Circumstance, array: Array, cells: Cells) -> Column:
    """A column of numbers, exact; those with too many places, or beyond the bounds, do not fit."""
    known = known_in(array)
    places = one.places if one.places is not None else 2 if one.kind is Kind.MONEY else None
    if one.formula is not None:
        places = None
    if pa.types.is_floating(array.type):
        found, bad = _floats(array, known, places)
    elif pa.types.is_decimal(array.type):
        found, bad = _decimals(array, known, places)
    else:
        found, bad = _integers(array, known)
    if found is None:
        found, bad = _one_by_one(array, places)
    assert bad is not None
    cells.refuse(
        path, "no exact numbers" if places is None else f"numbers with more than {places} decimal places", bad, array
    )
    if one.formula is None:
        for why, beyond in _beyond(one, found):
            cells.refuse(path, why, beyond & ~bad, array)
            bad = bad | beyond
    return hidden(found, ~bad) if bad.any() else found


def _beyond(one: Circumstance, found: Column) -> list[tuple[str, Flags]]:
    from lgbm.population.comparing import compared_with

    bounds = [("<", one.at_least, "below"), (">", one.at_most, "above")]
    return [
        (f"{word} {bound}", compared_with(operator, found, bound).must)
        for operator, bound, word in bounds
        if bound is not None
    ]


def _integers(array: Array, known: Flags | None) -> tuple[Column | None, Flags | None]:
    if pa.types.is_uint64(array.type):
        return None, None
    values = np.asarray((array if known is None else array.fill_null(0)).to_numpy(zero_copy_only=False))
    if values.dtype.itemsize < 4:
        values = values.astype(np.int32)
    elif values.dtype.kind == "u":
        values = values.astype(np.int64)
    if values.dtype == np.int64 and len(values) and max(int(values.max()), -int(values.min())) > 10**15:
        return None, None
    return Numbers(values, values, known), np.zeros(len(values), np.bool_)


def _floats(array: Array, known: Flags | None, places: int | None) -> tuple[Column | None, Flags | None]:
    """Floats by the digits that they print, where whole numbers of so many places say the same."""
    values = np.asarray((array if known is None else array.fill_null(0)).to_numpy(zero_copy_only=False)).astype(
        np.float64
    )
    finite = np.isfinite(values)
    safe = np.where(finite, values, 0.0)
    for tried in range(0, (6 if places is None else min(places, MOST_PLACES)) + 1):
        scaled = np.rint(safe * 10.0**tried)
        fits = (np.abs(scaled) < _LARGEST) & (scaled / 10.0**tried == safe)
        if fits.all() or tried == places:
            bad = ~(fits & finite)
            whole = np.where(bad, 0.0, scaled).astype(np.int64)
            return Numbers(whole, whole, known, tried), bad if known is None else bad & known
    return None, None


def _decimals(array: Array, known: Flags | None, places: int | None) -> tuple[Column | None, Flags | None]:
    scale = array.type.scale
    if not 0 <= scale <= MOST_PLACES or array.type.precision > 38 or not pa.types.is_decimal128(array.type):
        return None, None
    filled = array if known is None else array.fill_null(Decimal(0).scaleb(-scale))
    halves = np.frombuffer(filled.buffers()[1], dtype=np.int64).reshape(-1, 2)[
        filled.offset : filled.offset + len(filled)
    ]
    whole = halves[:, 0].copy()
    if not (halves[:, 1] == np.where(whole < 0, -1, 0)).all():
        return None, None
    bad = np.zeros(len(whole), np.bool_)
    if places is not None and scale > places:
        finer = 10 ** (scale - places)
        bad = whole % finer != 0
        whole, scale = np.where(bad, 0, whole // finer), places
    return Numbers(whole, whole, known, scale), bad if known is None else bad & known


def _one_by_one(array: Array, places: int | None) -> tuple[Column, Flags]:
    values: list[Any] = []
    bad: list[bool] = []
    for each in array.to_pylist():
        number = None if each is None else number_from(str(each))
        fits = number is not None and (places is None or number == round(Decimal(number), places))
        values.append(number if fits else NOT_KNOWN)
        bad.append(each is not None and not fits)
    return column_of(values), np.array(bad, np.bool_)


def dates(path: str, one: Circumstance, array: Array, cells: Cells) -> Column:
    """A column of civil dates."""
    known = known_in(array)
    bad = np.zeros(len(array), np.bool_)
    days = array
    if pa.types.is_timestamp(array.type):
        days = array.cast(pa.date32(), safe=False)
        same = pc.equal(days.cast(array.type), array).fill_null(True)
        bad = ~np.asarray(same.to_numpy(zero_copy_only=False))
        cells.refuse(path, "times of a day, not dates", bad, array)
    elif pa.types.is_date64(array.type):
        days = array.cast(pa.date32(), safe=False)
    filled = days if known is None else days.fill_null(date(1970, 1, 1))
    ordinals = np.asarray(filled.cast(pa.int32()).to_numpy(zero_copy_only=False)) + np.int32(EPOCH)
    out = (ordinals < 1) | (ordinals > date.max.toordinal())
    cells.refuse(path, "beyond the years from 1 to 9999", out, array)
    bad = bad | out
    if one.formula is None:
        for word, bound, beyond in (
            ("before", one.at_least, np.less),
            ("after", one.at_most, np.greater),
            ("after", None if one.future else cells.on, np.greater),
        ):
            if isinstance(bound, date):
                wrong = (
                    beyond(ordinals, bound.toordinal()) & ~bad
                    if known is None
                    else beyond(ordinals, bound.toordinal()) & known & ~bad
                )
                cells.refuse(path, f"{word} {bound}", wrong, array)
                bad = bad | wrong
    if known is not None or bad.any():
        ordinals = np.where(bad if known is None else bad | ~known, 0, ordinals)
        return Days(ordinals.astype(np.int32))
    return Days(ordinals, True)


def texts(array: Array) -> Codes:
    """A column of texts."""
    encoded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    codes = np.asarray(encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)).astype(np.int32)
    values: list[Any] = encoded.dictionary.to_pylist()
    if None in values or len(set(values)) < len(values):
        kept = {value: place for place, value in enumerate(dict.fromkeys(one for one in values if one is not None))}
        table = np.array([*(kept.get(one, -1) if one is not None else -1 for one in values), -1], np.int32)
        return Codes(table[codes], tuple(kept))
    return Codes(codes, tuple(values))


def choices(path: str, one: Circumstance, array: Array, cells: Cells) -> Codes:
    """A column of a choice: each an option."""
    found = texts(array)
    options = tuple(one.options)
    places = {option: place for place, option in enumerate(options)}
    table = np.array([*(places.get(value, -1) for value in found.values), -1], np.int32)
    codes = table[found.codes]
    cells.refuse(path, "none of its options", (codes < 0) & (found.codes >= 0), array)
    return Codes(codes, options)


def sets(path: str, one: Circumstance, array: Array, cells: Cells) -> Items:
    """A column of sets of options: each option once, in order."""
    starts, known, inner = _lists(array)
    options = tuple(sorted(one.options))
    places = {option: place for place, option in enumerate(options)}
    found = texts(inner)
    table = np.array([*(places.get(value, -1) for value in found.values), -1], np.int32)
    codes = table[found.codes] if len(found.codes) else np.zeros(0, np.int32)
    rows = np.repeat(np.arange(len(array), dtype=np.int64), np.diff(starts))
    bad = np.zeros(len(array), np.bool_)
    bad[rows[codes < 0]] = True
    cells.refuse(path, "sets with something that is none of its options", bad, array)
    order = np.unique(rows * (len(options) + 1) + codes) if len(codes) else np.zeros(0, np.int64)
    kept = order[~bad[order // (len(options) + 1)]] if len(order) else order
    lengths = (
        np.bincount(kept // (len(options) + 1), minlength=len(array)) if len(kept) else np.zeros(len(array), np.int64)
    )
    sure = (
        None if known is None and not bad.any() else (np.ones(len(array), np.bool_) if known is None else known) & ~bad
    )
    ends = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    return Items(ends, Codes((kept % (len(options) + 1)).astype(np.int32), options), sure)


def persons(readings: Mapping[str, Reading], array: Array, cells: Cells) -> Persons:
    """A column of persons: a struct of fields."""
    known = known_in(array)
    fields: dict[str, Column] = {}
    for place, each in enumerate(array.type):
        # With the nulls of the struct itself.
        fields[each.name] = readings[each.name].read(pc.struct_field(array, [place]), cells)
    return Persons(fields, known, len(array))


def people(path: str, readings: Mapping[str, Reading], array: Array, cells: Cells) -> Items:
    """A column of lists of persons."""
    starts, known, inner = _lists(array)
    rows = np.repeat(np.arange(len(array), dtype=np.int64), np.diff(starts))
    before, cells.rows = cells.rows, rows
    found = persons(readings, inner, cells)
    cells.rows = before
    if found.known is not None:
        bad = np.zeros(len(array), np.bool_)
        bad[rows[~found.known]] = True
        cells.refuse(path, "lists with nobody where somebody should be", bad, array)
        known = ~bad if known is None else known & ~bad
        found = Persons(found.fields, None, found.count)
    return Items(starts, found, known)


def _lists(array: Array) -> tuple[Whole, Flags | None, Array]:
    """Where the lists begin and end in the values that all of them have, of which lists that is known."""
    known = known_in(array)
    lengths = np.asarray(pc.list_value_length(array).fill_null(0).to_numpy(zero_copy_only=False)).astype(np.int64)
    starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    return starts, known, array.flatten()
