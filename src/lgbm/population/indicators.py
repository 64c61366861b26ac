"""Indicators over a population: of those of whom one speaks, how many it counts, and between which shares that lies.

A row of which something is not known can raise the share or lower it. The range holds whatever the truth may be.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from attrs import evolve, frozen

from lgbm.population.blocks import Block
from lgbm.population.columns import Flags, Truths
from lgbm.population.truths import sure
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


def with_eligibility(block: Block, book: DatedRulebook, services: dict[str, t.Term]) -> Block:
    """The block with a fact for the eligibility for each of *services*, prepared; but for those that it has already."""
    facts = dict(block.level.facts)
    for name, prepared in services.items():
        fact = f'eligible("{name}")'
        if fact not in book.derived:
            facts.setdefault(fact, block.condition(prepared))
    return evolve(block, level=evolve(block.level, facts=facts))
