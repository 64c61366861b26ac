"""Facts as Arrow columns, some of them made unknown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np

from lgbm.model.concepts import Circumstance
from lgbm.population.library import pa
from lgbm.population.residents.drawing import Draw, Fact, Flags

ABOUT = ("household", "area", "region")
"""Columns that are no circumstances."""
Blank = Callable[[int], Flags | None]
"""Of so many rows, those in which a fact is made unknown."""


def nothing_blank(count: int) -> None:
    """Nothing is made unknown."""
    del count


def batch(
    draw: Draw,
    household: np.ndarray[Any, Any],
    circumstances: Mapping[str, Circumstance] | None,
    services: Collection[str] | None,
    blank: Blank,
) -> Any:
    """The facts that the taxonomy asks for (without one: all) as columns."""
    columns: dict[str, Any] = {"household": pa.array(household)}
    for name, fact in draw.facts.items():
        if name.startswith("_"):
            continue
        if name in ABOUT:
            columns[name] = _array(fact, nothing_blank)
        elif name == "receives":
            columns[name] = _array(_received(fact, services), blank)
        elif circumstances is None:
            columns[name] = _array(fact, blank)
        elif name in circumstances:
            columns[name] = _array(_known_fields(fact, circumstances[name]), blank)
    return pa.RecordBatch.from_pydict(columns)


def _received(fact: Fact, services: Collection[str] | None) -> Fact:
    kept = [place for place, one in enumerate(fact.options) if services is None or one in services]
    return Fact("choices", fact.values[:, kept], fact.asked, tuple(fact.options[place] for place in kept))


def _known_fields(fact: Fact, one: Circumstance) -> Fact:
    if not fact.fields:
        return fact
    return Fact(
        fact.kind,
        fact.values,
        fact.asked,
        fact.options,
        {name: it for name, it in fact.fields.items() if name in one.fields},
    )


def _array(fact: Fact, blank: Blank) -> Any:
    """One column. A row is null where the fact is not asked, or made unknown."""
    count = len(fact.values) - (fact.kind == "people")
    gone = _gone(fact.asked, blank(count))
    match fact.kind:
        case "flag" | "whole" | "real":
            values = fact.values.astype(np.int32) if fact.kind == "whole" else fact.values
            return pa.array(values, mask=gone)
        case "day":
            return pa.array(fact.values.astype(np.int32), mask=gone).cast(pa.date32())
        case "pence":
            return _decimal(fact.values, gone)
        case "choice":
            codes = pa.array(fact.values.astype(np.int8), mask=gone)
            if len(fact.options) > 127:
                codes = pa.array(fact.values.astype(np.int16), mask=gone)
            return pa.DictionaryArray.from_arrays(codes, pa.array(fact.options, pa.string()))
        case "choices":
            return _sets(fact, gone)
        case "person":
            inner = [_array(one, blank) for one in fact.fields.values()]
            return pa.StructArray.from_arrays(inner, names=list(fact.fields), mask=_mask(gone, count))
        case _:
            inner = [_array(one, blank) for one in fact.fields.values()]
            people = pa.StructArray.from_arrays(inner, names=list(fact.fields))
            starts = pa.array(fact.values.astype(np.int32))
            return pa.ListArray.from_arrays(starts, people, mask=_mask(gone, count))


def _gone(asked: Flags | None, blank: Flags | None) -> Flags | None:
    if asked is None:
        return blank
    return ~asked if blank is None else ~asked | blank


def _mask(gone: Flags | None, count: int) -> Any:
    return pa.array(np.zeros(count, np.bool_) if gone is None else gone)


def _decimal(pence: np.ndarray[Any, Any], gone: Flags | None) -> Any:
    """Whole pence as decimals with two places: both halves of their 128 bits are written as they stand."""
    halves = np.empty((len(pence), 2), np.int64)
    halves[:, 0] = pence
    halves[:, 1] = pence >> 63
    valid = None if gone is None else pa.array(~gone).buffers()[1]
    return pa.Array.from_buffers(pa.decimal128(12, 2), len(pence), [valid, pa.py_buffer(halves)])


def _sets(fact: Fact, gone: Flags | None) -> Any:
    flags = fact.values if gone is None else fact.values & ~gone[:, None]
    _, place = np.nonzero(flags)
    starts = np.concatenate(([0], np.cumsum(flags.sum(axis=1)))).astype(np.int32)
    words = pa.array(fact.options, pa.string()).take(pa.array(place))
    return pa.ListArray.from_arrays(pa.array(starts), words, mask=_mask(gone, len(flags)))
