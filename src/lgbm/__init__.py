"""The Local Government Business Model, executable.

>>> import lgbm
>>> model = lgbm.load("uk")
>>> answer = model.resolve({"age": 70, "savings": 4000}, event="bereavement", on="2026-11-21")
>>> answer["pension-credit"].status
<Status.UNDETERMINED: 'undetermined'>
"""

from typing import TYPE_CHECKING

from lgbm.decision import Decision, Explanation, Status
from lgbm.errors import Diagnostic, LgbmError, ProfileError, SourceError
from lgbm.executable import Model, load, loads
from lgbm.model.profile import Profile
from lgbm.model.truth import Truth
from lgbm.resolution import Resolution
from lgbm.telling import Change

if TYPE_CHECKING:
    from lgbm import analysis, personas
    from lgbm.comparison import Comparison, compare
    from lgbm.rules import feel

__version__ = "0.1.0"

__all__ = [
    "Change",
    "Comparison",
    "Decision",
    "Diagnostic",
    "Explanation",
    "LgbmError",
    "Model",
    "Profile",
    "ProfileError",
    "Resolution",
    "SourceError",
    "Status",
    "Truth",
    "analysis",
    "compare",
    "feel",
    "load",
    "loads",
    "personas",
]


def __getattr__(name: str) -> object:
    # The language by itself is loaded when it is asked for: answers on a loaded model do without.
    if name == "feel":
        from lgbm.rules import feel

        return feel
    if name == "analysis":
        import lgbm.analysis

        return lgbm.analysis
    if name in ("compare", "Comparison"):
        import lgbm.comparison

        return getattr(lgbm.comparison, name)
    if name == "personas":
        import lgbm.personas

        return lgbm.personas
    raise AttributeError(f"module `lgbm` has no `{name}`")
