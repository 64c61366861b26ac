"""What is said of a model as a whole, held against what its answers do."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

import lgbm
from lgbm.graph.chain import chain_of
from lgbm.graph.fitting import width_of, wrapped
from lgbm.graph.layout import laid_out
from lgbm.rules.build import rulebook
from tests.strategies.taxonomies import taxonomies, texts
from tests.strategies.worlds import BASE, World, citizens, worlds

SVG = "{http://www.w3.org/2000/svg}"


@given(data=st.data())
def test_whatever_a_fact_changes_depends_on_it(data: st.DataObject) -> None:
    """A service that is answered otherwise once one fact is left out is among the dependents of that fact."""
    world: World = data.draw(worlds())
    profile = dict(data.draw(citizens(world)).everything)
    left_out = data.draw(st.sampled_from(sorted(name for name in profile if name in BASE) or ["yes"]))
    # What was worked out from the fact would say it all the same.
    stated = {name: value for name, value in profile.items() if name in BASE or name == "receives"}
    before = world.model.resolve(stated, on=world.day)
    after = world.model.resolve({**stated, left_out: None}, on=world.day)
    changed = {f"service:{one.id}" for one in before.services if after[one.id].status is not one.status}
    changed |= {f"need:{one.id}" for one in before.needs} ^ {f"need:{one.id}" for one in after.needs}

    found = world.model.explore.dependents(left_out)

    assert changed <= {one.node for one in found.direct} | set(found.further)


@given(data=st.data())
def test_what_comes_together_is_shown_together(data: st.DataObject) -> None:
    """Whoever asks, and after whatever event; with the same rules, with the same answer as well."""
    world: World = data.draw(worlds())
    stated = data.draw(citizens(world)).known
    answer = world.model.resolve(stated, on=world.day)

    for group in world.model.explore.together():
        relevances = [tuple(one.kind for one in answer[name].relevance) for name in group.services]
        statuses = {answer[name].status for name in group.services}
        assert len(set(relevances)) == 1
        assert not group.same_rules or len(statuses) == 1


@given(data=st.data())
def test_the_ways_are_all_ways_shortest_first(data: st.DataObject) -> None:
    """Held against trying every way there is."""
    model = data.draw(worlds()).model
    chain = chain_of(model.graph)
    longest = data.draw(st.integers(1, 3))
    end = data.draw(st.sampled_from(sorted(one for one in chain if one.startswith(("service:", "need:")))))

    found = list(model.explore.ways("e0", end, longest))

    every: Any = nx.all_simple_paths(chain, "event:e0", end, cutoff=longest)
    assert sorted(one.nodes for one in found) == sorted(map(tuple, every))
    lengths = [len(one.nodes) for one in found]
    assert lengths == sorted(lengths)


@settings(max_examples=25)
@given(taxonomy=taxonomies(), most=st.sampled_from([2, 10, None]))
def test_a_picture_can_be_made_of_anything(taxonomy: Any, most: int | None) -> None:
    """It is well-formed, has a title and a description, and says in words what it shows."""
    try:
        model = lgbm.Model(taxonomy, rulebook(taxonomy))
    except lgbm.SourceError:
        return
    pictures = [model.draw(most=most), *(model.draw(event=one, most=most) for one in list(model.events)[:2])]
    for picture in [*pictures, *(model.draw(service=one, most=most) for one in list(model.services)[:2])]:
        root = ElementTree.fromstring(picture.svg)
        assert root.get("role") == "img"
        assert (root.findtext(f"{SVG}title") or "").strip()
        assert picture.text.count("\n") >= len(picture.boxes)


@given(text=texts, size=st.sampled_from([11.0, 12.5]), width=st.sampled_from([30.0, 120.0]))
def test_wrapping_loses_no_letter_and_keeps_to_the_width(text: str, size: float, width: float) -> None:
    """Only white space may go."""
    lines = wrapped(text, size, width)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line, size) <= width for line in lines if len(line) > 1)


@given(data=st.data())
def test_nothing_in_a_column_touches_and_long_arrows_go_past(data: st.DataObject) -> None:
    """Whatever the columns and the arrows: boxes keep their distance, and a long arrow has a lane in each column."""
    sizes = data.draw(st.lists(st.integers(1, 5), min_size=2, max_size=5))
    columns = [[f"{place}.{row}" for row in range(size)] for place, size in enumerate(sizes)]
    every = [(one, other) for place, column in enumerate(columns) for one in column for then in columns[place + 1 :]
             for other in then]  # fmt: skip
    arrows = dict.fromkeys(data.draw(st.lists(st.sampled_from(every), max_size=12, unique=True)), 1)
    heights = {one: data.draw(st.sampled_from([20.0, 45.0])) for column in columns for one in column}

    found = laid_out(columns, heights, arrows)

    for column in found.columns:
        for one, other in pairwise(column):
            assert one.top + one.height + 9.99 <= other.top
        assert column[0].top >= -0.01
        assert column[-1].top + column[-1].height <= found.height + 0.01
    for (source, target), route in found.routes.items():
        places = [found.cells[one].column for one in route]
        assert places == list(range(found.cells[source].column, found.cells[target].column + 1))
        assert all(found.cells[one].lane for one in route[1:-1])
