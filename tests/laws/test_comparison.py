"""Laws of comparing two answers, each tried on made-up taxonomies and citizens."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import lgbm
from lgbm.resolution import Resolution
from lgbm.rules.explain import reasons
from lgbm.rules.semantics import truth
from tests.strategies.worlds import World, citizens, worlds

MIRRORED = {"gained": "lost", "lost": "gained", "settled": "unsettled", "unsettled": "settled"}


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Resolution, Resolution]:
    """Two answers in one world: of two citizens, or of one of whom more is known, each with an event or without."""
    world = draw(worlds())
    one, other = draw(citizens(world)), draw(citizens(world))
    profiles: tuple[Mapping[str, Any], ...] = (one.known, one.everything, other.everything)
    first, second = draw(st.sampled_from(profiles)), draw(st.sampled_from(profiles))
    return _answer(world, first, draw(_events(world))), _answer(world, second, draw(_events(world)))


def _events(world: World) -> st.SearchStrategy[str | None]:
    return st.sampled_from((None, *world.events))


def _answer(world: World, profile: Mapping[str, Any], event: str | None) -> Resolution:
    return world.model.resolve(profile, event=event, on=world.day)


@given(pair=pairs())
def test_an_answer_differs_in_nothing_from_itself(pair: tuple[Resolution, Resolution]) -> None:
    """Compared with itself, nothing is gained, lost, settled or asked."""
    (one, _) = pair
    found = lgbm.compare(one, one)

    assert (found.facts, found.services, found.needs, found.amounts, found.asked, found.not_asked) == ((),) * 6
    assert "Nothing comes out otherwise" in str(found)


@given(pair=pairs())
def test_the_other_way_round_is_the_mirror(pair: tuple[Resolution, Resolution]) -> None:
    """What is gained one way is lost the other way, and what is settled is unsettled, by the same clauses."""
    one, other = pair
    there, back = lgbm.compare(one, other), lgbm.compare(other, one)

    for forth, turned in ((there.services, back.services), (there.needs, back.needs)):
        assert {(each.id, each.kind, each.before, each.after) for each in forth} == {
            (each.id, MIRRORED[each.kind], each.after, each.before) for each in turned
        }
        places = {each.id: [line.place for line in each.clauses] for each in forth}
        assert places == {each.id: [line.place for line in each.clauses] for each in turned}
    assert [(each.circumstance, each.before, each.after, each.follows) for each in there.facts] == [
        (each.circumstance, each.after, each.before, each.follows) for each in back.facts
    ]
    assert set(there.asked) == set(back.not_asked)
    assert set(there.not_asked) == set(back.asked)


@given(pair=pairs())
def test_every_service_that_turned_is_told_and_no_other_in_every_form(pair: tuple[Resolution, Resolution]) -> None:
    """By the two answers themselves: a turn for each status that differs, with what to ask where it is not known."""
    one, other = pair
    found = lgbm.compare(one, other)

    assert {(each.id, each.before, each.after) for each in found.services} == {
        (each.id, each.status, other[each.id].status)
        for each in one.services
        if each.status is not other[each.id].status
    }
    assert all(turn.missing == other[turn.id].missing for turn in found.unsettled)
    told = (*found.gained, *found.lost, *found.settled, *found.unsettled)
    assert sorted(each.id for each in told) == sorted(each.id for each in found.services)
    assert json.dumps(found.to_dict())
    assert str(found)
    assert repr(found)
    assert found._repr_html_().startswith("<div")


@given(pair=pairs())
def test_every_turn_of_a_service_names_a_clause_that_turned(pair: tuple[Resolution, Resolution]) -> None:
    """Of the reasons for what is decided, at least one comes out otherwise on the other side, and it is named."""
    one, other = pair
    for turn in lgbm.compare(one, other).services:
        assert turn.clauses
        # The side that is decided; the no, where both are.
        decided, against = (one, other) if turn.kind in ("gained", "unsettled") else (other, one)
        found = reasons(decided.book.services[turn.id], decided.facts)
        turned = [each for each in found if each.local or truth(each.question, against.facts) is not each.truth]
        assert turned
        places = {each.origin.span.place for each in turned if each.origin is not None}
        assert turn.clauses[0].place in places
