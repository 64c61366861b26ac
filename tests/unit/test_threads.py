"""One model, asked from many threads at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

import lgbm

ADULTS = """
circumstances: {age: {label: Age, type: number}}
services: {library-card: {label: Library card, eligibility: age >= 18}}
"""


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads that take turns as often as they can, so that a race is lost in a second rather than in a year."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hurried")
def test_a_model_is_asked_from_many_threads_about_more_dates_than_it_keeps() -> None:
    """Rules are compiled once for each date, and the oldest date is let go: neither may disturb another thread."""
    model = lgbm.loads(ADULTS)

    def ask(thread: int) -> bool:
        days = (date(2026, 1, 1) + timedelta(days=(turn * 7 + thread) % 12) for turn in range(1000))
        answers = [model.resolve({"age": 18}, on=day)["library-card"].status for day in days]
        return set(answers) == {lgbm.Status.ELIGIBLE}

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(8)))
