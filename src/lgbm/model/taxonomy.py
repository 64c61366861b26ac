"""A taxonomy: every item of every kind, by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from attrs import field, frozen

from lgbm.model.concepts import (
    Channel,
    Circumstance,
    Event,
    Indicator,
    Interaction,
    Item,
    Labels,
    Legislation,
    Need,
    Organisation,
    Outcome,
    Rate,
    Segment,
    Service,
    Table,
)


@frozen(kw_only=True)
class Taxonomy:
    """What the files say, once every reference resolves. Items stand by id, whichever file they came from.

    *leap_day_birthday* says when somebody born on 29 February comes of age in a common year.
    *jurisdiction* names the choice circumstance that says where a citizen lives, if the taxonomy has one: services
    are then offered only where their `jurisdictions` say.
    """

    id: str
    label: Labels
    notes: Labels = field(factory=dict)
    leap_day_birthday: Literal["28 February", "1 March"] = "1 March"
    jurisdiction: str | None = None
    layers: tuple[str, ...] = ()
    """Ids of the taxonomies that lie under this one, lowest first."""
    circumstances: Mapping[str, Circumstance] = field(factory=dict)
    rates: Mapping[str, Rate] = field(factory=dict)
    tables: Mapping[str, Table] = field(factory=dict)
    events: Mapping[str, Event] = field(factory=dict)
    needs: Mapping[str, Need] = field(factory=dict)
    services: Mapping[str, Service] = field(factory=dict)
    outcomes: Mapping[str, Outcome] = field(factory=dict)
    indicators: Mapping[str, Indicator] = field(factory=dict)
    channels: Mapping[str, Channel] = field(factory=dict)
    interactions: Mapping[str, Interaction] = field(factory=dict)
    organisations: Mapping[str, Organisation] = field(factory=dict)
    legislation: Mapping[str, Legislation] = field(factory=dict)
    segments: Mapping[str, Segment] = field(factory=dict)

    def sections(self) -> Iterator[tuple[str, Mapping[str, Item]]]:
        """Every section by name, with its items."""
        for name in SECTIONS:
            yield name, getattr(self, name)


SECTIONS: Mapping[str, type[Item]] = {
    "circumstances": Circumstance,
    "rates": Rate,
    "tables": Table,
    "events": Event,
    "needs": Need,
    "services": Service,
    "outcomes": Outcome,
    "indicators": Indicator,
    "channels": Channel,
    "interactions": Interaction,
    "organisations": Organisation,
    "legislation": Legislation,
    "segments": Segment,
}
"""The sections of a taxonomy, in the order in which they are read and shown."""
