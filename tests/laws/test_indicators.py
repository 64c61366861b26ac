"""The range of an indicator is what all ways in which the unknown may turn out span, and not a hair more."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lgbm.population.indicators import Tally
from lgbm.population.kernel.columns import Truths

rows = st.tuples(st.sampled_from([True, False, None]), st.sampled_from([True, False, None]))


def truths(values: list[bool | None]) -> Truths:
    return Truths(
        np.array([one is True for one in values], np.bool_), np.array([one is not False for one in values], np.bool_)
    )


def shares(people: list[tuple[bool | None, bool | None]]) -> list[Fraction]:
    """The share in every way in which the unknown may turn out; none where the indicator then speaks of nobody."""
    ways = [[(of, counts) for of in _ways(one[0]) for counts in _ways(one[1])] for one in people]
    found: list[Fraction] = []
    for each in product(*ways):
        among = [counts for of, counts in each if of]
        if among:
            found.append(Fraction(sum(among), len(among)))
    return found


def _ways(value: bool | None) -> list[bool]:
    return [True, False] if value is None else [value]


@given(st.lists(rows, max_size=5))
def test_the_range_is_that_of_all_ways_to_turn_out(people: list[tuple[bool | None, bool | None]]) -> None:
    """Tried one by one."""
    found = Tally().plus(truths([of for of, _ in people]), truths([counts for _, counts in people])).measured()
    possible = shares(people)

    assert (found.low, found.high) == ((min(possible), max(possible)) if possible else (None, None))


@given(st.lists(rows, max_size=8), st.integers(0, 8))
def test_rows_may_come_in_any_parts(people: list[tuple[bool | None, bool | None]], cut: int) -> None:
    """Two tables after each other are as one."""

    def tally(before: Tally, some: list[tuple[bool | None, bool | None]]) -> Tally:
        return before.plus(truths([of for of, _ in some]), truths([counts for _, counts in some]))

    assert tally(tally(Tally(), people[:cut]), people[cut:]) == tally(Tally(), people)
