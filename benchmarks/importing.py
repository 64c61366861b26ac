"""What `import lgbm` takes, in a fresh interpreter each time."""

from __future__ import annotations

import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from measure import ROUNDS, Line, interleaved

_LIMIT = 2 / 3
_HEAVY = ("networkx", "numpy")
_WHOLE = "import lgbm.reading, lgbm"


def lines(rounds: int = ROUNDS) -> list[Line]:
    """What stands in the table for importing: the time over that of a bare interpreter.

    Both sides come from bytecode, as they do once installed: it is kept in a folder of its own, because a checkout may
    have none, and an environment may forbid to write any.
    """
    with TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)

        def run(code: str) -> None:
            subprocess.run([sys.executable, "-c", code], check=True, env=environment)

        turns = {code: (run, [code]) for code in ("pass", "import lgbm", _WHOLE, "import networkx")}
        found = interleaved(turns, rounds, whole=True)
    bare = found["pass"]
    theirs = found["import networkx"] - bare
    drawn = _drawn()
    what = "import lgbm" if not drawn else f"import lgbm, which draws in {' and '.join(drawn)} (it may not)"
    return [
        Line(what, found["import lgbm"] - bare, theirs, "import networkx", _LIMIT),
        Line("import lgbm, and what reads YAML", found[_WHOLE] - bare, theirs, "import networkx"),
    ]


def _drawn() -> list[str]:
    """Those modules that `import lgbm` is not to draw in, and does."""
    code = f"import lgbm, sys; print(*[one for one in {_HEAVY} if one in sys.modules])"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
