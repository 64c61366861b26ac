"""How a share moves, when of each row it is known which states it may be in before, and which after.

A row is in one of three states of an indicator: *outside* of those of whom it speaks, or among them, *not* counted or
*counted*. What is not known of a row leaves it several pairs of states, before and after. These pairs are kept, not two
ranges: so whoever is unknown in the same way before and after moves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from attrs import frozen

from lgbm.population.bounds import Share
from lgbm.population.kernel.columns import Flags, Truths

OUTSIDE, NOT, COUNTED = range(3)
STATES = (OUTSIDE, NOT, COUNTED)
_PAIRS = [(before, after) for before in STATES for after in STATES]
"""A pair's place here is its bit in a mask."""
MASKS = 1 << len(_PAIRS)
NOBODY = 1
"""The mask of a row that is outside before and after."""


def states(of: Truths, counts: Truths) -> tuple[Flags, Flags, Flags]:
    """Which rows may be outside, not counted, counted."""
    return ~of.must, of.may & ~counts.must, of.may & counts.may


def stays(now: tuple[Flags, ...]) -> Any:
    """The masks of rows that are after as they were before."""
    return sum(now[state].astype(np.int16) << _PAIRS.index((state, state)) for state in STATES)


def moves(
    before: tuple[Flags, ...],
    after: tuple[Flags, ...],
    same_of: bool,
    same_counts: Flags,
    never: tuple[int, int] | None = None,
) -> Any:
    """The masks of rows that may be in any of the states *before*, and any of those *after*.

    With *same_of*, whom the indicator speaks of is the same before and after, known or not; in the rows *same_counts*,
    so is whom it counts. *never* is a pair that no row can come to, whatever is not known of it.
    """
    masks = np.zeros(len(same_counts), np.int16)
    for place, (one, other) in enumerate(_PAIRS):
        if (same_of and (one == OUTSIDE) is not (other == OUTSIDE)) or (one, other) == never:
            continue
        may = before[one] & after[other]
        if OUTSIDE not in (one, other) and one != other:
            may &= ~same_counts
        masks |= may.astype(np.int16) << place
    return masks


@frozen
class Moved:
    """An indicator before and after, and how much it moves: shares, and a difference of shares."""

    before: Share
    after: Share
    change: Share


def moved(rows: Iterable[int], least: Fraction = Fraction(1), most: Fraction = Fraction(1)) -> Moved:
    """What follows for a share from how many rows there are of each mask.

    With less than 1, each row moves with a chance between *least* and *most*, the same for all; what comes after is
    then what is to be expected.
    """
    masks = [(mask, count) for mask, count in enumerate(rows) if count and mask not in (0, NOBODY)]
    before = _before(masks)
    if all(_tied(mask) for mask, _ in masks):
        found = [_tied_move(masks, chance) for chance in {least, most}]
    elif all(mask.bit_count() == 1 for mask, _ in masks):
        found = [_known_move(masks, chance) for chance in {least, most}]
    else:
        found = [_loose_move(masks, before, chance) for chance in {least, most}]
    return Moved(before, _hull(one for one, _ in found), _hull(one for _, one in found))


def _tied(mask: int) -> bool:
    """Whether the row is outside after exactly when it was before."""
    return all((one == OUTSIDE) is (other == OUTSIDE) for one, other in _pairs(mask))


def _pairs(mask: int) -> Iterator[tuple[int, int]]:
    return (pair for place, pair in enumerate(_PAIRS) if mask >> place & 1)


def _before(masks: list[tuple[int, int]]) -> Share:
    return _mean([(count, [pair[0] for pair in _pairs(mask)]) for mask, count in masks], _counted)


def _after(masks: list[tuple[int, int]]) -> Share:
    return _mean([(count, [pair[1] for pair in _pairs(mask)]) for mask, count in masks], _counted)


def _counted(state: int) -> Fraction | None:
    return None if state == OUTSIDE else Fraction(state == COUNTED)


def _tied_move(masks: list[tuple[int, int]], chance: Fraction) -> tuple[Share, Share]:
    """After, and the change. Those of whom the indicator speaks are the same, so that their changes add up."""

    def after(pair: tuple[int, int]) -> Fraction | None:
        one, other = map(_counted, pair)
        return None if one is None or other is None else one + chance * (other - one)

    def change(pair: tuple[int, int]) -> Fraction | None:
        one, other = map(_counted, pair)
        return None if one is None or other is None else chance * (other - one)

    possible = [(count, list(_pairs(mask))) for mask, count in masks]
    return _mean(possible, after), _mean(possible, change)


def _known_move(masks: list[tuple[int, int]], chance: Fraction) -> tuple[Share, Share]:
    """After, and the change, where everything is known."""
    sums = [[Fraction(0)] * 2 for _ in range(2)]
    for mask, count in masks:
        for when, state in enumerate(next(_pairs(mask))):
            sums[when][0] += count * (state == COUNTED)
            sums[when][1] += count * (state != OUTSIDE)
    counted, of = (one + chance * (other - one) for one, other in zip(*sums, strict=True))
    if not of:
        return Share(), Share()
    after = counted / of
    change = after - sums[0][0] / sums[0][1] if sums[0][1] else None
    return Share(after, after), Share(change, change)


def _loose_move(masks: list[tuple[int, int]], before: Share, chance: Fraction) -> tuple[Share, Share]:
    """After, and the change, where it is not known of whom the indicator speaks: what the two ranges leave.

    A share of which a part has moved lies between the share before and the share after all of it has.
    """
    if not chance:
        return before, Share() if before.low is None else Share(Fraction(0), Fraction(0))
    after = _after(masks)
    if before.low is None or before.high is None or after.low is None or after.high is None:
        # Where nobody is spoken of after, those who have not moved still are: as they were before.
        still = Share() if chance == 1 or before.low is None else Share(Fraction(0), Fraction(0))
        return (after if chance == 1 else _hull((before, after))), still
    change = Share(after.low - before.high, after.high - before.low)
    if chance == 1:
        return after, change
    return _hull((before, after)), _hull((Share(Fraction(0), Fraction(0)), change))


def _mean(rows: list[tuple[int, list[Any]]], value: Callable[[Any], Fraction | None]) -> Share:
    """Between which bounds the mean of *value* lies, for so many rows each of which may be in so many states.

    A state without a value leaves the row out of the mean.
    """
    valued = [(count, [value(state) for state in each]) for count, each in rows]
    highest = _highest([(count, [one for one in each if one is not None], None in each) for count, each in valued])
    lowest = _highest([(count, [-one for one in each if one is not None], None in each) for count, each in valued])
    return Share(None if lowest is None else -lowest, highest)


def _highest(rows: list[tuple[int, list[Fraction], bool]]) -> Fraction | None:
    """The highest mean, of rows that may be left out where that is said."""
    total, count = Fraction(0), 0
    optional: list[tuple[Fraction, int]] = []
    for many, values, may_leave in rows:
        if values and may_leave:
            optional.append((max(values), many))
        elif values:
            total, count = total + many * max(values), count + many
    for one, many in sorted(optional, reverse=True):
        # Whoever is above the mean raises it.
        if not count or one > total / count:
            total, count = total + many * one, count + many
    return total / count if count else None


def _hull(shares: Iterable[Share]) -> Share:
    found = list(shares)
    lows, highs = [one.low for one in found if one.low is not None], [one.high for one in found if one.high is not None]
    return Share(min(lows, default=None), max(highs, default=None))
