"""The citizens of `shared/bench` as one Arrow table, called as our circumstances are."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from workload import bench


def table(drawn: Any) -> pa.Table:
    """The columns that the generator drew: options as dictionaries, as Polars hands them over, and people as lists."""
    gen = bench("gen")
    options = {**gen.ENUM, "relation": gen.RELATION}

    def column(name: str) -> Any:
        known = drawn.get(f"{name}__ok")
        mask = None if known is None else ~known
        if name in options:
            return pa.DictionaryArray.from_arrays(pa.array(drawn[name], mask=mask), pa.array(options[name]))
        values = pa.array(drawn[name], mask=mask)
        return values.cast(pa.date32()) if "date" in name or "since" in name else values

    names = [*gen.NUM, *gen.ENUM, *gen.BOOL, *gen.DATE]
    fields = ["relation", "m_birth_date", *gen.M_NUM, *gen.M_BOOL]
    people = pa.StructArray.from_arrays([column(name) for name in fields], fields)
    known = drawn.get("household__ok")
    lists = pa.ListArray.from_arrays(
        pa.array(drawn["offsets"]), people, mask=None if known is None else pa.array(~known)
    )
    return pa.table({**{name: column(name) for name in names}, "household": lists})
