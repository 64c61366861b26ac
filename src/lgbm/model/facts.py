"""The facts that rules are resolved on: those known, and what is known of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, cast

from attrs import evolve, field, frozen

from lgbm.model.values import Number, Value

INFINITY = Decimal("Infinity")
NO_LOCALS: Mapping[str, object] = MappingProxyType({})


@frozen
class Unknown:
    """A value that is not known: for want of which facts, and for which other reasons; a number may have bounds."""

    names: frozenset[str] = frozenset()
    """Circumstance ids, with a path behind them for a fact about one person of a list: `children[2].age`."""
    reasons: frozenset[str] = frozenset()
    low: Number = -INFINITY
    high: Number = INFINITY

    @staticmethod
    def of(*doubts: Unknown) -> Unknown:
        """Unknown for want of all that *doubts* want for, without bounds."""
        if len(doubts) == 1 and doubts[0].low == -INFINITY and doubts[0].high == INFINITY:
            return doubts[0]
        names = frozenset(name for doubt in doubts for name in doubt.names)
        return Unknown(names, frozenset(one for doubt in doubts for one in doubt.reasons))

    def within(self, low: Number, high: Number) -> Unknown:
        """The same, known to lie between these numbers."""
        return evolve(self, low=low, high=high)


@frozen
class Maybe:
    """An item of a list of which it is not known whether it is in it."""

    item: Any
    doubt: Unknown


def doubts_in(values: Iterable[Any]) -> list[Unknown]:
    """Every unknown among *values*, and inside the lists among them."""
    found: list[Unknown] = []
    for value in values:
        match value:
            case Unknown():
                found.append(value)
            case Maybe():
                found += [value.doubt, *doubts_in((value.item,))]
            case tuple():
                found += doubts_in(cast("tuple[object, ...]", value))
            case _:
                pass
    return found


def bounds(value: Any) -> tuple[Number, Number]:
    """Between which numbers *value* lies: itself, if it is one."""
    if isinstance(value, Unknown):
        return value.low, value.high
    return (value, value) if isinstance(value, int | Decimal) else (-INFINITY, INFINITY)


def doubtful(value: Any, doubt: Unknown) -> Unknown:
    """What *value* adds to a total to which it may not belong."""
    low, high = bounds(value)
    return Unknown.of(doubt, *doubts_in((value,))).within(min(low, 0), max(high, 0))


def present(item: Any, here: Any) -> tuple[Any, ...]:
    """What a list has of *item*, of which *here* says whether it belongs there: false, true or a doubt."""
    return () if here is False else (item,) if here is True else (Maybe(item, here),)


class Person(dict[str, Value]):
    """The known fields of one person. *path* says who: `partner`, `children[2]`."""

    __slots__ = ("path", "unknown")

    def __init__(self, known: Mapping[str, Value], path: str) -> None:
        super().__init__(known)
        self.path = path
        self.unknown: Mapping[str, Unknown] = {}

    def value(self, name: str) -> Value | Unknown:
        """The field *name*, or that it is unknown."""
        found = self.get(name)
        if found is not None:
            return found
        return self.unknown.get(name) or Unknown(frozenset((f"{self.path}.{name}",)))


def as_fact(value: Value, path: str) -> Value:
    """A value that a taxonomy writes, as facts hold it: persons with their paths, sets in order."""
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    if isinstance(value, Mapping):
        return Person({name: as_fact(one, f"{path}.{name}") for name, one in value.items()}, path)
    if isinstance(value, tuple):
        return tuple(as_fact(one, f"{path}[{place}]") for place, one in enumerate(value, 1))
    return value


def persons_in(value: Value | None) -> tuple[Person, ...]:
    """The persons that a fact is, or holds."""
    held = value if isinstance(value, tuple) else (value,)
    return tuple(one for one in held if isinstance(one, Person))


def same(one: object, other: object) -> bool:
    """Whether two values are the same, people in whatever order."""
    if one == other or not (isinstance(one, tuple) and isinstance(other, tuple)):
        return one == other
    people: list[object] = [*cast("tuple[object, ...]", other)]
    for person in cast("tuple[object, ...]", one):
        if not isinstance(person, Person) or person not in people:
            return False
        people.remove(person)
    return not people


@frozen
class Facts:
    """What is known of one citizen, formulas worked out.

    *unknown* says what is known of derived facts without a value, and of derived fields (`partner.age`) of persons who
    are not known; any other fact that is not in *known* is missing.
    """

    known: Mapping[str, Value]
    unknown: Mapping[str, Unknown] = field(factory=dict[str, Unknown], repr=False)

    def value(self, name: str) -> Value | Unknown:
        """The fact *name*, or that it is unknown."""
        found = self.known.get(name)
        if found is not None:
            return found
        return self.unknown.get(name) or Unknown(frozenset((name,)))

    def of_nobody(self, person: Unknown, name: str) -> Unknown:
        """The field *name* of a person who is not known. Where it follows from other facts too, these are wanted."""
        also = [self.unknown[path] for path in (f"{one}.{name}" for one in person.names) if path in self.unknown]
        return Unknown.of(person, *also) if also else person


def circumstance_of(path: str) -> str:
    """The circumstance that a missing fact belongs to: `children` for `children[2].age`."""
    return path if path.startswith(("receives(", "eligible(")) else path.partition(".")[0].partition("[")[0]
