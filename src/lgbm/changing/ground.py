"""What was stated of somebody, and what follows after a change: only what it touches is worked out anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TypeAlias

from attrs import evolve, field, frozen

from lgbm.kept import kept
from lgbm.model.facts import Facts, Person, Unknown, circumstance_of, doubts_in, persons_in
from lgbm.model.truth import Truth
from lgbm.model.values import Value
from lgbm.rules.rulebook import DatedRulebook
from lgbm.rules.semantics import evaluate, truth
from lgbm.rules.settle import settled

Changes: TypeAlias = Mapping[str, Value | None]
"""Facts by their paths (`savings`, `partner.annual_income`), as they would be; nothing is not known."""


@frozen(eq=False, slots=False)
class Ground:
    """Stated facts, and the rules by which others follow."""

    book: DatedRulebook
    stated: Mapping[str, Value]
    _parts: dict[frozenset[str], DatedRulebook] = field(init=False, factory=dict[frozenset[str], DatedRulebook])

    @kept
    def facts(self) -> Facts:
        """All that follows, without a change."""
        return settled(self.book, self.stated)

    def after(self, changes: Changes) -> Facts:
        """All that follows after *changes*: as after an event."""
        then = applied(self.stated, changes)
        changed = frozenset(map(circumstance_of, changes))
        facts = self._settled(self._touched(changed), then, changed)
        # Whoever says what a fact is says that it applies.
        said = {name for name in changed if name in then and self._waits(name, facts)}
        if not said:
            return facts
        part = self._touched(changed)
        stands = {name: evolve(how, gate=None) if name in said else how for name, how in part.derived.items()}
        return self._settled(evolve(part, derived=stands), then, changed)

    def _waits(self, name: str, facts: Facts) -> bool:
        """Whether it is for want of other facts that the fact *name* is not known."""
        how = self.book.derived.get(name)
        if how is None or name in facts.known:
            return False
        return how.gate is not None and bool(doubts_in((evaluate(how.gate, facts),)))

    def _touched(self, changed: frozenset[str]) -> DatedRulebook:
        """The rules with those formulas and gates only that depend on what is *changed*."""
        found = self._parts.get(changed)
        if found is None:
            reads = self.book.book.reads
            touched = {
                name: how
                for name, how in self.book.derived.items()
                if name in changed or not changed.isdisjoint(reads[name])
            }
            found = self._parts[changed] = evolve(self.book, derived=touched)
        return found

    def _settled(self, part: DatedRulebook, then: Mapping[str, Value], changed: frozenset[str]) -> Facts:
        before, anew = self.facts, part.derived.keys() | changed
        known: dict[str, Value] = {name: value for name, value in before.known.items() if name not in anew}
        known.update((name, then[name]) for name in anew if name in then)
        unknown: dict[str, Unknown] = {
            name: doubt for name, doubt in before.unknown.items() if circumstance_of(name) not in anew
        }
        return settled(part, known, changed=changed, unknown=unknown)


def what_was_stated(
    book: DatedRulebook, facts: Facts, names: Iterable[str], said: frozenset[str]
) -> Mapping[str, Value]:
    """Of the facts called *names*, those that were *said*, or that nobody can have worked out."""
    found: dict[str, Value] = {}
    for name in sorted(name for name in names if name in facts.known):
        how, value = book.derived.get(name), facts.known[name]
        shut = how is not None and how.gate is not None and truth(how.gate, facts) is Truth.FALSE
        # A fact may be stated although it has a formula: an age, of somebody who does not say when she was born.
        if name in said or how is None or not (shut or how.formula is not None):
            found[name] = _without_reckoned(value, book, name, said)
    return found


def _without_reckoned(value: Value, book: DatedRulebook, name: str, said: frozenset[str]) -> Value:
    """*value* without those fields of persons that follow from others and that nobody stated."""
    how = book.derived.get(name)
    if how is None or not how.fields:
        return value

    def stated(one: Person) -> Mapping[str, Value]:
        return {field: held for field, held in one.items() if field not in how.fields or f"{one.path}.{field}" in said}

    return _each_person(value, stated)


def without_changed(value: Value, book: DatedRulebook, name: str, after: Value) -> Value:
    """*value* without those fields of persons that follow from others and are then different."""
    how = book.derived.get(name)
    then = {one.path: one for one in persons_in(after)}
    if how is None or not how.fields:
        return value

    def kept_on(one: Person) -> Mapping[str, Value]:
        now = then.get(one.path, one)
        return {field: held for field, held in one.items() if field not in how.fields or now.get(field) == held}

    return _each_person(value, kept_on)


def _each_person(value: Value, change: Callable[[Person], Mapping[str, Value]]) -> Value:
    if isinstance(value, Person):
        return Person(change(value), value.path)
    if isinstance(value, tuple):
        return tuple(_each_person(one, change) for one in value)
    return value


def changes_person(changes: Changes, name: str) -> bool:
    """Whether facts about persons change under the circumstance *name*."""
    return any(path != name and circumstance_of(path) == name for path in changes)


def applied(stated: Mapping[str, Value], changes: Changes) -> dict[str, Value]:
    """What would be stated after *changes*, whether or not it applies."""
    then = dict(stated)
    for path, value in changes.items():
        owner = circumstance_of(path)
        if owner != path:
            then[owner] = _each_person(then[owner], partial(_changed, path=path, value=value))
        elif value is None:
            then.pop(path, None)
        else:
            then[path] = value
    return then


def _changed(person: Person, path: str, value: Value | None) -> Mapping[str, Value]:
    who, _, name = path.rpartition(".")
    if person.path != who:
        return person
    rest = {one: held for one, held in person.items() if one != name}
    return rest if value is None else {**rest, name: value}
