"""The fields of a file of personas, in tables: reading goes by them."""

from __future__ import annotations

from lgbm.reading import json_schema
from lgbm.reading.reader import Field, FieldTable, Schema
from lgbm.reading.shapes import AsItIs, Day, Line, Several, Words

_IDS: Schema = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_ANY_FACTS: Schema = {"type": "object"}
_ASKED: Schema = {"anyOf": [*_IDS["anyOf"], {"type": "object", "additionalProperties": _IDS}]}
_BECOMES: Schema = {"anyOf": [*_IDS["anyOf"], _ANY_FACTS]}


def _each(table: FieldTable) -> Schema:
    return {"type": "object", "additionalProperties": table.schema()}


EXPECT = FieldTable.of(
    "`expect`",
    Field("eligible", AsItIs(_IDS), "Ids of services that the answer is yes for."),
    Field("ineligible", AsItIs(_IDS), "Ids of services that the answer is no for."),
    Field(
        "undetermined",
        AsItIs(_ASKED),
        "Ids of services that depend on what is not known; or a mapping from each to all that is still to be asked.",
    ),
    Field("needs", AsItIs(_IDS), "Ids of needs that are implied."),
    Field("possible_needs", AsItIs(_IDS), "Ids of needs of which it is not known."),
    Field("not_needs", AsItIs(_IDS), "Ids of needs that are not implied."),
    Field(
        "changes",
        AsItIs(_BECOMES),
        "Ids of circumstances that the event changes; or a mapping from each to what it becomes.",
    ),
)

_NOTES = Field("notes", Words(), "Notes: text in English, or a text for each language.")
_EVENT = Field("event", AsItIs({"type": ["string", "null"]}), "The life event that has just happened.")
_FACTS = Field(
    "facts", AsItIs(_ANY_FACTS), "What is known of the person: circumstances to values. `null` is not known."
)
_EXPECT = Field(
    "expect", AsItIs({"minProperties": 1, **EXPECT.schema()}), "The answers that the law gives.", required=True
)
_ON = "The date to answer for."

VARIANT = FieldTable.of(
    "a variant",
    _NOTES,
    _EVENT,
    Field("on", Day(), _ON),
    _FACTS,
    _EXPECT,
)

PERSON = FieldTable.of(
    "a person",
    Field("label", Words(), "Who it is, in a few words.", required=True),
    _NOTES,
    _EVENT,
    Field("on", Day(), _ON),
    _FACTS,
    _EXPECT,
    Field(
        "variants", AsItIs(_each(VARIANT)), "The same person with other facts, by a few words that say what differs."
    ),
)

FILE = FieldTable.of(
    "a file of personas",
    Field("notes", Words(), "Notes: text in English, or a text for each language."),
    Field(
        "taxonomy",
        Several(Line()),
        "A packaged taxonomy, or a path from this file; or a list of these, each over the ones before it.",
        required=True,
    ),
    Field("on", Day(), _ON, required=True),
    Field("facts", AsItIs(_ANY_FACTS), "What is known of everybody in the file of whom nothing else is said."),
    Field("personas", AsItIs({"minProperties": 1, **_each(PERSON)}), "The people, each under an id.", required=True),
)


def schema() -> Schema:
    """The schema (draft 2020-12) of a file of personas, for editors. It knows no taxonomy, and so no names."""
    common = json_schema()
    return {
        "$schema": common["$schema"],
        "title": "People with the answers that are expected for them, for lgbm",
        **FILE.schema(),
        "$defs": {name: common["$defs"][name] for name in ("words", "date")},
    }
