"""What each life event reaches along the chain."""

from __future__ import annotations

from attrs import frozen

from lgbm import notebook as nb

_COLUMNS = ("life event", "needs", "services", "led to directly", "with rules", "outcomes", "indicators")


@frozen(repr=False)
class Reach:
    """What one life event reaches along the chain: how many of each, and how many of the services have rules."""

    event: str
    label: str
    circumstances: int
    needs: int
    services_led_to: int
    services_for_needs: int
    """Besides those that it leads to."""
    services_with_rules: int
    outcomes: int
    indicators: int
    needs_without_service: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Reach {self.event}: {self.needs} needs, {self.services} services>"

    @property
    def services(self) -> int:
        """All that it leads to, directly or by a need."""
        return self.services_led_to + self.services_for_needs

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        found: dict[str, object] = {name: getattr(self, name) for name in Reach.__annotations__}
        return {**found, "needs_without_service": list(self.needs_without_service)}


class Coverage(tuple[Reach, ...]):
    """What every life event reaches, by id. A notebook draws it as a table, those that reach most services first."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<Coverage of {len(self)} life event{'' if len(self) == 1 else 's'}>"

    def _repr_html_(self) -> str:
        rows = [
            (one.label, *map(str, (one.needs, one.services, one.services_led_to, one.services_with_rules)),
             str(one.outcomes), str(one.indicators))
            for one in sorted(self, key=lambda one: (-one.services, -one.needs, one.event))
        ]  # fmt: skip
        table = nb.table(_COLUMNS, rows, numbers=len(_COLUMNS) - 1)
        return nb.card("What each life event can touch", table or nb.paragraph("There is no life event."))
