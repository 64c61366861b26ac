"""Where the corpora are: a folder beside the checkout, or the one that `LGBM_CORPORA` names."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

_BESIDE = Path(__file__).parents[3] / "shared" / "corpora"


def corpora() -> Path:
    """The folder of all corpora, whether or not it is there."""
    return Path(os.environ.get("LGBM_CORPORA") or _BESIDE)


def read(name: str) -> Any:
    """The JSON file *name* of the corpora. A test that asks for one that is absent is skipped, saying so."""
    path = corpora() / name
    if not path.is_file():
        pytest.skip(f"{name} is not in {corpora()}: set LGBM_CORPORA to where the corpora are", allow_module_level=True)
    return json.loads(path.read_text(encoding="utf-8"))
