"""What is handed out: what would change an answer, and what would end it, as data and in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from lgbm.changing.scale import Range
from lgbm.model.values import Number, Value, plain
from lgbm.outline import Line, as_html, as_text


@frozen(eq=False, repr=False)
class Move:
    """One fact, and what it would have to become."""

    fact: str
    """The circumstance, or a path to a fact about one person: `partner.annual_income`."""
    before: Value | None
    """Nothing where the fact does not apply now."""
    value: Value
    """Of the values that do, the one that is nearest to what is so now."""
    options: tuple[Value, ...]
    """All values that do, of facts that are no numbers."""
    range: Range | None
    """All numbers or days that do; or, where that could not be shown (not `range.whole`), one that was tried."""
    text: str
    """In words, `savings: at most £16,000 (now £20,000)`."""
    clauses: tuple[Line, ...]
    """The conditions that it turns, with file, line and law."""

    def __repr__(self) -> str:
        return f"<Move {self.text}>"

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        ends = self.range
        names = ("at_least", "more_than", "at_most", "less_than")
        return {
            "fact": self.fact,
            "before": plain(self.before),
            "value": plain(self.value),
            "options": [plain(one) for one in self.options],
            "range": {name: plain(getattr(ends, name)) for name in names if getattr(ends, name) is not None}
            if ends is not None
            else None,
            "limits_shown": ends is None or ends.whole,
            "text": self.text,
            "clauses": [one.to_dict() for one in self.clauses],
        }


@frozen(eq=False)
class Follow:
    """A fact that a change carries with it: nothing is not known, or does not apply."""

    fact: str
    before: Value | None
    after: Value | None
    text: str


@frozen(eq=False, repr=False)
class Suggestion:
    """Changes that together would do."""

    changes: tuple[Move, ...]
    follows: tuple[Follow, ...]
    """Stated facts that would lapse or be others, since what they depend on has changed."""
    missing: tuple[str, ...]
    """What would still have to be known. Nothing: the service would then be decided as eligible."""
    profile: Mapping[str, Value]
    """The facts after the changes, to be resolved again."""

    def __repr__(self) -> str:
        return f"<Suggestion {' and '.join(one.text for one in self.changes)}>"

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {
            "changes": [one.to_dict() for one in self.changes],
            "follows": [
                {"fact": one.fact, "before": plain(one.before), "after": plain(one.after)} for one in self.follows
            ],
            "missing": list(self.missing),
            "profile": {name: plain(value) for name, value in self.profile.items()},
        }


@frozen(eq=False, repr=False)
class WhatWouldChange:
    """The smallest changes that would make somebody eligible, among those that a person can make."""

    service: str
    status: str
    """What is decided now."""
    suggestions: tuple[Suggestion, ...]
    """Each as small as can be, as far as *proven*; the plainest first."""
    missing: tuple[str, ...]
    """What is to be asked for first, where nothing is decided."""
    proven: bool
    """Whether it is shown that fewer changes would not do, and that there are no others as few."""
    most: int
    """How many facts were changed together, at most."""
    not_modelled: tuple[str, ...]
    line: Line

    def __repr__(self) -> str:
        return f"<WhatWouldChange {self.service}: {self.status}, {_count(len(self.suggestions), 'suggestion')}>"

    def __str__(self) -> str:
        return as_text(self.line)

    def _repr_html_(self) -> str:
        return as_html(self.line)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {
            "service": self.service,
            "status": self.status,
            "suggestions": [one.to_dict() for one in self.suggestions],
            "missing": list(self.missing),
            "proven": self.proven,
            "most": self.most,
            "not_modelled": list(self.not_modelled),
        }


@frozen(eq=False, repr=False)
class Cliff:
    """One fact that would end the eligibility, if it became so."""

    change: Move
    ends: bool
    """Whether it certainly would; else it would then not be known."""
    distance: Number | None
    """How far a number is from there; of a date, how many days."""
    mutable: bool
    """Whether a person can change it. Time and others may change what she cannot."""

    def __repr__(self) -> str:
        return f"<Cliff {self.change.text}>"

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {
            **self.change.to_dict(),
            "ends": self.ends,
            "distance": plain(self.distance),
            "mutable": self.mutable,
        }


@frozen(eq=False, repr=False)
class WhatWouldEnd:
    """What would end somebody's eligibility, each fact by itself, the nearest first."""

    service: str
    status: str
    """What is decided now."""
    cliffs: tuple[Cliff, ...]
    line: Line

    def __repr__(self) -> str:
        return f"<WhatWouldEnd {self.service}: {self.status}, {_count(len(self.cliffs), 'cliff')}>"

    def __str__(self) -> str:
        return as_text(self.line)

    def _repr_html_(self) -> str:
        return as_html(self.line)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {
            "service": self.service,
            "status": self.status,
            "cliffs": [one.to_dict() for one in self.cliffs],
        }


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
