"""How segments divide a population: sizes, overlaps, gaps, and parts that add up or do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lgbm
from lgbm.cli import main
from lgbm.population.bounds import Rows
from lgbm.population.library import pa

EXAMPLE = Path(__file__).parents[2] / "examples" / "future-pensioners"
MODEL = lgbm.loads("""
circumstances:
  age: {label: Age, type: number}
  carer: {label: Cares for somebody, type: boolean}
segments:
  adults: {label: Adults, members: age >= 18}
  younger: {label: Younger adults, members: age between 18 and 39, broader: adults}
  older: {label: Older adults, members: age >= 66, broader: adults}
  carers: {label: Carers, members: carer, broader: adults}
services: {help: {label: Help, eligibility: carer}}
""")


def division(of: Any = None, **columns: list[Any]) -> Any:
    return MODEL.screen(pa.table(columns), on="2026-11-21").segmentation(of)


def test_sizes_overlaps_and_gaps() -> None:
    """An older carer is in two parts; somebody of 50 in none; a carer of 12 in a part, but not in the whole."""
    found = division(age=[20, 70, 70, 50, 12, 10], carer=[False, True, False, False, True, False])["adults"]

    assert found.size == Rows(4, 4)
    assert dict(found.parts) == {"younger": Rows(1, 1), "older": Rows(2, 2), "carers": Rows(2, 2)}
    assert found.together == Rows(5, 5)
    assert found.several == Rows(1, 1)
    assert dict(found.overlaps) == {("older", "carers"): Rows(1, 1)}
    assert found.none == Rows(1, 1)
    assert found.outside == Rows(1, 1)
    assert found.adds_up is False


def test_what_is_not_known_makes_ranges() -> None:
    """Of somebody of unknown age nothing is known but whether she cares."""
    found = division(age=[None, 20], carer=[True, False])["adults"]

    assert found.size == Rows(1, 2)
    assert dict(found.parts) == {"younger": Rows(1, 2), "older": Rows(0, 1), "carers": Rows(1, 1)}
    assert found.several == Rows(0, 1)
    assert found.none == Rows(0, 0)
    assert found.outside == Rows(0, 1)
    assert found.adds_up is None


def test_any_segments_are_held_against_all_rows() -> None:
    """A list of segments that are to divide everybody."""
    found = division(["younger", "older"], age=[20, 70, 50])["everybody"]

    assert (found.whole, found.size, found.none, found.several) == (None, Rows(3, 3), Rows(1, 1), Rows(0, 0))


def test_parts_that_add_up_say_so() -> None:
    """Everybody of the whole is in one part."""
    assert division(["younger", "older"], age=[20, 70])["everybody"].adds_up is True


def test_the_report_reads_well() -> None:
    """What is nought is left out, but for sizes."""
    assert str(division("adults", age=[20, 70, 50], carer=[False, True, False])).splitlines() == [
        "Segments",
        "",
        "segment                  people",
        "Adults                        3",
        "  Younger adults              1",
        "  Older adults                1",
        "  Carers                      1",
        "  the parts added up          3",
        "  in more than one part       1",
        "  in no part                  1",
        "",
        "in both: Older adults, and Carers: 1",
    ]


@given(st.lists(st.tuples(st.none() | st.integers(0, 99), st.sampled_from([True, False, None])), max_size=6))
def test_learning_narrows_every_range(people: list[tuple[int | None, bool | None]]) -> None:
    """Whatever an unknown age or an unknown answer turns out to be, the counts lie in the ranges."""
    types = {"age": pa.int64(), "carer": pa.bool_()}
    before = division(
        "adults",
        **{name: pa.array([row[at] for row in people], kind) for at, (name, kind) in enumerate(types.items())},
    )["adults"]
    for age, carer in ((17, True), (30, False), (70, True), (50, False)):
        known = [(age if one is None else one, carer if other is None else other) for one, other in people]
        found = division(
            "adults",
            **{name: pa.array([row[at] for row in known], kind) for at, (name, kind) in enumerate(types.items())},
        )["adults"]
        for part in ("size", "several", "none", "outside", "together"):
            low, high = getattr(found, part).low, getattr(found, part).high
            assert getattr(before, part).low <= low == high <= getattr(before, part).high


def test_future_pensioners_have_the_published_totals() -> None:
    """In hundreds of thousands: 9.2 m not in paid employment, 24 m employees, 3.2 m self-employed, and their parts."""
    model = lgbm.load(EXAMPLE / "segments.yaml")
    found = model.screen(EXAMPLE / "population.csv", on="2026-11-21").segmentation()

    def sizes(whole: str) -> dict[str, float]:
        return {name: rows.low / 10 for name, rows in found[whole].parts.items() if rows.low == rows.high}

    assert found["pre-pension-age"].size == Rows(364, 364)
    assert sizes("pre-pension-age") == {"not-in-paid-employment": 9.2, "employees": 24.0, "self-employed": 3.2}
    assert sizes("not-in-paid-employment") == {"not-seeking-work": 7.7, "jobseekers": 1.5}
    assert sizes("employees") == {"employees-with-a-second-pension": 14.4, "employees-without-a-second-pension": 9.6}
    assert sizes("self-employed") == {
        "self-employed-with-a-second-pension": 1.6,
        "self-employed-without-a-second-pension": 1.6,
    }
    assert [one.adds_up for one in found.of] == [True] * 4
    assert all(one.together == one.size for one in found.of)


def test_segments_have_roles_and_objectives_that_outcomes_measure() -> None:
    """Read, related in the graph, and read again from what is written."""
    model = lgbm.load(EXAMPLE / "segments.yaml")
    whole = model.taxonomy.segments["pre-pension-age"]

    assert whole.role == "target customer"
    assert [(one.label, one.outcomes) for one in whole.objectives] == [
        ({"en": "More people put something by for later"}, ("income-in-retirement",))
    ]
    assert ("segment:pre-pension-age", "outcome:income-in-retirement", "aims at") in model.graph.edges(keys=True)
    assert ("segment:employees", "segment:pre-pension-age", "broader") in model.graph.edges(keys=True)


@pytest.mark.parametrize(
    ("segment", "said"),
    [
        ("{label: A, role: target}", "`expert`, not `target`"),
        ("{label: A, objectives: {label: B}}", "outcomes"),
        ("{label: A, objectives: {label: B, outcomes: less}}", "there is no outcome called `less`"),
        ("{label: A, objectives: {label: B, outcomes: []}}", "outcomes"),
        ("{label: A, objectives: more}", "{label: …, outcomes: …}"),
    ],
)
def test_what_is_wrong_with_a_segment_is_said(segment: str, said: str) -> None:
    """At its place."""
    with pytest.raises(lgbm.SourceError) as error:
        lgbm.loads(f"segments: {{a: {segment}}}")

    assert said in str(error.value)
    assert error.value.diagnostics[0].span is not None


def test_a_segment_enters_no_decision() -> None:
    """Neither by a rule, nor by a profile, nor by a column of a table."""
    text = "circumstances: {age: {label: Age, type: number}}\nsegments: {old: {label: Old, members: age > 65}}\n"
    with pytest.raises(lgbm.SourceError, match="R116"):
        lgbm.loads(text + "services: {pass: {label: Pass, eligibility: old}}")
    with pytest.raises(lgbm.SourceError, match="R116"):
        lgbm.loads(text + "needs: {bus: {label: Bus, implied_by: not(old)}}")
    model = lgbm.loads(text)
    with pytest.raises(lgbm.ProfileError, match="P417"):
        model.resolve({"old": True})
    with pytest.raises(lgbm.ProfileError, match="P421"):
        model.screen(pa.table({"old": np.array([True])}))


def test_the_command_prints_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    """Of all segments that have parts, or of one."""
    command = ["segments", str(EXAMPLE / "population.csv"), "--taxonomy", str(EXAMPLE / "segments.yaml")]

    assert main([*command, "--of", "self-employed"]) == 0
    assert capsys.readouterr().out.splitlines()[2:] == [
        "segment                                            people",
        "Self-employed                                          32",
        "  Self-employed, with a private second pension         16",
        "  Self-employed, without a private second pension      16",
        "  the parts added up                                   32",
    ]
    assert main([*command, "--json"]) == 0
    assert '"adds_up": true' in capsys.readouterr().out
