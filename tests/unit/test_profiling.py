"""Profiles of users and channels: worked by hand, to the penny and the percentage point."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import lgbm
from lgbm.model.truth import Truth
from lgbm.population import profiling
from lgbm.population.profiling import Move, Range, Transactions
from lgbm.population.profiling.periods import TwoReadings, period_from

pa: Any = import_module("pyarrow")
pq: Any = import_module("pyarrow.parquet")

TAXONOMY = """
channels:
  web: {label: Web, costs: [{from: 2008-01-01, until: 2026-06-30, low: 0.15, high: 0.32, unit: GBP a visit},
                            {from: 2026-07-01, low: 0.20, unit: GBP a visit}]}
  phone: {label: Telephone, costs: {from: 2008-01-01, low: 2.83, high: 5.00, unit: GBP a call}}
  in-person: {label: In person, costs: {from: 2008-01-01, low: 8.62, high: 14.00, unit: GBP a visit}}
  post: {label: Post}
  app: {label: App, costs: {from: 2026-01-15, low: 0.10}}
  visit: {label: Home visit, costs: {from: 2008-01-01, low: 40, unit: minutes}}
interactions: {applying: {label: Applying}, asking: {label: Asking}}
segments:
  young: {label: Young}
  families: {label: Families}
  older: {label: Older}
  oldest: {label: Oldest, broader: older}
  older-renters: {label: Older people who rent}
services:
  library:
    label: Library
    standards:
      - label: Prompt answers
        principle: Nobody waits longer than they must
        of: claims
        targets: [{share: 80, within: 5, unit: days}, {share: 100, within: 15, unit: days}]
  parking: {label: Parking}
"""
MODEL = lgbm.loads(TAXONOMY)
PEOPLE = {"young": 2000, "families": 5000, "older": 3000}


def row(channel: str, segment: str | None, transactions: float, **others: Any) -> dict[str, Any]:
    given = {"service": "library", "interaction": "applying", "channel": channel, "segment": segment}
    return {**given, "period": "2025-26", "transactions": transactions, **others}


def read(*rows: Mapping[str, Any]) -> Transactions:
    return profiling.read(rows, MODEL)


LIBRARY = (
    row("web", "young", 600, failed=120),
    row("web", "families", 300, failed=30),
    row("web", "older", 100, failed=50),
    row("phone", "young", 50),
    row("phone", "families", 150),
    row("phone", "older", 300),
    row("in-person", "older", 100),
)


# Reading


def test_a_table_reads_alike_from_csv_parquet_arrow_and_mappings(tmp_path: Path) -> None:
    """It does not matter who made the table; text of a CSV file is read as numbers where numbers are meant."""
    table = pa.Table.from_pylist([{"failed": None, **one} for one in LIBRARY])
    pq.write_table(table, tmp_path / "library.parquet")
    lines = [",".join("" if cell is None else str(cell) for cell in one.values()) for one in table.to_pylist()]
    (tmp_path / "library.csv").write_text("\ufeff" + "\n".join([",".join(table.column_names), *lines]))

    found = [
        profiling.read(source, MODEL)
        for source in (LIBRARY, table, str(tmp_path / "library.parquet"), tmp_path / "library.csv")
    ]

    assert [one.count for one in found] == [1600] * 4
    assert len({one.rows for one in found}) == 1


def test_a_number_that_pandas_made_a_float_is_a_count() -> None:
    """A column with gaps comes as floats; no number is nothing known."""
    found = read(row("web", "young", 600.0, failed=math.nan))

    assert (found.rows[0].transactions, found.rows[0].failed) == (600, None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-26", date(2025, 4, 1), date(2026, 3, 31)),
        ("2011/12", date(2011, 4, 1), date(2012, 3, 31)),
        ("2099-00", date(2099, 4, 1), date(2100, 3, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2025-26-Q1", date(2025, 4, 1), date(2025, 6, 30)),
        ("2025-26-Q4", date(2026, 1, 1), date(2026, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2011-M12", date(2011, 12, 1), date(2011, 12, 31)),
    ],
)
def test_a_period_is_from_its_first_day_to_its_last(text: str, first: date, last: date) -> None:
    """A financial year begins in April; a quarter is one of the year that it is written with."""
    found = period_from(text)

    assert found is not None
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("text", ["2026-13", "2026-Q5", "26", "2025-27", "April 2026", "", "٢٠٢٦", "2025/26-Q0"])
def test_what_is_no_period_is_not_read_as_one(text: str) -> None:
    """Nothing is guessed."""
    assert period_from(text) is None


def test_a_year_that_could_be_a_month_is_not_guessed() -> None:
    """2009-10 is October 2009, and April 2009 to March 2010."""
    with pytest.raises(TwoReadings):
        period_from("2009-10")


def test_everything_wrong_with_a_table_is_said_at_once() -> None:
    """An analyst mends a table once, not cell by cell."""
    wrong = [
        {**row("web", "young", -4), "failde": 3},
        {**row("wbe", "young", 5), "period": "2026-13"},
        {**row("wbe", None, 5), "service": None},
    ]
    with pytest.raises(lgbm.ProfileError) as error:
        profiling.read(wrong, MODEL)

    assert [one.code for one in error.value.diagnostics] == ["P432", "P434", "P433", "P435", "P436"]
    assert "there is no channel called `wbe`, in 2 rows: 2, 3\nhint: did you mean `web`?" in str(error.value)


def test_how_rows_stand_to_each_other_is_said_with_the_cells_that_do_not_fit() -> None:
    """A cell that is wrong in one row hides nothing of the others; nor does a column that is missing hide cells."""
    wrong = [
        row("web", "young", -4),
        row("phone", "young", 5, failed=9),
        row("in-person", "older", 1),
        row("in-person", "older", 2),
    ]
    with pytest.raises(lgbm.ProfileError) as error:
        profiling.read(wrong, MODEL)
    assert [one.code for one in error.value.diagnostics] == ["P434", "P437", "P439"]

    with pytest.raises(lgbm.ProfileError) as error:
        profiling.read([{name: one for name, one in wrong[0].items() if name != "period"}], MODEL)
    assert [one.code for one in error.value.diagnostics] == ["P431", "P434"]


def test_a_damaged_file_is_a_complaint(tmp_path: Path) -> None:
    """Not UTF-8, cut off, of the wrong kind, not there: each says what it is."""
    pq.write_table(pa.table({"service": ["library"]}), tmp_path / "whole.parquet")
    (tmp_path / "cut.parquet").write_bytes((tmp_path / "whole.parquet").read_bytes()[:-9])
    (tmp_path / "latin.csv").write_bytes(b"service\nbibliothe\xe8que\n")
    (tmp_path / "empty.csv").write_bytes(b"")

    codes = {}
    for name in ("cut.parquet", "latin.csv", "empty.csv", "none.csv"):
        with pytest.raises(lgbm.ProfileError) as error:
            profiling.read(tmp_path / name, MODEL)
        codes[name] = {one.code for one in error.value.diagnostics}

    assert codes == {"cut.parquet": {"P426"}, "latin.csv": {"P426"}, "empty.csv": {"P431"}, "none.csv": {"P425"}}


# Penetration index and take-up


def test_the_index_is_the_share_of_users_over_the_share_of_the_population() -> None:
    """Young people: 650 of 1,600 contacts are 40.625 %, of 20 % of the population: 203.125."""
    found = profiling.index(read(*LIBRARY), PEOPLE)

    assert {one.segment: one.index for one in found.rows} == {
        "young": Range.of(Fraction("203.125")),
        "families": Range.of(Fraction("56.25")),  # 450 of 1,600 are 28.125 %, of 50 %
        "older": Range.of(Fraction(3125, 30)),  # 500 of 1,600 are 31.25 %, of 30 %
    }
    assert found["young"].share == Range.of(Fraction("0.40625"))
    assert found["young"].penetration == Range.of(Fraction(650, 2000))


def test_a_published_profile_of_a_ward_is_reproduced() -> None:
    """Mosaic Public Sector profile of Byker ward against Newcastle upon Tyne, 13 January 2011, as it was published."""
    published = {  # households of the ward, of the city, percent of each, penetration in percent, index
        "a": (0, 2585, "0.00", "2.17", "0.00", "0"),
        "b": (0, 7338, "0.00", "6.16", "0.00", "0"),
        "c": (11, 13872, "0.18", "11.65", "0.08", "2"),
        "d": (511, 28410, "8.52", "23.86", "1.80", "36"),
        "e": (847, 25597, "14.13", "21.50", "3.31", "66"),
        "f": (400, 11643, "6.67", "9.78", "3.44", "68"),
        "g": (4227, 29603, "70.50", "24.87", "14.28", "284"),
    }
    segments = "\n".join(f"  {one}: {{label: Supergroup {one}}}" for one in published)
    model = lgbm.loads(
        f"segments:\n{segments}\nservices: {{ward: {{label: Living in Byker}}}}\n"
        "channels: {home: {label: At home}}\ninteractions: {living: {label: Living}}"
    )
    given = [
        {**row("home", one, ward), "service": "ward", "interaction": "living"} for one, (ward, *_) in published.items()
    ]
    found = profiling.index(profiling.read(given, model), {one: city for one, (_, city, *_) in published.items()})

    for one, (_, _, share, of_population, penetration, index) in published.items():
        line = found[one]
        assert line.share is not None
        assert line.penetration is not None
        assert line.index is not None
        assert f"{float(line.share.low * 100):.2f}" == share
        assert f"{float(line.of_population * 100):.2f}" == of_population
        assert f"{float(line.penetration.low * 100):.2f}" == penetration
        # 70.50 % over 24.87 % is 283.5: the publisher's 284, whichever way a half goes.
        assert abs(line.index.low - int(index)) <= Fraction("0.51")


def test_a_segment_without_contacts_is_missing_and_not_left_out() -> None:
    """Who is not there is the finding."""
    found = profiling.index(read(row("web", "young", 100)), PEOPLE)

    assert found["older"].index == Range.of(0)


def test_users_of_several_rows_may_be_the_same_people() -> None:
    """30 over the web and 50 by phone are 50 people at least, and 80 at most."""
    found = profiling.index(
        read(row("web", "young", 90, users=30), row("phone", "young", 60, users=50), row("web", "older", 40, users=20)),
        {"young": 100, "older": 100},
        eligible={"young": (100, 160), "older": 40},
    )

    assert found.counts == "users"
    assert found["young"].used == Range.of(50, 80)
    assert found["young"].share == Range.of(Fraction(50, 70), Fraction(80, 100))
    assert found["young"].index == Range.of(Fraction(1000, 7), 160)
    assert found["young"].take_up == Range.of(Fraction(50, 160), Fraction(80, 100))
    assert found["older"].take_up == Range.of(Fraction(1, 2))


def test_contacts_of_an_unknown_segment_are_said_and_left_out() -> None:
    """Nobody can tell where they belong, and they are not spread over the others."""
    found = profiling.index(read(row("web", "young", 100), row("web", None, 40)), {"young": 1, "older": 1})

    assert (found.unknown, found["young"].index) == (40, Range.of(200))
    assert "40 contacts of people whose segment is not known are left out" in str(found)


def test_the_population_may_be_a_table() -> None:
    """What a screening counts can be given as it comes."""
    table = pa.table({"segment": ["young", "older"], "people": [10, 30]})

    assert profiling.index(read(row("web", "young", 5)), table)["young"].of_population == Fraction(1, 4)


# Channels


def test_preference_compares_a_segment_with_everybody() -> None:
    """Of all contacts 62.5 % come over the web; of older people's 20 %: a preference of 32."""
    found = profiling.mix(read(*LIBRARY))

    assert found.share("older", "web") == Fraction(1, 5)
    assert found.preference("older", "web") == 32
    assert found.preference("young", "in-person") == 0


def test_the_cost_to_serve_is_to_the_penny() -> None:
    """1,000 visits to the web, 500 calls and 100 visits in person, at the published ranges."""
    found = profiling.cost(read(*LIBRARY))

    assert found["web"].cost == Range.of(150, 320)
    assert found["phone"].cost == Range.of(1415, 2500)
    assert found["in-person"].cost == Range.of(862, 1400)
    assert found.total.cost == Range.of(2427, 4220)
    assert found.total.each == Range.of(Fraction(2427, 1600), Fraction(4220, 1600))


def test_a_cost_that_changes_within_the_period_is_as_wide_as_both() -> None:
    """The year 2026-27 has the old range until June and the new figure from July."""
    found = profiling.cost(read({**row("web", "young", 100), "period": "2026-27"}))

    assert found["web"].cost == Range.of(15, 32)


@pytest.mark.parametrize(
    ("channel", "period", "why"),
    [
        ("post", "2025-26", "no cost of a contact by `post` is stated"),
        ("app", "2025-26", "no cost of a contact by `app` is stated for all of 2025-26"),
        ("web", "2007", "no cost of a contact by `web` is stated for all of 2007"),
        ("visit", "2025-26", "the cost of a contact by `visit` is stated in minutes"),
    ],
)
def test_a_cost_that_is_not_known_stays_so_and_says_why(channel: str, period: str, why: str) -> None:
    """It is in no sum as nought, and the contacts left out are counted."""
    found = profiling.cost(read({**row(channel, "young", 100), "period": period}, row("phone", "young", 10)))

    assert found[channel].each is None
    assert found.total.cost == Range.of(Decimal("28.30"), 50)
    assert found.total.unknown == 100
    assert found.reasons == (why,)


def test_own_costs_take_the_place_of_published_ones() -> None:
    """A council knows its own; a float means the digits that it prints."""
    found = profiling.cost(read(row("web", "young", 10), row("post", "young", 10)), costs={"web": 0.1, "post": (1, 2)})

    assert (found["web"].cost, found["post"].cost) == (Range.of(1), Range.of(10, 20))


def test_avoidable_contact_has_reasons_and_a_cost() -> None:
    """20 of 50 calls chased progress; of 30 more it is not said: between 25 % and 62.5 % of 80."""
    found = profiling.avoidable(
        read(
            row("phone", "young", 50, avoidable=20, avoidable_reason="progress chasing"),
            row("phone", "older", 30),
        )
    )[0]

    assert found.share == Range.of(Fraction(1, 4), Fraction(5, 8))
    assert found.cost == Range.of(Decimal("56.60"), 100)
    assert found.reasons == {"progress chasing": 20}


def test_a_range_gives_no_hidden_count_away() -> None:
    """3 visits of which nothing is told would be `0 to 3` avoidable ones, and 3 people asked `0 to 3` satisfied."""
    held = read(
        row("web", "young", 1000, asked=120, satisfied=100),
        row("phone", "young", 500, avoidable=130, asked=60, satisfied=40),
        row("in-person", "older", 3, asked=3),
    )

    avoidable = profiling.avoidable_grid(profiling.avoidable(held)).rows
    satisfied = profiling.satisfaction_grid(profiling.satisfaction(held)).rows

    assert avoidable[2] == ("in-person", "*", "*", "*", "*")
    assert satisfied[2] == ("in-person", "*", "*", "*")


def test_the_width_of_a_range_is_a_count_too() -> None:
    """Of 3 of 503 calls it is not told whether they were avoidable: `130 to 133` would say so."""
    held = read(row("phone", "young", 500, avoidable=130), row("phone", "older", 3))

    assert profiling.avoidable_grid(profiling.avoidable(held)).rows == (("phone", "503", "*", "*", "*"),)


def test_reasons_of_one_key_stand_in_rows_of_their_own() -> None:
    """Rows with another reason count other contacts."""
    found = profiling.avoidable(
        read(
            row("phone", "young", 12, avoidable=12, avoidable_reason="unclear letter"),
            row("phone", "young", 8, avoidable=8, avoidable_reason="wrong number"),
            row("phone", "young", 80, avoidable=0),
        )
    )[0]

    assert found.share == Range.of(Fraction(1, 5))
    assert found.reasons == {"unclear letter": 12, "wrong number": 8}


def test_satisfaction_is_of_those_who_were_asked() -> None:
    """45 of 60 asked are 75 %, however many contacts there were."""
    found = profiling.satisfaction(read(row("web", "young", 900, asked=60, satisfied=45), row("web", "older", 100)))

    assert (found[0].share, found[0].transactions) == (Range.of(Fraction(3, 4)), 1000)


def test_the_table_of_satisfaction_hides_the_few_who_were_not() -> None:
    """Of 44 asked, 2 were not satisfied: they might be recognised. Nobody can take 42 from 44."""
    found = profiling.satisfaction(
        read(row("web", "young", 900, asked=44, satisfied=42), row("phone", "older", 100, asked=80, satisfied=60))
    )

    assert profiling.satisfaction_grid(found).rows == (("web", "44", "*", "*"), ("phone", "80", "*", "*"))
    assert profiling.satisfaction_grid(found[1:]).rows == (("phone", "80", "60", "75.0 %"),)


# Channel shift


def test_a_shift_is_net_of_failed_visits_to_the_penny() -> None:
    """A third of older people's 300 calls go to the web; half of their visits fail (50 of 100), and they call again.

    100 calls fewer and 50 more, and 100 visits more: 50 calls saved at £2.83 to £5.00 are £141.50 to £250.00, of which
    the visits take £15 to £32: at least £141.50 - £32 = £109.50, at most £250.00 - £15 = £235.00.
    """
    found = profiling.shift(read(*LIBRARY), [Move(share=Fraction(1, 3), source="phone", to="web", segments="older")])

    assert found.total.saving == Range.of(Decimal("109.50"), 235)
    assert (found.total.moved, found.total.back) == (Fraction(100), Range.of(50))
    assert found.after == {"web": Range.of(1100), "phone": Range.of(450), "in-person": Range.of(100)}


def test_a_shift_to_a_channel_that_fails_too_often_loses_money() -> None:
    """Every visit fails: all call again, and the visits come on top."""
    found = profiling.shift(read(*LIBRARY), [Move(share=1, source="phone", to="web", segments="young", failing=1)])

    assert found.total.saving == Range.of(-16, Decimal("-7.50"))
    assert found.after["phone"] == Range.of(500)


def test_nothing_known_of_failures_leaves_the_widest_range() -> None:
    """100 visits in person to the phone: all may come back, or none."""
    found = profiling.shift(read(row("in-person", "older", 100)), [Move(share=1, source="in-person", to="phone")])

    assert found.total.saving == Range.of(-500, 1400 - 283)
    assert found.notes == ("nothing is known of how many contacts by `phone` fail: any share of them may come back",)


def test_a_cost_shared_by_two_moves_is_the_same_for_both() -> None:
    """100 calls to the web and 100 visits to the phone: what a call costs falls out, and the range is exact."""
    table = read(row("phone", "older", 100), row("in-person", "older", 100))
    moves = [
        Move(share=1, source="phone", to="web", failing=0),
        Move(share=1, source="in-person", to="phone", failing=0),
    ]
    found = profiling.shift(table, moves)

    assert found.total.saving == Range.of(862 - 32, 1400 - 15)


def test_what_has_no_cost_has_no_saving() -> None:
    """Contacts moved to or from a channel of unknown cost are counted apart."""
    table = read(row("phone", "older", 10), row("post", "older", 7))
    moves = [Move(share=1, source=one, to="web", failing=0) for one in ("phone", "post")]
    found = profiling.shift(table, moves)

    assert found.total.saving == Range.of(Decimal("28.30") - Decimal("3.20"), Decimal(50) - Decimal("1.50"))
    assert found.total.unknown == 7
    assert found.notes == ("no cost of a contact by `post` is stated",)


def test_the_published_cost_of_failed_visits_is_reproduced() -> None:
    """Socitm, September 2009: 4.4 million failed visits to council websites, at £2.50 a call, are £11 million."""
    table = read({**row("web", None, 10_476_190, failed=4_400_000), "period": "2009-09"})

    assert profiling.failures(table, back_to="phone", costs={"phone": 2.50}).cost == Range.of(11_000_000)


def test_the_published_saving_of_a_council_is_reproduced() -> None:
    """Rother District Council, 2019: 2,961 fewer cheques at £10 each saved £29,610."""
    table = read(row("post", None, 2961))
    found = profiling.shift(table, [Move(share=1, source="post", to="app", failing=0)], costs={"post": 10, "app": 0})

    assert found.total.saving == Range.of(29_610)


# Suppression


def test_a_small_count_takes_another_of_its_row_and_column_along() -> None:
    """Of four cells one is 3: its row, its column, and the cell across hide with it, and the totals stay."""
    counts = {("a", "x"): 3, ("a", "y"): 40, ("b", "x"): 50, ("b", "y"): 60}

    found = profiling.suppressed(counts)

    assert set(found.cells.values()) == {None}
    assert (found.rows, found.columns, found.total) == ({"a": 43, "b": 110}, {"x": 53, "y": 100}, 153)


def test_two_small_counts_that_add_up_to_little_do_not_protect_each_other() -> None:
    """With 2 and 3 hidden and 5 told, each is 1 to 4: a third count is hidden."""
    assert profiling.suppressed_list({"a": 2, "b": 3, "c": 60, "d": 70}) == (
        {"a": None, "b": None, "c": None, "d": 70},
        135,
    )


def test_where_nothing_else_protects_a_count_the_total_is_hidden() -> None:
    """One count and its total are the same figure."""
    assert profiling.suppressed_list({"a": 3}) == ({"a": None}, None)


def test_noughts_and_large_counts_are_shown() -> None:
    """Nobody is recognised by not being there."""
    assert profiling.suppressed_list({"a": 0, "b": 5, "c": 90}) == ({"a": 0, "b": 5, "c": 90}, 95)


def test_a_hidden_count_is_hidden_in_share_index_and_cost() -> None:
    """What is reckoned from a count would give it away."""
    table = read(row("web", "young", 3), row("web", "families", 50), row("phone", "older", 200))
    lines = profiling.index(table, PEOPLE).grid().to_dicts()
    costs = profiling.cost(table, by=("segment",)).grid().to_dicts()

    assert lines[0] == {
        "segment": "young",
        "transactions": "*",
        "share": "*",
        "of population": "20.0 %",
        "penetration": "*",
        "index": "*",
    }
    assert [line["cost"] for line in costs] == ["*", "*", "£566.00 to £1,000.00", "*"]


# Standards


def test_a_standard_is_met_to_the_percentage_point() -> None:
    """80 of 100 claims in 5 days are 80 %; one took 16 days, so that not all were settled in 15."""
    standard = MODEL.services["library"].standards[0]
    found = profiling.measured(standard, {1: 50, 5: 30, 15: 19, 16: 1})

    assert [(one.share, one.met, one.by, one.short) for one in found.targets] == [
        (Range.of(Fraction(4, 5)), Truth.TRUE, Range.of(0), Range.of(0)),
        (Range.of(Fraction(99, 100)), Truth.FALSE, Range.of(-1), Range.of(1)),
    ]
    assert found.met is Truth.FALSE


def test_cases_of_unknown_length_leave_a_target_open() -> None:
    """79 in time and 1 unknown of 100: 79 to 80 %, and nobody can say whether 80 % was reached."""
    standard = MODEL.services["library"].standards[0]
    found = profiling.measured(standard, [1] * 79 + [6] * 20 + [None])

    assert [one.met for one in found.targets] == [Truth.UNKNOWN, Truth.UNKNOWN]
    assert found.targets[0].by == Range.of(-1, 0)
    assert profiling.measured(standard, []).met is Truth.UNKNOWN


def test_standards_are_measured_on_the_table_of_transactions() -> None:
    """The column `handled_within` says for the contacts of a row how many days they took."""
    table = read(
        row("web", "young", 90, handled_within=4),
        row("web", "young", 10, handled_within=14),
        {**row("web", "young", 5, handled_within=99), "service": "parking"},
    )
    (found,) = profiling.standards(table)["library"]

    assert found.met is Truth.TRUE
    assert [one.by for one in found.targets] == [Range.of(10), Range.of(0)]
    assert list(profiling.standards(table)) == ["library"]


def test_days_do_not_become_working_days() -> None:
    """Which days those are depends on a calendar, and is not guessed."""
    model = lgbm.loads(TAXONOMY.replace("within: 5, unit: days", "within: 5, unit: working days"))
    table = profiling.read([row("web", "young", 9, handled_within=1)], model)
    (found,) = profiling.standards(table)["library"]

    assert [one.met for one in found.targets] == [Truth.UNKNOWN, Truth.TRUE]


# Segments and people


def test_a_profile_that_states_a_segment_is_refused() -> None:
    """No fact of a person is that she is counted in a group."""
    with pytest.raises(lgbm.ProfileError) as error:
        MODEL.resolve({"older": True})

    assert str(error.value) == (
        "profile: P417: `older` is a segment, and a segment never decides about a person\n"
        "hint: state the circumstances that make somebody a member"
    )


@pytest.mark.parametrize(
    "rule",
    ["older", "not(older)", """eligible("older")""", "older = true", "some x in older satisfies x", "older-renters"],
)
def test_a_rule_that_names_a_segment_is_refused(rule: str) -> None:
    """However it is written, no eligibility rests on a segment."""
    with pytest.raises(lgbm.SourceError) as error:
        lgbm.loads(TAXONOMY + f"  advice: {{label: Advice, eligibility: '{rule}'}}")

    assert {one.code for one in error.value.diagnostics} <= {"R115", "R116"}


# Plots


def test_a_plot_has_a_title_and_labels() -> None:
    """The index and the cost to serve are drawn with what they are and in which unit."""
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    table = read(*LIBRARY)

    index = profiling.index(table, PEOPLE).plot()
    cost = profiling.cost(table).plot()

    assert (index.get_title(), index.get_xlabel()) == (
        "Penetration index by segment",
        "index (100: as its share of the population)",
    )
    assert [one.get_text() for one in index.get_yticklabels()] == ["young", "families", "older"]
    assert (cost.get_title(), cost.get_xlabel()) == ("Cost to serve by channel", "pounds")
    assert cost.patches[0].get_width() == 235
    matplotlib.pyplot.close("all")


def test_a_plot_leaves_out_what_the_table_hides() -> None:
    """The length of a bar would tell the count."""
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    drawn = profiling.index(read(row("web", "young", 3), row("web", "older", 90), row("web", "families", 9)), PEOPLE)

    assert [one.get_text() for one in drawn.plot().get_yticklabels()] == ["older"]
    matplotlib.pyplot.close("all")
