"""Blocks answered for in this process and in others beside it, in the order in which they come.

The others are new interpreters that are sent rules and rows: they import nothing of the program that runs here, so that
it needs no `if __name__ == "__main__"`, and whatever ends this process ends them. Nothing is left to them that this
process could not do itself: when one of them cannot be started, or is killed, its rows are answered for here.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from time import perf_counter
from typing import Any, TypeAlias

from attrs import Factory, define, field, frozen

from lgbm.population.answering import Answer, Answering
from lgbm.population.blocks import Complaints
from lgbm.population.library import pa
from lgbm.population.sent import carried
from lgbm.population.tables.sources import Source
from lgbm.population.worker import Beginning

PAYS = 5.0
"""Seconds of work that are left, from which on other processes pay: each takes one or two until it is of use."""
_TELLING = 1.0
"""Seconds of work that have been done, before they tell how many are left: a block may be slow by chance."""
_MOST = 8
"""Processes at most, unless more are asked for: beyond, this one could not read fast enough for them."""
_AHEAD = 2
"""Blocks that another process is given at once: while it works on one, the next is on its way."""
_MARK = "LGBM_BESIDE"
"""In the environment of the others: they have no others of their own."""

Found: TypeAlias = tuple[Answer | None, Complaints]


@frozen(eq=False)
class Task:
    """Answers for all blocks of a table."""

    answering: Answering
    source: Source
    keep: tuple[str, ...]
    event: str | None
    processes: int | None
    """How many work on it; nothing: as many as there are cores, once there is enough left to do."""

    def columns(self) -> Sequence[str]:
        """Those that have to be sent: but for what only stands beside the answers."""
        kept = set(self.keep) - {self.answering.inquiry.column}
        return [name for name in self.source.schema.names if name not in kept]

    def beginning(self) -> bytes:
        """What others are told first."""
        keep = [name for name in self.keep if name == self.answering.inquiry.column]
        blocks = self.answering.blocks
        rules = carried(blocks.book, event=self.event, keep=keep, wrong=blocks.wrong)
        schema = pa.schema([self.source.schema.field(name) for name in self.columns()])
        inquiry, as_text = self.answering.inquiry, self.source.as_text
        return pickle.dumps(Beginning(rules, inquiry, schema.serialize().to_pybytes(), as_text))

    def others(self, taken: float, done: int) -> int:
        """How many processes to have beside this one, when *done* rows have taken so many seconds."""
        if not self.columns() or not can_have_others():
            return 0
        if self.processes is not None:
            return self.processes - 1
        total = self.source.count
        # Of a stream nobody knows how much is left: as much as there has been, say.
        left = taken if total is None else taken / max(done, 1) * (total - done)
        return min(cores(), _MOST) - 1 if taken > _TELLING and left > PAYS else 0


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_have_others() -> bool:
    """Whether there is an interpreter to start: not in a program that was frozen, nor in one that is beside another."""
    return bool(sys.executable) and not getattr(sys, "frozen", False) and _MARK not in os.environ


def in_order(task: Task) -> Iterator[tuple[Any, Answer]]:
    """Each block of the table with its answer; and `ProfileError` with all complaints at its end.

    After the first complaint that is refused, no answer is given.
    """
    complaints = Complaints()
    for batch, (answer, found) in _gone_through(task):
        complaints.add(found)
        if answer is not None and task.answering.blocks.goes_on_after(complaints):
            yield batch, answer
    if task.answering.blocks.wrong == "refuse":
        complaints.refuse()


def _gone_through(task: Task) -> Iterator[tuple[Any, Found]]:
    first, taken = 1, 0.0
    blocks = task.source.blocks()
    for batch in blocks:
        # There is nothing to share before there is a second block.
        several = first > 1 or (task.source.count or 0) > batch.num_rows
        others = task.others(taken, first - 1) if several else 0
        if others:
            beginning, columns = task.beginning(), task.columns()
            beside = [_Other(beginning, columns) for _ in range(others)]
            yield from _Sharing(task.answering, beside).of(batch, blocks, first)
            return
        start = perf_counter()
        found = task.answering.answer(batch, first)
        taken += perf_counter() - start
        yield batch, found
        first += batch.num_rows


# -- shared out


@define(eq=False)
class _Given:
    """A block that is being answered for, here or elsewhere."""

    batch: Any
    first: int
    elsewhere: Future[Found | None] | None = None
    found: Found | None = None

    @property
    def is_done(self) -> bool:
        return self.elsewhere is None or self.elsewhere.done()

    def is_free(self) -> bool:
        """Whether nobody has begun with it; then it is taken back from whom it was given to."""
        return self.elsewhere is not None and self.elsewhere.cancel()

    def answered(self, answering: Answering) -> Found:
        if self.found is None and self.elsewhere is not None:
            with suppress(CancelledError):
                self.found = self.elsewhere.result()
        if self.found is None:
            self.found, self.elsewhere = answering.answer(self.batch, self.first), None
        return self.found


@define(eq=False)
class _Sharing:
    """The blocks that are on their way. There are never more than a few, however long the table."""

    answering: Answering
    others: Sequence[_Other]
    given: deque[_Given] = Factory(deque[_Given])

    def of(self, batch: Any, blocks: Iterator[Any], first: int) -> Iterator[tuple[Any, Found]]:
        """All blocks from *batch* on, the first row of which has that number, with what is found."""
        problem: Exception | None = None
        try:
            while batch is not None:
                self._give(_Given(batch, first))
                first += batch.num_rows
                yield from self._ready(2 * len(self.others) * _AHEAD)
                try:
                    batch = next(blocks, None)
                except Exception as found:
                    # What came before something that cannot be read is answered, as it is by one process alone.
                    batch, problem = None, found
            yield from self._ready(0)
            if problem is not None:
                raise problem
        finally:
            for other in self.others:
                other.end()

    def _give(self, one: _Given) -> None:
        other = min(self.others, key=lambda each: each.waiting)
        if other.waiting < _AHEAD:
            one.elsewhere = other.give(one.batch, one.first)
        else:
            one.answered(self.answering)
        self.given.append(one)

    def _ready(self, most: int) -> Iterator[tuple[Any, Found]]:
        """What is done, in order; and as much more as leaves no more than *most* on their way."""
        while self.given and (len(self.given) > most or self.given[0].is_done):
            if not self.given[0].is_done:
                # Rather than wait, do something that nobody else has begun with.
                free = next((one for one in self.given if one.is_free()), self.given[0])
                free.answered(self.answering)
            else:
                one = self.given.popleft()
                yield one.batch, one.answered(self.answering)


# -- the others


@define(eq=False)
class _Other:
    """One process beside this one, and the thread that speaks with it."""

    beginning: bytes
    columns: Sequence[str]
    _process: subprocess.Popen[bytes] | None = field(init=False)
    _thread: ThreadPoolExecutor = field(init=False)
    _given: list[Future[Found | None]] = Factory(list[Future[Found | None]])

    def __attrs_post_init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._process = _started()

    @property
    def waiting(self) -> int:
        """How many blocks it has yet to answer for; as many as there can be, when it is no longer there."""
        self._given = [one for one in self._given if not one.done()]
        return len(self._given) if self._process is not None else sys.maxsize

    def give(self, batch: Any, first: int) -> Future[Found | None]:
        """Have it answer for a block; the answer is nothing when it cannot."""
        found = self._thread.submit(self._answer, batch, first)
        self._given.append(found)
        return found

    def _answer(self, batch: Any, first: int) -> Found | None:
        process, sent = self._process, _as_bytes(batch.select(self.columns))
        if process is None or sent is None:
            return None
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            if self.beginning:
                process.stdin.write(self.beginning)
                self.beginning = b""
            pickle.dump((first, sent), process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            found: Found | Exception = pickle.load(process.stdout)  # noqa: S301
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            # It was killed, or could not begin: this process does without.
            self._process = None
            _end(process)
            return None
        if isinstance(found, Exception):
            raise found
        return found

    def end(self) -> None:
        """End it, whatever it is doing: it keeps nothing."""
        process, self._process = self._process, None
        self._thread.shutdown(wait=False, cancel_futures=True)
        if process is not None:
            process.kill()
        self._thread.shutdown(wait=True)
        if process is not None:
            _end(process)


def _started() -> subprocess.Popen[bytes] | None:
    """A new interpreter with the modules of this one, or nothing where none can be started.

    An interrupt at the terminal is not for it.
    """
    path = [one for one in sys.path if isinstance(one, str)]  # pyright: ignore[reportUnnecessaryIsInstance]
    code = f"import sys; sys.path[:] = {path!r}; from lgbm.population.worker import serve; serve()"
    try:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, _MARK: "1"}, start_new_session=True,
        )  # fmt: skip
    except OSError:
        return None


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    with suppress(OSError), process:
        pass


def _as_bytes(batch: Any) -> Any:
    """A record batch as a stream of Arrow; nothing where it has columns that cannot be written."""
    written = pa.BufferOutputStream()
    try:
        with pa.ipc.new_stream(written, batch.schema) as stream:
            stream.write_batch(batch)
    except pa.ArrowException:
        return None
    return written.getvalue()
