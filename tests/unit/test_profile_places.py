"""Decimal places of the numbers in a profile."""

from __future__ import annotations

from decimal import Decimal

import pytest

import lgbm

MODEL = lgbm.loads("circumstances: {savings: {label: Savings, type: money}, rate: {label: Rate, type: number}}\n")


@pytest.mark.parametrize("given", [Decimal("12.5"), Decimal("12.500"), Decimal("1E+40"), 0.25, Decimal(3)])
def test_zeros_at_the_end_are_no_decimal_places(given: Decimal | float) -> None:
    """Money has two decimal places; zeros behind them, and zeros before the point, change nothing."""
    assert MODEL.profile({"savings": given}).stated["savings"] == Decimal(str(given))


@pytest.mark.parametrize("given", [Decimal("12.505"), Decimal("1234567890123456789012345678.123")])
def test_an_amount_with_a_third_decimal_place_is_refused(given: Decimal) -> None:
    """However many digits there are before the point."""
    with pytest.raises(lgbm.ProfileError) as raised:
        MODEL.profile({"savings": given, "rate": given})
    assert [(one.code, one.place) for one in raised.value.diagnostics] == [("P405", "profile: savings")]


def test_what_a_formula_gives_can_be_stated_back() -> None:
    """However small a part of a pound: the formula says whether it is right."""
    model = lgbm.loads(
        "circumstances:\n"
        "  pay: {label: Pay, type: money}\n"
        "  part: {label: Part, type: money, at_most: 1, formula: pay / 3 / 10 ** 8}\n"
        "services: {help: {label: Help, eligibility: part > 0}}\n"
    )
    shown = model.resolve({"pay": 500})["help"].why().facts
    assert set(shown) == {"part"}
    assert model.resolve(shown)["help"].status is lgbm.Status.ELIGIBLE
