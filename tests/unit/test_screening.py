"""Tables of citizens screened: small ones, worked out by hand, and bad ones."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import lgbm
from lgbm.cli import main
from lgbm.population.indicators import Measured
from lgbm.population.library import csv, pa
from lgbm.population.library import parquet as pq
from lgbm.population.screening import Counts
from lgbm.population.tables.sources import BLOCK

ON = "2026-11-21"
MODEL = lgbm.loads("""
taxonomy: {id: town, label: Town, jurisdiction: nation}
circumstances:
  nation: {label: Nation, type: choice, options: {north: North, south: South}}
  date_of_birth: {label: Date of birth, type: date}
  age:
    label: Age
    type: number
    places: 0
    at_least: 0
    formula: years and months duration(date_of_birth, today()).years
  savings: {label: Savings, type: money, at_least: 0}
  share: {label: Share, type: number}
  marks: {label: Marks, type: choices, options: {a: A, b: B}}
  partner: {label: Partner, type: person, fields: {age: {type: number}}}
  children: {label: Children, type: people, fields: {age: {type: number}}}
  working: {label: In work, type: boolean}
events:
  losing-a-job: {label: Losing a job, changes: {working: false}}
services:
  pension: {label: Pension, eligibility: age >= 66}
  grant: {label: Grant, jurisdictions: [north], eligibility: savings <= 1000.5}
  nursery: {label: Nursery, eligibility: 'count(children[age < 5]) >= 1'}
  siblings: {label: Siblings, eligibility: 'some c in children satisfies count(children[age < c.age]) >= 1'}
  coach: {label: Coach, eligibility: not(working)}
  discount: {label: Discount, eligibility: 'receives("pension")'}
  special: {label: Special, eligibility: 'list contains(marks, "b")'}
  unwritten: {label: Unwritten}
segments:
  old: {label: Old, members: age >= pension_age}
indicators:
  grant-take-up: {label: Take-up, of: 'eligible("grant")', counts: 'receives("grant")', unit: percent, better: higher}
  work: {label: In work, counts: working, unit: percent, better: higher}
rates: {pension_age: {label: Pension age, values: [{from: 2010-04-06, value: 60}, {from: 2020-10-06, value: 66}]}}
""")


def statuses(table: Any, service: str, **how: Any) -> list[str]:
    found: list[str] = MODEL.screen(table, on=ON, **how).to_arrow().column(service).to_pylist()
    return found


def test_every_row_gets_its_status() -> None:
    """Yes, no, and not known where a cell is null."""
    table = pa.table({"age": [66, 65, None], "savings": [1000.5, 1000.51, None], "nation": ["north", "north", "south"]})

    assert statuses(table, "pension") == ["eligible", "ineligible", "undetermined"]
    assert statuses(table, "grant") == ["eligible", "ineligible", "ineligible"]
    assert statuses(table, "unwritten") == ["undetermined"] * 3


def test_columns_that_are_absent_are_not_known() -> None:
    """And nobody is told no for want of them."""
    assert statuses(pa.table({"age": [70]}), "grant") == ["undetermined"]


@pytest.mark.parametrize(
    "array",
    [
        pa.array([66, 65, None], pa.int8()),
        pa.array([66, 65, None], pa.uint16()),
        pa.array([66, 65, None], pa.int64()),
        pa.array([66, 65, None], pa.uint64()),
        pa.array([66.0, 65.0, None], pa.float64()),
        pa.array([66.0, 65.0, None], pa.float32()),
        pa.array([Decimal(66), Decimal(65), None], pa.decimal128(10, 2)),
        pa.array([Decimal(66), Decimal(65), None], pa.decimal256(10, 2)),
        pa.array([1, 66, 65, None], pa.int32()).slice(1),
        pa.chunked_array([pa.array([66]), pa.array([65, None], pa.int64())]),
    ],
    ids=lambda array: str(array.type),
)
def test_numbers_of_any_type_are_exact(array: Any) -> None:
    """Whole, with places, in floats; sliced and in chunks."""
    assert statuses(pa.table({"age": array}), "pension") == ["eligible", "ineligible", "undetermined"]


@pytest.mark.parametrize(
    "savings",
    [
        pa.array([1000.5, 1000.51, 0.1], pa.float64()),
        pa.array([Decimal("1000.500"), Decimal("1000.510"), Decimal("0.100")], pa.decimal128(12, 3)),
        pa.array([Decimal("1000.50"), Decimal("1000.51"), Decimal("0.10")], pa.decimal128(12, 2)),
    ],
    ids=lambda array: str(array.type),
)
def test_pennies_count(savings: Any) -> None:
    """A limit of £1,000.50 holds to the penny."""
    table = pa.table({"savings": savings, "nation": ["north"] * 3})

    assert statuses(table, "grant") == ["eligible", "ineligible", "eligible"]


@pytest.mark.parametrize(
    "births",
    [
        pa.array([dt.date(1960, 11, 21), dt.date(1960, 11, 22), None], pa.date32()),
        pa.array([dt.date(1960, 11, 21), dt.date(1960, 11, 22), None], pa.date64()),
        pa.array([dt.datetime(1960, 11, 21), dt.datetime(1960, 11, 22), None], pa.timestamp("us")),
    ],
    ids=lambda array: str(array.type),
)
def test_dates_of_any_type_are_days(births: Any) -> None:
    """Somebody is 66 on the birthday, and not the day before."""
    assert statuses(pa.table({"date_of_birth": births}), "pension") == ["eligible", "ineligible", "undetermined"]


@pytest.mark.parametrize("kind", [pa.list_, pa.large_list])
def test_lists_of_people_have_empty_unknown_and_half_known_rows(kind: Any) -> None:
    """Nobody is a known answer; a child of unknown age is not."""
    rows = [[{"age": 3}, {"age": 9}], [], None, [{"age": None}], [{"age": 9}, {"age": 9}], [{"age": None}, {"age": 1}]]
    table = pa.table({"children": pa.array(rows, kind(pa.struct([("age", pa.int64())])))})
    expected = ["eligible", "ineligible", "undetermined", "undetermined", "ineligible", "eligible"]

    assert statuses(table, "nursery") == expected
    assert statuses(table.slice(2), "nursery") == expected[2:]


def test_sets_and_what_is_received_are_lists() -> None:
    """A list of what is received is complete; a column of one service says of that one only."""
    table = pa.table({"marks": [["b", "a", "b"], ["a"], None], "receives": [["pension"], [], None]})

    assert statuses(table, "special") == ["eligible", "ineligible", "undetermined"]
    assert statuses(table, "discount") == ["eligible", "ineligible", "undetermined"]
    assert statuses(pa.table({'receives("pension")': [True, False, None]}), "discount") == [
        "eligible",
        "ineligible",
        "undetermined",
    ]


def test_an_event_happens_to_every_row() -> None:
    """Before it and after it."""
    table = pa.table({"working": [True, False, None]})

    assert statuses(table, "coach") == ["ineligible", "eligible", "undetermined"]
    assert statuses(table, "coach", event="losing-a-job") == ["eligible"] * 3


def test_counts_are_of_all_rows_over_many_blocks() -> None:
    """Three blocks, the last one short."""
    rows = 2 * BLOCK + 3
    screening = MODEL.screen(pa.table({"age": [66, 65, None] * (rows // 3) + [66] * (rows % 3)}), on=ON)
    third = rows // 3

    assert screening.counts()["pension"] == Counts(third + rows % 3, third, third)
    assert screening.counts()["unwritten"].undetermined == rows
    assert screening.to_arrow().num_rows == rows


def test_counts_by_segment_and_by_column() -> None:
    """Who may belong to a segment is counted apart."""
    table = pa.table({"age": [70, 30, None], "working": [False, True, False], "area": ["east", "west", None]})
    screening = MODEL.screen(table, on=ON, keep=["area"])

    by_segment = {name: counts["coach"] for name, counts in screening.by("old").items()}
    by_area = {name: counts["coach"] for name, counts in screening.by("area").items()}

    assert by_segment == {"old": Counts(1, 0, 0), "old (not known)": Counts(1, 0, 0)}
    assert by_area == {"east": Counts(1, 0, 0), "west": Counts(0, 1, 0), "(not known)": Counts(1, 0, 0)}


def test_what_would_decide_most_rows_comes_first() -> None:
    """As the answer for one citizen names it."""
    table = pa.table({"nation": ["north", None, None], "savings": [None, 1.0, None]})

    assert MODEL.screen(table, on=ON).deciding("grant") == {"nation": 2, "savings": 2}
    assert MODEL.screen(table, on=ON).deciding("unwritten") == {}
    with pytest.raises(lgbm.ProfileError, match="there is no service called `grand`"):
        MODEL.screen(table, on=ON).deciding("grand")


def test_an_empty_table_has_no_rows() -> None:
    """And every service its column."""
    screening = MODEL.screen(pa.table({"age": pa.array([], pa.int64())}), on=ON)

    assert screening.counts()["pension"] == Counts(0, 0, 0)
    assert screening.to_arrow().schema.names == list(MODEL.services)


def test_columns_of_nothing_are_not_known() -> None:
    """Arrow has a type for them."""
    assert statuses(pa.table({"age": pa.nulls(2), "savings": pa.nulls(2)}), "pension") == ["undetermined"] * 2


def test_ten_thousand_columns_are_complained_of_at_once() -> None:
    """Each by its name."""
    table = pa.table({f"column_{n}": [1] for n in range(10_000)})

    with pytest.raises(lgbm.ProfileError) as error:
        MODEL.screen(table)

    assert len(error.value.diagnostics) == 10_000


def test_files_are_read_and_written_whole(tmp_path: Path) -> None:
    """Parquet and CSV; the answer stands there under its name once it is whole."""
    table = pa.table({"age": [66, 65, None], "area": ["a", "b", "c"]})
    pq.write_table(table, tmp_path / "in.parquet")
    csv.write_csv(table, tmp_path / "in.csv")

    for name in ("in.parquet", "in.csv"):
        MODEL.screen(tmp_path / name, on=ON, keep=["area"]).write(tmp_path / "out.parquet")
        found = pq.read_table(tmp_path / "out.parquet")
        assert found.column("pension").to_pylist() == ["eligible", "ineligible", "undetermined"]
        assert found.column("area").to_pylist() == ["a", "b", "c"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "in.parquet", "out.parquet"]


def test_a_file_that_breaks_off_leaves_no_answer(tmp_path: Path) -> None:
    """Neither half of one, nor anything else in the folder."""
    pq.write_table(pa.table({"age": list(range(100_000))}), tmp_path / "in.parquet", row_group_size=1000)
    whole = (tmp_path / "in.parquet").read_bytes()
    (tmp_path / "cut.parquet").write_bytes(whole[: len(whole) // 2])
    damaged = bytearray(whole)
    damaged[4000:9000] = bytes(5000)
    (tmp_path / "damaged.parquet").write_bytes(bytes(damaged))

    for name in ("cut.parquet", "damaged.parquet"):
        with pytest.raises(lgbm.ProfileError, match="P426"):
            MODEL.screen(tmp_path / name, on=ON).write(tmp_path / "out.parquet")
    assert not (tmp_path / "out.parquet").exists()
    assert len(list(tmp_path.iterdir())) == 3


def test_a_csv_file_that_is_not_utf8_is_said_to_be_so(tmp_path: Path) -> None:
    """With the path, and without a traceback."""
    (tmp_path / "in.csv").write_bytes(b"nation,age\nn\xf6rth,3\n")

    with pytest.raises(lgbm.ProfileError) as error:
        MODEL.screen(tmp_path / "in.csv", on=ON).counts()

    assert {one.code for one in error.value.diagnostics} <= {"P422", "P426"}


def test_what_does_not_fit_is_not_known_on_request() -> None:
    """Nobody is told no because of a cell that cannot be right."""
    table = pa.table(
        {"age": [66, -1, 66], "date_of_birth": [None, None, dt.date(2000, 1, 1)], "savings": [-1, 5, 5.123]}
    )

    with pytest.raises(lgbm.ProfileError) as error:
        MODEL.screen(table, on=ON).counts()

    assert [(one.code, one.place) for one in error.value.diagnostics] == [
        ("P423", "table: savings"),
        ("P423", "table: savings"),
        ("P424", "table: age"),
    ]
    assert statuses(table, "pension", wrong="unknown") == ["eligible", "ineligible", "ineligible"]


def test_other_libraries_are_read_and_can_read_us() -> None:
    """By the Arrow stream that they all speak."""

    class Frame:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return pa.table({"age": [66]}).__arrow_c_stream__(requested_schema)

    screening = MODEL.screen(Frame(), on=ON)

    assert pa.table(screening).column("pension").to_pylist() == ["eligible"]
    with pytest.raises(lgbm.ProfileError, match="P428"):
        screening.by("age")


def test_unknown_events_and_columns_are_said_before_anything_is_read() -> None:
    """With what may have been meant."""
    with pytest.raises(lgbm.ProfileError, match="losing-a-job"):
        MODEL.screen(pa.table({"age": [1]}), event="loosing-a-job")
    with pytest.raises(lgbm.ProfileError, match="did you mean `age`"):
        MODEL.screen(pa.table({"agee": [1]}))


def test_a_question_about_a_list_may_ask_of_that_list_again() -> None:
    """Somebody with an older and a younger child; and the same question beside others about the children."""
    table = pa.table({"children": [[{"age": 3}, {"age": 9}], [{"age": 3}], [], None]})

    assert statuses(table, "siblings") == ["eligible", "ineligible", "ineligible", "undetermined"]


def test_the_command_counts_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table in, a table out, and how many there are of each."""
    (tmp_path / "rules.yaml").write_text(
        "circumstances: {age: {label: Age, type: number}}\n"
        "services: {pension: {label: Pension, eligibility: age >= 66}, coal: {label: Coal, eligibility: age > 200}}\n",
        encoding="utf-8",
    )
    pq.write_table(pa.table({"age": [66, 65, None, 70]}), tmp_path / "in.parquet")
    options = ["--taxonomy", str(tmp_path / "rules.yaml"), "--on", ON]

    assert main(["screen", str(tmp_path / "in.parquet"), *options, "--out", str(tmp_path / "out.parquet")]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "    eligible  not known yet  not eligible  service",
        "           2              1             1  Pension (pension)",
        "           0              1             3  Coal (coal)",
        "4 citizens on 2026-11-21",
        f"the status of each row is in {tmp_path / 'out.parquet'}",
    ]
    assert pq.read_table(tmp_path / "out.parquet").column("pension").to_pylist()[0] == "eligible"
    assert main(["screen", str(tmp_path / "nothing.parquet"), *options]) == 2


def test_the_command_says_what_is_wanting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Services without rules are no longer counted as if facts were missing; of the others it is said which are."""
    rules, table = tmp_path / "rules.yaml", tmp_path / "in.csv"
    rules.write_text(
        "circumstances: {age: {label: Age, type: number}, savings: {label: Savings, type: money}}\n"
        "services: {pension: {label: Pension, eligibility: age >= 66 and savings < 100}, alarm: {label: Alarm}}\n",
        encoding="utf-8",
    )
    table.write_text("age,savings\n70,\n,50\n30,\n80,20\n", encoding="utf-8")
    options = [str(table), "--taxonomy", str(rules), "--on", ON]

    assert main(["screen", *options]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "    eligible  not known yet  not eligible  service",
        "           1              2             1  Pension (pension)",
        "of 1 service no rules are written, so that nobody is decided: Alarm",
        "4 citizens on 2026-11-21",
    ]
    assert main(["screen", *options, "--deciding", "pension"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "        rows  would have to say, for Pension to be decided",
        "           1  Age (age)",
        "           1  Savings (savings)",
        "2 of 4 citizens are not decided on 2026-11-21",
    ]
    assert main(["screen", *options, "--deciding", "alarm"]) == 0
    assert capsys.readouterr().out == "of Alarm no rules are written: no fact would decide it\n"
    assert main(["screen", *options, "--deciding", "pensoin"]) == 2
    assert "did you mean `pension`?" in capsys.readouterr().err


def test_an_answer_is_not_written_under_the_name_of_a_csv_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would be Parquet all the same, and nothing could read it."""
    (tmp_path / "rules.yaml").write_text(
        "circumstances: {age: {label: Age, type: number}}\n"
        "services: {pension: {label: Pension, eligibility: age >= 66}}\n"
    )
    (tmp_path / "in.csv").write_text("age\n70\n")
    options = [str(tmp_path / "in.csv"), "--taxonomy", str(tmp_path / "rules.yaml"), "--on", ON]

    assert main(["screen", *options, "--out", str(tmp_path / "out.csv")]) == 2
    assert "P420: `" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_hints_of_the_command_name_its_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What Python calls `keep` and `wrong` is an option here, and a misspelt column may be one to keep."""
    (tmp_path / "rules.yaml").write_text(
        "circumstances: {age: {label: Age, type: number}}\n"
        "services: {pension: {label: Pension, eligibility: age >= 66}}\n"
    )
    (tmp_path / "in.csv").write_text("age,aged,ward\n70,x,N\nold,x,S\n")
    options = [str(tmp_path / "in.csv"), "--taxonomy", str(tmp_path / "rules.yaml"), "--on", ON]

    assert main(["screen", *options]) == 2
    assert capsys.readouterr().err.splitlines()[1::2] == [
        "hint: did you mean `age`? If not, leave it out, or keep it beside the answers: --keep aged",
        "hint: leave it out, or keep it beside the answers: --keep ward",
    ]
    assert main(["screen", *options, "--keep", "aged", "--keep", "ward"]) == 2
    assert (
        capsys.readouterr().err.splitlines()[1]
        == "hint: correct them, or have such cells taken as not known: --unknown"
    )


def test_an_indicator_has_a_range_where_something_is_not_known() -> None:
    """Of five in the north, three are eligible, one is not, and of one it is not known; two get the grant, one may."""
    table = pa.table(
        {
            "nation": ["north"] * 5,
            "savings": [0, 0, 0, 2000, None],
            "receives": [["grant"], [], None, [], ["grant"]],
            "working": [True, True, False, None, None],
            "area": ["a", "a", "a", "b", "b"],
        }
    )
    found = MODEL.screen(table, on=ON, keep=["area"]).indicators(by="area")

    # At least 1 of 3. At most: who may get it does, and who may be eligible is, so 3 of 4.
    assert found["grant-take-up"][""] == Measured(1, 3, Fraction(1, 3), Fraction(3, 4))
    assert found["grant-take-up"]["a"] == Measured(1, 3, Fraction(1, 3), Fraction(2, 3))
    assert found["grant-take-up"]["b"] == Measured(0, 0, Fraction(1), Fraction(1))
    assert found["work"][""] == Measured(2, 5, Fraction(2, 5), Fraction(4, 5))


def test_an_indicator_of_nobody_has_no_share() -> None:
    """Nought of nought is neither nought nor all."""
    found = MODEL.screen(pa.table({"nation": ["south"]}), on=ON).indicators()

    assert found["grant-take-up"][""] == Measured(0, 0, None, None)


def test_a_segment_is_that_of_the_day() -> None:
    """Its limit is a rate, which was another then."""
    table = pa.table({"age": [62]})

    assert MODEL.screen(table, on=ON).by("old")["old"]["coach"].total == 0
    assert MODEL.screen(table, on="2015-01-01").by("old")["old"]["coach"].total == 1
