"""One block of citizens, from what is stated of them to every answer: the event on it, and contradictions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

import numpy as np
from attrs import define, frozen

from lgbm.errors import Diagnostic, ProfileError
from lgbm.messages import tables as say
from lgbm.model.concepts import Event
from lgbm.population.kernel.columns import Column, Flags, Truths
from lgbm.population.kernel.events import after
from lgbm.population.kernel.facts import Settled, settled
from lgbm.population.kernel.joining import hidden
from lgbm.population.kernel.level import Level
from lgbm.population.kernel.program import Program
from lgbm.population.kernel.truths import truths
from lgbm.population.tables.intake import Cells, Wrong
from lgbm.population.tables.reader import TableReader
from lgbm.population.tables.sources import Source
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook

OnWrong: TypeAlias = Literal["refuse", "unknown"]


@frozen(eq=False)
class Block:
    """Some rows of a table, with the facts that follow from what they state."""

    batch: Any
    stated: Mapping[str, Column]
    level: Level

    def condition(self, prepared: t.Term) -> Truths:
        """What is known of a prepared condition."""
        return truths(self.level.evaluate(prepared))


@define(eq=False)
class Blocks:
    """How a table is gone through, block by block."""

    book: DatedRulebook
    program: Program
    reader: TableReader
    event: Event | None
    wrong: OnWrong

    def of(self, source: Source) -> Iterator[Block]:
        """The blocks of *source*, and `ProfileError` with all complaints at its end. After the first, none is given."""
        cells = Cells(self.book.day)
        contradictions: dict[str, Wrong] = {}
        for batch in source.blocks():
            stated = self.reader.read(batch, cells)
            block = self._settled(batch, stated, contradictions, cells.first)
            cells.first += batch.num_rows
            if self.wrong == "unknown" or not (cells.wrong or contradictions):
                yield block
        if self.wrong == "refuse":
            problems = [*_of_cells(cells.wrong), *_of_rows(contradictions)]
            if problems:
                raise ProfileError(problems)

    def _settled(self, batch: Any, stated: dict[str, Column], notes: dict[str, Wrong], first: int) -> Block:
        count = batch.num_rows
        before = settled(self.book, self.program, stated, count)
        while before.contradicted:
            _note(before, notes, first)
            # Without the facts that contradict the others, in those rows, the rest stands.
            stated = _without(stated, before.contradicted)
            before = settled(self.book, self.program, stated, count)
        facts = before if self.event is None else after(self.book, self.program, self.event, stated, before, count)
        return Block(batch, stated, Level(count, facts.facts, program=self.program))


def _without(stated: Mapping[str, Column], rows: Mapping[str, Flags]) -> dict[str, Column]:
    return {name: hidden(column, ~rows[name]) if name in rows else column for name, column in stated.items()}


def _note(found: Settled, notes: dict[str, Wrong], first: int) -> None:
    for name, rows in found.contradicted.items():
        note = notes.setdefault(name, Wrong())
        places = np.flatnonzero(rows)
        note.count += len(places)
        note.examples += [(first + int(place), None) for place in places[: 3 - len(note.examples)]]


def _of_cells(wrong: Mapping[tuple[str, str], Wrong]) -> Iterator[Diagnostic]:
    for (path, why), one in wrong.items():
        yield say.wrong_cells(path, why, one.count, one.examples)


def _of_rows(contradictions: Mapping[str, Wrong]) -> Iterator[Diagnostic]:
    for path, one in contradictions.items():
        yield say.contradicting_rows(path, one.count, [row for row, _ in one.examples])
