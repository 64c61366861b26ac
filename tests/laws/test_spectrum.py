"""Laws of the spectrum: the range of kinds of case holds whatever the truth may be, and order does not matter."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lgbm.population.spectrum.diversity import Kinds, kinds

QUESTIONS = 3
NO, UNKNOWN, YES = 0, 1, 2
ALMOST = 1e-9

Row = tuple[tuple[int, ...], bool]

rows = st.tuples(st.tuples(*[st.sampled_from([NO, UNKNOWN, YES, YES])] * QUESTIONS), st.booleans() | st.just(True))
tables = st.lists(rows, min_size=1, max_size=5)


def measured(table: list[Row]) -> Kinds | None:
    answers = np.array([one for one, _ in table], np.uint8).reshape(len(table), QUESTIONS)
    return kinds(answers, np.ones(len(table), np.int64), np.array([certain for _, certain in table]))


def exactly(cases: list[tuple[int, ...]]) -> float:
    """The effective number, from its definition."""
    sizes = Counter(cases).values()
    return math.exp(-sum(size / len(cases) * math.log(size / len(cases)) for size in sizes))


def completions(table: list[Row]) -> Iterator[list[tuple[int, ...]]]:
    """Everything that may be true: each unknown answer, and whether those belong that are not certain to."""
    ways = []
    for answers, certain in table:
        each: list[tuple[int, ...] | None] = [] if certain else [None]
        ways.append(each + list(product(*[(NO, YES) if one == UNKNOWN else (one,) for one in answers])))
    for chosen in product(*ways):
        yield [one for one in chosen if one is not None]


@given(tables)
def test_the_range_holds_whatever_the_truth_may_be(table: list[Row]) -> None:
    """Every way to fill in what is not known gives a number of kinds within the range."""
    found = measured(table)
    assert found is not None

    assert 1 - ALMOST <= found.low <= found.high
    for cases in completions(table):
        if cases:
            assert found.low - ALMOST <= exactly(cases) <= found.high + ALMOST


@given(st.lists(st.tuples(*[st.sampled_from([NO, YES])] * QUESTIONS), min_size=1, max_size=40))
def test_what_is_known_is_exact(cases: list[tuple[int, ...]]) -> None:
    """Nothing unknown leaves no range."""
    found = measured([(one, True) for one in cases])

    assert found is not None
    assert math.isclose(found.low, exactly(cases))
    assert math.isclose(found.high, exactly(cases))


@given(tables.flatmap(lambda table: st.tuples(st.just(table), st.permutations(table))))
def test_the_order_of_rows_does_not_matter(both: tuple[list[Row], list[Row]]) -> None:
    """None of them is first."""
    found, again = measured(both[0]), measured(both[1])

    assert found is not None
    assert again is not None
    assert math.isclose(found.low, again.low)
    assert math.isclose(found.high, again.high)


@given(tables, st.integers(2, 50))
def test_twice_as_many_people_of_every_kind_are_as_many_kinds(table: list[Row], times: int) -> None:
    """The size of a population does not make it diverse, where all is known."""
    known = [(tuple(NO if one == UNKNOWN else one for one in answers), True) for answers, _ in table]
    answers = np.array([one for one, _ in known], np.uint8).reshape(len(known), QUESTIONS)
    found = kinds(answers, np.full(len(known), times, np.int64), np.ones(len(known), np.bool_))
    once = measured(known)

    assert found is not None
    assert once is not None
    assert math.isclose(found.low, once.low)
