"""What is said to the caller about a table of citizens: codes P42n and P430. The place is a column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve

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


def path_shown(path: str) -> str:
    """A path in full, so that it can be found, and without anything that could upset a terminal."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in path)


def cells_are(count: int) -> str:
    """How many cells something is said of."""
    return "1 cell is" if count == 1 else f"{count:,} cells are"


def in_rows(examples: Sequence[tuple[int, object]]) -> str:
    """Some cells, each with its row."""
    return ", ".join(f"`{shown(value)}` in row {row}" for row, value in examples)


def unknown_column(name: str, known: Iterable[str]) -> Diagnostic:
    near = did_you_mean(shown(name), known)
    kept = f'leave it out, or keep it beside the answers: keep=["{shown(name)}"]'
    return Diagnostic(
        "P421",
        f"there is no circumstance called `{shown(name)}`",
        hint=f"{near} If not, {kept}" if near else kept,
        place="table",
    )


def wrong_type(path: str, found: object, kind: str, hint: str | None = None) -> Diagnostic:
    return Diagnostic("P422", f"the column holds {found}, not {WRONG_TYPE[kind]}", hint=hint, place=f"table: {path}")


def wrong_cells(path: str, why: str, rows: int, examples: Sequence[tuple[int, object]]) -> Diagnostic:
    return Diagnostic(
        "P423",
        f"{cells_are(rows)} {why}: {in_rows(examples)}",
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
    return Diagnostic("P425", f"there is no file `{path_shown(path)}`", hint=hint, place="table")


def unreadable_table(path: str, why: str) -> Diagnostic:
    hint = "save it as UTF-8" if "utf8" in why.lower().replace("-", "") and "workbook" not in why else None
    return Diagnostic("P426", f"`{path_shown(path)}` cannot be read: {why}", hint=hint, place="table")


def no_table(value: object) -> Diagnostic:
    return Diagnostic(
        "P427",
        f"`{type(value).__name__}` is no table",
        hint="it takes anything that speaks Arrow (pyarrow, Polars, pandas, DuckDB), a path, or record batches",
        place="table",
    )


def no_batches() -> Diagnostic:
    hint = "give at least one, which may be empty: it tells the columns"
    return Diagnostic("P427", "there is no record batch in it", hint=hint, place="table")


def other_batch(number: int, columns: Sequence[str]) -> Diagnostic:
    told = ", ".join(f"`{shown(name)}`" for name in columns[:3]) + (" …" if len(columns) > 3 else "")
    return Diagnostic(
        "P430",
        f"batch {number:,} differs from the first in {told or 'the order of its columns'}",
        hint="make all batches with one schema",
        place="table",
    )


def uneven_rows(path: str, wanted: int, rows: Sequence[int], most: int) -> Diagnostic:
    told = ", ".join(f"{row:,}" for row in rows[:most]) + (" …" if len(rows) > most else "")
    lines = f"line {told} has" if len(rows) == 1 else f"{len(rows):,} lines have"
    examples = "" if len(rows) == 1 else f": {told}"
    return unreadable_table(path, f"the header has {wanted} cells, and {lines} more or fewer{examples}")


def not_written(path: str, why: str) -> Diagnostic:
    return Diagnostic("P420", f"`{path_shown(path)}` cannot be written: {why}", place="answers")


def used_up() -> Diagnostic:
    return Diagnostic(
        "P428",
        "these record batches have been read already, and cannot be read again",
        hint="give a table or a file, or ask once: counts() keeps what it found",
        place="table",
    )


def column_twice(name: str) -> Diagnostic:
    return Diagnostic("P429", f"there are two columns called `{shown(name)}`", hint="rename one", place="table")


def made_by_another_version(theirs: str, ours: str) -> Diagnostic:
    return Diagnostic(
        "P471",
        f"these rules were made ready by lgbm {shown(theirs)}, and this is lgbm {shown(ours)}",
        hint="install the same version wherever rows are screened",
        place="rules",
    )


def in_partition(one: Diagnostic, partition: int) -> Diagnostic:
    """A complaint about rows of one partition of a table that has many: its rows are counted from there."""
    return evolve(one, place=(one.place or "table").replace("table", f"table, partition {partition}", 1))


def no_spark_table(value: object) -> Diagnostic:
    return Diagnostic(
        "P427",
        f"`{type(value).__name__}` is no table of Spark",
        hint="it takes a Spark DataFrame; any other table goes to model.screen()",
        place="table",
    )


def no_such_column(name: str, known: Iterable[str]) -> Diagnostic:
    return Diagnostic(
        "P472",
        f"there is no column `{shown(name)}` to keep",
        hint=did_you_mean(shown(name), known),
        place="table",
    )


def no_fact_of_spark(path: str, kind: str) -> Diagnostic:
    hint = "an instant is another day elsewhere: to_date() makes a date of it" if kind == "timestamp" else None
    return Diagnostic(
        "P422",
        f"the column holds {shown(kind)}, which no fact is",
        hint=hint or "cast the column, or leave it out",
        place=f"table: {shown(path)}",
    )
