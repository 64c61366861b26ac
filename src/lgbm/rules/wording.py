"""Reasons in words: labels for names, figures by their names and laws, values as a reader expects them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from attrs import evolve, frozen

from lgbm.model.facts import Facts, Maybe, Unknown, doubts_in
from lgbm.model.truth import Truth
from lgbm.outline import Line, Mark
from lgbm.rules import term as t
from lgbm.rules.explain import Reason
from lgbm.rules.naming import Names, either
from lgbm.rules.normal import Question, normal
from lgbm.rules.rulebook import DatedRulebook
from lgbm.rules.semantics import evaluate, truth

LINES = 7
"""How many reasons stand in lines of their own; what is more is told in one line."""


@frozen(slots=False)
class Words:
    """Says reasons in a language, with the labels of a taxonomy."""

    book: DatedRulebook
    language: str = "en"

    @cached_property
    def names(self) -> Names:
        """What facts, values and laws are called."""
        return Names(self.book, self.language)

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
        places = ", ".join(dict.fromkeys(line.place for line in rest if line.place))
        laws = tuple(dict.fromkeys(one for line in rest for one in line.sources))
        return (*kept, Line("; ".join(line.text for line in rest), mark=mark, place=places or None, sources=laws))

    def _one(self, group: Sequence[Reason], facts: Facts, mark: Mark) -> Line:
        """Reasons that were stated at one place, as one line."""
        lines = [self._line(reason, facts, mark) for reason in group]
        texts = list(dict.fromkeys(line.text for line in lines))
        if mark == "ask" and len(texts) > 2:
            texts = [*texts[:2], f"and {len(texts) - 2} more"]
        sources = tuple(dict.fromkeys(one for line in lines for one in line.sources))
        inner = tuple(dict.fromkeys(one for line in lines for one in line.lines))
        return evolve(lines[0], text="; ".join(texts), sources=sources, lines=inner)

    def _line(self, reason: Reason, facts: Facts, mark: Mark) -> Line:
        """One reason, with its evidence. *mark* is that of the answer that it is a reason for."""
        origin = reason.origin
        text = self.question(reason, facts)
        sources = [*(origin.source if origin else ()), *self.names.figures(reason.question)]
        return Line(
            text,
            mark=mark,
            place=origin.span.place if origin else None,
            sources=tuple(dict.fromkeys(self.names.source(one) for one in sources)),
            because=self.names.text(origin.because) if origin else None,
            lines=tuple(self._follows(reason, facts)),
        )

    def _follows(self, reason: Reason, facts: Facts) -> Iterator[Line]:
        """For a fact that was derived, what it was derived from."""
        for name in reason.shown:
            how = self.book.derived.get(name)
            if how is None or how.formula is None:
                continue
            inputs = sorted(one for one in t.facts_of(how.formula) if one in facts.known)
            if inputs:
                told = ", ".join(
                    f"{self.names.called(one)} {self.names.value(facts.known[one], one)}" for one in inputs
                )
                yield Line(f"{self.names.called(name)} follows from {told}")

    def question(self, reason: Reason, facts: Facts) -> str:
        """A question and its answer as a sentence: `age is 70, at least 66`."""
        match reason.question:
            case t.Some(items, _, holds) | t.Every(items, _, holds) as quantified:
                return self._people(reason, quantified, items, holds, facts)
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
                told = self._operand(left, facts, local)
                other = self._amount(right, left, facts, local)
                if reason.truth is Truth.UNKNOWN:
                    return f"{told}: {self._comparison(operator, left)} {other}?"
                return told if operator == "=" else f"{told}, {self._comparison(operator, left)} {other}"
            case t.OneOf(subject, values):
                listed = either(self.names.option(value, subject) for value in sorted(values))
                told = self._operand(subject, facts, local)
                if reason.truth is Truth.UNKNOWN:
                    return f"{told}: {listed}?"
                return f"{told}, not {listed}" if flipped else told
            case t.Fact() | t.Field():
                return self._operand(of, facts, local)
            case t.Undefined(why):
                return why
            case _:
                return self._whole(reason)

    def _whole(self, reason: Reason) -> str:
        """A rule as it was written, with the facts that it rests on."""
        told = [f"{self.names.called(name)} is {self.names.value(value, name)}" for name, value in reason.shown.items()]
        told += [self.names.unknown(path) for path in sorted(reason.missing)]
        told += [] if reason.missing else sorted(reason.undefined)
        answer = {Truth.TRUE: "holds", Truth.FALSE: "does not hold", Truth.UNKNOWN: "is not known"}[reason.truth]
        text = reason.origin.text if reason.origin else "the rule"
        return f"`{text}` {answer}" + (f": {', '.join(told)}" if told else "")

    def _operand(self, of: t.Term, facts: Facts, local: Mapping[str, object]) -> str:
        """What one side of a comparison is: `age is 70`."""
        found = evaluate(of, facts, local)
        name = self.names.subject(of, local)
        if isinstance(found, Unknown) or doubts_in((found,)):
            doubts = doubts_in((found,))
            missing = sorted({one for doubt in doubts for one in doubt.names})
            undefined = sorted({one for doubt in doubts for one in doubt.reasons})
            if isinstance(of, t.Fact) and missing == [of.name]:
                return self.names.unknown(of.name) + (f" ({either(undefined, 'and')})" if undefined else "")
            if missing:
                undefined = [f"depends on {either([self.names.called(one) for one in missing], 'and')}"]
            within = f" ({either(undefined, 'and')})" if undefined else ""
            return f"{name} is not known{within}"
        if isinstance(found, bool):
            return f"{name}: {'yes' if found else 'no'}"
        return f"{name} is {self.names.shown(found, of)}"

    def _people(self, reason: Reason, of: t.Some | t.Every, items: t.Term, holds: t.Term, facts: Facts) -> str:
        """What was found among people, or the items of a list."""
        found = evaluate(items, facts, reason.local)
        name = self.names.subject(items, reason.local)
        if isinstance(found, Unknown):
            return f"{name} is not known"
        match holds:
            case t.Compare("=", t.Local(), t.Const(value)):
                shown = (
                    self.names.option(str(value), items) if isinstance(value, str) else self.names.shown(value, items)
                )
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

    def _comparison(self, operator: str, of: t.Term) -> str:
        dated = isinstance(of, t.Fact | t.Field | t.Const) and of.kind == "date"
        words = {"<": "before", "<=": "not after", ">": "after", ">=": "not before"} if dated else {
            "<": "less than", "<=": "at most", ">": "more than", ">=": "at least",
        }  # fmt: skip
        return {**words, "!=": "not", "=": "is it"}[operator]

    def _amount(self, right: t.Term, left: t.Term, facts: Facts, local: Mapping[str, object]) -> str:
        """The other side of a comparison: a figure by its name as well."""
        found = evaluate(right, facts, local)
        if isinstance(found, Unknown):
            return self._operand(right, facts, local)
        shown = (
            self.names.option(found, left)
            if isinstance(found, str)
            else self.names.shown(found, left if isinstance(right, t.Const) else right)
        )
        rate = self.names.rate(right.figure) if isinstance(right, t.Const) else None
        if rate is not None:
            return f"{shown} ({rate})"
        if isinstance(right, t.Fact | t.Field):
            return f"{shown} ({self.names.subject(right, local)})"
        return shown
