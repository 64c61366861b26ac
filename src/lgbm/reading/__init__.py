"""Text to taxonomy: strict YAML that remembers places, every reference resolved, all complaints at once."""

from __future__ import annotations

from lgbm.reading.layers import Draft, draft_of, draft_of_text, load_taxonomy, packaged, read_text
from lgbm.reading.schema import json_schema
from lgbm.reading.write import write_taxonomy

__all__ = [
    "Draft",
    "draft_of",
    "draft_of_text",
    "json_schema",
    "load_taxonomy",
    "packaged",
    "read_text",
    "write_taxonomy",
]
