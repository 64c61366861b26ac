"""Where the chain breaks off."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from lgbm.outline import Line, as_html, as_text

_SAID: Mapping[str, tuple[str, str]] = {
    "needs_without_service": ("need", "Needs that no service meets"),
    "needs_without_rule": ("need", "Needs that no circumstances imply"),
    "services_without_need": ("service", "Services that meet no need, and that no event leads to"),
    "services_without_outcome": ("service", "Services that contribute to no outcome"),
    "outcomes_without_service": ("outcome", "Outcomes that no service contributes to"),
    "outcomes_without_indicator": ("outcome", "Outcomes that no indicator measures"),
    "indicators_without_outcome": ("indicator", "Indicators that measure no outcome"),
    "events_leading_nowhere": ("event", "Life events that lead nowhere"),
}


@frozen(repr=False)
class LooseEnds:
    """Where the chain breaks off, by id."""

    needs_without_service: tuple[str, ...]
    """Nor does a service meet one that is narrower."""
    needs_without_rule: tuple[str, ...]
    """Nothing implies them, and they are no heading over narrower ones: no answer can show them."""
    services_without_need: tuple[str, ...]
    """And no event leads to them: no answer can show them as needed."""
    services_without_outcome: tuple[str, ...]
    outcomes_without_service: tuple[str, ...]
    outcomes_without_indicator: tuple[str, ...]
    indicators_without_outcome: tuple[str, ...]
    events_leading_nowhere: tuple[str, ...]
    """They change nothing that implies a need, and lead to no service."""
    labels: Mapping[str, str] = field(factory=dict[str, str], eq=False)
    """What the nodes of the graph are called."""

    @property
    def line(self) -> Line:
        """Each kind of break that there is, with its items; then the kinds that there are none of."""
        found = [(*_SAID[name], ids) for name, ids in self.to_dict().items()]
        lines = [
            Line(f"{said}: {len(ids)}", lines=tuple(self._called(kind, one) for one in ids))
            for kind, said, ids in found
            if ids
        ]
        whole = tuple(Line(said) for _, said, ids in found if not ids)
        if whole:
            lines.append(Line("Looked for, and none found", lines=whole))
        return Line("Where the chain breaks off", lines=tuple(lines))

    def _called(self, kind: str, name: str) -> Line:
        label = self.labels.get(f"{kind}:{name}", name)
        return Line(label if label == name else f"{label} ({name})")

    def __repr__(self) -> str:
        return f"<LooseEnds: {sum(map(len, self.to_dict().values()))} found>"

    def __str__(self) -> str:
        return as_text(self.line)

    def _repr_html_(self) -> str:
        return as_html(self.line)

    def to_dict(self) -> dict[str, list[str]]:
        """Plain JSON data."""
        return {name: list(getattr(self, name)) for name in _SAID}
