"""Profiles as a table of Arrow: what a caller would have made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from lgbm.model.concepts import Circumstance, Kind
from lgbm.model.values import Value
from lgbm.population.library import pa

_TYPES = {
    Kind.BOOLEAN: pa.bool_(),
    Kind.DATE: pa.date32(),
    Kind.TEXT: pa.string(),
    Kind.CHOICE: pa.string(),
    Kind.CHOICES: pa.list_(pa.string()),
}


def type_of(one: Circumstance, places: int) -> Any:
    """The type of a column that can hold the values of a circumstance."""
    match one.kind:
        case Kind.NUMBER | Kind.MONEY:
            return pa.decimal128(38, places)
        case Kind.PERSON:
            return _struct(one, places)
        case Kind.PEOPLE:
            return pa.list_(_struct(one, places))
        case _:
            return _TYPES[one.kind]


def _struct(one: Circumstance, places: int) -> Any:
    return pa.struct([(name, type_of(field, places)) for name, field in one.fields.items()])


def table_of(
    circumstances: Mapping[str, Circumstance], services: Sequence[str], stated: Sequence[Mapping[str, Value]]
) -> Any:
    """A table of what is stated of each, its numbers with as many places as are needed."""
    places = max((_places(value) for row in stated for value in row.values()), default=0)
    columns = {
        name: pa.array([_plain(row.get(name)) for row in stated], type_of(one, places))
        for name, one in circumstances.items()
    }
    for service in services:
        for name in (f'receives("{service}")', f'eligible("{service}")'):
            columns[name] = pa.array([row.get(name) for row in stated], pa.bool_())
    return pa.table(columns)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _places(value: Any) -> int:
    match value:
        case Mapping():
            return max(map(_places, value.values()), default=0)
        case tuple():
            return max(map(_places, value), default=0)
        case Decimal():
            return max(0, -int(value.as_tuple().exponent))
        case _:
            return 0
