"""The numbers and days at which an answer turns, each with somebody one step below it, at it and one step above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from lgbm.analysis.search import STEPS, Goal, facts_for
from lgbm.analysis.trying import step_of
from lgbm.analysis.world import World
from lgbm.decision import Status
from lgbm.executable import Model
from lgbm.model.facts import circumstance_of
from lgbm.model.values import Number, tidy
from lgbm.rules import term as t

_SIDES = ("below", "at", "above")
_MIRRORED: Mapping[t.Comparison, t.Comparison] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


@frozen
class Person:
    """Somebody at a threshold, and what the model answers."""

    profile: Mapping[str, Any]
    status: Status


@frozen
class Threshold:
    """A comparison of a service's rules with a constant, which by itself decides the answer for those in *people*."""

    service: str
    operator: t.Comparison
    value: Number | date
    figure: str
    """The rate, or the row of a table, that the constant is; else nothing."""
    origin: t.Origin = field(eq=False)
    people: Mapping[str, Person] = field(eq=False)
    """Who was found one step `below`, `at` and one step `above`."""

    @property
    def turns(self) -> bool:
        """Whether those who were found are not all answered alike."""
        return len({one.status for one in self.people.values()}) > 1

    @property
    def missing(self) -> tuple[str, ...]:
        """Where nobody was found: the value may not be possible, or the comparison may never be what decides."""
        return tuple(side for side in _SIDES if side not in self.people)


def thresholds(model: Model, service: str, *, on: date, steps: int = STEPS) -> tuple[Threshold, ...]:
    """Every threshold in the rules of *service*, in the order of the rules.

    Those of formulas that a circumstance follows from are not the service's own, and those inside of lists of people
    decide about one of them: neither is among them.
    """
    return thresholds_in(World(model, on), service, steps=steps)


def thresholds_in(world: World, service: str, *, steps: int = STEPS) -> tuple[Threshold, ...]:
    """The same in a world that is there already."""
    rules = world.book.services.get(service)
    if rules is None:
        return ()
    found: dict[t.Compare, _Deciding] = {}
    for one in _comparisons(rules, None, ()):
        found.setdefault(one.comparison, one)
    return tuple(_threshold(world, service, one, steps) for one in found.values())


@frozen
class _Deciding:
    """A comparison where it stands, and what has to be so that it alone decides there."""

    comparison: t.Compare
    origin: t.Origin
    besides: tuple[Goal, ...]


def _comparisons(term: t.Term, origin: t.Origin | None, besides: tuple[Goal, ...]) -> Iterator[_Deciding]:
    match term:
        case t.Compare() if origin is not None and _constant_side(term) is not None:
            yield _Deciding(term, origin, besides)
        case t.Stated(part, stated):
            yield from _comparisons(part, stated, besides)
        case t.And(parts) | t.Or(parts):
            # Among what must hold together, one decides where the others hold; among ways, where the others do not.
            for place, part in enumerate(parts):
                others = tuple((one, isinstance(term, t.And)) for at, one in enumerate(parts) if at != place)
                yield from _comparisons(part, origin, (*besides, *others))
        case t.Not(part):
            yield from _comparisons(part, origin, besides)
        case _:
            pass


def _constant_side(term: t.Compare) -> tuple[t.Term, t.Comparison, t.Const] | None:
    """What is compared, how, and the number or day that it is compared with."""
    sides: tuple[tuple[t.Term, t.Comparison, t.Term], ...] = (
        (term.left, term.operator, term.right),
        (term.right, _MIRRORED[term.operator], term.left),
    )
    for of, sign, other in sides:
        if isinstance(other, t.Const) and other.kind in ("number", "date") and t.facts_of(of):
            return of, sign, other
    return None


def _threshold(world: World, service: str, one: _Deciding, steps: int) -> Threshold:
    side = _constant_side(one.comparison)
    assert side is not None
    of, sign, constant = side
    value: Any = constant.value
    step = _step(world, of, value)
    people: dict[str, Person] = {}
    for name, at in zip(_SIDES, (value - step, value, value + step), strict=True):
        exactly = t.Compare("=", of, t.Const(tidy(at) if isinstance(at, Decimal) else at, constant.kind))
        found = _like(world, ((exactly, True), *one.besides), of, people, steps)
        if found is not None:
            people[name] = Person(found, world.model.resolve(found, on=world.day)[service].status)
    return Threshold(service, sign, value, constant.figure, one.origin, people)


def _like(
    world: World, goals: tuple[Goal, ...], of: t.Term, people: Mapping[str, Person], steps: int
) -> dict[str, Any] | None:
    """Somebody of whom *goals* are reached: who is found already, but for what *of* follows from; or else anybody."""
    varied = world.cone([of])
    for person in people.values():
        kept = {name: value for name, value in person.profile.items() if circumstance_of(name) not in varied}
        found = facts_for(world, goals, given=kept, steps=steps)
        if found is not None:
            return found
    return facts_for(world, goals, steps=steps)


def _step(world: World, of: t.Term, value: object) -> Any:
    if isinstance(value, date):
        return timedelta(days=1)
    match of:
        case t.Fact(name):
            return step_of(world.model.circumstances.get(name))
        case t.Field(t.Fact(owner), name):
            return step_of(world.about(f"{owner}.{name}"))
        case _:
            return 1
