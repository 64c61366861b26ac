"""What is known of a rule when not everything is: bounds, refusals, and truth that has three values."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import lgbm
from lgbm.errors import SourceError
from lgbm.model.truth import Truth

DAY = date(2026, 4, 6)


def status(rule: str, profile: dict[str, Any], more: str = "") -> tuple[str, tuple[str, ...]]:
    """The answer for a service with this one rule, and what is missing."""
    model = lgbm.loads(
        f"""
circumstances:
  yes: {{label: Yes, type: boolean}}
  limit: {{label: Limit, type: number}}
  word: {{label: Word, type: text}}
  work: {{label: Work, type: choice, options: {{a: A, b: B}}}}
  marks: {{label: Marks, type: choices, options: {{p: P, q: Q}}}}
  children: {{label: Children, type: people, fields: {{age: {{type: number}}, paid: {{type: number}}}}}}
  {more}
services:
  s: {{label: S, eligibility: '{rule}'}}
"""
    )
    found = model.resolve(profile, on=DAY)["s"]
    return str(found.status), found.missing


UNKNOWN = ("undetermined", ("children",))


@pytest.mark.parametrize(
    ("rule", "children", "expected"),
    [
        ("count(children[age < 5]) >= 1", [{"age": 3}, {}], ("eligible", ())),
        ("count(children[age < 5]) >= 2", [{"age": 3}, {}], UNKNOWN),
        ("count(children[age < 5]) >= 3", [{"age": 3}, {}], ("ineligible", ())),
        ("count(children[age < 5]) = 3", [{"age": 3}, {}], ("ineligible", ())),
        ("count(children[age < 5]) != 3", [{"age": 3}, {}], ("eligible", ())),
        ("count(children[age < 5]) + 1 > 1", [{"age": 3}, {}], ("eligible", ())),
        ("3 - count(children[age < 5]) >= 1", [{"age": 3}, {}], ("eligible", ())),
        ("count(children) >= 0", None, ("eligible", ())),
        ("count(children) >= 1", None, UNKNOWN),
        ("some c in children satisfies c.age < 5", [{"age": 3}, {}], ("eligible", ())),
        ("every c in children satisfies c.age < 5", [{"age": 7}, {}], ("ineligible", ())),
        ("sum(children[age < 5].paid) > 9", [{"age": 3, "paid": 10}, {"paid": 4}], ("eligible", ())),
        ("sum(children[age < 5].paid) > 14", [{"age": 3, "paid": 10}, {"paid": 4}], ("ineligible", ())),
        ("sum(children[age < 5].paid) > 12", [{"age": 3, "paid": 10}, {"paid": 4}], UNKNOWN),
        ("sum(children[age < 5].paid) > 9", [{"age": 3, "paid": 10}, {"paid": -4}], UNKNOWN),
        ("sum(children.paid) > 9", [{"paid": 10}, {}], UNKNOWN),
    ],
)
def test_bounds_decide(rule: str, children: Any, expected: tuple[str, tuple[str, ...]]) -> None:
    """A count or a sum of which something is not known lies between bounds, and these may be enough."""
    assert status(rule, {"children": children}) == expected


def test_an_empty_sum_is_nothing() -> None:
    """As the standard has it: unknown, with nobody to ask."""
    assert status("sum(children.paid) >= 0", {"children": []}) == ("undetermined", ())


def test_a_list_that_is_not_known_asks_for_what_is_asked_of_its_items() -> None:
    """Once the children are known, the limit would be missing."""
    assert status("some c in children satisfies c.age < limit", {}) == ("undetermined", ("children", "limit"))


def test_a_derived_field_of_nobody_asks_for_what_it_follows_from() -> None:
    """Once the partner is known, the limit would be missing."""
    partner = (
        "partner: {label: P, type: person, fields: {age: {type: number}, old: {type: boolean, formula: age > limit}}}"
    )

    assert status("partner.old", {}, partner) == ("undetermined", ("limit", "partner"))
    assert status("partner.age > 1", {}, partner) == ("undetermined", ("partner",))


def test_bounds_of_a_derived_number_show_the_facts_that_they_follow_from() -> None:
    """Otherwise an explanation would show nothing at all."""
    model = lgbm.loads(
        """
circumstances:
  children: {label: Children, type: people, fields: {age: {type: number}}}
  young: {label: Young, type: number, formula: 'count(children[age < 5])'}
services:
  s: {label: S, eligibility: young >= 1}
"""
    )
    children = [{"age": 3}, {}]
    why = model.resolve({"children": children}, on=DAY)["s"].why()

    assert why.facts == {"children": ({"age": 3}, {})}
    assert model.resolve(why.facts, on=DAY)["s"].status == "eligible"


@pytest.mark.parametrize(
    "rule", ["limit = null", "null != limit", "limit in (null)", "is(limit, null)", "limit instance of Any = null"]
)
def test_null_tests_are_refused(rule: str) -> None:
    """Whether something is known is no question of the rules: learning would change its answer."""
    with pytest.raises(SourceError):
        status(rule, {})


def test_a_circle_of_passports_is_refused_with_its_path() -> None:
    """The path leads back to where it began."""
    with pytest.raises(SourceError) as caught:
        lgbm.loads(
            """
services:
  a: {label: A, eligibility: 'eligible("b")'}
  b: {label: B, eligibility: 'eligible("c")'}
  c: {label: C, eligibility: 'eligible("a")'}
"""
        )

    path = str(caught.value)
    assert all(f'eligible("{one}")' in path for one in "abc")
    assert path.count('eligible("a")') >= 2


@pytest.mark.parametrize("truth", list(Truth))
def test_truth_has_no_truth_value(truth: Truth) -> None:
    """So that nobody takes "not known" for "no"."""
    with pytest.raises(TypeError, match="three values"):
        bool(truth)


def test_combinations_of_lists_have_a_bound() -> None:
    """What would run for years is unknown, and says why."""
    rule = "some x in 1..9999 satisfies some y in 1..9999 satisfies x + y < 0"

    assert lgbm.feel.evaluate(rule, on=DAY) is None
    assert lgbm.feel.evaluate("some x in 1..9999 satisfies x > 9998", on=DAY) is True


# -- what an event, a formula and a gate leave behind


def resolved(event: str, profile: dict[str, Any], circumstances: str, rule: str) -> str:
    model = lgbm.loads(
        f"""
circumstances:
  yes: {{label: Yes, type: boolean}}
  limit: {{label: Limit, type: number}}
  {circumstances}
events:
  e: {{label: E, changes: {{{event}}}}}
services:
  s: {{label: S, eligibility: '{rule}'}}
"""
    )
    return str(model.resolve(profile, event="e", on=DAY)["s"].status)


GATED = "hours: {label: Hours, type: number, asked_when: 'yes', otherwise: 0}"


@pytest.mark.parametrize(
    ("profile", "expected"), [({}, "undetermined"), ({"yes": True}, "eligible"), ({"yes": False}, "ineligible")]
)
def test_an_event_does_not_open_a_gate(profile: dict[str, Any], expected: str) -> None:
    """What it says of a fact holds while the fact applies: unknown whether it does, unknown what it is."""
    assert resolved("hours: 10", profile, GATED, "hours > 1") == expected


def test_what_an_event_says_holds_with_the_gate_unknown_if_both_come_to_the_same() -> None:
    """Open or shut, no hours are worked."""
    assert resolved("hours: 0", {}, GATED, "hours = 0") == "eligible"


CHILDREN = (
    "children: {label: C, type: people, fields: {age: {type: number}, old: {type: boolean, formula: age > limit}}}"
)
ALL_OLD = "every c in children satisfies c.old"


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ({}, "undetermined"),
        ({"limit": 1}, "ineligible"),
    ],
)
def test_what_was_stated_of_a_derived_field_lapses_with_what_it_follows_from(
    profile: dict[str, Any], expected: str
) -> None:
    """The child was old for the limit before; of the new limit nobody has said so."""
    told = {**profile, "children": [{"age": 5, "old": True}]}

    assert resolved("limit: {formula: limit + 6}", told, CHILDREN, ALL_OLD) == expected


@pytest.mark.parametrize(("profile", "expected"), [({}, "undetermined"), ({"limit": 3}, "ineligible")])
def test_what_an_event_says_of_a_derived_field_is_the_formulas_to_say(profile: dict[str, Any], expected: str) -> None:
    """A child joins who is said to be old; the formula says otherwise as soon as it can."""
    told = {**profile, "children": []}

    assert resolved("children: {add: {age: 1, old: true}}", told, CHILDREN, ALL_OLD) == expected


@pytest.mark.parametrize(
    "change", ["children: [{age: 7}]", "children: {add: {age: 7}}", "children: {remove_where: age > 1}"]
)
def test_people_of_an_event_are_people(change: str) -> None:
    """Their fields can be asked for like those of a profile."""
    assert resolved(change, {"children": []}, CHILDREN, "every c in children satisfies c.age > 1") == "eligible"


def test_persons_in_the_place_of_others_are_not_the_same() -> None:
    """However little was known of those before: a total that was stated of them has lapsed."""
    facts = f"{CHILDREN}\n  total: {{label: T, type: number, formula: 'sum(children.age) + limit'}}"
    for before in ({"old": True}, {"old": True, "age": 5}):
        profile = {"children": [before], "total": 9}

        assert resolved("children: [{old: true}]", profile, facts, "total = 9") == "undetermined"


def test_what_does_not_apply_may_be_people_too() -> None:
    """The value of `otherwise` is as good as one that was stated."""
    partner = (
        "partner: {label: P, type: person, fields: {age: {type: number}, old: {type: boolean, formula: age > 3}},"
        " asked_when: 'yes', otherwise: {age: 5}}"
    )

    assert status("partner.age > 4 and partner.old", {"yes": False}, partner) == ("eligible", ())


# -- formulas of choices


SAYS = "role: {label: R, type: choice, options: {a: A, b: B}, formula: word}"


@pytest.mark.parametrize(("word", "expected"), [("a", "ineligible"), ("b", "eligible"), ("z", "undetermined")])
def test_a_formula_of_a_choice_gives_an_option_or_nothing(word: str, expected: str) -> None:
    """A text that is none of the options is no answer: neither that one nor another."""
    assert status('role != "a"', {"word": word}, SAYS)[0] == expected


@pytest.mark.parametrize(("before", "expected"), [("a", "ineligible"), ("b", "eligible"), ("z", "undetermined")])
def test_an_event_gives_a_choice_an_option_or_nothing(before: str, expected: str) -> None:
    """The same for what an event works out."""
    facts = "word: {label: W, type: text}\n  role: {label: R, type: choice, options: {a: A, b: B}}"

    assert resolved("role: {formula: word}", {"word": before}, facts, 'role != "a"') == expected


def test_a_formula_of_a_set_gives_each_option_once() -> None:
    """In whatever order, and however often, the formula names them."""
    both = "both: {label: B, type: choices, options: {p: P, q: Q}, formula: 'append(marks, \"p\")'}"

    assert status("count(both) = 2", {"marks": ["q", "p"]}, both) == ("eligible", ())
    assert status("count(both) = 2", {"marks": ["q", "p"], "both": ["p", "q"]}, both) == ("eligible", ())


@pytest.mark.parametrize("order", [1, -1])
def test_people_contradict_nothing_by_their_order(order: int) -> None:
    """The same people are the same, whoever is named first."""
    lodgers = (
        "lodgers: {label: L, type: people, fields: {age: {type: number}}, asked_when: 'yes',"
        " otherwise: [{age: 1}, {age: 2}]}"
    )
    told = [{"age": 1}, {"age": 2}][::order]

    assert status("count(lodgers) = 2", {"yes": False, "lodgers": told}, lodgers) == ("eligible", ())
