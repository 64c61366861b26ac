"""The packaged taxonomies are kept as we ask everybody to keep theirs."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

import lgbm
from lgbm.analysis import check, coverage, languages
from lgbm.analysis.thresholds import thresholds_in
from lgbm.analysis.world import World

TODAY = date(2026, 11, 21)
PACKAGED = sorted(one.parent.name for one in (Path(__file__).parents[2] / "taxonomies").glob("*/taxonomy.yaml"))

ALLOWED: dict[tuple[str, str], str] = {}
"""Findings that are as they should be: code and words of the message, and why."""

UNMET = {
    (
        "telling-government-of-a-death",
        "northern-ireland",
    ): "Tell Us Once is not offered there; what is, is not listed yet",
    ("water-bills", "northern-ireland"): "households are not billed for water there",
}
"""Needs that no service is listed for, by nation, and why."""


@cache
def loaded(name: str) -> lgbm.Model:
    return lgbm.load(name)


def ours(name: str, finding: lgbm.Diagnostic) -> bool:
    """Whether *finding* is about this taxonomy. What stands alone in a layer may be for another that lies beside it."""
    if not finding.warning or name == "four-nations":
        return True
    return name != "uk" and finding.span is not None and finding.span.source.name.startswith(f"{name}/")


@pytest.mark.parametrize("name", PACKAGED)
def test_nothing_is_found_in_a_packaged_taxonomy(name: str) -> None:
    """Every service is kept, can be reached and refused, and hangs together with the rest; no figure lacks its law."""
    findings = [one for one in check(loaded(name), on=TODAY) if ours(name, one)]
    found = [one for one in findings if (one.code, one.message) not in ALLOWED]

    assert not found, "\n\n".join(map(str, found))


def test_thresholds_turn_an_answer() -> None:
    """One step below, at and above a limit of a service the answer is not the same three times.

    Not of every limit: where another way in is wider (the couple's limit beside the single one), or a formula rules out
    the very value, nobody is decided by it alone, and it says `missing`. They are fewer than one in five.
    """
    world = World(loaded("four-nations"), TODAY)
    found = [one for service in world.book.services for one in thresholds_in(world, service, steps=150)]
    turning = [one for one in found if one.turns]

    assert len(found) > 250
    assert len(turning) / len(found) > 4 / 5
    # Never are all three there and answered alike: then a comparison would decide nothing where it should.
    assert [one.origin.text for one in found if not one.missing and not one.turns] == []


def test_no_need_of_the_four_nations_is_without_a_service() -> None:
    """Each need is met in each nation by a service that is listed there, with rules or without."""
    gaps = {(one.need, one.area) for one in coverage(loaded("four-nations")).gaps if not one.services}

    assert gaps == UNMET.keys()


def test_every_text_for_citizens_is_there_in_english() -> None:
    """Welsh is as complete as official names are; English is complete."""
    assert languages(loaded("four-nations")).missing("en") == ()
