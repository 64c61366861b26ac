"""A household as the profile of its citizen, with the net figures and the awards that the oracle reckoned for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from attrs import frozen

from lgbm import Model
from lgbm.model.concepts import Circumstance, Kind
from tests.validation.households import NOTHING, Adult, Child, Household, years_on

PENNY = Decimal("0.01")
WEEKS, MONTHS = 52, 12
CARER_BENEFITS = ("carers_allowance_pre_overlap", "carer_support_payment_pre_overlap")
_COHORT = {"england": (9, 1), "wales": (9, 1), "scotland": (3, 1), "northern-ireland": (7, 2)}
_LEVEL = {"": "none", "college": "further-education", "university": "higher-education"}
YES = frozenset(
    {
        "habitually_resident",
        "can_claim_public_funds",
        "stays_in_home_five_years",
        "british",
        "pays_electricity_bill",
        "uses_registered_childcare",
        "main_carer_of_child",
        "course_qualifies",
        "student_residence",
    }
)
"""Questions that the oracle takes as answered with yes. It takes every other question as answered with no."""


@frozen
class Reckoned:
    """What the oracle reckoned: by name for the household, and by name for each person in turn."""

    home: Mapping[str, Any]
    people: tuple[Mapping[str, Any], ...]
    receives: tuple[str, ...]
    """The services that the oracle pays to the citizen, the partner or both."""


def pence(amount: float | Decimal) -> Decimal:
    """A sum of money that came out of the oracle's floats, to the penny."""
    return Decimal(amount).quantize(PENNY, ROUND_HALF_UP)


def facts(family: Household, reckoned: Reckoned, on: date) -> dict[str, Any]:
    """What is stated of the citizen. Sums that the questions ask for net are those that the oracle reckoned."""
    citizen, of_citizen = family.citizen, reckoned.people[0]
    stated: dict[str, Any] = {
        "nation": family.nation,
        "date_of_birth": citizen.born,
        "sex_on_birth_record": "female" if citizen.woman else "male",
        "has_partner": family.partner is not None,
        "children": [_child(one, family.nation, on) for one in family.children],
        "adults_in_home": max(1, sum(years_on(one.born, on) >= 18 for one in family.everybody)),
        "savings": family.savings,
        "weekly_income": pence(reckoned.home["weekly_income"]),
        "annual_income": pence(of_citizen["adjusted_net_income"]),
        "weekly_caring_hours": citizen.caring_hours,
        "full_time_education": bool(citizen.study),
        "student_level": _LEVEL[citizen.study],
        "on_course_of_ten_weeks": bool(citizen.study),
        "citizenship": "british",
        "employment": _employment(citizen, on),
        "housing_tenure": family.tenure,
        "disabled": citizen.unfit_for_work or citizen.attendance_allowance or citizen.daily_living or citizen.blind,
        "sight_impairment": "severe" if citizen.blind else "none",
        "habitually_resident": True,
        "no_recourse_to_public_funds": False,
        # Nobody under 18 is a resident whom council tax can fall on (Local Government Finance Act 1992, s. 6(5)).
        "council_tax_liable": years_on(citizen.born, on) >= 18 and family.nation != "northern-ireland",
        "entitled_to_carers_benefit": bool(of_citizen["is_entitled_to_carer_benefit"]),
        "ni_qualifying_years": 35,
        "disability_awards": [],
        "receives": sorted(reckoned.receives),
    }
    if stated["employment"] in ("employed", "self-employed"):
        stated |= {
            "weekly_hours": citizen.hours,
            "weekly_earnings": pence(citizen.pay + citizen.profit),
            "net_weekly_earnings": pence(of_citizen["carers_allowance_earnings"] / WEEKS),
            "monthly_take_home": pence(of_citizen["uc_individual_earned_income"] / MONTHS),
        }
        if stated["employment"] == "employed":
            stated["apprentice"] = citizen.apprentice
    if stated["disabled"]:
        stated["health_limits_work"] = citizen.unfit_for_work
        if citizen.unfit_for_work:
            stated["limited_capability_for_work"] = True
    if citizen.daily_living:
        stated["daily_living_component"] = "standard"
    if citizen.study:
        stated |= _of_student(family, reckoned, on)
    if citizen.caring_hours:
        stated["cared_for_gets_disability_benefit"] = True
        # The oracle takes both of a couple to care for the same person, and pays one of them.
        others = reckoned.people[1 : len(family.adults)]
        stated["another_carer_claims"] = any(one[name] > 0 for one in others for name in CARER_BENEFITS)
    if family.rent:
        stated["monthly_rent"] = family.rent
    if family.children:
        stated["monthly_childcare_costs"] = family.childcare
    if "pension-credit" in reckoned.receives:
        stated["gets_guarantee_credit"] = bool(reckoned.home["in_receipt_of_guarantee_credit"])
    if "universal-credit" in reckoned.receives:
        stated["universal_credit_includes_housing"] = reckoned.home["uc_housing_costs_element"] > 0
    if family.partner is not None:
        stated |= _of_partner(family.partner, family, reckoned.people[1], on)
    return stated


def _of_student(family: Household, reckoned: Reckoned, on: date) -> dict[str, Any]:
    citizen, partner, born = family.citizen, family.partner, family.citizen.born
    depends = partner is not None and partner.study != "university" and (family.married or years_on(born, on) >= 25)
    stated: dict[str, Any] = {
        "household_income_for_study": pence(reckoned.people[0]["maintenance_loan_household_income"]),
        "age_at_start_of_course": years_on(born, courses_start(on)),
        "main_carer_of_child": bool(family.children),
    }
    if citizen.study == "university":
        stated["adult_depends_on_student"] = depends
        if family.children:
            other = reckoned.home["uc_childcare_element"] > 0 or reckoned.home["tax_free_childcare_eligible"] > 0
            stated["childcare_paid_by_other_scheme"] = bool(other)
    return stated


def _employment(one: Adult, on: date) -> str:
    if one.pay > NOTHING:
        return "employed"
    if one.profit > NOTHING:
        return "self-employed"
    return "retired" if years_on(one.born, on) >= 66 else "not-working"


def _child(one: Child, nation: str, on: date) -> dict[str, Any]:
    age = years_on(one.born, on)
    return {
        "date_of_birth": one.born,
        "disabled": one.disability_care,
        "gets_disability_benefit": one.disability_care,
        "in_approved_education": age >= 16 and one.in_education,
        "british": True,
        "state_school": age >= 5,
        "schooling": "primary"
        if starts_school(one.born, nation) <= on and age < 11
        else "secondary"
        if 11 <= age < 16
        else "none",
        "school_year": max(0, min(13, age - 5)),
    }


def courses_start(on: date) -> date:
    """The first day of the academic year."""
    return date(on.year - ((on.month, on.day) < (9, 1)), 9, 1)


def starts_school(born: date, nation: str) -> date:
    """When the first year of primary school begins; Scotland begins in August."""
    later = (born.month, born.day) >= _COHORT[nation]
    return date(born.year + 4 + later, 8 if nation == "scotland" else 9, 15 if nation == "scotland" else 1)


def _of_partner(one: Adult, family: Household, reckoned: Mapping[str, Any], on: date) -> dict[str, Any]:
    working = one.pay > NOTHING or one.profit > NOTHING
    return {
        "married_or_civil_partner": family.married,
        "partner_gets_care_benefit": one.attendance_allowance or one.daily_living or one.blind,
        "partner_gets_carers_benefit": bool(reckoned["is_entitled_to_carer_benefit"]),
        "partner": {
            "date_of_birth": one.born,
            "working": working,
            "weekly_earnings": pence(one.pay + one.profit),
            "monthly_take_home": pence(reckoned["uc_individual_earned_income"] / MONTHS),
            "apprentice": one.apprentice,
            "annual_income": pence(reckoned["adjusted_net_income"]),
            "disabled": one.unfit_for_work,
            "weekly_caring_hours": one.caring_hours,
            "gets_incapacity_or_carer_benefit": bool(reckoned["receives_carer_benefit"]) or one.unfit_for_work,
            "full_time_education": bool(one.study),
            "on_course_of_ten_weeks": bool(one.study),
        },
    }


def plain(circumstance: Circumstance) -> Any:
    """The answer of somebody of whom nothing particular is true; nothing at all, where there is no such answer."""
    match circumstance.kind:
        case Kind.BOOLEAN:
            return circumstance.id in YES
        case Kind.NUMBER | Kind.MONEY:
            return circumstance.at_least or 0
        case Kind.CHOICES | Kind.PEOPLE:
            return []
        case Kind.CHOICE if "none" in circumstance.options:
            return "none"
        case _:
            return None


@cache
def plain_facts(model: Model) -> Mapping[str, Any]:
    """Plain answers to all questions that everybody is asked."""
    asked = (one for one in model.circumstances.values() if one.formula is None and one.asked_when is None)
    answers = {one.id: plain(one) for one in asked}
    return {name: answer for name, answer in answers.items() if answer is not None}
