"""How far a long command has come, on a terminal and elsewhere."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from lgbm.cli import main
from lgbm.cli.bar import Bar
from lgbm.population.library import pa
from lgbm.population.library import parquet as pq


class Terminal(io.StringIO):
    """A stream that is read by somebody."""

    def isatty(self) -> bool:
        return True


def drawn(stream: io.StringIO, total: int | None, *reached: int) -> list[str]:
    with Bar(stream, total) as bar:
        for rows in reached:
            bar.reach(rows)
    return stream.getvalue().split("\r")


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_bar_fills_up_on_one_line_and_goes(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """It is never longer than the line, and leaves nothing behind."""
    monkeypatch.setenv("COLUMNS", str(width))

    nothing, half, whole, gone = drawn(Terminal(), 1000, 500, 1000)

    assert nothing == ""
    assert half.endswith("  50%    500 of 1,000 citizens")
    assert whole.endswith(" 100%  1,000 of 1,000 citizens")
    assert half.count("#") == whole.count("#") // 2
    assert whole.count(".") == 0
    assert len(half) == len(whole) < width
    assert gone == "\x1b[K"


def test_without_a_total_the_rows_are_told() -> None:
    """Of a CSV file it is not known beforehand how many there are."""
    assert drawn(Terminal(), None, 32_768)[1] == "32,768 citizens"


def test_where_nobody_looks_nothing_is_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither by the bar nor by the command: what is piped has no bars in it."""
    assert drawn(io.StringIO(), 10, 5) == [""]

    (tmp_path / "rules.yaml").write_text(
        "circumstances: {age: {label: Age, type: number}}\nservices: {a: {label: A, eligibility: age > 65}}"
    )
    pq.write_table(pa.table({"age": [70]}), tmp_path / "in.parquet")
    assert main(["screen", str(tmp_path / "in.parquet"), "--taxonomy", str(tmp_path / "rules.yaml")]) == 0
    assert capsys.readouterr().err == ""
