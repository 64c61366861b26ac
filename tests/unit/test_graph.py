"""The graph holds every item and every relation that the taxonomy states, and nothing else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import networkx as nx
import pydot
import pytest

import lgbm
from lgbm.graph import RELATIONS, around, edges_of, part, to_dot, to_graphml, to_json, to_mermaid

TAXONOMY = """
taxonomy: {id: small, label: Small, jurisdiction: nation}
circumstances:
  nation: {label: Nation, type: choice, options: {england: England, wales: Wales}}
  date_of_birth: {label: Date of birth, type: date}
  age: {label: Age, type: number, formula: 'years and months duration(date_of_birth, today()).years'}
  working: {label: In work, type: boolean}
  weekly_hours: {label: Hours, type: number, otherwise: 0, asked_when: {when: working, source: work-act}}
  children:
    label: Children
    type: people
    fields:
      date_of_birth: {type: date}
      age: {type: number, formula: 'years and months duration(date_of_birth, today()).years'}
      full_age: {type: boolean, formula: 'age >= adult'}
rates:
  adult: {label: Full age, values: [{from: 1970-01-01, value: 18, source: work-act}]}
tables:
  limit:
    label: Limit by nation
    inputs: {where: {type: choice, options: {england: England, wales: Wales}}}
    rows:
      - {where: england, values: [{from: 2020-01-01, value: 10}]}
      - {where: wales, values: [{from: 2020-01-01, value: 12, source: 'https://example.org'}]}
events:
  losing-a-job:
    label: Losing a job
    changes: {working: false, 'receives("grant")': false, weekly_hours: {formula: weekly_hours / 2}}
    leads_to: [advice]
needs:
  money: {label: Money}
  income: {label: Income, implied_by: not(working), broader: money}
services:
  advice: {label: Advice}
  grant:
    label: Grant
    meets: [income]
    contributes_to: [less-poverty]
    provider: council
    channels: [web]
    interactions: [applying]
    under: [the-act]
    jurisdictions: [wales]
    amounts: {label: Weekly rate, value: weekly_hours * 2, every: week}
    replaces: [advice, old-grant]
    eligibility:
      all:
        - when: age >= adult
          source: [work-act, 'https://example.org', In the words of the council]
        - weekly_hours < limit(nation)
  top-up:
    label: Top-up
    eligibility: {any: ['receives("grant")', 'eligible("grant")', 'count(children[full_age]) > 0']}
outcomes: {less-poverty: {label: Less poverty, measured_by: [grant-rate]}}
indicators: {grant-rate: {label: Share with a grant, of: age >= 18, counts: 'receives("grant")'}}
channels: {web: {label: Web}}
interactions: {applying: {label: Applying}}
organisations: {council: {label: Council, broader: state}, state: {label: State}}
legislation: {work-act: {label: Work Act}, the-act: {label: The Act}}
segments:
  parents:
    label: Parents
    members: count(children) > 0
    objectives: [{label: More income, outcomes: less-poverty}]
"""

MODEL = lgbm.loads(TAXONOMY)
GRAPH = MODEL.graph


def edges(relation: str) -> set[str]:
    return {f"{source} → {target}" for source, target, found in edges_of(GRAPH) if found == relation}


def test_every_item_is_a_node_by_its_kind_and_id() -> None:
    """An id is unique only within its section."""
    assert set(GRAPH) == {
        "circumstance:nation", "circumstance:date_of_birth", "circumstance:age", "circumstance:working",
        "circumstance:weekly_hours", "circumstance:children", "rate:adult", "table:limit", "event:losing-a-job",
        "need:money", "need:income", "service:advice", "service:grant", "service:top-up", "outcome:less-poverty",
        "indicator:grant-rate", "channel:web", "interaction:applying", "organisation:council", "organisation:state",
        "legislation:work-act", "legislation:the-act", "segment:parents",
    }  # fmt: skip
    assert GRAPH.nodes["service:grant"] == {
        "kind": "service",
        "id": "grant",
        "label": "Grant",
        "item": MODEL.services["grant"],
    }


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (
            "changes",
            {
                "event:losing-a-job → circumstance:working",
                "event:losing-a-job → circumstance:weekly_hours",
                "event:losing-a-job → service:grant",
            },
        ),
        ("decides what changes", {"circumstance:weekly_hours → event:losing-a-job"}),
        ("leads to", {"event:losing-a-job → service:advice"}),
        ("derives", {"circumstance:date_of_birth → circumstance:age"}),
        ("asked when", {"circumstance:working → circumstance:weekly_hours"}),
        ("implies", {"circumstance:working → need:income"}),
        (
            "decides eligibility for",
            {
                "circumstance:nation → service:grant",
                "circumstance:age → service:grant",
                "circumstance:weekly_hours → service:grant",
                "circumstance:children → service:top-up",
            },
        ),
        ("passports", {"service:grant → service:top-up"}),
        (
            "uses figure",
            {"rate:adult → service:grant", "table:limit → service:grant", "rate:adult → circumstance:children"},
        ),
        ("meets", {"service:grant → need:income"}),
        ("contributes to", {"service:grant → outcome:less-poverty"}),
        ("measured by", {"outcome:less-poverty → indicator:grant-rate"}),
        ("counts", {"circumstance:age → indicator:grant-rate", "service:grant → indicator:grant-rate"}),
        ("member of", {"circumstance:children → segment:parents"}),
        ("aims at", {"segment:parents → outcome:less-poverty"}),
        ("delivered through", {"service:grant → channel:web"}),
        ("provided by", {"service:grant → organisation:council"}),
        ("offers", {"service:grant → interaction:applying"}),
        (
            "under",
            {
                "service:grant → legislation:the-act",
                "service:grant → legislation:work-act",
                "rate:adult → legislation:work-act",
                "circumstance:weekly_hours → legislation:work-act",
            },
        ),
        ("broader", {"need:income → need:money", "organisation:council → organisation:state"}),
        ("replaces", {"service:grant → service:advice"}),
    ],
)
def test_a_relation_has_the_edges_that_the_taxonomy_states(relation: str, expected: set[str]) -> None:
    """No edge is missing, and none is there that nobody wrote."""
    assert edges(relation) == expected


def test_every_relation_is_explained_and_occurs() -> None:
    """The taxonomy above shows each of them once at least."""
    assert {relation for _, _, relation in edges_of(GRAPH)} == RELATIONS.keys()


def test_everything_that_can_make_a_difference_to_a_service_is_upstream_of_it() -> None:
    """Edges run from what decides to what is decided."""
    assert nx.ancestors(GRAPH, "service:top-up") == {
        "circumstance:nation", "circumstance:date_of_birth", "circumstance:age", "circumstance:working",
        "circumstance:weekly_hours", "circumstance:children", "rate:adult", "table:limit", "event:losing-a-job",
        "service:grant",
    }  # fmt: skip


def test_the_order_of_items_never_matters() -> None:
    """Sections turned about give the same graph, in the same order."""
    head, *sections = TAXONOMY.strip().replace("\n  ", "\0").split("\n")
    turned = "\n".join([head, *reversed(sections)]).replace("\0", "\n  ")
    graph = lgbm.loads(turned).graph

    assert turned != TAXONOMY.strip()
    assert list(graph) == list(GRAPH)
    assert edges_of(graph) == edges_of(GRAPH)


def test_what_is_around_an_item_is_all_that_is_one_edge_away() -> None:
    """The item is found by its id or by the name of its node."""
    found = around(GRAPH, "income")

    assert list(found) == ["circumstance:working", "need:income", "need:money", "service:grant"]
    assert edges_of(found) == [
        ("circumstance:working", "need:income", "implies"),
        ("need:income", "need:money", "broader"),
        ("service:grant", "need:income", "meets"),
    ]
    assert list(around(GRAPH, "need:income")) == list(found)
    assert list(around(GRAPH, "need:income", steps=0)) == ["need:income"]


def test_what_is_not_there_is_said_with_the_nearest_word() -> None:
    """A mistyped id is the caller's mistake, told as others are."""
    with pytest.raises(lgbm.ProfileError) as error:
        around(GRAPH, "grnat")

    assert str(error.value) == "graph: P416: nothing is called `grnat`\nhint: did you mean `grant`?"


def test_json_holds_the_whole_graph() -> None:
    """What is written reads back as the same nodes and edges, without the items."""
    data = json.loads(json.dumps(to_json(GRAPH)))
    graph: Any = nx.node_link_graph(data, edges="edges")

    assert data["nodes"][0] == {"id": "circumstance:age", "kind": "circumstance", "label": "Age"}
    assert data["edges"][0] == {
        "source": "circumstance:age",
        "target": "service:grant",
        "key": "decides eligibility for",
        "relation": "decides eligibility for",
    }
    assert list(graph) == list(GRAPH)
    assert edges_of(graph) == edges_of(GRAPH)


def test_graphml_holds_the_whole_graph() -> None:
    """Edges have ids of their own, since readers drop an edge whose id they have seen."""
    text = to_graphml(GRAPH)
    graph: Any = nx.parse_graphml(text, force_multigraph=True)

    assert text == to_graphml(GRAPH)
    assert set(graph) == set(GRAPH)
    assert {(one, other, about["relation"]) for one, other, about in graph.edges(data=True)} == set(edges_of(GRAPH))
    assert len({name for _, _, name in edges_of(graph)}) == GRAPH.number_of_edges()


def test_mermaid_draws_what_is_around_an_item() -> None:
    """The text that GitHub draws, written out."""
    assert to_mermaid(GRAPH, "need:income") == (
        "flowchart LR\n"
        '  n1("In work")\n'
        '  n2{{"Income"}}\n'
        '  n3{{"Money"}}\n'
        '  n4["Grant"]\n'
        "  n1 -- implies --> n2\n"
        "  n2 -- broader --> n3\n"
        "  n4 -- meets --> n2\n"
    )
    assert to_mermaid(GRAPH).count("\n") == 1 + len(GRAPH) + GRAPH.number_of_edges()


def read_dot(text: str) -> Any:
    """What a reader of Graphviz's language, written by others, makes of it."""
    found = pydot.graph_from_dot_data(text)
    assert found is not None
    return found[0]


def unquoted(text: str) -> str:
    """A quoted string of Graphviz: a quote has a backslash, and in a label a backslash has one as well."""
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def test_dot_holds_the_whole_graph() -> None:
    """Read by pydot: the same nodes with their labels, the same edges."""
    graph = read_dot(to_dot(GRAPH))
    nodes = {unquoted(one.get_name()): unquoted(one.get("label")) for one in graph.get_nodes() if one.get("label")}
    found = sorted(
        (unquoted(one.get_source()), unquoted(one.get_destination()), unquoted(one.get("label")))
        for one in graph.get_edges()
    )

    assert nodes == {one: GRAPH.nodes[one]["label"] for one in GRAPH}
    assert found == sorted(edges_of(GRAPH))


@pytest.mark.parametrize("label", ['a "b"', "a\\", 'a\\"', "[x] {y} <z> -> ;", "Cyngor Sir Ynys Môn", "%% #quot;"])
def test_a_label_is_the_same_in_dot(label: str) -> None:
    """Quotes and backslashes, at the end too."""
    graph = lgbm.loads(f"channels: {{web: {{label: {json.dumps(label)}}}}}").graph

    (node,) = [one for one in read_dot(to_dot(graph)).get_nodes() if one.get("label")]
    assert unquoted(node.get("label")) == label


def test_a_part_is_about_one_event_or_one_service() -> None:
    """What the event changes and leads to, what that implies, what meets it, and what it is for."""
    assert list(part(GRAPH, event="losing-a-job")) == [
        "circumstance:weekly_hours", "circumstance:working", "event:losing-a-job", "need:income", "service:advice",
        "service:grant", "outcome:less-poverty", "indicator:grant-rate",
    ]  # fmt: skip
    assert list(part(GRAPH, service="grant")) == [
        "circumstance:age", "circumstance:nation", "circumstance:weekly_hours", "circumstance:working",
        "event:losing-a-job", "need:income", "service:grant", "outcome:less-poverty", "indicator:grant-rate",
    ]  # fmt: skip
    assert part(GRAPH) is GRAPH


def test_a_label_cannot_break_out_of_a_drawing() -> None:
    """Quotes, brackets, markup and line ends are written as character codes."""
    model = lgbm.loads(
        """channels: {web: {label: "a \\"b\\" [c] <script>; #1\\nend 'Cyngor Sir Ynys Môn'"}}""",
    )

    assert to_mermaid(model.graph) == (
        'flowchart LR\n  n1["a #34;b#34; #91;c#93; #60;script#62;#59; #35;1 end #39;Cyngor Sir Ynys Môn#39;"]\n'
    )


def test_networkx_is_not_imported_until_it_is_asked_for() -> None:
    """Deciding eligibility never pays for it."""
    program = "import sys, lgbm; lgbm.load('uk').resolve({}, on='2026-11-21'); print('networkx' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ran.stdout == "False\n"


def test_the_taxonomy_of_the_united_kingdom_has_a_graph() -> None:
    """Nothing points at an item that is not there, and a life event reaches an outcome."""
    graph = lgbm.load("uk").graph

    assert all(about.keys() == {"kind", "id", "label", "item"} for _, about in graph.nodes(data=True))
    assert nx.has_path(graph, "event:becoming-unemployed", "outcome:less-poverty")
