"""What is said to the caller about a table of citizens: codes P42n. The place is a column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lgbm.errors import Diagnostic, did_you_mean
from lgbm.messages.profiles import shown

WRONG_TYPE = {
    "boolean": "true or false",
    "number": "a number",
    "money": "an amount of money",
    "date": "a date",
    "text": "a text",
    "choice": "one of its options, as text",
    "choices": "a list of its options",
    "person": "a person: a struct of fields",
    "people": "people: a list of structs",
}


def unknown_column(name: str, known: Iterable[str]) -> Diagnostic:
    return Diagnostic(
        "P421",
        f"there is no circumstance called `{shown(name)}`",
        hint=did_you_mean(shown(name), known) or f'leave it out, or keep it beside the answers: keep=["{shown(name)}"]',
        place="table",
    )


def wrong_type(path: str, found: object, kind: str, hint: str | None = None) -> Diagnostic:
    return Diagnostic("P422", f"the column holds {found}, not {WRONG_TYPE[kind]}", hint=hint, place=f"table: {path}")


def wrong_cells(path: str, why: str, rows: int, examples: Sequence[tuple[int, object]]) -> Diagnostic:
    told = ", ".join(f"`{shown(value)}` in row {row}" for row, value in examples)
    cells = "1 cell is" if rows == 1 else f"{rows:,} cells are"
    return Diagnostic(
        "P423",
        f"{cells} {why}: {told}",
        hint='correct them, or have such cells taken as not known: wrong="unknown"',
        place=f"table: {path}",
    )


def contradicting_rows(path: str, rows: int, examples: Sequence[int]) -> Diagnostic:
    told = ", ".join(map(str, examples))
    many = "1 row states" if rows == 1 else f"{rows:,} rows state"
    return Diagnostic(
        "P424",
        f"{many} something else than follows from the other facts: row {told}",
        hint='correct them, or have such facts taken as not known: wrong="unknown"',
        place=f"table: {path}",
    )


def no_such_table(path: str) -> Diagnostic:
    hint = "it takes a Parquet or a CSV file"
    return Diagnostic("P425", f"there is no file `{shown(path)}`", hint=hint, place="table")


def unreadable_table(path: str, why: str) -> Diagnostic:
    return Diagnostic("P426", f"`{shown(path)}` cannot be read: {why}", place="table")


def no_table(value: object) -> Diagnostic:
    return Diagnostic(
        "P427",
        f"`{type(value).__name__}` is no table",
        hint="it takes anything that speaks Arrow (pyarrow, Polars, pandas, DuckDB), a path, or record batches",
        place="table",
    )


def used_up() -> Diagnostic:
    return Diagnostic(
        "P428",
        "these record batches have been read already, and cannot be read again",
        hint="give a table or a file, or ask once: counts() keeps what it found",
        place="table",
    )


def column_twice(name: str) -> Diagnostic:
    return Diagnostic("P429", f"there are two columns called `{shown(name)}`", hint="rename one", place="table")
