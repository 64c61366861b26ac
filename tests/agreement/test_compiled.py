"""The compiled function answers as the definition does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lgbm.model.truth import Truth
from lgbm.resolution import Resolution
from lgbm.rules.semantics import truth
from tests.strategies.worlds import citizens, worlds


def assert_agreed(resolution: Resolution) -> None:
    """Every service and need, as compiled, is what the definition says of it on the same facts."""
    conditions = [*resolution.book.services.items(), *resolution.book.needs.items()]
    decisions = resolution.decisions

    for (name, condition), must, may in zip(conditions, decisions.must, decisions.may, strict=True):
        compiled = Truth.TRUE if must else Truth.UNKNOWN if may else Truth.FALSE
        assert (name, compiled) == (name, truth(condition, resolution.facts))


@given(data=st.data())
def test_the_compiled_function_agrees_with_the_definition(data: st.DataObject) -> None:
    """Whatever is known of a citizen, and whatever has happened to her."""
    world = data.draw(worlds(ordered=True))
    for _ in range(3):
        citizen = data.draw(citizens(world))
        for profile in (citizen.known, citizen.learned, citizen.everything):
            for event in (None, *world.events):
                assert_agreed(world.model.resolve(profile, on=world.day, event=event))
