"""Constants worked out, in terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from lgbm.model.values import Months, Seconds, Value
from lgbm.rules import term as t
from lgbm.rules.functions import UndefinedError, apply
from lgbm.rules.term import Type

_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "boolean"), (str, "string"), (Months, "months"), (Seconds, "seconds"), (tuple, "list"),
    (date, "date"), (int, "number"), (Decimal, "number"),
)  # fmt: skip


def constant(value: Value) -> tuple[t.Const, Type]:
    """The term of a value, and its type."""
    kind = next(kind for sort, kind in _KINDS if isinstance(value, sort))
    return t.Const(value, kind), Type(kind)


def folded(term: t.Term) -> t.Term:
    """*term*, or its value where all its parts are constants."""
    values: list[Value] = []
    for part in t.parts_of(term):
        if not isinstance(part, t.Const):
            return term
        values.append(part.value)
    match term:
        case t.Apply(function):
            try:
                return constant(apply(function, values))[0]
            except UndefinedError as problem:
                return t.Undefined(str(problem))
        case t.ListOf():
            return t.Const(tuple(values), "list")
        case _:
            return term


def fold(term: t.Term) -> t.Term:
    """The same meaning with constants worked out, all the way down."""
    return _rebuilt(term, lambda one: folded(one) if isinstance(one, t.Apply | t.ListOf) else one)


def replaced(term: t.Term, old: t.Term, new: t.Term) -> t.Term:
    """*term* with *new* wherever *old* stands."""
    return _rebuilt(term, lambda one: new if one == old else one)


def _rebuilt(term: t.Term, change: Callable[[t.Term], t.Term]) -> t.Term:
    return change(t.mapped(term, lambda part: _rebuilt(part, change)))


def either(parts: Iterable[t.Term]) -> t.Term:
    """Any of *parts*; equalities of one string with constants become one question."""
    listed = tuple(parts)
    if not listed:
        return t.Const(False, "boolean")
    if len(listed) == 1:
        return listed[0]
    match listed[0]:
        case t.Compare("=", of, t.Const(str())) if all(
            isinstance(one, t.Compare) and one.operator == "=" and one.left == of and isinstance(one.right, t.Const)
            for one in listed
        ):
            return t.OneOf(of, frozenset(one.right.value for one in listed))  # type: ignore[union-attr, misc]
        case _:
            return t.Or(listed)
