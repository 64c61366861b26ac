"""A taxonomy made a NetworkX graph: every item a node, every relation between two items an edge.

A node is called by its kind and its id, because an id is unique only within its section: `service:universal-credit`,
`circumstance:age`. It has the attributes `kind`, `id`, `label` (the English one, if there is one) and `item`, the item
itself.

An edge is keyed by its relation, one of `RELATIONS`, which it also has as the attribute `relation`. Edges run the way
that the model does, from what decides to what is decided: `nx.ancestors(graph, "service:universal-credit")` is all that
can make a difference to it. Rules, formulas and conditions give edges to every fact that they read themselves; what
those facts follow from is one edge further on.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from typing import TypeAlias

import networkx as nx

from lgbm.errors import ProfileError
from lgbm.messages import profiles as say
from lgbm.model import concepts as c
from lgbm.model.taxonomy import SECTIONS, Taxonomy
from lgbm.rules.rulebook import Derived, Rulebook
from lgbm.rules.term import Stated, Term, facts_of, parts_of

Graph: TypeAlias = "nx.MultiDiGraph[str]"
Edge: TypeAlias = tuple[str, str, str]
"""What it comes from, what it goes to, and the relation."""

KINDS: Mapping[str, str] = {
    section: section if section == "legislation" else section.removesuffix("s") for section in SECTIONS
}
"""The kind of the items of each section."""

RELATIONS: Mapping[str, str] = {
    "changes": "an event changes a circumstance, or whether a service is received",
    "leads to": "an event leads to a service directly, whatever the circumstances",
    "decides what changes": "what an event changes, and how, depends on a circumstance",
    "derives": "a formula reads a circumstance, and gives another",
    "asked when": "the condition on which a circumstance is asked for reads another",
    "implies": "the rule of a need reads a circumstance",
    "decides eligibility for": "the eligibility of a service reads a circumstance",
    "decides the amount of": "what a service pays depends on a circumstance",
    "passports": "the eligibility of a service asks who receives, or is eligible for, another",
    "uses figure": "a rate or table is used by a rule",
    "meets": "a service meets a need",
    "contributes to": "a service contributes to an outcome",
    "measured by": "an outcome is measured by an indicator",
    "counts": "an indicator reads a circumstance",
    "member of": "the members of a segment are told by a circumstance",
    "aims at": "an objective for a segment is part of an outcome",
    "delivered through": "a service is delivered through a channel",
    "provided by": "a service is provided by an organisation",
    "offers": "a service offers an interaction",
    "under": "an item, or one of its conditions or figures, is under a piece of legislation",
    "broader": "an item has a broader one of its kind",
    "replaces": "an item took the place of another, which is still here",
}
"""Every relation, and what it says."""

_LISTED: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "events": (("leads_to", "leads to", "services"),),
    "services": (
        ("meets", "meets", "needs"),
        ("contributes_to", "contributes to", "outcomes"),
        ("channels", "delivered through", "channels"),
        ("provider", "provided by", "organisations"),
        ("interactions", "offers", "interactions"),
        ("under", "under", "legislation"),
    ),
    "outcomes": (("measured_by", "measured by", "indicators"),),
    "segments": (("aims", "aims at", "outcomes"),),
}
"""For each section the fields that list ids, with their relation and the section that is meant."""

_OF_A_SERVICE = re.compile(r'(?:receives|eligible)\("(.*)"\)')
_OF_A_ROW = re.compile(r"(.*)\(row \d+\)")


def graph_of(rulebook: Rulebook) -> Graph:
    """The graph of a checked taxonomy. The order of files and items makes no difference to it, nor to its own order."""
    graph: Graph = nx.MultiDiGraph(taxonomy=rulebook.taxonomy.id)
    for section, items in rulebook.taxonomy.sections():
        for name, item in sorted(items.items()):
            graph.add_node(node(section, name), kind=KINDS[section], id=name, label=item.named(), item=item)
    order = list(RELATIONS)
    found = {*_written(rulebook.taxonomy), *_read(rulebook)}
    for source, target, relation in sorted(found, key=lambda one: (order.index(one[2]), one)):
        graph.add_edge(source, target, key=relation, relation=relation)
    return graph


def node(section: str, name: str) -> str:
    """What the item *name* of *section* is called in the graph."""
    return f"{KINDS[section]}:{name}"


# -- what the items say themselves


def _written(taxonomy: Taxonomy) -> Iterator[Edge]:
    for section, items in taxonomy.sections():
        for name, item in items.items():
            here = node(section, name)
            for field, relation, other in _LISTED.get(section, ()):
                yield from ((here, node(other, one), relation) for one in getattr(item, field))
            for one in (*getattr(item, "broader", ()), *item.replaces):
                if one in items:
                    yield here, node(section, one), "replaces" if one in item.replaces else "broader"
            for one in _sources_of_figures(item):
                if one in taxonomy.legislation:
                    yield here, node("legislation", one), "under"
    for event in taxonomy.events.values():
        for change in event.changes:
            service = _OF_A_SERVICE.fullmatch(change.circumstance)
            changed = node("services", service[1]) if service else node("circumstances", change.circumstance)
            yield node("events", event.id), changed, "changes"


def _sources_of_figures(item: c.Item) -> Iterator[str]:
    match item:
        case c.Rate():
            figures = item.values
        case c.Table():
            figures = tuple(one for row in item.rows for one in row.values)
        case _:
            figures = ()
    for one in figures:
        yield from one.source


# -- what the rules read


def _read(rulebook: Rulebook) -> Iterator[Edge]:
    """An edge to each item from everything that its rules read, and one to each law that they name."""
    for reader, relation, terms in rules_of(rulebook):
        for name in frozenset[str]().union(*map(facts_of, terms)):
            source = node_of_fact(name, rulebook.taxonomy)
            # A person's formulas read the other fields of that person, which is no relation between two items.
            if source is not None and source != reader:
                yield source, reader, _relation(source, reader, relation)
        for law in {law for term in terms for law in _sources_of(term)} & rulebook.taxonomy.legislation.keys():
            yield reader, node("legislation", law), "under"


def rules_of(rulebook: Rulebook) -> Iterator[tuple[str, str, list[Term]]]:
    """Every item that has rules: what it is called, how it stands to what they read, and the rules."""
    for name, how in rulebook.derived.items():
        if name in rulebook.taxonomy.circumstances:
            reader = node("circumstances", name)
            yield reader, "derives", _formulas(how)
            yield reader, "asked when", [how.gate] if how.gate is not None else []
    for name, term in rulebook.needs.items():
        yield node("needs", name), "implies", [term]
    for name, term in rulebook.services.items():
        yield node("services", name), "decides eligibility for", [term]
    for name, amounts in rulebook.amounts.items():
        yield (
            node("services", name),
            "decides the amount of",
            [one for each in amounts for one in each if one is not None],
        )
    for name, effects in rulebook.effects.items():
        yield node("events", name), "decides what changes", list(effects.values())
    for name, (of, counts) in rulebook.indicators.items():
        yield node("indicators", name), "counts", [counts, *([of] if of is not None else [])]
    for name, term in rulebook.segments.items():
        yield node("segments", name), "member of", [term]


def _formulas(how: Derived) -> list[Term]:
    return [*how.fields.values(), *([how.formula] if how.formula is not None else [])]


def _relation(source: str, reader: str, relation: str) -> str:
    kind = source.partition(":")[0]
    if kind in ("rate", "table"):
        return "uses figure"
    return "passports" if kind == "service" and reader.startswith("service:") else relation


def node_of_fact(name: str, taxonomy: Taxonomy) -> str | None:
    """The node of the item that a fact of the rules belongs to; none for the date of resolution."""
    if name in taxonomy.circumstances:
        return node("circumstances", name)
    if name in taxonomy.rates:
        return node("rates", name)
    if row := _OF_A_ROW.fullmatch(name):
        return node("tables", row[1])
    if service := _OF_A_SERVICE.fullmatch(name):
        return node("services", service[1])
    return None


def _sources_of(term: Term) -> Iterator[str]:
    waiting = [term]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Stated):
            yield from one.origin.source
        waiting.extend(parts_of(one))


# -- asking it


def edges_of(graph: Graph) -> list[Edge]:
    """Every edge, in the order of the graph."""
    return [(str(source), str(target), str(relation)) for source, target, relation in graph.edges(keys=True)]


def called(graph: Graph, name: str) -> list[str]:
    """The nodes that *name* means: the name of one, or an id, which items of several kinds may have.

    Raises `ProfileError` where there is no such item.
    """
    found = [one for one in graph if name in (one, one.partition(":")[2])]
    if not found:
        raise ProfileError([say.unknown_item(name, (one.partition(":")[2] for one in graph))])
    return found


def around(graph: Graph, name: str, steps: int = 1) -> Graph:
    """The part of *graph* that is at most so many edges away from the item *name*, either way.

    *name* is the name of a node, or an id; an id that items of several kinds have means all of these. Raises
    `ProfileError` where there is no such item.
    """
    kept = set(called(graph, name))
    for _ in range(steps):
        kept |= {one for known in kept for one in (*graph.predecessors(known), *graph.successors(known))}
    return part_of(graph, kept)


def part_of(graph: Graph, kept: Container[str]) -> Graph:
    """The part of *graph* with the nodes *kept*, and the edges between them."""
    # NetworkX would give a subgraph the order of the set, which changes from run to run.
    found: Graph = nx.MultiDiGraph(**graph.graph)
    for one in graph:
        if one in kept:
            found.add_node(one, **graph.nodes[one])
    for source, target, relation in edges_of(graph):
        if source in kept and target in kept:
            found.add_edge(source, target, key=relation, relation=relation)
    return found
