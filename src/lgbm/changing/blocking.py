"""What stands in the way: facts of which at least one has to change before a condition can be as wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from lgbm.changing.standing import Standing
from lgbm.model.facts import Facts
from lgbm.model.truth import Truth
from lgbm.rules import term as t
from lgbm.rules.semantics import truth

_OPPOSITE = {True: Truth.FALSE, False: Truth.TRUE}


@frozen
class Blocking:
    """Finds what stands in the way, on *facts*.

    *of* gives the facts, by their paths, that may change under a circumstance; those in *free* do so already. With
    *firm*, only what is decided against the wish stands in its way; else what is not known does as well.
    """

    standing: Standing
    facts: Facts
    of: Callable[[str], Iterable[str]]
    free: frozenset[str]
    firm: bool

    def paths(self, term: t.Term, wanted: bool = True) -> frozenset[str]:
        """Of these facts one at least has to change for *term* to be as *wanted*, which it is not."""
        match term:
            case t.Stated(part):
                return self.paths(part, wanted)
            case t.Not(part):
                return self.paths(part, not wanted)
            case t.Compare("=" | "!=" as sign, left, t.Const(bool() as value)):
                return self.paths(left, wanted is (value is (sign == "=")))
            case t.And(parts) | t.Or(parts):
                waiting = [one for one in parts if self._against(one, wanted)]
                found = [self.paths(one, wanted) for one in waiting]
                if isinstance(term, t.And) is wanted:
                    # Each of them has to come right: the one with the fewest ways out is looked at first.
                    return min(found, key=len)
                return frozenset[str]().union(*found)
            case t.If(condition, then, otherwise):
                chosen = truth(condition, self.facts)
                branch = then if chosen is Truth.TRUE else otherwise
                if chosen is Truth.UNKNOWN or not self._against(branch, wanted):
                    return self._all(term)
                return self._all(condition) | self.paths(branch, wanted)
            case t.Fact(name):
                return self._fact(name, wanted)
            case _:
                return self._all(term)

    def _fact(self, name: str, wanted: bool) -> frozenset[str]:
        how = self.standing.part.derived.get(name)
        follows = how is not None and how.formula is not None and how.gate is None
        if follows and truth(how.formula, self.facts) is self._now(t.Fact(name, "boolean")):  # type: ignore[union-attr, arg-type]
            return self.paths(how.formula, wanted)  # type: ignore[union-attr, arg-type]
        return self._all(t.Fact(name, "boolean"))

    def _now(self, term: t.Term) -> Truth:
        return truth(term, self.facts)

    def _against(self, term: t.Term, wanted: bool) -> bool:
        found = self._now(term)
        return found is _OPPOSITE[wanted] or (not self.firm and found is Truth.UNKNOWN)

    def _all(self, term: t.Term) -> frozenset[str]:
        return frozenset(path for name in self.standing.cone(term) for path in self.of(name)) - self.free
