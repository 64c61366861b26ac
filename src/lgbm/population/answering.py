"""What is asked of every block of a population, and its answer: statuses row by row, or how many there are of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from attrs import define, frozen
from numpy.typing import NDArray

from lgbm.model.concepts import Event
from lgbm.population.blocks import Block, Blocks, Complaints, OnWrong
from lgbm.population.counted import Counts
from lgbm.population.grouping import ALL, by_value
from lgbm.population.kernel.columns import Flags, Truths
from lgbm.population.kernel.program import Program
from lgbm.population.tables.reader import TableReader
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook

STATUSES = ("ineligible", "undetermined", "eligible")
"""In the order of their codes."""

Tally: TypeAlias = NDArray[np.int64]
"""For each service, a row: how many are eligible, ineligible and undetermined."""


@frozen
class Inquiry:
    """What is asked of every block. It can be pickled."""

    statuses: bool = False
    """The status of each row for each service."""
    everybody: bool = True
    """How all rows are counted."""
    column: str | None = None
    """How the rows are counted by the values of a column."""
    segments: tuple[str, ...] = ()
    """How the members of each segment are counted."""


@frozen(eq=False)
class Answer:
    """What is said of a block. It can be pickled."""

    statuses: Sequence[NDArray[np.int8]]
    tallies: Mapping[str, Tally]
    """By the name of each group; of all rows, `""`."""


@define(eq=False)
class Answering:
    """Rules of a date, ready to answer an inquiry block by block."""

    inquiry: Inquiry
    blocks: Blocks
    services: Mapping[str, t.Term | None]
    """Who is eligible for each, prepared."""
    segments: Mapping[str, t.Term]

    @classmethod
    def of(
        cls,
        inquiry: Inquiry,
        book: DatedRulebook,
        program: Program,
        reader: TableReader,
        event: str | None,
        wrong: OnWrong,
    ) -> Answering:
        """That of *book*, for tables that *reader* reads."""
        taxonomy, services = book.book.taxonomy, book.services
        happened: Event | None = None if event is None else taxonomy.events[event]
        return cls(
            inquiry,
            Blocks(book, program, reader, happened, wrong),
            {name: program.prepared(services[name]) if name in services else None for name in taxonomy.services},
            {name: program.prepared(book.segments[name]) for name in inquiry.segments},
        )

    def answer(self, batch: Any, first: int) -> tuple[Answer | None, Complaints]:
        """The answer for a batch, the first row of which has that number; and what cannot be right in it.

        Where that is refused, there is no answer.
        """
        block, complaints = self.blocks.block(batch, first)
        return (self._of(block) if self.blocks.goes_on_after(complaints) else None), complaints

    def _of(self, block: Block) -> Answer:
        known = [None if term is None else block.condition(term) for term in self.services.values()]
        count, asked = block.batch.num_rows, self.inquiry
        tallies: dict[str, Tally] = {}
        if asked.everybody:
            tallies[ALL] = _tally(known, count)
        if asked.column is not None:
            tallies |= {label: _tally(known, count, rows) for label, rows in by_value(block, asked.column)}
        for name, members in self.segments.items():
            belongs = block.condition(members)
            tallies[name] = _tally(known, count, belongs.must)
            tallies[f"{name} (not known)"] = _tally(known, count, belongs.may & ~belongs.must)
        return Answer([_codes(one, count) for one in known] if asked.statuses else (), tallies)


def nobody(services: int) -> Tally:
    """The tally of no rows, for so many services."""
    return np.zeros((services, 3), np.int64)


def counts(tally: Tally, services: Sequence[str]) -> dict[str, Counts]:
    """A tally by the names of its services."""
    found: list[tuple[int, int, int]] = tally.tolist()
    return {name: Counts(*one) for name, one in zip(services, found, strict=True)}


def _codes(answer: Truths | None, count: int) -> NDArray[np.int8]:
    if answer is None:
        return np.ones(count, np.int8)
    codes: NDArray[np.int8] = answer.must.view(np.int8) + answer.may.view(np.int8)
    return codes


def _tally(answers: Sequence[Truths | None], count: int, rows: Flags | None = None) -> Tally:
    """How a block of *count* rows is counted: all of them, or *rows* only."""
    chosen = count if rows is None else int(np.count_nonzero(rows))
    found = nobody(len(answers))
    for place, answer in enumerate(answers):
        must, may = 0, chosen
        if answer is not None:
            must = int(np.count_nonzero(answer.must if rows is None else answer.must & rows))
            may = must
            if answer.may is not answer.must:
                may = int(np.count_nonzero(answer.may if rows is None else answer.may & rows))
        found[place] = must, chosen - may, may - must
    return found
