"""Which channels people use and prefer, which contacts could have been avoided, and how content people were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from lgbm.population.profiling.cost import OwnCosts, unit_costs
from lgbm.population.profiling.grid import HIDDEN, UNKNOWN, Grid, hidden_note
from lgbm.population.profiling.ranges import NOTHING, Range, percent, pounds, rounded, said, whole
from lgbm.population.profiling.suppression import MINIMUM, Published, counts_of, suppressed
from lgbm.population.profiling.transactions import Transaction, Transactions


@frozen
class Mix:
    """Contacts by group and channel."""

    by: str
    counts: Mapping[tuple[str, str], int]

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups, in their order."""
        return tuple(dict.fromkeys(group for group, _ in self.counts))

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels, in their order."""
        return tuple(dict.fromkeys(channel for _, channel in self.counts))

    def share(self, group: str, channel: str) -> Fraction | None:
        """Of the contacts of *group*, those by *channel*; nothing where it has none."""
        every = sum(self.counts.get((group, one), 0) for one in self.channels)
        return Fraction(self.counts.get((group, channel), 0), every) if every else None

    def preference(self, group: str, channel: str) -> Fraction | None:
        """The share of *channel* in *group* over its share in all × 100: 100 is as everybody does."""
        share = self.share(group, channel)
        in_all = sum(self.counts.get((one, channel), 0) for one in self.groups)
        return share * 100 * sum(self.counts.values()) / in_all if share is not None and in_all else None

    def published(self, minimum: int = MINIMUM) -> Published:
        """The counts with their totals, as they may be shown."""
        return suppressed(self.counts, minimum)

    def grid(self, minimum: int = MINIMUM) -> Grid:
        """Shares and preferences, without those that a hidden count goes into."""
        shown = self.published(minimum)
        lines: list[tuple[str, ...]] = []
        for group in self.groups:
            for channel in self.channels:
                count, every = shown.cells[group, channel], shown.rows[group]
                share, prefers = self.share(group, channel), self.preference(group, channel)
                safe = count is not None and every is not None
                all_safe = safe and shown.columns[channel] is not None and shown.total is not None
                lines.append(
                    (
                        f"{group} × {channel}",
                        HIDDEN if count is None else f"{count:,}",
                        (percent(share) if share is not None else UNKNOWN) if safe else HIDDEN,
                        (rounded(prefers, 0) if prefers is not None else UNKNOWN) if all_safe else HIDDEN,
                    )
                )
        some = any(HIDDEN in line for line in lines)
        columns = (f"{self.by} × channel", "transactions", "share", "preference")
        return Grid("Channel mix", columns, tuple(lines), (hidden_note(minimum),) if some else ())

    def _repr_html_(self) -> str:
        return self.grid().as_html()

    def __str__(self) -> str:
        return str(self.grid())


def mix(transactions: Transactions, *, by: str = "segment") -> Mix:
    """Over which channels each segment, or whatever *by* names, makes its contacts."""
    groups = transactions.groups((by, "channel"))
    channels = [key[0] or UNKNOWN for key in transactions.groups(("channel",))]
    counts = counts_of(
        ((group or UNKNOWN, channel or UNKNOWN), sum(row.transactions for row in rows))
        for (group, channel), rows in groups.items()
    )
    names = dict.fromkeys(group for group, _ in counts)
    return Mix(by, {(group, channel): counts.get((group, channel), 0) for group in names for channel in channels})


@frozen
class Avoidable:
    """The contacts of one group that need not have been: chasing progress, a form that nobody understood."""

    key: tuple[str | None, ...]
    transactions: int
    avoidable: Range
    """At most, where the table does not say of some contacts."""
    cost: Range
    """Of those that were avoidable for certain, and whose cost is known."""
    unknown_cost: int
    """Contacts avoidable for certain whose cost is not known."""
    reasons: Mapping[str | None, int]

    @property
    def share(self) -> Range | None:
        """Of all contacts of the group."""
        return self.avoidable.times(Fraction(1, self.transactions)) if self.transactions else None


def avoidable(
    transactions: Transactions, *, by: Sequence[str] = ("channel",), costs: OwnCosts | None = None
) -> tuple[Avoidable, ...]:
    """The avoidable contacts of each group, their reasons, and what they cost."""
    units = unit_costs(transactions, costs)
    found: list[Avoidable] = []
    for key, rows in transactions.groups(by).items():
        reasons: dict[str | None, int] = {}
        low, high, unknown, spent = 0, 0, 0, NOTHING
        for row in rows:
            count = row.avoidable or 0
            low, high = low + count, high + (row.transactions if row.avoidable is None else count)
            if count:
                reasons[row.avoidable_reason] = reasons.get(row.avoidable_reason, 0) + count
            each = units.of(row.channel, row.period)
            unknown += count if each is None else 0
            spent += each.times(count) if each else NOTHING
        every = sum(row.transactions for row in rows)
        found.append(Avoidable(key, every, Range.of(low, high), spent, unknown, reasons))
    return tuple(found)


@frozen
class Satisfaction:
    """How many of those asked in one group were satisfied. Nothing is said of those who were not asked."""

    key: tuple[str | None, ...]
    transactions: int
    asked: int
    satisfied: Range
    """At most, where the table says how many were asked and not how many were satisfied."""

    @property
    def share(self) -> Range | None:
        """Of those asked."""
        return self.satisfied.times(Fraction(1, self.asked)) if self.asked else None


def satisfaction(transactions: Transactions, *, by: Sequence[str] = ("channel",)) -> tuple[Satisfaction, ...]:
    """How many of those asked were satisfied, by channel unless told otherwise."""
    return tuple(_satisfied(key, rows) for key, rows in transactions.groups(by).items())


def _satisfied(key: tuple[str | None, ...], rows: Iterable[Transaction]) -> Satisfaction:
    every, asked, low, high = 0, 0, 0, 0
    for row in rows:
        every, asked = every + row.transactions, asked + (row.asked or 0)
        low += row.satisfied or 0
        high += (row.asked or 0) if row.satisfied is None else row.satisfied
    return Satisfaction(key, every, asked, Range.of(low, high))


def avoidable_grid(found: Iterable[Avoidable], minimum: int = MINIMUM) -> Grid:
    """The avoidable contacts as they may be shown: of avoidable, other, and untold contacts."""
    held = list(found)
    shown = _told_and_untold([(row.key, row.avoidable, row.transactions) for row in held], minimum)
    lines: list[tuple[str, ...]] = []
    for row, (name, every, count, share) in zip(held, shown, strict=True):
        certain = row.cost.high or not row.avoidable.high
        money = said(row.cost, pounds) if certain else UNKNOWN
        lines.append((name, every, count, share, HIDDEN if count == HIDDEN else money))
    return _grid("Avoidable contact", ("", "transactions", "avoidable", "share", "cost"), lines, minimum)


def satisfaction_grid(found: Iterable[Satisfaction], minimum: int = MINIMUM) -> Grid:
    """Satisfaction as it may be shown: of those asked who were satisfied, who were not, and of whom it is not told."""
    lines = _told_and_untold([(row.key, row.satisfied, row.asked) for row in found], minimum)
    return _grid("Satisfaction", ("", "asked", "satisfied", "share"), lines, minimum)


def _told_and_untold(
    held: Sequence[tuple[tuple[str | None, ...], Range, int]], minimum: int
) -> list[tuple[str, str, str, str]]:
    """For each group its name, how many there are, how many of them count, and their share, as they may be shown.

    A range tells how many count for certain, and its width of how many the table says nothing: that is a count too.
    """
    names = [" × ".join(one or UNKNOWN for one in key) for key, _, _ in held]
    parts = (
        ((name, part), int(count))
        for name, (_, some, every) in zip(names, held, strict=True)
        for part, count in (("yes", some.low), ("untold", some.high - some.low), ("no", every - some.high))
    )
    shown = suppressed(counts_of(parts), minimum)
    lines: list[tuple[str, str, str, str]] = []
    for name, (_, some, all_of_them) in zip(names, held, strict=True):
        safe, every = None not in (shown.cells[name, "yes"], shown.cells[name, "untold"]), shown.rows[name]
        share = _percent_of(some, all_of_them)
        lines.append(
            (
                name,
                HIDDEN if every is None else f"{every:,}",
                said(some, whole) if safe else HIDDEN,
                share if safe and every is not None else HIDDEN,
            )
        )
    return lines


def _percent_of(some: Range, every: int) -> str:
    """Which share of *every* they are, in words."""
    return said(some.times(Fraction(1, every)), percent) if every else UNKNOWN


def _grid(title: str, columns: Sequence[str], lines: Sequence[tuple[str, ...]], minimum: int) -> Grid:
    some = any(HIDDEN in line for line in lines)
    return Grid(title, tuple(columns), tuple(lines), (hidden_note(minimum),) if some else ())
