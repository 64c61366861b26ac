"""`lgbm take-up`, `lgbm segments`, `lgbm indicators`: what is to be seen of a whole table of citizens."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from lgbm.cli.bar import Bar
from lgbm.cli.files import DEFAULT
from lgbm.cli.terminal import FINE, UNUSABLE
from lgbm.errors import ProfileError
from lgbm.executable import Model, load
from lgbm.messages import screening as say

if TYPE_CHECKING:
    from lgbm.population.indicators import Measured
    from lgbm.population.profiling.grid import Grid
    from lgbm.population.screening import Screening

Command = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add_commands(command: Command) -> None:
    """The commands about a whole table."""
    claims = command("take-up", _take_up, "who claims what they are entitled to, who does not, and what they miss")
    _about_a_table(claims)
    _by(claims)
    claims.add_argument("--list", metavar="SERVICE", help="with --out: the rows of those who miss out on this service")
    claims.add_argument("--out", metavar="FILE", help="the Parquet file that the list is written to")
    claims.add_argument("--certain", action="store_true", help="in the list, only those of whom it is certain")
    claims.add_argument("--service", action="append", metavar="SERVICE", help="only this service; again for more")
    claims.add_argument("--all", action="store_true", help="every service, however many there are")

    segments = command("segments", _segments, "how segments divide a table: their sizes, overlaps and gaps")
    _about_a_table(segments)
    segments.add_argument(
        "--of", metavar="SEGMENT", help="a segment whose parts are asked about (each segment that has parts)"
    )

    indicators = command("indicators", _indicators, "every indicator; with --event or --claiming, how each one moves")
    _about_a_table(indicators)
    _by(indicators)
    indicators.add_argument("--claiming", metavar="SERVICE", help="how they move if more claimed this service")
    for name, words in (
        ("share", "this share of those who miss out on it, as 0.5 (1)"),
        ("to", "as many as bring its take-up to this share, as 0.8"),
        ("rise", "as many as make its take-up rise by this share, as 0.1 for ten points"),
    ):
        indicators.add_argument(f"--{name}", metavar="SHARE", help=f"with --claiming: {words}")


def _about_a_table(command: argparse.ArgumentParser) -> None:
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
    command.add_argument("--json", action="store_true", help="the same as data")


def _by(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--by",
        action="append",
        metavar="NAME",
        help="also by the values of a column, or for a segment; again for each further segment",
    )


def _take_up(given: argparse.Namespace) -> int:
    if (given.list is None) is not (given.out is None):
        print("lgbm: --list SERVICE and --out FILE go together", file=sys.stderr)
        return UNUSABLE

    def told(model: Model, found: Screening) -> str:
        from lgbm.population.takeup.take_up import MOST

        if given.list is not None:
            missing = found.not_claiming(given.list, possible=not given.certain)
            missing.write(given.out)
            return f"those who miss out on {model.services[given.list].named()} are in {given.out}"
        claims = found.take_up(_groups(given))
        if given.service is not None:
            claims = claims.only(given.service)
        return _told(given, lambda: claims.grid(None if given.all or given.service else MOST), claims.to_dicts)

    return _on_a_table(given, told)


def _segments(given: argparse.Namespace) -> int:
    def told(model: Model, found: Screening) -> str:
        parts = found.segmentation(given.of)
        if not parts.of and not given.json:
            return f"no segment of {model.taxonomy.id} has parts"
        return _told(given, parts.grid, parts.to_dicts)

    return _on_a_table(given, told)


def _indicators(given: argparse.Namespace) -> int:
    shares = {name: _share(getattr(given, name)) for name in ("share", "to", "rise")}

    if given.claiming is None and any(one is not None for one in shares.values()):
        print("lgbm: --share, --to and --rise say how many more claim a service: --claiming SERVICE", file=sys.stderr)
        return UNUSABLE

    def told(model: Model, found: Screening) -> str:
        if given.claiming is not None or given.event is not None:
            moves = found.movement(given.claiming, by=_groups(given), **shares)
            return _told(given, moves.grid, moves.to_dicts)
        measured = found.indicators(_groups(given))
        return _told(given, lambda: _measured(model, measured), lambda: _data(measured))

    return _on_a_table(given, told)


def _share(text: str | None) -> Any:
    """A share by the digits that it was given in."""
    from decimal import Decimal, InvalidOperation

    if text is None:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ProfileError([say.no_share(text)]) from None


def _on_a_table(given: argparse.Namespace, told: Callable[[Model, Screening], str]) -> int:
    """Screen the table, and print what is *told* of it."""
    model = load(*(given.taxonomy or [DEFAULT]))
    known = {*model.circumstances, *model.taxonomy.segments, "receives"}
    keep = dict.fromkeys([*given.keep, *(one for one in getattr(given, "by", None) or () if one not in known)])
    with Bar(sys.stderr) as bar:
        try:
            found = model.screen(
                given.table,
                event=given.event,
                on=given.on,
                keep=list(keep),
                wrong="unknown" if given.unknown else "refuse",
                progress=bar.reach,
            )
        except ImportError as problem:
            print(f"lgbm: {problem}", file=sys.stderr)
            return UNUSABLE
        bar.total = found.source.count
        text = told(model, found)
    print(text)
    return FINE


def _groups(given: argparse.Namespace) -> Any:
    names = given.by
    return names[0] if names is not None and len(names) == 1 else names


def _told(given: argparse.Namespace, grid: Callable[[], Grid], data: Callable[[], Any]) -> str:
    return json.dumps(data(), indent=2, ensure_ascii=False) if given.json else str(grid())


def _measured(model: Model, found: Mapping[str, Mapping[str, Measured]]) -> Grid:
    from lgbm.population.bounds import Share
    from lgbm.population.profiling.grid import Grid

    grouped = any(len(each) > 1 for each in found.values())
    rows = [
        (
            model.taxonomy.indicators[name].named(),
            *((label or "all",) if grouped else ()),
            str(Share(one.low, one.high)),
            f"{one.counted:,}",
            f"{one.of:,}",
        )
        for name, each in found.items()
        for label, one in each.items()
    ]
    columns = ("indicator", *(("group",) if grouped else ()), "share", "counted", "of")
    return Grid("Indicators", columns, tuple(rows), ("counted, and of: rows of which that is certain",))


def _data(found: Mapping[str, Mapping[str, Measured]]) -> list[dict[str, Any]]:
    return [
        {
            "indicator": name,
            "group": label,
            "counted": one.counted,
            "of": one.of,
            "share": [None if bound is None else str(bound) for bound in (one.low, one.high)],
        }
        for name, each in found.items()
        for label, one in each.items()
    ]
