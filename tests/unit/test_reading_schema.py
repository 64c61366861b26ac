"""The JSON Schema that editors complete and check by says what the reader says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from lgbm.model.taxonomy import SECTIONS
from lgbm.reading import json_schema, read_text
from lgbm.reading.documents import read_document
from lgbm.reading.fields import ITEMS
from lgbm.reading.nodes import Listing, Node, Scalar
from lgbm.source import Source

ROOT = Path(__file__).parents[2]
CHECK = Draft202012Validator(json_schema())
CHECK_LAYER = Draft202012Validator(json_schema(layer=True))


def as_editors_read(node: Node | None) -> Any:
    """Plain JSON data, as YAML 1.2 has it: an editor types by looks."""
    if node is None:
        return {}
    if isinstance(node, Listing):
        return [as_editors_read(each) for each in node.items]
    if not isinstance(node, Scalar):
        return {name: as_editors_read(held) for name, (_, held) in node.entries.items()}
    if node.plain and node.text in ("true", "false"):
        return node.text == "true"
    if node.plain and node.text.lstrip("-").isdecimal():
        return int(node.text)
    return node.text


def data(text: str) -> Any:
    node, complaints, whole = read_document(Source("t.yaml", text))
    assert (complaints, whole) == ([], True)
    return as_editors_read(node)


def test_the_schema_is_one() -> None:
    """Of draft 2020-12, for both sorts of file."""
    Draft202012Validator.check_schema(json_schema())
    Draft202012Validator.check_schema(json_schema(layer=True))


def test_every_field_of_every_section_is_described() -> None:
    """The table of fields is the one source of both."""
    properties = json_schema()["properties"]

    assert properties.keys() == {"taxonomy", *SECTIONS}
    for section, table in ITEMS.items():
        described = properties[section]["additionalProperties"]
        assert described["properties"].keys() == table.fields.keys()
        assert all(one["description"] for one in described["properties"].values())
        assert described["additionalProperties"] is False


@pytest.mark.parametrize("path", sorted((ROOT / "taxonomies").rglob("*.yaml")), ids=lambda path: path.name)
def test_the_taxonomies_that_come_with_the_library_are_valid(path: Path) -> None:
    """An editor finds nothing to complain of in what the reader reads."""
    CHECK_LAYER.validate(data(path.read_text(encoding="utf-8")))


GOOD = [
    "taxonomy: {id: a, label: A, extends: [uk, ../b], leap_day_birthday: 1 March}",
    "circumstances: {a: {label: 2026, type: choice, options: {no: true, 0123: {en: x}}}}",
    "circumstances: {a: {label: A, type: people, fields: {b: {type: number, formula: c + 1}}}}",
    "circumstances: {a: {label: A, type: boolean}, b: {label: B, type: number, asked_when: a, otherwise: 0}}",
    "rates: {a: {label: A, values: [{from: 2026-01-01, value: 1, source: [An act]}]}}",
    "tables:\n  a:\n    label: A\n    inputs: {b: {type: choice, options: {c: C}}}\n"
    "    rows: [{b: [c], values: {from: 2026-01-01, value: 1}}]",
    "circumstances: {a: {label: A, type: people, fields: {b: {type: text}}}}\n"
    "events: {e: {label: E, changes: {a: {add: {b: x}}}}}",
    "needs: {a: {label: A, implied_by: {any: [b, {none: c}, {when: true, because: {en: x}}]}}}",
    "services: {a: {label: A, not_modelled: [{en: x}, y], effective: {from: 2026-01-01}, url: 'https://example.org'}}",
    "segments: {a: {label: A, members: b, role: target customer}}",
]
BAD = [
    "sevices: {a: {label: A}}",
    "services: {a: {label: A, eligability: b}}",
    "services: {a: {}}",
    "services: {a b: {label: A}}",
    "services: [a]",
    "services: {a: {label: A, url: example.org}}",
    "services: {a: {label: A, eligibility: [a, b]}}",
    "services: {a: {label: A, eligibility: {all: []}}}",
    "services: {a: {label: A, eligibility: {all: a, any: b}}}",
    "services: {a: {label: A, review_by: soon}}",
    "services: {a: {label: A, status: gone}}",
    "circumstances: {a-b: {label: A, type: text}}",
    "circumstances: {between: {label: A, type: text}}",
    "circumstances: {a: {label: A, type: choice}}",
    "circumstances: {a: {label: A, type: text, options: {a: A}}}",
    "circumstances: {a: {label: A, type: people, fields: {b: {type: text}}, formula: c}}",
    "circumstances: {a: {label: A, type: people, fields: {b: {type: text, asked_when: c}}}}",
    "circumstances: {a: {label: A, type: number, places: -1}}",
    "rates: {a: {label: A, values: []}}",
    "rates: {a: {label: A, values: [{value: 1}]}}",
    "tables: {a: {label: A, inputs: {b: {type: text, formula: c}}, rows: {values: {from: 2026-01-01, value: 1}}}}",
    "indicators: {a: {label: A}}",
]


@pytest.mark.parametrize("text", GOOD)
def test_what_is_read_is_valid(text: str) -> None:
    """Whatever the reader reads is fine by the schema."""
    if "extends" not in text:
        read_text(text)

    CHECK.validate(data(text))
    CHECK_LAYER.validate(data(text))


@pytest.mark.parametrize("text", BAD)
def test_what_one_file_can_show_to_be_wrong_is_invalid(text: str) -> None:
    """Unknown fields, wrong shapes and missing ones; the schema cannot know references."""
    with pytest.raises(Exception, match="T2"):
        read_text(text)

    assert not CHECK.is_valid(data(text))


def test_a_layer_may_give_some_fields_of_an_item_only() -> None:
    """The others stand in the layer below."""
    text = "services: {a: {status: withdrawn}}"

    assert not CHECK.is_valid(data(text))
    assert CHECK_LAYER.is_valid(data(text))
