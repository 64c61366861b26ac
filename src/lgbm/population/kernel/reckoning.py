"""Functions of columns: sums and differences with their bounds, and any other function of what is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lgbm.population.kernel.calendar import of_days
from lgbm.population.kernel.columns import (
    LARGEST,
    LEAST,
    MOST,
    MOST_PLACES,
    Codes,
    Column,
    Days,
    Durations,
    Flags,
    Items,
    Numbers,
    TooLargeError,
    Truths,
    Whole,
)
from lgbm.population.kernel.joining import alike, hidden, known_both, known_of
from lgbm.population.kernel.lists import counted
from lgbm.population.kernel.making import column_of, is_nothing, nothing
from lgbm.population.kernel.truths import truths
from lgbm.rules.semantics import application, choice


def chosen(condition: Truths, then: Column, otherwise: Column) -> Column:
    """*then* or *otherwise*; where it is not known which, what is the same in both."""
    if isinstance(then, Truths) or isinstance(otherwise, Truths):
        one, other = truths(then), truths(otherwise)
        no = ~condition.may
        unknown = condition.may & ~condition.must
        must = (condition.must & one.must) | (no & other.must) | (unknown & one.must & other.must)
        may = (condition.must & one.may) | (no & other.may) | (unknown & (one.may | other.may))
        return Truths(must, may)
    if is_nothing(then):
        return hidden(otherwise, ~condition.may)
    if is_nothing(otherwise):
        return hidden(then, condition.must)
    try:
        if isinstance(then, Numbers) and isinstance(otherwise, Numbers):
            return _chosen_numbers(condition, then, otherwise)
    except TooLargeError:
        pass
    if isinstance(then, Codes) and isinstance(otherwise, Codes):
        return _chosen_codes(condition, then, otherwise)
    if isinstance(then, Days) and isinstance(otherwise, Days):
        same = then.ordinals == otherwise.ordinals
        unsure = condition.may & ~condition.must & ~same
        return Days(np.where(unsure, 0, np.where(condition.may, then.ordinals, otherwise.ordinals)))
    return column_of(
        [choice(*each) for each in zip(condition.listed(), then.listed(), otherwise.listed(), strict=True)]
    )


def _chosen_codes(condition: Truths, then: Codes, otherwise: Codes) -> Codes:
    one, other = alike(then, otherwise)
    unsure = condition.may & ~condition.must & (one.codes != other.codes)
    return Codes(np.where(unsure, -1, np.where(condition.may, one.codes, other.codes)), one.values)


def _chosen_numbers(condition: Truths, then: Numbers, otherwise: Numbers) -> Numbers:
    places = max(then.places, otherwise.places)
    one, other = then.scaled(places).wide(), otherwise.scaled(places).wide()
    yes = condition.may
    low = np.where(yes, one.low, other.low)
    if one.known is None and other.known is None and condition.must is yes:
        return Numbers(low, low, None, places)
    high = np.where(yes, one.high, other.high)
    sure = np.ones(len(low), np.bool_)
    known_one, known_other = (sure if each.known is None else each.known for each in (one, other))
    known = np.where(yes, known_one, known_other)
    if condition.must is not condition.may:
        unsure = condition.may & ~condition.must & ~(known_one & known_other & (one.low == other.low))
        low, high, known = np.where(unsure, LEAST, low), np.where(unsure, MOST, high), known & ~unsure
    return Numbers(low, high, None if known.all() else known, places)


def applied(function: str, arguments: Sequence[Column], count: int) -> Column:
    try:
        match function, arguments:
            case ("+" | "-") as sign, (Numbers() as one, Numbers() as other):
                return _added(sign, one, other)
            case "*", (Numbers() as one, Numbers() as other):
                return _multiplied(one, other)
            case "/", (Numbers() as one, Numbers() as other):
                return _divided(one, other)
            case (("floor" | "ceiling"), (Numbers() as one,)):
                return _to_whole(function, one)
            case "negative", (Numbers(known=None) as one,):
                low = -one.wide().low
                return Numbers(low, low, None, one.places)
            case _:
                pass
    except TooLargeError:
        pass
    found = of_days(function, arguments)
    if found is not None:
        return found
    if function in ("min", "max") and len(arguments) == 1:
        found = _extremes(function, arguments[0])
        if found is not None:
            return found
    if any(is_nothing(one) for one in arguments):
        return nothing(count)
    if function in ("+", "-") and any(isinstance(one, Numbers) for one in arguments):
        lists = [one.listed() for one in arguments]
        return column_of([application(function, list(each)) for each in zip(*lists, strict=True)])
    return _one_by_one(function, arguments, count)


def _to_whole(function: str, one: Numbers) -> Numbers:
    """Of what is not quite known, nothing is known: the definition has bounds for sums only."""
    unit = 10**one.places
    low = one.wide().low if one.known is None else np.where(one.known, one.wide().low, 0)
    found = low // unit if function == "floor" else -(-low // unit)
    if one.known is None:
        return Numbers(found, found, None)
    return Numbers(np.where(one.known, found, LEAST), np.where(one.known, found, MOST), one.known)


def _one_by_one(function: str, arguments: Sequence[Column], count: int) -> Column:
    """The function of each row of which all is known, worked out once for equal arguments."""
    if not arguments:
        return column_of([application(function, [])] * count)
    known: Flags | None = None
    for one in arguments:
        known = known_both(known, known_of(one))
    rows = np.arange(count) if known is None else np.flatnonzero(known)
    if not len(rows):
        return nothing(count)
    places = np.zeros(count, np.int64)
    simple = [_plainly(one) for one in arguments]
    if all(one is not None for one in simple):
        first, place = _distinct(np.stack([one[rows] for one in simple], axis=1))  # type: ignore[index]
        places[rows] = place
        rows = rows[first]
    else:
        places[rows] = np.arange(len(rows))
    few = [one.take(rows).listed() for one in arguments]
    found = column_of([application(function, list(each)) for each in zip(*few, strict=True)]).take(places)
    return found if known is None else hidden(found, known)


def _extremes(function: str, lists: Column) -> Column | None:
    """The least or the greatest of each list of numbers; nothing where that has to be asked one by one."""
    if (
        not isinstance(lists, Items)
        or not isinstance(lists.values, Numbers)
        or lists.here is not None
        or not len(lists)
    ):
        return None
    lengths = np.diff(lists.starts)
    if (lengths == 0).any():
        return None
    reduce = np.minimum if function == "min" else np.maximum
    values = lists.values
    found = reduce.reduceat(values.wide().low, lists.starts[:-1])
    known = lists.known
    if values.known is not None:
        known = known_both(known, counted(~values.known, lists) == 0)
    if known is None:
        return Numbers(found, found, None, values.places)
    return Numbers(np.where(known, found, LEAST), np.where(known, found, MOST), known, values.places)


def _plainly(column: Column) -> Whole | None:
    """A whole number for each row, equal for equal values; nothing where there is no such."""
    match column:
        case Days(ordinals):
            return ordinals.astype(np.int64)
        case Durations(months):
            return months.astype(np.int64)
        case Codes(codes):
            return codes.astype(np.int64)
        case Truths(must, may):
            return must.astype(np.int64) + may
        case Numbers(low):
            # Asked of known ones only.
            return low.astype(np.int64, copy=False)
        case _:
            return None


def _distinct(stacked: Whole) -> tuple[Whole, Whole]:
    """One row for each distinct one, and for each row the place of its like among these."""
    varying = [column for column in stacked.T if (column != column[0]).any()]
    if not varying:
        return np.zeros(1, np.int64), np.zeros(len(stacked), np.int64)
    if len(varying) == 1:
        _, rows, places = np.unique(varying[0], return_index=True, return_inverse=True)
        return rows.astype(np.int64), places.ravel().astype(np.int64)
    _, rows, places = np.unique(np.stack(varying, axis=1), axis=0, return_index=True, return_inverse=True)
    return rows.astype(np.int64), places.ravel().astype(np.int64)


def _added(sign: str, one: Numbers, other: Numbers) -> Numbers:
    places = max(one.places, other.places)
    left, right = one.scaled(places), other.scaled(places)
    if sign == "-":
        right = Numbers(_negated(right.high), _negated(right.low), right.known, places)
    low = _sum_of(left.low, right.low, LEAST)
    if left.known is None and right.known is None:
        return Numbers(low, low, None, places)
    return Numbers(low, _sum_of(left.high, right.high, MOST), known_both(left.known, right.known), places)


def _negated(ends: Whole) -> Whole:
    # Infinity is its own size with the other sign.
    return -ends


def _sum_of(one: Whole, other: Whole, worst: int) -> Whole:
    never = (one == worst) | (other == worst)
    found = np.where(never, worst, one + np.where(never, 0, other))
    finite = np.where(never, 0, found)
    if len(finite) and max(int(finite.max()), -int(finite.min())) > LARGEST:
        raise TooLargeError
    return found


def _multiplied(one: Numbers, other: Numbers) -> Numbers:
    places = one.places + other.places
    if places > MOST_PLACES:
        raise TooLargeError
    known = known_both(one.known, other.known)
    left, right = (each.wide().low if known is None else np.where(known, each.wide().low, 0) for each in (one, other))
    if len(left):
        size = (max(int(each.max()), -int(each.min())) for each in (left, right))
        if next(size) * next(size) > LARGEST:
            raise TooLargeError
    found = left * right
    if known is None:
        return Numbers(found, found, None, places)
    return Numbers(np.where(known, found, LEAST), np.where(known, found, MOST), known, places)


def _divided(one: Numbers, other: Numbers) -> Numbers:
    """Quotients, when each of them comes out even within the places that a column can have: as 10 / 4, not 10 / 3."""
    known = known_both(one.known, other.known)
    left, right = one.wide().low, other.wide().low
    if known is not None:
        left, right = np.where(known, left, 0), np.where(known, right, 1)
    if not len(left) or not right.all():
        # What is divided by nought is not known, and the definition says why.
        raise TooLargeError
    common = np.where(right < 0, -1, 1) * np.gcd(left, right)
    left, right = left // common, right // common
    more = next((each for each in range(MOST_PLACES + 1) if not (10**each % right).any()), MOST_PLACES + 1)
    places = one.places - other.places + more
    if more > MOST_PLACES or places > MOST_PLACES:
        raise TooLargeError
    factor = 10 ** (more - min(places, 0)) // right
    if max(int(left.max()), -int(left.min())) * int(factor.max()) > LARGEST:
        raise TooLargeError
    found = left * factor
    return Numbers(found, found, known, max(places, 0))
