"""How one value is read, and how a JSON Schema describes it: each shape knows both, so that they cannot drift apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen

from lgbm.messages import taxonomy as say
from lgbm.model.concepts import Labels, Written
from lgbm.model.values import Number, date_from, number_from
from lgbm.reading.nodes import Listing, Node, Scalar, Unusable
from lgbm.reading.reader import ID, LANGUAGE, LOOKS_LIKE_AN_ID, TEXT, WHAT, Reader, Schema, Shape, one


@frozen
class Line:
    """Text."""

    def read(self, node: Node, name: str, reader: Reader) -> str | None:
        found = reader.text(node, name)
        return found.text if found else None

    def schema(self) -> Schema:
        return TEXT


@frozen
class Words:
    """Text in English, or a text for each language."""

    def read(self, node: Node, name: str, reader: Reader) -> Labels | None:
        if isinstance(node, Scalar):
            return {"en": node.text} if reader.text(node, name) else None
        if isinstance(node, Listing):
            reader.expected(node, name, "text, or a text for each language")
            return None
        found: dict[str, str] = {}
        if not node.entries:
            reader.complain(say.empty(node.span, name))
        for tag, (key, value) in node.entries.items():
            if not LANGUAGE.fullmatch(tag):
                if not isinstance(key, Unusable):
                    reader.complain(say.wrong_value(key.span, name, "a text for each language (`en`, `cy`)", tag))
            elif text := reader.text(value, name):
                found[tag] = text.text
        return found or None

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/words"}


@frozen
class Flag:
    """True or false."""

    def read(self, node: Node, name: str, reader: Reader) -> bool | None:
        found = reader.text(node, name, "`true` or `false`")
        if found and found.text not in ("true", "false"):
            reader.complain(say.wrong_value(found.span, name, "`true` or `false`", found.text))
            return None
        return found.text == "true" if found else None

    def schema(self) -> Schema:
        return {"enum": [True, False, "true", "false"]}


@frozen
class Day:
    """A civil date."""

    def read(self, node: Node, name: str, reader: Reader) -> date | None:
        found = reader.text(node, name, "a date")
        if found is None:
            return None
        day = date_from(found.text)
        if day is None:
            reader.complain(say.wrong_value(found.span, name, "a date, written as 2026-04-06", found.text))
        return day

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/date"}


@frozen
class Places:
    """A small whole number."""

    def read(self, node: Node, name: str, reader: Reader) -> int | None:
        found = reader.text(node, name, "a whole number from 0 to 12")
        if found is None:
            return None
        number = number_from(found.text)
        if not isinstance(number, int) or not 0 <= number <= 12:
            reader.complain(say.wrong_value(found.span, name, "a whole number from 0 to 12", found.text))
            return None
        return number

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": 0, "maximum": 12}


@frozen
class Figure:
    """A number that is not negative."""

    def read(self, node: Node, name: str, reader: Reader) -> Number | None:
        found = reader.text(node, name, "a number")
        if found is None:
            return None
        number = number_from(found.text)
        if number is None or number < 0:
            reader.complain(say.wrong_value(found.span, name, "a number of 0 or more", found.text))
            return None
        return number

    def schema(self) -> Schema:
        return {"type": ["string", "number"], "minimum": 0}


@frozen
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, node: Node, name: str, reader: Reader) -> str | None:
        found = reader.text(node, name, "one word")
        if found and found.text not in self.words:
            hint = reader.hint(found.text, self.words)
            reader.complain(say.not_one_of(found.span, name, found.text, self.words, hint))
            return None
        return found.text if found else None

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


@frozen
class Patterned:
    """Text of a certain form."""

    pattern: re.Pattern[str]
    wanted: str

    def read(self, node: Node, name: str, reader: Reader) -> str | None:
        found = reader.text(node, name, self.wanted)
        if found and not self.pattern.fullmatch(found.text):
            reader.complain(say.wrong_value(found.span, name, self.wanted, found.text))
            return None
        return found.text if found else None

    def schema(self) -> Schema:
        return {**TEXT, "pattern": f"^{self.pattern.pattern}$"}


@frozen
class Several:
    """A list; a single entry may stand alone."""

    entry: Shape[Any]

    def read(self, node: Node, name: str, reader: Reader) -> tuple[Any, ...]:
        nodes = node.items if isinstance(node, Listing) else [node]
        found = (reader.read(self.entry, each, name) for each in nodes)
        return tuple(each for each in found if each is not None)

    def schema(self) -> Schema:
        entry = self.entry.schema()
        return {"anyOf": [entry, {"type": "array", "items": entry}]}


@frozen
class Reference:
    """The id of an item of a section."""

    section: str

    def read(self, node: Node, name: str, reader: Reader) -> str | None:
        found = reader.text(node, name, f"the id of {one(WHAT[self.section])}")
        if found is None:
            return None
        known = reader.ids[self.section]
        if found.text in known:
            return found.text
        gone = reader.withdrawn[self.section].get(found.text)
        what = WHAT[self.section]
        if gone:
            reader.complain(say.withdrawn_reference(found.span, what, found.text, gone.span))
        else:
            reader.complain(say.unknown_reference(found.span, what, found.text, reader.hint(found.text, known)))
        return None

    def schema(self) -> Schema:
        return {**TEXT, "pattern": f"^{ID.pattern}$"}


@frozen
class Law:
    """Where a rule or figure comes from: an id of the legislation section, a web address, or words."""

    def read(self, node: Node, name: str, reader: Reader) -> str | None:
        found = reader.text(node, name)
        if found is None:
            return None
        if LOOKS_LIKE_AN_ID.fullmatch(found.text) and found.text not in reader.ids["legislation"]:
            return Reference("legislation").read(found, name, reader)
        return found.text

    def schema(self) -> Schema:
        return TEXT


@frozen
class Jurisdiction:
    """An option of a circumstance that says where a citizen lives."""

    def read(self, node: Node, name: str, reader: Reader) -> str | None:
        found = reader.text(node, name)
        if found is None:
            return None
        if reader.jurisdictions is not None and found.text not in reader.jurisdictions:
            hint = reader.hint(found.text, reader.jurisdictions)
            reader.complain(say.no_such_option(found.span, reader.jurisdiction, found.text, hint))
            return None
        return found.text

    def schema(self) -> Schema:
        return TEXT


@frozen
class Rule:
    """A rule text, still to be parsed."""

    def read(self, node: Node, name: str, reader: Reader) -> Written | None:
        found = reader.text(node, name, "a rule")
        return found.written() if found else None

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/rule"}


@frozen
class Options:
    """The options of a choice: code to label."""

    def read(self, node: Node, name: str, reader: Reader) -> Mapping[str, Labels] | None:
        found = reader.pairs(node, name, "a mapping from code to label")
        if found is None:
            return None
        options: dict[str, Labels] = {}
        for code, (key, value) in found.entries.items():
            if isinstance(key, Unusable):
                continue
            if not code.strip():
                reader.complain(say.empty(key.span, name))
            elif words := reader.read(Words(), value, code):
                options[code] = words
        return options or None

    def schema(self) -> Schema:
        return {"type": "object", "minProperties": 1, "additionalProperties": {"$ref": "#/$defs/words"}}


@frozen
class AsItIs:
    """Kept as a node, to be read once its surroundings are known."""

    described: Mapping[str, Any]

    def read(self, node: Node, name: str, reader: Reader) -> Node:  # noqa: ARG002
        return node

    def schema(self) -> Schema:
        return dict(self.described)
