"""Which values of a fact are worth trying: those that the rules compare it with, and one step beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any

from lgbm.analysis.world import World
from lgbm.model.concepts import Circumstance, Kind
from lgbm.model.facts import circumstance_of
from lgbm.model.values import Months, Number, Seconds
from lgbm.rules import term as t
from lgbm.rules.days import shifted

_AGES = (30, 70, 10, 50, 1, 17, 3)
"""In years: people of all ages are worth trying, whatever the rules say of theirs."""
_LARGE = (1000, 10**6)
_FAR = 10**10
_LONGEST_AGE = 130
_MOST_MONTHS = 1600
_MOST_PEOPLE = 5

Hints = Mapping[str, frozenset[object]]
"""For each fact, and each `.field` of persons, the constants that it is compared with, near or far."""


def step_of(one: Circumstance | None) -> Number:
    """The least by which a number can differ: a penny, or one."""
    places = 2 if one is not None and one.kind is Kind.MONEY and one.places is None else one.places if one else None
    return Decimal(1).scaleb(-places) if places else 1


def hints(world: World, terms: Iterable[t.Term], cone: frozenset[str]) -> Hints:
    """What the facts of *cone* are compared with in *terms*, and in whatever follows from them."""
    found: dict[str, set[object]] = {}
    for term in terms:
        _compared(term, found)
    # From what is decided to what it follows from: the age limits of a rule are limits of the date of birth.
    for name, how in reversed([*world.book.derived.items()]):
        if name in cone:
            for formula in (how.gate, how.formula):
                if formula is not None:
                    _passed_on(formula, found, found.get(name, set()))
            for field_name, formula in reversed([*how.fields.items()]):
                _passed_on(formula, found, found.get(f".{field_name}", set()))
    return {name: frozenset(values) for name, values in found.items()}


def _compared(term: t.Term, found: dict[str, set[object]]) -> None:
    """Add what facts are compared with inside *term*."""
    match term:
        case t.Compare() | t.OneOf():
            constants = set(_constants(term))
            for name in _names(term):
                found.setdefault(name, set()).update(constants)
        case _:
            pass
    for part in t.parts_of(term):
        _compared(part, found)


def _passed_on(formula: t.Term, found: dict[str, set[object]], wanted: set[object]) -> None:
    inner = wanted | set(_constants(formula))
    for name in _names(formula):
        found.setdefault(name, set()).update(inner)
    _compared(formula, found)


def _names(term: t.Term) -> Iterator[str]:
    match term:
        case t.Fact(name):
            yield name
        case t.Field(_, name):
            yield f".{name}"
        case _:
            pass
    for part in t.parts_of(term):
        yield from _names(part)


def _constants(term: t.Term) -> Iterator[object]:
    match term:
        case t.Const(value) if not isinstance(value, bool | tuple):
            yield value
        case t.OneOf(_, values):
            yield from values
        case _:
            pass
    for part in t.parts_of(term):
        yield from _constants(part)


def leaning(world: World, term: t.Term, wanted: bool) -> Mapping[str, bool]:
    """Of each fact in a comparison, whether the more of it there is, the sooner the comparison is as *wanted*."""
    found: dict[str, bool] = {}
    if isinstance(term, t.Compare) and term.operator not in ("=", "!="):
        more = (term.operator in (">", ">=")) is wanted
        _leans(world, term.left, more, found)
        _leans(world, term.right, not more, found)
    return found


def _leans(world: World, term: t.Term, more: bool, found: dict[str, bool]) -> None:
    match term:
        case t.Fact(name):
            how = world.book.derived.get(name)
            if name not in found:
                found[name] = more
                if how is not None and how.formula is not None:
                    _leans(world, how.formula, more, found)
        case t.Field(_, name):
            found.setdefault(f".{name}", more)
        case t.If(_, then, otherwise):
            _leans(world, then, more, found)
            _leans(world, otherwise, more, found)
        case t.Apply("-" | "date - date" | "years and months duration" as sign, (first, second)):
            # Time since a day is the longer, the earlier the day.
            _leans(world, first, more is (sign != "years and months duration"), found)
            _leans(world, second, more is (sign == "years and months duration"), found)
        case t.Filter(items=items):
            _leans(world, items, more, found)
        case _:
            for part in t.parts_of(term):
                _leans(world, part, more, found)


def name_in_hints(world: World, path: str) -> str:
    """What the fact at *path* is called in hints: the field of a person by its name alone."""
    return f".{path.rpartition('.')[2]}" if "." in path and world.about(path) else circumstance_of(path)


def candidates(
    world: World, path: str, hinted: Callable[[], Hints], more: bool | None = None, far: bool = False
) -> tuple[Any, ...]:
    """Values to try for the fact at *path*, the most ordinary first; or, if *more* or less is wanted, such first.

    Where more is wanted, that is a little more than what the rules speak of; or *far* more.

    Which of them can be, the reader of profiles says.
    """
    one = world.about(path)
    if one is None or one.kind is Kind.BOOLEAN:
        return True, False
    near = hinted().get(name_in_hints(world, path), frozenset())
    match one.kind:
        case Kind.CHOICE:
            found: Iterable[Any] = one.options
        case Kind.CHOICES:
            found = ([], *([option] for option in one.options), list(one.options))
        case Kind.TEXT:
            found = (*sorted(value for value in near if isinstance(value, str)), "x")
        case Kind.NUMBER | Kind.MONEY:
            found = _numbers(one, near, more is True, far)
        case Kind.DATE:
            found = _days(world.day, near)
        case Kind.PERSON:
            found = ({},)
        case Kind.PEOPLE:
            found = _lists(near, more is False)
    return tuple(_once(found))


def _numbers(one: Circumstance, near: frozenset[object], large: bool, far: bool) -> Iterator[Number]:
    step = step_of(one)
    exact = sorted(value for value in near if isinstance(value, int | Decimal) and not isinstance(value, bool))
    if large:
        yield from (value + step for value in exact[-1:] if not far)
        yield from _LARGE
    yield 0
    yield 1
    yield from chain.from_iterable((value, value - step, value + step) for value in exact)
    yield from _LARGE
    for bound in (one.at_least, one.at_most):
        if isinstance(bound, int | Decimal):
            yield bound


def _days(day: date, near: frozenset[object]) -> Iterator[date]:
    after = timedelta(days=1)
    for years in _AGES:
        yield from _before(day, 12 * years)
    yield day
    yield from (day - after * ago for ago in (1, 100, 400))
    for value in sorted((one for one in near if isinstance(one, date)), reverse=True):
        yield from (value, value - after, value + after)
    for months in sorted({count for value in near for count in _months(value)}):
        for found in (*_before(day, months), *_before(day, -months)):
            yield from (found, found + after, found - after)
    for span in sorted(one for one in near if isinstance(one, Seconds)):
        if -_FAR < span.seconds < _FAR:
            days = int(span.seconds // 86400)
            yield from (day + after * (way * days + beside) for way in (-1, 1) for beside in (0, -1, 1))
    yield from (day + after * ahead for ahead in (1, 30, 100))


def _months(value: object) -> Iterator[int]:
    match value:
        case Months(months):
            yield months
        case bool():
            pass
        case int() if 0 <= value <= _MOST_MONTHS:
            yield value
            if value <= _LONGEST_AGE:
                yield 12 * value
        case _:
            pass


def _before(day: date, months: int) -> Iterator[date]:
    found = shifted(day, -months) if -12 * _LONGEST_AGE <= months <= _MOST_MONTHS else None
    if isinstance(found, date):
        yield found


def _lists(near: frozenset[object], few: bool) -> Iterator[list[dict[str, Any]]]:
    sizes = {
        size for value in near if isinstance(value, int) for size in (value, value + 1) if 2 < size <= _MOST_PEOPLE
    }
    for size in (*((0, 1) if few else (1, 0)), 2, *sorted(sizes)):
        yield [{} for _ in range(size)]


def _once(values: Iterable[Any]) -> Iterator[Any]:
    seen: set[str] = set()
    for value in values:
        key = str(value)
        if key not in seen:
            seen.add(key)
            yield value
