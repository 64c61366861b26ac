"""The card of one item: what it is, then what belongs to its kind, then where it comes from."""

from __future__ import annotations

from lgbm import notebook as nb
from lgbm.cards import figures, people, services
from lgbm.cards.words import Words
from lgbm.model import concepts as c
from lgbm.model.concepts import in_language
from lgbm.notebook import Html
from lgbm.rules.rulebook import DatedRulebook

_LONG = 300


def card(item: c.Item, book: DatedRulebook) -> str:
    """*item* as a notebook shows it, on the day of *book*."""
    words = Words(book)
    kind = type(item).__name__.lower()
    title = nb.joined((item.named(), nb.small(kind, nb.code(item.id))), " ")
    return nb.card(title, _standing(item), _notes(item), _about(item, words), _elsewhere(item))


def _about(item: c.Item, words: Words) -> Html:
    match item:
        case c.Service():
            return services.service(item, words)
        case c.Event():
            return services.event(item, words)
        case c.Need():
            return services.need(item, words)
        case c.Outcome():
            return services.outcome(item, words)
        case c.Indicator():
            return services.indicator(item, words)
        case c.Circumstance():
            return people.circumstance(item, words)
        case c.Segment():
            return people.segment(item, words)
        case c.Rate():
            return figures.rate(item, words)
        case c.Table():
            return figures.table(item, words)
        case c.Channel():
            return figures.channel(item, words)
        case c.Organisation():
            return services.organisation(item, words)
        case c.Legislation():
            return services.legislation(item, words)
        case c.Interaction():
            return services.interaction(item, words)
        case _:
            return Html()


def _standing(item: c.Item) -> Html:
    """That it is no longer, or not yet, what it was meant to be."""
    return nb.paragraph(nb.strong(f"Status: {item.status}")) if item.status != "active" else Html()


def _notes(item: c.Item) -> Html:
    """What its author says of it: the beginning, where that is long."""
    notes = in_language(item.notes, "en") or ""
    if len(notes) <= _LONG:
        return nb.paragraph(notes)
    end = notes.find(". ", _LONG // 2, _LONG) + 1 or notes.rfind(" ", 0, _LONG)
    return nb.joined((nb.paragraph(notes[:end]), nb.folded("more about it", nb.paragraph(notes[end:].strip()))))


def _elsewhere(item: c.Item) -> Html:
    """Where it is written, and what it is elsewhere."""
    languages = ", ".join(f"{text} ({tag})" for tag, text in item.label.items() if text != item.named())
    rows = (
        ("also called", languages),
        ("the same as", nb.joined((nb.link(one, one) for one in item.same_as), "; ")),
        ("took the place of", ", ".join(item.replaces)),
        ("written in", nb.code(item.span.place)),
    )
    return nb.folded("Where it is written", nb.facts(rows))
