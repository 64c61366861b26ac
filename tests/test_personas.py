"""The people whom authors of the taxonomies describe in `tests/personas` get the answers that the law gives them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

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
