"""The types of the public names, as a type checker sees them. mypy fails this file where one changes."""

from __future__ import annotations

from datetime import date
from typing import assert_type

import lgbm
from lgbm.telling import ImpliedNeed

SMALL = """
circumstances:
  age: {label: Age, type: number}
services:
  bus-pass: {label: Bus pass, eligibility: age >= 66}
"""


def test_types_of_the_public_names() -> None:
    """What a caller gets has the type that the documentation says."""
    model = assert_type(lgbm.loads(SMALL), lgbm.Model)
    answer = assert_type(model.resolve({"age": 70}, on=date(2026, 11, 21)), lgbm.Resolution)
    assert_type(answer.services, tuple[lgbm.Decision, ...])
    assert_type(answer.eligible, tuple[lgbm.Decision, ...])
    assert_type(answer.needs, tuple[ImpliedNeed, ...])
    assert_type(answer.changes, tuple[lgbm.Change, ...])
    decision = assert_type(answer["bus-pass"], lgbm.Decision)
    assert_type(decision.status, lgbm.Status)
    assert_type(decision.missing, tuple[str, ...])
    assert_type(decision.why(), lgbm.Explanation)
    assert_type(answer.to_dict(), dict[str, object])
    assert_type(answer.fingerprint, str)
    assert decision.status is lgbm.Status.ELIGIBLE
