"""The language by itself: what goes in, and what comes out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

import lgbm
from lgbm import feel


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("some c in children satisfies c.age < 5", {"children": [{"age": 3}]}, True),
        ("0.1 + 0.2 = 0.3", {}, True),
        ("a + b", {"a": 0.1, "b": 0.2}, Decimal("0.3")),
        ("a", {"a": None}, None),
        ("a and false", {"a": None}, False),
        ("1 / 0", {}, None),
        ("today()", {}, date(2026, 11, 21)),
        ("count(children[age < 5]) >= 1", {"children": [{"age": 3}, {"age": None}]}, True),
        ("count(children[age < 5])", {"children": [{"age": 3}, {"age": None}]}, None),
        ('long > @"P1D"', {"long": timedelta(days=1, microseconds=1)}, True),
    ],
)
def test_values_go_in_and_come_out_as_python_has_them(text: str, facts: dict[str, Any], expected: object) -> None:
    """Numbers are exact, and what is not known is None."""
    assert feel.evaluate(text, facts, on=date(2026, 11, 21)) == expected


def test_durations_are_told_as_iso_8601_does() -> None:
    """The two kinds never mix."""
    assert str(feel.evaluate('@"P1Y" + @"P6M"')) == "P1Y6M"
    assert str(feel.evaluate('@"2026-11-21" - @"2026-11-11"')) == "P10D"


@pytest.mark.parametrize("text", ["a = null", "1 +", "agee > 3", '"a" < 3', "{a: 1}", "now()", "matches(t, t)"])
def test_what_is_not_our_language_is_refused(text: str) -> None:
    """With a place and a reason, before anything is evaluated."""
    with pytest.raises(lgbm.SourceError) as raised:
        feel.evaluate(text, {"a": 1, "t": "x"})
    assert raised.value.diagnostics[0].span is not None


@pytest.mark.parametrize("value", [datetime(2026, 1, 1), float("nan"), float("inf"), object(), [1, "a"], int("1" * 40)])
def test_values_that_are_no_facts_are_refused(value: object) -> None:
    """A date with a time, no number, things of different kinds, more digits than are kept."""
    with pytest.raises(lgbm.ProfileError):
        feel.evaluate("1", {"a": value})
