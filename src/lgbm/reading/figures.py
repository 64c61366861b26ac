"""Figures of the law: values by date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from attrs import frozen

from lgbm.messages import taxonomy as say
from lgbm.model.concepts import Dated
from lgbm.model.values import Value, date_from, number_from
from lgbm.reading.nodes import Listing, Node, Scalar
from lgbm.reading.reader import TEXT, Field, FieldTable, Reader, Schema
from lgbm.reading.shapes import Day, Law, Several


@frozen
class Seen:
    """A value as it looks: a number, a boolean, a date or text."""

    def read(self, node: Node, name: str, reader: Reader) -> tuple[Value, Scalar] | None:
        found = reader.text(node, name, "a number, a boolean, a date or text")
        if found is None:
            return None
        text = found.text
        if not found.plain:
            return text, found
        if text in ("true", "false"):
            return text == "true", found
        number = number_from(text)
        if number is not None:
            return number, found
        return date_from(text) or text, found

    def schema(self) -> Schema:
        return TEXT


DATED = FieldTable.of(
    "a value",
    Field("from", Day(), "The first day on which the value is in force.", required=True),
    Field("until", Day(), "The last day on which it is in force. Without it: until the next value."),
    Field("value", Seen(), "A number, a boolean, a date or text.", required=True),
    Field(
        "source",
        Several(Law()),
        "The law: an id of the section legislation, a web address, or words; or a list of these.",
    ),
)


def sort_of(value: object) -> str:
    """What a dated value is, in words."""
    match value:
        case bool():
            return "a boolean"
        case date():
            return "a date"
        case str():
            return "text"
        case _:
            return "a number"


@frozen
class DatedValues:
    """Values by date, earliest first."""

    def read(self, node: Node, name: str, reader: Reader) -> tuple[Dated, ...] | None:
        nodes: Sequence[Node] = node.items if isinstance(node, Listing) else [node]
        if not nodes:
            reader.complain(say.empty(node.span, name))
            return None
        found: list[Dated] = []
        for each in nodes:
            pairs = reader.pairs(each, name, "a list of `{from: …, value: …}`")
            said = DATED.read(pairs, None, reader) if pairs else None
            if said:
                value, scalar = said["value"]
                dated = Dated(said["from"], said.get("until"), value, said.get("source", ()), scalar.span)
                if dated.end and dated.end < dated.start:
                    reader.complain(say.ends_before_it_begins(dated.span, str(dated.start), str(dated.end)))
                found.append(dated)
        found.sort(key=lambda dated: dated.start)
        self._compare(found, reader)
        return tuple(found) or None

    @staticmethod
    def _compare(found: Sequence[Dated], reader: Reader) -> None:
        for before, after in pairwise(found):
            if before.start == after.start:
                reader.complain(say.same_day_twice(after.span, str(after.start), before.span))
            elif before.end and before.end >= after.start:
                reader.complain(say.ends_too_late(before.span, str(before.end), str(after.start)))
            if sort_of(after.value) != sort_of(found[0].value):
                reader.complain(say.mixed_values(after.span, sort_of(after.value), sort_of(found[0].value)))

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/values"}
