"""The page of the reference about the synthetic population, made from the figures that it is held to."""

from __future__ import annotations

from lgbm.population.residents.assumptions import ASSUMPTIONS
from lgbm.population.residents.figures import FIGURES, Figure
from lgbm.population.residents.sources import SOURCES

_HEAD = """# The synthetic population

`lgbm.population.synthetic` draws a table of invented adults of the United Kingdom, household by household, to try rules
on. Nobody in it exists, and no record of a real person was used: everything is drawn from the published totals below
and from assumptions.

```python
>>> from datetime import date
>>> from lgbm.population import synthetic
>>> people = synthetic(1000, seed=4, on=date(2026, 11, 21))
>>> people.num_rows
1000
>>> people.equals(synthetic(1000, seed=4, on=date(2026, 11, 21)))
True
>>> people["partner"].type.field("weekly_earnings").type
Decimal128Type(decimal128(12, 2))
>>> scots = synthetic(10, nation="scotland", on=date(2026, 11, 21))
>>> set(scots["nation"].to_pylist())
{'scotland'}
```

- One row is one adult of 16 or over. The rows of a household follow one another and share `household`, `area` and
  `region`, which are no circumstances: `model.screen(people, keep=["household", "area", "region"])`. Partners are each
  other's `partner`, and both have their `children`. Only the last household of a table can be cut off.
- `unknown=0.1` makes a tenth of the facts unknown, by chance. Who the people are does not depend on it.
- `model=` leaves out what a taxonomy does not ask. Facts that follow by a formula are left out always, and so are those
  that nobody would be asked because of another answer.
- `receives` names the benefits and discounts that are drawn, some thirty. Of any other service it says that nobody has
  it, which here means no more than that nothing was drawn: take-up of these is nought, and says nothing.
- `batches(count, seed, size)` gives the same people in batches, for more than memory holds.
- It is of one day: `on`, or today. The same seed is the same table on the same day.
- On the command line: `lgbm synthetic --count 10000 --out people.parquet`.

## What it must not be used for

It is for examples, for tests and for measuring speed. It says nothing about the country, a council or a group of
people: only the totals below are held to anything, and hardly anything is known here of how facts go together. Do not
report a number from it as a finding, do not plan a budget by it, and do not compare its areas, which are invented. A
share of people who are entitled and do not claim, reckoned from it, shows mainly what we assumed about take-up.

## What it is held to

A test draws 200,000 people and compares. The tolerance is in the unit of the figure.

| | published | tolerance | source |
|---|---|---|---|
"""


def page() -> str:
    """The whole page, in Markdown."""
    rows = "".join(map(_row, FIGURES.values()))
    sources = "".join(f"- **{name}**: {one.title}. {one.published}. <{one.url}>\n" for name, one in SOURCES.items())
    assumed = "".join(f"- {one}\n" for one in ASSUMPTIONS)
    read = "Each was read on the page named; where that quotes another, it says so."
    return f"{_HEAD}{rows}\n## Sources\n\n{read}\n\n{sources}\n## Assumptions\n\n{assumed}"


def _row(one: Figure) -> str:
    note = f" {one.note}" if one.note else ""
    return f"| {one.label}.{note} | {_number(one, one.published)} | {_number(one, one.tolerance)} | {one.source} |\n"


def _number(one: Figure, number: float) -> str:
    text = f"{number:,.2f}".rstrip("0").rstrip(".") if number != int(number) else f"{int(number):,}"
    return f"£{text}" if one.unit == "GBP" else f"{text} {one.unit}".strip() if one.unit != "%" else f"{text} %"


if __name__ == "__main__":
    import sys

    sys.stdout.write(page())
