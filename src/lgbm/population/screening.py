"""A population screened: who is eligible for what, who is not, and of whom it is not known for want of which fact."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from attrs import Factory, define, field, frozen

from lgbm.errors import ProfileError
from lgbm.messages import profiles as say
from lgbm.population.blocks import Block, Blocks, OnWrong
from lgbm.population.columns import Flags, Truths
from lgbm.population.indicators import Asked, Measured, Tally, with_eligibility
from lgbm.population.library import pa, parquet
from lgbm.population.program import Program
from lgbm.population.sources import Source, source_of
from lgbm.population.tables import TableReader, table_reader
from lgbm.population.wanting import wanted
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook

STATUSES = ("ineligible", "undetermined", "eligible")
"""In the order of their codes."""


@frozen
class Counts:
    """How many citizens are eligible for a service, are not, or cannot be decided."""

    eligible: int
    ineligible: int
    undetermined: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.eligible + self.ineligible + self.undetermined


def screen(
    book: DatedRulebook,
    table: Any,
    *,
    event: str | None = None,
    keep: Sequence[str] = (),
    wrong: OnWrong = "refuse",
    progress: Callable[[int], None] | None = None,
) -> Screening:
    """Who is eligible for what among the citizens of *table*, by the rules of a date: see `Model.screen`."""
    events = book.book.taxonomy.events
    if event is not None and event not in events:
        raise ProfileError([say.unknown_event(event, events)])
    source = source_of(table)
    reader = table_reader(book, source.schema, keep)
    return Screening(book, source, reader, event, tuple(keep), wrong, progress)


@define(eq=False)
class Screening:
    """What the rules say of every row of a table. Rows are gone through when asked for, never all at once."""

    book: DatedRulebook
    source: Source
    reader: TableReader
    event: str | None
    keep: tuple[str, ...]
    wrong: OnWrong
    progress: Any = None
    """Called with the number of rows that are done, after each block."""
    _program: Program = Factory(Program)
    _services: dict[str, t.Term | None] = field(init=False)
    _counts: dict[str, Counts] | None = None

    def __attrs_post_init__(self) -> None:
        services, prepared = self.book.services, self._program.prepared
        self._services = {
            name: prepared(services[name]) if name in services else None for name in self.book.book.taxonomy.services
        }

    # -- row by row

    def batches(self) -> Iterator[Any]:
        """Record batches of the columns to keep, and of a column for each service with the status of each row."""
        for block in self._blocks():
            yield self._batch(block, self._answers(block))

    def _batch(self, block: Block, answers: Sequence[Truths | None]) -> Any:
        columns = [block.batch.column(name) for name in self.keep]
        columns += [_status_column(answer, block.batch.num_rows) for answer in answers]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    @property
    def schema(self) -> Any:
        """The schema of the answer."""
        kept = [self.source.schema.field(name) for name in self.keep]
        return pa.schema([*kept, *(pa.field(name, _STATUS, nullable=False) for name in self._services)])

    def to_arrow(self) -> Any:
        """The whole answer as a `pyarrow.Table`: as `batches`."""
        return pa.Table.from_batches(list(self.batches()), schema=self.schema)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The answer for whatever reads Arrow streams: Polars, DuckDB, pandas."""
        reader = pa.RecordBatchReader.from_batches(self.schema, self.batches())
        return reader.__arrow_c_stream__(requested_schema)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the answer to a Parquet file. It stands there under its name once it is whole, and not before."""
        target = Path(path)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        os.close(handle)
        counts = self._nobody()
        try:
            with parquet.ParquetWriter(name, self.schema) as writer:
                for block in self._blocks():
                    answers = self._answers(block)
                    writer.write_batch(self._batch(block, answers))
                    _add_up(counts, answers, block.batch.num_rows)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        self._counts = counts

    # -- added up

    def counts(self) -> Mapping[str, Counts]:
        """For each service how many rows are eligible, ineligible and undetermined."""
        if self._counts is None:
            counts = self._nobody()
            for block in self._blocks():
                _add_up(counts, self._answers(block), block.batch.num_rows)
            self._counts = counts
        return self._counts

    def by(self, groups: str | Sequence[str]) -> Mapping[str, Mapping[str, Counts]]:
        """The counts by segment (ids of segments), or by the values of a column that is kept.

        For segments there is also `NAME (not known)`: rows of which it is not known whether they belong to it.
        """
        names = [groups] if isinstance(groups, str) else list(groups)
        if len(names) == 1 and names[0] in self.source.schema.names:
            return self._by_column(names[0])
        segments = {name: self._program.prepared(self._segment(name)) for name in names}
        found: dict[str, dict[str, Counts]] = {}
        for block in self._blocks():
            answers = self._answers(block)
            for name, prepared in segments.items():
                belongs = block.condition(prepared)
                for label, rows in ((name, belongs.must), (f"{name} (not known)", belongs.may & ~belongs.must)):
                    _add_up(found.setdefault(label, self._nobody()), answers, block.batch.num_rows, rows)
        return found

    def _by_column(self, name: str) -> Mapping[str, Mapping[str, Counts]]:
        found: dict[str, dict[str, Counts]] = {}
        for block in self._blocks():
            answers = self._answers(block)
            for label, rows in _groups(block, name):
                _add_up(found.setdefault(label, self._nobody()), answers, block.batch.num_rows, rows)
        return found

    def _segment(self, name: str) -> t.Term:
        found = self.book.segments.get(name)
        if found is None:
            raise KeyError(f"there is no segment or column called {name!r}")
        return found

    def indicators(self, by: str | None = None) -> Mapping[str, Mapping[str, Measured]]:
        """Every indicator of the taxonomy on these rows, by its id; each for all (`""`), and by the values of a column
        that is kept. What is not known makes a share a range.
        """
        asked = self._indicators()
        services = {
            name: term
            for name, term in self._services.items()
            if term is not None and f'eligible("{name}")' in asked[1]
        }
        found: dict[str, dict[str, Tally]] = {name: {"": Tally()} for name in asked[0]}
        for block in self._blocks():
            known = with_eligibility(block, self.book, services)
            groups = [("", None), *(_groups(block, by) if by is not None else ())]
            for name, one in asked[0].items():
                of, counts = one.on(known)
                for label, rows in groups:
                    found[name][label] = found[name].get(label, Tally()).plus(of, counts, rows)
        return {name: {label: one.measured() for label, one in each.items()} for name, each in found.items()}

    def _indicators(self) -> tuple[dict[str, Asked], frozenset[str]]:
        """The indicators as of the date, prepared, and the facts that they read."""
        prepared: dict[str, Asked] = {}
        read: set[str] = set()
        for name, (of, counts) in self.book.indicators.items():
            prepared[name] = Asked(None if of is None else self._program.prepared(of), self._program.prepared(counts))
            read.update(t.facts_of(counts), t.facts_of(of) if of is not None else ())
        return prepared, frozenset(read)

    def deciding(self, service: str) -> Mapping[str, int]:
        """For the rows in which *service* is undetermined, how many want for each circumstance; the most wanted first.

        A row may want for several. In a large table the figures are estimates: of each block, some rows are asked.
        """
        condition = self.book.services.get(service)
        if condition is None:
            return {}
        prepared = self._program.prepared(condition)
        found: Counter[str] = Counter()
        for block in self._blocks():
            found.update(wanted(block, self.book, self.event, service, prepared))
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))

    # -- going through

    def _nobody(self) -> dict[str, Counts]:
        return dict.fromkeys(self._services, Counts(0, 0, 0))

    def _answers(self, block: Block) -> Sequence[Truths | None]:
        """What is known of the eligibility for each service; nothing for those without rules."""
        return [None if term is None else block.condition(term) for term in self._services.values()]

    def _blocks(self) -> Iterator[Block]:
        event = None if self.event is None else self.book.book.taxonomy.events[self.event]
        done = 0
        for block in Blocks(self.book, self._program, self.reader, event, self.wrong).of(self.source):
            yield block
            done += block.batch.num_rows
            if self.progress is not None:
                self.progress(done)


_STATUS = pa.dictionary(pa.int8(), pa.string())


def _status_column(answer: Truths | None, count: int) -> Any:
    indices = np.ones(count, np.int8) if answer is None else answer.must.view(np.int8) + answer.may.view(np.int8)
    return pa.DictionaryArray.from_arrays(pa.array(indices, pa.int8()), pa.array(STATUSES))


def _groups(block: Block, name: str) -> Iterator[tuple[str, Flags]]:
    """The rows of a block by the values of a column."""
    encoded = block.batch.column(name).dictionary_encode()
    codes = np.asarray(encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False))
    labels: list[str] = [*(str(one) for one in encoded.dictionary.to_pylist()), "(not known)"]
    for place, label in enumerate(labels):
        rows = codes == (place if place < len(labels) - 1 else -1)
        if rows.any():
            yield label, rows


def _add_up(counts: dict[str, Counts], answers: Sequence[Truths | None], count: int, rows: Flags | None = None) -> None:
    """Add the answers for a block of *count* rows to *counts*: of all rows, or of *rows* only."""
    chosen = count if rows is None else int(np.count_nonzero(rows))
    for (name, before), answer in zip(counts.items(), answers, strict=True):
        must, may = 0, chosen
        if answer is not None:
            must = int(np.count_nonzero(answer.must if rows is None else answer.must & rows))
            may = must
            if answer.may is not answer.must:
                may = int(np.count_nonzero(answer.may if rows is None else answer.may & rows))
        counts[name] = Counts(
            before.eligible + must, before.ineligible + chosen - may, before.undetermined + may - must
        )
