"""What would end a condition that holds: each fact by itself, with the nearest values at which it no longer does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import evolve, frozen

from lgbm.changing.scale import Range, tried
from lgbm.changing.standing import Standing, paths_of
from lgbm.changing.stretches import stretches
from lgbm.changing.values import values
from lgbm.model.concepts import Kind
from lgbm.model.truth import Truth
from lgbm.model.values import Number, Value
from lgbm.rules import term as t
from lgbm.rules.scope import TODAY

_NUMBERS = (Kind.NUMBER, Kind.MONEY, Kind.DATE)


@frozen
class Edge:
    """Values of one fact with which the condition is false, or no longer known to hold."""

    standing: Standing
    path: str
    value: Value
    """The nearest of them."""
    options: tuple[Value, ...]
    range: Range | None
    truth: Truth
    distance: Number | None
    """How far a number, or a day, is from the nearest of them."""

    @property
    def nearness(self) -> tuple[bool, bool, Decimal, str]:
        """What is nearest comes first: numbers by their distance as a share of themselves, then what has none."""
        now: Any = self.standing.value(self.path)
        size = Decimal(365) if isinstance(now, date) else abs(Decimal(now)) if self.distance is not None else Decimal(1)
        share = Decimal(0) if self.distance is None else Decimal(self.distance) / max(size, Decimal(1))
        return self.truth is not Truth.FALSE, self.distance is None, share, self.path


def edges(standing: Standing) -> tuple[Edge, ...]:
    """Every fact that would end it by itself, the nearest first; what nobody can change may change all the same."""
    found = [edge for path in _reachable(standing) for edge in _edges_of(standing, path)]
    aged = _ageing(standing)
    for name in aged:
        # Time goes one way.
        freed = evolve(standing, freed=frozenset((name,)))
        found += [edge for edge in _edges_of(freed, name) if edge.value > standing.value(name)]  # type: ignore[operator]
    return tuple(sorted(found, key=lambda one: one.nearness))


def _reachable(standing: Standing) -> Iterator[str]:
    for name in sorted(standing.reach):
        about = standing.taxonomy.circumstances.get(name)
        if about is None or about.formula is None:
            yield from (path for path in paths_of(standing, name, of_all=True) if standing.value(path) is not None)


def _ageing(standing: Standing) -> list[str]:
    """Numbers that follow from nothing but dates that nobody can change: they change as time goes by."""
    found: list[str] = []
    book = standing.book
    for name in sorted(standing.reach):
        about, value = standing.taxonomy.circumstances.get(name), standing.value(name)
        if about is None or about.formula is None or about.kind is not Kind.NUMBER or value is None:
            continue
        # Rates stand as facts too; they change with the day as the age does.
        beside = standing.cone(t.Fact(name, "number")) - {name, TODAY, *(one for one, _, _ in book.book.date_table)}
        reads = [standing.taxonomy.circumstances.get(one) for one in beside]
        stated = [one for one in reads if one is not None and one.formula is None]
        if stated and len(stated) == len(reads) and not any(one.mutable or one.kind is not Kind.DATE for one in stated):
            found.append(name)
    return found


def _edges_of(standing: Standing, path: str) -> Iterator[Edge]:
    about = standing.about(path)
    if about is not None and about.kind is Kind.DATE and not about.mutable:
        return
    if standing.truth({path: None}) is Truth.TRUE:
        return
    if about is not None and about.kind in _NUMBERS:
        yield from _beside(standing, path)
        return
    now = standing.value(path)
    by_truth: dict[Truth, list[Value]] = {}
    for value in values(standing, path, {})[0]:
        if about is None or about.kind is not Kind.CHOICES or _differ_in_one(value, now):
            by_truth.setdefault(standing.truth({path: value}), []).append(value)
    for truth, options in by_truth.items():
        if truth is not Truth.TRUE:
            yield Edge(standing, path, options[0], tuple(options), None, truth, None)


def _differ_in_one(value: Value, now: Value | None) -> bool:
    return isinstance(value, tuple) and isinstance(now, tuple) and len({*map(str, value)} ^ {*map(str, now)}) <= 1


def _beside(standing: Standing, path: str) -> Iterator[Edge]:
    """The nearest edges below and above a number or a day."""
    found, now = stretches(standing, path, {}), standing.value(path)
    assert now is not None
    scale, here = found.scale, found.where(now)

    def at(place: int) -> Truth:
        return standing.truth({path: scale.value(found.nearest(place))})

    for way, places in ((-1, range(here - 1, -1, -1)), (1, range(here + 1, len(found.starts)))):
        first = next((place for place in places if at(place) is not Truth.TRUE), None)
        if first is None:
            continue
        last, truth = first, at(first)
        while 0 <= last + way < len(found.starts) and at(last + way) is truth:
            last += way
        value = scale.value(found.nearest(first))
        reach = found.range(min(first, last), max(first, last)) if found.whole else tried(value)
        yield Edge(standing, path, value, (), reach, truth, _away(now, reach, way))


def _away(now: Any, reach: Range, way: int) -> Number:
    """How far it is to the limit that *reach* names."""
    up, down = (reach.at_least, reach.more_than), (reach.at_most, reach.less_than)
    limit: Any = next(one for one in (up if way > 0 else down) if one is not None)
    away: Any = limit - now
    found: Number = abs(away.days if isinstance(now, date) else away)
    return found
