"""A process that screens when it is asked to: `python screen_worker.py SERVICES DATASET,…`, with `W2_N` rows.

It speaks as the workers of `shared/bench` do: a line `DATASET counts` in, a line of JSON out.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from time import perf_counter, process_time
from typing import Any

from citizens import table
from workload import bench, taxonomy

import lgbm

UNKNOWN = {"complete": 0.0, "null10": 0.1}
DAY = "2026-01-01"


def main() -> None:
    """Load, say so, and answer every line."""
    services, names = int(sys.argv[1]), sys.argv[2].split(",")
    model = lgbm.loads(taxonomy(services))
    tables = {name: table(bench("gen").table(int(os.environ["W2_N"]), null=UNKNOWN[name])) for name in names}
    _say({"loaded": names})
    for line in sys.stdin:
        gc.collect()
        cpu, start = process_time(), perf_counter()
        counts = model.screen(tables[line.split()[0]], on=DAY).counts()
        taken, cpu = perf_counter() - start, process_time() - cpu
        found = [one.eligible for one in counts.values()] + [one.undetermined for one in counts.values()]
        _say({"t": taken, "cpu": cpu, "h": found})


def _say(what: dict[str, Any]) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main()
