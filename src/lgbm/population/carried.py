"""Rules on their way to where the rows are, as to another machine: asked there of the rows that there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from lgbm.population.counted import Counts
from lgbm.population.screening import Screening, screen
from lgbm.population.sent import Carried, carried

__all__ = ["Carried", "answered", "carried", "counted"]


def answered(asked: Carried, batches: Iterable[Any]) -> Iterator[Any]:
    """For record batches of citizens, record batches of answers: as `Screening.batches`."""
    found = _screening(asked, batches)
    if found is not None:
        yield from found.batches()


def counted(asked: Carried, batches: Iterable[Any]) -> dict[str, Counts]:
    """How the rows of record batches are counted: as `Screening.counts`. Without any batch, nothing is."""
    found = _screening(asked, batches)
    return {} if found is None else dict(found.counts())


def _screening(asked: Carried, batches: Iterable[Any]) -> Screening | None:
    book = asked.book()
    left = iter(batches)
    first = next(left, None)
    if first is None:
        return None
    return screen(book, chain([first], left), event=asked.event, keep=asked.keep, wrong=asked.wrong)
