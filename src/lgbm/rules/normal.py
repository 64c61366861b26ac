"""Conditions in negation normal form, for the engines: `and`, `or`, and leaves that are questions.

The form means exactly what the definition says of the term, in three values: nothing here is a law of two-valued logic
only (`x or not x` stays as it is). An `if` is a question as a whole: taken apart, a chain of them would double at each
link.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from attrs import frozen

from lgbm.rules import term as t


@frozen(cache_hash=True)
class All:
    """All of *parts*; none is true."""

    parts: tuple[Normal, ...]


@frozen(cache_hash=True)
class AnyOf:
    """Any of *parts*; none is false."""

    parts: tuple[Normal, ...]


@frozen(cache_hash=True)
class Question:
    """A condition that is asked as it is, or, *negated*, its opposite."""

    of: t.Term
    negated: bool = False


Normal: TypeAlias = All | AnyOf | Question

_OPPOSITE: dict[t.Comparison, t.Comparison] = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def normal(term: t.Term, negated: bool = False) -> Normal:
    """The normal form of a condition, or of its opposite."""
    match term:
        case t.Stated(part):
            return normal(part, negated)
        case t.Not(part):
            return normal(part, not negated)
        case t.And(parts):
            return (any_of if negated else all_of)(normal(part, negated) for part in parts)
        case t.Or(parts):
            return (all_of if negated else any_of)(normal(part, negated) for part in parts)
        case t.Some(items, local, holds):
            return _over(t.Every if negated else t.Some, items, local, holds, negated)
        case t.Every(items, local, holds):
            return _over(t.Some if negated else t.Every, items, local, holds, negated)
        case t.Compare(operator, left, t.Const(value, "boolean")):
            return normal(left, negated ^ (value is False) ^ (operator == "!="))
        case t.Compare(operator, left, right):
            return Question(
                t.Compare(_OPPOSITE[operator], left, right) if negated else t.Compare(operator, left, right)
            )
        case t.Const(value):
            return all_of(()) if value is not negated else any_of(())
        case _:
            return Question(term, negated)


def _over(kind: type[t.Some | t.Every], items: t.Term, local: str, holds: t.Term, negated: bool) -> Normal:
    return Question(kind(items, local, t.Not(holds) if negated else holds))


def all_of(parts: Iterable[Normal]) -> Normal:
    """All of *parts*, flat."""
    flat = dict.fromkeys(inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,)))
    return next(iter(flat)) if len(flat) == 1 else All(tuple(flat))


def any_of(parts: Iterable[Normal]) -> Normal:
    """Any of *parts*, flat."""
    flat = dict.fromkeys(inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,)))
    return next(iter(flat)) if len(flat) == 1 else AnyOf(tuple(flat))
