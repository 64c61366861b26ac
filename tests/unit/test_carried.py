"""Rules sent to where rows are: what comes out there is what comes out here."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest
from attrs import evolve

import lgbm
from lgbm.population.carried import Carried, answered, carried, counted
from lgbm.population.library import pa
from lgbm.population.screening import Counts
from lgbm.population.tables.sources import BLOCK

ON = "2026-11-21"
MODEL = lgbm.loads("""
circumstances:
  age: {label: Age in words that no row needs, type: number, at_least: 0}
  work: {label: Work, type: choice, options: {employed: Employed, unemployed: Out of work}}
  children: {label: Children, type: people, fields: {age: {type: number}}}
events:
  losing-a-job: {label: Losing a job, changes: {work: unemployed}}
services:
  bus-pass:
    label: Bus pass
    eligibility: {all: [{when: age >= pension_age, because: It is for older people, source: The Bus Pass Act}]}
  nursery-place: {label: Nursery place, eligibility: 'some c in children satisfies c.age < 5'}
  coach: {label: Work coach, eligibility: 'work = "unemployed"'}
  unwritten: {label: Unwritten}
rates: {pension_age: {label: Pension age, values: [{from: 2010-04-06, value: 60}, {from: 2020-10-06, value: 66}]}}
""")
TABLE = pa.table(
    {
        "key": ["a", "b", "c"],
        "age": [66, 65, None],
        "work": ["employed", None, None],
        "children": [[{"age": 3}], [], None],
    }
)


def sent(asked: Carried) -> Carried:
    """As it arrives."""
    arrived: Carried = pickle.loads(pickle.dumps(asked))
    assert arrived == asked
    return arrived


def rows(asked: Carried, table: Any) -> list[Any]:
    return [row for batch in answered(asked, table.to_batches()) for row in batch.to_pylist()]


def test_the_answers_are_those_of_a_screening() -> None:
    """With what is kept, on the day, after the event."""
    asked = sent(carried(MODEL.on(ON), event="losing-a-job", keep=["key"]))
    here = MODEL.screen(TABLE, on=ON, event="losing-a-job", keep=["key"])

    assert rows(asked, TABLE) == here.to_arrow().to_pylist()
    assert counted(asked, TABLE.to_batches()) == here.counts()
    assert rows(sent(carried(MODEL.on("2015-01-01"), keep=["key"])), TABLE)[1]["bus-pass"] == "eligible"


def test_words_law_and_places_stay_behind() -> None:
    """What decides nothing is not sent."""
    sent_rules = carried(MODEL.on(ON)).rules

    assert b"no row needs" not in sent_rules
    assert b"Bus Pass Act" not in sent_rules
    assert b"older people" not in sent_rules
    assert len(sent_rules) < 6_000


def test_small_batches_are_put_together() -> None:
    """Spark hands over ten thousand rows at a time; nobody is lost or told twice."""
    many = pa.table({"age": list(range(100)) * (BLOCK // 50)})
    pieces = many.to_batches(max_chunksize=999)

    found = list(answered(carried(MODEL.on(ON)), pieces))

    assert len(found) == 3
    assert sum(batch.num_rows for batch in found) == many.num_rows
    assert pa.Table.from_batches(found).equals(MODEL.screen(many, on=ON).to_arrow().combine_chunks())


def test_no_rows_have_no_answers() -> None:
    """Neither without a batch, nor in a batch of none."""
    asked = carried(MODEL.on(ON), keep=["key"])

    assert list(answered(asked, [])) == []
    assert counted(asked, []) == {}
    assert rows(asked, TABLE.slice(0, 0)) == []
    assert counted(asked, [pa.RecordBatch.from_pydict({"key": [], "age": []})] * 2)["coach"] == Counts(0, 0, 0)


def test_nothing_is_read_before_it_is_asked_for() -> None:
    """A partition may be longer than memory."""
    read: list[int] = []

    def batches() -> Iterator[Any]:
        for place in range(5):
            read.append(place)
            yield pa.RecordBatch.from_pydict({"age": [70] * BLOCK})

    found = answered(carried(MODEL.on(ON)), batches())
    next(found)

    assert len(read) <= 3


def test_other_processes_answer_alike() -> None:
    """They were started anew, and know of the rules what was sent."""
    asked = carried(MODEL.on(ON), keep=["key"])
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = pool.submit(counted, asked, TABLE.to_batches()).result()

    assert found == MODEL.screen(TABLE, on=ON, keep=["key"]).counts()


def test_rules_of_another_version_are_not_guessed_at() -> None:
    """They might mean something else there."""
    asked = evolve(carried(MODEL.on(ON)), version="0.0.1")

    with pytest.raises(lgbm.ProfileError, match="P471"):
        list(answered(asked, TABLE.to_batches()))


def test_an_event_that_does_not_exist_is_told_before_anything_is_sent() -> None:
    """With what may have been meant."""
    with pytest.raises(lgbm.ProfileError, match="losing-a-job"):
        carried(MODEL.on(ON), event="loosing-a-job")


@pytest.mark.parametrize("name", ["uk", "four-nations"])
def test_the_packaged_taxonomies_arrive_small(name: str) -> None:
    """Under a megabyte, which Spark sends with each task; and all their services arrive."""
    model = lgbm.load(name)
    asked = carried(model.on(ON), event="bereavement")

    assert len(asked.rules) < 1_000_000
    assert list(counted(asked, [pa.RecordBatch.from_pydict({"age": [70]})])) == list(model.services)
