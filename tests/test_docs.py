"""What the documentation shows is what happens: every block of every page is run.

- `python`: run in order, all blocks of a page in one namespace; what stands after `>>>` as a doctest.
- `yaml` that begins with `# file: NAME`: written to the folder in which the page is run.
- `yaml` that begins with `# facts`: what the `feel` blocks after it know.
- `feel`: in each line an expression, and behind `//` its value, `not known`, or the code of the complaint.
- `console`: each `$ lgbm …` is run, and prints what follows it (or writes it, behind `>`). A line of `…` stands for any
  lines, and `…` within a line for any words.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from attrs import field, frozen

import lgbm
from lgbm.cli import main
from lgbm.model.values import written
from lgbm.rules.signatures import OURS, OWN_WORD, REFUSED, SIGNATURES

ROOT = Path(__file__).parents[1]
ERRORS = ROOT / "docs" / "reference" / "errors"
"""Pages about mistakes, which `tests/mistakes` runs."""

PAGES = sorted(
    page
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"))
    if page.exists() and ERRORS not in page.parents
)
TODAY = date(2026, 11, 21)
"""The day on which rules in the documentation are resolved."""


@frozen
class Block:
    """A fenced block. *line* is where its text begins."""

    language: str
    text: str
    line: int


def blocks(text: str) -> Iterator[Block]:
    for found in re.finditer(r"^```([a-z]*)[^\n]*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield Block(found[1], found[2], text.count("\n", 0, found.start(2)) + 1)


@frozen
class Page:
    """Runs the blocks of one page."""

    path: Path
    names: dict[str, Any] = field(factory=lambda: {"__name__": "page"})
    facts: dict[str, Any] = field(factory=dict[str, Any])

    def run(self, block: Block) -> None:
        match block.language:
            case "python":
                self.python(block)
            case "yaml":
                self.yaml(block)
            case "feel":
                for line, text in enumerate(block.text.splitlines(), block.line):
                    if text.strip():
                        self.feel(text, line)
            case "console":
                self.console(block)
            case _:
                pass

    def python(self, block: Block) -> None:
        if ">>> " not in block.text:
            exec(compile("\n" * (block.line - 1) + block.text, self.path, "exec"), self.names)
            return
        test = doctest.DocTestParser().get_doctest(
            block.text, self.names, self.path.name, str(self.path), block.line - 1
        )
        said = io.StringIO()
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False).run(test, out=said.write, clear_globs=False)
        self.names.update(test.globs)
        assert said.getvalue() == ""

    def yaml(self, block: Block) -> None:
        first = block.text.splitlines()[0]
        if first.startswith("# file: "):
            file = Path(first.removeprefix("# file: "))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        if first.startswith("# facts"):
            self.facts.clear()
            self.facts.update(yaml.safe_load(block.text) or {})

    def feel(self, text: str, line: int) -> None:
        expression, _, expected = text.rpartition("//")
        assert evaluated(expression.strip(), self.facts) == expected.strip(), f"{self.path.name}:{line}: {text}"

    def console(self, block: Block) -> None:
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            command, _, expected = part.partition("\n")
            if command.startswith("lgbm "):
                command, _, file = command.partition(" > ")
                said = io.StringIO()
                with (
                    contextlib.redirect_stdout(said),
                    contextlib.redirect_stderr(said),
                    contextlib.suppress(SystemExit),
                ):
                    main(shlex.split(command, comments=True)[1:])
                if file:
                    Path(file.strip()).write_text(said.getvalue(), encoding="utf-8")
                else:
                    assert matches(said.getvalue(), expected), f"{self.path.name}: $ {command}\n{said.getvalue()}"


def evaluated(expression: str, facts: dict[str, Any]) -> str:
    """The value as a page writes it."""
    try:
        found = lgbm.feel.evaluate(expression, facts, on=TODAY)
    except lgbm.SourceError as problem:
        return problem.diagnostics[0].code
    return written(tuple(found) if isinstance(found, list) else found)


def matches(said: str, expected: str) -> bool:
    """Whether *said* is *expected*, where a line of `…` stands for any lines, and `…` within a line for any words."""
    lines = (
        ".*".join(map(re.escape, line.split("…"))) + "\n" if line.strip() != "…" else "(?:.*\n)*?"
        for line in expected.splitlines()
    )
    return re.fullmatch("".join(lines), said) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_of_a_page_does_what_the_page_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader can type in whatever a page shows, and sees what the page shows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    run = Page(page)

    for block in blocks(page.read_text(encoding="utf-8")):
        run.run(block)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    """No page of ours points at a page that is not there."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]

    assert [link for link in links if link and not (page.parent / link).exists()] == []


def headings(page: Path) -> set[str]:
    """What the headings of *page* are called in an address, as GitHub does it."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    found = (re.sub(r"\]\([^)]*\)", "", one) for one in re.findall(r"^#+ (.+)$", text, re.MULTILINE))
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_heading_leads_to_it(page: Path) -> None:
    """A link into a page stands where it says, and not at the beginning."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = [link.partition("#") for link in re.findall(r"\]\(([^)\s]+#[^)\s]+)\)", text) if "://" not in link]
    leading = [(page.parent / path if path else page, place) for path, _, place in links]

    assert [place for path, place in leading if path.suffix == ".md" and place not in headings(path)] == []


LANGUAGE = ROOT / "docs" / "reference" / "language.md"


def test_the_reference_shows_every_function_with_an_example() -> None:
    """A function that is added to the language is added to the page as well."""
    shown = "\n".join(one.text for one in blocks(LANGUAGE.read_text(encoding="utf-8")))

    assert [name for name in (*SIGNATURES, *OWN_WORD, *OURS) if f"{name}(" not in shown] == []


def test_the_reference_names_every_function_that_is_left_out() -> None:
    """Nobody has to find out by trying which functions of the standard there are not."""
    text = LANGUAGE.read_text(encoding="utf-8")

    assert [name for name in REFUSED if f"`{name}`" not in text] == []


def test_the_layout_on_the_page_is_the_layout_of_the_source() -> None:
    """A module that is added has its place in the picture, and one that went is no longer in it."""
    text = (ROOT / "docs" / "explanation" / "how-it-fits-together.md").read_text(encoding="utf-8")
    drawn = {name for one in blocks(text) for name in re.findall(r"^[├└]── (\S+)", one.text, re.MULTILINE)}
    source = ROOT / "src" / "lgbm"
    modules = {one.name for one in source.glob("*.py")} | {
        f"{one.parent.name}/" for one in source.glob("*/__init__.py")
    }

    assert drawn == modules
