"""The cells of a table as they are taken in, batch after batch: where they stand, and which of them do not fit."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias, cast

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from lgbm.population.kernel.columns import Flags, Whole
from lgbm.population.library import pa

Array: TypeAlias = Any
"""A `pyarrow.Array`: the stubs of pyarrow say too little of it."""

_EXAMPLES = 3


@define
class Wrong:
    """Cells of one column that do not fit, for one reason."""

    count: int = 0
    examples: list[tuple[int, object]] = field(factory=list[tuple[int, object]])

    def add(self, later: Wrong) -> None:
        """Those of rows that come later, too."""
        self.count += later.count
        self.examples += later.examples[: _EXAMPLES - len(self.examples)]


@frozen(eq=False)
class Words:
    """What the codes of a dictionary mean."""

    dictionary: Array
    values: tuple[str, ...]
    places: NDArray[np.int32] | None
    """For each entry of the dictionary its place in *values*, or -1, which also comes last; nothing: its own."""
    strange: NDArray[np.int32]
    """The entries that are something, and have no place."""

    def are_of(self, other: Array) -> bool:
        """Whether *other* is that very dictionary. To compare all that is in it would take longer than to read it."""
        one = self.dictionary
        return (
            len(one) == len(other)
            and one.offset == other.offset
            and [_address(each) for each in one.buffers()] == [_address(each) for each in other.buffers()]
        )


def _address(buffer: Any) -> int:
    return 0 if buffer is None else int(buffer.address)


@define
class Cells:
    """What is read from one batch after another, and which cells do not fit, by column and reason."""

    on: date
    wrong: dict[tuple[str, str], Wrong] = field(factory=dict[tuple[str, str], Wrong])
    first: int = 1
    """The number of the first row of the batch, in the table."""
    starts: Whole | None = None
    """For the items of lists, where those of each row begin."""
    words: dict[str, Words] = field(factory=dict[str, Words])
    """By column what its codes meant last: one dictionary mostly serves all batches."""

    def refuse(self, path: str, why: str, cells: Flags, array: Array) -> None:
        """Take note of *cells* that do not fit."""
        places = np.flatnonzero(cells)
        if not len(places):
            return
        found = self.wrong.setdefault((path, why), Wrong())
        found.count += len(places)
        for place in places[: _EXAMPLES - len(found.examples)].tolist():
            row = place if self.starts is None else int(row_of(self.starts, place))
            found.examples.append((self.first + row, _shown(array, place)))


def row_of(starts: Whole, items: Whole | int) -> Whole:
    """The row that each of *items* belongs to."""
    return np.searchsorted(starts, items, side="right") - 1


def _shown(array: Array, place: int) -> object:
    """The value of a cell. Arrow has values that Python has not: dates of other ages, text that is none."""
    try:
        found = cast("object", array[place].as_py())
    except (ValueError, OverflowError, ImportError):
        return _told(array, place)
    return found


def _told(array: Array, place: int) -> object:
    try:
        return str(array.slice(place, 1).cast(pa.string())[0].as_py())
    except (ValueError, OverflowError, pa.ArrowException):
        return str(array.type)


def known_in(array: Array) -> Flags | None:
    """Which cells hold something; nothing: all."""
    if array.null_count == 0:
        return None
    bitmap = array.buffers()[0]
    if bitmap is None:
        return np.asarray(array.is_valid().to_numpy(zero_copy_only=False))
    return bits(bitmap, array.offset, len(array))


def bits(buffer: Any, offset: int, count: int) -> Flags:
    """So many bits of a buffer as flags."""
    if not count:
        return np.zeros(0, np.bool_)
    whole = np.frombuffer(buffer, np.uint8)[offset >> 3 : (offset + count + 7) >> 3]
    spread = np.unpackbits(whole, bitorder="little")
    return spread[offset & 7 : (offset & 7) + count].view(np.bool_)


def values_in(array: Array, kind: Any) -> NDArray[Any]:
    """The values of an array of fixed width, as they lie there; under a null, anything."""
    if not len(array):
        return np.zeros(0, kind)
    return np.frombuffer(array.buffers()[1], kind)[array.offset : array.offset + len(array)]


def all_known(known: Flags | None, count: int) -> Flags:
    """*known* written out."""
    return np.ones(count, np.bool_) if known is None else known
