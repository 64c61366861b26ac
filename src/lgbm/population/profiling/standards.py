"""Whether a service keeps what it promises, and by how much."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias, cast

from attrs import frozen

from lgbm.errors import ProfileError
from lgbm.messages import transactions as say
from lgbm.model.concepts import Standard, Target
from lgbm.model.truth import Truth
from lgbm.population.profiling.grid import UNKNOWN, Grid
from lgbm.population.profiling.ranges import Range, exact, percent, rounded, said, whole
from lgbm.population.profiling.transactions import Transactions

Time: TypeAlias = int | float | Decimal | Fraction | None
Taken: TypeAlias = "Iterable[Time] | Mapping[Time, int]"
"""How long each case took, in the unit of the target; or how many cases took so long. `None` is not known."""

_IN_DAYS = {"minutes": Fraction(1, 1440), "hours": Fraction(1, 24), "days": Fraction(1), "weeks": Fraction(7)}
"""A working day is not among them: which days those are depends on a calendar."""


@frozen
class TargetMeasured:
    """How one target was met."""

    target: Target
    within: Range
    """Cases settled in time; at most, where it is not known of some."""
    share: Range | None
    """Of all cases; nothing where there were none."""
    met: Truth
    short: Range
    """How many cases more should have been settled in time."""

    @property
    def by(self) -> Range | None:
        """How many percentage points more than the target; fewer, where it is below nought."""
        return None if self.share is None else self.share.times(100) + Range.of(-Fraction(self.target.share))


@frozen
class Measured:
    """How one standard was kept."""

    standard: Standard
    cases: int
    unknown: int
    """Cases of which it is not known how long they took."""
    targets: tuple[TargetMeasured, ...]

    @property
    def met(self) -> Truth:
        """Whether all its targets were met."""
        each = {one.met for one in self.targets}
        return Truth.FALSE if Truth.FALSE in each else Truth.UNKNOWN if Truth.UNKNOWN in each else Truth.TRUE

    def grid(self) -> Grid:
        """Target by target."""
        words = {Truth.TRUE: "met", Truth.FALSE: "not met", Truth.UNKNOWN: UNKNOWN}
        lines = (
            (
                str(one.target),
                f"{self.cases:,}",
                said(one.within, whole),
                said(one.share, percent) if one.share else UNKNOWN,
                words[one.met],
                said(one.by, lambda each: rounded(each, 1)) if one.by else UNKNOWN,
                said(one.short, whole),
            )
            for one in self.targets
        )
        columns = ("target", self.standard.of, "in time", "share", "", "points above", "cases short")
        many = f"{self.unknown:,} case{'s' if self.unknown > 1 else ''}"
        notes = (f"of {many} it is not known how long it took",) if self.unknown else ()
        return Grid(self.standard.label.get("en") or self.standard.of, columns, tuple(lines), notes)

    def _repr_html_(self) -> str:
        return self.grid().as_html()

    def __str__(self) -> str:
        return str(self.grid())


def measured(standard: Standard, taken: Taken) -> Measured:
    """How *standard* was kept in cases that took so long, in the unit of each of its targets.

    A case of which it is not known how long it took may have been in time or not: shares are ranges, and whether a
    target was met may stay unknown. Without any case, it does.
    """
    held = _counted(taken)
    return _measured(standard, {one.unit: held for one in standard.targets})


def _counted(taken: Taken) -> dict[Fraction | None, int]:
    pairs: Iterable[tuple[Time, int]]
    pairs = cast("Mapping[Time, int]", taken).items() if isinstance(taken, Mapping) else ((one, 1) for one in taken)
    found: dict[Fraction | None, int] = {}
    wrong: list[object] = []
    for time, count in pairs:
        if time is not None and not _is_time(time):
            wrong.append(time)
        elif isinstance(count, bool) or count < 0:
            wrong.append(count)
        else:
            key = None if time is None else exact(time)
            found[key] = found.get(key, 0) + count
    if wrong:
        raise ProfileError([say.wrong_duration(one) for one in dict.fromkeys(map(str, wrong))])
    return found


def _is_time(time: Any) -> bool:
    number = isinstance(time, int | float | Decimal | Fraction) and not isinstance(time, bool)
    return number and math.isfinite(time) and time >= 0


def _measured(standard: Standard, by_unit: Mapping[str, Mapping[Fraction | None, int]]) -> Measured:
    counts = [sum(held.values()) for held in by_unit.values()]
    unknown = max((held.get(None, 0) for held in by_unit.values()), default=0)
    targets = tuple(_target(one, by_unit[one.unit]) for one in standard.targets)
    return Measured(standard, counts[0] if counts else 0, unknown, targets)


def _target(target: Target, held: Mapping[Fraction | None, int]) -> TargetMeasured:
    every, unknown, wanted = sum(held.values()), held.get(None, 0), Fraction(target.share) / 100
    low = sum(count for time, count in held.items() if time is not None and time <= exact(target.within))
    within = Range.of(low, low + unknown)
    needed = math.ceil(wanted * every)
    short = Range.of(max(0, needed - low - unknown), max(0, needed - low))
    if not every:
        return TargetMeasured(target, within, None, Truth.UNKNOWN, short)
    share = within.times(Fraction(1, every))
    met = Truth.TRUE if share.low >= wanted else Truth.FALSE if share.high < wanted else Truth.UNKNOWN
    return TargetMeasured(target, within, share, met, short)


def standards(transactions: Transactions) -> dict[str, tuple[Measured, ...]]:
    """How every service of *transactions* kept its standards, by the column `handled_within`, which is in days.

    Choose the interactions that a standard is of: `standards(table.where(interaction="applying"))`. Days are not
    working days: with a target in these, it stays unknown.
    """
    found: dict[str, tuple[Measured, ...]] = {}
    for (service,), rows in transactions.groups(("service",)).items():
        days: dict[Fraction | None, int] = {}
        for row in rows:
            key = None if row.handled_within is None else Fraction(row.handled_within)
            days[key] = days.get(key, 0) + row.transactions
        promised = transactions.taxonomy.services[service or ""].standards
        found[service or ""] = tuple(
            _measured(one, {target.unit: _in(target.unit, days) for target in one.targets}) for one in promised
        )
    return {name: each for name, each in found.items() if each}


def _in(unit: str, days: Mapping[Fraction | None, int]) -> dict[Fraction | None, int]:
    one = _IN_DAYS.get(unit)
    found: dict[Fraction | None, int] = {}
    for time, count in days.items():
        key = None if time is None or one is None else time / one
        found[key] = found.get(key, 0) + count
    return found
