"""What is said to the author of a rule: codes R1nn."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from lgbm.errors import Diagnostic, did_you_mean
from lgbm.source import Span

_TEXT = 'text stands in double quotes: "employed"'
_SIGNS = "the signs are `=`, `!=`, `<`, `<=`, `>` and `>=`"
_SPAN_OF_TIME = 'a span of time is written @"P6M" (six months), @"P1Y6M" or @"P14D" (fourteen days)'
_SEVERAL = "say it in several rules, or with circumstances that have a formula"
_DATE = 'a date is written @"2026-04-06"'
_YES_OR_NO = "yes and no are written `true` and `false`, without quotes"

_INSTEAD = {
    "=": _SIGNS,
    "<": _SIGNS,
    ">": _SIGNS,
    "is": "equal is written `=`",
    "equals": "equal is written `=`",
    ",": "conditions are joined by `and`, and a number is written without commas: 16000",
    "..": "a range stands in brackets: `[18..65]`",
    "to": "a span of numbers reads like `age between 16 and 64`",
    "where": "those of a list for whom something holds are written `children[age < 5]`",
    "with": "those of a list for whom something holds are written `children[age < 5]`",
    "k": "a number is written out: 16000",
    **dict.fromkeys(("year", "years", "month", "months", "week", "weeks", "day", "days"), _SPAN_OF_TIME),
}
"""What to write instead of words that people try."""

_INSTEAD_OF_CHARACTERS = {
    **dict.fromkeys("'‘’“”„`", _TEXT),
    **dict.fromkeys("£$€", "an amount of money is a plain number: 16000"),
    **dict.fromkeys("–—−", "a minus is the plain `-`"),
    "%": "a percentage is a plain number: 25",
    "&": "conditions are joined by `and`",
    ";": "conditions are joined by `and`",
    "|": "conditions are joined by `or`",
    "!": "what is to be false is written `not(…)`, and unequal `!=`",
    "≥": "at least is written `>=`",
    "≤": "at most is written `<=`",
    "≠": "unequal is written `!=`",
}

_TO_COMPARE = {
    "a list": "ask about those in it: `count(children[age < 5]) > 0`",
    "a date": _DATE,
    "a yes or no": _YES_OR_NO,
    "a duration in months": 'take its `.years` or its `.months`, or compare it with another: @"P1Y6M"',
    "a duration in days": 'take its `.days`, or compare it with another: @"P14D"',
    "a number": "a number stands without quotes",
}
"""What to write where one of two things that cannot be compared is of that kind."""

_WORDS = frozenset(("and", "or", "not", "if", "then", "else", "in", "between", "some", "every", "satisfies", "return"))


def unknown_name(span: Span, name: str, known: Iterable[str], options: Collection[str] = ()) -> Diagnostic:
    hint = did_you_mean(name, known)
    if name.lower() in ("yes", "no", "true", "false"):
        hint = _YES_OR_NO
    elif option := next((one for one in sorted(options) if one == name or one.startswith(f"{name}-")), None):
        hint = f'an option is a text, and stands in double quotes: "{option}"'
    return Diagnostic("R101", f"there is no circumstance called `{name}`", span, hint)


def unexpected(span: Span, word: str) -> Diagnostic:
    hint = _INSTEAD.get(word, "a rule reads like `age >= 18 and savings <= 16000`")
    if word.lower() in _WORDS and not word.islower():
        hint = f"write `{word.lower()}`"
    return Diagnostic("R102", f"`{word}` is not expected here", span, hint)


def ends_early(span: Span) -> Diagnostic:
    return Diagnostic("R102", "the rule ends before it is complete", span)


def expected(span: Span, wanted: str, word: str) -> Diagnostic:
    found = f", not `{word}`" if word else ", but the rule ends"
    hint = "what is to be false stands in brackets: `not(disabled)`" if wanted == "(" else _INSTEAD.get(word)
    return Diagnostic("R102", f"`{wanted}` is expected here{found}", span, hint)


def strange_character(span: Span, character: str) -> Diagnostic:
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return Diagnostic("R103", f"`{shown}` means nothing in a rule", span, _INSTEAD_OF_CHARACTERS.get(character))


def open_text(span: Span) -> Diagnostic:
    return Diagnostic("R103", "this text has no closing quote", span, _TEXT)


def strange_escape(span: Span, word: str) -> Diagnostic:
    return Diagnostic("R103", f"`{word}` stands for no character", span)


def outside(span: Span, what: str, hint: str | None = None) -> Diagnostic:
    return Diagnostic("R104", f"the rule language has no {what}", span, hint)


def wrong_type(span: Span, what: str, wanted: str, found: str) -> Diagnostic:
    return Diagnostic("R105", f"{what} takes {wanted}, not {found}", span)


def no_arithmetic(span: Span, operator: str, left: str, right: str) -> Diagnostic:
    hint = _SPAN_OF_TIME if {left, right} == {"a date", "a number"} else None
    words = {
        "+": f"{left} and {right} cannot be added",
        "-": f"{right} cannot be subtracted from {left}",
        "*": f"{left} and {right} cannot be multiplied",
        "/": f"{left} cannot be divided by {right}",
    }
    return Diagnostic("R105", words.get(operator, f"{left} has no power of {right}"), span, hint)


def not_comparable(span: Span, left: str, right: str) -> Diagnostic:
    hint = next((hint for kind, hint in _TO_COMPARE.items() if kind in (left, right)), None)
    return Diagnostic("R105", f"{left} and {right} cannot be compared", span, hint)


def no_order(span: Span, what: str) -> Diagnostic:
    return Diagnostic("R105", f"{what} has no order: only `=` and `!=` compare it", span)


def mixed_types(span: Span, first: str, second: str) -> Diagnostic:
    return Diagnostic("R105", f"{first} and {second} stand here, and both must be of one kind", span)


def wrong_result(span: Span, wanted: str, found: str) -> Diagnostic:
    hint = "a condition compares: `savings <= 16000`" if wanted == "a yes or no" else None
    return Diagnostic("R105", f"this gives {found}, where {wanted} is needed", span, hint)


def unknown_option(span: Span, circumstance: str, option: str, options: Iterable[str]) -> Diagnostic:
    options = sorted(options)
    listed = ", ".join(f"`{one}`" for one in options[:8]) + (" …" if len(options) > 8 else "")
    hint = did_you_mean(option, options) or f"the options are {listed}"
    return Diagnostic("R106", f"{circumstance} has no option `{option}`", span, hint)


def null_test(span: Span) -> Diagnostic:
    return Diagnostic(
        "R107",
        "a rule cannot ask whether a fact is null",
        span,
        "null is what is not known yet, so the answer would turn round as facts arrive; ask for the fact itself, "
        "or add a circumstance such as `has_partner`",
    )


def unknown_function(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    return Diagnostic("R108", f"there is no function called `{name}`", span, did_you_mean(name, known))


def wrong_arguments(span: Span, name: str, usages: Iterable[str]) -> Diagnostic:
    listed = " or ".join(f"`{one}`" for one in dict.fromkeys(usages))
    return Diagnostic("R109", f"`{name}` is not used like this", span, f"it is used as {listed}")


def units_differ(span: Span, left: str, right: str) -> Diagnostic:
    return Diagnostic(
        "R110",
        f"`{left}` and `{right}` are different units",
        span,
        "bring them to one unit first, with a circumstance that has a formula",
    )


def too_deep(span: Span) -> Diagnostic:
    return Diagnostic("R111", "this rule is nested too deeply, or has too long a chain", span, _SEVERAL)


def too_long(span: Span) -> Diagnostic:
    return Diagnostic("R111", "this rule is too long", span, _SEVERAL)


def inexact(span: Span, word: str) -> Diagnostic:
    shown = word if len(word) <= 40 else word[:37] + "..."
    return Diagnostic("R112", f"`{shown}` cannot be kept exact", span, "a number has 34 digits at most")


def no_such_date(span: Span, word: str) -> Diagnostic:
    shown = word if len(word) <= 40 else word[:37] + "..."
    hint = 'a date is written @"2026-04-06", a duration @"P1Y6M" or @"P14D"'
    if ":" in word or ("T" in word and word[:1].isdigit()):
        return outside(span, "time of day", hint)
    return Diagnostic("R113", f"`{shown}` is neither a date nor a duration", span, hint)


def cycle(span: Span, path: Iterable[str]) -> Diagnostic:
    return Diagnostic("R114", f"these facts depend on each other in a circle: {' → '.join(path)}", span)


def unknown_service(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    return Diagnostic("R115", f"there is no service called `{name}`", span, did_you_mean(name, known))


def segment_in_rule(span: Span, name: str) -> Diagnostic:
    return Diagnostic(
        "R116",
        f"`{name}` is a segment, and a segment never decides about a person",
        span,
        "name the circumstances instead",
    )


def unknown_field(span: Span, of: str, name: str, known: Iterable[str]) -> Diagnostic:
    known = sorted(known)
    hint = did_you_mean(name, known) or (f"it has {', '.join(f'`{one}`' for one in known[:8])}" if known else None)
    return Diagnostic("R117", f"{of} has no `{name}`", span, hint)


def overlapping_rows(span: Span, other: str) -> Diagnostic:
    return Diagnostic(
        "R118", f"this row and the row at {other} can fit at the same time", span, "give each case to one row"
    )


def whose_field(span: Span, name: str, variable: str) -> Diagnostic:
    return Diagnostic(
        "R119",
        f"`{name}` could be that of `{variable}`, or the citizen's",
        span,
        f"write `{variable}.{name}` for the one in question; the citizen's needs another name",
    )
