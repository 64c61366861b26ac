"""Whether the rules can decide: somebody is eligible, somebody is not, and every condition can be true and false."""

from __future__ import annotations

from collections.abc import Iterator

from lgbm.analysis.search import facts_for
from lgbm.analysis.world import World
from lgbm.errors import Diagnostic
from lgbm.messages import findings as say
from lgbm.rules import term as t


def deciding(world: World) -> Iterator[Diagnostic]:
    """A finding for each service with rules that nobody was found to pass, or to fail, and for each dead condition."""
    searched: dict[t.Term, list[bool]] = {}
    for service in world.model.services.values():
        rules = world.book.services.get(service.id)
        # What is constant is so on purpose, or for a day: a service for everybody, one that has ended.
        if rules is None or service.eligibility is None or not t.facts_of(rules):
            continue
        if not _found(world, rules, True):
            yield say.nobody_eligible(service.span, service.id)
        if not _found(world, rules, False):
            yield say.nobody_refused(service.span, service.id)
        for leaf in leaves(rules):
            never = searched.get(leaf.part)
            if never is None:
                never = searched[leaf.part] = [one for one in (True, False) if not _found(world, leaf.part, one)]
            if never:
                yield say.undecided(leaf.origin.span, leaf.origin.text, never)


def _found(world: World, condition: t.Term, wanted: bool) -> bool:
    """Whether somebody was found of whom *condition* is as wanted, by the definition."""
    return facts_for(world, [(condition, wanted)]) is not None


def leaves(condition: t.Term) -> Iterator[t.Stated]:
    """The conditions that an author stated and that hold no other; those that are constant left out."""
    if isinstance(condition, t.Stated) and not any(True for part in t.parts_of(condition) for _ in _stated(part)):
        if t.facts_of(condition):
            yield condition
        return
    for part in t.parts_of(condition):
        yield from leaves(part)


def _stated(term: t.Term) -> Iterator[t.Stated]:
    if isinstance(term, t.Stated):
        yield term
    for part in t.parts_of(term):
        yield from _stated(part)
