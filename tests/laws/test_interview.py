"""Interviews, on made-up taxonomies and citizens: nothing useless is asked, and nothing that is wanted is left out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

from attrs import frozen
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import lgbm
from lgbm.interview import Interview
from lgbm.model.concepts import Kind
from lgbm.model.facts import circumstance_of
from lgbm.model.truth import Truth
from lgbm.rules.semantics import truth
from tests.strategies.worlds import Citizen, World, citizens, worlds

ON = "2026-11-21"
_TOO_MANY = 400


def told_by(everything: Mapping[str, Any], interview: Interview) -> Interview:
    """The interview after one more answer by somebody of whom *everything* is known; what is not there is declined."""
    question = interview.question
    assert question is not None
    path = question.asks
    if path == "receives":
        received = everything.get("receives", {})
        among = [one.value for one in question.options if _received(everything, received, one.value)]
        return interview.answer(among)
    owner, _, inner = path.partition(".")
    base, _, place = owner.partition("[")
    value: Any = everything.get(base if "(" not in path else path)
    if place:
        value = value[int(place[:-1]) - 1] if value else None
    if inner and "(" not in path:
        value = value.get(inner) if value else None
    if value is None:
        return interview.dont_know()
    return interview.answer(len(value) if question.kind == "people" else value)


def _received(everything: Mapping[str, Any], received: Any, service: str) -> bool:
    return everything.get(f'receives("{service}")', service in received and received[service] is True) is True


def to_the_end(interview: Interview, answer: Callable[[Interview], Interview]) -> Interview:
    asked: set[str] = set()
    for _ in range(_TOO_MANY):
        if interview.done:
            return interview
        assert interview.question is not None
        paths = {interview.question.asks} - {"receives"}
        paths |= {f'receives("{one.value}")' for one in interview.question.options if not paths}
        assert not paths & asked, "nothing is asked twice"
        asked |= paths
        interview = answer(interview)
    raise AssertionError("it never ends")


def decisions(resolution: lgbm.Resolution) -> object:
    return {one.id: str(one.status) for one in resolution.services}, [one.id for one in resolution.needs]


def settled_who_there_is(ended: Interview, world: World) -> bool:
    """Whether it came out of each person whether she is asked about. Where it did not, for want of what was declined or
    because no fact settles it, an interview does not take it that there is somebody; a profile may state that there is.
    """
    book, facts = world.model.on(world.day), ended.resolution.facts
    return not any(
        how.gate is not None
        and world.model.circumstances[name].kind is Kind.PERSON
        and truth(how.gate, facts) is Truth.UNKNOWN
        for name, how in book.derived.items()
    )


@st.composite
def people(draw: st.DrawFn) -> tuple[World, Citizen]:
    world = draw(worlds(3))
    return world, draw(citizens(world))


@given(found=people())
@settings(max_examples=25)
def test_an_interview_comes_to_what_a_complete_profile_says(found: tuple[World, Citizen]) -> None:
    """Whatever is known at first, and whatever the rules: the same services, and the same needs."""
    world, citizen = found
    begun = world.model.interview(citizen.known, on=world.day)

    ended = to_the_end(begun, lambda interview: told_by(citizen.everything, interview))

    assume(settled_who_there_is(ended, world))
    assert decisions(ended.resolution) == decisions(world.model.resolve(citizen.everything, on=world.day))


@given(found=people(), data=st.data())
@settings(max_examples=15)
def test_an_interview_after_an_event_comes_to_what_a_complete_profile_says_after_it(
    found: tuple[World, Citizen], data: st.DataObject
) -> None:
    """What an event changes is not asked; what it leaves, or what it depends on, is."""
    world, citizen = found
    event = data.draw(st.sampled_from(sorted(world.model.events)))
    begun = world.model.interview(citizen.known, event=event, on=world.day)

    ended = to_the_end(begun, lambda interview: told_by(citizen.everything, interview))

    assume(settled_who_there_is(ended, world))
    whole = world.model.resolve(citizen.everything, event=event, on=world.day)
    assert decisions(ended.resolution) == decisions(whole)


# -- small worlds, of which every citizen can be looked at

_DOMAIN: Mapping[str, tuple[Any, ...]] = {
    "a": (False, True),
    "b": (False, True),
    "c": ("x", "y", "z"),
    "n": (0, 1, 2),
    "g": (False, True),
}
_ATOMS = ("a", "b", 'c = "x"', 'c in ["x", "y"]', "n >= 1", "n < 2", "n + 1 > 2", "g", "not(a)", "d")


@frozen(repr=False)
class Small:
    """A taxonomy over five circumstances: `g` is asked when `gate` holds, and `d` follows from the others."""

    model: lgbm.Model
    written: Mapping[str, Any]
    gate: frozenset[str]
    """The facts that decide whether `g` is asked."""

    def truths(self, profile: Mapping[str, Any]) -> tuple[str, ...] | None:
        """The status of each service, or nothing: the profile contradicts itself."""
        try:
            found = self.model.resolve(profile, on=ON)
        except lgbm.LgbmError:
            return None
        return tuple(str(found[name].status) for name in self.model.services)


@st.composite
def conditions(draw: st.DrawFn, depth: int) -> str:
    """A condition over the small domain."""
    atom = draw(st.sampled_from(_ATOMS))
    way = draw(st.sampled_from(("atom", "and", "or", "and", "or", "if", "not"))) if depth else "atom"
    if way == "atom":
        return atom
    one = draw(conditions(depth - 1))
    if way == "not":
        return f"not({one})"
    other = draw(conditions(depth - 1))
    return f"(if {atom} then {one} else {other})" if way == "if" else f"({one} {way} {other})"


@st.composite
def smalls(draw: st.DrawFn) -> Small:
    about: dict[str, Any] = {
        "a": {"type": "boolean"},
        "b": {"type": "boolean"},
        "c": {"type": "choice", "options": {one: one for one in _DOMAIN["c"]}},
        "n": {"type": "number", "places": 0, "at_least": 0, "at_most": 2},
        "g": {"type": "boolean", "asked_when": draw(st.sampled_from(("a", 'c != "z"', "n > 0"))), "otherwise": False},
        "d": {"type": "boolean", "formula": draw(st.sampled_from(("a and b", 'n = 1 or c = "y"', "not(b)", "g or a")))},
    }
    services = {name: {"label": name, "eligibility": draw(conditions(3))} for name in ("s0", "s1")}
    written = {
        "circumstances": {name: {"label": name, **one} for name, one in about.items()},
        "services": services,
    }
    return Small(lgbm.loads(json.dumps(written)), written, frozenset({about["g"]["asked_when"][0]}))


def completions(small: Small, known: Mapping[str, Any], without: str) -> Iterator[dict[str, Any]]:
    """Every way to know more than *known* in all but one fact; `g` is not known before it is known to apply."""
    others = [name for name in _DOMAIN if name not in known and name != without]
    for values in product(*((None, *_DOMAIN[name]) for name in others)):
        more = {name: one for name, one in zip(others, values, strict=True) if one is not None}
        if "g" not in more or small.gate <= {*known, *more}:
            yield {**known, **more}


def can_matter(small: Small, known: Mapping[str, Any], path: str, declined: set[str]) -> bool:
    """Whether some answer to *path*, with whatever answers to others, settles something that is open without it.

    An answer that opens a gate may settle it together with what is asked then.
    """
    opens = path in small.gate and "g" not in {*known, *declined}
    for profile in completions(small, known, path):
        without = small.truths(profile)
        if without is None or "undetermined" not in without or not declined.isdisjoint(profile.keys() - known.keys()):
            continue
        for value in _DOMAIN[path]:
            after = {**profile, path: value}
            for also in ({}, *({"g": one} for one in (False, True) if opens)):
                if small.truths({**after, **also}) not in (None, without):
                    return True
    return False


@given(small=smalls(), data=st.data())
@settings(max_examples=25)
def test_what_cannot_matter_is_never_asked_and_all_else_is(small: Small, data: st.DataObject) -> None:
    """Tried against every citizen that there can be; the citizen declines some questions."""
    interview = small.model.interview({}, on=ON)
    declined: set[str] = set()
    while interview.question is not None:
        path = interview.question.asks
        known = {name: value for name, value in interview.stated.items() if name in _DOMAIN}
        assert can_matter(small, known, path, declined)
        value = data.draw(st.sampled_from((None, *_DOMAIN[path], *_DOMAIN[path])))
        if value is None:
            declined.add(path)
        interview = interview.rather_not_say() if value is None else interview.answer(value)

    known = {name: value for name, value in interview.stated.items() if name in _DOMAIN}
    for path in _DOMAIN.keys() - known.keys() - declined:
        found = {small.truths({**known, path: value}) for value in _DOMAIN[path]} - {None}
        assert found <= {small.truths(known)}
    if not declined:
        assert "undetermined" not in (small.truths(known) or ())
    assert all(circumstance_of(one.asked) not in known for one in interview.answers if one.declined)
