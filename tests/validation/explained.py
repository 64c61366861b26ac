"""Why the two may differ: each class with the law, a sentence, and a narrow condition on the household."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

import yaml
from attrs import frozen

from lgbm import Decision, Status
from tests.validation.facts import Reckoned, courses_start, starts_school
from tests.validation.households import Adult, Household, as_number, months_on, years_on


class Right(StrEnum):
    """Who follows the law: both, where they answer different questions."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


@frozen
class Case:
    """One household and one service: what we say, and whether the oracle pays."""

    service: str
    household: Household
    reckoned: Reckoned
    decision: Decision
    theirs: bool
    on: date

    @property
    def ours(self) -> Status:
        """What we say."""
        return self.decision.status

    @property
    def we_say_no(self) -> bool:
        """The worst kind of difference: the oracle pays, and we say no."""
        return self.ours is Status.INELIGIBLE and self.theirs


@frozen
class Explained:
    """A class of differences, and which of the two follows the law."""

    id: str
    label: str
    services: frozenset[str]
    right: Right
    law: str
    why: str
    fits: Callable[[Case], bool]


def _partner(case: Case) -> Adult | None:
    return case.household.partner


def _student_alone(case: Case) -> bool:
    adults = case.household.adults
    return case.we_say_no and all(bool(one.study) for one in adults) and not case.household.children


def _other_income(case: Case) -> bool:
    home = case.reckoned.home
    return not case.theirs and bool(home["is_uc_eligible"]) and home["uc_unearned_income"] > 0


def _elements_at_their_highest(case: Case) -> bool:
    home = case.reckoned.home
    earns = home["uc_earned_income_before_work_allowance"] > 0
    return not case.theirs and bool(home["is_uc_eligible"]) and earns and home["uc_unearned_income"] == 0


def _mixed_savings_credit(case: Case) -> bool:
    home, adults = case.reckoned.home, case.reckoned.people[: len(case.household.adults)]
    reached = [bool(one["meets_savings_credit_age_requirement"]) for one in adults]
    return case.we_say_no and len(reached) == 2 and sum(reached) == 1 and home["guarantee_credit"] == 0


def _one_of_a_couple_is_blind(case: Case) -> bool:
    adults = case.household.adults
    helped = [one.attendance_allowance or one.daily_living for one in adults]
    return len(adults) == 2 and any(one.blind for one in adults) and sum(helped) == 1


def _generous_guarantee(case: Case) -> bool:
    working = any(one.pay or one.profit for one in case.household.adults)
    return not case.theirs and (working or bool(case.household.children))


def _pension_overlaps(case: Case) -> bool:
    return not case.theirs and case.household.citizen.state_pension > 0


def _income_ends_it(case: Case) -> bool:
    home = case.reckoned.home
    return (
        not case.theirs
        and bool(home["housing_benefit_eligible"])
        and home["weekly_income"] * 52 > home["minimum_guarantee"]
    )


def _council_tax_income(case: Case) -> bool:
    home = case.reckoned.home
    return (
        not case.theirs
        and home["council_tax_reduction_applicable_income"] > home["council_tax_reduction_applicable_amount"]
    )


def _after_the_qualifying_week(case: Case) -> bool:
    """The week from the third Monday of September has passed, and 6 October has not."""
    first = date(case.on.year, 9, 1)
    last = first + timedelta((0 - first.weekday()) % 7 + 14 + 6)
    reached = case.reckoned.people[0]["state_pension_age_date"]
    return case.we_say_no and as_number(last) < reached <= as_number(case.on)


def _partner_holds_the_licence(case: Case) -> bool:
    partner = _partner(case)
    return (
        case.we_say_no
        and partner is not None
        and years_on(case.household.citizen.born, case.on) < 75 <= years_on(partner.born, case.on)
    )


def _own_child(case: Case) -> bool:
    return case.we_say_no and not case.household.children and years_on(case.household.citizen.born, case.on) <= 16


def _both_excused(case: Case) -> bool:
    adults = zip(case.household.adults, case.reckoned.people, strict=False)
    excused = [one.unfit_for_work or bool(found["receives_carer_benefit"]) for one, found in adults]
    return not case.theirs and len(excused) == 2 and all(excused)


def _another_term(case: Case) -> bool:
    """A child began school this autumn, or is too young on the day and old enough by the end of the year."""
    nation, end = case.household.nation, date(case.on.year, 12, 31)
    least = 9 if case.service == "free-childcare-for-working-parents" else 36
    born = [one.born for one in case.household.children]
    began = any(starts_school(one, nation).year == case.on.year for one in born)
    return case.we_say_no and (began or any(months_on(one, case.on) < least <= months_on(one, end) for one in born))


def _two_years_old(case: Case) -> bool:
    return not case.theirs and any(years_on(one.born, case.on) == 2 for one in case.household.children)


def _just_three(case: Case) -> bool:
    since = date(case.on.year - 3, 9, 1)
    return not case.theirs and any(
        since <= one.born and years_on(one.born, case.on) == 3 for one in case.household.children
    )


def _two_in_april(case: Case) -> bool:
    """A child who turned three after the summer term began, or who turns two before January."""
    year = case.on.year
    born = [one.born for one in case.household.children]
    turned = any(date(year - 3, 4, 1) <= one <= date(year - 3, case.on.month, case.on.day) for one in born)
    turns = any(case.on.replace(year=year - 2) < one < date(year - 1, 1, 1) for one in born)
    return case.we_say_no and (turned or turns)


def _disabled_child_of_two(case: Case) -> bool:
    children = case.household.children
    return not case.theirs and any(one.disability_care and years_on(one.born, case.on) == 2 for one in children)


def _past_the_september(case: Case) -> bool:
    """A child of 11 (disabled: 16) of whom the week with the 1 September after that birthday has passed."""
    for one in case.household.children:
        last = 16 if one.disability_care else 11
        birthday = one.born + timedelta(days=round(365.25 * last))
        september = date(birthday.year + (birthday >= date(birthday.year, 9, 1)), 9, 1)
        if case.we_say_no and years_on(one.born, case.on) == last and september + timedelta(days=7) <= case.on:
            return True
    return False


def _four_and_in_school(case: Case) -> bool:
    """A child of four whose birthday was before the 1 September on which school began."""
    began = date(case.on.year - (case.on.month < 9), 9, 1)
    fourth = [one for one in case.household.children if years_on(one.born, case.on) == 4]
    return case.we_say_no and any(years_on(one.born, began - timedelta(days=1)) == 4 for one in fourth)


def _began_at_nineteen(case: Case) -> bool:
    born = case.household.citizen.born
    return not case.theirs and years_on(born, case.on) == 20 and years_on(born, courses_start(case.on)) == 19


def _young_married_student(case: Case) -> bool:
    return not case.theirs and case.household.married and years_on(case.household.citizen.born, case.on) < 25


def _no_tax_to_reduce(case: Case) -> bool:
    adults = case.reckoned.people[: len(case.household.adults)]
    return case.we_say_no and all(one["adjusted_net_income"] <= 12_570 for one in adults)


def _at_the_limit_of_a_band(case: Case) -> bool:
    limits = (12_570, 43_662, 50_270)
    adults = case.reckoned.people[: len(case.household.adults)]
    return not case.theirs and any(abs(one["adjusted_net_income"] - limit) < 0.01 for one in adults for limit in limits)


FITS: Mapping[str, Callable[[Case], bool]] = {
    "students": _student_alone,
    "other-income": _other_income,
    "highest-elements": _elements_at_their_highest,
    "savings-credit-of-a-mixed-couple": _mixed_savings_credit,
    "one-partner-blind": _one_of_a_couple_is_blind,
    "generous-guarantee": _generous_guarantee,
    "overlap-with-a-pension": _pension_overlaps,
    "income-and-housing-benefit": _income_ends_it,
    "income-and-council-tax": _council_tax_income,
    "after-the-qualifying-week": _after_the_qualifying_week,
    "licence-of-the-partner": _partner_holds_the_licence,
    "own-child": _own_child,
    "both-excused-from-work": _both_excused,
    "another-term": _another_term,
    "scottish-two-year-olds": _two_years_old,
    "before-the-next-term": _just_three,
    "two-in-another-term": _two_in_april,
    "disabled-child-of-two": _disabled_child_of_two,
    "past-the-september": _past_the_september,
    "four-and-in-school": _four_and_in_school,
    "course-begun-at-nineteen": _began_at_nineteen,
    "young-married-student": _young_married_student,
    "no-tax-to-reduce": _no_tax_to_reduce,
    "exactly-at-a-limit": _at_the_limit_of_a_band,
}


def _read() -> Iterator[Explained]:
    written = yaml.safe_load(Path(__file__).with_name("explained.yaml").read_text(encoding="utf-8"))
    for name, one in written.items():
        services = frozenset(one["services"])
        yield Explained(name, one["label"], services, Right(one["right"]), one["law"], one["why"].strip(), FITS[name])


EXPLAINED = tuple(_read())


def explained(case: Case) -> Explained | None:
    """The first class that the difference belongs to."""
    return next((one for one in EXPLAINED if case.service in one.services and one.fits(case)), None)
