"""Populations that no one machine holds: the same kernel, in Apache Spark's `mapInArrow`."""

from __future__ import annotations

import importlib
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any, Protocol

from lgbm.errors import Diagnostic, ProfileError
from lgbm.messages import tables as say
from lgbm.population.answering import STATUSES
from lgbm.population.blocks import OnWrong
from lgbm.population.carried import Carried, answered, carried, counted
from lgbm.population.counted import Counted, Counts
from lgbm.population.library import pa
from lgbm.population.tables.reader import table_reader
from lgbm.rules.rulebook import DatedRulebook

_COUNTED = ("eligible", "ineligible", "undetermined")
"""In the order of `Counts`."""

_TYPES: Mapping[str, Any] = {
    "void": pa.null(),
    "boolean": pa.bool_(),
    "byte": pa.int8(),
    "short": pa.int16(),
    "integer": pa.int32(),
    "long": pa.int64(),
    "float": pa.float32(),
    "double": pa.float64(),
    "string": pa.string(),
    "char": pa.string(),
    "varchar": pa.string(),
    "date": pa.date32(),
    "timestamp_ntz": pa.timestamp("us"),
}
"""A `timestamp` of Spark is an instant, which is another day elsewhere, and no date."""


class WithRules(Protocol):
    """A model."""

    @property
    def services(self) -> Mapping[str, Any]: ...

    def on(self, day: date | str | None = None) -> DatedRulebook: ...


def screen(
    df: Any,
    model: WithRules,
    *,
    event: str | None = None,
    on: date | str | None = None,
    keep: Sequence[str] = (),
    wrong: OnWrong = "refuse",
) -> Any:
    """The answers for all citizens of a Spark DataFrame, a row each, as another DataFrame: as `Model.screen`.

    It has the columns in *keep*, and one for each service: `eligible`, `ineligible` or `undetermined`, as text. Nothing
    is reckoned before Spark is asked for rows. The date, without *on*, is today where this is called.

    Raises `ProfileError` with every column that does not fit, at once. Cells and rows that cannot be right end the job
    that comes to them, with the same words. Source: docs/how-to/screen-on-spark.md.
    """
    book = model.on(on)
    schema = _fitting(df, book, keep)
    asked = carried(book, event=event, keep=keep, wrong=wrong)
    types, sql = _of_spark("pyspark.sql.types"), _of_spark("pyspark.sql.functions")
    kept = {field.name: field for field in schema}
    services = (types.StructField(name, types.ByteType(), False) for name in model.services)
    found = df.mapInArrow(partial(_rows, asked), types.StructType([*(kept[name] for name in keep), *services]))

    def in_words(service: str) -> Any:
        # A byte a row goes to Spark, which has the three words once; texts would be most of all the work.
        code = sql.col(f"`{service}`")
        ineligible, undetermined, eligible = STATUSES
        words = sql.when(code == 0, ineligible).when(code == 1, undetermined).otherwise(eligible)
        return words.alias(service)

    return found.select(*(sql.col(f"`{name.replace('`', '``')}`") for name in keep), *map(in_words, model.services))


def counts(
    df: Any,
    model: WithRules,
    *,
    event: str | None = None,
    on: date | str | None = None,
    keep: Sequence[str] = (),
    wrong: OnWrong = "refuse",
) -> Mapping[str, Counts]:
    """For each service how many rows are eligible, ineligible and undetermined. Spark is asked for them at once.

    Rows are counted where they are, so that this costs much less than counting what `screen` gives. Columns in *keep*
    are no facts, and are left out. Raises `ProfileError` as `screen` does.
    """
    book = model.on(on)
    _fitting(df, book, keep)
    asked = carried(book, event=event, wrong=wrong)
    columns = ", ".join(["service string", *(f"{status} bigint" for status in _COUNTED)])
    tallies = df.drop(*keep).mapInArrow(partial(_tallies, asked), columns)
    found = dict.fromkeys(model.services, Counts(0, 0, 0))
    for service, *sums in tallies.groupBy("service").sum(*_COUNTED).collect():
        found[service] = Counts(*sums)
    return Counted(found, {name: one.named() for name, one in model.services.items()})


# -- before anything is reckoned


def _fitting(df: Any, book: DatedRulebook, keep: Sequence[str]) -> Any:
    """The schema of a DataFrame that can be screened. Raises `ProfileError` with everything that does not fit."""
    if not hasattr(df, "mapInArrow"):
        raise ProfileError([say.no_spark_table(df)])
    problems: list[Diagnostic] = []
    known = {"receives", *book.book.taxonomy.circumstances}
    fields: list[Any] = []
    for field in df.schema:
        # What is kept goes as it came, and what has another name is complained of for that.
        unfit = list(_unfit(field.name, field.dataType)) if field.name in known.difference(keep) else []
        problems += [say.no_fact_of_spark(path, kind) for path, kind in unfit]
        fields.append(pa.field(field.name, pa.null() if unfit else _arrow(field.dataType)))
    try:
        table_reader(book, pa.schema(fields), keep)
    except ProfileError as found:
        problems += found.diagnostics
    if problems:
        raise ProfileError(problems)
    return df.schema


def _unfit(path: str, kind: Any) -> Iterator[tuple[str, str]]:
    """The types in *kind* that hold no fact: for a field of people, with the path to it."""
    match kind.typeName():
        case "array":
            yield from _unfit(path, kind.elementType)
        case "struct":
            for field in kind:
                yield from _unfit(f"{path}.{field.name}", field.dataType)
        case "decimal":
            pass
        case name if name not in _TYPES:
            yield path, kind.simpleString()
        case _:
            pass


def _arrow(kind: Any) -> Any:
    """The type of Arrow in which Spark hands over a type of its own."""
    match kind.typeName():
        case "array":
            return pa.list_(_arrow(kind.elementType))
        case "struct":
            return pa.struct([(field.name, _arrow(field.dataType)) for field in kind])
        case "decimal":
            return pa.decimal128(kind.precision, kind.scale)
        case name:
            return _TYPES.get(name, pa.null())


def _of_spark(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as problem:
        raise ImportError(f"screening on Spark needs `{name}`: pip install 'lgbm[spark]'") from problem


# -- where the rows are


def _rows(asked: Carried, batches: Iterable[Any]) -> Iterator[Any]:
    """The answers for the rows of one partition."""
    with _partition():
        for batch in answered(asked, batches):
            columns = [one if place < len(asked.keep) else one.indices for place, one in enumerate(batch.columns)]
            yield pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _tallies(asked: Carried, batches: Iterable[Any]) -> Iterator[Any]:
    """The counts of one partition."""
    with _partition():
        found = counted(asked, batches)
    columns = [pa.array(list(found), pa.string())]
    for status in _COUNTED:
        columns.append(pa.array([getattr(one, status) for one in found.values()], pa.int64()))
    yield pa.RecordBatch.from_arrays(columns, names=["service", *_COUNTED])


@contextmanager
def _partition() -> Generator[None]:
    """Whatever is complained of here is said of the rows of this partition."""
    try:
        yield
    except ProfileError as found:
        number = _of_spark("pyspark").TaskContext.get().partitionId()
        raise ProfileError([say.in_partition(one, number) for one in found.diagnostics]) from None
