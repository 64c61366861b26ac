"""`lgbm synthetic`: a table of invented people, to try rules on."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from lgbm.cli.files import DEFAULT
from lgbm.cli.terminal import FINE, UNUSABLE
from lgbm.errors import ProfileError
from lgbm.executable import load
from lgbm.messages import profiles as say
from lgbm.model.values import date_from


def add_options(command: argparse.ArgumentParser) -> None:
    """What `lgbm synthetic` takes."""
    command.add_argument("--count", type=int, default=10_000, metavar="N", help="how many people (10000)")
    command.add_argument("--seed", type=int, default=0, metavar="N", help="another seed, other people (0)")
    command.add_argument(
        "--nation", metavar="NATION", help="people of one nation: england, wales, scotland, northern-ireland"
    )
    command.add_argument(
        "--unknown", type=float, default=0.0, metavar="SHARE", help="the share of facts made unknown, as 0.1"
    )
    command.add_argument("--on", metavar="DATE", help="the day that they are of, as 2026-04-06 (today)")
    command.add_argument("--taxonomy", action="append", metavar="PATH", help=f"what is asked of them ({DEFAULT})")
    command.add_argument("--out", required=True, metavar="FILE", help="the table: .parquet, or .csv with lists as JSON")


def synthetic(given: argparse.Namespace) -> int:
    """Write the table that *given* asks for. It is under its name only when it is whole."""
    day = date_from(given.on) if given.on is not None else None
    if given.on is not None and day is None:
        raise ProfileError([say.no_date(given.on)])
    day = day or date.today()
    try:
        from lgbm.population.residents import batches
        from lgbm.population.residents.table import ABOUT
        from lgbm.population.tables.whole import whole_file
    except ImportError as problem:
        print(f"lgbm: {problem}", file=sys.stderr)
        return UNUSABLE
    out = Path(given.out)
    if out.suffix.lower() not in (".parquet", ".csv"):
        print(f"lgbm: a table ends in .parquet or .csv, and `{given.out}` in neither", file=sys.stderr)
        return UNUSABLE
    model = load(*(given.taxonomy or [DEFAULT]))
    try:
        parts = batches(given.count, given.seed, nation=given.nation, unknown=given.unknown, on=day, model=model)
        with whole_file(out) as part:
            rows = _written(parts, part, as_text=out.suffix.lower() == ".csv")
    except ValueError as problem:
        print(f"lgbm: {problem}", file=sys.stderr)
        return UNUSABLE
    print(
        f"{rows:,} invented people are in {given.out}. None of them exists: the reference says what they are good for."
    )
    taxonomy = "".join(f" --taxonomy {one}" for one in given.taxonomy or ())
    keep = "".join(f" --keep {one}" for one in ABOUT)
    print(f"They are of {day}. To go on:\n  lgbm screen {given.out}{taxonomy}{keep} --on {day}")
    return FINE


def _written(parts: Any, path: Path, *, as_text: bool) -> int:
    rows = 0
    writer: Any = None
    try:
        for one in parts:
            batch = _flat(one) if as_text else one
            if writer is None:
                writer = _writer(path, batch.schema, as_text=as_text)
            writer.write_batch(batch)
            rows += batch.num_rows
    finally:
        if writer is not None:
            writer.close()
    return rows


def _writer(path: Path, schema: Any, *, as_text: bool) -> Any:
    from lgbm.population.library import csv, parquet

    if as_text:
        return csv.CSVWriter(path, schema)
    return parquet.ParquetWriter(path, schema, write_page_checksum=True)


def _flat(batch: Any) -> Any:
    """*batch* with every column a plain one: people and lists are JSON in it."""
    from lgbm.population.library import pa

    columns: dict[str, Any] = {}
    for name in batch.schema.names:
        column = batch.column(name)
        if pa.types.is_nested(column.type):
            texts = [None if one is None else json.dumps(one, default=str) for one in column.to_pylist()]
            column = pa.array(texts, pa.string())
        elif pa.types.is_dictionary(column.type):
            column = column.cast(pa.string())
        columns[name] = column
    return pa.RecordBatch.from_pydict(columns)
