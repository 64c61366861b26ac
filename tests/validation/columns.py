"""Households as the columns that the oracle reads: one list a fact, one entry a person or a household."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.validation.households import Adult, Child, Household, as_number, people, years_on

WEEKS, MONTHS = 52, 12
COUNCIL_TAX = 1_600.0
_REGION = {"england": "NORTH_WEST", "wales": "WALES", "scotland": "SCOTLAND", "northern-ireland": "NORTHERN_IRELAND"}
_TENURE = {"social-rent": "RENT_FROM_COUNCIL", "private-rent": "RENT_PRIVATELY", "owned-outright": "OWNED_OUTRIGHT"}
_EDUCATION = {"": "NOT_IN_EDUCATION", "college": "POST_SECONDARY", "university": "TERTIARY"}
_FULL_CARE, _NO_CARE = "HIGHER", "NONE"


def columns(given: Sequence[Household], on: date) -> dict[str, Any]:
    """What the oracle is asked: the household of each person, and every fact under the oracle's own name."""
    everybody = list(people(given))
    rows = [
        _adult(given[number], one, on) if isinstance(one, Adult) else _child(given[number], one, on)
        for number, one in everybody
    ]
    homes = [_home(one) for one in given]
    return {
        "year": on.year if (on.month, on.day) >= (4, 6) else on.year - 1,
        "household_of": [number for number, _ in everybody],
        "person": {name: [row[name] for row in rows] for name in rows[0]},
        "household": {name: [home[name] for home in homes] for name in homes[0]},
        "benunit": {"is_married": [one.partner is not None and one.married for one in given]},
    }


def _adult(home: Household, one: Adult, on: date) -> Mapping[str, Any]:
    return _person(one.born, on) | {
        "gender": "FEMALE" if one.woman else "MALE",
        "is_claimant_or_partner": True,
        "is_parent": bool(home.children),
        "employment_income_before_lsr": float(one.pay * WEEKS),
        "self_employment_income": float(one.profit * WEEKS),
        "private_pension_income": float(one.pension * WEEKS),
        "state_pension": float(one.state_pension * WEEKS),
        "hours_worked": float(one.hours * WEEKS),
        "care_hours": float(one.caring_hours),
        "is_disabled_for_benefits": one.unfit_for_work,
        "aa_category": "HIGHER" if one.attendance_allowance else "NONE",
        "pip_dl_category": "STANDARD" if one.daily_living else "NONE",
        "is_blind": one.blind,
        "current_education": _EDUCATION[one.study],
        "receives_limited_capability_for_work_credits": one.unfit_for_work,
        "childcare_grant_full_time_student": one.study == "university",
        "is_apprentice": one.apprentice,
        "is_in_first_year_of_apprenticeship": one.apprentice,
    }


def _child(home: Household, one: Child, on: date) -> Mapping[str, Any]:
    age = years_on(one.born, on)
    schooling = "POST_SECONDARY" if one.in_education else "NOT_IN_EDUCATION"
    return _person(one.born, on) | {
        # A child begins in the term after the third birthday; the oracle is told so.
        "scottish_funded_early_learning_childcare_start_date_reached": one.born < date(on.year - 3, 9, 1),
        "childcare_expenses": float(home.childcare * MONTHS) if one is home.children[0] else 0.0,
        "is_disabled_for_benefits": one.disability_care,
        "dla_sc_category": _FULL_CARE if one.disability_care and age < 16 else _NO_CARE,
        "pip_dl_category": "ENHANCED" if one.disability_care and age >= 16 else "NONE",
        "age_started_or_accepted_current_education_or_training": min(age, 16),
        "current_education": schooling if age >= 16 else "NOT_COMPLETED_PRIMARY" if age >= 5 else "PRE_PRIMARY",
    }


def _person(born: date, on: date) -> dict[str, Any]:
    """What is true of everybody, and what is true of those of whom nothing else is said."""
    return {
        "age": years_on(born, on),
        "date_of_birth": as_number(born),
        "gender": "FEMALE",
        "is_claimant_or_partner": False,
        "is_parent": False,
        "employment_income_before_lsr": 0.0,
        "self_employment_income": 0.0,
        "private_pension_income": 0.0,
        "state_pension": 0.0,
        "hours_worked": 0.0,
        "care_hours": 0.0,
        "aa_category": "NONE",
        "pip_dl_category": "NONE",
        "dla_sc_category": "NONE",
        "is_blind": False,
        "childcare_expenses": 0.0,
        "childcare_grant_full_time_student": False,
        "scottish_funded_early_learning_childcare_start_date_reached": False,
        "receives_limited_capability_for_work_credits": False,
        "age_started_or_accepted_current_education_or_training": 16,
        "is_apprentice": False,
        "is_in_first_year_of_apprenticeship": False,
    }


def _home(one: Household) -> Mapping[str, Any]:
    return {
        "region": _REGION[one.nation],
        "tenure_type": _TENURE[one.tenure],
        "rent": float(one.rent * MONTHS),
        "savings": float(one.savings),
        "household_owns_tv": True,
        "council_tax": 0.0 if one.nation == "northern-ireland" else COUNCIL_TAX,
    }
