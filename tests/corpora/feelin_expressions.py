"""Random expressions of the language, each of one type, over a fixed set of facts."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from attrs import frozen

from lgbm.model.values import Months, Seconds
from tests.corpora.values import Given, shown

Inputs: TypeAlias = dict[str, Given]

# Every number here is a multiple of a quarter, and so it is exact in the binary numbers of JavaScript as well.
_NUMBERS: list[int | Decimal] = [
    0,
    1,
    2,
    3,
    5,
    7,
    10,
    12,
    18,
    100,
    -1,
    -4,
    Decimal("0.5"),
    Decimal("2.25"),
    Decimal("-1.75"),
]
_TEXTS = ["", "a", "abc", "Abc", "banana", "a b", "ß", "naïve", "10", "2020-02-29"]
_DAYS = [
    date(2000, 2, 29),
    date(2001, 2, 28),
    date(2020, 1, 31),
    date(2020, 12, 31),
    date(1999, 3, 1),
    date(2024, 2, 29),
]
_MONTHS = [Months(one) for one in (0, 1, 11, 12, 13, 18, -1, -14)]
_SECONDS = [Seconds(86400 * days + more) for days, more in ((0, 0), (1, 0), (30, 0), (1, 3600), (-2, 0), (400, 90))]
_WRITTEN = {
    "position": ["1", "1", "2", "3", "-1", "-2"],
    "length": ["1", "2", "3"],
    "scale": ["0", "1", "1", "2", "-1"],
    "small": ["0", "1", "2", "3", "(-1)"],
    "year": ["2000", "2023", "2024"],
    "month": ["1", "2", "12", "13"],
    "day": ["1", "28", "29", "31"],
}
_PARTS = {
    "date": ["year", "month", "day", "weekday"],
    "months": ["years", "months"],
    "seconds": ["days", "hours", "minutes", "seconds"],
}
_FIELDS = {"age": "number", "born": "date", "name": "text", "works": "truth"}

KINDS: Mapping[str, str] = {
    "n": "number", "m": "number", "t": "text", "u": "text", "b": "truth", "c": "truth", "d": "date", "e": "date",
    "y": "months", "z": "months", "s": "seconds", "ns": "numbers", "ms": "numbers", "ts": "texts", "bs": "truths",
    "ds": "dates", "p": "person", "ps": "people",
}  # fmt: skip
"""The facts and their types."""


@frozen
class Draw:
    """A source of expressions. *nulls*: how often a fact, a field or an item of a list is null."""

    by: random.Random
    nulls: float = 0.0

    # -- facts

    def inputs(self) -> Inputs:
        """A value for every fact."""
        return {name: self.value(kind) for name, kind in KINDS.items()}

    def value(self, kind: str) -> Given:
        if self.by.random() < self.nulls:
            return None
        match kind:
            case "number":
                return self.by.choice(_NUMBERS)
            case "text":
                return self.by.choice(_TEXTS)
            case "truth":
                return self.by.random() < 0.5
            case "date":
                return self.day()
            case "months":
                return self.by.choice(_MONTHS)
            case "seconds":
                return self.by.choice(_SECONDS)
            case "person":
                return {name: self.value(of) for name, of in _FIELDS.items()}
            case "people":
                return [{name: self.value(of) for name, of in _FIELDS.items()} for _ in range(self.by.randrange(4))]
            case _:
                return [self.value(kind.removesuffix("s")) for _ in range(self.by.randrange(4))]

    def day(self) -> date:
        return (
            self.by.choice(_DAYS) if self.by.random() < 0.6 else date(1950, 1, 1) + timedelta(self.by.randrange(40000))
        )

    # -- expressions

    def expression(self, depth: int) -> str:
        """An expression of any type."""
        return self.of(self.by.choice([*_MAKERS, "truth", "truth", "truth", "number"]), depth)

    def of(self, kind: str, depth: int) -> str:
        """An expression of that type, so many levels deep at most."""
        if kind in _WRITTEN:
            return self.by.choice(_WRITTEN[kind])
        if depth <= 0 or self.by.random() < 0.12:
            return self.plain(kind)
        return self.by.choice(_MAKERS[kind])(self, depth - 1)

    def plain(self, kind: str) -> str:
        """A fact, a field of a person, or a value written out."""
        named = [name for name, of in KINDS.items() if of == kind]
        named += [f"p.{name}" for name, of in _FIELDS.items() if of == kind]
        named += [f"ps.{name}" for name, of in _FIELDS.items() if of + "s" == kind]
        if kind == "whole":
            return self.by.choice(["0", "1", "2", "count(ns)", "(-3)"])
        if kind in ("person", "people") or (named and self.by.random() < 0.65):
            return self.by.choice(named)
        return shown(Draw(self.by).value(kind))

    def maybe_bare(self, text: str) -> str:
        """*text* in brackets more often than not, so that precedence is tried too."""
        return f"({text})" if self.by.random() < 0.7 else text

    def joined(self, kind: str, operators: list[str], depth: int, other: str | None = None) -> str:
        left, right = self.of(kind, depth), self.of(other or kind, depth)
        return f"{self.maybe_bare(left)} {self.by.choice(operators)} {self.maybe_bare(right)}"

    def called(self, name: str, depth: int, *kinds: str) -> str:
        return f"{name}({', '.join(self.of(kind, depth) for kind in kinds)})"


Maker: TypeAlias = Callable[[Draw, int], str]


def _calls(name: str, *kinds: str) -> Maker:
    return lambda draw, depth: draw.called(name, depth, *kinds)


def _joins(kind: str, *operators: str, other: str | None = None) -> Maker:
    return lambda draw, depth: draw.joined(kind, list(operators), depth, other)


def _chooses(kind: str) -> Maker:
    def make(draw: Draw, depth: int) -> str:
        return f"(if {draw.of('truth', depth)} then {draw.of(kind, depth)} else {draw.of(kind, depth)})"

    return make


def _compares(draw: Draw, depth: int) -> str:
    kind = draw.by.choice(["number", "number", "text", "date", "months", "seconds", "truth", "numbers", "texts"])
    ordered = kind in ("number", "text", "date", "months", "seconds")
    left, right = draw.of(kind, depth), draw.of(kind, depth)
    sign = draw.by.choice(["=", "!=", "<", "<=", ">", ">="] if ordered else ["=", "!="])
    return (
        f"({left}) {sign} ({right})" if kind == "truth" else f"{draw.maybe_bare(left)} {sign} {draw.maybe_bare(right)}"
    )


def _between(draw: Draw, depth: int) -> str:
    kind = draw.by.choice(["number", "text", "date"])
    return f"({draw.of(kind, depth)}) between ({draw.of(kind, depth)}) and ({draw.of(kind, depth)})"


def _within(draw: Draw, depth: int) -> str:
    kind = draw.by.choice(["number", "text", "date"])
    low, high = draw.of(kind, depth), draw.of(kind, depth)
    tests = [
        f"{draw.by.choice('[(]')}({low})..({high}){draw.by.choice('])[')}",
        f"({draw.by.choice(['<', '<=', '>', '>='])} ({low}))",
        f"({low}, {high})",
        f"[{low}, {high}]",
        draw.of(kind + "s", depth),
        f"({draw.by.choice(['<', '>='])} ({low}), {high})",
    ]
    return f"({draw.of(kind, depth)}) in {draw.by.choice(tests)}"


def _quantified(draw: Draw, depth: int) -> str:
    kind = draw.by.choice(["numbers", "texts", "dates"])
    inner = draw.of(kind.removesuffix("s"), max(0, depth - 1))
    test = f"x {draw.by.choice(['<', '>=', '=', '!='])} {inner}"
    if draw.by.random() < 0.3:
        test = f"{test} {draw.by.choice(['and', 'or'])} {draw.of('truth', max(0, depth - 1))}"
    return f"({draw.by.choice(['some', 'every'])} x in {draw.of(kind, depth)} satisfies {test})"


def _quantified_people(draw: Draw, depth: int) -> str:
    field, kind = draw.by.choice(list(_FIELDS.items()))
    sign = draw.by.choice(["=", "!="] if kind == "truth" else ["<", ">=", "="])
    return (
        f"({draw.by.choice(['some', 'every'])} x in ps satisfies x.{field} {sign} ({draw.of(kind, max(0, depth - 1))}))"
    )


def _filtered(kind: str) -> Maker:
    def make(draw: Draw, depth: int) -> str:
        sign = draw.by.choice(["<", ">=", "=", "!="] if kind != "truths" else ["=", "!="])
        return f"{_listed(draw, kind, depth)}[item {sign} ({draw.of(kind.removesuffix('s'), max(0, depth - 1))})]"

    return make


def _filtered_people(draw: Draw, depth: int) -> str:
    field, kind = draw.by.choice(list(_FIELDS.items()))
    sign = draw.by.choice(["=", "!="] if kind == "truth" else ["<", ">=", "="])
    return f"ps[{field} {sign} ({draw.of(kind, max(0, depth - 1))})]"


def _listed(draw: Draw, kind: str, depth: int) -> str:
    return f"({draw.of(kind, max(0, depth - 1))})"


def _written_list(kind: str) -> Maker:
    def make(draw: Draw, depth: int) -> str:
        return "[" + ", ".join(draw.of(kind.removesuffix("s"), depth) for _ in range(draw.by.randrange(1, 4))) + "]"

    return make


def _each(kind: str) -> Maker:
    def make(draw: Draw, depth: int) -> str:
        over = draw.by.choice(["numbers", "texts", "dates"])
        value = draw.of(kind.removesuffix("s"), depth)
        if over == kind and kind == "numbers":
            value = f"x {draw.by.choice('+-*')} ({value})"
        return f"(for x in {draw.of(over, depth)} return {value})"

    return make


def _counts(draw: Draw, depth: int) -> str:
    return f"count({draw.of(draw.by.choice(['numbers', 'texts', 'people', 'dates', 'truths']), depth)})"


def _one_of(kind: str) -> Maker:
    def make(draw: Draw, depth: int) -> str:
        return f"{_listed(draw, kind + 's', depth)}[{draw.by.choice([1, 1, 2, -1, 3])}]"

    return make


def _of_parts(draw: Draw, depth: int) -> str:
    kind = draw.by.choice(list(_PARTS))
    return f"({draw.of(kind, depth)}).{draw.by.choice(_PARTS[kind])}"


def _string_of(draw: Draw, depth: int) -> str:
    return f"string({draw.of(draw.by.choice(['number', 'text', 'truth', 'date', 'months', 'seconds']), depth)})"


def _listing(kind: str) -> list[Maker]:
    one = kind.removesuffix("s")
    return [
        _written_list(kind), _filtered(kind), _each(kind), _chooses(kind), _calls("append", kind, one),
        _calls("concatenate", kind, kind), _calls("union", kind, kind), _calls("distinct values", kind),
        _calls("reverse", kind), _calls("sublist", kind, "position"), _calls("sublist", kind, "position", "length"),
        _calls("insert before", kind, "position", one), _calls("remove", kind, "position"),
        lambda draw, depth: f"flatten([{draw.of(kind, depth)}, {draw.of(kind, depth)}])",
    ]  # fmt: skip


_MAKERS: Mapping[str, list[Maker]] = {
    "truth": [
        _compares,
        _compares,
        _compares,
        _compares,
        _between,
        _within,
        _within,
        _quantified,
        _quantified,
        _quantified_people,
        _joins("truth", "and"),
        _joins("truth", "or"),
        _joins("truth", "and", "or"),
        _calls("not", "truth"),
        _chooses("truth"),
        _calls("list contains", "numbers", "number"),
        _calls("list contains", "texts", "text"),
        _calls("all", "truths"),
        _calls("any", "truths"),
        _calls("contains", "text", "text"),
        _calls("starts with", "text", "text"),
        _calls("ends with", "text", "text"),
        _calls("odd", "whole"),
        _calls("even", "whole"),
        _calls("is", "number", "number"),
        _calls("is", "date", "date"),
        _calls("is", "text", "text"),
        _one_of("truth"),
    ],
    "number": [
        _joins("number", "+", "-"),
        _joins("number", "+", "-", "*"),
        _joins("number", "*"),
        _counts,
        _counts,
        _of_parts,
        lambda draw, depth: f"-({draw.of('number', depth)})",
        lambda draw, depth: f"-{draw.plain('number')}",
        lambda draw, depth: f"({draw.of('number', depth)}) / {draw.by.choice([2, 4, '(-2)', '0.5'])}",
        lambda draw, depth: f"{draw.plain('number')} ** {draw.by.choice([0, 1, 2, 3])}",
        _chooses("number"),
        _calls("abs", "number"),
        _calls("floor", "number"),
        _calls("ceiling", "number"),
        _calls("modulo", "number", "number"),
        _calls("decimal", "number", "scale"),
        _calls("round up", "number", "scale"),
        _calls("round down", "number", "scale"),
        _calls("round half up", "number", "scale"),
        _calls("round half down", "number", "scale"),
        _calls("string length", "text"),
        _calls("sum", "numbers"),
        _calls("min", "numbers"),
        _calls("max", "numbers"),
        _calls("median", "numbers"),
        _calls("product", "numbers"),
        _calls("day of year", "date"),
        _calls("week of year", "date"),
        _calls("number", "text"),
        _one_of("number"),
        _calls("min", "number", "number"),
        _calls("max", "number", "number", "number"),
    ],
    "text": [
        _joins("text", "+"),
        _chooses("text"),
        _calls("substring", "text", "position"),
        _calls("upper case", "text"),
        _calls("substring", "text", "position", "length"),
        _calls("lower case", "text"),
        _calls("substring before", "text", "text"),
        _calls("substring after", "text", "text"),
        _string_of,
        _calls("string join", "texts"),
        _calls("string join", "texts", "text"),
        _calls("day of week", "date"),
        _calls("month of year", "date"),
        _one_of("text"),
        _calls("min", "texts"),
        _calls("max", "texts"),
    ],
    "date": [
        _joins("date", "+", "-", other="months"),
        _joins("date", "+", "-", other="seconds"),
        _joins("months", "+", other="date"),
        _chooses("date"),
        _one_of("date"),
        _calls("min", "dates"),
        _calls("max", "dates"),
        _calls("date", "date"),
        _calls("date", "year", "month", "day"),
        lambda draw, depth: f'date("{draw.day()}")',
    ],
    "months": [
        _calls("years and months duration", "date", "date"),
        _joins("months", "+", "-"),
        _joins("months", "*", other="small"),
        _joins("small", "*", other="months"),
        _chooses("months"),
        _calls("abs", "months"),
        lambda draw, depth: f"-({draw.of('months', depth)})",
    ],
    "seconds": [
        _joins("date", "-"),
        _joins("seconds", "+", "-"),
        _joins("seconds", "*", other="small"),
        _chooses("seconds"),
        _calls("abs", "seconds"),
        lambda draw, depth: f"-({draw.of('seconds', depth)})",
    ],
    "numbers": [*_listing("numbers"), _calls("index of", "texts", "text"), _calls("mode", "numbers")],
    "texts": _listing("texts"),
    "dates": _listing("dates"),
    "truths": _listing("truths"),
    "people": [_filtered_people],
    "whole": [_counts, lambda draw, depth: f"floor({draw.of('number', depth)})"],
}
