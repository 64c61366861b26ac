"""How the indicators of a population move, as it is told: before, after, and by how many points."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from lgbm.errors import ProfileError
from lgbm.messages import screening as say
from lgbm.model.concepts import Indicator
from lgbm.population.bounds import Share
from lgbm.population.grouping import ALL
from lgbm.population.movement.moving import Moved
from lgbm.population.profiling.grid import Grid
from lgbm.population.profiling.ranges import Exact, exact, rounded


@frozen
class Movement:
    """Every indicator before and after, for all rows and for each group; and what was assumed."""

    moved: Mapping[str, Mapping[str, Moved]] = field(repr=False)
    indicators: Mapping[str, Indicator] = field(repr=False)
    title: str
    assumed: tuple[str, ...]

    def __getitem__(self, which: str | tuple[str, str]) -> Moved:
        indicator, group = (which, ALL) if isinstance(which, str) else which
        return self.moved[indicator][group]

    def grid(self) -> Grid:
        """The table: the indicators that move, or may."""
        grouped = any(len(each) > 1 for each in self.moved.values())
        columns = ("indicator", *(("group",) if grouped else ()), "before", "after", "points", "which is")
        shown = [name for name, each in self.moved.items() if any(_may_move(one) for one in each.values())]
        rows = [self._row(name, label, one, grouped) for name in shown for label, one in self.moved[name].items()]
        still = len(self.moved) - len(shown)
        notes = (f"{still} {'indicator does' if still == 1 else 'indicators do'} not move",) if still else ()
        return Grid(self.title, columns, tuple(rows), (*notes, *self.assumed))

    def _row(self, name: str, label: str, one: Moved, grouped: bool) -> tuple[str, ...]:
        group = (label or "all",) if grouped else ()
        judged = _judged(one.change, self.indicators[name].better)
        return (
            self.indicators[name].named(),
            *group,
            str(one.before),
            str(one.after),
            one.change.said(_points),
            judged,
        )

    def to_dicts(self) -> list[dict[str, Any]]:
        """A mapping for each indicator and group; shares are exact, written as fractions."""
        return [
            {
                "indicator": name,
                "group": label,
                **{when: _pair(getattr(one, when)) for when in ("before", "after", "change")},
            }
            for name, each in self.moved.items()
            for label, one in each.items()
        ]

    def __str__(self) -> str:
        return str(self.grid())

    def _repr_html_(self) -> str:
        return self.grid().as_html()


def _may_move(one: Moved) -> bool:
    return one.before != one.after or bool(one.change.low) or bool(one.change.high)


def _points(change: Fraction) -> str:
    return f"{'+' if change > 0 else ''}{rounded(change * 100, 1)}"


def _judged(change: Share, better: str | None) -> str:
    if better is None or change.low is None or change.high is None:
        return ""
    if change.low > 0:
        return "better" if better == "higher" else "worse"
    if change.high < 0:
        return "better" if better == "lower" else "worse"
    return "" if change.low == change.high == 0 else "not known"


def _pair(one: Share) -> list[str | None]:
    return [None if bound is None else str(bound) for bound in (one.low, one.high)]


@frozen
class Rise:
    """How many more claim: a *share* of those who miss out; or as many as bring take-up *to* one, or up by a *rise*."""

    share: Exact | None = None
    to: Exact | None = None
    rise: Exact | None = None

    def __attrs_post_init__(self) -> None:
        given = {name: one for name in ("share", "to", "rise") if (one := getattr(self, name)) is not None}
        wrong = [say.no_share(one) for one in given.values() if not _is_share(one)]
        if len(given) > 1:
            wrong.append(say.ways_at_once(given))
        if wrong:
            raise ProfileError(wrong)

    def chances(self, rate: Share) -> tuple[Fraction, Fraction]:
        """At least and at most the share of those who miss out that this makes claim, at a take-up of *rate*."""
        if self.share is not None or (self.to is None and self.rise is None):
            share = exact(1 if self.share is None else self.share)
            return share, share
        if rate.low is None or rate.high is None:
            return Fraction(0), Fraction(0)
        found = [self._chance(one) for one in (rate.low, rate.high)]
        return min(found), max(found)

    def _chance(self, rate: Fraction) -> Fraction:
        if rate == 1:
            return Fraction(0)
        wanted = exact(self.to) - rate if self.to is not None else exact(self.rise or 0)
        return min(Fraction(1), max(Fraction(0), wanted / (1 - rate)))


def _is_share(one: Any) -> bool:
    try:
        return 0 <= exact(one) <= 1
    except (TypeError, ValueError, OverflowError):
        return False
