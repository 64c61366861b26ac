"""Conditions grouped under the parts that they share.

A question is asked once for many services, and most services are passed over without being looked at.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from heapq import heapify, heappop, heappush

from lgbm.rules.normal import All, AnyOf, Normal
from lgbm.rules.python import joined

_DEEPEST_GROUP = 12

Test = Callable[[Normal], ast.expr]
"""Gives Python that says whether a condition is true."""


def grouped(conditions: Sequence[tuple[Normal, ast.stmt]], test: Test) -> list[ast.stmt]:
    """Statements that do the action of each condition that is true, shared parts asked once."""
    numbers: dict[Normal, int] = {}
    numbered = [
        (
            {numbers.setdefault(part, len(numbers)) for part in (one.parts if isinstance(one, All) else (one,))},
            action,
        )
        for one, action in conditions
    ]
    return _levels(numbered, list(numbers), test, 0)


def _levels(conditions: list[tuple[set[int], ast.stmt]], parts: list[Normal], test: Test, depth: int) -> list[ast.stmt]:
    where: dict[int, set[int]] = {}
    for place, (inside, _) in enumerate(conditions):
        for number in inside:
            where.setdefault(number, set()).add(place)
    found: list[ast.stmt] = []
    taken: set[int] = set()
    # The part that most conditions share comes first; its turn is looked at again when others have taken some away.
    turns = [(-len(places), number) for number, places in where.items() if len(places) > 1 and depth < _DEEPEST_GROUP]
    heapify(turns)
    while turns:
        times, number = heappop(turns)
        places = where[number]
        if len(places) < 2:
            continue
        if len(places) != -times:
            heappush(turns, (-len(places), number))
            continue
        group = [conditions[place] for place in sorted(places)]
        for place in list(places):
            taken.add(place)
            for other in conditions[place][0]:
                where[other].discard(place)
        for inside, _ in group:
            inside.discard(number)
        found.append(ast.If(test(parts[number]), _levels(group, parts, test, depth + 1), []))
    left = {place for places in where.values() for place in places}
    left.update(place for place, (inside, _) in enumerate(conditions) if not inside and place not in taken)
    for place in sorted(left):
        inside, action = conditions[place]
        # Questions before alternatives: they are cheaper, and one that is false is enough.
        ordered = sorted((parts[number] for number in sorted(inside)), key=lambda part: isinstance(part, AnyOf))
        tests = [test(part) for part in ordered]
        found.append(ast.If(joined(ast.And(), tests), [action], []) if tests else action)
    return found
