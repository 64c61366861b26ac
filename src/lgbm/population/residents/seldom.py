"""What is true of few: events, dangers and rare circumstances. The chances are assumptions, unless `figures.py` says
more.

They are here so that rules that ask for them have an answer. Nothing can be learned from how often they are true.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lgbm.population.residents.drawing import Draw, Flags, days
from lgbm.population.residents.households import CARE_HOME, People
from lgbm.population.residents.identity import step

VETERANS = ((16, 0.001), (25, 0.010), (35, 0.018), (50, 0.030), (65, 0.045), (75, 0.085), (85, 0.30))
FOR_ALL = {
    "aftercare_after_detention": 0.002,
    "at_risk_of_abuse_or_neglect": 0.006,
    "clinical_waste_at_home": 0.01,
    "has_bulky_waste": 0.03,
    "child_changes_school_in_year": 0.004,
    "wants_to_adopt": 0.001,
    "wants_to_foster": 0.001,
    "has_adopted_child": 0.006,
    "family_needs_help_with_child": 0.006,
    "recently_married": 0.009,
    "separated_recently": 0.012,
    "fled_domestic_abuse": 0.002,
    "victim_of_crime": 0.04,
    "in_prison_recently": 0.0012,
    "referred_for_nhs_treatment": 0.14,
    "needs_help_with_energy_for_another_reason": 0.04,
    "condition_needs_much_water": 0.02,
    "plans_to_marry": 0.008,
    "relative_in_prison": 0.005,
    "domestic_abuse": 0.02,
    "worried_about_partners_past": 0.003,
    "leaves_prison_soon": 0.0,
    "relative_killed_by_crime": 0.0005,
    "saw_loved_one_hurt_by_crime": 0.001,
    "sexually_assaulted": 0.006,
    "buys_home_in_london": 0.002,
    "home_in_warm_homes_area": 0.2,
    "severe_mental_impairment_in_home": 0.012,
    "cares_for_relatives_child": 0.05,
    "foster_carer": 0.0012,
    "too_ill_to_work_now": 0.03,
}
"""Facts that anybody is asked, with the share of those of whom they are true."""
DIED = ("spouse-or-civil-partner", "partner", "child", "parent", "relative", "friend")
RAILCARD = (
    "blue-badge",
    "disabled-bus-pass",
    "hearing-aid",
    "epilepsy",
    "dla-any",
    "war-pension-80",
    "armed-forces-compensation",
    "industrial-injuries-20",
    "severe-disablement-allowance",
    "motability-vehicle",
    "cannot-drive",
    "without-speech",
    "other-condition",
)


def add(draw: Draw, people: People, pension_age: Flags) -> None:
    """Everything else."""
    for name, chance in FOR_ALL.items():
        draw.flag(name, chance)
    _care(draw, people)
    _young(draw, people)
    _forces_and_prison(draw, people)
    _deaths(draw, people)
    _health(draw, pension_age)
    _couples(draw)
    _law(draw, pension_age)


def _only(draw: Draw, where: Flags, **chances: Any) -> None:
    for name, chance in chances.items():
        draw.flag(name, chance, where)


def _care(draw: Draw, people: People) -> None:
    frail = draw["needs_help_with_daily_tasks"] & (people.age >= 80) & (draw.uniform() < 0.02)
    needs = draw.put("needs_care_home", (people.homes.kind[people.home] == CARE_HOME) | frail)
    owns = draw.flag("owns_home", 0.5, needs)
    draw.pounds("home_value_share", 140_000 + 200_000 * draw.uniform(), owns)
    _only(draw, owns, home_left_out_of_account=0.15, council_agrees_to_defer=0.05)
    _only(draw, needs, in_care_home_over_12_weeks=0.9, care_home_has_nurses=0.4, needs_registered_nurse=0.35)
    draw.flag("council_ignores_more_savings", 0.05, ~needs & (draw["nation"] <= 1))
    agreed = draw.flag(
        "council_meets_care_needs", np.where(needs, 0.5, np.where(draw["needs_help_with_daily_tasks"], 0.12, 0.0))
    )
    draw.pounds("weekly_support_budget", 120 + 350 * draw.uniform(), agreed)
    draw.flag("cannot_protect_self", 0.6, draw["at_risk_of_abuse_or_neglect"])
    draw.flag("impaired_person_entitled_to_benefit", 0.9, draw["severe_mental_impairment_in_home"])
    heavy = draw.flag("cannot_move_bins", np.where(draw["mobility_difficulty"], 0.3, 0.005))
    draw.put("somebody_else_moves_bins", people.adults_at_home > 1, heavy)
    _only(draw, draw["cares_for_relatives_child"], childs_parent_gives_credit=0.7)


def _young(draw: Draw, people: People) -> None:
    age, nation = people.age, draw["nation"]
    leaver = draw.flag("care_leaver", np.where(age < 26, 0.010, 0.006))
    draw.flag("in_care_now", 0.007, age < 18)
    draw.flag("council_supports_care_leaver", 0.8, leaver & (age < 18))
    ever = draw.flag("ever_in_care", 0.004, ~leaver)
    draw.whole("weeks_in_care_after_14", 10 + 140 * draw.uniform(), leaver)
    draw.flag("lived_with_foster_carer_at_18", 0.25, leaver)
    draw.put("in_care_on_16th_birthday", leaver, (nation == 2) & (leaver | ever))
    draw.flag("council_exempts_care_leavers", 0.7, (nation == 0) & leaver & (age >= 18))
    draw.flag("talking_therapy_takes_sixteen", 0.4, (age >= 16) & (age <= 17))
    draw.flag("had_highest_care_rate_in_winter_week", 0.01, (age >= 15) & (age <= 19))
    draw.flag("flying_start_offered", 0.3, nation == 1)
    draw.flag("council_offers_early_learning_at_two", 0.1, nation == 2)
    orphaned = draw.choice(
        "orphaned_child",
        ("none", "both-died", "one-missing", "one-in-prison", "one-alive"),
        np.where(draw.uniform() < 0.9997, 0, 1),
    )
    draw.flag("orphans_parent_lived_in_uk", 0.95, orphaned == 1)
    foster = draw.flag("foster_child_lives_with_you", 0.7, draw["foster_carer"])
    years = draw.whole("foster_child_age", draw.uniform() * 18, foster)
    draw.flag("social_worker_agrees_to_childcare", 0.5, foster & (years < 5))
    offer = draw["job_offer_in_last_six_months"]
    draw.whole("age_at_job_offer", age, offer)


def _forces_and_prison(draw: Draw, people: People) -> None:
    veteran = draw.flag("armed_forces_veteran", step(VETERANS, people.age) * np.where(people.female, 0.28, 1.97))
    serves = draw.put(
        "serves_in_armed_forces", ~veteran & draw.is_option("employment", "employed") & (draw.uniform() < 0.005)
    )
    either = veteran | serves
    _only(draw, either, left_armed_forces_recently=0.02)
    injured = draw.flag("injured_in_armed_forces", 0.08, either)
    _only(draw, injured, service_injury_since_april_2005=0.4, service_injury_before_april_2005=0.7)
    draw.whole("guaranteed_income_percent", np.where(draw.uniform() < 0.1, 50, 0), injured)
    draw.flag("war_pension_exemption", 0.05, veteran)
    prison = draw["leaves_prison_soon"] | draw["in_prison_recently"]
    _only(draw, prison, serves_prison_sentence=0.8, supervised_by_probation=0.7)
    draw.whole("days_in_prison", 20 + 400 * draw.uniform(), prison)


def _deaths(draw: Draw, people: People) -> None:
    bereaved = draw.flag("bereaved", np.where(people.age >= 66, 0.05, 0.025))
    widowed = ~draw["has_partner"] & (people.age >= 55) & (draw.uniform() < 0.5)
    who = np.where(widowed, 0, 3 + (draw.uniform() * 2.7).astype(np.int64))
    draw.choice("who_died", DIED, who, bereaved)
    draw.day("date_of_death", days(draw.on) - 3 - (draw.uniform() * 300).astype(np.int64), bereaved)
    pays = draw.flag("responsible_for_funeral", np.where(who == 0, 0.9, 0.25), bereaved)
    draw.day("date_of_funeral", draw["date_of_death"] + 14, pays)
    _only(draw, bereaved, nobody_arranges_funeral=0.01, deals_with_estate=np.where(who == 0, 0.9, 0.3))
    draw.flag("funeral_of_a_child", 0.0, bereaved | draw["lost_baby"])
    # Of nobody's death it is no child's, and no partner's: this can be said although nobody would be asked.
    partner_or_none = ~bereaved | (who <= 1)
    _only(
        draw,
        partner_or_none,
        late_partner_paid_ni=bereaved * 0.95,
        late_partner_died_through_work=0.0,
        child_or_pregnancy_at_death=0.0,
        late_partner_died_from_early_service=0.0,
        late_partner_died_from_late_service=0.0,
        late_partner_had_large_war_pension=0.0,
        leaves_service_home_after_death=0.0,
    )
    _only(draw, ~bereaved, baby_stillborn=0.0)
    _only(draw, bereaved & np.isin(who, (0, 1, 4, 5)), mothers_partner_died=0.0)
    lost = draw.flag("miscarriage_in_last_year", np.where((people.age < 45), 0.006, 0.0), draw["nation"] == 3)
    draw.pounds("earnings_before_bereavement", draw["weekly_earnings"] / 100, lost, pence=True)


def _health(draw: Draw, pension_age: Flags) -> None:
    injured = draw.choice(
        "work_injury",
        ("none", "accident", "disease", "dust-disease"),
        np.where(draw.uniform() < 0.992, 0, 1 + (draw.uniform() * 2.2).astype(np.int64)),
    )
    draw.whole("industrial_disablement_percent", draw.uniform() * 40, injured != 0)
    draw.choice("vaccine_harm", ("none", "self", "child", "somebody-who-died"), np.zeros(draw.count, np.int64))
    draw.choice(
        "health_costs_certificate",
        ("none", "full", "partial"),
        np.where(draw.uniform() < 0.985, 0, 1 + (draw.uniform() * 2).astype(np.int64)),
    )
    draw.flag("lives_in_highlands_or_islands", 0.08, (draw["nation"] == 2) & draw["referred_for_nhs_treatment"])
    ill = draw.flag("lung_heart_or_mental_condition", np.where(draw["disabled"], 0.4, 0.04))
    draw.flag("within_nest_income_limit", 0.35, ill)
    draw.flag("moves_from_older_disability_benefit", 0.01, pension_age)
    moving = draw.is_option("mobility_component", "enhanced") | draw["child_gets_higher_mobility"]
    draw.flag("mobility_award_has_a_year_left", 0.8, moving)
    reasons = np.zeros((draw.count, len(RAILCARD)), np.bool_)
    reasons[:, 2] = draw["deaf"] | (draw["hearing_loss"] & (draw.uniform() < 0.2))
    reasons[:, 0] = draw["severe_walking_difficulty"] & (draw.uniform() < 0.6)
    reasons[:, 12] = draw["mobility_difficulty"] & (draw.uniform() < 0.2)
    draw.choices("railcard_reasons", RAILCARD, reasons)


def _couples(draw: Draw) -> None:
    _only(draw, draw["plans_to_marry"], married_to_somebody_else=0.01)
    ends = draw.flag("wants_to_end_marriage", 0.008, draw["married_now"])
    draw.day("date_of_marriage", days(draw.on) - 400 - (draw.uniform() * 2500).astype(np.int64), ends)
    draw.whole("months_separated", draw.uniform() * 24, ends)
    _only(draw, ends, spouse_agrees_to_divorce=0.6, spouse_behaved_badly=0.4, spouse_left_for_good=0.4)
    draw.flag("relationship_ended_through_abuse", 0.3, draw["domestic_abuse"] | draw["fled_domestic_abuse"])
    attacked = (
        draw["victim_of_crime"] | draw["fled_domestic_abuse"] | draw["domestic_abuse"] | draw["sexually_assaulted"]
    )
    violent = draw.flag("victim_of_violent_crime", 0.3, attacked)
    _only(
        draw,
        violent | draw["relative_killed_by_crime"] | draw["saw_loved_one_hurt_by_crime"],
        crime_reported_to_police=0.5,
    )
    elsewhere = draw.flag("spouse_lives_elsewhere", np.where(draw["married_now"], 0.8, 0.0), ~draw["has_partner"])
    draw.pounds("spouse_elsewhere_income", 10_000 + 25_000 * draw.uniform(), elsewhere)


def _law(draw: Draw, pension_age: Flags) -> None:
    england = draw["nation"] == 0
    draw.flag("council_allows_more_savings", 0.02, england & ~pension_age & (draw["savings"] > 16_000_00))
    draw.flag("can_afford_suitable_home", np.where(draw["annual_income"] > 60_000_00, 0.9, 0.35))
    _only(draw, draw["in_problem_debt"], bankrupt_in_last_five_years=0.02, lived_on_benefits_for_six_months=0.3)
    credit = draw.facts["receives"].values[:, 0]
    draw.flag("within_prison_visit_income_limit", 0.8, draw["relative_in_prison"] & credit)
    needs = draw["_child_with_needs"] & (draw["nation"] == 2)
    draw.flag("child_needs_much_support_from_several", 0.1, needs)
