"""Small counts hidden, and with them as many others as it takes so that no total gives them away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from lgbm.population.profiling.grid import HIDDEN, Grid, hidden_note
from lgbm.population.profiling.network import Arc, Network

MINIMUM = 5
"""Counts from 1 to 4 are hidden unless told otherwise. Nought is shown: there is nobody to be recognised."""

_CELL, _TOTAL, _ALL = 10**15, 8 * 10**15, 64 * 10**15
"""What it weighs to hide a cell, a total, and the total of all: one total less is worth eight cells."""

_LAST = "total"


@frozen
class Published:
    """Counts by row and column with their totals, as they may be shown. `None` is hidden.

    Whoever sees them, and knows that only counts from 1 up are hidden, can tell each hidden count no closer than to a
    range that is wider than *minimum*. It protects one table: two tables of the same people, broken down in two ways,
    can give away more than each does.
    """

    minimum: int
    cells: Mapping[tuple[str, str], int | None]
    rows: Mapping[str, int | None]
    columns: Mapping[str, int | None]
    total: int | None

    def grid(self, title: str = "") -> Grid:
        """The table as it may be shown."""
        lines = [
            (row, *(_shown(self.cells[row, column]) for column in self.columns), _shown(total))
            for row, total in self.rows.items()
        ]
        lines.append((_LAST, *map(_shown, self.columns.values()), _shown(self.total)))
        some = any(HIDDEN in line for line in lines)
        return Grid(title, ("", *self.columns, _LAST), tuple(lines), (hidden_note(self.minimum),) if some else ())


def suppressed(counts: Mapping[tuple[str, str], int], minimum: int = MINIMUM) -> Published:
    """*counts* by row and column, with totals, as they may be published. A cell that is not there is nought."""
    rows = list(dict.fromkeys(row for row, _ in counts))
    columns = list(dict.fromkeys(column for _, column in counts))
    all_of_them = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    by_row = {row: sum(all_of_them[row, column] for column in columns) for row in rows}
    by_column = {column: sum(all_of_them[row, column] for row in rows) for column in columns}
    total = sum(by_row.values())
    keys: list[tuple[str, ...]] = [*all_of_them, *((_LAST, row) for row in rows)]
    arcs = [Arc(("row", row), ("column", column), n, _CELL + n) for (row, column), n in all_of_them.items()]
    arcs += [Arc(("columns",), ("row", row), n, _TOTAL + n) for row, n in by_row.items()]
    arcs += [Arc(("column", column), ("rows",), n, _TOTAL + n) for column, n in by_column.items()]
    arcs.append(Arc(("rows",), ("columns",), total, _ALL + total))
    hidden = _protected(arcs, minimum)
    shown = [None if number in hidden else arc.count for number, arc in enumerate(arcs)]
    cells, last_column, last_row = len(all_of_them), len(keys), len(arcs) - 1
    return Published(
        minimum,
        dict(zip(all_of_them, shown[:cells], strict=True)),
        dict(zip(rows, shown[cells:last_column], strict=True)),
        dict(zip(columns, shown[last_column:last_row], strict=True)),
        shown[last_row],
    )


def suppressed_list(counts: Mapping[str, int], minimum: int = MINIMUM) -> tuple[dict[str, int | None], int | None]:
    """*counts* that add up to one total, and that total, as they may be published."""
    total = sum(counts.values())
    arcs = [Arc("parts", "total", count, _CELL + count) for count in counts.values()]
    arcs.append(Arc("total", "parts", total, _TOTAL + total))
    hidden = _protected(arcs, minimum)
    shown = [None if number in hidden else arc.count for number, arc in enumerate(arcs)]
    return dict(zip(counts, shown[:-1], strict=True)), shown[-1]


def _protected(arcs: list[Arc], minimum: int) -> set[int]:
    """The counts to hide: the small ones, and others until each hidden one can be anything in a wide range."""
    network = Network(arcs, {number for number, arc in enumerate(arcs) if 0 < arc.count < minimum})
    # Hiding more never narrows what is hidden already, so that each count need be looked at once.
    waiting = sorted(network.hidden)
    while waiting:
        number = waiting.pop()
        if network.width(number, minimum + 1) <= minimum:
            more = network.cover(number, minimum + 1) - network.hidden
            network.hidden |= more
            waiting += sorted(more)
    return network.hidden


def _shown(count: int | None) -> str:
    return HIDDEN if count is None else f"{count:,}"


def counts_of(pairs: Iterable[tuple[tuple[str, str], int]]) -> dict[tuple[str, str], int]:
    """Counts by row and column, added up."""
    found: dict[tuple[str, str], int] = {}
    for key, count in pairs:
        found[key] = found.get(key, 0) + count
    return found
