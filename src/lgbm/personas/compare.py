"""One case against the answer of the rules: what was expected, what came, and why."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

from attrs import evolve, frozen

from lgbm.decision import Decision
from lgbm.errors import Diagnostic, ProfileError
from lgbm.executable import Model
from lgbm.model.truth import Truth
from lgbm.model.values import Value
from lgbm.outline import Line, Mark
from lgbm.personas.sheet import Case, Expected, ExpectedChange, ExpectedNeed, ExpectedService
from lgbm.resolution import Resolution
from lgbm.rules.explain import reasons
from lgbm.rules.semantics import truth
from lgbm.rules.wording import Words
from lgbm.source import Span

_IMPLIED = {Truth.TRUE: "needed", Truth.FALSE: "not needed", Truth.UNKNOWN: "possibly needed"}
_MARKS: dict[Truth, Mark] = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "ask"}

_Differs: TypeAlias = tuple[str, str, Line | None]
"""What was expected, what came, and why."""


@frozen
class Surprise:
    """Something that did not come out as expected."""

    persona: str
    label: str
    variant: str | None
    about: str | None
    """The id of the service, need or circumstance that was expected to be otherwise; nothing for the facts."""
    expected: str
    came: str
    why: Line | None
    span: Span
    """Where it was expected."""

    @property
    def line(self) -> Line:
        """It as an outline: who, what was expected, what came, and why."""
        who = f"{self.persona}, {self.variant}" if self.variant else self.persona
        about = f"{self.about}: " if self.about else ""
        lines = [
            Line(self.label),
            Line(f"expected: {about}{self.expected}"),
            Line(f"came:     {about}{self.came}", lines=(self.why,) if self.why else ()),
        ]
        return Line(f"{self.span.place}: {who}", lines=tuple(lines))

    def __str__(self) -> str:
        return str(self.line)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {
            "file": self.span.source.name,
            "line": self.span.line,
            "persona": self.persona,
            "label": self.label,
            "variant": self.variant,
            "about": self.about,
            "expected": self.expected,
            "came": self.came,
            "why": self.why.to_dict() if self.why else None,
        }


def surprises(case: Case, model: Model) -> tuple[Surprise, ...]:
    """What of *case* came out otherwise than expected."""

    def surprise(about: str | None, differs: _Differs, span: Span) -> Surprise:
        return Surprise(case.persona, case.label, case.variant, about, *differs, span)

    try:
        answer = model.resolve(case.profile, event=case.event, on=case.on)
    except ProfileError as problem:
        return tuple(surprise(None, *_contradiction(case, one)) for one in problem.diagnostics)
    found = ((one, _differs(one, answer)) for one in case.expected)
    return tuple(surprise(one.about, differs, one.span) for one, differs in found if differs is not None)


def _contradiction(case: Case, complaint: Diagnostic) -> tuple[_Differs, Span]:
    """What is said of facts that contradict each other, and where."""
    name = (complaint.place or "").removeprefix("profile: ")
    if name in case.facts.pairs.entries and name not in case.given:
        # It was true of the person, or of everybody, and is not of this one: here is what has to change.
        hint, span = f"it is stated further up; here, write `{name}: null`", case.span
    else:
        pointed = case.facts.pointed(complaint)
        hint, span = pointed.hint or "", pointed.span or case.span
    return ("facts that agree", complaint.message, Line(hint) if hint else None), span


def _differs(expected: Expected, answer: Resolution) -> _Differs | None:
    match expected:
        case ExpectedService():
            return _service(expected, answer[expected.about])
        case ExpectedNeed():
            return _need(expected, answer)
        case ExpectedChange():
            return _change(expected, answer)


def _service(expected: ExpectedService, decision: Decision) -> _Differs | None:
    if decision.status is expected.status and expected.missing is None:
        return None
    missing = frozenset(decision.missing)
    if decision.status is expected.status and missing == expected.missing:
        return None
    wanted, came = str(expected.status), str(decision.status)
    if expected.missing is not None:
        wanted += f", asking for {_listed(expected.missing)}"
    if expected.missing is not None and decision.status is expected.status:
        more, less = missing - expected.missing, expected.missing - missing
        came += f", asking also for {_listed(more)}" if more else ""
        came += f", not asking for {_listed(less)}" if less else ""
    elif missing:
        came += f", asking for {_listed(missing)}"
    whole = decision.why().line
    # What is never checked is no reason.
    return wanted, came, evolve(whole, lines=tuple(one for one in whole.lines if one.mark != "note"))


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def _need(expected: ExpectedNeed, answer: Resolution) -> _Differs | None:
    condition = answer.book.needs.get(expected.about)
    wanted = _IMPLIED[expected.truth]
    if condition is None:
        return wanted, "it is not written who has this need", None
    known = truth(condition, answer.facts)
    if known is expected.truth:
        return None
    words = Words(answer.book, answer.language)
    lines = words.lines(reasons(condition, answer.facts), answer.facts, _MARKS[known])
    label = answer.taxonomy.needs[expected.about].named(answer.language)
    return wanted, _IMPLIED[known], Line(f"{label}: {_IMPLIED[known]}", lines=lines)


def _change(expected: ExpectedChange, answer: Resolution) -> _Differs | None:
    name = expected.about
    changed = {one.circumstance: one.after for one in answer.changes}
    if name in changed and (expected.any_value or changed[name] == expected.value):
        return None
    names = Words(answer.book, answer.language).names

    def shown(value: Value | None) -> str:
        return "not known" if value is None else names.value(value, name)

    wanted = "changed" if expected.any_value else f"becomes {shown(expected.value)}"
    came = f"becomes {shown(changed[name])}" if name in changed else f"stays {shown(answer.facts.known.get(name))}"
    return wanted, came, None
