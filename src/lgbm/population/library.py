"""PyArrow, which comes with the extra `population`. It tells little of its types, so that it is taken as it is."""

from __future__ import annotations

import importlib
from typing import Any


def _of_the_extra(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as problem:
        raise ImportError(f"tables of citizens need `{name}`: pip install 'lgbm[population]'") from problem


pa: Any = _of_the_extra("pyarrow")
pc: Any = _of_the_extra("pyarrow.compute")
csv: Any = _of_the_extra("pyarrow.csv")
parquet: Any = _of_the_extra("pyarrow.parquet")
