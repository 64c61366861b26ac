"""Real rules by others, said in the taxonomy format, decide every case as their own code does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import lgbm
from lgbm import Model, Resolution, Status
from tests.corpora.places import read
from tests.corpora.translate import NEEDS, NOT_ASKED, Translation, condition_id, id_of

ON = date(2026, 11, 21)
Load = Callable[[Translation], Model]


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Load:
    """Writes a translation to a file, and loads it from there as any taxonomy is."""

    def load(translation: Translation) -> Model:
        path: Path = tmp_path_factory.mktemp("taxonomy") / "rules.yaml"
        path.write_text(translation.text(), encoding="utf-8")
        return lgbm.load(path)

    return load


def by_status(resolution: Resolution) -> dict[str, set[str]]:
    return {
        "eligible": {one.id for one in resolution.eligible},
        "more_info": {one.id for one in resolution.undetermined},
        "ineligible": {one.id for one in resolution.ineligible},
    }


def ids(expected: Mapping[str, list[str]]) -> dict[str, set[str]]:
    return {status: {id_of(one) for one in listed} for status, listed in expected.items()}


# -- USA.gov's benefit finder, life event "death of a loved one"


@pytest.fixture(scope="module")
def px() -> Translation:
    return Translation(read("px-death/rules.json"))


@pytest.fixture(scope="module")
def px_model(px: Translation, load: Load) -> Model:
    return load(px)


def test_the_whole_of_px_is_said(px_model: Model) -> None:
    """Every benefit and every fact."""
    assert (len(px_model.services), len(px_model.circumstances)) == (30, 18)


@pytest.mark.parametrize(("file", "at_least"), [("cases.json", 200), ("fixtures.json", 4)])
def test_every_px_case_is_decided_as_upstream(file: str, at_least: int, px: Translation, px_model: Model) -> None:
    """Eligible, not eligible, or more to be asked: for all benefits of all cases, dates in the future included."""
    found: Any = read(f"px-death/{file}")
    cases: list[Any] = found["cases"] if file == "cases.json" else found
    wrong: list[str] = []
    for case in cases:
        resolution = px_model.resolve(px.profile(case["facts"]), on=case["as_of"])
        if by_status(resolution) != ids(case["expected"]):
            wrong.append(case["id"])

    assert len(cases) >= at_least
    assert not wrong


def test_the_px_facts_that_are_missing_are_enough(px: Translation, px_model: Model) -> None:
    """Once the facts that an answer names are given, the answer is decided."""
    cases: list[Any] = read("px-death/cases.json")["cases"]
    complete = next(case for case in cases if len(case["facts"]) == len(px.facts))
    answers = px.profile(complete["facts"])
    for decision in px_model.resolve({}, on=complete["as_of"]).services:
        learned = {name: answers[name] for name in decision.missing}
        after = px_model.resolve(learned, on=complete["as_of"])[decision.id]

        assert learned
        assert after.status is not Status.UNDETERMINED


# -- Veterans Affairs Canada's directory of benefits


@pytest.fixture(scope="module")
def vac() -> Translation:
    return Translation(read("vac/rules.json"))


@pytest.fixture(scope="module")
def vac_model(vac: Translation, load: Load) -> Model:
    return load(vac)


def test_the_whole_of_vac_is_said(vac_model: Model) -> None:
    """Every benefit, every need, and both languages."""
    assert (len(vac_model.services), len(vac_model.needs)) == (51, 7)
    assert all({"en", "fr"} <= one.label.keys() for one in vac_model.services.values())


def test_every_vac_case_is_decided_as_upstream(vac: Translation, vac_model: Model) -> None:
    """What upstream shows is what is not ruled out, for the needs that were chosen, if any were."""
    cases: list[Any] = read("vac/cases.json")["cases"]
    wrong: list[str] = []
    for case in cases:
        chosen = {NEEDS: case["needs"]} if case["needs"] else {}
        resolution = vac_model.resolve({**vac.profile(case["facts"]), **chosen}, on=ON)
        wanted = {one.id for one in resolution.services if one.relevance or not case["needs"]}
        found = {status: listed & wanted for status, listed in by_status(resolution).items()}
        expected = {"shown": case["expected_shown"], **case["expected"]}
        found["shown"] = found["eligible"] | found["more_info"]
        if {name: found[name] for name in expected} != ids(expected):
            wrong.append(case["id"])

    assert len(cases) >= 200
    assert not wrong


# -- GOV.UK's "Check benefits and financial support you can get"


def test_every_smart_answers_assertion_holds(load: Load) -> None:
    """Each of upstream's own tests: a condition, some answers, all other questions not asked; yes or no."""
    rules, unit = read("smart-answers/rules.json"), read("smart-answers/unit.json")
    translation = Translation(rules, closed=True)
    model = load(translation)
    wrong: list[str] = []
    for case in unit["cases"]:
        profile = translation.profile(case["facts"], complete=True)
        status = model.resolve(profile, on=ON)[condition_id(case["condition"])].status
        if status is not (Status.ELIGIBLE if case["expected"] else Status.INELIGIBLE):
            wrong.append(f"{case['upstream_test']}: {status}")

    assert len(model.services) == len(rules["benefits"]) + len(rules["conditions"])
    assert len(unit["cases"]) >= 212
    assert not wrong


def test_a_question_that_does_not_apply_was_not_asked(load: Load) -> None:
    """`asked_when` and `otherwise` say what upstream does with the questions that it skips."""
    model = load(Translation(read("smart-answers/rules.json"), closed=True, gates=True))

    facts = model.resolve({"children_living_with_you": "no", "are_you_working": "no"}, on=ON).facts.known

    assert facts["how_many_paid_hours_work"] == NOT_ASKED
    assert facts["age_of_children"] == (NOT_ASKED,)
    assert "current_benefits" not in facts


@pytest.mark.parametrize("nation", ["england", "wales", "scotland", "northern-ireland"])
def test_a_benefit_is_its_condition_in_its_nations(nation: str, load: Load) -> None:
    """Upstream writes a benefit as a named condition and a list of nations; both ways of saying it agree."""
    rules = read("smart-answers/rules.json")
    translation = Translation(rules, closed=True)
    answers = {
        "over_state_pension_age": "yes",
        "disability_or_health_condition": "yes",
        "where_do_you_live": nation,
        "on_benefits": "dont_know",
    }

    resolution = load(translation).resolve(translation.profile(answers, complete=True), on=ON)

    compared = [one for one in rules["benefits"] if one.get("upstream_condition")]
    for benefit in compared:
        status = resolution[condition_id(benefit["upstream_condition"])].status
        expected = status if nation in benefit["rule"]["all"][0]["value"] else Status.INELIGIBLE
        assert resolution[id_of(benefit["id"])].status is expected, benefit["id"]
    assert len(compared) >= 60


# -- forms of rules that the sources at hand do not use, and others do

NUMBER = {"type": "number"}
FACTS = {
    "n": NUMBER,
    "b": {"type": "boolean"},
    "d": {"type": "date"},
    "e": {"type": "enum", "values": ["one", "two"]},
    "s": {"type": "set", "values": ["x", "y"]},
    "p": {"type": "list", "fields": {"n": NUMBER}},
}
UNDER_FIVE = {"fact": "n", "op": "<", "value": 5}
IS_B = {"fact": "b", "op": "eq", "value": True}


@pytest.mark.parametrize(
    ("rule", "profile", "expected"),
    [
        ({"fact": "n", "op": ">", "value": 2}, {"n": 3}, Status.ELIGIBLE),
        ({"fact": "n", "op": "<=", "value": 2.5}, {"n": 3}, Status.INELIGIBLE),
        ({"fact": "n", "op": "in", "value": [1, 3]}, {"n": 3}, Status.ELIGIBLE),
        (IS_B, {"b": False}, Status.INELIGIBLE),
        ({"fact": "e", "op": "not_in", "value": ["one"]}, {"e": "two"}, Status.ELIGIBLE),
        ({"fact": "e", "op": "not_in", "value": ["no option"]}, {}, Status.ELIGIBLE),
        ({"fact": "e", "op": "eq", "value": "no option"}, {"e": "two"}, Status.INELIGIBLE),
        ({"fact": "s", "op": "disjoint", "value": ["x"]}, {"s": []}, Status.ELIGIBLE),
        ({"fact": "s", "op": "intersects", "value": ["x"]}, {"s": ["y", "x"]}, Status.ELIGIBLE),
        ({"fact": "d", "op": "date", "cmp": "<", "date": "2020-01-01"}, {"d": "2019-12-31"}, Status.ELIGIBLE),
        ({"fact": "d", "op": "age_years", "cmp": ">=", "years": 18}, {"d": "2008-11-21"}, Status.ELIGIBLE),
        ({"fact": "d", "op": "age_years", "cmp": ">=", "years": 18}, {"d": "2008-11-22"}, Status.INELIGIBLE),
        ({"fact": "d", "op": "elapsed_years", "cmp": ">", "years": 18}, {"d": "2008-11-21"}, Status.INELIGIBLE),
        ({"fact": "d", "op": "elapsed_months", "cmp": "<=", "months": 6}, {"d": "2026-05-21"}, Status.ELIGIBLE),
        ({"fact": "d", "op": "elapsed_days", "cmp": "=", "days": 30}, {"d": "2026-10-22"}, Status.ELIGIBLE),
        ({"count": "p", "where": UNDER_FIVE, "cmp": ">=", "value": 1}, {"p": [{"n": 3}, {}]}, Status.ELIGIBLE),
        ({"count": "p", "cmp": "=", "value": 0}, {"p": []}, Status.ELIGIBLE),
        ({"derived": "income", "cmp": ">", "value": 100}, {"income": 100}, Status.INELIGIBLE),
        ({"if": {"const": False}, "then": IS_B, "else": {"const": True}}, {}, Status.ELIGIBLE),
        ({"not": {"any": []}}, {}, Status.ELIGIBLE),
        ({"all": [{"const": True}, IS_B]}, {}, Status.UNDETERMINED),
    ],
)
def test_every_form_of_rule_can_be_said(rule: dict[str, Any], profile: dict[str, Any], expected: Status) -> None:
    """A rule of that form decides as its form says."""
    benefits = [{"id": "x", "title": "X", "rule": rule}]
    translation = Translation({"source": {"repo": "a/b"}, "facts": FACTS, "benefits": benefits})

    assert lgbm.loads(translation.text()).resolve(profile, on=ON)["x"].status is expected


@pytest.mark.parametrize(
    ("on", "born", "expected"),
    [
        (date(2024, 2, 29), "2006-03-01", Status.ELIGIBLE),
        (date(2024, 2, 29), "2006-03-02", Status.INELIGIBLE),
        (date(2024, 2, 29), "2004-03-01", Status.ELIGIBLE),
        (date(2023, 2, 28), "2005-03-01", Status.INELIGIBLE),
    ],
)
def test_years_that_have_elapsed_roll_over_as_in_javascript(on: date, born: str, expected: Status) -> None:
    """On 29 February, eighteen years ago was 1 March, as upstream's `Date` reckons."""
    rule = {"fact": "d", "op": "elapsed_years", "cmp": ">=", "years": 18}
    benefits = [{"id": "x", "title": "X", "rule": rule}]
    translation = Translation({"source": {"repo": "a/b"}, "facts": FACTS, "benefits": benefits})

    assert lgbm.loads(translation.text()).resolve({"d": born}, on=on)["x"].status is expected
