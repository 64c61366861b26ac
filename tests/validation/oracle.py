"""Run by the Python that has policyengine-uk: reads columns, asks one simulation, writes columns. It imports nothing
of ours.

`python oracle.py QUESTIONS.json ANSWERS.json`
"""

import json
import sys
import time
from pathlib import Path
from typing import Any


def asked(questions: dict[str, Any]) -> dict[str, Any]:
    """Every answer by its name: whose it is, and a list with an entry each."""
    import numpy
    from policyengine_uk import Simulation  # type: ignore[import-not-found,unused-ignore]

    members: dict[int, list[str]] = {}
    for person, household in enumerate(questions["household_of"]):
        members.setdefault(household, []).append(f"p{person}")
    groups = {f"g{number}": {"members": members[number]} for number in sorted(members)}
    situation = {
        "people": {f"p{n}": {} for n in range(len(questions["household_of"]))},
        "benunits": groups,
        "households": groups,
    }
    simulation = Simulation(situation=situation)
    year = questions["year"]
    for entity in ("person", "household", "benunit"):
        for name, column in questions[entity].items():
            variable = simulation.tax_benefit_system.get_variable(name)
            kind = variable.value_type.__name__
            if kind == "Enum":
                values: Any = variable.possible_values.encode(numpy.array(column, dtype=object))
            else:
                values = numpy.array(column, dtype={"bool": bool, "int": numpy.int64}.get(kind, numpy.float32))
            simulation.set_input(name, year, values)
    answers: dict[str, Any] = {}
    for name in questions["wanted"]:
        started = time.monotonic()
        values = numpy.asarray(simulation.calculate(name, year))
        answers[name] = {
            "entity": simulation.tax_benefit_system.get_variable(name).entity.key,
            "values": values.tolist(),
        }
        print(f"oracle: {name} in {time.monotonic() - started:.1f} s", file=sys.stderr)
    return answers


if __name__ == "__main__":
    given, taken = map(Path, sys.argv[1:3])
    taken.write_text(json.dumps(asked(json.loads(given.read_text(encoding="utf-8")))), encoding="utf-8")
