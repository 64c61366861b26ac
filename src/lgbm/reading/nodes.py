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


Place: TypeAlias = int
"""A mark as one number, line before column. As objects, marks would be most of what a file becomes, and looking through
them again and again would keep the garbage collector busy for a third of the time that reading takes.
"""

BEGINNING: Place = 0
_COLUMN = 32
_COLUMNS = (1 << _COLUMN) - 1


def place_of(mark: Mark) -> Place:
    """*mark* as one number."""
    return mark.line << _COLUMN | mark.column


def _counted(place: Place) -> tuple[int, int]:
    """Line and column, counted from 1."""
    return (place >> _COLUMN) + 1, (place & _COLUMNS) + 1


class Scalar:
    """A text, and where it stands. *style* is its quotation mark or block mark, or nothing."""

    __slots__ = ("end", "source", "start", "style", "text")

    def __init__(self, text: str, style: str, source: Source, start: Place, end: Place) -> None:
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
        if self.style in ("|", ">"):
            return self._block_span()
        line, column = _counted(self.start)
        last_line, end = _counted(self.end)
        if self.style:
            column += 1
        if line != last_line:
            return Span(self.source, line, column, max(1, len(self.source.line(line)) - column + 1))
        return Span(self.source, line, column, max(1, end - column - (1 if self.style else 0)))

    def _block_span(self) -> Span:
        line, column = _counted(self.start)
        for number in range(line + 1, _counted(self.end)[0] + 1):
            text = self.source.line(number)
            words = text.strip()
            if words:
                return Span(self.source, number, len(text) - len(text.lstrip()) + 1, len(words))
        return Span(self.source, line, column, 1)

    def written(self) -> Written:
        """The text as a rule, still to be parsed."""
        return Written(self.text, self.span)


class Unusable(Scalar):
    """Stands where something was refused already, so that it is not complained of twice."""

    __slots__ = ()


class Listing:
    """A list, and where it begins."""

    __slots__ = ("items", "source", "start")

    def __init__(self, source: Source, start: Place) -> None:
        self.items: list[Node] = []
        self.source = source
        self.start = start

    @property
    def span(self) -> Span:
        return Span(self.source, *_counted(self.start))


class Pairs:
    """A mapping: for each key, the scalar that it was written as, and its value."""

    __slots__ = ("entries", "source", "start")

    def __init__(self, source: Source, start: Place) -> None:
        self.entries: dict[str, tuple[Scalar, Node]] = {}
        self.source = source
        self.start = start

    @property
    def span(self) -> Span:
        return Span(self.source, *_counted(self.start))


Node: TypeAlias = Scalar | Listing | Pairs
