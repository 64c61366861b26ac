"""Tables of citizens to stated facts: which column is which circumstance, checked before anything is reckoned."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

import numpy as np
from attrs import Factory, define, frozen

from lgbm.errors import Diagnostic, ProfileError
from lgbm.messages import profiles as say_of_profiles
from lgbm.messages import tables as say
from lgbm.model.concepts import Circumstance, Kind
from lgbm.population.kernel.columns import Column, Truths
from lgbm.population.kernel.joining import hidden
from lgbm.population.kernel.making import nothing
from lgbm.population.library import pa, pc
from lgbm.population.tables import arrow, quantities, written
from lgbm.population.tables.arrow import Reading
from lgbm.population.tables.intake import Array, Cells
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook
from lgbm.source import Source, Span

_NOWHERE = Span(Source("table", ""), 1, 1)
_HINTS: Mapping[Kind, str] = {
    Kind.DATE: "cast the column to date32",
    Kind.BOOLEAN: "cast the column to bool",
    Kind.NUMBER: "cast the column to a number",
    Kind.MONEY: "cast the column to decimal128",
}
_INDEX = re.compile(r"__index_level_\d+__")
"""What pandas calls the numbers of its rows, where they are no longer 0, 1, 2 …, and where it has no other name."""


@frozen(eq=False)
class TableReader:
    """Reads the batches of tables with one schema."""

    readings: Mapping[str, Reading]
    receives: tuple[str, ...] = ()
    """The facts `receives("…")` that a list of what is received settles, where there is a column of such lists."""

    def read(self, batch: Any, cells: Cells) -> dict[str, Column]:
        """The stated facts of a record batch. What does not fit is noted in *cells*, and not known."""
        found = {
            reading.path: reading.read(batch.column(name), cells)
            for name, reading in self.readings.items()
            if name != "receives"
        }
        if "receives" in self.readings:
            found |= self._received(self.readings["receives"].read(batch.column("receives"), cells))
        return found

    def _received(self, lists: Any) -> Mapping[str, Column]:
        """A list of what a citizen receives is complete, as every stated list is."""
        rows, codes = lists.rows, lists.values.codes
        found: dict[str, Column] = {}
        for place, name in enumerate(lists.values.values):
            fact = f'receives("{name}")'
            if fact in self.receives:
                flags = np.zeros(len(lists), np.bool_)
                flags[rows[codes == place]] = True
                column = Truths(flags, flags)
                found[fact] = column if lists.known is None else hidden(column, lists.known)
        return found


def table_reader(book: DatedRulebook, schema: Any, keep: Collection[str] = (), *, as_text: bool = False) -> TableReader:
    """The reader of tables with that schema. Raises `ProfileError` with every column that does not fit.

    Columns in *keep* are no facts: they stand beside the answers. In a table *as_text*, as a CSV file is, every cell is
    a text, which is read as what its circumstance is.
    """
    taxonomy, kept = book.book.taxonomy, frozenset(keep)
    columns = _Columns(as_text)
    received = frozenset(taxonomy.services)
    names: Counter[str] = Counter(schema.names)
    columns.problems += [say.column_twice(name) for name, count in names.items() if count > 1]
    columns.problems += [say.no_such_column(name, names) for name in keep if name not in names]
    for each in schema:
        name: str = each.name
        if names[name] > 1 or name in kept:
            continue
        if name == "receives":
            every = Circumstance(
                id=name, label={}, kind=Kind.CHOICES, span=_NOWHERE, options={one: {} for one in sorted(received)}
            )
            columns.add(name, every, each.type)
        elif name.startswith(('receives("', 'eligible("')) and name.endswith('")'):
            if name[10:-2] in received:
                columns.add(name, Circumstance(id=name, label={}, kind=Kind.BOOLEAN, span=_NOWHERE), each.type)
            else:
                columns.problems.append(say_of_profiles.unknown_service(name[10:-2], received, "table"))
        elif name in taxonomy.circumstances:
            columns.add(name, taxonomy.circumstances[name], each.type)
        elif not _INDEX.fullmatch(name):
            columns.problems.append(say.unknown_column(name, (*taxonomy.circumstances, "receives")))
    if columns.problems:
        raise ProfileError(columns.problems)
    return TableReader(columns.readings, tuple(sorted(book.book.passports | _measured(book))))


def _measured(book: DatedRulebook) -> frozenset[str]:
    """The facts `receives("…")` that only indicators and segments ask for."""
    terms = [*book.segments.values(), *(term for pair in book.indicators.values() for term in pair if term is not None)]
    return frozenset(name for term in terms for name in t.facts_of(term) if name.startswith("receives("))


@define
class _Columns:
    """How each column of a table is read, or what keeps it from being read."""

    as_text: bool
    readings: dict[str, Reading] = Factory(dict[str, Reading])
    problems: list[Diagnostic] = Factory(list[Diagnostic])

    def add(self, name: str, one: Circumstance, kind: Any) -> None:
        """The column called *name*, which holds *one* in that type of Arrow."""
        found = written.reading(name, one) if self.as_text else self._reading(name, one, kind)
        if found is not None:
            self.readings[name] = found

    def _reading(self, path: str, one: Circumstance, kind: Any) -> Reading | None:
        plain, decoded = _plain(kind)
        found = self._of_plain(path, one, plain)
        if found is None:
            self.problems.append(say.wrong_type(path, kind, one.kind, _HINTS.get(one.kind)))
            return None
        if decoded is None:
            return found
        return Reading(path, lambda array, cells: found.read(decoded(array), cells))

    def _of_plain(self, path: str, one: Circumstance, kind: Any) -> Reading | None:
        if pa.types.is_null(kind):
            return Reading(path, lambda array, _: nothing(len(array)))
        inner = kind.value_type if _is_listed(kind) else None
        match one.kind:
            case Kind.BOOLEAN if pa.types.is_boolean(kind):
                return Reading(path, lambda array, _: arrow.booleans(array))
            case Kind.NUMBER | Kind.MONEY if _is_numeric(kind):
                return Reading(path, partial(quantities.numbers, path, one))
            case Kind.DATE if _is_day(kind):
                return Reading(path, partial(quantities.dates, path, one))
            case Kind.TEXT if _is_text(kind):
                return Reading(path, partial(arrow.texts, path))
            case Kind.CHOICE if _is_text(kind):
                return Reading(path, partial(arrow.choices, path, one))
            case Kind.CHOICES if inner is not None and (_is_text(inner) or pa.types.is_null(inner)):
                return Reading(path, partial(arrow.sets, path, one))
            case Kind.PERSON if pa.types.is_struct(kind):
                return Reading(path, partial(arrow.persons, self._fields(path, one, kind)))
            case Kind.PEOPLE if inner is not None and (pa.types.is_struct(inner) or pa.types.is_null(inner)):
                return Reading(path, partial(arrow.people, path, self._fields(path, one, inner)))
            case _:
                return None

    def _fields(self, path: str, one: Circumstance, kind: Any) -> Mapping[str, Reading]:
        found: dict[str, Reading] = {}
        fields = () if pa.types.is_null(kind) else tuple(kind)
        names = Counter(each.name for each in fields)
        for each in fields:
            field = one.fields.get(each.name)
            reading = None
            if names[each.name] > 1:
                self.problems.append(say.column_twice(f"{path}.{each.name}"))
            elif field is None:
                self.problems.append(say_of_profiles.unknown_field(path, each.name, one.fields))
            else:
                reading = self._reading(f"{path}.{each.name}", field, each.type)
            if reading is not None:
                found[each.name] = reading
        return found


def _plain(kind: Any) -> tuple[Any, Callable[[Array], Array] | None]:
    """The type that there is behind the wrappings of Arrow, and what takes them off (nothing: there are none)."""
    if pa.types.is_dictionary(kind) and not _is_text(kind):
        return kind.value_type, lambda array: array.dictionary_decode()
    if pa.types.is_run_end_encoded(kind):
        return kind.value_type, pc.run_end_decode
    if getattr(kind, "extension_name", "") == "arrow.bool8":
        return pa.bool_(), lambda array: array.storage.cast(pa.bool_())
    return kind, None


def _is_text(kind: Any) -> bool:
    return _is_one(kind.value_type if pa.types.is_dictionary(kind) else kind, "string", "large_string", "string_view")


def _is_listed(kind: Any) -> bool:
    return _is_one(kind, "list", "large_list", "fixed_size_list", "list_view", "large_list_view")


def _is_one(kind: Any, *names: str) -> bool:
    """Whether a type is one of those; an older PyArrow does not know of all."""
    asked = [getattr(pa.types, f"is_{name}", None) for name in names]
    return any(one is not None and one(kind) for one in asked)


def _is_numeric(kind: Any) -> bool:
    return _is_one(kind, "integer", "floating", "decimal")


def _is_day(kind: Any) -> bool:
    if pa.types.is_timestamp(kind):
        return bool(kind.tz is None or quantities.is_zone(kind.tz))
    return bool(pa.types.is_date(kind))
