"""A process beside another that screens: it answers for the blocks that it is sent, and ends with the other.

It is started by `beside.py` alone, as a new interpreter that imports nothing of the program that is running there.
"""

from __future__ import annotations

import os
import pickle
import sys
import traceback
from typing import Any, BinaryIO

from attrs import frozen

from lgbm.population.answering import Answering, Inquiry
from lgbm.population.kernel.program import Program
from lgbm.population.library import pa
from lgbm.population.sent import Carried
from lgbm.population.tables.reader import table_reader


@frozen(eq=False)
class Beginning:
    """What a worker is told first."""

    rules: Carried
    inquiry: Inquiry
    schema: Any
    """Of the columns that are sent, as bytes."""
    as_text: bool

    def answering(self) -> Answering:
        """Ready to answer."""
        book, asked = self.rules.book(), self.rules
        schema = pa.ipc.read_schema(pa.py_buffer(self.schema))
        reader = table_reader(book, schema, asked.keep, as_text=self.as_text)
        return Answering.of(self.inquiry, book, Program(), reader, asked.event, asked.wrong)


def serve() -> None:
    """Answer for one block after the other, until there are no more, or whoever sends them is no longer there."""
    # What is printed here by anybody must not come between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        _serve(sys.stdin.buffer, answers)
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        # Nobody wants to know any more. Buffers are not written: there is nobody to read them.
        os._exit(0)


def _serve(blocks: BinaryIO, answers: BinaryIO) -> None:
    beginning: Beginning = pickle.load(blocks)  # noqa: S301
    answering: Answering | None = None
    while True:
        first, sent = pickle.load(blocks)  # noqa: S301
        try:
            answering = answering or beginning.answering()
            with pa.ipc.open_stream(sent) as stream:
                found: object = answering.answer(stream.read_next_batch(), first)
        except Exception as problem:
            found = _can_be_sent(problem)
        pickle.dump(found, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()
        del found, sent


def _can_be_sent(problem: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(problem))  # noqa: S301
    except Exception:
        return RuntimeError("".join(traceback.format_exception(problem)))
    return problem
