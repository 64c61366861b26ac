"""Coverage-guided fuzzing of the language, for which `pip install atheris` is needed:

`python -m tests.fuzz.atheris_language -max_total_time=600`
"""

from __future__ import annotations

import importlib
import sys
from typing import Any


def main() -> None:
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["lgbm"]):
        from tests.fuzz.test_language import answered

    def one(data: bytes) -> None:
        answered(data.decode("utf-8", "surrogatepass" if len(data) % 2 else "replace"))

    def safely(data: bytes) -> None:
        try:
            one(data)
        except UnicodeDecodeError:
            return

    atheris.Setup(sys.argv, safely)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
