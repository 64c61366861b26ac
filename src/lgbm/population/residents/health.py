"""Disability, the help that it calls for, and caring for others."""

from __future__ import annotations

import numpy as np

from lgbm.population.residents import shares as s
from lgbm.population.residents.drawing import Draw, Flags, Real, Whole, normal
from lgbm.population.residents.households import CARE_HOME, People
from lgbm.population.residents.identity import by_age, step

LIMITS_WORK = 0.50
LIMITED_CAPABILITY = 0.68
HELP_WITH_TASKS = ((16, 0.36), (55, 0.36), (66, 0.40), (80, 0.60))
HARD_TO_GET_AROUND = ((16, 0.28), (45, 0.45), (66, 0.55), (80, 0.72))
CONDITIONS = (
    "diabetes-medicine",
    "diabetes-diet",
    "cancer",
    "epilepsy",
    "underactive-thyroid",
    "cannot-go-out-alone",
    "other-exempt",
    "glaucoma",
)
CONDITION_CHANCES = np.array([0.060, 0.015, 0.015, 0.009, 0.045, 0.010, 0.010, 0.020])
CARERS = (0.0495, 0.0208, 0.0305)
"""Of adults, those who care for 1 to 19 hours a week, for 20 to 49, and for 50 or more."""
CARING_BY_AGE = ((16, 0.35), (25, 0.60), (35, 0.95), (45, 1.45), (55, 1.55), (65, 1.15), (75, 0.85), (85, 0.5))


def _months(draw: Draw, middle: float) -> Whole:
    """A time that has lasted: a few months for some, many years for others."""
    return np.clip(middle * np.exp(1.0 * normal(draw.uniform())), 1, 400).astype(np.int64)


def add(draw: Draw, people: People, pension_age: Flags) -> None:
    """Health and what follows from it; then caring."""
    age = people.age
    luck = people.homes.fortune[people.home]
    in_care_home = people.homes.kind[people.home] == CARE_HOME
    disabled = draw.linked(luck, 0.25) < np.where(in_care_home, 0.98, by_age(s.DISABLED_FROM, s.DISABLED, age))
    draw.put("disabled", disabled)
    draw.flag("terminally_ill", np.where(age >= 66, 0.02, 0.006), disabled)
    draw.flag("terminally_ill_without_time_limit", 0.02, disabled & (draw["nation"] == 2))
    limits = draw.flag("health_limits_work", np.where(age >= 66, 0.7, LIMITS_WORK), disabled)
    draw.flag("limited_capability_for_work", np.where(pension_age, 0.05, LIMITED_CAPABILITY), limits)
    help_ = draw.put(
        "needs_help_with_daily_tasks", in_care_home | (draw.uniform() < step(HELP_WITH_TASKS, age)), disabled
    )
    draw.whole("months_needing_help", _months(draw, 40.0), help_)
    draw.whole("help_expected_to_last_months", np.where(draw.uniform() < 0.88, 24, 4), disabled)
    around = draw.flag("mobility_difficulty", step(HARD_TO_GET_AROUND, age), disabled)
    draw.whole("months_mobility_difficulty", _months(draw, 40.0), around)
    draw.flag("severe_walking_difficulty", 0.40, around)
    draw.flag("drives_with_both_arms_disabled", 0.001, disabled)
    draw.flag("other_travel_disability", 0.08, disabled)
    draw.flag("condition_makes_work_hard", 0.45, disabled)
    _senses(draw, age, disabled)
    likely = CONDITION_CHANCES[None, :] * (np.where(age >= 66, 2.2, np.where(age >= 40, 1.1, 0.35)))[:, None]
    draw.choices("health_conditions", CONDITIONS, draw.chance.random((draw.count, len(CONDITIONS))) < likely)
    draw.flag("close_relative_with_glaucoma", 0.05, age >= 40)
    _caring(draw, people, luck)


def _senses(draw: Draw, age: Whole, disabled: Flags) -> None:
    old = np.where(age >= 75, 6.0, np.where(age >= 60, 1.5, 0.4))
    sight = draw.uniform()
    codes = np.where(sight < 0.0022 * old, 2, np.where(sight < 0.0050 * old, 1, 0)) * disabled
    draw.choice("sight_impairment", ("none", "partial", "severe"), codes)
    draw.flag("registered_severely_sight_impaired", 0.9, codes == 2)
    draw.flag("cannot_do_work_that_needs_sight", 0.8, codes > 0)
    draw.put("serious_sight_loss", (codes > 0) | (draw.uniform() < 0.002 * old))
    draw.put("deaf", disabled & (draw.uniform() < 0.012 * old))
    draw.put("hearing_loss", draw["deaf"] | (draw.uniform() < np.minimum(0.08 * old, 0.5)))
    draw.put("sight_and_hearing_loss", draw["serious_sight_loss"] & draw["hearing_loss"] & (draw.uniform() < 0.5))
    draw.flag("anxious_or_low", np.where(disabled, 0.34, 0.15))
    draw.flag("needs_complex_lenses", 0.01)
    draw.put("needs_wheelchair", disabled & (draw.uniform() < 0.05))
    draw.put("recently_in_hospital_or_ill", draw.uniform() < np.where(age >= 75, 0.05, 0.015))
    draw.put("can_decide_for_self", ~(draw.uniform() < np.where(age >= 80, 0.07, 0.003)))


def _caring(draw: Draw, people: People, luck: Real) -> None:
    weight = step(CARING_BY_AGE, people.age) * np.where(people.female, 1.15, 0.85)
    weight *= people.homes.kind[people.home] != CARE_HOME
    drawn = draw.linked(luck, 0.15) / np.maximum(weight, 1e-6)
    ends = np.cumsum(CARERS[::-1])
    band = np.searchsorted(ends, np.asarray(drawn, np.float64), side="right")
    spread = draw.uniform()
    hours = np.select([band == 0, band == 1, band == 2], [50 + spread * 60, 20 + spread * 30, 1 + spread * 19], 0.0)
    cares = draw.whole("weekly_caring_hours", hours) > 0
    long = draw["weekly_caring_hours"] >= 35
    draw.flag("cared_for_gets_disability_benefit", np.where(long, 0.85, 0.35), cares)
    draw.flag("another_carer_claims", 0.04, cares)
    draw.flag("lives_with_person_cared_for", np.where(long, 0.85, 0.4), cares)
    draw.flag("cares_for_partner_or_own_child", np.where(long, 0.6, 0.25), cares)
    draw.flag("council_supports_you_as_carer", np.where(long, 0.12, 0.03), cares)
    draw.flag("care_need_can_be_certified", 0.9, cares)
    further = draw.whole(
        "further_person_caring_hours", np.where(draw.uniform() < 0.1, 10 + draw.uniform() * 15, 0), cares
    )
    draw.flag("further_person_gets_disability_benefit", 0.5, further > 0)
