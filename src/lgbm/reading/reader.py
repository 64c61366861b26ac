"""What reading keeps in mind, and how a table of fields is read and described."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Protocol, TypeVar

from attrs import Factory, define, frozen

from lgbm.errors import Diagnostic, did_you_mean
from lgbm.messages import taxonomy as say
from lgbm.model.concepts import Circumstance
from lgbm.reading.nodes import Listing, Node, Pairs, Scalar, Unusable

Read = TypeVar("Read")
Given_co = TypeVar("Given_co", covariant=True)
Schema = dict[str, Any]

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]*")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
CURIE = re.compile(r"[A-Za-z][A-Za-z0-9+._-]*:\S+")
WEB_ADDRESS = re.compile(r"https?://[^\s/]\S*")
LOOKS_LIKE_AN_ID = re.compile(r"[^\s:/]+")

# An editor reads the code `0123` as a number and `true` as a boolean; here both are text where text is asked for.
TEXT: Schema = {"type": ["string", "number", "boolean"]}

WHAT: Mapping[str, str] = {
    "circumstances": "circumstance",
    "rates": "rate",
    "tables": "table",
    "events": "event",
    "needs": "need",
    "services": "service",
    "outcomes": "outcome",
    "indicators": "indicator",
    "channels": "channel",
    "interactions": "interaction",
    "organisations": "organisation",
    "legislation": "legislation",
    "segments": "segment",
}
"""One item of each section, in words."""

_MOST_HINTS = 50
"""Looking for a similar word takes a while; nobody reads that many hints."""


def one(what: str) -> str:
    """*what* with its article."""
    return what if what == "legislation" else f"{'an' if what[0] in 'aeiou' else 'a'} {what}"


@define
class Reader:
    """What is known while a taxonomy is read: which ids there are, and what was complained of so far."""

    ids: Mapping[str, Mapping[str, Scalar]] = Factory(dict[str, Mapping[str, Scalar]])
    withdrawn: Mapping[str, Mapping[str, Scalar]] = Factory(dict[str, Mapping[str, Scalar]])
    circumstances: dict[str, Circumstance] = Factory(dict[str, Circumstance])
    jurisdictions: Collection[str] | None = None
    """The options of the circumstances that say where a citizen lives, once these are read."""
    jurisdiction: str = ""
    """What these circumstances are called."""
    complaints: list[Diagnostic] = Factory(list[Diagnostic])
    _hints: int = 0

    def complain(self, complaint: Diagnostic) -> None:
        self.complaints.append(complaint)

    def hint(self, word: str, known: Collection[str]) -> str | None:
        """A known word that *word* may have meant."""
        self._hints += 1
        return did_you_mean(word, known) if self._hints <= _MOST_HINTS else None

    def read(self, shape: Shape[Read], node: Node, name: str) -> Read | None:
        """What *node* says, or nothing once a complaint was made."""
        if isinstance(node, Unusable):
            return None
        return shape.read(node, name, self)

    def text(self, node: Node, name: str, wanted: str = "text") -> Scalar | None:
        """The node, if it is a text that is not blank."""
        if isinstance(node, Unusable):
            return None
        if not isinstance(node, Scalar):
            self.expected(node, name, wanted)
            return None
        if not node.text.strip():
            self.complain(say.empty(node.span, name))
            return None
        return node

    def pairs(self, node: Node, name: str, wanted: str = "a mapping") -> Pairs | None:
        """The node, if it is a mapping that holds something."""
        if isinstance(node, Unusable):
            return None
        if not isinstance(node, Pairs):
            self.expected(node, name, wanted)
            return None
        if not node.entries:
            self.complain(say.empty(node.span, name))
            return None
        return node

    def expected(self, node: Node, name: str, wanted: str) -> None:
        found = "a list" if isinstance(node, Listing) else "a mapping" if isinstance(node, Pairs) else "text"
        self.complain(say.expected(node.span, name, wanted, found))


class Shape(Protocol[Given_co]):
    """A way to read a node. It returns nothing where it complained."""

    def read(self, node: Node, name: str, reader: Reader) -> Given_co | None: ...

    def schema(self) -> Schema: ...


@frozen
class Field:
    """One field: what it is called in the format, how it is read, and what it means."""

    name: str
    shape: Shape[Any]
    meaning: str
    required: bool = False
    renamed: str | None = None

    @property
    def attribute(self) -> str:
        """What the model calls it."""
        return self.renamed or self.name


@frozen(eq=False)
class FieldTable:
    """The fields that *what* has, by name."""

    what: str
    fields: Mapping[str, Field]
    needed: tuple[Field, ...]

    @classmethod
    def of(cls, what: str, *fields: Field) -> FieldTable:
        return cls(what, {one.name: one for one in fields}, tuple(one for one in fields if one.required))

    def without(self, what: str, *names: str) -> FieldTable:
        return FieldTable.of(what, *(one for one in self.fields.values() if one.name not in names))

    def read(self, node: Pairs, key: Scalar | None, reader: Reader) -> dict[str, Any] | None:
        """The fields' values by the model's names, or nothing where one that is needed could not be read."""
        found: dict[str, Any] = {}
        fields = self.fields
        for name, (written, value) in node.entries.items():
            field = fields.get(name)
            if field is None:
                if not isinstance(written, Unusable):
                    reader.complain(say.unknown_field(written.span, self.what, name, reader.hint(name, fields)))
                continue
            if not isinstance(value, Unusable) and (said := field.shape.read(value, name, reader)) is not None:
                found[field.attribute] = said
        for field in self.needed:
            if field.name not in node.entries:
                reader.complain(say.missing((key or node).span, self.what, field.name))
        return found if all(field.attribute in found for field in self.needed) else None

    def schema(self, partial: bool = False) -> Schema:
        properties = {
            name: {"description": field.meaning, **field.shape.schema()} for name, field in self.fields.items()
        }
        described: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
        if self.needed and not partial:
            described["required"] = [field.name for field in self.needed]
        return described
