"""Whatever PyArrow holds a fact in, it is the same fact: tables of every type are answered as their rows are."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, reject
from hypothesis import strategies as st

from lgbm.errors import ProfileError
from lgbm.population.library import csv, pa, parquet, pc
from tests.strategies.tables import table_of
from tests.strategies.worlds import citizens, worlds

Draw = Any


@given(data=st.data())
def test_a_fact_is_the_same_in_every_type(data: st.DataObject) -> None:
    """As a table in chunks and slices, as batches, as a Parquet file with row groups of any size."""
    model, day, profiles, table = _drawn(data)
    typed = pa.table({name: _retyped(data.draw, table.column(name)) for name in table.column_names})
    given = data.draw(st.sampled_from([_table, _batches, _parquet]))

    with tempfile.TemporaryDirectory() as folder:
        source = given(data.draw, typed, Path(folder))
        found = model.screen(source, on=day, wrong="unknown").to_arrow().to_pylist()

    _the_same(model, day, profiles, found)


@given(data=st.data())
def test_a_fact_is_the_same_written_in_a_csv_file(data: st.DataObject) -> None:
    """Every cell a text, lists and persons as JSON."""
    model, day, profiles, table = _drawn(data)
    written = pa.table(
        {
            name: pa.array([_text(one) for one in table.column(name).to_pylist()], pa.string())
            for name in table.column_names
        }
    )
    if any(text == "" for name in written.column_names for text in written.column(name).to_pylist()):
        # An empty cell is one of which nothing is known.
        reject()
    with tempfile.TemporaryDirectory() as folder:
        csv.write_csv(written, Path(folder) / "in.csv")
        found = model.screen(Path(folder) / "in.csv", on=day, wrong="unknown").to_arrow().to_pylist()

    _the_same(model, day, profiles, found)


def _drawn(data: st.DataObject) -> tuple[Any, date, list[Any], Any]:
    world = data.draw(worlds(ordered=True))
    reader = world.model._on(world.day)[1]
    citizen = data.draw(citizens(world))
    profiles: list[Any] = [citizen.known, citizen.learned, citizen.everything]
    try:
        table = table_of(world.model.circumstances, list(world.model.services), [reader.read(one) for one in profiles])
    except pa.ArrowInvalid:
        # A number with more digits than a decimal of Arrow has.
        reject()
    return world.model, world.day, profiles, table


def _the_same(model: Any, day: date, profiles: list[Any], found: list[Any]) -> None:
    for profile, row in zip(profiles, found, strict=True):
        try:
            answer = model.resolve(profile, on=day)
        except ProfileError:
            continue
        assert row == {one.id: one.status.value for one in answer.services}


# -- types


def _retyped(draw: Draw, column: Any) -> Any:
    """The same values in another type, in pieces, over something else."""
    values = column.to_pylist()
    kind = _type(draw, column.type, [one for one in values if one is not None])
    before, after = draw(st.integers(0, 9)), draw(st.integers(0, 2))
    array = pa.array([_as(one, kind) for one in [*values[:1] * before, *values, *[None] * after]], kind)
    if pa.types.is_boolean(kind) and draw(st.booleans()):
        array = pa.ExtensionArray.from_storage(pa.bool8(), array.cast(pa.int8()))
    elif not pa.types.is_nested(kind) and not pa.types.is_dictionary(kind) and draw(st.booleans()):
        array = _in_runs(array)
    array = array.slice(before, len(values))
    cut = draw(st.integers(0, len(values)))
    return pa.chunked_array([array.slice(0, cut), array.slice(cut)])


def _in_runs(array: Any) -> Any:
    try:
        return pc.run_end_encode(array)
    except pa.ArrowNotImplementedError:
        return array


def _type(draw: Draw, kind: Any, values: list[Any]) -> Any:
    types = pa.types
    if types.is_list(kind):
        inner = _type(draw, kind.value_type, [one for each in values for one in each if one is not None])
        lengths = {len(one) for one in values}
        makers = [pa.list_, pa.large_list, pa.list_view]
        if len(lengths) == 1:
            makers.append(lambda inner: pa.list_(inner, next(iter(lengths))))
        return draw(st.sampled_from(makers))(inner)
    if types.is_struct(kind):
        return pa.struct(
            [
                (each.name, _type(draw, each.type, [one[each.name] for one in values if one[each.name] is not None]))
                for each in kind
            ]
        )
    if not values and draw(st.booleans()):
        return pa.null()
    if types.is_decimal(kind):
        return draw(st.sampled_from([kind, pa.decimal256(60, kind.scale), *_numeric(values)]))
    if types.is_date(kind):
        return draw(
            st.sampled_from([kind, pa.date64(), pa.timestamp("s"), pa.timestamp("us"), pa.timestamp("ms", tz="UTC")])
        )
    if types.is_string(kind):
        inner = draw(st.sampled_from([pa.string(), pa.large_string(), pa.string_view()]))
        coded = pa.dictionary(draw(st.sampled_from([pa.int8(), pa.uint16(), pa.int64()])), pa.string())
        return draw(st.sampled_from([inner, coded]))
    return kind


def _numeric(values: list[Decimal]) -> Iterator[Any]:
    """The types of numbers that hold all of *values*, and show them as they are."""
    for kind in (pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()):
        ends = np.iinfo(kind.to_pandas_dtype())
        if all(one == int(one) and ends.min <= one <= ends.max for one in values):
            yield kind
    for kind in (pa.float16(), pa.float32(), pa.float64()):
        short = kind.to_pandas_dtype()
        with np.errstate(over="ignore"):
            shown = [short(float(one)) for one in values]
        if all(np.isfinite(one) and Decimal(str(one)) == value for one, value in zip(shown, values, strict=True)):
            yield kind


def _as(value: Any, kind: Any) -> Any:
    match value:
        case Mapping():
            return {each.name: _as(value[each.name], each.type) for each in kind}
        case list():
            return [_as(one, kind.value_type) for one in value]
        case Decimal() if pa.types.is_integer(kind):
            return int(value)
        case Decimal() if pa.types.is_floating(kind):
            return kind.to_pandas_dtype()(float(value))
        case date() if pa.types.is_timestamp(kind):
            return datetime(value.year, value.month, value.day)
        case _:
            return value


# -- where they come from


def _table(draw: Draw, table: Any, folder: Path) -> Any:
    return table


def _batches(draw: Draw, table: Any, folder: Path) -> Any:
    return iter(table.to_batches(max_chunksize=draw(st.integers(1, 3))))


def _parquet(draw: Draw, table: Any, folder: Path) -> Any:
    try:
        parquet.write_table(table, folder / "in.parquet", row_group_size=draw(st.integers(1, 3)))
    except pa.ArrowException:
        # Not all types have a place in Parquet.
        return table
    return folder / "in.parquet"


def _text(value: Any) -> str | None:
    match value:
        case None | str():
            return value
        case bool():
            return str(value).lower()
        case Decimal():
            return f"{value:f}"
        case list() | dict():
            return json.dumps(value, default=lambda one: f"{one:f}" if isinstance(one, Decimal) else str(one))
        case _:
            return str(value)
