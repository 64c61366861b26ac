"""CSV files: every cell is a text, and is read as what its circumstance is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import lgbm
from lgbm.cli import main
from lgbm.population.library import parquet as pq
from lgbm.population.residents import synthetic
from lgbm.population.screening import Counts

ON = "2026-11-21"
RULES = """
circumstances:
  nation: {label: Nation, type: choice, options: {"01": North, "02": South}}
  name: {label: Name, type: text}
  date_of_birth: {label: Date of birth, type: date}
  age: {label: Age, type: number, places: 0, at_least: 0}
  savings: {label: Savings, type: money}
  share: {label: Share, type: number}
  marks: {label: Marks, type: choices, options: {a: A, b: B}}
  partner: {label: Partner, type: person, fields: {age: {type: number}, working: {type: boolean}}}
  children: {label: Children, type: people, fields: {age: {type: number}, born: {type: date}}}
  working: {label: In work, type: boolean}
services:
  pension: {label: Pension, eligibility: age >= 66}
  grant: {label: Grant, eligibility: savings <= 1000.5}
  third: {label: Third, eligibility: share = 0.12345678901234567}
  northern: {label: Northern, eligibility: nation = "01"}
  special: {label: Special, eligibility: 'list contains(marks, "b")'}
  couple: {label: Couple, eligibility: partner.age >= 66 and partner.working}
  nursery: {label: Nursery, eligibility: 'some c in children satisfies c.born > @"2022-01-01"'}
  job: {label: Job, eligibility: working}
  born: {label: Born, eligibility: 'date_of_birth < @"1960-06-21"'}
"""
MODEL = lgbm.loads(RULES)
YES, NO, OPEN = "eligible", "ineligible", "undetermined"


def written(folder: Path, text: str | bytes, name: str = "in.csv") -> Path:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / name


def statuses(path: Path, service: str, **how: Any) -> list[str]:
    found: list[str] = MODEL.screen(path, on=ON, **how).to_arrow().column(service).to_pylist()
    return found


def complaints(path: Path, **how: Any) -> list[str]:
    with pytest.raises(lgbm.ProfileError) as error:
        MODEL.screen(path, on=ON, **how).counts()
    return [f"{one.place}: {one.code}: {one.message}" for one in error.value.diagnostics]


@pytest.mark.parametrize(
    ("service", "column", "cells", "expected"),
    [
        ("pension", "age", ["66", "65", "", "066", "70.0"], [YES, NO, OPEN, YES, YES]),
        ("grant", "savings", ["1000.50", "1000.51", "", "1e3", "-5"], [YES, NO, OPEN, YES, YES]),
        ("grant", "savings", [" 1000.50", "1000.51 ", "2000"], [YES, NO, NO]),
        ("third", "share", ["0.12345678901234567", "0.12345678901234568", "1"], [YES, NO, NO]),
        ("northern", "nation", ["01", "02", ""], [YES, NO, OPEN]),
        ("born", "date_of_birth", ["1960-06-20", "1960-06-21", ""], [YES, NO, OPEN]),
        ("job", "working", ["true", "false", "", "TRUE", "0", "1"], [YES, NO, OPEN, YES, NO, YES]),
        ("special", "marks", ['"[""b""]"', '"[""a"", ""a""]"', "[]", ""], [YES, NO, NO, OPEN]),
        (
            "couple",
            "partner",
            ['"{""age"": 66, ""working"": true}"', '"{""age"": 65.5}"', '"{""age"": 70}"', "{}", ""],
            [YES, NO, OPEN, OPEN, OPEN],
        ),
        (
            "nursery",
            "children",
            ['"[{""born"": ""2023-05-01""}]"', '"[{""born"": ""2020-05-01""}]"', '"[{""age"": 3}]"', "[]", ""],
            [YES, NO, OPEN, NO, OPEN],
        ),
    ],
)
def test_a_cell_is_read_as_what_its_circumstance_is(
    tmp_path: Path, service: str, column: str, cells: list[str], expected: list[str]
) -> None:
    """Numbers to the last digit, codes with their noughts, lists as JSON; an empty cell is not known."""
    path = written(tmp_path, f"key,{column}\n" + "".join(f"k,{cell}\n" for cell in cells))

    assert statuses(path, service, keep=["key"]) == expected


def test_all_cells_that_say_nothing_are_complained_of_at_once(tmp_path: Path) -> None:
    """With rows and examples; on request they are not known, and the others stand."""
    path = written(
        tmp_path,
        "age,savings,nation,date_of_birth,working,marks,children,partner\n"
        "66,1.5,01,1950-02-03,true,[],[],{}\n"
        'sixty,1.505,north,3/2/1950,yes,"[""z""]",3,[]\n'
        'nan,£5,1,1950-02-30,no,a,"[{""agee"": 3}]","{""age"": ""old""}"\n'
        "0x10,inf,02,2027-01-01,false,[1],[null],{\n",
    )

    assert complaints(path) == [
        "table: age: P423: 3 cells are not a number: `sixty` in row 2, `nan` in row 3, `0x10` in row 4",
        "table: savings: P423: 2 cells are not a number: `£5` in row 3, `inf` in row 4",
        "table: savings: P423: 1 cell is finer than 2 decimal places: `1.505` in row 2",
        "table: nation: P423: 2 cells are none of its options: `north` in row 2, `1` in row 3",
        "table: date_of_birth: P423: 2 cells are no date as 2026-04-06: `3/2/1950` in row 2, `1950-02-30` in row 3",
        "table: date_of_birth: P423: 1 cell is after 2026-11-21: `2027-01-01` in row 4",
        "table: working: P423: 2 cells are neither true nor false: `yes` in row 2, `no` in row 3",
        'table: marks: P423: 1 cell is no list of options, as ["a", "b"]: `a` in row 3',
        "table: marks: P423: 2 cells are none of its options: `z` in row 2, `1` in row 4",
        "table: children: P423: 3 cells are no list of people with known fields, as JSON: `3` in row 2, "
        '`[{"agee": 3}]` in row 3, `[null]` in row 4',
        "table: partner: P423: 2 cells are no person with known fields, as JSON: `[]` in row 2, `{` in row 4",
        "table: partner.age: P423: 1 cell is not a number: `old` in row 3",
    ]
    assert statuses(path, "pension", wrong="unknown") == [YES, OPEN, OPEN, OPEN]
    assert statuses(path, "special", wrong="unknown") == [NO, OPEN, OPEN, OPEN]
    assert statuses(path, "grant", wrong="unknown") == [YES, OPEN, OPEN, OPEN]


def test_columns_that_are_kept_stay_as_they_are_written(tmp_path: Path) -> None:
    """A code keeps its noughts, and a column of numbers is no reason to change `1.50`."""
    path = written(tmp_path, "key,area,price,age\n007,01,1.50,66\n,NA,,65\n")
    out = tmp_path / "out.parquet"

    MODEL.screen(path, on=ON, keep=["key", "area", "price"]).write(out)

    assert pq.read_table(out).select(["key", "area", "price"]).to_pylist() == [
        {"key": "007", "area": "01", "price": "1.50"},
        {"key": None, "area": "NA", "price": None},
    ]


def test_other_ways_to_write_a_file_are_read(tmp_path: Path) -> None:
    """A byte order mark, line ends of Windows, empty lines, line breaks within a cell, tabs; a header alone."""
    for text in ("\ufeffage,name\r\n66,Ann\r\n", "age,name\n66,Ann\n\n", 'age,name\n66,"An\nn"', "name,age\n,66\n"):
        assert statuses(written(tmp_path, text), "pension") == [YES]
    assert statuses(written(tmp_path, "age\tname\n66\tAnn, or Bob\n", "in.tsv"), "pension") == [YES]
    assert MODEL.screen(written(tmp_path, "age,name\n")).counts()["pension"] == Counts(0, 0, 0)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "Empty CSV file"),
        (b"name,age\nB\xf6b,3\n", "invalid UTF8 data"),
        (b"n\xf6me,age\nBob,3\n", "'utf-8' codec can't decode byte 0xf6"),
        ("name,age\nBob,3\n".encode("utf-16"), ""),
        (b"age,name\n66,Ann\n65\n64,Bob,3\n63,Cy\n", "the header has 2 cells, and 2 lines have more or fewer: 3, 4"),
        (b"PAR1\x15\x04,\xe2\n,,\x00PAR1", "it is a Parquet file, and should be called one: in.parquet"),
        (b"PK\x03\x04\x14\x00,\n", "it is a workbook or another archive: save its sheet as CSV, in UTF-8"),
        (b"age,name\n66,Ann\n65", "the header has 2 cells, and line 3 has more or fewer"),
    ],
)
def test_a_file_that_is_no_csv_file_is_said_to_be_none(tmp_path: Path, text: bytes, why: str) -> None:
    """Of another encoding, cut off in a row, or with rows of other lengths: no row is passed over."""
    path = written(tmp_path, text)

    for how in ("refuse", "unknown"):
        (said,) = complaints(path, wrong=how)
        assert said.startswith("table: P42")
        assert why in said
        with pytest.raises(lgbm.ProfileError):
            MODEL.screen(path, on=ON, wrong=how).write(tmp_path / "out.parquet")
    assert [one.name for one in tmp_path.iterdir()] == ["in.csv"]


def test_columns_of_a_csv_file_are_checked_before_its_rows(tmp_path: Path) -> None:
    """Unknown ones, and twice the same."""
    path = written(tmp_path, "agee,age,age\n1,2,3\n")

    assert complaints(path) == [
        "table: P429: there are two columns called `age`",
        "table: P421: there is no circumstance called `agee`",
    ]


def test_many_blocks_of_a_csv_file_are_one_table(tmp_path: Path) -> None:
    """Whatever its first rows hold: nothing is guessed from them."""
    empty, full = "k,,\n" * 400_000, "007,66,01\n" * 400_000
    path = written(tmp_path, f"key,age,nation\n{empty}{full}seven,x,03\n")

    screening = MODEL.screen(path, on=ON, keep=["key"], wrong="unknown")
    assert screening.counts()["pension"] == Counts(400_000, 0, 400_001)
    assert complaints(path, keep=["key"]) == [
        "table: age: P423: 1 cell is not a number: `x` in row 800001",
        "table: nation: P423: 1 cell is none of its options: `03` in row 800001",
    ]


def test_what_the_synthetic_population_writes_can_be_screened(tmp_path: Path) -> None:
    """The same people, and the same answers, as from the table itself."""
    model, path, keep = lgbm.load("four-nations"), tmp_path / "people.csv", ["household", "area", "region"]
    table = synthetic(200, on=date.fromisoformat(ON), model=model)

    assert main(["synthetic", "--count", "200", "--on", ON, "--out", str(path)]) == 0

    found = model.screen(path, on=ON, keep=keep).to_arrow()
    assert found.drop(keep).equals(model.screen(table, on=ON, keep=keep).to_arrow().drop(keep))
