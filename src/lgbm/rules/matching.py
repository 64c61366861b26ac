"""The arguments of a call to a signature of the function."""

from __future__ import annotations

from collections.abc import Sequence

from lgbm.rules import syntax as s
from lgbm.rules import term as t
from lgbm.rules.fold import folded
from lgbm.rules.kinds import MANY, WORDS
from lgbm.rules.signatures import Parameter, Signature
from lgbm.rules.term import NOTHING, Checked, Type

_SEPARATORS = {"grouping separator": "", "decimal separator": ".", "delimiter": ""}


def with_separators(expr: s.Call, signature: Signature) -> Sequence[s.Expr]:
    """The arguments, a separator that is `null` written out: by the standard, here null is not a missing value."""
    names = expr.names or tuple(one.name for one in signature.parameters)
    stands_for = [_SEPARATORS.get(name) for name in names] + [None] * len(expr.arguments)
    return [
        s.Literal(text, one.start, one.end) if isinstance(one, s.Null) and text is not None else one
        for one, text in zip(expr.arguments, stands_for, strict=False)
    ]


def by_name(expr: s.Call, names: Sequence[str]) -> Sequence[s.Expr]:
    if not expr.names:
        return expr.arguments
    given = dict(zip(expr.names, expr.arguments, strict=True))
    return [given[name] for name in names] if set(given) == set(names) else expr.arguments


def matched(
    signature: Signature, arguments: Sequence[Checked], names: Sequence[str]
) -> tuple[tuple[t.Term, ...], Type] | None:
    """The arguments in order and the result's type, if *signature* takes them."""
    parameters = signature.parameters
    if names:
        given = dict(zip(names, arguments, strict=True))
        if len(given) != len(names) or not set(given) <= {one.name for one in parameters}:
            return None
        parameters = tuple(one for one in parameters if one.name in given or not one.optional)
        if len(parameters) != len(given):
            return None
        if parameters != signature.parameters[: len(parameters)]:
            return None
        arguments = [given[one.name] for one in parameters]
    elif parameters[0].spread and not (len(arguments) == 1 and arguments[0][1].kind == "list"):
        if not arguments:
            return None
        kinds = [found for _, found in arguments]
        spread = t.ListOf(tuple(term for term, _ in arguments))
        item = kinds[0]
        if any(kind.kind != item.kind for kind in kinds):
            return None
        arguments = [(folded(spread), Type("list", item=item))]
    required = sum(not one.optional for one in parameters)
    if not required <= len(arguments) <= len(parameters):
        return None
    bound: dict[str, Type] = {}
    for (_, found), parameter in zip(arguments, parameters, strict=False):
        if not _fits(f"list<{parameter.pattern}>" if parameter.spread else parameter.pattern, found, bound):
            return None
    return tuple(term for term, _ in arguments), _result(signature.result, bound, arguments[0][1], parameters[0])


def _fits(pattern: str, found: Type, bound: dict[str, Type]) -> bool:
    if found.kind == "nothing":
        return True
    if pattern.startswith("list<"):
        return found.kind == "list" and _fits(pattern[5:-1], found.item or NOTHING, bound)
    if pattern == "T":
        earlier = bound.setdefault("T", found)
        return (earlier.kind in (found.kind, "nothing") and found.kind != "person") or earlier == found
    return found.kind == pattern


def _result(pattern: str, bound: dict[str, Type], first: Type, parameter: Parameter) -> Type:
    if pattern.startswith("list<"):
        return Type("list", item=_result(pattern[5:-1], bound, first, parameter))
    if pattern == "T":
        return bound.get("T", NOTHING)
    unit = first.unit or (first.item.unit if first.item else None)
    keeps = pattern == "number" and "number" in parameter.pattern and unit
    return Type(pattern, unit=unit if keeps else None)


def usage(signature: Signature) -> str:
    shown = [f"{one.name}: {_pattern(one)}{' or nothing' if one.optional else ''}" for one in signature.parameters]
    return f"{signature.name}({', '.join(shown)})"


def _pattern(parameter: Parameter) -> str:
    """What a parameter takes, in words."""
    kind = parameter.pattern.removeprefix("list<").removesuffix(">")
    if parameter.spread or parameter.pattern != kind:
        return "list" if kind == "T" else f"list of {MANY[kind]}"
    return "any value" if kind == "T" else WORDS[kind].removeprefix("a ")
