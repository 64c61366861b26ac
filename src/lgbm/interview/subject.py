"""What an interview is about: the rules on a date, what is to be settled, and what each part of that reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from lgbm.interview.weights import Weights
from lgbm.model.concepts import Circumstance, Event, Kind
from lgbm.model.facts import Facts, circumstance_of
from lgbm.model.profile import ProfileReader
from lgbm.model.taxonomy import Taxonomy
from lgbm.model.truth import Truth
from lgbm.model.values import Value
from lgbm.rules import term as t
from lgbm.rules.effects import after
from lgbm.rules.rulebook import DatedRulebook, Derived
from lgbm.rules.semantics import truth
from lgbm.rules.settle import settled

Target = tuple[str, str]
"""What is to be settled: `("service", id)` or `("need", id)`."""


@frozen
class Seen:
    """The facts before the event, and after it."""

    before: Facts
    after: Facts


def without_clashes(book: DatedRulebook, stated: Mapping[str, Value]) -> Facts | None:
    """The facts that follow from what is *stated*, or nothing where one of them contradicts another."""
    clashes: list[str] = []

    def clash(name: str, value: Value, derived: Value | None, how: Derived, facts: Facts) -> None:
        del value, derived, how, facts
        clashes.append(name)

    found = settled(book, stated, clash)
    return None if clashes else found


@frozen(eq=False, slots=False)
class Subject:
    """What all steps of one interview share."""

    book: DatedRulebook
    reader: ProfileReader = field(repr=False)
    fingerprint: Callable[[], str] = field(repr=False)
    """Gives the fingerprint of the model."""
    event: str | None = None
    language: str = "en"
    services: tuple[str, ...] | None = None
    """The services to settle; without them, all that have rules, and all needs."""
    weights: Weights = field(factory=Weights, repr=False)
    as_written: bool = False
    """Whether to ask in the order of the taxonomy, as a form does: what the benchmark compares with."""
    _cones: dict[Target, DatedRulebook] = field(init=False, factory=dict[Target, DatedRulebook], repr=False)

    @property
    def taxonomy(self) -> Taxonomy:
        """What the rules belong to."""
        return self.book.book.taxonomy

    @property
    def happened(self) -> Event | None:
        """The event that has just happened, if one has."""
        return None if self.event is None else self.taxonomy.events[self.event]

    @cached_property
    def targets(self) -> Mapping[Target, t.Term]:
        """What is to be settled, with its condition."""
        wanted = self.book.services if self.services is None else self.services
        found = {("service", name): self.book.services[name] for name in wanted if name in self.book.services}
        if self.services is None:
            found |= {("need", name): term for name, term in self.book.needs.items()}
        return found

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each circumstance in the taxonomy: authors write what belongs together together."""
        return {name: place for place, name in enumerate(self.taxonomy.circumstances)}

    @cached_property
    def opening(self) -> frozenset[str]:
        """The facts that decide whether there is somebody to ask about, a partner for one."""
        persons = (name for name, one in self.taxonomy.circumstances.items() if one.kind is Kind.PERSON)
        gates = (how.gate for how in map(self.book.derived.get, persons) if how is not None)
        return frozenset(name for gate in gates if gate is not None for name in self.read_by(gate))

    def about(self, path: str) -> Circumstance | None:
        """The circumstance, or the field of a person, that a path speaks of."""
        one = self.taxonomy.circumstances.get(circumstance_of(path))
        inner = path.partition(".")[2]
        return one.fields.get(inner) if one is not None and inner else one

    def seen(self, stated: Mapping[str, Value], target: Target | None = None) -> Seen | None:
        """The facts that follow from what is *stated*, or nothing where that contradicts itself.

        With a *target*, only those that can make a difference to it: that is much less work.
        """
        book = self.book if target is None else self._cone(target)
        before = without_clashes(book, stated)
        if before is None:
            return None
        return Seen(before, before if self.happened is None else after(book, self.happened, stated, before))

    def holds(self, gate: t.Term, stated: Mapping[str, Value]) -> bool:
        """Whether *gate* is true before the event. Only what it depends on is worked out."""
        names = self.read_by(gate)
        derived = {name: how for name, how in self.book.derived.items() if name in names}
        facts = without_clashes(evolve(self.book, derived=derived), stated)
        return facts is not None and truth(gate, facts) is Truth.TRUE

    def _cone(self, target: Target) -> DatedRulebook:
        found = self._cones.get(target)
        if found is None:
            names = self.read_by(self.targets[target])
            derived = {name: how for name, how in self.book.derived.items() if name in names}
            found = self._cones[target] = evolve(self.book, derived=derived)
        return found

    def read_by(self, term: t.Term) -> frozenset[str]:
        """Every fact that *term* depends on, however far away, before the event and after it."""
        reads, found = self.book.book.reads, set[str]()
        effects = self.book.effects.get(self.event or "", {})
        waiting = list(t.facts_of(term))
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += reads.get(name, ())
                if name in effects:
                    waiting += t.facts_of(effects[name])
        return frozenset(found)

    def terms_of(self, target: Target) -> Iterator[t.Term]:
        """Its condition, and everything that the facts in it follow from."""
        yield self.targets[target]
        for how in self._cone(target).derived.values():
            yield from (one for one in (how.gate, how.formula, *how.fields.values()) if one is not None)
        effects = self.book.effects.get(self.event or "", {})
        yield from effects.values()
