"""The notebooks of `examples`: run in a fresh kernel, and stored with what they print.

A reader on a web page sees what is stored, and nothing is run there. So the stored outputs are part of the notebook,
and a test holds that running it again gives the same text. Pictures differ by a font or a version: of them it is asked
that they are there, each with its table beside it. `make notebooks` runs all of them and stores what they print.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

from nbclient import NotebookClient

nbformat: Any = import_module("nbformat")
"""It tells little of its types, so that it is taken as it is."""

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))
TEXTS = ("text/html", "text/markdown", "text/plain")
"""What can be told apart word by word; the first that an output has."""

_SECONDS = 240


def read(path: Path) -> Any:
    """A notebook as it is stored."""
    return nbformat.read(path, as_version=4)


def executed(path: Path) -> Any:
    """The notebook run from beginning to end by a kernel of its own, in a folder with copies of the examples.

    Raises `nbclient.exceptions.CellExecutionError` with the cell and its traceback as soon as one fails.
    """
    notebook = read(path)
    with tempfile.TemporaryDirectory() as folder:
        for one in EXAMPLES.iterdir():
            if one.is_file() and one.suffix != ".ipynb":
                shutil.copy(one, folder)
        resources = {"metadata": {"path": folder}}
        NotebookClient(notebook, timeout=_SECONDS, kernel_name="python3", resources=resources).execute()
    return _plain(notebook)


def _plain(notebook: Any) -> Any:
    """Without what differs from run to run and from machine to machine."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = list(_whole(cell.outputs))
        cell.metadata = {name: value for name, value in cell.metadata.items() if name == "tags"}
    return notebook


def _whole(outputs: Iterable[Any]) -> Iterator[Any]:
    """What was printed in one piece: where a kernel breaks it off is a matter of moments."""
    for kind, group in groupby(outputs, key=lambda one: one.get("name") if one.output_type == "stream" else None):
        first, *others = group
        if kind is None:
            yield from (first, *others)
        else:
            first.text = "".join(one.text for one in (first, *others))
            yield first


def code(notebook: Any) -> Iterator[Any]:
    """The cells that are run."""
    yield from (cell for cell in notebook.cells if cell.cell_type == "code")


def printed(cell: Any) -> list[str]:
    """What a cell printed and showed, as text, without addresses of objects and lines of the taxonomy."""
    found: list[str] = []
    for output in cell.outputs:
        if output.output_type == "stream":
            found.append(output.text)
        elif output.output_type in ("display_data", "execute_result"):
            text = next((output.data[kind] for kind in TEXTS if kind in output.data), "")
            found.append("a picture" if pictures(output) else text)
    return [re.sub(r"0x[0-9a-f]{6,}|(?<=\.yaml:)\d+(, \d+)*", "…", text) for text in found]


def pictures(output: Any) -> list[str]:
    """The kinds of picture that an output has."""
    return [kind for kind in output.get("data", {}) if kind.startswith("image/")]


if __name__ == "__main__":
    for one in [Path(name) for name in sys.argv[1:]] or NOTEBOOKS:
        nbformat.write(executed(one), one)
        print(one.relative_to(ROOT) if one.is_relative_to(ROOT) else one)
