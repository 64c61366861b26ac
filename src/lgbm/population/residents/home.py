"""The home: whose it is, what it costs, council tax, energy and vehicles."""

from __future__ import annotations

from functools import cache

import numpy as np

from lgbm.population.residents import shares as s
from lgbm.population.residents.drawing import Draw, Real, Whole, balanced, normal, pick, pick_by, uniform_of
from lgbm.population.residents.households import CARE_HOME, COUPLE, SHARED, People
from lgbm.population.residents.identity import lone_parent

TENURES = (
    *s.TENURES,
    "temporary-accommodation",
    "supported-accommodation",
    "family-or-friends",
    "care-home",
    "no-home",
)
OUTRIGHT, MORTGAGE, PRIVATE, SOCIAL, TEMPORARY, SUPPORTED, FAMILY, CARE, NOWHERE = range(9)
PRIVATE_RENT = (1230.0, 826.0, 1021.0, 875.0)
"""Pounds a month, on average: England without London, Wales, Scotland, Northern Ireland."""
LONDON_RENT = 2260.0
SOCIAL_RENT = (520.0, 470.0, 410.0, 390.0)
RATINGS, RATING_SHARES = tuple("abcdefg"), np.array([0.005, 0.04, 0.48, 0.385, 0.07, 0.015, 0.005])
LANDLORDS = ("council", "housing-association", "housing-executive")
LANDLORD_SHARES = np.array([[0.39, 0.61, 0.0], [0.38, 0.62, 0.0], [0.53, 0.47, 0.0], [0.0, 0.35, 0.65]])
METERED = np.array([0.61, 0.48, 0.01, 0.0])


@cache
def _tenures() -> Real:
    """For each nation and age band, the shares of tenures: a row each, nation by nation."""
    rows: list[Real] = []
    people = s.adults()
    for nation in s.NATIONS:
        here = people[[one == nation for one, _ in s.REGIONS.values()]].sum(axis=0)
        heads, shared = here * (s.IN_COUPLE / 2 + s.ON_OWN), (here * s.WITH_OTHERS).sum() / s.SHARING
        wanted = np.array(s.TENURE_OF_NATION[nation]) * (heads.sum() + shared)
        # Homes that are shared are rented from private landlords; the others have what is left.
        wanted[PRIVATE] -= shared
        table = balanced(s.TENURE_SHAPE, heads, wanted)
        rows.extend(table / table.sum(axis=1, keepdims=True))
    return np.array(rows)


def add(draw: Draw, people: People) -> None:
    """The home and its costs, the same for all who live there."""
    homes, home = people.homes, people.home
    count = len(homes.kind)
    lone = np.zeros(count, np.bool_)
    lone[home[lone_parent(people)]] = True
    hardship = -homes.fortune + np.where(lone, 0.75, -0.05)
    drawn = uniform_of(0.5 * hardship + np.sqrt(1 - 0.25) * normal(draw.chance.random(count)))
    tenure = pick_by(drawn, homes.nation * len(s.IN_COUPLE) + homes.band, _tenures())
    rare = draw.chance.random(count)
    rents = (tenure == PRIVATE) | (tenure == SOCIAL)
    tenure = np.select(
        [homes.kind == CARE_HOME, homes.kind == SHARED, rents & (rare < 0.012), rents & (rare < 0.030), rare > 0.9996],
        [CARE, PRIVATE, TEMPORARY, SUPPORTED, NOWHERE],
        tenure,
    )
    own = np.where(people.grown_child, FAMILY, tenure[home])
    draw.choice("housing_tenure", TENURES, own)
    _rent(draw, people, own)
    draw.choice("home_energy_rating", RATINGS, pick(draw.chance.random(count), RATING_SHARES)[home])
    draw.put("water_meter", (draw.chance.random(count) < METERED[homes.nation])[home])
    _tenancy(draw, people, own)
    _council_tax(draw, people, own)
    _travel(draw, people)


def _rent(draw: Draw, people: People, tenure: Whole) -> None:
    homes, home = people.homes, people.home
    count, nation = len(homes.kind), draw["nation"]
    other = draw.flag(
        "pays_other_rent", np.where(tenure == FAMILY, 0.3, 0.01), np.isin(tenure, (OUTRIGHT, MORTGAGE, FAMILY))
    )
    z = normal(draw.chance.random(count))[home] + 0.3 * homes.fortune[home]
    rooms = 0.8 + 0.13 * np.minimum(homes.child.sum(axis=1), 3)[home] + 0.08 * (homes.kind == COUPLE)[home]
    market = np.where(draw["lives_in_london"], LONDON_RENT, np.array(PRIVATE_RENT)[nation]) * 1.095
    of_home = np.where(np.isin(tenure, (SOCIAL, SUPPORTED)), np.array(SOCIAL_RENT)[nation], market)
    spread = np.where(np.isin(tenure, (SOCIAL, SUPPORTED)), 0.18, 0.36)
    share = np.where(homes.kind == SHARED, homes.adult.sum(axis=1) * 0.62, 1.0)[home]
    rent = of_home * rooms * np.exp(spread * z - spread * spread / 2) / share
    pays = np.isin(tenure, (PRIVATE, SOCIAL, TEMPORARY, SUPPORTED)) | other
    draw.pounds("monthly_rent", np.where(other, 250.0, rent), pays)
    owns = np.isin(tenure, (OUTRIGHT, MORTGAGE))
    draw.pounds("weekly_housing_charges", np.where(draw.uniform() < 0.08, 25.0, 0.0), owns)
    interest = draw.put("pays_interest_on_home_loan", (tenure == MORTGAGE) | (owns & (draw.uniform() < 0.01)), owns)
    draw.flag("mortgage_loan_starts_again", 0.003, interest)
    draw.flag("within_warm_homes_limit_after_housing_costs", 0.2, np.isin(tenure, (MORTGAGE, PRIVATE)))
    draw.flag("staying_only_for_now", 0.05, tenure == FAMILY)


def _tenancy(draw: Draw, people: People, tenure: Whole) -> None:
    unit = people.unit
    social = tenure == SOCIAL
    draw.choice("social_landlord", LANDLORDS, pick_by(draw.uniform()[unit], draw["nation"], LANDLORD_SHARES), social)
    draw.whole("years_as_public_tenant", np.minimum(draw.uniform()[unit] * 28, people.age - 16), social)
    for name, chance in (
        ("trial_tenancy", 0.05),
        ("home_was_sold_by_council", 0.02),
        ("took_over_tenancy_from_family", 0.03),
    ):
        draw.put(name, draw.uniform()[unit] < chance, social)
    rents = np.isin(tenure, (PRIVATE, SOCIAL, TEMPORARY))
    draw.flag("at_risk_of_homelessness", np.where(rents, 0.012, np.where(tenure >= FAMILY, 0.008, 0.002)))
    draw.put("home_in_bad_repair", (draw.uniform() < np.where(rents, 0.10, 0.04))[unit])
    draw.put("moved_home", (draw.uniform() < np.where(tenure == PRIVATE, 0.05, 0.012))[unit])
    draw.flag("home_unsafe", 0.002)
    draw.put("stays_in_home_five_years", draw.uniform() < np.where(tenure == PRIVATE, 0.4, 0.9))
    draw.put("home_set_up_for_disability", draw["disabled"] & (draw.uniform() < 0.08))
    draw.put("home_adapted_for_disabled_person", draw["disabled"] & (draw.uniform() < 0.08))


def _council_tax(draw: Draw, people: People, tenure: Whole) -> None:
    homes, home = people.homes, people.home
    students = np.bincount(home, weights=draw["full_time_education"] & (people.age >= 18), minlength=len(homes.kind))[
        home
    ]
    self_student = draw["full_time_education"] & (people.age >= 18)
    several = people.adults_at_home > 1
    draw.whole("adults_not_counted", np.minimum(students, people.adults_at_home), several)
    others = people.adults_at_home - (people.age >= 18)
    draw.put("other_adults_are_students", several & (students - self_student >= others), several)
    draw.put("other_adults_do_not_stand_in_for_care", draw.uniform() < 0.05, several)
    exempt = (students >= people.adults_at_home) & (homes.kind == SHARED)[home]
    joint = draw.uniform() < 0.6
    liable = ~np.isin(tenure, (FAMILY, CARE, NOWHERE)) & ~exempt & ((homes.kind != SHARED)[home] | joint)
    draw.put("council_tax_liable", liable & (people.age >= 18))
    draw.put("pays_rates", liable & (tenure != SOCIAL), draw["nation"] == 3)
    draw.put("pays_electricity_bill", ~np.isin(tenure, (FAMILY, CARE, NOWHERE)))
    draw.flag("others_count_as_living_alone", 0.1, (draw["nation"] == 3) & (people.age >= 70) & several)
    disabled_others = np.bincount(home, weights=draw["disabled"], minlength=len(homes.kind))[home] - draw["disabled"]
    draw.put("other_disabled_person_in_home", disabled_others > 0, several)


def _travel(draw: Draw, people: People) -> None:
    age, luck = people.age, people.homes.fortune
    vehicle = draw.linked(luck[people.home], 0.3) > np.where(
        age < 20, 0.87, np.where(age < 30, 0.56, np.where(age >= 80, 0.6, 0.31))
    )
    draw.put("has_driving_licence", vehicle | (draw.uniform() < np.where(age < 17, 0.2, 0.45)))
    draw.put("keeps_vehicle", vehicle)
    draw.put(
        "lives_in_permit_zone",
        (draw.chance.random(len(luck)) < np.array([0.12, 0.06, 0.07, 0.02])[people.homes.nation])[people.home],
    )
