"""Answers of the UK taxonomy that the owner of a policy can read and correct: one Markdown file each.

A case has a block of facts, a line that says what is asked, and the answer. The lines of rules are left out of the
places, since they move with every edit of the taxonomy.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import lgbm
from lgbm.cli.files import read_profile

CASES = sorted(Path(__file__).parent.glob("*.md"))
ASKED = re.compile(
    r"^Asked: `(?P<service>[\w-]+)`(?:, after `(?P<event>[\w-]+)`)?, on (?P<on>\d{4}-\d\d-\d\d)\.$", re.MULTILINE
)


@pytest.fixture(scope="session")
def uk() -> lgbm.Model:
    return lgbm.load("uk")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_the_answer_is_as_written(case: Path, uk: lgbm.Model, tmp_path: Path) -> None:
    """Facts in, answer out, to the letter."""
    text = case.read_text(encoding="utf-8")
    facts = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    expected = re.search(r"```text\n(.*?)```", text, re.DOTALL)
    asked = ASKED.search(text)
    assert facts and expected and asked, "a case has facts, a question and an answer"
    profile = tmp_path / "facts.yaml"
    profile.write_text(facts[1], encoding="utf-8")

    answer = uk.resolve(read_profile(str(profile)), event=asked["event"], on=asked["on"])[asked["service"]]

    assert re.sub(r"(\.yaml):\d+", r"\1", str(answer)) == expected[1].rstrip()


def test_there_are_cases() -> None:
    """A folder without cases would pass in silence."""
    assert len(CASES) >= 6
