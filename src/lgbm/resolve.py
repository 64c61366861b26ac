"""A profile to an answer: facts that do not contradict each other, the event on them, and every decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lgbm.errors import Diagnostic, ProfileError
from lgbm.messages import profiles as say
from lgbm.model.facts import Facts
from lgbm.model.values import Value
from lgbm.resolution import Resolution
from lgbm.rules.effects import after
from lgbm.rules.explain import reasons
from lgbm.rules.rulebook import DatedRulebook, Derived
from lgbm.rules.settle import settled
from lgbm.rules.wording import Words


def resolved(
    book: DatedRulebook,
    stated: Mapping[str, Value],
    event: str | None,
    model_fingerprint: Callable[[], str],
    language: str = "en",
) -> Resolution:
    """The answer on *stated* facts, which have been read. Raises `ProfileError` where they contradict each other."""
    taxonomy = book.book.taxonomy
    if event is not None and not _is_one_of(taxonomy.events, event):
        raise ProfileError([say.unknown_event(event, taxonomy.events)])
    before = consistent(book, stated, language)
    facts = before if event is None else after(book, taxonomy.events[event], stated, before)
    return Resolution(book, stated, event, before, facts, book.compiled.decide(facts), model_fingerprint, language)


def consistent(book: DatedRulebook, stated: Mapping[str, Value], language: str) -> Facts:
    """The facts that follow from what is *stated*. Raises `ProfileError` where one contradicts its formula or gate."""
    if not book.derived:
        return Facts(stated)
    problems: list[Diagnostic] = []

    def contradicted(name: str, value: Value, derived: Value | None, how: Derived, facts: Facts) -> None:
        words = Words(book, language)
        said = words.names.value(value, name)
        if derived is not None and how.formula is not None:
            origin, follows = how.formula.origin, words.names.value(derived, name)
            problems.append(say.contradicts_formula(name, said, follows, origin.text, origin.span.place))
        elif how.gate is not None:
            found = reasons(how.gate, facts)
            place = next((one.origin.span.place for one in found if one.origin), "")
            asked = [words.question(one, facts) for one in found]
            problems.append(say.contradicts_gate(name, said, asked, place))

    facts = settled(book, stated, contradicted)
    if problems:
        raise ProfileError(problems)
    return facts


def _is_one_of(events: Mapping[str, object], named: object) -> bool:
    return isinstance(named, str) and named in events
