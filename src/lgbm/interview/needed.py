"""Which facts are likely to be needed: of the ways to settle a condition, the one that is expected to ask least.

Citizens are the sample of `Weights`, a bit each. A fact that makes the difference to something for one of them, all
else being known, is one that no order of asking spares her. Whoever wants to know whether all of several things hold
begins with the ones for which she is asked nothing that she would be spared, and among the others with the one that
costs little and fails often, and goes on to the next only if it held. So each fact is needed for those citizens for
whom everything before it held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from lgbm.interview.likely import NOTHING, Cheapest, Either, Likely, Node, Opposite, Several, differences
from lgbm.interview.subject import Subject
from lgbm.model.facts import Facts, circumstance_of, doubts_in
from lgbm.model.truth import Truth
from lgbm.rules import term as t
from lgbm.rules.rulebook import Derived
from lgbm.rules.semantics import evaluate, truth


@frozen
class Guessed:
    """What is left of conditions on *facts*, and of which citizens each part of it would be true."""

    subject: Subject
    facts: Facts
    everybody: int
    _found: dict[t.Term, Node] = field(init=False, factory=dict[t.Term, Node])
    _following: set[str] = field(init=False, factory=set[str])

    def of(self, term: t.Term) -> Node:
        """Of *term*, a condition."""
        found = self._found.get(term)
        if found is None:
            found = self._found[term] = self._node(term)
        return found

    def _node(self, term: t.Term) -> Node:
        match term:
            case t.Stated(part):
                return self.of(part)
            case t.Not(part):
                return self._opposite(self.of(part))
            case t.And(parts):
                return self._several(map(self.of, parts), every=True)
            case t.Or(parts):
                return self._several(map(self.of, parts), every=False)
            case t.If(condition, then, otherwise):
                return self._either(self.of(condition), self.of(then), self.of(otherwise))
            case t.Fact(name, "boolean") if name in self.subject.book.derived and self.facts.known.get(name) is None:
                return self._derived(term, self.subject.book.derived[name])
            case _:
                return self._question(term)

    def _opposite(self, one: Node) -> Node:
        if isinstance(one, Opposite):
            return one.part
        holds = self.everybody & ~one.holds
        return Likely(holds) if self._known(one) else Opposite(holds, one)

    def _several(self, parts: Iterable[Node], *, every: bool) -> Node:
        """All of *parts*, or any of them, without those that are known."""
        ends, left, holds = 0 if every else self.everybody, list[Node](), self.everybody if every else 0
        for one in parts:
            if not self._known(one):
                left.append(one)
                holds = holds & one.holds if every else holds | one.holds
            elif one.holds == ends:
                return Likely(ends)
        if not left:
            return Likely(self.everybody & ~ends)
        return left[0] if len(left) == 1 else Several(holds, tuple(left), every)

    def _either(self, condition: Node, then: Node, otherwise: Node) -> Node:
        if self._known(condition):
            return then if condition.holds else otherwise
        yes = condition.holds
        holds = (then.holds & yes) | (otherwise.holds & self.everybody & ~yes)
        return Either(holds, condition, then, otherwise)

    def _derived(self, term: t.Fact, how: Derived) -> Node:
        """A fact that follows from others, as what it follows from: its gate, and its formula or its own value."""
        if term.name in self._following:
            return self._question(term)
        self._following.add(term.name)
        own = self.of(how.formula) if how.formula is not None else self._own(term)
        gate = self.of(how.gate) if how.gate is not None else Likely(self.everybody)
        self._following.discard(term.name)
        return self._either(gate, own, Likely(self.everybody if how.otherwise is True else 0))

    def _own(self, term: t.Fact) -> Node:
        key = f"{term.name} where it applies"
        return Likely(self.subject.weights.of(term, key=key), {term.name: self.everybody})

    def _question(self, term: t.Term) -> Node:
        """A question that no other condition is in."""
        found = evaluate(term, self.facts)
        if found is True or found is False:
            return Likely(self.everybody if found else 0)
        names = {name for doubt in doubts_in((found,)) for name in doubt.names}
        needs = {name: self._applies(name) for name in names}
        return Likely(self.subject.weights.of(term, self._options(term)), needs or NOTHING)

    def _applies(self, path: str) -> int:
        """Of whom the fact is asked at all."""
        how = self.subject.book.derived.get(circumstance_of(path))
        if how is None or how.gate is None or truth(how.gate, self.facts) is not Truth.UNKNOWN:
            return self.everybody
        return self.of(how.gate).holds

    def _options(self, term: t.Term) -> tuple[str, ...]:
        match term:
            case t.Compare(_, t.Fact(name), t.Const(str())) | t.OneOf(t.Fact(name), _):
                one = self.subject.about(name)
                return tuple(one.options) if one is not None else ()
            case _:
                return ()

    def _known(self, one: Node) -> bool:
        return isinstance(one, Likely) and not one.needs and one.holds in (0, self.everybody)


def likely_needs(subject: Subject, facts: Facts, terms: Iterable[t.Term], live: int) -> Mapping[str, int]:
    """For how many answers each missing fact is needed by the conditions that are open, over all citizens of *live*."""
    everybody = subject.weights.everybody
    guessed = Guessed(subject, facts, everybody)
    nodes = [guessed.of(term) for term in terms]
    cheapest = Cheapest(everybody, differences(nodes, everybody))
    found: dict[str, int] = {}
    for node in nodes:
        for path, who in cheapest.needs(node).items():
            found[path] = found.get(path, 0) + (who & live).bit_count()
    return found
