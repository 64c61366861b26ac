"""Whatever text or value the language is given, an answer or our own error comes out, soon."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import lgbm
from lgbm.errors import LgbmError
from lgbm.rules.tokens import KEYWORDS
from tests.strategies.rules import Author, Names, Sort

DAY = date(2026, 4, 6)
FACTS: dict[str, Any] = {
    "a": 1,
    "b": True,
    "text": "x",
    "day": DAY,
    "nobody": [],
    "unknown": None,
    "partner": {"age": 70, "well": None},
    "children": [{"age": 3, "well": True}, {"age": None, "well": False}],
}
NAMES = Names(
    {
        "a": Sort("number"),
        "b": Sort("boolean"),
        "text": Sort("text"),
        "day": Sort("date"),
        "children": Sort("people", fields={"age": Sort("number"), "well": Sort("boolean")}),
    },
    ordered=True,
)
SOON = 5.0

words = st.sampled_from(
    [
        *sorted(KEYWORDS),
        *(
            "a",
            "b",
            "text",
            "day",
            "nobody",
            "unknown",
            "partner",
            "children",
            "age",
            "well",
            "item",
            "x",
            "not",
            "number",
        ),
        *(
            "string",
            "date",
            "list",
            "count",
            "sum",
            "min",
            "max",
            "mean",
            "all",
            "any",
            "duration",
            "today",
            "receives",
        ),
        *("eligible", "context", "sort", "range", "now"),
    ]
)
marks = st.sampled_from(
    [
        *("(", ")", "[", "]", "{", "}", ",", ".", "..", "+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", ":"),
        *('"', "'", '"x"', '@"2026-04-06"', '@"P1Y"', '@"', "1", "0", "0.1", "1e999", "-1", "//", "/*", "*/", "\\"),
        *(
            "\\u12",
            "\n",
            "\t",
            "\x00",
            "\ud800",
            "\N{MATHEMATICAL BOLD SMALL A}",
            "\N{ZERO WIDTH SPACE}",
            "$0",
            "@",
            "#",
        ),
    ]
)
scraps = st.lists(words | marks, max_size=25).map(" ".join) | st.lists(words | marks | st.text(max_size=2)).map("".join)


def answered(text: str, facts: Any = None) -> None:
    """Evaluate *text*; only our own error may come out, and it can be shown."""
    try:
        lgbm.feel.evaluate(text, FACTS if facts is None else facts, on=DAY)
    except LgbmError as error:
        assert error.diagnostics
        assert str(error)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A rule that was right, with something left out, repeated or put in."""
    author = Author(draw)
    text = author.write(author.one(("boolean", "number", "text", "date", "people")), NAMES, 3)
    for _ in range(author.below(4)):
        start = author.below(len(text) + 1)
        end = min(len(text), start + author.below(12))
        text = author.one(
            (text[:start] + text[end:], text[:end] + text[start:], text[:start] + draw(words | marks) + text[end:])
        )
    return text


@given(text=st.text() | scraps)
@example(text="")
@example(text="\ud800")
@example(text='"\\ud800"')
@example(text="1e999")
@example(text="[][item = 1]")
@example(text="nobody[age > 1]")
@example(text="nobody.age")
@example(text="unknown.age.age")
@example(text="partner[1]")
@example(text="a[1]")
@example(text="a in ()")
@example(text="children.age[1]")
@example(text="for x in 1..100000000 return x")
@example(text="sum(for x in 1..9999 return for y in 1..9999 return 1)")
@example(text="10000 ** 10000 ** 10000")
@example(text="exp(10000) * exp(10000)")
@example(text='string join(for x in 1..9999 return "xxxxxxxxxxxx")')
@example(text='date("0000-00-00")')
@example(text='@"9999-12-31" + @"P1D"')
@example(text='@"0001-01-01" - @"P999999999Y"')
@example(text="floor(1, 1e30)")
@example(text="modulo(1e300, 0.1)")
@example(text="if null then null else null")
@example(text='min(1, "a")')
@example(text="some x in some y in nobody satisfies y satisfies x")
def test_any_text_is_answered_or_refused(text: str) -> None:
    """Scraps of the language in any order, and what is no language at all."""
    answered(text)


@given(text=mutated())
def test_a_mutated_rule_is_answered_or_refused(text: str) -> None:
    """Mistakes in the middle of what is otherwise right."""
    answered(text)


HOSTILE: dict[str, str] = {
    "brackets": "(" * 10_000,
    "brackets closed": "(" * 10_000 + "1" + ")" * 10_000,
    "lists": "[" * 10_000,
    "long": "x" * 5_000_000,
    "long text": '"' + "x" * 5_000_000 + '"',
    "number": "1" * 5_000,
    "exponent": "1e" + "9" * 5_000,
    "and": " and ".join(["b"] * 5_000),
    "or": " or ".join(["not(b)"] * 3_000),
    "sum": "+".join(["1"] * 5_000),
    "power": "**".join(["1"] * 5_000),
    "compared": "=".join(["b"] * 5_000),
    "minus": "-" * 5_000 + "1",
    "not": "not(" * 5_000 + "b" + ")" * 5_000,
    "not tests": "a in (" + "not(" * 3_000 + "1" + ")" * 3_000 + ")",
    "not tests again": "a in (" + "not(" * 38 + "1" + ").age" * 38 + ")",
    "in": "a in (" * 38 + "1" + ") + 1" * 38,
    "in tests": "a in (" * 38 + "1" + ")" * 38,
    "if": "if b then 1 else " * 3_000 + "1",
    "if conditions": "if " * 30 + "b" + " then b else b" * 30,
    "if chain": "if b then b else " * 30 + "b",
    "for": "for x in [1, 2, 3, 4, 5, 6, 7, 8, 9] return " * 30 + "1",
    "some": "some x in 1..9999 satisfies " * 8 + "a > 9",
    "filter": "children" + "[age > 1]" * 3_000,
    "path": "partner" + ".age" * 3_000,
    "between": "a" + " between 1 and 2" * 3_000,
    "instance": "a" + " instance of number" * 3_000,
    "types": "a instance of " + "list<" * 3_000,
    "comment": "/*" * 9_000,
    "strings": '"' * 19_999,
    "commas": "[" + "1," * 9_000 + "1]",
    "call": "abs(" * 3_000 + "1",
    "names": " ".join(["years"] * 3_000),
    "named arguments": "abs(" + " ".join(["years"] * 3_000) + ": 1)",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_are_refused_soon(text: str) -> None:
    """Depth, length and work have limits."""
    began = time.perf_counter()
    answered(text)

    assert time.perf_counter() - began < SOON


class Nasty:
    """Everything about it fails."""

    def __str__(self) -> str:
        raise RuntimeError("str")

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("eq")

    def __hash__(self) -> int:
        raise RuntimeError("hash")


def _circle() -> dict[str, Any]:
    found: dict[str, Any] = {}
    found["a"] = found
    return found


def _list_circle(times: int = 1) -> list[Any]:
    found: list[Any] = []
    found.extend([found] * times)
    return found


def _deep() -> Any:
    found: Any = 1
    for _ in range(5_000):
        found = [found]
    return found


STRANGE: dict[str, Callable[[], Any]] = {
    "nan": lambda: float("nan"),
    "infinity": lambda: float("inf"),
    "decimal nan": lambda: Decimal("NaN"),
    "signalling nan": lambda: Decimal("sNaN"),
    "huge": lambda: 10**10_000,
    "negative huge": lambda: -(10**10_000),
    "huge decimal": lambda: Decimal("1e999999"),
    "long decimal": lambda: Decimal("0." + "1" * 5_000),
    "bytes": lambda: b"1",
    "complex": lambda: 1j,
    "object": object,
    "class": lambda: int,
    "nasty": Nasty,
    "list of nasty": lambda: [Nasty()],
    "circle": _circle,
    "list circle": _list_circle,
    "list circle many times": lambda: _list_circle(9),
    "deep": _deep,
    "surrogate": lambda: "\ud800",
    "long text": lambda: "x" * 5_000_000,
    "nothing": lambda: None,
    "list of nothing": lambda: [None, [None]],
    "mixed": lambda: [1, "a", {}],
    "lists": lambda: [[]],
    "keys": lambda: {1: 2, None: 3, (): 4},
    "unhashable option": lambda: [[], {}],
    "set": lambda: {1, "a"},
    "generator": lambda: iter(["x"]),
    "steering": lambda: "\x1b[31m\u202e",
}


@pytest.mark.parametrize("make", STRANGE.values(), ids=STRANGE.keys())
def test_strange_facts_are_taken_or_refused_soon(make: Callable[[], Any]) -> None:
    """Facts for the language by itself: self-referring, huge, of no kind."""
    began = time.perf_counter()
    for text in ("x = x", "x", "1", "count(x)", "x.a", "string(x)"):
        answered(text, {"x": make()})

    assert time.perf_counter() - began < SOON


MODEL = lgbm.loads(
    """
circumstances:
  b: {label: B, type: boolean}
  n: {label: N, type: number, at_least: 0}
  m: {label: M, type: money}
  d: {label: D, type: date}
  t: {label: T, type: text}
  c: {label: C, type: choice, options: {x: X, y: Y}}
  cs: {label: Cs, type: choices, options: {x: X, y: Y}}
  p: {label: P, type: person, fields: {n: {type: number}, c: {type: choice, options: {x: X}}}}
  ps: {label: Ps, type: people, fields: {n: {type: number}, double: {type: number, formula: n * 2}}}
services:
  s:
    label: S
    eligibility: 'b and n > 1 and m > 1 and d < today() and t = "x" and c = "x" and p.n > 1 and count(ps) > 1'
  r: {label: R, eligibility: 'receives("s") and eligible("s")'}
"""
)
PLACES = ("b", "n", "m", "d", "t", "c", "cs", "p", "ps", "receives", 'receives("s")', 'eligible("s")', "nothing")


@pytest.mark.parametrize("make", STRANGE.values(), ids=STRANGE.keys())
def test_strange_profiles_are_taken_or_refused_soon(make: Callable[[], Any]) -> None:
    """Profiles in which some value, or the profile itself, is anything."""
    began = time.perf_counter()
    profiles: list[Any] = [make(), {"receives": {"s": make()}}, {"p": {"n": make()}}, {"ps": [{"n": make()}, make()]}]
    profiles += [{place: make()} for place in PLACES]
    for profile in profiles:
        try:
            MODEL.resolve(profile, on=DAY).to_dict()
        except LgbmError as error:
            assert str(error)

    assert time.perf_counter() - began < SOON


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.text() | st.dates() | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | st.sampled_from(PLACES), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(profile=st.dictionaries(st.sampled_from(PLACES) | st.text(max_size=3), plain, max_size=4) | plain)
def test_any_profile_is_resolved_or_refused(profile: Any) -> None:
    """Whatever was sent."""
    try:
        MODEL.resolve(profile, on=DAY).to_dict()
    except LgbmError as error:
        assert str(error)


@given(on=st.none() | st.text() | st.integers() | st.floats() | st.datetimes() | st.binary() | st.just("9999-12-31"))
def test_any_date_is_taken_or_refused(on: Any) -> None:
    """The date of resolution too."""
    try:
        MODEL.resolve({}, on=on)
    except LgbmError as error:
        assert str(error)


@pytest.mark.parametrize("event", ["nothing", "", 1, [], {}, Nasty()], ids=range(6))
def test_any_event_is_taken_or_refused(event: Any) -> None:
    """And the event."""
    with pytest.raises(LgbmError) as caught:
        MODEL.resolve({}, on=DAY, event=event)

    assert str(caught.value)
