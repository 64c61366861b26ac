"""The chain that the model is about: life event, circumstance, need, service, outcome, indicator.

A service meets a need, so in the graph that edge runs against the chain. Here it runs along with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import networkx as nx
from attrs import frozen

from lgbm.errors import ProfileError
from lgbm.graph.making import Graph, edges_of, part_of
from lgbm.messages import graph as say
from lgbm.messages import profiles

CHAIN = ("event", "circumstance", "need", "service", "outcome", "indicator")
"""The kinds of the chain, in its order."""

FOLLOWS = ("derives", "asked when")
"""How one circumstance follows from another."""

_ALONG: Mapping[str, str] = {
    "changes": "changes",
    "leads to": "leads to",
    "derives": "derives",
    "asked when": "decides whether to ask for",
    "implies": "implies",
    "decides eligibility for": "decides eligibility for",
    "passports": "passports to",
    "contributes to": "contributes to",
    "measured by": "is measured by",
}
"""The relations that run along the chain, and how they are said there."""

_MET = "is met by"


def chain_of(graph: Graph) -> nx.DiGraph[str]:
    """The chain in *graph*: an edge has the attribute `says`, all that it says of the two."""
    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_nodes_from(one for one in graph if graph.nodes[one]["kind"] in CHAIN)
    for source, target, relation in edges_of(graph):
        if source in found and target in found:
            if relation == "meets":
                _add(found, target, source, _MET)
            elif relation in _ALONG and graph.nodes[target]["kind"] != "event":
                _add(found, source, target, _ALONG[relation])
    return found


def _add(chain: nx.DiGraph[str], source: str, target: str, says: str) -> None:
    said: tuple[str, ...] = chain.edges[source, target]["says"] if chain.has_edge(source, target) else ()
    chain.add_edge(source, target, says=(*said, says))


def after(graph: Graph, one: str, *relations: str) -> list[str]:
    """What *one* has such a relation to."""
    return [target for _, target, relation in graph.out_edges(one, keys=True) if relation in relations]


def before(graph: Graph, one: str, *relations: str) -> list[str]:
    """What has such a relation to *one*."""
    return [source for source, _, relation in graph.in_edges(one, keys=True) if relation in relations]


def all_after(graph: Graph, start: Iterable[str], *relations: str) -> dict[str, None]:
    """*start* and all that it comes to by such relations, however many, nearest first."""
    return _reached(start, lambda one: after(graph, one, *relations))


def all_before(graph: Graph, start: Iterable[str], *relations: str) -> dict[str, None]:
    """*start* and all that comes to it by such relations, however many, nearest first."""
    return _reached(start, lambda one: before(graph, one, *relations))


def _reached(start: Iterable[str], step: Callable[[str], Iterable[str]]) -> dict[str, None]:
    found = dict.fromkeys(start)
    waiting = list(found)
    for one in waiting:
        fresh = dict.fromkeys(other for other in step(one) if other not in found)
        found |= fresh
        waiting.extend(fresh)
    return found


@frozen
class Part:
    """The part of the chain that is about one life event or one service, column by column."""

    events: tuple[str, ...]
    circumstances: tuple[str, ...]
    between: tuple[str, ...]
    """Circumstances through which those of the part come to what they decide."""
    needs: tuple[str, ...]
    services: tuple[str, ...]
    outcomes: tuple[str, ...]
    indicators: tuple[str, ...]

    @property
    def nodes(self) -> frozenset[str]:
        """All of it."""
        columns = (self.events, self.circumstances, self.between, self.needs, self.services, self.outcomes)
        return frozenset(one for column in (*columns, self.indicators) for one in column)


def part_of_event(graph: Graph, event: str) -> Part:
    """What the life event changes, the needs that this can imply, what meets them or is led to, and what that is for.

    A circumstance implies a need by itself, or through others that follow from it.
    """
    start = f"event:{event}"
    if start not in graph:
        raise ProfileError([profiles.unknown_event(event, _of_kind(graph, "event"))])
    changed = after(graph, start, "changes")
    circumstances = [one for one in changed if one.startswith("circumstance:")]
    follow = all_after(graph, circumstances, *FOLLOWS)
    needs = dict.fromkeys(need for one in follow for need in after(graph, one, "implies"))
    straight = [*after(graph, start, "leads to"), *(one for one in changed if one.startswith("service:"))]
    services = dict.fromkeys((*straight, *(one for need in needs for one in before(graph, need, "meets"))))
    telling = all_before(graph, (one for one in follow if after(graph, one, "implies")), *FOLLOWS)
    return _with_ends(
        graph, (start,), circumstances, [x for x in follow if x in telling and x not in circumstances], needs, services
    )


def part_of_service(graph: Graph, service: str) -> Part:
    """What decides the service and the needs that it meets, the events that change this, and what it is for."""
    start = f"service:{service}"
    if start not in graph:
        raise ProfileError([profiles.unknown_service(service, _of_kind(graph, "service"))])
    needs = after(graph, start, "meets")
    read = [
        *before(graph, start, "decides eligibility for"),
        *(one for need in needs for one in before(graph, need, "implies")),
    ]
    circumstances = dict.fromkeys(one for one in read if one.startswith("circumstance:"))
    behind = all_before(graph, circumstances, *FOLLOWS)
    events = [one for behind_one in behind for one in before(graph, behind_one, "changes")]
    events += before(graph, start, "leads to", "changes")
    changed = all_after(graph, (one for one in behind if before(graph, one, "changes")), *FOLLOWS)
    between = [one for one in behind if one in changed and one not in circumstances]
    return _with_ends(graph, dict.fromkeys(events), circumstances, between, needs, (start,))


def part(graph: Graph, *, event: str | None = None, service: str | None = None) -> Graph:
    """The part of *graph* that is about one life event, or about one service. Raises `ProfileError` for both."""
    if event is not None and service is not None:
        raise ProfileError([say.one_at_a_time(("event", "service"))])
    if event is not None:
        return part_of(graph, part_of_event(graph, event).nodes)
    return graph if service is None else part_of(graph, part_of_service(graph, service).nodes)


def _with_ends(
    graph: Graph,
    events: Iterable[str],
    circumstances: Iterable[str],
    between: Iterable[str],
    needs: Iterable[str],
    services: Iterable[str],
) -> Part:
    services = tuple(services)
    outcomes = tuple(dict.fromkeys(one for service in services for one in after(graph, service, "contributes to")))
    indicators = tuple(dict.fromkeys(one for outcome in outcomes for one in after(graph, outcome, "measured by")))
    return Part(tuple(events), tuple(circumstances), tuple(between), tuple(needs), services, outcomes, indicators)


def _of_kind(graph: Graph, kind: str) -> list[str]:
    return [graph.nodes[one]["id"] for one in graph if graph.nodes[one]["kind"] == kind]
