"""What several executors of Spark answer is what one process answers, row by row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

import lgbm
from lgbm.errors import ProfileError
from lgbm.model.concepts import Circumstance, Kind
from lgbm.population import spark as on_spark
from lgbm.population import synthetic
from lgbm.population.library import pa
from lgbm.population.screening import Counts
from tests.strategies.tables import table_of
from tests.strategies.worlds import World, citizens, worlds

ON = "2026-11-21"
MODEL = lgbm.loads("""
circumstances:
  age: {label: Age, type: number, at_least: 0}
  date_of_birth: {label: Date of birth, type: date}
  savings: {label: Savings, type: money, at_least: 0}
  work: {label: Work, type: choice, options: {employed: Employed, unemployed: Out of work}}
  children: {label: Children, type: people, fields: {age: {type: number}, disabled: {type: boolean}}}
events:
  losing-a-job: {label: Losing a job, changes: {work: unemployed}}
services:
  bus-pass: {label: Bus pass, eligibility: age >= 66}
  born-before: {label: Born before, eligibility: 'date_of_birth < @"1960-01-01"'}
  grant: {label: Grant, eligibility: savings <= 1000.5}
  nursery-place: {label: Nursery place, eligibility: 'some c in children satisfies c.age < 5'}
  coach: {label: Work coach, eligibility: 'work = "unemployed"'}
  unwritten: {label: Unwritten}
""")
SCHEMA = (
    "key string, age int, date_of_birth date, savings decimal(10,2), work string, "
    "children array<struct<age:int,disabled:boolean>>"
)
ROWS = [
    ("a", 66, dt.date(1959, 12, 31), Decimal("1000.50"), "employed", [(3, None), (None, True)]),
    ("b", 65, dt.date(1960, 1, 1), Decimal("1000.51"), "unemployed", []),
    ("c", None, None, None, None, None),
    ("d", 20, dt.date(2006, 5, 1), Decimal("0.10"), "employed", [(None, False), (9, False)]),
]
YES, NO, UNSURE = "eligible", "ineligible", "undetermined"
EXPECTED = {
    "a": (YES, YES, YES, YES, NO, UNSURE),
    "b": (NO, NO, NO, NO, YES, UNSURE),
    "c": (UNSURE,) * 6,
    "d": (NO, NO, YES, UNSURE, NO, UNSURE),
}


def frame(spark: Any) -> Any:
    """The four rows in four partitions, so that both executors have some."""
    return spark.createDataFrame(ROWS, SCHEMA).repartition(4, "key")


def test_rows_are_answered_by_several_executors(spark: Any) -> None:
    """Worked out by hand: numbers, dates, pennies, options, lists of people, and nulls of all of them."""
    found = on_spark.screen(frame(spark), MODEL, keep=["key"], on=ON)

    assert spark._jsc.sc().getExecutorMemoryStatus().size() == 3  # the driver, and two executors
    assert found.columns == ["key", *MODEL.services]
    assert {key: tuple(statuses) for key, *statuses in found.collect()} == EXPECTED


def test_an_event_happens_to_every_row(spark: Any) -> None:
    """Also to those of whom nothing was known."""
    found = on_spark.screen(frame(spark), MODEL, keep=["key"], on=ON, event="losing-a-job").select("key", "coach")

    assert dict(found.collect()) == dict.fromkeys("abcd", YES)


def test_rows_are_counted_where_they_are(spark: Any) -> None:
    """As `Screening.counts`."""
    found = on_spark.counts(frame(spark), MODEL, keep=["key"], on=ON)

    assert list(found) == list(MODEL.services)
    assert found["bus-pass"] == Counts(eligible=1, ineligible=2, undetermined=1)
    assert found["nursery-place"] == Counts(eligible=1, ineligible=1, undetermined=2)
    assert found["unwritten"] == Counts(eligible=0, ineligible=0, undetermined=4)


def test_a_table_of_no_rows_has_no_answers(spark: Any) -> None:
    """And every service its column, and its count."""
    nobody = spark.createDataFrame([], "age int")

    assert on_spark.screen(nobody, MODEL).collect() == []
    assert on_spark.screen(nobody, MODEL).columns == list(MODEL.services)
    assert on_spark.counts(nobody, MODEL)["grant"] == Counts(0, 0, 0)


def test_what_is_kept_goes_as_it_came(spark: Any) -> None:
    """Also what could be no fact: an instant, bytes, a map, a list."""
    table = spark.sql(
        "select 70 as age, timestamp'2026-11-21 10:00:00' as seen, binary('x') as raw, map('a', 1) as many, "
        "array(named_struct('b', 1.5)) as deep"
    )
    keep = ["deep", "seen", "raw", "many"]

    assert (
        on_spark.screen(table, MODEL, keep=keep).select(*keep, "bus-pass").collect()
        == table.selectExpr(*keep, "'eligible' as `bus-pass`").collect()
    )


# -- as one process answers


def spark_type(one: Circumstance, places: int) -> str:
    match one.kind:
        case Kind.NUMBER | Kind.MONEY:
            return f"decimal(38,{places})"
        case Kind.PERSON:
            return _struct(one, places)
        case Kind.PEOPLE:
            return f"array<{_struct(one, places)}>"
        case Kind.CHOICES:
            return "array<string>"
        case Kind.BOOLEAN | Kind.DATE:
            return one.kind.value
        case _:
            return "string"


def _struct(one: Circumstance, places: int) -> str:
    return f"struct<{','.join(f'`{name}`:{spark_type(field, places)}' for name, field in one.fields.items())}>"


def as_frame(spark: Any, model: Any, table: Any) -> Any:
    """A table of Arrow in Spark, by its values."""
    place = next((each.type.scale for each in table.schema if pa.types.is_decimal(each.type)), 0)
    types = [
        f"`{name}` {spark_type(model.circumstances[name], place) if name in model.circumstances else 'boolean'}"
        for name in table.column_names
        if name != "row"
    ]
    return spark.createDataFrame(
        [tuple(row.values()) for row in table.to_pylist()], ", ".join([*types, "row int"]), verifySchema=False
    )


def by_row(rows: Sequence[Mapping[str, Any]]) -> dict[int, dict[str, Any]]:
    return {row["row"]: {name: value for name, value in row.items() if name != "row"} for row in rows}


# Each example is two jobs of Spark.
@settings(max_examples=settings.default.max_examples // 20)  # type: ignore[union-attr]
@given(data=st.data())
def test_generated_rules_are_answered_as_by_one_process(spark: Any, data: st.DataObject) -> None:
    """Whatever the rules and whatever is known, before and after an event, however the rows are spread."""
    world: World = data.draw(worlds(ordered=True))
    model, day = world.model, world.day
    reader = model._on(day)[1]
    stated: list[Any] = []
    for _ in range(4):
        citizen = data.draw(citizens(world))
        stated += [reader.read(one) for one in (citizen.known, citizen.learned, citizen.everything)]
    try:
        table = table_of(model.circumstances, list(model.services), stated)
    except pa.ArrowInvalid:
        # A number with more digits than a decimal of Arrow has.
        reject()
    table = table.append_column("row", pa.array(range(len(stated)), pa.int32()))
    event = data.draw(st.sampled_from([None, *world.events]))
    how: dict[str, Any] = {"on": day, "event": event, "keep": ["row"], "wrong": "unknown"}
    df = as_frame(spark, model, table).repartition(3, "row")

    there = on_spark.screen(df, model, **how)
    here = model.screen(table, **how)

    assert by_row([row.asDict() for row in there.collect()]) == by_row(here.to_arrow().to_pylist())
    assert on_spark.counts(df, model, **how) == here.counts()


def test_a_synthetic_population_is_answered_as_by_one_process(spark: Any, tmp_path: Path) -> None:
    """A thousand people and the taxonomy of four nations, through Parquet, after a life event."""
    model = lgbm.load("four-nations")
    table = synthetic(1000, 7, on=dt.date(2026, 11, 21))
    pa.parquet.write_table(table, tmp_path / "people.parquet")
    keep = [name for name in table.column_names if name not in model.circumstances and name != "receives"]
    df = spark.read.parquet(str(tmp_path / "people.parquet")).repartition(4)
    how: dict[str, Any] = {"on": ON, "event": "becoming-unemployed", "keep": keep}

    there = [tuple(row) for row in on_spark.screen(df, model, **how).collect()]
    here = [tuple(row.values()) for row in model.screen(table, **how).to_arrow().to_pylist()]

    assert sorted(map(repr, there)) == sorted(map(repr, here))
    assert on_spark.counts(df, model, **how) == model.screen(table, **how).counts()


# -- what cannot be right


def test_columns_that_do_not_fit_are_told_before_any_job(spark: Any) -> None:
    """All of them at once."""
    table = spark.sql(
        "select current_timestamp() as date_of_birth, 'x' as age, array(named_struct('age', map(1, 2))) as children, "
        "interval 1 month as agee"
    )

    with pytest.raises(ProfileError) as error:
        on_spark.screen(table, MODEL, keep=["kee"])

    assert sorted((one.code, one.place) for one in error.value.diagnostics) == [
        ("P421", "table"),
        ("P422", "table: age"),
        ("P422", "table: children.age"),
        ("P422", "table: date_of_birth"),
        ("P472", "table"),
    ]
    assert str(error.value.diagnostics[0]) == (
        "table: date_of_birth: P422: the column holds timestamp, which no fact is\n"
        "hint: an instant is another day elsewhere: to_date() makes a date of it"
    )


def test_cells_that_cannot_be_right_are_told_to_whoever_asks_for_rows(spark: Any) -> None:
    """In our words: all that is wrong in the partition, with its number, and rows counted from where it begins."""
    table = spark.createDataFrame([(3, 5), (-1, 7), (4, -2)], "age int, savings int").coalesce(1)

    for ask in (lambda: on_spark.screen(table, MODEL).collect(), lambda: on_spark.counts(table, MODEL)):
        with pytest.raises(Exception, match="ProfileError") as error:
            ask()
        assert re.findall(r"table, partition 0.*", str(error.value)) == [
            "table, partition 0: age: P423: 1 cell is below 0: `-1` in row 2",
            "table, partition 0: savings: P423: 1 cell is below 0: `-2` in row 3",
        ]
    found = on_spark.screen(table, MODEL, wrong="unknown").select("bus-pass", "grant").collect()
    assert [tuple(row) for row in found] == [(NO, YES), (UNSURE, YES), (NO, UNSURE)]


def test_what_is_no_table_of_spark_is_told() -> None:
    """And where it can go."""
    with pytest.raises(ProfileError, match="`int` is no table of Spark"):
        on_spark.screen(42, MODEL)
