"""What is known of one citizen's eligibility for one service, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NoReturn

from attrs import field, frozen

from lgbm.kept import kept
from lgbm.model import concepts as c
from lgbm.model.concepts import in_language
from lgbm.model.facts import Facts, Unknown, circumstance_of, doubts_in
from lgbm.model.taxonomy import Taxonomy
from lgbm.model.truth import Truth
from lgbm.model.values import Number, Value, plain
from lgbm.outline import Line, Mark, as_html, as_text
from lgbm.rules import term as t
from lgbm.rules.explain import Reason, reasons
from lgbm.rules.naming import either, pounds
from lgbm.rules.offered import offered_where
from lgbm.rules.rulebook import DatedRulebook
from lgbm.rules.semantics import evaluate, truth
from lgbm.rules.wording import Words

if TYPE_CHECKING:
    from lgbm.changing import Asked, WhatWouldChange, WhatWouldEnd


class Status(StrEnum):
    """Whether somebody is eligible for a service."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    UNDETERMINED = "undetermined"
    """It depends on facts that are not known, or on rules that are not written."""

    def __bool__(self) -> NoReturn:
        # A status that is not "yes" is not "no" either.
        raise TypeError("a Status has three values: compare it with `is Status.ELIGIBLE`, never `if status:`")


_MOST_ASKS = 6
_TRUTHS = {Status.ELIGIBLE: Truth.TRUE, Status.INELIGIBLE: Truth.FALSE, Status.UNDETERMINED: Truth.UNKNOWN}
_MARKS: Mapping[Status, Mark] = {Status.ELIGIBLE: "yes", Status.INELIGIBLE: "no", Status.UNDETERMINED: "ask"}
SAID = {Status.ELIGIBLE: "eligible", Status.INELIGIBLE: "not eligible", Status.UNDETERMINED: "not known yet"}


def often(every: str) -> str:
    """How often an amount is paid, in words."""
    return {"once": "once", "four weeks": "every four weeks"}.get(every, f"a {every}")


@frozen
class Relevance:
    """Why a service is shown: it meets a need that is, or may be, implied; or the event leads to it."""

    kind: Literal["need", "possible need", "event"]
    id: str


@frozen
class Amount:
    """What a service pays, for whoever gets it."""

    label: str
    every: str
    """`once`, `day`, `week`, `four weeks`, `month`, `quarter` or `year`."""
    pounds: Number | None
    """Nothing where facts that it depends on are not known."""
    missing: tuple[str, ...] = ()
    """The circumstances that it depends on and that are not known: of how much it is, and of whether it is paid."""


@frozen(eq=False, repr=False)
class Explanation:
    """Why a decision came out so. `str()` tells it in a few lines; `line` is the tree behind that."""

    line: Line
    reasons: tuple[Reason, ...]
    facts: Mapping[str, Value]
    """The known facts that it rests on. They alone give the same answer, unless it is undetermined."""

    def __repr__(self) -> str:
        return f"<Explanation {self.line.text}>"

    def __str__(self) -> str:
        return as_text(self.line)

    def _repr_html_(self) -> str:
        return as_html(self.line)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {**self.line.to_dict(), "facts": {name: plain(value) for name, value in self.facts.items()}}


@frozen(eq=False, slots=False)
class Case:
    """What all decisions about one citizen share: the rules on a date, and the facts."""

    book: DatedRulebook
    facts: Facts
    language: str = "en"
    relevances: Mapping[str, tuple[Relevance, ...]] = field(factory=dict[str, tuple[Relevance, ...]])
    hashed: Callable[[], str] = field(default=str, repr=False)
    """Gives the fingerprint of model, profile and date."""
    said: Callable[[], frozenset[str]] = field(default=frozenset, repr=False)
    """Gives the facts that were stated, or set by the event, whether or not they apply."""

    @kept
    def fingerprint(self) -> str:
        """A hash of the model, the profile, the event and the date."""
        return self.hashed()

    @property
    def taxonomy(self) -> Taxonomy:
        """What was resolved against."""
        return self.book.book.taxonomy

    @kept
    def words(self) -> Words:
        """Says reasons in the language of the answer."""
        return Words(self.book, self.language)

    def missing_paths(self, condition: t.Term) -> tuple[str, ...]:
        """Where in the profile the missing facts belong, in no particular order but always the same."""
        found = evaluate(condition, self.facts)
        return tuple(sorted({name for doubt in doubts_in((found,)) for name in doubt.names}))

    def missing(self, condition: t.Term) -> tuple[str, ...]:
        """The circumstances still needed to decide *condition*, in the order in which to ask for them."""
        found = evaluate(condition, self.facts)
        names = {circumstance_of(name) for doubt in doubts_in((found,)) for name in doubt.names}
        uses: dict[str, int] = {}
        for reason in reasons(condition, self.facts):
            for name in {circumstance_of(one) for one in reason.missing}:
                uses[name] = uses.get(name, 0) + 1
        return tuple(sorted(names, key=lambda name: (self._depth(name, names), -uses.get(name, 0), name)))

    def evidence(self, reason: Reason) -> Mapping[str, Value]:
        """The known facts that a decided *reason* rests on: of a number with bounds, those that these follow from."""
        found: dict[str, Value] = dict(reason.shown)
        waiting, seen = list(t.facts_of(reason.question) - found.keys()), set[str]()
        while waiting:
            name = waiting.pop()
            how = self.book.derived.get(name)
            if name in self.facts.known:
                found[name] = self.facts.known[name]
            elif how is not None and name not in seen:
                seen.add(name)
                waiting.extend(one for term in (how.gate, how.formula) if term is not None for one in t.facts_of(term))
        return found

    def _depth(self, name: str, among: set[str]) -> int:
        """How many of the missing facts decide whether *name* applies at all: those are asked for first."""
        how = self.book.derived.get(name)
        return (
            len(self.book.book.reads.get(name, frozenset()) & among) if how is not None and how.gate is not None else 0
        )


class Decision:
    """What is known of one citizen's eligibility for one service."""

    __slots__ = ("_case", "id", "status")

    def __init__(self, case: Case, service: str, status: Status) -> None:
        self._case = case
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
        return self._case.taxonomy.services[self.id]

    @property
    def label(self) -> str:
        """Its name."""
        return self.service.named(self._case.language)

    @property
    def missing(self) -> tuple[str, ...]:
        """The circumstances still needed to decide, in the order in which to ask for them; none once it is decided."""
        return self._case.missing(self._condition) if self._condition and self.status is Status.UNDETERMINED else ()

    @property
    def missing_paths(self) -> tuple[str, ...]:
        """The same to the point: `children[2].age`, where only that is missing of a list that is known."""
        return self._case.missing_paths(self._condition) if self._condition and self.missing else ()

    @property
    def relevance(self) -> tuple[Relevance, ...]:
        """Why it is shown. It says nothing of eligibility."""
        return self._case.relevances.get(self.id, ())

    @property
    def shown_for(self) -> tuple[str, ...]:
        """The same in words: the event, and the needs; `perhaps: …` where a need is not known."""
        taxonomy, language = self._case.taxonomy, self._case.language
        labels = (
            (one, (taxonomy.events if one.kind == "event" else taxonomy.needs)[one.id].named(language))
            for one in self.relevance
        )
        return tuple(f"perhaps: {label}" if one.kind == "possible need" else label for one, label in labels)

    @property
    def not_modelled(self) -> tuple[str, ...]:
        """Conditions that were not evaluated."""
        return tuple(in_language(one, self._case.language) or "" for one in self.service.not_modelled)

    @property
    def offered(self) -> bool:
        """Whether it is offered where the citizen lives, or may be."""
        where = offered_where(self.service, self._case.taxonomy)
        return all(truth(one, self._case.facts) is not Truth.FALSE for one in where)

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """What it pays, were it paid: without those amounts that are certainly not for this citizen."""
        terms = self._case.book.amounts.get(self.id, ())
        found = (self._amount(one, *rules) for one, rules in zip(self.service.amounts, terms, strict=True))
        return tuple(one for one in found if one is not None)

    def _amount(self, written: c.Amount, when: t.Term | None, value: t.Term) -> Amount | None:
        applies = evaluate(when, self._case.facts) if when is not None else True
        if applies is False:
            return None
        pounds = evaluate(value, self._case.facts)
        doubts = doubts_in((applies, pounds))
        missing = tuple(sorted({circumstance_of(name) for doubt in doubts for name in doubt.names}))
        known = None if isinstance(pounds, Unknown) else pounds
        return Amount(in_language(written.label, self._case.language) or "", written.every, known, missing)

    @property
    def review_overdue(self) -> bool:
        """Whether the date by which its rules were to be reviewed has passed on the date of resolution."""
        return self.service.review_by is not None and self.service.review_by < self._case.book.day

    @property
    def fingerprint(self) -> str:
        """A hash of the model, the profile, the event and the date that it was decided on."""
        return self._case.fingerprint

    def why(self) -> Explanation:
        """The smallest part that decided it; if it is undetermined, the facts to ask for."""
        condition, words, facts = self._condition, self._case.words, self._case.facts
        found = reasons(condition, facts) if condition is not None else ()
        lines = [*words.lines(found, facts, _MARKS[self.status]), *self._paid(), *self._open_ends()]
        head = Line(f"{self.label}: {SAID[self.status]}", lines=tuple(lines))
        shown: dict[str, Value] = {}
        for reason in found:
            shown |= reason.shown if reason.truth is Truth.UNKNOWN else self._case.evidence(reason)
        return Explanation(head, found, dict(sorted(shown.items())))

    def what_would_change(self, most: int = 3) -> WhatWouldChange:
        """The smallest changes of at most *most* facts that would make the citizen eligible, as far as the rules go.

        Only what a person can change is among them: no fact that the taxonomy marks with `mutable: false`, none that
        follows from others, nobody who lives with her, and not where she lives. Raises `ProfileError` where *most* is
        not 1, 2 or 3. Source: docs/how-to/show-what-would-change.md.
        """
        from lgbm.changing import what_would_change

        return what_would_change(self._asked(), most)

    def what_would_end(self) -> WhatWouldEnd:
        """What would end the eligibility, each fact by itself, the nearest first."""
        from lgbm.changing import what_would_end

        return what_would_end(self._asked())

    def _asked(self) -> Asked:
        from lgbm.changing import Asked

        case = self._case
        return Asked(self.service, case.words, case.facts, _TRUTHS[self.status], self.missing, case.said())

    @property
    def _condition(self) -> t.Term | None:
        return self._case.book.services.get(self.id)

    def _paid(self) -> Iterator[Line]:
        """What it pays, for those who may get it."""
        called = self._case.words.names.called
        for one in self.amounts if self.status is not Status.INELIGIBLE else ():
            paid = "an amount that is not known" if one.pounds is None else f"{pounds(one.pounds)} {often(one.every)}"
            depends = f", depending on {either([called(name) for name in one.missing], 'and')}" if one.missing else ""
            yield Line(f"pays {paid} ({one.label}){depends}")

    def _open_ends(self) -> Iterator[Line]:
        """What is still to be asked, what was not checked, and whether the rules may be out of date."""
        if self._condition is None:
            yield Line("no eligibility rules are written for it", mark="ask")
        asks = [self._case.words.names.called(name) for name in self.missing]
        if asks:
            more = f", and {len(asks) - _MOST_ASKS} more" if len(asks) > _MOST_ASKS else ""
            yield Line(f"ask for: {', '.join(asks[:_MOST_ASKS])}{more}")
        for one in self.not_modelled:
            yield Line(f"not checked here: {one}", mark="note")
        if self.review_overdue:
            yield Line(f"these rules were to be reviewed by {self.service.review_by}", mark="note")

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {
            "service": self.id,
            "label": self.label,
            "status": self.status.value,
            "missing": list(self.missing),
            "missing_paths": list(self.missing_paths),
            "relevance": [{"kind": one.kind, "id": one.id} for one in self.relevance],
            "amounts": [
                {"label": one.label, "every": one.every, "pounds": plain(one.pounds), "missing": list(one.missing)}
                for one in self.amounts
            ],
            "why": self.why().to_dict(),
            "not_modelled": list(self.not_modelled),
            "review_by": self.service.review_by.isoformat() if self.service.review_by else None,
            "review_overdue": self.review_overdue,
            "on": self._case.book.day.isoformat(),
            "fingerprint": self._case.fingerprint,
        }
