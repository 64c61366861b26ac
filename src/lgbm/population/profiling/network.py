"""How far a hidden count can be narrowed down by whoever sees the others and the totals.

Counts that add up are a flow that goes round: a cell flows from its row to its column, a total of a column on to the
last row, the total of all from there to the last column, and the total of a row back to the row. Whatever else the
hidden counts may be is this flow, changed along circles of hidden cells; so bounds are found as the largest flow, and
they are exact.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Hashable, Iterator, Sequence
from typing import TypeAlias

from attrs import define, field, frozen

Node: TypeAlias = Hashable

_UNBOUNDED = 10**18


@frozen
class Arc:
    """A count that flows from *tail* to *head*. *weight*: how much is lost where it is hidden."""

    tail: Node
    head: Node
    count: int
    weight: int


@define
class Network:
    """Counts that add up, some of them hidden. A hidden count is known to be 1 at least, since noughts are shown."""

    arcs: Sequence[Arc]
    hidden: set[int]
    _at: dict[Node, list[int]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._at = defaultdict(list)
        for number, arc in enumerate(self.arcs):
            self._at[arc.tail].append(number)
            self._at[arc.head].append(number)

    def width(self, number: int, enough: int) -> int:
        """By how much the lowest and the highest that a hidden count can be differ; *enough*, where it is more."""
        arc = self.arcs[number]
        up = self._largest_flow(number, arc.head, arc.tail, enough)
        least = min(enough - up, arc.count - 1)
        return up + (self._largest_flow(number, arc.tail, arc.head, least) if least > 0 else 0)

    def _largest_flow(self, without: int, start: Node, end: Node, enough: int) -> int:
        moved: dict[int, int] = defaultdict(int)
        total = 0
        while total < enough:
            steps = self._way(without, start, end, moved)
            if not steps:
                break
            flow = min(self._room(step, forward, moved) for step, forward in steps)
            for step, forward in steps:
                moved[step] += flow if forward else -flow
            total += flow
        return min(total, enough)

    def _room(self, number: int, forward: bool, moved: dict[int, int]) -> int:
        return _UNBOUNDED if forward else self.arcs[number].count - 1 + moved[number]

    def _way(self, without: int, start: Node, end: Node, moved: dict[int, int]) -> list[tuple[int, bool]]:
        """A way over hidden counts that leaves room to go, each with its direction; nothing where there is none."""
        came: dict[Node, tuple[Node, int, bool] | None] = {start: None}
        waiting = deque([start])
        while waiting and end not in came:
            node = waiting.popleft()
            for number, forward, next_node in self._from(node):
                usable = number in self.hidden and number != without and next_node not in came
                if usable and self._room(number, forward, moved) > 0:
                    came[next_node] = node, number, forward
                    waiting.append(next_node)
        return _steps(came, end)

    def _from(self, node: Node) -> Iterator[tuple[int, bool, Node]]:
        for number in self._at[node]:
            arc = self.arcs[number]
            yield (number, True, arc.head) if arc.tail == node else (number, False, arc.tail)

    def cover(self, number: int, enough: int) -> set[int]:
        """What to hide besides, losing as little as can be, so that the hidden count may be *enough* higher."""
        start, end = self.arcs[number].head, self.arcs[number].tail
        costs: dict[Node, int] = {start: 0}
        came: dict[Node, tuple[Node, int, bool] | None] = {start: None}
        waiting: list[tuple[int, int, Node]] = [(0, 0, start)]
        done: set[Node] = set()
        while waiting:
            cost, _, node = heapq.heappop(waiting)
            if node == end:
                break
            if node in done:
                continue
            done.add(node)
            for step, forward, next_node in self._from(node):
                arc = self.arcs[step]
                if step == number or arc.count == 0 or not (forward or arc.count - 1 >= enough):
                    continue
                dearer = cost + (0 if step in self.hidden else arc.weight)
                if dearer < costs.get(next_node, _UNBOUNDED**2):
                    costs[next_node] = dearer
                    came[next_node] = node, step, forward
                    heapq.heappush(waiting, (dearer, len(came) * len(self.arcs) + step, next_node))
        return {step for step, _ in _steps(came, end)}


def _steps(came: dict[Node, tuple[Node, int, bool] | None], end: Node) -> list[tuple[int, bool]]:
    steps: list[tuple[int, bool]] = []
    step = came.get(end)
    while step:
        node, number, forward = step
        steps.append((number, forward))
        step = came[node]
    return steps
