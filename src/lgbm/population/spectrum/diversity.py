"""How many kinds of case there are among some rows, and how far what is not known leaves that open.

Each row has answered the same questions; rows with the same answers are one kind of case. Kinds of one size count one
each, and a kind of a few rows counts for little: the *effective number* is e to the power of Shannon's entropy, which
is the number of kinds of one size that would be as diverse. Sources: M. O. Hill, Diversity and Evenness: A Unifying
Notation and Its Consequences, Ecology 54 (1973), where it is the number of order 1; L. Jost, Entropy and Diversity,
Oikos 113 (2006).
"""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from lgbm.population.kernel.columns import Flags

Whole: TypeAlias = NDArray[np.int64]
NO, UNKNOWN, YES = 0, 1, 2
"""How a row answers a question."""

_MOST_CELLS = 2**20
"""Beyond so many kinds, that there could not be more than these no longer makes a difference."""


@frozen
class Kinds:
    """The effective number of kinds of case: at least *low*, at most *high*."""

    low: float
    high: float

    def __str__(self) -> str:
        low, high = f"{self.low:.1f}", f"{self.high:.1f}"
        return low if low == high else f"{low} to {high}"


def kinds(answers: NDArray[np.uint8], counts: Whole, certain: Flags) -> Kinds | None:
    """The kinds of case among rows; nothing where there is no row.

    Of *answers*, each line is a combination and each column a question; *counts* says how many rows answer so, and
    *certain* whether they belong to those in question. The range holds whatever the answers are that are not known,
    and whoever of those belongs that are not certain to.
    """
    if not counts.sum():
        return None
    open_questions = bool((~certain).any()) or bool((answers == UNKNOWN).any())
    alone = [_of_one(column, counts, certain) for column in answers.T]
    unknown = counts @ (answers == UNKNOWN)
    # The best known questions first: what is worked out from them alone holds for all of them.
    order = sorted(range(len(alone)), key=lambda one: (unknown[one], alone[one]))
    left = [0.0]
    for one in reversed(order):
        left.append(left[-1] + alone[one][1])
    low, high = 0.0, math.inf
    known, labels = certain.copy(), np.zeros(len(counts), np.int64)
    for depth in range(len(order) + 1):
        # However the other questions are answered, they add something between nothing and all that they could say.
        if open_questions or depth == len(order):
            least, most = _bounds(_sizes(labels, counts, known), int(counts[~known].sum()), depth)
            low, high = max(low, least), min(high, most + left[len(order) - depth])
        if depth < len(order):
            column = answers[:, order[depth]]
            known &= column != UNKNOWN
            labels = np.unique(labels * 2 + (column == YES), return_inverse=True)[1].astype(np.int64)
    return Kinds(math.exp(low), math.exp(max(low, high)))


def _of_one(column: NDArray[np.uint8], counts: Whole, certain: Flags) -> tuple[float, float]:
    """The least and the greatest entropy of the answers to one question."""
    known = certain & (column != UNKNOWN)
    return _bounds(_sizes((column == YES).astype(np.int64), counts, known), int(counts[~known].sum()), 1)


def _sizes(labels: Whole, counts: Whole, known: Flags) -> Whole:
    """How many rows each kind has, of those that are known to be of it; ascending."""
    sizes: Any = np.bincount(labels[known], weights=counts[known]).astype(np.int64)
    return np.sort(sizes[sizes > 0])


def _bounds(sizes: Whole, loose: int, questions: int) -> tuple[float, float]:
    """The least and the greatest entropy of kinds of these sizes once *loose* rows have joined any of them, or made
    new ones. So many yes-or-no *questions* tell no more than two to that power apart.
    """
    if not len(sizes):
        return 0.0, min(math.log(max(loose, 1)), questions * math.log(2))
    whole = float(sizes.sum() + loose)
    # The entropy is least where all of them join the largest kind, and greatest where they make up for the smallest.
    together = sizes.astype(np.float64)
    together[-1] += loose
    apart = math.log(whole) - float(sizes @ np.log(sizes)) / whole
    cells = 2**questions
    if loose and cells <= _MOST_CELLS:
        apart = min(apart, _entropy(_levelled(sizes, loose, cells - len(sizes))))
    return max(0.0, _entropy(together)), max(0.0, apart)


def _entropy(sizes: NDArray[np.float64]) -> float:
    whole = float(sizes.sum())
    return math.log(whole) - float(sizes @ np.log(sizes)) / whole


def _levelled(sizes: Whole, loose: int, empty: int) -> NDArray[np.float64]:
    """Kinds of these sizes, and *empty* more, once *loose* rows have filled up the smallest, in parts if need be."""
    totals = np.concatenate(([0], np.cumsum(sizes)))
    filled = 0 if empty else 1
    while filled < len(sizes) and loose + totals[filled] > sizes[filled] * (empty + filled):
        filled += 1
    level = (loose + float(totals[filled])) / (empty + filled)
    return np.concatenate((np.full(empty + filled, level), sizes[filled:].astype(np.float64)))
