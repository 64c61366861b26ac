"""How much memory screening a Parquet file takes, as the file grows: `python benchmarks/memory.py [FOLDER]`.

People of the workload, with lists of other people, a tenth of their facts unknown, are written to three files. Each is
screened in a process of its own: everybody counted for 100 services, and the status of each row written.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workload import bench, taxonomy

SIZES = (1_000_000, 3_000_000, 10_000_000)
LIMIT = 1536
"""Megabytes that the largest may take."""
FLAT = 1.25
"""How many times what the smallest takes the largest may take."""
_CHUNK = 250_000
_GROUP = 1_000_000
_ON = "2026-01-01"
_UNKNOWN = 0.1


def main() -> None:
    """Write what is not there yet, screen each file in a process of its own, and print what each took."""
    if len(sys.argv) > 2:
        print(*measured(Path(sys.argv[2]), sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(made)
        print(f"{'rows':>12} {'file':>9} {'asked':>8} {'peak':>9} {'screening':>10} {'seconds of CPU':>15}")
        peaks: dict[str, list[int]] = {"counts": [], "write": []}
        for size in SIZES:
            path = folder / f"people-{size}.parquet"
            if not path.exists():
                subprocess.run([sys.executable, __file__, "make", str(path)], check=True, stdout=subprocess.DEVNULL)
            for asked, found in peaks.items():
                told = subprocess.run(
                    [sys.executable, __file__, asked, str(path)], check=True, capture_output=True, text=True
                )
                rows, before, peak, seconds = told.stdout.split()
                found.append(int(peak))
                print(
                    f"{int(rows):>12,} {path.stat().st_size >> 20:>6} MB {asked:>8} {peak:>6} MB"
                    f" {int(peak) - int(before):>7} MB {float(seconds):>15.1f}"
                )
        for asked, found in peaks.items():
            flat = found[-1] / found[0]
            kept = found[-1] <= LIMIT and flat <= FLAT
            print(
                f"{asked}: {found[-1]} MB at {SIZES[-1]:,} rows (limit {LIMIT}), {flat:.2f} times that at {SIZES[0]:,}"
                f" (limit {FLAT})  {'PASS' if kept else 'over'}"
            )


def measured(path: Path, asked: str) -> tuple[object, ...]:
    """Rows, megabytes before and at the peak, seconds of CPU; for `make`, the file is made and nothing is measured."""
    if asked == "make":
        _make(path, int(path.stem.partition("-")[2]))
        return ()
    import lgbm

    model = lgbm.loads(taxonomy(100))
    import lgbm.population.screening  # so that what is imported is not taken for what is read

    before, started = _peak(), time.process_time()
    screening = model.screen(path, on=_ON)
    if asked == "write":
        screening.write(path.with_suffix(".answers"))
        path.with_suffix(".answers").unlink()
    rows = next(iter(screening.counts().values())).total
    return rows, before, _peak(), time.process_time() - started


def _peak() -> int:
    """The largest resident set so far, of this process alone. A child inherits the figure of `getrusage`."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak >> (20 if sys.platform == "darwin" else 10)
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) >> 10


def _make(path: Path, size: int) -> None:
    from lgbm.population.library import pa, parquet

    part = path.with_suffix(".part")
    writer: Any = None
    held: list[Any] = []
    for batch in _people(size):
        held.append(batch)
        if sum(each.num_rows for each in held) >= _GROUP:
            writer = _written(writer, part, pa.Table.from_batches(held), parquet)
            held = []
    if held:
        writer = _written(writer, part, pa.Table.from_batches(held), parquet)
    writer.close()
    part.replace(path)


def _written(writer: Any, path: Path, table: Any, parquet: Any) -> Any:
    writer = writer or parquet.ParquetWriter(path, table.schema)
    writer.write_table(table, row_group_size=_GROUP)
    return writer


def _people(size: int) -> Iterator[Any]:
    """Record batches of people, other ones in each."""
    gen = bench("gen")
    for number, start in enumerate(range(0, size, _CHUNK)):
        yield _batch(gen, gen.table(min(_CHUNK, size - start), seed=number, null=_UNKNOWN))


def _batch(gen: Any, table: Any) -> Any:
    from lgbm.population.library import pa

    options = {**gen.ENUM, "relation": gen.RELATION}
    fields = ["relation", "m_birth_date", *gen.M_NUM, *gen.M_BOOL]

    def column(name: str) -> Any:
        known = table.get(f"{name}__ok")
        array = pa.array(table[name], mask=None if known is None else ~known)
        if name in options:
            return pa.DictionaryArray.from_arrays(array, pa.array(options[name])).dictionary_decode()
        return array.cast(pa.date32()) if "date" in name or "since" in name else array

    columns = {name: column(name) for name in (*gen.NUM, *gen.ENUM, *gen.BOOL, *gen.DATE)}
    people = pa.StructArray.from_arrays([column(name) for name in fields], fields)
    known = table.get("household__ok")
    columns["household"] = pa.ListArray.from_arrays(
        pa.array(table["offsets"]), people, mask=None if known is None else pa.array(~known)
    )
    return pa.record_batch(columns)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
