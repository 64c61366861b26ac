"""Take-up of a small town, worked out by hand: counts, shares, pounds, the list, and what moves."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import lgbm
from lgbm.cli import main
from lgbm.population.bounds import Pounds, Rows, Share
from lgbm.population.library import pa
from lgbm.population.library import parquet as pq
from lgbm.population.movement.movement import Movement
from lgbm.population.tables.sources import BLOCK

ON = "2026-11-21"
RULES = """
taxonomy: {id: town, label: Town}
circumstances:
  age: {label: Age, type: number}
  income: {label: Income a week, type: money}
  employment: {label: Employment, type: choice, options: {employed: In work, unemployed: Out of work, retired: Retired}}
events:
  losing-a-job: {label: Losing a job, changes: {employment: unemployed}}
services:
  pension-credit:
    label: Pension Credit
    eligibility: age >= 66 and income < 227.10
    amounts: [{label: Top-up, value: 227.10 - income, every: week}]
    not_modelled: [Capital counts as income]
  bus-pass: {label: Bus pass, eligibility: age >= 66}
  out-of-work-benefit: {label: Out-of-work benefit, eligibility: employment = "unemployed" and age between 16 and 65}
  starter-grant:
    label: Starter grant
    eligibility: age between 16 and 25
    amounts:
      - {label: Grant, value: '150.50', every: once}
      - {label: Bursary, value: '10', every: month, when: employment = "unemployed"}
      - {label: Meals, value: '1.5', every: day, when: employment = "unemployed"}
      - {label: Fare, value: '20', every: four weeks, when: employment = "employed"}
      - {label: Books, value: '30', every: quarter, when: employment = "employed"}
  library: {label: Library, eligibility: age >= 0}
  unwritten: {label: Unwritten}
indicators:
  out-of-work-benefit-rate:
    label: Working-age people on out-of-work benefits
    of: age between 16 and 64
    counts: receives("out-of-work-benefit") and employment != "employed"
    unit: percent
    better: lower
  pension-credit-take-up:
    label: Take-up of Pension Credit
    of: eligible("pension-credit")
    counts: receives("pension-credit")
    better: higher
segments:
  pensioners: {label: Pensioners, members: age >= 66}
"""
MODEL = lgbm.loads(RULES)
PC, BUS, OWB = (f'receives("{one}")' for one in ("pension-credit", "bus-pass", "out-of-work-benefit"))
PEOPLE = pa.table(
    {
        "key": ["a", "b", "c", "d", "e", "f", "g", "h"],
        "area": ["east", "east", "east", "west", "west", "west", "west", None],
        "age": [70, 80, 66, 90, 70, 40, 50, None],
        "income": [200.00, 227.09, None, 100.00, 300.00, 0.00, 500.00, 127.10],
        "employment": ["retired"] * 5 + ["unemployed", "employed", None],
        PC: [False, True, False, None, True, False, False, False],
        BUS: [True, True, False, True, False, False, True, None],
        OWB: [False, False, False, False, False, False, False, False],
    }
)
"""Entitled to Pension Credit: a, b and d; perhaps c, whose income is not known, and h, whose age is not."""


def screening(**how: Any) -> Any:
    return MODEL.screen(PEOPLE, on=ON, keep=["key", "area"], **how)


def test_take_up_is_counted_by_service() -> None:
    """b claims; a does not, and perhaps neither do c, d and h; e receives what the rules do not give."""
    found = screening().take_up()["pension-credit"]

    assert found.entitled == Rows(3, 5)
    assert found.receiving == Rows(2, 3)
    assert found.claiming == Rows(1, 2)
    assert found.not_claiming == Rows(1, 4)
    assert found.receiving_otherwise == Rows(1, 1)
    assert found.told == 7


def test_take_up_is_a_share_of_those_entitled() -> None:
    """At least 1 of 5: b, not a, d, c and h. At most 2 of 3: b and d, not a."""
    rate = screening().take_up()["pension-credit"].rate

    assert (rate.low, rate.high) == (Fraction(1, 5), Fraction(2, 3))


def test_by_caseload_whoever_receives_counts_as_entitled() -> None:
    """At least 2 of 6: b and e, not a, c, d and h. At most 3 of 4: b, d and e, not a."""
    caseload = screening().take_up()["pension-credit"].caseload

    assert (caseload.low, caseload.high) == (Fraction(1, 3), Fraction(3, 4))


def test_what_is_not_claimed_is_reckoned_to_the_penny() -> None:
    """a misses £27.10 in 52 weeks: £1,409.20. d perhaps £127.10 (£6,609.20), h £100.00 (£5,200.00), c who knows."""
    found = screening().take_up()["pension-credit"]

    assert found.a_year == Pounds(Decimal("1409.20"), Decimal("13218.40"), Rows(0, 1))
    assert found.once is None


def test_payments_made_once_are_not_payments_by_the_year() -> None:
    """£150.50 once. Out of work £10 x 12 + £1.50 x 365 = £667.50 a year; in work £20 x 13 + £30 x 4 = £380.00."""
    table = pa.table(
        {"age": [20, 20, 30], "employment": ["unemployed", "employed", "employed"], "receives": [[], [], []]}
    )
    found = MODEL.screen(table, on=ON).take_up()["starter-grant"]

    assert found.a_year == Pounds(Decimal("1047.50"), Decimal("1047.50"))
    assert found.once == Pounds(Decimal("301.00"), Decimal("301.00"))


def test_a_service_that_states_no_amount_is_not_worth_nothing() -> None:
    """There is no sum at all, and the table names it."""
    found = screening().take_up()

    assert found["bus-pass"].a_year is None and found["bus-pass"].once is None
    assert "no amount is stated, so that nothing is said in pounds, of" in str(found)


def test_take_up_by_area_and_segment() -> None:
    """Who may belong to a segment widens its ranges; rows without an area are a group of their own."""
    by_area = screening().take_up("area")
    by_segment = screening().take_up(["pensioners"])

    assert by_area["pension-credit", "east"].not_claiming == Rows(1, 2)
    assert by_area["pension-credit", "west"].not_claiming == Rows(0, 1)
    assert by_area["pension-credit", "(not known)"].not_claiming == Rows(0, 1)
    assert by_area["pension-credit"] == screening().take_up()["pension-credit"]
    assert by_segment["library", "pensioners"].entitled == Rows(5, 6)
    assert by_segment["pension-credit", "pensioners"].not_claiming == Rows(1, 4)


def test_a_table_that_says_nothing_of_receipt_says_nothing_of_take_up() -> None:
    """It is said so, of services by name, and nobody is told to miss out for certain."""
    found = MODEL.screen(pa.table({"age": [70, 30], "income": [100, 100]}), on=ON).take_up()

    assert found["pension-credit"].told == 0
    assert found["pension-credit"].not_claiming == Rows(0, 1)
    assert found.shown() == ()
    assert "the table does not say who receives Pension Credit, Bus pass, Library" in str(found)


def test_a_list_of_what_is_received_is_complete() -> None:
    """Whoever has a list, and a service is not in it, does not receive it, though no rule asks for it."""
    found = MODEL.screen(pa.table({"age": [70, 70, 70], "receives": [["bus-pass"], [], None]}), on=ON).take_up()

    assert found["bus-pass"].claiming == Rows(1, 2)
    assert found["bus-pass"].not_claiming == Rows(1, 2)
    assert found["bus-pass"].told == 2


def test_take_up_is_told_in_a_table() -> None:
    """Most missed first; what is not said is said not to be."""
    assert str(screening().take_up()).splitlines() == [
        "Take-up",
        "",
        "service              entitled  claiming  not claiming           take-up       not claimed a year",
        "Bus pass               5 to 6    3 to 4        2 to 3  50.0 % to 66.7 %",
        "Pension Credit         3 to 5    1 to 2        1 to 4  20.0 % to 66.7 %  £1,409.20 to £13,218.40",
        "Out-of-work benefit    1 to 2         0        1 to 2             0.0 %",
        "",
        "the table does not say who receives Library",
        "nobody in the table receives, which is so only if it says of all of these who does: Out-of-work benefit",
        "no amount is stated, so that nothing is said in pounds, of Bus pass, Out-of-work benefit",
        "rows of whom the amount is not known, in no sum: Pension Credit 0 to 1",
        "conditions that are not checked may still stand in the way of Pension Credit",
        "received by some whom the rules here, on the facts here, do not give it, which may be right: "
        "Bus pass 1 to 2, Pension Credit 1",
        "each row counts by itself: what a couple or a family claims together may be counted for each of them",
        "pounds are the amounts that the taxonomy states: read their labels (`at most`, `for each child`)",
    ]


def test_what_nobody_receives_comes_last() -> None:
    """A table that does not hold a service says as much of it as one in which nobody has it: that is not first news."""
    found = MODEL.screen(pa.table({"age": [70, 80, 20], "receives": [["bus-pass"], [], []]}), on=ON).take_up()

    assert [one.service for one in found.shown()][:2] == ["bus-pass", "library"]
    assert "nobody in the table receives, which is so only if it says of all of these who does: Library" in str(found)


def test_the_list_holds_those_who_miss_out(tmp_path: Path) -> None:
    """Certain or possible, the columns kept, and what they miss; or only the certain ones."""
    missing = screening().not_claiming("pension-credit")
    missing.write(tmp_path / "campaign.parquet")
    rows = pq.read_table(tmp_path / "campaign.parquet").drop(["area"]).to_pylist()

    assert [tuple(row.values()) for row in rows] == [
        ("a", "certain", Decimal("1409.20"), Decimal("1409.20")),
        ("c", "possible", None, None),
        ("d", "possible", Decimal("6609.20"), Decimal("6609.20")),
        ("h", "possible", Decimal("5200.00"), Decimal("5200.00")),
    ]
    certain = screening().not_claiming("pension-credit", possible=False).to_arrow()
    assert certain.column("key").to_pylist() == ["a"]
    assert certain.schema.names == ["key", "area", "certainty", "a_year_at_least", "a_year_at_most"]
    assert screening().not_claiming("unwritten").to_arrow().num_rows == 0


def test_the_list_comes_block_by_block() -> None:
    """No more of it is worked out than is asked for."""
    many = pa.concat_tables([PEOPLE] * (3 * BLOCK // len(PEOPLE))).combine_chunks()
    given = iter(many.to_batches(max_chunksize=BLOCK // 4))
    first = next(MODEL.screen(given, on=ON, keep=["key", "area"]).not_claiming("pension-credit").batches())

    assert first.column("key").to_pylist()[0] == "a"
    # Of a dozen batches, at most the four of the first block and the one behind it have been taken.
    assert len(list(given)) >= 7


def test_indicators_by_segment_and_area() -> None:
    """Take-up of Pension Credit, as an indicator of the taxonomy, is what take-up reckons it to be."""
    by_segment, by_area = screening().indicators(["pensioners"]), screening().indicators("area")
    overall = by_segment["pension-credit-take-up"]

    assert (overall[""].low, overall[""].high) == (Fraction(1, 5), Fraction(2, 3))
    assert (overall["pensioners"].low, overall["pensioners"].high) == (Fraction(1, 5), Fraction(2, 3))
    assert by_area["pension-credit-take-up"]["east"].low == Fraction(1, 3)
    assert by_area["pension-credit-take-up"]["east"].high == Fraction(1, 2)


def test_the_rate_of_out_of_work_benefits_if_all_claimed() -> None:
    """Of f, g and perhaps h, nobody is on it; f is entitled and would be, h may be: 1 of 3, or 1 of 2, or 2 of 3."""
    found = screening().movement("out-of-work-benefit")
    moved = found["out-of-work-benefit-rate"]

    assert moved.before == Share(Fraction(0), Fraction(0))
    assert moved.after == Share(Fraction(1, 3), Fraction(2, 3))
    assert moved.change == Share(Fraction(1, 3), Fraction(2, 3))
    assert found["pension-credit-take-up"].change == Share(Fraction(0), Fraction(0))


@pytest.mark.parametrize(
    ("how", "after", "points"),
    [
        ({}, "100.0 %", "+75.0"),
        ({"share": 1}, "100.0 %", "+75.0"),
        ({"share": Fraction(1, 3)}, "50.0 %", "+25.0"),
        ({"to": 0.5}, "50.0 %", "+25.0"),
        ({"to": 0.1}, "25.0 %", "0.0"),
        ({"rise": Decimal("0.1")}, "35.0 %", "+10.0"),
        ({"rise": 0.9}, "100.0 %", "+75.0"),
    ],
    ids=str,
)
def test_take_up_rises_as_it_is_told_to(how: dict[str, Any], after: str, points: str) -> None:
    """One of four claims; more of the other three then do, never less than before, never more than all."""
    table = pa.table({"age": [70] * 5, "income": [100, 100, 100, 100, 500], PC: [True, False, False, False, False]})
    moved = MODEL.screen(table, on=ON).movement("pension-credit", **how)["pension-credit-take-up"]

    assert str(moved.before) == "25.0 %"
    assert (str(moved.after), moved.change.said(lambda one: f"{'+' if one else ''}{float(one * 100)}")) == (
        after,
        points,
    )


def test_an_event_moves_what_it_touches() -> None:
    """Everybody of working age loses the job; nobody of them is on a benefit before, nor after."""
    found = screening(event="losing-a-job").movement(by="area")
    eligible = screening(event="losing-a-job").take_up()["out-of-work-benefit"]

    assert found["out-of-work-benefit-rate"].change == Share(Fraction(0), Fraction(0))
    assert found["out-of-work-benefit-rate", "(not known)"].before == Share(Fraction(0), Fraction(0))
    assert eligible.entitled == Rows(2, 3)


def test_a_movement_is_told_with_what_it_assumes() -> None:
    """What moves, by how many points, whether that is for the better, and what does not move."""
    table = pa.table({"age": [70, 70, 30], "income": [100, 100, 100], PC: [True, False, False]})
    found = MODEL.screen(table, on=ON).movement("pension-credit", share=0.5)

    assert isinstance(found, Movement)
    assert str(found).splitlines() == [
        "If more claimed: Pension Credit",
        "",
        "indicator                  before   after  points  which is",
        "Take-up of Pension Credit  50.0 %  75.0 %   +25.0    better",
        "",
        "1 indicator does not move",
        "of those who are entitled to Pension Credit and do not receive it, 50.0 % then do, each as likely as another",
        "nothing else changes of them: not what they earn, have or do",
    ]


def test_nothing_moves_where_nobody_more_claims() -> None:
    """Even an indicator of which it is not known of whom it speaks, and which would move if anybody did."""
    coal = '  coal: {label: Coal, eligibility: receives("pension-credit") and income < 300}\n'
    taken = '  coal-take-up: {label: Coal, of: eligible("coal"), counts: receives("coal")}\n'
    rules = RULES.replace("services:\n", "services:\n" + coal).replace("indicators:\n", "indicators:\n" + taken)
    model = lgbm.loads(rules)
    receives = [["pension-credit", "coal"], ["pension-credit"], [], []]
    table = pa.table({"age": [70] * 4, "income": [100, None, 100, None], "receives": receives})

    found = model.screen(table, on=ON).movement("pension-credit", share=0)["coal-take-up"]

    assert found.before == Share(Fraction(1, 2), Fraction(1))
    assert (found.after, found.change) == (found.before, Share(Fraction(0), Fraction(0)))


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same on the command line, as tables and as data."""
    rules, table, out = (str(tmp_path / name) for name in ("rules.yaml", "in.parquet", "out.parquet"))
    Path(rules).write_text(RULES, encoding="utf-8")
    pq.write_table(PEOPLE, table)
    shared = [table, "--taxonomy", rules, "--on", ON, "--keep", "key"]

    assert main(["take-up", *shared, "--by", "area", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    west = next(one for one in data if one["service"] == "pension-credit" and one["group"] == "west")
    assert (west["entitled"], west["claiming"], west["rate"]) == ([1, 1], [0, 1], ["0", "1"])

    assert main(["take-up", *shared, "--keep", "area", "--service", "bus-pass"]) == 0
    told = capsys.readouterr().out
    assert "\nBus pass " in told and "Pension Credit" not in told
    assert main(["take-up", *shared, "--keep", "area", "--service", "bus-pas"]) == 2
    assert "did you mean `bus-pass`?" in capsys.readouterr().err

    assert main(["take-up", *shared, "--keep", "area", "--list", "pension-credit", "--certain", "--out", out]) == 0
    assert capsys.readouterr().out == f"those who miss out on Pension Credit are in {out}\n"
    assert pq.read_table(out).column("key").to_pylist() == ["a"]

    assert main(["indicators", *shared, "--by", "area"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines[3:]].count("Take-up of Pension Credit") == 4
    assert lines[2].split() == ["indicator", "group", "share", "counted", "of"]
    assert lines[-1] == "counted, and of: rows of which that is certain"
    assert main(["indicators", *shared, "--keep", "area", "--json"]) == 0
    data = next(one for one in json.loads(capsys.readouterr().out) if one["indicator"] == "pension-credit-take-up")
    assert (data["counted"], data["of"]) == (1, 3)
    assert main(["indicators", *shared, "--keep", "area", "--claiming", "out-of-work-benefit", "--to", "0.5"]) == 0
    assert "If more claimed: Out-of-work benefit" in capsys.readouterr().out
    assert main(["take-up", *shared, "--keep", "area", "--list", "pension-credit"]) == 2
    assert main(["indicators", *shared, "--keep", "area", "--share", "0.5"]) == 2
    assert "--claiming SERVICE" in capsys.readouterr().err
    assert main(["indicators", *shared, "--keep", "area", "--claiming", "bus-pass", "--to", "much"]) == 2
    assert "P456" in capsys.readouterr().err
