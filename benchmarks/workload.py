"""The catalogue of `shared/bench`, written in our format: what every benchmark here is about.

`shared/bench` holds the generator of the catalogue, the reference interpreter and the peers. They are read from beside
the checkout (or from `LGBM_BENCH`), and never copied.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

_NO_BENCH = """\
the benchmarks need shared/bench, which is not beside this checkout: nothing was measured
hint: name the folder that holds gen.py in LGBM_BENCH"""

_WORDS = (
    *("support", "grant", "household", "income", "family", "child", "benefit", "pension", "housing", "energy"),
    *("education", "health", "transport", "allowance", "local", "national", "application", "office", "online"),
    *("document", "proof", "residence"),
)
_NEEDS = ("birth", "marriage", "job-loss", "retirement", "moving", "disability", "death", "study")
_CHANNELS = ("web", "phone", "post", "office")
_LAWS = 200
_SERVICES_IN_A_FILE = 100


def bench(module: str) -> Any:
    """A module of `shared/bench`; where there is none, everything ends here with a word on what is missing."""
    folder = Path(os.environ.get("LGBM_BENCH", Path(__file__).resolve().parents[2] / "shared" / "bench"))
    if not (folder / "gen.py").is_file():
        sys.exit(_NO_BENCH)
    # The generator makes a folder for its data as soon as it is imported; ours are made anew in memory.
    os.environ.setdefault("LGBM_BENCH_DATA", str(Path(tempfile.gettempdir()) / "lgbm-bench-data"))
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    return importlib.import_module(module)


def feel(node: dict[str, Any]) -> str:
    """A condition of the generator as FEEL."""
    match node["op"]:
        case "all" | "any":
            joined = (" and " if node["op"] == "all" else " or ").join(map(feel, node["args"]))
            return f"({joined})"
        case "not":
            return f"not({feel(node['arg'])})"
        case "cmp":
            return f"{node['field']} {node['cmp'].replace('==', '=')} {node['value']}"
        case "date":
            return f'{node["field"]} {node["cmp"]} @"{node["value"]}"'
        case "in":
            return f"{node['field']} in {json.dumps(node['values'])}"
        case "is":
            return node["field"] if node["value"] else f"not({node['field']})"
        case "exists":
            return f"count({node['list']}[{feel(node['where'])}]) >= 1"
        case "every":
            return f"count({node['list']}[not({feel(node['where'])})]) = 0"
        case "count":
            return f"count({node['list']}[{feel(node['where'])}]) {node['cmp']} {node['value']}"
        case other:
            raise ValueError(other)


def condition(node: dict[str, Any]) -> Any:
    """A condition of the generator as a tree of `all`, `any` and `none` whose leaves are FEEL."""
    match node["op"]:
        case "all" | "any":
            return {node["op"]: [condition(one) for one in node["args"]]}
        case "not":
            return {"none": [condition(node["arg"])]}
        case _:
            return feel(node)


def circumstances() -> dict[str, Any]:
    """The facts that the generator's rules speak of."""
    gen = bench("gen")

    def choice(options: list[str]) -> dict[str, Any]:
        return {"type": "choice", "options": {one: one.capitalize() for one in options}}

    kinds: dict[str, dict[str, Any]] = {name: {"type": "number"} for name in gen.NUM}
    kinds.update({name: choice(options) for name, options in gen.ENUM.items()})
    kinds.update({name: {"type": "boolean"} for name in gen.BOOL})
    kinds.update({name: {"type": "date"} for name in gen.DATE})
    person = {"relation": choice(gen.RELATION), "m_birth_date": {"type": "date"}}
    person.update({name: {"type": "number"} for name in gen.M_NUM})
    person.update({name: {"type": "boolean"} for name in gen.M_BOOL})
    kinds["household"] = {"type": "people", "fields": person}
    return {name: {"label": name.replace("_", " ").capitalize(), **kind} for name, kind in kinds.items()}


def taxonomy(size: int) -> str:
    """A taxonomy of *size* services with nothing but what deciding needs."""
    services = {
        name: {"label": f"Service {name}", "eligibility": condition(rule)} for name, rule in bench("gen").lowered(size)
    }
    return _yaml({"circumstances": circumstances(), "services": services})


def full_taxonomy(size: int) -> dict[str, str]:
    """A taxonomy of *size* services by file name, with everything that a real one says of a service.

    Where `bench_yaml.py` has titles in two languages, a description, events, evidence and a first day, here stand
    labels, notes, needs met, law, channels and the day from which the service exists.
    """
    gen, rng = bench("gen"), random.Random(1)
    files = {"facts.yaml": _yaml({"circumstances": circumstances()})}
    services = {name: _full_service(rule, rng) for name, rule in gen.lowered(size)}
    laws = {f"law-{one:03d}": {"label": f"Act {one}, section {one % 40}", "kind": "act"} for one in range(_LAWS)}
    files["law.yaml"] = _yaml({"legislation": laws})
    files["other.yaml"] = _yaml(
        {
            "channels": {one: {"label": one.capitalize()} for one in _CHANNELS},
            "needs": {
                one: {"label": one.replace("-", " ").capitalize(), "implied_by": "is_resident"} for one in _NEEDS
            },
            "events": {
                one: {"label": one.replace("-", " ").capitalize(), "leads_to": rng.sample(list(services), 3)}
                for one in _NEEDS
            },
        }
    )
    names = list(services)
    for start in range(0, size, _SERVICES_IN_A_FILE):
        here = {name: services[name] for name in names[start : start + _SERVICES_IN_A_FILE]}
        files[f"services-{start:04d}.yaml"] = _yaml({"services": here})
    return files


def _full_service(rule: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    return {
        "label": {
            "en": " ".join(rng.choices(_WORDS, k=5)).title(),
            "el": "Επίδομα " + " ".join(rng.choices(_WORDS, k=3)),
        },
        "notes": " ".join(rng.choices(_WORDS, k=30)) + ".",
        "meets": rng.sample(_NEEDS, 2),
        "under": [f"law-{rng.randrange(_LAWS):03d}" for _ in range(3)],
        "channels": rng.sample(_CHANNELS, 2),
        "effective": {"from": "2024-01-01"},
        "owner": f"Team {rng.randrange(100)}",
        "eligibility": condition(rule),
    }


def rule_texts(size: int) -> list[str]:
    """The distinct rule texts of a catalogue of *size* services: the leaves of its trees."""
    waiting = [condition(rule) for _, rule in bench("gen").lowered(size)]
    found: dict[str, None] = {}
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found[one] = None
        else:
            waiting.extend(part for parts in one.values() for part in parts)
    return list(found)


def _yaml(document: Any) -> str:
    import yaml

    return str(yaml.dump(document, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=120))
