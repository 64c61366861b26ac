"""The notebooks run, print what is stored in them, and show no picture without its table."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from nbclient.exceptions import CellExecutionError

from tests.notebooks import EXAMPLES, NOTEBOOKS, ROOT, code, executed, nbformat, pictures, printed, read

MOST_BYTES = 400_000
"""Of one notebook: what a page shows at once, and a history can hold."""

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@cache
def ran(path: Path) -> Any:
    return executed(path)


@each
def test_a_notebook_runs_and_prints_what_is_stored_in_it(path: Path) -> None:
    """In a fresh kernel, from the first cell to the last; what a web page shows of it is what it does."""
    stored = [(cell.source, printed(cell)) for cell in code(read(path))]
    again = [(cell.source, printed(cell)) for cell in code(ran(path))]

    assert again == stored, "what it prints has changed: `make notebooks` runs it and stores what it prints"


@each
def test_a_notebook_was_stored_after_one_run_from_top_to_bottom(path: Path) -> None:
    """No cell was run twice, out of order or not at all."""
    numbers = [cell.execution_count for cell in code(read(path))]

    assert numbers == list(range(1, len(numbers) + 1))


@each
def test_every_picture_has_its_table_and_its_words_beside_it(path: Path) -> None:
    """Who sees no picture finds the same in a table of the same cell, and in its text alternative that it is there."""
    shown = 0
    for cell in code(read(path)):
        drawn = [output for output in cell.outputs if pictures(output)]
        tables = [output for output in cell.outputs if "<table" in output.get("data", {}).get("text/html", "")]
        shown += len(drawn)

        assert len(tables) >= len(drawn), cell.source
        for output in drawn:
            alternatives = [output.metadata.get(kind, {}).get("alt", "") for kind in pictures(output)]
            assert all(len(alternative.split()) > 3 for alternative in alternatives), cell.source
    assert shown, "a notebook of ours shows at least one picture"


@each
def test_a_notebook_reads_as_a_text(path: Path) -> None:
    """It begins with what it is for, no two cells of code follow each other unexplained, and no cell is long."""
    cells = read(path).cells

    assert re.match(r"# \S", cells[0].source)
    for before, cell in pairwise(cells):
        assert not (before.cell_type == cell.cell_type == "code"), cell.source
    assert max(len(cell.source.splitlines()) for cell in cells if cell.cell_type == "code") <= 30


@each
def test_a_notebook_is_small_and_says_nothing_of_the_machine_it_ran_on(path: Path) -> None:
    """No folder, no warning, no widget; nothing that a page would have to load."""
    text = path.read_text(encoding="utf-8")

    assert path.stat().st_size < MOST_BYTES
    assert not re.search(r"/(home|root|tmp|usr|work)/|C:\\\\|<script|<iframe|Warning:|Traceback", text)


def test_every_notebook_is_linked_from_the_readme_or_the_documentation() -> None:
    """Nobody has to look through folders to find one."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in (ROOT / "README.md", ROOT / "docs" / "index.md"))

    assert [path.name for path in NOTEBOOKS if f"examples/{path.name}" not in pages] == []


def test_a_cell_that_fails_is_told_with_its_error(tmp_path: Path) -> None:
    """The runner does not pass over an error: it names the cell and what was raised."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("divided = 1 / 0")])
    nbformat.write(notebook, tmp_path / "wrong.ipynb")

    with pytest.raises(CellExecutionError) as error:
        executed(tmp_path / "wrong.ipynb")

    assert "divided = 1 / 0" in str(error.value)
    assert "ZeroDivisionError" in str(error.value)


def test_what_a_cell_prints_is_stored_in_one_piece(tmp_path: Path) -> None:
    """Where the kernel breaks off what it hands over is chance, and would differ from run to run."""
    slowly = "import time\nfor one in range(3):\n    print(one, flush=True)\n    time.sleep(0.3)"
    cells = [nbformat.v4.new_code_cell(slowly)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "slow.ipynb")

    (cell,) = code(executed(tmp_path / "slow.ipynb"))

    assert printed(cell) == ["0\n1\n2\n"]


def test_a_notebook_runs_beside_the_examples_and_leaves_nothing_there(tmp_path: Path) -> None:
    """What it writes goes to a folder of its own, with copies of the files that it reads."""
    cells = [
        nbformat.v4.new_code_cell(
            "from pathlib import Path\nPath('made.txt').write_text('made')\nprint(Path('riverford.yaml').exists())"
        )
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "writes.ipynb")

    (cell,) = code(executed(tmp_path / "writes.ipynb"))

    assert printed(cell) == ["True\n"]
    assert not (EXAMPLES / "made.txt").exists()
