"""Tables of real Polars, pandas and DuckDB, in and out. Each comes with the extra `dev`, or its tests are skipped."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

import lgbm
from lgbm.population.library import pa

ON = "2026-11-21"
MODEL = lgbm.loads("""
circumstances:
  nation: {label: Nation, type: choice, options: {north: North, south: South}}
  name: {label: Name, type: text}
  date_of_birth: {label: Date of birth, type: date}
  age: {label: Age, type: number, places: 0, at_least: 0}
  savings: {label: Savings, type: money}
  marks: {label: Marks, type: choices, options: {a: A, b: B}}
  partner: {label: Partner, type: person, fields: {age: {type: number}}}
  children: {label: Children, type: people, fields: {age: {type: number}, school: {type: text}}}
  working: {label: In work, type: boolean}
services:
  pension: {label: Pension, eligibility: age >= 66}
  grant: {label: Grant, eligibility: savings <= 1000.5}
  northern: {label: Northern, eligibility: nation = "north"}
  named: {label: Named, eligibility: name = "Ann"}
  born: {label: Born, eligibility: 'date_of_birth < @"1960-06-21"'}
  special: {label: Special, eligibility: 'list contains(marks, "b")'}
  couple: {label: Couple, eligibility: partner.age >= 66}
  nursery: {label: Nursery, eligibility: 'some c in children satisfies c.age < 5 and c.school = "none"'}
  job: {label: Job, eligibility: working}
""")
YES, NO, OPEN = "eligible", "ineligible", "undetermined"
ROWS: dict[str, list[Any]] = {
    "key": [1, 2, 3],
    "nation": ["north", "south", None],
    "name": ["Ann", "Bob", None],
    "date_of_birth": [dt.date(1960, 6, 20), dt.date(1960, 6, 21), None],
    "age": [66, 65, None],
    "savings": [1000.5, 1000.51, None],
    "marks": [["b"], [], None],
    "partner": [{"age": 66}, {"age": 65}, None],
    "children": [[{"age": 3, "school": "none"}], [], None],
    "working": [True, False, None],
}


def answers(table: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = MODEL.screen(table, on=ON, keep=["key"]).to_arrow().drop(["key"]).to_pydict()
    return found


def every(expected: list[str]) -> dict[str, list[str]]:
    """The same answers for every service."""
    return dict.fromkeys(MODEL.services, expected)


EXPECTED = every([YES, NO, OPEN])


def library(name: str) -> Any:
    return pytest.importorskip(name, reason=f"{name} comes with the extra dev: pip install --editable '.[dev]'")


def test_frames_of_polars_are_read_and_made() -> None:
    """Its texts, categories, enumerations, decimals, arrays, and series of one value; and asked again."""
    pl = library("polars")
    frame = pl.DataFrame(ROWS)
    other = frame.with_columns(
        pl.col("nation").cast(pl.Categorical),
        pl.col("name").cast(pl.Enum(["Bob", "Ann"])),
        pl.col("savings").cast(pl.Decimal(20, 2)),
        pl.col("age").cast(pl.UInt8),
        pl.col("date_of_birth").cast(pl.Datetime("us")),
    )

    assert answers(frame) == answers(other) == EXPECTED
    assert answers(frame.filter(pl.col("key") > 1)) == every([NO, OPEN])
    assert answers(pl.concat([frame, frame])) == every([YES, NO, OPEN] * 2)
    assert answers(iter([frame, frame.slice(1)])) == every([YES, NO, OPEN, NO, OPEN])
    nobody = pl.DataFrame({"key": [1, 2], "children": [[], []], "marks": [[], []], "name": [None, None]})
    assert answers(nobody)["nursery"] == answers(nobody)["special"] == [NO, NO]

    screening = MODEL.screen(frame, on=ON, keep=["key"])
    assert screening.counts()["pension"].eligible == 1
    made = pl.DataFrame(screening)
    assert made.select("key", "pension").rows() == [(1, YES), (2, NO), (3, OPEN)]


def test_frames_of_pandas_are_read_and_made() -> None:
    """Its floats for whole numbers, its NaN for nothing, its categories, and frames whose rows were chosen."""
    pd = library("pandas")
    frame = pd.DataFrame(ROWS)
    other = frame.assign(
        nation=frame["nation"].astype("category"),
        age=frame["age"].astype("Int8"),
        date_of_birth=pd.to_datetime(frame["date_of_birth"]),
        savings=[Decimal("1000.50"), Decimal("1000.51"), None],
        working=frame["working"].astype("boolean"),
    )

    assert str(frame["age"].dtype) == "float64"
    assert answers(frame) == answers(other) == EXPECTED
    chosen = frame.iloc[[0, 2, 1]]
    assert "__index_level_0__" in pa.RecordBatchReader.from_stream(chosen).schema.names
    assert answers(chosen) == every([YES, OPEN, NO])
    assert answers(chosen.set_index("key")) == every([YES, OPEN, NO])

    made = pa.table(MODEL.screen(frame, on=ON, keep=["key"])).to_pandas()
    assert made["pension"].tolist() == [YES, NO, OPEN]


def test_columns_of_mixed_objects_are_said_to_be_such() -> None:
    """pandas holds anything in a column, and only here is it known that it does."""
    pd = library("pandas")

    for given, said in (
        ({"age": [1, "x"]}, "column age with type object: Could not convert 'x' with type str"),
        ({"age": ["x", 1]}, "column age with type object: Expected bytes, got a 'int' object"),
        ({"age": [object()]}, "column age with type object: Could not convert <object object"),
    ):
        with pytest.raises(lgbm.ProfileError) as error:
            MODEL.screen(pd.DataFrame(given))
        (one,) = error.value.diagnostics
        assert one.code == "P426"
        assert said in one.message
    twice = pd.DataFrame([[1, 2]], columns=["age", "age"])
    with pytest.raises(lgbm.ProfileError, match="P426: `DataFrame` cannot be read: Duplicate column names found"):
        MODEL.screen(twice)
    with pytest.raises(lgbm.ProfileError, match="P426: `Series` cannot be read"):
        MODEL.screen(pd.Series([1], name="age"))


def test_relations_of_duckdb_are_read_and_can_read_us() -> None:
    """Its enumerations, large numbers, decimals, and lists of structs; a relation can be asked again."""
    duckdb = library("duckdb")
    connection = duckdb.connect()
    residents = pa.table(ROWS)
    connection.register("residents", residents)
    plain = connection.sql("select * from residents")
    other = connection.sql(
        "select key, nation::enum('south', 'north') as nation, name, date_of_birth::timestamp as date_of_birth, "
        "age::utinyint as age, savings::decimal(12, 2) as savings, marks, partner, children, working from residents"
    )

    assert answers(plain) == answers(plain) == answers(other) == EXPECTED
    screening = MODEL.screen(plain, on=ON, keep=["key"])
    assert screening.counts()["pension"].eligible == 1
    answered = pa.table(screening)
    connection.register("answered", answered)
    assert connection.sql("select key, pension::varchar from answered order by key").fetchall() == [
        (1, YES),
        (2, NO),
        (3, OPEN),
    ]
    (said,) = _complaints(connection.sql("select uuid() as age"))
    assert said.startswith("the column holds ")


def _complaints(table: Any) -> list[str]:
    with pytest.raises(lgbm.ProfileError) as error:
        MODEL.screen(table)
    return [one.message for one in error.value.diagnostics]
