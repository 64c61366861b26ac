"""What would change an answer, worked by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

import lgbm
from lgbm.changing import Range

DAY = "2026-11-21"
TOWN = """
taxonomy: {id: town, label: Town, jurisdiction: town}
circumstances:
  town: {label: Town, type: choice, options: {here: Here, there: There}}
  date_of_birth: {label: Date of birth, type: date, mutable: false}
  age: {label: Age, type: number, unit: years, formula: 'years and months duration(date_of_birth, today()).years'}
  pregnant: {label: Is pregnant, type: boolean, mutable: false}
  work: {label: Work, type: choice, options: {employed: In paid work, none: Out of work, retired: Retired}}
  hours: {label: Hours a week, type: number, unit: hours, at_least: 0, asked_when: work = "employed", otherwise: 0}
  pay: {label: Monthly pay, type: money, unit: GBP, at_least: 0, asked_when: work = "employed", otherwise: 0}
  savings: {label: Savings, type: money, unit: GBP, at_least: 0}
  partner:
    label: Partner
    type: person
    fields:
      pay: {label: Partner's pay, type: money, unit: GBP, at_least: 0}
      disabled: {label: Partner is disabled, type: boolean, mutable: false}
  children: {label: Children, type: people, fields: {age: {label: Age, type: number, mutable: false}}}
  household_pay: {label: Pay of both, type: money, formula: pay + partner.pay}
services:
  top-up: {label: Top-up, eligibility: {all: [age >= 18, savings <= 6000, 'household_pay * 0.65 <= 1000']}}
  card: {label: Card, eligibility: receives("top-up")}
  in-work: {label: In work, eligibility: {all: [work = "employed", hours >= 16]}}
  families: {label: Families, eligibility: {any: [count(children) >= 1, pregnant]}}
  elsewhere: {label: Elsewhere, jurisdictions: there, eligibility: savings >= 0}
  by-hand: {label: By hand}
"""
ANN: dict[str, Any] = {
    "town": "here",
    "date_of_birth": "1980-05-01",
    "pregnant": False,
    "work": "employed",
    "hours": 20,
    "pay": 1000,
    "savings": 500,
    "partner": {"pay": 200, "disabled": False},
    "children": [],
    "receives": [],
}


@pytest.fixture(scope="module")
def model() -> lgbm.Model:
    return lgbm.loads(TOWN)


def _changes(model: lgbm.Model, service: str, **facts: object) -> list[dict[str, object]]:
    found = model.resolve({**ANN, **facts}, on=DAY)[service].what_would_change()
    assert found.proven
    for one in found.suggestions:
        assert model.resolve(one.profile, on=DAY)[service].status is lgbm.Status.ELIGIBLE
    return [{move.fact: move.range or move.options for move in one.changes} for one in found.suggestions]


def test_a_limit_is_named_as_the_rule_has_it(model: lgbm.Model) -> None:
    """Savings of at most £6,000, not savings of nothing."""
    assert _changes(model, "top-up", savings=9000) == [{"savings": Range(at_most=6000)}]


def test_a_limit_in_a_formula_is_found_to_the_penny(model: lgbm.Model) -> None:
    """65 % of £1,538.46 is £999.999, and of a penny more it is £1,000.0055: less the other's pay, that is the limit."""
    assert _changes(model, "top-up", pay=2000) == [
        {"pay": Range(at_most=Decimal("1338.46"))},
        {"work": ("none", "retired")},
    ]


def test_facts_of_a_partner_are_named_where_they_would_do(model: lgbm.Model) -> None:
    """Of those who are there, what can change; what carries other facts with it comes last."""
    partner = {"pay": 1000, "disabled": False}
    assert _changes(model, "top-up", pay=1000, partner=partner) == [
        {"partner.pay": Range(at_most=Decimal("538.46"))},
        {"pay": Range(at_most=Decimal("538.46"))},
        {"work": ("none", "retired")},
    ]


def test_what_opens_a_way_and_what_is_found_on_it_go_together(model: lgbm.Model) -> None:
    """Out of work no hours are worked: a job alone does not do, and neither do hours."""
    facts = {"work": "none", "hours": None, "pay": None}
    assert _changes(model, "in-work", **facts) == [{"work": ("employed",), "hours": Range(at_least=16)}]


def test_a_service_is_claimed_first_where_it_can_be_had(model: lgbm.Model) -> None:
    """With too much saved, both are needed; the profile after that resolves."""
    assert _changes(model, "card") == [{'receives("top-up")': (True,)}]
    assert _changes(model, "card", savings=9000) == [{'receives("top-up")': (True,), "savings": Range(at_most=6000)}]


def test_nobody_is_told_to_have_a_child_or_to_be_pregnant(model: lgbm.Model) -> None:
    """Who lives in a family is never suggested, nor what the taxonomy marks as fixed."""
    found = model.resolve(ANN, on=DAY)["families"].what_would_change()
    assert (found.suggestions, found.proven) == ((), True)
    assert "Nothing that this person can change" in str(found)


def test_nobody_is_told_to_move_to_where_a_service_is(model: lgbm.Model) -> None:
    """A place to live is no change that is suggested."""
    assert model.resolve(ANN, on=DAY)["elsewhere"].what_would_change().suggestions == ()


def test_what_lapses_with_a_change_is_said() -> None:
    """Who leaves work has no hours and no pay any more."""
    model = lgbm.loads(TOWN.replace("by-hand: {label: By hand}", 'rest: {label: Rest, eligibility: work = "retired"}'))
    (one,) = model.resolve(ANN, on=DAY)["rest"].what_would_change().suggestions
    assert [(follow.fact, follow.before, follow.after) for follow in one.follows] == [
        ("hours", 20, 0),
        ("pay", 1000, 0),
    ]


def test_with_a_fact_missing_it_is_said_what_it_then_depends_on(model: lgbm.Model) -> None:
    """That savings would no longer rule it out is no promise."""
    found = model.resolve({**ANN, "savings": 9000, "date_of_birth": None}, on=DAY)["top-up"].what_would_change()
    assert [one.missing for one in found.suggestions] == [("date_of_birth",)]
    assert "would make this person eligible" not in str(found)


def test_of_what_is_not_known_it_is_said_first_what_to_ask_for(model: lgbm.Model) -> None:
    """To learn a fact is no change: none is suggested."""
    found = model.resolve({**ANN, "savings": None}, on=DAY)["top-up"].what_would_change()
    assert (found.missing, found.suggestions) == (("savings",), ())


def test_without_rules_nothing_is_said(model: lgbm.Model) -> None:
    """Neither what would change it, nor what would end it."""
    decision = model.resolve(ANN, on=DAY)["by-hand"]
    assert "no eligibility rules are written for it" in str(decision.what_would_change())
    assert "no eligibility rules are written for it" in str(decision.what_would_end())


def test_the_nearest_cliff_comes_first_with_its_distance(model: lgbm.Model) -> None:
    """£338.46 more for either, then savings; of a list of children nothing is said."""
    found = model.resolve(ANN, on=DAY)["top-up"].what_would_end()
    assert [(one.change.fact, one.change.range, one.distance) for one in found.cliffs] == [
        ("pay", Range(at_least=Decimal("1338.47")), Decimal("338.47")),
        ("partner.pay", Range(at_least=Decimal("538.47")), Decimal("338.47")),
        ("savings", Range(more_than=6000), 5500),
    ]


def test_what_would_change_is_a_line_at_a_prompt() -> None:
    """A suggestion says what it is, and nothing else."""
    facts = {"nation": "england", "age": 70, "council_tax_liable": True, "no_recourse_to_public_funds": False}
    facts |= {"savings": 20_000, "receives": [], "adults_in_home": 1, "has_partner": False}
    rich = lgbm.load("four-nations").resolve({**facts, "gets_guarantee_credit": False}, on="2026-11-21")
    found = rich["council-tax-reduction"].what_would_change()

    assert repr(found) == "<WhatWouldChange council-tax-reduction: ineligible, 1 suggestion>"
    assert repr(found.suggestions) == "(<Suggestion savings and investments: at most £16,000 (now £20,000)>,)"
    end = rich["older-persons-bus-pass"].what_would_end()
    assert repr(end).startswith("<WhatWouldEnd older-persons-bus-pass: ")
    assert all(repr(one).startswith("<Cliff ") and len(repr(one)) < 200 for one in end.cliffs)


def test_what_is_given_out_is_plain_data(model: lgbm.Model) -> None:
    """It goes into JSON as it is."""
    decision = model.resolve({**ANN, "savings": 9000}, on=DAY)["top-up"]
    assert json.loads(json.dumps(decision.what_would_change().to_dict()))["suggestions"][0]["changes"][0]["range"] == {
        "at_most": 6000
    }
    assert json.loads(json.dumps(model.resolve(ANN, on=DAY)["top-up"].what_would_end().to_dict()))["cliffs"]


def test_after_an_event_it_is_the_facts_after_it_that_change() -> None:
    """What the event set is what changes again."""
    events = "events: {losing: {label: Losing work, changes: {work: none}}}"
    model = lgbm.loads(TOWN + events + "\n")
    (one,) = model.resolve(ANN, event="losing", on=DAY)["in-work"].what_would_change().suggestions
    assert [move.fact for move in one.changes] == ["work", "hours"]


# -- what would have been a wrong promise


def test_nobody_is_told_to_receive_what_only_those_who_receive_it_get() -> None:
    """A closed benefit is kept by those who have it; to have it already is no way to it, nor by way of another."""
    closed = """
  closed: {label: Closed, eligibility: receives("closed")}
  one: {label: One, eligibility: {any: [receives("one"), receives("other")]}}
  other: {label: Other, eligibility: {any: [receives("one"), receives("other")]}}
  with-closed: {label: With it, eligibility: receives("closed")}
  with-one: {label: With one, eligibility: {all: [receives("one"), receives("other")]}}
"""
    model = lgbm.loads(TOWN.rstrip() + closed)
    answer = model.resolve(ANN, on=DAY)
    for service in ("closed", "one", "other", "with-closed", "with-one"):
        found = answer[service].what_would_change()
        assert found.suggestions == (), service
        assert found.proven


def test_a_claim_may_be_made_by_way_of_another_claim() -> None:
    """The card needs the top-up, and the pass needs the card: with both claims, in that order, there is a pass."""
    model = lgbm.loads(TOWN.rstrip() + '\n  pass: {label: Pass, eligibility: receives("card")}\n')
    (one,) = model.resolve(ANN, on=DAY)["pass"].what_would_change().suggestions
    assert [move.fact for move in one.changes] == ['receives("card")', 'receives("top-up")']


def test_a_field_stated_in_place_of_its_formula_stays_in_the_profile() -> None:
    """The age of a child of whom no date of birth is known is no less stated, when another field changes."""
    model = lgbm.loads("""
circumstances:
  children:
    label: Children
    type: people
    fields:
      born: {label: Born, type: date, mutable: false}
      age: {label: Age, type: number, mutable: false, formula: 'years and months duration(born, today()).years'}
      pocket_money: {label: Pocket money, type: money, unit: GBP}
services:
  club: {label: Club, eligibility: 'some c in children satisfies c.age < 9 and c.pocket_money <= 5'}
""")
    children = [{"age": 8, "pocket_money": 7}, {"born": "2015-01-01", "pocket_money": 7}]
    (one,) = model.resolve({"children": children}, on=DAY)["club"].what_would_change().suggestions
    assert one.to_dict()["profile"] == {
        "children": [{"age": 8, "pocket_money": 5}, {"born": "2015-01-01", "pocket_money": 7}]
    }
    assert model.resolve(one.profile, on=DAY)["club"].status is lgbm.Status.ELIGIBLE


AGED = """
circumstances:
  date_of_birth: {label: Date of birth, type: date, mutable: false}
  age: {label: Age, type: number, mutable: false, formula: 'years and months duration(date_of_birth, today()).years'}
  grown: {label: Grown up, type: boolean, formula: age >= 18}
  savings: {label: Savings, type: money, unit: GBP, at_least: 0}
  study: {label: Studies, type: boolean}
  loan: {label: Owes a loan, type: boolean, asked_when: age < 18 or study, otherwise: false}
services:
  help: {label: Help, eligibility: {all: [grown, savings <= 6000]}}
  grant: {label: Grant, eligibility: {all: [study, not(loan)]}}
"""


def test_what_follows_from_a_fact_stated_in_place_of_its_formula_is_not_taken_as_stated() -> None:
    """An age stated without a date of birth is stated, and nothing that follows from it is."""
    model = lgbm.loads(AGED)
    answer = model.resolve({"age": 40, "savings": 9000, "study": False}, on=DAY)
    (one,) = answer["help"].what_would_change().suggestions
    assert dict(one.profile) == {"age": 40, "savings": 6000, "study": False}


def test_what_does_not_apply_is_not_known_where_a_change_makes_it_apply() -> None:
    """Whether a student owes a loan has to be asked, also of those whose age was stated in place of its formula."""
    answer = lgbm.loads(AGED).resolve({"age": 40, "savings": 9000, "study": False}, on=DAY)
    (one,) = answer["grant"].what_would_change().suggestions
    assert one.missing == ("loan",)


def test_of_sets_that_would_do_the_one_that_differs_least_is_suggested() -> None:
    """Where no single option is enough, as few as can be join or leave."""
    model = lgbm.loads("""
circumstances:
  ways: {label: Ways, type: choices, options: {a: A, b: B, c: C, d: D}}
services:
  help: {label: Help, eligibility: 'list contains(ways, "c") and list contains(ways, "d")'}
""")
    (one,) = model.resolve({"ways": ["a", "b"]}, on=DAY)["help"].what_would_change().suggestions
    assert one.changes[0].value == ("a", "b", "c", "d")


ODD = """
circumstances:
  savings: {label: Savings, type: money, unit: GBP, at_least: 0}
services:
  odd: {label: Odd, eligibility: 'modulo(savings, 7) = 3 and savings < 900'}
  even: {label: Even, eligibility: 'modulo(savings, 7) != 3'}
"""


def test_a_value_that_was_only_tried_is_not_told_as_a_limit() -> None:
    """Where nothing says how the answer goes along with a number, no limit is named, and that is said."""
    found = lgbm.loads(ODD).resolve({"savings": 1200}, on=DAY)["odd"].what_would_change()
    for one in found.suggestions:
        (move,) = one.changes
        assert move.range is not None
        assert not move.range.whole
        assert move.to_dict()["limits_shown"] is False
        assert "for example" in move.text
        assert "one value that was tried" in str(found)


def test_a_limit_behind_a_condition_is_found_to_the_penny() -> None:
    """A formula that reckons differently above a limit is looked at in pieces, so that the limit itself is named."""
    model = lgbm.loads("""
circumstances:
  savings: {label: Savings, type: money, unit: GBP, at_least: 0}
  income: {label: Income, type: money, unit: GBP, at_least: 0}
  taken: {label: Taken, type: money, formula: 'if savings <= 10000 then 0 else ceiling((savings - 10000) / 500)'}
services:
  help: {label: Help, eligibility: income + taken < 238}
""")
    near = model.resolve({"savings": 9000, "income": Decimal("237.99")}, on=DAY)["help"].what_would_end()
    assert [(one.change.fact, one.change.range) for one in near.cliffs] == [
        ("income", Range(at_least=238)),
        ("savings", Range(more_than=10_000)),
    ]
    (one, _) = model.resolve({"savings": 12_600, "income": 236}, on=DAY)["help"].what_would_change().suggestions
    assert (one.changes[0].fact, one.changes[0].range) == ("income", Range(less_than=232))


def test_giving_up_a_benefit_is_said_to_be_that() -> None:
    """Who is told that an answer would be another one without a benefit is told what it costs, too."""
    model = lgbm.loads(TOWN.rstrip() + "\n  instead: {label: Instead, eligibility: 'not(receives(\"card\"))'}\n")
    found = model.resolve({**ANN, "receives": ["card"]}, on=DAY)["instead"].what_would_change()
    assert "gives up what is paid now (receives Card)" in str(found)
