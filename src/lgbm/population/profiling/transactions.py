"""Transactions: who contacted whom about what, over which channel, when and how often; and their reader.

A row counts the contacts of one service × interaction × channel × segment × period. Its table is described in
`docs/reference/population-tables.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from attrs import evolve, field, frozen

from lgbm.errors import Diagnostic, ProfileError
from lgbm.messages import transactions as say
from lgbm.model.taxonomy import Taxonomy
from lgbm.population.profiling.cells import Cells
from lgbm.population.profiling.periods import Period
from lgbm.population.profiling.source import Rows, Source, rows_from

KEYS = ("service", "interaction", "channel", "segment", "period")
"""The columns that say which contacts a row counts."""

DIMENSIONS = (*KEYS, "avoidable_reason")
"""What contacts can be counted by."""

COUNTS = ("users", "failed", "avoidable", "asked", "satisfied")
"""The columns that a table need not have."""

COLUMNS = (*KEYS, "transactions", *COUNTS, "avoidable_reason", "handled_within")
_PARTS = (("users", "transactions"), ("failed", "transactions"), ("avoidable", "transactions"), ("satisfied", "asked"))


class WithTaxonomy(Protocol):
    """What `lgbm.load` gives: a model, of which the taxonomy is all that counts here."""

    @property
    def taxonomy(self) -> Taxonomy: ...


@frozen(kw_only=True)
class Transaction:
    """The contacts of one row. What is `None` is not known, and is not nought."""

    row: int
    """Its number in the table; the first is 1."""
    service: str
    interaction: str
    channel: str
    segment: str | None
    period: Period
    transactions: int
    users: int | None = None
    """How many different people made them."""
    failed: int | None = None
    avoidable: int | None = None
    avoidable_reason: str | None = None
    asked: int | None = None
    satisfied: int | None = None
    handled_within: int | None = None
    """Days within which all of them were settled."""

    def by(self, names: Iterable[str]) -> tuple[str | None, ...]:
        """What it counts, by the dimensions of these names."""
        found: list[str | None] = []
        for name in names:
            value: object = getattr(self, name)
            found.append(None if value is None else str(value))
        return tuple(found)


@frozen
class Transactions:
    """Every row of a table, checked against a taxonomy. What the table has no row for did not happen."""

    taxonomy: Taxonomy = field(repr=False)
    rows: tuple[Transaction, ...] = field(repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Transaction]:
        return iter(self.rows)

    @property
    def count(self) -> int:
        """How many contacts there were."""
        return sum(row.transactions for row in self.rows)

    def where(
        self,
        *,
        service: str | Collection[str] | None = None,
        interaction: str | Collection[str] | None = None,
        channel: str | Collection[str] | None = None,
        segment: str | Collection[str] | None = None,
        period: str | Collection[str] | None = None,
    ) -> Transactions:
        """Those of a service, or of several; of a channel; and so on. Raises `ProfileError` for an unknown id."""
        wanted = {"service": service, "interaction": interaction, "channel": channel, "segment": segment}
        chosen = {name: ids_of(self.taxonomy, name, given) for name, given in wanted.items() if given is not None}
        periods = None if period is None else {period} if isinstance(period, str) else set(period)

        def fits(row: Transaction) -> bool:
            return all(getattr(row, name) in ids for name, ids in chosen.items()) and (
                periods is None or row.period.text in periods
            )

        return evolve(self, rows=tuple(row for row in self.rows if fits(row)))

    def groups(self, by: Sequence[str]) -> dict[tuple[str | None, ...], list[Transaction]]:
        """The rows by *by*, in the order of the taxonomy; of what is not known last."""
        for name in by:
            if name not in DIMENSIONS:
                raise ProfileError([say.not_counted_by(name, DIMENSIONS)])
        found: dict[tuple[str | None, ...], list[Transaction]] = {}
        for row in self.rows:
            found.setdefault(row.by(by), []).append(row)
        return dict(sorted(found.items(), key=lambda one: self._place(by, one[0], one[1][0])))

    def _place(self, by: Sequence[str], key: tuple[str | None, ...], row: Transaction) -> list[tuple[bool, int, str]]:
        places: list[tuple[bool, int, str]] = []
        for name, value in zip(by, key, strict=True):
            order = list(known_of(self.taxonomy, name)) if name in KEYS[:-1] else []
            at = row.period.first.toordinal() if name == "period" else order.index(value) if value in order else 0
            places.append((value is None, at, value or ""))
        return places


def known_of(taxonomy: Taxonomy, name: str) -> Mapping[str, Any]:
    """The items that *name*, `service` say, can be."""
    found: Mapping[str, Any] = getattr(taxonomy, f"{name}s")
    return found


def ids_of(taxonomy: Taxonomy, name: str, given: str | Collection[str]) -> frozenset[str]:
    """One id or several, each of which the taxonomy has."""
    ids = {given} if isinstance(given, str) else set(given)
    known = known_of(taxonomy, name)
    unknown = [say.unknown_choice(name, one, known) for one in sorted(ids - known.keys())]
    if unknown:
        raise ProfileError(unknown)
    return frozenset(ids)


def read(source: Source, model: WithTaxonomy, *, others: Collection[str] = ()) -> Transactions:
    """The transactions that *source* holds: a CSV or Parquet file, anything that speaks Arrow, or a row a mapping.

    Columns called in *others* are passed over. Raises `ProfileError` with everything that is wrong.
    """
    taxonomy, held = model.taxonomy, rows_from(source)
    problems = list(_columns(held, others))
    cells = Cells()
    rows = list(_rows(held, taxonomy, cells))
    problems += cells.complaints(lambda name: known_of(taxonomy, name))
    # How rows stand to each other is asked of those that are right by themselves.
    problems += [*_twice(rows), *_overlapping(rows), *_too_many(rows)]
    problems += nested(taxonomy, {row.segment for row in rows if row.segment})
    if problems:
        raise ProfileError(problems)
    return Transactions(taxonomy, tuple(rows))


def _columns(held: Rows, others: Collection[str]) -> Iterator[Diagnostic]:
    strange = [name for name in held.columns if name not in COLUMNS and name not in others]
    for name in (*KEYS, "transactions"):
        if name not in held.columns:
            yield say.missing_column(name, strange)
    free = [name for name in COLUMNS if name not in held.columns]
    for name in strange:
        yield say.unknown_column(name, free)


def _rows(held: Rows, taxonomy: Taxonomy, cells: Cells) -> Iterator[Transaction]:
    """The rows of which every cell fits, where no column is missing. What does not fit is kept in *cells*."""
    readers: dict[str, Callable[[int, object], object]] = {}
    for name in KEYS[:-1]:
        readers[name] = cells.id_reader(name, known_of(taxonomy, name), needed=name != "segment")
    readers["period"] = cells.period
    for name in ("transactions", *COUNTS, "handled_within"):
        readers[name] = cells.count_reader(name, needed=name == "transactions")
    readers["avoidable_reason"] = cells.text
    present = {name: held.columns[name] for name in COLUMNS if name in held.columns}
    whole = {*KEYS, "transactions"} <= present.keys()
    for at in range(held.count):
        before = cells.count
        found: dict[str, Any] = {name: readers[name](at + 1, column[at]) for name, column in present.items()}
        if whole and cells.count == before:
            yield Transaction(row=at + 1, **found)


def _key(row: Transaction) -> tuple[object, ...]:
    return (*row.by(KEYS[:-1]), row.avoidable_reason, row.handled_within)


def _twice(rows: Iterable[Transaction]) -> Iterator[Diagnostic]:
    seen: dict[tuple[object, ...], list[Transaction]] = {}
    for row in rows:
        seen.setdefault((*_key(row), row.period), []).append(row)
    for same in seen.values():
        if len(same) > 1:
            key = (*same[0].by(KEYS), same[0].avoidable_reason, same[0].handled_within)
            yield say.counted_twice([row.row for row in same], key)


def _overlapping(rows: Iterable[Transaction]) -> Iterator[Diagnostic]:
    seen: dict[tuple[object, ...], list[Transaction]] = {}
    for row in rows:
        seen.setdefault(_key(row), []).append(row)
    found: list[tuple[Transaction, Transaction]] = []
    for same in seen.values():
        latest: Transaction | None = None
        for row in sorted(same, key=lambda one: one.period):
            if latest and latest.period != row.period and latest.period.overlaps(row.period):
                found.append((latest, row))
            if latest is None or row.period.last > latest.period.last:
                latest = row
    if found:
        told = sorted((one.row, one.period.text) for one in min(found, key=lambda pair: pair[1].row))
        yield say.overlapping_periods(told[0], told[1], len(found) - 1)


def _too_many(rows: Sequence[Transaction]) -> Iterator[Diagnostic]:
    for part, whole in _PARTS:
        wrong: list[tuple[int, object]] = []
        for row in rows:
            some, all_of_them = getattr(row, part), getattr(row, whole)
            if some is not None and (all_of_them is None or some > all_of_them):
                wrong.append((row.row, f"{some} of {'none' if all_of_them is None else all_of_them}"))
        if wrong:
            yield say.more_than_all(part, whole, wrong)


def nested(taxonomy: Taxonomy, segments: Collection[str]) -> list[Diagnostic]:
    """What is to be said where one of *segments* is part of another, so that people count twice."""
    known = taxonomy.segments
    found: list[Diagnostic] = []
    for name in sorted(segments):
        seen: set[str] = set()
        above = [*known[name].broader] if name in known else []
        while above:
            one = above.pop()
            if one not in seen and one in known:
                seen.add(one)
                above += known[one].broader
        found += [say.part_of_another(name, one) for one in sorted(seen & set(segments) - {name})]
    return found
