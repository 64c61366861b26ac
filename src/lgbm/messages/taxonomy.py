"""What is said of a taxonomy's structure and references: T2nn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lgbm.errors import Diagnostic
from lgbm.source import Span


def _or(words: Iterable[str]) -> str:
    shown = [f"`{word}`" for word in words]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " or " + shown[-1]


def _and(words: Iterable[str]) -> str:
    shown = [f"`{word}`" for word in words]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1]


def _steps(names: Sequence[str]) -> str:
    """A way round; of a very long one its beginning and its end."""
    shown = [f"`{name}`" for name in names]
    return " → ".join(shown if len(shown) <= 12 else [*shown[:8], "…", *shown[-3:]])


def not_sections(span: Span) -> Diagnostic:
    return Diagnostic(
        "T201",
        "a file of a taxonomy is a mapping of sections",
        span,
        "begin with a section: `services:`, and its items below",
    )


def unknown_section(span: Span, name: str, hint: str | None) -> Diagnostic:
    return Diagnostic("T202", f"there is no section called `{name}`", span, hint)


def unknown_field(span: Span, what: str, name: str, hint: str | None) -> Diagnostic:
    return Diagnostic("T203", f"{what} has no `{name}`", span, hint)


def missing(span: Span, what: str, name: str) -> Diagnostic:
    return Diagnostic("T204", f"{what} needs `{name}`, and it is not given", span)


def expected(span: Span, name: str, wanted: str, found: str) -> Diagnostic:
    return Diagnostic("T205", f"`{name}` takes {wanted}, and here stands {found}", span)


def empty(span: Span, name: str) -> Diagnostic:
    return Diagnostic("T206", f"`{name}` is given, and holds nothing", span, "fill it in, or leave it out")


def not_an_id(span: Span, text: str) -> Diagnostic:
    return Diagnostic(
        "T207",
        f"`{text}` cannot be an id",
        span,
        "an id begins with a letter or a digit, and has letters (a to z), digits, `-`, `_`, `.` and `:`",
    )


def not_a_name(span: Span, text: str) -> Diagnostic:
    return Diagnostic(
        "T208",
        f"`{text}` cannot be a name in rules",
        span,
        "a name begins with a letter, and has letters (a to z), digits and `_`",
    )


def keyword(span: Span, text: str) -> Diagnostic:
    return Diagnostic(
        "T209", f"`{text}` is a word of the rule language, and cannot be a name", span, f"call it `{text}_`, say"
    )


def name_taken(span: Span, text: str, other: str, first: Span) -> Diagnostic:
    return Diagnostic(
        "T210",
        f"`{text}` is also {other}, in {first.place}: a rule could not tell them apart",
        span,
        "rename one of them",
    )


def same_id_twice(span: Span, what: str, name: str, first: Span) -> Diagnostic:
    return Diagnostic("T211", f"`{name}` is {what} already, in {first.place}", span, "keep one of them, or rename one")


def unknown_reference(span: Span, what: str, name: str, hint: str | None) -> Diagnostic:
    return Diagnostic("T212", f"there is no {what} called `{name}`", span, hint)


def withdrawn_reference(span: Span, what: str, name: str, where: Span) -> Diagnostic:
    return Diagnostic(
        "T213", f"the {what} `{name}` is withdrawn, in {where.place}", span, "take the reference out, or name another"
    )


def circle(span: Span, names: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "T214",
        "`broader` runs in a circle: " + _steps(names),
        span,
        "take one of these out",
    )


def not_one_of(span: Span, name: str, text: str, words: Sequence[str], hint: str | None) -> Diagnostic:
    return Diagnostic("T215", f"`{name}` is {_or(words)}, not `{text}`", span, hint)


def wrong_value(span: Span, name: str, wanted: str, text: str, hint: str | None = None) -> Diagnostic:
    return Diagnostic("T216", f"`{name}` takes {wanted}, not `{text}`", span, hint)


def no_such_option(span: Span, name: str, text: str, hint: str | None) -> Diagnostic:
    return Diagnostic("T217", f"`{text}` is not an option of `{name}`", span, hint)


def too_many_places(span: Span, name: str, text: str, places: int) -> Diagnostic:
    number = {0: "no decimal places", 1: "one decimal place"}.get(places, f"{places} decimal places")
    return Diagnostic(
        "T218",
        f"`{name}` has {number} at most, and `{text}` has more",
        span,
        "round it, or raise `places` of the circumstance",
    )


def out_of_bounds(span: Span, name: str, text: str, bound: str, limit: str) -> Diagnostic:
    return Diagnostic("T219", f"`{text}` is beyond `{bound}: {limit}` of `{name}`", span)


def bounds_crossed(span: Span, name: str) -> Diagnostic:
    return Diagnostic("T220", f"`at_least` of `{name}` is greater than its `at_most`, so no value fits", span)


def does_not_fit_type(span: Span, name: str, kind: str, kinds: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "T221", f"a circumstance of type `{kind}` has no `{name}`", span, f"`{name}` is for {_and(kinds)}"
    )


def needed_by_type(span: Span, name: str, kind: str) -> Diagnostic:
    return Diagnostic("T222", f"a circumstance of type `{kind}` needs `{name}`, and it is not given", span)


def otherwise_never(span: Span) -> Diagnostic:
    return Diagnostic(
        "T223",
        "`otherwise` is the value where `asked_when` is false, and there is no `asked_when`",
        span,
        "add `asked_when`, or take `otherwise` out: a fact that nobody gave stays unknown",
    )


def formula_in_change(span: Span, name: str) -> Diagnostic:
    return Diagnostic(
        "T224",
        f"`{name}` follows from its formula, so an event cannot change it",
        span,
        "change what it is derived from",
    )


def effect_does_not_fit(span: Span, effect: str, name: str, kind: str) -> Diagnostic:
    return Diagnostic(
        "T225",
        f"`{effect}` changes a list of people, and `{name}` is of type `{kind}`",
        span,
        "give its new value instead",
    )


def not_a_change(span: Span, name: str) -> Diagnostic:
    return Diagnostic(
        "T226",
        f"this says nothing that can happen to `{name}`",
        span,
        "give its new value, or one of `{formula: …}`, `{add: …}`, `{remove_where: …}` and `{forget: true}`",
    )


def not_receives(span: Span, text: str) -> Diagnostic:
    return Diagnostic("T227", f"`{text}` names no service", span, 'write `receives("id-of-the-service")`')


def not_a_condition(span: Span, found: str) -> Diagnostic:
    return Diagnostic(
        "T228",
        f"a condition is a rule, or a mapping with one of `when`, `all`, `any` and `none`; here {found}",
        span,
        "a list of conditions stands under `all:`, `any:` or `none:`",
    )


def same_day_twice(span: Span, day: str, first: Span) -> Diagnostic:
    return Diagnostic("T229", f"there is a value from {day} already, in line {first.line}", span, "keep one of them")


def ends_too_late(span: Span, day: str, following: str) -> Diagnostic:
    return Diagnostic(
        "T230",
        f"this value is in force until {day}, and the next one from {following} on",
        span,
        "`until` is the last day: let it end before the next begins, or leave it out",
    )


def ends_before_it_begins(span: Span, start: str, end: str) -> Diagnostic:
    return Diagnostic("T231", f"it ends on {end}, before it begins on {start}", span)


def mixed_values(span: Span, found: str, first: str) -> Diagnostic:
    return Diagnostic(
        "T232",
        f"this value is {found}, and the first one is {first}",
        span,
        "a rate or table holds values of one type; text goes in quotation marks",
    )


def section_taxonomy_twice(span: Span, first: Span) -> Diagnostic:
    return Diagnostic("T233", f"the section `taxonomy` stands in {first.place} already", span, "keep one of them")


def jurisdiction_is_no_choice(span: Span, name: str, kind: str) -> Diagnostic:
    return Diagnostic(
        "T234", f"`jurisdiction` names a circumstance of type `choice`, and `{name}` is of type `{kind}`", span
    )


def option_of_two_jurisdictions(span: Span, option: str, first: str, second: str) -> Diagnostic:
    return Diagnostic(
        "T237",
        f"`{option}` is an option of both `{first}` and `{second}`",
        span,
        "services say by such an option where they are offered: call one of the two otherwise",
    )


def high_below_low(span: Span, low: object, high: object) -> Diagnostic:
    return Diagnostic("T238", f"the highest cost of {high} is below the lowest, {low}", span)


def targets_at_odds(span: Span, less: str, more: str) -> Diagnostic:
    return Diagnostic(
        "T239",
        f"the targets {less} and {more} are at odds",
        span,
        "a target for more of the cases gives more time: 80 % within 5 days, 100 % within 15",
    )


def nothing_to_extend(span: Span, text: str, hint: str | None) -> Diagnostic:
    return Diagnostic("T235", f"there is no packaged taxonomy, folder or file called `{text}`", span, hint)


def extends_in_a_circle(span: Span, names: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "T236",
        "`extends` runs in a circle: " + _steps(names),
        span,
        "take one of these out",
    )
