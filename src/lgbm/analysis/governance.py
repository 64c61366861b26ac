"""Who keeps it true, and where it comes from: owners, days of review and sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lgbm.errors import Diagnostic
from lgbm.messages import findings as say
from lgbm.model import concepts as c
from lgbm.model.taxonomy import Taxonomy


def governance(taxonomy: Taxonomy, on: date) -> Iterator[Diagnostic]:
    """A finding for every service that nobody keeps, and for every condition and figure without a source."""
    for service in taxonomy.services.values():
        yield from _kept(service, on)
        if service.eligibility is not None:
            yield from _sourced(service.eligibility, False)
    for rate in taxonomy.rates.values():
        yield from _figures(rate.id, rate.values)
    for table in taxonomy.tables.values():
        for row in table.rows:
            yield from _figures(table.id, row.values)
    for channel in taxonomy.channels.values():
        yield from _figures(channel.id, channel.costs)


def _kept(service: c.Service, on: date) -> Iterator[Diagnostic]:
    given = {"owner": service.owner, "source": service.source, "review_by": service.review_by}
    lacks = [name for name, value in given.items() if not value]
    if lacks:
        yield say.not_kept(service.span, service.id, lacks)
    if service.review_by is not None and service.review_by < on:
        yield say.review_overdue(service.span, service.id, service.owner, service.review_by)


def _sourced(condition: c.Condition, above: bool) -> Iterator[Diagnostic]:
    """A finding for each leaf that has no source, of its own or of a group that it stands in."""
    sourced = above or bool(condition.source)
    match condition:
        case c.Group(parts=parts):
            for part in parts:
                yield from _sourced(part, sourced)
        case c.Leaf(when):
            # `true` says that a service is for everybody: the listing has its source.
            if not sourced and when.text.strip() != "true":
                yield say.unsourced_condition(when.span, when.text)


def _figures(name: str, values: tuple[c.Dated, ...] | tuple[c.Cost, ...]) -> Iterator[Diagnostic]:
    for one in values:
        if not one.source:
            yield say.unsourced_figure(one.span, name, one.start)
