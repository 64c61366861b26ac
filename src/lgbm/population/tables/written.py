"""Cells that are written as text, as in a CSV file, to columns of facts: read as what their circumstance is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias, cast

import numpy as np

from lgbm.model.concepts import Circumstance, Kind
from lgbm.model.values import date_from
from lgbm.population.kernel.columns import Column
from lgbm.population.library import pa, pc
from lgbm.population.tables import arrow, quantities
from lgbm.population.tables.arrow import Reading
from lgbm.population.tables.intake import Array, Cells

_Told: TypeAlias = Callable[[str], object]
"""What a text says, or `None` where it says nothing of the kind."""

_EXACT = 15
"""So many characters hold no more digits than a float keeps."""
_TRUTHS = {"true": True, "false": False, "1": True, "0": False}


def reading(path: str, one: Circumstance) -> Reading:
    """How the texts of a column are read."""
    match one.kind:
        case Kind.BOOLEAN:
            return Reading(path, partial(_booleans, path))
        case Kind.NUMBER | Kind.MONEY:
            return Reading(path, partial(_numbers, path, one))
        case Kind.DATE:
            return Reading(path, partial(_dates, path, one))
        case Kind.TEXT:
            return Reading(path, partial(arrow.texts, path))
        case Kind.CHOICE:
            return Reading(path, partial(arrow.choices, path, one))
        case Kind.CHOICES:
            return _of_json(path, one, _options, pa.list_(pa.string()), partial(arrow.sets, path, one))
        case Kind.PERSON | Kind.PEOPLE:
            fields = {name: reading(f"{path}.{name}", field) for name, field in one.fields.items()}
            kind = pa.struct([(name, pa.string()) for name in fields])
            if one.kind is Kind.PERSON:
                return _of_json(path, one, _person, kind, partial(arrow.persons, fields))
            return _of_json(path, one, _people, pa.list_(kind), partial(arrow.people, path, fields))


def _booleans(path: str, array: Array, cells: Cells) -> Column:
    return arrow.booleans(
        _told(array, lambda text: _TRUTHS.get(text.lower()), pa.bool_(), path, "neither true nor false", cells)
    )


def _dates(path: str, one: Circumstance, array: Array, cells: Cells) -> Column:
    try:
        days = array.cast(pa.date32())
    except pa.ArrowInvalid:
        days = _told(array, date_from, pa.date32(), path, "no date as 2026-04-06", cells)
    return quantities.dates(path, one, days, cells)


def _numbers(path: str, one: Circumstance, array: Array, cells: Cells) -> Column:
    longest = pc.max(pc.binary_length(array)).as_py() or 0
    try:
        if longest <= _EXACT:
            return quantities.numbers(path, one, array.cast(pa.float64()), cells)
    except pa.ArrowInvalid:
        pass
    texts: list[str | None] = [None if text is None else text.strip() for text in array.to_pylist()]
    found, bad = quantities.exactly(texts, None)
    cells.refuse(path, "not a number", bad, array)
    places = quantities.places_of(one)
    if places is not None:
        kept = [None if wrong else text for text, wrong in zip(texts, bad.tolist(), strict=True)]
        found, bad = quantities.exactly(kept, places)
        return quantities.fitting(path, one, (found, bad), array, cells)
    return quantities.fitting(path, one, (found, None), array, cells)


def _told(array: Array, told: _Told, kind: Any, path: str, why: str, cells: Cells) -> Array:
    """The array of what the texts say, each text asked once; what says nothing is noted, and null."""
    encoded = array.dictionary_encode()
    texts: list[str] = encoded.dictionary.to_pylist()
    meant = pa.array([told(text.strip()) for text in texts], kind)
    found = meant.take(encoded.indices)
    if meant.null_count:
        cells.refuse(path, why, np.asarray(pc.and_(found.is_null(), array.is_valid())), array)
    return found


# -- lists and persons: JSON in a cell


def _of_json(
    path: str, one: Circumstance, shape: Callable[[Any, Circumstance], Any], kind: Any, read: Callable[..., Column]
) -> Reading:
    def reads(array: Array, cells: Cells) -> Column:
        bad = np.zeros(len(array), np.bool_)
        values: list[Any] = []
        for place, text in enumerate(array.to_pylist()):
            try:
                values.append(None if text is None else shape(_parsed(text), one))
            except ValueError:
                values.append(None)
                bad[place] = True
        cells.refuse(path, _WHY[one.kind], bad, array)
        return read(pa.array(values, kind), cells)

    return Reading(path, reads)


_WHY = {
    Kind.CHOICES: 'no list of options, as ["a", "b"]',
    Kind.PERSON: "no person with known fields, as JSON",
    Kind.PEOPLE: "no list of people with known fields, as JSON",
}


def _parsed(text: str) -> Any:
    # Numbers stay as they are written: what reads the field makes them exact.
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except RecursionError:
        raise ValueError from None


def _options(value: Any, one: Circumstance) -> Any:
    del one
    return [each if isinstance(each, str) else json.dumps(each) for each in _list(value)]


def _people(value: Any, one: Circumstance) -> Any:
    return [_person(each, one) for each in _list(value)]


def _person(value: Any, one: Circumstance) -> Any:
    if not isinstance(value, Mapping) or not one.fields.keys() >= set(cast("Mapping[str, Any]", value)):
        raise ValueError
    return {name: _as_text(each) for name, each in cast("Mapping[str, Any]", value).items()}


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError
    return value  # pyright: ignore[reportUnknownVariableType]


def _as_text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)
