"""The one kind of plot that profiles need: a bar for each row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, TypeAlias

from lgbm.population.profiling.ranges import Range

Axes: TypeAlias = Any
"""A `matplotlib.axes.Axes`. Whoever draws nothing needs no matplotlib."""

_BAR, _BOUND, _LINE = "#3b6ea5", "#1d3650", "#777777"


def bars(ranges: Mapping[str, Range], title: str, unit: str, line: int | None, ax: Axes | None) -> Axes:
    """A bar up to the middle of each range, with its bounds; the first is on top. *line* is drawn for comparison."""
    drawn: Axes = ax if ax is not None else axes(len(ranges))
    names = list(ranges)
    middles = [float(one.low + one.high) / 2 for one in ranges.values()]
    bounds = [float(one.high - one.low) / 2 for one in ranges.values()]
    drawn.barh(range(len(names)), middles, xerr=bounds if any(bounds) else None, color=_BAR, ecolor=_BOUND, capsize=3)
    drawn.set_yticks(range(len(names)), names)
    drawn.invert_yaxis()
    if line is not None:
        drawn.axvline(line, color=_LINE, linewidth=1, linestyle="--")
    drawn.set_title(title)
    drawn.set_xlabel(unit)
    return drawn


def axes(count: int, wide: float = 7) -> Axes:
    """Axes with room for so many rows, so many inches *wide*."""
    try:
        plotting: Any = import_module("matplotlib.pyplot")
    except ImportError as problem:
        raise ImportError('plots need matplotlib: install "lgbm[plots]"') from problem
    return plotting.subplots(figsize=(wide, 1.2 + 0.4 * max(1, count)), layout="constrained")[1]
