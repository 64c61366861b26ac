"""`lgbm test`: whether the people whom policy people describe get the answers that the law gives them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator

from lgbm.cli.terminal import FINDINGS, FINE, UNUSABLE, counted, show
from lgbm.errors import ProfileError
from lgbm.messages import profiles as say
from lgbm.model.values import date_from
from lgbm.personas import FileReport, run


def add_options(command: argparse.ArgumentParser) -> None:
    """What `lgbm test` takes."""
    command.add_argument("paths", nargs="+", metavar="PATH", help="a file of personas, or a folder of such files")
    command.add_argument(
        "--taxonomy",
        action="append",
        metavar="PATH",
        help="ask this one, whatever the files say; again for each layer over it",
    )
    command.add_argument("--on", metavar="DATE", help="answer for this date, whatever the files say")
    command.add_argument("--json", action="store_true", help="what came, as JSON")


def test(given: argparse.Namespace) -> int:
    """Test the personas that *given* names."""
    day = date_from(given.on) if given.on is not None else None
    if given.on is not None and day is None:
        raise ProfileError([say.no_date(given.on)])
    found = _watched(run(*given.paths, taxonomy=given.taxonomy or (), on=day))
    reports = list(found if given.json else _told(found))
    if given.json:
        print(json.dumps(_data(reports), indent=2, ensure_ascii=False))
    else:
        _tell_all(reports)
    if any(one.complaints for one in reports):
        return UNUSABLE
    return FINDINGS if any(one.surprises for one in reports) else FINE


def _watched(reports: Iterable[FileReport]) -> Iterator[FileReport]:
    """*reports*, with a sign of life before the first: to load a taxonomy takes a moment."""
    watching = sys.stderr.isatty()
    if watching:
        print("reading …", end="", file=sys.stderr, flush=True)
    for one in reports:
        if watching:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        yield one
        if watching:
            print("testing …", end="", file=sys.stderr, flush=True)
    if watching:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _told(reports: Iterable[FileReport]) -> Iterator[FileReport]:
    """*reports*, each with a line as soon as it is there."""
    for one in reports:
        counts = f"{counted(one.people, 'person', 'people')}, {counted(one.cases, 'case')}"
        if one.complaints:
            print(f"--  {one.name}  not tested: {counted(len(one.complaints), 'complaint')}", flush=True)
        elif one.surprises:
            print(f"no  {one.name}  {counts}, {counted(len(one.surprises), 'surprise')}", flush=True)
        else:
            print(f"ok  {one.name}  {counts}", flush=True)
        yield one


def _tell_all(reports: list[FileReport]) -> None:
    """Every surprise with its reasons, the totals, and what files could not be used for."""
    for report in reports:
        for surprise in report.surprises:
            print()
            show(surprise.line)
    told = [
        counted(sum(one.people for one in reports), "person", "people"),
        counted(sum(one.cases for one in reports), "case"),
        counted(sum(len(one.surprises) for one in reports), "surprise"),
    ]
    unusable = [one for one in reports if one.complaints]
    if not unusable:
        print(f"\n{', '.join(told)}")
        return
    print(f"\n{', '.join(told)}, {counted(len(unusable), 'file')} not tested\n", flush=True)
    # What is wrong with a taxonomy is wrong for each of the files that ask it.
    complaints = dict.fromkeys(str(complaint) for one in unusable for complaint in one.complaints)
    print("\n\n".join(complaints), file=sys.stderr)


def _data(reports: list[FileReport]) -> dict[str, object]:
    return {
        "people": sum(one.people for one in reports),
        "cases": sum(one.cases for one in reports),
        "surprises": sum(len(one.surprises) for one in reports),
        "files": [one.to_dict() for one in reports],
    }
