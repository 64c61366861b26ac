"""How likely each answer is: what tells a question that settles much from one that seldom does.

Weights hold a sample of citizens, a bit each. For every question that a rule asks of the facts (`savings <= 16000`,
`pregnant`) they say of which of them it is true. So what goes together goes together: of those without children, nobody
has a child of three. Without a sample, citizens are made up out of rough guesses that are stated here.

They decide in what order is asked, and never what is answered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, cast

from attrs import field, frozen

from lgbm.errors import ProfileError
from lgbm.messages import interview as say
from lgbm.rules import term as t

ROWS = 256
_SELDOM = 0.15
"""How often a yes-or-no circumstance is guessed to be true: most of them are special."""
_GUESSED = 0.5
_ENOUGH = 24


@frozen(eq=False)
class Weights:
    """A sample of *rows* citizens, and for each question the bits of those of whom it is true."""

    rows: int = ROWS
    true: Mapping[str, int] = field(factory=dict[str, int], repr=False)
    _guessed: dict[str, int] = field(init=False, factory=dict[str, int], repr=False)

    @property
    def everybody(self) -> int:
        """The bits of all citizens of the sample."""
        return (1 << self.rows) - 1

    @property
    def learned(self) -> bool:
        """Whether they were learned from a table."""
        return bool(self.true)

    def of(self, question: t.Term, options: int = 0, key: str = "") -> int:
        """The bits of those of whom *question* is true. *options* is how many a choice in it has."""
        key = key or told(question)
        found = self.true.get(key)
        if found is None:
            found = self._guessed.get(key)
        if found is None:
            found = self._guessed[key] = _guess(key, _share(question, options), self.rows)
        return found

    def like(self, answers: Iterable[tuple[str, object]]) -> int:
        """The bits of those who would answer so, as far as enough of them are left to go by."""
        live = self.everybody
        for path, value in answers:
            found = self.true.get(answered(path, value))
            if found is not None and (live & found).bit_count() >= _ENOUGH:
                live &= found
        return live

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {"rows": self.rows, "true": {key: f"{bits:x}" for key, bits in sorted(self.true.items())}}

    @staticmethod
    def from_dict(data: Any) -> Weights:
        """The weights that `to_dict` gave. Raises `ProfileError` for anything else."""
        try:
            return Weights(int(data["rows"]), {str(key): int(bits, 16) for key, bits in data["true"].items()})
        except (KeyError, TypeError, ValueError, AttributeError):
            raise ProfileError([say.no_weights()]) from None


def answered(path: str, value: object) -> str:
    """What the answer *value* is called among questions: of a list of people, how many they are."""
    return f"{path} is {len(cast('tuple[object, ...]', value)) if isinstance(value, tuple) else value}"


def told(term: t.Term) -> str:
    """*term* as a text that is the same in every process, as that of a set is not."""
    match term:
        case t.Stated(part):
            return told(part)
        case t.OneOf(of, values):
            return f"{told(of)} in {sorted(values)}"
        case t.Const(value):
            return repr(value) if isinstance(value, bool) else str(value)
        case t.Fact(name) | t.Local(name):
            return name
        case t.Field(of, name):
            return f"{told(of)}.{name}"
        case t.Compare(operator, left, right):
            return f"{told(left)} {operator} {told(right)}"
        case t.Undefined():
            return "?"
        case _:
            word = getattr(term, "function", type(term).__name__.lower())
            return f"{word}({', '.join(map(told, t.parts_of(term)))})"


def _share(question: t.Term, options: int) -> float:
    match question:
        case t.Fact() | t.Field() | t.Some():
            return _SELDOM
        case t.Compare("=" | "!=" as operator, _, t.Const(str())) if options:
            return 1 / options if operator == "=" else 1 - 1 / options
        case t.OneOf(_, values) if options:
            return min(1.0, len(values) / options)
        case t.Compare("="):
            return _SELDOM
        case _:
            return _GUESSED


def _guess(key: str, share: float, rows: int) -> int:
    """Bits that are set in about that share of the rows, the same in every process."""
    drawn = hashlib.shake_128(key.encode()).digest(rows)
    return sum(1 << place for place, one in enumerate(drawn) if one < share * 256)
