"""All that can be said against a taxonomy that loads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lgbm.analysis.deciding import deciding
from lgbm.analysis.governance import governance
from lgbm.analysis.structure import structure
from lgbm.analysis.world import World
from lgbm.errors import Diagnostic, in_order
from lgbm.executable import Model
from lgbm.model.taxonomy import Taxonomy


def check(model: Model, *, on: date | None = None) -> tuple[Diagnostic, ...]:
    """Every finding about *model* on a day (today, if none is given), in the order of files.

    Mild ones, about what stands alone, are warnings; of a layer that has items, they are about these alone, since what
    lies below may be there for other layers. The others say that an answer may be wrong, or cannot be traced.
    """
    day = on if on is not None else date.today()
    warnings = _of_its_own(structure(model.rulebook), model.taxonomy)
    found = [*governance(model.taxonomy, day), *deciding(World(model, day)), *warnings]
    # A rule that many share is complained of once at each place, however many share the place.
    return tuple(in_order(dict.fromkeys(found)))


def _of_its_own(found: Iterable[Diagnostic], taxonomy: Taxonomy) -> list[Diagnostic]:
    """Those of *found* that are about the uppermost layer, if anything was written there."""
    below = tuple(f"{name}/" for name in taxonomy.layers)
    items = (item for _, section in taxonomy.sections() for item in section.values())
    if not below or all(item.span.source.name.startswith(below) for item in items):
        return list(found)
    return [one for one in found if one.span is None or not one.span.source.name.startswith(below)]
