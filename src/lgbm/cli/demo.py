"""`lgbm demo`: a whole answer for one citizen, then the same rules over an invented population."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lgbm.cli.files import DEFAULT, read_profile
from lgbm.cli.terminal import FINE, UNUSABLE, show
from lgbm.executable import Model, load
from lgbm.reading import packaged

if TYPE_CHECKING:
    from lgbm.population.profiling.grid import Grid
    from lgbm.population.screening import Screening

TODAY = date(2026, 11, 21)
"""The demonstration shows the same, whenever it is asked for."""

PEOPLE, UNKNOWN = 5_000, 0.005
CAMPAIGN = "pension-credit"
INDICATOR = "pension-credit-take-up"
SERVICES = (
    CAMPAIGN,
    "attendance-allowance",
    "carers-allowance",
    "housing-benefit",
    "warm-home-discount",
    "blue-badge",
    "older-persons-bus-pass",
)
"""Services whose receipt the invented people state, so that it can be said who is missing out."""


def demo(given: argparse.Namespace) -> int:
    """Show one citizen, then many, then how to go on."""
    del given
    folder = packaged("england")
    profile = folder.parents[1] / "examples" / "lost-job.yaml" if folder is not None else None
    if folder is None or profile is None or not profile.exists():
        print("lgbm: the demonstration did not come with this installation", file=sys.stderr)
        return UNUSABLE
    model = load(DEFAULT)
    _one_citizen(model, profile)
    many = _many_citizens(model)
    _how_to_go_on(folder, profile, many=many)
    return FINE


def _one_citizen(model: Model, profile: Path) -> None:
    print("Somebody of 35 rents a flat and has a child of 3. She has just lost her job. This much is known of her:\n")
    for line in profile.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            print(f"  {line}")
    print(
        f"\nAnd this follows, by the rules of the taxonomy `{DEFAULT}` "
        "(the answer is not advice; `lgbm why SERVICE` says what is not checked):\n"
    )
    show(model.resolve(read_profile(str(profile)), event="becoming-unemployed", on=TODAY).line)


def _many_citizens(model: Model) -> bool:
    """The same rules over a table of people, where what that needs is installed."""
    try:
        from lgbm.population.residents import synthetic
    except ImportError:
        print(
            "\nThe same rules answer for a whole table of people, too. That part is left out here: it needs the extra\n"
            "`population`, which `pip install 'lgbm[population]'` installs."
        )
        return False
    people = synthetic(PEOPLE, seed=0, nation="england", unknown=UNKNOWN, on=TODAY, model=model)
    print(
        f"\nThe same rules over a table: {PEOPLE:,} people of England. They are invented: none of them exists, and no\n"
        "figure below says anything about England. Of one fact in 200 of theirs it is not known what it is."
    )
    screening = model.screen(people, keep=["household", "area", "region"], on=TODAY)
    for grid in (_missing_out(model, screening), _if_more_claimed(model, screening)):
        print(f"\n{grid}")
    return True


def _missing_out(model: Model, screening: Screening) -> Grid:
    """A line for each of some services: who is eligible, and who of them does not claim it."""
    from lgbm.population.profiling.grid import Grid

    counts, claims = screening.counts(), screening.take_up()
    rows: list[tuple[str, ...]] = []
    for name in SERVICES:
        count, claim = counts[name], claims[name]
        missed = "no amount stated" if claim.a_year is None else f"£{int(claim.a_year.low):,} or more"
        numbers = (f"{one:,}" for one in (count.eligible, count.undetermined, count.ineligible))
        rows.append((model.services[name].named(), *numbers, str(claim.not_claiming), missed))
    return Grid(
        "Who is eligible, and who is missing out",
        ("service", "eligible", "not known yet", "not eligible", "missing out", "not claimed a year"),
        tuple(rows),
        (
            "a range runs from those of whom it is certain to all of whom it is possible",
            "a row is one adult: a couple that claims once is two of them here",
            "what the rules leave out may still stand in the way: `lgbm take-up` names the services",
        ),
    )


def _if_more_claimed(model: Model, screening: Screening) -> Grid:
    """One indicator, before and after more people claim a service."""
    from lgbm.population.profiling.grid import Grid

    moved = screening.movement(CAMPAIGN, share=0.5)
    one = moved[INDICATOR]
    row = (model.taxonomy.indicators[INDICATOR].named(), str(one.before), str(one.after))
    title = f"If half of those who miss out on {model.services[CAMPAIGN].named()} claimed it"
    return Grid(title, ("indicator", "before", "after"), (row,))


def _how_to_go_on(folder: Path, profile: Path, *, many: bool) -> None:
    # `make demo` comes to this before `lgbm` can be typed by itself.
    called = "lgbm" if shutil.which("lgbm") else _short(sys.argv[0])
    print("\nNow change something. Copy the rules of England and the person, and ask again:\n")
    for line in _commands(called, folder, profile):
        print(f"  {line}")
    if many:
        print("\nAnd ask of a table who is missing out. Put your own in place of the invented one:\n")
        print(f"  {called} synthetic --nation england --out people.parquet")
        print(f"  {called} take-up people.parquet --keep household --keep area --keep region")


def _commands(called: str, folder: Path, profile: Path) -> Iterator[str]:
    yield f"cp -r {_short(folder)} mine && cp {_short(profile)} me.yaml"
    yield f"{called} resolve --taxonomy mine --profile me.yaml --event becoming-unemployed"
    yield f"{called} why pension-credit --taxonomy mine --profile me.yaml"
    yield f"{called} check mine                # after an edit: every mistake, with its place"


def _short(path: object) -> str:
    """*path* from where the reader stands, if that is shorter."""
    with contextlib.suppress(ValueError):
        return min(str(path), os.path.relpath(str(path)), key=len)
    return str(path)
