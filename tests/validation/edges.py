"""The thresholds of the law, and how to put a household at one of them or one step beside it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from attrs import evolve, frozen

from tests.validation.households import NOTHING, Adult, Child, Household, birthday, somebody, years_on

Place = Callable[[Household, Any, random.Random, date], Household]

_DAYS = (-1, 0, 1)
PENNY = Decimal("0.01")
# Figures of the tax year 2026 to 2027. Each edge is also tried with last year's figure, which is then a plain value.
CARERS_EARNINGS = Decimal(204)
GUARANTEE_SINGLE = Decimal("238.00")
GUARANTEE_COUPLE = Decimal("363.25")
SAVINGS_CREDIT_SINGLE = Decimal("208.07")
SAVINGS_CREDIT_COUPLE = Decimal("329.75")
WEEKLY_MINIMUM = {17: Decimal("128.00"), 19: Decimal("173.60"), 30: Decimal("203.36")}


@frozen
class Edge:
    """Values around one threshold, and where in a household such a value goes."""

    values: Sequence[Any]
    place: Place


def around(*thresholds: Decimal | int, step: Decimal | int = PENNY) -> tuple[Decimal, ...]:
    """Each threshold, and one step, and one pound, to both sides of it."""
    steps = sorted({NOTHING, Decimal(step), -Decimal(step), Decimal(1), Decimal(-1)})
    return tuple(Decimal(threshold) + step for threshold in thresholds for step in steps)


def _citizen(family: Household, **changes: Any) -> Household:
    return evolve(family, citizen=evolve(family.citizen, **changes))


def _alone(family: Household) -> Household:
    return evolve(family, partner=None, married=False)


def _aged(years: int) -> Place:
    def place(family: Household, days: int, draw: random.Random, on: date) -> Household:
        born = birthday(on, years, days)
        single = Household(family.nation, Adult(born), tenure=family.tenure, rent=family.rent, savings=family.savings)
        if years >= 60:
            return _citizen(single, state_pension=Decimal(draw.randrange(0, 240)))
        return _citizen(single, pay=Decimal(draw.choice((0, 100, 150))), unfit_for_work=draw.random() < 0.3)

    return place


def _child_aged(years: int) -> Place:
    def place(family: Household, days: int, draw: random.Random, on: date) -> Household:
        grown = _grown(family, draw, on)
        child = Child(birthday(on, years, days), disability_care=draw.random() < 0.2, in_education=draw.random() < 0.7)
        return evolve(grown, children=(child,), nation=draw.choice(("england", family.nation)))

    return place


def _child_born(family: Household, born: date, draw: random.Random, on: date) -> Household:
    return evolve(_grown(family, draw, on), children=(Child(born),))


def _child_of_the_year(family: Household, born: date, draw: random.Random, on: date) -> Household:
    """The days are those for a run in 2026."""
    return _child_born(family, born.replace(year=born.year + on.year - 2026), draw, on)


def _grown(family: Household, draw: random.Random, on: date) -> Household:
    """The same family with a citizen who may be the parent of a grown child."""
    if 36 <= years_on(family.citizen.born, on) <= 60:
        return family
    citizen = Adult(somebody(draw, on, 36, 50), pay=Decimal(draw.choice((0, 150, 250, 400))))
    return evolve(family, citizen=evolve(citizen, hours=Decimal(16 if citizen.pay else 0)), partner=None, married=False)


def _pension_day(family: Household, born: date, draw: random.Random, on: date) -> Household:
    return _citizen(
        _alone(evolve(family, children=())),
        born=born,
        study="",
        apprentice=False,
        hours=NOTHING,
        pay=NOTHING,
        profit=NOTHING,
    )


def _couple_at_pension_day(family: Household, born: date, draw: random.Random, on: date) -> Household:
    older = Adult(somebody(draw, on, 68, 85), state_pension=Decimal(draw.randrange(50, 240)))
    return evolve(family, citizen=older, partner=Adult(born), married=True, children=())


def _savings(family: Household, value: Decimal, draw: random.Random, on: date) -> Household:
    return evolve(family, savings=value)


def _caring(family: Household, value: Decimal, draw: random.Random, on: date) -> Household:
    return _citizen(
        _alone(family), caring_hours=value, pay=min(family.citizen.pay, Decimal(150)), state_pension=NOTHING
    )


def _carer_earns(family: Household, value: Decimal, draw: random.Random, on: date) -> Household:
    carer = Adult(somebody(draw, on, 20, 60), pay=value, hours=Decimal(14), caring_hours=Decimal(35))
    return evolve(_alone(family), citizen=carer)


def _pensioner_gets(family: Household, value: Decimal, draw: random.Random, on: date) -> Household:
    older = Adult(somebody(draw, on, 68, 92), pension=value)
    return evolve(_alone(family), citizen=older, children=(), savings=NOTHING)


def _couple_gets(family: Household, value: Decimal, draw: random.Random, on: date) -> Household:
    first, second = (Adult(somebody(draw, on, 68, 92)) for _ in range(2))
    couple = evolve(family, citizen=evolve(first, pension=value - 150), partner=evolve(second, pension=Decimal(150)))
    return evolve(couple, married=True, children=(), savings=NOTHING)


def _parent_earns(age: int) -> Place:
    def place(family: Household, value: Decimal, draw: random.Random, on: date) -> Household:
        parent = Adult(somebody(draw, on, age, age if age < 20 else 45), pay=value, hours=Decimal(16))
        child = Child(somebody(draw, on, 1, 1 if age < 20 else 3))
        couple = draw.random() < 0.4
        partner = Adult(somebody(draw, on, 25, 45), pay=Decimal(400), hours=Decimal(30)) if couple else None
        return evolve(
            family,
            citizen=parent,
            partner=partner,
            married=couple,
            children=(child,),
            nation=draw.choice(("england", "wales")),
        )

    return place


def _high_income(family: Household, value: Decimal, draw: random.Random, on: date) -> Household:
    parent = Adult(somebody(draw, on, 25, 45), pay=value / 52, hours=Decimal(37))
    return evolve(_alone(family), citizen=parent, children=(Child(somebody(draw, on, 1, 3)),), nation="england")


def _spouse_earns(family: Household, value: Decimal, draw: random.Random, on: date) -> Household:
    first = Adult(somebody(draw, on, 25, 60), pay=value / 52, hours=Decimal(37))
    second = Adult(somebody(draw, on, 25, 60), pay=Decimal(draw.choice((0, 100, 241, 242, 300))), hours=Decimal(8))
    return evolve(family, citizen=first, partner=second, married=draw.random() < 0.8)


def _at_savings_credit_age(family: Household, born: date, draw: random.Random, on: date) -> Household:
    older = Adult(born, woman=draw.random() < 0.5, pension=Decimal(draw.randrange(200, 290)))
    return evolve(_alone(family), citizen=older, children=(), savings=NOTHING)


def _working_hours(family: Household, value: Decimal, draw: random.Random, on: date) -> Household:
    worker = Adult(somebody(draw, on, 20, 60), pay=value * 13, hours=value)
    return evolve(_alone(family), citizen=worker)


def _student(family: Household, years: int, draw: random.Random, on: date) -> Household:
    study = "college" if years < 20 else draw.choice(("college", "university"))
    child = Child(somebody(draw, on, 0, 2))
    student = Adult(birthday(on, years, draw.choice(_DAYS)), study=study)
    couple = years > 20 and draw.random() < 0.5
    partner = Adult(somebody(draw, on, 25, 45), pay=Decimal(draw.randrange(0, 700)) or NOTHING) if couple else None
    nation = draw.choice(("england", "england", family.nation))
    home = Household(nation, student, partner, married=couple, tenure="private-rent", rent=family.rent or Decimal(400))
    return evolve(home, children=(child,) if draw.random() < 0.8 else (), childcare=Decimal(300))


def _days(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + timedelta(n) for n in range((last - first).days + 1))


EDGES: Mapping[str, Edge] = {
    **{f"citizen turns {years}": Edge(_DAYS, _aged(years)) for years in (16, 18, 20, 25, 66, 75, 80)},
    **{
        f"child turns {years}": Edge(_DAYS, _child_aged(years))
        for years in (1, 2, 3, 4, 5, 11, 12, 15, 16, 17, 18, 19, 20)
    },
    "child nine months old": Edge(_days(date(2025, 12, 28), date(2026, 1, 10)), _child_of_the_year),
    "child born about a new school year": Edge(
        tuple(
            date(year, *day)
            for year in (2021, 2022, 2023, 2024)
            for day in ((2, 28), (3, 1), (8, 31), (9, 1), (12, 31))
        ),
        _child_of_the_year,
    ),
    "child born about April 2017": Edge(_days(date(2017, 4, 5), date(2017, 4, 7)), _child_born),
    "State Pension day": Edge(_days(date(1960, 6, 24), date(1960, 8, 8)), _pension_day),
    "partner's State Pension day": Edge(_days(date(1960, 7, 3), date(1960, 7, 8)), _couple_at_pension_day),
    "State Pension age before April 2016": Edge(
        tuple(date(year, 4, day) for year in (1951, 1953) for day in (4, 5, 6, 7)), _at_savings_credit_age
    ),
    "savings": Edge(around(6000, 10000, 16000), _savings),
    "hours of care": Edge(tuple(map(Decimal, ("34", "34.9", "35", "35.1", "36"))), _caring),
    "hours of work": Edge(tuple(map(Decimal, ("15.9", "16", "16.1"))), _working_hours),
    "earnings of a carer": Edge(around(CARERS_EARNINGS, 196), _carer_earns),
    "income of a single pensioner": Edge(around(GUARANTEE_SINGLE, SAVINGS_CREDIT_SINGLE), _pensioner_gets),
    "income of a pensioner couple": Edge(around(GUARANTEE_COUPLE, SAVINGS_CREDIT_COUPLE), _couple_gets),
    **{
        f"earnings of a parent of {age}": Edge(around(least), _parent_earns(age))
        for age, least in WEEKLY_MINIMUM.items()
    },
    "income of a parent about 100,000": Edge(around(100_000, step=1), _high_income),
    "age of a student": Edge((18, 19, 20, 25, 30, 60), _student),
    "income of a spouse": Edge(around(12_570, 43_662, 50_270, step=1), _spouse_earns),
}
