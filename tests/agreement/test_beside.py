"""Rows that were sent to another process are answered as they are here."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

import lgbm
from lgbm.population import synthetic
from lgbm.population.answering import Answering, Inquiry
from lgbm.population.kernel.program import Program
from lgbm.population.library import pa
from lgbm.population.tables.reader import table_reader
from lgbm.population.tables.sources import BLOCK
from tests.strategies.tables import table_of
from tests.strategies.worlds import World, citizens, worlds


def drawn(data: st.DataObject) -> tuple[World, Any, str | None]:
    """A world, three of its citizens as a table, and what happens to them."""
    world = data.draw(worlds(ordered=True))
    citizen = data.draw(citizens(world))
    reader = world.model._on(world.day)[1]
    stated = [reader.read(one) for one in (citizen.known, citizen.learned, citizen.everything)]
    try:
        table = table_of(world.model.circumstances, list(world.model.services), stated)
    except pa.ArrowInvalid:
        reject()
    return world, table, data.draw(st.sampled_from([None, *world.events]))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_another_process_answers_alike(data: st.DataObject) -> None:
    """Generated rules, and rows enough for three blocks."""
    world, table, event = drawn(data)
    rows = table.take(pa.array([row % 3 for row in range(2 * BLOCK + 5)]))
    how: dict[str, Any] = {"on": world.day, "event": event, "wrong": "unknown"}

    found = world.model.screen(rows, processes=2, **how).to_arrow()

    assert found.equals(world.model.screen(rows, **how).to_arrow())


@given(data=st.data())
def test_blocks_of_any_size_are_answered_alike(data: st.DataObject) -> None:
    """One after the other, as they are by whoever is sent them."""
    world, table, event = drawn(data)
    book = world.model.on(world.day)
    inquiry = Inquiry(statuses=True)
    answering = Answering.of(inquiry, book, Program(), table_reader(book, table.schema), event, "unknown")
    batches = table.combine_chunks().to_batches(max_chunksize=data.draw(st.integers(1, 2)))

    answers = [answering.answer(batch, 1)[0] for batch in batches]
    (whole,) = [answering.answer(batch, 1)[0] for batch in table.combine_chunks().to_batches()]

    assert whole is not None
    found = [
        [code for one in answers if one is not None for code in one.statuses[at].tolist()]
        for at in range(len(whole.statuses))
    ]
    assert found == [codes.tolist() for codes in whole.statuses]


def test_the_united_kingdom_is_answered_alike() -> None:
    """All services of four nations, for an invented population."""
    model, rows = lgbm.load("four-nations"), synthetic(BLOCK + 5_000)
    how: dict[str, Any] = {"on": "2026-11-22", "keep": ["household", "area", "region"]}
    one, two = model.screen(rows, **how), model.screen(rows, processes=2, **how)

    assert two.by("region") == one.by("region")


QUOTIENTS = lgbm.loads("""
circumstances:
  one: {label: One, type: number}
  other: {label: Other, type: number}
  half: {label: Half, type: number, formula: one / other}
services:
  exactly: {label: Exactly, eligibility: half = 2.5}
  third: {label: A third, eligibility: half * 3 = one}
  less: {label: Less, eligibility: half < 0}
""")


@settings(deadline=None)
@given(
    ones=st.lists(st.sampled_from([None, 0, 1, 10, -10, 7.5, -0.25, 123456789.01, 2.0**53]), min_size=1),
    others=st.sets(st.sampled_from([None, 0, 1, 4, -4, 0.5, 3, 12, 1e-9, 2.0**53]), min_size=1),
)
def test_quotients_are_those_of_the_definition(ones: list[float | None], others: set[float | None]) -> None:
    """Whether they come out even or not, with what is not known, and divided by nought."""
    rows = [{"one": one, "other": other} for one in ones for other in others]
    kinds = pa.schema([("one", pa.float64()), ("other", pa.float64())])

    found = QUOTIENTS.screen(pa.Table.from_pylist(rows, schema=kinds), on="2026-11-22").to_arrow().to_pylist()

    for row, answers in zip(rows, found, strict=True):
        stated = {name: value for name, value in row.items() if value is not None}
        answer = QUOTIENTS.resolve(stated, on="2026-11-22")
        assert answers == {one.id: one.status.value for one in answer.services}, row
