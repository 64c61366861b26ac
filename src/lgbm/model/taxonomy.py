"""A taxonomy: every item of every kind, by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from attrs import field, frozen

from lgbm.model.concepts import (
    NOTHING_NAMED,
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


@frozen(kw_only=True, repr=False)
class Taxonomy:
    """What the files say, once every reference resolves. Items stand by id, whichever file they came from.

    *leap_day_birthday* says when somebody born on 29 February comes of age in a common year.
    *jurisdiction* names the choice circumstances that say where a citizen lives (the nation, the council), if the
    taxonomy has any: services are then offered only where their `jurisdictions` say.
    """

    id: str
    label: Labels
    notes: Labels = NOTHING_NAMED
    leap_day_birthday: Literal["28 February", "1 March"] = "1 March"
    jurisdiction: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    """Ids of the taxonomies that lie under this one, lowest first."""
    circumstances: Mapping[str, Circumstance] = field(factory=dict[str, Circumstance])
    rates: Mapping[str, Rate] = field(factory=dict[str, Rate])
    tables: Mapping[str, Table] = field(factory=dict[str, Table])
    events: Mapping[str, Event] = field(factory=dict[str, Event])
    needs: Mapping[str, Need] = field(factory=dict[str, Need])
    services: Mapping[str, Service] = field(factory=dict[str, Service])
    outcomes: Mapping[str, Outcome] = field(factory=dict[str, Outcome])
    indicators: Mapping[str, Indicator] = field(factory=dict[str, Indicator])
    channels: Mapping[str, Channel] = field(factory=dict[str, Channel])
    interactions: Mapping[str, Interaction] = field(factory=dict[str, Interaction])
    organisations: Mapping[str, Organisation] = field(factory=dict[str, Organisation])
    legislation: Mapping[str, Legislation] = field(factory=dict[str, Legislation])
    segments: Mapping[str, Segment] = field(factory=dict[str, Segment])

    def __repr__(self) -> str:
        return f"<Taxonomy {self.id}: {self.counted()}>"

    def sections(self) -> Iterator[tuple[str, Mapping[str, Item]]]:
        """Every section by name, with its items."""
        for name in SECTIONS:
            yield name, getattr(self, name)

    def counted(self) -> str:
        """How many items there are: `12 circumstances, 1 event`."""
        counts = ((name, len(items)) for name, items in self.sections())
        return ", ".join(f"{count} {name.removesuffix('s') if count == 1 else name}" for name, count in counts if count)


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
