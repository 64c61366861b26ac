"""What the search and the findings promise, tried on made-up taxonomies."""

from __future__ import annotations

from hypothesis import given

from lgbm.analysis import check
from lgbm.analysis.search import facts_for, profile_in
from lgbm.analysis.world import World as Searched
from lgbm.decision import Status
from tests.strategies.worlds import World, worlds

STEPS = 25


@given(world=worlds(services=2))
def test_who_is_found_is_answered_so(world: World) -> None:
    """The search speaks the definition, and the answer comes from the compiled rules: they agree on every find."""
    searched = Searched(world.model, world.day)
    for service in world.model.services:
        for status in (Status.ELIGIBLE, Status.INELIGIBLE):
            term = searched.book.services.get(service)
            if term is None:
                continue
            found = facts_for(searched, [(term, status is Status.ELIGIBLE)], steps=STEPS)
            if found is not None:
                assert world.model.resolve(found, on=world.day)[service].status is status


@given(world=worlds(services=2))
def test_what_is_given_is_among_what_is_found(world: World) -> None:
    """A person who is found for more is the person who was asked about."""
    searched = Searched(world.model, world.day)
    for service in world.model.services:
        found = profile_in(searched, service, Status.ELIGIBLE, given={"size": 7}, steps=STEPS)
        assert found is None or found["size"] == 7


@given(world=worlds(services=2))
def test_a_check_always_ends_with_findings_in_order(world: World) -> None:
    """Whatever the rules are, they are all looked at, and nothing raises."""
    found = check(world.model, on=world.day)
    places = [(one.span.source.name, one.span.line, one.span.column) for one in found if one.span]

    assert places == sorted(places)
    assert len(found) == len(set(found))
