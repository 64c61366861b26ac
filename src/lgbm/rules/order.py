"""An order in which things can be worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def topological(asks: Mapping[str, frozenset[str]]) -> tuple[list[str], list[str]]:
    """The names so that each follows those that it asks for; or a circle of names, the first one repeated."""
    order: list[str] = []
    done: set[str] = set()
    for start in sorted(asks):
        trail: list[str] = []
        waiting: list[tuple[str, Iterator[str]]] = []
        name: str | None = start
        while True:
            if name is not None and name not in done:
                if name in trail:
                    return [], [*trail[trail.index(name) :], name]
                trail.append(name)
                waiting.append((name, iter(sorted(asks.get(name, frozenset())))))
            if not waiting:
                break
            name = next(waiting[-1][1], None)
            if name is None:
                finished, _ = waiting.pop()
                trail.pop()
                done.add(finished)
                order.append(finished)
    return order, []
