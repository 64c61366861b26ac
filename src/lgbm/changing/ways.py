"""The smallest changes after which a condition holds.

The search begins with no change and asks what stands in the way: facts of which one at least has to change. Each of
them is tried, and with it whatever else it needs. Before values are tried for a set of facts, all of them are taken as
not known: where the condition is false even then, no values can help, since learning a fact never changes an answer.
So every smallest set is come to, and a set that is left out was shown not to help.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from attrs import field, frozen

from lgbm.changing.blocking import Blocking
from lgbm.changing.ground import Changes
from lgbm.changing.scale import Range, tried
from lgbm.changing.standing import Standing, paths_of
from lgbm.changing.stretches import stretches
from lgbm.changing.values import values
from lgbm.model.concepts import Kind
from lgbm.model.truth import Truth
from lgbm.model.values import Value
from lgbm.rules.semantics import truth

MOST = 3
"""Facts that are changed together, at most."""
STEPS = 3000
"""How many changed profiles a search looks at before it gives up, and says so."""
_NUMBERS = (Kind.NUMBER, Kind.MONEY, Kind.DATE)


@frozen
class Way:
    """Facts that together would do, each with every value that would, the others being as in `changes`."""

    changes: Mapping[str, Value]
    """Of each fact the value that is nearest to what is so now."""
    options: Mapping[str, tuple[Value, ...]]
    """Of facts without an order."""
    ranges: Mapping[str, Range]
    """Of numbers and dates."""


@frozen
class Found:
    """What a search found: the ways, and whether it is shown that there are no smaller ones and no others as small."""

    ways: tuple[Way, ...]
    proven: bool
    ended: bool = False
    """Whether it is shown that no number of changes would do."""


@frozen(eq=False)
class _Search:
    standing: Standing
    enough: frozenset[Truth]
    """What is to be known of the condition in the end."""
    fixed: frozenset[str]
    left: list[int]
    complete: list[bool] = field(init=False, factory=lambda: [True])
    _paths: dict[str, tuple[str, ...]] = field(init=False, factory=dict[str, tuple[str, ...]])

    def of(self, name: str) -> tuple[str, ...]:
        """The facts under a circumstance that may change."""
        found = self._paths.get(name)
        if found is None:
            able = () if name in self.fixed else paths_of(self.standing, name)
            # What is not known is to be asked for: it is no change. What does not apply is known not to.
            found = self._paths[name] = tuple(path for path in able if self.standing.settles(path))
        return found

    def run(self, most: int) -> Found:
        """Every smallest set of facts that would do, with the ways in which it does."""
        sets: list[frozenset[str]] = [frozenset()]
        for size in range(most + 1):
            found: list[Way] = []
            larger: dict[frozenset[str], None] = {}
            for chosen in sets:
                ways, besides = self._try(chosen)
                found += ways
                if size < most:
                    larger.update(dict.fromkeys(chosen | {path} for path in sorted(besides)))
                if self.left[0] <= 0:
                    return Found(tuple(found), False)
            if found:
                return Found(tuple(found), self.complete[0])
            sets = [*larger]
            if not sets and size < most:
                return Found((), self.complete[0], self.complete[0])
        return Found((), self.complete[0])

    def _try(self, chosen: frozenset[str]) -> tuple[list[Way], set[str]]:
        """The ways in which these facts do, and besides, of which others one would have to change where they do not."""
        besides: set[str] = set()
        working: list[Changes] = []
        # Numbers last: where everything else is settled, it is known where they turn.
        order = sorted(chosen, key=lambda path: (self._kind(path) in _NUMBERS, path))
        self._assign(order, {}, chosen, working, besides)
        return ([] if not chosen else [*_merged([self._widened(one, order) for one in working])]), besides

    def _kind(self, path: str) -> Kind:
        about = self.standing.about(path)
        return Kind.BOOLEAN if about is None else about.kind

    def _assign(
        self,
        left: Sequence[str],
        changes: Changes,
        chosen: frozenset[str],
        working: list[Changes],
        besides: set[str],
    ) -> bool:
        """Whether values for the facts that are *left* were found, so that it is as it is to be."""
        if self.left[0] <= 0:
            return False
        self.left[0] -= 1
        open_still = {**changes, **dict.fromkeys(left)}
        found = self.standing.truth(open_still)
        if found is Truth.FALSE:
            besides |= self._blocked(open_still, chosen, firm=True)
            return False
        if not left:
            if self._does(changes):
                working.append(changes)
                return True
            besides |= self._blocked(changes, chosen, firm=False)
            return False
        path, rest = left[0], left[1:]
        tried, whole = values(self.standing, path, {**changes, **dict.fromkeys(rest)})
        kind, now = self._kind(path), self.standing.value(path)
        done = False
        for value in tried:
            # Of numbers the nearest is enough, and of sets those that differ in one option.
            if done and (kind in _NUMBERS or (kind is Kind.CHOICES and not _differ_in_one(value, now))):
                return True
            done = self._assign(rest, {**changes, path: value}, chosen, working, besides) or done
        self.complete[0] = self.complete[0] and (whole or done)
        return done

    def _does(self, changes: Changes) -> bool:
        """Whether that is enough. What nobody can come to know is no way out."""
        truths = {self.standing.truth(changes), *(truth(*claim) for claim in self.standing.claims(changes))}
        return truths <= self.enough and (truths == {Truth.TRUE} or bool(self.standing.doubts(changes)))

    def _blocked(self, changes: Changes, chosen: frozenset[str], firm: bool) -> frozenset[str]:
        asked = [(self.standing.goal(changes), self.standing.facts(changes))]
        if not firm:
            asked += self.standing.claims(changes)
        found = frozenset[str]()
        for term, facts in asked:
            if firm or truth(term, facts) is not Truth.TRUE:
                found |= Blocking(self.standing, facts, self.of, chosen, firm).paths(term)
        return found

    def _widened(self, changes: Changes, order: Sequence[str]) -> Way:
        """All the values of each number that do, the other facts staying."""
        whole = {path: value for path, value in changes.items() if value is not None}
        ranges = {path: self._range(path, whole) for path in order if self._kind(path) in _NUMBERS}
        options = {path: (whole[path],) for path in order if path not in ranges}
        return Way(whole, options, ranges)

    def _range(self, path: str, changes: Mapping[str, Value]) -> Range:
        others = {name: value for name, value in changes.items() if name != path}
        found = stretches(self.standing, path, others)
        if not found.whole:
            return tried(changes[path])

        def does(at: int) -> bool:
            return self._does({**others, path: found.scale.value(found.nearest(at))})

        first = last = found.where(changes[path])
        while first > 0 and does(first - 1):
            first -= 1
        while last + 1 < len(found.starts) and does(last + 1):
            last += 1
        return found.range(first, last)


def _differ_in_one(value: Value, now: Value | None) -> bool:
    return isinstance(value, tuple) and isinstance(now, tuple) and len({*map(str, value)} ^ {*map(str, now)}) <= 1


def _merged(ways: Sequence[Way]) -> list[Way]:
    """Ways that differ in one option only become one way with both options."""
    merged = list(ways)
    for path in sorted({path for way in ways for path in way.options}):

        def rest(way: Way, path: str = path) -> str:
            return repr((sorted((name, one) for name, one in way.options.items() if name != path), way.ranges))

        groups = [[*group] for _, group in groupby(sorted(merged, key=rest), key=rest)]
        merged = [
            Way(
                group[0].changes,
                {**group[0].options, path: tuple(one for way in group for one in way.options[path])},
                group[0].ranges,
            )
            for group in groups
        ]
    return merged


def ways_to(standing: Standing, fixed: frozenset[str], most: int = MOST, steps: int = STEPS) -> Found:
    """The smallest changes after which the condition certainly holds, whatever is not known."""
    return _Search(standing, frozenset((Truth.TRUE,)), fixed, [steps]).run(most)


def ways_to_open(standing: Standing, fixed: frozenset[str], most: int = MOST, steps: int = STEPS) -> Found:
    """The smallest changes of what is known after which the condition is not ruled out any more."""
    return _Search(standing, frozenset((Truth.TRUE, Truth.UNKNOWN)), fixed, [steps]).run(most)
