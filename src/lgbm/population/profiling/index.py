"""Who uses a service, measured against who lives there: penetration, its index, and take-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias, cast

from attrs import frozen

from lgbm.errors import Diagnostic, ProfileError
from lgbm.messages import transactions as say
from lgbm.population.profiling.cells import whole_number
from lgbm.population.profiling.grid import HIDDEN, UNKNOWN, Grid, hidden_note
from lgbm.population.profiling.plots import Axes, bars
from lgbm.population.profiling.ranges import Range, pair_of, percent, rounded, said, total, whole
from lgbm.population.profiling.source import rows_from
from lgbm.population.profiling.suppression import MINIMUM, suppressed_list
from lgbm.population.profiling.transactions import Transaction, Transactions, nested

People: TypeAlias = "Mapping[str, int | tuple[int, int]] | Any"
"""How many people, by segment: a mapping, or a table with the columns `segment` and `people`."""


@frozen
class IndexRow:
    """One segment. What cannot be reckoned is `None`."""

    segment: str
    used: Range
    """Users, or contacts where users are not counted."""
    people: int
    share: Range | None
    """Of all users."""
    of_population: Fraction
    penetration: Range | None
    """Users by head of the segment."""
    index: Range | None
    """Its share of users over its share of the population × 100: 100 is as many as there would be by chance."""
    take_up: Range | None
    """Users by head of those who are eligible."""


@frozen
class Index:
    """The segments of a population, and how much more or less each uses than its size would suggest."""

    counts: str
    """What is counted: `users`, or `transactions` where users are not known."""
    rows: tuple[IndexRow, ...]
    unknown: int
    """Contacts of people whose segment is not known. They are left out."""

    def __getitem__(self, segment: str) -> IndexRow:
        return next(row for row in self.rows if row.segment == segment)

    def grid(self, minimum: int = MINIMUM) -> Grid:
        """The table as it may be shown, with small counts hidden."""
        counts = {row.segment: _at_most(row) for row in self.rows}
        shown, every = suppressed_list(counts, minimum)
        take_up = any(row.take_up for row in self.rows)
        columns = ("segment", self.counts, "share", "of population", "penetration", "index")
        lines = tuple(_line(row, shown[row.segment] is None, every is None, take_up) for row in self.rows)
        return Grid(
            "Penetration by segment", columns + (("take-up",) if take_up else ()), lines, self._notes(lines, minimum)
        )

    def _notes(self, lines: Iterable[tuple[str, ...]], minimum: int) -> tuple[str, ...]:
        notes = [hidden_note(minimum)] if any(HIDDEN in line for line in lines) else []
        if self.unknown:
            notes.append(f"{self.unknown:,} contacts of people whose segment is not known are left out")
        if self.counts == "transactions":
            notes.append("contacts are counted, not people: who comes often counts often")
        return tuple(notes)

    def plot(self, ax: Axes | None = None, minimum: int = MINIMUM) -> Axes:
        """A bar for each segment, and a line at 100. What the table hides is left out."""
        hidden = {line[0] for line in self.grid(minimum).rows if HIDDEN in line}
        ranges = {row.segment: row.index for row in self.rows if row.index and row.segment not in hidden}
        return bars(ranges, "Penetration index by segment", "index (100: as its share of the population)", 100, ax)

    def _repr_html_(self) -> str:
        return self.grid().as_html()

    def __str__(self) -> str:
        return str(self.grid())


def _at_most(row: IndexRow) -> int:
    return -(-row.used.high.numerator // row.used.high.denominator)


def _line(row: IndexRow, hidden: bool, total_hidden: bool, take_up: bool) -> tuple[str, ...]:
    # With the total hidden, a share would give it away.
    shares = [said(one, percent) if one else UNKNOWN for one in (row.share,)]
    index = said(row.index, lambda one: rounded(one, 0)) if row.index else UNKNOWN
    penetration = said(row.penetration, percent) if row.penetration else UNKNOWN
    cells = [said(row.used, whole), *shares, percent(row.of_population), penetration, index]
    for at in (0, 1, 3, 4):
        if hidden or (total_hidden and at in (1, 4)):
            cells[at] = HIDDEN
    if take_up:
        cells.append(HIDDEN if hidden else said(row.take_up, percent) if row.take_up else UNKNOWN)
    return (row.segment, *cells)


def index(transactions: Transactions, population: People, *, eligible: People | None = None) -> Index:
    """The penetration index of every segment of *population*, for all contacts of *transactions*.

    Choose a service first: `index(transactions.where(service="library"), population)`. Users are counted where every
    row states them; otherwise contacts are. A user of two rows may be one person, so that users of several rows are a
    range. *eligible*: how many people of each segment are eligible, or a pair of the fewest and the most.
    """
    people = {name: low for name, (low, _) in _people(population, transactions).items()}
    used = {name: [row for row in transactions if row.segment == name] for name in people}
    problems = nested(transactions.taxonomy, people)
    problems += [
        say.no_people(name) for name in sorted({row.segment for row in transactions if row.segment} - {*people})
    ]
    if not sum(people.values()):
        problems.append(say.nobody())
    if problems:
        raise ProfileError(problems)
    by_users = bool(len(transactions)) and all(row.users is not None for row in transactions)
    counts = {name: users_of(rows) if by_users else _contacts(rows) for name, rows in used.items()}
    able = None if eligible is None else _people(eligible, transactions)
    unknown = sum(row.transactions for row in transactions if row.segment is None)
    rows = (_row(name, counts, people, used[name], (able or {}).get(name)) for name in people)
    return Index("users" if by_users else "transactions", tuple(rows), unknown)


def _row(
    name: str,
    counts: Mapping[str, Range],
    people: Mapping[str, int],
    rows: list[Transaction],
    eligible: tuple[int, int] | None,
) -> IndexRow:
    used, others = counts[name], total(count for one, count in counts.items() if one != name)
    of_population = Fraction(people[name], sum(people.values()))
    share = None
    if used.low + others.high and used.high + others.low:
        share = Range(used.low / (used.low + others.high), used.high / (used.high + others.low))
    return IndexRow(
        name,
        used,
        people[name],
        share,
        of_population,
        used.times(Fraction(1, people[name])) if people[name] else None,
        share.times(100 / of_population) if share and of_population else None,
        _take_up(users_of(rows), eligible),
    )


def _take_up(users: Range, eligible: tuple[int, int] | None) -> Range | None:
    if eligible is None or not eligible[0]:
        return None
    return Range(users.low / eligible[1], users.high / eligible[0])


def users_of(rows: Iterable[Transaction]) -> Range:
    """How many different people made these contacts: one row may count whom another counts."""
    low, high = 0, 0
    for row in rows:
        least = row.users if row.users is not None else min(1, row.transactions)
        low, high = max(low, least), high + (row.users if row.users is not None else row.transactions)
    return Range.of(low, high)


def _contacts(rows: Iterable[Transaction]) -> Range:
    return Range.of(sum(row.transactions for row in rows))


def _people(given: People, transactions: Transactions) -> dict[str, tuple[int, int]]:
    pairs: Iterable[tuple[Any, Any]]
    if isinstance(given, Mapping):
        pairs = cast("Mapping[Any, Any]", given).items()
    else:
        columns = rows_from(given).columns
        missing = [say.missing_column(name, columns) for name in ("segment", "people") if name not in columns]
        if missing:
            raise ProfileError(missing)
        pairs = zip(columns["segment"], columns["people"], strict=True)
    known, problems, found = transactions.taxonomy.segments, list[Diagnostic](), dict[str, tuple[int, int]]()
    for name, value in pairs:
        bounds = [whole_number(one) for one in pair_of(value)]
        if name not in known:
            problems.append(say.unknown_choice("segment", name, known))
        elif bounds[0] is not None and bounds[1] is not None and bounds[0] <= bounds[1]:
            found[name] = bounds[0], bounds[1]
        else:
            problems.append(say.wrong_people(name, value))
    if problems:
        raise ProfileError(problems)
    return found
