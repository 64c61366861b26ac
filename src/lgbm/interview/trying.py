"""Values to try for a fact: enough of them that whatever a rule can tell apart is tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain

from attrs import frozen

from lgbm.interview.answers import nobody_known
from lgbm.model.concepts import Circumstance, Kind
from lgbm.model.facts import Person
from lgbm.model.values import EXACT, Months, Number, Seconds, Value, tidy
from lgbm.rules import term as t
from lgbm.rules.days import shifted
from lgbm.rules.reckoning import UndefinedError

_MOST_PEOPLE = 3
_LONGEST = 140
"""Years: a number beyond that is no age."""
_FAR = 10**7


@frozen
class Constants:
    """What the rules of one condition compare things with."""

    numbers: tuple[Number, ...]
    dates: tuple[date, ...]
    texts: tuple[str, ...]


def constants_of(terms: Iterable[t.Term]) -> Constants:
    """The constants in *terms*."""
    numbers, dates, texts = set[Number](), set[date](), set[str]()
    waiting = list(terms)
    while waiting:
        one = waiting.pop()
        match one:
            case t.Const(bool()):
                pass
            case t.Const(int() | Decimal() as value):
                numbers.add(value)
            case t.Const(date() as value):
                dates.add(value)
            case t.Const(str() as value):
                texts.add(value)
            case t.Const(Months(months)):
                numbers |= {months, months // 12}
            case t.Const(Seconds(seconds)):
                numbers.add(int(seconds // 86400))
            case t.OneOf(_, values):
                texts |= values
            case _:
                pass
        waiting += t.parts_of(one)
    return Constants(tuple(sorted(numbers)), tuple(sorted(dates)), tuple(sorted(texts)))


def values(one: Circumstance | None, path: str, near: Constants, day: date) -> tuple[Value, ...]:
    """Values for the fact at *path*, the most ordinary first."""
    if one is None or one.kind is Kind.BOOLEAN:
        return False, True
    match one.kind:
        case Kind.CHOICE:
            return tuple(one.options)
        case Kind.CHOICES:
            return ((), *((option,) for option in one.options), tuple(sorted(one.options)))
        case Kind.TEXT:
            return (*near.texts, "", "x")
        case Kind.NUMBER | Kind.MONEY:
            return _once(value for value in _numbers(one, near) if _fits(one, value))
        case Kind.DATE:
            return _once(value for value in _days(near, day) if _fits(one, value) and (one.future or value <= day))
        case Kind.PERSON:
            return (Person({}, path),)
        case Kind.PEOPLE:
            return tuple(nobody_known(path, count) for count in range(_MOST_PEOPLE + 1))


def _once(found: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(found))


def _fits(one: Circumstance, value: Number | date) -> bool:
    low, high = one.at_least, one.at_most
    return (low is None or value >= low) and (high is None or value <= high)  # type: ignore[operator]


def _numbers(one: Circumstance, near: Constants) -> Iterator[Number]:
    places = one.places if one.places is not None else 2 if one.kind is Kind.MONEY else None
    step = Decimal(1).scaleb(-places) if places else Decimal(1)
    yield 0
    yield from (value for value in (one.at_least, one.at_most) if isinstance(value, int | Decimal))
    yield _FAR
    for value in chain.from_iterable(
        (each, EXACT.subtract(each, step), EXACT.add(each, step)) for each in near.numbers
    ):
        number = tidy(Decimal(value))
        if places is None or number == EXACT.quantize(Decimal(number), step):
            yield number
    yield 1
    yield -_FAR


def _days(near: Constants, day: date) -> Iterator[date]:
    yield day
    yield from (value for value in near.dates for value in _around(value))
    for count in (40, 80, 0, 10, *(int(value) for value in near.numbers if 0 < value <= _LONGEST)):
        yield from _around(_shifted(day, -12 * count))
    for count in (int(value) for value in near.numbers if 0 < value <= 10 * _LONGEST):
        yield from _around(_shifted(day, -count))
        yield from _around(_moved(day, -count))
        yield from (one for one in (_shifted(day, count), _moved(day, count)) if one is not None)


def _around(day: date | None) -> Iterator[date]:
    if day is not None:
        yield from (one for one in (day, _moved(day, -1), _moved(day, 1)) if one is not None)


def _shifted(day: date, months: int) -> date | None:
    try:
        return shifted(day, months)
    except UndefinedError:
        return None


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
