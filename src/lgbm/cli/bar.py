"""How far a long command has come, on a terminal."""

from __future__ import annotations

import shutil
from types import TracebackType
from typing import TextIO

from attrs import define

_WIDEST = 40


@define
class Bar:
    """One line on a terminal, drawn again and again, and gone at the end. Elsewhere, nothing."""

    stream: TextIO
    total: int | None = None
    """How many rows there are; nothing where that is not known beforehand."""

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.stream.isatty():
            print("\r\x1b[K", end="", file=self.stream, flush=True)

    def reach(self, rows: int) -> None:
        """So many rows are done."""
        if self.stream.isatty():
            width = shutil.get_terminal_size().columns - 1
            print(f"\r{self._line(rows, width)[:width]}", end="", file=self.stream, flush=True)

    def _line(self, rows: int, width: int) -> str:
        if not self.total:
            return f"{rows:,} citizens"
        share = min(rows / self.total, 1)
        total = f"{self.total:,}"
        words = f" {share:4.0%}  {rows:>{len(total)},} of {total} citizens"
        places = max(0, min(_WIDEST, width - len(words) - 2))
        done = int(share * places)
        return f"[{'#' * done}{'.' * (places - done)}]{words}"
