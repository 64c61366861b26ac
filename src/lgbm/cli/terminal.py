"""What all commands share: exit codes, and how they print."""

from __future__ import annotations

import os
import re
import sys
from typing import TextIO

from lgbm.outline import Line, as_text

FINE, FINDINGS, UNUSABLE = 0, 1, 2
INTERRUPTED = 130
"""What shells expect of a command that was told to stop."""


def show(line: Line) -> None:
    """Print *line* and all under it."""
    print(as_text(line, colour=coloured(sys.stdout)))


def coloured(stream: TextIO) -> bool:
    """Whether to use colours: on a terminal, unless NO_COLOR asks for none (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def counted(number: int, one: str, many: str = "") -> str:
    """*number* with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def as_typed(problem: object) -> str:
    """What is wrong, in words: where a hint names a parameter of Python, the option of the command that is that."""
    text = re.sub(r'\bkeep=\["(.*?)"\]', r"--keep \1", str(problem))
    return text.replace('wrong="unknown"', "--unknown")
