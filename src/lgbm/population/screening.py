"""A population screened: who is eligible for what, who is not, and of whom it is not known for want of which fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import Factory, define, evolve, field, frozen

from lgbm.errors import ProfileError
from lgbm.messages import profiles as say
from lgbm.messages.screening import nothing_happens
from lgbm.population.blocks import Block, Blocks, OnWrong
from lgbm.population.counted import Counted
from lgbm.population.grouping import Groups, by_value, groups
from lgbm.population.indicators import Measured, measured
from lgbm.population.kernel.columns import Flags, Truths
from lgbm.population.kernel.program import Program
from lgbm.population.library import pa
from lgbm.population.spectrum.placing import MANY, Spectrum, spectrum
from lgbm.population.tables.reader import TableReader, table_reader
from lgbm.population.tables.sources import Source, source_of
from lgbm.population.tables.streaming import Streaming
from lgbm.population.wanting import wanted
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook

if TYPE_CHECKING:
    from lgbm.population.movement.movement import Movement
    from lgbm.population.profiling.ranges import Exact
    from lgbm.population.segmentation import Segmentations
    from lgbm.population.takeup.missing_out import NotClaiming
    from lgbm.population.takeup.take_up import TakeUp

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
    reader = table_reader(book, source.schema, keep, as_text=source.as_text)
    return Screening(book, source, reader, event, tuple(keep), wrong, progress)


@define(eq=False, repr=False)
class Screening(Streaming):
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
        counts = self._nobody()
        for block in self._blocks():
            answers = self._answers(block)
            _add_up(counts, answers, block.batch.num_rows)
            yield self._batch(block, answers)
        self._counts = counts

    def _batch(self, block: Block, answers: Sequence[Truths | None]) -> Any:
        columns = [block.batch.column(name) for name in self.keep]
        columns += [_status_column(answer, block.batch.num_rows) for answer in answers]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    @property
    def schema(self) -> Any:
        """The schema of the answer."""
        kept = [self.source.schema.field(name) for name in self.keep]
        return pa.schema([*kept, *(pa.field(name, _STATUS, nullable=False) for name in self._services)])

    # -- added up

    def counts(self) -> Mapping[str, Counts]:
        """For each service how many rows are eligible, ineligible and undetermined."""
        if self._counts is None:
            counts = self._nobody()
            for block in self._blocks():
                _add_up(counts, self._answers(block), block.batch.num_rows)
            self._counts = counts
        services = self.book.book.taxonomy.services
        return Counted(self._counts, {name: one.named() for name, one in services.items()})

    def __repr__(self) -> str:
        after = f" after {self.event}" if self.event else ""
        return f"<Screening by {self.book.book.taxonomy.id} on {self.book.day}{after}: {len(self._services)} services>"

    def by(self, groups: str | Sequence[str]) -> Mapping[str, Mapping[str, Counts]]:
        """The counts by segment (ids of segments), or by the values of a column that is kept.

        For segments there is also `NAME (not known)`: rows of which it is not known whether they belong to it.
        """
        division = self._groups(groups)
        if division.column is not None:
            return self._by_column(division.column)
        found: dict[str, dict[str, Counts]] = {}
        for block in self._blocks():
            answers = self._answers(block)
            for name, prepared in division.segments.items():
                belongs = block.condition(prepared)
                for label, rows in ((name, belongs.must), (f"{name} (not known)", belongs.may & ~belongs.must)):
                    _add_up(found.setdefault(label, self._nobody()), answers, block.batch.num_rows, rows)
        return found

    def _by_column(self, name: str) -> Mapping[str, Mapping[str, Counts]]:
        found: dict[str, dict[str, Counts]] = {}
        for block in self._blocks():
            answers = self._answers(block)
            for label, rows in by_value(block, name):
                _add_up(found.setdefault(label, self._nobody()), answers, block.batch.num_rows, rows)
        return found

    def indicators(self, by: str | Sequence[str] | None = None) -> Mapping[str, Mapping[str, Measured]]:
        """Every indicator of the taxonomy on these rows, by its id; each for all (`""`), and *by* the values of a
        column that is kept, or by segments. What is not known (who belongs to a segment, too) makes a share a range.
        """
        return measured(self.book, self._program, self._blocks(), self._groups(by))

    def take_up(self, by: str | Sequence[str] | None = None) -> TakeUp:
        """For each service how many are entitled to it, receive it, and do not claim what they are entitled to; *by* as
        for `indicators`. With what that comes to in pounds, where the taxonomy states what a service pays.

        What is received stands in the column `receives`, or in one such as `receives("pension-credit")`. Where the
        table does not say who receives a service, nothing is known of that but who is entitled.
        """
        from lgbm.population.takeup.take_up import take_up

        return take_up(self.book, self._program, self._with_receipts(), self._groups(by))

    def movement(
        self,
        service: str | None = None,
        *,
        share: Exact | None = None,
        to: Exact | None = None,
        rise: Exact | None = None,
        by: str | Sequence[str] | None = None,
    ) -> Movement:
        """How the indicators move: with the event of this screening; or, with *service*, if more of those claimed it
        who are entitled to it. All of them, or a *share*; or as many as bring take-up *to* a share, or make it *rise*
        by one. *by* as for `indicators`, for who belongs to a group before.

        Raises `ProfileError` where there is neither an event nor a service, or a share that is none.
        """
        from lgbm.population.movement.movement import Rise
        from lgbm.population.movement.what_moves import moved_by_event, moved_by_take_up

        groups, taxonomy = self._groups(by), self.book.book.taxonomy
        if service is not None:
            if service not in self.book.services:
                raise ProfileError([say.unknown_service(service, self.book.services)])
            how = Rise(share, to, rise)
            return moved_by_take_up(self.book, self._program, self._with_receipts(), groups, service, how)
        if self.event is None:
            raise ProfileError([nothing_happens()])
        before = evolve(self, event=None)._blocks()
        return moved_by_event(self.book, self._program, before, groups, taxonomy.events[self.event])

    def not_claiming(self, service: str, *, possible: bool = True) -> NotClaiming:
        """The rows of those who are entitled to *service* and do not receive it: the columns to keep, whether that is
        certain or possible, and what they miss, where the taxonomy states it. Without *possible*, only certain ones.

        Raises `ProfileError` where there is no such service.
        """
        from lgbm.population.takeup.missing_out import not_claiming

        kept = [self.source.schema.field(name) for name in self.keep]
        return not_claiming(self.book, self._program, self._with_receipts, kept, service, possible)

    def segmentation(self, of: str | Sequence[str] | None = None) -> Segmentations:
        """How segments divide these rows: how many belong to each, to several, and to none, and whether the parts of a
        segment come to as many as the whole. *of* is a segment whose parts are asked about, or a list of segments that
        divide all rows; without it, every segment that has parts.

        Raises `ProfileError` for what is no segment, or has no parts.
        """
        from lgbm.population.segmentation import segmentation

        return segmentation(self.book, self._program, self._blocks(), of)

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

    def spectrum(
        self,
        services: Collection[str] | None = None,
        *,
        many: float = MANY,
        criticality: Mapping[str, str] | None = None,
    ) -> Spectrum:
        """Each service placed from standardised to personalised: by how diverse the demand of these rows is (beyond
        *many* kinds of case it counts as diverse), and by how critical the service is to those who need it.

        *criticality* maps services to `"low"` or `"high"`, in place of what the taxonomy states. *services* are ids;
        without them, all are placed. Raises `ProfileError` for what is none of these.
        """
        return spectrum(
            self.book, self._program, self._blocks(), self.event, services=services, many=many, criticality=criticality
        )

    # -- going through

    def _groups(self, by: str | Sequence[str] | None) -> Groups:
        return groups(self.book, self._program, self.source.schema, by)

    def _with_receipts(self) -> Iterator[Block]:
        """The blocks, with what is known of the receipt of every service."""
        receipts = tuple(f'receives("{name}")' for name in self._services)
        return evolve(self, reader=evolve(self.reader, receives=receipts))._blocks()

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
