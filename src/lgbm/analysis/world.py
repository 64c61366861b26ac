"""The rules on one day, asked with part of the facts: what a search stands on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from lgbm.errors import ProfileError
from lgbm.executable import Model
from lgbm.model.concepts import Circumstance
from lgbm.model.facts import Facts, circumstance_of
from lgbm.model.values import Value
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook, Derived
from lgbm.rules.settle import settled


class ContradictionError(Exception):
    """Stated facts that cannot all be so. *names* are those that take part in it."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        super().__init__(names)


@frozen(eq=False, slots=False)
class World:
    """A model on one day."""

    model: Model
    day: date
    _cones: dict[frozenset[str], frozenset[str]] = field(init=False, factory=dict[frozenset[str], frozenset[str]])

    @cached_property
    def book(self) -> DatedRulebook:
        """The rules on the day; the model keeps them, compiled."""
        return self.model.resolve({}, on=self.day).book

    def cone(self, terms: Iterable[t.Term]) -> frozenset[str]:
        """Every fact that can make a difference to *terms*, however far away."""
        names = frozenset[str]().union(*map(t.facts_of, terms))
        found = self._cones.get(names)
        if found is None:
            reads = self.book.book.reads
            found = self._cones[names] = names.union(*(reads[name] for name in names if name in reads))
        return found

    def part(self, cone: frozenset[str]) -> DatedRulebook:
        """The rules with those formulas only that *cone* needs: the others cost time, and change nothing."""
        derived = {name: how for name, how in self.book.derived.items() if name in cone}
        return evolve(self.book, derived=derived)

    def stated(self, profile: Mapping[str, Any]) -> Mapping[str, Value] | None:
        """*profile* as it is read; nothing, where a value in it cannot be."""
        try:
            return self.model.profile(profile, on=self.day).stated
        except ProfileError:
            return None

    def settle(self, part: DatedRulebook, stated: Mapping[str, Value]) -> Facts:
        """What follows from *stated*. Raises `ContradictionError`."""
        return settled(part, stated, self._contradicted)

    def _contradicted(self, name: str, value: Value, derived: Value | None, how: Derived, facts: Facts) -> None:
        del value, derived, how, facts
        named = circumstance_of(name)
        raise ContradictionError(self.book.book.reads.get(named, frozenset[str]()) | {named})

    def about(self, path: str) -> Circumstance | None:
        """The circumstance, or the field of a person, that stands at *path*; none for `receives("…")`."""
        owner = self.model.circumstances.get(circumstance_of(path))
        inner = path.rpartition(".")[2] if owner is not None and "." in path else None
        return owner.fields.get(inner) if owner is not None and inner is not None else owner
