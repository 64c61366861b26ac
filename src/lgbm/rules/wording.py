"""Reasons in words: labels for names, figures by their names and laws, values as a reader expects them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from attrs import evolve, frozen

from lgbm.model.concepts import Circumstance, Kind, in_language
from lgbm.model.facts import Facts, Maybe, Person, Unknown, circumstance_of, doubts_in
from lgbm.model.taxonomy import Taxonomy
from lgbm.model.truth import Truth
from lgbm.model.values import Months, Seconds, Value
from lgbm.outline import Line, Mark, Source
from lgbm.rules import term as t
from lgbm.rules.days import MONTHS
from lgbm.rules.explain import Reason
from lgbm.rules.normal import Question, normal
from lgbm.rules.rulebook import DatedRulebook
from lgbm.rules.scope import TODAY
from lgbm.rules.semantics import evaluate, truth

LINES = 7
"""How many reasons stand in lines of their own; what is more is told in one line."""


@frozen
class Words:
    """Says reasons in a language, with the labels of a taxonomy."""

    book: DatedRulebook
    language: str = "en"

    @property
    def taxonomy(self) -> Taxonomy:
        return self.book.book.taxonomy

    def lines(self, found: Sequence[Reason], facts: Facts, mark: Mark) -> tuple[Line, ...]:
        """A line for each place that a reason was stated at; those beyond `LINES` share the last."""
        by_place: dict[object, list[Reason]] = {}
        for reason in found:
            place = reason.origin.span if reason.origin else None
            by_place.setdefault((place, reason.origin.text) if reason.origin else None, []).append(reason)
        every = [self._one(group, facts, mark) for group in by_place.values()]
        if len(every) <= LINES:
            return tuple(every)
        kept, rest = every[: LINES - 1], every[LINES - 1 :]
        if mark == "ask":
            return (*kept, Line(f"and {len(rest)} more conditions that depend on what is not known", mark=mark))
        # The facts must all be there: they are what the answer rests on.
        return (*kept, Line("; ".join(line.text for line in rest), mark=mark))

    def _one(self, group: Sequence[Reason], facts: Facts, mark: Mark) -> Line:
        """Reasons that were stated at one place, as one line."""
        lines = [self.line(reason, facts, mark) for reason in group]
        texts = list(dict.fromkeys(line.text for line in lines))
        if mark == "ask" and len(texts) > 2:
            texts = [*texts[:2], f"and {len(texts) - 2} more"]
        sources = tuple(dict.fromkeys(one for line in lines for one in line.sources))
        inner = tuple(dict.fromkeys(one for line in lines for one in line.lines))
        return evolve(lines[0], text="; ".join(texts), sources=sources, lines=inner)

    def line(self, reason: Reason, facts: Facts, mark: Mark) -> Line:
        """One reason, with its evidence. *mark* is that of the answer that it is a reason for."""
        origin = reason.origin
        text = self.question(reason, facts)
        sources = [*(origin.source if origin else ()), *self.figures(reason.question)]
        return Line(
            text,
            mark=mark,
            place=origin.span.place if origin else None,
            sources=tuple(dict.fromkeys(self.source(one) for one in sources)),
            because=self.text(origin.because) if origin else None,
            lines=tuple(self.follows(reason, facts)),
        )

    def follows(self, reason: Reason, facts: Facts) -> Iterator[Line]:
        """For a fact that was derived, what it was derived from."""
        for name in reason.shown:
            how = self.book.derived.get(name)
            if how is None or how.formula is None:
                continue
            inputs = sorted(one for one in t.facts_of(how.formula) if one in facts.known)
            if inputs:
                told = ", ".join(f"{self.called(one)} {self.value(facts.known[one], one)}" for one in inputs)
                yield Line(f"{self.called(name)} follows from {told}")

    def question(self, reason: Reason, facts: Facts) -> str:
        """A question and its answer as a sentence: `age is 70, at least 66`."""
        match reason.question:
            case t.Some(items, _, holds) | t.Every(items, _, holds) as quantified:
                return self.people(reason, quantified, items, holds, facts)
            case _:
                pass
        form = normal(reason.question, negated=reason.truth is Truth.FALSE)
        of = form.of if isinstance(form, Question) else reason.question
        flipped = isinstance(form, Question) and form.negated
        local = reason.local
        match of:
            case t.Compare(operator, left, right):
                if isinstance(left, t.Const) and not isinstance(right, t.Const):
                    left, right = right, left
                    operator = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(operator, operator)  # type: ignore[assignment]
                told = self.operand(left, facts, local)
                other = self.amount(right, left, facts, local)
                if reason.truth is Truth.UNKNOWN:
                    return f"{told}: {self.comparison(operator, left)} {other}?"
                return told if operator == "=" else f"{told}, {self.comparison(operator, left)} {other}"
            case t.OneOf(subject, values):
                listed = self.either(self.option(value, subject) for value in sorted(values))
                told = self.operand(subject, facts, local)
                if reason.truth is Truth.UNKNOWN:
                    return f"{told}: {listed}?"
                return f"{told}, not {listed}" if flipped else told
            case t.Fact() | t.Field():
                return self.operand(of, facts, local)
            case _:
                return self.whole(reason)

    def whole(self, reason: Reason) -> str:
        """A rule as it was written, with the facts that it rests on."""
        told = [f"{self.called(name)} is {self.value(value, name)}" for name, value in reason.shown.items()]
        told += [self.unknown(path) for path in sorted(reason.missing)]
        told += [] if reason.missing else sorted(reason.undefined)
        answer = {Truth.TRUE: "holds", Truth.FALSE: "does not hold", Truth.UNKNOWN: "is not known"}[reason.truth]
        text = reason.origin.text if reason.origin else "the rule"
        return f"`{text}` {answer}" + (f": {', '.join(told)}" if told else "")

    def operand(self, of: t.Term, facts: Facts, local: Mapping[str, object]) -> str:
        """What one side of a comparison is: `age is 70`."""
        found = evaluate(of, facts, local)
        name = self.subject(of, local)
        if isinstance(found, Unknown) or doubts_in((found,)):
            doubts = doubts_in((found,))
            missing = sorted({one for doubt in doubts for one in doubt.names})
            undefined = sorted({one for doubt in doubts for one in doubt.reasons})
            if isinstance(of, t.Fact) and missing == [of.name]:
                return self.unknown(of.name) + (f" ({self.either(undefined, 'and')})" if undefined else "")
            if missing:
                undefined = [f"depends on {self.either([self.called(one) for one in missing], 'and')}"]
            within = f" ({self.either(undefined, 'and')})" if undefined else ""
            return f"{name} is not known{within}"
        if isinstance(found, bool):
            return f"{name}: {'yes' if found else 'no'}"
        return f"{name} is {self.shown(found, of)}"

    def people(self, reason: Reason, of: t.Some | t.Every, items: t.Term, holds: t.Term, facts: Facts) -> str:
        """What was found among people, or the items of a list."""
        found = evaluate(items, facts, reason.local)
        name = self.subject(items, reason.local)
        if isinstance(found, Unknown):
            return f"{name} is not known"
        match holds:
            case t.Compare("=", t.Local(), t.Const(value)):
                shown = self.option(str(value), items) if isinstance(value, str) else self.shown(value, items)
                answer = {Truth.TRUE: "includes", Truth.FALSE: "does not include", Truth.UNKNOWN: "may include"}[
                    reason.truth
                ]
                return f"{name} {answer} {shown}"
            case _:
                pass
        listed = [one.item if isinstance(one, Maybe) else one for one in found]
        answers = [truth(holds, facts, {**reason.local, of.local: one}) for one in listed]
        fit, unknown = answers.count(Truth.TRUE), answers.count(Truth.UNKNOWN)
        counted = "nobody" if not listed else f"{fit or 'none'} of {len(listed)} fit{'s' if fit < 2 else ''}"
        told = f"{name}: {counted}" + (f", {unknown} not known" if unknown else "")
        return told if reason.origin is None or reason.origin.because else f"{told} ({reason.origin.text})"

    def comparison(self, operator: str, of: t.Term) -> str:
        dated = isinstance(of, t.Fact | t.Field | t.Const) and of.kind == "date"
        words = {"<": "before", "<=": "not after", ">": "after", ">=": "not before"} if dated else {
            "<": "less than", "<=": "at most", ">": "more than", ">=": "at least",
        }  # fmt: skip
        return {**words, "!=": "not", "=": "is it"}[operator]

    def amount(self, right: t.Term, left: t.Term, facts: Facts, local: Mapping[str, object]) -> str:
        """The other side of a comparison: a figure by its name as well."""
        found = evaluate(right, facts, local)
        if isinstance(found, Unknown):
            return self.operand(right, facts, local)
        shown = (
            self.option(found, left)
            if isinstance(found, str)
            else self.shown(found, left if isinstance(right, t.Const) else right)
        )
        if isinstance(right, t.Const) and right.figure in self.taxonomy.rates:
            return f"{shown} ({_lowered(self.taxonomy.rates[right.figure].named(self.language))})"
        if isinstance(right, t.Fact | t.Field):
            return f"{shown} ({self.subject(right, local)})"
        return shown

    # -- names and values

    def subject(self, of: t.Term, local: Mapping[str, object]) -> str:
        match of:
            case t.Fact(name):
                return self.called(name)
            case t.Field(owner, name):
                who = local.get(owner.name) if isinstance(owner, t.Local) else None
                path = who.path if isinstance(who, Person) else owner.name if isinstance(owner, t.Fact) else ""
                about = self.about(f"{path}.{name}")
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
            case t.Apply("years" | "months" | "years and months duration", arguments):
                return (
                    f"time since {self.subject(t.meaning(arguments[0]), local)}"
                    if isinstance(arguments[0], t.Fact)
                    else self.among(of)
                )
            case _:
                return self.among(of)

    def among(self, of: t.Term) -> str:
        """A reckoned value, by the facts in it."""
        named = sorted(self.called(name) for name in t.facts_of(of))
        return f"what follows from {self.either(named, 'and')}" if named else "this"

    def called(self, path: str) -> str:
        """A fact by its label: `age`, `child 2`, `age of child 2`."""
        for start, words in (("receives(", "receives"), ("eligible(", "eligible for")):
            if path.startswith(start):
                service = self.taxonomy.services.get(path[len(start) + 1 : -2])
                return f"{words} {service.named(self.language) if service else path}"
        owner, _, inner = path.partition(".")
        about = self.about(path)
        if inner:
            label = _lowered(about.named(self.language)) if about else inner
            return f"{self.called(owner)}: {label}"
        base, _, place = owner.partition("[")
        label = _lowered(about.named(self.language)) if about else base
        return f"{label}, number {place.rstrip(']')}" if place else label

    def about(self, path: str) -> Circumstance | None:
        one = self.taxonomy.circumstances.get(circumstance_of(path))
        inner = path.partition(".")[2]
        return one.fields.get(inner) if one is not None and inner else one

    def unknown(self, path: str) -> str:
        return f"{self.called(path)} is not known"

    def source(self, source: str) -> Source:
        """A source by its label and address, where it is legislation of the taxonomy."""
        law = self.taxonomy.legislation.get(source)
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
        return in_language(labels, self.language)

    def option(self, value: Any, of: t.Term) -> str:
        match of:
            case t.Fact(name):
                about = self.taxonomy.circumstances.get(name)
            case t.Field(t.Fact(owner), name):
                about = self.about(f"{owner}.{name}")
            case _:
                about = None
        labels = about.options.get(str(value)) if about else None
        return (self.text(labels) if labels else None) or str(value)

    def shown(self, value: Any, of: t.Term) -> str:
        match of:
            case t.Fact(name):
                return self.value(value, name)
            case t.Field(t.Fact(owner), name):
                return self.value(value, f"{owner}.{name}")
            case _:
                return _plain(value, None)

    def value(self, value: Value, path: str) -> str:
        """A value as a reader expects it: `£16,000`, `35 years`, an option by its label."""
        about = self.about(path)
        if isinstance(value, str) and about is not None and value in about.options:
            return self.text(about.options[value]) or value
        if isinstance(value, tuple) and about is not None and about.kind is Kind.CHOICES:
            return self.either([self.option(one, t.Fact(path, "list")) for one in value], "and") or "none"
        return _plain(value, about.unit if about else None)

    def either(self, words: Any, last: str = "or") -> str:
        listed = list(words)
        return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} {last} {listed[-1]}" if listed else ""


def _plain(value: Any, unit: str | None) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | Decimal():
            if unit and unit.split()[0] in ("GBP", "£"):
                shown = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
                sign, digits = ("-", shown[1:]) if shown.startswith("-") else ("", shown)
                return f"{sign}£{digits}" + unit.removeprefix("GBP").removeprefix("£")
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
