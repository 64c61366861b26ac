"""Stated facts to facts: formulas worked out, gates looked at, contradictions found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve

from lgbm.model.facts import INFINITY, Facts, Person, Unknown, doubts_in
from lgbm.model.truth import Truth
from lgbm.model.values import Value
from lgbm.rules.rulebook import DatedRulebook, Derived
from lgbm.rules.semantics import evaluate, truth

Contradicted = Callable[[str, Value, Value | None, Derived, Facts], None]


def settled(
    book: DatedRulebook,
    stated: Mapping[str, Value],
    contradicted: Contradicted | None = None,
    changed: frozenset[str] = frozenset(),
) -> Facts:
    """The facts that follow from what is *stated*.

    A stated fact that contradicts its formula or its gate is told to *contradicted*, as (name, stated, derived, how).
    After an event, *changed* names the facts that it changed: what was stated of facts that depend on them has lapsed, and
    the rules alone say what they are now.
    """
    known: dict[str, Value] = dict(stated)
    unknown: dict[str, Unknown] = {}
    facts = Facts(known, unknown)
    for name, how in book.derived.items():
        touched = bool(changed) and not changed.isdisjoint(book.book.reads[name])
        if how.gate is not None:
            gate = truth(how.gate, facts)
            if gate is Truth.FALSE:
                _not_applicable(name, how, facts, known, unknown, None if touched or name in changed else contradicted)
                continue
            if gate is Truth.UNKNOWN and (name not in known or (touched and name not in changed)):
                known.pop(name, None)
                doubt: Unknown = evaluate(how.gate, facts)
                unknown[name] = Unknown(doubt.names | {name}, doubt.reasons)
                continue
        if how.fields and name in known:
            known[name] = _with_fields(name, how, facts, contradicted)
        if how.formula is not None:
            if touched:
                known.pop(name, None)
            _formula(name, how, facts, known, unknown, contradicted)
    return facts


def _not_applicable(
    name: str,
    how: Derived,
    facts: Facts,
    known: dict[str, Value],
    unknown: dict[str, Unknown],
    contradicted: Contradicted | None,
) -> None:
    if name in known and known[name] != how.otherwise and contradicted is not None:
        contradicted(name, known[name], None, how, facts)
    known.pop(name, None)
    if how.otherwise is not None:
        known[name] = how.otherwise
    else:
        unknown[name] = Unknown(reasons=frozenset((f"`{name}` does not apply",)))


def _formula(
    name: str,
    how: Derived,
    facts: Facts,
    known: dict[str, Value],
    unknown: dict[str, Unknown],
    contradicted: Contradicted | None,
) -> None:
    assert how.formula is not None
    value = evaluate(how.formula, facts)
    doubts = doubts_in((value,))
    if not doubts:
        if name in known and known[name] != value and contradicted is not None:
            contradicted(name, known[name], value, how, facts)
        known[name] = value
    elif name not in known:
        # With nothing that could be asked for instead, the fact itself can be.
        names = frozenset().union(*(doubt.names for doubt in doubts)) or frozenset((name,))
        reasons = frozenset().union(*(doubt.reasons for doubt in doubts))
        low, high = (value.low, value.high) if isinstance(value, Unknown) else (-INFINITY, INFINITY)
        unknown[name] = Unknown(names, reasons, low, high)


def _with_fields(name: str, how: Derived, facts: Facts, contradicted: Contradicted | None) -> Value:
    value: Any = facts.known[name]
    if isinstance(value, Person):
        return _person(value, how, facts, contradicted)
    return tuple(_person(one, how, facts, contradicted) for one in value)


def _person(person: Person, how: Derived, facts: Facts, contradicted: Contradicted | None) -> Person:
    found = Person(person, person.path)
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
