"""Pensions, incomes, savings and debts."""

from __future__ import annotations

import numpy as np

from lgbm.population.residents.drawing import Draw, Flags, Real, normal, uniform_of
from lgbm.population.residents.home import OUTRIGHT, PRIVATE, SOCIAL
from lgbm.population.residents.households import People
from lgbm.population.residents.identity import step

SAVINGS = (0.0, 0.0, 0.13, 0.39, 0.47, 0.61, 0.64, 0.71, 0.74, 0.77, 0.80, 0.92, 0.98, 1.0)
SAVINGS_AT = (0, 0, 0, 1500, 3000, 8000, 10000, 16000, 20000, 25000, 30000, 100000, 250000, 900000)
"""How large a share has savings up to so much (a person or a couple): the Family Resources Survey; above £30,000,
our assumption."""
STATE_PENSION = ((16, 208.0), (76, 178.0))
"""Pounds a week on average: of the new State Pension, and of the older one."""
BASIC_STATE_PENSION = 184.90
HAS_OTHER_PENSION, OTHER_PENSION = 0.66, 100.0
DEBT_SOLUTIONS = ("none", "debt-relief-order", "iva", "bankrupt", "trust-deed", "debt-arrangement", "moratorium")


def add(draw: Draw, people: People, pension_age: Flags) -> None:
    """Money that comes in, and money that is there."""
    age, luck = people.age, people.homes.fortune[people.home]
    receives = pension_age & (draw.uniform() < 0.985)
    draw.put("_state_pension", receives)
    full = step(STATE_PENSION, age) * np.where(people.female, 0.95, 1.03) * (0.52 + 0.66 * np.sqrt(draw.uniform()))
    state = np.where(receives, full, 0.0)
    older = (age >= 76) & receives
    basic = np.where(older, np.minimum(BASIC_STATE_PENSION * (0.4 + draw.uniform()), BASIC_STATE_PENSION), 0.0)
    draw.pounds("basic_state_pension_weekly", basic, pension_age, pence=True)
    other = (
        (draw.linked(luck, 0.35) > 1 - HAS_OTHER_PENSION)
        * OTHER_PENSION
        * np.exp(1.0 * (0.5 * luck + 0.87 * normal(draw.uniform())))
    )
    early = (age >= 55) & draw.is_option("employment", "retired")
    private = np.where(pension_age | early, other, 0.0)
    draw.flag("may_inherit_state_pension", 0.12, pension_age)
    draw.flag("lived_in_uk_ten_of_twenty_years", 0.98, age >= 79)
    savings = _savings(draw, people)
    draw.pounds("own_savings", np.where(draw["has_partner"], savings / 2, savings))
    interest = np.where(draw["has_partner"], savings / 2, savings) * 0.03
    yearly = draw.pounds("annual_income", draw["weekly_earnings"] * 0.52 + (state + private) * 52 + interest)
    week = draw["monthly_take_home"] * 0.12 / 52 + state + private * 0.9
    both = week + np.where(people.partner >= 0, week[people.partner], 0.0)
    draw.pounds("weekly_income", both, pence=True)
    of_home = np.bincount(people.home, weights=yearly, minlength=len(people.homes.kind))[people.home]
    draw.pounds("yearly_income_of_the_home", of_home)
    draw.flag("gets_other_pension_or_war_benefit", np.where(pension_age, 0.02, 0.002))
    _for_study(draw, people, yearly)
    _hardship(draw, people, both)


def _savings(draw: Draw, people: People) -> Real:
    unit, luck = people.unit, people.homes.fortune[people.home]
    tenure = draw["housing_tenure"]
    better = np.select([tenure == OUTRIGHT, tenure == SOCIAL, tenure == PRIVATE], [0.75, -0.9, -0.45], 0.05)
    z = 0.45 * luck + better + np.sqrt(1 - 0.2) * normal(draw.uniform())
    share = uniform_of((z - 0.03) / 1.22)[unit]
    found = np.interp(share, np.asarray(SAVINGS[2:]), np.asarray(SAVINGS_AT[2:], np.float64))
    return draw.pounds("savings", np.where(share < 0.13, 0.0, found))


def _for_study(draw: Draw, people: People, yearly: Real) -> None:
    """What the parents of a student have; of students on their own, what they have with a partner."""
    pair = yearly + np.where(people.partner >= 0, yearly[people.partner], 0.0)
    heads = people.place == 0
    of_parents = np.zeros(len(people.homes.kind))
    of_parents[people.home[heads]] = pair[heads]
    income = np.where(people.grown_child, of_parents[people.home], pair)
    studies = (
        draw.is_option("student_level", "school", "further-education", "higher-education") | draw["starts_university"]
    )
    draw.pounds("household_income_for_study", income, studies | draw["_child_16_to_20"])
    young = draw.is_option("student_level", "school", "further-education") | draw["_child_16_to_20"]
    draw.whole("young_people_in_household", np.maximum(1, draw["_children"]), young)


def _hardship(draw: Draw, people: People, week: Real) -> None:
    unit, luck = people.unit, people.homes.fortune[people.home]
    poor = np.where(week < 350, 1.6, np.where(week < 600, 1.0, 0.45))
    hard = draw.put("finds_costs_hard", (draw.linked(luck, 0.35) < 0.24 * poor)[unit])
    draw.put("income_fell_recently", (draw.uniform() < np.where(hard, 0.12, 0.04))[unit])
    debt = draw.put("in_problem_debt", (draw.uniform() < np.where(hard, 0.22, 0.015))[unit])
    draw.pounds("total_debts", 1000 * np.exp(2.0 + 1.1 * normal(draw.uniform())), debt)
    draw.pounds("left_over_each_month", np.maximum(-50 + draw.uniform() * 350, 0), debt)
    draw.pounds("worth_of_possessions", 500 + draw["savings"] / 100 + draw.uniform() * 1500, debt)
    solution = np.where(draw.uniform() < 0.93, 0, 1 + (draw.uniform() * 2).astype(np.int64))
    draw.choice("debt_solution", DEBT_SOLUTIONS, solution, debt)
    draw.flag("breathing_space_in_last_year", 0.05, debt)
    draw.flag("mental_health_crisis_treatment", 0.01, debt)
    draw.flag("debt_relief_order_in_last_six_years", 0.05, debt)
    draw.put(
        "other_adult_on_low_income", draw.uniform() < 0.03, (people.adults_at_home > 1) & (draw["savings"] > 16_000_00)
    )
