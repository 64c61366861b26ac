"""Cards of figures: rates and tables of the law by date, and what a contact costs."""

from __future__ import annotations

from lgbm import notebook as nb
from lgbm.cards.words import Words
from lgbm.model import concepts as c
from lgbm.model.values import Number, Value
from lgbm.notebook import Html
from lgbm.rules.naming import pounds

_COLUMNS = ("from", "until", "figure", "source")


def rate(one: c.Rate, words: Words) -> Html:
    """Its figures, the one in force first, and what uses it."""
    return nb.joined((_dated(one.values, one.unit, words), _users(one.id, words)))


def _dated(values: tuple[c.Dated, ...], unit: str | None, words: Words) -> Html:
    rows = [
        (
            nb.unbroken(str(each.start)),
            nb.unbroken(str(each.end or "")),
            _figure(each.value, unit),
            words.sources(each.source),
        )
        for each in reversed(values)
    ]
    inside = next((each for each in reversed(values) if each.start <= words.day), None)
    if inside is None or (inside.end is not None and inside.end < words.day):
        now = "No figure is in force today."
    else:
        now = f"{_figure(inside.value, unit)}, in force since {inside.start}."
    return nb.joined((nb.paragraph(nb.strong(now)), nb.table(_COLUMNS, rows)))


def _figure(value: Value, unit: str | None) -> str:
    if unit == "GBP" and isinstance(value, Number) and not isinstance(value, bool):
        return pounds(value)
    return f"{value} {unit or ''}".strip()


def _users(figure: str, words: Words) -> Html:
    used = list(words.using(figure))
    further = nb.small("What depends on these in turn: ", nb.code(f"model.explore.dependents({figure!r})"))
    return nb.part(
        "Used by",
        nb.bullets(used[:10]),
        nb.folded(f"and {len(used) - 10} more", nb.bullets(used[10:])),
        nb.paragraph(further) if used else "",
    )


def table(one: c.Table, words: Words) -> Html:
    """Its rows as they are on the day, and what uses it."""
    rows: list[tuple[str, ...]] = []
    for row in one.rows:
        inside = next((each for each in reversed(row.values) if each.start <= words.day), None)
        cells = tuple(row.cells[name].text if name in row.cells else "any" for name in one.inputs)
        rows.append((*cells, _figure(inside.value, one.unit) if inside else "none in force"))
    columns = (*(each.named() for each in one.inputs.values()), "in force today")
    return nb.joined((nb.table(columns, rows), _users(one.id, words)))


def _cost(one: c.Cost) -> Html:
    low, high = pounds(one.low), pounds(one.high)
    return nb.unbroken(low if low == high else f"{low} to {high}")


def channel(one: c.Channel, words: Words) -> Html:
    """What a contact over it costs, as it was published."""
    rows = [
        (nb.unbroken(str(each.start)), nb.unbroken(str(each.end or "")), _cost(each), words.sources(each.source))
        for each in reversed(one.costs)
    ]
    served = sum(one.id in each.channels for each in words.taxonomy.services.values())
    return nb.joined(
        (
            nb.facts((("services reached by it", str(served)),)),
            nb.part("What a contact costs the provider", nb.table(("from", "until", "cost", "source"), rows)),
        )
    )
