"""`lgbm screen`: who is eligible for what in a whole table of citizens."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from lgbm.cli.bar import Bar
from lgbm.cli.files import DEFAULT
from lgbm.cli.terminal import FINE, UNUSABLE
from lgbm.executable import Model, load

if TYPE_CHECKING:
    from lgbm.population.screening import Screening


def add_options(command: argparse.ArgumentParser) -> None:
    """What `lgbm screen` takes."""
    command.add_argument(
        "table", metavar="TABLE", help="a Parquet or CSV file: a row a citizen, a column a circumstance"
    )
    command.add_argument("--taxonomy", action="append", metavar="PATH", help=f"as for resolve ({DEFAULT})")
    command.add_argument("--event", metavar="ID", help="the life event that has just happened to all of them")
    command.add_argument("--on", metavar="DATE", help="the date to answer for, as 2026-04-06 (today)")
    command.add_argument(
        "--keep", action="append", default=[], metavar="COLUMN", help="a column that is no circumstance"
    )
    command.add_argument("--unknown", action="store_true", help="take what cannot be right as not known, and go on")
    command.add_argument(
        "--out", metavar="FILE", help="write the status of each row for each service to a Parquet file"
    )
    command.add_argument("--json", action="store_true", help="the counts as JSON")


def screen(given: argparse.Namespace) -> int:
    """Screen the table, write the answers where asked to, and print how many there are of each."""
    model = load(*(given.taxonomy or [DEFAULT]))
    with Bar(sys.stderr) as bar:
        try:
            found = model.screen(
                given.table,
                event=given.event,
                on=given.on,
                keep=given.keep,
                wrong="unknown" if given.unknown else "refuse",
                progress=bar.reach,
            )
        except ImportError as problem:
            print(f"lgbm: {problem}", file=sys.stderr)
            return UNUSABLE
        bar.total = found.source.count
        if given.out is not None:
            found.write(given.out)
        counts = {name: (one.eligible, one.undetermined, one.ineligible) for name, one in found.counts().items()}
    if given.json:
        named = ("eligible", "undetermined", "ineligible")
        print(json.dumps({name: dict(zip(named, one, strict=True)) for name, one in counts.items()}, indent=2))
    else:
        print(_table(model, found))
    return FINE


def _table(model: Model, found: Screening) -> str:
    """A line for each service of which anybody is eligible or may be, most eligible first."""
    counts = found.counts()
    shown = sorted(
        (name for name, one in counts.items() if one.eligible or one.undetermined),
        key=lambda name: (-counts[name].eligible, -counts[name].undetermined, name),
    )
    lines = [f"{'eligible':>12} {'not known yet':>14} {'not eligible':>13}  service"]
    lines += [
        f"{counts[name].eligible:>12,} {counts[name].undetermined:>14,} {counts[name].ineligible:>13,}  "
        f"{model.services[name].named()} ({name})"
        for name in shown
    ]
    if len(shown) < len(counts):
        lines.append(f"{len(counts) - len(shown)} more services are for nobody in this table.")
    total = next((one.total for one in counts.values()), 0)
    lines.append(f"{total:,} citizens on {found.book.day}")
    return "\n".join(lines)
