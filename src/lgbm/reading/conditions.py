"""Conditions: rules, leaves with words and law, and groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from attrs import frozen

from lgbm.messages import taxonomy as say
from lgbm.model.concepts import Condition, Group, Labels, Leaf
from lgbm.reading.nodes import Listing, Node, Pairs, Scalar, Unusable
from lgbm.reading.reader import Read, Reader, Schema, Shape
from lgbm.reading.shapes import Law, Several, Words

_SOURCE = Several(Law())
_WORDS = Words()
_LEAF_FIELDS = ("when", "because", "source")
_GROUPS: tuple[Literal["all"], Literal["any"], Literal["none"]] = ("all", "any", "none")


@frozen
class ConditionTree:
    """A rule, a leaf with words and law, or a group of conditions."""

    def read(self, node: Node, name: str, reader: Reader) -> Condition | None:
        if isinstance(node, Unusable):
            return None
        if isinstance(node, Scalar):
            return Leaf(node.written()) if reader.text(node, name) else None
        if isinstance(node, Listing):
            reader.complain(say.not_a_condition(node.span, "stands a list"))
            return None
        kinds = [word for word in ("when", *_GROUPS) if word in node.entries]
        if len(kinds) != 1:
            if not any(isinstance(key, Unusable) for key, _ in node.entries.values()):
                reader.complain(say.not_a_condition(node.span, "are several of them" if kinds else "is none of them"))
            return None
        for word, (key, _) in node.entries.items():
            if word not in (kinds[0], "because", "source"):
                hint = reader.hint(word, (*_LEAF_FIELDS, *_GROUPS))
                reader.complain(say.unknown_field(key.span, "a condition", word, hint))
        because: Labels = self._aside(node, "because", _WORDS, reader) or {}
        source: tuple[str, ...] = self._aside(node, "source", _SOURCE, reader) or ()
        if kinds[0] == "when":
            rule = reader.text(node.entries["when"][1], "when", "a rule")
            return Leaf(rule.written(), because, source) if rule else None
        return self._group(node, because, source, reader)

    @staticmethod
    def _aside(node: Pairs, name: str, shape: Shape[Read], reader: Reader) -> Read | None:
        return reader.read(shape, node.entries[name][1], name) if name in node.entries else None

    def _group(self, node: Pairs, because: Labels, source: tuple[str, ...], reader: Reader) -> Group | None:
        kind: Literal["all", "any", "none"] = next(word for word in _GROUPS if word in node.entries)
        key, held = node.entries[kind]
        nodes: Sequence[Node] = held.items if isinstance(held, Listing) else [held]
        if not nodes:
            reader.complain(say.empty(key.span, kind))
        parts = tuple(part for each in nodes if (part := self.read(each, kind, reader)) is not None)
        return Group(kind, parts, key.span, because, source) if parts else None

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/condition"}
