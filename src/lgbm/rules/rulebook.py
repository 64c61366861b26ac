"""Every rule of a taxonomy, checked; and, for one date of resolution, ready to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import itemgetter

from attrs import field, frozen

from lgbm.model import concepts as c
from lgbm.model.taxonomy import Taxonomy
from lgbm.model.values import Value
from lgbm.rules import term as t
from lgbm.rules.compile import compiled
from lgbm.rules.compiled import Compiled
from lgbm.rules.fold import constant, folded
from lgbm.rules.scope import TODAY, Scope


@frozen(slots=False)
class Derived:
    """How a fact follows from others: its gate, its formula, and for people the formulas of their fields."""

    gate: t.Term | None = None
    otherwise: Value | None = None
    formula: t.Stated | None = None
    fields: Mapping[str, t.Stated] = field(factory=dict[str, t.Stated])
    """Formulas of the fields of a person, in an order in which they can be worked out; the person is `Local("$0")`."""

    @cached_property
    def outward(self) -> frozenset[str]:
        """Those of `fields` that follow from facts about others than the person as well."""
        found: set[str] = set()
        for name, formula in self.fields.items():
            if t.facts_of(formula) or not found.isdisjoint(t.fields_of(formula, "$0")):
                found.add(name)
        return frozenset(found)


@frozen(eq=False, slots=False, repr=False)
class Rulebook:
    """The rules of a taxonomy as terms. Rates, tables and `today()` stand as facts until a date is given."""

    taxonomy: Taxonomy
    scope: Scope
    derived: Mapping[str, Derived]
    """In an order in which they can be worked out. `eligible("…")` is among them where a rule asks for it."""
    reads: Mapping[str, frozenset[str]]
    """For each derived fact, every fact that it depends on, however far away."""
    needs: Mapping[str, t.Term]
    services: Mapping[str, t.Term]
    amounts: Mapping[str, tuple[tuple[t.Term | None, t.Term], ...]]
    """For each service that says what it pays: whom, if not all, and how many pounds, in its order."""
    indicators: Mapping[str, tuple[t.Term | None, t.Term]]
    segments: Mapping[str, t.Term]
    effects: Mapping[str, Mapping[str, t.Term]]
    """For each event and circumstance, the formula, or the condition of who leaves (of `Local("$0")`)."""
    passports: frozenset[str]
    """The facts `receives("…")` that some rule asks for."""
    date_table: tuple[tuple[str, tuple[c.Dated, ...], str], ...]
    """What stands for a dated figure: its name as a fact, its values, and what to call it."""

    def __repr__(self) -> str:
        return f"<Rulebook of {self.taxonomy.id}: {len(self.services)} services and {len(self.needs)} needs with rules>"

    @cached_property
    def meeting(self) -> Mapping[str, tuple[str, ...]]:
        """For each need, the services that meet it."""
        found: dict[str, list[str]] = {}
        for service in self.taxonomy.services.values():
            for need in service.meets:
                found.setdefault(need, []).append(service.id)
        return {need: tuple(services) for need, services in found.items()}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """For each service with rules, its place among them."""
        return {name: place for place, name in enumerate(self.services)}

    def by_name(self, language: str) -> tuple[tuple[str, ...], Callable[[bytes], Iterable[int]]]:
        """Every service by its name in *language* and then by its id; and what takes their entries in that order, out
        of bytes in which services with rules stand in their order, and last what goes for one without.
        """
        found = self._by_name.get(language)
        if found is None:
            services = self.taxonomy.services
            names = sorted(services, key=lambda one: (services[one].named(language), one))
            places = [self.places.get(name, -1) for name in names]
            found = self._by_name[language] = tuple(names), _taking(places)
        return found

    @cached_property
    def _by_name(self) -> dict[str, tuple[tuple[str, ...], Callable[[bytes], Iterable[int]]]]:
        return {}

    def on(self, day: date) -> DatedRulebook:
        """The rules as they are on *day*."""
        figures: dict[str, t.Term] = {TODAY: t.Const(day, "date", TODAY)}
        for name, values, called in self.date_table:
            figures[name] = _figure(name, values, day, called)

        fixed = _fixing(figures)

        def fixed_all(terms: Mapping[str, t.Term]) -> dict[str, t.Term]:
            return {name: fixed(one) for name, one in terms.items()}

        def restated(formula: t.Stated) -> t.Stated:
            return t.Stated(fixed(formula.part), formula.origin)

        derived = {
            name: Derived(
                fixed(one.gate) if one.gate else None,
                one.otherwise,
                restated(one.formula) if one.formula else None,
                {field: restated(formula) for field, formula in one.fields.items()},
            )
            for name, one in self.derived.items()
        }
        services, needs = fixed_all(self.services), fixed_all(self.needs)
        amounts = {
            name: tuple((None if when is None else fixed(when), fixed(value)) for when, value in each)
            for name, each in self.amounts.items()
        }
        return DatedRulebook(
            book=self,
            day=day,
            derived=derived,
            services=services,
            needs=needs,
            amounts=amounts,
            indicators={
                name: (None if of is None else fixed(of), fixed(counts))
                for name, (of, counts) in self.indicators.items()
            },
            segments=fixed_all(self.segments),
            effects={event: fixed_all(effects) for event, effects in self.effects.items()},
            compiled=compiled([*services.values(), *needs.values()], self.scope.facts),
        )


@frozen(eq=False, repr=False)
class DatedRulebook:
    """The rules of a taxonomy on one date."""

    book: Rulebook
    day: date
    derived: Mapping[str, Derived]
    services: Mapping[str, t.Term]
    needs: Mapping[str, t.Term]
    amounts: Mapping[str, tuple[tuple[t.Term | None, t.Term], ...]]
    indicators: Mapping[str, tuple[t.Term | None, t.Term]]
    """Of whom each indicator speaks, if not of all, and whom it counts."""
    segments: Mapping[str, t.Term]
    effects: Mapping[str, Mapping[str, t.Term]]
    compiled: Compiled
    """Decides all services, then all needs, in their order."""

    def __repr__(self) -> str:
        return f"<DatedRulebook of {self.book.taxonomy.id} on {self.day}>"


def _fixing(figures: Mapping[str, t.Term]) -> Callable[[t.Term], t.Term]:
    """What puts *figures* into terms for the facts that stand for them, and works out what has become constant."""
    # By identity: equal terms may have been stated at different places. The old term is kept, so that its id is.
    done: dict[int, tuple[t.Term, t.Term]] = {}

    def fixed(term: t.Term) -> t.Term:
        found = done.get(id(term))
        if found is None:
            changed = t.mapped(term, fixed)
            if isinstance(changed, t.Fact):
                changed = figures.get(changed.name, changed)
            elif changed is not term:
                changed = folded(changed)
            found = done[id(term)] = term, changed
        return found[1]

    return fixed


def _taking(places: Sequence[int]) -> Callable[[bytes], Iterable[int]]:
    """What takes the entries at *places* out of bytes."""
    if len(places) > 1:
        taken: Callable[[bytes], Iterable[int]] = itemgetter(*places)
        return taken
    return lambda entries: [entries[one] for one in places]


def _figure(name: str, values: tuple[c.Dated, ...], day: date, called: str) -> t.Term:
    for one in reversed(values):
        if one.start <= day:
            if one.end is not None and day > one.end:
                break
            return t.Const(one.value, constant(one.value)[0].kind, name)
    return t.Undefined(f"{called} on {day}")
