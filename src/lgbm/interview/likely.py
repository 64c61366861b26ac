"""What is left of a condition, of which citizens of a sample each part of it is true, and whom it asks for what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from attrs import define, field, frozen

NOTHING: Mapping[str, int] = {}


@frozen
class Likely:
    """A question: of whom it is true, and the missing facts that it needs, each with those whom it is asked of."""

    holds: int
    needs: Mapping[str, int] = NOTHING


@frozen
class Opposite:
    """Not *part*."""

    holds: int
    part: Node


@frozen
class Several:
    """All of *parts*, or any of them."""

    holds: int
    parts: tuple[Node, ...]
    every: bool


@frozen
class Either:
    """*then* for those for whom *condition* is true, *otherwise* for the others."""

    holds: int
    condition: Node
    then: Node
    otherwise: Node


Node: TypeAlias = Likely | Opposite | Several | Either


def add(needs: dict[str, int], more: Mapping[str, int], who: int) -> None:
    """Add *more* to *needs*, for those of *who*."""
    for path, whose in more.items():
        if whose & who:
            needs[path] = needs.get(path, 0) | (whose & who)


def differences(nodes: Iterable[Node], everybody: int) -> Mapping[str, int]:
    """For each fact, the citizens for whom it decides one of *nodes* when all else is known: it has to be asked."""
    found: dict[str, int] = {}
    waiting = [(one, everybody) for one in nodes]
    while waiting:
        node, who = waiting.pop()
        if not who:
            continue
        match node:
            case Likely(_, needs):
                add(found, needs, who)
            case Opposite(_, part):
                waiting.append((part, who))
            case Several():
                waiting += _alone(node, who)
            case Either(_, condition, then, otherwise):
                waiting.append((condition, who & (then.holds ^ otherwise.holds)))
                waiting.append((then, who & condition.holds))
                waiting.append((otherwise, who & ~condition.holds))
    return found


def _alone(node: Several, who: int) -> Iterable[tuple[Node, int]]:
    """Each part, with those of *who* for whom no other part has the last word."""
    before = who
    reached: list[int] = []
    for one in node.parts:
        reached.append(before)
        before &= one.holds if node.every else ~one.holds
    behind = who
    for one, here in zip(reversed(node.parts), reversed(reached), strict=True):
        yield one, here & behind
        behind &= one.holds if node.every else ~one.holds


@define
class Cheapest:
    """Whom each condition asks for what, beginning with what is *sure* to be asked of them anyway."""

    everybody: int
    sure: Mapping[str, int]
    _found: dict[int, Mapping[str, int]] = field(init=False, factory=dict[int, Mapping[str, int]])

    def needs(self, node: Node) -> Mapping[str, int]:
        """For each fact, the citizens of whom *node* needs it."""
        if isinstance(node, Likely):
            return node.needs
        if isinstance(node, Opposite):
            return self.needs(node.part)
        found = self._found.get(id(node))
        if found is None:
            found = self._found[id(node)] = self._several(node) if isinstance(node, Several) else self._either(node)
        return found

    def _several(self, node: Several) -> Mapping[str, int]:
        reached, needs = self.everybody, dict[str, int]()
        for one in sorted(node.parts, key=lambda one: self._price(one, node.every)):
            add(needs, self.needs(one), reached)
            reached &= one.holds if node.every else ~one.holds
        return needs

    def _price(self, node: Node, every: bool) -> float:
        """What it costs to ask for it, for each citizen for whom that is the end."""
        cost = sum((who & ~self.sure.get(path, 0)).bit_count() for path, who in self.needs(node).items())
        ends = (self.everybody & (~node.holds if every else node.holds)).bit_count()
        return cost / (ends + 0.5)

    def _either(self, node: Either) -> Mapping[str, int]:
        needs = dict(self.needs(node.condition))
        add(needs, self.needs(node.then), node.condition.holds)
        add(needs, self.needs(node.otherwise), self.everybody & ~node.condition.holds)
        return needs
