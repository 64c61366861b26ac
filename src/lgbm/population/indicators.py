"""Indicators over a population: of those of whom one speaks, how many it counts, and between which shares that lies.

A row of which something is not known can raise the share or lower it. The range holds whatever the truth may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np
from attrs import evolve, frozen

from lgbm.population.blocks import Block
from lgbm.population.grouping import ALL, Groups
from lgbm.population.kernel.columns import Flags, Truths
from lgbm.population.kernel.program import Program
from lgbm.population.kernel.truths import conjunction, sure
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook


@frozen
class Measured:
    """An indicator on some rows. *counted* and *of* are those of whom it is certain; the share lies in *low* to *high*.

    Without anybody of whom it could speak, there is no share.
    """

    counted: int = 0
    of: int = 0
    low: Fraction | None = None
    high: Fraction | None = None


@frozen
class Tally:
    """Rows by what is known of them: whether the indicator speaks of them, and whether it counts them."""

    of_and_counted: int = 0
    of_and_perhaps: int = 0
    of_and_not: int = 0
    perhaps_and_counted: int = 0
    perhaps_and_perhaps: int = 0
    perhaps_and_not: int = 0

    def plus(self, of: Truths, counts: Truths, rows: Flags | None = None) -> Tally:
        """With more rows: all of them, or *rows* only."""
        groups: list[int] = []
        for here in (of.must, of.may & ~of.must):
            chosen = here if rows is None else here & rows
            groups += [
                int(np.count_nonzero(chosen & known)) for known in (counts.must, counts.may & ~counts.must, ~counts.may)
            ]
        return Tally(*(one + more for one, more in zip(self._parts(), groups, strict=True)))

    def measured(self) -> Measured:
        """What follows from the rows so far."""
        of = self.of_and_counted + self.of_and_perhaps + self.of_and_not
        # At least: whoever may count does not, and whoever may belong and does not count belongs. At most: the reverse.
        least = self.of_and_counted, of + self.perhaps_and_perhaps + self.perhaps_and_not
        most = self.of_and_counted + self.of_and_perhaps + self.perhaps_and_counted + self.perhaps_and_perhaps
        among = of + self.perhaps_and_counted + self.perhaps_and_perhaps
        # If nobody has to belong, it may be that only those do who raise the share, or only those who lower it.
        low = Fraction(*least) if least[1] else (Fraction(1) if most else None)
        high = Fraction(most, among) if among else (Fraction(0) if least[1] else None)
        return Measured(self.of_and_counted, of, low, high)

    def _parts(self) -> tuple[int, ...]:
        return (
            self.of_and_counted,
            self.of_and_perhaps,
            self.of_and_not,
            self.perhaps_and_counted,
            self.perhaps_and_perhaps,
            self.perhaps_and_not,
        )


@frozen(eq=False)
class Asked:
    """One indicator, prepared: of whom it speaks, and whom it counts."""

    of: t.Term | None
    counts: t.Term

    def on(self, block: Block) -> tuple[Truths, Truths]:
        """What is known of the rows of a block."""
        everybody = np.ones(block.batch.num_rows, np.bool_)
        return sure(everybody) if self.of is None else block.condition(self.of), block.condition(self.counts)


def with_eligibility(block: Block, book: DatedRulebook, services: Mapping[str, t.Term]) -> Block:
    """The block with a fact for the eligibility for each of *services*, prepared; but for those that it has already."""
    facts = dict(block.level.facts)
    for name, prepared in services.items():
        fact = f'eligible("{name}")'
        if fact not in book.derived:
            facts.setdefault(fact, block.condition(prepared))
    return evolve(block, level=evolve(block.level, facts=facts))


@frozen(eq=False)
class Indicators:
    """All indicators of a taxonomy on a date, prepared; and the services whose eligibility they ask for."""

    asked: Mapping[str, Asked]
    services: Mapping[str, t.Term]

    @classmethod
    def of(cls, book: DatedRulebook, program: Program) -> Indicators:
        """Those of *book*."""
        asked: dict[str, Asked] = {}
        read: set[str] = set()
        for name, (of, counts) in book.indicators.items():
            asked[name] = Asked(None if of is None else program.prepared(of), program.prepared(counts))
            read.update(t.facts_of(counts), t.facts_of(of) if of is not None else ())
        services = {
            name: program.prepared(term) for name, term in book.services.items() if f'eligible("{name}")' in read
        }
        return cls(asked, services)


def measured(
    book: DatedRulebook, program: Program, blocks: Iterable[Block], groups: Groups
) -> Mapping[str, Mapping[str, Measured]]:
    """Every indicator, for all rows and for each group."""
    indicators = Indicators.of(book, program)
    found: dict[str, dict[str, Tally]] = {
        name: {label: Tally() for label in (ALL, *groups.segments)} for name in indicators.asked
    }
    for block in blocks:
        known = with_eligibility(block, book, indicators.services)
        parts = list(groups.of(known))
        for name, one in indicators.asked.items():
            of, counts = one.on(known)
            for label, rows in parts:
                among = of if label == ALL else conjunction((of, rows), len(rows))
                found[name][label] = found[name].get(label, Tally()).plus(among, counts)
    return {name: {label: one.measured() for label, one in each.items()} for name, each in found.items()}
