"""Who somebody is, where she lives and on what terms, and with whom."""

from __future__ import annotations

import numpy as np

from lgbm.population.residents import shares as s
from lgbm.population.residents.drawing import Draw, Flags, Real, Whole, pick, pick_by, whole_months
from lgbm.population.residents.households import ALONE, People, area_names

CITIZENSHIPS = ("british", "irish", "commonwealth", "eu", "eea", "other")
ABROAD = np.array([0.06, 0.39, 0.33, 0.01, 0.21])
"""Of people without British citizenship: Irish, of the Commonwealth, of the EU, of the EEA, of other countries."""
NOT_BRITISH = 0.103
YOUNGER_ABROAD = ((0, 1.1), (20, 1.6), (45, 0.9), (60, 0.35))
STATUSES = (
    "citizen",
    "settled",
    "pre-settled",
    "refugee",
    "seeking-asylum",
    "ukraine-scheme",
    "partner",
    "other-permission",
    "none",
)
STATUS_OF = np.array(
    [
        [1.0, 0.00, 0.00, 0.00, 0.000, 0.00, 0.00, 0.00, 0.000],
        [1.0, 0.00, 0.00, 0.00, 0.000, 0.00, 0.00, 0.00, 0.000],
        [0.0, 0.38, 0.00, 0.04, 0.010, 0.00, 0.08, 0.48, 0.010],
        [0.0, 0.72, 0.22, 0.00, 0.000, 0.00, 0.01, 0.04, 0.010],
        [0.0, 0.72, 0.22, 0.00, 0.000, 0.00, 0.01, 0.04, 0.010],
        [0.0, 0.33, 0.00, 0.08, 0.035, 0.06, 0.07, 0.41, 0.015],
    ]
)
MARRIED_FROM = np.array([16, 25, 30, 35, 45, 55, 65, 75])
MARRIED = np.array([0.18, 0.42, 0.67, 0.79, 0.84, 0.89, 0.95, 0.97])
"""Of people who live in a couple, those who are married or in a civil partnership, by the age of the older."""


def step(table: tuple[tuple[int, float], ...], age: Whole) -> Real:
    """The figure for each age, of a table that names the ages from which its figures hold."""
    firsts = np.array([first for first, _ in table])
    figures = np.array([figure for _, figure in table])
    return figures[np.maximum(np.searchsorted(firsts, age, side="right") - 1, 0)]


def by_age(firsts: Whole, figures: Real, age: Whole) -> Real:
    """The figure for each age: *figures* hold from *firsts* on."""
    return figures[np.maximum(np.searchsorted(firsts, age, side="right") - 1, 0)]


def reached_pension_age(draw: Draw, people: People) -> Flags:
    """Whether State Pension age is reached: 66, rising by a month for each month of birth from 6 April 1960 on to 67.

    Born from 6 April 1977 on, nobody reaches it before 2044.
    """
    steps = np.arange("1960-04-06", "1961-03-07", dtype="datetime64[D]")
    ends = steps[[one.day == 6 for one in steps.astype(object)]].astype(np.int64)
    months = 792 + np.searchsorted(ends, people.birth, side="right")
    late = people.birth >= np.datetime64("1977-04-06").astype(np.int64)
    return (whole_months(people.birth, draw.on) >= months) & ~late


def add(draw: Draw, people: People) -> None:
    """Nation and area, birth, couple, citizenship and permission to stay."""
    home, unit = people.home, people.unit
    draw.choice("nation", s.NATIONS, people.homes.nation[home])
    region = people.homes.region[home]
    names = tuple(s.REGIONS)
    england = draw["nation"] == 0
    draw.put("lives_in_london", region == names.index("london"), england)
    draw.choice("area", area_names()[0], people.homes.area[home])
    draw.choice("region", names, region)
    draw.choice("council", ("elsewhere",), np.zeros(draw.count, np.int64))
    draw.day("date_of_birth", people.birth)
    draw.choice("sex_on_birth_record", ("female", "male"), ~people.female)
    couple = draw.put("has_partner", people.partner >= 0)
    older = np.maximum(people.age, people.age[people.partner])
    drawn = draw.uniform()[unit]
    draw.put("married_or_civil_partner", drawn < by_age(MARRIED_FROM, MARRIED, older), couple)
    draw.put(
        "married_now", (draw["married_or_civil_partner"]) | (~couple & (draw.uniform() < 0.02) & (people.age >= 30))
    )
    draw.whole("adults_in_home", people.adults_at_home)
    _abroad(draw, people)


def _abroad(draw: Draw, people: People) -> None:
    unit = people.unit
    abroad = draw.uniform()[unit] < (NOT_BRITISH * step(YOUNGER_ABROAD, people.age))[unit]
    country = np.where(abroad, 1 + pick(draw.uniform()[unit], ABROAD), 0)
    draw.choice("citizenship", CITIZENSHIPS, country)
    status = draw.choice("immigration_status", STATUSES, pick_by(draw.uniform()[unit], country, STATUS_OF))
    foreign = country >= 2
    draw.put("lawfully_in_uk", status != STATUSES.index("none"), foreign)
    early = draw.is_option("immigration_status", "settled") & (draw.uniform()[unit] < 0.9)
    draw.put("in_uk_by_end_of_2020", early, foreign)
    draw.flag("family_of_eu_citizen", np.where(country == 3, 0.6, 0.03), foreign)
    draw.flag("citizenship_approved", 0.01, foreign)
    draw.flag("eu_voting_rights", np.where(early, 1.0, 0.3), country == 3)
    without = draw.put(
        "no_recourse_to_public_funds",
        draw.is_option("immigration_status", "seeking-asylum", "partner", "other-permission", "none"),
    )
    draw.flag("public_funds_exception", 0.03, without)
    settled = draw.is_option("immigration_status", "citizen", "settled", "refugee", "ukraine-scheme", "pre-settled")
    draw.flag("habitually_resident", np.where(status == 0, 0.997, np.where(settled, 0.97, 0.85)))
    draw.flag("arrived_in_uk_recently", np.where(status == 0, 0.002, np.where(settled, 0.04, 0.25)))
    asylum = draw.is_option("immigration_status", "seeking-asylum")
    draw.put("asylum_support", asylum & (draw.uniform()[unit] < 0.8))
    draw.flag("destitute_within_14_days", 0.9, asylum)
    draw.flag("had_integration_loan", 0.1, draw.is_option("immigration_status", "refugee"))
    draw.flag(
        "has_national_insurance_number",
        np.where(status == 0, np.where(people.age == 16, 0.9, 0.999), np.where(asylum, 0.1, 0.93)),
    )
    draw.put("right_to_work_in_uk", ~asylum & (status != STATUSES.index("none")))
    draw.flag("registered_with_gp", np.where(status == 0, 0.98, 0.9))
    draw.flag("student_residence", np.where(status == 0, 0.99, np.where(settled, 0.9, 0.05)))


def lone_parent(people: People) -> Flags:
    """Whether somebody brings up children without a partner."""
    found: Flags = people.parent & (people.homes.kind[people.home] == ALONE)
    return found
