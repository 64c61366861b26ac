"""The card of a whole taxonomy: what it is, how much of what there is in it, and how to go on."""

from __future__ import annotations

from datetime import date

from lgbm import notebook as nb
from lgbm.model.concepts import in_language
from lgbm.model.taxonomy import Taxonomy
from lgbm.notebook import Html

_ROUTE = ("events", "circumstances", "needs", "services", "outcomes", "indicators")
"""The sections in the order of the chain, from a life event to what is measured."""


def whole(taxonomy: Taxonomy, day: date) -> str:
    """The taxonomy as a notebook shows it on *day*."""
    title = nb.joined((in_language(taxonomy.label, "en") or taxonomy.id, nb.code(taxonomy.id)), " ")
    lies = f"It lies over {', '.join(taxonomy.layers)}." if taxonomy.layers else ""
    sections = dict(taxonomy.sections())
    order = [*_ROUTE, *(name for name in sections if name not in _ROUTE)]
    rows = [
        (
            name,
            f"{len(sections[name]):,}",
            "; ".join(one.named() for one in list(sections[name].values())[:2]),
            nb.code(f"model.{name}"),
        )
        for name in order
        if sections[name]
    ]
    return nb.card(
        title,
        nb.paragraph(in_language(taxonomy.notes, "en") or "", lies),
        nb.table(("section", "items", "such as", "see them"), rows),
        _kept(taxonomy, day),
        _on(taxonomy),
    )


def _kept(taxonomy: Taxonomy, day: date) -> Html:
    """How well it is kept: rules past their review, services without rules."""
    services = taxonomy.services.values()
    if not services:
        return Html()
    overdue = sum(one.review_by is not None and one.review_by < day for one in services)
    without = sum(one.eligibility is None for one in services)
    said = (
        f"{len(services) - without} services have rules of eligibility and {without} have none. "
        f"{overdue or 'No'} {'service is' if overdue == 1 else 'services are'} past the date of review."
    )
    return nb.paragraph(said)


def _on(taxonomy: Taxonomy) -> Html:
    """What can be asked of it next."""
    event = next(iter(taxonomy.events), None)
    first = taxonomy.events[event].leads_to if event else ()
    order = [taxonomy.services[one] for one in first] + list(taxonomy.services.values())
    service = next((one.id for one in order if one.eligibility is not None), None)
    known = "{'age': 70}" if "age" in taxonomy.circumstances else "{}"
    after = f", event={event!r}" if event else ""
    calls = [f"answer = model.resolve({known}{after})"]
    calls += [f"answer[{service!r}].why()", f"model.services[{service!r}]"] if service else []
    return nb.part("Go on", nb.bullets(map(nb.code, calls)))
