"""What a service pays, held against what the oracle pays, where both reckon it for the same people."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import define, frozen

from lgbm import Decision
from tests.validation.facts import Reckoned
from tests.validation.households import Household

YEARLY = {"once": 1, "week": 52, "four weeks": 13, "month": 12, "quarter": 4, "year": 1}
A_PENNY_A_WEEK = 0.53

Paid = Callable[[Household, Reckoned], float | None]


@frozen
class Compared:
    """The amount of one service: what the oracle pays in a year, or nothing where our words say less ("at most")."""

    service: str
    reads: tuple[str, ...]
    paid: Paid


def _home(service: str, name: str) -> Compared:
    return Compared(service, (name,), lambda family, found: float(found.home[name]))


def _citizen(service: str, name: str) -> Compared:
    return Compared(service, (name,), lambda family, found: float(found.people[0][name]))


def _alone(service: str, name: str) -> Compared:
    """Of people who live alone: our words speak of them."""
    return Compared(
        service, (name,), lambda family, found: None if family.partner is not None else float(found.people[0][name])
    )


def _children(family: Household, found: Reckoned) -> float:
    return float(sum(one["scottish_child_payment"] for one in found.people))


def _tax_less(family: Household, found: Reckoned) -> float | None:
    """The allowance at the basic rate, where the oracle moves all of it."""
    moved = max(one["marriage_allowance"] for one in found.people)
    return moved * 0.2 if moved >= 1260 else None


AMOUNTS: Mapping[str, Compared] = {
    one.service: one
    for one in (
        _home("pension-credit", "guarantee_credit"),
        _home("child-benefit", "child_benefit_entitlement"),
        _citizen("carers-allowance", "carers_allowance_pre_overlap"),
        _citizen("carer-support-payment", "carer_support_payment_pre_overlap"),
        _citizen("scottish-carer-supplement", "scottish_carer_supplement"),
        _alone("winter-fuel-payment", "winter_fuel_payment"),
        _alone("pension-age-winter-heating-payment", "pension_age_winter_heating_payment"),
        Compared("scottish-child-payment", ("scottish_child_payment",), _children),
        _home("free-tv-licence", "free_tv_licence_value"),
        Compared("marriage-allowance", ("marriage_allowance",), _tax_less),
        _home("warm-home-discount", "warm_home_discount"),
        _citizen("parents-learning-allowance", "parents_learning_allowance"),
        _citizen("adult-dependants-grant", "adult_dependants_grant"),
    )
}


@define
class Sums:
    """How often the amounts of one service were the same, and the widest that they were apart."""

    same: int = 0
    apart: int = 0
    widest: float = 0.0
    example: str = ""

    def count(self, family: Household, ours: float, theirs: float) -> None:
        """Both amounts in pounds a year. A penny a week is nothing: the oracle reckons in floats."""
        if abs(ours - theirs) <= A_PENNY_A_WEEK:
            self.same += 1
            return
        self.apart += 1
        if abs(ours - theirs) > self.widest:
            self.widest, self.example = abs(ours - theirs), f"ours {ours:.2f}, theirs {theirs:.2f}: {family}"


def yearly(decision: Decision) -> float | None:
    """All that it pays in a year, where it is known."""
    sums = [None if one.pounds is None else float(one.pounds) * YEARLY[one.every] for one in decision.amounts]
    return sum(one for one in sums if one is not None) if sums and None not in sums else None


def compare(sums: Sums, family: Household, found: Reckoned, decision: Decision) -> None:
    """Count one household, if both pay it and both say how much."""
    theirs, ours = AMOUNTS[decision.id].paid(family, found), yearly(decision)
    if theirs and ours is not None:
        sums.count(family, ours, theirs)
