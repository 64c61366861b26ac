"""Cards of what is known of people: circumstances, and the segments that they fall into."""

from __future__ import annotations

from collections.abc import Iterator

from lgbm import notebook as nb
from lgbm.cards.words import Words
from lgbm.model import concepts as c
from lgbm.model.concepts import in_language
from lgbm.notebook import Html


def circumstance(one: c.Circumstance, words: Words) -> Html:
    """How it is asked for, what it may be, and what depends on it."""
    rows = (
        ("asked as", in_language(one.question, "en") or ""),
        ("kind", f"{one.kind}" + (f", in {one.unit}" if one.unit else "")),
        ("may be", nb.joined(_options(one), "; ")),
        ("limits", _bounds(one, words)),
        ("follows from", nb.code(one.formula.text) if one.formula else ""),
        ("asked when", words.condition(one.asked_when) if one.asked_when else ""),
        ("otherwise", words.names.value(one.otherwise, one.id) if one.otherwise is not None else ""),
        ("can a person change it", "" if one.mutable else "no"),
        ("ask with care", "yes: it is sensitive" if one.sensitive else ""),
    )
    inner = [(each.named(), each.kind, nb.code(each.id)) for each in one.fields.values()]
    return nb.joined(
        (nb.facts(rows), nb.part("Of each person", nb.table(("fact", "kind", "id"), inner)), _dependents(one, words))
    )


def _options(one: c.Circumstance) -> Iterator[Html]:
    for option, labels in one.options.items():
        yield nb.joined((in_language(labels, "en") or option, nb.code(option)), " ")


def _bounds(one: c.Circumstance, words: Words) -> str:
    low, high = (None if each is None else words.names.value(each, one.id) for each in (one.at_least, one.at_most))
    if low is None and high is None:
        return ""
    return f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}"


def _dependents(one: c.Circumstance, words: Words) -> Html:
    book, taxonomy = words.book.book, words.taxonomy
    if taxonomy.circumstances.get(one.id) is not one:
        return Html()
    rows = (
        ("services", words.labels(taxonomy.services, words.reading(book.services, one.id)) or "none"),
        ("needs", words.labels(taxonomy.needs, words.reading(book.needs, one.id)) or "none"),
        ("changed by", words.labels(taxonomy.events, _changing(one, words)) or "no event"),
    )
    return nb.part("What depends on it", nb.facts(rows))


def _changing(one: c.Circumstance, words: Words) -> Iterator[str]:
    for event in words.taxonomy.events.values():
        if any(change.circumstance == one.id for change in event.changes):
            yield event.id


def _objective(one: c.Objective, words: Words) -> Html:
    return nb.joined((c.in_language(one.label, "en") or "", words.labels(words.taxonomy.outcomes, one.outcomes)), ": ")


def segment(one: c.Segment, words: Words) -> Html:
    """Who belongs to it. It never enters a decision."""
    rows = (
        ("role", one.role or ""),
        ("part of", words.labels(words.taxonomy.segments, one.broader)),
        *(("objective", _objective(each, words)) for each in one.objectives),
    )
    return nb.joined(
        (
            nb.facts(rows),
            nb.part("Who belongs to it", words.condition(one.members) if one.members else ""),
            nb.paragraph("For planning services: it never enters a decision about a person."),
        )
    )
