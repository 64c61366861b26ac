"""Whether a fact can still matter: whether some answer to it, with some answers to others, settles what is open.

It is looked for, and found or not: a citizen whose every other answer leaves the condition open until this one is
given. The other facts are tried before it, so a fact that others always make unnecessary is never found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum

from attrs import define, field, frozen

from lgbm.interview.answers import put
from lgbm.interview.asks import with_persons
from lgbm.interview.subject import Seen, Subject, Target
from lgbm.interview.trying import Constants, constants_of, values
from lgbm.model.facts import Unknown, circumstance_of, doubts_in
from lgbm.model.values import Value
from lgbm.rules.semantics import evaluate

_MOST_LOOKS = 120
"""Profiles that are looked at for one fact and one condition, before it is left open whether it matters."""
_MOST_TOGETHER = 600
"""The same for one question, however many facts are tried for it."""


class Matters(Enum):
    """Whether a fact matters: shown by an example, shown to be none, or not found out."""

    YES = "yes"
    NO = "no"
    NOT_FOUND_OUT = "not found out"


Askable = Callable[[Seen, Iterable[str], Mapping[str, Value]], Mapping[str, str]]
"""Of missing facts, those that can be asked for, each with the missing fact that it gives."""


@define
class Patience:
    """How much may still be looked at before a question is put."""

    left: int = _MOST_TOGETHER


class _TiredError(Exception):
    """More was looked at than may be."""


@frozen
class Look:
    """What is known of one condition: whether it is settled, and the facts that can be asked for."""

    settled: bool
    asks: Mapping[str, str] = field(factory=dict[str, str])


@define
class Search:
    """Looks for somebody for whom a fact makes the difference to *target*."""

    subject: Subject
    target: Target
    askable: Askable
    patience: Patience
    near: Constants = field(init=False)
    _left: int = field(init=False, default=_MOST_LOOKS)

    def __attrs_post_init__(self) -> None:
        self.near = constants_of(self.subject.terms_of(self.target))

    def matters(self, path: str, stated: Mapping[str, Value]) -> Matters:
        """Whether *path* can matter to the target, beside what is *stated*."""
        self._left = _MOST_LOOKS
        try:
            return Matters.YES if self._found(path, dict(stated)) else Matters.NO
        except _TiredError:
            return Matters.NOT_FOUND_OUT

    def _found(self, path: str, stated: dict[str, Value]) -> bool:
        look = self._look(stated)
        if look is None or look.settled or path not in look.asks:
            return False
        if self._settles(path, stated):
            return True
        other = self._next(path, look)
        if other is not None:
            return any(self._found(path, tried) for tried in self._tried(other, stated))
        return any(self._opens(look, tried) for tried in self._tried(path, stated))

    def _opens(self, look: Look, tried: dict[str, Value]) -> bool:
        """Whether what was *tried* lets something else be asked that matters: a fact that waited for its gate."""
        after = self._look(tried)
        if after is None:
            return False
        return any(self._found(one, tried) for one in sorted(after.asks.keys() - look.asks.keys()))

    def _settles(self, path: str, stated: dict[str, Value]) -> bool:
        looks = (self._look(tried) for tried in self._tried(path, stated))
        return any(look is not None and look.settled for look in looks)

    def _tried(self, path: str, stated: dict[str, Value]) -> Iterable[dict[str, Value]]:
        one = self.subject.about(path)
        opens = circumstance_of(path) in self.subject.opening
        for value in values(one, path, self.near, self.subject.book.day):
            tried = dict(stated)
            put(tried, path, value)
            # Once it is known that there is somebody, the next thing to ask is about her.
            yield with_persons(self.subject, tried) if opens else tried

    def _next(self, path: str, look: Look) -> str | None:
        """The fact to try before *path*; always in the same order, what others depend on first."""
        reads = self.subject.book.book.reads
        others = (one for one in look.asks if one != path)
        return min(others, key=lambda one: (len(reads.get(circumstance_of(one), ())), one), default=None)

    def _look(self, stated: dict[str, Value]) -> Look | None:
        if self._left <= 0 or self.patience.left <= 0:
            raise _TiredError
        self._left -= 1
        self.patience.left -= 1
        seen = self.subject.seen(stated, self.target)
        if seen is None:
            return None
        found = evaluate(self.subject.targets[self.target], seen.after)
        if not isinstance(found, Unknown):
            return Look(settled=True)
        names = {name for doubt in doubts_in((found,)) for name in doubt.names}
        return Look(settled=False, asks=self.askable(seen, names, stated))
