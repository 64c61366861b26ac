"""What is said to the caller about a table of transactions, and about what is asked of it: codes P43n to P44n."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lgbm.errors import Diagnostic, did_you_mean
from lgbm.messages.profiles import shown
from lgbm.messages.tables import cells_are, in_rows

PLACE = "transactions"
_MOST = 3
"""Examples that a complaint shows."""


def rows_of(rows: Sequence[int]) -> str:
    """Which rows, and how many if they are many: `row 3`, `4 rows: 1, 2, 5 …`."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    listed = ", ".join(str(row) for row in rows[:_MOST])
    return f"{len(rows):,} rows: {listed}" + (" …" if len(rows) > _MOST else "")


def _cells(wrong: Sequence[tuple[int, object]]) -> str:
    return in_rows(wrong[:_MOST]) + (" …" if len(wrong) > _MOST else "")


def _count(wrong: Sequence[object]) -> str:
    return cells_are(len(wrong))


def missing_column(name: str, others: Iterable[str]) -> Diagnostic:
    return Diagnostic("P431", f"there is no column `{name}`", hint=did_you_mean(name, others), place=PLACE)


def unknown_column(name: str, known: Iterable[str]) -> Diagnostic:
    hint = did_you_mean(shown(name), known) or f'leave it out, or have it passed over: others=["{shown(name)}"]'
    return Diagnostic("P432", f"the format has no column `{shown(name)}`", hint=hint, place=PLACE)


def unknown_id(column: str, value: object, rows: Sequence[int], known: Iterable[str]) -> Diagnostic:
    return Diagnostic(
        "P433",
        f"there is no {column} called `{shown(value)}`, in {rows_of(rows)}",
        hint=did_you_mean(shown(value), known),
        place=f"{PLACE}: {column}",
    )


def wrong_count(column: str, wrong: Sequence[tuple[int, object]]) -> Diagnostic:
    return Diagnostic(
        "P434",
        f"{_count(wrong)} not a whole number of 0 or more: {_cells(wrong)}",
        hint="write it in figures alone, as 1250; leave the cell empty where it is not known",
        place=f"{PLACE}: {column}",
    )


def wrong_period(wrong: Sequence[tuple[int, object]]) -> Diagnostic:
    return Diagnostic(
        "P435",
        f"{_count(wrong)} no period: {_cells(wrong)}",
        hint="write 2025-26 (April to March), 2026, 2026-Q1, 2025-26-Q1, or 2026-04",
        place=f"{PLACE}: period",
    )


def year_or_month(wrong: Sequence[tuple[int, object]]) -> Diagnostic:
    text = shown(wrong[0][1])
    return Diagnostic(
        "P435",
        f"{_count(wrong)} a year or a month, and nothing tells which: {_cells(wrong)}",
        hint=f"write {text[:4]}/{text[5:]} for the year, {text[:4]}-M{text[5:]} for the month",
        place=f"{PLACE}: period",
    )


def empty_cells(column: str, rows: Sequence[int]) -> Diagnostic:
    hint = None if column == "transactions" else f"every row says which {column} it counts"
    return Diagnostic("P436", f"a cell is empty in {rows_of(rows)}", hint=hint, place=f"{PLACE}: {column}")


def counted_twice(rows: Sequence[int], key: Iterable[object]) -> Diagnostic:
    said = ", ".join(shown(each) for each in key if each is not None)
    return Diagnostic(
        "P437",
        f"the same contacts are counted in {rows_of(rows)} ({said})",
        hint="add them up, or leave one out",
        place=PLACE,
    )


def overlapping_periods(first: tuple[int, str], second: tuple[int, str], others: int) -> Diagnostic:
    more = f", and in {others:,} more rows so" if others else ""
    return Diagnostic(
        "P438",
        f"`{first[1]}` in row {first[0]} and `{second[1]}` in row {second[0]} have days in common{more}",
        hint="such contacts would count twice: keep the year, or its parts",
        place=f"{PLACE}: period",
    )


def more_than_all(part: str, whole: str, wrong: Sequence[tuple[int, object]]) -> Diagnostic:
    return Diagnostic("P439", f"more `{part}` than `{whole}`: {_cells(wrong)}", place=f"{PLACE}: {part}")


def part_of_another(segment: str, broader: str) -> Diagnostic:
    return Diagnostic(
        "P440",
        f"`{segment}` is part of `{broader}`, and both are counted",
        hint="people would count twice: keep the one, or its parts",
        place="segments",
    )


def no_people(segment: str) -> Diagnostic:
    return Diagnostic(
        "P441",
        f"it is not said how many people there are in `{shown(segment)}`",
        hint="give a number of people for every segment that has transactions",
        place="population",
    )


def wrong_people(segment: object, value: object) -> Diagnostic:
    return Diagnostic("P442", f"`{shown(value)}` is not a number of people", place=f"population: {shown(segment)}")


def nobody() -> Diagnostic:
    return Diagnostic("P442", "there is nobody in the population", place="population")


def wrong_share(value: object) -> Diagnostic:
    return Diagnostic(
        "P443", f"`{shown(value)}` is not a share", hint="a share lies between 0 and 1: a third is 1/3", place="shift"
    )


def moved_twice(row: int, channel: str, percent: str) -> Diagnostic:
    return Diagnostic(
        "P444",
        f"of the contacts by `{channel}` in row {row}, {percent} are moved",
        hint="moves add up: take a smaller share, or other segments",
        place="shift",
    )


def moved_nowhere(channel: str) -> Diagnostic:
    return Diagnostic("P445", f"contacts are moved from `{channel}` to `{channel}`", place="shift")


def not_counted_by(name: object, known: Iterable[str]) -> Diagnostic:
    known = list(known)
    hint = did_you_mean(shown(name), known) or f"it is one of {', '.join(f'`{one}`' for one in known)}"
    return Diagnostic("P446", f"contacts are not counted by `{shown(name)}`", hint=hint, place="by")


def unknown_choice(what: str, value: object, known: Iterable[str]) -> Diagnostic:
    return Diagnostic(
        "P447", f"there is no {what} called `{shown(value)}`", hint=did_you_mean(shown(value), known), place=what
    )


def wrong_cost(channel: str, value: object) -> Diagnostic:
    return Diagnostic(
        "P450",
        f"`{shown(value) if not isinstance(value, tuple) else value}` is not what a contact costs",
        hint="give pounds, or a pair of the lowest and the highest",
        place=f"costs: {channel}",
    )


def wrong_duration(value: object) -> Diagnostic:
    return Diagnostic(
        "P448",
        f"`{shown(value)}` is not how long something took",
        hint="it is a number of 0 or more, or None where it is not known",
        place="records",
    )


def wrong_cell_count(wrong: Sequence[tuple[int, int]], wanted: int) -> Diagnostic:
    told = ", ".join(f"{count} in row {row}" for row, count in wrong[:_MOST])
    return Diagnostic(
        "P449",
        f"the header has {wanted} cells, and other rows have not: {told}" + (" …" if len(wrong) > _MOST else ""),
        hint='a cell with a comma in it stands in double quotes: "housing, other"',
        place=PLACE,
    )
