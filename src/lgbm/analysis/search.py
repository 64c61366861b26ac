"""Looking for somebody of whom a condition is true, or false.

The definition itself is the solver. The search begins with nothing known and asks the conditions. What is decided as
wanted is done; what is decided otherwise can never become right, since learning a fact never changes an answer, so that
way is given up; and what is not known names the facts that it wants for, of which one is tried with one value after
another. Where a way fails for facts that the last one tried had no part in, its other values are not tried either.

What is found has been asked of the model itself. What is not found within the steps allowed may exist all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeAlias

from attrs import field, frozen

from lgbm.analysis.trying import Hints, candidates, hints, leaning, name_in_hints, step_of
from lgbm.analysis.turning import turning
from lgbm.analysis.world import ContradictionError, World
from lgbm.decision import Status
from lgbm.executable import Model
from lgbm.model.facts import Facts, circumstance_of, doubts_in
from lgbm.model.truth import Truth
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook
from lgbm.rules.semantics import evaluate, truth

STEPS = 2000
"""How many partial profiles a search looks at before it gives up, in each of two orders of values."""

Profile: TypeAlias = Mapping[str, Any]
Goal: TypeAlias = "tuple[t.Term, bool]"
"""A condition, and what it is to be."""

_KIND_ORDER = ("boolean", "choice", "number", "money", "date", "choices", "text", "person", "people")


class _SpentError(Exception):
    """The steps allowed are used up."""


def profile_for(
    model: Model,
    service: str,
    status: Status,
    *,
    on: date,
    given: Profile | None = None,
    steps: int = STEPS,
) -> dict[str, Any] | None:
    """Facts on which *service* is decided as *status* (eligible or ineligible), besides those *given*; or nothing.

    What is found has been resolved, and came out so. It states leaf facts only: no fact that follows from another.
    Nothing found proves nothing: only values that the rules speak of are tried, and only so many *steps*.
    """
    if status is Status.UNDETERMINED:
        raise ValueError("what is not known needs no search: state nothing")
    return profile_in(World(model, on), service, status, given=given, steps=steps)


def profile_in(
    world: World, service: str, status: Status, *, given: Profile | None = None, steps: int = STEPS
) -> dict[str, Any] | None:
    """The same in a world that is there already."""
    condition = world.book.services.get(service)
    if condition is None:
        return None
    found = facts_for(world, [(condition, status is Status.ELIGIBLE)], given=given, steps=steps)
    if found is None or world.model.resolve(found, on=world.day)[service].status is not status:
        return None
    return found


def facts_for(
    world: World, goals: Sequence[Goal], *, given: Profile | None = None, steps: int = STEPS
) -> dict[str, Any] | None:
    """Facts, besides those *given*, on which every condition of *goals* is as wanted; or nothing."""
    terms = [term for term, _ in goals]
    cone = world.cone(terms)
    hinted = cache(lambda: hints(world, terms, cone))
    for far in (False, True):
        search = _Search(world, world.part(cone), hinted, far, [steps])
        try:
            found, _ = search.solve(tuple(goals), (), dict(given or {}))
        except _SpentError:
            continue
        if found is not None:
            return found
    return None


_Blame: TypeAlias = frozenset[str]
"""The tried facts without which a way would not have failed."""
_Answer: TypeAlias = "tuple[dict[str, Any] | None, _Blame]"
_NOBODY: _Blame = frozenset()


@frozen(eq=False)
class _Search:
    world: World
    part: DatedRulebook
    hinted: Callable[[], Hints]
    far: bool
    left: list[int]
    _tried: dict[tuple[str, bool | None], tuple[Any, ...]] = field(
        init=False, factory=dict[tuple[str, bool | None], tuple[Any, ...]]
    )

    def solve(self, goals: tuple[Goal, ...], trail: tuple[str, ...], profile: dict[str, Any]) -> _Answer:
        """A profile that holds *profile* and reaches *goals*; or nothing, and which facts of *trail* are to blame."""
        self._spend()
        stated = self.world.stated(profile)
        if stated is None:
            return None, frozenset(trail[-1:])
        try:
            facts = self.world.settle(self.part, stated)
        except ContradictionError as found:
            return None, _among(found.names, trail)
        waiting: list[Goal] = []
        for goal in goals:
            missed = self._unfold(goal, facts, waiting)
            if missed is not None:
                return None, self._blamed(missed, trail)
        if not waiting:
            return profile, _NOBODY
        ranked = [(self._rank(goal, facts), place) for place, goal in enumerate(waiting)]
        first = waiting[min(ranked)[1]]
        rest = tuple(goal for goal in waiting if goal is not first)
        ways = _ways(first)
        if ways is not None:
            return self._any_way(ways, rest, first, trail, profile)
        return self._any_value(first, (first, *rest), facts, trail, profile)

    def _spend(self) -> None:
        self.left[0] -= 1
        if self.left[0] < 0:
            raise _SpentError

    def _blamed(self, goal: Goal, trail: tuple[str, ...]) -> _Blame:
        return _among(self.world.cone([goal[0]]), trail)

    def _unfold(self, goal: Goal, facts: Facts, waiting: list[Goal]) -> Goal | None:
        """Put into *waiting* what is still to be reached for *goal*; gives the part that never can be, if any."""
        parts = self._together(goal, facts)
        if parts is None:
            known = truth(goal[0], facts)
            if known is Truth.UNKNOWN:
                waiting.append(goal)
                return None
            return None if (known is Truth.TRUE) is goal[1] else goal
        for part in parts:
            missed = self._unfold(part, facts, waiting)
            if missed is not None:
                return missed
        return None

    def _together(self, goal: Goal, facts: Facts) -> list[Goal] | None:
        """The goals that all have to be reached for this one; nothing where it does not fall into parts."""
        term, wanted = goal
        match term:
            case t.Stated(part):
                return [(part, wanted)]
            case t.Not(part):
                return [(part, not wanted)]
            case t.And(parts) if wanted:
                return [(part, True) for part in parts]
            case t.Or(parts) if not wanted:
                return [(part, False) for part in parts]
            case t.Compare("=", left, t.Const(bool() as value)):
                return [(left, value is wanted)]
            case t.Fact(name) if name not in facts.known:
                how = self.part.derived.get(name)
                if how is None or how.formula is None or how.gate is not None or name in facts.value(name).names:  # type: ignore[union-attr]
                    return None
                return [(how.formula.part, wanted)]
            case _:
                return None

    def _rank(self, goal: Goal, facts: Facts) -> tuple[int, int]:
        """What is to be reached first: what leaves the least choice."""
        ways = _ways(goal)
        if ways is not None:
            return 3 + len(ways), 0
        names = _missing(goal[0], facts)
        return (2 if any(self._kind(name) >= _KIND_ORDER.index("person") for name in names) else 1), len(names)

    def _kind(self, path: str) -> int:
        one = self.world.about(path)
        return _KIND_ORDER.index(one.kind.value) if one is not None else 0

    def _any_way(
        self,
        ways: Sequence[tuple[Goal, ...]],
        rest: tuple[Goal, ...],
        whole: Goal,
        trail: tuple[str, ...],
        profile: dict[str, Any],
    ) -> _Answer:
        blame = self._blamed(whole, trail)
        for way in ways:
            found, why = self.solve((*way, *rest), trail, profile)
            if found is not None:
                return found, why
            blame |= why
        return None, blame

    def _any_value(
        self, goal: Goal, goals: tuple[Goal, ...], facts: Facts, trail: tuple[str, ...], profile: dict[str, Any]
    ) -> _Answer:
        # Nothing can be said of a person who is there by `otherwise` alone.
        names = [name for name in _missing(goal[0], facts) if circumstance_of(name) in (name, *profile)]
        if not names:
            return None, self._blamed(goal, trail)
        reads = self.world.book.book.reads
        among = {circumstance_of(name) for name in names}

        def order(name: str) -> tuple[int, int, str]:
            return len(reads.get(circumstance_of(name), _NOBODY) & among), self._kind(name), name

        path = min(names, key=order)
        blame = self._blamed(goal, trail)
        for value in self._values(path, goal, facts, profile):
            found, why = self.solve(goals, (*trail, path), _with(profile, path, value))
            if found is not None or path not in why:
                return found, why
            blame |= why - {path}
        return None, blame

    def _values(self, path: str, goal: Goal, facts: Facts, profile: dict[str, Any]) -> Iterator[Any]:
        """The values to try for *path*, and last those at which the condition of *goal* turns."""
        term, wanted = goal
        more = leaning(self.world, term, wanted).get(name_in_hints(self.world, path))
        tried = self._tried.get((path, more))
        if tried is None:
            tried = self._tried[path, more] = candidates(self.world, path, self.hinted, more, self.far)
        yield from tried
        if isinstance(term, t.Compare) and _missing(term, facts) == [path]:
            # Where the left side goes from at most to more than the right, whatever the sign between them.
            above = t.Compare(">", term.left, term.right)
            step = step_of(self.world.about(path))
            seen = {str(value) for value in tried}
            for value in turning(tried, step, lambda value: self._asked(above, _with(profile, path, value))):
                if str(value) not in seen:
                    yield value

    def _asked(self, term: t.Term, profile: dict[str, Any]) -> Truth:
        self._spend()
        stated = self.world.stated(profile)
        if stated is None:
            return Truth.UNKNOWN
        try:
            return truth(term, self.world.settle(self.part, stated))
        except ContradictionError:
            return Truth.UNKNOWN


def _ways(goal: Goal) -> list[tuple[Goal, ...]] | None:
    """The ways to reach *goal*, of which one is enough; nothing where it does not fall into ways."""
    term, wanted = goal
    match term:
        case t.Or(parts) if wanted:
            return [((part, True),) for part in parts]
        case t.And(parts) if not wanted:
            return [((part, False),) for part in parts]
        case t.If(condition, then, otherwise):
            return [((condition, True), (then, wanted)), ((condition, False), (otherwise, wanted))]
        case _:
            return None


def _missing(term: t.Term, facts: Facts) -> list[str]:
    return sorted({name for doubt in doubts_in((evaluate(term, facts),)) for name in doubt.names})


def _among(names: frozenset[str], trail: tuple[str, ...]) -> _Blame:
    return frozenset(path for path in trail if circumstance_of(path) in names)


def _with(profile: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """*profile* with *value* at *path*; the profile itself stays as it is."""
    owner = circumstance_of(path)
    if owner == path:
        return {**profile, path: value}
    head, _, name = path.rpartition(".")
    if head == owner:
        return {**profile, owner: {**profile[owner], name: value}}
    place = int(head[len(owner) + 1 : -1]) - 1
    people = [{**one, name: value} if at == place else one for at, one in enumerate(profile[owner])]
    return {**profile, owner: people}
