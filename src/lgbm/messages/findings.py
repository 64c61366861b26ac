"""What is found in a taxonomy that loads, and is not as it should be kept: C6nn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lgbm.errors import Diagnostic
from lgbm.source import Span

_KEPT_BY = {
    "owner": "`owner` is the team that keeps it true",
    "source": "`source` is where it was found",
    "review_by": "`review_by` is the day by which the owner reads it again",
}


def not_kept(span: Span, service: str, lacks: Sequence[str]) -> Diagnostic:
    shown = [f"no `{name}`" for name in lacks]
    told = shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1]
    return Diagnostic("C601", f"`{service}` has {told}", span, "; ".join(_KEPT_BY[name] for name in lacks))


def review_overdue(span: Span, service: str, owner: str | None, due: date) -> Diagnostic:
    by = f" by {owner}" if owner else ""
    return Diagnostic(
        "C602",
        f"`{service}` was to be reviewed{by} by {due}",
        span,
        "read its law again, mend what has changed, and set the next day",
    )


def unsourced_condition(span: Span, text: str) -> Diagnostic:
    return Diagnostic(
        "C603",
        f"nothing says where the condition `{text}` comes from",
        span,
        "write it as `{when: …, source: …}`, or give `source` to the group that it stands in",
    )


def unsourced_figure(span: Span, name: str, start: date) -> Diagnostic:
    return Diagnostic(
        "C604", f"nothing says where the figure of `{name}` from {start} comes from", span, "give it a `source`"
    )


def nobody_eligible(span: Span, service: str) -> Diagnostic:
    return Diagnostic(
        "C605",
        f"nobody was found who is eligible for `{service}`",
        span,
        "its conditions may exclude each other; a search that finds nobody does not prove it",
    )


def nobody_refused(span: Span, service: str) -> Diagnostic:
    return Diagnostic(
        "C606",
        f"nobody was found who is not eligible for `{service}`",
        span,
        "if it is for everybody, write `eligibility: true`; a search that finds nobody does not prove it",
    )


def undecided(span: Span, text: str, never: Sequence[bool]) -> Diagnostic:
    words = " or ".join("true" if one else "false" for one in never)
    if list(never) == [True]:
        hint = "what it asks for may exclude itself; a search that finds nobody does not prove it"
    elif list(never) == [False]:
        hint = "if it always holds, it decides nothing: take it out; a search that finds nobody does not prove it"
    else:
        hint = "a figure or a formula in it may have no value on this day"
    return Diagnostic("C607", f"nobody was found of whom `{text}` is {words}", span, hint)


def unmet(span: Span, need: str) -> Diagnostic:
    return _mild("C608", f"no service meets the need `{need}`", span, "name it in `meets` of a service")


def unimplied(span: Span, need: str) -> Diagnostic:
    return _mild(
        "C609",
        f"nothing implies the need `{need}`, and no event leads to what meets it",
        span,
        "give it `implied_by`, or name a service that meets it in `leads_to` of an event",
    )


def without_effect(span: Span, event: str) -> Diagnostic:
    return _mild(
        "C610", f"the event `{event}` changes nothing, and leads nowhere", span, "give it `changes` or `leads_to`"
    )


def not_contributed_to(span: Span, outcome: str) -> Diagnostic:
    return _mild(
        "C611", f"no service contributes to the outcome `{outcome}`", span, "name it in `contributes_to` of a service"
    )


def not_measured(span: Span, outcome: str) -> Diagnostic:
    return _mild("C612", f"the outcome `{outcome}` is measured by nothing", span, "name an indicator in `measured_by`")


def without_purpose(span: Span, service: str, lacks: Sequence[str]) -> Diagnostic:
    said = {"meets": "meets no need", "contributes_to": "contributes to no outcome"}
    fields = " and ".join(f"`{name}`" for name in lacks)
    return _mild("C613", f"`{service}` {' and '.join(said[name] for name in lacks)}", span, f"give it {fields}")


def unread(span: Span, what: str, name: str) -> Diagnostic:
    return _mild("C614", f"no rule reads the {what} `{name}`", span, "use it in a rule, or take it out")


def _mild(code: str, message: str, span: Span, hint: str) -> Diagnostic:
    return Diagnostic(code, message, span, hint, warning=True)
