"""What things are called: facts by their labels, values as a reader expects them, laws by their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast

from attrs import frozen

from lgbm.model.concepts import Circumstance, Kind, in_language
from lgbm.model.facts import Person, circumstance_of
from lgbm.model.taxonomy import Taxonomy
from lgbm.model.values import Months, Seconds, Value
from lgbm.outline import Source
from lgbm.rules import term as t
from lgbm.rules.days import MONTHS
from lgbm.rules.rulebook import DatedRulebook
from lgbm.rules.scope import TODAY


@frozen
class Names:
    """The labels of a taxonomy in a language."""

    book: DatedRulebook
    language: str = "en"

    @property
    def _taxonomy(self) -> Taxonomy:
        return self.book.book.taxonomy

    def subject(self, of: t.Term, local: Mapping[str, object]) -> str:
        """What a question is about: `age`, `the number of children`, `what follows from savings`."""
        match of:
            case t.Fact(name):
                return self.called(name)
            case t.Field(owner, name):
                who = local.get(owner.name) if isinstance(owner, t.Local) else None
                path = who.path if isinstance(who, Person) else owner.name if isinstance(owner, t.Fact) else ""
                about = self._about(f"{path}.{name}")
                label = _lowered(about.named(self.language)) if about else name
                return f"{self.called(path)}: {label}" if path else label
            case t.Count(items):
                inner = items.items if isinstance(items, t.Filter) else items
                return f"the number of {self.subject(inner, local)}" + (
                    " in question" if isinstance(items, t.Filter) else ""
                )
            case t.Sum(items):
                return f"the sum of {self.subject(items, local)}"
            case t.Each(items, _, t.Field(_, name)):
                return f"{name} of {self.subject(items, local)}"
            case t.Filter(items):
                return self.subject(items, local)
            case t.Const(value, _, figure):
                return "today" if figure == TODAY else _plain(value, None)
            case t.Apply("+" | "-" | "*" | "/" as sign, (one, other)):
                word = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}[sign]
                return f"{self.subject(t.meaning(one), local)} {word} {self.subject(t.meaning(other), local)}"
            case t.Apply(
                "years" | "months" | "years and months duration" | "years and months duration to 28 February", arguments
            ):
                return (
                    f"time since {self.subject(t.meaning(arguments[0]), local)}"
                    if isinstance(arguments[0], t.Fact)
                    else self._among(of)
                )
            case _:
                return self._among(of)

    def _among(self, of: t.Term) -> str:
        """A reckoned value, by the facts in it."""
        named = sorted(self.called(name) for name in t.facts_of(of))
        return f"what follows from {either(named, 'and')}" if named else "this"

    def called(self, path: str) -> str:
        """A fact by its label: `age`, `child 2`, `age of child 2`."""
        for start, words in (("receives(", "receives"), ("eligible(", "eligible for")):
            if path.startswith(start):
                service = self._taxonomy.services.get(path[len(start) + 1 : -2])
                return f"{words} {service.named(self.language) if service else path}"
        owner, _, inner = path.partition(".")
        about = self._about(path)
        if inner:
            label = _lowered(about.named(self.language)) if about else inner
            return f"{self.called(owner)}: {label}"
        base, _, place = owner.partition("[")
        label = _lowered(about.named(self.language)) if about else base
        return f"{label}, number {place.rstrip(']')}" if place else label

    def rate(self, figure: str) -> str | None:
        """A rate by its label, if *figure* is one."""
        rate = self._taxonomy.rates.get(figure)
        return _lowered(rate.named(self.language)) if rate else None

    def _about(self, path: str) -> Circumstance | None:
        """The circumstance, or the field of a person, that a fact is a value of."""
        one = self._taxonomy.circumstances.get(circumstance_of(path))
        inner = path.partition(".")[2]
        return one.fields.get(inner) if one is not None and inner else one

    def unknown(self, path: str) -> str:
        """That a fact is not known."""
        return f"{self.called(path)} is not known"

    def source(self, source: str) -> Source:
        """A source by its label and address, where it is legislation of the taxonomy."""
        law = self._taxonomy.legislation.get(source)
        if law is not None:
            return Source(law.named(self.language), law.url)
        return Source(source, source if source.startswith(("http://", "https://")) else None)

    def figures(self, term: t.Term) -> Iterator[str]:
        """The laws of the dated figures in a question."""
        if isinstance(term, t.Const) and term.figure:
            dated = {name: values for name, values, _ in self.book.book.date_table}
            for one in reversed(dated.get(term.figure, ())):
                if one.start <= self.book.day:
                    yield from one.source
                    break
        for part in t.parts_of(term):
            yield from self.figures(part)

    def text(self, labels: Mapping[str, str]) -> str | None:
        """The text in the language, if there is any."""
        return in_language(labels, self.language)

    def option(self, value: Any, of: t.Term) -> str:
        """An option by its label, *of* being what it is a value of."""
        match of:
            case t.Fact(name):
                about = self._taxonomy.circumstances.get(name)
            case t.Field(t.Fact(owner), name):
                about = self._about(f"{owner}.{name}")
            case _:
                about = None
        labels = about.options.get(str(value)) if about else None
        return (self.text(labels) if labels else None) or str(value)

    def shown(self, value: Any, of: t.Term) -> str:
        """The value of a term as a reader expects it."""
        match of:
            case t.Fact(name):
                return self.value(value, name)
            case t.Field(t.Fact(owner), name):
                return self.value(value, f"{owner}.{name}")
            case _:
                return _plain(value, None)

    def value(self, value: Value, path: str) -> str:
        """A value as a reader expects it: `£16,000`, `35 years`, an option by its label."""
        about = self._about(path)
        if isinstance(value, str) and about is not None and value in about.options:
            return self.text(about.options[value]) or value
        if isinstance(value, tuple) and about is not None and about.kind is Kind.CHOICES:
            return either([self.option(one, t.Fact(path, "list")) for one in value], "and") or "none"
        return _plain(value, about.unit if about else None)


def either(words: Iterable[str], last: str = "or") -> str:
    """*words* as one reads them out: `a, b or c`."""
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} {last} {listed[-1]}" if listed else ""


def pounds(value: int | Decimal) -> str:
    """An amount of money: `£16,000`, `-£3.50`."""
    shown = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
    return f"-£{shown[1:]}" if shown.startswith("-") else f"£{shown}"


def _plain(value: Any, unit: str | None) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | Decimal():
            if unit and unit.split()[0] in ("GBP", "£"):
                return pounds(value) + unit.removeprefix("GBP").removeprefix("£")
            text = f"{value:,}" if not -10_000 < value < 10_000 else f"{value}"
            return f"{text} {unit}" if unit and unit != "years" else text
        case date():
            return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
        case Months():
            years, months = divmod(abs(value.months), 12)
            parts = [f"{n} {word}{'s' if n != 1 else ''}" for n, word in ((years, "year"), (months, "month")) if n]
            return " and ".join(parts) or "0 months"
        case Seconds():
            return f"{value.seconds // 86400} days" if value.seconds % 86400 == 0 else str(value)
        case tuple():
            people = cast("tuple[object, ...]", value)
            return f"{len(people)} listed" if people else "nobody"
        case Person():
            return "stated"
        case _:
            return str(value)


def _lowered(label: str) -> str:
    """A label within a sentence: its first letter small, unless that belongs to a name or an abbreviation."""
    first, _, second = label.partition(" ")
    named = first[1:].lower() != first[1:] or first in ("I", "I'm") or second[:1].isupper()
    return label if named else label[:1].lower() + label[1:]
