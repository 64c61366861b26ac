"""What is said to the caller about what is asked of a population: codes P45n."""

from __future__ import annotations

from collections.abc import Iterable

from lgbm.errors import Diagnostic, did_you_mean
from lgbm.messages.profiles import shown


def no_such_group(name: str, known: Iterable[str]) -> Diagnostic:
    hint = did_you_mean(shown(name), known) or "rows are grouped by a column of the table, or by segments"
    return Diagnostic("P451", f"there is no segment or column called `{shown(name)}`", hint=hint, place="groups")


def no_groups(name: str) -> Diagnostic:
    return Diagnostic(
        "P452",
        f"`{shown(name)}` holds people, sets or lists, and does not divide rows into groups",
        hint="give a column of texts, numbers or dates, or the id of a segment",
        place="groups",
    )


def no_members(name: str) -> Diagnostic:
    return Diagnostic(
        "P453",
        f"the segment `{shown(name)}` does not say who belongs to it",
        hint="give it a condition in the taxonomy: `members`",
        place="groups",
    )


def no_parts(name: str) -> Diagnostic:
    return Diagnostic(
        "P454",
        f"no segment is part of `{shown(name)}`",
        hint="its parts name it in `broader`; or give the segments of one segmentation in a list",
        place="segmentation",
    )


def nothing_happens() -> Diagnostic:
    return Diagnostic(
        "P455",
        "nothing happens: there is nothing to hold the rows against",
        hint="screen them with an event, or say whose take-up rises",
        place="movement",
    )


def ways_at_once(names: Iterable[str]) -> Diagnostic:
    return Diagnostic(
        "P457",
        f"it is said in more than one way how many more claim: {', '.join(f'`{one}`' for one in names)}",
        hint="give one of them",
        place="movement",
    )


def no_share(value: object) -> Diagnostic:
    return Diagnostic(
        "P456",
        f"`{shown(value)}` is no share",
        hint="a share lies between 0 and 1, as in 0.5",
        place="movement",
    )
