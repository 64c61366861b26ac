"""Interviews by the rules of others come to what a complete profile says, and ask less than a form."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

import lgbm
from lgbm.interview import Interview
from tests.corpora.places import read
from tests.corpora.translate import Translation
from tests.laws.test_interview import told_by

MANY = 40


@pytest.fixture(scope="module")
def px() -> tuple[lgbm.Model, list[tuple[str, dict[str, Any]]]]:
    """The finder of USA.gov, and the cases in which everything was answered."""
    translation = Translation(read("px-death/rules.json"))
    cases = [one for one in read("px-death/cases.json")["cases"] if len(one["facts"]) == len(translation.facts)]
    return lgbm.loads(translation.text()), [(one["as_of"], translation.profile(one["facts"])) for one in cases[:MANY]]


def ended(interview: Interview, person: dict[str, Any]) -> Interview:
    while not interview.done:
        interview = told_by(person, interview)
    return interview


def test_interviews_by_the_rules_of_usa_gov_end_as_the_whole_form_does(
    px: tuple[lgbm.Model, list[tuple[str, dict[str, Any]]]],
) -> None:
    """For every case; with fewer questions than a form that skips what cannot matter, which has fewer than all."""
    model, people = px
    asked = form = 0
    for on, person in people:
        begun = model.interview(on=on)
        interview = ended(begun, person)
        whole = model.resolve(person, on=on)
        assert {one.id: one.status for one in interview.resolution.services} == {
            one.id: one.status for one in whole.services
        }
        asked += len(interview.answers)
        form += len(ended(Interview(evolve(begun.subject, as_written=True), begun.given), person).answers)

    assert len(people) >= 20
    assert asked < form < len(people) * len(model.circumstances)
