"""The demand for a service: who needs it, and how those differ in what its rules ask about.

Two people are alike to a service as long as the conditions of its rules, and of the needs that it meets, are alike
true or false of them. So ages or savings fall into classes where the rules draw their lines, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from attrs import Factory, define, frozen
from numpy.typing import NDArray

from lgbm.model.concepts import Service
from lgbm.population.blocks import Block
from lgbm.population.kernel.program import Program
from lgbm.population.profiling.ranges import Range
from lgbm.population.spectrum.diversity import NO, UNKNOWN, YES, Kinds, kinds
from lgbm.rules import term as t
from lgbm.rules.naming import Names, either
from lgbm.rules.offered import offered_where
from lgbm.rules.rulebook import DatedRulebook

_NEGATIVE = ("!=", ">=", ">")


@frozen
class Split:
    """A condition that divides those who need a service: how many of them it is true of, at least and at most."""

    words: str
    true: Range
    of: int
    """Those who need the service for certain."""

    @property
    def share(self) -> Range:
        """Of those who need the service, those of whom it is true."""
        return self.true.times(Fraction(1, max(1, self.of)))

    @property
    def evenness(self) -> float:
        """1 where half of them are on either side; 0 where all are on one."""
        return 1 - abs(float(self.share.low + self.share.high) - 1)

    def singles_out(self) -> int:
        """The fewest people that it is known to be true, or false, of."""
        return int(min(self.true.low, self.of - self.true.high))


@frozen
class Demand:
    """Those who need a service, and how many kinds of case they are."""

    needed: Range
    """How many rows need it: for certain, and at most."""
    kinds: Kinds | None
    """Nothing: nobody needs it."""
    commonest: int
    """Rows of the most frequent combination of answers that are all known."""
    splits: tuple[Split, ...]
    """The conditions, those that divide most evenly first."""


@frozen(eq=False)
class Asked:
    """What is asked of every row for one service: whether it is needed, and each condition of its own."""

    need: t.Term
    conditions: tuple[t.Term, ...]
    words: tuple[str, ...]


@define
class Tally:
    """Combinations of answers, counted. The first of each is whether the service is needed."""

    asked: Asked
    counts: dict[bytes, int] = Factory(dict[bytes, int])

    def add(self, block: Block) -> None:
        """Count those of a block as well."""
        need = _answers(block, self.asked.need)
        rows = np.flatnonzero(need != NO)
        columns = [need[rows], *(_answers(block, one)[rows] for one in self.asked.conditions)]
        found: tuple[Any, Any] = np.unique(np.column_stack(columns), axis=0, return_counts=True)
        for one, count in zip(found[0], found[1].tolist(), strict=True):
            key = one.tobytes()
            self.counts[key] = self.counts.get(key, 0) + count

    def demand(self) -> Demand:
        """What follows from them."""
        wide = 1 + len(self.asked.conditions)
        answers = np.frombuffer(b"".join(self.counts), np.uint8).reshape(len(self.counts), wide)
        counts = np.fromiter(self.counts.values(), np.int64, len(self.counts))
        certain = answers[:, 0] == YES
        own = answers[:, 1:]
        settled = certain & (own != UNKNOWN).all(axis=1)
        sure = int(counts[certain].sum())
        splits = [
            Split(
                words,
                Range.of(_count(counts, certain & (column == YES)), _count(counts, certain & (column != NO))),
                sure,
            )
            for words, column in zip(self.asked.words, own.T, strict=True)
        ]
        return Demand(
            Range.of(sure, int(counts.sum())),
            kinds(own, counts, certain),
            int(counts[settled].max()) if settled.any() else 0,
            tuple(sorted(splits, key=lambda one: -one.evenness)),
        )


def _answers(block: Block, condition: t.Term) -> NDArray[np.uint8]:
    found = block.condition(condition)
    return found.must.view(np.uint8) + found.may.view(np.uint8)


def _count(counts: Any, chosen: Any) -> int:
    return int(counts[chosen].sum())


def asked_of(service: Service, book: DatedRulebook, program: Program, event: str | None) -> Asked | str:
    """What there is to ask about *service*; or in words why its demand cannot be measured."""
    taxonomy = book.book.taxonomy
    if not _in_force(service, book):
        return f"it is not offered on {book.day}"
    if service.eligibility is None:
        return "its rules are not modelled"
    needs = [book.needs[one] for one in service.meets if one in book.needs]
    led_to = event is not None and service.id in taxonomy.events[event].leads_to
    if not needs and not led_to:
        return "no need that it meets says who has it"
    whole = t.Const(True, "boolean") if led_to else t.Or(tuple(needs))
    offered = tuple(offered_where(service, taxonomy))
    names, found = Names(book), dict[t.Term, tuple[str, t.Term]]()
    # That it is offered where somebody lives is asked of all of them: who lives elsewhere makes no demand on it.
    settled = {_division(one, program) for rule in offered for one, _ in _conditions(rule, None)}
    for rule in (*needs, book.services[service.id]):
        for condition, origin in _conditions(rule, None):
            key = _division(condition, program)
            if key not in settled:
                new = _said(condition, origin, names), program.prepared(condition)
                found[key] = min(found.get(key, new), new, key=lambda one: one[0])
    # In an order of their own, so that the order in which they are written makes no difference.
    listed = sorted(found.values(), key=lambda one: (one[0], str(one[1])))
    conditions, words = tuple(one for _, one in listed), tuple(one for one, _ in listed)
    return Asked(program.prepared(t.And((whole, *offered))), conditions, words)


def _in_force(service: Service, book: DatedRulebook) -> bool:
    start, end = service.effective_from, service.effective_until
    return (start is None or start <= book.day) and (end is None or book.day <= end)


def _conditions(rule: t.Term, origin: t.Origin | None) -> Iterator[tuple[t.Term, t.Origin | None]]:
    """The single conditions that *rule* is made of, each with the place that it alone was stated at."""
    match rule:
        case t.Stated(part, stated):
            yield from _conditions(part, stated)
        case t.And(parts) | t.Or(parts):
            for part in parts:
                yield from _conditions(part, origin if len(parts) == 1 else None)
        case t.Not(part):
            yield from _conditions(part, None)
        case t.If(condition, then, otherwise):
            for part in (condition, then, otherwise):
                yield from _conditions(part, None)
        case t.Const() | t.Undefined():
            pass
        case _:
            yield rule, origin


def _division(condition: t.Term, program: Program) -> t.Term:
    """What *condition* has in common with its opposite: they divide people alike."""
    return program.prepared(condition, isinstance(condition, t.Compare) and condition.operator in _NEGATIVE)


_WORDS = {"<": "less than", "<=": "at most", ">": "more than", ">=": "at least", "=": "", "!=": "not"}
_DAYS = {"<": "before", "<=": "not after", ">": "after", ">=": "not before", "=": "", "!=": "not"}


def _said(condition: t.Term, origin: t.Origin | None, names: Names) -> str:
    """The condition in words: `age: at least 66`."""
    match condition:
        case t.Fact(name):
            return names.called(name)
        case t.Compare(operator, t.Fact() | t.Field() as left, t.Const(value) as right):
            words = _DAYS if right.kind == "date" else _WORDS
            shown = names.option(value, left) if isinstance(value, str) else names.shown(value, left)
            return f"{names.subject(left, {})}: {f'{words[operator]} {shown}'.strip()}"
        case t.OneOf(of, values):
            return f"{names.subject(of, {})}: {either(names.option(one, of) for one in sorted(values))}"
        case _:
            return f"`{origin.text}`" if origin is not None else names.subject(condition, {})
