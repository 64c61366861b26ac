"""From an event to changes, to needs, to services, to outcomes: the answer for one citizen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import chain
from operator import add
from typing import Any, Literal, TypeAlias

from attrs import field, frozen

from lgbm.errors import ProfileError
from lgbm.messages import profiles as say
from lgbm.model import concepts as c
from lgbm.model.facts import Facts, Person, circumstance_of, doubts_in
from lgbm.model.taxonomy import Taxonomy
from lgbm.model.truth import Truth
from lgbm.model.values import Months, Seconds, Value
from lgbm.outline import Line, Mark, as_html, as_text
from lgbm.rules import term as t
from lgbm.rules.compile import Decisions
from lgbm.rules.explain import Reason, Words, reasons
from lgbm.rules.rulebook import DatedRulebook
from lgbm.rules.semantics import evaluate, truth
from lgbm.rules.settle import settled

NOT_MODELLED = "no eligibility rules are written for it"


class Status(StrEnum):
    """Whether somebody is eligible for a service."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    UNDETERMINED = "undetermined"
    """It depends on facts that are not known, or on rules that are not written."""


_STATUS_OF = (Status.INELIGIBLE, Status.UNDETERMINED, Status.ELIGIBLE)
_MARKS: Mapping[Status, Mark] = {Status.ELIGIBLE: "yes", Status.INELIGIBLE: "no", Status.UNDETERMINED: "ask"}
_SAID = {Status.ELIGIBLE: "eligible", Status.INELIGIBLE: "not eligible", Status.UNDETERMINED: "not known yet"}


@frozen
class Change:
    """A circumstance that the event changed. `None` is not known."""

    circumstance: str
    before: Value | None
    after: Value | None
    follows: bool
    """Whether the event itself says so, or it follows from what the event says."""


@frozen
class ImpliedNeed:
    """A need, and whether the circumstances imply it: true, or not known for want of *missing*."""

    id: str
    label: str
    truth: Truth
    missing: tuple[str, ...] = ()


@frozen
class Relevance:
    """Why a service is shown: it meets a need that is, or may be, implied; or the event leads to it."""

    kind: Literal["need", "possible need", "event"]
    id: str


@frozen(eq=False)
class Explanation:
    """Why a decision came out so. `str()` tells it in a few lines; `line` is the tree behind that."""

    line: Line
    reasons: tuple[Reason, ...] = field(repr=False)
    facts: Mapping[str, Value] = field(repr=False)
    """The known facts that it rests on. They alone give the same answer, unless it is undetermined."""

    def __str__(self) -> str:
        return as_text(self.line)

    def _repr_html_(self) -> str:
        return as_html(self.line)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {**self.line.to_dict(), "facts": {name: plain(value) for name, value in self.facts.items()}}


class Decision:
    """What is known of one citizen's eligibility for one service."""

    __slots__ = ("_resolution", "id", "status")

    def __init__(self, resolution: Resolution, service: str, status: Status) -> None:
        self._resolution = resolution
        self.id = service
        self.status = status

    def __repr__(self) -> str:
        return f"<Decision {self.id}: {self.status}>"

    def __str__(self) -> str:
        return str(self.why())

    def _repr_html_(self) -> str:
        return as_html(self.why().line)

    @property
    def service(self) -> c.Service:
        """The service that was decided about."""
        return self._resolution.taxonomy.services[self.id]

    @property
    def label(self) -> str:
        """Its name."""
        return self.service.named(self._resolution.language)

    @property
    def missing(self) -> tuple[str, ...]:
        """The circumstances still needed to decide, in the order in which to ask for them; none once it is decided."""
        return self._resolution.missing(self.id) if self.status is Status.UNDETERMINED else ()

    @property
    def relevance(self) -> tuple[Relevance, ...]:
        """Why it is shown. It says nothing of eligibility."""
        return self._resolution.relevance(self.id)

    @property
    def not_modelled(self) -> tuple[str, ...]:
        """Conditions that were not evaluated."""
        return tuple(_in(one, self._resolution.language) or "" for one in self.service.not_modelled)

    @property
    def review_overdue(self) -> bool:
        """Whether the date by which its rules were to be reviewed has passed on the date of resolution."""
        return self.service.review_by is not None and self.service.review_by < self._resolution.on

    def why(self) -> Explanation:
        """The smallest part that decided it; if it is undetermined, the facts to ask for."""
        return self._resolution.explanation(self)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {
            "service": self.id,
            "label": self.label,
            "status": self.status.value,
            "missing": list(self.missing),
            "relevance": [{"kind": one.kind, "id": one.id} for one in self.relevance],
            "why": self.why().to_dict(),
            "not_modelled": list(self.not_modelled),
            "review_by": self.service.review_by.isoformat() if self.service.review_by else None,
            "review_overdue": self.review_overdue,
        }


@frozen(eq=False, slots=False)
class Resolution:
    """The answer for one citizen on one date, after an event or as things are. Parts are worked out when they are asked for."""

    book: DatedRulebook = field(repr=False)
    stated: Mapping[str, Value] = field(repr=False)
    """The facts as they were stated."""
    event: str | None
    before: Facts = field(repr=False)
    facts: Facts = field(repr=False)
    """The facts after the event."""
    decisions: Decisions = field(repr=False)
    model_fingerprint: Any = field(repr=False)
    """Gives the fingerprint of the model."""
    language: str = "en"

    @property
    def on(self) -> date:
        """The date of resolution."""
        return self.book.day

    @property
    def taxonomy(self) -> Taxonomy:
        """What was resolved against."""
        return self.book.book.taxonomy

    @cached_property
    def _words(self) -> Words:
        return Words(self.book, self.language)

    # -- services

    @cached_property
    def services(self) -> tuple[Decision, ...]:
        """A decision for every service: those that are relevant first, then by status, then by name."""
        codes, relevant = self._codes, self._relevances
        listed: list[list[Decision]] = [[] for _ in range(9)]
        for name, place in self.book.book.by_name(self.language):
            code = codes[place]
            rank = _RANK[relevant[name][0].kind] if name in relevant else 2
            listed[3 * rank + 2 - code].append(Decision(self, name, _STATUS_OF[code]))
        return tuple(chain.from_iterable(listed))

    @cached_property
    def _codes(self) -> bytes:
        """For each service with rules in its order, 2 for yes, 1 for not known, 0 for no; last, 1 for all without rules."""
        count = len(self.book.services)
        return bytes(map(add, self.decisions.must[:count], self.decisions.may[:count])) + b"\x01"

    def _with(self, status: Status) -> tuple[Decision, ...]:
        return tuple(one for one in self.services if one.status is status)

    @property
    def eligible(self) -> tuple[Decision, ...]:
        """The services that the citizen is eligible for."""
        return self._with(Status.ELIGIBLE)

    @property
    def ineligible(self) -> tuple[Decision, ...]:
        """The services that the citizen is not eligible for."""
        return self._with(Status.INELIGIBLE)

    @property
    def undetermined(self) -> tuple[Decision, ...]:
        """The services of which it is not known yet."""
        return self._with(Status.UNDETERMINED)

    def __getitem__(self, service: str) -> Decision:
        """The decision about one service. Raises `ProfileError` where there is no such service."""
        if service not in self.taxonomy.services:
            raise ProfileError([say.unknown_service(service, self.taxonomy.services)])
        return Decision(self, service, _STATUS_OF[self._codes[self.book.book.places.get(service, -1)]])

    # -- changes, needs, outcomes

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What the event changed, directly and by what follows, by circumstance."""
        if self.event is None:
            return ()
        direct = {one.circumstance for one in self.taxonomy.events[self.event].changes}
        before, after = self.before.known, self.facts.known
        names = sorted({*before, *after})
        changed = [name for name in names if before.get(name) != after.get(name) and not name.startswith("eligible(")]
        found = [Change(name, before.get(name), after.get(name), name not in direct) for name in changed]
        return tuple(sorted(found, key=lambda one: (one.follows, one.circumstance)))

    @cached_property
    def _need_truths(self) -> dict[str, Truth]:
        start = len(self.book.services)
        must, may = self.decisions.must, self.decisions.may
        found: dict[str, Truth] = {}
        for place, name in enumerate(self.book.needs, start):
            found[name] = Truth.TRUE if must[place] else Truth.UNKNOWN if may[place] else Truth.FALSE
        return found

    @cached_property
    def needs(self) -> tuple[ImpliedNeed, ...]:
        """The needs that the circumstances imply."""
        return tuple(self._needs(Truth.TRUE))

    @cached_property
    def possible_needs(self) -> tuple[ImpliedNeed, ...]:
        """The needs of which it is not known, with the circumstances to ask for."""
        return tuple(self._needs(Truth.UNKNOWN))

    def _needs(self, wanted: Truth) -> Iterator[ImpliedNeed]:
        for name in sorted(self._need_truths):
            if self._need_truths[name] is wanted:
                missing = self._ordered_missing(self.book.needs[name]) if wanted is Truth.UNKNOWN else ()
                yield ImpliedNeed(name, self.taxonomy.needs[name].named(self.language), wanted, missing)

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that the relevant services which the citizen is eligible for contribute to, by id."""
        found = {one for decision in self.eligible if decision.relevance for one in decision.service.contributes_to}
        return tuple(sorted(found))

    @cached_property
    def _relevances(self) -> dict[str, tuple[Relevance, ...]]:
        found: dict[str, list[Relevance]] = {}
        if self.event is not None:
            for service in self.taxonomy.events[self.event].leads_to:
                found.setdefault(service, []).append(Relevance("event", self.event))
        wanted = {Truth.TRUE: "need", Truth.UNKNOWN: "possible need"}
        for need, known in self._need_truths.items():
            kind = wanted.get(known)
            if kind is not None:
                for service in self.book.book.meeting.get(need, ()):
                    found.setdefault(service, []).append(Relevance(kind, need))  # type: ignore[arg-type]
        return {name: tuple(sorted(listed, key=lambda one: (_RANK[one.kind], one.id))) for name, listed in found.items()}

    def relevance(self, service: str) -> tuple[Relevance, ...]:
        """Why *service* is shown."""
        return self._relevances.get(service, ())

    # -- missing facts and reasons

    def missing(self, service: str) -> tuple[str, ...]:
        """The circumstances still needed to decide about *service*, in the order in which to ask for them."""
        term = self.book.services.get(service)
        return () if term is None else self._ordered_missing(term)

    def _ordered_missing(self, condition: t.Term) -> tuple[str, ...]:
        found = evaluate(condition, self.facts)
        names = {circumstance_of(name) for doubt in doubts_in((found,)) for name in doubt.names}
        uses: dict[str, int] = {}
        for reason in reasons(condition, self.facts):
            for name in {circumstance_of(one) for one in reason.missing}:
                uses[name] = uses.get(name, 0) + 1
        return tuple(sorted(names, key=lambda name: (self._depth(name, names), -uses.get(name, 0), name)))

    def _depth(self, name: str, among: set[str]) -> int:
        """How many of the missing facts decide whether *name* applies at all: those are asked for first."""
        how = self.book.derived.get(name)
        return len(self.book.book.reads.get(name, frozenset()) & among) if how is not None and how.gate is not None else 0

    def explanation(self, decision: Decision) -> Explanation:
        """Why *decision* came out so."""
        condition = self.book.services.get(decision.id)
        found = reasons(condition, self.facts) if condition is not None else ()
        lines = list(self._words.lines(found, self.facts, _MARKS[decision.status]))
        if condition is None:
            lines.append(Line(NOT_MODELLED, mark="ask"))
        lines.extend(self._asks(decision))
        lines.extend(self._notes(decision))
        head = Line(f"{decision.label}: {_SAID[decision.status]}", lines=tuple(lines))
        shown = {name: value for reason in found for name, value in reason.shown.items()}
        return Explanation(head, found, dict(sorted(shown.items())))

    def _asks(self, decision: Decision) -> Iterator[Line]:
        missing = decision.missing
        if missing:
            yield Line(f"ask for: {', '.join(self._words.called(name) for name in missing)}")

    def _notes(self, decision: Decision) -> Iterator[Line]:
        for one in decision.not_modelled:
            yield Line(f"not checked here: {one}", mark="note")
        if decision.review_overdue:
            yield Line(f"these rules were to be reviewed by {decision.service.review_by}", mark="note")

    # -- the whole

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the model, the profile, the event and the date: equal fingerprints, equal answers."""
        stated = {name: plain(value) for name, value in sorted(self.stated.items())}
        whole = json.dumps([self.model_fingerprint(), stated, self.event, self.on.isoformat()], ensure_ascii=True)
        return hashlib.sha256(whole.encode()).hexdigest()

    @cached_property
    def line(self) -> Line:
        """The whole answer as an outline: what changed, what is needed, what there is."""
        event = self.taxonomy.events[self.event].named(self.language) if self.event else "as things are"
        lines = [*self._change_lines(), *self._need_lines(), *self._service_lines(), *self._rest_lines()]
        outcomes = [self.taxonomy.outcomes[name].named(self.language) for name in self.outcomes]
        if outcomes:
            lines.append(Line("What this contributes to", lines=tuple(Line(one) for one in outcomes)))
        lines.append(Line(f"On {self.on}. Fingerprint of model, profile and date: {self.fingerprint[:16]}"))
        return Line(f"{_in(self.taxonomy.label, self.language) or self.taxonomy.id}: {event}", lines=tuple(lines))

    def _change_lines(self) -> Iterator[Line]:
        if self.event is not None:
            changed = tuple(self._changed(one) for one in self.changes)
            yield Line("What changed", lines=changed or (Line("nothing that is known"),))

    def _need_lines(self) -> Iterator[Line]:
        needs = tuple(Line(one.label, mark="yes") for one in self.needs)
        yield Line("What is needed", lines=needs or (Line("nothing that the taxonomy knows of"),))

    def _service_lines(self) -> Iterator[Line]:
        """The services that meet implied needs or that the event leads to, each with its reasons."""
        shown = [one for one in self.services if one.relevance and one.relevance[0].kind != "possible need"]
        for title, status in (
            ("Eligible for", Status.ELIGIBLE),
            ("Not known yet", Status.UNDETERMINED),
            ("Not eligible for", Status.INELIGIBLE),
        ):
            lines = tuple(self._service_line(one) for one in shown if one.status is status)
            if lines:
                yield Line(title, lines=lines)

    def _service_line(self, decision: Decision) -> Line:
        whole = decision.why().line
        lines = tuple(one for one in whole.lines if one.mark != "note")
        notes = len(whole.lines) - len(lines)
        aside = f" ({notes} thing{'s' if notes > 1 else ''} not checked here)" if notes else ""
        return Line(f"{decision.label}{aside}", lines=lines)

    def _rest_lines(self) -> Iterator[Line]:
        """What may be needed as well, and how much there is besides."""
        words = self._words
        names = {one.id: one.label for one in self.services if one.relevance}
        possible: list[Line] = []
        for need in self.possible_needs:
            told = [names[one] for one in self.book.book.meeting.get(need.id, ()) if one in names]
            asks = words.either([words.called(name) for name in need.missing], "and")
            possible.append(Line(f"{need.label}: depends on {asks}", lines=(Line(", ".join(sorted(told))),) if told else ()))
        if possible:
            yield Line("What may be needed too", lines=tuple(Line(one.text, mark="ask", lines=one.lines) for one in possible))
        aside = len(self.services) - len(names)
        if aside:
            yield Line(f"{aside} more services meet other needs.")

    def _changed(self, one: Change) -> Line:
        name, words = one.circumstance, self._words
        before, after = (
            "not known" if value is None else words.value(value, name) for value in (one.before, one.after)
        )
        return Line(f"{words.called(name)}: {before} → {after}" + (" (follows)" if one.follows else ""), mark="change")

    def __str__(self) -> str:
        return as_text(self.line)

    def _repr_html_(self) -> str:
        return as_html(self.line)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data: the whole answer."""
        return {
            "taxonomy": self.taxonomy.id,
            "event": self.event,
            "on": self.on.isoformat(),
            "fingerprint": self.fingerprint,
            "changes": [
                {"circumstance": one.circumstance, "before": plain(one.before), "after": plain(one.after), "follows": one.follows}
                for one in self.changes
            ],
            "needs": [{"id": one.id, "label": one.label} for one in self.needs],
            "possible_needs": [{"id": one.id, "label": one.label, "missing": list(one.missing)} for one in self.possible_needs],
            "services": [one.to_dict() for one in self.services],
            "outcomes": list(self.outcomes),
        }


_RANK: Mapping[str, int] = {"event": 0, "need": 0, "possible need": 1}


def _in(labels: c.Labels, language: str) -> str | None:
    return labels.get(language) or labels.get("en") or next(iter(labels.values()), None)


def resolved(
    book: DatedRulebook, stated: Mapping[str, Value], event: str | None, model_fingerprint: Any, language: str = "en"
) -> Resolution:
    """The answer on *stated* facts, which have been read. Raises `ProfileError` where they contradict each other."""
    taxonomy = book.book.taxonomy
    if event is not None and event not in taxonomy.events:
        raise ProfileError([say.unknown_event(event, taxonomy.events)])
    before = _consistent(book, stated, language)
    facts = before if event is None else _after(book, taxonomy.events[event], stated, before)
    return Resolution(book, stated, event, before, facts, book.compiled.decide(facts), model_fingerprint, language)


def _consistent(book: DatedRulebook, stated: Mapping[str, Value], language: str) -> Facts:
    if not book.derived:
        return Facts(stated)
    problems: list[Any] = []

    def contradicted(name: str, value: Value, derived: Value | None, how: Any, facts: Facts) -> None:
        words = Words(book, language)
        if derived is not None:
            origin = how.formula.origin
            problems.append(
                say.contradicts_formula(name, words.value(value, name), words.value(derived, name), origin.text, origin.span.place)
            )
        else:
            found = reasons(how.gate, facts)
            place = next((one.origin.span.place for one in found if one.origin), "")
            problems.append(say.contradicts_gate(name, words.value(value, name), [words.question(one, facts) for one in found], place))

    facts = settled(book, stated, contradicted)
    if problems:
        raise ProfileError(problems)
    return facts


def _after(book: DatedRulebook, event: c.Event, stated: Mapping[str, Value], before: Facts) -> Facts:
    """The facts after *event*. What depends on what it changed is worked out anew."""
    after: dict[str, Value] = dict(stated)
    for change in event.changes:
        name = change.circumstance
        value = _effect(book.effects[event.id].get(name), change, before)
        if value is None:
            after.pop(name, None)
        else:
            after[name] = value
    names = (one.circumstance for one in event.changes)
    changed = frozenset(name for name in names if name not in before.known or before.known[name] != after.get(name))
    return settled(book, after, changed=changed)


def _effect(rule: t.Term | None, change: c.Change, before: Facts) -> Value | None:
    """The new value of the circumstance, or nothing: it is not known."""
    people: Any = before.known.get(change.circumstance)
    match change.effect:
        case c.SetTo(value):
            return _settled_value(value, change.circumstance)
        case c.Forget():
            return None
        case c.Compute():
            assert rule is not None
            found = evaluate(rule, before)
            return None if doubts_in((found,)) else found  # type: ignore[no-any-return]
        case c.AddPerson(fields):
            if people is None:
                return None
            known = {name: _settled_value(value, name) for name, value in fields.items()}
            return (*people, Person(known, f"{change.circumstance}[{len(people) + 1}]"))
        case c.RemoveWhere():
            assert rule is not None
            if people is None:
                return None
            leaves = [truth(rule, before, {"$0": one}) for one in people]
            # Where it is not known who leaves, who stays is not known either.
            return None if Truth.UNKNOWN in leaves else tuple(one for one, gone in zip(people, leaves, strict=True) if gone is Truth.FALSE)


def _settled_value(value: Value, path: str) -> Value:
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    if isinstance(value, Mapping):
        return Person({name: _settled_value(one, name) for name, one in value.items()}, path)
    return value


Plain: TypeAlias = "None | bool | int | str | list[Plain] | dict[str, Plain]"


def plain(value: object) -> Plain:
    """A value as plain JSON data: a number that is not whole, a date and a duration as text."""
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return f"{value:f}"
        case date() | Months() | Seconds():
            return str(value)
        case Mapping():
            return {str(name): plain(one) for name, one in sorted(value.items())}
        case _:
            return [plain(one) for one in value]  # type: ignore[attr-defined]
