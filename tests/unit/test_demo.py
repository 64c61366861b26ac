"""`lgbm demo`: one citizen, then many who are invented."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from lgbm.cli import main

BLOCKED = """\
import sys

sys.modules["numpy"] = sys.modules["pyarrow"] = None
from lgbm.cli import main

sys.exit(main(["demo"]))
"""


@pytest.fixture(scope="module")
def shown() -> str:
    """What the demonstration prints."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from lgbm.cli import main; sys.exit(main(['demo']))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_demonstration_begins_with_one_citizen(shown: str) -> None:
    """A whole answer, with its reasons."""
    assert shown.startswith("Somebody of 35 rents a flat and has a child of 3. She has just lost her job.")
    assert "✓ age is 35, at least 18 — Adults of 18 or over may claim" in shown


def test_the_population_of_the_demonstration_is_said_to_be_invented(shown: str) -> None:
    """Before any figure, so that nobody takes one for a finding."""
    _, _, many = shown.partition("The same rules over a table: 5,000 people of England. They are invented:")

    assert many.index("none of them exists") < many.index("Who is eligible, and who is missing out")


def test_each_person_of_the_demonstration_is_counted_once_for_each_service(shown: str) -> None:
    """The three answers come to all of them, and nobody is missing out who cannot be entitled."""
    found = re.findall(r"^\S.*?  +([\d,]+) +([\d,]+) +([\d,]+) +([\d,]+)(?: to ([\d,]+))?  ", shown, re.MULTILINE)
    rows = [[int(cell.replace(",", "") or 0) for cell in row] for row in found]

    assert len(rows) == 7
    for eligible, unknown, ineligible, low, high in rows:
        assert eligible + unknown + ineligible == 5_000
        assert 0 < low <= max(low, high) <= eligible + unknown


def test_the_demonstration_moves_an_indicator(shown: str) -> None:
    """More claim, and a larger share of those who are eligible get it."""
    assert "If half of those who miss out on Pension Credit claimed it" in shown
    (line,) = re.findall(r"^Those eligible for Pension Credit who get it .*$", shown, re.MULTILINE)
    before_low, before_high, after_low, after_high = map(float, re.findall(r"([\d.]+) %", line))

    assert before_low <= before_high < after_low <= after_high


def test_without_the_extra_the_demonstration_says_what_to_install() -> None:
    """One citizen needs neither NumPy nor PyArrow, and the rest is named."""
    done = subprocess.run([sys.executable, "-c", BLOCKED], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert "That part is left out here: it needs the extra\n`population`, which `pip install 'lgbm[population]'`" in (
        done.stdout
    )
    assert "Now change something." in done.stdout
    assert "take-up" not in done.stdout.partition("Now change something.")[2]


def test_what_the_demonstration_ends_with_can_be_typed(
    shown: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The table that it names is written, and the command after it reads it."""
    monkeypatch.chdir(str(tmp_path))
    typed = re.findall(r"^  \S*(?:lgbm|-c) (synthetic .*|take-up .*)$", shown, re.MULTILINE)

    assert [main(one.split()) for one in (f"{typed[0]} --count 200", typed[1])] == [0, 0]
    assert capsys.readouterr().out.count("Take-up") == 1
