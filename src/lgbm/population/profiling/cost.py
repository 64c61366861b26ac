"""What contacts cost whoever provides the service, by the dated cost ranges of the taxonomy or by one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import TypeAlias

from attrs import field, frozen

from lgbm.errors import ProfileError
from lgbm.messages import transactions as say
from lgbm.model.concepts import Channel, Cost
from lgbm.population.profiling.grid import HIDDEN, UNKNOWN, Grid, hidden_note
from lgbm.population.profiling.periods import Period
from lgbm.population.profiling.plots import Axes, bars
from lgbm.population.profiling.ranges import NOTHING, Exact, Range, exact, pair_of, pounds, said
from lgbm.population.profiling.suppression import MINIMUM, counts_of, suppressed, suppressed_list
from lgbm.population.profiling.transactions import Transaction, Transactions, ids_of

OwnCosts: TypeAlias = "Mapping[str, Exact | tuple[Exact, Exact]]"
"""What a contact costs by channel, in pounds: one figure, or the lowest and the highest."""


@frozen
class UnitCosts:
    """What one contact costs by channel and period; where that is not known, why."""

    channels: Mapping[str, Channel]
    own: OwnCosts = field(factory=dict[str, Exact])
    _found: dict[tuple[str, Period], Range | str] = field(factory=dict[tuple[str, Period], "Range | str"], init=False)

    def of(self, channel: str, period: Period) -> Range | None:
        """The range in force in *period*, or nothing: it is not known."""
        found = self._look(channel, period)
        return found if isinstance(found, Range) else None

    def why(self, channel: str, period: Period) -> str | None:
        """Why it is not known, or nothing where it is."""
        found = self._look(channel, period)
        return found if isinstance(found, str) else None

    def _look(self, channel: str, period: Period) -> Range | str:
        key = channel, period
        if key not in self._found:
            own = self.own.get(channel)
            if own is not None:
                self._found[key] = Range.of(*own) if isinstance(own, tuple) else Range.of(own)
            else:
                self._found[key] = published(self.channels[channel], period)
        return self._found[key]


def published(channel: Channel, period: Period) -> Range | str:
    """The lowest and the highest cost in force on any day of *period*; or why it is not known.

    Where a part of the period has no cost, it is not known: the cost of another year is not taken in its place.
    """
    in_force = [one for one in channel.costs if one.start <= period.last and (one.end or period.last) >= period.first]
    if not channel.costs:
        return f"no cost of a contact by `{channel.id}` is stated"
    other = next((one.unit for one in in_force if one.unit and one.unit.split()[0] not in ("GBP", "£")), None)
    if other:
        return f"the cost of a contact by `{channel.id}` is stated in {other}"
    if not _covered(in_force, period):
        return f"no cost of a contact by `{channel.id}` is stated for all of {period}"
    return Range.of(min(one.low for one in in_force), max(one.high for one in in_force))


def _covered(costs: Iterable[Cost], period: Period) -> bool:
    upto = period.first - timedelta(days=1)
    for one in sorted(costs, key=lambda each: each.start):
        if one.start > upto + timedelta(days=1):
            return False
        upto = max(upto, one.end or date.max - timedelta(days=1))
    return upto >= period.last


@frozen
class CostRow:
    """The contacts of one group."""

    key: tuple[str | None, ...]
    transactions: int
    cost: Range
    """Of those contacts whose cost is known."""
    unknown: int
    """Contacts whose cost is not known: they are in no sum."""
    channels: Mapping[str, int]
    """Its contacts by channel."""

    @property
    def each(self) -> Range | None:
        """The cost of one contact, on average."""
        known = self.transactions - self.unknown
        return self.cost.times(Fraction(1, known)) if known else None


@frozen
class CostToServe:
    """What contacts cost, by group. A sum is of what is known; beside it stands how many contacts it leaves out."""

    by: tuple[str, ...]
    rows: tuple[CostRow, ...]
    total: CostRow
    reasons: tuple[str, ...]
    """Why some costs are not known."""

    def __getitem__(self, key: str | tuple[str | None, ...]) -> CostRow:
        wanted = (key,) if isinstance(key, str) else key
        return next(row for row in self.rows if row.key == wanted)

    def grid(self, minimum: int = MINIMUM) -> Grid:
        """The table as it may be shown. With a count hidden, costs that would tell it are hidden too."""
        if "channel" in self.by:
            counts: Mapping[str, int | None]
            counts, every = suppressed_list({_name(row.key): row.transactions for row in self.rows}, minimum)
            small = {name for name, count in counts.items() if count is None}
        else:
            shown = suppressed(
                counts_of(((_name(row.key), one), n) for row in self.rows for one, n in row.channels.items()), minimum
            )
            counts, every = shown.rows, shown.total
            small = {name for (name, _), count in shown.cells.items() if count is None}
        lines = [_line(_name(row.key), row, counts[_name(row.key)], _name(row.key) in small) for row in self.rows]
        lines.append(_line("total", self.total, every, bool(small)))
        some = any(HIDDEN in line for line in lines)
        notes = ((hidden_note(minimum),) if some else ()) + self.reasons
        columns = (" × ".join(self.by), "transactions", "cost", "each", "of unknown cost")
        return Grid("Cost to serve", columns, tuple(lines), notes)

    def plot(self, ax: Axes | None = None, minimum: int = MINIMUM) -> Axes:
        """A bar for each group, from its lowest to its highest cost. What the table hides is left out."""
        hidden = {line[0] for line in self.grid(minimum).rows if HIDDEN in line}
        names = ((_name(row.key), row) for row in self.rows)
        ranges = {name: row.cost for name, row in names if row.each and name not in hidden}
        return bars(ranges, f"Cost to serve by {' and '.join(self.by)}", "pounds", None, ax)

    def _repr_html_(self) -> str:
        return self.grid().as_html()

    def __str__(self) -> str:
        return str(self.grid())


def _name(key: tuple[str | None, ...]) -> str:
    return " × ".join(one or UNKNOWN for one in key)


def _line(name: str, row: CostRow, count: int | None, hidden: bool) -> tuple[str, ...]:
    contacts = HIDDEN if count is None else f"{count:,}"
    if hidden or count is None:
        return (name, contacts, HIDDEN, HIDDEN, HIDDEN)
    known = row.each
    cost = said(row.cost, pounds) if known or not row.transactions else UNKNOWN
    return (name, contacts, cost, said(known, pounds) if known else UNKNOWN, f"{row.unknown:,}")


def cost(transactions: Transactions, *, by: Sequence[str] = ("channel",), costs: OwnCosts | None = None) -> CostToServe:
    """The cost to serve, by channel unless told otherwise.

    A channel costs what the taxonomy states for the days of the period; *costs* are your own, and take the place of
    these. They are published ranges: they tell an order of size.
    """
    units = unit_costs(transactions, costs)
    rows = [_sum(key, rows, units) for key, rows in transactions.groups(by).items()]
    reasons = sorted({why for row in transactions if (why := units.why(row.channel, row.period))})
    return CostToServe(tuple(by), tuple(rows), _sum((), transactions, units), tuple(reasons))


def unit_costs(transactions: Transactions, costs: OwnCosts | None) -> UnitCosts:
    """Costs of the taxonomy, with one's own in their place."""
    own = costs or {}
    ids_of(transactions.taxonomy, "channel", list(own))
    wrong = [say.wrong_cost(name, one) for name, one in own.items() if not _is_cost(one)]
    if wrong:
        raise ProfileError(wrong)
    return UnitCosts(transactions.taxonomy.channels, own)


def _is_cost(one: object) -> bool:
    bounds = pair_of(one)
    numbers = all(isinstance(each, int | float | Decimal | Fraction) and isfinite(each) for each in bounds)
    return numbers and 0 <= exact(bounds[0]) <= exact(bounds[1])


def _sum(key: tuple[str | None, ...], rows: Iterable[Transaction], units: UnitCosts) -> CostRow:
    channels: dict[str, int] = {}
    unknown, cost_of_them = 0, NOTHING
    for row in rows:
        each = units.of(row.channel, row.period)
        channels[row.channel] = channels.get(row.channel, 0) + row.transactions
        unknown += row.transactions if each is None else 0
        cost_of_them += each.times(row.transactions) if each else NOTHING
    return CostRow(key, sum(channels.values()), cost_of_them, unknown, channels)
