"""The graph as text for other programs: JSON, GraphML, Graphviz DOT and Mermaid. Nothing is left out but the items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import networkx as nx

from lgbm.graph.making import Graph, around, edges_of


def to_json(graph: Graph) -> dict[str, object]:
    """The graph as plain node-link data: of an item, its kind and label.

    `nx.node_link_graph(data, edges="edges")` reads it.
    """
    return {
        "directed": True,
        "multigraph": True,
        "graph": dict(graph.graph),
        "nodes": [{"id": one, "kind": graph.nodes[one]["kind"], "label": graph.nodes[one]["label"]} for one in graph],
        "edges": [
            {"source": source, "target": target, "key": relation, "relation": relation}
            for source, target, relation in edges_of(graph)
        ],
    }


def to_graphml(graph: Graph) -> str:
    """The graph as GraphML, which Gephi, yEd and Cytoscape read."""
    plain: Graph = nx.MultiDiGraph(**graph.graph)
    for one in graph:
        plain.add_node(one, kind=graph.nodes[one]["kind"], label=graph.nodes[one]["label"])
    # GraphML asks for ids of edges that are unique in the whole file, and a relation is one only between two nodes.
    for number, (source, target, relation) in enumerate(edges_of(graph), 1):
        plain.add_edge(source, target, key=f"e{number}", relation=relation)
    lines: Iterator[str] = nx.generate_graphml(plain)  # pyright: ignore[reportUnknownMemberType]
    return "\n".join(lines) + "\n"


def to_mermaid(graph: Graph, of: str | None = None) -> str:
    """The graph as a Mermaid flowchart, which GitHub and GitLab draw: all of it, or what is next to the item *of*.

    Unless it is configured otherwise, Mermaid draws 500 edges at most.
    """
    drawn = graph if of is None else around(graph, of)
    places = {one: f"n{number}" for number, one in enumerate(drawn, 1)}
    lines = ["flowchart LR"]
    for one, place in places.items():
        before, after = _SHAPES.get(drawn.nodes[one]["kind"], ("[", "]"))
        lines.append(f'  {place}{before}"{_escaped(drawn.nodes[one]["label"])}"{after}')
    for source, target, relation in edges_of(drawn):
        lines.append(f"  {places[source]} -- {relation} --> {places[target]}")
    return "\n".join(lines) + "\n"


_SHAPES: Mapping[str, tuple[str, str]] = {
    "event": ("([", "])"),
    "circumstance": ("(", ")"),
    "need": ("{{", "}}"),
    "outcome": ("((", "))"),
    "rate": ("[/", "/]"),
    "table": ("[/", "/]"),
}
"""How Mermaid draws each kind of item; the others are boxes."""


def to_dot(graph: Graph) -> str:
    """The graph in the language of Graphviz, for `dot` and for what reads it."""
    lines = [f"digraph {_quoted(str(graph.graph.get('taxonomy', 'model')))} {{", "  rankdir=LR;", "  node [shape=box];"]
    for one in graph:
        about = graph.nodes[one]
        shape = _DOT_SHAPES.get(about["kind"])
        shaped = f", shape={shape}" if shape else ""
        lines.append(f"  {_quoted(one)} [label={_quoted(about['label'])}, class={_quoted(about['kind'])}{shaped}];")
    for source, target, relation in edges_of(graph):
        lines.append(f"  {_quoted(source)} -> {_quoted(target)} [label={_quoted(relation)}];")
    return "\n".join([*lines, "}"]) + "\n"


_DOT_SHAPES: Mapping[str, str] = {
    "event": "oval",
    "need": "hexagon",
    "outcome": "ellipse",
    "rate": "parallelogram",
    "table": "parallelogram",
}


def _quoted(text: str) -> str:
    # In a label, Graphviz takes a backslash for the beginning of an escape: it needs one of its own.
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def _escaped(label: str) -> str:
    """*label* as Mermaid takes it in quotes: what could have a meaning there as the number of the character."""
    return "".join(one if one.isalnum() or one in " ,.-()" else f"#{ord(one)};" for one in " ".join(label.split()))
