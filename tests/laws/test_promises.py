"""The promises about answers, each tried on made-up taxonomies and citizens. The fourth is in `tests/agreement`."""

from __future__ import annotations

import json
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import lgbm
from lgbm.errors import ProfileError
from lgbm.model.facts import Unknown
from lgbm.model.truth import Truth
from lgbm.resolution import Resolution
from lgbm.rules import term as t
from lgbm.rules.semantics import evaluate
from tests.strategies.worlds import Citizen, World, citizens, worlds


@frozen(repr=False)
class Case:
    """A citizen in a world, with an event or without."""

    world: World
    citizen: Citizen
    event: str | None

    def resolve(self, profile: Mapping[str, Any]) -> Resolution:
        return self.world.model.resolve(profile, on=self.world.day, event=self.event)


@st.composite
def cases(draw: st.DrawFn, happens: bool = True) -> Case:
    world = draw(worlds())
    event = draw(st.sampled_from((None, *world.events))) if happens else None
    return Case(world, draw(citizens(world)), event)


@given(case=cases())
def test_learning_never_changes_an_answer(case: Case) -> None:
    """Once a service is decided, or a need, no further fact can change that: neither before an event nor after it."""
    known, learned, everything = map(case.resolve, (case.citizen.known, case.citizen.learned, case.citizen.everything))

    for less, more in ((known, learned), (learned, everything), (known, everything)):
        for decision in less.services:
            assert decision.status in ("undetermined", more[decision.id].status)
        needs, undecided = {one.id for one in less.needs}, {one.id for one in less.possible_needs}
        assert needs <= {one.id for one in more.needs} <= needs | undecided


@given(case=cases(happens=False))
def test_missing_facts_settle_a_decision(case: Case) -> None:
    """What is named as missing is enough, but for what nobody can know: a sum of nothing, a division by zero."""
    known, everything = case.citizen.known, case.citizen.everything
    settled = case.resolve(everything)
    for decision in case.resolve(known).undetermined:
        if settled[decision.id].status == "undetermined":
            continue
        told = {**known, **{name: everything[name] for name in decision.missing if name in everything}}
        asked = case.resolve(told)

        if asked[decision.id].status == "undetermined":
            doubt = evaluate(asked.book.services[decision.id], asked.facts)
            assert isinstance(doubt, Unknown)
            assert doubt.reasons


def read_by(resolution: Resolution, names: Iterable[str]) -> set[str]:
    """*names*, and what they follow from, by the rules and by what the event does."""
    effects = resolution.book.effects.get(resolution.event or "", {})
    found, waiting = set[str](), [*names]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += resolution.book.book.reads.get(name, ())
            waiting += t.facts_of(effects[name]) if name in effects else ()
    return found


@given(case=cases())
def test_missing_facts_belong_to_what_is_undecided(case: Case) -> None:
    """Nothing is asked for that could only tell again what is known."""
    resolution = case.resolve(case.citizen.known)
    for decision in resolution.undetermined:
        undecided: set[str] = set()
        for reason in decision.why().reasons:
            if reason.truth is Truth.UNKNOWN:
                undecided |= read_by(resolution, t.facts_of(reason.question))

        assert set(decision.missing) <= undecided


@given(case=cases())
def test_a_checked_rule_never_raises(case: Case) -> None:
    """Every part of every answer can be had, in every form."""
    for profile in (case.citizen.known, case.citizen.everything):
        resolution = case.resolve(profile)

        assert json.dumps(resolution.to_dict())
        assert str(resolution)
        assert resolution._repr_html_()
        assert all(str(decision.why()) for decision in resolution.services)


@given(case=cases())
def test_the_facts_of_an_explanation_are_enough(case: Case) -> None:
    """Given alone, as they are after the event, they give the same answer."""
    for profile in (case.citizen.known, case.citizen.everything):
        for decision in case.resolve(profile).services:
            if decision.status != "undetermined":
                shown = decision.why().facts
                again = case.world.model.resolve(shown, on=case.world.day)
                assert again[decision.id].status == decision.status, shown


def answers(resolution: Resolution) -> object:
    """What may not depend on any order."""
    return (
        {one.id: (one.status, sorted(one.missing)) for one in resolution.services},
        [one.id for one in resolution.needs],
        [one.id for one in resolution.possible_needs],
        resolution.outcomes,
    )


def turned(value: Any) -> Any:
    """Plain data with every mapping and every group of conditions the other way round.

    But not the inputs of a table, which a rule gives by place.
    """
    if isinstance(value, dict):
        return {
            name: [turned(one) for one in reversed(held)]
            if name in ("all", "any", "none")
            else held
            if name == "inputs"
            else turned(held)
            for name, held in reversed(value.items())
        }
    return [turned(one) for one in value] if isinstance(value, list) else value


@given(case=cases())
def test_the_order_of_items_and_parts_never_matters(case: Case) -> None:
    """The same taxonomy, written from the end: the same answers, and the same fingerprint."""
    model = lgbm.loads(json.dumps(turned(case.world.written), indent=1))
    resolution = case.resolve(case.citizen.known)
    again = model.resolve(case.citizen.known, on=case.world.day, event=case.event)

    assert model.fingerprint == case.world.model.fingerprint
    assert again.fingerprint == resolution.fingerprint
    assert answers(again) == answers(resolution)


@given(case=cases())
def test_the_order_of_people_never_matters(case: Case) -> None:
    """Unless a rule asks who is first."""
    profile = case.citizen.known
    turned_round = {
        name: value[::-1] if isinstance(value, list | tuple) and any(isinstance(one, dict) for one in value) else value
        for name, value in profile.items()
    }

    assert answers(case.resolve(turned_round)) == answers(case.resolve(profile))


@given(world=worlds())
def test_the_order_of_files_never_matters(world: World, tmp_path_factory: pytest.TempPathFactory) -> None:
    """One file a section, or two, called one way or the other."""
    folders = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    for place, (section, held) in enumerate(world.written.items()):
        for folder, number in zip(folders, (place, 9 - place), strict=True):
            (folder / f"{number}.yaml").write_text(json.dumps({section: held}))
    one, other = map(lgbm.load, folders)

    assert one.fingerprint == other.fingerprint


@given(case=cases())
def test_every_answer_carries_its_evidence(case: Case) -> None:
    """Each reason says where it was written, by whose words and by which law."""
    written = json.dumps(case.world.written, indent=1).splitlines()
    resolution = case.resolve(case.citizen.known)
    for decision in resolution.services:
        found = decision.why().reasons
        assert found
        for reason in found:
            assert reason.origin is not None
            span = reason.origin.span
            assert span.place.startswith("taxonomy.yaml:")
            text = json.dumps(reason.origin.text)[1:-1]
            line = written[span.line - 1]
            assert text in line
            if '"when"' in line and '"source"' in "".join(written[span.line : span.line + 2]).partition("}")[0]:
                assert reason.origin.source


@given(case=cases())
def test_the_same_again_is_the_same_to_the_byte(case: Case) -> None:
    """Same model, same profile, same date."""
    again = lgbm.loads(json.dumps(case.world.written, indent=1))
    one, other = (
        json.dumps(model.resolve(case.citizen.known, on=case.world.day, event=case.event).to_dict())
        for model in (case.world.model, again)
    )

    assert one == other


_ELSEWHERE = """
import json, sys, lgbm
for text, profile, day, event in json.load(sys.stdin):
    print(json.dumps(lgbm.loads(text).resolve(profile, on=day, event=event).to_dict()))
"""


def jsonable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: jsonable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(one) for one in value]
    return value if isinstance(value, bool | int | str) else float(value) if hasattr(value, "as_tuple") else str(value)


@settings(max_examples=max(3, settings().max_examples // 20))
@given(several=st.lists(cases(), min_size=4, max_size=4))
def test_another_process_gives_the_same_to_the_byte(several: list[Case]) -> None:
    """Whatever Python makes of the order of sets there."""
    asked = [
        (json.dumps(case.world.written, indent=1), jsonable(case.citizen.known), str(case.world.day), case.event)
        for case in several
    ]
    given_there = json.dumps(asked)
    printed = {
        subprocess.run(
            [sys.executable, "-c", _ELSEWHERE],
            input=given_there,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "7")
    }

    assert len(printed) == 1


_HEARD: list[str] = []
_LISTENING = False


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if _LISTENING and event.split(".", maxsplit=1)[0] in (
        "open",
        "socket",
        "subprocess",
        "os",
        "urllib",
        "shutil",
        "ctypes",
    ):
        _HEARD.append(f"{event} {arguments}")


sys.addaudithook(_hear)


@contextmanager
def listening() -> Iterator[list[str]]:
    """What a process does with files, programs and the network meanwhile."""
    global _LISTENING  # noqa: PLW0603 - an audit hook cannot be taken away again, only told not to listen
    _HEARD.clear()
    _LISTENING = True
    try:
        yield _HEARD
    finally:
        _LISTENING = False


@given(case=cases())
def test_nothing_leaves_the_process(case: Case) -> None:
    """No network, no file, no word in a log."""
    case.resolve(case.citizen.known).to_dict()
    logged: list[logging.LogRecord] = []
    handler = logging.Handler()
    vars(handler)["emit"] = logged.append
    logging.getLogger().addHandler(handler)
    before = logging.getLogger().level
    logging.getLogger().setLevel(0)
    try:
        with patch.object(socket, "socket", side_effect=AssertionError("network")), listening() as heard:
            resolution = case.resolve(case.citizen.known)
            resolution.to_dict()
            str(resolution)
            done = list(heard)
    finally:
        logging.getLogger().removeHandler(handler)
        logging.getLogger().setLevel(before)

    assert not done
    assert not logged


@given(data=st.data())
def test_profiles_of_one_citizen_seldom_contradict_each_other(data: st.DataObject) -> None:
    """The other laws would say little if what they try were mostly refused."""
    world = data.draw(worlds())
    citizen = data.draw(citizens(world))
    try:
        world.model.resolve(citizen.learned, on=world.day)
    except ProfileError as error:
        pytest.fail(str(error))
