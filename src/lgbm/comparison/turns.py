"""What turns between two answers: facts, services, needs, and what is paid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from attrs import evolve, field, frozen

from lgbm.decision import Amount, Status
from lgbm.kept import kept
from lgbm.model.facts import same
from lgbm.model.truth import Truth
from lgbm.model.values import plain
from lgbm.outline import Line, Mark
from lgbm.resolution import Resolution
from lgbm.rules import term as t
from lgbm.rules.explain import Reason, reasons
from lgbm.rules.semantics import truth
from lgbm.rules.wording import Words
from lgbm.telling import Change

Kind: TypeAlias = Literal["gained", "lost", "settled", "unsettled"]
Differing: TypeAlias = Literal["model", "date"]
_YES, _NO, _OPEN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
_KINDS: Mapping[tuple[Truth, Truth], Kind] = {
    (_NO, _YES): "gained",
    (_YES, _NO): "lost",
    (_OPEN, _YES): "settled",
    (_OPEN, _NO): "settled",
    (_YES, _OPEN): "unsettled",
    (_NO, _OPEN): "unsettled",
}
_MARKS: Mapping[Truth, Mark] = {_YES: "yes", _NO: "no", _OPEN: "ask"}
_TRUTHS = {Status.ELIGIBLE: _YES, Status.INELIGIBLE: _NO, Status.UNDETERMINED: _OPEN}
_MOST = 4
"""Clauses that are told of one turn."""


@frozen
class Turn:
    """A service or a need that comes out otherwise, with the clauses that make it so."""

    id: str
    label: str
    kind: Kind
    before: Status | Truth
    after: Status | Truth
    missing: tuple[str, ...] = ()
    """What is to be asked now, where it is not known any more."""
    relevant: bool = True
    clauses: tuple[Line, ...] = field(default=(), eq=False)
    """Each with its place and its law: how it stood before, and how it stands after."""

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {
            "id": self.id,
            "label": self.label,
            "kind": self.kind,
            "before": self.before.value,
            "after": self.after.value,
            "missing": list(self.missing),
            "relevant": self.relevant,
            "clauses": [one.to_dict() for one in self.clauses],
        }


@frozen
class AmountTurn:
    """An amount that is paid on one side only, or not as much on one as on the other.

    No amount: it is not paid, or, where the service is undetermined on that side, it is not known whether it is.
    """

    service: str
    label: str
    before: Amount | None
    after: Amount | None
    statuses: tuple[Status, Status]
    """How the service is answered before and after."""

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {
            "service": self.service,
            "label": self.label,
            "before": _amount(self.before),
            "after": _amount(self.after),
            "statuses": [one.value for one in self.statuses],
        }


def _amount(one: Amount | None) -> dict[str, object] | None:
    if one is None:
        return None
    return {"label": one.label, "every": one.every, "pounds": plain(one.pounds), "missing": list(one.missing)}


@frozen(eq=False, slots=False)
class Sides:
    """Two answers, side by side."""

    before: Resolution
    after: Resolution

    @property
    def alike(self) -> bool:
        """Whether the same rules decide on both sides, figures included."""
        return self.before.book is self.after.book

    @kept
    def words(self) -> tuple[Words, Words]:
        """Says reasons on either side."""
        language = self.after.language
        return Words(self.before.book, language), Words(self.after.book, language)

    def clauses(self, one: t.Term | None, other: t.Term | None, before: Truth, after: Truth) -> Iterator[Line]:
        """The clauses that turned a condition, *one* before and *other* after: of the reasons for the side that is
        decided (for the no, where both are) those that come out otherwise on the other side.
        """
        of_before = before is _NO or (before is _YES and after is _OPEN)
        condition, side = (one, 0) if of_before else (other, 1)
        if condition is None:
            return
        facts, others = (self.before.facts, self.after.facts)[:: 1 if side == 0 else -1]
        found = reasons(condition, facts)
        turned = [each for each in found if not each.local and truth(each.question, others) is not each.truth]
        for each in turned[:_MOST] or found[:_MOST]:
            yield self._clause(each, side, _MARKS[after], (other, one)[side])
        more = len(turned or found) - _MOST
        if more > 0:
            yield Line(f"and {more} more condition{'' if more == 1 else 's'}", mark=_MARKS[after])

    def _clause(self, reason: Reason, side: int, mark: Mark, opposite: t.Term | None) -> Line:
        """*reason* as it stood before and stands after; it was found on *side*, and *opposite* decides on the other."""
        here, there = (self.before.facts, self.after.facts)[:: 1 if side == 0 else -1]
        (line, *_) = self.words[side].lines((reason,), here, mark)
        if reason.local or opposite is None:
            return line
        if self.alike:
            counterparts = reasons(reason.question, there)
        else:
            # Other figures make another question of the same clause.
            place = reason.origin.span.place if reason.origin else None
            listed = reasons(opposite, there)
            counterparts = tuple(one for one in listed if one.origin and one.origin.span.place == place)
        counterpart = "; ".join(self.words[1 - side].question(one, there) for one in counterparts)
        if not counterpart or line.text == counterpart:
            return line
        texts = (line.text, counterpart) if side == 0 else (counterpart, line.text)
        return evolve(line, text=" → ".join(texts), lines=())


def facts(sides: Sides) -> Iterator[Change]:
    """The facts that differ."""
    before, after = sides.before, sides.after
    stated = {
        name for name in {*before.stated, *after.stated} if not same(before.stated.get(name), after.stated.get(name))
    } | (_brought(before) ^ _brought(after))
    found = [
        Change(name, before.facts.known.get(name), after.facts.known.get(name), name not in stated)
        for name in {*before.facts.known, *after.facts.known}
        if not name.startswith("eligible(") and not same(before.facts.known.get(name), after.facts.known.get(name))
    ]
    yield from sorted(found, key=lambda one: (one.follows, one.circumstance))


def _brought(answer: Resolution) -> set[str]:
    """What the event itself changes."""
    return {one.circumstance for one in answer.taxonomy.events[answer.event].changes} if answer.event else set()


def services(sides: Sides) -> Iterator[Turn]:
    """The services that are answered otherwise; of two models, those that both have."""
    before, after = sides.before, sides.after
    earlier = {one.id: one for one in before.services}
    found: list[Turn] = []
    for then in after.services:
        one = earlier.get(then.id)
        if one is None or one.status is then.status:
            continue
        kind = _KINDS[_TRUTHS[one.status], _TRUTHS[then.status]]
        terms = before.book.services.get(one.id), after.book.services.get(then.id)
        clauses = tuple(sides.clauses(*terms, _TRUTHS[one.status], _TRUTHS[then.status]))
        relevant = bool(one.relevance or then.relevance)
        found.append(Turn(then.id, then.label, kind, one.status, then.status, then.missing, relevant, clauses))
    yield from sorted(found, key=lambda one: (not one.relevant, one.label, one.id))


def needs(sides: Sides) -> Iterator[Turn]:
    """The needs that come, go, are settled, or are not known any more."""
    earlier, later = _truths(sides.before), _truths(sides.after)
    taxonomy = sides.after.taxonomy
    for name in sorted(earlier.keys() & later.keys()):
        one, then = earlier[name], later[name]
        if one is not then:
            terms = sides.before.book.needs.get(name), sides.after.book.needs.get(name)
            clauses = tuple(sides.clauses(*terms, one, then))
            missing = next((each.missing for each in sides.after.possible_needs if each.id == name), ())
            label = taxonomy.needs[name].named(sides.after.language)
            yield Turn(name, label, _KINDS[one, then], one, then, missing, True, clauses)


def _truths(answer: Resolution) -> dict[str, Truth]:
    found = dict.fromkeys(answer.book.needs, _NO)
    found |= {one.id: _YES for one in answer.needs}
    return found | {one.id: _OPEN for one in answer.possible_needs}


def amounts(sides: Sides) -> Iterator[AmountTurn]:
    """What is paid on one side and not on the other, or not as much."""
    before, after = _paid(sides.before), _paid(sides.after)
    for key in sorted({*before, *after}):
        one, then = before.get(key), after.get(key)
        both = key[0] in sides.before.taxonomy.services and key[0] in sides.after.taxonomy.services
        if both and one != then:
            statuses = sides.before[key[0]].status, sides.after[key[0]].status
            yield AmountTurn(key[0], key[1], one, then, statuses)


def _paid(answer: Resolution) -> dict[tuple[str, str, str, int], Amount]:
    """Every amount of a service that is a yes: by service, its label and what it is called, the same name counted."""
    found: dict[tuple[str, str, str, int], Amount] = {}
    for decision in answer.eligible:
        if decision.service.amounts:
            for one in decision.amounts:
                place = sum(key[0] == decision.id and key[2] == one.label for key in found)
                found[decision.id, decision.label, one.label, place] = one
    return found
