"""Bad tables: a clear error or the right answer, never a traceback, a wrong value, or half a file."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import lgbm
from lgbm.population.library import pa, pc
from lgbm.population.library import parquet as pq
from lgbm.population.screening import Counts
from lgbm.population.tables.sources import BLOCK, source_of

ON = "2026-11-21"
MODEL = lgbm.loads("""
circumstances:
  nation: {label: Nation, type: choice, options: {north: North, south: South}}
  name: {label: Name, type: text}
  date_of_birth: {label: Date of birth, type: date}
  age: {label: Age, type: number, places: 0, at_least: 0}
  savings: {label: Savings, type: money, at_least: 0, at_most: 1000000}
  share: {label: Share, type: number}
  marks: {label: Marks, type: choices, options: {a: A, b: B}}
  partner: {label: Partner, type: person, fields: {age: {type: number}}}
  children: {label: Children, type: people, fields: {age: {type: number}, school: {type: text}}}
  working: {label: In work, type: boolean}
services:
  pension: {label: Pension, eligibility: age >= 66}
  grant: {label: Grant, eligibility: savings <= 1000.5}
  third: {label: Third, eligibility: share = 0.1}
  northern: {label: Northern, eligibility: nation = "north"}
  named: {label: Named, eligibility: name = "Ann"}
  born: {label: Born, eligibility: 'date_of_birth < @"1960-06-21"'}
  special: {label: Special, eligibility: 'list contains(marks, "b")'}
  couple: {label: Couple, eligibility: partner.age >= 66}
  nursery: {label: Nursery, eligibility: 'count(children[age < 5]) >= 1'}
  job: {label: Job, eligibility: working}
""")
YES, NO, OPEN = "eligible", "ineligible", "undetermined"


def statuses(table: Any, service: str, **how: Any) -> list[str]:
    found: list[str] = MODEL.screen(table, on=ON, **how).to_arrow().column(service).to_pylist()
    return found


def complaints(table: Any, **how: Any) -> list[str]:
    with pytest.raises(lgbm.ProfileError) as error:
        MODEL.screen(table, on=ON, **how).counts()
    return [f"{one.place}: {one.code}: {one.message}" for one in error.value.diagnostics]


# -- columns of every type


PEOPLE = pa.struct([("age", pa.int64()), ("school", pa.string())])
ROWS = [[{"age": 3}, {"age": 9}], [{"age": 9}], None, []]


@pytest.mark.parametrize(
    ("service", "column", "array", "expected"),
    [
        ("named", "name", pa.array(["Ann", "Bob", None], pa.large_string()), [YES, NO, OPEN]),
        ("named", "name", pa.array(["Ann", "Bob", None], pa.string_view()), [YES, NO, OPEN]),
        ("named", "name", pa.array(["x", "Ann", "Bob", None], pa.string_view()).slice(1), [YES, NO, OPEN]),
        (
            "named",
            "name",
            pa.array(["Ann", "Bob", None], pa.dictionary(pa.uint32(), pa.large_string())),
            [YES, NO, OPEN],
        ),
        ("northern", "nation", pa.array(["north", "south", None], pa.string_view()), [YES, NO, OPEN]),
        (
            "northern",
            "nation",
            pa.DictionaryArray.from_arrays(pa.array([2, 0, 1, None], pa.uint8()), pa.array(["south", None, "north"])),
            [YES, NO, OPEN, OPEN],
        ),
        ("pension", "age", pa.array([66, 65, None]).dictionary_encode(), [YES, NO, OPEN]),
        ("pension", "age", pc.run_end_encode(pa.array([66, 66, 65, None])), [YES, YES, NO, OPEN]),
        ("pension", "age", pa.array([66, 65, None], pa.float16()), [YES, NO, OPEN]),
        ("pension", "age", pa.array([66, 65, None], pa.uint64()), [YES, NO, OPEN]),
        ("third", "share", pa.array([0.1, 0.25, None], pa.float32()), [YES, NO, OPEN]),
        ("third", "share", pa.array([0.1, 0.25, None], pa.float16()), [YES, NO, OPEN]),
        ("third", "share", pa.array([0.1, 0.123456789012345, None]), [YES, NO, OPEN]),
        ("grant", "savings", pa.array([1000.5, 1000.51, None], pa.float32()), [YES, NO, OPEN]),
        (
            "grant",
            "savings",
            pa.array([Decimal("1000.5"), Decimal("1000.51"), None], pa.decimal256(40, 5)),
            [YES, NO, OPEN],
        ),
        (
            "grant",
            "savings",
            pa.array([Decimal("1000.5"), Decimal("1000.51"), None], pa.decimal64(12, 2)),
            [YES, NO, OPEN],
        ),
        ("grant", "savings", pa.array([Decimal("1000"), Decimal("2000"), None], pa.decimal128(5, -3)), [YES, NO, OPEN]),
        ("job", "working", pa.array([True, False, None]), [YES, NO, OPEN]),
        ("job", "working", pa.array([None, None, True, False, None]).slice(2), [YES, NO, OPEN]),
        (
            "job",
            "working",
            pa.ExtensionArray.from_storage(pa.bool8(), pa.array([2, 0, None], pa.int8())),
            [YES, NO, OPEN],
        ),
        ("special", "marks", pa.array([["b"], ["a", "a"], None, []], pa.list_(pa.string_view())), [YES, NO, OPEN, NO]),
        ("special", "marks", pa.array([["a"], None, ["b"]], pa.list_(pa.string(), 1)), [NO, OPEN, YES]),
        ("special", "marks", pa.array([["b"], ["a"], None, []], pa.list_view(pa.string())), [YES, NO, OPEN, NO]),
        ("special", "marks", pa.array([[], None], pa.list_(pa.null())), [NO, OPEN]),
        ("couple", "partner", pa.array([{"age": 66}, {"age": 1}, {"age": None}, None]), [YES, NO, OPEN, OPEN]),
        ("couple", "partner", pa.array([{"age": 1}, {"age": 66}, None]).slice(1), [YES, OPEN]),
        ("nursery", "children", pa.array(ROWS, pa.list_(PEOPLE)), [YES, NO, OPEN, NO]),
        ("nursery", "children", pa.array(ROWS, pa.large_list(PEOPLE)), [YES, NO, OPEN, NO]),
        ("nursery", "children", pa.array(ROWS, pa.list_view(PEOPLE)), [YES, NO, OPEN, NO]),
        ("nursery", "children", pa.array([*ROWS, *ROWS], pa.list_(PEOPLE)).slice(3, 3), [NO, YES, NO]),
        (
            "nursery",
            "children",
            pa.chunked_array([pa.array(ROWS[:2], pa.list_(PEOPLE)), pa.array(ROWS[2:], pa.list_(PEOPLE))]),
            [YES, NO, OPEN, NO],
        ),
        ("nursery", "children", pa.array([[], None], pa.list_(pa.null())), [NO, OPEN]),
        ("nursery", "children", pa.array([[], []], pa.list_(pa.struct([]))), [NO, NO]),
        ("nursery", "children", pa.nulls(2, pa.list_(PEOPLE)), [OPEN, OPEN]),
        (
            "born",
            "date_of_birth",
            pa.array([dt.date(1960, 6, 20), dt.date(1960, 6, 21), None], pa.date64()),
            [YES, NO, OPEN],
        ),
        (
            "born",
            "date_of_birth",
            # Midnight in London, where the clocks are an hour ahead in June: 23:00 of the day before in UTC.
            pa.array(
                [dt.datetime(1960, 6, 19, 23), dt.datetime(1960, 6, 20, 23), None],
                pa.timestamp("ns", tz="Europe/London"),
            ),
            [YES, NO, OPEN],
        ),
        ("born", "date_of_birth", pa.array([dt.datetime(1960, 6, 20), None], pa.timestamp("s", tz="UTC")), [YES, OPEN]),
    ],
    ids=lambda one: str(one.type) if hasattr(one, "type") else None,
)
def test_every_type_that_can_hold_a_fact_is_read(service: str, column: str, array: Any, expected: list[str]) -> None:
    """Views, dictionaries, runs, halves, slices and chunks; a dictionary may hold a null of its own."""
    assert statuses(pa.table({column: array}), service) == expected


def test_lists_whose_nulls_lie_over_values_are_not_known() -> None:
    """Arrow allows anything under a null, and it belongs to nobody."""
    offsets = pa.array([0, 1, 2, 3], pa.int32())
    people = pa.array([{"age": 3}, {"age": 3}, {"age": 9}], pa.struct([("age", pa.int64())]))
    lists = pa.ListArray.from_arrays(offsets, people, mask=pa.array([False, True, False]))

    assert len(lists.values) == 3
    assert statuses(pa.table({"children": lists}), "nursery") == [YES, OPEN, NO]


def test_what_stands_under_a_null_does_not_matter() -> None:
    """Not even a number that no column could hold, a day of another age, or an entry that is in no dictionary."""
    valid = pa.py_buffer(b"\x01")
    numbers = pa.Array.from_buffers(pa.int64(), 2, [valid, pa.py_buffer(np.array([70, -(2**63)]).tobytes())])
    floats = pa.Array.from_buffers(pa.float64(), 2, [valid, pa.py_buffer(np.array([1.0, np.nan]).tobytes())])
    days = pa.Array.from_buffers(
        pa.date32(), 2, [valid, pa.py_buffer(np.array([-9999, 2**31 - 1], np.int32).tobytes())]
    )
    codes = pa.Array.from_buffers(pa.int8(), 2, [valid, pa.py_buffer(np.array([0, 99], np.int8).tobytes())])
    nation = pa.DictionaryArray.from_arrays(codes, pa.array(["north"]), safe=False)
    table = pa.table({"age": numbers, "savings": floats, "date_of_birth": days, "nation": nation})

    for service in ("pension", "grant", "born", "northern"):
        assert statuses(table, service) == [YES, OPEN]


@pytest.mark.parametrize(
    ("column", "array"),
    [
        ("age", pa.array(["66", "65"])),
        ("age", pa.array([True])),
        ("age", pa.array([dt.timedelta(1)])),
        ("name", pa.array([b"Ann", b"\xff"])),
        ("name", pa.array([1])),
        ("name", pa.array([b"0" * 16], pa.uuid())),
        ("nation", pa.array([b"north"], pa.binary(5))),
        ("nation", pa.array([["north"]])),
        ("date_of_birth", pa.array(["1960-06-20"])),
        ("date_of_birth", pa.array([dt.time(1)])),
        ("date_of_birth", pa.array([0]).cast(pa.timestamp("us", tz="Mars/Olympus"))),
        ("marks", pa.array(["a"])),
        ("marks", pa.array([[1]])),
        ("marks", pa.array([[("a", "b")]], pa.map_(pa.string(), pa.string()))),
        ("children", pa.array([[3]])),
        ("children", pa.array([{"age": 3}])),
        ("children", pa.array([[("a", 3)]], pa.map_(pa.string(), pa.int64()))),
        ("partner", pa.array([[{"age": 3}]])),
        ("working", pa.array([1])),
        ("working", pa.array(["true"])),
        ("working", pa.UnionArray.from_dense(pa.array([0], pa.int8()), pa.array([0], pa.int32()), [pa.array([True])])),
    ],
    ids=lambda one: str(one.type) if hasattr(one, "type") else one,
)
def test_a_column_of_another_type_is_said_before_anything_is_read(column: str, array: Any) -> None:
    """With the column, and what it holds."""
    (said,) = complaints(pa.table({column: array}))

    assert said.startswith(f"table: {column}: P422: the column holds {array.type}, not ")


def test_all_columns_that_do_not_fit_are_said_at_once() -> None:
    """Unknown ones, twice the same, of other types, within people, and one to keep that is not there."""
    arrays = [pa.array([1])] * 3 + [pa.array([[{"age": "x", "agee": 1}]]), pa.array(["x"])]
    table = pa.Table.from_arrays(arrays, names=["agee", "twice", "twice", "children", "working"])

    assert complaints(table, keep=["erea"]) == [
        "table: P429: there are two columns called `twice`",
        "table: P472: there is no column `erea` to keep",
        "table: P421: there is no circumstance called `agee`",
        "table: children.age: P422: the column holds string, not a number",
        "profile: children: P401: there is no `agee`",
        "table: working: P422: the column holds string, not true or false",
    ]


# -- cells


def test_all_cells_that_do_not_fit_are_counted_with_examples() -> None:
    """From every block, with the number of the row in the whole table."""
    ages = [70] * BLOCK + [-1, 70, -2, -3, -4]
    children = [[{"age": 1}]] * (BLOCK + 2) + [[{"age": 1}, None], [None], []]
    marks = [["a"]] * (BLOCK + 2) + [["a", "z"], [None], ["b"]]
    births = [dt.date(1950, 1, 1)] * (BLOCK + 3) + [dt.date(2026, 11, 22), None]
    table = pa.table({"age": ages, "children": children, "marks": marks, "date_of_birth": births})

    assert complaints(table) == [
        "table: age: P423: 4 cells are below 0: `-1` in row 65537, `-2` in row 65539, `-3` in row 65540",
        "table: children: P423: 2 cells are lists with nobody where somebody should be: "
        "`[…]` in row 65539, `[…]` in row 65540",
        "table: marks: P423: 2 cells are none of its options: `z` in row 65539, `…` in row 65540",
        "table: date_of_birth: P423: 1 cell is after 2026-11-21: `2026-11-22` in row 65540",
    ]
    assert statuses(table, "special", wrong="unknown")[-3:] == [OPEN, OPEN, YES]
    assert statuses(table, "nursery", wrong="unknown")[-3:] == [OPEN, OPEN, NO]
    assert statuses(table, "pension", wrong="unknown")[-5:] == [OPEN, YES, OPEN, OPEN, OPEN]


def test_a_set_with_something_strange_says_nothing_of_the_row_before() -> None:
    """Each row by itself."""
    table = pa.table({"marks": [["a"], ["z"], ["z", "b"], ["a"], []]})

    assert statuses(table, "special", wrong="unknown") == [NO, OPEN, OPEN, NO, NO]


def test_a_person_of_a_list_that_does_not_fit_is_shown_with_the_row_of_the_list() -> None:
    """Not with the place among all people."""
    table = pa.table({"children": pa.array([[{"age": 1.5}, {"age": 2.0}], [], [{"age": float("nan")}]])})

    assert complaints(table) == ["table: children.age: P423: 1 cell is not an exact number: `nan` in row 3"]


@pytest.mark.parametrize("endless", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("kind", [pa.float64(), pa.float32(), pa.float16()])
@pytest.mark.parametrize("column", ["age", "savings", "share"])
def test_what_is_no_number_is_no_number(endless: float, kind: Any, column: str) -> None:
    """And keeps no other number from being one."""
    table = pa.table({column: pa.array([1, endless, None, 70], kind)})

    (said,) = complaints(table)
    assert f"table: {column}: P423: 1 cell is " in said
    assert f"`{endless}` in row 2" in said
    assert MODEL.screen(table, on=ON, wrong="unknown").counts()["grant"].total == 4


def test_dates_of_other_ages_are_refused() -> None:
    """Arrow has days that no calendar of ours has, and Python cannot even show them."""
    far = pa.array([-(2**31), 2**31 - 1, 0, -719163, -719162], pa.int32()).view(pa.date32())
    seconds = pa.array([86_400 * 10**12, 0], pa.int64()).view(pa.timestamp("s"))
    noon = pa.array([dt.datetime(1960, 1, 1, 12), dt.datetime(1960, 1, 1)], pa.timestamp("ns"))

    (said,) = complaints(pa.table({"date_of_birth": far}))
    assert said.startswith("table: date_of_birth: P423: 3 cells are beyond the years from 1 to 9999: ")
    assert statuses(pa.table({"date_of_birth": far}), "born", wrong="unknown") == [OPEN, OPEN, NO, OPEN, YES]
    (said,) = complaints(pa.table({"date_of_birth": seconds}))
    assert said.startswith("table: date_of_birth: P423: 1 cell is beyond the years from 1 to 9999: ")
    (said,) = complaints(pa.table({"date_of_birth": noon}))
    assert said.startswith("table: date_of_birth: P423: 1 cell is times of a day, not dates: ")
    assert statuses(pa.table({"date_of_birth": noon}), "born", wrong="unknown") == [OPEN, YES]


def test_text_that_is_no_utf8_is_refused() -> None:
    """Other programs write such cells, and Arrow does not look."""
    bytes_of = pa.array([b"Ann", b"B\xf6b", None], pa.binary())
    names = pa.Array.from_buffers(pa.string(), 3, bytes_of.buffers())

    (said,) = complaints(pa.table({"name": names}))
    assert said.startswith("table: name: P423: 1 cell is no UTF-8: ")
    assert said.endswith(" in row 2")
    assert statuses(pa.table({"name": names}), "named", wrong="unknown") == [YES, OPEN, OPEN]
    (said,) = complaints(pa.table({"nation": names}))
    assert said.startswith("table: nation: P423: 2 cells are none of its options: `Ann` in row 1, ")


def test_numbers_too_large_for_a_column_are_exact_all_the_same() -> None:
    """By the definition, one by one."""
    large = [2**62, 2**63 - 1, -(2**63), None]
    table = pa.table({"share": pa.array(large, pa.int64())})
    decimals = pa.table({"share": pa.array([Decimal(2**63 - 1), Decimal("0.1")], pa.decimal128(38, 1))})
    many = pa.table({"share": pa.array([Decimal("0.10000000000000000001"), Decimal("0.1")], pa.decimal128(30, 20))})

    assert statuses(table, "third") == [NO, NO, NO, OPEN]
    assert statuses(decimals, "third") == [NO, YES]
    assert statuses(many, "third") == [NO, YES]


def test_a_dictionary_longer_than_its_table_is_read() -> None:
    """As a slice of a long table has it: only what the rows use is looked at."""
    words = [f"name {n}" for n in range(5000)]
    names = pa.DictionaryArray.from_arrays(pa.array([4999, None, 5000]), pa.array([*words, "Ann"]))

    assert statuses(pa.table({"name": names}), "named") == [NO, OPEN, YES]


def test_batches_may_have_dictionaries_of_their_own() -> None:
    """The same code means something else in each."""
    kind = pa.dictionary(pa.int8(), pa.string())
    batches = [
        pa.record_batch(
            [pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int8()), pa.array(values))], names=["nation"]
        )
        for values in (["north", "south"], ["south", "north"], ["north", "west"])
    ]

    assert [batch.schema.field(0).type for batch in batches] == [kind] * 3
    assert statuses(iter(batches), "northern", wrong="unknown") == [YES, NO, NO, YES, YES, OPEN]


# -- tables


def test_tables_without_rows_or_columns_are_answered() -> None:
    """Nobody is counted; whoever nothing is known of is undecided."""
    without_rows = pa.table({"age": pa.array([], pa.int64()), "children": pa.array([], pa.list_(PEOPLE))})
    without_columns = pa.table({"key": [1, 2]})

    assert MODEL.screen(pa.table({})).counts()["pension"] == Counts(0, 0, 0)
    assert MODEL.screen(without_rows).counts()["nursery"] == Counts(0, 0, 0)
    assert statuses(without_columns, "pension", keep=["key"]) == [OPEN, OPEN]


def test_nulls_everywhere_are_not_known() -> None:
    """In every type, and in the type of nothing."""
    schema = pa.schema(
        [
            ("nation", pa.string()),
            ("age", pa.int8()),
            ("share", pa.float64()),
            ("date_of_birth", pa.date32()),
            ("marks", pa.list_(pa.string())),
            ("partner", pa.struct([("age", pa.null())])),
            ("children", pa.list_(PEOPLE)),
            ("working", pa.bool_()),
            ("savings", pa.decimal128(9, 2)),
            ("name", pa.dictionary(pa.int8(), pa.string())),
        ]
    )
    typed = pa.table({each.name: pa.nulls(3, each.type) for each in schema})
    untyped = pa.table({each.name: pa.nulls(3) for each in schema})

    for table in (typed, untyped):
        assert set(MODEL.screen(table, on=ON).counts().values()) == {Counts(0, 0, 3)}


def test_ten_thousand_columns_are_kept_or_complained_of_by_name() -> None:
    """In a moment, with a hint for each."""
    names = [f"column_{n}" for n in range(10_000)]
    table = pa.table({"age": [66], **{name: [1] for name in names}})

    assert len(complaints(table)) == 10_000
    screening = MODEL.screen(table, on=ON, keep=names)
    assert screening.counts()["pension"] == Counts(1, 0, 0)
    assert len(screening.schema) == 10_000 + len(MODEL.services)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"age": [1]}, "table: P427: `dict` is no table"),
        ([{"age": 1}], "table: P427: `dict` is no table"),
        (iter([1]), "table: P427: `int` is no table"),
        ([], "table: P427: there is no record batch in it"),
        (iter(()), "table: P427: there is no record batch in it"),
        (pa.chunked_array([[1, 2]]), "table: P426: `ChunkedArray` cannot be read: "),
        (
            [pa.record_batch({"age": [1]}), pa.record_batch({"age": ["x"]})],
            "table: P430: batch 2 differs from the first in `age`",
        ),
        (
            iter([pa.record_batch({"age": [1]}), pa.record_batch({"agee": [1]})]),
            "table: P430: batch 2 differs from the first in `age`",
        ),
        (
            iter([pa.record_batch({"age": [1], "share": [1]}), pa.record_batch({"share": [1], "age": [1]})]),
            "table: P430: batch 2 differs from the first in the order of its columns",
        ),
    ],
)
def test_what_is_no_table_is_said_to_be_none(given: Any, said: str) -> None:
    """And batches that do not belong together are told apart."""
    (found,) = complaints(given)

    assert found.startswith(said)


def test_a_list_of_batches_or_tables_is_one_table() -> None:
    """And can be asked again, which an iterator cannot."""
    parts = [pa.record_batch({"age": [66, 65]}), pa.table({"age": [None, 70]}, pa.schema([("age", pa.int64())]))]
    screening = MODEL.screen(parts, on=ON)

    assert screening.counts()["pension"] == Counts(2, 1, 1)
    assert screening.to_arrow().column("pension").to_pylist() == [YES, NO, OPEN, YES]
    once = MODEL.screen(iter(parts), on=ON)
    assert once.to_arrow().column("pension").to_pylist() == [YES, NO, OPEN, YES]
    with pytest.raises(lgbm.ProfileError, match="P428"):
        once.to_arrow()


def test_a_stream_that_breaks_off_says_so() -> None:
    """What the caller's own code raises is the caller's."""

    def broken() -> Iterator[Any]:
        yield pa.record_batch({"age": [66]})
        raise OSError("the line is dead")

    reader = pa.RecordBatchReader.from_batches(pa.schema([("age", pa.int64())]), broken())

    (said,) = complaints(reader)
    assert said == "table: P426: `RecordBatchReader` cannot be read: the line is dead"
    with pytest.raises(OSError, match="the line is dead"):
        MODEL.screen(broken(), on=ON).counts()


# -- files


def test_a_row_group_is_read_piece_by_piece_however_large(tmp_path: Path) -> None:
    """Four columns of a million rows in one group: 32 MB, of which at most a third is there at once."""
    rows = 1_000_000
    numbers = np.random.default_rng(0).integers(0, 10**12, (4, rows))
    table = pa.table({f"column_{n}": numbers[n] for n in range(4)})
    pq.write_table(table, tmp_path / "in.parquet", row_group_size=rows, use_dictionary=False, compression="none")
    del table
    before, most, read = pa.total_allocated_bytes(), 0, 0

    for block in source_of(tmp_path / "in.parquet").blocks():
        read += block.num_rows
        most = max(most, pa.total_allocated_bytes() - before)

    assert pq.ParquetFile(tmp_path / "in.parquet").metadata.num_row_groups == 1
    assert read == rows
    assert most < numbers.nbytes / 3


def test_a_stream_is_never_held() -> None:
    """However long it is: rows are answered as soon as there are enough of them."""
    taken: list[int] = []

    def endless() -> Iterator[Any]:
        while True:
            taken.append(1)
            yield pa.record_batch({"age": [66] * 1000})

    answers = MODEL.screen(endless(), on=ON).batches()

    for number in range(1, 10):
        assert next(answers).num_rows == BLOCK // 1000 * 1000
        assert len(taken) <= BLOCK // 1000 * number + 2


def test_what_came_before_a_stream_broke_off_is_answered() -> None:
    """Small batches wait for each other, and are not lost when no more come."""

    def breaking() -> Iterator[Any]:
        yield pa.record_batch({"age": [66] * 100})
        yield pa.record_batch({"age": [66] * 100})
        raise RuntimeError("the network is gone")

    answers = MODEL.screen(breaking(), on=ON).batches()

    assert next(answers).num_rows == 200
    with pytest.raises(RuntimeError, match="the network is gone"):
        next(answers)


def test_small_batches_that_cannot_be_joined_are_answered_as_they_came() -> None:
    """Arrow does not join the words of people whose dictionaries differ."""
    words = pa.dictionary(pa.int8(), pa.string())
    schema = pa.schema([("key", pa.list_(pa.struct([("word", words)]))), ("age", pa.int64())])

    def batch(word: str) -> Any:
        inner = pa.StructArray.from_arrays([pa.array([word]).dictionary_encode().cast(words)], ["word"])
        return pa.record_batch([pa.ListArray.from_arrays([0, 1], inner), [66]], schema=schema)

    found = MODEL.screen(iter([batch("a"), batch("b")]), keep=["key"], on=ON).to_arrow()

    assert found["key"].to_pylist() == [[{"word": "a"}], [{"word": "b"}]]


@pytest.mark.parametrize("cut", [0, 3, 1000, -1])
def test_a_file_that_was_cut_off_is_said_to_be_so(tmp_path: Path, cut: int) -> None:
    """Wherever it was."""
    pq.write_table(pa.table({"age": list(range(1000))}), tmp_path / "in.parquet")
    (tmp_path / "in.parquet").write_bytes((tmp_path / "in.parquet").read_bytes()[:cut])

    (said,) = complaints(tmp_path / "in.parquet")
    assert said.startswith(f"table: P426: `{tmp_path / 'in.parquet'}` cannot be read: ")


def test_a_file_with_a_flipped_bit_is_not_believed(tmp_path: Path) -> None:
    """Where whoever wrote it wrote checksums, as we do."""
    path = tmp_path / "in.parquet"
    pq.write_table(
        pa.table({"age": np.arange(1000) % 100}),
        path,
        use_dictionary=False,
        compression="none",
        write_page_checksum=True,
    )
    whole = bytearray(path.read_bytes())
    whole[2000] ^= 1
    path.write_bytes(bytes(whole))

    (said,) = complaints(path)
    assert said.startswith(f"table: P426: `{path}` cannot be read: ")


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    """Nor is a file that is not there."""
    assert complaints(tmp_path) == [f"table: P425: there is no file `{tmp_path}`"]
    assert complaints(tmp_path / "x.csv") == [f"table: P425: there is no file `{tmp_path / 'x.csv'}`"]


# -- the answer, under its name


def screening_that(stops: BaseException) -> Any:
    def progress(rows: int) -> None:
        if rows > BLOCK:
            raise stops

    return MODEL.screen(pa.table({"age": [66] * (4 * BLOCK)}), on=ON, progress=progress)


@pytest.mark.parametrize("stops", [KeyboardInterrupt(), MemoryError(), lgbm.ProfileError([])])
def test_an_answer_that_was_stopped_leaves_what_was_there(tmp_path: Path, stops: BaseException) -> None:
    """Under its name, and nothing beside it."""
    (tmp_path / "out.parquet").write_text("the answer of yesterday")

    with pytest.raises(type(stops)):
        screening_that(stops).write(tmp_path / "out.parquet")

    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]
    assert (tmp_path / "out.parquet").read_text() == "the answer of yesterday"


_FULL = """
import resource, sys
import lgbm
from lgbm.population.library import pa
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
model = lgbm.loads(
    "circumstances: {age: {label: Age, type: number}}\\nservices: {a: {label: A, eligibility: age > 65}}"
)
table = pa.table({"age": list(range(100_000)), "key": [str(n) for n in range(100_000)]})
try:
    model.screen(table, keep=["key"], on="2026-11-21").write(sys.argv[1])
except lgbm.ProfileError as problem:
    print(problem)
"""


def test_a_full_disk_leaves_no_answer(tmp_path: Path) -> None:
    """It is said, with the file."""
    out = tmp_path / "out.parquet"
    found = subprocess.run([sys.executable, "-c", _FULL, out], capture_output=True, text=True, check=True)

    assert found.stdout.startswith(f"answers: P420: `{out}` cannot be written: ")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_said_before_anybody_is_screened(tmp_path: Path) -> None:
    """A folder that is not there, or that is where the file should be."""
    for path in (tmp_path / "nowhere" / "out.parquet", tmp_path):
        with pytest.raises(lgbm.ProfileError, match="P420"):
            screening_that(AssertionError("somebody was screened")).write(path)
    assert list(tmp_path.iterdir()) == []


def test_an_answer_is_a_file_like_any_other(tmp_path: Path) -> None:
    """Others may read it, if they may read what is made beside it."""
    (tmp_path / "beside").touch()
    MODEL.screen(pa.table({"age": [66]}), on=ON).write(tmp_path / "out.parquet")

    assert (tmp_path / "out.parquet").stat().st_mode == (tmp_path / "beside").stat().st_mode


def test_a_strange_option_of_somebody_in_a_list_is_shown_with_the_row_of_the_list() -> None:
    """Sets within lists: the row of the table, not of its people."""
    model = lgbm.loads(
        "circumstances:\n"
        "  children:\n"
        "    {label: Children, type: people, fields: {needs: {type: choices, options: {help: Help, rest: Rest}}}}\n"
        "services:\n"
        "  club: {label: Club, eligibility: 'some c in children satisfies list contains(c.needs, \"help\")'}\n"
    )
    table = pa.table({"children": [[{"needs": ["help"]}, {"needs": []}], [], [{"needs": ["rest", "zz"]}]]})

    with pytest.raises(lgbm.ProfileError, match="P423: 1 cell is none of its options: `zz` in row 3"):
        model.screen(table, on=ON).counts()


def test_options_of_people_are_read_over_many_row_groups(tmp_path: Path) -> None:
    """Dictionaries inside of lists, of which each row group has its own."""
    model = lgbm.loads("""
circumstances:
  people:
    label: People
    type: people
    fields: {role: {label: Role, type: choice, options: {a: A, b: B}}}
services:
  help: {label: Help, eligibility: 'some one in people satisfies one.role = "b"'}
""")
    roles = pa.array(["a", "b", None]).dictionary_encode()
    people = pa.ListArray.from_arrays(pa.array([0, 1, 2, 3], pa.int32()), pa.StructArray.from_arrays([roles], ["role"]))
    pq.write_table(pa.table({"people": people}), tmp_path / "in.parquet", row_group_size=1)

    found = model.screen(tmp_path / "in.parquet", on="2026-11-21").to_arrow()

    assert found.column("help").to_pylist() == ["ineligible", "eligible", "undetermined"]
