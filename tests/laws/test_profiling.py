"""Laws of profiles: what is hidden stays hidden, what moves is not lost, and order does not matter."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import lgbm
from lgbm.model.truth import Truth
from lgbm.population import profiling
from lgbm.population.profiling import Move, Published, Transactions

MODEL = lgbm.loads("""
channels:
  web: {label: Web, costs: {from: 2008-01-01, low: 0.15, high: 0.32}}
  phone: {label: Telephone, costs: {from: 2008-01-01, low: 2.83, high: 5.00}}
  in-person: {label: In person, costs: {from: 2008-01-01, low: 8.62, high: 14.00}}
  post: {label: Post}
interactions: {applying: {label: Applying}}
segments: {a: {label: A}, b: {label: B}, c: {label: C}}
services:
  library:
    label: Library
    standards:
      - {label: Soon, of: claims, targets: [{share: 80, within: 5, unit: days}, {share: 100, within: 9, unit: days}]}
""")
CHANNELS = ("web", "phone", "in-person", "post")
SEGMENTS = ("a", "b", "c", None)
PEOPLE = {"a": 700, "b": 200, "c": 100}
MINIMUM = 5

counts = st.integers(0, 4) | st.integers(0, 12) | st.integers(0, 1000)
shares = st.integers(0, 4).map(lambda quarters: Fraction(quarters, 4))


@st.composite
def tables(draw: st.DrawFn) -> Transactions:
    keys = draw(st.lists(st.sampled_from(list(product(CHANNELS, SEGMENTS))), min_size=1, max_size=9, unique=True))
    rows = []
    for channel, segment in keys:
        count = draw(counts)
        failed = draw(st.none() | st.integers(0, count))
        row = {"service": "library", "interaction": "applying", "period": "2025-26", "channel": channel}
        rows.append({**row, "segment": segment, "transactions": count, "failed": failed})
    return profiling.read(rows, MODEL)


@st.composite
def moves(draw: st.DrawFn) -> list[Move]:
    """Moves that take no more than all."""
    found: list[Move] = []
    left = dict.fromkeys(CHANNELS, Fraction(1))
    for _ in range(draw(st.integers(1, 3))):
        source, to = draw(st.permutations(CHANNELS))[:2]
        share = min(left[source], draw(shares))
        left[source] -= share
        failing = draw(st.none() | shares | st.just((Fraction(1, 4), Fraction(1, 2))))
        segments = draw(st.none() | st.sampled_from(["a", "b"]))
        found.append(Move(share=share, source=source, to=to, failing=failing, segments=segments))
    return found


def possible(published: Published) -> Iterator[dict[tuple[str, str], int]]:
    """Every table that fits what is published, noughts being shown: by trial, and without a network."""
    rows, columns = list(published.rows), list(published.columns)
    hidden = [key for key, count in published.cells.items() if count is None]
    total = published.total
    highest = 3 * MINIMUM
    for row, column in hidden:
        for known in (published.rows[row], published.columns[column], total):
            highest = max(highest, known or 0)

    def fill(at: int, cells: dict[tuple[str, str], int]) -> Iterator[dict[tuple[str, str], int]]:
        if at == len(hidden):
            if fits(cells):
                yield dict(cells)
            return
        row, column = hidden[at]
        room = highest
        for known, line in (
            (published.rows[row], [cells.get((row, one), 0) for one in columns]),
            (published.columns[column], [cells.get((one, column), 0) for one in rows]),
        ):
            room = room if known is None else min(room, known - sum(line))
        for count in range(1, room + 1):
            cells[row, column] = count
            yield from fill(at + 1, cells)
        cells.pop((row, column), None)

    def fits(cells: dict[tuple[str, str], int]) -> bool:
        by_row = {row: sum(cells[row, column] for column in columns) for row in rows}
        by_column = {column: sum(cells[row, column] for row in rows) for column in columns}
        return (
            all(known in (None, by_row[row]) for row, known in published.rows.items())
            and all(known in (None, by_column[column]) for column, known in published.columns.items())
            and total in (None, sum(by_row.values()))
        )

    yield from fill(0, {key: count for key, count in published.cells.items() if count is not None})


@given(st.lists(st.integers(0, 14), min_size=4, max_size=6), st.sampled_from([2, 3]))
@settings(max_examples=60, deadline=None)
def test_no_hidden_count_can_be_worked_out_from_what_is_published(cells: list[int], across: int) -> None:
    """Whoever tries every table that fits finds each hidden count in a range that is wider than the minimum."""
    down = len(cells) // across
    given_counts = {
        (f"r{row}", f"c{column}"): cells[row * across + column] for row, column in product(range(down), range(across))
    }
    published = profiling.suppressed(given_counts, MINIMUM)
    hidden = [key for key, count in published.cells.items() if count is None]
    # All tables that fit are tried, so that there must not be too many of them.
    assume(max(3 * MINIMUM, sum(cells)) ** len(hidden) <= 200_000)

    found: dict[tuple[str, str], tuple[int, int]] = {}
    for table in possible(published):
        for key in hidden:
            low, high = found.get(key, (table[key], table[key]))
            found[key] = min(low, table[key]), max(high, table[key])
        if all(high - low > MINIMUM for low, high in found.values()):
            break

    assert all(high - low > MINIMUM for low, high in found.values())
    assert len(found) == len(hidden)


@given(st.dictionaries(st.tuples(st.sampled_from("pqrs"), st.sampled_from("xyz")), counts, min_size=1))
def test_what_is_published_is_true_and_never_small(given_counts: dict[tuple[str, str], int]) -> None:
    """Counts are hidden or left as they are; none from 1 to 4 is shown, in no cell and in no total."""
    published = profiling.suppressed(given_counts, MINIMUM)
    shown = [*published.cells.values(), *published.rows.values(), *published.columns.values(), published.total]

    assert all(count is None or not 0 < count < MINIMUM for count in shown)
    assert all(count in (None, given_counts.get(key, 0)) for key, count in published.cells.items())
    assert published.total in (None, sum(given_counts.values()))


@given(st.lists(counts, min_size=1, max_size=7))
def test_no_hidden_count_of_a_list_can_be_worked_out_from_its_total(listed: list[int]) -> None:
    """What is left of the total for the hidden ones is so much that each of them can be many things."""
    shown, total = profiling.suppressed_list({str(at): count for at, count in enumerate(listed)}, MINIMUM)
    hidden = [key for key, count in shown.items() if count is None]

    if hidden and total is not None:
        left = total - sum(count for count in shown.values() if count is not None)
        # Each hidden count is 1 at least, and whatever the others leave at most.
        assert len(hidden) >= 2
        assert left - len(hidden) > MINIMUM


@given(tables(), moves())
def test_a_shift_loses_no_contact_and_leaves_none_below_nought(table: Transactions, made: list[Move]) -> None:
    """What leaves a channel arrives in another; who fails comes back on top."""
    found = profiling.shift(table, made)
    low, high = (sum(getattr(one, bound) for one in found.after.values()) for bound in ("low", "high"))

    assert all(0 <= count.low <= count.high for count in found.after.values())
    assert (low, high) == (table.count + found.total.back.low, table.count + found.total.back.high)


@given(tables(), moves(), st.randoms(use_true_random=False))
def test_the_order_of_moves_and_rows_does_not_matter(table: Transactions, made: list[Move], random: object) -> None:
    """All moves are made at once."""
    again = profiling.shift(Transactions(table.taxonomy, table.rows[::-1]), made[::-1])
    found = profiling.shift(table, made)

    assert (found.total, found.after) == (again.total, again.after)


@given(tables(), moves(), st.tuples(*[st.booleans()] * 4), st.booleans())
def test_a_saving_lies_in_its_range_whatever_the_costs_are(
    table: Transactions, made: list[Move], dear: tuple[bool, ...], failing: bool
) -> None:
    """Figures picked from the ranges give a saving within them, and savings by segment sum to no narrower range."""
    found = profiling.shift(table, made)
    costs = {}
    for channel, high in zip(CHANNELS[:3], dear, strict=False):
        published = MODEL.taxonomy.channels[channel].costs[0]
        costs[channel] = Fraction(published.high if high else published.low)
    saving = Fraction(0)
    for one in found.moved:
        if "post" not in (one.to, one.row.channel):
            back = one.failing.high if failing else one.failing.low
            saving += one.count * ((1 - back) * costs[one.row.channel] - costs[one.to])
    parts = found.savings()

    assert found.total.saving.low <= saving <= found.total.saving.high
    assert sum(one.saving.low for one in parts) <= found.total.saving.low
    assert sum(one.saving.high for one in parts) >= found.total.saving.high


@given(tables())
def test_indices_weighted_by_population_come_to_a_hundred(table: Transactions) -> None:
    """Some segments use more than their share only because others use less."""
    found = profiling.index(table, PEOPLE)
    indices = [one.index.low * one.of_population for one in found.rows if one.index]

    assert not indices or sum(indices) == 100


@given(tables())
def test_costs_by_channel_and_by_segment_come_to_the_same(table: Transactions) -> None:
    """However contacts are grouped, they cost what they cost."""
    by_channel, by_segment = profiling.cost(table), profiling.cost(table, by=("segment", "period"))

    assert by_channel.total == by_segment.total
    for one in (by_channel, by_segment):
        assert sum(row.cost.low for row in one.rows) == one.total.cost.low
        assert sum(row.unknown for row in one.rows) == one.total.unknown


@given(st.lists(st.none() | st.integers(0, 12), max_size=12), st.lists(st.integers(0, 12), min_size=12, max_size=12))
def test_learning_how_long_a_case_took_never_changes_what_was_decided(
    taken: list[int | None], learned: list[int]
) -> None:
    """A target that was met or not met stays so once more is known."""
    standard = MODEL.services["library"].standards[0]
    before = profiling.measured(standard, taken)
    known = [late if early is None else early for early, late in zip(taken, learned, strict=False)]
    after = profiling.measured(standard, known)

    for one, other in zip(before.targets, after.targets, strict=True):
        assert one.met in (Truth.UNKNOWN, other.met)
