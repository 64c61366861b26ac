"""One block of citizens, from what is stated of them to every answer: the event on it, and contradictions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

import numpy as np
from attrs import Factory, define, frozen

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
from lgbm.population.tables.intake import Cells, Words, Wrong
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


@define
class Complaints:
    """What cannot be right in some rows of a table: cells by column and reason, and facts that contradict others."""

    cells: dict[tuple[str, str], Wrong] = Factory(dict[tuple[str, str], Wrong])
    rows: dict[str, Wrong] = Factory(dict[str, Wrong])

    @property
    def any(self) -> bool:
        """Whether there is one."""
        return bool(self.cells or self.rows)

    def add(self, later: Complaints) -> None:
        """Those of rows that come later, too."""
        for cell, one in later.cells.items():
            self.cells.setdefault(cell, Wrong()).add(one)
        for path, one in later.rows.items():
            self.rows.setdefault(path, Wrong()).add(one)

    def refuse(self) -> None:
        """Raise `ProfileError` with all of them, if there is any."""
        problems = [*_of_cells(self.cells), *_of_rows(self.rows)]
        if problems:
            raise ProfileError(problems)


@define(eq=False)
class Blocks:
    """How a table is gone through, block by block."""

    book: DatedRulebook
    program: Program
    reader: TableReader
    event: Event | None
    wrong: OnWrong
    _words: dict[str, Words] = Factory(dict[str, Words])

    def of(self, source: Source) -> Iterator[Block]:
        """The blocks of *source*, and `ProfileError` with all complaints at its end. After the first, none is given."""
        complaints, first = Complaints(), 1
        for batch in source.blocks():
            block, found = self.block(batch, first)
            complaints.add(found)
            first += batch.num_rows
            if self.goes_on_after(complaints):
                yield block
        if self.wrong == "refuse":
            complaints.refuse()

    def goes_on_after(self, complaints: Complaints) -> bool:
        """Whether anything is answered after these."""
        return self.wrong == "unknown" or not complaints.any

    def block(self, batch: Any, first: int) -> tuple[Block, Complaints]:
        """The block of *batch*, the first row of which has the number *first*; and what cannot be right in it."""
        cells = Cells(self.book.day, first=first, words=self._words)
        stated = self.reader.read(batch, cells)
        complaints = Complaints(cells.wrong)
        return self._settled(batch, stated, complaints.rows, first), complaints

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
