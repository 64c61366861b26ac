"""Stated facts to facts: formulas worked out, gates looked at, contradictions found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve, field, frozen

from lgbm.model.facts import INFINITY, Facts, Person, Unknown, doubts_in, same
from lgbm.model.truth import Truth
from lgbm.model.values import Value
from lgbm.rules.rulebook import DatedRulebook, Derived
from lgbm.rules.semantics import evaluate, truth

Contradicted = Callable[[str, Value, Value | None, Derived, Facts], None]


@frozen
class _Draft(Facts):
    """Facts that are being settled."""

    known: dict[str, Value]
    unknown: dict[str, Unknown] = field(factory=dict[str, Unknown])


def settled(
    book: DatedRulebook,
    stated: Mapping[str, Value],
    contradicted: Contradicted | None = None,
    changed: frozenset[str] = frozenset(),
    unknown: Mapping[str, Unknown] | None = None,
) -> Facts:
    """The facts that follow from what is *stated*.

    A stated fact that contradicts its formula or its gate is told to *contradicted*, as (name, stated, derived, how).
    After an event, *changed* names the facts that it changed: what was stated of facts that depend on them has lapsed,
    and the rules alone say what they are now. *unknown* is what is known already of facts without a value.
    """
    facts = _Draft(dict(stated), dict(unknown or {}))
    known, unknown = facts.known, facts.unknown
    for name, how in book.derived.items():
        touched = bool(changed) and not changed.isdisjoint(book.book.reads[name])
        # What an event says of a fact, and what was stated before it, holds only while the rules do not say otherwise.
        lapsed = touched or name in changed
        if how.gate is not None:
            gate = truth(how.gate, facts)
            if gate is Truth.FALSE:
                _not_applicable(name, how, facts, None if lapsed else contradicted)
                continue
            if gate is Truth.UNKNOWN and (name not in known or (lapsed and not same(known[name], how.otherwise))):
                known.pop(name, None)
                unknown[name] = _waiting(name, how, facts)
        if how.fields and name in known:
            known[name] = _with_fields(known[name], how, facts, contradicted, lapsed)
        elif how.outward:
            unknown.update(_of_nobody(name, how, facts))
        if how.formula is not None and name not in unknown:
            if touched:
                known.pop(name, None)
            _formula(name, how, facts, contradicted)
    return Facts(known, unknown)


def _not_applicable(name: str, how: Derived, facts: _Draft, contradicted: Contradicted | None) -> None:
    known = facts.known
    otherwise = None if how.otherwise is None else _with_fields(how.otherwise, how, facts)
    if name in known and contradicted is not None and not same(_with_fields(known[name], how, facts), otherwise):
        contradicted(name, known[name], None, how, facts)
    known.pop(name, None)
    if otherwise is not None:
        known[name] = otherwise
    else:
        facts.unknown[name] = Unknown(reasons=frozenset((f"`{name}` does not apply",)))


def _waiting(name: str, how: Derived, facts: Facts) -> Unknown:
    """What a fact wants for of which it is not known whether it applies: its gate, and then its own value."""
    gate: Unknown = evaluate(how.gate, facts) if how.gate is not None else Unknown()
    own = [Unknown(frozenset((name,)))] if how.formula is None else doubts_in((evaluate(how.formula, facts),))
    return Unknown.of(gate, *own)


def _formula(name: str, how: Derived, facts: _Draft, contradicted: Contradicted | None) -> None:
    assert how.formula is not None
    known = facts.known
    value = evaluate(how.formula, facts)
    doubts = doubts_in((value,))
    if not doubts:
        if name in known and contradicted is not None and not same(known[name], value):
            contradicted(name, known[name], value, how, facts)
        known[name] = value
    elif name not in known:
        # With nothing that could be asked for instead, the fact itself can be.
        names = frozenset(one for doubt in doubts for one in doubt.names) or frozenset((name,))
        reasons = frozenset(one for doubt in doubts for one in doubt.reasons)
        low, high = (value.low, value.high) if isinstance(value, Unknown) else (-INFINITY, INFINITY)
        facts.unknown[name] = Unknown(names, reasons, low, high)


def _of_nobody(name: str, how: Derived, facts: Facts) -> Mapping[str, Unknown]:
    """What the fields of persons want for, besides the persons, who are not known."""
    who = facts.value(name)
    doubts = {field: doubts_in((evaluate(how.fields[field], facts, {"$0": who}),)) for field in sorted(how.outward)}
    return {f"{name}.{field}": Unknown.of(*found) for field, found in doubts.items() if found}


def _with_fields(
    value: Any, how: Derived, facts: Facts, contradicted: Contradicted | None = None, lapsed: bool = False
) -> Value:
    """A person, or people, with the fields that follow. Where they *lapsed*, what was stated of them does not count."""
    if not how.fields:
        return value  # type: ignore[no-any-return]
    if isinstance(value, Person):
        return _person(value, how, facts, contradicted, lapsed)
    return tuple(_person(one, how, facts, contradicted, lapsed) for one in value)


def _person(person: Person, how: Derived, facts: Facts, contradicted: Contradicted | None, lapsed: bool) -> Person:
    stated = {name: value for name, value in person.items() if name not in how.outward} if lapsed else person
    found = Person(stated, person.path)
    unknown: dict[str, Unknown] = {}
    found.unknown = unknown
    for name, formula in how.fields.items():
        value = evaluate(formula, facts, {"$0": found})
        doubts = doubts_in((value,))
        if not doubts:
            if name in person and person[name] != value and contradicted is not None:
                contradicted(f"{person.path}.{name}", person[name], value, Derived(formula=formula), facts)
            found[name] = value
        elif name not in found:
            doubt = Unknown.of(*doubts)
            unknown[name] = doubt if doubt.names else evolve(doubt, names=frozenset((f"{person.path}.{name}",)))
    return found
