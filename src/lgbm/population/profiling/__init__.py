"""Who uses which service, over which channel, at what cost: transactions joined with the segments of a population.

It describes groups. Nothing of it enters a decision about a person: rules and profiles that name a segment are refused.
"""

from __future__ import annotations

from lgbm.population.profiling.cost import CostToServe, cost
from lgbm.population.profiling.grid import Grid
from lgbm.population.profiling.index import Index, index
from lgbm.population.profiling.mix import (
    Avoidable,
    Mix,
    Satisfaction,
    avoidable,
    avoidable_grid,
    mix,
    satisfaction,
    satisfaction_grid,
)
from lgbm.population.profiling.periods import Period
from lgbm.population.profiling.ranges import Range
from lgbm.population.profiling.shift import Failures, Move, Saving, Shift, failures, shift
from lgbm.population.profiling.standards import Measured, measured, standards
from lgbm.population.profiling.suppression import MINIMUM, Published, suppressed, suppressed_list
from lgbm.population.profiling.transactions import Transaction, Transactions, read

__all__ = [
    "MINIMUM",
    "Avoidable",
    "CostToServe",
    "Failures",
    "Grid",
    "Index",
    "Measured",
    "Mix",
    "Move",
    "Period",
    "Published",
    "Range",
    "Satisfaction",
    "Saving",
    "Shift",
    "Transaction",
    "Transactions",
    "avoidable",
    "avoidable_grid",
    "cost",
    "failures",
    "index",
    "measured",
    "mix",
    "read",
    "satisfaction",
    "satisfaction_grid",
    "shift",
    "standards",
    "suppressed",
    "suppressed_list",
]
