"""Many citizens at once: the same rules over columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lgbm.population.residents import batches, synthetic

__all__ = ["batches", "synthetic"]


def __getattr__(name: str) -> Any:
    # Whoever screens a table of her own does not wait for the invented one.
    if name in __all__:
        from lgbm.population import residents

        return getattr(residents, name)
    raise AttributeError(f"`lgbm.population` has no `{name}`")
