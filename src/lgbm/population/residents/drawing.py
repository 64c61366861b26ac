"""Drawing by chance, always in the same way: uniform numbers from a seed, and everything else from these by tables.

Only uniform numbers are asked of NumPy: these stay the same from one of its versions to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import NormalDist
from typing import Any, TypeAlias

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

Flags: TypeAlias = NDArray[np.bool_]
Whole: TypeAlias = NDArray[np.int64]
Real: TypeAlias = NDArray[np.float64]

_NORMAL = NormalDist()
_SHARES = np.linspace(0.0005, 0.9995, 1999)
_QUANTILES = np.array([_NORMAL.inv_cdf(float(one)) for one in _SHARES])
_EPOCH = date(1970, 1, 1)


def generator(seed: int, *place: int) -> np.random.Generator:
    """The numbers of one part of a population, whatever was drawn for its other parts."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=place)))


def normal(uniform: Real) -> Real:
    """Uniform numbers as normal ones, without the last two thousandth of the tails."""
    found: Real = np.interp(uniform, _SHARES, _QUANTILES)
    return found


def uniform_of(normals: Real) -> Real:
    """Normal numbers as uniform ones."""
    return np.interp(normals, _QUANTILES, _SHARES)


def pick(uniform: Real, shares: Sequence[float] | Real) -> Whole:
    """One of several, by their shares: its place."""
    ends = np.cumsum(np.asarray(shares, np.float64))
    return np.searchsorted(ends[:-1] / ends[-1], uniform, side="right")


def pick_by(uniform: Real, group: Whole, shares: Real) -> Whole:
    """One of several, by the shares in the row of *shares* that *group* names."""
    ends = np.cumsum(shares, axis=1)
    ends = ends / ends[:, -1:]
    found: Whole = (uniform[:, None] >= ends[group][:, :-1]).sum(axis=1)
    return found


def some(flags: Flags) -> Flags:
    """In which rows there is a yes."""
    return np.asarray(flags.any(axis=1), np.bool_)


def balanced(start: Real, rows: Real, columns: Real) -> Real:
    """*start* scaled until its rows and its columns have these sums (as shares): iterative proportional fitting."""
    found = np.asarray(start, np.float64)
    rows, columns = rows / rows.sum(), columns / columns.sum()
    for _ in range(60):
        found = found * (rows / found.sum(axis=1))[:, None]
        found = found * (columns / found.sum(axis=0))[None, :]
    return found


def days(on: date) -> int:
    """*on* as days since 1970."""
    return (on - _EPOCH).days


def civil(when: Whole) -> tuple[Whole, Whole, Whole]:
    """Year, month and day of days since 1970."""
    dates = when.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    month_numbers = months.astype(np.int64)
    return month_numbers // 12 + 1970, month_numbers % 12 + 1, (dates - months).astype(np.int64) + 1


def whole_months(start: Whole, on: date) -> Whole:
    """Whole months from *start* to *on*, as `years and months duration` counts them."""
    year, month, day = civil(start)
    return (on.year - year) * 12 + (on.month - month) - (day > on.day)


def born(age: Whole, uniform: Real, on: date) -> Whole:
    """A date of birth, in days since 1970, of somebody of *age* whole years on the day *on*."""
    day = 28 if (on.month, on.day) == (2, 29) else on.day
    base = np.array([days(date(on.year - one, on.month, day)) for one in range(on.year - 1880)])
    first, last = base[age + 1] + 1, base[age]
    found: Whole = first + (uniform * (last - first + 1)).astype(np.int64)
    return found


@frozen(eq=False)
class Fact:
    """A fact of every row. *asked* says of which rows it is asked; nothing: of all."""

    kind: str
    """flag, whole, real, pence, day, choice, choices, person or people."""
    values: NDArray[Any]
    asked: Flags | None = None
    options: tuple[str, ...] = ()
    fields: dict[str, Fact] = field(factory=dict[str, "Fact"])


@frozen(eq=False)
class Draw:
    """What is drawn of a block of citizens, fact by fact: a later one can look at the earlier ones."""

    chance: np.random.Generator
    count: int
    on: date
    facts: dict[str, Fact] = field(factory=dict[str, Fact])

    def uniform(self) -> Real:
        return self.chance.random(self.count)

    def linked(self, normals: Real, weight: float) -> Real:
        """Uniform numbers that go along with *normals*, by so much: -1 against them, 0 not at all, 1 wholly."""
        return uniform_of(weight * normals + np.sqrt(1 - weight * weight) * normal(self.uniform()))

    def __getitem__(self, name: str) -> NDArray[Any]:
        """The values of a fact; of rows of which it is not asked, whatever stands for "no"."""
        return self.facts[name].values

    def given(self, name: str) -> Flags:
        """Of which rows the fact is asked."""
        asked = self.facts[name].asked
        return np.ones(self.count, np.bool_) if asked is None else asked

    def flag(self, name: str, chance: Any, where: Flags | None = None) -> Flags:
        """Yes or no: yes with the *chance* that is given, which can be one for each row."""
        return self.put(name, self.uniform() < chance, where)

    def put(self, name: str, flags: Flags, where: Flags | None = None) -> Flags:
        values = flags if where is None else flags & where
        self.facts[name] = Fact("flag", values, where)
        return values

    def whole(self, name: str, values: NDArray[Any], where: Flags | None = None) -> Whole:
        found = values.astype(np.int64) if where is None else np.where(where, values, 0).astype(np.int64)
        self.facts[name] = Fact("whole", found, where)
        return found

    def pounds(self, name: str, values: NDArray[Any], where: Flags | None = None, *, pence: bool = False) -> Real:
        """Money, to the pound or to the penny."""
        scaled = np.rint(values * 100) if pence else np.rint(values) * 100
        found = scaled.astype(np.int64) if where is None else np.where(where, scaled, 0).astype(np.int64)
        self.facts[name] = Fact("pence", found, where)
        return found / 100

    def day(self, name: str, values: Whole, where: Flags | None = None) -> Whole:
        self.facts[name] = Fact("day", values, where)
        return values

    def choice(self, name: str, options: Sequence[str], codes: NDArray[Any], where: Flags | None = None) -> Whole:
        found = codes.astype(np.int64)
        self.facts[name] = Fact("choice", found, where, tuple(options))
        return found

    def choices(self, name: str, options: Sequence[str], flags: Flags, where: Flags | None = None) -> Flags:
        """A set of options: of *flags*, a row for each citizen and a column for each option."""
        self.facts[name] = Fact("choices", flags, where, tuple(options))
        return flags

    def is_option(self, name: str, *options: str) -> Flags:
        """Whether a choice is one of *options* (and is asked)."""
        fact = self.facts[name]
        wanted = [fact.options.index(one) for one in options]
        return np.isin(fact.values, wanted) & self.given(name)
