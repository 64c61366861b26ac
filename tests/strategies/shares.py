"""Ranges of shares, from all the values that they may have."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from lgbm.population.bounds import Share


def hull(shares: Iterable[Fraction | None]) -> Share:
    """From the lowest to the highest; nothing where there is none."""
    found = [one for one in shares if one is not None]
    return Share(min(found, default=None), max(found, default=None))
