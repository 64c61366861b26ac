"""Tables of citizens to stated facts: which column is which circumstance, checked before anything is reckoned."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from attrs import frozen

from lgbm.errors import Diagnostic, ProfileError
from lgbm.messages import profiles as say_of_profiles
from lgbm.messages import tables as say
from lgbm.model.concepts import Circumstance, Kind
from lgbm.population import arrow
from lgbm.population.arrow import Cells, Reading
from lgbm.population.columns import Column, Truths
from lgbm.population.joining import hidden
from lgbm.population.library import pa
from lgbm.population.making import nothing
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook
from lgbm.source import Source, Span

_NOWHERE = Span(Source("table", ""), 1, 1)
_HINTS: Mapping[Kind, str] = {
    Kind.PEOPLE: "a CSV file has no lists: use Parquet",
    Kind.PERSON: "a CSV file has no structs: use Parquet",
    Kind.CHOICES: "a CSV file has no lists: use Parquet",
    Kind.DATE: "write dates as 2026-04-06, or cast the column to date32",
    Kind.BOOLEAN: "write true and false, or cast the column to bool",
}


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


def table_reader(book: DatedRulebook, schema: Any, keep: Collection[str] = ()) -> TableReader:
    """The reader of tables with that schema. Raises `ProfileError` with every column that does not fit.

    Columns in *keep* are no facts: they stand beside the answers.
    """
    taxonomy = book.book.taxonomy
    problems: list[Diagnostic] = []
    readings: dict[str, Reading] = {}
    received = frozenset(taxonomy.services)
    for each in schema:
        name: str = each.name
        if schema.names.count(name) > 1:
            problems.append(say.column_twice(name))
        elif name in keep:
            continue
        elif name == "receives":
            every = Circumstance(
                id=name, label={}, kind=Kind.CHOICES, span=_NOWHERE, options={one: {} for one in sorted(received)}
            )
            _add(readings, name, every, each.type, problems, book.day)
        elif name.startswith(('receives("', 'eligible("')) and name.endswith('")'):
            if name[10:-2] in received:
                flag = Circumstance(id=name, label={}, kind=Kind.BOOLEAN, span=_NOWHERE)
                _add(readings, name, flag, each.type, problems, book.day)
            else:
                problems.append(say_of_profiles.unknown_service(name[10:-2], received, "table"))
        elif name in taxonomy.circumstances:
            _add(readings, name, taxonomy.circumstances[name], each.type, problems, book.day)
        else:
            problems.append(say.unknown_column(name, (*taxonomy.circumstances, "receives")))
    if problems:
        raise ProfileError(list(dict.fromkeys(problems)))
    return TableReader(readings, tuple(sorted(book.book.passports | _measured(book))))


def _measured(book: DatedRulebook) -> frozenset[str]:
    """The facts `receives("…")` that only indicators and segments ask for."""
    terms = [*book.segments.values(), *(term for pair in book.indicators.values() for term in pair if term is not None)]
    return frozenset(name for term in terms for name in t.facts_of(term) if name.startswith("receives("))


def _add(
    readings: dict[str, Reading], path: str, one: Circumstance, kind: Any, problems: list[Diagnostic], on: date
) -> None:
    found = _reading(path, one, kind, problems, on)
    if found is not None:
        readings[path.rpartition(".")[2]] = found


def _reading(path: str, one: Circumstance, kind: Any, problems: list[Diagnostic], on: date) -> Reading | None:
    types = pa.types
    inner = kind.value_type if types.is_dictionary(kind) else kind
    listed = types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind)
    text = types.is_string(inner) or types.is_large_string(inner) or types.is_null(inner)
    numeric = types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind)
    day = types.is_date(kind) or types.is_timestamp(kind)
    if types.is_null(kind):
        return Reading(path, one, lambda array, _: nothing(len(array)))
    match one.kind:
        case Kind.BOOLEAN if types.is_boolean(kind):
            return Reading(path, one, lambda array, _: arrow.booleans(array))
        case Kind.NUMBER | Kind.MONEY if numeric:
            return Reading(path, one, partial(arrow.numbers, path, one))
        case Kind.DATE if day:
            return Reading(path, one, partial(arrow.dates, path, one))
        case Kind.TEXT if text:
            return Reading(path, one, lambda array, _: arrow.texts(array))
        case Kind.CHOICE if text:
            return Reading(path, one, partial(arrow.choices, path, one))
        case Kind.CHOICES if listed and (types.is_string(kind.value_type) or types.is_null(kind.value_type)):
            return Reading(path, one, partial(arrow.sets, path, one))
        case Kind.PERSON if types.is_struct(kind):
            return Reading(path, one, partial(arrow.persons, _fields(path, one, kind, problems, on)))
        case Kind.PEOPLE if listed and types.is_struct(kind.value_type):
            return Reading(path, one, partial(arrow.people, path, _fields(path, one, kind.value_type, problems, on)))
        case _:
            problems.append(say.wrong_type(path, kind, one.kind, _HINTS.get(one.kind)))
            return None


def _fields(path: str, one: Circumstance, kind: Any, problems: list[Diagnostic], on: date) -> Mapping[str, Reading]:
    found: dict[str, Reading] = {}
    for each in kind:
        field = one.fields.get(each.name)
        if field is None:
            problems.append(say_of_profiles.unknown_field(path, each.name, one.fields))
        else:
            _add(found, f"{path}.{each.name}", field, each.type, problems, on)
    return found
