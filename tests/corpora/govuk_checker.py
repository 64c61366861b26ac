"""Our taxonomy beside GOV.UK's "Check benefits and financial support you can get", answer by answer.

People are drawn at random. What each would tell the checker is put to its rules (said in our format, and held to the
upstream's own tests elsewhere), and what follows for our circumstances to our rules. The checker asks 14 coarse
questions, so that ours often need more: an answer of ours that is not known yet contradicts nothing. A definite answer
that differs does, and has to be explained in `govuk_explained`.

`python -m tests.corpora.govuk_checker [--count N] [--markdown] [--page PAGE]` prints the comparison, and writes it into
a page; `make checker` does so.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from attrs import Factory, define, frozen

import lgbm
from lgbm import Decision, Model, Status
from tests.corpora.govuk_explained import BROADER, FINER, OURS
from tests.corpora.places import read
from tests.corpora.translate import Translation, id_of
from tests.validation.report import into

ON = date(2026, 11, 21)
SEED = 2026
_AGES = {
    "1_or_under": (0, 1), "2": (2, 2), "3_to_4": (3, 4), "5_to_7": (5, 7), "8_to_11": (8, 11), "12_to_15": (12, 15),
    "16_to_17": (16, 17), "18_to_19": (18, 19),
}  # fmt: skip
_RECEIVED = {
    "universal_credit": ["universal-credit"],
    "pension_credit": ["pension-credit"],
    "housing_benefit": ["housing-benefit"],
    # The checker asks about each as one benefit: whoever names it may get the new style or the old.
    "jobseekers_allowance": ["new-style-jobseekers-allowance"],
    "employment_and_support_allowance": ["new-style-employment-and-support-allowance"],
}
_Facts = dict[str, Any]


@frozen
class Person:
    """What somebody tells the checker, and what of our circumstances follows from it."""

    answers: _Facts
    facts: _Facts


def people(count: int, seed: int = SEED) -> Iterator[Person]:
    """*count* people, drawn at random."""
    chance = random.Random(seed)
    for _ in range(count):
        yield _person(chance)


def _person(chance: random.Random) -> Person:
    answers: _Facts = {"where_do_you_live": chance.choice(["england", "wales", "scotland", "northern-ireland"])}
    facts: _Facts = {"nation": answers["where_do_you_live"], "receives": {}}
    for part in (_age, _work, _health, _family, _benefits, _savings):
        part(chance, answers, facts)
    return Person(answers, facts)


def _age(chance: random.Random, answers: _Facts, facts: _Facts) -> None:
    over = chance.random() < 0.35
    answers["over_state_pension_age"] = "yes" if over else "no"
    # Between 66 and 67 it depends on the day of birth.
    facts["date_of_birth"] = _born(chance, *((67, 90) if over else (16, 65)))


def _work(chance: random.Random, answers: _Facts, facts: _Facts) -> None:
    answers["are_you_working"] = working = chance.choice(["yes", "no", "no_retired"])
    if working == "yes":
        more = chance.random() < 0.5
        answers["how_many_paid_hours_work"] = "sixteen_or_more_per_week" if more else "sixteen_or_less_per_week"
        facts["employment"] = chance.choice(["employed", "self-employed"])
        facts["weekly_hours"] = chance.randint(17, 45) if more else chance.randint(1, 15)
    else:
        facts["employment"] = "retired" if working == "no_retired" else chance.choice(["unemployed", "not-working"])


def _health(chance: random.Random, answers: _Facts, facts: _Facts) -> None:
    disabled = chance.random() < 0.5
    answers["disability_or_health_condition"] = "yes" if disabled else "no"
    facts["disabled"] = disabled
    if disabled:
        helped, limited = chance.random() < 0.5, chance.choice(["yes_unable_to_work", "yes_limits_work", "no"])
        answers |= {
            "disability_affecting_daily_tasks": "yes" if helped else "no", "disability_affecting_work": limited,
        }  # fmt: skip
        facts |= {"needs_help_with_daily_tasks": helped, "health_limits_work": limited != "no"}
    else:
        facts |= dict.fromkeys(
            ("needs_help_with_daily_tasks", "health_limits_work", "limited_capability_for_work"), False
        )
    cares = chance.random() < 0.3
    answers["carer_disability_or_health_condition"] = "yes" if cares else "no"
    if not cares:
        facts["weekly_caring_hours"] = 0


def _family(chance: random.Random, answers: _Facts, facts: _Facts) -> None:
    facts["children"], facts["pregnant"] = [], False
    if chance.random() < 0.35:
        answers["children_living_with_you"] = "no"
        return
    young = answers["over_state_pension_age"] == "no"
    ages = chance.sample([*_AGES, *(["pregnant"] if young else [])], chance.randint(1, 3))
    disabled = chance.random() < 0.4 and ages != ["pregnant"]
    answers |= {
        "children_living_with_you": "yes", "age_of_children": ages,
        "children_with_disability": "yes" if disabled else "no",
    }  # fmt: skip
    facts["pregnant"] = "pregnant" in ages
    for bracket in ages:
        if bracket in _AGES:
            facts["children"].append({"date_of_birth": _born(chance, *_AGES[bracket])})
    for place, child in enumerate(facts["children"]):
        if not disabled:
            child |= {"disabled": False, "gets_disability_benefit": False}
        elif place == 0:
            child["disabled"] = True


def _benefits(chance: random.Random, answers: _Facts, facts: _Facts) -> None:
    answers["on_benefits"] = on = chance.choice(["yes", "no", "dont_know"])
    if on == "dont_know":
        return
    named = chance.sample([*_RECEIVED, "income_support"], chance.randint(1, 2)) if on == "yes" else []
    if on == "yes":
        answers["current_benefits"] = named
    for benefit, services in _RECEIVED.items():
        sure = benefit not in ("jobseekers_allowance", "employment_and_support_allowance")
        if benefit not in named or sure:
            facts["receives"] |= dict.fromkeys(services, benefit in named)
    if not {"jobseekers_allowance", "employment_and_support_allowance"} & set(named):
        facts["gets_legacy_benefit"] = "income_support" in named


def _savings(chance: random.Random, answers: _Facts, facts: _Facts) -> None:
    answers["assets_and_savings"] = said = chance.choice(["over_16000", "under_16000", "none_16000"])
    facts["savings"] = {
        "over_16000": chance.randint(16001, 40000), "under_16000": chance.randint(1, 15999), "none_16000": 0,
    }[said]  # fmt: skip


def _born(chance: random.Random, youngest: int, oldest: int) -> str:
    """A day of birth of somebody of so many years: at least *youngest* and at most *oldest*."""
    first, last = (
        date(ON.year - oldest - 1, ON.month, ON.day) + timedelta(days=1),
        date(ON.year - youngest, ON.month, ON.day),
    )
    return (first + timedelta(days=chance.randrange((last - first).days + 1))).isoformat()


# -- the comparison


@define
class Compared:
    """How our answers and the checker's stand to each other, for one benefit."""

    counts: Counter[tuple[bool, Status]] = Factory(Counter[tuple[bool, Status]])
    explained: Counter[str] = Factory(Counter[str])
    surprises: Counter[str] = Factory(Counter[str])
    example: dict[str, Person] = Factory(dict[str, Person])


def compare(model: Model, count: int, seed: int = SEED) -> dict[str, Compared]:
    """Every benefit that the checker knows, on *count* people."""
    rules = Translation(read("smart-answers/rules.json"), closed=True)
    theirs = lgbm.loads(rules.text())
    names: list[str] = [one["id"] for one in rules.rules["benefits"]]
    nations = {one["id"]: _nations(one["rule"]) for one in rules.rules["benefits"]}
    found = {name: Compared() for name in names}
    for place, person in enumerate(people(count, seed)):
        if place % 200 == 0 and sys.stderr.isatty():
            print(f"\r{place} of {count} people", end="", file=sys.stderr)
        checker = theirs.resolve(rules.profile(person.answers, complete=True), on=ON)
        ours = model.resolve(person.facts, on=ON)
        # The checker has one name for each nation where we have one service: elsewhere there is nothing to compare.
        for name in (one for one in names if person.facts["nation"] in nations[one]):
            _note(found[name], name, checker[id_of(name)].status is Status.ELIGIBLE, ours, person)
    return found


def _nations(rule: Any) -> list[str]:
    """Where the checker knows the benefit: the first thing that it asks of each."""
    return next(part["value"] for part in rule["all"] if part.get("fact") == "where_do_you_live")


def _note(found: Compared, name: str, said: bool, ours: lgbm.Resolution, person: Person) -> None:
    decisions = [ours[service] for service in OURS[name]]
    statuses = {one.status for one in decisions}
    status = next(one for one in (Status.ELIGIBLE, Status.UNDETERMINED, Status.INELIGIBLE) if one in statuses)
    found.counts[said, status] += 1
    if status is not (Status.INELIGIBLE if said else Status.ELIGIBLE):
        return
    cause = _cause(decisions, status) if said else ""
    finer = (why for names, words, why in FINER if name in names and words in cause)
    why = next(finer, None) if said else BROADER.get(name)
    if why:
        found.explained[why] += 1
    else:
        surprise = f"the checker says yes, we say no: {cause}" if said else "the checker says no, we say yes"
        found.surprises[surprise] += 1
        found.example.setdefault(surprise, person)


def _cause(decisions: Sequence[Decision], status: Status) -> str:
    """The reasons of our answer in words, those of where somebody lives apart."""
    lines = [
        line.because or line.text
        for one in decisions
        if one.status is status
        for line in one.why().line.lines
        if line.mark == "no" and not line.text.startswith("nation is")
    ]
    return "; ".join(dict.fromkeys(lines))


# -- the tables

_ORDER = tuple(
    (said, status) for said in (True, False) for status in (Status.ELIGIBLE, Status.UNDETERMINED, Status.INELIGIBLE)
)
_ALIKE = ((True, Status.ELIGIBLE), (False, Status.INELIGIBLE))
_OPEN = ((True, Status.UNDETERMINED), (False, Status.UNDETERMINED))


def text(found: Mapping[str, Compared]) -> str:
    """A line for each benefit, for a terminal."""
    lines = ["  benefit   yes/yes   yes/open   yes/no   no/yes   no/open   no/no"]
    lines += [f"  {name}   " + "   ".join(str(one.counts[pair]) for pair in _ORDER) for name, one in found.items()]
    return "\n".join(lines)


def markdown(found: Mapping[str, Compared], count: int) -> str:
    """What came out in all, why answers differ, and each benefit, for a page."""
    counts, explained = Counter[tuple[bool, Status]](), Counter[str]()
    benefits: dict[str, list[str]] = {}
    for name, one in found.items():
        counts += one.counts
        explained += one.explained
        for why in one.explained:
            benefits.setdefault(why, []).append(name)
    whole, alike, unknown = (sum(counts[pair] for pair in some) for some in (_ORDER, _ALIKE, _OPEN))
    apart, told = whole - alike - unknown, explained.total()
    return "\n".join(
        [
            f"{count:,} people on {ON}, {len(found)} benefits, {whole:,} answers. Of ours, {unknown:,} are not known "
            f"yet. Of the other {whole - unknown:,}, {alike:,} are the same as the checker's, {apart:,} are not. "
            f"Differences that nothing explains: {apart - told:,}.",
            "",
            "| why our answer differs | of these benefits | answers |",
            "|---|---|--:|",
            *(f"| {why} | {', '.join(benefits[why])} | {number:,} |" for why, number in explained.most_common()),
            "",
            "| the checker's name of the benefit | both yes | yes, ours open | yes, ours no | no, ours yes "
            "| no, ours open | both no |",
            "|---|--:|--:|--:|--:|--:|--:|",
            *(
                f"| {name} | " + " | ".join(f"{one.counts[pair]:,}" for pair in _ORDER) + " |"
                for name, one in found.items()
            ),
        ]
    )


def main() -> int:
    """Print the comparison; 1 where a contradiction is not explained."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--page", type=Path, help="write the tables into this page, too")
    given = parser.parse_args()
    found = compare(lgbm.load("four-nations"), given.count)
    print(markdown(found, given.count) if given.markdown else text(found))
    if given.page is not None:
        into(given.page, markdown(found, given.count))
    surprises = [(name, words, times) for name, one in found.items() for words, times in one.surprises.items()]
    for name, words, times in surprises:
        person = found[name].example[words]
        print(f"unexplained: {name}: {words}: {times} times, for one {person.answers} {person.facts}")
    unexplained = sum(times for *_, times in surprises)
    print(f"{given.count} people, {len(found)} benefits, {unexplained} unexplained contradictions")
    return 1 if surprises else 0


if __name__ == "__main__":
    sys.exit(main())
