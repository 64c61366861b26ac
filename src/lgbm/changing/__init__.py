"""What would change an answer: the smallest changes that would make somebody eligible, and what would end it."""

from lgbm.changing.answers import Asked, what_would_change, what_would_end
from lgbm.changing.moves import Cliff, Follow, Move, Suggestion, WhatWouldChange, WhatWouldEnd
from lgbm.changing.scale import Range

__all__ = [
    "Asked",
    "Cliff",
    "Follow",
    "Move",
    "Range",
    "Suggestion",
    "WhatWouldChange",
    "WhatWouldEnd",
    "what_would_change",
    "what_would_end",
]
