"""Where something was written, and how to point at it."""

from __future__ import annotations

from attrs import field, frozen

_WIDEST_EXCERPT = 160


@frozen(eq=False)
class Source:
    """One text that an author wrote: a file, or a rule given by itself.

    *name* is what a reader is shown: a path relative to where the taxonomy was loaded from.
    """

    name: str
    text: str = field(repr=False)
    _lines: list[str] = field(init=False, factory=list[str], repr=False)

    @property
    def lines(self) -> list[str]:
        """Its lines, without what ends them."""
        if not self._lines:
            self._lines.extend(self.text.splitlines() or [""])
        return self._lines

    def line(self, number: int) -> str:
        """The text of line *number* (the first is 1), or nothing where there is no such line."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


@frozen
class Span:
    """A stretch of one line of a source. Lines and columns count from 1, columns in characters."""

    source: Source
    line: int
    column: int
    length: int = 1

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"

    @property
    def place(self) -> str:
        """File and line, for a reader who is not looking for a mistake: `money.yaml:41`."""
        return f"{self.source.name}:{self.line}"

    def excerpt(self) -> str:
        """The line, with a caret under what is meant. A very long line is cut around that place."""
        line = self.source.line(self.line)
        first = self.column - 1
        cut = max(0, first - _WIDEST_EXCERPT // 2) if len(line) > _WIDEST_EXCERPT else 0
        # What cannot be seen is shown as a mark, so that an excerpt can neither mislead nor steer a terminal.
        seen = line[cut : cut + _WIDEST_EXCERPT].replace("\t", " ")
        shown = "".join(one if one.isprintable() else "\ufffd" for one in seen).rstrip()
        carets = "^" * max(1, min(self.length, len(shown) - (first - cut)))
        gutter = f"{self.line} | "
        return f"{gutter}{shown}\n{' ' * (len(gutter) - 2)}| {' ' * (first - cut)}{carets}"


def inside(span: Span, text: str, start: int, length: int = 1) -> Span:
    """The place of `text[start : start + length]`, where *text* is the value of the scalar that begins at *span*.

    In a quoted, escaped, folded or block scalar, a character of the value may stand further on, or in a later line,
    than it does in the value. Where the walk loses its way, the place is *span* itself.
    """
    walk = _Walk(span)
    if not walk.over(text[:start]):
        return span
    line, column = walk.row + 1, walk.column + 1
    if not walk.over(text[start : start + length]) or walk.row + 1 != line:
        return Span(span.source, line, column, max(1, len(span.source.line(line)) - column + 1))
    return Span(span.source, line, column, max(1, walk.column + 1 - column))


class _Walk:
    """A position in a source that moves on as the value written there is read."""

    def __init__(self, span: Span) -> None:
        self.lines = span.source.lines
        self.row, self.column = span.line - 1, span.column - 1
        before = span.source.line(span.line)[: self.column][-1:]
        self.quote = before if before in ("'", '"') else ""

    def here(self) -> str:
        """The character of the source at this position; nothing at its end."""
        line = self.lines[self.row]
        if self.column < len(line):
            return line[self.column]
        return "\n" if self.row + 1 < len(self.lines) else ""

    def step(self, count: int = 1) -> None:
        self.column += count
        if self.column > len(self.lines[self.row]):
            self.row, self.column = self.row + 1, 0

    def skip_space(self) -> None:
        while (found := self.here()) and found.isspace():
            self.step()

    def over(self, value: str) -> bool:
        """Go past what was written for *value*; whether it was found."""
        at = 0
        while at < len(value):
            found = self.here()
            if found == "\\" and self.quote == '"':
                at += self.escape()
            elif found == value[at]:
                self.step(2 if found == "'" and self.quote == "'" else 1)
                at += 1
            elif found.isspace():
                # Line ends and indentation are written where the value has a blank, a line end, or nothing.
                self.skip_space()
                while at < len(value) and value[at].isspace():
                    at += 1
            elif value[at].isspace():
                at += 1
            else:
                return False
        self.to_next_text(value)
        return True

    def to_next_text(self, value: str) -> None:
        """After white space, on to the text that follows it: indentation belongs to no value."""
        if value[-1:].isspace():
            self.skip_space()
        if self.quote == '"' and self.here() == "\\" and self.column + 1 == len(self.lines[self.row]):
            self.escape()

    def escape(self) -> int:
        """Go past an escape; how many characters of the value it stands for."""
        line = self.lines[self.row]
        kind = line[self.column + 1 : self.column + 2]
        if not kind:
            self.step(2)
            self.skip_space()
            return 0
        self.step(2 + {"x": 2, "u": 4, "U": 8}.get(kind, 0))
        return 1
