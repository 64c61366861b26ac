"""A population screened, beside hand-written NumPy, Polars, DuckDB, OpenFisca: `python screening.py [ROUNDS] [ROWS]`.

The peers and their workers are those of `shared/bench`. Each runs in a process of its own, which has loaded its table
before the first turn; the processes take turns. What is counted is compared, service by service, in every turn.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from attrs import define, field
from measure import Line, shown
from workload import bench

ROUNDS, ROWS, SERVICES = 7, 1_000_000, 100
HERE = Path(__file__).resolve().parent
SETS = {"complete": "all known", "null10": "a tenth unknown"}
PEERS = {
    "Numpy": "hand-written NumPy, one thread",
    "Numpy2": "hand-written NumPy, two threads",
    "PolarsMembersHoist": "Polars",
    "PolarsMembers": "Polars",
    "PolarsNestedKleene": "Polars",
    "DuckMembers": "DuckDB",
    "DuckNested": "DuckDB",
    "OpenFisca": "OpenFisca",
}
"""Of a tool with several versions, the fastest counts."""
LIMITS = {
    ("complete", "hand-written NumPy, one thread"): (1.3, False),
    ("null10", "hand-written NumPy, one thread"): (1.3, False),
    ("complete", "Polars"): (3.0, True),
    ("complete", "DuckDB"): (3.0, True),
    ("complete", "OpenFisca"): (3.0, True),
    ("null10", "Polars"): (3.0, True),
    ("null10", "DuckDB"): (8.0, True),
}
TWICE = 2.2


@define
class Worker:
    """A process that counts when it is asked to."""

    name: str
    process: subprocess.Popen[str]
    times: dict[str, list[float]] = field(factory=dict[str, list[float]])

    @classmethod
    def started(cls, name: str, command: Sequence[str], rows: int, services: int, folder: Path) -> Worker:
        """The worker called *name*, before it has loaded anything."""
        environment = {**os.environ, "W2_N": str(rows), "W2_S": str(services)}
        return cls(
            name,
            subprocess.Popen(
                [sys.executable, "-W", "ignore", *command],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                cwd=folder, env=environment,
            ),
        )  # fmt: skip

    def said(self) -> dict[str, Any]:
        """The next line that it says; nothing, if it has ended."""
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline() or "{}")

    def counts(self, name: str) -> list[int] | None:
        """What it counts in that table, its time kept; nothing where it cannot say."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{name} counts\n")
        self.process.stdin.flush()
        said = self.said()
        if "h" in said:
            self.times.setdefault(name, []).append(said["t"])
        return said.get("h")


def main() -> None:
    """Measure, and print. A limit that is not kept is said, and is no failure: machines are noisy."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else ROWS
    gen = bench("gen")
    folder = Path(gen.__file__).parent
    if not (gen.DATA / f"mem_null10_{rows}.parquet").is_file():
        environment = {**os.environ, "W2_N": str(rows)}
        subprocess.run([sys.executable, "w2_data.py", str(rows)], cwd=folder, check=True, env=environment)
    every = ",".join(SETS)
    ours = [
        Worker.started("lgbm", ["screen_worker.py", str(SERVICES), every], rows, SERVICES, HERE),
        Worker.started(
            "lgbm, twice the services", ["screen_worker.py", str(2 * SERVICES), every], rows, SERVICES, HERE
        ),
    ]
    peers = [Worker.started(one, ["w2_worker.py", one, every], rows, SERVICES, folder) for one in PEERS]
    for worker in (*ours, *peers):
        if not worker.said():
            print(f"{worker.name} could not be started")
    differences = _turns([*ours, *peers], rounds)
    print(f"{rows:,} rows, {SERVICES} services, {os.cpu_count()} cores, medians of {rounds} rounds, taking turns\n")
    print(shown(_lines(ours[0], ours[1], peers)))
    print(f"\nanswers that differ between any two of them: {differences}")


def _turns(workers: Sequence[Worker], rounds: int) -> int:
    """Every worker in turn, so many rounds; and how many of the services were counted otherwise than by the first."""
    differences = 0
    for _ in range(rounds + 1):
        for name in SETS:
            first: list[int] = []
            for worker in workers:
                counts = worker.counts(name) if worker.process.poll() is None else None
                if counts is not None and len(counts) == 2 * SERVICES:
                    first = first or counts
                    differences += sum(one != other for one, other in zip(first, counts, strict=True))
    for worker in workers:
        # The first round warms up.
        worker.times = {name: times[1:] for name, times in worker.times.items()}
    return differences


def _lines(ours: Worker, twice: Worker, peers: Sequence[Worker]) -> list[Line]:
    lines: list[Line] = []
    for name, words in SETS.items():
        taken = median(ours.times[name])
        best: dict[str, float] = {}
        for peer in peers:
            if peer.times.get(name):
                tool = PEERS[peer.name]
                best[tool] = min(best.get(tool, float("inf")), median(peer.times[name]))
        for tool, time in best.items():
            limit, faster = LIMITS.get((name, tool), (None, "NumPy" not in tool))
            lines.append(Line(f"screen, {words}", taken, time, tool, limit, faster))
        lines.append(Line(f"twice the services, {words}", median(twice.times[name]), taken, "so many", TWICE))
    return lines


if __name__ == "__main__":
    main()
