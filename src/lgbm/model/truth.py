"""Three-valued truth: true, false, or not known yet."""

from __future__ import annotations

from enum import Enum
from typing import NoReturn


class Truth(Enum):
    """What is known of a condition. It has no truth value of its own: `if truth:` raises."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        # Treating "not known yet" as "no" is how people lose benefits silently.
        raise TypeError("a Truth has three values: compare it with `is Truth.TRUE`, never `if truth:`")
