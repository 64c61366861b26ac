"""What a YAML document becomes: scalars, listings and pairs that remember their places."""

from __future__ import annotations

from typing import Protocol, TypeAlias

from lgbm.model.concepts import Written
from lgbm.source import Source, Span


class Mark(Protocol):
    """A place as PyYAML gives it: lines and columns count from 0."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class Scalar:
    """A text, and where it stands. *style* is its quotation mark or block mark, or nothing."""

    __slots__ = ("end", "source", "start", "style", "text")

    def __init__(self, text: str, style: str, source: Source, start: Mark, end: Mark) -> None:
        self.text = text
        self.style = style
        self.source = source
        self.start = start
        self.end = end

    @property
    def plain(self) -> bool:
        """Whether it stands without quotation marks."""
        return not self.style

    @property
    def span(self) -> Span:
        """The text itself, from its first character on: after a quotation mark, below the mark of a block."""
        start, end = self.start, self.end
        line, column = start.line + 1, start.column + 1
        if self.style in ("|", ">"):
            return self._block_span()
        if self.style:
            column += 1
        if start.line != end.line:
            return Span(self.source, line, column, max(1, len(self.source.line(line)) - column + 1))
        return Span(self.source, line, column, max(1, end.column + 1 - column - (1 if self.style else 0)))

    def _block_span(self) -> Span:
        for number in range(self.start.line + 2, self.end.line + 2):
            text = self.source.line(number)
            words = text.strip()
            if words:
                return Span(self.source, number, len(text) - len(text.lstrip()) + 1, len(words))
        return Span(self.source, self.start.line + 1, self.start.column + 1, 1)

    def written(self) -> Written:
        """The text as a rule, still to be parsed."""
        return Written(self.text, self.span)


class Unusable(Scalar):
    """Stands where something was refused already, so that it is not complained of twice."""

    __slots__ = ()


class Listing:
    """A list, and where it begins."""

    __slots__ = ("items", "source", "start")

    def __init__(self, source: Source, start: Mark) -> None:
        self.items: list[Node] = []
        self.source = source
        self.start = start

    @property
    def span(self) -> Span:
        return Span(self.source, self.start.line + 1, self.start.column + 1)


class Pairs:
    """A mapping: for each key, the scalar that it was written as, and its value."""

    __slots__ = ("entries", "source", "start")

    def __init__(self, source: Source, start: Mark) -> None:
        self.entries: dict[str, tuple[Scalar, Node]] = {}
        self.source = source
        self.start = start

    @property
    def span(self) -> Span:
        return Span(self.source, self.start.line + 1, self.start.column + 1)


Node: TypeAlias = Scalar | Listing | Pairs
