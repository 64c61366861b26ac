"""Where somebody stands before one service, and where she would stand after a change.

A change is an event: what was stated of facts that depend on it lapses, and the rules say what they are then, so that
a change never contradicts what was stated before. What a change itself states counts, whatever is not known around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from attrs import evolve, field, frozen

from lgbm.changing.ground import Changes, Ground, applied, changes_person, what_was_stated, without_changed
from lgbm.kept import kept
from lgbm.model.concepts import Circumstance
from lgbm.model.facts import Facts, Person, circumstance_of, doubts_in, persons_in, same
from lgbm.model.taxonomy import Taxonomy
from lgbm.model.truth import Truth
from lgbm.model.values import Value
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook
from lgbm.rules.semantics import evaluate, truth

_RECEIVES = 'receives("'


def cone_of(book: DatedRulebook, terms: Iterable[t.Term]) -> frozenset[str]:
    """Every fact that can make a difference to *terms*, however far away."""
    names = frozenset[str]().union(*map(t.facts_of, terms))
    reads = book.book.reads
    return names.union(*(reads[name] for name in names if name in reads))


@frozen(eq=False, slots=False)
class Standing:
    """The facts of one citizen, the condition of one service, and what follows from a change."""

    book: DatedRulebook
    now: Facts
    """The facts as they are, formulas worked out."""
    condition: t.Term
    said: frozenset[str] = frozenset()
    """The facts that were stated, whether or not they apply; of people, their fields by their paths."""
    freed: frozenset[str] = frozenset()
    """Derived facts that are looked at as if somebody had stated them: an age, as time goes by."""
    _settled: dict[object, Facts] = field(init=False, factory=dict[object, Facts])
    _cones: dict[t.Term, frozenset[str]] = field(init=False, factory=dict[t.Term, frozenset[str]])

    @property
    def taxonomy(self) -> Taxonomy:
        """What the rules are part of."""
        return self.book.book.taxonomy

    @kept
    def reach(self) -> frozenset[str]:
        """Every fact that can make a difference; of services that might be claimed first, those facts too."""
        reach, waiting = frozenset[str](), [self.condition]
        while waiting:
            more = cone_of(self.book, waiting) - reach
            reach |= more
            waiting = [rules for name in sorted(more) if (rules := self.claimable(name)) is not None]
        return reach

    def claimable(self, name: str) -> t.Term | None:
        """The rules of the service that *name* says is received, where it is not received now."""
        if not name.startswith(_RECEIVES) or self.now.known.get(name) is True:
            return None
        return self.book.services.get(name[len(_RECEIVES) : -2])

    @kept
    def asked_of_people(self) -> frozenset[str]:
        """The fields of persons that the rules read."""
        waiting: list[t.Term] = [self.condition]
        for name in self.reach:
            how, claimed = self.book.derived.get(name), self.claimable(name)
            written = (how.gate, how.formula, *how.fields.values()) if how is not None else ()
            waiting += [one for one in (*written, claimed) if one is not None]
        found: set[str] = set()
        while waiting:
            one = waiting.pop()
            if isinstance(one, t.Field):
                found.add(one.name)
            waiting.extend(t.parts_of(one))
        return frozenset(found)

    @kept
    def part(self) -> DatedRulebook:
        """The rules with those formulas only that are needed."""
        return self._with({name: how for name, how in self.book.derived.items() if name in self.reach})

    def _with(self, derived: Mapping[str, Any]) -> DatedRulebook:
        free = {name: evolve(how, formula=None) for name, how in derived.items() if name in self.freed}
        return evolve(self.book, derived={**derived, **free})

    @kept
    def stated(self) -> Mapping[str, Value]:
        """What of the facts was stated, or set by the event, and does not follow from others."""
        return what_was_stated(self.part, self.now, self.reach, self.said)

    @kept
    def whole(self) -> Mapping[str, Value]:
        """The same of all facts."""
        return what_was_stated(self._with(self.book.derived), self.now, self.now.known, self.said)

    @kept
    def _ground(self) -> Ground:
        return Ground(self.part, self.stated)

    @kept
    def _whole_ground(self) -> Ground:
        return Ground(self._with(self.book.derived), self.whole)

    def goal(self, changes: Changes) -> t.Term:
        """What has to be so: the condition; and who is to receive a service first has to be eligible for it."""
        claimed = [self.claimable(name) for name, value in changes.items() if value is True]
        rules = [one for one in claimed if one is not None]
        return t.And((self.condition, *rules)) if rules else self.condition

    def stages(self, changes: Changes) -> list[Changes]:
        """*changes*, and the same with some or none of their claims made."""
        claims = [name for name, to in changes.items() if to is True and self.claimable(name) is not None]
        fewer = (some for size in range(len(claims) + 1) for some in combinations(claims, size))
        return [{name: to for name, to in changes.items() if name not in left_out} for left_out in fewer]

    def claims(self, changes: Changes) -> list[tuple[t.Term, Facts]]:
        """For each service that *changes* say is received: its rules, and the facts before it is claimed.

        One claim may open the way to another. None opens the way to itself.
        """
        claimed = ((name, self.claimable(name)) for name, to in changes.items() if to is True)
        waiting = {name: rules for name, rules in claimed if rules is not None}
        made = {name: value for name, value in changes.items() if name not in waiting}
        found: list[tuple[t.Term, Facts]] = []
        while waiting:
            before = self.facts(made)
            by_truth: dict[Truth, list[str]] = {}
            for name, rules in sorted(waiting.items()):
                by_truth.setdefault(truth(rules, before), []).append(name)
            now = next(by_truth[one] for one in (Truth.TRUE, Truth.UNKNOWN, Truth.FALSE) if one in by_truth)
            found += [(waiting.pop(name), before) for name in now]
            made |= dict.fromkeys(now, True)
        return found

    def doubts(self, changes: Changes) -> set[str]:
        """What would have to be known after *changes*: for the goal, and for each claim before it is made."""
        asked = [(self.goal(changes), self.facts(changes)), *self.claims(changes)]
        doubts = doubts_in([evaluate(term, facts) for term, facts in asked])
        return {circumstance_of(name) for doubt in doubts for name in doubt.names}

    def facts(self, changes: Changes) -> Facts:
        """The facts after *changes*."""
        key = tuple(sorted(changes.items(), key=lambda one: one[0]))
        found = self._settled.get(key)
        if found is None:
            found = self._settled[key] = self._ground.after(changes)
        return found

    def truth(self, changes: Changes) -> Truth:
        """Whether the goal is reached after *changes*."""
        return truth(self.goal(changes), self.facts(changes))

    def outcome(self, changes: Changes) -> Facts:
        """All facts after *changes*, those too that make no difference to the goal."""
        key = "all", tuple(sorted(changes.items(), key=lambda one: one[0]))
        found = self._settled.get(key)
        if found is None:
            found = self._settled[key] = self._whole_ground.after(changes)
        return found

    def profile(self, changes: Changes) -> dict[str, Value]:
        """What would have to be stated of the citizen after *changes*: what has lapsed is left out."""
        book, after = self._with(self.book.derived), self.outcome(changes)
        then = applied(self.whole, changes)
        kept_on = {
            name: without_changed(value, book, name, after.known[name]) if changes_person(changes, name) else value
            for name, value in then.items()
            if name in after.known and (persons_in(value) or same(value, after.known[name]))
        }
        return dict(sorted(kept_on.items()))

    def cone(self, term: t.Term) -> frozenset[str]:
        """Every fact that can make a difference to *term*."""
        found = self._cones.get(term)
        if found is None:
            found = self._cones[term] = cone_of(self.book, (term,))
        return found

    def about(self, path: str) -> Circumstance | None:
        """The circumstance, or the field of a person, at *path*; none for `receives("…")`."""
        owner = self.taxonomy.circumstances.get(circumstance_of(path))
        inner = path.rpartition(".")[2] if owner is not None and owner.id != path else None
        return owner if owner is None or inner is None else owner.fields.get(inner)

    def value(self, path: str, facts: Facts | None = None) -> Value | None:
        """The fact at *path*, if it is known."""
        known = (facts or self.now).known
        owner = circumstance_of(path)
        if owner == path:
            return known.get(path)
        who = path.rpartition(".")[0]
        person = next((one for one in persons_in(known.get(owner)) if one.path == who), None)
        return person.get(path.rpartition(".")[2]) if person is not None else None

    def settles(self, path: str) -> bool:
        """Whether the fact at *path* is known, or known not to apply."""
        if self.value(path) is not None:
            return True
        how = self.part.derived.get(path)
        return how is not None and how.gate is not None and truth(how.gate, self.now) is Truth.FALSE


def paths_of(standing: Standing, name: str, of_all: bool = False) -> Iterator[str]:
    """The facts under the circumstance *name* that a person can change, by their paths; *of_all*: that can change.

    What follows from others never changes by itself. Who belongs to a family is nobody's to suggest, so neither a
    person nor a list of people is ever among them: of the people who are there, the fields are.
    """
    about = standing.taxonomy.circumstances.get(name)
    if about is None:
        if name.startswith(_RECEIVES) and (of_all or standing.now.known.get(name) or standing.claimable(name)):
            yield name
        return
    if (about.formula is not None and name not in standing.freed) or not (about.mutable or of_all):
        return
    if not about.fields:
        yield name
        return
    held = standing.stated.get(name)
    for person in held if isinstance(held, tuple) else (held,):
        if isinstance(person, Person):
            for inner, one in sorted(about.fields.items()):
                if one.formula is None and inner in standing.asked_of_people and (one.mutable or of_all):
                    yield f"{person.path}.{inner}"
