"""Which facts are likely to be needed: of the ways to settle a condition, the one that is expected to ask least.

Whoever wants to know whether all of several things hold asks first for the one that costs little and fails often, and
goes on to the next only if it held. So each fact is needed for those citizens for whom everything before it held.
Citizens are the sample of `Weights`, a bit each; a fact that is needed for all of them can be asked without regret.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from attrs import field, frozen

from lgbm.interview.subject import Subject
from lgbm.model.facts import Facts, circumstance_of, doubts_in
from lgbm.model.truth import Truth
from lgbm.rules import term as t
from lgbm.rules.rulebook import Derived
from lgbm.rules.semantics import evaluate, truth

NOTHING: Mapping[str, int] = {}


@frozen
class Likely:
    """Of a condition: of whom it is true, and whom each missing fact is needed of; citizens are bits."""

    holds: int
    needs: Mapping[str, int] = NOTHING


@frozen
class Needed:
    """Works out who needs what, on *facts*. *effort* is what it costs to have a fact asked for."""

    subject: Subject
    facts: Facts
    effort: Callable[[str], float] = field(default=lambda _: 1.0)
    _found: dict[t.Term, Likely] = field(init=False, factory=dict[t.Term, Likely])
    _following: set[str] = field(init=False, factory=set[str])

    def of(self, term: t.Term) -> Likely:
        """Of *term*, a condition."""
        found = self._found.get(term)
        if found is None:
            found = self._found[term] = self._likely(term)
        return found

    def _likely(self, term: t.Term) -> Likely:
        match term:
            case t.Stated(part):
                return self.of(part)
            case t.Not(part):
                return self._opposite(self.of(part))
            case t.And(parts):
                return self._all(map(self.of, parts))
            case t.Or(parts):
                return self._any(map(self.of, parts))
            case t.If(condition, then, otherwise):
                return self._either(self.of(condition), self.of(then), self.of(otherwise))
            case t.Fact(name, "boolean") if name in self.subject.book.derived and self.facts.known.get(name) is None:
                return self._derived(term, self.subject.book.derived[name])
            case _:
                return self._question(term)

    @property
    def _everybody(self) -> int:
        return self.subject.weights.everybody

    def _opposite(self, one: Likely) -> Likely:
        return Likely(self._everybody & ~one.holds, one.needs)

    def _all(self, parts: Iterable[Likely]) -> Likely:
        """All of *parts*, the cheapest and likeliest to fail first."""
        listed = list(parts)
        if any(not one.needs and not one.holds for one in listed):
            return Likely(0)
        asked = sorted((one for one in listed if one.needs), key=self._price)
        reached, needs = self._everybody, dict[str, int]()
        for one in asked:
            for path, who in one.needs.items():
                needs[path] = needs.get(path, 0) | (who & reached)
            reached &= one.holds
        return Likely(reached, needs)

    def _any(self, parts: Iterable[Likely]) -> Likely:
        return self._opposite(self._all(map(self._opposite, parts)))

    def _either(self, condition: Likely, then: Likely, otherwise: Likely) -> Likely:
        yes, no = condition.holds, self._everybody & ~condition.holds
        needs = dict(condition.needs)
        for branch, who in ((then, yes), (otherwise, no)):
            for path, whose in branch.needs.items():
                needs[path] = needs.get(path, 0) | (whose & who)
        return Likely((then.holds & yes) | (otherwise.holds & no), needs)

    def _price(self, one: Likely) -> float:
        """What it costs to ask for it, for each citizen for whom that is the end."""
        cost = sum(self.effort(path) * who.bit_count() for path, who in one.needs.items())
        fails = (self._everybody & ~one.holds).bit_count()
        return cost / (fails + 0.5)

    def _derived(self, term: t.Fact, how: Derived) -> Likely:
        """A fact that follows from others, as what it follows from: its gate, and its formula or its own value."""
        if term.name in self._following:
            return self._question(term)
        self._following.add(term.name)
        own = self.of(how.formula) if how.formula is not None else self._own(term)
        gate = self.of(how.gate) if how.gate is not None else Likely(self._everybody)
        self._following.discard(term.name)
        return self._either(gate, own, Likely(self._everybody if how.otherwise is True else 0))

    def _own(self, term: t.Fact) -> Likely:
        key = f"{term.name} where it applies"
        return Likely(self.subject.weights.of(term, key=key), {term.name: self._everybody})

    def _question(self, term: t.Term) -> Likely:
        """A question that no other condition is in."""
        found = evaluate(term, self.facts)
        if found is True or found is False:
            return Likely(self._everybody if found else 0)
        names = {name for doubt in doubts_in((found,)) for name in doubt.names}
        needs = {name: self._applies(name) for name in names}
        return Likely(self.subject.weights.of(term, self._options(term)), needs or NOTHING)

    def _applies(self, path: str) -> int:
        """Of whom the fact is asked at all."""
        how = self.subject.book.derived.get(circumstance_of(path))
        if how is None or how.gate is None or truth(how.gate, self.facts) is not Truth.UNKNOWN:
            return self._everybody
        return self.of(how.gate).holds

    def _options(self, term: t.Term) -> int:
        match term:
            case t.Compare(_, t.Fact(name), t.Const(str())) | t.OneOf(t.Fact(name), _):
                one = self.subject.about(name)
                return len(one.options) if one is not None else 0
            case _:
                return 0


def likely_needs(
    subject: Subject, facts: Facts, open_terms: Iterable[t.Term], live: int
) -> Mapping[str, tuple[int, int]]:
    """For each missing fact of what is open: of how many citizens it is needed at all, and for how many answers."""
    terms = list(open_terms)
    first = [Needed(subject, facts).of(term) for term in terms]
    weight: dict[str, int] = {}
    for one in first:
        for path, who in one.needs.items():
            weight[path] = weight.get(path, 0) + (who & live).bit_count()
    rows = live.bit_count()
    # What is likely to be asked for another reason anyway costs next to nothing here.
    again = Needed(subject, facts, lambda path: rows / (rows + weight.get(path, 0)))
    who_needs: dict[str, list[int]] = {}
    for term in terms:
        for path, who in again.of(term).needs.items():
            who_needs.setdefault(path, []).append(who & live)
    return {path: (_any_of(who).bit_count(), sum(one.bit_count() for one in who)) for path, who in who_needs.items()}


def _any_of(bits: Iterable[int]) -> int:
    found = 0
    for one in bits:
        found |= one
    return found
