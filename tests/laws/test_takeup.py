"""Take-up, and what is not claimed, are what all ways in which the unknown may turn out span."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import lgbm
from lgbm.population.bounds import Rows, Share
from lgbm.population.indicators import Measured
from lgbm.population.kernel.columns import Truths
from lgbm.population.library import pa
from lgbm.population.takeup.entitlement import NO, YES, Crosstab
from tests.strategies.shares import hull

MAYBE = st.sampled_from([True, False, None])
Row = tuple[bool | None, bool | None, bool | None]
rows = st.lists(st.tuples(MAYBE, MAYBE, MAYBE), max_size=4)


def ways(people: list[Row]) -> Iterator[list[tuple[bool, bool]]]:
    """Whether each is entitled and receives, in every way in which the unknown may turn out; those of the group."""
    each = [product(*([True, False] if one is None else [one] for one in row)) for row in people]
    for whole in product(*each):
        yield [(entitled, receives) for entitled, receives, belongs in whole if belongs]


def counted(people: list[Row]) -> Crosstab:
    def truths(place: int) -> Truths:
        column = [row[place] for row in people]
        return Truths(
            np.array([one is True for one in column], np.bool_),
            np.array([one is not False for one in column], np.bool_),
        )

    return Crosstab().plus(truths(0), truths(1), truths(2))


def span(counts: Iterable[int]) -> Rows:
    found = list(counts)
    return Rows(min(found), max(found))


def as_share(one: Measured) -> Share:
    return Share(one.low, one.high)


@given(rows)
def test_counts_and_rates_are_those_of_all_ways_to_turn_out(people: list[Row]) -> None:
    """Tried one by one, whoever is in the group."""
    found = counted(people)
    all_ways = list(ways(people))

    for entitled, receives in product((True, False), repeat=2):
        of = found.rows(YES if entitled else NO, YES if receives else NO)
        assert of == span(sum(one == (entitled, receives) for one in way) for way in all_ways)
    assert found.rows(YES) == span(sum(entitled for entitled, _ in way) for way in all_ways)
    assert found.rows(None, YES) == span(sum(receives for _, receives in way) for way in all_ways)

    def rate(way: list[tuple[bool, bool]], other: bool) -> Fraction | None:
        among = [receives for entitled, receives in way if entitled or (other and receives)]
        return Fraction(sum(among), len(among)) if among else None

    assert as_share(found.rate()) == hull(rate(way, False) for way in all_ways)
    assert as_share(found.caseload()) == hull(rate(way, True) for way in all_ways)


@given(rows, st.integers(0, 4))
def test_rows_may_come_in_any_parts(people: list[Row], cut: int) -> None:
    """Two tables after each other count as one."""
    one, other = counted(people[:cut]), counted(people[cut:])

    assert tuple(map(sum, zip(one.counts, other.counts, strict=True))) == counted(people).counts


MODEL = lgbm.loads("""
circumstances:
  old: {label: Old, type: boolean}
  child: {label: Has a child, type: boolean}
  income: {label: Income, type: money, at_least: 0, at_most: 300}
services:
  top-up:
    label: Top-up
    eligibility: old
    amounts:
      - {label: Up to 200, value: 'max(0, 200 - income)', every: week}
      - {label: For a child, value: '12.345', every: month, when: child}
      - {label: At the start, value: '10', every: once, when: child}
""")
people = st.fixed_dictionaries(
    {
        "old": MAYBE,
        "child": MAYBE,
        'receives("top-up")': MAYBE,
        "income": st.none() | st.decimals(0, 300, places=2, allow_nan=False),
    }
)


def missed(row: dict[str, object], weeks: int = 52) -> tuple[Decimal, Decimal]:
    """What somebody of whom everything is known misses, a year and once."""
    if not row["old"] or row['receives("top-up")']:
        return Decimal(0), Decimal(0)
    income = row["income"]
    assert isinstance(income, Decimal)
    child = Decimal("12.345") * 12 if row["child"] else Decimal(0)
    return max(Decimal(0), 200 - income) * weeks + child, Decimal(10 if row["child"] else 0)


def completed(row: dict[str, object]) -> Iterator[dict[str, object]]:
    """Every way for a row to turn out; of an unknown income, both ends."""
    ways = [
        [value] if value is not None else [Decimal(0), Decimal(300)] if name == "income" else [True, False]
        for name, value in row.items()
    ]
    for values in product(*ways):
        yield dict(zip(row, values, strict=True))


def row_misses(row: dict[str, object]) -> bool:
    return row["old"] is True and row['receives("top-up")'] is False


@given(st.lists(people, max_size=4))
def test_what_is_not_claimed_lies_in_its_range(table: list[dict[str, object]]) -> None:
    """To the tenth of a penny. Of an unknown income no bound is known, so that such rows are counted apart."""
    types = {"income": pa.decimal128(12, 2)}
    columns = {
        name: pa.array([row[name] for row in table], types.get(name, pa.bool_()))
        for name in ("old", "child", 'receives("top-up")', "income")
    }
    found = MODEL.screen(pa.table(columns), on="2026-11-21").take_up()["top-up"]
    each = [[missed(way) for way in completed(row)] for row in table]

    assert found.a_year is not None and found.once is not None
    assert found.once.low == sum(min(once for _, once in ways) for ways in each)
    assert found.once.high == sum(max(once for _, once in ways) for ways in each)
    doubtful = [ways for ways, row in zip(each, table, strict=True) if row["income"] is None]
    assert found.a_year.unknown.high == sum(any(year for year, _ in ways) for ways in doubtful)
    assert found.a_year.unknown.low == sum(row_misses(row) for row in table if row["income"] is None)
    known = [ways for ways, row in zip(each, table, strict=True) if row["income"] is not None]
    assert found.a_year.low == sum(min(year for year, _ in ways) for ways in known)
    assert found.a_year.high == sum(max(year for year, _ in ways) for ways in known)
