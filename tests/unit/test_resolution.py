"""Events, needs, services, outcomes: the flow for one citizen, on a taxonomy small enough to see through."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

import lgbm
from lgbm import Status
from lgbm.model.truth import Truth

WORLD = """
taxonomy: {id: town, label: Town, jurisdiction: nation}
circumstances:
  nation: {label: Nation, type: choice, options: {north: North, south: South}}
  date_of_birth: {label: Date of birth, type: date, mutable: false}
  age: {label: Age, type: number, unit: years, formula: 'years and months duration(date_of_birth, today()).years'}
  employment: {label: Work, type: choice, options: {employed: In work, unemployed: Out of work, retired: Retired}}
  weekly_hours: {label: Hours a week, type: number, asked_when: 'employment = "employed"', otherwise: 0}
  monthly_pay: {label: Monthly pay, type: money, unit: GBP}
  yearly_pay: {label: Yearly pay, type: money, unit: GBP, formula: monthly_pay * 12}
  children: {label: Children, type: people, fields: {age: {type: number}, disabled: {type: boolean}}}
  partner: {label: Partner, type: person, fields: {age: {type: number}}}
rates:
  low_pay:
    label: Low pay
    unit: GBP
    values: [{from: 2020-01-01, value: 9000}, {from: 2026-04-06, value: 10000, source: pay-act}]
legislation:
  pay-act: {label: 'Pay Act 2020, s. 1', url: 'https://example.org/pay-act'}
events:
  losing-a-job:
    label: Losing a job
    changes: {employment: unemployed, monthly_pay: 0}
    leads_to: [work-coach]
  having-a-baby: {label: Having a baby, changes: {children: {add: {age: 0}}}}
  children-leave: {label: Grown children leave, changes: {children: {remove_where: age >= 18}}}
  separating: {label: Separating, changes: {partner: {forget: true}}}
  pay-rise: {label: A rise, changes: {monthly_pay: {formula: monthly_pay + 100}}}
needs:
  income: {label: An income, implied_by: 'employment = "unemployed"'}
  childcare: {label: Childcare, implied_by: 'count(children[age < 5]) >= 1'}
services:
  out-of-work-benefit:
    label: Out-of-work benefit
    meets: income
    contributes_to: less-poverty
    eligibility:
      all:
        - {when: age >= 18, because: It is for adults, source: pay-act}
        - {when: yearly_pay <= low_pay, source: pay-act}
    not_modelled: [A claim must be made]
    review_by: 2026-06-30
  work-coach: {label: Work coach}
  nursery:
    label: Nursery place
    meets: childcare
    jurisdictions: north
    eligibility: 'some c in children satisfies c.age < 5'
  heating-grant:
    label: Heating grant
    meets: income
    eligibility: age >= 18
    amounts:
      - {label: Grant, value: 'if age < 60 then 100 else 300.5', every: once}
      - {label: Addition for low pay, value: low_pay / 100, every: four weeks, when: yearly_pay <= low_pay}
  northern-fund: {label: Northern fund, meets: income, jurisdictions: [north]}
  old-scheme: {label: Old scheme, meets: income, effective: {until: 2025-12-31}, eligibility: age >= 18}
outcomes: {less-poverty: {label: Less poverty}}
"""
ON = date(2026, 11, 21)


@pytest.fixture(scope="module")
def model() -> lgbm.Model:
    return lgbm.loads(WORLD)


def test_an_amount_is_reckoned_for_the_citizen(model: lgbm.Model) -> None:
    """On the date, and without what is certainly not paid."""
    paid = model.resolve({"age": 70, "monthly_pay": 500}, on=ON)["heating-grant"]
    better_off = model.resolve({"age": 59, "monthly_pay": 5000}, on=ON)["heating-grant"]

    assert [(one.label, one.pounds, one.every) for one in paid.amounts] == [
        ("Grant", Decimal("300.5"), "once"),
        ("Addition for low pay", 100, "four weeks"),
    ]
    assert [(one.label, one.pounds) for one in better_off.amounts] == [("Grant", 100)]
    assert str(paid.why()).splitlines()[-2:] == [
        "  pays £300.50 once (Grant)",
        "  pays £100 every four weeks (Addition for low pay)",
    ]


def test_an_amount_that_depends_on_what_is_not_known_says_so(model: lgbm.Model) -> None:
    """Nothing is made up, neither how much it is nor whether it is paid."""
    decision = model.resolve({}, on=ON)["heating-grant"]

    assert [(one.pounds, one.missing) for one in decision.amounts] == [
        (None, ("date_of_birth",)),
        (100, ("monthly_pay",)),
    ]
    assert "  pays an amount that is not known (Grant), depending on date of birth" in str(decision.why()).splitlines()


def test_a_service_without_rules_is_no_for_those_who_live_elsewhere(model: lgbm.Model) -> None:
    """And not known for those who live where it is offered: nobody is told yes by rules that are not written."""
    elsewhere, there, unknown = (
        model.resolve(facts, on=ON)["northern-fund"]
        for facts in (
            {"nation": "south"},
            {"nation": "north"},
            {},
        )
    )

    assert (elsewhere.status, there.status) == (Status.INELIGIBLE, Status.UNDETERMINED)
    assert (there.missing, unknown.missing) == ((), ("nation",))
    assert "no eligibility rules are written for it" in str(there.why())


def test_an_event_changes_circumstances_and_what_follows_from_them(model: lgbm.Model) -> None:
    """What the event says comes first; what a formula or a gate makes of it follows."""
    stated = {"employment": "employed", "weekly_hours": 38, "monthly_pay": 2000}
    answer = model.resolve(stated, event="losing-a-job", on=ON)

    assert [(one.circumstance, one.before, one.after, one.follows) for one in answer.changes] == [
        ("employment", "employed", "unemployed", False),
        ("monthly_pay", 2000, 0, False),
        ("weekly_hours", 38, 0, True),
        ("yearly_pay", 24000, 0, True),
    ]


def test_a_need_leads_to_services_and_an_event_does_directly(model: lgbm.Model) -> None:
    """Relevance says why a service is shown, and nothing of eligibility."""
    answer = model.resolve({"employment": "employed", "age": 17}, event="losing-a-job", on=ON)

    assert [one.id for one in answer.needs] == ["income"]
    assert [(one.kind, one.id) for one in answer["out-of-work-benefit"].relevance] == [("need", "income")]
    assert [(one.kind, one.id) for one in answer["work-coach"].relevance] == [("event", "losing-a-job")]
    assert answer["out-of-work-benefit"].status is Status.INELIGIBLE
    assert [one.id for one in answer.possible_needs] == ["childcare"]
    assert [one.id for one in answer.services][-1] == "nursery"


def test_outcomes_are_those_of_relevant_services_that_one_is_eligible_for(model: lgbm.Model) -> None:
    """No service, no outcome."""
    assert model.resolve({"age": 30, "monthly_pay": 0}, event="losing-a-job", on=ON).outcomes == ("less-poverty",)
    assert model.resolve({"age": 17}, event="losing-a-job", on=ON).outcomes == ()


def test_a_rate_is_that_of_the_date_of_resolution(model: lgbm.Model) -> None:
    """The same person, on both sides of an uprating, and before the first figure."""
    facts = {"age": 30, "monthly_pay": 800}
    assert model.resolve(facts, on="2026-04-05")["out-of-work-benefit"].status is Status.INELIGIBLE
    assert model.resolve(facts, on="2026-04-06")["out-of-work-benefit"].status is Status.ELIGIBLE
    assert model.resolve(facts, on="2019-12-31")["out-of-work-benefit"].status is Status.UNDETERMINED


def test_people_join_and_leave(model: lgbm.Model) -> None:
    """A baby is a child more; who is grown leaves; whose age is not known leaves the list unknown."""
    children = [{"age": 19}, {"age": 7}]
    assert model.resolve({"children": children}, event="having-a-baby", on=ON).facts.known["children"] == (
        {"age": 19}, {"age": 7}, {"age": 0},
    )  # fmt: skip
    assert model.resolve({"children": children}, event="children-leave", on=ON).facts.known["children"] == ({"age": 7},)
    assert "children" not in model.resolve({"children": [{}]}, event="children-leave", on=ON).facts.known


def test_what_is_forgotten_or_computed(model: lgbm.Model) -> None:
    """An event may make a fact unknown, or reckon it from what it was."""
    assert "partner" not in model.resolve({"partner": {"age": 40}}, event="separating", on=ON).facts.known
    assert model.resolve({"monthly_pay": 900}, event="pay-rise", on=ON).facts.known["yearly_pay"] == 12000
    assert "monthly_pay" not in model.resolve({}, event="pay-rise", on=ON).facts.known


def test_a_stated_fact_that_depends_on_what_an_event_changed_has_lapsed(model: lgbm.Model) -> None:
    """Yearly pay was true of the old job. After the event, only the formula says what it is."""
    answer = model.resolve({"yearly_pay": 30000, "age": 40}, event="losing-a-job", on=ON)

    assert answer.facts.known["yearly_pay"] == 0
    assert answer["out-of-work-benefit"].status is Status.ELIGIBLE


def test_one_child_known_to_be_three_is_enough(model: lgbm.Model) -> None:
    """Counts over people carry bounds: who else is unknown does not matter."""
    answer = model.resolve({"children": [{"age": 3}, {}, {"disabled": True}], "nation": "north"}, on=ON)

    assert [one.id for one in answer.needs] == ["childcare"]
    assert answer["nursery"].status is Status.ELIGIBLE


def test_where_somebody_lives_decides_what_is_offered(model: lgbm.Model) -> None:
    """Another nation: no. An unknown one: ask."""
    children = {"children": [{"age": 3}]}
    assert model.resolve({**children, "nation": "south"}, on=ON)["nursery"].status is Status.INELIGIBLE
    decision = model.resolve(children, on=ON)["nursery"]
    assert (decision.status, decision.missing) == (Status.UNDETERMINED, ("nation",))


def test_a_service_exists_only_in_its_time(model: lgbm.Model) -> None:
    """After its last day, a service is offered to nobody."""
    assert model.resolve({"age": 30}, on="2025-12-31")["old-scheme"].status is Status.ELIGIBLE
    assert model.resolve({"age": 30}, on="2026-01-01")["old-scheme"].status is Status.INELIGIBLE


def test_a_service_without_rules_is_never_answered(model: lgbm.Model) -> None:
    """What is not modelled is neither yes nor no, and there is nothing to ask."""
    decision = model.resolve({"age": 30}, on=ON)["work-coach"]
    assert (decision.status, decision.missing) == (Status.UNDETERMINED, ())
    assert "no eligibility rules are written for it" in str(decision)


def test_what_is_missing_is_what_can_be_asked(model: lgbm.Model) -> None:
    """Of a derived fact, the facts that it follows from; of a gated one, the gate first."""
    decision = model.resolve({}, on=ON)["out-of-work-benefit"]
    assert decision.missing == ("date_of_birth", "monthly_pay")


def test_an_explanation_says_fact_comparison_place_and_law(model: lgbm.Model) -> None:
    """And what was not checked, and that the rules should have been looked at again."""
    decision = model.resolve({"age": 17, "monthly_pay": 0}, on=ON)["out-of-work-benefit"]

    assert str(decision.why()) == (
        "Out-of-work benefit: not eligible\n"
        "  ✗ age is 17, less than 18 — It is for adults              taxonomy.yaml:39  Pay Act 2020, s. 1\n"
        "  ! not checked here: A claim must be made\n"
        "  ! these rules were to be reviewed by 2026-06-30"
    )


def test_text_html_and_json_say_the_same(model: lgbm.Model) -> None:
    """One outline, drawn three ways; HTML has no scripts and asks for nothing from elsewhere."""
    why = model.resolve({"age": 17}, on=ON)["out-of-work-benefit"].why()
    html = why._repr_html_()

    assert "age is 17, less than 18" in html and "age is 17, less than 18" in json.dumps(why.to_dict())
    assert "<script" not in html and "src=" not in html and "url(" not in html


def test_labels_are_not_trusted_in_html_or_on_a_terminal() -> None:
    """A label is text, whatever it holds."""
    model = lgbm.loads(
        'circumstances: {age: {label: "<b>Age</b>", type: number}}\n'
        "services: {s: {label: '<script>alert(1)</script>', eligibility: age > 1}}\n"
    )
    answer = model.resolve({"age": 0})
    assert "<script" not in answer["s"]._repr_html_() and "<b>" not in answer["s"]._repr_html_()


def test_the_fingerprint_is_of_model_profile_and_date(model: lgbm.Model) -> None:
    """Any of them changed, another fingerprint; none, the same, in whatever order facts are given."""
    one = model.resolve({"age": 30, "monthly_pay": 0}, on=ON).fingerprint
    assert one == lgbm.loads(WORLD).resolve({"monthly_pay": 0, "age": 30}, on=ON).fingerprint
    others = {
        model.resolve({"age": 31, "monthly_pay": 0}, on=ON).fingerprint,
        model.resolve({"age": 30, "monthly_pay": 0}, on="2026-11-22").fingerprint,
        model.resolve({"age": 30, "monthly_pay": 0}, event="losing-a-job", on=ON).fingerprint,
        lgbm.loads(WORLD.replace("age >= 18", "age >= 19")).resolve({"age": 30, "monthly_pay": 0}, on=ON).fingerprint,
    }
    assert len(others | {one}) == 5


def test_contradictions_are_refused_naming_both(model: lgbm.Model) -> None:
    """A stated fact against its formula, and one against its gate."""
    with pytest.raises(lgbm.ProfileError) as raised:
        model.resolve({"date_of_birth": "1990-01-01", "age": 20, "employment": "retired", "weekly_hours": 10}, on=ON)
    assert [one.code for one in raised.value.diagnostics] == ["P406", "P407"]


def test_receiving_is_a_fact_of_its_own() -> None:
    """A list of what is received is complete; a mapping tells of some; eligibility says nothing of it."""
    model = lgbm.loads(
        "circumstances: {age: {label: Age, type: number}}\n"
        "services:\n"
        "  credit: {label: Credit, eligibility: age >= 66}\n"
        "  licence: {label: Licence, eligibility: 'receives(\"credit\") and age >= 75'}\n"
        '  advice: {label: Advice, eligibility: eligible("credit")}\n'
    )
    old = {"age": 80}
    assert model.resolve(old)["licence"].missing == ('receives("credit")',)
    assert model.resolve({**old, "receives": []})["licence"].status is Status.INELIGIBLE
    assert model.resolve({**old, "receives": ["credit"]})["licence"].status is Status.ELIGIBLE
    assert model.resolve({**old, "receives": {"credit": True}})["licence"].status is Status.ELIGIBLE
    assert model.resolve({**old, 'receives("credit")': False})["licence"].status is Status.INELIGIBLE
    assert model.resolve(old)["advice"].status is Status.ELIGIBLE


def test_a_circle_of_passports_is_refused_with_its_path() -> None:
    """A is for those eligible for B, and B for those eligible for A: nobody could ever know."""
    with pytest.raises(lgbm.SourceError) as raised:
        lgbm.loads(
            'services:\n  a: {label: A, eligibility: eligible("b")}\n  b: {label: B, eligibility: eligible("a")}\n'
        )
    assert 'eligible("a") → eligible("b") → eligible("a")' in str(raised.value)


def test_a_truth_is_never_taken_for_a_yes_or_a_no() -> None:
    """`if truth:` raises, for each of the three."""
    for truth in Truth:
        with pytest.raises(TypeError):
            bool(truth)


def test_unknown_names_are_errors_with_suggestions(model: lgbm.Model) -> None:
    """A service, an event, a date."""
    answer = model.resolve({}, on=ON)
    with pytest.raises(lgbm.ProfileError, match="did you mean `nursery`"):
        answer["nursry"]
    with pytest.raises(lgbm.ProfileError, match="did you mean `losing-a-job`"):
        model.resolve({}, event="loosing-a-job", on=ON)
    with pytest.raises(lgbm.ProfileError, match="is not a date"):
        model.resolve({}, on="tomorrow")


LEAPLING = """
taxonomy: {id: t, label: T, leap_day_birthday: LEAP}
circumstances:
  born: {label: Date of birth, type: date}
  age: {label: Age, type: number, formula: 'years and months duration(born, today()).years'}
services: {vote: {label: Vote, eligibility: age >= 18}}
"""


@pytest.mark.parametrize(
    ("declared", "on", "status"),
    [
        ("1 March", "2026-02-28", Status.INELIGIBLE),
        ("1 March", "2026-03-01", Status.ELIGIBLE),
        ("28 February", "2026-02-27", Status.INELIGIBLE),
        ("28 February", "2026-02-28", Status.ELIGIBLE),
        ("28 February", "2024-02-28", Status.INELIGIBLE),
    ],
)
def test_a_birthday_on_29_february_is_when_the_taxonomy_says(declared: str, on: str, status: Status) -> None:
    """Somebody born on a leap day comes of age on the declared day of a common year; in a leap year, on the day."""
    model = lgbm.loads(LEAPLING.replace("LEAP", declared))
    assert model.resolve({"born": "2008-02-29"}, on=on)["vote"].status is status


def test_everything_that_is_wrong_is_said_at_once() -> None:
    """Structure, references and rules, in the order of the file; and one mistake once."""
    with pytest.raises(lgbm.SourceError) as raised:
        lgbm.loads(
            "circumstances: {age: {label: Age, type: numbr}}\n"
            "services:\n"
            "  one: {label: One, elegibility: age > 3, eligibility: agee > 3, meets: nothing}\n"
            "  two: {label: Two, eligibility: age > 3 and receives('one')}\n"
        )
    assert [one.code for one in raised.value.diagnostics] == ["T215", "T203", "R101", "T212", "R103"]
