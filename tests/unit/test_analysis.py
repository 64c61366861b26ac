"""What is said of a taxonomy as a whole: findings, people found for an answer, thresholds, coverage, languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import lgbm
from lgbm.analysis import check, coverage, languages, profile_for, thresholds
from lgbm.decision import Status

TODAY = date(2026, 11, 21)

TOWN = lgbm.loads(
    """
taxonomy: {id: town, label: Town, jurisdiction: [nation, council]}
circumstances:
  nation: {label: Nation, type: choice, options: {england: {en: England, cy: Lloegr}, wales: Wales}}
  council: {label: Council, type: choice, options: {riverford: Riverford, other: Another}}
  born: {label: Born, type: date}
  age: {label: Age, type: number, unit: years, formula: 'years and months duration(born, today()).years'}
  due: {label: Baby is due, type: date, future: true, asked_when: pregnant}
  pregnant: {label: Pregnant, type: boolean}
  earnings: {label: Earnings, type: money, unit: GBP a month, at_least: 0}
  weekly_earnings: {label: Weekly earnings, type: number, formula: earnings * 12 / 52}
  children:
    label: Children
    type: people
    fields:
      born: {type: date}
      age: {type: number, formula: 'years and months duration(born, today()).years'}
  partner:
    label: Partner
    type: person
    fields: {working: {type: boolean}, earnings: {type: money, unit: GBP a month}}
rates:
  limit: {label: Limit, unit: GBP a month, values: [{from: 2020-01-01, value: 616.50, source: An Act}]}
needs:
  money: {label: {en: Money, cy: Arian}, implied_by: earnings < limit}
  food: {label: Food, broader: money, implied_by: pregnant}
services:
  pension: {label: Pension, meets: money, jurisdictions: [england, wales], eligibility: age between 66 and 100}
  milk: {label: Milk, meets: food, jurisdictions: wales, eligibility: 'pregnant and due < today() + @"P70D"'}
  top-up:
    label: Top-up
    meets: money
    jurisdictions: england
    eligibility:
      all:
        - any: [earnings <= limit, weekly_earnings < 100, partner.working and partner.earnings < 50]
        - count(children[age < 5]) >= 3
        - not(receives("pension"))
  grant: {label: Grant, meets: food, jurisdictions: england}
  local-fund: {label: Local fund, meets: money, jurisdictions: riverford, eligibility: eligible("top-up")}
  never: {label: Never, eligibility: {all: [age < 16, eligible("pension")]}}
"""
)


@pytest.mark.parametrize("status", [Status.ELIGIBLE, Status.INELIGIBLE])
@pytest.mark.parametrize("service", ["pension", "milk", "top-up", "local-fund"])
def test_somebody_is_found_for_each_answer(service: str, status: Status) -> None:
    """Through dates, lists of people, passports and formulas; and what is found is answered so."""
    found = profile_for(TOWN, service, status, on=TODAY)

    assert found is not None
    assert TOWN.resolve(found, on=TODAY)[service].status is status
    assert "age" not in found


def test_nobody_is_found_where_conditions_exclude_each_other() -> None:
    """No pensioner is under 16."""
    assert profile_for(TOWN, "never", Status.ELIGIBLE, on=TODAY) is None
    assert profile_for(TOWN, "never", Status.INELIGIBLE, on=TODAY) is not None


def test_what_is_given_stays() -> None:
    """A search adds to what is known, and does not change it."""
    found = profile_for(TOWN, "top-up", Status.ELIGIBLE, on=TODAY, given={"earnings": 5000, "nation": "england"})

    assert found is not None
    assert (found["earnings"], found["partner"]["working"]) == (5000, True)
    assert profile_for(TOWN, "top-up", Status.ELIGIBLE, on=TODAY, given={"nation": "wales"}) is None


def test_the_same_search_finds_the_same_person() -> None:
    """There is no chance in it."""
    found = [profile_for(TOWN, "top-up", Status.ELIGIBLE, on=TODAY) for _ in range(2)]

    assert found[0] == found[1]


def test_a_search_ends_after_the_steps_allowed() -> None:
    """Nothing is found in one step, and that is said."""
    assert profile_for(TOWN, "top-up", Status.ELIGIBLE, on=TODAY, steps=1) is None


def test_a_search_for_what_is_not_known_is_refused() -> None:
    """Whoever states nothing is undetermined: there is nothing to look for."""
    with pytest.raises(ValueError, match="state nothing"):
        profile_for(TOWN, "pension", Status.UNDETERMINED, on=TODAY)


def test_a_threshold_has_somebody_on_each_side() -> None:
    """At 65 not, at 66 and 67 eligible; at 99 and 100 eligible, at 101 not."""
    found = thresholds(TOWN, "pension", on=TODAY)

    assert [(one.operator, one.value, one.turns) for one in found] == [(">=", 66, True), ("<=", 100, True)]
    assert [one.status.value for one in found[0].people.values()] == ["ineligible", "eligible", "eligible"]
    assert [one.status.value for one in found[1].people.values()] == ["eligible", "eligible", "ineligible"]


def test_a_figure_is_a_threshold_to_the_penny() -> None:
    """A rate is one as a number is, and money turns by a penny."""
    first, second, third, fourth = thresholds(TOWN, "top-up", on=TODAY)

    assert (first.figure, first.value, first.turns) == ("limit", Decimal("616.50"), True)
    assert [one.profile["earnings"] for one in first.people.values()] == [
        Decimal("616.49"),
        Decimal("616.50"),
        Decimal("616.51"),
    ]
    assert (second.value, third.value, fourth.value) == (100, 50, 3)
    assert (third.turns, fourth.turns) == (True, True)


def test_a_threshold_that_never_decides_says_so() -> None:
    """Whoever earns 100 a week earns less than the limit of a month, and is let pass by that already."""
    threshold = thresholds(TOWN, "top-up", on=TODAY)[1]

    assert not threshold.turns
    assert threshold.missing == ("below", "at", "above")


def test_coverage_tells_rules_from_listings_and_from_elsewhere() -> None:
    """Offered with rules, offered without, not offered there; and what only councils offer apart."""
    found = coverage(TOWN)

    assert found.areas == {"england": "England", "wales": "Wales"}
    assert found.services["milk"] == {"england": "not offered", "wales": "modelled"}
    assert found.services["grant"] == {"england": "not covered", "wales": "not offered"}
    assert found.services["never"] == {"england": "modelled", "wales": "modelled"}
    assert found.elsewhere == ("local-fund",)
    assert found.totals["england"] == {"modelled": 3, "not covered": 1, "not offered": 1}
    assert found.needs == {"food": {"england": 0, "wales": 1}, "money": {"england": 2, "wales": 2}}
    assert [(one.need, one.area, one.services) for one in found.gaps] == [("food", "england", ("grant",))]


def test_coverage_by_another_kind_of_area() -> None:
    """The same by council; a circumstance that says nothing of where is refused with a hint."""
    assert coverage(TOWN, where="council").services["local-fund"] == {"riverford": "modelled", "other": "not offered"}
    with pytest.raises(lgbm.ProfileError) as error:
        coverage(TOWN, where="nations")
    assert str(error.value) == "coverage: P416: nothing is called `nations`\nhint: did you mean `nation`?"


def test_coverage_of_a_taxonomy_without_areas_is_of_everywhere() -> None:
    """A taxonomy need not say where citizens live."""
    found = coverage(lgbm.loads("services: {one: {label: One, eligibility: true}, two: {label: Two}}"))

    assert found.totals == {"everywhere": {"modelled": 1, "not covered": 1, "not offered": 0}}


def test_languages_are_counted_by_section_and_kind() -> None:
    """One of two needs has a Welsh label."""
    found = languages(TOWN)

    assert found.tags == ("en", "cy")
    assert found.counted("cy")["needs", "label"] == (1, 2)
    assert found.counted("cy")["circumstances", "option"] == (1, 4)
    assert "needs.food.label" in [text.place for text in found.missing("cy")]
    assert found.missing("en") == ()


def test_findings_stand_in_the_order_of_the_file() -> None:
    """All kinds of findings together, the mild among them, from the first line to the last."""
    found = check(TOWN, on=TODAY)
    lines = [one.span.line for one in found if one.span]

    assert lines == sorted(lines)
    assert {one.code for one in found} == {"C601", "C603", "C605", "C613"}


def test_a_layer_is_not_warned_of_what_lies_below_it(tmp_path: Path) -> None:
    """What stands alone below may be there for another layer; by itself, the lower one is warned."""
    for name, text in {
        "below/taxonomy.yaml": "taxonomy: {id: below, label: Below}",
        "below/facts.yaml": "circumstances: {age: {label: Age, type: number}, spare: {label: Spare, type: text}}",
        "above/taxonomy.yaml": "taxonomy: {id: above, label: Above, extends: ../below}",
        "above/rules.yaml": """
circumstances: {idle: {label: Idle, type: text}}
services:
  pension: {label: Pension, owner: A, source: Act 1, review_by: 2030-01-01, eligibility: {when: age > 5, source: Act 1}}
""",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    below, above = (lgbm.load(tmp_path / name) for name in ("below", "above"))

    assert [one.code for one in check(above, on=TODAY)] == ["C614"]
    assert "`idle`" in check(above, on=TODAY)[0].message
    assert check(below, on=TODAY) == ()
    assert above.taxonomy.layers == ("below",)
