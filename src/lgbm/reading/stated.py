"""What a YAML node states of a person, as a profile is given: circumstances then read their values by their kinds."""

from __future__ import annotations

from typing import Any

from lgbm.model.profile import Plain
from lgbm.reading.nodes import Listing, Node, Pairs, Scalar

UNKNOWN = ("null", "~", "")
"""What says, without quotation marks, that a fact is not known."""


def stated(node: Node) -> Any:
    """*node* as mappings, lists and texts. A text without quotation marks is `Plain`; what is not known is `None`."""
    match node:
        case Pairs():
            return {name: stated(value) for name, (_, value) in node.entries.items()}
        case Listing():
            return [stated(one) for one in node.items]
        case Scalar():
            if not node.plain:
                return str(node.text)
            return None if node.text in UNKNOWN else Plain(node.text)
        case _:
            return None
