"""The values that a fact could have instead, and where along a number or a date the answer turns.

Between two neighbouring turning points no condition of the rules changes, so one value of such a stretch speaks for all
of it. Where it cannot be shown that there are no other turning points, that is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from itertools import combinations
from typing import Any

from attrs import frozen

from lgbm.changing.slopes import Slopes, questions
from lgbm.changing.standing import Changes, Standing
from lgbm.model.concepts import Circumstance, Kind
from lgbm.model.truth import Truth
from lgbm.model.values import EXACT, Value, tidy
from lgbm.rules import term as t
from lgbm.rules.semantics import evaluate, truth

_FAR = 10**9
_FINE = 4
_FEW = 130
"""Values of which each can be tried: the years of an age."""
_MOST_OPTIONS = 5
_SIGNS: tuple[t.Comparison, ...] = (">", ">=")


@frozen
class Range:
    """Numbers or days between two ends, either of which may be open or absent."""

    at_least: Value | None = None
    more_than: Value | None = None
    at_most: Value | None = None
    less_than: Value | None = None


def exactly(value: Value) -> Range:
    """This value, and no other."""
    return Range(at_least=value, at_most=value)


@frozen
class Scale:
    """The values that a number or a date may have, counted off in whole steps."""

    about: Circumstance | None
    day: date
    now: Value | None

    @property
    def places(self) -> int:
        """Decimal places of a step. A number of which none are declared may have as many as it likes."""
        if self.about is not None and self.about.places is not None:
            return self.about.places
        return 2 if self.about is not None and self.about.kind is Kind.MONEY else _FINE

    @property
    def is_date(self) -> bool:
        """Whether it is dates that are counted."""
        return self.about is not None and self.about.kind is Kind.DATE

    def place(self, value: Any) -> int:
        """The step at *value*, or the last one below it."""
        if isinstance(value, date):
            return value.toordinal()
        return int((Decimal(value) * 10**self.places).to_integral_value(ROUND_FLOOR))

    def value(self, place: int) -> Any:
        """The value at a step."""
        if self.is_date:
            return date.fromordinal(place)
        return tidy(EXACT.plus(Decimal(place).scaleb(-self.places)))

    @property
    def ends(self) -> tuple[int, int]:
        """The first and the last step."""
        low: Any = self.about.at_least if self.about is not None else None
        high: Any = self.about.at_most if self.about is not None else None
        if self.is_date:
            last = date.max if self.about is not None and self.about.future else self.day
            return (low or date(1000, 1, 1)).toordinal(), min(high or date.max, last).toordinal()
        return self.place(-_FAR if low is None else low), self.place(_FAR if high is None else high)

    def roundness(self, place: int) -> int:
        """How round a number at a step looks: how many zeros it ends in."""
        text = str(abs(place))
        return len(text) - len(text.rstrip("0")) if place else 99

    def plain_between(self, low: int, high: int, beside: int) -> int:
        """The step from *low* to *high* at which somebody near *beside* would look first: a plain number, if any is."""
        if low <= beside <= high:
            return beside
        end, other, way = (low, high, 1) if beside < low else (high, low, -1)
        if self.is_date or self.about is None or self.about.places is not None or self.about.kind is Kind.MONEY:
            return end
        unit: int = 10**self.places
        whole = -(-end // unit) * unit if way > 0 else end // unit * unit
        return whole if min(end, other) <= whole <= max(end, other) else end


@frozen
class Stretches:
    """A number or a date from end to end, in stretches on each of which the rules say one and the same."""

    scale: Scale
    starts: tuple[int, ...]
    """The step at which each stretch begins."""
    whole: bool
    """Whether it is shown that these are all."""

    def ends(self, at: int) -> tuple[int, int]:
        """The first and the last step of a stretch."""
        last = self.starts[at + 1] - 1 if at + 1 < len(self.starts) else self.scale.ends[1]
        return self.starts[at], last

    def nearest(self, at: int) -> int:
        """The step of a stretch that is nearest to what is so now."""
        now = self.scale.now
        return self.scale.plain_between(*self.ends(at), self.scale.place(now) if now is not None else 0)

    def where(self, value: Value) -> int:
        """The stretch that *value* is in."""
        place = self.scale.place(value)
        return max(at for at, start in enumerate(self.starts) if at == 0 or start <= place)

    def range(self, first: int, last: int) -> Range:
        """From the stretch *first* to the stretch *last*."""
        low, high = self.ends(first)[0], self.ends(last)[1]
        least, most = self.scale.ends
        value, round_at = self.scale.value, self.scale.roundness
        found: dict[str, Value] = {}
        if low == high:
            return exactly(value(low))
        # `more than £16,000` is what the law says, where `at least £16,000.01` would do.
        if low > least:
            over = not self.scale.is_date and round_at(low - 1) > round_at(low)
            found["more_than" if over else "at_least"] = value(low - 1 if over else low)
        if high < most:
            under = not self.scale.is_date and round_at(high + 1) > round_at(high)
            found["less_than" if under else "at_most"] = value(high + 1 if under else high)
        return Range(**found)


def stretches(standing: Standing, path: str, changes: Changes) -> Stretches:
    """How the goal depends on the number or date at *path*, after *changes* of other facts."""
    goal = standing.goal(changes)
    facts = standing.facts({**changes, path: None})
    scale = Scale(standing.about(path), standing.book.day, standing.value(path))
    low, high = scale.ends
    slopes, starts, whole = Slopes(standing, path, facts), {low}, True
    for question in questions(standing, (goal,), path):
        found = _crossings(slopes, question, changes, scale) if isinstance(question, t.Compare) else None
        if found is None:
            if high - low < _FEW:
                return Stretches(scale, tuple(range(low, high + 1)), True)
            whole = False
            found = _by_constants(question, scale)
        starts.update(one for one in found if low < one <= high)
    return Stretches(scale, tuple(sorted(starts)), whole)


def _by_constants(question: t.Term, scale: Scale) -> list[int]:
    """Steps worth trying, where it is not plain how the question depends on the fact."""
    found: list[int] = []
    waiting = [question]
    while waiting:
        one = waiting.pop()
        waiting.extend(t.parts_of(one))
        if isinstance(one, t.Const) and _fits(one.value, scale):
            place = scale.place(one.value)
            found += [place, place + 1]
    return found


def _fits(value: object, scale: Scale) -> bool:
    return (
        isinstance(value, date) if scale.is_date else isinstance(value, int | Decimal) and not isinstance(value, bool)
    )


def _crossings(slopes: Slopes, question: t.Compare, changes: Changes, scale: Scale) -> list[int] | None:
    """The steps at which the one side of a comparison passes the other; nothing, where they may pass more often."""
    left, right = slopes.of(question.left), slopes.of(question.right)
    if left is None or right is None or left * right > 0:
        return None
    if not left and not right:
        return []
    direct = _direct(slopes, question, scale)
    if direct is not None:
        return direct
    signs = {"<": (">=",), ">=": (">=",), ">": (">",), "<=": (">",)}.get(question.operator, _SIGNS)
    found = [_halved(slopes, t.Compare(sign, question.left, question.right), changes, scale) for sign in signs]  # type: ignore[arg-type]
    return None if None in found else [one for one in found if one]


def _direct(slopes: Slopes, question: t.Compare, scale: Scale) -> list[int] | None:
    """The same, where the fact itself is compared with what is known."""
    for of, other in ((question.left, question.right), (question.right, question.left)):
        match t.meaning(of):
            case t.Fact(name) if name == slopes.path:
                pass
            case t.Field(t.Fact(owner), name) if f"{owner}.{name}" == slopes.path:
                pass
            case _:
                continue
        value = evaluate(other, slopes.facts)
        if _fits(value, scale):
            place = scale.place(value)
            return [place, place + 1]
    return None


def _halved(slopes: Slopes, question: t.Compare, changes: Changes, scale: Scale) -> int | None:
    """The first step at which *question* is no longer as at the first of all; 0 where it is so up to the last."""
    standing, path = slopes.standing, slopes.path

    def at(place: int) -> Truth:
        return truth(question, standing.facts({**changes, path: scale.value(place)}))

    low, high = scale.ends
    first, last = at(low), at(high)
    if Truth.UNKNOWN in (first, last):
        return None
    if first is last:
        return 0
    while high - low > 1:
        middle = (low + high) // 2
        found = at(middle)
        if found is Truth.UNKNOWN:
            return None
        low, high = (middle, high) if found is first else (low, middle)
    return high


def values(standing: Standing, path: str, changes: Changes) -> tuple[Sequence[Value], bool]:
    """Values to try for the fact at *path*, the nearest to what is so first, and whether they speak for all others."""
    about, now = standing.about(path), standing.value(path)
    kind = Kind.BOOLEAN if about is None else about.kind
    match kind:
        case Kind.BOOLEAN:
            return [one for one in (True, False) if one is not now], True
        case Kind.CHOICE if about is not None:
            return [one for one in about.options if one != now], True
        case Kind.CHOICES if about is not None:
            few = len(about.options) <= _MOST_OPTIONS
            return [one for one in _sets(tuple(about.options), now, few) if one != now], few
        case Kind.NUMBER | Kind.MONEY | Kind.DATE:
            found = stretches(standing, path, changes)
            beside = found.scale.place(now) if now is not None else 0
            order = sorted((found.nearest(at) for at in range(len(found.starts))), key=lambda one: abs(one - beside))
            return [one for one in map(found.scale.value, order) if one != now], found.whole
        case _:
            return _texts(standing, path, changes, now)


def _sets(options: tuple[str, ...], now: Any, every: bool) -> Iterator[tuple[str, ...]]:
    held = set(now or ())
    beside = sorted((tuple(sorted(held ^ {one})) for one in options), key=len)
    whole = (one for size in range(len(options) + 1) for one in combinations(sorted(options), size))
    yield from dict.fromkeys((*beside, *whole) if every else (*beside, (), tuple(sorted(options))))


def _texts(standing: Standing, path: str, changes: Changes, now: Value | None) -> tuple[Sequence[Value], bool]:
    """Texts that the rules speak of, and one that they do not: all there is where texts are only asked to be equal."""
    found: dict[str, None] = {}
    plain = True
    for question in questions(standing, (standing.goal(changes),), path):
        match question:
            case t.Compare("=" | "!=", t.Fact(), t.Const(str() as text)):
                found[text] = None
            case t.OneOf(t.Fact(), texts):
                found.update(dict.fromkeys(sorted(texts)))
            case _:
                plain = False
    other = "another"
    while other in found:
        other += " one"
    return [one for one in (*found, other) if one != now], plain
