"""Changes in words: a fact, what it would have to become, and the clause that makes it so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from lgbm.changing.moves import Follow, Move
from lgbm.changing.scale import Range
from lgbm.changing.standing import Standing
from lgbm.model.concepts import Kind
from lgbm.model.facts import circumstance_of, same
from lgbm.model.truth import Truth
from lgbm.model.values import Value
from lgbm.outline import Line, Mark
from lgbm.rules import term as t
from lgbm.rules.explain import reasons
from lgbm.rules.naming import Names, either
from lgbm.rules.semantics import truth
from lgbm.rules.wording import Words

_ENDS = (("at_least", "at least"), ("more_than", "more than"), ("at_most", "at most"), ("less_than", "less than"))
_DAYS = {"at_least": "on or after", "at_most": "on or before"}


@frozen
class Telling:
    """Says what would change, of one citizen and one service."""

    standing: Standing
    words: Words

    def move(
        self, path: str, options: Sequence[Value], span: Range | None, changes: Mapping[str, Value], mark: Mark
    ) -> Move:
        """The fact at *path* among *changes*; *mark* is the sign of its clauses."""
        before = self.standing.value(path)
        now = "does not apply now" if before is None else f"now {self._shown(before, path)}"
        text = f"{self.words.names.called(path)}: {self.wanted(path, options, span)} ({now})"
        return Move(path, before, changes[path], tuple(options), span, text, tuple(self._clauses(path, changes, mark)))

    def wanted(self, path: str, options: Sequence[Value], span: Range | None) -> str:
        """What the fact would have to be."""
        if span is None:
            about = self.standing.about(path)
            if about is not None and about.kind is Kind.CHOICES:
                return self._sets(path, options)
            return either([self._shown(one, path) for one in options])
        if span.at_least is not None and span.at_least == span.at_most:
            return f"{'' if span.whole else 'for example '}{self._shown(span.at_least, path)}"
        said: list[str] = []
        for name, words in _ENDS:
            end = getattr(span, name)
            if end is not None:
                word = _DAYS.get(name, words) if isinstance(end, date) else words
                said.append(f"{word} {self._shown(end, path)}")
        return " and ".join(said) or "anything"

    def _sets(self, path: str, options: Sequence[Value]) -> str:
        """Sets of options by what joins them and what leaves them."""
        held = set[Any](self.standing.value(path) or ())  # type: ignore[arg-type]
        joins: list[str] = []
        others: list[str] = []
        for one in options:
            chosen = set[Any](one)  # type: ignore[arg-type]
            added = chosen - held
            if len(added) == 1 and chosen > held:
                joins.append(self.words.names.option(added.pop(), t.Fact(path, "list")))
            else:
                others.append(self._shown(one, path))
        return either([*(["with " + either(joins)] if joins else []), *others])

    def _shown(self, value: Value, path: str) -> str:
        return self.words.names.value(value, path)

    def _clauses(self, path: str, changes: Mapping[str, Value], mark: Mark) -> Iterator[Line]:
        """The conditions that read the fact and turn, as they stand now."""
        now, after, name = self.standing.now, self.standing.facts(changes), circumstance_of(path)
        turned = [
            (leaf, then)
            for leaf in dict.fromkeys(stated_leaves(self.standing.goal(changes)))
            if name in self.standing.cone(leaf) and truth(leaf, now) is not (then := truth(leaf, after))
        ]
        decided = [leaf for leaf, then in turned if then is not Truth.UNKNOWN] or [leaf for leaf, _ in turned]
        for leaf in [leaf for leaf in decided if name in t.facts_of(leaf)] or decided:
            yield from self.words.lines(reasons(leaf, now), now, mark)

    def follows(self, changes: Mapping[str, Value]) -> Iterator[Follow]:
        """Stated facts that lapse with *changes*, or that the rules then say are others."""
        after = self.standing.outcome(changes)
        changed, called = frozenset(map(circumstance_of, changes)), self.words.names.called
        for name, before in sorted(self.standing.whole.items()):
            about = self.standing.taxonomy.circumstances.get(name)
            if name in changed or about is None or about.fields or about.formula is not None:
                continue
            then = after.known.get(name)
            if not same(then, before):
                said = "no longer applies" if then is None else f"then {self._shown(then, name)}"
                text = f"{called(name)}: {said} (now {self._shown(before, name)})"
                yield Follow(name, before, then, text)


def cautions(move: Move, names: Names, advised: bool) -> Iterator[Line]:
    """What has to be said of a change, so that nobody takes it for more than it is; *advised*: if it is suggested."""
    if move.range is not None and not move.range.whole:
        yield Line("one value that was tried: where the limit lies was not worked out", mark="note")
    if advised and move.fact.startswith("receives(") and move.value is False:
        yield Line(f"it gives up what is paid now ({names.called(move.fact)}), which may be worth more", mark="note")


def stated_leaves(condition: t.Term) -> Iterator[t.Stated]:
    """The conditions as their author stated them that hold no other such."""
    inner = [leaf for part in t.parts_of(condition) for leaf in stated_leaves(part)]
    if inner:
        yield from inner
    elif isinstance(condition, t.Stated):
        yield condition


def without_repeats(lines: Sequence[Line], seen: set[Line]) -> tuple[Line, ...]:
    """*lines* but for those *seen* before."""
    fresh = [one for one in lines if one not in seen]
    seen.update(fresh)
    return tuple(fresh)
