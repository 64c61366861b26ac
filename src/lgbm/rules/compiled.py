"""Compiled conditions: what stands for an unknown, and how the generated function is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from attrs import astuple, field, frozen

from lgbm.model.facts import INFINITY, Facts, Person, Unknown
from lgbm.rules import term as t
from lgbm.rules.semantics import evaluate


class Must:
    """A value of which nothing is known: a comparison is true if it must be, and none must."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        return False

    def _never(self, _other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _never
    __eq__ = __ne__ = _never


class May:
    """A value of which nothing is known: a comparison is true if it may be, and each may."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]

    def _always(self, _other: object) -> bool:
        return True

    __lt__ = __le__ = __gt__ = __ge__ = _always
    __eq__ = __ne__ = _always


MUST, MAY = Must(), May()


@frozen
class Run:
    """What stands for an unknown in one run. The members are handed to the function in this order."""

    anything: Must | May
    up: float
    down: float
    day_up: date
    day_down: date
    bits: int


INFINITE = float("inf")
MUST_BE = astuple(Run(MUST, -INFINITE, INFINITE, date.min, date.max, 0))
MAY_BE = astuple(Run(MAY, INFINITE, -INFINITE, date.max, date.min, -1))


@frozen
class Decisions:
    """For each condition in its order, 1 where it must be true; and where it may be."""

    must: bytes | bytearray
    may: bytes | bytearray


@frozen(eq=False)
class Compiled:
    """Conditions, compiled. `decide` says of each whether it must be true, and whether it may be."""

    size: int
    used: frozenset[str]
    """The facts that are read."""
    fields: Mapping[str, frozenset[str]]
    """For each list of people or person among them, the fields that are read."""
    people: Callable[..., tuple[int, ...]] | None
    run: Callable[..., None]
    asides: tuple[t.Term, ...]
    """Conditions that are left to the definition."""
    lists: tuple[tuple[str, int], ...] = field(default=())
    """The lists that are counted over, with how many counts each has."""

    def decide(self, facts: Facts) -> Decisions:
        """What is known of every condition."""
        known, get = facts.known, facts.known.get
        must = bytearray(self.size)
        asides = [evaluate(one, facts) for one in self.asides] if self.asides else ()
        least = self.people(get, MUST_BE) if self.people else ()
        if self._whole(known) and not any(isinstance(one, Unknown) for one in asides):
            self.run(get, get, MUST_BE, least, least, asides, must)
            return Decisions(must, must)
        may = bytearray(self.size)
        most = self._most(facts)
        low, high = self._views(facts)
        self.run(low, high, MUST_BE, least, most, [one is True for one in asides], must)
        self.run(high, low, MAY_BE, most, least, [one is not False for one in asides], may)
        return Decisions(must, may)

    def _whole(self, known: Mapping[str, Any]) -> bool:
        """Whether every fact that is read is known, down to the fields of people."""
        if not known.keys() >= self.used:
            return False
        for fact, names in self.fields.items():
            given = known[fact]
            people = cast("tuple[Person, ...]", given if isinstance(given, tuple) else (given,))
            for person in people:
                if not person.keys() >= names:
                    return False
        return True

    def _views(self, facts: Facts) -> tuple[Callable[..., Any], Callable[..., Any]]:
        """How facts are read at their least, and at their greatest: as they are, but for numbers with bounds only."""
        low = {name: one.low for name, one in facts.unknown.items() if name in self.used and one.low > -INFINITY}
        high = {name: one.high for name, one in facts.unknown.items() if name in self.used and one.high < INFINITY}
        if not low and not high:
            return facts.known.get, facts.known.get
        return {**facts.known, **low}.get, {**facts.known, **high}.get

    def _most(self, facts: Facts) -> Sequence[Any]:
        """The most that each count over people may be: of a list that is not known, anything."""
        if self.people is None:
            return ()
        counted = self.people(facts.known.get, MAY_BE)
        if all(fact in facts.known for fact, _ in self.lists):
            return counted
        most: list[Any] = list(counted)
        start = 0
        for fact, size in self.lists:
            if fact not in facts.known:
                most[start : start + size] = [INFINITE] * size
            start += size
        return most
