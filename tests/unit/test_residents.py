"""The synthetic population: the same seed gives the same people, all of them possible, and the totals come out."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lgbm
from lgbm.cli import main
from lgbm.population.residents import batches, synthetic
from lgbm.population.residents.assumptions import ASSUMPTIONS
from lgbm.population.residents.drawing import balanced, born, days, generator, pick, whole_months
from lgbm.population.residents.figures import FIGURES
from lgbm.population.residents.identity import reached_pension_age
from lgbm.population.residents.making import drawn
from lgbm.population.residents.marginals import MEASURES, compared
from lgbm.population.residents.page import page
from lgbm.population.residents.sources import SOURCES
from lgbm.population.residents.table import ABOUT
from lgbm.population.residents.work import take_home
from lgbm.rules.days import months_between

pa: Any = pytest.importorskip("pyarrow")
ON = date(2026, 11, 21)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def model() -> lgbm.Model:
    return lgbm.load("four-nations")


def as_profile(row: dict[str, Any]) -> dict[str, Any]:
    """A row as somebody would state it: what is null is not known."""

    def known(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: known(one) for name, one in value.items() if one is not None}
        return [known(one) for one in value] if isinstance(value, list) else value

    return {name: known(one) for name, one in row.items() if one is not None and name not in ABOUT}


def test_the_same_seed_gives_the_same_table() -> None:
    """Nothing but the seed and the day decides who is drawn."""
    assert synthetic(3000, 5, on=ON).equals(synthetic(3000, 5, on=ON))
    assert not synthetic(3000, 5, on=ON).equals(synthetic(3000, 6, on=ON))


@pytest.mark.parametrize("size", [1_000, 7_777, 16_384, 40_000])
def test_the_size_of_batches_changes_nobody(size: int) -> None:
    """Batches are windows on the same people; only the last is smaller."""
    whole = synthetic(20_000, 1, on=ON)

    parts = list(batches(20_000, 1, size, on=ON))

    assert pa.Table.from_batches(parts).equals(whole)
    assert [one.num_rows for one in parts[:-1]] == [size] * (len(parts) - 1)


def test_a_longer_table_begins_with_the_shorter_one() -> None:
    """More people are asked for: those of before stay."""
    assert synthetic(20_000, 2, on=ON).slice(0, 500).equals(synthetic(500, 2, on=ON))


def test_a_table_of_nobody_has_columns_and_no_rows() -> None:
    """An empty table is a table."""
    empty = synthetic(0, on=ON)

    assert empty.num_rows == 0
    assert empty.column_names == synthetic(1, on=ON).column_names


@pytest.mark.parametrize(("seed", "unknown"), [(0, 0.0), (11, 0.0), (12, 0.1), (13, 0.5)])
def test_every_row_is_a_possible_citizen(model: lgbm.Model, seed: int, unknown: float) -> None:
    """No row contradicts the taxonomy: no unknown option, no fact that nobody would be asked, no wrong formula."""
    rows = synthetic(150, seed, unknown=unknown, on=ON, model=model).to_pylist()

    for row in rows:
        model.resolve(as_profile(row), on=ON)


@pytest.mark.parametrize("nation", ["england", "wales", "scotland", "northern-ireland"])
def test_one_nation_can_be_drawn_alone(model: lgbm.Model, nation: str) -> None:
    """Its people are as possible as those of all."""
    table = synthetic(60, 3, nation=nation, on=ON, model=model)

    assert set(table["nation"].to_pylist()) == {nation}
    for row in table.to_pylist():
        model.resolve(as_profile(row), on=ON)


def test_no_row_states_what_follows_by_a_formula(model: lgbm.Model) -> None:
    """What is derived is left to the rules."""
    derived = {name for name, one in model.circumstances.items() if one.formula is not None}

    assert derived.isdisjoint(synthetic(1, on=ON).column_names)


def test_most_services_are_decided(model: lgbm.Model) -> None:
    """Where a service has rules and is offered, nearly everybody has an answer."""
    rows = synthetic(150, 4, on=ON, model=model).to_pylist()
    with_rules = {name for name, one in model.services.items() if one.eligibility is not None}

    open_ = sum(
        decision.id in with_rules for row in rows for decision in model.resolve(as_profile(row), on=ON).undetermined
    )

    assert open_ / (len(rows) * len(with_rules)) < 0.002


def test_making_facts_unknown_changes_nobody_else() -> None:
    """What is known with some facts unknown is what is known with none unknown."""
    whole, part = synthetic(2000, 9, on=ON), synthetic(2000, 9, unknown=0.3, on=ON)

    for name in whole.column_names:
        pairs = list(zip(whole[name].to_pylist(), part[name].to_pylist(), strict=True))
        assert all(_within(some, full) for full, some in pairs), name
    gone = part["disabled"].null_count / part.num_rows
    assert 0.25 < gone < 0.35


def _within(some: Any, whole: Any) -> bool:
    if some is None:
        return True
    if isinstance(some, dict):
        return all(_within(one, whole[name]) for name, one in some.items())
    if isinstance(some, list) and some and isinstance(some[0], dict):
        return len(some) == len(whole) and all(_within(one, two) for one, two in zip(some, whole, strict=True))
    return bool(some == whole)


def test_partners_are_each_others_partner() -> None:
    """What a citizen tells of her partner is what the partner tells of himself, and they have the same children."""
    rows = synthetic(4000, 8, on=ON).to_pylist()
    pairs = 0
    for one, two in pairwise(rows):
        if one["household"] == two["household"] and one["has_partner"] and two["has_partner"]:
            pairs += 1
            assert one["partner"]["date_of_birth"] == two["date_of_birth"]
            assert two["partner"]["weekly_earnings"] == (one["weekly_earnings"] or 0)
            assert one["children"] == two["children"]
            assert one["savings"] == two["savings"]
            assert one["area"] == two["area"]
    assert pairs > 1000


def test_a_grown_up_pupil_is_a_row_and_a_child() -> None:
    """Whoever stays at school at 16 is a citizen of her own, and on the list of her parents."""
    table = synthetic(20_000, 8, on=ON).to_pylist()
    births = {(row["household"], child["date_of_birth"]) for row in table for child in row["children"]}
    pupils = [row for row in table if row["student_level"] == "school" and row["housing_tenure"] == "family-or-friends"]

    assert len(pupils) > 100
    assert all((row["household"], row["date_of_birth"]) in births for row in pupils)


def test_the_totals_come_out() -> None:
    """A draw of 200,000 people lies as near to every published figure as the figure asks."""
    found = compared(synthetic(200_000, 0, on=ON), ON)

    far = {name: (one.figure.published, round(one.here, 2)) for name, one in found.items() if not one.near}
    assert far == {}


def test_every_figure_is_measured_and_has_a_source() -> None:
    """Nothing is claimed that nobody checks, and no source stands there for nothing."""
    assert set(MEASURES) == set(FIGURES)
    assert {one.source for one in FIGURES.values()} | {"mid-2024"} == set(SOURCES)
    assert ASSUMPTIONS


def test_the_page_shows_the_figures_of_the_code() -> None:
    """Write it again: python -m lgbm.population.residents.page > docs/reference/synthetic-population.md"""
    assert (ROOT / "docs" / "reference" / "synthetic-population.md").read_text(encoding="utf-8") == page()


@given(st.dates(date(1920, 1, 1), ON), st.dates(ON, date(2030, 12, 31)))
def test_months_are_counted_as_the_rules_count_them(start: date, end: date) -> None:
    """The column of months is the function of the language, one by one."""
    found = whole_months(np.array([days(start)]), end)

    assert found.tolist() == [months_between(start, end).months]


@given(st.integers(0, 100), st.floats(0, 0.999999), st.dates(date(2020, 1, 1), date(2031, 1, 1)))
def test_a_date_of_birth_has_the_age_that_was_drawn(age: int, uniform: float, on: date) -> None:
    """Whole years between the two are the age; on 29 February, that of the day before."""
    found = born(np.array([age]), np.array([uniform]), on)

    day = on if (on.month, on.day) != (2, 29) else date(on.year, 2, 28)
    assert whole_months(found, day)[0] // 12 == age


def test_pension_age_is_that_of_the_rules(model: lgbm.Model) -> None:
    """What is drawn for pensioners is drawn for those who are pensioners by the law."""
    draw, people = drawn(3, 0, ON)
    near = np.flatnonzero((people.age >= 64) & (people.age <= 68))[:120]
    reached = reached_pension_age(draw, people)
    assert 20 < reached[near].sum() < 100

    for row in near.tolist():
        birth = date.fromordinal(int(people.birth[row]) + date(1970, 1, 1).toordinal())
        stated = {"date_of_birth": birth, "reached_state_pension_age": bool(reached[row])}
        model.resolve(stated, on=ON)
        with pytest.raises(lgbm.ProfileError):
            model.resolve({**stated, "reached_state_pension_age": not reached[row]}, on=ON)


def test_take_home_pay_is_pay_less_tax_and_insurance() -> None:
    """£30,000 a year, no pension: tax (30000 - 12570) x 20% = 3486, insurance (30000 - 12570) x 8% = 1394.40."""
    assert take_home(np.array([30_000.0]), 0.0).tolist() == [pytest.approx((30_000 - 3486 - 1394.40) / 12)]
    # £60,000: tax 37700 x 20% + 9730 x 40% = 11432, insurance 37700 x 8% + 9730 x 2% = 3210.60.
    assert take_home(np.array([60_000.0]), 0.0).tolist() == [pytest.approx((60_000 - 11_432 - 3210.60) / 12)]


def test_shares_are_balanced_to_both_totals() -> None:
    """Rows and columns of the table have the sums that were asked for."""
    found = balanced(np.array([[1.0, 1.0], [1.0, 3.0]]), np.array([30.0, 70.0]), np.array([60.0, 40.0]))

    assert found.sum(axis=1).round(6).tolist() == [0.3, 0.7]
    assert found.sum(axis=0).round(6).tolist() == [0.6, 0.4]


@settings(max_examples=25)
@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=6), st.integers(0, 1000))
def test_a_pick_is_one_of_the_options(shares: list[float], seed: int) -> None:
    """However shares are given, what is picked has one."""
    found = pick(generator(seed).random(50), shares)

    assert found.min() >= 0
    assert found.max() < len(shares)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"count": -1}, "a population has no fewer than no people, and a batch has at least one"),
        (
            {"count": 1, "nation": "cornwall"},
            "there is no nation called `cornwall`; there are england, wales, scotland, northern-ireland",
        ),
        ({"count": 1, "unknown": 1.5}, "the share of unknown facts lies between 0 and 1"),
    ],
)
def test_what_cannot_be_drawn_is_refused(given: dict[str, Any], words: str) -> None:
    """The complaint says what is wrong, before anything is drawn."""
    with pytest.raises(ValueError, match="^" + words.replace("(", r"\(") + "$"):
        synthetic(**given)


def test_the_command_writes_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file holds the people that Python would draw."""
    out = tmp_path / "people.parquet"

    assert main(["synthetic", "--count", "50", "--seed", "4", "--on", "2026-11-21", "--out", str(out)]) == 0
    assert "50 invented people" in capsys.readouterr().out
    import pyarrow.parquet as parquet  # type: ignore[import-untyped]

    assert parquet.read_table(out)["savings"].to_pylist() == synthetic(50, 4, on=ON)["savings"].to_pylist()
    assert [one.name for one in tmp_path.iterdir()] == ["people.parquet"]


def test_the_command_refuses_what_it_cannot_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong nation or a wrong ending leaves no file behind."""
    assert main(["synthetic", "--nation", "cornwall", "--out", str(tmp_path / "a.csv")]) == 2
    assert main(["synthetic", "--out", str(tmp_path / "a.xlsx")]) == 2
    told = capsys.readouterr().err
    assert "there is no nation called `cornwall`" in told
    assert "a table ends in .parquet or .csv" in told
    assert list(tmp_path.iterdir()) == []
