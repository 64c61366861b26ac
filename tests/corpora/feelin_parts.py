"""Expressions taken apart, so that a difference is traced to the smallest part that both engines answer differently."""

from __future__ import annotations

from collections.abc import Iterator

from lgbm.model.values import written
from lgbm.rules.parse import parse
from lgbm.rules.signatures import FUNCTION_NAMES
from lgbm.rules.syntax import (
    Between,
    Binary,
    Call,
    Expr,
    Filter,
    For,
    If,
    In,
    InstanceOf,
    ListOf,
    Literal,
    Logic,
    Name,
    Negated,
    Negative,
    Null,
    Path,
    Quantified,
    Range,
    Test,
)
from lgbm.rules.tokens import known_names

_SPACED = known_names(FUNCTION_NAMES)
BOUND = frozenset(("x", "item", "age", "born", "name", "works"))
"""The names that stand only inside of a quantifier, a filter or a loop."""


def parsed(text: str) -> Expr:
    """The tree of an expression."""
    return parse(text, _SPACED)


def parts(expr: Expr) -> tuple[Expr, ...]:
    """The expressions directly inside *expr*."""
    match expr:
        case Literal() | Null() | Name():
            return ()
        case Path(of) | InstanceOf(of) | Negative(of) | Test(_, of):
            return (of,)
        case Call(_, inside) | Logic(_, inside) | ListOf(inside) | Negated(inside):
            return inside
        case Binary(_, one, other) | Range(one, other) | Filter(one, other):
            return (one, other)
        case Quantified(_, _, one, other) | For(_, one, other):
            return (one, other)
        case Between(one, two, three) | If(one, two, three):
            return (one, two, three)
        case In(of, tests):
            return (of, *tests)


def text_of(expr: Expr) -> str:
    """*expr* written out, every part in brackets."""
    match expr:
        case Literal(value):
            return written(value)
        case Null():
            return "null"
        case Name(name):
            return name
        case Path(of, name):
            return f"{_bracketed(of)}.{name}"
        case Call(function, arguments):
            return f"{function}({', '.join(map(text_of, arguments))})"
        case Negative(operand):
            return f"-{_bracketed(operand)}"
        case Logic(operator, inside):
            return f" {operator} ".join(map(_bracketed, inside))
        case Binary(operator, left, right):
            return f"{_bracketed(left)} {operator} {_bracketed(right)}"
        case Between(of, low, high):
            return f"{_bracketed(of)} between {_bracketed(low)} and {_bracketed(high)}"
        case Test(operator, operand):
            return f"{operator} {_bracketed(operand)}"
        case Negated(tests):
            return f"not({', '.join(map(text_of, tests))})"
        case In(of, (Range() | ListOf() | Name() as test,)):
            return f"{_bracketed(of)} in {text_of(test)}"
        case In(of, tests):
            return f"{_bracketed(of)} in ({', '.join(map(text_of, tests))})"
        case If(condition, then, otherwise):
            return f"if {text_of(condition)} then {text_of(then)} else {text_of(otherwise)}"
        case Quantified(every, variable, items, holds):
            return f"{'every' if every else 'some'} {variable} in {_bracketed(items)} satisfies {text_of(holds)}"
        case For(variable, items, value):
            return f"for {variable} in {_bracketed(items)} return {text_of(value)}"
        case Filter(items, where):
            return f"{_bracketed(items)}[{text_of(where)}]"
        case ListOf(items):
            return f"[{', '.join(map(text_of, items))}]"
        case Range(low, high, with_low, with_high):
            return f"{'[' if with_low else '('}{_bracketed(low)}..{_bracketed(high)}{']' if with_high else ')'}"
        case InstanceOf(of, type_name):
            return f"{_bracketed(of)} instance of {type_name}"


def _bracketed(expr: Expr) -> str:
    plain = isinstance(expr, Name | Literal | Call | ListOf | Path)
    return text_of(expr) if plain else f"({text_of(expr)})"


def closed(expr: Expr) -> bool:
    """Whether *expr* can be asked by itself: it is no test or range, and reads nothing of a loop around it."""
    return not isinstance(expr, Test | Negated | Range) and not _free(expr)


def _free(expr: Expr) -> frozenset[str]:
    if isinstance(expr, Name):
        return frozenset((expr.name,)) & BOUND
    inside = [_free(part) for part in parts(expr)]
    match expr:
        case Quantified() | For():
            return inside[0] | (inside[1] - {expr.variable})
        case Filter():
            return inside[0] | (inside[1] - BOUND)
        case _:
            return frozenset[str]().union(*inside)


def closed_parts(expr: Expr) -> Iterator[Expr]:
    """*expr* and every part of it that can be asked by itself, the inner ones first."""
    for part in parts(expr):
        yield from closed_parts(part)
    if closed(expr):
        yield expr


def nearest(expr: Expr) -> Iterator[Expr]:
    """The outermost parts inside *expr* that can be asked by themselves: what its value is worked out from."""
    for part in parts(expr):
        if closed(part):
            yield part
        else:
            yield from nearest(part)


def every_part(expr: Expr) -> Iterator[Expr]:
    """*expr* and all that is inside of it."""
    yield expr
    for part in parts(expr):
        yield from every_part(part)


def names_in(expr: Expr) -> frozenset[str]:
    """Every name that stands in *expr*."""
    return frozenset(part.name for part in every_part(expr) if isinstance(part, Name))
