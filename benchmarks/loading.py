"""Files to a model, and to the first answer, beside what PyYAML takes to read the same files."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from measure import ROUNDS, Line, interleaved
from workload import bench, full_taxonomy

import lgbm

_SIZE = 1000
_LOADED, _ANSWERED = 4.0, 6.0


def lines(rounds: int = ROUNDS) -> list[Line]:
    """What stands in the table for loading. The garbage collector runs as it does by default."""
    gen = bench("gen")
    citizen = gen.profiles(1)[0]
    with TemporaryDirectory() as folder:
        for name, text in full_taxonomy(_SIZE).items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        files = sorted(Path(folder).iterdir())

        def only_yaml(_: None) -> object:
            return [yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader) for file in files]

        def load(_: None) -> object:
            return lgbm.load(folder)

        def first_answer(_: None) -> object:
            return lgbm.load(folder).resolve(citizen, on=gen.AS_OF).eligible

        turns = {"yaml": (only_yaml, [None]), "load": (load, [None]), "answer": (first_answer, [None])}
        found = interleaved(turns, rounds, whole=True)
    beside = "yaml.CSafeLoader, the same files"
    return [
        Line("load 1,000 services, all rules checked", found["load"], found["yaml"], beside, _LOADED),
        Line("load 1,000 services, to the first answer", found["answer"], found["yaml"], beside, _ANSWERED),
    ]
