"""What citizens receive, as it follows from their circumstances and from how many claim; and facts about these awards.

Amounts are reckoned roughly, by the rates of 2026-27, to tell who can have an award. They are not the rules of the
taxonomy: whoever compares the two measures our roughness too.
"""

from __future__ import annotations

import numpy as np

from lgbm.population.residents import awards
from lgbm.population.residents.drawing import Draw, Flags, Real
from lgbm.population.residents.home import PRIVATE, SOCIAL, SUPPORTED, TEMPORARY
from lgbm.population.residents.households import CARE_HOME, People

TAKE_UP = {
    "universal-credit": 0.80,
    "pension-credit": 0.65,
    "housing-benefit": 0.83,
    "council-tax-reduction": 0.75,
    "child-benefit": 0.97,
    "carers": 0.97,
    "attendance": 0.72,
    "tax-free-childcare": 0.45,
    "scottish-child-payment": 0.92,
    "council-tax-single-person-discount": 0.93,
    "marriage-allowance": 0.5,
    "older-persons-bus-pass": 0.78,
    "healthy-start": 0.65,
    "blue-badge": 0.6,
    "free-school-meals": 0.88,
    "winter-fuel-payment": 0.97,
    "free-tv-licence": 0.85,
}
AWARDED_PIP = 0.56
"""Of people below pension age who need help or have difficulty getting around."""
STILL_PIP, STILL_PIP_UNTIL = 0.25, 80
STANDARD, STANDARD_YOUNG, COUPLE, COUPLE_YOUNG = 424.90, 338.58, 666.97, 528.34
FIRST_CHILD, NEXT_CHILD, HEALTH, CARER = 351.88, 303.94, 429.80, 209.34
WORK_ALLOWANCE, TAPER = 427.0, 0.55
IN_WORK_CLAIMS = 0.74
GUARANTEE, GUARANTEE_COUPLE, SEVERE = 238.00, 363.25, 86.05


def disability(draw: Draw, people: People, pension_age: Flags) -> None:
    """Disability benefits, which other answers look at."""
    needs, around = draw["needs_help_with_daily_tasks"], draw["mobility_difficulty"]
    luck = people.homes.fortune[people.home]
    some = (needs | around) & draw["habitually_resident"]
    pip = np.where(pension_age, STILL_PIP * (people.age < STILL_PIP_UNTIL), AWARDED_PIP) * np.where(
        draw["nation"] == 2, 1.15, 0.97
    )
    gets = draw.put("_pip", some & (draw.linked(luck, 0.2) < pip))
    draw.put("_attendance", needs & pension_age & ~gets & (draw.uniform() < TAKE_UP["attendance"]))
    living = np.where(needs, np.where(draw.uniform() < 0.55, 2, 1), 0)
    moving = np.where(around, np.where(draw.uniform() < 0.62, 2, 1), 0)
    # Whoever has an award has one of the two parts.
    living = np.where((living == 0) & (moving == 0), 1, living)
    rates = ("none", "standard", "enhanced")
    draw.choice("daily_living_component", rates, living * gets, gets)
    draw.choice("mobility_component", rates, moving * gets, gets)
    eight = gets & (moving == 2) & (draw.uniform() < 0.6)
    awards = np.zeros((draw.count, 9), np.bool_)
    awards[:, 2] = eight
    awards[:, 4] = gets & (moving == 2) & ~eight & (draw.uniform() < 0.5)
    awards[:, 0] = pension_age & needs & ~gets & ~draw["_attendance"] & (draw.uniform() < 0.03)
    names = (
        "dla-care-middle-or-highest",
        "dla-mobility-higher",
        "moving-around-8",
        "journeys-10",
        "journeys-12",
        "war-pensioners-mobility",
        "armed-forces-independence",
        "armed-forces-compensation",
        "constant-attendance",
    )
    draw.choices("disability_awards", names, awards)
    draw.put("_care_benefit", draw["_attendance"] | (gets & (living > 0)) | awards[:, 0])


def add(draw: Draw, people: People, pension_age: Flags) -> None:
    """Everything that is received, in `_receives`, and the facts about it."""
    unit, partner, nation = people.unit, people.partner, draw["nation"]
    young = np.where(partner >= 0, ~pension_age[partner], False)
    pensioners = pension_age & ~young
    public = ~draw["no_recourse_to_public_funds"] | draw["public_funds_exception"]
    may = public & draw["habitually_resident"] & (people.age >= 18) & (people.homes.kind[people.home] != CARE_HOME)
    credit = _universal_credit(draw, people, pensioners, may)
    guarantee = _pension_credit(draw, people, pensioners, may)
    found: dict[str, Flags] = {"universal-credit": credit, "pension-credit": draw["_pension_credit"]}
    tenure = draw["housing_tenure"]
    rents = np.isin(tenure, (PRIVATE, SOCIAL, TEMPORARY, SUPPORTED))
    left = draw["weekly_income"] / 100 - guarantee - 15
    rent = draw["monthly_rent"] / 100 * 12 / 52
    old = (
        pensioners
        & rents
        & (rent > 0.65 * np.maximum(left, 0))
        & ((draw["savings"] <= 16_000_00) | found["pension-credit"])
    )
    placed = ~pensioners & np.isin(tenure, (TEMPORARY, SUPPORTED)) & credit
    claims = draw.uniform()[unit]
    found["housing-benefit"] = ((old & may) | placed) & (claims < TAKE_UP["housing-benefit"])
    poor = found["pension-credit"] | found["housing-benefit"] | (credit & (draw["monthly_take_home"] < 1100_00))
    found["council-tax-reduction"] = (
        poor & draw["council_tax_liable"] & (nation != 3) & (draw.uniform()[unit] < TAKE_UP["council-tax-reduction"])
    )
    _by_disability(draw, found, pension_age)
    _families(draw, found, people, public)
    _others(draw, found, people, pension_age)
    awards.add(draw, people, found)
    draw.choices("receives", tuple(found), np.stack(list(found.values()), axis=1))


def _universal_credit(draw: Draw, people: People, pensioners: Flags, may: Flags) -> Flags:
    unit, partner, couple = people.unit, people.partner, draw["has_partner"]

    def both(values: Real) -> Real:
        return values + np.where(couple, values[partner], 0.0)

    under = (people.age < 25) & np.where(couple, people.age[partner] < 25, True)
    standard = np.where(couple, np.where(under, COUPLE_YOUNG, COUPLE), np.where(under, STANDARD_YOUNG, STANDARD))
    children = draw["_children"]
    for_children = np.where(children > 0, FIRST_CHILD + NEXT_CHILD * np.maximum(children - 1, 0), 0.0)
    ill = both(draw["limited_capability_for_work"].astype(np.float64)) > 0
    cares = (draw["weekly_caring_hours"] >= 35) & draw["cared_for_gets_disability_benefit"]
    carer = np.minimum(both(cares.astype(np.float64)), 1) * CARER
    private = draw["housing_tenure"] == PRIVATE
    rent = (
        draw["monthly_rent"]
        / 100
        * np.where(private, 0.78, 1.0)
        * ~np.isin(draw["housing_tenure"], (TEMPORARY, SUPPORTED))
    )
    pay = both(draw["monthly_take_home"] / 100)
    allowance = np.where((children > 0) | ill, WORK_ALLOWANCE, 0.0)
    other = np.maximum(draw["weekly_income"] / 100 - pay * 12 / 52, 0) * 52 / 12
    award = standard + for_children + ill * HEALTH + carer + rent - TAPER * np.maximum(pay - allowance, 0) - other
    student: Flags = draw["full_time_education"] & (children == 0) & ~draw["limited_capability_for_work"]
    student = np.where(couple, student & student[partner], student)
    eligible: Flags = ~pensioners & may[unit] & (draw["savings"] <= 16_000_00) & ~student & (award > 15)
    # The smaller an award would be, the fewer claim it; of people in work, fewer still.
    works = np.where(pay > 0, IN_WORK_CLAIMS, 1.0)
    claims = (
        draw.uniform()[unit]
        < works * np.where(award < 150, 0.45, np.where(award < 400, 0.74, 0.96)) * TAKE_UP["universal-credit"] / 0.8
    )
    found: Flags = (eligible & claims)[unit]
    return found


def _pension_credit(draw: Draw, people: People, pensioners: Flags, may: Flags) -> Real:
    unit, couple = people.unit, draw["has_partner"]
    alone = ~couple & (people.adults_at_home == 1)
    guarantee = np.where(couple, GUARANTEE_COUPLE, GUARANTEE) + np.where(alone & draw["_care_benefit"], SEVERE, 0.0)
    tariff = np.ceil(np.maximum(draw["savings"] / 100 - 10_000, 0) / 500)
    income = draw["weekly_income"] / 100 + tariff
    eligible = pensioners & may[unit] & (income < guarantee[unit])
    claims = draw.uniform()[unit] < TAKE_UP["pension-credit"]
    draw.put("_pension_credit", (eligible & claims)[unit] & pensioners)
    return guarantee[unit]


def _by_disability(draw: Draw, found: dict[str, Flags], pension_age: Flags) -> None:
    scotland = draw["nation"] == 2
    pip, old = draw["_pip"], draw["_attendance"]
    found["personal-independence-payment"], found["adult-disability-payment"] = pip & ~scotland, pip & scotland
    found["attendance-allowance"], found["pension-age-disability-payment"] = old & ~scotland, old & scotland
    for_child = draw["_child_benefit_for_disability"] & draw["main_carer_of_child"]
    found["disability-living-allowance-for-children"], found["child-disability-payment"] = (
        for_child & ~scotland,
        for_child & scotland,
    )
    cares = (
        (draw["weekly_caring_hours"] >= 35) & draw["cared_for_gets_disability_benefit"] & ~draw["another_carer_claims"]
    )
    cares &= (draw["net_weekly_earnings"] <= 204_00) & ~draw["full_time_education"] & draw["habitually_resident"]
    cares &= draw.uniform() < TAKE_UP["carers"]
    draw.put("entitled_to_carers_benefit", cares)
    paid = cares & ~draw["_state_pension"]
    found["carers-allowance"], found["carer-support-payment"] = paid & ~scotland, paid & scotland
    ill = (
        draw["limited_capability_for_work"]
        & ~pension_age
        & draw["paid_class_1_or_2_ni"]
        & ~draw.is_option("employment", "employed")
    )
    found["new-style-employment-and-support-allowance"] = ill & (draw.uniform() < 0.6)
    found["new-style-jobseekers-allowance"] = (
        draw.is_option("employment", "unemployed") & draw["paid_class_1_ni"] & (draw.uniform() < 0.3)
    )
    found["state-pension"] = draw["_state_pension"]
    severe = draw["severe_walking_difficulty"] | draw.is_option("mobility_component", "enhanced")
    found["blue-badge"] = severe & (draw.uniform() < TAKE_UP["blue-badge"])


def _families(draw: Draw, found: dict[str, Flags], people: People, public: Flags) -> None:
    unit, partner, nation = people.unit, people.partner, draw["nation"]
    carer = draw["main_carer_of_child"] & (draw["_children"] > 0)
    # Of two mothers, the first has it.
    carer &= (unit == np.arange(draw.count)) | ~np.where(partner >= 0, carer[partner], False)
    income = np.maximum(draw["annual_income"], np.where(partner >= 0, draw["annual_income"][partner], 0))
    chance = np.where(income > 80_000_00, 0.55, TAKE_UP["child-benefit"])
    found["child-benefit"] = carer & public & draw["habitually_resident"] & (draw.uniform() < chance)
    credit = found["universal-credit"]
    found["scottish-child-payment"] = (
        carer & (nation == 2) & credit & draw["_child_under_16"] & (draw.uniform() < TAKE_UP["scottish-child-payment"])
    )
    works = draw.is_option("employment", "employed", "self-employed") & (draw["weekly_earnings"] >= 203_00)
    works &= np.where(partner >= 0, works[partner], True) & (income <= 100_000_00)
    found["tax-free-childcare"] = (
        carer & works & draw["uses_registered_childcare"] & ~credit & (draw.uniform() < TAKE_UP["tax-free-childcare"])
    )
    meals = credit & carer & (draw["monthly_take_home"] >= 0) & draw["_child_under_16"]
    found["free-school-meals"] = meals & (draw.uniform() < TAKE_UP["free-school-meals"])
    small = credit & (draw["pregnant"] | (carer & draw["_child_under_4"])) & (draw["monthly_take_home"] <= 408_00)
    claims = draw.uniform() < TAKE_UP["healthy-start"]
    found["healthy-start"], found["best-start-foods"] = small & (nation != 2) & claims, small & (nation == 2)
    mother = (
        draw["gave_birth_recently"]
        & ~draw.is_option("employment", "employed")
        & (draw["weeks_worked_in_test_period"] >= 26)
    )
    found["maternity-allowance"] = mother & (draw.uniform() < 0.5)


def _others(draw: Draw, found: dict[str, Flags], people: People, pension_age: Flags) -> None:
    nation, age, some = draw["nation"], people.age, draw.uniform
    liable = draw["council_tax_liable"] & (people.adults_at_home - draw["adults_not_counted"] == 1) & (nation != 3)
    found["council-tax-single-person-discount"] = liable & (some() < TAKE_UP["council-tax-single-person-discount"])
    rich = draw["annual_income"] > 35_000_00
    winter = (
        pension_age & ~rich & (people.homes.kind[people.home] != CARE_HOME) & (some() < TAKE_UP["winter-fuel-payment"])
    )
    found["winter-fuel-payment"], found["pension-age-winter-heating-payment"] = (
        winter & (nation != 2),
        winter & (nation == 2),
    )
    pass_age = np.where(nation == 0, pension_age, age >= 60)
    found["older-persons-bus-pass"] = pass_age & (some() < TAKE_UP["older-persons-bus-pass"])
    found["free-tv-licence"] = (age >= 75) & found["pension-credit"] & (some() < TAKE_UP["free-tv-licence"])
    married = draw["married_or_civil_partner"] & (draw["annual_income"] < 12_570_00)
    other = np.where(people.partner >= 0, draw["annual_income"][people.partner], 0)
    taxed = (other > 12_570_00) & (other <= 50_270_00)
    found["marriage-allowance"] = married & taxed & (some() < TAKE_UP["marriage-allowance"])
    bill = (found["universal-credit"] | found["pension-credit"]) & draw["pays_electricity_bill"]
    found["warm-home-discount"] = bill & (nation != 2) & (nation != 3) & (some() < 0.85)
    found["warm-home-discount-scotland"] = bill & (nation == 2) & (some() < 0.8)
    found["priority-services-register"] = (pension_age | draw["disabled"]) & (some() < 0.4)
