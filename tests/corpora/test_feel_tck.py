"""The language answers the DMN TCK as the DMN TCK expects, or says that it does not take the expression."""

from __future__ import annotations

import pytest

from tests.corpora.feel_tck import CLOSE, Answer, answers, converted, counted, table
from tests.corpora.values import same

VECTORS = 3174
VALUES_AS_EXPECTED = 960
"""How many of the vectors that expect a value get it. It may only rise."""
NULLS_AS_EXPECTED = 247


@pytest.fixture(scope="module")
def given() -> list[Answer]:
    return answers()


def shown(wrong: list[Answer]) -> str:
    return "\n".join(f"{one.vector['suite']}: {one.vector['expr']!r}: {one.reason}" for one in wrong)


def test_every_vector_is_asked(given: list[Answer]) -> None:
    """Nothing of the suite is left out on the way."""
    assert len(given) == VECTORS


def test_no_answer_differs(given: list[Answer]) -> None:
    """Where the language gives a value, it is the value of the standard."""
    wrong = [one for one in given if one.verdict == "different"]

    assert not wrong, shown(wrong)


def test_nothing_but_an_lgbm_error_is_raised(given: list[Answer]) -> None:
    """Text outside of the language is complained of, never crashed on."""
    crashed = [one for one in given if one.verdict == "crashed"]

    assert not crashed, shown(crashed)


def test_as_many_answers_as_ever(given: list[Answer]) -> None:
    """The part of FEEL that is taken does not shrink unnoticed."""
    counts = counted(given)

    assert counts[True]["as expected"] >= VALUES_AS_EXPECTED, table(given)
    assert counts[False]["as expected"] >= NULLS_AS_EXPECTED, table(given)


def test_where_null_is_expected_there_is_no_value(given: list[Answer]) -> None:
    """An expression that has to fail is null or is refused; it is never given a value."""
    counts = counted(given)[False]

    assert counts["as expected"] + counts["refused"] == counts.total()


def test_every_refusal_has_a_code_and_a_reason(given: list[Answer]) -> None:
    """The table says for each expression why it has no value."""
    silent = [one for one in given if one.verdict in ("refused", "unknown", "not representable") and not one.reason]

    assert not silent
    assert all(one.reason[:1] == "R" and " " in one.reason for one in given if one.verdict == "refused")


def test_the_declared_type_is_applied_where_the_standard_applies_it() -> None:
    """A list of one becomes its item where an item is declared; what does not conform becomes null."""
    assert converted(["John"], "string") == "John"
    assert converted(["John"], "tStringList") == ["John"]
    assert converted([1], "string") is None
    assert converted(["foo"], "tNumberList") is None
    assert converted(True, "number") is None
    assert converted(2, None) == 2


def test_yes_is_not_one() -> None:
    """What is compared is told apart by type before it is by value."""
    assert not same(True, 1, CLOSE)
    assert not same("1", 1, CLOSE)
    assert same([1, {"a": None}], [1, {}], CLOSE)
