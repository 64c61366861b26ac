"""Conditions side by side: Kleene's logic on what must be true and what may be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lgbm.model.facts import Unknown
from lgbm.population.kernel.columns import Codes, Column, Flags, Truths


def sure(flags: Flags) -> Truths:
    """Conditions of which each is known."""
    return Truths(flags, flags)


def truths(column: Column) -> Truths:
    """The column of a condition."""
    if isinstance(column, Truths):
        return column
    if isinstance(column, Codes) and not column.values:
        return Truths(np.zeros(len(column), np.bool_), np.ones(len(column), np.bool_))
    values = column.listed()
    must = np.fromiter((one is True for one in values), np.bool_, len(values))
    return Truths(must, must | np.fromiter((isinstance(one, Unknown) for one in values), np.bool_, len(values)))


def conjunction(columns: Sequence[Column], count: int) -> Truths:
    """All of these conditions."""
    return _joined(np.logical_and, columns, count, True)


def disjunction(columns: Sequence[Column], count: int) -> Truths:
    """Any of these conditions."""
    return _joined(np.logical_or, columns, count, False)


def _joined(both: np.ufunc, columns: Sequence[Column], count: int, empty: bool) -> Truths:
    parts = [one if isinstance(one, Truths) else truths(one) for one in columns]
    if len(parts) < 2:
        return parts[0] if parts else sure(np.full(count, empty, np.bool_))
    must = _together(both, [one.must for one in parts])
    if all(one.must is one.may for one in parts):
        # What is known of all of them is known of them together.
        return Truths(must, must)
    return Truths(must, _together(both, [one.may for one in parts]))


def _together(both: np.ufunc, flags: Sequence[Flags]) -> Flags:
    found: Flags = both(flags[0], flags[1])
    for one in flags[2:]:
        both(found, one, found)
    return found


def negation(value: Truths) -> Truths:
    must = ~value.may
    return Truths(must, must if value.must is value.may else ~value.must)


def met(here: Truths | None, holds: Truths) -> Truths:
    return holds if here is None else Truths(here.must & holds.must, here.may & holds.may)
