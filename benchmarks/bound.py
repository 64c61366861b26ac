"""How many questions no order of asking could do without, for one citizen of whom everything is known.

First, each question without which something stays open when all else is known. Then, of what these alone leave open,
as many services and needs as have no further question in common: each of them takes at least one more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from lgbm.interview import Answer, Interview
from lgbm.interview.answers import RECEIVES
from lgbm.interview.subject import Target
from lgbm.model.concepts import Kind
from lgbm.model.facts import circumstance_of

_SEVERAL = (Kind.PERSON, Kind.PEOPLE)


def least(begun: Interview, ended: Interview, person: Mapping[str, Any]) -> int:
    """The fewest questions for *person*, *begun* and *ended* being an interview with her."""
    whole = _open(begun, person)
    wanted = [one for one in ended.answers if not _open(begun, _less(person, one)) <= whole]
    asked = {one.asked for one in wanted}
    some = evolve(ended, answers=tuple(wanted))
    groups = [_questions(begun, target, asked) for target in some.choosing.open if target not in whole]
    # With which benefits together she is asked about one of them, is another order's business.
    apart = _apart([one for one in groups if not (RECEIVES in asked and RECEIVES in one)])
    return len(asked) + apart


def _open(begun: Interview, person: Mapping[str, Any]) -> set[Target]:
    subject = begun.subject
    return {*Interview(subject, subject.reader.read(person)).choosing.open}


def _questions(begun: Interview, target: Target, asked: set[str]) -> frozenset[str]:
    """What is still to be asked that *target* could be settled by; all about one list of people is taken as one."""
    about, read = begun.subject.taxonomy.circumstances, begun.subject.read_by(begun.subject.targets[target])
    found = {RECEIVES for name in read if name.startswith("receives(")}
    for name in read & about.keys():
        one = about[name]
        if one.formula is None and (name not in asked or one.kind in _SEVERAL):
            found.add(circumstance_of(name))
    return frozenset(found)


def _apart(groups: list[frozenset[str]]) -> int:
    """How many of *groups* share nothing, the smallest first."""
    taken, count = set[str](), 0
    for one in sorted(groups, key=lambda group: (len(group), sorted(group))):
        if one and taken.isdisjoint(one):
            taken |= one
            count += 1
    return count


def _less(person: Mapping[str, Any], answer: Answer) -> dict[str, Any]:
    """*person* without what was answered."""
    owner, _, inner = answer.asked.partition(".")
    base, _, place = owner.partition("[")
    less = dict(person)
    if place:
        people = [dict(one) for one in person[base]]
        people[int(place[:-1]) - 1].pop(inner, None)
        less[base] = people
    elif inner:
        less[base] = {name: one for name, one in person[base].items() if name != inner}
    else:
        less.pop(answer.asked, None)
    return less
