"""`lgbm compare`: two people, two events, two dates, or a life with an event and without."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any, TypeVar

from lgbm.cli.files import DEFAULT, read_profile
from lgbm.cli.terminal import FINE, show
from lgbm.comparison import Differing, compare
from lgbm.errors import ProfileError
from lgbm.executable import load
from lgbm.messages import profiles as say

T = TypeVar("T")


def add_options(command: argparse.ArgumentParser) -> None:
    """What `lgbm compare` takes."""
    command.add_argument(
        "--taxonomy",
        action="append",
        metavar="PATH",
        help="a folder, a file or a packaged name; again for each layer over it (four-nations)",
    )
    command.add_argument(
        "--profile",
        action="append",
        required=True,
        metavar="FILE",
        help="what is known of the person: YAML or JSON; a second time for the other person",
    )
    command.add_argument(
        "--event",
        action="append",
        metavar="ID",
        help="the life event that has happened; a second time for the other event. "
        "One event with one profile: with it, against as things are",
    )
    command.add_argument(
        "--on", action="append", metavar="DATE", help="the date to answer for (today); a second time for the other date"
    )
    command.add_argument(
        "--language", default="en", metavar="TAG", help="the language of labels where there is one (en)"
    )
    command.add_argument("--json", action="store_true", help="the comparison as JSON")


def compared(given: argparse.Namespace) -> int:
    """Answer twice, and print what comes out otherwise."""
    profiles, events, days = _sides(given)
    model = load(*(given.taxonomy or [DEFAULT]))
    before, after = (
        model.resolve(profile, event=event, on=day, language=given.language)
        for profile, event, day in zip(profiles, events, days, strict=True)
    )
    across: tuple[Differing, ...] = ("date",) if days[0] != days[1] else ()
    found = compare(before, after, across=across)
    if given.json:
        print(json.dumps(found.to_dict(), indent=2, ensure_ascii=False))
    else:
        show(found.line)
    return FINE


def _sides(given: argparse.Namespace) -> tuple[Sequence[dict[str, Any]], Sequence[str | None], Sequence[str | None]]:
    """The profile, the event and the date of either side."""
    paths: list[str] = given.profile
    events: list[str | None] = given.event or [None]
    days: list[str | None] = given.on or [None]
    for name, listed in (("profile", paths), ("event", events), ("on", days)):
        if len(listed) > 2:
            raise ProfileError([say.too_many_sides(name, len(listed))])
    if len(paths) == len(days) == len(events) == 1:
        if events == [None]:
            raise ProfileError([say.nothing_to_compare()])
        events = [None, *events]
    return [read_profile(path) for path in _both(paths)], _both(events), _both(days)


def _both(listed: list[T]) -> list[T]:
    return listed * 2 if len(listed) == 1 else listed
