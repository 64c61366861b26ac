"""Where the boxes of a picture stand: the columns are given, so what is left is the order in each, and how high.

A long arrow has a lane through each column that it goes past, so that it never crosses a box. The order in a column
follows the mean place of the neighbours, column by column, to and fro; the order with the fewest crossings is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import define, frozen

Beside: TypeAlias = list[tuple[str, int]]
"""What a cell is joined to, and how much each counts."""

_SWEEPS = 12
_SETTLINGS = 6
_GAP = 10.0
_LANE = 6.0


@frozen
class Link:
    """What joins two cells of neighbouring columns."""

    source: str
    target: str
    weight: int = 1


@define
class Cell:
    """A box, or the lane of a long arrow, in a column. Heights and places are in pixels."""

    id: str
    column: int
    height: float
    lane: bool = False
    top: float = 0.0

    @property
    def middle(self) -> float:
        """Half-way down."""
        return self.top + self.height / 2


@frozen
class Layout:
    """Cells by column, from top to bottom, and through which cells each arrow goes."""

    columns: tuple[tuple[Cell, ...], ...]
    routes: Mapping[tuple[str, str], tuple[str, ...]]
    height: float

    @property
    def cells(self) -> dict[str, Cell]:
        """Every cell by its id."""
        return {cell.id: cell for column in self.columns for cell in column}


def laid_out(
    columns: Sequence[Sequence[str]], heights: Mapping[str, float], arrows: Mapping[tuple[str, str], int]
) -> Layout:
    """The boxes of *columns*, so high, with *arrows* (and how much each counts) from left to right.

    Arrows within a column have no lane, and make no difference to where anything stands.
    """
    cells = [[Cell(one, place, heights[one]) for one in column] for place, column in enumerate(columns)]
    at = {one: place for place, column in enumerate(columns) for one in column}
    routes: dict[tuple[str, str], tuple[str, ...]] = {}
    links: dict[tuple[str, str], int] = {}
    shared = Counter(one for pair in arrows if at[pair[1]] - at[pair[0]] > 1 for one in pair)
    for (source, target), weight in arrows.items():
        route = [source]
        for place in range(at[source] + 1, at[target]):
            # Long arrows from one box, or to one, share their lane.
            lane = f"{max(source, target, key=lambda one: shared[one])} past {place}"
            if all(cell.id != lane for cell in cells[place]):
                cells[place].append(Cell(lane, place, _LANE, lane=True))
            route.append(lane)
        routes[source, target] = (*route, target)
        if at[source] < at[target]:
            for pair in zip(route, (*route[1:], target), strict=True):
                links[pair] = links.get(pair, 0) + weight
    listed = [Link(source, target, weight) for (source, target), weight in links.items()]
    ordered = _ordered(cells, listed)
    height = _placed(ordered, listed)
    return Layout(tuple(map(tuple, ordered)), routes, height)


# -- the order in each column


def _ordered(columns: list[list[Cell]], links: Sequence[Link]) -> list[list[Cell]]:
    """The order with the fewest crossings that sweeping to and fro comes to."""
    left, right = _neighbours(links)
    best, fewest = columns, crossings(columns, links)
    current = [list(column) for column in columns]
    for sweep in range(_SWEEPS):
        forth = sweep % 2 == 0
        for place in range(len(current)) if forth else reversed(range(len(current))):
            places = {
                cell.id: index / max(1, len(column) - 1) for column in current for index, cell in enumerate(column)
            }
            current[place] = _by_mean(current[place], left if forth else right, places)
        found = crossings(current, links)
        if found < fewest:
            best, fewest = [list(column) for column in current], found
    return best


def _by_mean(column: Sequence[Cell], beside: Mapping[str, Beside], places: Mapping[str, float]) -> list[Cell]:
    def mean(cell: Cell) -> float:
        found = beside.get(cell.id, ())
        whole = sum(weight for _, weight in found)
        return sum(places[one] * weight for one, weight in found) / whole if whole else places[cell.id]

    means = {cell.id: mean(cell) for cell in column}
    return sorted(column, key=lambda cell: means[cell.id])


def _neighbours(links: Sequence[Link]) -> tuple[dict[str, Beside], dict[str, Beside]]:
    left: dict[str, Beside] = {}
    right: dict[str, Beside] = {}
    for link in links:
        left.setdefault(link.target, []).append((link.source, link.weight))
        right.setdefault(link.source, []).append((link.target, link.weight))
    return left, right


def crossings(columns: Sequence[Sequence[Cell]], links: Sequence[Link]) -> int:
    """How often two links cross."""
    place = {cell.id: index for column in columns for index, cell in enumerate(column)}
    at = {cell.id: cell.column for column in columns for cell in column}
    count = 0
    for start in range(len(columns) - 1):
        ends = sorted((place[one.source], place[one.target]) for one in links if at[one.source] == start)
        targets = [target for _, target in ends]
        # Sorted by where they begin (then end), two cross where the later one ends above the earlier.
        count += sum(other < one for index, one in enumerate(targets) for other in targets[index + 1 :])
    return count


# -- how high each stands


def _placed(columns: Sequence[Sequence[Cell]], links: Sequence[Link]) -> float:
    """Put each cell near to the middle of its neighbours, without any two touching; how high it all becomes."""
    height = max((_stacked(column) for column in columns), default=0.0)
    left, right = _neighbours(links)
    for column in columns:
        _spread(column, (height - _stacked(column)) / 2)
    cells = {cell.id: cell for column in columns for cell in column}
    for _ in range(_SETTLINGS):
        for order, beside in ((columns, left), (columns[::-1], right), (columns, _both(left, right))):
            for column in order:
                _settle(column, _wished(beside, cells), height)
    return height


def _both(left: Mapping[str, Beside], right: Mapping[str, Beside]) -> dict[str, Beside]:
    return {one: [*left.get(one, ()), *right.get(one, ())] for one in left.keys() | right.keys()}


def _stacked(column: Sequence[Cell]) -> float:
    return sum(cell.height + _GAP for cell in column) - _GAP if column else 0.0


def _spread(column: Sequence[Cell], top: float) -> None:
    for cell in column:
        cell.top = top
        top += cell.height + _GAP


def _wished(beside: Mapping[str, Beside], cells: Mapping[str, Cell]) -> Callable[[Cell], float]:
    def wish(cell: Cell) -> float:
        found = beside.get(cell.id, ())
        whole = sum(weight for _, weight in found)
        return sum(cells[one].middle * weight for one, weight in found) / whole if whole else cell.middle

    return wish


def _settle(column: Sequence[Cell], wish: Callable[[Cell], float], height: float) -> None:
    """Cells that would stand in each other's way share the mean of their wishes, and move as one."""
    runs: list[list[Cell]] = []
    tops: list[float] = []
    for cell in column:
        runs.append([cell])
        tops.append(wish(cell) - cell.height / 2)
        while len(runs) > 1 and tops[-2] + _stacked(runs[-2]) + _GAP > tops[-1]:
            later, top = runs.pop(), tops.pop()
            # Where the first of each run would like the whole to begin.
            shift = _stacked(runs[-1]) + _GAP
            mine, others = len(runs[-1]), len(later)
            tops[-1] = (tops[-1] * mine + (top - shift) * others) / (mine + others)
            runs[-1] += later
    for run, top in zip(runs, tops, strict=True):
        _spread(run, top)
    for cells, bounded in ((column, _not_above(0.0)), (column[::-1], _not_below(height))):
        bounded(cells)


def _not_above(edge: float) -> Callable[[Sequence[Cell]], None]:
    def push(column: Sequence[Cell]) -> None:
        free = edge
        for cell in column:
            cell.top = max(cell.top, free)
            free = cell.top + cell.height + _GAP

    return push


def _not_below(edge: float) -> Callable[[Sequence[Cell]], None]:
    def push(column: Sequence[Cell]) -> None:
        free = edge
        for cell in column:
            cell.top = min(cell.top, free - cell.height)
            free = cell.top - _GAP

    return push


def lanes(layout: Layout) -> Iterator[Cell]:
    """The lanes of long arrows."""
    return (cell for column in layout.columns for cell in column if cell.lane)
