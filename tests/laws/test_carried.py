"""Rules that are sent elsewhere decide there as they do here."""

from __future__ import annotations

import pickle

from hypothesis import given, reject
from hypothesis import strategies as st

from lgbm.population.carried import answered, carried, counted
from lgbm.population.library import pa
from tests.strategies.tables import table_of
from tests.strategies.worlds import citizens, worlds


@given(data=st.data())
def test_rules_that_were_sent_answer_alike(data: st.DataObject) -> None:
    """In another process they are without words, law and places, and decide the same."""
    world = data.draw(worlds(ordered=True))
    model, day = world.model, world.day
    reader = model._on(day)[1]
    citizen = data.draw(citizens(world))
    stated = [reader.read(one) for one in (citizen.known, citizen.learned, citizen.everything)]
    try:
        table = table_of(model.circumstances, list(model.services), stated)
    except pa.ArrowInvalid:
        reject()
    event = data.draw(st.sampled_from([None, *world.events]))

    asked = pickle.loads(pickle.dumps(carried(model.on(day), event=event, wrong="unknown")))
    found = pa.Table.from_batches(list(answered(asked, table.to_batches(max_chunksize=2))))

    assert found.to_pylist() == model.screen(table, on=day, event=event, wrong="unknown").to_arrow().to_pylist()
    assert counted(asked, table.to_batches()) == model.screen(table, on=day, event=event, wrong="unknown").counts()
