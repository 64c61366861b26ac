"""What comes with `import lgbm`, and what does not."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import lgbm

ROOT = Path(__file__).parents[2]


def loaded_by(statement: str) -> set[str]:
    """The modules that are loaded after *statement* in a new interpreter."""
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_importing_is_light() -> None:
    """Neither NetworkX nor NumPy is loaded until somebody asks for what needs it."""
    assert not loaded_by("import lgbm") & {"networkx", "numpy", "hypothesis", "pandas"}


def test_resolving_needs_no_graph_library() -> None:
    """An answer for one citizen never loads NetworkX."""
    assert "networkx" not in loaded_by("import lgbm; str(lgbm.load('uk').resolve({'age': 70}, event='bereavement'))")


def test_the_version_is_said_once() -> None:
    """The package and its metadata say the same version."""
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == lgbm.__version__


def test_everything_public_is_there_and_documented() -> None:
    """Each public name exists and says what it is."""
    for name in lgbm.__all__:
        assert getattr(lgbm, name).__doc__, name


def test_no_rule_text_is_ever_executed() -> None:
    """`exec` stands in one place, on a tree that we built; `eval` stands nowhere."""
    found = [
        (path.name, word)
        for path in sorted((ROOT / "src").rglob("*.py"))
        for word in re.findall(r"(?<![\w.])(?:eval|exec|__import__)\(", path.read_text(encoding="utf-8"))
    ]
    assert found == [("python.py", "exec(")]


def test_the_packaged_taxonomy_loads_by_name() -> None:
    """`lgbm.load("uk")` works from anywhere."""
    assert lgbm.load("uk").taxonomy.id == "uk"
