"""The citizens of `shared/bench` as one Arrow table, called as our circumstances are."""

from __future__ import annotations

from typing import Any, Literal

import pyarrow as pa
from workload import bench


def table(drawn: Any, options_as: Literal["dictionaries", "texts", "codes"] = "dictionaries") -> pa.Table:
    """The columns that the generator drew, people as lists. Polars and pandas hand options over as dictionaries, Spark
    has texts for them; the peers' own tables have codes, their places among the options.
    """
    gen = bench("gen")
    options = {**gen.ENUM, "relation": gen.RELATION}

    def column(name: str) -> Any:
        known = drawn.get(f"{name}__ok")
        mask = None if known is None else ~known
        values = pa.array(drawn[name], mask=mask)
        if name in options and options_as != "codes":
            found = pa.DictionaryArray.from_arrays(values, pa.array(options[name]))
            return found if options_as == "dictionaries" else found.dictionary_decode()
        return values.cast(pa.date32()) if "date" in name or "since" in name else values

    names = [*gen.NUM, *gen.ENUM, *gen.BOOL, *gen.DATE]
    fields = ["relation", "m_birth_date", *gen.M_NUM, *gen.M_BOOL]
    people = pa.StructArray.from_arrays([column(name) for name in fields], fields)
    known = drawn.get("household__ok")
    lists = pa.ListArray.from_arrays(
        pa.array(drawn["offsets"]), people, mask=None if known is None else pa.array(~known)
    )
    return pa.table({**{name: column(name) for name in names}, "household": lists})
