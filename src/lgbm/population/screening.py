"""A population screened: who is eligible for what, who is not, and of whom it is not known for want of which fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import Factory, define, evolve, field

from lgbm.errors import ProfileError
from lgbm.messages import profiles as say
from lgbm.messages.screening import nothing_happens
from lgbm.population.answering import STATUSES, Answer, Answering, Inquiry, Tally, counts, nobody
from lgbm.population.beside import Task, in_order
from lgbm.population.blocks import Block, Blocks, OnWrong
from lgbm.population.counted import Counted, Counts
from lgbm.population.grouping import ALL, Groups, groups
from lgbm.population.indicators import Measured, measured
from lgbm.population.kernel.program import Program
from lgbm.population.library import pa
from lgbm.population.spectrum.placing import MANY, Spectrum, spectrum
from lgbm.population.tables.reader import TableReader, table_reader
from lgbm.population.tables.sources import Source, source_of
from lgbm.population.tables.streaming import Streaming
from lgbm.population.wanting import wanted
from lgbm.rules.rulebook import DatedRulebook

if TYPE_CHECKING:
    from lgbm.population.movement.movement import Movement
    from lgbm.population.profiling.ranges import Exact
    from lgbm.population.segmentation import Segmentations
    from lgbm.population.takeup.missing_out import NotClaiming
    from lgbm.population.takeup.take_up import TakeUp

__all__ = ["STATUSES", "Counts", "Screening", "screen"]


def screen(
    book: DatedRulebook,
    table: Any,
    *,
    event: str | None = None,
    keep: Sequence[str] = (),
    wrong: OnWrong = "refuse",
    progress: Callable[[int], None] | None = None,
    processes: int | None = 1,
) -> Screening:
    """Who is eligible for what among the citizens of *table*, by the rules of a date: see `Model.screen`."""
    if processes is not None and processes < 1:
        raise ValueError("a table is screened by one process at least")
    events = book.book.taxonomy.events
    if event is not None and event not in events:
        raise ProfileError([say.unknown_event(event, events)])
    source = source_of(table)
    reader = table_reader(book, source.schema, keep, as_text=source.as_text)
    return Screening(book, source, reader, event, tuple(keep), wrong, progress, processes)


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
    processes: int | None = 1
    """How many share the work; nothing: as many as there are cores, where that pays."""
    _program: Program = Factory(Program)
    _services: tuple[str, ...] = field(init=False)
    _counts: dict[str, Counts] | None = None

    def __attrs_post_init__(self) -> None:
        self._services = tuple(self.book.book.taxonomy.services)

    # -- row by row

    def batches(self) -> Iterator[Any]:
        """Record batches of the columns to keep, and of a column for each service with the status of each row."""
        found = nobody(len(self._services))
        for batch, answer in self._answered(Inquiry(statuses=True)):
            found += answer.tallies[ALL]
            columns = [batch.column(name) for name in self.keep]
            columns += [_status_column(codes) for codes in answer.statuses]
            yield pa.RecordBatch.from_arrays(columns, schema=self.schema)
        self._counts = counts(found, self._services)

    @property
    def schema(self) -> Any:
        """The schema of the answer."""
        kept = [self.source.schema.field(name) for name in self.keep]
        return pa.schema([*kept, *(pa.field(name, _STATUS, nullable=False) for name in self._services)])

    # -- added up

    def counts(self) -> Mapping[str, Counts]:
        """For each service how many rows are eligible, ineligible and undetermined."""
        if self._counts is None:
            self._counts = self._counted(Inquiry()).get(ALL) or counts(nobody(len(self._services)), self._services)
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
        return self._counted(
            Inquiry(everybody=False, column=division.column, segments=tuple(division.segments)),
        )

    def _counted(self, inquiry: Inquiry) -> Mapping[str, dict[str, Counts]]:
        found: dict[str, Tally] = {}
        for _, answer in self._answered(inquiry):
            for label, tally in answer.tallies.items():
                found[label] = found[label] + tally if label in found else tally
        return {label: counts(tally, self._services) for label, tally in found.items()}

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
        No fact decides a service without rules. Raises `ProfileError` where there is no such service.
        """
        if service not in self._services:
            raise ProfileError([say.unknown_service(service, self._services)])
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

    def _answered(self, inquiry: Inquiry) -> Iterator[tuple[Any, Answer]]:
        """Every block and what is answered of it, by one process or by several."""
        answering = Answering.of(inquiry, self.book, self._program, self.reader, self.event, self.wrong)
        done = 0
        for batch, answer in in_order(Task(answering, self.source, self.keep, self.event, self.processes)):
            yield batch, answer
            done += batch.num_rows
            if self.progress is not None:
                self.progress(done)

    def _blocks(self) -> Iterator[Block]:
        event = None if self.event is None else self.book.book.taxonomy.events[self.event]
        done = 0
        for block in Blocks(self.book, self._program, self.reader, event, self.wrong).of(self.source):
            yield block
            done += block.batch.num_rows
            if self.progress is not None:
                self.progress(done)


_STATUS = pa.dictionary(pa.int8(), pa.string())


def _status_column(codes: Any) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int8()), pa.array(STATUSES))
