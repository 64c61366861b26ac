"""The spectrum drawn: a line for each service. Everything in the picture stands in the table as well."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from lgbm.population.profiling.plots import Axes, axes

if TYPE_CHECKING:
    from lgbm.population.spectrum.placing import Place

_SIGNS = {"high": ("D", "high criticality"), "low": ("o", "low criticality"), None: ("x", "criticality not known")}
_LABEL = 36
"""Letters of a label in one line."""
_COLOUR, _FAINT = "#1d3650", "#777777"


def drawn(places: Sequence[Place], of: int, many: float, ax: Axes | None) -> Axes:
    """*places* from top to bottom, the first on top; *of* is how many there are to draw."""
    found: Axes = ax if ax is not None else axes(len(places), 9)
    for at, one in enumerate(places):
        assert one.kinds is not None
        sign, label = _SIGNS[one.critical.level]
        found.plot([one.kinds.low, one.kinds.high], [at, at], color=_COLOUR, linewidth=3, solid_capstyle="butt")
        middle = (one.kinds.low * one.kinds.high) ** 0.5
        found.plot(middle, at, sign, color=_COLOUR, markerfacecolor="white", markersize=8, label=label)
        words = one.strategy or ", or ".join(one.strategies)
        found.annotate(words, (one.kinds.high, at), (9, 0), textcoords="offset points", va="center", fontsize=8)
    found.axvline(many, color=_FAINT, linewidth=1, linestyle="--")
    found.set_xscale("log", base=2)
    found.xaxis.set_major_formatter("{x:g}")
    # The strategies are written to the right of the widest range.
    widest = max((one.kinds.high for one in places if one.kinds), default=many)
    found.set_xlim(0.9, 12 * max(widest, many))
    found.set_yticks(range(len(places)), [fill(one.service.named(), _LABEL) for one in places], fontsize=9)
    found.invert_yaxis()
    found.set_title("From standardised to personalised" + ("" if len(places) == of else f": {len(places)} of {of}"))
    found.set_xlabel(f"kinds of case among those in need (beyond the dashed line at {many:g}: diverse)")
    held = dict(zip(*reversed(found.get_legend_handles_labels()), strict=True))
    if held:
        found.legend(held.values(), held.keys(), loc="upper right", fontsize=8)
    return found
