"""The population kernel answers as the definition does, row by row."""

from __future__ import annotations

from typing import Any

from hypothesis import given, reject
from hypothesis import strategies as st

from lgbm.errors import ProfileError
from lgbm.model.facts import Unknown
from lgbm.model.truth import Truth
from lgbm.population.kernel.events import after
from lgbm.population.kernel.facts import settled
from lgbm.population.kernel.level import Level
from lgbm.population.kernel.making import people_of
from lgbm.population.kernel.program import Program
from lgbm.population.kernel.truths import truths
from lgbm.population.library import pa
from lgbm.rules.semantics import truth
from tests.strategies.tables import table_of
from tests.strategies.worlds import citizens, worlds


@given(data=st.data())
def test_the_kernel_agrees_with_the_definition(data: st.DataObject) -> None:
    """Whatever is known of whom, before and after every event; and the same rows are found to contradict themselves."""
    world = data.draw(worlds(ordered=True))
    model, day = world.model, world.day
    book, reader = model._on(day)
    profiles: list[Any] = []
    for _ in range(3):
        citizen = data.draw(citizens(world))
        profiles += [citizen.known, citizen.learned, citizen.everything]
    read = [reader.read(one) for one in profiles]
    count = len(read)
    names = sorted({name for one in read for name in one})
    stated = {name: people_of([one.get(name, Unknown()) for one in read]) for name in names}
    program = Program()
    before = settled(book, program, stated, count)

    for event in (None, *world.events):
        facts = before if event is None else after(book, program, model.events[event], stated, before, count)
        level = Level(count, facts.facts, program=program)
        for row, profile in enumerate(profiles):
            contradicts = any(rows[row] for rows in before.contradicted.values())
            try:
                answer = model.resolve(profile, on=day, event=event)
            except ProfileError:
                assert contradicts
                continue
            assert not contradicts
            for name, term in [*book.services.items(), *book.needs.items()]:
                found = truths(level.evaluate(program.prepared(term)))
                known = Truth.TRUE if found.must[row] else Truth.UNKNOWN if found.may[row] else Truth.FALSE
                assert (name, known) == (name, truth(term, answer.facts))


@given(data=st.data())
def test_a_table_is_answered_as_its_rows_are(data: st.DataObject) -> None:
    """From Arrow to the status of every service, in blocks of any size."""
    world = data.draw(worlds(ordered=True))
    model, day = world.model, world.day
    reader = model._on(day)[1]
    citizen = data.draw(citizens(world))
    stated = [reader.read(one) for one in (citizen.known, citizen.learned, citizen.everything)]
    try:
        table = table_of(model.circumstances, list(model.services), stated)
    except pa.ArrowInvalid:
        # A number with more digits than a decimal of Arrow has.
        reject()
    event = data.draw(st.sampled_from([None, *world.events]))
    chunk = data.draw(st.integers(1, 3))

    screening = model.screen(iter(table.to_batches(max_chunksize=chunk)), on=day, event=event, wrong="unknown")
    found = screening.to_arrow().to_pylist()

    for profile, row in zip((citizen.known, citizen.learned, citizen.everything), found, strict=True):
        try:
            answer = model.resolve(profile, on=day, event=event)
        except ProfileError:
            continue
        assert row == {one.id: one.status.value for one in answer.services}
