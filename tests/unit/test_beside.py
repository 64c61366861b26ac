"""Tables screened by several processes: what they say is what one says, and nothing is left of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import lgbm
from lgbm.cli import main
from lgbm.population import beside
from lgbm.population.library import csv, pa
from lgbm.population.library import parquet as pq
from lgbm.population.screening import Screening
from lgbm.population.tables.sources import BLOCK

ON = "2026-11-21"
TAXONOMY = """
circumstances:
  age: {label: Age, type: number, places: 0, at_least: 0}
  retired: {label: Retired, type: boolean, formula: age >= 66}
  work: {label: Work, type: choice, options: {employed: Employed, unemployed: Out of work}}
  children: {label: Children, type: people, fields: {age: {type: number}}}
events: {losing-a-job: {label: Losing a job, changes: {work: unemployed}}}
services:
  bus-pass: {label: Bus pass, eligibility: age >= 66}
  nursery: {label: Nursery, eligibility: 'some c in children satisfies c.age < 5'}
  coach: {label: Coach, eligibility: 'work = "unemployed" and age < 66'}
  unwritten: {label: Unwritten}
segments:
  old: {label: Old, members: age >= 66}
  parents: {label: Parents, members: count(children) >= 1}
"""
MODEL = lgbm.loads(TAXONOMY)
ROWS = 4 * BLOCK + 321
AGES = [None if row % 7 == 0 else row % 100 for row in range(ROWS)]


def residents(**columns: Any) -> Any:
    """Enough rows for several blocks."""
    one = {
        "area": [f"area {row % 3}" for row in range(ROWS)],
        "age": AGES,
        "work": [("employed", "unemployed", None)[row % 3] for row in range(ROWS)],
        "children": [([], [{"age": row % 18}], None, [{"age": None}, {"age": 3}])[row % 4] for row in range(ROWS)],
    }
    return pa.table(one | columns)


TABLE = residents()
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")


def both(table: Any = TABLE, **how: Any) -> tuple[Screening, Screening]:
    """The same screening, by one process and by two."""
    how = {"keep": ["area"], "on": ON} | how
    return MODEL.screen(table, **how), MODEL.screen(table, processes=2, **how)


def beside_of(process: int) -> list[int]:
    """The processes that answer for that one. Only Linux says of what is running whose it is."""
    found: list[int] = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            if parent == str(process) and "population.worker" in (folder / "cmdline").read_text():
                found.append(int(folder.name))
    return found


def left() -> list[int]:
    """Those that this process has started, and that are still there."""
    return beside_of(os.getpid())


@pytest.mark.parametrize("event", [None, "losing-a-job"])
def test_two_processes_say_what_one_says(event: str | None) -> None:
    """Counted, by groups, and row by row, in order; and as often as they are asked."""
    one, two = both(event=event)

    assert two.counts() == one.counts()
    assert two.by("area") == one.by("area")
    assert two.by(["old", "parents"]) == one.by(["old", "parents"])
    assert list(two.by("area")) == list(one.by("area"))
    assert two.to_arrow().equals(one.to_arrow())
    assert two.counts() == one.counts()
    assert left() == []


@on_linux
def test_the_rows_are_answered_for_by_both() -> None:
    """The other process does its part, and is gone at the end."""
    answers = both()[1].batches()
    next(answers)

    assert len(left()) == 1
    assert len(list(answers)) == 4
    assert left() == []


@pytest.mark.parametrize("kind", ["parquet", "csv", "stream", "batches"])
def test_every_source_is_shared_alike(tmp_path: Path, kind: str) -> None:
    """Files, and streams of which nobody knows how long they are."""
    table = TABLE.select(["area", "age", "work"])

    def source() -> Any:
        if kind == "parquet":
            pq.write_table(table, tmp_path / "in.parquet", row_group_size=30_000)
            return tmp_path / "in.parquet"
        if kind == "csv":
            csv.write_csv(table, tmp_path / "in.csv")
            return tmp_path / "in.csv"
        batches = iter(table.to_batches(max_chunksize=1000))
        return batches if kind == "batches" else pa.RecordBatchReader.from_batches(table.schema, batches)

    assert MODEL.screen(source(), keep=["area"], on=ON, processes=2).by("area") == both(table)[0].by("area")


WRONG = """\
table: age: P423: 4 cells are below 0: `-1` in row 65542, `-1` in row 131074, `-1` in row 131075
hint: correct them, or have such cells taken as not known: wrong="unknown"
table: work: P423: 1 cell is none of its options: `asleep` in row 262465
hint: correct them, or have such cells taken as not known: wrong="unknown"
table: retired: P424: 1 row states something else than follows from the other facts: row 196617
hint: correct them, or have such facts taken as not known: wrong="unknown\""""


def complaint(of: Callable[[Screening], object], screening: Screening) -> str:
    with pytest.raises(lgbm.ProfileError) as raised:
        of(screening)
    return str(raised.value)


def test_complaints_are_those_of_one_process() -> None:
    """All at once, added up, with the numbers of rows in the whole table; and answers end where its answers end."""
    ages = [*AGES]
    for row in (BLOCK + 5, 2 * BLOCK + 1, 2 * BLOCK + 2, 4 * BLOCK):
        ages[row] = -1
    retired: list[bool | None] = [None] * ROWS
    ages[3 * BLOCK + 8], retired[3 * BLOCK + 8] = 30, True
    wrong = residents(age=ages, retired=retired, work=["employed"] * (ROWS - 1) + ["asleep"])
    one, two = both(wrong)

    told = complaint(Screening.counts, one)
    assert complaint(Screening.counts, two) == told
    assert told == WRONG
    answers = two.batches()
    assert next(answers).num_rows == BLOCK
    complaint(next, answers)  # type: ignore[arg-type]
    one, two = both(wrong, wrong="unknown")
    assert two.counts() == one.counts()


def test_progress_is_told_in_order() -> None:
    """As many rows as are answered, and at the end all of them."""
    done: list[int] = []
    MODEL.screen(TABLE, keep=["area"], on=ON, processes=2, progress=done.append).counts()

    assert done == [BLOCK, 2 * BLOCK, 3 * BLOCK, 4 * BLOCK, ROWS]


def test_no_more_than_a_few_blocks_are_on_their_way() -> None:
    """However long the table: what is not asked for is not read."""
    read: list[int] = []

    def endless() -> Iterator[Any]:
        while True:
            read.append(1)
            yield pa.record_batch({"age": [70] * BLOCK})

    answers = MODEL.screen(endless(), on=ON, processes=2).batches()
    for number in range(12):
        next(answers)
        assert len(read) <= number + 9
    answers.close()  # type: ignore[attr-defined]

    assert left() == []


def test_what_came_before_a_table_that_breaks_off_is_answered() -> None:
    """As by one process."""

    def breaking() -> Iterator[Any]:
        for _ in range(4):
            yield pa.record_batch({"age": [70] * BLOCK})
        raise RuntimeError("the network is gone")

    answers = MODEL.screen(breaking(), on=ON, processes=2).batches()

    assert [next(answers).num_rows for _ in range(4)] == [BLOCK] * 4
    with pytest.raises(RuntimeError, match="the network is gone"):
        next(answers)
    assert left() == []


@on_linux
def test_a_process_that_is_killed_is_done_without() -> None:
    """Its rows are answered for here."""
    one, two = both()
    answers = two.batches()
    rows = [next(answers)]
    for process in left():
        os.kill(process, signal.SIGKILL)
    rows += answers

    assert pa.Table.from_batches(rows).equals(one.to_arrow())
    assert left() == []


def test_a_place_without_an_interpreter_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers are the same."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    one, two = both()
    assert two.counts() == one.counts()

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert not beside.can_have_others()


UNGUARDED = f"""
import sys
print("begun", flush=True)
import lgbm, pyarrow as pa
model = lgbm.loads('''{TAXONOMY}''')
def rows():
    for number in range(int(sys.argv[1])):
        yield pa.record_batch({{"age": [70] * {BLOCK}}})
print(model.screen(rows(), on="{ON}", processes=2, progress=lambda n: print(n, flush=True)).counts()["bus-pass"])
"""


def test_a_program_needs_no_guard(tmp_path: Path) -> None:
    """Other processes import nothing of it: it runs once."""
    (tmp_path / "program.py").write_text(UNGUARDED)
    run = subprocess.run(
        [sys.executable, "program.py", "4"], check=False, cwd=tmp_path, capture_output=True, text=True, timeout=60
    )

    assert run.stderr == ""
    assert run.stdout.splitlines()[0] == "begun"
    assert run.stdout.count("begun") == 1
    assert run.stdout.splitlines()[-1] == f"Counts(eligible={4 * BLOCK}, ineligible=0, undetermined=0)"


@on_linux
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupt_ends_all_of_it(tmp_path: Path, how: signal.Signals) -> None:
    """Whatever ends this process ends those beside it."""
    (tmp_path / "program.py").write_text(UNGUARDED)
    program = subprocess.Popen(
        [sys.executable, "program.py", "1000000"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stdout is not None
    for _ in range(8):
        program.stdout.readline()
    others = beside_of(program.pid)
    program.send_signal(how)
    _, said = program.communicate(timeout=60)

    assert len(others) == 1
    assert program.returncode != 0
    assert said.rstrip().endswith("KeyboardInterrupt") or how == signal.SIGKILL
    for _ in range(100):
        if not any(Path(f"/proc/{one}").exists() for one in others):
            break
        time.sleep(0.1)
    else:
        pytest.fail("a process is left")


def test_one_process_is_the_least() -> None:
    """None at all is a mistake of the program."""
    with pytest.raises(ValueError, match="by one process at least"):
        MODEL.screen(TABLE, keep=["area"], processes=0)


def test_by_itself_it_begins_alone() -> None:
    """A short table is not worth another process."""
    screening = MODEL.screen(TABLE, keep=["area"], on=ON, processes=None)
    answers = screening.batches()
    for _ in range(3):
        next(answers)
        assert left() == []


def test_the_command_takes_a_number_of_processes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And writes the same answers."""
    (tmp_path / "town.yaml").write_text(TAXONOMY)
    pq.write_table(TABLE, tmp_path / "in.parquet")
    words = ["screen", str(tmp_path / "in.parquet"), "--taxonomy", str(tmp_path / "town.yaml"), "--on", ON]
    words += ["--keep", "area", "--out"]

    assert main([*words, str(tmp_path / "1.parquet"), "--processes", "1"]) == 0
    alone = capsys.readouterr().out
    assert main([*words, str(tmp_path / "2.parquet"), "--processes", "2"]) == 0

    assert capsys.readouterr().out.replace("2.parquet", "1.parquet") == alone
    assert pq.read_table(tmp_path / "2.parquet").equals(pq.read_table(tmp_path / "1.parquet"))
    with pytest.raises(SystemExit):
        main([*words, "x.parquet", "--processes", "none"])
