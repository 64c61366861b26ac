"""Services that always come together: candidates for joining up."""

from __future__ import annotations

from attrs import frozen

from lgbm.graph.chain import FOLLOWS, after, all_before, before
from lgbm.graph.making import Graph
from lgbm.outline import Line, as_html, as_text
from lgbm.rules import term as t
from lgbm.rules.normal import All, AnyOf, Normal, Question, normal
from lgbm.rules.rulebook import Rulebook


@frozen(repr=False)
class Together:
    """Services that are shown together, whoever asks: they meet the same needs, the same events lead to them, and they
    are offered in the same places.

    *same_rules* says that their rules are the same too, so that whoever is eligible for one is eligible for all;
    *same_facts*, that their rules ask for the same facts, so that one form would do.
    """

    services: tuple[str, ...]
    labels: tuple[str, ...]
    needs: tuple[str, ...]
    events: tuple[str, ...]
    same_rules: bool
    same_facts: bool
    facts: tuple[str, ...]
    """The circumstances that the rules of all of them rest on in the end, by id."""

    @property
    def line(self) -> Line:
        """The services, and what they share."""
        shared = "the same rules" if self.same_rules else "the same facts asked for" if self.same_facts else ""
        said = f"{len(self.services)} services are always shown together{f', with {shared}' if shared else ''}"
        return Line(said, lines=tuple(map(Line, self.labels)))

    def __repr__(self) -> str:
        shared = ", the same rules" if self.same_rules else ", the same facts" if self.same_facts else ""
        first = ", ".join(self.services[:3]) + (", …" if len(self.services) > 3 else "")
        return f"<Together {len(self.services)} services{shared}: {first}>"

    def __str__(self) -> str:
        return as_text(self.line)

    def _repr_html_(self) -> str:
        return as_html(self.line)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {
            "services": list(self.services),
            "needs": list(self.needs),
            "events": list(self.events),
            "same_rules": self.same_rules,
            "same_facts": self.same_facts,
            "facts": list(self.facts),
        }


def together(graph: Graph, rulebook: Rulebook) -> tuple[Together, ...]:
    """Every group of services that always come together, those with most in common first.

    Among services that are shown together, those with the same rules are a group by themselves, and so are those whose
    rules ask for the same facts; where no such two are left, what is shown together is one group.
    """
    shown: dict[tuple[tuple[str, ...], tuple[str, ...], frozenset[str]], list[str]] = {}
    for name, service in sorted(rulebook.taxonomy.services.items()):
        needs = tuple(sorted(_ids(after(graph, f"service:{name}", "meets"))))
        events = tuple(sorted(_ids(before(graph, f"service:{name}", "leads to"))))
        if needs or events:
            shown.setdefault((needs, events, frozenset(service.jurisdictions)), []).append(name)
    found: list[Together] = []
    for (needs, events, _), names in shown.items():
        facts = {name: _facts(graph, name) for name in names}
        rules = {name: _meant(rulebook, name) for name in names}
        alike: dict[object, list[str]] = {}
        for name in names:
            alike.setdefault((facts[name], rules[name] is None), []).append(name)
        groups = [one for one in alike.values() if len(one) > 1] or ([names] if len(names) > 1 else [])
        for group in groups:
            labels = tuple(rulebook.taxonomy.services[one].named() for one in group)
            same_facts = len({facts[one] for one in group}) == 1 and None not in [rules[one] for one in group]
            same_rules = same_facts and len({rules[one] for one in group}) == 1
            common = tuple(sorted(frozenset[str].intersection(*(facts[one] for one in group))))
            found.append(Together(tuple(group), labels, needs, events, same_rules, same_facts, common))
    return tuple(sorted(found, key=lambda one: (not one.same_rules, not one.same_facts, one.services)))


def _ids(nodes: list[str]) -> list[str]:
    return [one.partition(":")[2] for one in nodes]


def _facts(graph: Graph, name: str) -> frozenset[str]:
    """The circumstances that the rules of a service rest on in the end: those that follow from no other."""
    start = before(graph, f"service:{name}", "decides eligibility for")
    behind = all_before(graph, start, *FOLLOWS)
    passports = before(graph, f"service:{name}", "passports")
    return frozenset([*_ids([one for one in behind if not before(graph, one, "derives")]), *passports])


def _meant(rulebook: Rulebook, name: str) -> frozenset[object] | None:
    """What the rules of a service mean, whatever the order and the words in which they are written."""
    # Where none are written, what is left says only where it is offered: that is not to be the same in what counts.
    written = rulebook.taxonomy.services[name].eligibility is not None
    return frozenset([_as_sets(normal(rulebook.services[name]))]) if written else None


def _as_sets(one: Normal) -> object:
    match one:
        case All(parts):
            return "all", frozenset(map(_as_sets, parts))
        case AnyOf(parts):
            return "any", frozenset(map(_as_sets, parts))
        case Question(of, negated):
            return _bare(of), negated


def _bare(term: t.Term) -> t.Term:
    """*term* without the places that anything in it was stated at."""
    return t.mapped(t.meaning(term), _bare)
