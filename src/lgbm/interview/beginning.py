"""Beginning an interview, and going on with one that was put aside as plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from lgbm.errors import Diagnostic, ProfileError
from lgbm.interview.answers import RECEIVES, Answer, as_written, read_answer, stated_with
from lgbm.interview.asking import FORMAT, Interview
from lgbm.interview.subject import Subject
from lgbm.interview.weights import Weights
from lgbm.messages import interview as say
from lgbm.messages import profiles as say_of_profiles
from lgbm.model.profile import ProfileReader
from lgbm.resolve import resolved
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook


def begun(
    book: DatedRulebook,
    reader: ProfileReader,
    fingerprint: Callable[[], str],
    profile: object,
    *,
    event: str | None = None,
    services: Sequence[str] | None = None,
    weights: Weights,
    language: str = "en",
) -> Interview:
    """An interview in which nothing was asked yet. Raises `ProfileError` with everything that is wrong."""
    taxonomy = book.book.taxonomy
    problems: list[Diagnostic] = []
    if event is not None and event not in taxonomy.events:
        problems.append(say_of_profiles.unknown_event(event, taxonomy.events))
    for one in services or ():
        if one not in taxonomy.services:
            problems.append(say_of_profiles.unknown_service(one, taxonomy.services))
    if problems:
        raise ProfileError(problems)
    wanted = None if services is None else tuple(dict.fromkeys(services))
    subject = Subject(book, reader, fingerprint, event, language, wanted, weights)
    given = reader.read(profile)
    resolved(book, given, event, fingerprint, language)
    return Interview(subject, given)


def resumed(begin: Callable[..., Interview], state: Any) -> Interview:
    """The interview that `to_dict` gave. *begin* begins one. Raises `ProfileError` where it cannot go on."""
    if not isinstance(state, Mapping):
        raise ProfileError([say.no_state("a mapping is wanted")])
    found = cast("Mapping[str, Any]", state)
    if found.get("format") != FORMAT:
        raise ProfileError([say.no_state(f"its format is not {FORMAT}")])
    services, answers = found.get("services"), found.get("answers")
    if not (isinstance(services, list) or services is None) or not isinstance(answers, list):
        raise ProfileError([say.no_state("a part of it is missing or is not what it was")])
    start = begin(
        as_written(found.get("profile")),
        event=found.get("event"),
        on=found.get("on"),
        services=services,
        language=found.get("language", "en"),
    )
    if found.get("model") != start.subject.fingerprint():
        raise ProfileError([say.changed_model()])
    read: list[Answer] = []
    for one in cast("Sequence[Any]", answers):
        read.append(_answer(start, read, one))
    whole = Interview(start.subject, start.given, tuple(read))
    assert whole.resolution
    return whole


def _answer(start: Interview, before: Sequence[Answer], one: Any) -> Answer:
    try:
        asked, declined, of = str(one["asked"]), one.get("declined"), tuple(map(str, one.get("of", ())))
        subject = start.subject
        about = subject.about(asked) if "(" not in asked else None
        if declined not in (None, "dont_know", "rather_not_say") or not (about or "(" in asked or asked == RECEIVES):
            raise ProfileError([say.no_state(f"`{asked}` cannot have been answered so")])
        if declined is not None:
            return Answer(asked, None, declined, of)
        stated = stated_with(start.given, before)
        value = read_answer(subject.reader, asked, about.kind if about else None, as_written(one["answer"]), of, stated)
        return Answer(asked, value, None, of)
    except (KeyError, TypeError, IndexError, ValueError, AttributeError):
        raise ProfileError([say.no_state("an answer in it is not what it was")]) from None


def concerned(book: DatedRulebook, event: str) -> tuple[str, ...]:
    """The services that a life event concerns: those that it leads to, and those that meet a need which what it
    changes can bring about.
    """
    happened = book.book.taxonomy.events[event]
    changed = {one.circumstance for one in happened.changes}
    found = set(happened.leads_to)
    for need, term in book.needs.items():
        read = t.facts_of(term)
        reads = read.union(*(book.book.reads.get(name, frozenset()) for name in read))
        if not reads.isdisjoint(changed):
            found.update(book.book.meeting.get(need, ()))
    return tuple(name for name in book.services if name in found)
