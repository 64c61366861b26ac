"""What is said to the author of a rule: codes R1nn."""

from __future__ import annotations

from collections.abc import Iterable

from lgbm.errors import Diagnostic, did_you_mean
from lgbm.source import Span


def unknown_name(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    return Diagnostic("R101", f"there is no circumstance called `{name}`", span, did_you_mean(name, known))


def unexpected(span: Span, word: str) -> Diagnostic:
    return Diagnostic("R102", f"`{word}` is not expected here", span, "a rule reads like `age >= 18 and savings <= 16000`")


def ends_early(span: Span) -> Diagnostic:
    return Diagnostic("R102", "the rule ends before it is complete", span)


def expected(span: Span, wanted: str, word: str) -> Diagnostic:
    found = f", not `{word}`" if word else ", but the rule ends"
    return Diagnostic("R102", f"`{wanted}` is expected here{found}", span)


def strange_character(span: Span, character: str) -> Diagnostic:
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    hint = 'text stands in double quotes: "employed"' if character in "'‘’“”`" else None
    return Diagnostic("R103", f"`{shown}` means nothing in a rule", span, hint)


def open_text(span: Span) -> Diagnostic:
    return Diagnostic("R103", "this text has no closing quote", span, 'text stands in double quotes: "employed"')


def strange_escape(span: Span, word: str) -> Diagnostic:
    return Diagnostic("R103", f"`{word}` stands for no character", span)


def outside(span: Span, what: str, hint: str | None = None) -> Diagnostic:
    return Diagnostic("R104", f"our FEEL has no {what}", span, hint)


def wrong_type(span: Span, what: str, wanted: str, found: str) -> Diagnostic:
    return Diagnostic("R105", f"{what} takes {wanted}, not {found}", span)


def not_comparable(span: Span, left: str, right: str) -> Diagnostic:
    return Diagnostic("R105", f"{left} and {right} cannot be compared", span)


def no_order(span: Span, what: str) -> Diagnostic:
    return Diagnostic("R105", f"{what} has no order: only `=` and `!=` compare it", span)


def mixed_types(span: Span, first: str, second: str) -> Diagnostic:
    return Diagnostic("R105", f"this gives {first} in one case and {second} in another", span)


def wrong_result(span: Span, wanted: str, found: str) -> Diagnostic:
    return Diagnostic("R105", f"this gives {found}, where {wanted} is needed", span)


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
        "null is what we do not know, and the answer would flip as facts arrive; ask for the fact itself, "
        "or add a circumstance such as `has_partner`",
    )


def unknown_function(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    return Diagnostic("R108", f"there is no function called `{name}`", span, did_you_mean(name, known))


def wrong_arguments(span: Span, name: str, usage: str) -> Diagnostic:
    return Diagnostic("R109", f"`{name}` is not called like this", span, f"it is called as `{usage}`")


def units_differ(span: Span, left: str, right: str) -> Diagnostic:
    return Diagnostic("R110", f"{left} and {right} are different units", span, "convert one of them with a number")


def too_deep(span: Span) -> Diagnostic:
    return Diagnostic("R111", "this rule is nested too deeply, or has too long a chain", span, "say it in several rules")


def too_long(span: Span) -> Diagnostic:
    return Diagnostic("R111", "this rule is too long", span, "say it in several rules")


def inexact(span: Span, word: str) -> Diagnostic:
    shown = word if len(word) <= 40 else word[:37] + "..."
    return Diagnostic("R112", f"`{shown}` cannot be kept exact", span, "a number has 34 digits at most")


def no_such_date(span: Span, word: str) -> Diagnostic:
    shown = word if len(word) <= 40 else word[:37] + "..."
    hint = 'a date is written @"2026-04-06", a duration @"P1Y6M" or @"P14D"'
    if ":" in word or "T" in word and word[:1].isdigit():
        return outside(span, "time of day", hint)
    return Diagnostic("R113", f"`{shown}` is neither a date nor a duration", span, hint)


def cycle(span: Span, path: Iterable[str], of: str = "facts") -> Diagnostic:
    return Diagnostic("R114", f"these {of} depend on each other in a circle: {' → '.join(path)}", span)


def unknown_service(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    return Diagnostic("R115", f"there is no service called `{name}`", span, did_you_mean(name, known))


def segment_in_rule(span: Span, name: str) -> Diagnostic:
    return Diagnostic(
        "R116", f"`{name}` is a segment, and a segment never decides about a person", span, "name the circumstances instead"
    )


def unknown_field(span: Span, of: str, name: str, known: Iterable[str]) -> Diagnostic:
    known = sorted(known)
    hint = did_you_mean(name, known) or (f"it has {', '.join(f'`{one}`' for one in known[:8])}" if known else None)
    return Diagnostic("R117", f"{of} has no `{name}`", span, hint)


def overlapping_rows(span: Span, other: str) -> Diagnostic:
    return Diagnostic("R118", f"this row and the row at {other} can fit at the same time", span, "give each case to one row")
