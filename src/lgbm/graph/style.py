"""How a picture looks: sizes, and colours for light and for dark.

What is said by a colour is said by a shape, a line or a word as well. A test reckons the contrast of each pair: of text
with its ground 4.5 to 1 at least, of lines 3 to 1, as WCAG 2.2 has it for its level AA.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

TITLE, LABEL, NOTE, SMALL = 18.0, 12.5, 11.0, 11.5
_FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'DejaVu Sans',sans-serif"


@frozen
class Palette:
    """The colours of one scheme."""

    ground: str
    text: str
    quiet: str
    """Of text that comes second."""
    line: str
    boxes: Mapping[str, tuple[str, str]]
    """For each kind, its edge and its ground."""
    signs: Mapping[str, str]
    """For each mark, its ground; the sign in it has the colour of the ground of the picture."""


LIGHT = Palette(
    ground="#ffffff",
    text="#17191c",
    quiet="#454b55",
    line="#6b7280",
    boxes={
        "event": ("#6b2fa0", "#f6f0fb"),
        "circumstance": ("#1f5f8b", "#eef5fa"),
        "need": ("#8f4700", "#fdf4e9"),
        "service": ("#0b6b3a", "#eef8f2"),
        "outcome": ("#8a1c4a", "#fbeff4"),
        "indicator": ("#4a4f57", "#f3f4f6"),
    },
    signs={"yes": "#0b6b3a", "ask": "#8f4700", "no": "#6b3030", "change": "#1f5f8b", "note": "#454b55"},
)
DARK = Palette(
    ground="#15171b",
    text="#f2f3f5",
    quiet="#c4c9d2",
    line="#8f97a5",
    boxes={
        "event": ("#c79bf0", "#291f33"),
        "circumstance": ("#7fbfe8", "#1a2731"),
        "need": ("#f0b060", "#30261a"),
        "service": ("#6fd19c", "#192b21"),
        "outcome": ("#f08fb5", "#301c26"),
        "indicator": ("#c0c5ce", "#26292e"),
    },
    signs={"yes": "#6fd19c", "ask": "#f0b060", "no": "#e0a0a0", "change": "#7fbfe8", "note": "#c4c9d2"},
)


def stylesheet(name: str) -> str:
    """The style of the picture whose class is *name*, and of nothing else on the page that it stands in."""
    rules = [
        f".{name}{{font-family:{_FONT}}}",
        f".{name} .title,.{name} .heading{{font-weight:600}}",
        f".{name} .edge{{fill:none}}",
        f".{name} .direct{{stroke-dasharray:7 4}}",
        f".{name} .shape{{stroke-width:1.3}}",
        f".{name} .yes .shape{{stroke-width:2.6}}",
        f".{name} .ask .shape{{stroke-width:1.8;stroke-dasharray:7 4}}",
        f".{name} .no .shape{{stroke-width:1.5;stroke-dasharray:2 3}}",
        f".{name} .sign{{fill:none;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}}",
        *_coloured(name, LIGHT),
        f"@media screen and (prefers-color-scheme:dark){{{''.join(_coloured(name, DARK))}}}",
    ]
    return "".join(rules)


def _coloured(name: str, palette: Palette) -> Iterator[str]:
    yield f".{name} .ground{{fill:{palette.ground}}}"
    yield f".{name} text{{fill:{palette.text}}}.{name} .note,.{name} .no text{{fill:{palette.quiet}}}"
    yield f".{name} .edge{{stroke:{palette.line}}}.{name} .tip{{fill:{palette.line}}}"
    for kind, (edge, ground) in palette.boxes.items():
        yield f".{name} .{kind} .shape{{stroke:{edge};fill:{ground}}}"
    yield f".{name} .sign{{stroke:{palette.ground}}}"
    for mark, ground in palette.signs.items():
        yield f".{name} .mark.{mark} .disc{{fill:{ground}}}"
