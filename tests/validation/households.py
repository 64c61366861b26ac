"""Households, drawn at random and at the edges of the law: what a citizen, a partner and their children are like."""

from __future__ import annotations

import random
from calendar import isleap
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from attrs import asdict, evolve, frozen

NATIONS = ("england", "wales", "scotland", "northern-ireland")
NOTHING = Decimal(0)


@frozen
class Adult:
    """A citizen or a partner. Money is in pounds a week, before tax; `study` is full-time, at college or university."""

    born: date
    woman: bool = False
    pay: Decimal = NOTHING
    profit: Decimal = NOTHING
    hours: Decimal = NOTHING
    pension: Decimal = NOTHING
    state_pension: Decimal = NOTHING
    caring_hours: Decimal = NOTHING
    unfit_for_work: bool = False
    attendance_allowance: bool = False
    daily_living: bool = False
    blind: bool = False
    study: str = ""
    apprentice: bool = False


@frozen
class Child:
    """A child of both, or a young person of up to 19."""

    born: date
    disability_care: bool = False
    in_education: bool = True


@frozen
class Household:
    """One family in a home of its own. Rent and childcare are in pounds a month; `edge` names what it was drawn for."""

    nation: str
    citizen: Adult
    partner: Adult | None = None
    married: bool = False
    children: tuple[Child, ...] = ()
    savings: Decimal = NOTHING
    tenure: str = "social-rent"
    rent: Decimal = NOTHING
    childcare: Decimal = NOTHING
    edge: str = ""

    def __str__(self) -> str:
        everybody = ", ".join(f"{type(one).__name__}({_stated(one)})" for one in self.everybody)
        married = "married, " if self.married else ""
        return f"[{self.edge}] {self.nation}, {married}{self.tenure} {self.rent}, savings {self.savings}: {everybody}"

    @property
    def everybody(self) -> tuple[Adult | Child, ...]:
        """Adults before children."""
        return (*self.adults, *self.children)

    @property
    def adults(self) -> tuple[Adult, ...]:
        """The citizen first, and then the partner."""
        return (self.citizen,) if self.partner is None else (self.citizen, self.partner)


def _stated(one: Adult | Child) -> str:
    return ", ".join(f"{name} {value}" for name, value in asdict(one).items() if value not in (False, NOTHING, ""))


def years_on(born: date, on: date) -> int:
    """The age in whole years on that day. The birthday of 29 February is 1 March in a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def months_on(born: date, on: date) -> int:
    """The age in whole months on that day."""
    return (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)


def as_number(day: date) -> int:
    """The day as the oracle writes it: 20261006."""
    return day.year * 10_000 + day.month * 100 + day.day


def birthday(on: date, years: int, days: int = 0) -> date:
    """The birth of somebody who is so many years old on the day *days* after *on*."""
    day = on + timedelta(days)
    if (day.month, day.day) == (2, 29) and not isleap(day.year - years):
        return date(day.year - years, 3, 1)
    return day.replace(year=day.year - years)


def somebody(draw: random.Random, on: date, low: int, high: int) -> date:
    """Any day of birth that gives an age from *low* to *high* on that day."""
    youngest, oldest = birthday(on, low), birthday(on, high + 1, 1)
    return oldest + timedelta(draw.randrange((youngest - oldest).days + 1))


def pounds(draw: random.Random, low: int, high: int) -> Decimal:
    """Some amount of pounds and pence."""
    return Decimal(draw.randrange(low * 100, high * 100 + 1)) / 100


def _adult(draw: random.Random, on: date, low: int, high: int) -> Adult:
    born = somebody(draw, on, low, high)
    age = years_on(born, on)
    if age >= 66:
        older = Adult(
            born,
            draw.random() < 0.5,
            state_pension=pounds(draw, 0, 241),
            pension=pounds(draw, 0, draw.choice((1, 60, 500))),
        )
        return evolve(
            older,
            pay=pounds(draw, 1, 300) if draw.random() < 0.08 else NOTHING,
            attendance_allowance=draw.random() < 0.12,
            caring_hours=_caring(draw, 0.08),
            blind=draw.random() < 0.02,
        )
    person = Adult(born, draw.random() < 0.5, caring_hours=_caring(draw, 0.1), unfit_for_work=draw.random() < 0.12)
    kind = draw.random()
    if kind < 0.5:
        person = evolve(person, pay=pounds(draw, 10, draw.choice((150, 300, 600, 1200))), hours=_hours(draw))
        return evolve(person, apprentice=age < 25 and draw.random() < 0.1)
    if kind < 0.6:
        return evolve(person, profit=pounds(draw, 10, draw.choice((200, 600))), hours=_hours(draw))
    if kind < 0.67:
        return evolve(person, study="college" if age < 20 else "university")
    return evolve(person, daily_living=person.unfit_for_work and draw.random() < 0.5)


def _caring(draw: random.Random, share: float) -> Decimal:
    return Decimal(draw.choice((5, 20, 34, 35, 36, 60))) if draw.random() < share else NOTHING


def _hours(draw: random.Random) -> Decimal:
    return Decimal(draw.choice((8, 15, 16, 20, 30, 37, 40)))


def anybody(draw: random.Random, on: date) -> Household:
    """A plausible family: of working age with or without children, or of pension age."""
    old = draw.random() < 0.35
    citizen = _adult(draw, on, 60, 95) if old else _adult(draw, on, 16, 65)
    age = years_on(citizen.born, on)
    paired = age >= 18 and draw.random() < 0.5
    partner = _adult(draw, on, max(18, age - 8), min(95, age + 8)) if paired else None
    parents = draw.random() < (0.6 if 18 <= age <= 55 else 0.04 if age >= 60 else 0)
    children = tuple(_child(draw, on, min(19, age - 16)) for _ in range(draw.choice((1, 1, 2, 2, 3)) if parents else 0))
    rents = draw.random() < 0.65
    private = draw.random() < 0.35
    return Household(
        nation=draw.choice((*NATIONS, "england", "scotland")),
        citizen=citizen,
        partner=partner,
        married=paired and draw.random() < 0.7,
        children=children,
        savings=draw.choice((NOTHING, pounds(draw, 0, 6000), pounds(draw, 5000, 20000), pounds(draw, 0, 60000))),
        tenure=("private-rent" if private else "social-rent") if rents else "owned-outright",
        rent=pounds(draw, 250, 900) if rents else NOTHING,
        childcare=pounds(draw, 0, 900) if any(years_on(c.born, on) < 12 for c in children) else NOTHING,
    )


def _child(draw: random.Random, on: date, oldest: int) -> Child:
    born = somebody(draw, on, 0, max(0, oldest))
    return Child(born, disability_care=draw.random() < 0.08, in_education=draw.random() < 0.8)


def households(count: int, seed: int, on: date) -> Iterator[Household]:
    """So many households, the same for the same seed; every other one stands at an edge of the law."""
    from tests.validation.edges import EDGES

    draw = random.Random(seed)
    names = sorted(EDGES)
    for number in range(count):
        family = anybody(draw, on)
        if number % 2:
            yield family
            continue
        turn, which = divmod(number // 2, len(names))
        name = names[which]
        value = EDGES[name].values[turn % len(EDGES[name].values)]
        yield evolve(EDGES[name].place(family, value, draw, on), edge=f"{name}: {value}")


def people(given: Sequence[Household]) -> Iterator[tuple[int, Adult | Child]]:
    """Everybody with the number of the household, adults before children."""
    for number, one in enumerate(given):
        for person in one.everybody:
            yield number, person
