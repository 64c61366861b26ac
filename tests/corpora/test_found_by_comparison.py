"""Mistakes of ours that the comparison with another engine, or a suite by others, brought to light."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from lgbm.errors import SourceError
from lgbm.rules.feel import evaluate


@pytest.mark.parametrize(
    ("expression", "facts", "expected"),
    [
        # An empty list of tests is one that nothing passes.
        ("n in []", {"n": 1}, False),
        ("not(n in [])", {"n": None}, True),
        # An empty list has no items whose fields could be known, and none whose fields could be wrong.
        ("people[age < 5]", {"people": []}, []),
        ("people.age", {"people": []}, []),
        ("count(people[age < 5 and born = today()])", {"people": []}, 0),
        # Ranges whose ends are left out may be written with brackets that face outwards.
        ("5 in [1..5[", {}, False),
        ("1 in ]1..5]", {}, False),
        ("n in ]1..5[ and true", {"n": 3}, True),
        ("n in [1..ns[1][", {"n": 3, "ns": [3, 4]}, False),
        ("if n in [1..top[ then 1 else 2", {"n": 3, "top": 4}, 1),
        ("5 in (]1..5[, ]4..6[)", {}, True),
        # IEEE 754: a number to the power of zero is one.
        ("0 ** 0", {}, 1),
        # Equal numbers have one text.
        ("string(0.50)", {}, "0.5"),
        ("string(n) = string(m)", {"n": Decimal("1.10"), "m": Decimal("1.1")}, True),
        ("string(100)", {}, "100"),
        # One condition is a list of one condition to `all` and `any`, as several are.
        ("all(b)", {"b": False}, False),
        ("any(b)", {"b": None}, None),
        ("sum(n)", {"n": 2}, 2),
        # A separator that is null is no separator: it is not a value that is missing.
        ('number("1,000.5", ",", null)', {}, Decimal("1000.5")),
        ('number("1.5", null, ".")', {}, Decimal("1.5")),
        ('string join(["a", "b"], null)', {}, "ab"),
        ('string join(["a", "b"], s)', {"s": None}, None),
    ],
)
def test_it_is_mended(expression: str, facts: dict[str, Any], expected: Any) -> None:
    """Each of these crashed, was refused, or gave another answer."""
    assert evaluate(expression, facts) == expected


@pytest.mark.parametrize("expression", ["ns[", "1 in [1..ns[2", "count(5)", "all(5)", "people[agee < 5]"])
def test_what_is_no_rule_is_still_complained_of(expression: str) -> None:
    """The mends are no wider than what they mend."""
    with pytest.raises(SourceError):
        evaluate(expression, {"ns": [1, 2], "people": [{"age": 3}]})
