"""What can be asked of a model as a whole: `model.explore`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from lgbm.errors import ProfileError
from lgbm.graph.chain import after, all_before, before, part_of_event
from lgbm.graph.dependents import Dependents, dependents_of_item, dependents_of_law
from lgbm.graph.loose import LooseEnds
from lgbm.graph.making import Graph, called, edges_of
from lgbm.graph.reach import Coverage, Reach
from lgbm.graph.together import Together, together
from lgbm.graph.ways import LONGEST, Way, passports, ways
from lgbm.messages import graph as say
from lgbm.rules.rulebook import Rulebook

_LAW = "legislation"


@frozen(eq=False, repr=False)
class Explorer:
    """Questions about a model as a whole. An item is named by its id, or by its kind and id: `need:housing-costs`."""

    graph: Graph
    rulebook: Rulebook

    def __repr__(self) -> str:
        relations = sum(1 for _ in edges_of(self.graph))
        return f"<Explorer {self.rulebook.taxonomy.id}: {len(self.graph):,} items, {relations:,} relations>"

    def ways(self, event: str, outcome: str, longest: int = LONGEST) -> Iterator[Way]:
        """The ways from a life event to an outcome, or from any item of the chain to a later one, shortest first.

        They have *longest* steps at most, and each is found when it is asked for: there may be very many.
        """
        return ways(self.graph, self._one(event, "event"), self._one(outcome, "outcome"), longest)

    def dependents(self, of: str) -> Dependents:
        """What must be read again when a circumstance, a figure, a law or another item changes.

        A law is named by its id, by its address, or by how either begins: `ukpga/2012/5`.
        """
        found = [one for one in self.graph if of in (one, one.partition(":")[2])]
        items = [one for one in found if not one.startswith(f"{_LAW}:")]
        if len(items) > 1:
            raise ProfileError([say.several(of, items)])
        if items:
            return dependents_of_item(self.graph, self.rulebook, items[0])
        law = of.removeprefix(f"{_LAW}:")
        return dependents_of_law(self.graph, self.rulebook.taxonomy, law)

    def meeting(self, need: str) -> tuple[str, ...]:
        """The services that meet a need, or one that is narrower, by id."""
        wanted = all_before(self.graph, [self._one(need, "need", only=True)], "broader")
        return tuple(sorted({_id(one) for need in wanted for one in before(self.graph, need, "meets")}))

    def passports(self, service: str | None = None) -> tuple[Way, ...]:
        """Chains of services, each of which the next asks about: who receives it, or is eligible for it."""
        named = self._one(service, "service", only=True) if service is not None else None
        return tuple(passports(self.graph, named))

    def together(self) -> tuple[Together, ...]:
        """Services that always come together: candidates for joining up."""
        return together(self.graph, self.rulebook)

    def coverage(self) -> Coverage:
        """For each life event, what it reaches along the chain."""
        return Coverage(self._reach(name) for name in sorted(self.rulebook.taxonomy.events))

    def _reach(self, name: str) -> Reach:
        part = part_of_event(self.graph, name)
        straight = after(self.graph, f"event:{name}", "leads to", "changes")
        led_to = sum(one in straight for one in part.services)
        return Reach(
            event=name,
            label=self.rulebook.taxonomy.events[name].named(),
            circumstances=len(part.circumstances),
            needs=len(part.needs),
            services_led_to=led_to,
            services_for_needs=len(part.services) - led_to,
            services_with_rules=sum(self.graph.nodes[one]["item"].eligibility is not None for one in part.services),
            outcomes=len(part.outcomes),
            indicators=len(part.indicators),
            needs_without_service=tuple(_id(one) for one in part.needs if not before(self.graph, one, "meets")),
        )

    def loose_ends(self) -> LooseEnds:
        """Needs without a service, services without an outcome, outcomes without an indicator, and the like."""
        taxonomy, graph = self.rulebook.taxonomy, self.graph
        met = {one for service in taxonomy.services.values() for one in service.meets}
        led_to = {one for event in taxonomy.events.values() for one in event.leads_to}
        served = {one for service in taxonomy.services.values() for one in service.contributes_to}
        broad = {_id(one) for name in taxonomy.needs for one in after(graph, f"need:{name}", "broader")}
        measured = {one for outcome in taxonomy.outcomes.values() for one in outcome.measured_by}
        parts = {name: part_of_event(graph, name) for name in taxonomy.events}

        def below(section: str, name: str) -> set[str]:
            return {_id(one) for one in all_before(graph, [f"{section}:{name}"], "broader")}

        return LooseEnds(
            needs_without_service=_sorted(x for x in taxonomy.needs if not below("need", x) & met),
            needs_without_rule=_sorted(
                x for x, one in taxonomy.needs.items() if one.implied_by is None and x not in broad
            ),
            services_without_need=_sorted(
                x for x, one in taxonomy.services.items() if not one.meets and x not in led_to
            ),
            services_without_outcome=_sorted(x for x, one in taxonomy.services.items() if not one.contributes_to),
            outcomes_without_service=_sorted(x for x in taxonomy.outcomes if not below("outcome", x) & served),
            outcomes_without_indicator=_sorted(x for x, one in taxonomy.outcomes.items() if not one.measured_by),
            indicators_without_outcome=_sorted(x for x in taxonomy.indicators if x not in measured),
            events_leading_nowhere=_sorted(x for x, part in parts.items() if not part.needs and not part.services),
            labels={one: graph.nodes[one]["label"] for one in graph},
        )

    def _one(self, name: str, kind: str, only: bool = False) -> str:
        """The node that *name* means: of a kind, if there is one; else of another, unless *only* that kind will do."""
        found = called(self.graph, name)
        fitting = [one for one in found if one.startswith(f"{kind}:")] or ([] if only else found)
        if len(fitting) != 1:
            if fitting:
                raise ProfileError([say.several(name, fitting)])
            kinds = [self.graph.nodes[one]["kind"] for one in found]
            raise ProfileError([say.another_kind(name, kinds, f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}")])
        return fitting[0]


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _id(node: str) -> str:
    return node.partition(":")[2]
