"""What moves the indicators of a population: a life event that happens to it, or more people who claim a service."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from attrs import Factory, define, evolve

from lgbm.model.concepts import Event
from lgbm.population.blocks import Block
from lgbm.population.bounds import Share
from lgbm.population.grouping import ALL, Groups, everybody
from lgbm.population.indicators import Asked, Indicators, with_eligibility
from lgbm.population.kernel.columns import Column, Flags, Truths
from lgbm.population.kernel.comparing import equal
from lgbm.population.kernel.events import after
from lgbm.population.kernel.facts import Settled, settled
from lgbm.population.kernel.joining import known_both, known_of
from lgbm.population.kernel.level import Level
from lgbm.population.kernel.making import nothing
from lgbm.population.kernel.program import Program
from lgbm.population.kernel.truths import truths
from lgbm.population.movement.movement import Movement, Rise
from lgbm.population.movement.moving import COUNTED, MASKS, NOBODY, NOT, moved, moves, states, stays
from lgbm.population.profiling.ranges import percent
from lgbm.population.takeup.entitlement import Crosstab
from lgbm.population.takeup.take_up import Claimed
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook

_WORLDS = ((False, False), (False, True), (True, False), (True, True))


# -- a life event


def moved_by_event(
    book: DatedRulebook, program: Program, blocks: Iterable[Block], groups: Groups, event: Event
) -> Movement:
    """How the indicators move when *event* happens to every row of *blocks*, which say how it was before."""
    indicators = Indicators.of(book, program)
    touched = _touched(book, indicators, {one.circumstance for one in event.changes})
    found = _Found.of(indicators, groups)
    for block in blocks:
        then = after(book, program, event, block.stated, Settled(dict(block.level.facts)), block.batch.num_rows)
        was, is_ = (
            with_eligibility(one, book, indicators.services) for one in (block, _with(block, then.facts, program))
        )
        parts = list(groups.of(block))
        for name, one in indicators.asked.items():
            same_of = one.of is None or touched.isdisjoint(t.facts_of(one.of))
            read = touched.intersection(t.facts_of(one.counts))
            before, now = one.on(was), one.on(is_)
            same_counts = _same(was, is_, read, before[1], now[1])
            found.add(name, parts, moves(states(*before), states(*now), same_of, same_counts))
    assumed = (f"{event.named()} happens to every row, and changes what the taxonomy says that it changes",)
    return found.movement(book, f"Before and after: {event.named()}", assumed)


def _with(block: Block, facts: Mapping[str, Column], program: Program) -> Block:
    return evolve(block, level=Level(block.batch.num_rows, facts, program=program))


def _touched(book: DatedRulebook, indicators: Indicators, changed: set[str]) -> frozenset[str]:
    """The facts that may be others than before once those that are *changed* are."""
    reads = dict(book.book.reads)
    for name, term in indicators.services.items():
        direct = frozenset(t.facts_of(term))
        reads.setdefault(f'eligible("{name}")', direct.union(*(reads.get(one, frozenset()) for one in direct)))
    return frozenset(changed | {name for name, read in reads.items() if not changed.isdisjoint(read)})


def _same(was: Block, is_: Block, read: frozenset[str], before: Truths, now: Truths) -> Flags:
    """In which rows a condition is the same before and after, though not known: what it reads is, wherever touched."""
    count = was.batch.num_rows
    same = everybody(count).must.copy()
    if not read:
        return same
    doubtful = before.may & ~before.must & now.may & ~now.must
    if not doubtful.any():
        return ~same
    for name in read:
        none = nothing(count)
        one, other = was.level.facts.get(name, none), is_.level.facts.get(name, none)
        known = known_both(known_of(one), known_of(other))
        same &= equal(one, other, everybody(count).must if known is None else known, operator.eq)
    return same


# -- a rise in take-up


def moved_by_take_up(
    book: DatedRulebook, program: Program, blocks: Iterable[Block], groups: Groups, service: str, rise: Rise
) -> Movement:
    """How the indicators move when more of those who are entitled to *service* claim it.

    *blocks* say how it was before, and who receives it.
    """
    indicators, claimed = Indicators.of(book, program), Claimed.of(book, program, service)
    touched = _touched(book, indicators, {claimed.receipt})
    found, cells = _Found.of(indicators, groups), Crosstab()
    for block in blocks:
        entitled, receives = claimed.on(block)
        cells = cells.plus(entitled, receives, everybody(block.batch.num_rows))
        worlds = {
            world: with_eligibility(_where(book, program, block, service, *world), book, indicators.services)
            for world in _WORLDS
        }
        parts = list(groups.of(block))
        for name, one in indicators.asked.items():
            found.add(name, parts, _by_claiming(one, claimed.receipt, worlds, touched, entitled, receives))
    rate = cells.rate()
    chances = rise.chances(Share(rate.low, rate.high))
    called = book.book.taxonomy.services[service].named()
    return found.movement(book, f"If more claimed: {called}", tuple(_assumed(called, chances)), chances)


def _where(book: DatedRulebook, program: Program, block: Block, service: str, entitled: bool, receives: bool) -> Block:
    """The block as it would be if everybody were entitled to *service* or nobody, and received it or not.

    What followed from receipt follows anew. Nothing of this is looked at in a row of which it is known to be otherwise.
    """
    count, receipt = block.batch.num_rows, f'receives("{service}")'
    facts: dict[str, Column] = {**block.level.facts, f'eligible("{service}")': _constant(entitled, count)}
    was = truths(facts.get(receipt, nothing(count)))
    changed = ~was.must if receives else was.may
    facts[receipt] = _constant(receives, count)
    return _with(block, settled(book, program, facts, count, {receipt: changed}).facts, program)


def _constant(value: bool, count: int) -> Truths:
    flags = np.full(count, value, np.bool_)
    return Truths(flags, flags)


def _by_claiming(
    one: Asked,
    receipt: str,
    worlds: Mapping[tuple[bool, bool], Block],
    touched: frozenset[str],
    entitled: Truths,
    receives: Truths,
) -> Any:
    """The masks of one indicator: each row receives, or is not entitled, or begins to claim what it is entitled to.

    *worlds* are the rows as they would be, by whether they are entitled and whether they receive.
    """
    may = {world: states(*one.on(block)) for world, block in worlds.items()}
    same_of = one.of is None or touched.isdisjoint(t.facts_of(one.of))
    same_counts = np.full(len(entitled), touched.isdisjoint(t.facts_of(one.counts)), np.bool_)
    masks = np.where(receives.may & entitled.may, stays(may[True, True]), 0)
    masks |= np.where(receives.may & ~entitled.must, stays(may[False, True]), 0)
    masks |= np.where(~receives.must & ~entitled.must, stays(may[False, False]), 0)
    claims = moves(may[True, False], may[True, True], same_of, same_counts, _never(one.counts, receipt, touched))
    return masks | np.where(~receives.must & entitled.may, claims, 0)


def _never(counts: t.Term, receipt: str, touched: frozenset[str]) -> tuple[int, int] | None:
    """The move that receiving something cannot make: out of being counted where receipt counts, or into it."""
    sides = _sides(counts, receipt, touched, True)
    if len(sides) != 1:
        return None
    return (COUNTED, NOT) if True in sides else (NOT, COUNTED)


def _sides(term: t.Term, receipt: str, touched: frozenset[str], yes: bool) -> set[bool]:
    """Whether *term* speaks for receipt, against it, or both; nothing: neither."""
    match term:
        case t.Fact(name) if name == receipt:
            return {yes}
        case t.Stated(part):
            return _sides(part, receipt, touched, yes)
        case t.Not(part):
            return _sides(part, receipt, touched, not yes)
        case t.And(parts) | t.Or(parts):
            return set[bool]().union(*(_sides(part, receipt, touched, yes) for part in parts))
        case _:
            return set() if touched.isdisjoint(t.facts_of(term)) else {True, False}


def _assumed(called: str, chances: tuple[Fraction, Fraction]) -> Iterator[str]:
    least, most = (percent(one) for one in chances)
    share = least if least == most else f"{least} to {most}"
    if min(chances) == 1:
        yield f"everybody who is entitled to {called} and does not receive it then does"
    else:
        yield f"of those who are entitled to {called} and do not receive it, {share} then do, each as likely as another"
    yield "nothing else changes of them: not what they earn, have or do"


# -- adding up


@define(eq=False)
class _Found:
    """How many rows there are of each mask, for each indicator and group."""

    rows: dict[str, dict[str, Any]] = Factory(dict[str, dict[str, Any]])

    @classmethod
    def of(cls, indicators: Indicators, groups: Groups) -> _Found:
        labels = (ALL, *groups.segments)
        return cls({name: {label: np.zeros(MASKS, np.int64) for label in labels} for name in indicators.asked})

    def add(self, name: str, parts: Iterable[tuple[str, Truths]], masks: Any) -> None:
        """Count the rows of a block as well. Who may be in no group may be outside, before and after."""
        for label, belongs in parts:
            own = masks[belongs.must]
            perhaps = masks[belongs.may & ~belongs.must] | NOBODY
            rows = self.rows[name].setdefault(label, np.zeros(MASKS, np.int64))
            rows += np.bincount(own, minlength=MASKS) + np.bincount(perhaps, minlength=MASKS)

    def movement(
        self,
        book: DatedRulebook,
        title: str,
        assumed: tuple[str, ...],
        chances: tuple[Fraction, Fraction] = (Fraction(1), Fraction(1)),
    ) -> Movement:
        found = {
            name: {label: moved(rows.tolist(), *chances) for label, rows in each.items()}
            for name, each in self.rows.items()
        }
        return Movement(found, book.book.taxonomy.indicators, title, assumed)
