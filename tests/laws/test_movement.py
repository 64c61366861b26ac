"""How an indicator moves is what all ways in which the unknown may turn out span."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import lgbm
from lgbm.population.bounds import Share
from lgbm.population.library import pa
from lgbm.population.movement.moving import COUNTED, MASKS, NOT, OUTSIDE, Moved, moved
from tests.strategies.shares import hull

Pair = tuple[int, int]

PAIRS: list[Pair] = [(before, after) for before in (OUTSIDE, NOT, COUNTED) for after in (OUTSIDE, NOT, COUNTED)]
TIED: list[Pair] = [(OUTSIDE, OUTSIDE), *((one, other) for one in (NOT, COUNTED) for other in (NOT, COUNTED))]
CHANCES = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1)])


def some(pairs: list[Pair]) -> st.SearchStrategy[list[list[Pair]]]:
    return st.lists(st.lists(st.sampled_from(pairs), min_size=1, max_size=4, unique=True), max_size=5)


def tally(rows: list[list[Pair]]) -> list[int]:
    found = [0] * MASKS
    for row in rows:
        found[sum(1 << PAIRS.index(pair) for pair in row)] += 1
    return found


def ways(
    rows: list[list[Pair]], chance: Fraction
) -> Iterator[tuple[Fraction | None, Fraction | None, Fraction | None]]:
    """Before, after and the change, in every way in which the unknown may turn out."""
    for each in product(*rows):
        was = [before == COUNTED for before, _ in each if before != OUTSIDE]
        counted = sum((1 - chance) * (one == COUNTED) + chance * (other == COUNTED) for one, other in each)
        of = sum((1 - chance) * (one != OUTSIDE) + chance * (other != OUTSIDE) for one, other in each)
        before = Fraction(sum(was), len(was)) if was else None
        after = Fraction(counted) / of if of else None
        yield before, after, None if before is None or after is None else after - before


def spanned(rows: list[list[Pair]], chance: Fraction) -> Moved:
    before, after, change = zip(*ways(rows, chance), strict=True)
    return Moved(hull(before), hull(after), hull(change))


@given(some(TIED), CHANCES)
def test_a_move_among_the_same_people_is_not_a_hair_too_wide(rows: list[list[Pair]], chance: Fraction) -> None:
    """Where it is the same people of whom an indicator speaks before and after, whoever they are."""
    assert moved(tally(rows), chance, chance) == spanned(rows, chance)


@given(some(PAIRS), CHANCES)
def test_a_move_holds_however_the_unknown_turns_out(rows: list[list[Pair]], chance: Fraction) -> None:
    """Also where others are spoken of before and after; and it is no wider than the two ranges themselves leave it."""
    found, true = moved(tally(rows), chance, chance), spanned(rows, chance)

    assert found.before == true.before
    for one, other in ((found.after, true.after), (found.change, true.change)):
        if other.low is not None and other.high is not None:
            assert one.low is not None and one.low <= other.low
            assert one.high is not None and one.high >= other.high
    if None not in (found.change.low, found.before.low, found.after.low) and chance == 1:
        assert found.change.low >= found.after.low - found.before.high  # type: ignore[operator]
        assert found.change.high <= found.after.high - found.before.low  # type: ignore[operator]


@given(st.lists(st.tuples(st.sampled_from(PAIRS), st.integers(1, 3)), max_size=5), CHANCES)
def test_with_everything_known_there_is_one_number(rows: list[tuple[Pair, int]], chance: Fraction) -> None:
    """The share after, and the difference, whoever is spoken of."""
    each = [[pair] for pair, count in rows for _ in range(count)]

    assert moved(tally(each), chance, chance) == spanned(each, chance)


MODEL = lgbm.loads("""
circumstances:
  adult: {label: Adult, type: boolean}
  working: {label: In work, type: boolean}
  well: {label: Well, type: boolean}
  poor: {label: Poor, type: boolean}
events:
  losing-a-job: {label: Losing a job, changes: {working: false}}
services:
  help: {label: Help, eligibility: poor and adult}
  more: {label: More, eligibility: 'receives("help") and well'}
indicators:
  work: {label: In work, of: adult, counts: working}
  well-in-work: {label: Well and in work, of: adult, counts: working and well}
  idle: {label: Idle, of: adult, counts: not(working) or not(well)}
  health: {label: Well, of: adult, counts: well}
  workers: {label: Well at work, of: working, counts: well}
  helped: {label: Helped, of: adult, counts: 'receives("help") and not(working)'}
  helped-or-well: {label: Helped or well, of: adult, counts: 'well or receives("help") and poor'}
  take-up: {label: Take-up, of: 'eligible("help")', counts: 'receives("help")'}
  passed-on: {label: Eligible for more, of: adult, counts: 'eligible("more")'}
""")
FACTS = ("adult", "working", "well", "poor", 'receives("help")')
EXACT_BY_EVENT = ("work", "well-in-work", "idle", "health", "helped", "take-up")
EXACT_BY_CLAIMING = ("work", "health", "take-up")
"""Not `helped`: whether somebody is an adult decides both who is entitled and of whom that indicator speaks."""


def tables(known: tuple[str, ...] = ()) -> st.SearchStrategy[list[dict[str, bool | None]]]:
    """Rows of facts, not more than four of them unknown."""
    row = st.fixed_dictionaries(
        {name: st.sampled_from([True, False] if name in known else [True, False, None]) for name in FACTS}
    )
    return st.lists(row, min_size=1, max_size=3).filter(
        lambda rows: sum(one is None for row in rows for one in row.values()) <= 4
    )


def completions(rows: list[dict[str, bool | None]]) -> Iterator[list[dict[str, bool | None]]]:
    holes = [(place, name) for place, row in enumerate(rows) for name, one in row.items() if one is None]
    for values in product((True, False), repeat=len(holes)):
        whole = [dict(row) for row in rows]
        for (place, name), value in zip(holes, values, strict=True):
            whole[place][name] = value
        yield whole


def movement(rows: list[dict[str, bool | None]], event: str | None, **how: Any) -> dict[str, Moved]:
    table = pa.table({name: pa.array([row[name] for row in rows], pa.bool_()) for name in FACTS})
    found = MODEL.screen(table, event=event, on="2026-11-21").movement(**how)
    return {name: found[name] for name in MODEL.taxonomy.indicators}


def compared(rows: list[dict[str, bool | None]], exact: tuple[str, ...], event: str | None, **how: Any) -> None:
    found = movement(rows, event, **how)
    each = [movement(whole, event, **how) for whole in completions(rows)]
    for name, one in found.items():
        for part in ("before", "after", "change"):
            mine = getattr(one, part)
            true = hull(
                bound for way in each for bound in (getattr(way[name], part).low, getattr(way[name], part).high)
            )
            if name in exact:
                assert (name, part, mine) == (name, part, true)
            elif true.low is not None and true.high is not None:
                assert mine.low is not None and mine.low <= true.low
                assert mine.high is not None and mine.high >= true.high


@given(tables(known=("working",)))
def test_an_event_moves_indicators_as_it_does_in_every_completed_table(rows: list[dict[str, bool | None]]) -> None:
    """Exactly so where what the event changes was known before, and does not decide of whom the indicator speaks."""
    compared(rows, EXACT_BY_EVENT, "losing-a-job")


@given(tables())
def test_whatever_was_not_known_before_an_event(rows: list[dict[str, bool | None]]) -> None:
    """The movement holds in every completed table."""
    compared(rows, ("work", "health"), "losing-a-job")


@given(tables())
def test_take_up_moves_indicators_as_it_does_in_every_completed_table(rows: list[dict[str, bool | None]]) -> None:
    """With everybody claiming, receipt and entitlement unknown or not; services that depend on receipt too."""
    compared(rows, EXACT_BY_CLAIMING, None, service="help")


@given(tables())
def test_claiming_never_moves_an_indicator_away_from_receipt(rows: list[dict[str, bool | None]]) -> None:
    """What receipt can only add to does not fall, whatever else is not known."""
    found = movement(rows, None, service="help")
    for name in ("helped", "helped-or-well", "take-up"):
        least = found[name].change.low
        assert least is None or least >= 0


@given(tables(known=("adult", "poor", 'receives("help")')))
def test_half_of_those_who_miss_out_move_an_indicator_half_as_far(rows: list[dict[str, bool | None]]) -> None:
    """Among the same people, whatever else is not known."""
    whole, half = movement(rows, None, service="help"), movement(rows, None, service="help", share=0.5)
    for name in ("helped", "take-up", "passed-on"):
        change = whole[name].change
        if change.low is not None and change.high is not None:
            assert half[name].change == Share(change.low / 2, change.high / 2)
