"""What `import lgbm` takes, in a fresh interpreter each time."""

from __future__ import annotations

import subprocess
import sys

from measure import ROUNDS, Line, interleaved

_LIMIT = 2 / 3
_HEAVY = ("networkx", "numpy")


def lines(rounds: int = ROUNDS) -> list[Line]:
    """What stands in the table for importing: the time over that of a bare interpreter."""
    found = interleaved({code: (_run, [code]) for code in ("pass", "import lgbm", "import networkx")}, rounds, whole=True)
    bare = found["pass"]
    ours, theirs = found["import lgbm"] - bare, found["import networkx"] - bare
    drawn = heavy()
    what = "import lgbm" if not drawn else f"import lgbm, which draws in {' and '.join(drawn)} (it may not)"
    return [Line(what, ours, theirs, "import networkx", _LIMIT)]


def heavy() -> list[str]:
    """Those modules that `import lgbm` is not to draw in, and does."""
    code = f"import lgbm, sys; print(*[one for one in {_HEAVY} if one in sys.modules])"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()


def _run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)
