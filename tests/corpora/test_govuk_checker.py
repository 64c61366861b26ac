"""No definite answer of ours contradicts GOV.UK's checker without a reason that is written down."""

from __future__ import annotations

import lgbm
from tests.corpora.govuk_checker import compare
from tests.corpora.govuk_explained import OURS
from tests.corpora.places import read


def test_every_benefit_of_the_checker_is_a_service_of_ours() -> None:
    """By its name there, and our id."""
    benefits = {one["id"] for one in read("smart-answers/rules.json")["benefits"]}
    services = {service for each in OURS.values() for service in each}

    assert OURS.keys() == benefits
    assert services <= lgbm.load("four-nations").services.keys()


def test_no_contradiction_is_unexplained() -> None:
    """`make checker` asks many more people."""
    found = compare(lgbm.load("four-nations"), 150)

    assert {name: dict(one.surprises) for name, one in found.items() if one.surprises} == {}
    assert sum(sum(one.counts.values()) for one in found.values()) > 4_000
