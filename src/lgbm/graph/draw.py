"""Which picture is drawn: `model.draw`."""

from __future__ import annotations

from lgbm.errors import ProfileError
from lgbm.graph.drawing import MOST, picture_of_event, picture_of_service, picture_of_whole
from lgbm.graph.making import Graph
from lgbm.graph.person import picture_of_answer
from lgbm.graph.picture import Picture
from lgbm.messages import graph as say
from lgbm.model.concepts import in_language
from lgbm.model.taxonomy import Taxonomy
from lgbm.resolution import Resolution


def draw(
    graph: Graph,
    taxonomy: Taxonomy,
    *,
    event: str | None = None,
    service: str | None = None,
    resolution: Resolution | None = None,
    language: str = "en",
    most: int | None = MOST,
) -> Picture:
    """One life event, one service, one person's answer; without any of these, the whole model.

    Columns are folded to about *most* boxes; with nothing for it, to none. Raises `ProfileError` for an id that there
    is not, for two pictures at once, and for columns of fewer than two boxes.
    """
    asked = {"event": event, "service": service, "resolution": resolution}
    given = [name for name, one in asked.items() if one is not None]
    if len(given) > 1:
        raise ProfileError([say.one_at_a_time(given)])
    if most is not None and most < 2:
        raise ProfileError([say.too_few("most", 2)])
    if event is not None:
        return picture_of_event(graph, event, language, most)
    if service is not None:
        return picture_of_service(graph, service, language, most)
    if resolution is not None:
        return picture_of_answer(graph, resolution, most)
    return picture_of_whole(graph, in_language(taxonomy.label, language) or taxonomy.id, language, most)
