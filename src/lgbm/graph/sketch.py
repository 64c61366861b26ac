"""A picture while it is being made: boxes and arrows are put down, then folded until a glance can take them in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from attrs import define, evolve, field, frozen

from lgbm.graph.picture import COLUMNS, Arrow, Box
from lgbm.outline import Mark

Group: TypeAlias = Callable[[str], "tuple[str, str] | None"]
"""For the node of a box, the id and the label of the box that it may be folded into; nothing for a box of its own."""

Wording: TypeAlias = Callable[[str, str], tuple[str, str]]
"""From the label of a group, and how much is in it, to the label of its box and its note."""

_ORDER: Mapping[Mark, int] = {"yes": 1, "change": 2, "ask": 3, "no": 4, "": 5}
"""Of several marks, the one that a box has in which they are folded."""


@frozen
class Nouns:
    """How many there are of a kind, in words."""

    one: str
    many: str

    def __call__(self, number: int) -> str:
        return f"{number} {self.one if number == 1 else self.many}"


NOUNS: Mapping[str, Nouns] = {
    "event": Nouns("life event", "life events"),
    "circumstance": Nouns("circumstance", "circumstances"),
    "need": Nouns("need", "needs"),
    "service": Nouns("service", "services"),
    "outcome": Nouns("outcome", "outcomes"),
    "indicator": Nouns("indicator", "indicators"),
}


def as_it_is(label: str, count: str) -> tuple[str, str]:
    """The label of the group, and under it how much there is."""
    return label, count


def counted(label: str, count: str) -> tuple[str, str]:
    """How much there is, and under it of what."""
    return count, label


@define
class Sketch:
    """Boxes by id, in the order in which they were put down, and arrows between them."""

    boxes: dict[str, Box] = field(factory=dict[str, Box])
    arrows: dict[tuple[str, str], Arrow] = field(factory=dict[tuple[str, str], Arrow])
    inside: dict[str, str] = field(factory=dict[str, str])
    """Where a box has gone that was folded."""

    def box(self, name: str, kind: str, label: str, note: str = "", mark: Mark = "") -> None:
        """Put down a box, if it is not there yet."""
        self.boxes.setdefault(name, Box(name, kind, label, note, mark))

    def arrow(self, source: str, target: str, says: str, direct: bool = False, weight: int = 1) -> None:
        """Put down an arrow between two boxes that are there; what several say of the same two becomes one."""
        source, target = self.inside.get(source, source), self.inside.get(target, target)
        if not (source in self.boxes and target in self.boxes) or self._column(source) >= self._column(target):
            return
        known = self.arrows.get((source, target))
        if known is not None:
            words = says if says in known.says.split(" and ") else f"{known.says} and {says}"
            says = known.says if words == says else words
            weight, direct = weight + known.weight, direct and known.direct
        self.arrows[source, target] = Arrow(source, target, says, weight, direct)

    def _column(self, name: str) -> int:
        return list(COLUMNS).index(self.boxes[name].kind)

    def group(self, kind: str, group: Group, worded: Wording = as_it_is, among: Iterable[str] | None = None) -> None:
        """Fold boxes of a kind into those of their groups. *among* are those that may be folded."""
        free = set(self.boxes if among is None else among)
        groups: dict[tuple[str, str], list[Box]] = {}
        for one in self.boxes.values():
            into = group(one.id) if one.kind == kind and one.id in free else None
            if into is not None:
                groups.setdefault(into, []).append(one)
        for (name, label), members in groups.items():
            if len(members) > 1:
                self.into(name, kind, label, members, worded)

    def fold(self, kind: str, most: int, label: str = "Others", kept: Iterable[str] = ()) -> None:
        """Fold those boxes of a kind that have the fewest relations into one, until there are at most so many.

        Those *kept* stay as they are.
        """
        mine = [one for one in self.boxes.values() if one.kind == kind]
        held, near = set(kept), self.near()
        spare = [one for one in mine if one.id not in held]
        spare.sort(key=lambda one: (len(one.holds), near.get(one.id, 0)), reverse=True)
        if len(mine) > most and len(spare) > 1:
            self.into(f"other {kind}", kind, label, spare[-(len(mine) - most + 1) :], as_it_is)

    def count(self, kind: str) -> int:
        """How many boxes of a kind there are."""
        return sum(one.kind == kind for one in self.boxes.values())

    def near(self) -> dict[str, int]:
        """How many relations each box has."""
        found: dict[str, int] = {}
        for arrow in self.arrows.values():
            for one in (arrow.source, arrow.target):
                found[one] = found.get(one, 0) + arrow.weight
        return found

    def into(self, name: str, kind: str, label: str, members: Iterable[Box], worded: Wording) -> None:
        """Put one box in the place of these."""
        members = [one for one in members if one.id in self.boxes]
        if not members:
            return
        holds = tuple(label for one in members for label in (one.holds or (one.label,)))
        strongest = min(members, key=lambda one: _ORDER.get(one.mark, 0))
        said, note = worded(label, NOUNS[kind](len(holds)))
        box = Box(name, kind, said, note, strongest.mark, holds)
        gone = {one.id for one in members}
        first = next(one for one in self.boxes if one in gone)
        order = [name if one == first else one for one in self.boxes if one == first or one not in gone]
        known = self.boxes | {name: box}
        self.boxes = {one: known[one] for one in order}
        self.inside |= {one: name for one, other in self.inside.items() if other in gone} | dict.fromkeys(gone, name)
        # The name of a group may be that of one of its members.
        self.inside.pop(name, None)
        waiting, self.arrows = self.arrows, {}
        for arrow in waiting.values():
            self.arrow(arrow.source, arrow.target, arrow.says, arrow.direct, arrow.weight)

    def noted(self, name: str, note: str) -> None:
        """Give a box that is there its note."""
        if name in self.boxes:
            self.boxes[name] = evolve(self.boxes[name], note=note)
