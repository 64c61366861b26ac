"""What a service promises: a standard, and its targets."""

from __future__ import annotations

from itertools import combinations

from attrs import frozen

from lgbm.messages import taxonomy as say
from lgbm.model.concepts import NOTHING_NAMED, Standard, Target
from lgbm.model.values import Number, number_from
from lgbm.reading.nodes import Node
from lgbm.reading.reader import Field, FieldTable, Reader, Schema
from lgbm.reading.shapes import Figure, Law, Line, OneOf, Several, Words

UNITS = ("minutes", "hours", "days", "working days", "weeks")


@frozen
class Percentage:
    """A number above 0, and 100 at most."""

    def read(self, node: Node, name: str, reader: Reader) -> Number | None:
        found = reader.text(node, name, "a percentage")
        if found is None:
            return None
        number = number_from(found.text)
        if number is None or not 0 < number <= 100:
            reader.complain(say.wrong_value(found.span, name, "a percentage above 0, and 100 at most", found.text))
            return None
        return number

    def schema(self) -> Schema:
        return {"type": ["string", "number"], "exclusiveMinimum": 0, "maximum": 100}


class Targets:
    """So many percent within so long."""

    def read(self, node: Node, name: str, reader: Reader) -> Target | None:
        pairs = reader.pairs(node, name, "`{share: …, within: …, unit: …}`")
        found = TARGET.read(pairs, None, reader) if pairs else None
        return Target(found["share"], found["within"], found["unit"]) if found else None

    def schema(self) -> Schema:
        return TARGET.schema()


class Standards:
    """A label, what is counted, and targets."""

    def read(self, node: Node, name: str, reader: Reader) -> Standard | None:
        pairs = reader.pairs(node, name, "`{label: …, of: …, targets: …}`")
        before = len(reader.complaints)
        found = STANDARD.read(pairs, None, reader) if pairs else None
        if found is None:
            return None
        targets: tuple[Target, ...] = found["targets"]
        if not targets and len(reader.complaints) == before:
            reader.complain(say.empty(node.span, "targets"))
        for one, other in combinations(targets, 2):
            less, more = sorted((one, other), key=lambda target: (target.share, target.within))
            if less.unit == more.unit and (less.within >= more.within or less.share == more.share):
                reader.complain(say.targets_at_odds(node.span, str(less), str(more)))
        principle, source = found.get("principle", NOTHING_NAMED), found.get("source", ())
        return Standard(found["label"], principle, found["of"], targets, source, node.span)

    def schema(self) -> Schema:
        return STANDARD.schema()


TARGET = FieldTable.of(
    "a target",
    Field("share", Percentage(), "At least this many percent of all cases, counted from the first.", required=True),
    Field("within", Figure(), "Within so long.", required=True),
    Field("unit", OneOf(UNITS), "The unit of `within`.", required=True),
)

STANDARD = FieldTable.of(
    "a standard",
    Field("label", Words(), "What it is called.", required=True),
    Field("principle", Words(), "The principle that it serves, in words."),
    Field("of", Line(), "What is counted, in words: new claims.", required=True),
    Field("targets", Several(Targets()), "How many of them within how long.", required=True),
    Field("source", Several(Law()), "Where it was promised."),
)
