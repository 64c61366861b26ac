"""Every code has a page, and the mistake on the page is complained of in exactly the words on the page."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest

import lgbm
from lgbm.cli import main
from lgbm.errors import LgbmError

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "reference" / "errors"
MESSAGES = ROOT / "src" / "lgbm" / "messages"

NOT_IN_ONE_TEXT = frozenset({"Y101", "Y103", "Y114", "Y115", "Y116", "T211", "T233", "T236"})
"""About files and folders, so that no single text shows them: `tests/unit/test_reading_files.py` does."""


def pages() -> dict[str, str]:
    return {page.stem: page.read_text(encoding="utf-8") for page in sorted(PAGES.glob("*.md"))}


def authors() -> list[str]:
    """The codes of mistakes in a taxonomy, which one text shows."""
    return sorted(code for code in pages() if code[0] not in "PEC" and code not in NOT_IN_ONE_TEXT)


def callers() -> list[str]:
    """The codes of mistakes in a profile, in a file of personas, or in what is asked about them."""
    return sorted(code for code in pages() if code[0] in "PE")


def findings() -> list[str]:
    """The codes of what is found in a taxonomy that loads."""
    return sorted(code for code in pages() if code.startswith("C"))


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("code", authors())
def test_the_mistake_on_a_page_is_said_as_on_the_page(code: str) -> None:
    """What a reader sees on the terminal can be found, word by word, in the reference."""
    page = pages()[code]
    (mistake,), (said,) = blocks(page, "yaml"), blocks(page, "text")

    with pytest.raises(LgbmError) as error:
        lgbm.loads(mistake)

    assert str(error.value) + "\n" == said
    assert code in {complaint.code for complaint in error.value.diagnostics}


@pytest.mark.parametrize("code", findings())
def test_the_finding_on_a_page_is_said_as_on_the_page(code: str) -> None:
    """The taxonomy on the page loads, and this is all that is found in it."""
    page = pages()[code]
    (taxonomy,), (said,) = blocks(page, "yaml"), blocks(page, "text")

    found = lgbm.analysis.check(lgbm.loads(taxonomy), on=date(2026, 11, 21))

    assert "\n".join(map(str, found)) + "\n" == said
    assert [one.code for one in found] == [code]


@pytest.mark.parametrize("code", callers())
def test_the_mistake_of_a_caller_is_said_as_on_the_page(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The files of the page, the command on it, and what that prints; or the Python on it, and what that raises."""
    page = pages()[code]
    (said,) = blocks(page, "text")
    monkeypatch.chdir(tmp_path)
    for text in blocks(page, "yaml"):
        Path(text.splitlines()[0].removeprefix("# file: ")).write_text(text, encoding="utf-8")

    for command in blocks(page, "console"):
        assert main(shlex.split(command.removeprefix("$ lgbm "))) == 2
        assert capsys.readouterr().err == said
    for program in blocks(page, "python"):
        with pytest.raises(LgbmError) as error:
            exec(program, {})
        assert str(error.value) + "\n" == said
    assert f" {code}: " in said
    assert len(blocks(page, "console") + blocks(page, "python")) == 1


@pytest.mark.parametrize("code", sorted(pages()))
def test_a_page_says_what_it_means_and_how_to_mend_it(code: str) -> None:
    """A heading with the code, at least two paragraphs, and what is printed."""
    heading, *paragraphs = re.split(r"\n\n", pages()[code].split("\n```", 1)[0].strip())

    assert re.fullmatch(rf"# {code}: \S.*", heading)
    assert len(paragraphs) >= 2
    assert len(blocks(pages()[code], "text")) == 1


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    """No complaint goes unexplained, and no page explains what is never said."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted(MESSAGES.glob("*.py")))

    assert set(re.findall(r'"([A-Z]\d{3})"', source)) == pages().keys()


def test_a_code_is_said_in_one_place() -> None:
    """Two modules that take the same code would have one page explain two mistakes."""
    said: dict[str, set[str]] = {}
    for path in sorted(MESSAGES.glob("*.py")):
        for code in re.findall(r'"([A-Z]\d{3})"', path.read_text(encoding="utf-8")):
            said.setdefault(code, set()).add(path.stem)

    assert {code: modules for code, modules in said.items() if len(modules) > 1} == {}
