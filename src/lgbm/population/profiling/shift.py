"""What would become of contacts and their cost if a share of them moved to another channel."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from lgbm.errors import Diagnostic, ProfileError
from lgbm.messages import transactions as say
from lgbm.population.profiling.cost import OwnCosts, UnitCosts, unit_costs
from lgbm.population.profiling.grid import HIDDEN, UNKNOWN, Grid, hidden_note
from lgbm.population.profiling.periods import Period
from lgbm.population.profiling.ranges import NOTHING, Exact, Range, exact, percent, pounds, said, whole
from lgbm.population.profiling.suppression import MINIMUM, counts_of, suppressed
from lgbm.population.profiling.transactions import Transaction, Transactions, ids_of

ANY_SHARE = Range.of(0, 1)
"""A share of which nothing is known."""


@frozen(kw_only=True)
class Move:
    """A share of contacts that goes to another channel.

    *failing* is the share of contacts in the new channel that do not succeed and come back to the old one: a share, or
    the lowest and the highest. Without it, it is what the table says of the new channel, for the same services and
    segments; and where that says nothing, it can be anything, and the saving is as wide.
    """

    share: Exact
    source: str
    to: str
    services: str | Collection[str] | None = None
    interactions: str | Collection[str] | None = None
    segments: str | Collection[str] | None = None
    failing: Exact | tuple[Exact, Exact] | None = None


@frozen
class Moved:
    """The contacts of one row that one move takes."""

    row: Transaction = field(repr=False)
    to: str
    count: Fraction
    failing: Range


@frozen
class Saving:
    """What one group would save, or lose where it is below nought."""

    key: tuple[str | None, ...]
    moved: Fraction
    """Contacts begun in the new channel."""
    back: Range
    """Those of them that come back to the old channel."""
    saving: Range
    """Of those contacts whose cost is known in both channels."""
    unknown: Fraction
    """Contacts moved whose saving is not known."""


@frozen
class Shift:
    """The same contacts before and after. No count falls below nought."""

    transactions: Transactions = field(repr=False)
    moved: tuple[Moved, ...]
    notes: tuple[str, ...]
    _units: UnitCosts = field(repr=False)

    def savings(self, by: Sequence[str] = ("segment",)) -> tuple[Saving, ...]:
        """What each group saves. Each has a range of its own: the range of all is no wider than their sum."""
        groups: dict[tuple[str | None, ...], list[Moved]] = {key: [] for key in self.transactions.groups(by)}
        for one in self.moved:
            groups[one.row.by(by)].append(one)
        return tuple(self._saving(key, moved) for key, moved in groups.items() if moved)

    @property
    def total(self) -> Saving:
        """What all of it saves."""
        return self._saving((), self.moved)

    @property
    def after(self) -> Mapping[str, Range]:
        """Contacts by channel once they have moved, and once those who failed have come back."""
        found = dict.fromkeys(self.transactions.taxonomy.channels, NOTHING)
        for row in self.transactions:
            found[row.channel] += Range.of(row.transactions)
        for one in self.moved:
            found[one.to] += Range.of(one.count)
            found[one.row.channel] += Range.of(-one.count) + one.failing.times(one.count)
        used = {row.channel for row in self.transactions} | {one.to for one in self.moved}
        return {name: count for name, count in found.items() if name in used}

    def _saving(self, key: tuple[str | None, ...], moved: Iterable[Moved]) -> Saving:
        """The bounds are exact: a cost that several moves share is the same for all of them."""
        count, unknown, back = Fraction(0), Fraction(0), NOTHING
        low: dict[tuple[str, Period], Fraction] = {}
        high: dict[tuple[str, Period], Fraction] = {}
        for one in moved:
            old, new = (one.row.channel, one.row.period), (one.to, one.row.period)
            count, back = count + one.count, back + one.failing.times(one.count)
            if self._units.of(*old) is None or self._units.of(*new) is None:
                unknown += one.count
                continue
            # A contact that fails costs its visit in the new channel, and its contact in the old one all the same.
            for factors, failing in ((low, one.failing.high), (high, one.failing.low)):
                factors[old] = factors.get(old, Fraction(0)) + one.count * (1 - failing)
                factors[new] = factors.get(new, Fraction(0)) - one.count
        return Saving(key, count, back, Range(self._sum(low).low, self._sum(high).high), unknown)

    def _sum(self, factors: Mapping[tuple[str, Period], Fraction]) -> Range:
        found = NOTHING
        for (channel, period), factor in factors.items():
            each = self._units.of(channel, period)
            found += each.times(factor) if each else NOTHING
        return found

    def grid(self, by: Sequence[str] = ("segment",), minimum: int = MINIMUM) -> Grid:
        """Savings as they may be shown: those of few contacts are hidden."""
        rows = self.savings(by)
        names = [" × ".join(one or UNKNOWN for one in row.key) for row in rows]
        # What was moved is a share of a count that may have to stay hidden itself.
        before = {one.row.row: one.row for one in self.moved}.values()
        named = dict(zip((row.key for row in rows), names, strict=True))
        shown = suppressed(counts_of(((named[one.by(by)], one.channel), one.transactions) for one in before), minimum)
        small = {name for (name, _), count in shown.cells.items() if count is None}
        lines = [_line(name, row, name in small) for name, row in zip(names, rows, strict=True)]
        lines.append(_line("total", self.total, bool(small)))
        some = bool(small)
        columns = (" × ".join(by), "moved", "come back", "saving", "of unknown saving")
        return Grid("Channel shift", columns, tuple(lines), ((hidden_note(minimum),) if some else ()) + self.notes)

    def _repr_html_(self) -> str:
        return self.grid().as_html()

    def __str__(self) -> str:
        return str(self.grid())


def _line(name: str, row: Saving, hidden: bool) -> tuple[str, ...]:
    if hidden:
        return (name, HIDDEN, HIDDEN, HIDDEN, HIDDEN)
    saving = said(row.saving, pounds) if row.unknown < row.moved or not row.moved else UNKNOWN
    return (name, whole(row.moved), said(row.back, whole), saving, whole(row.unknown))


def shift(transactions: Transactions, moves: Iterable[Move], *, costs: OwnCosts | None = None) -> Shift:
    """What becomes of *transactions* where *moves* are made, all at once, each of the contacts that there were before.

    Raises `ProfileError` where more than all contacts of a row would move.
    """
    units, moved, notes, problems = unit_costs(transactions, costs), list[Moved](), list[str](), list[Diagnostic]()
    taken: dict[int, Fraction] = {}
    for move in moves:
        problems += _wrong(move)
        if problems:
            continue
        rows = _chosen(transactions, move)
        failing, note = _failing(transactions, move)
        notes += [note] if note else []
        for row in rows.where(channel=move.source):
            taken[row.row] = taken.get(row.row, Fraction(0)) + exact(move.share)
            moved.append(Moved(row, move.to, row.transactions * exact(move.share), failing))
    for row in transactions:
        if taken.get(row.row, 0) > 1:
            problems.append(say.moved_twice(row.row, row.channel, percent(taken[row.row])))
    if problems:
        raise ProfileError(problems)
    used = {(channel, one.row.period) for one in moved for channel in (one.row.channel, one.to)}
    reasons = sorted({why for channel, period in used if (why := units.why(channel, period))})
    return Shift(transactions, tuple(moved), tuple(dict.fromkeys([*notes, *reasons])), units)


def _wrong(move: Move) -> list[Diagnostic]:
    shares: list[object] = [move.share]
    if move.failing is not None:
        shares += move.failing if isinstance(move.failing, tuple) else [move.failing]
    found = [say.wrong_share(one) for one in shares if not _is_share(one)]
    if isinstance(move.failing, tuple) and not found and exact(move.failing[0]) > exact(move.failing[1]):
        found.append(say.wrong_share(move.failing[0]))
    return found + ([say.moved_nowhere(move.to)] if move.source == move.to else [])


def _is_share(one: object) -> bool:
    return isinstance(one, int | float | Fraction | Decimal) and not isinstance(one, bool) and 0 <= one <= 1


def _chosen(transactions: Transactions, move: Move) -> Transactions:
    return transactions.where(service=move.services, interaction=move.interactions, segment=move.segments)


def _failing(transactions: Transactions, move: Move) -> tuple[Range, str | None]:
    ids_of(transactions.taxonomy, "channel", [move.source, move.to])
    if move.failing is not None:
        return Range.of(*move.failing) if isinstance(move.failing, tuple) else Range.of(move.failing), None
    rows = [row for row in _chosen(transactions, move).where(channel=move.to) if row.failed is not None]
    every = sum(row.transactions for row in rows)
    if not every:
        return ANY_SHARE, f"nothing is known of how many contacts by `{move.to}` fail: any share of them may come back"
    return Range.of(Fraction(sum(row.failed or 0 for row in rows), every)), None


@frozen
class Failures:
    """What failed contacts cost where each comes back once."""

    failed: Range
    """At most, where the table does not say of some contacts."""
    cost: Range
    """Of those that failed for certain, and the cost of whose second contact is known."""
    unknown: int
    """Failed contacts the cost of whose second contact is not known."""


def failures(transactions: Transactions, *, back_to: str, costs: OwnCosts | None = None) -> Failures:
    """What it costs that contacts of *transactions* fail, if each comes back once by the channel *back_to*."""
    units = unit_costs(transactions, costs)
    ids_of(transactions.taxonomy, "channel", back_to)
    low, high, unknown, spent = 0, 0, 0, NOTHING
    for row in transactions:
        failed, each = row.failed or 0, units.of(back_to, row.period)
        low, high = low + failed, high + (row.transactions if row.failed is None else failed)
        unknown += failed if each is None else 0
        spent += each.times(failed) if each else NOTHING
    return Failures(Range.of(low, high), spent, unknown)
