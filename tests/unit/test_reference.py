"""The reference names everything that can be called, and everything that can be typed."""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import attrs
import pytest

import lgbm
import lgbm.graph
import lgbm.interview
import lgbm.personas
from lgbm.population import profiling
from lgbm.population import spark as on_spark
from lgbm.population.screening import Screening

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
PYTHON = (REFERENCE / "python.md").read_text(encoding="utf-8")
COMMANDS = (REFERENCE / "command-line.md").read_text(encoding="utf-8")

MADE_OF: dict[type, set[str]] = {
    lgbm.Resolution: {"book", "decisions", "model_fingerprint"},
    lgbm.interview.Interview: {"subject", "choosing", "again"},
    Screening: {"book", "source", "reader", "event", "keep", "wrong", "progress", "processes"},
    lgbm.graph.Explorer: {"graph", "rulebook"},
    lgbm.graph.Picture: {"marks", "captions", "broken", "heading"},
}
"""What a value is made of, by engines, and nobody is asked to read."""

SECTIONS: list[tuple[str, type]] = [
    ("Model", lgbm.Model),
    ("Model", lgbm.graph.Explorer),
    ("Model", lgbm.graph.Picture),
    ("Model", lgbm.interview.Interview),
    ("Resolution", lgbm.Resolution),
    ("lgbm.compare", lgbm.Comparison),
    ("Decision", lgbm.Decision),
    ("Screening", Screening),
    ("Errors", lgbm.Diagnostic),
]
MODULES: list[tuple[str, ModuleType, list[str]]] = [
    ("lgbm.population.spark", on_spark, ["screen", "counts"]),
    ("lgbm.population.profiling", profiling, [name for name in profiling.__all__ if name.islower()]),
    ("lgbm.analysis", lgbm.analysis, [name for name in lgbm.analysis.__all__ if name.islower()]),
    ("lgbm.personas.run", lgbm.personas, [name for name in lgbm.personas.__all__ if name.islower()]),
    ("lgbm.interview", lgbm.interview, ["weights_from"]),
    ("lgbm.population", importlib.import_module("lgbm.population"), ["batches", "synthetic"]),
]


def section(text: str, heading: str) -> str:
    """What stands under the heading of the second level that begins so."""
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        if re.match(rf"{re.escape(heading)}(?![\w.-])", part.replace("\\", "")):
            return part
    raise AssertionError(f"no section is called {heading}")


def public(kind: type) -> set[str]:
    """The names of *kind* that a reader may use."""
    fields = {one.name for one in attrs.fields(kind)} if attrs.has(kind) else set[str]()
    return {name for name in {*dir(kind), *fields} if not name.startswith("_")} - MADE_OF.get(kind, set())


def is_named(name: str, text: str) -> bool:
    """Whether *text* shows *name* as code: `name`, `name(…)`, `model.name`."""
    return re.search(rf"[`.]{name}\b(?!\.)", text) is not None


@pytest.mark.parametrize(("heading", "kind"), SECTIONS, ids=lambda one: getattr(one, "__name__", ""))
def test_the_reference_names_every_public_attribute(heading: str, kind: type) -> None:
    """A method that is added has its line on the page."""
    assert sorted(name for name in public(kind) if not is_named(name, section(PYTHON, heading))) == []


@pytest.mark.parametrize(("heading", "module", "names"), MODULES, ids=lambda one: getattr(one, "__name__", ""))
def test_the_reference_names_every_public_function(heading: str, module: ModuleType, names: list[str]) -> None:
    """A function that is added has its line on the page, and one that went has none."""
    text = section(PYTHON, heading)

    assert [name for name in names if not (hasattr(module, name) and is_named(name, text))] == []


def test_the_reference_names_everything_that_comes_with_the_package() -> None:
    """Each name of `lgbm` is somewhere on the page."""
    assert [
        name for name in lgbm.__all__ if not (is_named(name, PYTHON) or re.search(rf"^## .*\b{name}\b", PYTHON, re.M))
    ] == []


# -- the command line


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Every command."""
    parser = importlib.import_module("lgbm.cli.main")._parser()
    (commands,) = (one.choices for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    return dict(commands)


PARSERS = parsers()


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Its options, with those of the questions that it takes."""
    for one in parser._actions:
        if isinstance(one, argparse._SubParsersAction):
            for name, inner in one.choices.items():
                yield name
                yield from options(inner)
        elif one.option_strings and "--help" not in one.option_strings:
            yield one.option_strings[-1]


def said_of(command: str) -> str:
    """The section of *command*, with those of the commands whose options it is said to take, too."""
    own = section(COMMANDS, f"lgbm {command}")
    others = re.findall(r"options\s+of\s+`lgbm ([\w-]+)`", own)
    return own + "".join(section(COMMANDS, f"lgbm {one}") for one in others)


def test_the_reference_has_a_section_for_every_command_and_for_no_other() -> None:
    """A command that is added is on the page."""
    found = re.findall(r"^## lgbm ([\w-]+)", COMMANDS, re.MULTILINE)

    assert sorted(found) == sorted(PARSERS)


@pytest.mark.parametrize("command", PARSERS)
def test_the_reference_names_every_option_of_a_command(command: str) -> None:
    """An option that is added has its line on the page."""
    text = said_of(command)

    assert [one for one in options(PARSERS[command]) if not re.search(rf"[` ]{one}\b", text)] == []


@pytest.mark.parametrize("command", PARSERS)
def test_the_reference_shows_no_option_that_a_command_does_not_take(command: str) -> None:
    """What a reader types after reading the table of a command is understood."""
    rows = re.findall(r"^\| (`--.*?) \|", section(COMMANDS, f"lgbm {command}"), re.MULTILINE)
    named = {one for row in rows for one in re.findall(r"--[\w-]+", row)}

    assert named - set(options(PARSERS[command])) == set()


# -- the front door


def test_the_front_page_names_every_target_of_the_makefile() -> None:
    """Nobody has to read the Makefile to find out what there is."""
    root = REFERENCE.parents[1]
    (targets,) = re.findall(r"^\.PHONY: (.*)$", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    readme = (root / "README.md").read_text(encoding="utf-8")

    assert [one for one in targets.split() if not re.search(rf"`(?:make )?{one}`", readme)] == []
