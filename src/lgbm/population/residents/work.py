"""Work, hours and pay, and National Insurance."""

from __future__ import annotations

import numpy as np

from lgbm.population.residents import shares as s
from lgbm.population.residents.drawing import Draw, Flags, Real, normal
from lgbm.population.residents.households import CARE_HOME, People
from lgbm.population.residents.identity import by_age, step

EMPLOYMENTS = ("employed", "self-employed", "unemployed", "not-working", "retired")
MINIMUM_WAGE = ((16, 8.00), (18, 10.85), (21, 12.71))
"""Pounds an hour from April 2026, by age."""
FULL_TIME_HOURLY, PART_TIME_HOURLY = 19.4, 13.6
"""The middle of pay, before the minimum wage is looked at."""
PAY_BY_AGE = ((16, 0.62), (20, 0.72), (25, 0.92), (30, 1.03), (40, 1.10), (50, 1.07), (60, 0.97))
RETIRED_EARLY = ((55, 0.10), (60, 0.35), (63, 0.55))
"""Of people without work below pension age, those who have retired."""
PERSONAL_ALLOWANCE, HIGHER_RATE_FROM, ADDITIONAL_RATE_FROM = 12_570.0, 50_270.0, 125_140.0


def take_home(earnings: Real, pension: float = 0.05) -> Real:
    """Pounds a month after pension, tax and National Insurance, of pounds a year: by the rates of England, for all."""
    taxed = earnings * (1 - pension)
    allowance = np.clip(PERSONAL_ALLOWANCE - np.maximum(taxed - 100_000.0, 0) / 2, 0, None)
    over = np.maximum(taxed - allowance, 0)
    basic = HIGHER_RATE_FROM - PERSONAL_ALLOWANCE
    tax = 0.2 * over + 0.2 * np.maximum(over - basic, 0) + 0.05 * np.maximum(taxed - ADDITIONAL_RATE_FROM, 0)
    insurance = 0.08 * np.clip(earnings - 12_570.0, 0, 37_700.0) + 0.02 * np.maximum(earnings - 50_270.0, 0)
    return (taxed - tax - insurance) / 12


def add(draw: Draw, people: People, pension_age: Flags) -> None:
    """What somebody works and earns."""
    _employment(draw, people, pension_age)
    _pay(draw, people)
    _job(draw, people)
    _insurance(draw, people, pension_age)


def _employment(draw: Draw, people: People, pension_age: Flags) -> None:
    age, luck = people.age, people.homes.fortune[people.home]
    chance = by_age(s.WORK_FROM, s.IN_WORK, age)
    chance = chance * np.where(age < 66, np.where(draw["disabled"], s.WORK_OF_DISABLED, s.WORK_OF_OTHERS), 1.0)
    chance = chance * np.where(draw["full_time_education"] & (age >= 18), 0.62, 1.0)
    chance = chance * np.where(draw["limited_capability_for_work"], 0.27, 1.0)
    chance = chance * np.where(draw["weekly_caring_hours"] >= 35, 0.6, 1.0)
    chance = np.minimum(chance, 0.965) * (people.homes.kind[people.home] != CARE_HOME) * draw["right_to_work_in_uk"]
    works = draw.linked(luck, 0.30) >= 1 - chance
    own = works & (draw.uniform() < by_age(s.WORK_FROM, s.SELF_EMPLOYED, age))
    looks = (draw.linked(-luck, 0.1) >= 1 - by_age(s.WORK_FROM, s.LOOKING, age)) & ~draw["full_time_education"]
    retired = np.where(pension_age, True, draw.uniform() < step(((16, 0.0), *RETIRED_EARLY), age)) & ~looks
    codes = np.select([own, works, looks, retired], [1, 0, 2, 4], 3)
    draw.choice("employment", EMPLOYMENTS, codes)
    draw.put("looking_for_work", (codes == 2) | ((codes == 3) & (draw.uniform() < 0.03)))


def _pay(draw: Draw, people: People) -> None:
    age, luck = people.age, people.homes.fortune[people.home]
    own = draw.is_option("employment", "self-employed")
    works = own | draw.is_option("employment", "employed")
    full_time = draw.uniform() < np.where(people.female, 0.69, 0.90) * np.where(age >= 66, 0.4, 1.0) * np.where(
        draw["full_time_education"], 0.12, 1.0
    ) * np.where(draw["disabled"], 0.86, 1.0)
    spread = draw.uniform()
    hours = np.rint(np.where(full_time, 35 + spread * 7, 8 + spread * 22))
    draw.whole("weekly_hours", hours, works)
    z = 0.5 * luck + np.sqrt(1 - 0.25) * normal(draw.uniform())
    middle = np.where(full_time, FULL_TIME_HOURLY * step(PAY_BY_AGE, age), PART_TIME_HOURLY)
    hourly = np.maximum(middle * np.exp(0.45 * z), step(MINIMUM_WAGE, age))
    own_week = 395.0 * np.where(full_time, 1.25, 0.6) * np.exp(0.75 * z)
    weekly = draw.pounds("weekly_earnings", np.where(own, own_week, hourly * hours), works, pence=True)
    month = draw.pounds("monthly_take_home", take_home(weekly * 52, 0.05), works, pence=True)
    draw.pounds("net_weekly_earnings", month * 12 / 52, works, pence=True)
    draw.pounds("average_weekly_earnings", np.where(draw.is_option("employment", "employed"), weekly, 0.0), pence=True)
    draw.pounds("average_pay_in_best_13_weeks", weekly, pence=True)


def _job(draw: Draw, people: People) -> None:
    employed, own = draw.is_option("employment", "employed"), draw.is_option("employment", "self-employed")
    idle = ~employed & ~own
    longest = np.maximum(people.age - 16, 0) * 12
    months = draw.whole(
        "months_with_employer", np.minimum(-75.0 * np.log(1 - draw.uniform() * 0.995), longest), employed
    )
    draw.put("employed_26_weeks_by_qualifying_week", employed & (months >= 9))
    weeks = np.where(employed, np.minimum(66, months * 4), np.where(own, 66, 0))
    draw.whole("weeks_worked_in_test_period", np.where(idle & (draw.uniform() < 0.12), 20, weeks))
    draw.whole("weeks_helping_spouse_in_business", np.zeros(draw.count))
    draw.flag("apprentice", np.where(people.age < 19, 0.25, np.where(people.age < 25, 0.03, 0.003)), employed)
    draw.flag("newly_self_employed", 0.11, own)
    draw.flag("on_leave_from_work", 0.025, employed)
    soon = np.where(draw.is_option("employment", "unemployed"), 0.08, 0.002)
    draw.flag("starts_job_soon", soon, idle)
    draw.flag("about_to_work", soon * 1.5, idle)
    draw.flag("wants_own_business", np.where(own, 0.15, 0.01))
    sick = draw.flag("off_sick", np.where(draw["disabled"], 0.03, 0.008), employed)
    draw.whole("weeks_of_sick_pay", draw.uniform() * 20, sick)
    draw.flag("maternity_stops_sick_pay", 0.01, sick)
    draw.flag("employment_and_support_allowance_in_last_12_weeks", 0.01, sick)
    draw.put("gets_statutory_sick_pay", sick & (draw.uniform() < 0.7))
    _lost_job(draw, idle, months)


def _lost_job(draw: Draw, idle: Flags, months: np.ndarray) -> None:
    redundant = draw.flag("made_redundant", np.where(draw.is_option("employment", "unemployed"), 0.12, 0.002))
    insolvent = draw.put("employer_insolvent", redundant & (draw.uniform() < 0.06))
    lost = redundant | insolvent
    draw.whole("years_with_employer", np.where(idle, draw.uniform() * 12, months // 12), lost)
    draw.pounds("weekly_pay_in_lost_job", 350 + draw.uniform() * 500, lost)
    draw.flag("refused_suitable_work", 0.03, redundant)
    since = draw.whole("months_since_job_ended", np.where(idle, draw.uniform() * 8, 0), lost)
    draw.flag("claimed_redundancy_pay_in_time", 0.9, lost & (since >= 6))
    draw.flag("employer_owes_money", 0.8, insolvent)
    offer = draw.flag("job_offer_in_last_six_months", np.where(draw.is_option("employment", "employed"), 0.06, 0.004))
    draw.flag("job_start_payment_in_last_two_years", 0.02, (draw["nation"] == 2) & offer)
    out = draw.flag("out_of_work_at_job_offer", 0.3, offer)
    draw.whole("months_out_of_work", draw.uniform() * 10, out)
    draw.choice("benefit_at_job_offer", ("none", "less", "six-months"), np.where(draw.uniform() < 0.8, 0, 1), offer)


def _insurance(draw: Draw, people: People, pension_age: Flags) -> None:
    age = people.age
    employed, own = draw.is_option("employment", "employed"), draw.is_option("employment", "self-employed")
    enough = employed & (draw["weekly_earnings"] >= 129_00) & (draw["months_with_employer"] >= 12)
    paid = draw.flag(
        "paid_class_1_ni", np.where(enough, 0.98, np.where(employed, 0.6, np.where(pension_age, 0.02, 0.12)))
    )
    draw.put("paid_class_1_or_2_ni", paid | (own & (draw.uniform() < 0.9)))
    draw.flag("credited_ni_in_both_years", np.where(enough | own, 0.9, np.where(pension_age, 0.1, 0.5)))
    draw.flag("earlier_ni_years_count", np.where(employed, 0.02, 0.15))
    years = np.clip((np.minimum(age, 66) - 18) * (0.72 + 0.28 * draw.uniform()), 0, 49)
    draw.whole("ni_qualifying_years", np.where(draw.is_option("citizenship", "british", "irish"), years, years * 0.5))
    draw.flag("gap_in_ni_record", np.where(enough | pension_age, 0.03, np.where(age < 18, 0.0, 0.3)))
    draw.choices(
        "ni_credit_reasons",
        ("jury-service", "approved-training", "parental-pay", "forces-abroad", "wrongly-imprisoned", "too-ill"),
        draw.chance.random((draw.count, 6)) < np.array([0.002, 0.004, 0.012, 0.0005, 0.0, 0.01]),
    )
    draw.flag(
        "paid_income_tax_this_year", np.where(draw["weekly_earnings"] > 24_200, 0.97, np.where(pension_age, 0.45, 0.05))
    )
