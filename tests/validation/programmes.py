"""What is compared: a service of ours, and where the oracle says whether it would be paid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from tests.validation.amounts import AMOUNTS
from tests.validation.facts import WEEKS, Reckoned
from tests.validation.households import Household, as_number, years_on

Pays = Callable[[Reckoned, date], bool]
Applies = Callable[[Household, Reckoned, date], bool]


def everybody(family: Household, found: Reckoned, on: date) -> bool:
    """Both have rules for whoever it is."""
    return True


@frozen
class Programme:
    """One service of ours."""

    service: str
    reads: tuple[str, ...]
    """The names that the oracle is asked for."""
    pays: Pays
    applies: Applies = everybody
    """Of whom both have rules at all."""


def _home(service: str, *names: str, applies: Applies = everybody) -> Programme:
    return Programme(service, names, lambda found, on: any(found.home[name] > 0 for name in names), applies)


def _citizen(service: str, name: str, applies: Applies = everybody) -> Programme:
    return Programme(service, (name,), lambda found, on: bool(found.people[0][name] > 0), applies)


def _anybody(service: str, name: str) -> Programme:
    return Programme(service, (name,), lambda found, on: any(one[name] > 0 for one in found.people))


def _couple(service: str, name: str) -> Programme:
    """Of a couple with Pension Credit one is paid for both, whichever of them asks."""

    def pays(found: Reckoned, on: date) -> bool:
        asked = found.people if "pension-credit" in found.receives else found.people[:1]
        return any(one[name] > 0 for one in asked)

    return Programme(service, (name,), pays)


def _pensionable(found: Reckoned, on: date) -> bool:
    return bool(found.people[0]["state_pension_age_date"] <= as_number(on))


def _can_be_liable(family: Household, found: Reckoned, on: date) -> bool:
    """Nobody under 18 can (Local Government Finance Act 1992, s. 6(5)); the oracle speaks of the home."""
    return years_on(family.citizen.born, on) >= 18


def _in_england(family: Household, found: Reckoned, on: date) -> bool:
    """The oracle knows the scheme of England only."""
    return family.nation == "england"


def _has_a_scheme(family: Household, found: Reckoned, on: date) -> bool:
    """Not where every council makes its own scheme: of these the oracle knows five."""
    return _can_be_liable(family, found, on) and bool(found.home["council_tax_reduction_scheme_supported"])


PROGRAMMES = (
    _home("universal-credit", "universal_credit_pre_benefit_cap"),
    _home("pension-credit", "pension_credit_entitlement"),
    Programme("state-pension", ("state_pension_age_date",), _pensionable),
    _home("child-benefit", "child_benefit_entitlement"),
    _citizen("carers-allowance", "carers_allowance_pre_overlap"),
    _citizen("carer-support-payment", "carer_support_payment_pre_overlap"),
    _citizen("scottish-carer-supplement", "scottish_carer_supplement"),
    _home("housing-benefit", "housing_benefit_pre_benefit_cap"),
    _couple("winter-fuel-payment", "winter_fuel_payment_eligible"),
    _couple("pension-age-winter-heating-payment", "pawhp_eligible"),
    _anybody("scottish-child-payment", "is_scp_eligible"),
    _home("free-tv-licence", "tv_licence_free_licence_share"),
    _home("tax-free-childcare", "tax_free_childcare_eligible"),
    _home("free-childcare-for-working-parents", "extended_childcare_entitlement_eligible"),
    _anybody("free-early-education", "universal_childcare_entitlement_eligible"),
    _anybody("free-childcare-for-2-year-olds", "targeted_childcare_entitlement"),
    _home("childcare-offer-for-wales", "wales_childcare_offer_eligible"),
    _anybody("funded-early-learning-and-childcare", "scottish_funded_early_learning_childcare_eligible"),
    _anybody("marriage-allowance", "marriage_allowance"),
    _home("council-tax-single-person-discount", "council_tax_discount_rate", applies=_can_be_liable),
    _home("council-tax-reduction", "council_tax_reduction", applies=_has_a_scheme),
    _home("warm-home-discount", "warm_home_discount"),
    _citizen("care-to-learn", "care_to_learn_eligible"),
    _citizen("parents-learning-allowance", "parents_learning_allowance_eligible"),
    _citizen("adult-dependants-grant", "adult_dependants_grant_eligible"),
    _citizen("childcare-grant", "childcare_grant_eligible"),
    _citizen("maintenance-loan", "maintenance_loan_eligible", applies=_in_england),
)

# Where an award of one makes a right to another, both are asked with the same awards: those that the oracle pays.
_AWARDS = {
    "universal-credit": "universal_credit",
    "pension-credit": "pension_credit",
    "housing-benefit": "housing_benefit",
    "child-benefit": "child_benefit_entitlement",
    "scottish-child-payment": "scottish_child_payment",
    "carers-allowance": "carers_allowance",
    "carer-support-payment": "carer_support_payment",
}
_FIGURES = (
    "council_tax_reduction_scheme_supported",
    "council_tax_reduction_applicable_income",
    "council_tax_reduction_applicable_amount",
    "housing_benefit_eligible",
    "pension_credit_income",
    "pension_credit_deemed_income",
    "pension_credit_earnings_disregard",
    "pension_credit_assessable_capital",
    "in_receipt_of_guarantee_credit",
    "guarantee_credit",
    "savings_credit",
    "minimum_guarantee",
    "is_uc_eligible",
    "uc_unearned_income",
    "uc_housing_costs_element",
    "uc_maximum_amount",
    "uc_childcare_element",
    "uc_income_reduction",
    "uc_earned_income_before_work_allowance",
    "uc_individual_earned_income",
    "adjusted_net_income",
    "tax_band",
    "maintenance_loan_household_income",
    "carers_allowance_earnings",
    "is_entitled_to_carer_benefit",
    "receives_carer_benefit",
    "receives_uc_with_limited_capability_for_work",
    "meets_pension_credit_age_conditions",
    "meets_savings_credit_age_requirement",
)
WANTED = tuple(
    dict.fromkeys(
        [
            *_FIGURES,
            *_AWARDS.values(),
            *(name for one in PROGRAMMES for name in one.reads),
            *(name for one in AMOUNTS.values() for name in one.reads),
        ]
    )
)


def reckoned(given: Sequence[Household], answers: Mapping[str, Any]) -> Iterator[Reckoned]:
    """The oracle's columns, cut into what it reckoned for each household."""
    by_person = {name: answer["values"] for name, answer in answers.items() if answer["entity"] == "person"}
    by_home = {name: answer["values"] for name, answer in answers.items() if answer["entity"] != "person"}
    start = 0
    for number, one in enumerate(given):
        last = start + len(one.adults) + len(one.children)
        everybody = tuple({name: values[n] for name, values in by_person.items()} for n in range(start, last))
        home = {name: values[number] for name, values in by_home.items()}
        home["weekly_income"] = _income(home) / WEEKS
        yield Reckoned(home, everybody, tuple(_received(one, home, everybody)))
        start = last


def _income(home: Mapping[str, Any]) -> float:
    """Income as Pension Credit reckons it, without the yield of savings, and with the earnings that it ignores."""
    ignored: float = home["pension_credit_earnings_disregard"] - home["pension_credit_deemed_income"]
    counted: float = home["pension_credit_income"] + ignored
    return max(0.0, counted)


def _received(one: Household, home: Mapping[str, Any], everybody: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for service, name in _AWARDS.items():
        amount = home[name] if name in home else max(person[name] for person in everybody[: len(one.adults)])
        if service == "scottish-child-payment":
            amount = max(person[name] for person in everybody)
        elif service in ("carers-allowance", "carer-support-payment"):
            amount = everybody[0][name]
        if amount > 0:
            yield service
    scotland = one.nation == "scotland"
    if one.citizen.attendance_allowance:
        yield "pension-age-disability-payment" if scotland else "attendance-allowance"
    if one.citizen.daily_living:
        yield "adult-disability-payment" if scotland else "personal-independence-payment"
