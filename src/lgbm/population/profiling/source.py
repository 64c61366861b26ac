"""Rows out of whatever holds a table: a CSV or Parquet file, anything that speaks Arrow, or mappings."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias, cast

from attrs import frozen

from lgbm.errors import ProfileError
from lgbm.messages import tables as say_of_tables
from lgbm.messages import transactions as say

Source: TypeAlias = "str | os.PathLike[str] | Iterable[Mapping[str, Any]] | Any"
"""A path to a CSV or Parquet file, a table that has `__arrow_c_stream__`, or a row a mapping."""


@frozen
class Rows:
    """Column by column: what the cells hold, as the source types them. A CSV file types nothing: its cells are text."""

    columns: Mapping[str, list[Any]]
    count: int


def rows_from(source: Source) -> Rows:
    """The rows of *source*. Raises `ProfileError` where it is no table, or cannot be read."""
    if isinstance(source, str | os.PathLike):
        return _file(Path(cast("str", source)))
    if hasattr(source, "__arrow_c_stream__"):
        return _arrow(source)
    if isinstance(source, Iterable) and not isinstance(source, Mapping | bytes):
        held = list(cast("Iterable[object]", source))
        if all(isinstance(row, Mapping) for row in held):
            return _mappings(cast("list[Mapping[str, Any]]", held))
    raise ProfileError([say_of_tables.no_table(cast("object", source))])


def _file(path: Path) -> Rows:
    if not path.is_file():
        raise ProfileError([say_of_tables.no_such_table(str(path))])
    return _csv(path) if path.suffix.lower() == ".csv" else _arrow(path)


def _csv(path: Path) -> Rows:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [line for line in csv.reader(file, strict=True) if line]
    except UnicodeDecodeError as problem:
        why = f"byte {problem.start} is not UTF-8"
        raise ProfileError([say_of_tables.unreadable_table(str(path), why)]) from None
    except csv.Error as problem:
        why = str(problem).rstrip(".")
        raise ProfileError([say_of_tables.unreadable_table(str(path), why)]) from None
    header, *rows = lines or [[]]
    names = [name.strip() for name in header]
    problems = [say_of_tables.column_twice(name) for name in sorted({one for one in names if names.count(one) > 1})]
    uneven = [(at, len(row)) for at, row in enumerate(rows, 1) if len(row) != len(names)]
    if uneven:
        problems.append(say.wrong_cell_count(uneven, len(names)))
    if problems:
        raise ProfileError(problems)
    cells = ([cell.strip() or None for cell in column] for column in zip(*rows, strict=True))
    columns: dict[str, list[Any]] = dict(zip(names, cells, strict=True)) if rows else {name: [] for name in names}
    return Rows(columns, len(rows))


def _arrow(source: Any) -> Rows:
    # Only here is the extra needed: a CSV file and mappings are read without.
    from lgbm.population.library import pa
    from lgbm.population.tables.sources import source_of

    held = source_of(source)
    names: list[str] = list(held.schema.names)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ProfileError([say_of_tables.column_twice(name) for name in twice])
    table = pa.Table.from_batches(list(held.batches()), schema=held.schema)
    columns: dict[str, list[Any]] = {name: table.column(name).to_pylist() for name in names}
    return Rows(columns, int(table.num_rows))


def _mappings(rows: list[Mapping[str, Any]]) -> Rows:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return Rows({name: [row.get(name) for row in rows] for name in names}, len(rows))
