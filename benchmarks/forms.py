"""A form as it is made without this library: all questions in the order of the taxonomy, some of them skipped.

A question is skipped only when its `asked_when` is false, when the event has just answered it, or when every service
and need that reads it is decided. Whether an answer can still make a difference to one that is not decided, nobody
asks: that is what our interview adds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen

from lgbm.interview import Answer, Interview
from lgbm.interview.answers import RECEIVES, read_answer
from lgbm.interview.asks import Asks
from lgbm.interview.questions import topic
from lgbm.interview.subject import Seen, Target
from lgbm.model.concepts import Kind
from lgbm.rules import term as t


@frozen
class Form:
    """The form of one subject, for as many citizens as there are."""

    begun: Interview
    _read: dict[Target, tuple[frozenset[str], frozenset[str]]] = field(init=False, factory=dict[Any, Any])

    def filled_in(self, person: Mapping[str, Any]) -> Interview:
        """An interview in which *person* answered the form."""
        now = self.begun
        while (asked := self._next(now)) is not None:
            now = evolve(now, answers=(*now.answers, _answer(now, asked, person)))
        return now

    def _next(self, now: Interview) -> tuple[str, tuple[str, ...]] | None:
        """The first question that is not answered and not skipped; for `receives`, with the services it is about."""
        seen = Seen(now.resolution.before, now.resolution.facts)
        names, fields = set[str](), set[str]()
        for target in now.choosing.open:
            circumstances, inner = self._reads(target)
            names |= circumstances
            fields |= inner
        paths = {path for name in names for path in self._paths(now, name, fields)} - seen.after.known.keys()
        answered = frozenset(path for one in now.answers for path in one.paths)
        left = Asks(self.begun.subject, answered).among(seen, paths, now.stated)
        if not left:
            return None
        first = min(left, key=lambda path: topic(self.begun.subject, path)[::-1])
        if not first.startswith("receives("):
            return first, ()
        return RECEIVES, tuple(sorted(path[10:-2] for path in left if path.startswith("receives(")))

    def _reads(self, target: Target) -> tuple[frozenset[str], frozenset[str]]:
        """The circumstances that decide *target*, however far away, and the fields of persons among them."""
        found = self._read.get(target)
        if found is None:
            subject = self.begun.subject
            fields = {each.name for term in subject.terms_of(target) for each in _fields(term)}
            found = self._read[target] = (subject.read_by(subject.targets[target]), frozenset(fields))
        return found

    def _paths(self, now: Interview, name: str, fields: set[str]) -> Iterator[str]:
        """The questions about one circumstance: one, or one for each field of each person."""
        about = self.begun.subject.taxonomy.circumstances.get(name)
        if about is None:
            yield name
            return
        if about.formula is not None:
            return
        inner = [one for one, how in about.fields.items() if how.formula is None and one in fields]
        if about.kind is Kind.PERSON:
            yield from (f"{name}.{one}" for one in inner if name in now.stated)
            return
        yield name
        people = now.stated.get(name)
        if about.kind is Kind.PEOPLE and isinstance(people, tuple):
            yield from (f"{name}[{place}].{one}" for place in range(1, len(people) + 1) for one in inner)


def _fields(term: t.Term) -> Iterator[t.Field]:
    if isinstance(term, t.Field):
        yield term
    for part in t.parts_of(term):
        yield from _fields(part)


def _answer(now: Interview, asked: tuple[str, tuple[str, ...]], person: Mapping[str, Any]) -> Answer:
    path, of = asked
    if path == RECEIVES:
        received = person.get("receives", {})
        value: Any = [one for one in of if person.get(f'receives("{one}")', received.get(one)) is True]
    else:
        value = answer_of(person, path)
    if value is None:
        return Answer(path, None, "dont_know", of)
    about = now.subject.about(path) if "(" not in path else None
    kind = about.kind if about is not None else None
    given = len(value) if kind is Kind.PEOPLE else value
    return Answer(path, read_answer(now.subject.reader, path, kind, given, of, now.stated), None, of)


def answer_of(person: Mapping[str, Any], path: str) -> Any:
    """What *person* says at *path*, or nothing."""
    owner, _, inner = path.partition(".")
    base, _, place = owner.partition("[")
    if "(" in path or not inner:
        return person.get(path)
    value: Any = person.get(base)
    if place:
        value = value[int(place[:-1]) - 1] if value else None
    return value.get(inner) if value else None
