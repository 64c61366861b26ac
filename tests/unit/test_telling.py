"""The answer as it is told: first what is wanted first, and no list longer than somebody reads."""

from __future__ import annotations

import lgbm
from lgbm.outline import Line

_MANY = 13
MODEL = lgbm.loads(
    """
taxonomy: {id: town, label: Town, jurisdiction: nation}
events:
  losing-a-job: {label: Losing a job, changes: {working: false}, leads_to: [work-coach]}
needs:
  an-income: {label: An income, implied_by: not(working)}
  a-meal: {label: A meal, implied_by: hungry}
services:
  a-canteen: {label: A canteen, meets: a-meal, eligibility: hungry}
  zero-hours-pay: {label: Zero hours pay, meets: an-income, eligibility: hours = 0}
  work-coach: {label: Work coach, eligibility: not(working)}
  northern-pay: {label: Northern pay, meets: an-income, jurisdictions: north, eligibility: hours = 0}
  unwritten-fund: {label: Unwritten fund, meets: an-income}
"""
    + "".join(
        f"  fund-{n:02}: {{label: Fund {n:02}, meets: an-income, eligibility: fact_{n:02}}}\n"
        f"  fine-{n:02}: {{label: Fine {n:02}, meets: an-income, eligibility: working}}\n"
        for n in range(_MANY)
    )
    + """
circumstances:
  nation: {label: Nation, type: choice, options: {north: North, south: South}}
  working: {label: In work, type: boolean}
  hours: {label: Hours a week, type: number, asked_when: working, otherwise: 0}
  hungry: {label: Hungry, type: boolean}
  full_time: {label: Works full-time, type: boolean, formula: hours >= 35}
"""
    + "".join(f"  fact_{n:02}: {{label: Fact {n:02}, type: boolean}}\n" for n in range(_MANY))
)
KNOWN = {"nation": "south", "working": True, "hours": 38, "hungry": True}


def section(line: Line, title: str) -> list[str]:
    """The texts right under a title."""
    return [one.text for part in line.lines if part.text == title for one in part.lines]


def test_what_the_event_brought_about_comes_first() -> None:
    """Needs that were there before stand behind, and so do the services that meet them."""
    answer = MODEL.resolve(KNOWN, event="losing-a-job", on="2026-11-21")

    assert answer.new_needs == ("an-income",)
    assert section(answer.line, "What is needed") == ["An income", "A meal"]
    assert section(answer.line, "Eligible for") == ["Work coach", "Zero hours pay", "A canteen"]


def test_without_an_event_no_need_is_new() -> None:
    """Somebody is as she is."""
    assert MODEL.resolve(KNOWN, on="2026-11-21").new_needs == ()


def test_facts_that_only_follow_are_counted() -> None:
    """Those that were known before and changed are told."""
    told = MODEL.resolve({"working": True, "hours": 38}, event="losing-a-job", on="2026-11-21").line
    unknown = MODEL.resolve({"nation": "south"}, event="losing-a-job", on="2026-11-21").line

    assert section(told, "What changed") == [
        "in work: yes → no",
        "works full-time: yes → no (follows)",
        "hours a week: 38 → 0 (follows)",
    ]
    assert section(unknown, "What changed") == ["in work: not known → no", "and 2 more facts that follow"]


def test_long_lists_are_folded_and_nothing_is_lost() -> None:
    """Ten services at length; of the others a line each, and one for those of elsewhere or without rules."""
    answer = MODEL.resolve(KNOWN, event="losing-a-job", on="2026-11-21")
    unknown, no = (section(answer.line, title) for title in ("Not known yet", "Not eligible for"))

    assert unknown[9:] == [
        "Fund 09",
        "Fund 10: ask for fact 10",
        "Fund 11: ask for fact 11",
        "Fund 12: ask for fact 12",
        "No rules decide these here: Unwritten fund",
    ]
    assert no[9:] == [
        "Fine 09",
        "Fine 10: in work: no",
        "Fine 11: in work: no",
        "Fine 12: in work: no",
        "Not offered where the citizen lives: Northern pay",
    ]
    assert len(section(answer.told(None), "Not known yet")) == _MANY + 1
    assert len(section(answer.told(None), "Not eligible for")) == _MANY + 1


def test_what_may_be_needed_too_is_folded() -> None:
    """The needs that depend on the fewest facts come first."""
    answer = MODEL.resolve({}, on="2026-11-21")

    assert section(answer.told(1), "What may be needed too") == ["A meal (depends on hungry)", "and 1 more: An income"]
