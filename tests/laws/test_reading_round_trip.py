"""What a taxonomy says survives being written and read, in whatever order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from lgbm.model.taxonomy import Taxonomy
from lgbm.reading import json_schema, read_text, write_taxonomy
from tests.strategies.taxonomies import taxonomies

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


class AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2 nearly enough: dates and `no` stay text."""


AsEditorsRead.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in found if not tag.endswith((":timestamp", ":bool"))]
    + ([("tag:yaml.org,2002:bool", yaml.SafeLoader.yaml_implicit_resolvers["t"][0][1])] if first in "tf" else [])
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def exactly(thing: Any) -> Any:
    """*thing* with its types and its order: equal mappings may differ in order, and 1 equals true."""
    if attrs.has(type(thing)):
        fields = (field.name for field in attrs.fields(type(thing)) if field.name != "span")
        return type(thing).__name__, [(name, exactly(getattr(thing, name))) for name in fields]
    if isinstance(thing, Mapping):
        return [(name, exactly(held)) for name, held in thing.items()]
    if isinstance(thing, tuple):
        return [exactly(each) for each in thing]
    return type(thing).__name__, sorted(thing) if isinstance(thing, frozenset) else thing


@patient
@given(taxonomy=taxonomies())
def test_a_taxonomy_written_and_read_is_the_same(taxonomy: Taxonomy) -> None:
    """Text and back loses nothing but the places."""
    read = read_text(write_taxonomy(taxonomy))

    assert read == taxonomy
    assert exactly(read) == exactly(taxonomy)


@patient
@given(taxonomy=taxonomies())
def test_what_is_written_is_as_the_schema_says(taxonomy: Taxonomy) -> None:
    """An editor that checks by the schema has nothing to say about what the library writes."""
    data = yaml.load(write_taxonomy(taxonomy), Loader=AsEditorsRead)

    Draft202012Validator(json_schema()).validate(data)


@patient
@given(taxonomy=taxonomies(), order=st.randoms(use_true_random=False))
def test_the_order_of_sections_and_items_never_matters(taxonomy: Taxonomy, order: st.DataObject) -> None:
    """The same items in another order are the same taxonomy."""
    written = write_taxonomy(taxonomy)
    sections = ["\n".join(lines) for lines in _sections(written)]
    order.shuffle(sections)  # type: ignore[attr-defined]

    assert read_text("\n".join(sections)) == read_text(written)


def _sections(text: str) -> list[list[str]]:
    found: list[list[str]] = []
    for line in text.splitlines():
        if not line.startswith(" "):
            found.append([])
        found[-1].append(line)
    return found
