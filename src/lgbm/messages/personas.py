"""What is said of files of personas: E5nn."""

from __future__ import annotations

from lgbm.errors import Diagnostic
from lgbm.source import Span


def no_such_path(place: str) -> Diagnostic:
    return Diagnostic("E501", f"there is no file or folder called `{place}`", place=place, hint="check the spelling")


def not_personas(span: Span) -> Diagnostic:
    return Diagnostic(
        "E502",
        "this file has no `personas:`",
        span,
        "a file of personas has `taxonomy:`, `on:` and `personas:`, with a person in each entry of the last",
    )


def no_such_taxonomy(span: Span, name: str) -> Diagnostic:
    return Diagnostic("E503", f"there is no packaged taxonomy, folder or file called `{name}`", span)


def broken_taxonomy(place: str, span: Span | None, name: str, mistakes: int) -> Diagnostic:
    count = f"{mistakes} mistake{'s' if mistakes != 1 else ''}"
    hint = "mend it first: `lgbm check` tells all of its mistakes"
    return Diagnostic("E504", f"the taxonomy `{name}` has {count}", span, hint, None if span else place)


def expected_twice(span: Span, name: str, first: Span) -> Diagnostic:
    return Diagnostic(
        "E505",
        f"of `{name}` something is expected already, in line {first.line}",
        span,
        "expect one answer of each; for other facts, write a variant",
    )
