"""The one tree that every answer is shown as, drawn as text, as HTML or as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from attrs import frozen

Mark: TypeAlias = Literal["yes", "no", "ask", "note", "change", ""]

_SIGNS: dict[str, str] = {"yes": "✓", "no": "✗", "ask": "?", "note": "!", "change": "→", "": ""}
_COLOURS: dict[str, str] = {"yes": "32", "no": "31", "ask": "33", "note": "35", "change": "36"}
_WIDTH = 60
FAINT = "opacity:.75"
_MANY, _SOME = 20, 12
"""A longer list than that shows the first, and folds the others."""
_MOST_SOURCES = 2


@frozen
class Source:
    """Where a statement comes from: its words, and an address if it has one."""

    words: str
    url: str | None = None


@frozen
class Line:
    """One statement, and those that belong under it."""

    text: str
    mark: Mark = ""
    place: str | None = None
    """`file:line` of the rule."""
    sources: tuple[Source, ...] = ()
    because: str | None = None
    lines: tuple[Line, ...] = ()
    folded: str | None = None
    """Where there is room for little, what is said in place of the lines under it, which are then folded away."""

    def __str__(self) -> str:
        return as_text(self)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data. What is absent is left out."""
        found: dict[str, object] = {"text": self.text}
        if self.mark:
            found["mark"] = self.mark
        if self.because:
            found["because"] = self.because
        if self.place:
            found["place"] = self.place
        if self.sources:
            found["sources"] = [{"words": one.words, **({"url": one.url} if one.url else {})} for one in self.sources]
        if self.lines:
            found["lines"] = [one.to_dict() for one in self.lines]
        return found


def as_text(line: Line, colour: bool = False) -> str:
    """*line* and all under it, indented, evidence to the right. Colours only where they are asked for."""
    return "\n".join(_text_lines(line, 0, colour))


def _text_lines(line: Line, depth: int, colour: bool) -> Iterator[str]:
    sign = _SIGNS[line.mark]
    text = clean(line.text + (f" — {line.because}" if line.because else ""))
    words = [one.words for one in line.sources]
    law = ", ".join(
        words if len(words) <= _MOST_SOURCES else [*words[:_MOST_SOURCES], f"and {len(words) - _MOST_SOURCES} more"]
    )
    evidence = "  ".join(clean(one) for one in (line.place or "", law) if one)
    indent = "  " * depth
    shown = f"{indent}{sign} {text}" if sign else f"{indent}{text}"
    # Evidence stands to the right of a short statement, and under a long one.
    beside = len(shown) <= _WIDTH - 2
    if evidence and beside:
        shown = f"{shown:<{_WIDTH}}{_dimmed(evidence, colour)}"
    if colour and line.mark:
        shown = shown.replace(sign, f"\x1b[{_COLOURS[line.mark]}m{sign}\x1b[0m", 1)
    elif colour and line.lines and depth < 3:
        shown = f"\x1b[1m{shown}\x1b[0m"
    yield shown
    if evidence and not beside:
        yield f"{indent}    {_dimmed(evidence, colour)}"
    for one in line.lines:
        yield from _text_lines(one, depth + 1, colour)


def _dimmed(text: str, colour: bool) -> str:
    return f"\x1b[2m{text}\x1b[0m" if colour else text


def clean(text: str) -> str:
    """*text* without anything that could steer a terminal or a page."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


def as_html(line: Line, lead: str = "") -> str:
    """*line* and all under it as HTML: no scripts, nothing loaded, colours of the page that it stands in.

    *lead* is said first, under the title.
    """
    from html import escape

    title = f'<h3 style="margin:.2em 0">{_statement(line)}</h3>'
    said = f'<p style="margin:.3em 0">{escape(clean(lead))}</p>' if lead else ""
    return f'<div class="lgbm" style="line-height:1.5">{title}{said}{"".join(_sections(line.lines))}</div>'


def _sections(lines: Sequence[Line]) -> Iterator[str]:
    """The lines under a title: those with a heading of their own, and between them lists of the others."""
    waiting: list[Line] = []
    for one in lines:
        if one.mark or not one.lines:
            waiting.append(one)
            continue
        yield _listed(waiting)
        waiting = []
        if one.folded is None:
            yield f'<h4 style="margin:.6em 0 .1em">{_statement(one)}</h4>{_listed(one.lines)}'
        else:
            yield f'<div style="margin:.6em 0 .1em">{_html(one)}</div>'
    yield _listed(waiting)


def _listed(lines: Sequence[Line]) -> str:
    first = lines if len(lines) <= _MANY else lines[:_SOME]
    inner = "".join(f"<li>{_html(one)}</li>" for one in first)
    rest = "".join(f"<li>{_html(one)}</li>" for one in lines[len(first) :])
    style = "list-style:none;margin:0;padding-left:1.4em"
    if rest:
        more = f"and {len(lines) - len(first)} more"
        inner += f'<li><details><summary>{more}</summary><ul style="{style};padding-left:0">{rest}</ul></details></li>'
    return f'<ul style="{style}">{inner}</ul>' if inner else ""


def _html(line: Line) -> str:
    from html import escape

    if line.folded is None or not line.lines:
        return _statement(line, strong=bool(line.lines) and not line.mark) + _listed(line.lines)
    brief = f' <span style="{FAINT}">{escape(clean(line.folded))}</span>' if line.folded else ""
    return f"<details><summary>{_statement(line, strong=True)}{brief}</summary>{_listed(line.lines)}</details>"


def _statement(line: Line, strong: bool = False) -> str:
    """*line* itself, with its evidence."""
    from html import escape

    sign = (
        f'<span aria-hidden="true" style="display:inline-block;width:1.2em">{_SIGNS[line.mark]}</span>'
        if line.mark
        else ""
    )
    said = {"yes": "yes: ", "no": "no: ", "ask": "not known: ", "note": "note: "}.get(line.mark, "")
    hidden = f'<span style="position:absolute;clip-path:inset(50%)">{said}</span>' if said else ""
    text = escape(clean(line.text))
    text = f"<strong>{text}</strong>" if strong else text
    because = f" — {escape(clean(line.because))}" if line.because else ""
    evidence = [f"<code>{escape(clean(line.place))}</code>"] if line.place else []
    for one in line.sources:
        words = escape(clean(one.words))
        safe = one.url is not None and one.url.startswith(("https://", "http://"))
        evidence.append(f'<a href="{escape(one.url or "")}" rel="noreferrer">{words}</a>' if safe else words)
    small = f' <small style="{FAINT}">{" · ".join(evidence)}</small>' if evidence else ""
    return f"{sign}{hidden}{text}{because}{small}"
