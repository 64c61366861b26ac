"""The same households, asked of the taxonomy and of PolicyEngine UK, programme by programme.

`python -m tests.validation PYTHON [--count N] [--seed N] [--on DATE] [--taxonomy NAME] [--markdown] [--page PAGE]`

PYTHON is the one that has policyengine-uk. It ends with 1 where a difference is not explained in `explained.py`.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import lgbm
from lgbm import Decision, Model, Status
from tests.validation.amounts import AMOUNTS, Sums, compare
from tests.validation.columns import columns
from tests.validation.explained import Case, explained
from tests.validation.facts import Reckoned, facts, plain, plain_facts
from tests.validation.households import Household, households
from tests.validation.programmes import PROGRAMMES, WANTED, reckoned
from tests.validation.report import Report, Tally, into

_ROUNDS = 30
_PATH = re.compile(r"^(\w+)(?:\[\d+\])?(?:\.(\w+))?$")
# Where the oracle's own answer for the service would be a fact that the service asks for.
_FIRST_CLAIMS = {"pension-credit": ("pension-credit", "housing-benefit")}


def answered(python: Path, given: Sequence[Household], on: date, folder: Path) -> list[Reckoned]:
    """What the oracle says of every household. Both files are kept in *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    questions, answers = folder / "questions.json", folder / "answers.json"
    questions.write_text(json.dumps(columns(given, on) | {"wanted": WANTED}), encoding="utf-8")
    script = Path(__file__).with_name("oracle.py").resolve()
    subprocess.run([str(python), str(script), str(questions.resolve()), str(answers.resolve())], check=True, cwd=folder)
    return list(reckoned(given, json.loads(answers.read_text(encoding="utf-8"))))


def decisions(
    model: Model, family: Household, found: Reckoned, on: date, services: Sequence[str]
) -> dict[str, Decision]:
    """What we say of every service. What the oracle does not know is answered plainly, as it is asked."""
    stated = facts(family, found, on)
    decided = _decided(model, stated, on, services)
    for service in services:
        own = set(_FIRST_CLAIMS.get(service, ()))
        if own & set(stated["receives"]):
            afresh = stated | {"receives": sorted(set(stated["receives"]) - own)}
            afresh.pop("gets_guarantee_credit", None)
            decided |= _decided(model, afresh, on, [service])
    return decided


def _decided(model: Model, stated: Mapping[str, Any], on: date, services: Sequence[str]) -> dict[str, Decision]:
    """What nobody has said is answered as it is asked; of questions that hang on others, one at a time."""
    known = {**plain_facts(model), **stated}
    for _ in range(_ROUNDS):
        resolution = model.resolve(known, on=on)
        open_ones = {path for service in services for path in resolution[service].missing_paths}
        if not any(_filled(model, known, path) for path in sorted(open_ones)):
            break
    return {service: resolution[service] for service in services}


def _filled(model: Model, stated: dict[str, Any], path: str) -> bool:
    """Whether a plain answer was found for the fact at *path*, and stated."""
    found = _PATH.match(path)
    circumstance = model.circumstances.get(found[1]) if found else None
    if found is None or circumstance is None:
        return False
    name, inner = found.groups()
    if inner is None:
        stated[name] = plain(circumstance)
        return stated[name] is not None
    answer = plain(circumstance.fields[inner])
    holders = stated[name] if isinstance(stated[name], list) else [stated[name]]
    for one in holders:
        one.setdefault(inner, answer)
    return answer is not None


def cases(model: Model, given: Sequence[Household], found: Sequence[Reckoned], on: date) -> Iterator[Case]:
    """Every household with every service that we have, in order."""
    known = [one for one in PROGRAMMES if one.service in model.services]
    started = time.monotonic()
    for number, (family, answers) in enumerate(zip(given, found, strict=True)):
        ours = decisions(model, family, answers, on, [one.service for one in known])
        for one in known:
            if one.applies(family, answers, on):
                yield Case(one.service, family, answers, ours[one.service], one.pays(answers, on), on)
        if number % 1000 == 999:
            print(f"{number + 1} households in {time.monotonic() - started:.0f} s", file=sys.stderr)


def _figures(case: Case) -> str:
    shown = {name: round(value, 2) for name, value in case.reckoned.home.items() if value}
    people = [{name: value for name, value in one.items() if value} for one in case.reckoned.people]
    return f"{shown} {people} receives {case.reckoned.receives}"


def main(words: Sequence[str] | None = None) -> int:
    """Draw, ask both, and print what was found."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("python", type=Path)
    options.add_argument("--count", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    # The oracle reads ages, pension ages and the children's terms on 6 October of each tax year: so do we.
    options.add_argument("--on", type=date.fromisoformat, default=date(2026, 10, 6))
    options.add_argument("--taxonomy", default="four-nations")
    options.add_argument("--folder", type=Path, default=Path("build/validation"))
    options.add_argument("--markdown", action="store_true")
    options.add_argument("--page", type=Path, help="write the table into this page, too")
    options.add_argument("--show", type=int, default=3, help="how many differences of a kind to print")
    chosen = options.parse_args(words)
    model = lgbm.load(chosen.taxonomy)
    given = list(households(chosen.count, chosen.seed, chosen.on))
    found = answered(chosen.python, given, chosen.on, chosen.folder)
    tallies: dict[str, Tally] = defaultdict(Tally)
    strange: dict[tuple[str, bool], list[Case]] = defaultdict(list)
    sums: dict[str, Sums] = defaultdict(Sums)
    reasons: Counter[str] = Counter()
    for case in cases(model, given, found, chosen.on):
        if case.ours is Status.ELIGIBLE and case.theirs and case.service in AMOUNTS:
            compare(sums[case.service], case.household, case.reckoned, case.decision)
        if not tallies[case.service].differs(case):
            continue
        known = explained(case)
        if known is None:
            tallies[case.service].unexplained += 1
            strange[case.service, case.theirs].append(case)
        else:
            tallies[case.service].explained += 1
            reasons[known.id] += 1
    found_all = Report(tallies, reasons, sums, len(given), chosen.on)
    print(found_all.markdown() if chosen.markdown else found_all)
    if chosen.page is not None:
        into(chosen.page, found_all.markdown())
    for (service, theirs), some in sorted(strange.items()):
        print(
            f"\n{service}: the oracle says {'yes' if theirs else 'no'} {len(some)} times, not explained",
            file=sys.stderr,
        )
        for case in some[: chosen.show]:
            print(f"  {case.household}\n    {_figures(case)}", file=sys.stderr)
    for service, one in sorted(sums.items()):
        if one.apart:
            print(f"\n{service}: {one.apart} amounts apart, most of all {one.example}", file=sys.stderr)
    return 1 if strange else 0


if __name__ == "__main__":
    sys.exit(main())
