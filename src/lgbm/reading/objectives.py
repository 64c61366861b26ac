"""What is to become better for a segment."""

from __future__ import annotations

from lgbm.messages import taxonomy as say
from lgbm.model.concepts import Objective
from lgbm.reading.nodes import Node
from lgbm.reading.reader import Field, FieldTable, Reader, Schema
from lgbm.reading.shapes import Reference, Several, Words


class Objectives:
    """A label, and the outcomes that it is part of."""

    def read(self, node: Node, name: str, reader: Reader) -> Objective | None:
        pairs = reader.pairs(node, name, "`{label: …, outcomes: …}`")
        before = len(reader.complaints)
        found = OBJECTIVE.read(pairs, None, reader) if pairs else None
        if found is None:
            return None
        if not found["outcomes"] and len(reader.complaints) == before:
            reader.complain(say.empty(node.span, "outcomes"))
        return Objective(found["label"], found["outcomes"], node.span)

    def schema(self) -> Schema:
        return OBJECTIVE.schema()


OBJECTIVE = FieldTable.of(
    "an objective",
    Field("label", Words(), "What is to become better, in words.", required=True),
    Field("outcomes", Several(Reference("outcomes")), "Ids of the outcomes that this is part of.", required=True),
)
