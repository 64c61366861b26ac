"""Single cells of a table of transactions, read one by one, with all that is wrong kept until the end."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from attrs import define, field

from lgbm.errors import Diagnostic
from lgbm.messages import transactions as say
from lgbm.population.profiling.periods import Period, TwoReadings, period_from

_MOST_UNKNOWN = 20
"""Different unknown ids of one column that are told one by one."""


@define
class Cells:
    """What did not fit, by column and what is wrong with it: the row, and what stands there."""

    wrong: dict[tuple[str, str], list[tuple[int, object]]] = field(
        factory=dict[tuple[str, str], list[tuple[int, object]]]
    )
    count: int = 0
    """How many did not fit."""
    _periods: dict[object, Period] = field(factory=dict[object, Period])

    def id_reader(self, name: str, known: Mapping[str, object], *, needed: bool) -> Callable[[int, object], str | None]:
        """A reader of the ids of a section."""

        def read(row: int, value: object) -> str | None:
            if isinstance(value, str) and value in known:
                return value
            if nothing(value):
                if needed:
                    self._wrong(name, "empty", row, None)
            else:
                self._wrong(name, "unknown", row, value)
            return None

        return read

    def count_reader(self, name: str, *, needed: bool) -> Callable[[int, object], int | None]:
        """A reader of counts."""

        def read(row: int, value: object) -> int | None:
            if nothing(value):
                if needed:
                    self._wrong(name, "empty", row, None)
                return None
            found = whole_number(value)
            if found is None:
                self._wrong(name, "count", row, value)
            return found

        return read

    def period(self, row: int, value: object) -> Period | None:
        """A period; a calendar year may be a number."""
        found = self._periods.get(value) if isinstance(value, str) else None
        if found is not None:
            return found
        if nothing(value):
            self._wrong("period", "empty", row, None)
            return None
        try:
            found = period_from(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None
        except TwoReadings:
            self._wrong("period", "two", row, value)
            return None
        if found is None:
            self._wrong("period", "period", row, value)
        else:
            self._periods[value] = found
        return found

    def text(self, row: int, value: object) -> str | None:  # noqa: ARG002
        """Any words."""
        return None if nothing(value) else str(value)

    def _wrong(self, name: str, why: str, row: int, value: object) -> None:
        self.wrong.setdefault((name, why), []).append((row, value))
        self.count += 1

    def complaints(self, known: Callable[[str], Mapping[str, object]]) -> Iterator[Diagnostic]:
        """Everything that did not fit, each sort of it once."""
        for (name, why), cells in self.wrong.items():
            if why == "empty":
                yield say.empty_cells(name, [row for row, _ in cells])
            elif why == "count":
                yield say.wrong_count(name, cells)
            elif why == "period":
                yield say.wrong_period(cells)
            elif why == "two":
                yield say.year_or_month(cells)
            else:
                by_value: dict[str, list[int]] = {}
                for row, value in cells:
                    by_value.setdefault(str(value), []).append(row)
                for value, rows in list(by_value.items())[:_MOST_UNKNOWN]:
                    yield say.unknown_id(name, value, rows, known(name))


def nothing(value: object) -> bool:
    """Whether a cell says nothing: null, empty text, or a float that is no number."""
    return value is None or (isinstance(value, str) and not value.strip()) or (value != value)  # noqa: PLR0124


def whole_number(value: object) -> int | None:
    """The count that a cell states, or nothing. A float will do where it is whole: pandas makes them of counts."""
    match value:
        case bool():
            return None
        case int():
            return value if value >= 0 else None
        case float() | Decimal():
            return int(value) if math.isfinite(value) and value >= 0 and value == int(value) else None
        case str():
            text = value.strip()
            return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
        case _:
            return None
