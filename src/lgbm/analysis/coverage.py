"""How much of what is offered has rules, area by area; and which needs nothing with rules meets there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from attrs import evolve, frozen

from lgbm.errors import ProfileError
from lgbm.executable import Model
from lgbm.messages import profiles as say
from lgbm.model.concepts import Service, in_language
from lgbm.model.taxonomy import Taxonomy

State: TypeAlias = Literal["modelled", "not covered", "not offered"]
STATES: tuple[State, ...] = ("modelled", "not covered", "not offered")
EVERYWHERE = "everywhere"
"""The one area of a taxonomy that does not say where citizens live."""


@frozen
class Gap:
    """A need that no service with rules meets in an area, and the services without rules that meet it there."""

    need: str
    area: str
    services: tuple[str, ...]


@frozen
class Coverage:
    """For each area of one kind, what is modelled there."""

    taxonomy: str
    where: str
    """The circumstance whose options the areas are."""
    areas: Mapping[str, str]
    """By id, with their labels."""
    services: Mapping[str, Mapping[str, State]]
    """For each service and area. Services that are offered by areas of another kind only are not among them."""
    elsewhere: tuple[str, ...]
    """Those: the services of a council, say, where the areas are nations."""
    needs: Mapping[str, Mapping[str, int]]
    """For each need and area, how many services with rules meet it there, or a narrower one of it."""
    gaps: tuple[Gap, ...]

    @property
    def totals(self) -> Mapping[str, Mapping[State, int]]:
        """For each area, how many services are in each state."""
        return {
            area: {state: sum(states[area] == state for states in self.services.values()) for state in STATES}
            for area in self.areas
        }

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {
            "taxonomy": self.taxonomy,
            "where": self.where,
            "areas": dict(self.areas),
            "services": {name: dict(states) for name, states in self.services.items()},
            "elsewhere": list(self.elsewhere),
            "totals": {area: dict(counts) for area, counts in self.totals.items()},
            "needs": {name: dict(counts) for name, counts in self.needs.items()},
            "gaps": [{"need": one.need, "area": one.area, "services": list(one.services)} for one in self.gaps],
        }


def coverage(model: Model, *, where: str | None = None, language: str = "en") -> Coverage:
    """What *model* covers, by the options of the circumstance *where*: the first that says where a citizen lives.

    A service is *modelled* where it is offered and has rules, *not covered* where it is offered and has none.
    """
    taxonomy = model.taxonomy
    areas = _areas(taxonomy, where, language)
    kind = where or next(iter(taxonomy.jurisdiction), EVERYWHERE)
    others = {one for name in taxonomy.jurisdiction if name != kind for one in taxonomy.circumstances[name].options}
    services = {name: one for name, one in sorted(taxonomy.services.items()) if one.status != "withdrawn"}
    elsewhere = [name for name, one in services.items() if _only(one, others, areas)]
    states = {name: _states(one, areas) for name, one in services.items() if name not in elsewhere}
    needs: dict[str, dict[str, int]] = {}
    gaps: list[Gap] = []
    for need in sorted(taxonomy.needs):
        within = _narrower(taxonomy, need)
        meeting = [name for name in states if not within.isdisjoint(services[name].meets)]
        needs[need] = {area: sum(states[name][area] == "modelled" for name in meeting) for area in areas}
        for area, count in needs[need].items():
            if not count:
                gaps.append(Gap(need, area, tuple(name for name in meeting if states[name][area] == "not covered")))
    return Coverage(taxonomy.id, kind, areas, states, tuple(elsewhere), needs, tuple(gaps))


def _areas(taxonomy: Taxonomy, where: str | None, language: str) -> dict[str, str]:
    if where is not None and where not in taxonomy.jurisdiction:
        raise ProfileError([evolve(say.unknown_item(where, taxonomy.jurisdiction), place="coverage")])
    if not taxonomy.jurisdiction:
        return {EVERYWHERE: "Everywhere"}
    options = taxonomy.circumstances[where or taxonomy.jurisdiction[0]].options
    return {name: in_language(labels, language) or name for name, labels in options.items()}


def _only(service: Service, others: set[str], areas: Mapping[str, str]) -> bool:
    """Whether *service* is offered by areas of another kind only."""
    offered = set(service.jurisdictions)
    return bool(offered & others) and not offered & areas.keys()


def _states(service: Service, areas: Mapping[str, str]) -> dict[str, State]:
    there: State = "modelled" if service.eligibility is not None else "not covered"
    offered = service.jurisdictions or tuple(areas)
    return {area: there if area in offered else "not offered" for area in areas}


def _narrower(taxonomy: Taxonomy, need: str) -> set[str]:
    """*need*, and those of which it is a broader one, however far away."""
    found = {need}
    while more := {one.id for one in taxonomy.needs.values() if found.intersection(one.broader)} - found:
        found |= more
    return found
