"""What is said to the caller about what would change an answer: codes P48n."""

from __future__ import annotations

from lgbm.errors import Diagnostic
from lgbm.messages.profiles import shown


def too_many_changes(most: object, allowed: int) -> Diagnostic:
    return Diagnostic(
        "P480",
        f"`{shown(most)}` facts cannot be changed together",
        hint=f"a change is of 1 to {allowed} facts",
        place="what_would_change: most",
    )
