"""The next best question: of what can still matter, what most citizens need most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from attrs import field, frozen

from lgbm.interview.answers import RECEIVES, Answer
from lgbm.interview.asks import Asks
from lgbm.interview.matters import Matters, Patience, Search
from lgbm.interview.needed import likely_needs
from lgbm.interview.questions import topic
from lgbm.interview.subject import Seen, Subject, Target
from lgbm.model.facts import Unknown, doubts_in
from lgbm.model.values import Value
from lgbm.rules import term as t
from lgbm.rules.semantics import evaluate

_AS_GOOD = 0.97
"""A question that is needed nearly as much as the best is asked first, if it goes on with what was talked about."""
_CONDITIONS_TRIED = 4


@frozen
class Chosen:
    """What to ask for: a path, or `receives` *of* some services; and what that may settle."""

    path: str
    of: tuple[str, ...]
    settles: tuple[Target, ...]


@frozen(slots=False)
class Choosing:
    """Chooses what to ask next, when so much is known."""

    subject: Subject
    stated: Mapping[str, Value]
    seen: Seen
    answers: Sequence[Answer]
    open: Mapping[Target, t.Term]
    _patience: Patience = field(init=False, factory=Patience)
    _searches: dict[Target, Search] = field(init=False, factory=dict[Target, Search])

    @cached_property
    def _asks(self) -> Asks:
        return Asks(self.subject, frozenset(path for one in self.answers for path in one.paths))

    @cached_property
    def wanted(self) -> Mapping[str, tuple[Target, ...]]:
        """What can be asked for, and what wants for it: those first that want for little besides."""
        wants: dict[str, list[Target]] = {}
        missing: dict[Target, set[str]] = {}
        for target, term in self.open.items():
            found = evaluate(term, self.seen.after)
            names = {name for doubt in doubts_in((found,)) for name in doubt.names}
            missing[target] = names
            for name in names if isinstance(found, Unknown) else ():
                wants.setdefault(name, []).append(target)
        asks = self._asks.among(self.seen, wants, self.stated)
        return {
            path: tuple(sorted(wants.get(name, ()), key=lambda target: (len(missing[target]), target)))
            for path, name in asks.items()
        }

    def chosen(self, first: str = "") -> Chosen | None:
        """What to ask for; nothing, when no answer can matter any more. *first* comes first, if it matters."""
        left: list[str] = []
        sooner = [one for one in self.wanted if one == first or (first == RECEIVES and one.startswith("receives("))]
        for path in chain(sooner, self._in_order()):
            match self._matters(path):
                case Matters.YES:
                    return self._chosen(path)
                case Matters.NOT_FOUND_OUT:
                    left.append(path)
                case Matters.NO:
                    pass
        return self._chosen(left[0]) if left else None

    def _chosen(self, path: str) -> Chosen:
        if not path.startswith("receives("):
            return Chosen(path, (), self.wanted[path])
        asked = [one for one in self.wanted if one.startswith("receives(")]
        matter = [one for one in asked if one == path or self._matters(one) is not Matters.NO]
        settles = dict.fromkeys(target for one in matter for target in self.wanted[one])
        return Chosen(RECEIVES, tuple(sorted(one[10:-2] for one in matter)), tuple(settles))

    def _in_order(self) -> Iterator[str]:
        """What can be asked for, the most needed first."""
        if self.subject.as_written:
            yield from sorted(self.wanted, key=lambda path: topic(self.subject, path)[::-1])
            return
        answers = ((path, one.value) for one in self.answers if one.declined is None for path in one.paths)
        live = self.subject.weights.like(answers)
        needs = likely_needs(self.subject, self.seen.after, self.open.values(), live)
        worth = {path: self._worth(path, needs) for path in self.wanted}
        received = [path for path in worth if path.startswith("receives(")]
        together = sum(worth[path] for path in received)
        worth |= dict.fromkeys(received, together)
        left = dict(worth)
        while left:
            best = max(left.values())
            as_good = [path for path, value in left.items() if value >= best * _AS_GOOD]
            chosen = min(as_good, key=lambda path: (self._far(path), -left[path], path))
            del left[chosen]
            yield chosen

    def _worth(self, path: str, needs: Mapping[str, int]) -> float:
        names = {path, *self._asks_for(path)}
        return sum(needs[name] for name in names if name in needs)

    def _asks_for(self, path: str) -> Iterator[str]:
        found = self.seen.after.unknown.get(path)
        if found is not None:
            yield from found.names

    def _far(self, path: str) -> tuple[bool, int]:
        """How far it is from what was talked about last."""
        owner, place = topic(self.subject, path)
        if not self.answers:
            return owner != "", place
        last_owner, last = topic(self.subject, self.answers[-1].asked)
        return owner != last_owner, (place - last) % (2 * len(self.subject.places) + 1)

    def _matters(self, path: str) -> Matters:
        """Whether it matters to anything that is open, the simplest of that first."""
        found = Matters.NO
        for place, target in enumerate(self.wanted[path]):
            if place >= _CONDITIONS_TRIED and found is Matters.NOT_FOUND_OUT:
                break
            search = self._searches.get(target)
            if search is None:
                search = self._searches[target] = Search(self.subject, target, self._asks.among, self._patience)
            match search.matters(path, self.stated):
                case Matters.YES:
                    return Matters.YES
                case Matters.NOT_FOUND_OUT:
                    found = Matters.NOT_FOUND_OUT
                case Matters.NO:
                    pass
        return found
