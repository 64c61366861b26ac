"""YAML to personas: read as strictly as a taxonomy is, with every complaint at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import define, evolve, field

from lgbm.decision import Status
from lgbm.executable import Model
from lgbm.messages import personas as say
from lgbm.messages import taxonomy as say_of_fields
from lgbm.model.concepts import Labels
from lgbm.model.profile import Profile
from lgbm.model.truth import Truth
from lgbm.personas.facts import WrittenFacts
from lgbm.personas.fields import EXPECT, FILE, PERSON, VARIANT
from lgbm.personas.lookup import Lookup
from lgbm.personas.sheet import Case, Expected, ExpectedChange, ExpectedNeed, ExpectedService, Sheet
from lgbm.reading.nodes import Node, Pairs, Scalar, Unusable
from lgbm.reading.reader import Reader

_STATUSES = {one.value: one for one in Status}
_TRUTHS = {"needs": Truth.TRUE, "possible_needs": Truth.UNKNOWN, "not_needs": Truth.FALSE}
_NO_DAY = date.max
"""For a file that does not say its date, which is complained of: no date is in the future then."""


def read_sheet(root: Pairs, model: Model | None, on: date | None, reader: Reader) -> Sheet:
    """The cases that a file holds; *reader* is told what is wrong. Without a model, names and values go unchecked.

    *on* is the date to answer for in place of all that the file states.
    """
    return _SheetReader(Lookup(model, reader), on).sheet(root)


@define
class _SheetReader:
    lookup: Lookup
    override: date | None
    cases: list[Case] = field(factory=list[Case])

    def sheet(self, root: Pairs) -> Sheet:
        found = self.lookup.fields(FILE, None, root)
        people = self.lookup.reader.pairs(found["personas"], "personas") if "personas" in found else None
        listed = people.entries if people else {}
        for name, (key, node) in listed.items():
            if not isinstance(key, Unusable):
                self.person(name, key, node, found)
        return Sheet(len(listed), tuple(self.cases))

    def person(self, name: str, key: Scalar, node: Node, everybody: Mapping[str, Any]) -> None:
        """The cases of one person. *everybody* is what the file says of all of them."""
        found = self.lookup.fields(PERSON, key, node)
        label: Labels = found.get("label") or {}
        nobody = Case(
            persona=name,
            label=label.get("en") or next(iter(label.values()), name),
            variant=None,
            profile=Profile(),
            facts=WrittenFacts.none(key).under(key, self.lookup.entries(everybody.get("facts"), "facts")),
            given=frozenset(),
            event=None,
            on=found.get("on") or everybody.get("on") or _NO_DAY,
            expected=(),
            span=key.span,
        )
        person = self.case(nobody, found, key)
        self.cases.append(person)
        for variant, (written, below) in self.lookup.entries(found.get("variants"), "variants").items():
            other = self.lookup.fields(VARIANT, written, below)
            self.cases.append(evolve(self.case(person, other, written), variant=variant))

    def case(self, under: Case, found: Mapping[str, Any], key: Scalar) -> Case:
        """What *found* says of the person of *under*."""
        entries = self.lookup.entries(found.get("facts"), "facts")
        facts = under.facts.under(key, entries)
        event = self.lookup.event(found["event"]) if "event" in found else under.event
        on = self.override or found.get("on") or under.on
        expected = tuple(self.expected(found["expect"], on)) if "expect" in found else ()
        profile = self.lookup.profile(facts, on)
        return evolve(
            under,
            profile=profile,
            facts=facts,
            given=frozenset(entries),
            event=event,
            on=on,
            expected=expected,
            span=key.span,
        )

    def expected(self, node: Node, on: date) -> Iterator[Expected]:
        pairs = self.lookup.reader.pairs(node, "expect", "a mapping of what is expected")
        found = EXPECT.read(pairs, None, self.lookup.reader) if pairs else None
        seen: dict[tuple[str, str], Scalar] = {}
        for name, below in (found or {}).items():
            for scalar, value in self.lookup.named(below, name):
                first = seen.setdefault((_what(name), scalar.text), scalar)
                if first is not scalar:
                    self.lookup.reader.complain(say.expected_twice(scalar.span, scalar.text, first.span))
                one = self.one_expected(name, scalar, value, on)
                if one is not None:
                    yield one

    def one_expected(self, name: str, scalar: Scalar, value: Node | None, on: date) -> Expected | None:
        if name == "changes":
            return self.expected_change(scalar, value, on)
        what = _what(name)
        if value is not None and name != "undetermined":
            self.lookup.reader.complain(say_of_fields.expected(scalar.span, name, f"a list of {what}s", "a mapping"))
        missing = None if value is None else frozenset(self.lookup.circumstances(value, scalar.text))
        about = self.lookup.known(scalar, what)
        if about is None:
            return None
        if what == "need":
            return ExpectedNeed(about, _TRUTHS[name], scalar.span)
        return ExpectedService(about, _STATUSES[name], missing, scalar.span)

    def expected_change(self, scalar: Scalar, value: Node | None, on: date) -> Expected | None:
        name = self.lookup.circumstance(scalar)
        if name is None:
            return None
        if value is None:
            return ExpectedChange(name, True, None, scalar.span)
        facts = WrittenFacts.none(scalar).under(scalar, {name: (scalar, value)})
        return ExpectedChange(name, False, self.lookup.profile(facts, on).stated.get(name), scalar.span)


def _what(name: str) -> str:
    """What the entries of a field of `expect` are about."""
    return "service" if name in _STATUSES else "need" if name in _TRUTHS else "circumstance"
