"""Whatever holds citizens, as record batches of a size that fits the cache: tables, files, streams."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from attrs import define, frozen

from lgbm.errors import ProfileError
from lgbm.messages import tables as say
from lgbm.population.library import csv, pa, parquet

BLOCK = 65_536
"""Rows that are reckoned at once: so many fit the cache, and are enough for what each costs besides."""

_AHEAD = 1 << 20
"""Bytes of a Parquet column that are read at once. Without it, a whole row group is, however long."""
_CSV_AHEAD = 4 << 20
_EXAMPLES = 3
TEXTS = (".csv", ".tsv", ".txt")
"""How the names of files end whose cells are text."""
_A_PARQUET_FILE = "it is a Parquet file, and should be called one: {}"
_A_WORKBOOK = "it is a workbook or another archive: save its sheet as CSV, in UTF-8"


@frozen(eq=False)
class Source:
    """A table of citizens that can be read, once or again and again."""

    schema: Any
    batches: Callable[[], Iterator[Any]]
    count: int | None = None
    """How many rows there are, where that is known beforehand."""
    as_text: bool = False
    """Whether the cells are written as text, and mean what their columns say: those of a CSV file are."""

    def blocks(self) -> Iterator[Any]:
        """Its rows in record batches of at most `BLOCK`, and not of many fewer: small ones are put together."""
        waiting: list[Any] = []
        rows = 0
        try:
            for piece in self._pieces():
                if waiting and rows + piece.num_rows > BLOCK:
                    yield from _together(waiting)
                    waiting, rows = [], 0
                waiting.append(piece)
                rows += piece.num_rows
        except Exception:
            # What came before something that cannot be read is answered, as if it had come alone.
            yield from _together(waiting)
            raise
        yield from _together(waiting)

    def _pieces(self) -> Iterator[Any]:
        for batch in self.batches():
            for start in range(0, batch.num_rows, BLOCK):
                yield batch.slice(start, BLOCK)


def _together(batches: Sequence[Any]) -> Sequence[Any]:
    """The same rows in one record batch; but as they came where Arrow cannot join their columns."""
    if len(batches) < 2 or not batches[0].num_columns:
        return batches
    try:
        found: Sequence[Any] = pa.Table.from_batches(batches).combine_chunks().to_batches()
    except pa.ArrowException:
        # As with lists of people whose words have different dictionaries.
        return batches
    return found


def source_of(given: Any) -> Source:
    """The table that *given* is: a path to Parquet or CSV, anything that speaks Arrow, or record batches one by one."""
    if isinstance(given, str | os.PathLike):
        return _file(Path(cast("str", given)))
    if isinstance(given, pa.Table):
        return Source(given.schema, lambda: iter(given.to_batches(max_chunksize=BLOCK)), given.num_rows)
    if isinstance(given, pa.RecordBatch):
        return Source(given.schema, lambda: iter([given]), given.num_rows)
    if hasattr(given, "__arrow_c_stream__"):
        return _of_stream(given)
    if isinstance(given, Iterable) and not isinstance(given, dict | bytes):
        return _of_batches(cast("Iterable[object]", given))
    raise ProfileError([say.no_table(cast("object", given))])


# -- files


def _file(path: Path) -> Source:
    if not path.is_file():
        raise ProfileError([say.no_such_table(str(path))])
    name = str(path)
    as_text = path.suffix.lower() in TEXTS
    _check_kind(path, as_text=as_text)
    if as_text:
        schema = _csv_schema(path)
        return Source(schema, lambda: _guarded(name, lambda: _csv_batches(path, schema)), as_text=True)
    (schema, count), *_ = _guarded(name, lambda: [_parquet_head(path)])
    return Source(schema, lambda: _guarded(name, lambda: _parquet_batches(path)), count)


def _check_kind(path: Path, *, as_text: bool) -> None:
    """Raises `ProfileError` for what is called a CSV file and is none, and for a workbook."""
    (first,) = _guarded(str(path), lambda: [_first_bytes(path)])
    if as_text and first == b"PAR1":
        raise ProfileError([say.unreadable_table(str(path), _A_PARQUET_FILE.format(path.with_suffix(".parquet").name))])
    if first == b"PK\x03\x04":
        raise ProfileError([say.unreadable_table(str(path), _A_WORKBOOK)])


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def _parquet(path: Path) -> Any:
    return parquet.ParquetFile(path, buffer_size=_AHEAD, pre_buffer=False, page_checksum_verification=True)


def _parquet_head(path: Path) -> tuple[Any, int]:
    with _parquet(path) as file:
        return _named(file.schema_arrow), int(file.metadata.num_rows)


def _named(schema: Any) -> Any:
    """*schema*, once its names have been found to be text: Arrow looks at them only when it is asked for them."""
    list(schema.names)
    return schema


def _parquet_batches(path: Path) -> Iterator[Any]:
    with _parquet(path) as file:
        # Arrow cannot read a batch that spans row groups, where options inside of people are dictionaries.
        for group in range(file.num_row_groups):
            yield from file.iter_batches(batch_size=BLOCK, row_groups=[group])


def _csv_schema(path: Path) -> Any:
    """The columns of a CSV file, all of them text: Arrow would take `0123` for a number."""
    (names,) = _guarded(str(path), lambda: [_opened(path, None, []).schema.names])
    return pa.schema([(name, pa.string()) for name in names])


def _csv_batches(path: Path, schema: Any) -> Iterator[Any]:
    uneven: list[tuple[int, int]] = []
    with _opened(path, schema, uneven) as reader:
        yield from reader
    if uneven:
        raise ProfileError([say.uneven_rows(str(path), uneven[0][0], [row[1] for row in uneven], _EXAMPLES)])


def _opened(path: Path, schema: Any, uneven: list[tuple[int, int]]) -> Any:
    def note(row: Any) -> str:
        uneven.append((row.expected_columns, row.number))
        return "skip"

    return csv.open_csv(
        path,
        # One thread, since only that one knows the numbers of the rows.
        read_options=csv.ReadOptions(block_size=_CSV_AHEAD, use_threads=False),
        parse_options=csv.ParseOptions(
            delimiter="\t" if path.suffix.lower() == ".tsv" else ",",
            newlines_in_values=True,
            invalid_row_handler=note,
        ),
        convert_options=csv.ConvertOptions(
            strings_can_be_null=True,
            null_values=[""],
            column_types={} if schema is None else {name: pa.string() for name in schema.names},
        ),
    )


def _guarded(name: str, opened: Callable[[], Iterable[Any]]) -> Iterator[Any]:
    """What is read from the table called *name*; what is wrong with it is said as any other mistake."""
    try:
        yield from opened()
    except (pa.ArrowException, OSError, UnicodeDecodeError) as problem:
        raise ProfileError([say.unreadable_table(name, why(problem))]) from problem


def why(problem: BaseException) -> str:
    """What is wrong with a table, as whatever read it says."""
    # pandas says where it was, and only after that what happened.
    parts = [str(one) for one in reversed(problem.args)] if isinstance(problem, pa.ArrowException) else [str(problem)]
    text = re.sub(r"^\w+Error: ", "", ": ".join(parts)).partition(". Detail: Python exception")[0]
    return (text.splitlines() or ["unknown reason"])[0][:200].strip().rstrip(".")


# -- streams, and batches one by one


def _of_stream(given: Any) -> Source:
    name = type(given).__name__
    try:
        reader = pa.RecordBatchReader.from_stream(given)
        _named(reader.schema)
    except (pa.ArrowException, ValueError, TypeError) as problem:
        # Columns of mixed objects, or of one name, have no type in Arrow.
        raise ProfileError([say.unreadable_table(name, why(problem))]) from problem
    # Whoever keeps the rows can be asked for them again; a stream of its own kind has been read then.
    if hasattr(given, "__len__") or hasattr(given, "to_arrow"):
        again = _Again(given, reader)
        return Source(reader.schema, lambda: _guarded(name, again.batches))
    once = _Once(reader)
    return Source(reader.schema, lambda: _guarded(name, once.batches))


def _of_batches(given: Iterable[object]) -> Source:
    if isinstance(given, Sequence):
        held = list(_batches_of(given))
        schema = _one_schema(held)
        return Source(schema, lambda: iter(held), sum(one.num_rows for one in held))
    batches = _batches_of(given)
    first: Any = next(batches, None)
    schema = _one_schema([] if first is None else [first])

    def chained() -> Iterator[Any]:
        yield first
        for number, one in enumerate(batches, 2):
            _check_schema(one, schema, number)
            yield one

    return Source(schema, _Once(chained()).batches)


def _batches_of(given: Iterable[object]) -> Iterator[Any]:
    for one in given:
        if isinstance(one, pa.RecordBatch):
            yield one
        elif hasattr(one, "__arrow_c_stream__"):
            source = _of_stream(one)
            yield pa.RecordBatch.from_arrays([pa.array([], each.type) for each in source.schema], schema=source.schema)
            yield from source.batches()
        else:
            raise ProfileError([say.no_table(one)])


def _one_schema(batches: Sequence[Any]) -> Any:
    if not batches:
        raise ProfileError([say.no_batches()])
    schema = batches[0].schema
    for number, one in enumerate(batches, 1):
        _check_schema(one, schema, number)
    return schema


def _check_schema(batch: Any, schema: Any, number: int) -> None:
    if batch.schema.equals(schema):
        return
    others = {name: batch.schema.field(name).type for name in batch.schema.names if batch.schema.names.count(name) == 1}
    differs = [name for name in schema.names if others.get(name) != schema.field(name).type]
    raise ProfileError([say.other_batch(number, differs or [name for name in others if name not in schema.names])])


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
