"""The NetworkX view of a taxonomy: how it is made, what can be asked of it, and how it is written and drawn."""

from lgbm.graph.chain import part
from lgbm.graph.dependents import Dependent, Dependents
from lgbm.graph.explore import Explorer
from lgbm.graph.loose import LooseEnds
from lgbm.graph.making import KINDS, RELATIONS, Edge, Graph, around, called, edges_of, graph_of, node, part_of
from lgbm.graph.picture import Arrow, Box, Picture
from lgbm.graph.reach import Coverage, Reach
from lgbm.graph.together import Together
from lgbm.graph.ways import Way
from lgbm.graph.writing import to_dot, to_graphml, to_json, to_mermaid

__all__ = [
    "KINDS",
    "RELATIONS",
    "Arrow",
    "Box",
    "Coverage",
    "Dependent",
    "Dependents",
    "Edge",
    "Explorer",
    "Graph",
    "LooseEnds",
    "Picture",
    "Reach",
    "Together",
    "Way",
    "around",
    "called",
    "edges_of",
    "graph_of",
    "node",
    "part",
    "part_of",
    "to_dot",
    "to_graphml",
    "to_json",
    "to_mermaid",
]
