"""What can be said of a taxonomy as a whole: whether it is kept, whether it can decide, and how much it covers.

>>> import lgbm
>>> lgbm.analysis.check(lgbm.loads("services: {help: {label: Help, eligibility: true}}"))[0].message
'`help` has no `owner`, no `source` and no `review_by`'
"""

from lgbm.analysis.coverage import Coverage, Gap, coverage
from lgbm.analysis.findings import check
from lgbm.analysis.languages import Languages, Text, languages
from lgbm.analysis.search import profile_for
from lgbm.analysis.thresholds import Person, Threshold, thresholds

__all__ = [
    "Coverage",
    "Gap",
    "Languages",
    "Person",
    "Text",
    "Threshold",
    "check",
    "coverage",
    "languages",
    "profile_for",
    "thresholds",
]
