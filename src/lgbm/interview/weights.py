"""How likely each answer is: what tells a question that settles much from one that seldom does.

Weights hold a sample of citizens, a bit each. For every question that a rule asks of the facts (`savings <= 16000`,
`pregnant`) they say of which of them it is true. So what goes together goes together: of those without children, nobody
has a child of three. Without a sample, citizens are made up out of rough guesses that are stated here.

They decide in what order is asked, and never what is answered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence, Set
from math import ceil
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
    _found: dict[tuple[t.Term, str], int] = field(init=False, factory=dict[tuple[t.Term, str], int], repr=False)

    @property
    def everybody(self) -> int:
        """The bits of all citizens of the sample."""
        return (1 << self.rows) - 1

    @property
    def learned(self) -> bool:
        """Whether they were learned from a table."""
        return bool(self.true)

    def of(self, question: t.Term, options: Sequence[str] = (), key: str = "") -> int:
        """The bits of those of whom *question* is true. *options* are those of the choice in it."""
        found = self._found.get((question, key))
        if found is None:
            named = key or told(question)
            learned = self.true.get(named)
            found = self._guess(named, question, options) if learned is None else learned
            self._found[question, key] = found
        return found

    def _guess(self, key: str, question: t.Term, options: Sequence[str]) -> int:
        """A guess. Whoever is in one option of a choice is in no other."""
        match question:
            case t.Compare("=" | "!=" as operator, of, t.Const(str() as option)) if option in options:
                found = self._chosen(told(of), options, {option})
                return found if operator == "=" else self.everybody & ~found
            case t.OneOf(of, values) if options:
                return self._chosen(told(of), options, values)
            case _:
                return _drawn(key, 0, _share(question), self.rows)

    def _chosen(self, key: str, options: Sequence[str], among: Set[str]) -> int:
        found, step = 0, 1 / len(options)
        for place, option in enumerate(options):
            if option in among:
                found |= _drawn(key, place * step, (place + 1) * step, self.rows)
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


def _share(question: t.Term) -> float:
    match question:
        case t.Fact() | t.Field() | t.Some() | t.Compare("="):
            return _SELDOM
        case _:
            return _GUESSED


def _drawn(key: str, low: float, high: float, rows: int) -> int:
    """The rows that drew a number from *low* up to *high* for *key*: the same in every process."""
    drawn = hashlib.shake_128(key.encode()).digest(rows)
    start, end = ceil(low * 256), ceil(high * 256)
    return int(drawn[::-1].translate(b"0" * start + b"1" * (end - start) + b"0" * (256 - end)), 2)
