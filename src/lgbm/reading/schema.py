"""The format as a JSON Schema, made from the same table of fields that the reader goes by."""

from __future__ import annotations

from lgbm.model.concepts import Kind
from lgbm.reading.circumstances import FITS, KEYWORDS, NEEDED
from lgbm.reading.fields import CHANGE, INPUT, ITEMS, NAMED, PERSON_FIELD, ROW, TAXONOMY
from lgbm.reading.figures import DATED
from lgbm.reading.reader import ID, LANGUAGE, NAME, TEXT, Schema

_NAMES: Schema = {"pattern": f"^{NAME.pattern}$", "not": {"enum": sorted(KEYWORDS)}}
_IDS: Schema = {"pattern": f"^{ID.pattern}$"}

_SECTION_MEANINGS = {
    "circumstances": "Facts about a citizen.",
    "rates": "Figures of the law, by date.",
    "tables": "Figures of the law that depend on circumstances, by date.",
    "events": "Life events: what changes in a citizen's circumstances.",
    "needs": "What circumstances together imply that a citizen needs.",
    "services": "What meets needs, for those who are eligible.",
    "outcomes": "What services are for.",
    "indicators": "Measures of outcomes over a population.",
    "channels": "Ways to reach a service.",
    "interactions": "What somebody does with a service.",
    "organisations": "Who provides services.",
    "legislation": "Powers and duties, and the law or guidance that states them.",
    "segments": "Groups of people, for planning services.",
}


def json_schema(*, layer: bool = False) -> Schema:
    """The schema (draft 2020-12) of one file of a taxonomy, for editors and other tools.

    It knows one file and no references. The files of a *layer* that lies over another taxonomy change items field by
    field, so that no field of an item is required there.
    """
    properties: Schema = {"taxonomy": {"description": "What the taxonomy is called.", **TAXONOMY.schema()}}
    for name, table in ITEMS.items():
        item = table.schema(partial=layer)
        if name == "circumstances" and not layer:
            item["allOf"] = _by_type()
        properties[name] = {
            "description": _SECTION_MEANINGS[name],
            "type": "object",
            "propertyNames": _NAMES if name in NAMED else _IDS,
            "additionalProperties": item,
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A taxonomy of lgbm",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": _definitions(),
    }


def _definitions() -> Schema:
    condition: Schema = {"$ref": "#/$defs/condition"}
    aside: Schema = {
        "because": {"description": "The reason, in words.", "$ref": "#/$defs/words"},
        "source": {"description": "The law that it comes from.", **DATED.fields["source"].shape.schema()},
    }
    when: Schema = {"description": "The rule.", "$ref": "#/$defs/rule"}
    groups = {
        "all": "All of these conditions hold.",
        "any": "At least one of these conditions holds.",
        "none": "None of these conditions holds.",
    }
    forms: list[Schema] = [{"$ref": "#/$defs/rule"}, _form("when", when, aside)]
    for word, meaning in groups.items():
        held = {"description": meaning, "anyOf": [condition, {"type": "array", "minItems": 1, "items": condition}]}
        forms.append(_form(word, held, aside))
    dated = DATED.schema()
    return {
        "words": {
            "anyOf": [
                {**TEXT, "pattern": r"\S"},
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": {"pattern": f"^{LANGUAGE.pattern}$"},
                    "additionalProperties": {**TEXT, "pattern": r"\S"},
                },
            ]
        },
        "date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        "rule": {**TEXT, "pattern": r"\S"},
        "condition": {"anyOf": forms},
        "values": {"anyOf": [dated, {"type": "array", "minItems": 1, "items": dated}]},
        "fields": _named({**PERSON_FIELD.schema(), "allOf": _by_type()}),
        "inputs": _named({**INPUT.schema(), "allOf": _by_type()}),
        "rows": _rows(),
        "changes": _changes(),
    }


def _form(word: str, held: Schema, aside: Schema) -> Schema:
    return {"type": "object", "required": [word], "additionalProperties": False, "properties": {word: held, **aside}}


def _named(item: Schema) -> Schema:
    return {"type": "object", "minProperties": 1, "propertyNames": _NAMES, "additionalProperties": item}


def _by_type() -> list[Schema]:
    """What a type needs, and which fields are for some types only."""
    rules: list[Schema] = []
    for name, kinds in FITS.items():
        fits: Schema = {"properties": {"type": {"enum": [str(kind) for kind in kinds]}}, "required": ["type"]}
        rule: Schema = {"if": fits, "else": {"not": {"required": [name]}}}
        if any(NEEDED.get(kind) == name for kind in Kind):
            rule["then"] = {"required": [name]}
        rules.append(rule)
    return rules


def _rows() -> Schema:
    cell: Schema = {"anyOf": [TEXT, {"type": "array", "minItems": 1, "items": TEXT}]}
    row = {**ROW.schema(), "additionalProperties": cell}
    return {"anyOf": [row, {"type": "array", "minItems": 1, "items": row}]}


def _changes() -> Schema:
    # A mapping may also be what is known of a person, so its keys are not for the schema to judge.
    effect: Schema = {
        "type": "object",
        "properties": {name: each.shape.schema() for name, each in CHANGE.fields.items()},
    }
    value: Schema = {"type": ["string", "number", "boolean", "array"]}
    return {"type": "object", "minProperties": 1, "additionalProperties": {"anyOf": [effect, value]}}
