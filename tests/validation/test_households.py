"""What is asked of the oracle covers the edges of the law, and makes profiles that the taxonomy accepts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

import lgbm
from tests.validation.columns import columns
from tests.validation.edges import EDGES
from tests.validation.facts import CARER_BENEFITS, Reckoned, facts
from tests.validation.households import NATIONS, Household, households, years_on

ON = date(2026, 10, 6)
FIGURES = (
    "adjusted_net_income",
    "carers_allowance_earnings",
    "uc_individual_earned_income",
    "maintenance_loan_household_income",
    "uc_housing_costs_element",
    "is_entitled_to_carer_benefit",
    "in_receipt_of_guarantee_credit",
    "weekly_income",
    "uc_childcare_element",
    "receives_carer_benefit",
    *CARER_BENEFITS,
    "tax_free_childcare_eligible",
)


@pytest.fixture(scope="module")
def drawn() -> list[Household]:
    """Enough households for every edge to be met at every value."""
    return list(households(5_000, 1, ON))


def reckoned(family: Household) -> Reckoned:
    """An oracle that pays everything, and finds nothing for anybody."""
    nothing = dict.fromkeys(FIGURES, 0.0)
    awards = ("universal-credit", "pension-credit", "housing-benefit", "child-benefit")
    return Reckoned(nothing, tuple(dict(nothing) for _ in (*family.adults, *family.children)), awards)


def test_every_threshold_is_tried_on_both_sides(drawn: list[Household]) -> None:
    """Each value of each edge is somebody's."""
    met = defaultdict(set)
    for one in drawn:
        name, _, value = one.edge.partition(": ")
        met[name].add(value)

    assert {name: {str(value) for value in edge.values} for name, edge in EDGES.items()} == {
        name: values for name, values in met.items() if name
    }


def test_an_edge_is_where_it_says(drawn: list[Household]) -> None:
    """The drawn household has the value that it was drawn for."""
    by_edge = {one.edge: one for one in drawn}

    assert by_edge["savings: 16000.01"].savings == Decimal("16000.01")
    assert by_edge["earnings of a carer: 204.01"].citizen.pay == Decimal("204.01")
    assert years_on(by_edge["citizen turns 75: 1"].citizen.born, ON) == 74
    assert years_on(by_edge["citizen turns 75: 0"].citizen.born, ON) == 75
    assert years_on(by_edge["child turns 16: 1"].children[0].born, ON) == 15
    assert years_on(by_edge["child turns 16: -1"].children[0].born, ON) == 16


def test_half_of_the_households_stand_at_an_edge(drawn: list[Household]) -> None:
    """The other half is drawn freely, from all nations and of all ages."""
    free = [one for one in drawn if not one.edge]

    assert len(free) * 2 == len(drawn)
    assert {one.nation for one in free} == set(NATIONS)
    assert {years_on(one.citizen.born, ON) for one in free} == set(range(16, 96))
    assert any(one.partner for one in free)
    assert any(len(one.children) == 3 for one in free)


def test_the_same_seed_draws_the_same_households() -> None:
    """A run can be repeated."""
    assert list(households(200, 7, ON)) == list(households(200, 7, ON))
    assert list(households(200, 7, ON)) != list(households(200, 8, ON))


def test_every_household_is_a_valid_profile(drawn: list[Household]) -> None:
    """The taxonomy reads what is stated of each citizen without a complaint."""
    model = lgbm.load("uk")

    for one in drawn[:1000]:
        model.profile(facts(one, reckoned(one), ON))


def test_the_columns_have_an_entry_for_everybody(drawn: list[Household]) -> None:
    """Every column is as long as there are people, or households."""
    asked = columns(drawn, ON)
    people = sum(len(one.adults) + len(one.children) for one in drawn)

    assert {len(column) for column in asked["person"].values()} == {people} == {len(asked["household_of"])}
    assert {len(column) for column in asked["household"].values()} == {len(drawn)}
