"""A picture of the chain: boxes in columns, arrows between them; drawn as SVG, and told in words."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from lgbm.kept import kept
from lgbm.outline import Line, Mark, as_text

COLUMNS: Mapping[str, str] = {
    "event": "Life event",
    "circumstance": "Circumstances",
    "need": "Needs",
    "service": "Services",
    "outcome": "Outcomes",
    "indicator": "Indicators",
}
"""What stands over the boxes of each kind, in the order of the chain."""

MARKS: Mapping[Mark, str] = {"yes": "yes", "ask": "not known", "no": "ruled out", "change": "changed"}
"""What a mark says, where it says nothing more."""

DIRECTLY = "directly, whatever the circumstances"
"""What a broken line says, where it says nothing else."""


@frozen
class Box:
    """One item of the model, or several that are folded into one box."""

    id: str
    """The name of a node of the graph; of several, a name that no node has."""
    kind: str
    label: str
    note: str = ""
    mark: Mark = ""
    holds: tuple[str, ...] = ()
    """The labels of what is folded into it."""


@frozen
class Arrow:
    """What one box has to do with another, further on in the chain."""

    source: str
    target: str
    says: str
    weight: int = 1
    """How many relations it stands for."""
    direct: bool = False
    """Whether it goes past the columns between: it is then drawn as a broken line."""


@frozen(slots=False, eq=False)
class Picture:
    """A picture with its text alternative. It is worked out when it is asked for."""

    title: str
    about: str
    """In a sentence or two, what is to be seen."""
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    marks: Mapping[Mark, str] = MARKS
    """What the marks say here."""
    captions: Mapping[str, str] = field(factory=dict[str, str])
    """What stands under the heading of a column: how it follows from the one before."""
    broken: str = DIRECTLY
    """What a broken line says."""

    @kept
    def svg(self) -> str:
        """The picture as SVG: nothing is loaded, and the colours follow those of the reader, light or dark."""
        from lgbm.graph.svg import svg

        return svg(self)

    @kept
    def line(self) -> Line:
        """The same content as an outline."""
        columns = [(kind, [one for one in self.boxes if one.kind == kind]) for kind in COLUMNS]
        lines = [Line(self.heading(kind), lines=tuple(map(self._told, boxes))) for kind, boxes in columns if boxes]
        return Line(self.title, lines=(Line(self.about), *lines))

    def heading(self, kind: str) -> str:
        """What stands over a column."""
        caption = self.captions.get(kind)
        return f"{COLUMNS[kind]} ({caption})" if caption else COLUMNS[kind]

    def _told(self, box: Box) -> Line:
        said = self.marks.get(box.mark)
        text = ": ".join(one for one in (box.label, box.note) if one) + (f" ({said})" if said else "")
        lines = [Line(f"in it: {'; '.join(box.holds)}")] if box.holds else []
        ahead: dict[str, list[str]] = {}
        for arrow in self.arrows:
            if arrow.source == box.id:
                ahead.setdefault(arrow.says, []).append(self._labels[arrow.target])
        lines += [Line(f"{says}: {'; '.join(labels)}") for says, labels in ahead.items()]
        return Line(text, mark=box.mark, lines=tuple(lines))

    @kept
    def _labels(self) -> dict[str, str]:
        return {one.id: one.label for one in self.boxes}

    @property
    def text(self) -> str:
        """The same content in words: every box, its mark, and where its arrows go."""
        return as_text(self.line)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the SVG to a file."""
        Path(path).write_text(self.svg, encoding="utf-8")

    def _ipython_display_(self) -> None:
        """In Jupyter: the image with a short text for those who hear it, and the whole in words, folded, below."""
        from importlib import import_module

        from lgbm import notebook as nb

        display: Any = import_module("IPython.display").display
        image = {"image/svg+xml": self.svg, "text/plain": repr(self)}
        display(image, raw=True, metadata={"image/svg+xml": {"alt": f"{self.title}. {self.about}"}})
        words = nb.folded("The same in words", nb.preformatted(self.text))
        display({"text/html": words}, raw=True)

    def _repr_svg_(self) -> str:
        return self.svg

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Picture {self.title}: {len(self.boxes)} boxes, {len(self.arrows)} arrows>"
