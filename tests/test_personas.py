"""The people whom authors of the taxonomies describe in `tests/personas` get the answers that the law gives them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

import lgbm
from lgbm import personas

FILES = sorted((Path(__file__).parent / "personas").rglob("*.yaml"))


@pytest.fixture(scope="module")
def reports() -> Mapping[str, personas.FileReport]:
    """All files at once, so that they share the taxonomies that they ask."""
    found = personas.run(*(os.path.relpath(file) for file in FILES))
    return {file.name: report for file, report in zip(FILES, found, strict=True)}


@pytest.mark.parametrize("file", [file.name for file in FILES])
def test_people_get_the_answers_that_the_law_gives_them(file: str, reports: Mapping[str, personas.FileReport]) -> None:
    """Nobody of the file is told yes, no or not yet against the law as its author read it."""
    report = reports[file]

    assert report.as_expected, str(report)


FOR_EVERYBODY = frozenset({"library-membership"})
"""Services that nobody in the four nations is refused."""
_ANSWERS = ("eligible", "ineligible", "undetermined")


def test_every_service_with_rules_is_expected_in_every_way() -> None:
    """Somebody gets it, somebody does not, and of somebody it is not known for want of a fact."""
    expected: dict[str, set[str]] = {}
    for path in FILES:
        for person in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)["personas"].values():
            for part in (person, *person.get("variants", {}).values()):
                for answer in _ANSWERS:
                    named = part.get("expect", {}).get(answer, [])
                    for service in [named] if isinstance(named, str) else named:
                        expected.setdefault(service, set()).add(answer)

    model = lgbm.load("four-nations")
    lacking = {
        name: sorted(set(_ANSWERS) - expected.get(name, set()))
        for name, service in model.services.items()
        if service.eligibility is not None and name not in FOR_EVERYBODY
    }
    assert {name: answers for name, answers in lacking.items() if answers} == {}
