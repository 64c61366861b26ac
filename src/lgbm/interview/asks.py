"""What can be asked for, of what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import cast

from attrs import frozen

from lgbm.interview.answers import put
from lgbm.interview.subject import Seen, Subject
from lgbm.model.concepts import Circumstance, Kind
from lgbm.model.facts import Facts, Person, Unknown, circumstance_of, doubts_in
from lgbm.model.truth import Truth
from lgbm.model.values import Value
from lgbm.rules.semantics import evaluate, truth


@frozen
class Asks:
    """What can be asked for. What was *answered* or declined never is again."""

    subject: Subject
    answered: Collection[str] = ()

    def among(self, seen: Seen, missing: Iterable[str], stated: Mapping[str, Value]) -> Mapping[str, str]:
        """The facts to ask for, each with the missing fact that it is asked for.

        A fact whose gate is not known waits for the gate, as long as that can be asked for. A fact that follows from
        others is asked for itself where somebody declined one of these.
        """
        found: dict[str, str] = {}
        waiting: list[str] = []
        for path in sorted(missing):
            for one in self._instead(path, seen.after) if path in self.answered else (path,):
                if one in self.answered or one in found or not self._can_be_stated(one, stated):
                    continue
                applies = self._applies(one, seen)
                if applies is Truth.TRUE:
                    found[one] = path
                elif applies is Truth.UNKNOWN:
                    waiting.append(one)
        for one in waiting:
            if found.keys().isdisjoint(self._gate(one, seen.after)):
                found.setdefault(one, one)
        return found

    def _can_be_stated(self, path: str, stated: Mapping[str, Value]) -> bool:
        """Whether a profile has a place for it, and it is not known yet."""
        owner, _, inner = path.partition(".")
        base, _, place = owner.partition("[")
        if "(" in path:
            return path not in stated
        one = self.subject.about(path)
        if one is None:
            return False
        if not inner:
            # That there is somebody is all that a person as such would say: the fields are what is asked for.
            return base not in stated and one.kind is not Kind.PERSON
        if not place:
            return inner not in cast("Mapping[str, Value]", stated.get(base, {}))
        people = cast("tuple[Person, ...]", stated.get(base, ()))
        number = int(place.rstrip("]"))
        return number <= len(people) and inner not in people[number - 1]

    def _applies(self, path: str, seen: Seen) -> Truth:
        """Whether it is asked of this citizen, by its gate."""
        how = self.subject.book.derived.get(circumstance_of(path))
        if how is None or how.gate is None:
            return Truth.TRUE
        before, after = truth(how.gate, seen.before), truth(how.gate, seen.after)
        return before if before is Truth.FALSE else after

    def _gate(self, path: str, facts: Facts) -> set[str]:
        how = self.subject.book.derived[circumstance_of(path)]
        doubts = doubts_in((evaluate(how.gate, facts),)) if how.gate is not None else []
        return {name for doubt in doubts for name in doubt.names}

    def _instead(self, path: str, facts: Facts) -> Iterator[str]:
        """What follows from *path*, and can be asked for in its place."""
        owner, _, inner = path.partition(".")
        if inner and "(" not in path:
            person = _person(owner, facts)
            fields: Mapping[str, Unknown] = person.unknown if person is not None else {}
            yield from (f"{owner}.{name}" for name, doubt in fields.items() if path in doubt.names)
        for name, doubt in facts.unknown.items():
            one = self.subject.taxonomy.circumstances.get(name)
            if path in doubt.names and one is not None and _can_be_said(one):
                yield name


def _can_be_said(one: Circumstance) -> bool:
    """Whether its author thought of asking for it, although it follows from others."""
    return one.formula is not None and bool(one.question)


def _person(owner: str, facts: Facts) -> Person | None:
    base, _, place = owner.partition("[")
    found = facts.known.get(base)
    if isinstance(found, Person):
        return found
    people = cast("tuple[Person, ...]", found) if isinstance(found, tuple) else ()
    return next((one for one in people if one.path == owner), None) if place else None


def with_persons(subject: Subject, stated: Mapping[str, Value]) -> dict[str, Value]:
    """*stated*, with everybody who is known to be there: a partner of whom nothing else is known yet."""
    found = dict(stated)
    for name, one in subject.taxonomy.circumstances.items():
        if one.kind is Kind.PERSON and one.formula is None and name not in found:
            how = subject.book.derived.get(name)
            if how is None or how.gate is None:
                put(found, name, Person({}, name))
                continue
            if subject.holds(how.gate, found):
                put(found, name, Person({}, name))
    return found
