"""Values of many citizens, or of many people of theirs, side by side: what the kernel reckons with.

Every column says of each row what is known, as the definition does of one value: a condition must be true, or may be;
a number lies between two bounds; anything else is known or is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from lgbm.model.facts import INFINITY, Maybe, Person, Unknown
from lgbm.model.values import Months, tidy

Flags: TypeAlias = NDArray[np.bool_]
Whole: TypeAlias = NDArray[np.int64]

MOST = 2**63 - 1
LEAST = -MOST
"""What stand for infinite bounds, in whole numbers of 64 bits. Shorter ones have their own: see `endless`."""
LARGEST = 2**60
"""Numbers beyond this (in units of their last place) are reckoned by the definition, one by one."""
MOST_PLACES = 12

NOT_KNOWN = Unknown()


class TooLargeError(Exception):
    """Numbers that whole numbers of 64 bits do not hold."""


@frozen(eq=False)
class Truths:
    """Conditions: *must* is true of a row whose value is true, *may* of one whose value is not false."""

    must: Flags
    may: Flags

    def __len__(self) -> int:
        return len(self.must)

    def take(self, rows: Whole) -> Truths:
        must = self.must[rows]
        return Truths(must, must if self.may is self.must else self.may[rows])

    def listed(self) -> list[Any]:
        return [
            True if must else NOT_KNOWN if may else False
            for must, may in zip(self.must.tolist(), self.may.tolist(), strict=True)
        ]


def within(answer: Flags, known: Flags | None) -> Truths:
    """*answer* where it is *known*; nothing: everywhere."""
    # Of two conditions, `known <= answer` is `answer or not known`, in one go.
    return Truths(answer, answer) if known is None else Truths(answer & known, np.less_equal(known, answer))


@frozen(eq=False)
class Numbers:
    """Numbers times ten to the power of *places*, each between *low* and *high*; where it is known, these are one.

    Where *low* and *high* are the same array, nothing is known of the numbers that are not *known*, whatever stands
    there.
    """

    low: NDArray[Any]
    high: NDArray[Any]
    known: Flags | None
    """Nothing: all are known."""
    places: int = 0

    def __len__(self) -> int:
        return len(self.low)

    def take(self, rows: Whole) -> Numbers:
        low = self.low[rows]
        high = low if self.high is self.low else self.high[rows]
        return Numbers(low, high, None if self.known is None else self.known[rows], self.places)

    def wide(self) -> Numbers:
        """The same in whole numbers of 64 bits, with bounds for what is not known."""
        if self.known is None:
            low = self.low.astype(np.int64, copy=False)
            return self if low is self.low and self.high is self.low else Numbers(low, low, None, self.places)
        if self.high is self.low:
            low = self.low.astype(np.int64, copy=False)
            return Numbers(np.where(self.known, low, LEAST), np.where(self.known, low, MOST), self.known, self.places)
        if self.low.dtype == np.int64:
            return self
        most = endless(self.low)
        low, high = self.low.astype(np.int64), self.high.astype(np.int64)
        return Numbers(np.where(low == -most, LEAST, low), np.where(high == most, MOST, high), self.known, self.places)

    def scaled(self, places: int) -> Numbers:
        """The same with more places, wide."""
        wide = self.wide()
        if places == self.places:
            return wide
        if places > MOST_PLACES:
            raise TooLargeError
        factor = 10 ** (places - self.places)
        low = _scaled(wide.low, factor)
        return Numbers(low, low if wide.high is wide.low else _scaled(wide.high, factor), self.known, places)

    def listed(self) -> list[Any]:
        wide = self.wide()
        known = [True] * len(self) if self.known is None else self.known.tolist()
        return [
            self._number(low) if sure else NOT_KNOWN.within(self._number(low), self._number(high))
            for low, high, sure in zip(wide.low.tolist(), wide.high.tolist(), known, strict=True)
        ]

    def _number(self, whole: int) -> int | Decimal:
        if whole in (LEAST, MOST):
            return -INFINITY if whole == LEAST else INFINITY
        return tidy(Decimal(whole).scaleb(-self.places)) if self.places else whole


_RANGES = {
    # Without a sign, as counts are: never below nought, and nought stands for itself.
    **{np.dtype(one): (-1, int(np.iinfo(one).max)) for one in (np.uint8, np.uint16, np.uint32, np.uint64)},
    **{np.dtype(one): (int(np.iinfo(one).min), int(np.iinfo(one).max)) for one in (np.int8, np.int16, np.int32)},
    np.dtype(np.int64): (LEAST, MOST),
}


def range_of(kind: np.dtype[Any]) -> tuple[int, int]:
    """Between which whole numbers of that kind lie those that stand for themselves."""
    return _RANGES[kind]


def endless(values: NDArray[Any]) -> int:
    """What stands for an infinite bound among *values*; its negative, for one below."""
    return _RANGES[values.dtype][1]


def _scaled(values: Whole, factor: int) -> Whole:
    infinite = (values == LEAST) | (values == MOST)
    finite = np.where(infinite, 0, values)
    if len(finite) and max(int(finite.max()), -int(finite.min())) > LARGEST // factor:
        raise TooLargeError
    return np.where(infinite, values, finite * factor)


@frozen(eq=False)
class Codes:
    """Values of any other kind, as places in *values*; -1 where it is not known."""

    codes: NDArray[Any]
    values: Sequence[Any]
    _bits: list[NDArray[Any]] = field(factory=list[NDArray[Any]], init=False, repr=False)
    _unsure: list[Flags | None] = field(factory=list["Flags | None"], init=False, repr=False)

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, rows: Whole) -> Codes:
        return Codes(self.codes[rows], self.values)

    def listed(self) -> list[Any]:
        # The last place stands for -1.
        values = [*self.values, NOT_KNOWN]
        return [values[code] for code in self.codes.tolist()]

    @property
    def unsure(self) -> Flags | None:
        """Of which rows it is not known; nothing: of none."""
        if not self._unsure:
            flags = self.codes < 0
            self._unsure.append(flags if flags.any() else None)
        return self._unsure[0]

    @property
    def bits(self) -> NDArray[Any]:
        """One bit for each value, where there are few of them: a set is asked for with one AND. None, if not known."""
        if not self._bits:
            size = next(one for one in (np.uint8, np.uint16, np.uint32, np.uint64) if len(self.values) <= _WIDTH[one])
            one_hot = np.left_shift(size(1), self.codes.astype(size), dtype=size)
            self._bits.append(one_hot if self.unsure is None else np.where(self.unsure, size(0), one_hot))
        return self._bits[0]


_WIDTH = {one: np.iinfo(one).bits for one in (np.uint8, np.uint16, np.uint32, np.uint64)}


@define(eq=False)
class Asking:
    """A question of values, put once to each and not to each row."""

    holds: Callable[[Any], bool]
    _seen: tuple[Sequence[Any], tuple[int, ...]] = (), ()
    """Of the last values that it was put to, the places of those of which it holds."""

    def of(self, column: Codes) -> Truths:
        """Of which rows it holds."""
        values, places = self._seen
        if values is not column.values:
            places = tuple(place for place, one in enumerate(column.values) if self.holds(one))
            self._seen = column.values, places
        found = self._among(column, places)
        return Truths(found, found if column.unsure is None else found | column.unsure)

    def _among(self, column: Codes, places: tuple[int, ...]) -> Flags:
        if len(column.values) <= 64:
            bits = column.bits
            wanted = bits.dtype.type(sum(1 << place for place in places))
            found: Flags = bits == wanted if len(places) == 1 else (bits & wanted) != 0
        elif len(places) == 1:
            found = column.codes == places[0]
        else:
            # The last place stands for -1.
            table = np.zeros(len(column.values) + 1, np.bool_)
            table[list(places)] = True
            found = table[column.codes]
        return found


@frozen(eq=False)
class Days:
    """Civil dates, by their ordinals; 0 where it is not known."""

    ordinals: NDArray[np.int32]
    whole: bool = False
    """Whether all are known."""

    months: list[tuple[Whole, Whole]] = field(factory=list["tuple[Whole, Whole]"], init=False, repr=False)
    """Once it has been asked for: the month and the day of each."""
    _known: list[Flags] = field(factory=list[Flags], init=False, repr=False)

    def __len__(self) -> int:
        return len(self.ordinals)

    @property
    def known(self) -> Flags:
        """Which of them are known."""
        if not self._known:
            self._known.append(self.ordinals > 0)
        return self._known[0]

    def take(self, rows: Whole) -> Days:
        return Days(self.ordinals[rows], self.whole)

    def listed(self) -> list[Any]:
        return [date.fromordinal(one) if one else NOT_KNOWN for one in self.ordinals.tolist()]


@frozen(eq=False)
class Durations:
    """Durations in months."""

    months: NDArray[Any]
    known: Flags | None
    """Nothing: all are known."""

    def __len__(self) -> int:
        return len(self.months)

    def take(self, rows: Whole) -> Durations:
        return Durations(self.months[rows], None if self.known is None else self.known[rows])

    def listed(self) -> list[Any]:
        known = [True] * len(self) if self.known is None else self.known.tolist()
        return [Months(one) if sure else NOT_KNOWN for one, sure in zip(self.months.tolist(), known, strict=True)]


@frozen(eq=False)
class Objects:
    """Values of kinds that have no columns of their own, each as the definition has it."""

    values: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.values)

    def take(self, rows: Whole) -> Objects:
        return Objects(self.values[rows])

    def listed(self) -> list[Any]:
        return list(self.values)


@frozen(eq=False)
class Persons:
    """Persons, with a column for each field."""

    fields: dict[str, Column]
    known: Flags | None
    """Nothing: of each it is known who it is."""
    count: int

    def __len__(self) -> int:
        return self.count

    def take(self, rows: Whole) -> Persons:
        known = None if self.known is None else self.known[rows]
        return Persons({name: one.take(rows) for name, one in self.fields.items()}, known, len(rows))

    def listed(self) -> list[Any]:
        columns = {name: one.listed() for name, one in self.fields.items()}
        found: list[Any] = []
        for place in range(self.count):
            if self.known is not None and not self.known[place]:
                found.append(NOT_KNOWN)
                continue
            person = Person({}, "")
            person.unknown = {}
            for name, values in columns.items():
                value = values[place]
                if isinstance(value, Unknown):
                    person.unknown = {**person.unknown, name: value}
                else:
                    person[name] = value
            found.append(person)
        return found


@frozen(eq=False)
class Items:
    """Lists: for each row so many items, one after the other in *values*; *here* says whether each is in its list."""

    starts: Whole
    """Where the items of each row begin, and last where they all end."""
    values: Column
    known: Flags | None = None
    """Nothing: each list is known."""
    here: Truths | None = None
    """Nothing: each item is in its list."""
    _rows: list[Whole] = field(factory=list[Whole], init=False, repr=False)

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def rows(self) -> Whole:
        """The row that each item belongs to."""
        if not self._rows:
            self._rows.append(np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.starts)))
        return self._rows[0]

    def take(self, rows: Whole) -> Items:
        lengths = np.diff(self.starts)[rows]
        starts = np.concatenate(([0], np.cumsum(lengths)))
        place = (
            np.arange(starts[-1], dtype=np.int64)
            - np.repeat(starts[:-1], lengths)
            + np.repeat(self.starts[:-1][rows], lengths)
        )
        known = None if self.known is None else self.known[rows]
        return Items(starts, self.values.take(place), known, None if self.here is None else self.here.take(place))

    def listed(self) -> list[Any]:
        values = self.values.listed()
        here = [True] * len(values) if self.here is None else self.here.listed()
        starts = self.starts.tolist()
        found: list[Any] = []
        for row in range(len(self)):
            if self.known is not None and not self.known[row]:
                found.append(NOT_KNOWN)
                continue
            found.append(
                tuple(
                    values[one] if here[one] is True else Maybe(values[one], NOT_KNOWN)
                    for one in range(starts[row], starts[row + 1])
                    if here[one] is not False
                )
            )
        return found


Column: TypeAlias = Truths | Numbers | Codes | Days | Durations | Objects | Persons | Items
