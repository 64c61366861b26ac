"""Whether items hang together: needs that are met and implied, events that do something, outcomes that are served."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from lgbm.errors import Diagnostic
from lgbm.messages import findings as say
from lgbm.model import concepts as c
from lgbm.model.facts import circumstance_of
from lgbm.model.taxonomy import Taxonomy
from lgbm.rules import term as t
from lgbm.rules.rulebook import Rulebook

_Broad = TypeVar("_Broad", c.Need, c.Outcome)


def structure(book: Rulebook) -> Iterator[Diagnostic]:
    """Mild findings, about what stands alone. A taxonomy without needs is not told that its services meet none."""
    taxonomy = book.taxonomy
    yield from _needs(taxonomy)
    for event in taxonomy.events.values():
        if not event.changes and not event.leads_to:
            yield say.without_effect(event.span, event.id)
    yield from _outcomes(taxonomy)
    asked = [name for name in ("meets", "contributes_to") if (taxonomy.needs, taxonomy.outcomes)[name != "meets"]]
    for service in taxonomy.services.values():
        lacks = [name for name in asked if not getattr(service, name)]
        if lacks:
            yield say.without_purpose(service.span, service.id, lacks)
    if taxonomy.services:
        yield from _unread(book)


def _needs(taxonomy: Taxonomy) -> Iterator[Diagnostic]:
    services = taxonomy.services
    met = {need for service in services.values() for need in service.meets}
    led = {need for event in taxonomy.events.values() for one in event.leads_to for need in services[one].meets}
    implied = {need.id for need in taxonomy.needs.values() if need.implied_by is not None}
    met, implied = _and_broader(taxonomy.needs, met), _and_broader(taxonomy.needs, implied | led)
    for need in taxonomy.needs.values():
        if need.id not in met:
            yield say.unmet(need.span, need.id)
        elif need.id not in implied:
            yield say.unimplied(need.span, need.id)


def _outcomes(taxonomy: Taxonomy) -> Iterator[Diagnostic]:
    outcomes = taxonomy.outcomes
    served = _and_broader(outcomes, {one for service in taxonomy.services.values() for one in service.contributes_to})
    measured = _and_broader(outcomes, {one.id for one in outcomes.values() if one.measured_by})
    for outcome in outcomes.values():
        if outcome.id not in served:
            yield say.not_contributed_to(outcome.span, outcome.id)
        if outcome.id not in measured:
            yield say.not_measured(outcome.span, outcome.id)


def _and_broader(items: Mapping[str, _Broad], names: Iterable[str]) -> set[str]:
    """*names*, and whatever is broader: what is done for a part is done for the whole."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(items[name].broader)
    return found


def _unread(book: Rulebook) -> Iterator[Diagnostic]:
    taxonomy = book.taxonomy
    read = {circumstance_of(name).partition("(row ")[0] for term in _terms(book) for name in t.facts_of(term)}
    read.update(taxonomy.jurisdiction)
    sections: tuple[tuple[str, Mapping[str, c.Item]], ...] = (
        ("circumstance", taxonomy.circumstances), ("rate", taxonomy.rates), ("table", taxonomy.tables),
    )  # fmt: skip
    for what, items in sections:
        for item in items.values():
            if item.id not in read:
                yield say.unread(item.span, what, item.id)


def _terms(book: Rulebook) -> Iterator[t.Term]:
    """Every rule of the taxonomy."""
    for how in book.derived.values():
        yield from (one for one in (how.gate, how.formula, *how.fields.values()) if one is not None)
    yield from (*book.needs.values(), *book.services.values(), *book.segments.values())
    for pairs in (book.indicators.values(), *book.amounts.values()):
        yield from (one for pair in pairs for one in pair if one is not None)
    for effects in book.effects.values():
        yield from effects.values()
