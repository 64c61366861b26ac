"""What is said to the caller about a profile: codes P4nn. The place is a path into what was given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from lgbm.errors import Diagnostic, did_you_mean


def shown(value: object) -> str:
    """*value* as a message quotes it: short, and without anything that could upset a terminal."""
    match value:
        case str():
            text = str(value)
        case bool():
            text = "true" if value else "false"
        case list() | tuple():
            text = "[]" if not value else "[…]"
        case dict():
            text = "{}" if not value else "{…}"
        case int() if value.bit_length() > 400:
            text = "a very long number"
        case int() | float() | Decimal() | date():
            text = str(value)
        case _:
            text = "…"
    text = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text[:60])
    return text if len(text) < 60 else text[:57] + "..."


def unknown_fact(name: object, known: Iterable[str]) -> Diagnostic:
    return Diagnostic(
        "P401",
        f"there is no circumstance called `{shown(name)}`",
        hint=did_you_mean(shown(name), known),
        place="profile",
    )


def segment_in_profile(name: str) -> Diagnostic:
    return Diagnostic(
        "P417",
        f"`{shown(name)}` is a segment, and a segment never decides about a person",
        hint="state the circumstances that make somebody a member",
        place="profile",
    )


def unknown_field(path: str, name: object, known: Iterable[str]) -> Diagnostic:
    known = sorted(known)
    hint = did_you_mean(shown(name), known) or f"it has {', '.join(f'`{one}`' for one in known[:8])}"
    return Diagnostic("P401", f"there is no `{shown(name)}`", hint=hint, place=f"profile: {path}")


def wrong_value(path: str, value: object, wanted: str, hint: str | None = None) -> Diagnostic:
    return Diagnostic("P402", f"`{shown(value)}` is not {wanted}", hint=hint, place=f"profile: {path}")


def unknown_option(path: str, value: object, options: Iterable[str]) -> Diagnostic:
    options = sorted(options)
    listed = ", ".join(f"`{one}`" for one in options[:8]) + (" …" if len(options) > 8 else "")
    hint = did_you_mean(shown(value), options) or f"the options are {listed}"
    return Diagnostic("P403", f"there is no option `{shown(value)}`", hint=hint, place=f"profile: {path}")


def beyond(path: str, value: object, bound: str) -> Diagnostic:
    return Diagnostic("P404", f"`{shown(value)}` is {bound}", place=f"profile: {path}")


def inexact(path: str, value: object) -> Diagnostic:
    text = str(value) if not isinstance(value, int) or value.bit_length() < 400 else "a very long number"
    return Diagnostic(
        "P405", f"`{shown(text)}` cannot be kept exact", hint="a number has 34 digits at most", place=f"profile: {path}"
    )


def too_many_places(path: str, value: object, places: int) -> Diagnostic:
    what = f"has more than {places} decimal place{'s' if places > 1 else ''}" if places else "is not a whole number"
    return Diagnostic("P405", f"`{shown(value)}` {what}", place=f"profile: {path}")


def contradicts_formula(name: str, stated: str, derived: str, formula: str, place: str) -> Diagnostic:
    return Diagnostic(
        "P406",
        f"`{name}` is stated as {stated}, but {derived} follows from `{formula}` ({place})",
        hint="leave it out, or correct one of the facts",
        place=f"profile: {name}",
    )


def contradicts_gate(name: str, stated: str, because: Iterable[str], place: str) -> Diagnostic:
    return Diagnostic(
        "P407",
        f"`{name}` is stated as {stated}, but does not apply: {'; '.join(because)} ({place})",
        hint="leave it out, or correct one of the facts",
        place=f"profile: {name}",
    )


def future_date(path: str, value: object, on: object) -> Diagnostic:
    return Diagnostic(
        "P408",
        f"`{shown(value)}` is after {on}, the date of resolution",
        hint="where such a date may lie ahead, its circumstance has `future: true`",
        place=f"profile: {path}",
    )


def strange_value(path: str) -> Diagnostic:
    return Diagnostic(
        "P409",
        "this cannot be a fact",
        hint="a fact is yes or no, a number, a text, a date, a list or a mapping",
        place=f"profile: {path}",
    )


def mixed_list(path: str) -> Diagnostic:
    return Diagnostic(
        "P409",
        "this list holds things of different kinds",
        hint="give each kind a list of its own",
        place=f"profile: {path}",
    )


def too_deep(path: str) -> Diagnostic:
    return Diagnostic("P409", "this is nested too deeply", place=f"profile: {path[:60]}")


def no_mapping(what: str) -> Diagnostic:
    return Diagnostic("P410", f"a profile is a mapping of circumstances to values, not {what}", place="profile")


def unknown_event(name: object, known: Iterable[str]) -> Diagnostic:
    return Diagnostic(
        "P411", f"there is no event called `{shown(name)}`", hint=did_you_mean(shown(name), known), place="event"
    )


def unknown_service(name: object, known: Iterable[str], place: str = "service") -> Diagnostic:
    hint = did_you_mean(shown(name), known)
    return Diagnostic("P412", f"there is no service called `{shown(name)}`", hint=hint, place=place)


def no_date(value: object) -> Diagnostic:
    return Diagnostic("P413", f"`{shown(value)}` is not a date", hint="give a date such as 2026-04-06", place="on")


def unknown_item(name: object, known: Iterable[str]) -> Diagnostic:
    return Diagnostic(
        "P416", f"nothing is called `{shown(name)}`", hint=did_you_mean(shown(name), known), place="graph"
    )


def unreadable(path: str, why: str) -> Diagnostic:
    return Diagnostic("P414", f"the profile `{shown(path)}` cannot be read: {why}", place="profile")


def stated_twice(name: str) -> Diagnostic:
    return Diagnostic("P415", f"`{shown(name)}` is stated twice", hint="leave one of them out", place="profile")


def different_models(one: str, other: str) -> Diagnostic:
    named = f"`{shown(one)}` and `{shown(other)}`" if one != other else f"two versions of `{shown(one)}`"
    return Diagnostic(
        "P418",
        f"the answers are by different rules: {named}",
        hint='to compare the rules themselves, say `across=["model"]`',
        place="compare",
    )


def different_dates(one: date, other: date) -> Diagnostic:
    return Diagnostic(
        "P419",
        f"the answers are for different dates: {one} and {other}",
        hint='to compare the dates themselves, say `across=["date"]`',
        place="compare",
    )


def different_languages(one: str, other: str) -> Diagnostic:
    return Diagnostic(
        "P494", f"the answers are in different languages: `{shown(one)}` and `{shown(other)}`", place="compare"
    )


def nothing_to_compare() -> Diagnostic:
    return Diagnostic(
        "P495",
        "there is nothing to compare: one profile, no event, one date",
        hint="give `--profile`, `--event` or `--on` twice, or an event, which is compared with things as they are",
        place="compare",
    )


def too_many_sides(option: str, count: int) -> Diagnostic:
    return Diagnostic("P495", f"two are compared, and `--{option}` is given {count} times", place="compare")
