"""The one tree that every answer is shown as, drawn as text, as HTML or as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from attrs import frozen

Mark: TypeAlias = Literal["yes", "no", "ask", "note", "change", ""]

_SIGNS: dict[str, str] = {"yes": "✓", "no": "✗", "ask": "?", "note": "!", "change": "→", "": ""}
_COLOURS: dict[str, str] = {"yes": "32", "no": "31", "ask": "33", "note": "35", "change": "36"}
_WIDTH = 60
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
    text = _clean(line.text + (f" — {line.because}" if line.because else ""))
    words = [one.words for one in line.sources]
    law = ", ".join(
        words if len(words) <= _MOST_SOURCES else [*words[:_MOST_SOURCES], f"and {len(words) - _MOST_SOURCES} more"]
    )
    evidence = "  ".join(_clean(one) for one in (line.place or "", law) if one)
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


def _clean(text: str) -> str:
    """*text* without anything that could steer a terminal."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


def as_html(line: Line) -> str:
    """*line* and all under it as HTML: no scripts, nothing loaded, colours of the page that it stands in."""
    return f'<div class="lgbm" style="line-height:1.5">{_html(line, 0)}</div>'


def _html(line: Line, depth: int) -> str:
    from html import escape

    sign = (
        f'<span aria-hidden="true" style="display:inline-block;width:1.2em">{_SIGNS[line.mark]}</span>'
        if line.mark
        else ""
    )
    said = {"yes": "yes: ", "no": "no: ", "ask": "not known: ", "note": "note: "}.get(line.mark, "")
    hidden = f'<span style="position:absolute;clip-path:inset(50%)">{said}</span>' if said else ""
    text = escape(_clean(line.text))
    text = f"<strong>{text}</strong>" if depth == 0 or (line.lines and not line.mark) else text
    because = f" — {escape(_clean(line.because))}" if line.because else ""
    evidence = [f"<code>{escape(_clean(line.place))}</code>"] if line.place else []
    for one in line.sources:
        words = escape(_clean(one.words))
        safe = one.url is not None and one.url.startswith(("https://", "http://"))
        evidence.append(f'<a href="{escape(one.url or "")}" rel="noreferrer">{words}</a>' if safe else words)
    small = f' <small style="opacity:.75">{" · ".join(evidence)}</small>' if evidence else ""
    inner = "".join(f"<li>{_html(one, depth + 1)}</li>" for one in line.lines)
    below = f'<ul style="list-style:none;margin:0;padding-left:1.4em">{inner}</ul>' if inner else ""
    return f"{sign}{hidden}{text}{because}{small}{below}"
