"""Strict YAML that remembers places.

A document becomes scalars, listings and pairs. A scalar is text: what type it has is for its place to say, never for
its looks. What makes YAML surprising (anchors, tags, merge keys, duplicate keys, several documents) is refused, with
every such place in a file named at once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate, islice
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from lgbm.errors import Diagnostic
from lgbm.messages import documents as say
from lgbm.reading.nodes import Listing, Mark, Node, Pairs, Scalar, Unusable, place_of
from lgbm.reading.problems import translate
from lgbm.source import Source, Span

DEEPEST = 100
LARGEST = 20_000_000
"""Bytes in a file."""

MOST_COMPLAINTS = 200
"""In one file: beyond them a file is not worth reading further, and a hostile one costs no memory."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_FORBIDDEN_IN_VALUE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_TAB_INDENTS = re.compile(r"^ *\t[ \t]*(?=\S)", re.MULTILINE)
_DIRECTIVE = re.compile(r"(?>[ \t]*+(?:#[^\r\n]*+)?(?>\r\n|\r|\n))*+%")


class _PureParser(Reader, Scanner, Parser):
    """PyYAML's parser without libyaml."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


try:
    from yaml._yaml import CParser as _EventParser
except ImportError:  # PyYAML was built without libyaml: slower, and the same otherwise
    _EventParser = _PureParser  # type: ignore[assignment, misc]


class _TooMuch(Exception):
    """The rest of the file is not worth reading."""


def decode(raw: bytes, name: str) -> tuple[Source | None, list[Diagnostic]]:
    """The source that *raw* bytes are; a byte order mark is left out."""
    if len(raw) > LARGEST:
        return None, [say.too_large(name, LARGEST // 1_000_000)]
    try:
        return Source(name, raw.decode("utf-8-sig")), []
    except UnicodeDecodeError as error:
        start = error.start
        readable = Source(name, raw.decode("utf-8-sig", "replace"))
        before = raw[:start].decode("utf-8-sig", "replace")
        return None, [say.not_utf8(_at_offset(readable, len(before)))]


def read_document(source: Source) -> tuple[Node | None, list[Diagnostic], bool]:
    """What *source* holds (nothing, where it is blank), the complaints, and whether it was read to its end."""
    if len(source.text) > LARGEST:
        return None, [say.too_large(source.name, LARGEST // 1_000_000)], False
    complaints = _before_parsing(source)
    if complaints:
        return None, complaints, False
    reader = _DocumentReader(source)
    parser: Any = None
    try:
        parser = _EventParser(source.text)
        node = reader.read(parser.get_event)
    except _TooMuch:
        return None, reader.complaints, False
    except (yaml.reader.ReaderError, UnicodeEncodeError):
        return None, [*reader.complaints, _forbidden(source)], False
    except yaml.MarkedYAMLError as error:
        return None, [*reader.complaints, translate(error, source)], False
    finally:
        if parser is not None:
            parser.dispose()
    return node, reader.complaints, True


def _before_parsing(source: Source) -> list[Diagnostic]:
    text = source.text
    if text.lstrip(" \t\r\n").startswith(("%", "#")) and (found := _DIRECTIVE.match(text)):
        return [say.directive(_at_offset(source, found.end() - 1))]
    if "\ufeff" in text:
        return [say.forbidden_character(_at_offset(source, text.index("\ufeff")), "\ufeff")]
    if "\t" in text:
        lines = islice(_TAB_INDENTS.finditer(text), MOST_COMPLAINTS)
        return [say.tab_indents(span) for span in _at_offsets(source, [text.index("\t", one.start()) for one in lines])]
    return []


def _forbidden(source: Source) -> Diagnostic:
    found = _FORBIDDEN.search(source.text)
    if found is None:
        return say.not_yaml(Span(source, 1, 1), "it holds a character that cannot be read")
    return say.forbidden_character(_at_offset(source, found.start()), found.group())


def _at_offset(source: Source, offset: int) -> Span:
    """The place of the character that stands *offset* characters into the text."""
    return _at_offsets(source, [offset])[0]


def _at_offsets(source: Source, offsets: list[int]) -> list[Span]:
    starts = [0, *accumulate(len(line) for line in source.text.splitlines(keepends=True))]
    lines = [bisect_right(starts, offset) for offset in offsets]
    return [Span(source, line, offset - starts[line - 1] + 1) for line, offset in zip(lines, offsets, strict=True)]


class _DocumentReader:
    """Takes events until the document is whole. It keeps its own stack, so no depth of nesting can exhaust Python's."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.complaints: list[Diagnostic] = []

    def complain(self, complaint: Diagnostic) -> None:
        self.complaints.append(complaint)
        if len(self.complaints) >= MOST_COMPLAINTS:
            raise _TooMuch

    def at(self, mark: Mark, length: int = 1) -> Span:
        return Span(self.source, mark.line + 1, mark.column + 1, max(1, length))

    def read(self, take: Callable[[], Any]) -> Node | None:
        source = self.source
        root: list[Node] = []
        # What is being filled: a list (`items`), or the entries of a mapping with the key that awaits its value.
        items: list[Node] | None = root
        entries: dict[str, tuple[Scalar, Node]] = {}
        key: Scalar | None = None
        stack: list[tuple[list[Node] | None, dict[str, tuple[Scalar, Node]], Scalar | None]] = []
        while True:
            event: Any = take()
            what: type[object] = event.__class__
            node: Node
            if what is ScalarEvent:
                text, style = event.value, event.style
                node = Scalar(text, style, source, place_of(event.start_mark), place_of(event.end_mark))
                if event.anchor is not None or event.tag is not None:
                    self.refuse_properties(event)
                if not style:
                    if not text:
                        node = self.refuse_empty(event, key if items is None else None)
                elif style == '"' and _FORBIDDEN_IN_VALUE.search(text):
                    node = self.refuse_escaped(node)
            elif what is MappingEndEvent or what is SequenceEndEvent:
                items, entries, key = stack.pop()
                continue
            elif what is MappingStartEvent or what is SequenceStartEvent:
                start = place_of(event.start_mark)
                node = Pairs(source, start) if what is MappingStartEvent else Listing(source, start)
                if event.anchor is not None or event.tag is not None:
                    self.refuse_properties(event)
                if len(stack) >= DEEPEST:
                    self.complain(say.too_deep(self.at(event.start_mark), DEEPEST))
                    raise _TooMuch
            elif what is AliasEvent:
                self.complain(say.alias(self.at(event.start_mark, len(event.anchor) + 1), event.anchor))
                node = Unusable("", "", source, place_of(event.start_mark), place_of(event.end_mark))
            elif what is DocumentStartEvent:
                if root:
                    self.complain(say.second_document(self.at(event.start_mark, 3)))
                    raise _TooMuch
                continue
            elif what is StreamEndEvent or event is None:
                return root[0] if root else None
            else:
                assert what in (StreamStartEvent, DocumentEndEvent)
                continue

            if items is not None:
                items.append(node)
            elif key is None:
                key = self.as_key(node, entries)
            else:
                entries.setdefault(key.text, (key, node))
                key = None

            if isinstance(node, Pairs):
                stack.append((items, entries, key))
                items, entries, key = None, node.entries, None
            elif isinstance(node, Listing):
                stack.append((items, entries, key))
                items = node.items

    def as_key(self, node: Node, entries: dict[str, tuple[Scalar, Node]]) -> Scalar:
        """The node as the key of its mapping, or an unusable one in its stead."""
        if not isinstance(node, Scalar):
            self.complain(say.key_is_not_text(node.span))
            return Unusable("", "", self.source, node.start, node.start)
        if isinstance(node, Unusable):
            return node
        if node.text in entries:
            self.complain(say.duplicate_key(node.span, node.text, entries[node.text][0].span))
        elif node.text == "<<" and node.plain:
            self.complain(say.merge_key(node.span))
            return Unusable("", "", self.source, node.start, node.end)
        return node

    def refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self.complain(say.anchor(self.at(event.start_mark, len(event.anchor) + 1), event.anchor))
        if event.tag is not None:
            self.complain(say.tag(self.at(event.start_mark, 1), self.tag_as_written(event)))

    def tag_as_written(self, event: Any) -> str:
        line = self.source.line(event.start_mark.line + 1)[event.start_mark.column :]
        return next((word for word in line.split() if word.startswith("!")), "!")

    def refuse_empty(self, event: Any, key: Scalar | None) -> Scalar:
        if key is not None and not isinstance(key, Unusable):
            self.complain(say.nothing_written(key.span, key.text))
        elif event.anchor is None and event.tag is None:
            self.complain(say.nothing_written(self.at(event.start_mark), None))
        return Unusable("", "", self.source, place_of(event.start_mark), place_of(event.end_mark))

    def refuse_escaped(self, node: Scalar) -> Scalar:
        found = _FORBIDDEN_IN_VALUE.search(node.text)
        assert found is not None
        self.complain(say.forbidden_character(node.span, found.group()))
        return Unusable("", "", self.source, node.start, node.end)
