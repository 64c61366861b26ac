"""Columns of Arrow to columns of facts: each kind of circumstance with its own checks, all wrong cells counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from lgbm.model.concepts import Circumstance
from lgbm.population.kernel.columns import Codes, Column, Flags, Items, Persons, Truths, Whole
from lgbm.population.library import pa, pc
from lgbm.population.tables.intake import Array, Cells, Words, all_known, bits, known_in, row_of, values_in

_SHORT = 1024
"""A dictionary of so many entries is taken as it is, however few of them the rows of a batch use."""


@frozen
class Reading:
    """How the column of one circumstance is read."""

    path: str
    read: Callable[[Array, Cells], Column]


def booleans(array: Array) -> Truths:
    """A column of booleans."""
    known = known_in(array)
    values = bits(array.buffers()[1], array.offset, len(array)) if len(array) else np.zeros(0, np.bool_)
    return Truths(values, values) if known is None else Truths(values & known, values | ~known)


def texts(path: str, array: Array, cells: Cells) -> Codes:
    """A column of texts."""
    return _coded(path, array, cells, None, "no UTF-8")


def choices(path: str, one: Circumstance, array: Array, cells: Cells) -> Codes:
    """A column of a choice: each an option."""
    return _coded(path, array, cells, tuple(one.options), "none of its options")


def _coded(path: str, array: Array, cells: Cells, options: tuple[str, ...] | None, why: str) -> Codes:
    """The codes of an array of texts, as places in the *options*, or in the texts that there are."""
    raw, words = _entries(path, array, cells, options)
    codes = raw if words.places is None else words.places[raw]
    if len(words.strange):
        cells.refuse(path, why, np.isin(raw, words.strange), array)
    return Codes(codes, words.values)


def _entries(path: str, array: Array, cells: Cells, options: tuple[str, ...] | None) -> tuple[NDArray[np.int32], Words]:
    """For each cell its entry in a dictionary, or -1; and what the entries mean."""
    encoded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    if len(encoded.dictionary) > max(len(encoded), _SHORT):
        encoded = encoded.dictionary_decode().dictionary_encode()
    indices = encoded.indices
    codes = values_in(indices, indices.type.to_pandas_dtype()).astype(np.int32, copy=False)
    known = known_in(indices)
    if known is not None:
        codes = np.where(known, codes, np.int32(-1))
    words = cells.words.get(path)
    if words is None or not words.are_of(encoded.dictionary):
        words = cells.words[path] = _words(encoded.dictionary, options)
    return codes, words


def _words(dictionary: Array, options: tuple[str, ...] | None) -> Words:
    entries = _listed(dictionary)
    is_text = [isinstance(one, str) for one in entries]
    values = options if options is not None else tuple(dict.fromkeys(one for one in entries if isinstance(one, str)))
    place = {value: at for at, value in enumerate(values)}
    places = [place.get(one, -1) if isinstance(one, str) else -1 for one in entries]
    strange = [at for at, one in enumerate(entries) if one is not None and places[at] < 0]
    own = all(is_text) and places == list(range(len(places)))
    table = None if own else np.array([*places, -1], np.int32)
    return Words(dictionary, values, table, np.array(strange, np.int32))


def _listed(dictionary: Array) -> list[object]:
    """The entries of a dictionary: texts, nothing, and bytes that are no text."""
    try:
        listed: list[object] = dictionary.to_pylist()
    except UnicodeDecodeError:
        return [_text_or_bytes(one) for one in dictionary]
    return listed


def _text_or_bytes(one: Any) -> object:
    try:
        return one.as_py()
    except UnicodeDecodeError:
        return b""


def sets(path: str, one: Circumstance, array: Array, cells: Cells) -> Items:
    """A column of sets of options: each option once, in order."""
    starts, known, inner = _lists(array)
    options = tuple(sorted(one.options))
    if pa.types.is_null(inner.type):
        codes = np.full(len(inner), -1, np.int32)
    else:
        raw, words = _entries(path, inner, cells, options)
        codes = raw if words.places is None else words.places[raw]
    bad = np.zeros(len(array), np.bool_)
    bad[row_of(starts, np.flatnonzero(codes < 0))] = True
    before, cells.starts = cells.starts, starts if cells.starts is None else starts[cells.starts]
    cells.refuse(path, "none of its options", codes < 0, inner)
    cells.starts = before
    # One number for each pair of row and option, so that a repeated one goes, and they come in order.
    many, good = len(options) + 1, codes >= 0
    pairs = Items(starts, Codes(codes, options)).rows[good] * many + codes[good]
    if not (pairs[1:] > pairs[:-1]).all():
        pairs = np.sort(pairs, kind="stable")
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    rows, codes = np.divmod(pairs, many)
    if bad.any():
        kept = ~bad[rows]
        rows, codes = rows[kept], codes[kept]
        known = all_known(known, len(array)) & ~bad
    ends = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(array))))).astype(np.int64)
    return Items(ends, Codes(codes.astype(np.int32), options), known)


def persons(readings: Mapping[str, Reading], array: Array, cells: Cells) -> Persons:
    """A column of persons: a struct of fields."""
    if pa.types.is_null(array.type):
        return Persons({}, np.zeros(len(array), np.bool_), len(array))
    known = known_in(array)
    fields: dict[str, Column] = {}
    for place, each in enumerate(array.type):
        # With the nulls of the struct itself, where it has some.
        values = array.field(place) if known is None else pc.struct_field(array, [place])
        fields[each.name] = readings[each.name].read(values, cells)
    return Persons(fields, known, len(array))


def people(path: str, readings: Mapping[str, Reading], array: Array, cells: Cells) -> Items:
    """A column of lists of persons."""
    starts, known, inner = _lists(array)
    before, cells.starts = cells.starts, starts
    found = persons(readings, inner, cells)
    cells.starts = before
    if found.known is not None:
        bad = np.zeros(len(array), np.bool_)
        bad[row_of(starts, np.flatnonzero(~found.known))] = True
        cells.refuse(path, "lists with nobody where somebody should be", bad, array)
        known = all_known(known, len(array)) & ~bad
        found = Persons(found.fields, None, found.count)
    return Items(starts, found, known)


def _lists(array: Array) -> tuple[Whole, Flags | None, Array]:
    """Where the lists begin and end in the values that all of them have, of which lists that is known."""
    known = known_in(array)
    kind = array.type
    if len(array) and (pa.types.is_list(kind) or pa.types.is_large_list(kind)):
        width = np.int32 if pa.types.is_list(kind) else np.int64
        offsets = np.frombuffer(array.buffers()[1], width)[array.offset : array.offset + len(array) + 1]
        if known is None or not (np.diff(offsets)[~known]).any():
            first, last = int(offsets[0]), int(offsets[-1])
            return (offsets - first).astype(np.int64, copy=False), known, array.values.slice(first, last - first)
    lengths = np.asarray(pc.list_value_length(array).fill_null(0).to_numpy(zero_copy_only=False)).astype(np.int64)
    return np.concatenate(([0], np.cumsum(lengths))).astype(np.int64), known, array.flatten()
