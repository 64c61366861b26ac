"""Whether a value grows or shrinks as one fact grows: where it can do nothing else, it crosses a limit once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import frozen

from lgbm.changing.standing import Standing
from lgbm.model.concepts import Kind
from lgbm.model.facts import Facts, circumstance_of
from lgbm.model.truth import Truth
from lgbm.rules import term as t
from lgbm.rules.functions import TO_28_FEBRUARY
from lgbm.rules.semantics import evaluate, truth

Slope: TypeAlias = "int | None"
"""1: it never shrinks; -1: it never grows; 0: it stays; nothing: that cannot be said."""

_GROW = frozenset(
    ("floor", "ceiling", "decimal", "round up", "round down", "round half up", "round half down", "min", "max", "sum",
     "mean", "+", "date + months", "date + seconds", "months + months", "seconds + seconds", "years", "days", "year")
)  # fmt: skip
"""Functions that never shrink as any of their arguments grows."""
_DIFFER: Mapping[str, int] = {
    "-": 1, "date - date": 1, "date - months": 1, "date - seconds": 1, "months - months": 1, "seconds - seconds": 1,
    "years and months duration": -1, TO_28_FEBRUARY: -1,
}  # fmt: skip
"""Functions of two that grow with the one and shrink with the other."""
_TURN = frozenset(("negative", "negative months", "negative seconds"))


@frozen
class Slopes:
    """Slopes along the fact at *path*, the others being as in *facts*."""

    standing: Standing
    path: str
    facts: Facts
    decided: frozenset[t.Term] = frozenset()
    """Conditions that read the fact and that are everywhere as they are on these facts."""

    def touches(self, term: t.Term) -> bool:
        """Whether *term* can depend on the fact at all."""
        return circumstance_of(self.path) in self.standing.cone(term)

    def of(self, term: t.Term) -> Slope:
        """How the value of *term* goes along with the fact."""
        if not self.touches(term):
            return 0
        match term:
            case t.Stated(part):
                return self.of(part)
            case t.Fact(name):
                return self._fact(name)
            case t.Field(t.Fact(owner), name):
                return self._field(owner, name)
            case t.If(condition, then, otherwise):
                chosen = self._chosen(condition)
                return None if chosen is Truth.UNKNOWN else self.of(then if chosen is Truth.TRUE else otherwise)
            case t.ListOf(items):
                return together(map(self.of, items))
            case t.Sum(items):
                return self.of(items)
            case t.Apply(function, arguments):
                return self._applied(function, arguments)
            case _:
                return None

    def _fact(self, name: str) -> Slope:
        if name == self.path:
            return 1
        how = self.standing.part.derived.get(name)
        if how is None or how.formula is None or how.fields:
            return None
        applies = Truth.TRUE if how.gate is None else self._chosen(how.gate)
        if applies is not Truth.TRUE:
            return 0 if applies is Truth.FALSE else None
        return self.of(how.formula)

    def _chosen(self, condition: t.Term) -> Truth:
        """Whether *condition* is so all along the fact, if that can be said."""
        if self.touches(condition) and not self.decided.issuperset(questions(self.standing, (condition,), self.path)):
            return Truth.UNKNOWN
        return truth(condition, self.facts)

    def _field(self, owner: str, name: str) -> Slope:
        if f"{owner}.{name}" == self.path:
            return 1
        how = self.standing.part.derived.get(owner)
        if how is not None and (name in how.fields or (how.gate is not None and self.touches(how.gate))):
            return None
        return 0

    def _applied(self, function: str, arguments: tuple[t.Term, ...]) -> Slope:
        slopes = [self.of(one) for one in arguments]
        if function in _GROW:
            # How many places to round to is no part of the number.
            return together(slopes) if len(arguments) == 1 or not any(slopes[1:]) or function == "+" or (
                function in ("date + months", "date + seconds", "months + months", "seconds + seconds")
            ) else None  # fmt: skip
        if function in _TURN:
            return _times(slopes[0], -1)
        if function in _DIFFER and len(slopes) == 2:
            return _times(together((slopes[0], _times(slopes[1], -1))), _DIFFER[function])
        if function == "*" and 0 in slopes and len(slopes) == 2:
            at = slopes.index(0)
            return _times(slopes[1 - at], self._sign(arguments[at]))
        if function == "/" and len(slopes) == 2 and slopes[1] == 0:
            return _times(slopes[0], self._sign(arguments[1]))
        return None

    def _sign(self, term: t.Term) -> Slope:
        value = evaluate(term, self.facts)
        return (value > 0) - (value < 0) if isinstance(value, int | Decimal) else None


def together(slopes: Iterable[Slope]) -> Slope:
    """The slope of what grows with each of these."""
    found = set(slopes) - {0}
    return 0 if not found else found.pop() if len(found) == 1 else None


def _times(slope: Slope, sign: Slope) -> Slope:
    return None if slope is None or sign is None else slope * sign


def questions(standing: Standing, terms: Iterable[t.Term], path: str) -> list[t.Term]:
    """The smallest conditions in which the fact at *path* can make a difference to *terms*, through formulas too."""
    found: dict[t.Term, None] = {}
    seen: set[str] = set()
    name = circumstance_of(path)

    def follow(fact: str) -> None:
        how = standing.part.derived.get(fact)
        if how is None or fact in seen:
            return
        seen.add(fact)
        about = standing.taxonomy.circumstances.get(fact)
        if how.gate is not None:
            walk(how.gate)
        if how.formula is not None:
            (walk if about is None or about.kind is Kind.BOOLEAN else look)(how.formula)

    def walk(term: t.Term) -> None:
        """What a condition asks."""
        if name not in standing.cone(term):
            return
        match term:
            case t.Stated(part) | t.Not(part):
                walk(part)
            case t.And(parts) | t.Or(parts):
                _each(walk, parts)
            case t.If(condition, then, otherwise):
                _each(walk, (condition, then, otherwise))
            case t.Compare(_, left, t.Const(_, "boolean")):
                walk(left)
            case t.Fact(fact):
                follow(fact)
            case t.Field(t.Fact(owner), inner) if _is_plain(standing, owner, inner):
                follow(owner)
            case _:
                found[term] = None
                look(term)

    def look(term: t.Term) -> None:
        """What is asked within a value, wherever that leads."""
        match term:
            case t.Fact(fact):
                follow(fact)
            case t.If(condition, then, otherwise):
                walk(condition)
                _each(look, (then, otherwise))
            case t.Some() | t.Every() | t.Filter() | t.Each():
                # Of the items of a list nothing is asked by itself: the whole is one question.
                pass
            case _:
                _each(look, t.parts_of(term))

    _each(walk, terms)
    return [*found]


def _is_plain(standing: Standing, owner: str, inner: str) -> bool:
    """Whether a field is simply stated of a person."""
    how = standing.part.derived.get(owner)
    return how is None or inner not in how.fields


def _each(do: Callable[[Any], None], of: Iterable[Any]) -> None:
    for one in of:
        do(one)
