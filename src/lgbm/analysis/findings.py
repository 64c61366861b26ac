"""All that can be said against a taxonomy that loads."""

from __future__ import annotations

from datetime import date

from lgbm.analysis.deciding import deciding
from lgbm.analysis.governance import governance
from lgbm.analysis.structure import structure
from lgbm.analysis.world import World
from lgbm.errors import Diagnostic, in_order
from lgbm.executable import Model


def check(model: Model, *, on: date | None = None) -> tuple[Diagnostic, ...]:
    """Every finding about *model* on a day (today, if none is given), in the order of files.

    Mild ones, about what stands alone, are warnings. The others say that an answer may be wrong, or cannot be traced.
    """
    day = on if on is not None else date.today()
    found = [*governance(model.taxonomy, day), *deciding(World(model, day)), *structure(model.rulebook)]
    # A rule that many share is complained of once at each place, however many share the place.
    return tuple(in_order(dict.fromkeys(found)))
