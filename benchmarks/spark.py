"""The kernel in Spark beside the same rules as pure Spark SQL: `python benchmarks/spark.py [ROWS] [SERVICES] [ROUNDS]`.

The rules, the rows and the SQL, which was written by hand, are those of `shared/bench`. Both sides have the same rows
in Spark's cache; options are numbers for the SQL, and texts for us, as in a table that somebody would screen.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from citizens import table
from measure import Line, interleaved, shown
from workload import bench, taxonomy

import lgbm
from lgbm.population import spark as on_spark

ROWS, SERVICES, ROUNDS = (int(one) for one in (*sys.argv[1:], *("1000000", "100", "3")[len(sys.argv) - 1 :]))
WHOLE_STAGE = "spark.sql.codegen.wholeStage"


def main() -> None:
    """Check that all say the same of how many, take the times, and print them."""
    gen = bench("gen")
    os.environ.update(W2_N=str(ROWS), W2_S=str(SERVICES))
    peers = bench("w2_peers")
    model = lgbm.loads(taxonomy(SERVICES))
    place = Path(tempfile.mkdtemp(prefix="lgbm-bench-spark-"))
    session = started(place)
    print(
        f"Spark {session.version} on {os.cpu_count()} cores, {ROWS:,} rows x {SERVICES} services, medians of {ROUNDS}"
    )
    lines: list[Line] = []
    for name, null in (("complete", 0.0), ("null10", 0.1)):
        drawn = gen.table(ROWS, null=null)
        texts = cached(session, place / f"{name}-texts", table(drawn, "texts"))
        cached(session, place / name, table(drawn, "codes")).createOrReplaceTempView(f"pop_{name}")
        lines += measured(session, peers, model, name, texts)
    session.stop()
    shutil.rmtree(place)
    print(shown(lines))


def started(place: Path) -> Any:
    """A session that uses all cores of this machine, and that does nothing but this."""
    os.environ.update(PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder.master("local[*]").config("spark.driver.memory", "6g")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(place),
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.debug.maxToStringFields": "10",
        "spark.driver.extraJavaOptions": f"-Djava.io.tmpdir={place}",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


def cached(session: Any, place: Path, rows: Any) -> Any:
    """Rows in Spark's cache."""
    pq.write_table(rows, place.with_suffix(".parquet"), row_group_size=131_072)
    df = session.read.parquet(str(place.with_suffix(".parquet"))).repartition(2 * (os.cpu_count() or 1)).cache()
    df.count()
    return df


def measured(session: Any, peers: Any, model: lgbm.Model, name: str, texts: Any) -> list[Line]:
    """Our times beside those of the SQL: to count, and to say of every row."""
    sql = peers.Sql("spark", name != "complete", True)

    def ours(_: None) -> tuple[list[int], list[int]]:
        found = on_spark.counts(texts, model).values()
        return [one.eligible for one in found], [one.undetermined for one in found]

    def theirs(_: None) -> tuple[list[int], list[int]]:
        found = np.array(list(session.sql(sql.counts(name)).collect()[0])).tolist()
        return found[:SERVICES], found[SERVICES:] or [0] * SERVICES

    def every(_: None) -> None:
        on_spark.screen(texts, model).write.mode("overwrite").format("noop").save()

    def theirs_every(_: None) -> None:
        session.sql(sql.services(name)).write.mode("overwrite").format("noop").save()

    def interpreted(work: Callable[[None], Any]) -> Callable[[None], Any]:
        def asked(_: None) -> Any:
            session.conf.set(WHOLE_STAGE, "false")
            try:
                return work(None)
            finally:
                session.conf.set(WHOLE_STAGE, "true")

        return asked

    assert ours(None) == theirs(None) == interpreted(theirs)(None), f"{name}: the counts differ"
    lines: list[Line] = []
    for what, our, their in (("count", ours, theirs), ("every row", every, theirs_every)):
        times = interleaved(
            {"ours": (our, [None]), "sql": (their, [None]), "off": (interpreted(their), [None])}, ROUNDS, whole=True
        )
        facts = "all facts known" if name == "complete" else "a tenth unknown"
        for beside, key in (("Spark SQL, nested", "sql"), ("the same, whole-stage code off", "off")):
            lines.append(Line(f"{what}, {facts}", times["ours"], times[key], beside, limit=1.0, faster=True))
    return lines


if __name__ == "__main__":
    main()
