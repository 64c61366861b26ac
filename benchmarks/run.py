"""All benchmarks, in one process, and one table of them: `python benchmarks/run.py [ROUNDS]`."""

from __future__ import annotations

import gc
import os
import platform
import sys

import deciding
import importing
import loading
import parsing
from measure import ROUNDS, shown
from workload import bench


def main() -> None:
    """Measure, and print. A limit that is not kept is said, and is no failure: machines are noisy."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    bench("gen")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, medians of {rounds} rounds, taking turns\n")
    lines = loading.lines(rounds)
    for size in (100, 1000):
        gc.collect()
        lines += deciding.lines(size, rounds)
    lines += parsing.lines(rounds)
    lines += importing.lines(rounds)
    print(shown(lines))
    passed = [line.verdict for line in lines if line.verdict]
    print(f"\n{passed.count('PASS')} of {len(passed)} limits kept")


if __name__ == "__main__":
    main()
