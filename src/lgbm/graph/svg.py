"""A picture as SVG: offline, as wide as a notebook on a laptop, for light and dark, told apart without colours."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from xml.sax.saxutils import escape

from attrs import frozen

from lgbm.graph.fitting import width_of, wrapped
from lgbm.graph.layout import Cell, Layout, laid_out
from lgbm.graph.picture import COLUMNS, Arrow, Box, Picture
from lgbm.graph.style import LABEL, NOTE, SMALL, TITLE, stylesheet

WIDTH = 1140
_MARGIN = 24
_WIDEST, _NARROWEST_GAP, _WIDEST_GAP = 200, 40, 90
_PAD, _ICON = 9.0, 20.0
_LEADING = 1.3


@frozen
class Text:
    """A text as it stands in a box: its lines, in its size."""

    lines: tuple[str, ...]
    size: float
    style: str

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last."""
        return len(self.lines) * self.size * _LEADING


def svg(picture: Picture) -> str:
    """The whole picture."""
    return "\n".join(_Drawing(picture).lines()) + "\n"


class _Drawing:
    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.kinds = [kind for kind in COLUMNS if any(box.kind == kind for box in picture.boxes)] or ["event"]
        count = len(self.kinds)
        room = WIDTH - 2 * _MARGIN
        self.width = min(_WIDEST, (room - (count - 1) * _NARROWEST_GAP) / count)
        self.gap = min(_WIDEST_GAP, (room - count * self.width) / max(1, count - 1))
        self.total = max(640.0, 2 * _MARGIN + count * self.width + (count - 1) * self.gap)
        self.texts = {box.id: self._texts(box) for box in picture.boxes}
        self.layout = self._layout()
        self.heaviest = max(20, *(arrow.weight for arrow in picture.arrows), 0)
        self.name = "lgbm-" + hashlib.sha256(picture.text.encode()).hexdigest()[:8]

    # -- sizes and places

    def _texts(self, box: Box) -> list[Text]:
        width = self.width - 2 * _PAD - (_ICON if box.mark else 0)
        found = [Text(tuple(wrapped(_plain(box.label), LABEL, width)), LABEL, "label")]
        if box.note:
            found.append(Text(tuple(wrapped(_plain(box.note), NOTE, width)), NOTE, "note"))
        return found

    def _layout(self) -> Layout:
        columns = [[box.id for box in self.picture.boxes if box.kind == kind] for kind in self.kinds]
        heights = {name: sum(one.height for one in texts) + 2 * _PAD - 4 for name, texts in self.texts.items()}
        arrows = {(one.source, one.target): one.weight for one in self.picture.arrows}
        return laid_out(columns, heights, arrows)

    def x(self, column: int) -> float:
        """Where a column begins."""
        return _MARGIN + column * (self.width + self.gap)

    # -- what is drawn

    def lines(self) -> Iterator[str]:
        head, top = self._head()
        legend, end = self._legend(top + self.layout.height + 30)
        height = end + _MARGIN
        name = self.name
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{name}" role="img" width="{self.total:.0f}" '
            f'height="{height:.0f}" viewBox="0 0 {self.total:.0f} {height:.0f}" style="max-width:100%;height:auto" '
            f'aria-labelledby="{name}-title" aria-describedby="{name}-desc">'
        )
        yield f'<title id="{name}-title">{_safe(self.picture.title)}</title>'
        yield f'<desc id="{name}-desc">{escape(_printable(self.picture.text))}</desc>'
        yield f"<style>{stylesheet(name)}</style>"
        yield (
            f'<defs><marker id="{name}-tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" '
            f'markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 0.5L8 4L0 7.5z"/></marker></defs>'
        )
        yield f'<rect class="ground" width="{self.total:.0f}" height="{height:.0f}"/>'
        yield from head
        yield f'<g transform="translate(0 {top:.1f})">'
        cells = self.layout.cells
        # Heavy arrows lie under light ones, and all of them under the boxes.
        for arrow in sorted(self.picture.arrows, key=lambda one: -one.weight):
            yield self._arrow(arrow, cells)
        for box in self.picture.boxes:
            yield from self._box(box, cells[box.id])
        yield "</g>"
        yield from legend
        yield "</svg>"

    def _head(self) -> tuple[list[str], float]:
        """The title, what is to be seen, and the headings of the columns; and where these end."""
        drawn: list[str] = []
        y = float(_MARGIN)
        room = self.total - 2 * _MARGIN
        for words, size, style in ((self.picture.title, TITLE, "title"), (self.picture.about, LABEL, "note")):
            text = Text(tuple(wrapped(_plain(words), size * (1.1 if style == "title" else 1), room)), size, style)
            drawn += _text(text, _MARGIN, y)
            y += text.height + 4
        y += 12
        end = y
        for column, kind in enumerate(self.kinds):
            below = y
            for words, size, style in (
                (COLUMNS[kind], LABEL + 1, "heading"),
                (self.picture.captions.get(kind, ""), NOTE, "note"),
            ):
                fitted = size * (1.15 if style == "heading" else 1)
                text = Text(tuple(wrapped(words, fitted, self.width)), size, style)
                drawn += _text(text, self.x(column), below)
                below += text.height
            end = max(end, below)
        return drawn, end + 12

    def _legend(self, y: float) -> tuple[list[str], float]:
        """What marks and lines say, in as many rows as it takes; and where it ends."""
        used = {box.mark for box in self.picture.boxes if box.mark}
        entries = [(_icon(mark), words) for mark, words in self.picture.marks.items() if mark in used]
        if any(arrow.direct for arrow in self.picture.arrows):
            entries.append(('<path class="edge direct" d="M-6 8H16"/>', self.picture.broken))
        if any(arrow.weight > 1 for arrow in self.picture.arrows):
            entries.append(('<path class="edge" stroke-width="4" d="M-6 8H16"/>', "the thicker, the more relations"))
        drawn: list[str] = []
        x = _MARGIN + 6.0
        for sign, words in entries:
            width = 26 + width_of(words, SMALL) + 22
            if x + width > self.total and x > _MARGIN + 6:
                x, y = _MARGIN + 6.0, y + 22
            drawn.append(f'<g transform="translate({x:.1f} {y:.1f})">{sign}</g>')
            drawn += _text(Text((words,), SMALL, "note"), x + 24, y)
            x += width
        return drawn, (y + 16 if entries else y - 24)

    def _arrow(self, arrow: Arrow, cells: Mapping[str, Cell]) -> str:
        route = [cells[one] for one in self.layout.routes[arrow.source, arrow.target]]
        first = route[0]
        x, y = self.x(first.column) + self.width, first.middle
        path = [f"M{x:.1f} {y:.1f}"]
        for cell in route[1:]:
            left, half = self.x(cell.column), self.gap / 2
            path.append(f"C{x + half:.1f} {y:.1f} {left - half:.1f} {cell.middle:.1f} {left:.1f} {cell.middle:.1f}")
            x, y = left, cell.middle
            if cell.lane:
                x += self.width
                path.append(f"H{x:.1f}")
        thick = 1.2 if arrow.weight == 1 else 1.2 + 4.0 * sqrt(arrow.weight / self.heaviest)
        style = "edge direct" if arrow.direct else "edge"
        tip = f' marker-end="url(#{self.name}-tip)"' if thick < 3 else ""
        return f'<path class="{style}" stroke-width="{thick:.1f}" d="{"".join(path)}"{tip}/>'

    def _box(self, box: Box, cell: Cell) -> Iterator[str]:
        x, y, height = self.x(cell.column), cell.top, cell.height
        said = self.picture.marks.get(box.mark, "")
        told = "\n".join(one for one in (box.label, box.note, said, "; ".join(box.holds)) if one)
        yield f'<g class="box {box.kind} {box.mark}"><title>{_safe(told)}</title>'
        if box.holds:
            # A second edge behind it: there is more than one in here.
            yield _shape(box.kind, x + 4, y + 4, self.width, height)
        yield _shape(box.kind, x, y, self.width, height)
        left = x + _PAD
        if box.mark:
            yield f'<g transform="translate({left - 2:.1f} {y + height / 2 - 8:.1f})">{_icon(box.mark)}</g>'
            left += _ICON
        top = y + _PAD - 2
        for text in self.texts[box.id]:
            yield from _text(text, left, top)
            top += text.height
        yield "</g>"


def _text(text: Text, x: float, y: float) -> list[str]:
    # From the top of a line to its baseline it is not quite the size of the font.
    return [
        f'<text class="{text.style}" font-size="{text.size:g}" x="{x:.1f}" '
        f'y="{y + (place + 0.78) * text.size * _LEADING:.1f}">{_safe(line)}</text>'
        for place, line in enumerate(text.lines)
    ]


def _shape(kind: str, x: float, y: float, width: float, height: float) -> str:
    if kind == "need":
        cut, right, below = 8.0, x + width, y + height
        points: Sequence[tuple[float, float]] = (
            (x + cut, y), (right - cut, y), (right, y + height / 2), (right - cut, below), (x + cut, below),
            (x, y + height / 2),
        )  # fmt: skip
        return f'<polygon class="shape" points="{" ".join(f"{one:.1f},{other:.1f}" for one, other in points)}"/>'
    round_ = {"event": min(height / 2, 18.0), "circumstance": 8.0, "outcome": 16.0}.get(kind, 0.0)
    return f'<rect class="shape" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{round_:.1f}"/>'


_ICONS: Mapping[str, str] = {
    "yes": '<path class="sign" d="M4 8.5L7 11.5L12 5"/>',
    "no": '<path class="sign" d="M5 5L11 11M11 5L5 11"/>',
    "ask": '<path class="sign" d="M5.5 6.2A2.5 2.5 0 1 1 8 8.6V9.6M8 11.6V12.2"/>',
    "change": '<path class="sign" d="M4 8H12M9 5L12 8L9 11"/>',
    "note": '<path class="sign" d="M8 4V9M8 11.4V12"/>',
}


def _icon(mark: str) -> str:
    return f'<g class="mark {mark}"><circle class="disc" cx="8" cy="8" r="7.5"/>{_ICONS[mark]}</g>'


def _plain(text: str) -> str:
    return " ".join(_printable(text).split())


def _printable(text: str) -> str:
    """*text* without the characters that XML has no place for, or that cannot be seen."""
    return "".join(one if one.isprintable() or one == "\n" else "\N{REPLACEMENT CHARACTER}" for one in text)


def _safe(text: str) -> str:
    return escape(_printable(text))
