"""Which facts undecided rows want for: the answer for one citizen, asked of some of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from lgbm.model.facts import Person, Unknown, as_fact
from lgbm.population.blocks import Block
from lgbm.resolve import resolved
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook

ASKED = 200
"""Undecided rows of a block that are asked one by one, evenly spread over it."""


def wanted(block: Block, book: DatedRulebook, event: str | None, service: str, prepared: t.Term) -> Counter[str]:
    """For each circumstance, of how many rows of the block the service is undecided for want of it.

    Where more than `ASKED` rows are undecided, so many of them are asked, and stand for all.
    """
    found = block.condition(prepared)
    rows = np.flatnonzero(found.may & ~found.must)
    asked = rows if len(rows) <= ASKED else rows[np.linspace(0, len(rows) - 1, ASKED).astype(np.int64)]
    columns = {name: column.take(asked).listed() for name, column in block.stated.items()}
    tally: Counter[str] = Counter()
    for place in range(len(asked)):
        answer = resolved(book, _profile(columns, place), event, str)
        tally.update(answer[service].missing)
    return Counter({name: round(count * len(rows) / len(asked)) for name, count in tally.items()})


def _profile(columns: Mapping[str, list[Any]], place: int) -> dict[str, Any]:
    return {
        name: as_fact(_plain(values[place]), name)
        for name, values in columns.items()
        if not isinstance(values[place], Unknown)
    }


def _plain(value: Any) -> Any:
    """A value without the doubts in it: what is not known of a person is left out."""
    if isinstance(value, Person):
        return dict(value)
    if isinstance(value, tuple):
        return tuple(_plain(one) for one in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return value
