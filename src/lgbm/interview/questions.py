"""A question as a person is asked it: its words, what can be answered, and why it is asked."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from lgbm.interview.answers import RECEIVES
from lgbm.interview.subject import Subject, Target
from lgbm.model.concepts import Circumstance, Kind, in_language
from lgbm.model.facts import circumstance_of
from lgbm.model.values import Value, plain
from lgbm.rules.naming import Names


@frozen
class Option:
    """One answer that can be chosen."""

    value: str
    label: str


@frozen
class Question:
    """What is asked next."""

    asks: str
    """A circumstance (`savings`), somebody's field (`children[2].age`), or `receives`."""
    words: str
    kind: str
    """`boolean`, `number`, `money`, `date`, `text`, `choice`, `choices` or `people`: of people, how many is asked."""
    about: str = ""
    """Whom it is about, where that is not the citizen: `child, number 2`."""
    label: str = ""
    """What is asked for, in a few words."""
    options: tuple[Option, ...] = ()
    unit: str | None = None
    at_least: Value | None = None
    at_most: Value | None = None
    sensitive: bool = False
    notes: str = ""
    settles: tuple[Target, ...] = ()
    """The services and needs that it may settle: why it is asked."""
    why: tuple[str, ...] = ()
    """The same by their names."""

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {
            "asks": self.asks,
            "words": self.words,
            "kind": self.kind,
            "about": self.about,
            "label": self.label,
            "options": [{"value": one.value, "label": one.label} for one in self.options],
            "unit": self.unit,
            "at_least": plain(self.at_least),
            "at_most": plain(self.at_most),
            "sensitive": self.sensitive,
            "notes": self.notes,
            "settles": [list(one) for one in self.settles],
            "why": list(self.why),
        }


_RECEIVES = "Which of these do you receive?"


def question(subject: Subject, path: str, of: Sequence[str], settles: Sequence[Target]) -> Question:
    """The question that asks for *path*; *of* are the services, where it asks which are received."""
    names, language = Names(subject.book, subject.language), subject.language
    why = tuple(_named(subject, target) for target in settles)
    if path == RECEIVES:
        services = subject.taxonomy.services
        options = tuple(Option(one, services[one].named(language)) for one in of)
        return Question(path, _RECEIVES, "choices", "", "receives", options, settles=tuple(settles), why=why)
    if "(" in path:
        service = subject.taxonomy.services[path[10:-2]].named(language)
        words = f"Are you eligible for {service}?" if path.startswith("eligible(") else f"Do you receive {service}?"
        return Question(path, words, "boolean", label=names.called(path), settles=tuple(settles), why=why)
    one = subject.about(path)
    assert one is not None
    about = names.called(path.partition(".")[0]) if "." in path else ""
    return Question(
        asks=path,
        words=_words(one, language),
        kind=one.kind.value,
        about=about,
        label=names.called(path),
        options=tuple(Option(each, in_language(labels, language) or each) for each, labels in one.options.items()),
        unit=one.unit,
        at_least=one.at_least,
        at_most=one.at_most,
        sensitive=one.sensitive,
        notes=in_language(one.notes, language) or "",
        settles=tuple(settles),
        why=why,
    )


def _words(one: Circumstance, language: str) -> str:
    label = one.named(language)
    said = in_language(one.question, language) or f"{label}?"
    return f"{said} How many are there?" if one.kind is Kind.PEOPLE else said


def _named(subject: Subject, target: Target) -> str:
    kind, name = target
    items = subject.taxonomy.services if kind == "service" else subject.taxonomy.needs
    return items[name].named(subject.language)


def topic(subject: Subject, path: str) -> tuple[str, int]:
    """What a question is near to: the person it is about, and where it stands in the taxonomy."""
    owner, _, inner = path.partition(".")
    place = subject.places.get(circumstance_of(path), len(subject.places))
    one = subject.about(owner)
    within = list(one.fields).index(inner) if one is not None and inner in one.fields else 0
    return (owner if inner else "", place + within)
