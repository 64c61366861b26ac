"""A synthetic population of the United Kingdom, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Protocol

import numpy as np

from lgbm.model.taxonomy import Taxonomy
from lgbm.population.library import pa
from lgbm.population.residents import (
    benefits,
    children,
    health,
    home,
    households,
    identity,
    money,
    partners,
    seldom,
    study,
    work,
)
from lgbm.population.residents import shares as s
from lgbm.population.residents.drawing import Draw, Flags, generator
from lgbm.population.residents.table import Blank, batch, nothing_blank

_FACTS, _UNKNOWN = 0, 1


class Modelled(Protocol):
    """A model, of which only the taxonomy is looked at."""

    @property
    def taxonomy(self) -> Taxonomy:
        """What it asks and offers."""
        ...


def synthetic(
    count: int,
    seed: int = 0,
    *,
    nation: str | None = None,
    unknown: float = 0.0,
    on: date | None = None,
    model: Modelled | None = None,
) -> Any:
    """A table of *count* invented adults of the United Kingdom, as of the day *on* (without it, today).

    Nobody in it exists. Everything is drawn from published totals and from assumptions, which the reference lists; it
    is for examples, tests and measuring speed, and never for a conclusion about the country or a place in it.

    The same *seed* gives the same table on the same day. *nation* draws people of one nation alone. *unknown* is the
    share of facts that are made unknown, by chance; which people are drawn does not depend on it. With a *model*, the
    table has columns only for what its taxonomy asks.
    """
    parts = list(batches(count, seed, nation=nation, unknown=unknown, on=on, model=model))
    return pa.Table.from_batches(parts)


def batches(
    count: int,
    seed: int = 0,
    size: int = 50_000,
    *,
    nation: str | None = None,
    unknown: float = 0.0,
    on: date | None = None,
    model: Modelled | None = None,
) -> Iterator[Any]:
    """The same people as in `synthetic`, in batches of up to *size* rows: their number does not change who they are."""
    _check(count, size, nation, unknown)
    day = on if on is not None else date.today()
    kept: list[Any] = []
    waiting = given = block = 0
    while given < count:
        while waiting < min(size, count - given):
            kept.append(_block(seed, block, day, nation, unknown, model))
            waiting += kept[-1].num_rows
            block += 1
        table = pa.Table.from_batches(kept)
        rows = min(size, count - given)
        yield _one(table.slice(0, rows))
        given += rows
        waiting -= rows
        kept = table.slice(rows).to_batches()
    if count == 0:
        yield _block(seed, 0, day, nation, unknown, model).slice(0, 0)


def _one(table: Any) -> Any:
    return table.combine_chunks().to_batches()[0]


def _check(count: int, size: int, nation: str | None, unknown: float) -> None:
    if count < 0 or size < 1:
        raise ValueError("a population has no fewer than no people, and a batch has at least one")
    if nation is not None and nation not in s.NATIONS:
        raise ValueError(f"there is no nation called `{nation}`; there are {', '.join(s.NATIONS)}")
    if not 0 <= unknown <= 1:
        raise ValueError("the share of unknown facts lies between 0 and 1")


def _block(seed: int, block: int, on: date, nation: str | None, unknown: float, model: Modelled | None) -> Any:
    draw, people = drawn(seed, block, on, nation)
    blank: Blank = nothing_blank
    if unknown > 0:
        chance = generator(seed, block, _UNKNOWN)

        def blanked(count: int) -> Flags:
            return chance.random(count) < unknown

        blank = blanked
    taxonomy = None if model is None else model.taxonomy
    household = people.home.astype(np.int64) + block * households.HOUSEHOLDS
    return batch(
        draw,
        household,
        None if taxonomy is None else taxonomy.circumstances,
        None if taxonomy is None else taxonomy.services,
        blank,
    )


def drawn(seed: int, block: int, on: date, nation: str | None = None) -> tuple[Draw, households.People]:
    """A block of people, and every fact about them."""
    chance = generator(seed, block, _FACTS)
    people = households.people(chance, households.drawn(chance, nation), on)
    draw = Draw(chance, len(people.home), on)
    identity.add(draw, people)
    pension_age = identity.reached_pension_age(draw, people)
    health.add(draw, people, pension_age)
    benefits.disability(draw, people, pension_age)
    study.add(draw, people)
    work.add(draw, people, pension_age)
    children.add(draw, people)
    home.add(draw, people)
    money.add(draw, people, pension_age)
    benefits.add(draw, people, pension_age)
    seldom.add(draw, people, pension_age)
    partners.add(draw, people)
    return draw, people
