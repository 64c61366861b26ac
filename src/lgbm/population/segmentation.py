"""How segments divide a population: their sizes, who is in several, who is in none, and whether parts add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from attrs import Factory, define, evolve, field, frozen

from lgbm.errors import ProfileError
from lgbm.messages import screening as say
from lgbm.model.concepts import Segment
from lgbm.population.blocks import Block
from lgbm.population.bounds import Rows
from lgbm.population.grouping import everybody, members
from lgbm.population.kernel.columns import Truths
from lgbm.population.kernel.program import Program
from lgbm.population.kernel.truths import conjunction, disjunction, negation
from lgbm.population.profiling.grid import Grid
from lgbm.rules.rulebook import DatedRulebook

EVERYBODY = "everybody"


@frozen
class Segmentation:
    """How some segments divide a whole: another segment, or all rows."""

    whole: str | None
    """The segment that they are parts of; nothing: all rows."""
    size: Rows
    """Of the whole."""
    parts: Mapping[str, Rows]
    """How many belong to each part, whether they belong to the whole or not."""
    several: Rows
    """How many belong to more than one part."""
    overlaps: Mapping[tuple[str, str], Rows]
    """How many belong to both of two parts, for each two of which anybody belongs to both, or may."""
    none: Rows
    """How many belong to the whole and to no part."""
    outside: Rows
    """How many belong to a part, but not to the whole."""

    @property
    def together(self) -> Rows:
        """The sizes of all parts added up."""
        sizes = self.parts.values()
        return Rows(sum(one.low for one in sizes), sum(one.high for one in sizes))

    @property
    def adds_up(self) -> bool | None:
        """Whether everybody of the whole, and nobody else, belongs to exactly one part; nothing: that is not known."""
        wrong = (self.several, self.none, self.outside)
        if any(one.low for one in wrong):
            return False
        return None if any(one.high for one in wrong) else True


@frozen
class Segmentations:
    """Segmentations of one population, each with what divides into what."""

    of: tuple[Segmentation, ...] = field(repr=False)
    rows: int
    """All rows of the table."""
    names: Mapping[str, str] = field(repr=False)

    def __getitem__(self, whole: str) -> Segmentation:
        for one in self.of:
            if (one.whole or EVERYBODY) == whole:
                return one
        raise KeyError(whole)

    def grid(self) -> Grid:
        """The table. It shows exact counts, for those who may see them: nothing is hidden."""
        rows = [row for one in self.of for row in self._rows(one)]
        return Grid("Segments", ("segment", "people"), tuple(rows), tuple(self._notes()))

    def _rows(self, one: Segmentation) -> Iterator[tuple[str, str]]:
        yield self._name(one.whole), str(one.size)
        for name, size in one.parts.items():
            yield f"  {self._name(name)}", str(size)
        yield "  the parts added up", str(one.together)
        for words, found in (
            ("in more than one part", one.several),
            ("in no part", one.none),
            ("in a part, but not in the whole", one.outside),
        ):
            if found.high:
                yield f"  {words}", str(found)

    def _notes(self) -> Iterator[str]:
        for one in self.of:
            for (left, right), both in one.overlaps.items():
                yield f"in both: {self._name(left)}, and {self._name(right)}: {both}"

    def _name(self, segment: str | None) -> str:
        return "Everybody" if segment is None else self.names[segment]

    def to_dicts(self) -> list[dict[str, Any]]:
        """Every segmentation as plain data; a count is a pair."""
        return [
            {
                "whole": one.whole,
                "size": _pair(one.size),
                "parts": {name: _pair(size) for name, size in one.parts.items()},
                "together": _pair(one.together),
                "several": _pair(one.several),
                "none": _pair(one.none),
                "outside": _pair(one.outside),
                "overlaps": [[*names, _pair(both)] for names, both in one.overlaps.items()],
                "adds_up": one.adds_up,
            }
            for one in self.of
        ]

    def __str__(self) -> str:
        return str(self.grid())

    def _repr_html_(self) -> str:
        return self.grid().as_html()


def _pair(one: Rows) -> list[int]:
    return [one.low, one.high]


def segmentation(
    book: DatedRulebook, program: Program, blocks: Iterable[Block], of: str | Sequence[str] | None
) -> Segmentations:
    """How segments divide the rows of *blocks*: the parts of a segment, some segments, or all that have parts."""
    segments = book.book.taxonomy.segments
    asked = _asked(segments, of)
    named = dict.fromkeys(name for whole, parts in asked.items() for name in (whole, *parts) if name is not None)
    conditions = members(book, program, named)
    found = {whole: _Counted(parts) for whole, parts in asked.items()}
    rows = 0
    for block in blocks:
        rows += block.batch.num_rows
        belongs = {name: block.condition(term) for name, term in conditions.items()}
        for whole, counted in found.items():
            counted.add(everybody(block.batch.num_rows) if whole is None else belongs[whole], belongs)
    names = {name: one.named() for name, one in segments.items()}
    return Segmentations(tuple(one.counted(whole) for whole, one in found.items()), rows, names)


def _asked(segments: Mapping[str, Segment], of: str | Sequence[str] | None) -> dict[str | None, tuple[str, ...]]:
    """Which parts are asked about, by the whole that they are to divide."""
    if of is not None and not isinstance(of, str):
        return {None: tuple(dict.fromkeys(of))}
    parts: dict[str | None, tuple[str, ...]] = {
        whole: tuple(name for name, one in segments.items() if whole in one.broader) for whole in segments
    }
    if of is None:
        return {whole: names for whole, names in parts.items() if names}
    if of in segments and not parts[of]:
        raise ProfileError([say.no_parts(of)])
    return {of: parts.get(of, ())}


@define(eq=False)
class _Counted:
    """What is added up of one segmentation."""

    parts: tuple[str, ...]
    size: Rows = Factory(Rows)
    sizes: dict[str, Rows] = Factory(dict[str, Rows])
    both: dict[tuple[str, str], Rows] = Factory(dict[tuple[str, str], Rows])
    several: Rows = Factory(Rows)
    none: Rows = Factory(Rows)
    outside: Rows = Factory(Rows)

    def add(self, whole: Truths, belongs: Mapping[str, Truths]) -> None:
        """Count the rows of a block as well."""
        parts = {name: belongs[name] for name in self.parts}
        count = len(whole)
        any_ = disjunction(list(parts.values()), count)
        self.size = _plus(self.size, whole)
        for name, one in parts.items():
            self.sizes[name] = _plus(self.sizes.get(name, Rows()), one)
        for pair in combinations(parts, 2):
            both = _plus(self.both.get(pair, Rows()), conjunction([parts[one] for one in pair], count))
            self.both[pair] = both
        must = sum((one.must.astype(np.int32) for one in parts.values()), np.zeros(count, np.int32))
        may = sum((one.may.astype(np.int32) for one in parts.values()), np.zeros(count, np.int32))
        self.several = _plus(self.several, Truths(must > 1, may > 1))
        self.none = _plus(self.none, conjunction([whole, negation(any_)], count))
        self.outside = _plus(self.outside, conjunction([any_, negation(whole)], count))

    def counted(self, whole: str | None) -> Segmentation:
        """What was found."""
        overlaps = {pair: both for pair, both in self.both.items() if both.high}
        sizes = {name: self.sizes.get(name, Rows()) for name in self.parts}
        return Segmentation(whole, self.size, sizes, self.several, overlaps, self.none, self.outside)


def _plus(rows: Rows, more: Truths) -> Rows:
    return evolve(
        rows, low=rows.low + int(np.count_nonzero(more.must)), high=rows.high + int(np.count_nonzero(more.may))
    )
