"""Where along a number or a date the answer turns.

Between two neighbouring turning points no condition of the rules changes, so one value of such a stretch speaks for all
of it. Where it cannot be shown that there are no other turning points, that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from attrs import frozen

from lgbm.changing.ground import Changes
from lgbm.changing.scale import Range, Scale, exactly
from lgbm.changing.slopes import Slopes, questions
from lgbm.changing.standing import Standing
from lgbm.model.truth import Truth
from lgbm.model.values import Value
from lgbm.rules import term as t
from lgbm.rules.semantics import evaluate, truth

_FEW = 130
"""Values of which each can be tried: the years of an age."""
_MOST_PIECES = 40
"""Pieces of a number into which it is cut, to look at each by itself."""
_SIGNS: tuple[t.Comparison, ...] = (">", ">=")


@frozen
class Stretches:
    """A number or a date from end to end, in stretches on each of which the rules say one and the same."""

    scale: Scale
    starts: tuple[int, ...]
    """The step at which each stretch begins."""
    whole: bool
    """Whether it is shown that these are all."""

    def ends(self, at: int) -> tuple[int, int]:
        """The first and the last step of a stretch."""
        last = self.starts[at + 1] - 1 if at + 1 < len(self.starts) else self.scale.ends[1]
        return self.starts[at], last

    def nearest(self, at: int) -> int:
        """The step of a stretch that is nearest to what is so now."""
        now = self.scale.now
        return self.scale.plain_between(*self.ends(at), self.scale.place(now) if now is not None else 0)

    def where(self, value: Value) -> int:
        """The stretch that *value* is in."""
        place = self.scale.place(value)
        return max(at for at, start in enumerate(self.starts) if at == 0 or start <= place)

    def range(self, first: int, last: int) -> Range:
        """From the stretch *first* to the stretch *last*."""
        low, high = self.ends(first)[0], self.ends(last)[1]
        least, most = self.scale.ends
        value, round_at = self.scale.value, self.scale.roundness
        found: dict[str, Value] = {}
        if low == high:
            return exactly(value(low))
        # `more than £16,000` is what the law says, where `at least £16,000.01` would do.
        if low > least:
            over = not self.scale.is_date and round_at(low - 1) > round_at(low)
            found["more_than" if over else "at_least"] = value(low - 1 if over else low)
        if high < most:
            under = not self.scale.is_date and round_at(high + 1) > round_at(high)
            found["less_than" if under else "at_most"] = value(high + 1 if under else high)
        return Range(**found)  # type: ignore[arg-type]


def stretches(standing: Standing, path: str, changes: Changes) -> Stretches:
    """How the goal depends on the number or date at *path*, after *changes* of other facts."""
    scale = Scale(standing.about(path), standing.book.day, standing.value(path))
    low, high = scale.ends
    starts = {low}
    asked = questions(standing, (standing.goal(changes),), path)
    open_still: list[t.Term] = []
    # What is claimed has to be had before the claim is made, too.
    for stage in standing.stages(changes):
        found, left = _turns(standing, path, stage, scale, asked)
        starts |= found
        open_still += left
    if open_still and high - low < _FEW:
        return Stretches(scale, tuple(range(low, high + 1)), True)
    starts.update(one for question in open_still for one in _by_constants(question, scale) if low < one <= high)
    return Stretches(scale, tuple(sorted(starts)), not open_still)


def _turns(
    standing: Standing, path: str, changes: Changes, scale: Scale, asked: Sequence[t.Term]
) -> tuple[set[int], list[t.Term]]:
    """The steps from which on one of the questions comes out otherwise, and the questions of which that is not shown.

    A question may depend on others: between two of their steps these stay, so that it can be shown of each such piece.
    """
    low, high = scale.ends
    pieces = [(low, high, Slopes(standing, path, standing.facts({**changes, path: None})))]
    starts, left = {low}, [*asked]
    while left:
        turns = [(one, _crossings_of(pieces, one, changes, scale)) for one in left]
        starts.update(step for _, steps in turns for step in steps or () if low < step <= high)
        still = [one for one, steps in turns if steps is None]
        if len(still) in (0, len(left)) or len(starts) > _MOST_PIECES:
            return starts, still
        left, decided = still, frozenset(asked) - frozenset(still)
        first = sorted(starts)
        pieces = [
            (start, end, Slopes(standing, path, standing.facts({**changes, path: scale.value(start)}), decided))
            for start, end in zip(first, (*(one - 1 for one in first[1:]), high), strict=True)
        ]
    return starts, left


def _crossings_of(
    pieces: Sequence[tuple[int, int, Slopes]], question: t.Term, changes: Changes, scale: Scale
) -> list[int] | None:
    """The steps at which *question* turns, within each piece and from one to the next."""
    found = [start for start, _, _ in pieces[1:]]
    for start, end, slopes in pieces:
        steps = _crossings(slopes, question, changes, scale, (start, end)) if isinstance(question, t.Compare) else None
        if steps is None:
            return None
        found += [one for one in steps if start < one <= end]
    return found


def _by_constants(question: t.Term, scale: Scale) -> list[int]:
    """Steps worth trying, where it is not plain how the question depends on the fact."""
    found: list[int] = []
    waiting = [question]
    while waiting:
        one = waiting.pop()
        waiting.extend(t.parts_of(one))
        if isinstance(one, t.Const) and _fits(one.value, scale):
            place = scale.place(one.value)
            found += [place, place + 1]
    return found


def _fits(value: object, scale: Scale) -> bool:
    return (
        isinstance(value, date) if scale.is_date else isinstance(value, int | Decimal) and not isinstance(value, bool)
    )


def _crossings(
    slopes: Slopes, question: t.Compare, changes: Changes, scale: Scale, ends: tuple[int, int]
) -> list[int] | None:
    """The steps between *ends* at which one side of a comparison passes the other; nothing, if more often perhaps."""
    left, right = slopes.of(question.left), slopes.of(question.right)
    if left is None or right is None or left * right > 0:
        return None
    if not left and not right:
        return []
    direct = _direct(slopes, question, scale)
    if direct is not None:
        return direct
    signs = {"<": (">=",), ">=": (">=",), ">": (">",), "<=": (">",)}.get(question.operator, _SIGNS)
    found = [_halved(slopes, t.Compare(sign, question.left, question.right), changes, scale, ends) for sign in signs]  # type: ignore[arg-type]
    return None if None in found else [one for one in found if one is not None]


def _direct(slopes: Slopes, question: t.Compare, scale: Scale) -> list[int] | None:
    """The same, where the fact itself is compared with what is known."""
    for of, other in ((question.left, question.right), (question.right, question.left)):
        match t.meaning(of):
            case t.Fact(name) if name == slopes.path:
                pass
            case t.Field(t.Fact(owner), name) if f"{owner}.{name}" == slopes.path:
                pass
            case _:
                continue
        value = evaluate(other, slopes.facts) if slopes.of(other) == 0 else None
        if _fits(value, scale):
            place = scale.place(value)
            return [place, place + 1]
    return None


def _halved(slopes: Slopes, question: t.Compare, changes: Changes, scale: Scale, ends: tuple[int, int]) -> int | None:
    """The first step at which *question* is not as at the first of *ends*; that itself, where there is none."""
    standing, path = slopes.standing, slopes.path

    def at(place: int) -> Truth:
        return truth(question, standing.facts({**changes, path: scale.value(place)}))

    low, high = ends
    first, last = at(low), at(high)
    if Truth.UNKNOWN in (first, last):
        return None
    if first is last:
        return low
    while high - low > 1:
        middle = (low + high) // 2
        found = at(middle)
        if found is Truth.UNKNOWN:
            return None
        low, high = (middle, high) if found is first else (low, middle)
    return high
