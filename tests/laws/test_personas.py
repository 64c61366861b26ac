"""Whatever stands in a file of personas, it is tested or complained of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lgbm import personas

TOWN = """
circumstances:
  age: {label: Age, type: number, unit: years}
  work: {label: Work, type: choice, options: {employed: In paid work, retired: Retired}}
  hours: {label: Hours, type: number, asked_when: work = "employed", otherwise: 0}
  children: {label: Children, type: people, fields: {age: {type: number}}}
events: {retiring: {label: Retiring, changes: {work: retired}}}
needs: {company: {label: Company, implied_by: work = "retired"}}
services:
  bus-pass: {label: Bus pass, eligibility: age >= 66}
  lunch-club: {label: Lunch club, eligibility: receives("bus-pass") or count(children) > 2}
"""

WORDS = st.sampled_from([
    "age", "work", "hours", "children", "receives", "retired", "employed", "retiring", "company", "bus-pass",
    "lunch-club", "null", "66", "-1", "true", "2026-11-21", "label", "facts", "event", "expect", "variants", "on",
    "eligible", "ineligible", "undetermined", "needs", "not_needs", "changes", 'receives("bus-pass")', "nonsense",
])  # fmt: skip
ANYTHING = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)
EXPECTED = st.fixed_dictionaries(
    {},
    optional={
        "eligible": ANYTHING,
        "ineligible": st.just(["bus-pass"]),
        "undetermined": st.dictionaries(st.sampled_from(["bus-pass", "lunch-club"]), ANYTHING) | ANYTHING,
        "needs": st.just("company") | ANYTHING,
        "changes": ANYTHING,
    },
)
SITUATION = {
    "facts": st.dictionaries(st.sampled_from(["age", "work", "hours", "children", "receives"]), ANYTHING) | ANYTHING,
    "event": WORDS,
    "on": WORDS,
}
VARIANT = st.fixed_dictionaries({"expect": EXPECTED}, optional=SITUATION)
PERSON = st.fixed_dictionaries(
    {"label": WORDS, "expect": EXPECTED},
    optional={**SITUATION, "variants": st.dictionaries(WORDS, VARIANT | ANYTHING, max_size=2)},
)


def as_yaml(value: object) -> str:
    """Brackets and commas, with words as they are: `null` is nothing, and `66` a number."""
    match value:
        case dict():
            return "{" + ", ".join(f"{json.dumps(name)}: {as_yaml(one)}" for name, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(as_yaml(one) for one in value) + "]"
        case _:
            return json.dumps(value) if '"' in str(value) else str(value)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the taxonomy of a town."""
    made = tmp_path_factory.mktemp("people")
    (made / "town.yaml").write_text(TOWN, encoding="utf-8")
    return made


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people=st.dictionaries(WORDS, PERSON | ANYTHING, min_size=1, max_size=3))
def test_whatever_stands_in_a_file_is_tested_or_complained_of(folder: Path, people: dict[str, object]) -> None:
    """Nothing is raised, and everything that is said has its place in the file."""
    file = folder / "people.yaml"
    file.write_text(f"taxonomy: town.yaml\non: 2026-11-21\npersonas: {as_yaml(people)}\n", encoding="utf-8")

    (report,) = personas.run(file)

    assert json.loads(json.dumps(report.to_dict()))["people"] == len(people)
    assert all(one.span is not None and one.span.source.name == report.name for one in report.complaints)
    assert all(one.span.source.name == report.name and str(one) for one in report.surprises)
