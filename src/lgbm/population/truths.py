"""Conditions side by side: Kleene's logic on what must be true and what may be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lgbm.model.facts import Unknown
from lgbm.population.columns import Codes, Column, Flags, Truths


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


def conjunction(parts: Sequence[Truths], count: int) -> Truths:
    if not parts:
        return Truths(np.ones(count, np.bool_), np.ones(count, np.bool_))
    if len(parts) == 1:
        return parts[0]
    same = all(one.must is one.may for one in parts)
    must = np.logical_and(parts[0].must, parts[1].must)
    for one in parts[2:]:
        np.logical_and(must, one.must, out=must)
    if same:
        return Truths(must, must)
    may = np.logical_and(parts[0].may, parts[1].may)
    for one in parts[2:]:
        np.logical_and(may, one.may, out=may)
    return Truths(must, may)


def disjunction(parts: Sequence[Truths], count: int) -> Truths:
    if not parts:
        return Truths(np.zeros(count, np.bool_), np.zeros(count, np.bool_))
    if len(parts) == 1:
        return parts[0]
    must = np.logical_or(parts[0].must, parts[1].must)
    for one in parts[2:]:
        np.logical_or(must, one.must, out=must)
    if all(one.must is one.may for one in parts):
        return Truths(must, must)
    may = np.logical_or(parts[0].may, parts[1].may)
    for one in parts[2:]:
        np.logical_or(may, one.may, out=may)
    return Truths(must, may)


def negation(value: Truths) -> Truths:
    must = ~value.may
    return Truths(must, must if value.must is value.may else ~value.must)


def met(here: Truths | None, holds: Truths) -> Truths:
    return holds if here is None else Truths(here.must & holds.must, here.may & holds.may)
