"""The values that a fact could have instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from lgbm.changing.ground import Changes
from lgbm.changing.slopes import questions
from lgbm.changing.standing import Standing
from lgbm.changing.stretches import stretches
from lgbm.model.concepts import Kind
from lgbm.model.values import Value
from lgbm.rules import term as t

_MOST_OPTIONS = 5


def values(standing: Standing, path: str, changes: Changes) -> tuple[Sequence[Value], bool]:
    """Values to try for the fact at *path*, the nearest to what is so first, and whether they speak for all others."""
    about, now = standing.about(path), standing.value(path)
    kind = Kind.BOOLEAN if about is None else about.kind
    match kind:
        case Kind.BOOLEAN:
            return [one for one in (True, False) if one is not now], True
        case Kind.CHOICE if about is not None:
            return [one for one in about.options if one != now], True
        case Kind.CHOICES if about is not None:
            few = len(about.options) <= _MOST_OPTIONS
            return [one for one in _sets(tuple(about.options), now, few) if one != now], few
        case Kind.NUMBER | Kind.MONEY | Kind.DATE:
            found = stretches(standing, path, changes)
            beside = found.scale.place(now) if now is not None else 0
            order = sorted((found.nearest(at) for at in range(len(found.starts))), key=lambda one: abs(one - beside))
            return [one for one in map(found.scale.value, order) if one != now], found.whole
        case _:
            return _texts(standing, path, changes, now)


def _sets(options: tuple[str, ...], now: Any, every: bool) -> Iterator[tuple[str, ...]]:
    held = set(now or ())
    beside = sorted((tuple(sorted(held ^ {one})) for one in options), key=len)
    if not every:
        yield from dict.fromkeys((*beside, (), tuple(sorted(options))))
        return
    whole = [one for size in range(len(options) + 1) for one in combinations(sorted(options), size)]
    yield from dict.fromkeys((*beside, *sorted(whole, key=lambda one: len(held ^ {*one}))))


def _texts(standing: Standing, path: str, changes: Changes, now: Value | None) -> tuple[Sequence[Value], bool]:
    """Texts that the rules speak of, and one that they do not: all there is where texts are only asked to be equal."""
    found: dict[str, None] = {}
    plain = True
    for question in questions(standing, (standing.goal(changes),), path):
        match question:
            case t.Compare("=" | "!=", t.Fact(), t.Const(str() as text)):
                found[text] = None
            case t.OneOf(t.Fact(), texts):
                found.update(dict.fromkeys(sorted(texts)))
            case _:
                plain = False
    other = "another"
    while other in found:
        other += " one"
    return [one for one in (*found, other) if one != now], plain
