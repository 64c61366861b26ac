"""Questions about a model as a whole, each with the whole answer written out."""

from __future__ import annotations

import re
import time
from itertools import islice

import pytest

import lgbm
from lgbm.graph.dependents import citations, is_meant

TOWN = """
taxonomy: {id: town, label: Town, jurisdiction: nation}
circumstances:
  nation: {label: Nation, type: choice, options: {england: England, wales: Wales}}
  savings: {label: Savings, type: money, unit: GBP}
  poor: {label: Has little, type: boolean, formula: savings <= limit}
  work: {label: Work, type: choice, options: {employed: In work, unemployed: Out of work}}
rates:
  limit: {label: Limit, unit: GBP, values: [{from: 2026-01-01, value: 100, source: limits-act}]}
  other: {label: Other, values: [{from: 2026-01-01, value: 1, source: 'https://www.legislation.gov.uk/ukpga/2012/56'}]}
events:
  losing-a-job: {label: Losing a job, changes: {work: unemployed}}
  turning-40: {label: Turning 40}
needs:
  money: {label: Money}
  income: {label: An income, broader: money, implied_by: work = "unemployed"}
  rest: {label: Rest, implied_by: poor}
services:
  grant:
    label: Grant
    meets: income
    contributes_to: better
    eligibility:
      all:
        - {when: poor, source: 'https://www.legislation.gov.uk/id/ukpga/2012/5/section/4'}
        - savings <= limit
  extra: {label: Extra, meets: income, eligibility: {all: [savings <= limit, poor]}}
  third: {label: Third, meets: income, eligibility: 'savings > 5 and poor'}
  welsh: {label: Welsh, meets: income, jurisdictions: wales, eligibility: poor}
  top: {label: Top-up, eligibility: 'receives("grant")'}
  pass: {label: Pass, eligibility: 'eligible("top") or receives("extra")'}
outcomes:
  better: {label: Better, measured_by: rate}
  unmeasured: {label: Not measured}
indicators:
  rate: {label: Rate, counts: poor}
  orphan: {label: Orphan, counts: poor}
legislation:
  limits-act: {label: Limits Act 2012, url: 'https://www.legislation.gov.uk/ukpga/2012/5'}
"""
MODEL = lgbm.loads(TOWN, "town.yaml")
EXPLORE = MODEL.explore


def test_ways_are_told_step_by_step() -> None:
    """Through the need, since nothing that the event changes is read by the service itself."""
    (way,) = EXPLORE.ways("losing-a-job", "better")

    assert (
        str(way) == "Losing a job — changes → Work — implies → An income — is met by → Grant — contributes to → Better"
    )
    assert way.nodes == ("event:losing-a-job", "circumstance:work", "need:income", "service:grant", "outcome:better")
    assert not list(EXPLORE.ways("losing-a-job", "better", longest=3))
    assert not list(EXPLORE.ways("turning-40", "better"))
    assert not list(EXPLORE.ways("grant", "losing-a-job"))
    assert not list(EXPLORE.ways("grant", "limit"))


def test_ways_are_found_when_they_are_asked_for() -> None:
    """In the taxonomy of the United Kingdom there are far more than anybody reads; five take no time."""
    explore = lgbm.load("uk").explore
    begun = time.process_time()
    found = list(islice(explore.ways("becoming-unemployed", "less-poverty", longest=9), 5))

    assert len(found) == 5
    assert time.process_time() - begun < 2


def test_a_law_by_its_beginning_finds_all_that_cites_it() -> None:
    """By its address, whether it stands in a condition or behind the id of legislation: and not Act 56 of that year."""
    found = EXPLORE.dependents("ukpga/2012/5")

    assert str(found) == (
        "What depends on 2 laws\n"
        "  what is meant\n"
        "    Limits Act 2012\n"
        "    https://www.legislation.gov.uk/id/ukpga/2012/5/section/4\n"
        "  1 rate to read again\n"
        "    Limit (cites it)                                        town.yaml:9\n"
        "  1 service to read again\n"
        "    Grant (cites it)                                        town.yaml:25\n"
        "  1 circumstance that depends on these\n"
        "    Has little\n"
        "  1 need that depends on these\n"
        "    Rest\n"
        "  5 services that depend on these\n"
        "    Extra\n"
        "    Pass\n"
        "    Third\n"
        "    Top-up\n"
        "    Welsh\n"
        "  2 indicators that depend on these\n"
        "    Orphan\n"
        "    Rate"
    )
    assert [one.node for one in EXPLORE.dependents("limits-act").direct] == ["rate:limit"]
    assert [one.node for one in EXPLORE.dependents("https://www.legislation.gov.uk/ukpga/2012/56").direct] == [
        "rate:other"
    ]


@pytest.mark.parametrize(
    ("law", "source", "meant"),
    [
        ("ukpga/2012/5", "https://www.legislation.gov.uk/id/ukpga/2012/5/section/4", True),
        ("ukpga/2012/5", "http://www.legislation.gov.uk/ukpga/2012/5", True),
        ("ukpga/2012/5", "https://www.legislation.gov.uk/ukpga/2012/56", False),
        ("ukpga/2012/5/section/4", "https://www.legislation.gov.uk/ukpga/2012/5/section/45", False),
        ("https://www.legislation.gov.uk/ukpga/2012/5/", "https://www.legislation.gov.uk/id/ukpga/2012/5", True),
        ("care-act-2014", "care-act-2014-s17", True),
        ("care-act-2014-s1", "care-act-2014-s17", False),
        ("Grant Policy 2026", "Grant Policy 2026, para. 4", True),
        ("", "care-act-2014", False),
    ],
)
def test_a_law_begins_where_a_part_of_it_ends(law: str, source: str, meant: bool) -> None:
    """Section 4 is not section 45, and Act 5 is not Act 56."""
    assert is_meant(law, source) is meant


def test_every_source_of_an_item_is_found_with_its_place() -> None:
    """Of conditions and of figures."""
    assert [(source, span.line) for source, span in citations(MODEL.services["grant"])] == [
        ("https://www.legislation.gov.uk/id/ukpga/2012/5/section/4", 25)
    ]
    assert [(source, span.line) for source, span in citations(MODEL.rates["limit"])] == [("limits-act", 9)]


def test_what_reads_a_fact_is_named_with_its_lines() -> None:
    """The rules that read it, the events that change it, and then what follows."""
    found = EXPLORE.dependents("savings")

    assert [(one.node, one.how, one.places) for one in found.direct] == [
        ("circumstance:poor", "derives", ("town.yaml:6",)),
        ("service:extra", "decides eligibility for", ("town.yaml:27",)),
        ("service:grant", "decides eligibility for", ("town.yaml:26",)),
        ("service:third", "decides eligibility for", ("town.yaml:28",)),
    ]
    assert list(found.further) == [
        "need:rest", "service:pass", "service:top", "service:welsh", "indicator:orphan", "indicator:rate"
    ]  # fmt: skip
    assert [(one.node, one.how) for one in EXPLORE.dependents("work").direct] == [
        ("event:losing-a-job", "changes it"),
        ("need:income", "implies"),
    ]
    assert [(one.node, one.how) for one in EXPLORE.dependents("limit").direct] == [
        ("circumstance:poor", "uses figure"),
        ("service:extra", "uses figure"),
        ("service:grant", "uses figure"),
    ]
    assert "service:welsh" in [one.node for one in EXPLORE.dependents("nation").direct]


def test_loose_ends_are_where_the_chain_breaks_off() -> None:
    """A need is met when a narrower one is; a heading over narrower needs lacks no rule."""
    assert EXPLORE.loose_ends().to_dict() == {
        "needs_without_service": ["rest"],
        "needs_without_rule": [],
        "services_without_need": ["pass", "top"],
        "services_without_outcome": ["extra", "pass", "third", "top", "welsh"],
        "outcomes_without_service": ["unmeasured"],
        "outcomes_without_indicator": ["unmeasured"],
        "indicators_without_outcome": ["orphan"],
        "events_leading_nowhere": ["turning-40"],
    }


def test_loose_ends_are_told_by_what_they_are_called() -> None:
    """With their labels; what there is none of comes last, and is no part of what is above it."""
    told = str(EXPLORE.loose_ends())

    assert told.startswith(
        "Where the chain breaks off\n  Needs that no service meets: 1\n    Rest (rest)\n  Services that meet no need"
    )
    assert told.endswith("  Looked for, and none found\n    Needs that no circumstances imply")


def test_places_name_each_file_once() -> None:
    """Ten lines of one file are no wall of paths."""
    found = lgbm.load("four-nations").explore.dependents("ukpga/2012/5")

    assert re.search(r"Universal Credit \(cites it\) +uk/services-work\.yaml:\d+(, \d+)+$", str(found), re.MULTILINE)


def test_what_an_explorer_gives_is_short_at_a_prompt() -> None:
    """A line each, whatever the size of the model."""
    explore = lgbm.load("four-nations").explore
    found: list[object] = [explore, explore.coverage(), *explore.coverage(), explore.loose_ends()]
    found += [explore.dependents("nation"), *explore.together(), *explore.passports("universal-credit")]
    found.append(next(explore.ways("becoming-unemployed", "less-poverty")))

    longest = max(found, key=lambda one: len(repr(one)))
    assert len(repr(longest)) < 300, repr(longest)
    assert repr(EXPLORE.dependents("limit")).startswith("<Dependents of rate:limit: ")
    assert repr(EXPLORE.loose_ends()) == "<LooseEnds: 12 found>"


def test_coverage_is_a_table_in_a_notebook() -> None:
    """The events that touch most services come first."""
    drawn = lgbm.load("four-nations").explore.coverage()._repr_html_()

    assert drawn.index("Separating") < drawn.index("Becoming unemployed") < drawn.index("Getting married")


def test_a_need_is_met_by_what_meets_a_narrower_one() -> None:
    """`money` is a heading over `income`."""
    assert EXPLORE.meeting("money") == ("extra", "grant", "third", "welsh")
    assert EXPLORE.meeting("rest") == ()


def test_chains_of_passports_go_to_their_ends() -> None:
    """Who receives the grant may have the top-up, and who may have that, the pass."""
    assert [one.nodes for one in EXPLORE.passports()] == [
        ("service:extra", "service:pass"),
        ("service:grant", "service:top", "service:pass"),
    ]
    assert [one.nodes for one in EXPLORE.passports("top")] == [("service:grant", "service:top", "service:pass")]


def test_services_that_ask_about_each_other_are_in_chains_too() -> None:
    """A circle has no beginning: each of it may be one."""
    model = lgbm.loads(
        """services: {a: {label: A, eligibility: 'receives("b")'}, b: {label: B, eligibility: 'receives("a")'}}"""
    )

    assert [one.nodes for one in model.explore.passports()] == [("service:a", "service:b"), ("service:b", "service:a")]


def test_services_come_together_by_needs_events_places_and_rules() -> None:
    """The same rules in another order are the same; what is offered elsewhere never comes together with it."""
    (same,) = EXPLORE.together()

    assert same.services == ("extra", "grant", "third")
    assert (same.needs, same.events) == (("income",), ())
    assert (same.same_rules, same.same_facts, same.facts) == (False, True, ("savings",))
    without = lgbm.loads(TOWN.replace("  third: {label: Third, meets: income", "  third: {label: Third, meets: rest"))
    (rules,) = without.explore.together()
    assert (rules.services, rules.same_rules) == (("extra", "grant"), True)
    assert str(rules) == "2 services are always shown together, with the same rules\n  Extra\n  Grant"


def test_services_without_rules_have_no_rules_in_common() -> None:
    """That nobody wrote any says nothing of who is eligible."""
    model = lgbm.loads("needs: {n: {label: N}}\nservices: {a: {label: A, meets: n}, b: {label: B, meets: n}}")

    (group,) = model.explore.together()
    assert (group.services, group.same_rules, group.same_facts) == (("a", "b"), False, False)


def test_coverage_counts_what_an_event_reaches() -> None:
    """Welsh is one of the four services for the need; two of them have no outcome."""
    job, birthday = EXPLORE.coverage()

    assert job.to_dict() == {
        "event": "losing-a-job",
        "label": "Losing a job",
        "circumstances": 1,
        "needs": 1,
        "services_led_to": 0,
        "services_for_needs": 4,
        "services_with_rules": 4,
        "outcomes": 1,
        "indicators": 1,
        "needs_without_service": [],
    }
    assert (birthday.circumstances, birthday.needs, birthday.services_for_needs) == (0, 0, 0)


def test_the_order_of_items_makes_no_difference() -> None:
    """Sections turned about: the same answers, but for the lines that are named."""
    head, *sections = TOWN.strip().replace("\n  ", "\0").split("\n")
    turned = lgbm.loads("\n".join([head, *reversed(sections)]).replace("\0", "\n  ")).explore

    assert turned.loose_ends() == EXPLORE.loose_ends()
    assert turned.together() == EXPLORE.together()
    assert turned.passports() == EXPLORE.passports()
    assert turned.coverage() == EXPLORE.coverage()
    assert turned.dependents("savings").further == EXPLORE.dependents("savings").further
