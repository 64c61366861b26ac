"""A table of results as it is shown: in a terminal, in a notebook, or as data. Every plot is drawn from one."""

from __future__ import annotations

from attrs import frozen

HIDDEN = "*"
"""Shown for a count that is small, or from which a small one could be worked out."""

UNKNOWN = "not known"


@frozen
class Grid:
    """Cells as they are shown, under their columns. The first column says what a row is about."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = (self.columns, *self.rows)
        wide = [max(len(line[at]) for line in lines) for at in range(len(self.columns))]
        drawn = ["  ".join(_placed(cell, wide[at], at) for at, cell in enumerate(line)).rstrip() for line in lines]
        return "\n".join([self.title, "", *drawn, *(["", *self.notes] if self.notes else [])])

    def _repr_html_(self) -> str:
        return self.as_html()

    def as_html(self) -> str:
        """The table as HTML: no scripts, nothing loaded."""
        from html import escape

        head = "".join(f'<th scope="col">{escape(one)}</th>' for one in self.columns)
        body = "".join(f"<tr>{''.join(_cell(at, escape(one)) for at, one in enumerate(row))}</tr>" for row in self.rows)
        notes = "".join(f"<p><small>{escape(one)}</small></p>" for one in self.notes)
        caption = f"<caption>{escape(self.title)}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"

    def to_dicts(self) -> list[dict[str, str]]:
        """A row a mapping, from column to what is shown."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def _placed(cell: str, wide: int, at: int) -> str:
    return cell.rjust(wide) if at else cell.ljust(wide)


def _cell(at: int, text: str) -> str:
    return f'<td style="text-align:right">{text}</td>' if at else f'<th scope="row" style="text-align:left">{text}</th>'


def hidden_note(minimum: int) -> str:
    """What the sign for hidden counts means."""
    return f"{HIDDEN} fewer than {minimum}, or hidden so that such a count cannot be worked out"
