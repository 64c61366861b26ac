"""Dates and durations in columns are what the definition says of each of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lgbm.model.facts import Unknown
from lgbm.model.values import Months
from lgbm.population.kernel.calendar import of_days
from lgbm.population.kernel.making import column_of
from lgbm.rules.functions import TO_28_FEBRUARY
from lgbm.rules.semantics import application

DAYS = st.one_of(
    st.just(Unknown()),
    st.dates(),
    st.sampled_from([date(2024, 2, 29), date(2023, 2, 28), date(2024, 2, 28), date(1900, 2, 28), date(2024, 1, 31)]),
    st.sampled_from([date.min, date.max]),
)
MONTHS = st.one_of(st.just(Unknown()), st.integers(-40, 40).map(Months), st.integers(-(10**15), 10**15).map(Months))


def numbers(least: int, most: int) -> st.SearchStrategy[Any]:
    """Whole numbers about the ends of a calendar."""
    return st.one_of(st.just(Unknown()), st.integers(least, most))


TAKES: dict[str, tuple[st.SearchStrategy[Any], ...]] = {
    "years and months duration": (DAYS, DAYS),
    TO_28_FEBRUARY: (DAYS, DAYS),
    "date + months": (DAYS, MONTHS),
    "date - months": (DAYS, MONTHS),
    "date of": (numbers(-2, 10_002), numbers(-1, 14), numbers(-1, 33)),
    "year": (DAYS,),
    "month": (DAYS,),
    "day": (DAYS,),
    "years": (MONTHS,),
    "months": (MONTHS,),
}


@given(data=st.data(), function=st.sampled_from(sorted(TAKES)))
def test_the_calendar_of_columns_is_that_of_the_definition(data: st.DataObject, function: str) -> None:
    """Every function of dates, row by row, unknowns and the ends of the calendar included."""
    rows: list[tuple[Any, ...]] = data.draw(st.lists(st.tuples(*TAKES[function]), min_size=1, max_size=8))
    wanted = [application(function, list(row)) for row in rows]

    columns = [column_of(list(column)) for column in zip(*rows, strict=True)]
    found = of_days(function, columns)

    # Where nothing at all is known of a side, the kernel does not come here.
    if found is not None:
        assert [None if isinstance(one, Unknown) else one for one in found.listed()] == [
            None if isinstance(one, Unknown) else one for one in wanted
        ]
    else:
        assert any(all(isinstance(one, Unknown) for one in column) for column in zip(*rows, strict=True))
