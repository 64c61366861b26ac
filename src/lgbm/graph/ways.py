"""Ways along the chain: from one item to another, and from one service to the next by passports."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import networkx as nx
from attrs import frozen

from lgbm.errors import ProfileError
from lgbm.graph.chain import chain_of
from lgbm.graph.making import Graph, edges_of
from lgbm.messages import graph as say
from lgbm.outline import Line, as_html

LONGEST = 6


@frozen(repr=False)
class Way:
    """One way: the nodes that it comes through, and what each says of the next."""

    nodes: tuple[str, ...]
    says: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def line(self) -> Line:
        """Step by step."""
        steps = zip(self.says, self.labels[1:], strict=True)
        return Line(self.labels[0], lines=tuple(Line(f"{says}: {label}") for says, label in steps))

    def __repr__(self) -> str:
        return f"<Way {' → '.join(self.nodes)}>"

    def __str__(self) -> str:
        steps = (f" — {says} → {label}" for says, label in zip(self.says, self.labels[1:], strict=True))
        return self.labels[0] + "".join(steps)

    def _repr_html_(self) -> str:
        return as_html(self.line)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {"nodes": list(self.nodes), "says": list(self.says), "labels": list(self.labels)}


def ways(graph: Graph, start: str, end: str, longest: int = LONGEST) -> Iterator[Way]:
    """The ways along the chain from one node to another with *longest* steps at most, shortest first.

    Each is found when it is asked for: there may be very many. None comes through the same item twice.
    """
    if longest < 1:
        raise ProfileError([say.too_few("longest", 1)])
    chain = chain_of(graph)
    if start == end or start not in chain or end not in chain:
        return
    # Nothing else can lie on a way.
    behind: set[str] = nx.ancestors(chain, end) | {end}  # pyright: ignore[reportUnknownMemberType]
    ahead: set[str] = nx.descendants(chain, start) | {start}  # pyright: ignore[reportUnknownMemberType]
    between = behind & ahead
    if end not in between:
        return
    part: nx.DiGraph[str] = nx.DiGraph()
    for source, target in chain.edges:
        if source in between and target in between:
            part.add_edge(source, target, says=chain.edges[source, target]["says"])
    for nodes in nx.shortest_simple_paths(part, start, end):
        if len(nodes) - 1 > longest:
            return
        yield _way(graph, part, nodes)


def _way(graph: Graph, chain: nx.DiGraph[str], nodes: list[str]) -> Way:
    says = tuple(" and ".join(chain.edges[pair]["says"]) for pair in pairwise(nodes))
    return Way(tuple(nodes), says, tuple(graph.nodes[one]["label"] for one in nodes))


def passports(graph: Graph, service: str | None = None) -> Iterator[Way]:
    """Chains of services, each of which the next asks about: who receives it, or is eligible for it.

    A chain begins at a service that asks about no other, and ends at one that none asks about, or where it would come
    back to itself. With *service*, only the chains that it is in.
    """
    links: nx.DiGraph[str] = nx.DiGraph()
    links.add_edges_from((one, other) for one, other, relation in edges_of(graph) if relation == "passports")
    # Of services that ask about each other and about no other, each may be where a chain begins.
    knots = nx.condensation(links)
    starts = [one for knot in knots if not knots.in_degree(knot) for one in knots.nodes[knot]["members"]]
    for start in sorted(starts):
        for nodes in _to_the_end(links, [start]):
            if service is None or service in nodes:
                labels = tuple(graph.nodes[one]["label"] for one in nodes)
                yield Way(tuple(nodes), ("is asked about by",) * (len(nodes) - 1), labels)


def _to_the_end(links: nx.DiGraph[str], way: list[str]) -> Iterator[list[str]]:
    ahead = [one for one in links.successors(way[-1]) if one not in way]
    if not ahead:
        yield way
    for one in ahead:
        yield from _to_the_end(links, [*way, one])
