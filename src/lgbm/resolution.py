"""From an event to changes, to needs, to services, to outcomes: the answer for one citizen."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain, compress, repeat
from operator import add
from typing import TypeAlias

from attrs import field, frozen

from lgbm.decision import Case, Decision, Relevance, Status
from lgbm.errors import ProfileError
from lgbm.kept import kept
from lgbm.messages import profiles as say
from lgbm.model.concepts import in_language
from lgbm.model.facts import Facts
from lgbm.model.taxonomy import Taxonomy
from lgbm.model.truth import Truth
from lgbm.model.values import Value, plain
from lgbm.outline import Line, as_html, as_text
from lgbm.rules.compiled import Decisions
from lgbm.rules.effects import said_after
from lgbm.rules.rulebook import DatedRulebook
from lgbm.telling import MOST, Answers, Change, ImpliedNeed, Told

_STATUS_OF = (Status.INELIGIBLE, Status.UNDETERMINED, Status.ELIGIBLE)
_ONLY = {status: bytes(code == place for place in range(256)) for code, status in enumerate(_STATUS_OF)}
"""For each status, the table that turns its code to 1 and every other to 0."""
_TWICE = bytes(2 * (place == 1) for place in range(256))
_Ranked: TypeAlias = tuple[list[Decision], list[Decision], list[Decision]]
_RANK: Mapping[str, int] = {"event": 0, "need": 0, "possible need": 1}


@frozen(eq=False, slots=False, repr=False)
class Resolution:
    """The answer for one citizen on one date, after an event or as things are. Parts are worked out when asked for."""

    book: DatedRulebook
    stated: Mapping[str, Value]
    """The facts as they were stated."""
    event: str | None
    before: Facts
    facts: Facts
    """The facts after the event."""
    decisions: Decisions
    model_fingerprint: Callable[[], str]
    """Gives the fingerprint of the model."""
    language: str = "en"
    _decided: dict[Status, _Ranked] = field(init=False, factory=dict[Status, _Ranked])

    @property
    def on(self) -> date:
        """The date of resolution."""
        return self.book.day

    @property
    def taxonomy(self) -> Taxonomy:
        """What was resolved against."""
        return self.book.book.taxonomy

    @kept
    def _case(self) -> Case:
        # A case does not hold the resolution: in a circle, both and every decision would stay until the collector came.
        hashed = partial(_hash, self.model_fingerprint, self.stated, self.event, self.on)
        event = self.taxonomy.events[self.event].changes if self.event is not None else ()
        said = partial(said_after, self.stated, self.facts, event)
        return Case(self.book, self.facts, self.language, self._found_relevances(), hashed, said)

    # -- services

    @kept
    def services(self) -> tuple[Decision, ...]:
        """A decision for every service: those that are relevant first, then by status, then by name."""
        ranked = [self._ranked(status) for status in reversed(_STATUS_OF)]
        return Answers(chain.from_iterable(one[rank] for rank in range(3) for one in ranked))

    def _ranked(self, status: Status) -> _Ranked:
        """The decisions of that status: those needed, those possibly needed, and the rest, each by name."""
        found = self._decided.get(status)
        if found is None:
            # Without a Python loop over all services: there are many of them, and most questions are about a few.
            case, (names, codes) = self._case, self._by_name
            decided = map(Decision, repeat(case), compress(names, codes.translate(_ONLY[status])), repeat(status))
            found = self._decided[status] = [], [], []
            relevant = case.relevances
            if not relevant:
                found[2].extend(decided)
            for one in decided:
                found[_RANK[relevant[one.id][0].kind] if one.id in relevant else 2].append(one)
        return found

    @kept
    def _by_name(self) -> tuple[Sequence[str], bytes]:
        """Every service by its name, and the code of each."""
        names, in_order = self.book.book.by_name(self.language)
        return names, bytes(in_order(self._codes))

    @property
    def _codes(self) -> bytes:
        """For each service with rules in its order, 2 for yes, 1 for not known, 0 for no; last, 1 for all without."""
        must, may, count = self.decisions.must, self.decisions.may, len(self.book.services)
        codes = must.translate(_TWICE) if must is may else bytes(map(add, must, may))
        return bytes(codes[:count]) + b"\x01"

    def _with(self, status: Status) -> tuple[Decision, ...]:
        return Answers(chain.from_iterable(self._ranked(status)))

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
        return Decision(self._case, service, _STATUS_OF[self._codes[self.book.book.places.get(service, -1)]])

    # -- changes, needs, outcomes

    @kept
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

    @property
    def _need_truths(self) -> dict[str, Truth]:
        return self._truths_of_needs(self.decisions)

    def _truths_of_needs(self, decisions: Decisions) -> dict[str, Truth]:
        start = len(self.book.services)
        must, may = decisions.must, decisions.may
        found: dict[str, Truth] = {}
        for place, name in enumerate(self.book.needs, start):
            found[name] = Truth.TRUE if must[place] else Truth.UNKNOWN if may[place] else Truth.FALSE
        return found

    @kept
    def needs(self) -> tuple[ImpliedNeed, ...]:
        """The needs that the circumstances imply."""
        return tuple(self._needs(Truth.TRUE))

    @kept
    def possible_needs(self) -> tuple[ImpliedNeed, ...]:
        """The needs of which it is not known, with the circumstances to ask for."""
        return tuple(self._needs(Truth.UNKNOWN))

    def _needs(self, wanted: Truth) -> Iterator[ImpliedNeed]:
        truths = self._need_truths
        for name in sorted(truths):
            if truths[name] is wanted:
                missing = self._case.missing(self.book.needs[name]) if wanted is Truth.UNKNOWN else ()
                yield ImpliedNeed(name, self.taxonomy.needs[name].named(self.language), wanted, missing)

    @kept
    def new_needs(self) -> tuple[str, ...]:
        """The needs, by id, that the circumstances imply since the event, and did not before."""
        if self.event is None:
            return ()
        before = self._truths_of_needs(self.book.compiled.decide(self.before))
        return tuple(one.id for one in self.needs if before[one.id] is not Truth.TRUE)

    @kept
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that the relevant services which the citizen is eligible for contribute to, by id."""
        found = {one for decision in self.eligible if decision.relevance for one in decision.service.contributes_to}
        return tuple(sorted(found))

    def _found_relevances(self) -> dict[str, tuple[Relevance, ...]]:
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
        return {
            name: tuple(sorted(listed, key=lambda one: (_RANK[one.kind], one.id))) for name, listed in found.items()
        }

    # -- the whole

    @property
    def fingerprint(self) -> str:
        """A hash of the model, the profile, the event and the date: equal fingerprints, equal answers."""
        return self._case.fingerprint

    @kept
    def line(self) -> Line:
        """The whole answer as an outline: what changed, what is needed, what there is. Long lists are folded."""
        return self.told()

    def told(self, most: int | None = MOST) -> Line:
        """The same with *most* services of a kind told at length; with nothing for it, all of them."""
        told = Told(self._case.words, most)
        event = self.taxonomy.events[self.event].named(self.language) if self.event else "as things are"
        new = frozenset(self.new_needs)
        # What has become of somebody just now comes first.
        needs = tuple(Line(one.label, mark="yes") for one in sorted(self.needs, key=lambda one: one.id not in new))
        shown = [one for one in self.services if one.relevance and one.relevance[0].kind != "possible need"]
        lines = [
            *([told.changes(self.changes)] if self.event is not None else ()),
            Line("What is needed", lines=needs or (Line("nothing that the taxonomy knows of"),)),
            *told.services(sorted(shown, key=lambda one: not _is_pressing(one, new))),
            *told.possible(self.possible_needs),
            *self._besides({one.id for one in shown}),
        ]
        outcomes = [self.taxonomy.outcomes[name].named(self.language) for name in self.outcomes]
        if outcomes:
            lines.append(Line("What this contributes to", lines=tuple(Line(one) for one in outcomes)))
        lines.append(Line(f"On {self.on}. Fingerprint of model, profile and date: {self.fingerprint[:16]}"))
        title = in_language(self.taxonomy.label, self.language) or self.taxonomy.id
        return Line(f"{title}: {event}", lines=tuple(lines))

    def _besides(self, shown: Container[str]) -> Iterator[Line]:
        """How much there is besides."""
        others = [one for one in self.eligible if one.id not in shown]
        if others:
            # Whoever is eligible is told so, whether or not we can see the need.
            lines = tuple(Line(one.label, mark="yes") for one in others)
            yield Line("Eligible for, should it be needed", lines=lines)
        aside = sum(one.id not in shown for one in self.services) - len(others)
        if aside:
            yield Line(f"{aside} more services meet other needs.")

    def __repr__(self) -> str:
        after = f" after {self.event}" if self.event else ""
        return f"<Resolution {self.taxonomy.id} on {self.on}{after}: {self._counted()}>"

    def _counted(self) -> str:
        found = (("eligible", self.eligible), ("undetermined", self.undetermined), ("ineligible", self.ineligible))
        return ", ".join(f"{len(each)} {status}" for status, each in found)

    def __str__(self) -> str:
        return as_text(self.line)

    def _repr_html_(self) -> str:
        lead = (
            f"Of {len(self.services)} services, {len(self.eligible)} are for this person, "
            f"{len(self.undetermined)} are not known yet, and {len(self.ineligible)} are not."
        )
        return as_html(self.line, lead)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data: the whole answer."""
        return {
            "taxonomy": self.taxonomy.id,
            "event": self.event,
            "on": self.on.isoformat(),
            "fingerprint": self.fingerprint,
            "changes": [
                {
                    "circumstance": one.circumstance,
                    "before": plain(one.before),
                    "after": plain(one.after),
                    "follows": one.follows,
                }
                for one in self.changes
            ],
            "needs": [{"id": one.id, "label": one.label} for one in self.needs],
            "possible_needs": [
                {"id": one.id, "label": one.label, "missing": list(one.missing)} for one in self.possible_needs
            ],
            "services": [one.to_dict() for one in self.services],
            "outcomes": list(self.outcomes),
        }


def _is_pressing(decision: Decision, new: Container[str]) -> bool:
    """Whether the event leads to it, or to a need that it meets."""
    return any(one.kind == "event" or (one.kind == "need" and one.id in new) for one in decision.relevance)


def _hash(model_fingerprint: Callable[[], str], stated: Mapping[str, Value], event: str | None, on: date) -> str:
    import hashlib
    import json

    said = {name: plain(value) for name, value in sorted(stated.items())}
    whole = json.dumps([model_fingerprint(), said, event, on.isoformat()], ensure_ascii=True)
    return hashlib.sha256(whole.encode()).hexdigest()
