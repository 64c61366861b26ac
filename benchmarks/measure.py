"""Timing things against each other, and saying how they compare."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from time import perf_counter
from typing import Any

from attrs import frozen

ROUNDS = 11
_ENOUGH = 0.01
"""Seconds that one turn should take at least, so that the clock and what else runs weigh little."""


@frozen
class Line:
    """One measurement beside another: *ratio* is how many times the one takes of what the other takes."""

    what: str
    ours: float
    """Seconds."""
    theirs: float | None = None
    beside: str = ""
    limit: float | None = None
    """The greatest ratio that is still a pass; at least this many times faster, if *faster*."""
    faster: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times what *beside* takes; how many times faster than it, if *faster*."""
        if self.theirs is None:
            return None
        return self.theirs / self.ours if self.faster else self.ours / self.theirs

    @property
    def verdict(self) -> str:
        """`PASS` or `over`; nothing where there is no limit."""
        if self.limit is None or self.ratio is None:
            return ""
        return "PASS" if (self.ratio >= self.limit if self.faster else self.ratio <= self.limit) else "over"


def interleaved(
    turns: Mapping[str, tuple[Callable[[Any], object], Sequence[Any]]], rounds: int = ROUNDS, whole: bool = False
) -> dict[str, float]:
    """Seconds that each function takes for one of its inputs: the median of *rounds*, the functions taking turns.

    A turn goes over all inputs, as often as it takes for the clock to be no matter; *whole* turns go over them once.
    """
    times: dict[str, list[float]] = {name: [] for name in turns}
    again = {name: 1 if whole else _repeats(function, inputs) for name, (function, inputs) in turns.items()}
    for _ in range(rounds):
        for name, (function, inputs) in turns.items():
            if whole:
                gc.collect()
            times[name].append(_turn(function, inputs, again[name]))
    return {name: median(found) for name, found in times.items()}


def _turn(function: Callable[[Any], object], inputs: Sequence[Any], again: int) -> float:
    start = perf_counter()
    for _ in range(again):
        for one in inputs:
            function(one)
    return (perf_counter() - start) / (again * len(inputs))


def _repeats(function: Callable[[Any], object], inputs: Sequence[Any]) -> int:
    taken = _turn(function, inputs, 1) * len(inputs)
    return max(1, round(_ENOUGH / taken))


def shown(lines: Sequence[Line]) -> str:
    """The lines as a table."""
    rows = [("what", "takes", "beside", "which takes", "ratio", "limit", "")]
    for line in lines:
        by = "x faster" if line.faster else "x"
        ratio = f"{line.ratio:.2f} {by}" if line.ratio is not None else ""
        limit = f"{'>=' if line.faster else '<='} {line.limit:.2f}" if line.limit is not None else ""
        theirs = _time(line.theirs) if line.theirs is not None else ""
        rows.append((line.what, _time(line.ours), line.beside, theirs, ratio, limit, line.verdict))
    widths = [max(len(row[column]) for row in rows) for column in range(7)]
    right = (1, 3, 4, 5)
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _time(seconds: float) -> str:
    return f"{seconds * 1e6:.1f} µs" if seconds < 1e-3 else f"{seconds * 1e3:.1f} ms"
