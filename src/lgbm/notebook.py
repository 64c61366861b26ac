"""The parts that a notebook is drawn from: headings, tables, lists, what is folded. Plain HTML in the reader's colours.

Nothing is loaded, nothing runs, and no colour is set: what is drawn reads in a light and in a dark theme, and still
reads where a page takes all styles away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lgbm.outline import FAINT, Source, clean

_LINED = "border-bottom:1px solid rgba(127,127,127,.4);padding:.15em .7em .15em 0;vertical-align:top"
_LEFT = f"{_LINED};text-align:left"
_RIGHT = f"{_LINED};text-align:right"
_TABLE = "border-collapse:collapse;border:0;margin:.3em 0"


class Html(str):
    """Text that is markup already. Every other text is escaped where it is drawn."""

    __slots__ = ()


def drawn(text: str) -> Html:
    """*text* as markup: as it is, or escaped and without anything that could steer a reader's screen."""
    if isinstance(text, Html):
        return text
    from html import escape

    return Html(escape(clean(text)))


def joined(parts: Iterable[str], between: str = "") -> Html:
    """All *parts* that there are, one after another."""
    return Html(drawn(between).join(drawn(one) for one in parts if one))


def card(title: str, *parts: str) -> str:
    """A whole display: its title as a heading, and *parts* below."""
    heading = f'<h3 style="margin:.2em 0">{drawn(title)}</h3>'
    return f'<div class="lgbm" style="line-height:1.5">{heading}{joined(parts)}</div>'


def part(heading: str, *parts: str) -> Html:
    """*parts* under a heading of their own; nothing where there are none."""
    inner = joined(parts)
    return Html(f'<h4 style="margin:.6em 0 .1em">{drawn(heading)}</h4>{inner}') if inner else Html()


def paragraph(*parts: str) -> Html:
    """*parts* as one paragraph; nothing where there are none."""
    inner = joined(parts, " ")
    return Html(f'<p style="margin:.3em 0;max-width:50em">{inner}</p>') if inner else Html()


def folded(summary: str, *parts: str) -> Html:
    """*parts* behind their *summary*, to be opened by whoever wants them; nothing where there are none."""
    inner = joined(parts)
    return Html(f"<details><summary>{drawn(summary)}</summary>{inner}</details>") if inner else Html()


def code(text: str) -> Html:
    """*text* as it is written in a file or a program."""
    return Html(f"<code>{drawn(text)}</code>")


def preformatted(text: str) -> Html:
    """*text* in the lines that it has; those that are too long are broken."""
    lines = "\n".join(drawn(one) for one in text.split("\n"))
    return Html(f'<pre style="white-space:pre-wrap">{lines}</pre>')


def unbroken(text: str) -> Html:
    """*text* on one line, such as a date in a narrow column."""
    return Html(f'<span style="white-space:nowrap">{drawn(text)}</span>') if text else Html()


def strong(text: str) -> Html:
    """*text* that is to be seen."""
    return Html(f"<strong>{drawn(text)}</strong>")


def small(*parts: str) -> Html:
    """*parts* as an aside; nothing where there are none."""
    inner = joined(parts, " · ")
    return Html(f'<small style="{FAINT}">{inner}</small>') if inner else Html()


def link(words: str, url: str | None) -> Html:
    """*words*, leading to *url* if that is an address on the web."""
    if url is None or not url.startswith(("https://", "http://")):
        return drawn(words)
    return Html(f'<a href="{drawn(url)}" rel="noreferrer">{drawn(words)}</a>')


def linked(sources: Iterable[Source]) -> tuple[Html, ...]:
    """Where something comes from, each leading there."""
    return tuple(link(one.words, one.url) for one in sources)


def bullets(items: Iterable[str]) -> Html:
    """*items*, each on a line of its own; nothing where there are none."""
    inner = "".join(f"<li>{drawn(one)}</li>" for one in items)
    return Html(f'<ul style="margin:.1em 0;padding-left:1.4em">{inner}</ul>') if inner else Html()


def facts(rows: Iterable[tuple[str, str]]) -> Html:
    """What there is to say, each by its name; what is empty is left out."""
    inner = "".join(
        f'<tr><th scope="row" style="{_LEFT};white-space:nowrap">{drawn(name)}</th>'
        f'<td style="{_LEFT}">{drawn(said)}</td></tr>'
        for name, said in rows
        if said
    )
    return Html(f'<table style="{_TABLE}"><tbody>{inner}</tbody></table>') if inner else Html()


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0) -> Html:
    """*rows* under *columns*, of which the last *numbers* are figures. The first says what a row is about."""
    plain = len(columns) - numbers
    head = "".join(
        f'<th scope="col" style="{_LEFT if at < plain else _RIGHT}">{drawn(one)}</th>' for at, one in enumerate(columns)
    )
    body = "".join(f"<tr>{_cells(row, plain)}</tr>" for row in rows)
    if not body:
        return Html()
    return Html(f'<table style="{_TABLE}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def _cells(row: Sequence[str], plain: int) -> str:
    first = f'<th scope="row" style="{_LEFT};font-weight:inherit">{drawn(row[0])}</th>'
    rest = enumerate(row[1:], 1)
    return first + "".join(f'<td style="{_LEFT if at < plain else _RIGHT}">{drawn(one)}</td>' for at, one in rest)
