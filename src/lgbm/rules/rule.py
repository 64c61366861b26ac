"""One rule, from its text to its meaning, with everything that is wrong in it said at its place."""

from __future__ import annotations

from lgbm.errors import Diagnostic
from lgbm.messages import rules as say
from lgbm.rules.check import Checker
from lgbm.rules.fitting import Place
from lgbm.rules.parse import parse, parse_tests
from lgbm.rules.scope import Scope
from lgbm.rules.term import Term, Type, Undefined
from lgbm.rules.tokens import ParseError

_OUTSIDE = {
    "context": ("contexts", "a person's fields are declared in the taxonomy"),
    "function": ("functions of its own", None),
    "range value": ("ranges as values", None),
    "dash": ("`-` as a test", "leave the cell out"),
    "mixed arguments": ("calls with some arguments by name and some by place", None),
}


def rule(text: str, scope: Scope, kind: str | None, place: Place, problems: list[Diagnostic]) -> Term | None:
    """The term of *text*, which is to give a value of that kind; nothing, after a complaint."""
    before = len(problems)
    try:
        term = Checker(place, problems).of_kind(parse(text, scope.spaced), scope, kind)
    except ParseError as problem:
        problems.append(_said(problem, text, place))
    else:
        if len(problems) == before:
            return term
    return None


def tests(text: str, of: tuple[Term, Type], scope: Scope, place: Place, problems: list[Diagnostic]) -> Term | None:
    """Whether *of* passes the unary tests that *text* writes; nothing, after a complaint."""
    before = len(problems)
    checker = Checker(place, problems)
    try:
        term = checker.passes(parse_tests(text, scope.spaced), of, scope)
    except ParseError as problem:
        problems.append(_said(problem, text, place))
    else:
        if len(problems) == before and not isinstance(term, Undefined):
            return term
    return None


def _said(problem: ParseError, text: str, place: Place) -> Diagnostic:
    span = place(problem.start, problem.end)
    match problem.reason:
        case "too deep":
            return say.too_deep(span)
        case "too long":
            return say.too_long(span)
        case "number":
            return say.inexact(span, problem.word)
        case "at literal":
            return say.no_such_date(span, problem.word)
        case "character":
            return say.strange_character(span, problem.word)
        case "open string":
            return say.open_text(span)
        case "escape":
            return say.strange_escape(span, problem.word)
        case "ends early":
            return say.ends_early(place(max(0, len(text.rstrip()) - 1), len(text)))
        case "unexpected":
            return say.unexpected(span, problem.word)
        case reason if reason in _OUTSIDE:
            return say.outside(span, *_OUTSIDE[reason])
        case reason:
            return say.expected(span, reason.removeprefix("expected "), problem.word)
