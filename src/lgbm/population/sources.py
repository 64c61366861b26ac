"""Whatever holds citizens, as record batches of a size that fits the cache: tables, files, streams."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from attrs import define, frozen

from lgbm.errors import ProfileError
from lgbm.messages import tables as say
from lgbm.population.library import csv, pa, parquet

BLOCK = 32_768
"""Rows that are reckoned at once: so many fit the cache, and are enough for what each costs besides."""


@frozen(eq=False)
class Source:
    """A table of citizens that can be read, once or again and again."""

    schema: Any
    batches: Callable[[], Iterator[Any]]
    count: int | None = None
    """How many rows there are, where that is known beforehand."""

    def blocks(self) -> Iterator[Any]:
        """Its rows in record batches of at most `BLOCK`."""
        for batch in self.batches():
            for start in range(0, batch.num_rows, BLOCK):
                yield batch.slice(start, BLOCK)


def source_of(given: Any) -> Source:
    """The table that *given* is: a path to Parquet or CSV, anything that speaks Arrow, or record batches one by one."""
    if isinstance(given, str | os.PathLike):
        return _file(Path(cast("str", given)))
    if isinstance(given, pa.Table):
        return Source(given.schema, lambda: iter(given.to_batches(max_chunksize=BLOCK)), given.num_rows)
    if isinstance(given, pa.RecordBatch):
        return Source(given.schema, lambda: iter([given]), given.num_rows)
    if hasattr(given, "__arrow_c_stream__"):
        reader = pa.RecordBatchReader.from_stream(given)
        # Whoever keeps the rows can be asked for them again; a stream of its own kind has been read then.
        if hasattr(given, "__len__") or hasattr(given, "to_arrow"):
            return Source(reader.schema, _Again(given, reader).batches)
        return Source(reader.schema, _Once(reader).batches)
    if isinstance(given, Iterable):
        return _of_batches(map(_batch, given))  # pyright: ignore[reportUnknownArgumentType]
    raise ProfileError([say.no_table(given)])


def _file(path: Path) -> Source:
    if not path.is_file():
        raise ProfileError([say.no_such_table(str(path))])
    try:
        if path.suffix.lower() in (".csv", ".tsv", ".txt"):
            schema = csv.open_csv(path, **_csv_options(path)).schema
            return Source(schema, lambda: _guarded(path, lambda: csv.open_csv(path, **_csv_options(path))))
        file = parquet.ParquetFile(path)
        return Source(
            file.schema_arrow,
            lambda: _guarded(path, lambda: parquet.ParquetFile(path).iter_batches(batch_size=BLOCK)),
            file.metadata.num_rows,
        )
    except (pa.ArrowException, OSError, UnicodeDecodeError) as problem:
        raise ProfileError([say.unreadable_table(str(path), _first_line(problem))]) from problem


def _csv_options(path: Path) -> dict[str, Any]:
    return {
        "parse_options": csv.ParseOptions(delimiter="\t" if path.suffix.lower() == ".tsv" else ","),
        "read_options": csv.ReadOptions(block_size=16 << 20),
        "convert_options": csv.ConvertOptions(strings_can_be_null=True, null_values=[""]),
    }


def _guarded(path: Path, opened: Callable[[], Iterable[Any]]) -> Iterator[Any]:
    """The batches of a file; what is found to be wrong with it on the way is said as any other mistake."""
    try:
        yield from opened()
    except (pa.ArrowException, OSError, UnicodeDecodeError) as problem:
        raise ProfileError([say.unreadable_table(str(path), _first_line(problem))]) from problem


def _first_line(problem: BaseException) -> str:
    return (str(problem).splitlines() or ["unknown reason"])[0][:200]


def _batch(one: object) -> Any:
    return one


def _of_batches(batches: Iterator[Any]) -> Source:
    first: Any = next(batches, None)
    if not isinstance(first, pa.RecordBatch):
        raise ProfileError([say.no_table(first)])

    def chained() -> Iterator[Any]:
        yield first
        yield from batches

    return Source(first.schema, _Once(chained()).batches)


@define
class _Once:
    """Batches that can be read once."""

    left: Iterable[Any] | None

    def batches(self) -> Iterator[Any]:
        if self.left is None:
            raise ProfileError([say.used_up()])
        left, self.left = self.left, None
        yield from left


@define
class _Again:
    """Batches of something that can be asked for its rows again."""

    given: Any
    reader: Any

    def batches(self) -> Iterator[Any]:
        reader, self.reader = self.reader or pa.RecordBatchReader.from_stream(self.given), None
        yield from reader
