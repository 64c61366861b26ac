"""`lgbm screen`: who is eligible for what in a whole table of citizens."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from lgbm.cli.bar import Bar
from lgbm.cli.files import DEFAULT
from lgbm.cli.terminal import FINE, UNUSABLE, counted
from lgbm.executable import Model, load

if TYPE_CHECKING:
    from lgbm.population.counted import Counts
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
    command.add_argument(
        "--deciding", metavar="SERVICE", help="instead, which facts would decide those not known yet for this service"
    )
    command.add_argument(
        "--processes", type=_at_least_one, metavar="N", help="how many share the work (as many as cores, where it pays)"
    )


def screen(given: argparse.Namespace) -> int:
    """Screen the table, write the answers where asked to, and print how many there are of each."""
    model = load(*(given.taxonomy or [DEFAULT]))
    deciding: Mapping[str, int] = {}
    with Bar(sys.stderr) as bar:
        try:
            found = model.screen(
                given.table,
                event=given.event,
                on=given.on,
                keep=given.keep,
                wrong="unknown" if given.unknown else "refuse",
                progress=bar.reach,
                processes=given.processes,
            )
        except ImportError as problem:
            print(f"lgbm: {problem}", file=sys.stderr)
            return UNUSABLE
        bar.total = found.source.count
        if given.out is not None:
            found.write(given.out)
        if given.deciding is not None:
            deciding = found.deciding(given.deciding)
        counts = {name: (one.eligible, one.undetermined, one.ineligible) for name, one in found.counts().items()}
    if given.deciding is not None:
        print(json.dumps(deciding, indent=2) if given.json else _wanting(model, found, given.deciding, deciding))
    elif given.json:
        named = ("eligible", "undetermined", "ineligible")
        print(json.dumps({name: dict(zip(named, one, strict=True)) for name, one in counts.items()}, indent=2))
    else:
        print(_table(model, found))
    if given.out is not None and not given.json:
        print(f"the status of each row is in {given.out}")
    return FINE


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"`{text}` is no number of processes: 1 or more")
    return int(text)


def _table(model: Model, found: Screening) -> str:
    """A line for each service of which anybody is eligible or may be, most eligible first."""
    counts, rules = found.counts(), found.book.services
    shown = sorted(
        (name for name, one in counts.items() if name in rules and (one.eligible or one.undetermined)),
        key=lambda name: (-counts[name].eligible, -counts[name].undetermined, name),
    )
    lines = [f"{'eligible':>12} {'not known yet':>14} {'not eligible':>13}  service"]
    lines += [
        f"{counts[name].eligible:>12,} {counts[name].undetermined:>14,} {counts[name].ineligible:>13,}  "
        f"{model.services[name].named()} ({name})"
        for name in shown
    ]
    without = [model.services[name].named() for name in counts if name not in rules]
    nobody = len(counts) - len(shown) - len(without)
    if nobody:
        lines.append(f"{nobody} more {'service is' if nobody == 1 else 'services are'} for nobody in this table.")
    if without:
        of = counted(len(without), "service")
        lines.append(f"of {of} no rules are written, so that nobody is decided: {', '.join(without)}")
    lines.append(f"{_citizens(counts)} on {found.book.day}")
    return "\n".join(lines)


def _wanting(model: Model, found: Screening, service: str, deciding: Mapping[str, int]) -> str:
    """A line for each fact that would decide rows for one service, the most wanted first."""
    name, counts = model.services[service].named(), found.counts()
    if service not in found.book.services:
        return f"of {name} no rules are written: no fact would decide it"
    lines = [f"{'rows':>12}  would have to say, for {name} to be decided"]
    lines += [
        f"{rows:>12,}  {model.circumstances[fact].named() if fact in model.circumstances else fact} ({fact})"
        for fact, rows in deciding.items()
    ]
    open_ = counts[service].undetermined
    verb = "is" if open_ == 1 else "are"
    return "\n".join([*lines, f"{open_:,} of {_citizens(counts)} {verb} not decided on {found.book.day}"])


def _citizens(counts: Mapping[str, Counts]) -> str:
    return counted(next((one.total for one in counts.values()), 0), "citizen")
