"""The fields of every section, in one table. The builder reads by it, and the JSON Schema is made from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lgbm.messages import taxonomy as say
from lgbm.model.concepts import Amount, Cost, Kind
from lgbm.reading.conditions import ConditionTree
from lgbm.reading.figures import DatedValues
from lgbm.reading.nodes import Node
from lgbm.reading.objectives import Objectives
from lgbm.reading.reader import CURIE, ID, WEB_ADDRESS, Field, FieldTable, Reader, Schema
from lgbm.reading.shapes import (
    AsItIs,
    Day,
    Figure,
    Flag,
    Jurisdiction,
    Law,
    Line,
    OneOf,
    Options,
    Patterned,
    Places,
    Reference,
    Rule,
    Several,
    Words,
)
from lgbm.reading.standards import Standards

PERIODS = ("once", "day", "week", "four weeks", "month", "quarter", "year")
CRITICALITIES = ("low", "high")
ROLES = ("target customer", "indirect customer", "representative", "partner", "expert")
STATUSES = ("active", "draft", "deprecated", "withdrawn")


class Effective:
    """The first and the last day, either of which may be absent."""

    def read(self, node: Node, name: str, reader: Reader) -> dict[str, Any] | None:
        found = reader.pairs(node, name, "`{from: …, until: …}`")
        return EFFECTIVE.read(found, None, reader) if found else None

    def schema(self) -> Schema:
        return EFFECTIVE.schema()


class Amounts:
    """What a service pays, and how often."""

    def read(self, node: Node, name: str, reader: Reader) -> Amount | None:
        pairs = reader.pairs(node, name, "`{label: …, value: …, every: …}`")
        found = AMOUNT.read(pairs, None, reader) if pairs else None
        if found is None:
            return None
        return Amount(found["label"], found["value"], found["every"], found.get("when"), node.span)

    def schema(self) -> Schema:
        return AMOUNT.schema()


class Costs:
    """What one contact costs, at least and at most."""

    def read(self, node: Node, name: str, reader: Reader) -> Cost | None:
        pairs = reader.pairs(node, name, "`{from: …, low: …, high: …}`")
        found = COST.read(pairs, None, reader) if pairs else None
        if found is None:
            return None
        start, end, low, high = found["from"], found.get("until"), found["low"], found.get("high", found["low"])
        if end and end < start:
            reader.complain(say.ends_before_it_begins(node.span, str(start), str(end)))
        if high < low:
            reader.complain(say.high_below_low(node.span, low, high))
        return Cost(start, end, low, high, found.get("unit"), found.get("source", ()), node.span)

    def schema(self) -> Schema:
        return COST.schema()


_EVERY = (
    Field("label", Words(), "What it is called: text in English, or a text for each language.", required=True),
    Field("notes", Words(), "Notes: text in English, or a text for each language."),
    Field(
        "same_as",
        Several(Patterned(CURIE, "a CURIE or a URI")),
        "The same thing elsewhere: CURIEs or URIs.",
    ),
    Field("status", OneOf(STATUSES), "How far it is in use. Without it: active."),
    Field("replaces", Several(Line()), "Ids of items that this one took the place of."),
)

_ANY_VALUE: Schema = {"type": ["string", "number", "boolean", "array", "object"]}
_BOUND: Schema = {"type": ["string", "number"]}
_WEB_ADDRESS = Patterned(WEB_ADDRESS, "a web address, which begins with https:// or http://")


def _broader(section: str) -> Field:
    return Field("broader", Several(Reference(section)), "Ids of the wider ones that it is part of.")


CIRCUMSTANCE = FieldTable.of(
    "a circumstance",
    *_EVERY,
    Field("type", OneOf(tuple(kind.value for kind in Kind)), "What sort of fact it is.", required=True, renamed="kind"),
    Field("options", Options(), "For a choice or choices: a mapping from code to label."),
    Field(
        "fields",
        AsItIs({"$ref": "#/$defs/fields"}),
        "For a person or people: what is known of each person, described as circumstances are.",
    ),
    Field("unit", Line(), "The unit, in words. A sum or comparison of two different units is an error."),
    Field("places", Places(), "Decimal places that a number may have. Money has 2 unless told otherwise."),
    Field("at_least", AsItIs(_BOUND), "The lowest number or earliest date that it may be."),
    Field("at_most", AsItIs(_BOUND), "The highest number or latest date that it may be."),
    Field("future", Flag(), "True for a date that may lie after the date of resolution: a due date."),
    Field("question", Words(), "How to ask a person for it."),
    Field("mutable", Flag(), "False for what a person cannot change: age, disability, nationality."),
    Field("sensitive", Flag(), "True for what is asked with care."),
    Field("formula", Rule(), "A rule that derives it."),
    Field("asked_when", ConditionTree(), "Where this is false, the circumstance is not applicable."),
    Field("otherwise", AsItIs(_ANY_VALUE), "Its value where it is not applicable. Without one it stays unknown."),
)


def _label_optional(table: FieldTable) -> FieldTable:
    return FieldTable(table.what, table.fields, tuple(one for one in table.needed if one.name != "label"))


PERSON_FIELD = _label_optional(
    CIRCUMSTANCE.without("a field of a person", "fields", "asked_when", "otherwise", "status")
)
INPUT = _label_optional(PERSON_FIELD.without("an input of a table", "formula"))

RATE = FieldTable.of(
    "a rate",
    *_EVERY,
    Field("unit", Line(), "The unit, in words."),
    Field("values", DatedValues(), "Its values by date.", required=True),
)

ROW = FieldTable.of("a row", Field("values", DatedValues(), "Its values by date.", required=True))

TABLE = FieldTable.of(
    "a table",
    *_EVERY,
    Field("unit", Line(), "The unit, in words."),
    Field(
        "inputs",
        AsItIs({"$ref": "#/$defs/inputs"}),
        "What its value depends on, in the order in which a rule gives it; described as circumstances are.",
        required=True,
    ),
    Field(
        "rows",
        AsItIs({"$ref": "#/$defs/rows"}),
        "Its rows: a FEEL unary test for each input (an absent one fits anything), and values by date.",
        required=True,
    ),
)

EVENT = FieldTable.of(
    "an event",
    *_EVERY,
    Field(
        "changes",
        AsItIs({"$ref": "#/$defs/changes"}),
        "What becomes of circumstances: a new value, or one of formula, add, remove_where and forget.",
    ),
    Field("leads_to", Several(Reference("services")), "Ids of services needed directly, whatever the circumstances."),
)

NEED = FieldTable.of(
    "a need",
    *_EVERY,
    Field("implied_by", ConditionTree(), "The condition under which a citizen has the need."),
    _broader("needs"),
)

EFFECTIVE = FieldTable.of(
    "`effective`",
    Field("from", Day(), "The first day on which it exists.", renamed="effective_from"),
    Field("until", Day(), "The last day on which it exists.", renamed="effective_until"),
)

AMOUNT = FieldTable.of(
    "an amount",
    Field("label", Words(), "What it is called.", required=True),
    Field("value", Rule(), "A rule that gives the pounds: a rate's name, a table or a formula.", required=True),
    Field("every", OneOf(PERIODS), "How often it is paid.", required=True),
    Field("when", ConditionTree(), "Who gets it. Absent: everybody who is eligible."),
)

SERVICE = FieldTable.of(
    "a service",
    *_EVERY,
    Field("meets", Several(Reference("needs")), "Ids of the needs that it meets."),
    Field("contributes_to", Several(Reference("outcomes")), "Ids of the outcomes that it contributes to."),
    Field("provider", Several(Reference("organisations")), "Ids of the organisations that provide it."),
    Field("channels", Several(Reference("channels")), "Ids of the channels that it is reached through."),
    Field("interactions", Several(Reference("interactions")), "Ids of what somebody does with it."),
    Field(
        "under",
        Several(Reference("legislation")),
        "The powers and duties that it is provided under: ids of legislation.",
    ),
    Field(
        "jurisdictions",
        Several(Jurisdiction()),
        "Where it is offered: options of the circumstances that `taxonomy: jurisdiction` names.",
    ),
    Field("eligibility", ConditionTree(), "Who may have it. Absent: not modelled, and never answered yes or no."),
    Field("not_modelled", Several(Words()), "Conditions that are said with every answer and never evaluated."),
    Field("amounts", Several(Amounts()), "What it pays, where that is simple to state."),
    Field("standards", Several(Standards()), "What it promises, and its targets."),
    Field(
        "criticality", OneOf(CRITICALITIES), "How much hangs on it for those who need it. Absent: as of its outcomes."
    ),
    Field("url", _WEB_ADDRESS, "Its page on the web."),
    Field("owner", Line(), "Who keeps it true."),
    Field(
        "source",
        Several(Law()),
        "Where what is said of it was found: ids of legislation, web addresses, or words.",
    ),
    Field("review_by", Day(), "Past this day, every answer says so."),
    Field("effective", Effective(), "The days on which it exists; either may be absent."),
)

OUTCOME = FieldTable.of(
    "an outcome",
    *_EVERY,
    Field("measured_by", Several(Reference("indicators")), "Ids of the indicators that measure it."),
    Field(
        "criticality", OneOf(CRITICALITIES), "How much hangs on a service that contributes to it, for those in need."
    ),
    _broader("outcomes"),
)

INDICATOR = FieldTable.of(
    "an indicator",
    *_EVERY,
    Field("of", ConditionTree(), "Of whom it speaks. Absent: of everybody."),
    Field("counts", ConditionTree(), "Whom of them it counts.", required=True),
    Field("unit", Line(), "The unit, in words."),
    Field("better", OneOf(("lower", "higher")), "Whether lower or higher is better."),
)

COST = FieldTable.of(
    "a cost",
    Field("from", Day(), "The day from which on the figures are meant.", required=True),
    Field("until", Day(), "The last such day, where there is one."),
    Field("low", Figure(), "The lowest published cost of a contact.", required=True),
    Field("high", Figure(), "The highest published cost of a contact. Without it: as the lowest."),
    Field("unit", Line(), "The unit, in words: GBP a contact."),
    Field("source", Several(Law()), "Where the figures were published."),
)

CHANNEL = FieldTable.of("a channel", *_EVERY, Field("costs", Several(Costs()), "What a contact costs, by date."))
INTERACTION = FieldTable.of("an interaction", *_EVERY)

ORGANISATION = FieldTable.of(
    "an organisation",
    *_EVERY,
    Field("tier", Line(), "Its tier of government, in words."),
    _broader("organisations"),
)

LEGISLATION = FieldTable.of(
    "legislation",
    *_EVERY,
    Field("kind", OneOf(("act", "regulation", "power", "duty", "guidance")), "What sort of law or guidance it is."),
    Field("url", _WEB_ADDRESS, "Where it can be read."),
    _broader("legislation"),
)

SEGMENT = FieldTable.of(
    "a segment",
    *_EVERY,
    Field("members", ConditionTree(), "Who belongs to it."),
    Field("role", OneOf(ROLES), "What it is to those who provide services."),
    Field(
        "objectives", Several(Objectives()), "What is to become better for it, and the outcomes that this is part of."
    ),
    _broader("segments"),
)

TAXONOMY = FieldTable.of(
    "the section `taxonomy`",
    Field("id", Patterned(ID, "an id"), "The taxonomy's id.", required=True),
    Field("label", Words(), "What it is called.", required=True),
    Field("notes", Words(), "Notes: text in English, or a text for each language."),
    Field(
        "extends",
        Several(Line()),
        "What it lies over: a packaged taxonomy, or a path from this folder; or a list of these, lowest first.",
    ),
    Field(
        "leap_day_birthday",
        OneOf(("28 February", "1 March")),
        "When a person born on 29 February is a year older in a common year. Without it: 1 March.",
    ),
    Field(
        "jurisdiction",
        Several(Reference("circumstances")),
        "The choice circumstance that says where a citizen lives; or a list of these: the nation, the council.",
    ),
)

CHANGE = FieldTable.of(
    "a change",
    Field("formula", Rule(), "It becomes this, reckoned on the circumstances before."),
    Field("add", AsItIs({"type": "object"}), "A person with this known joins the list."),
    Field("remove_where", ConditionTree(), "Those people leave the list of whom this is true."),
    Field("forget", Flag(), "It becomes unknown."),
)

ITEMS: Mapping[str, FieldTable] = {
    "circumstances": CIRCUMSTANCE,
    "rates": RATE,
    "tables": TABLE,
    "events": EVENT,
    "needs": NEED,
    "services": SERVICE,
    "outcomes": OUTCOME,
    "indicators": INDICATOR,
    "channels": CHANNEL,
    "interactions": INTERACTION,
    "organisations": ORGANISATION,
    "legislation": LEGISLATION,
    "segments": SEGMENT,
}
"""The fields of an item, by section."""

NAMED = frozenset({"circumstances", "rates", "tables"})
"""The sections whose ids rules use as names."""
