"""What would change an answer, for a service with 30 criteria: beside resolving once, and beside trying everything.

`python benchmarks/changing.py` measures this alone; it needs no peers. Whoever tries everything by hand resolves anew
for every value at which a rule turns, of every fact, of every two and of every three facts until something does.

It is seconds of the processor that are measured: one such call takes as long as a burst of other work on the machine.
"""

from __future__ import annotations

import gc
import itertools
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from statistics import median
from time import process_time
from typing import Any

from measure import ROUNDS, Line, shown

import lgbm
from lgbm.executable import Model

_DAY = date(2026, 11, 21)
_WISHED = 0.05
"""Seconds that it may take, for 30 criteria."""
_FLAGS = tuple(f"flag_{place}" for place in range(9))
_CHOICES = tuple(f"choice_{place}" for place in range(7))
_SUMS = tuple(f"sum_{place}" for place in range(10))


def taxonomy() -> str:
    """A service of 30 criteria: yes or no, choices, limits, an income that is reckoned, an age, and other ways in."""
    flags = "\n".join(f"  {name}: {{label: {name}, type: boolean}}" for name in _FLAGS)
    options = "{a: A, b: B, c: C, d: D}"
    choices = "\n".join(f"  {name}: {{label: {name}, type: choice, options: {options}}}" for name in _CHOICES)
    sums = "\n".join(f"  {name}: {{label: {name}, type: money, unit: GBP, at_least: 0}}" for name in _SUMS)
    rules = [
        "age >= 18",
        "age < 66",
        "income <= 1500",
        "income * 0.65 + sum_9 <= 1200",
        *_FLAGS[:8],
        *(f'{name} in ["a", "b"]' for name in _CHOICES),
        *(f"{name} <= {1000 * (place + 1)}" for place, name in enumerate(_SUMS[:8])),
    ]
    groups = [
        f'{{any: [{_FLAGS[8]}, sum_8 <= 500, choice_0 = "c"]}}',
        f"{{any: [{_FLAGS[0]}, {_FLAGS[8]}]}}",
        f"{{none: [sum_0 > 9000, not({_FLAGS[1]})]}}",
    ]
    assert len(rules) + len(groups) == 30
    eligibility = "\n".join([*(f"        - '{rule}'" for rule in rules), *(f"        - {one}" for one in groups)])
    return f"""
circumstances:
  born: {{label: Born, type: date, mutable: false}}
  age: {{label: Age, type: number, formula: 'years and months duration(born, today()).years'}}
  income: {{label: Income, type: money, formula: sum_0 + sum_1 + sum_2}}
{flags}
{choices}
{sums}
services:
  help:
    label: Help
    eligibility:
      all:
{eligibility}
"""


def person(wrong: int) -> dict[str, Any]:
    """Somebody of whom *wrong* facts keep her from the service."""
    facts: dict[str, Any] = {"born": "1990-05-01", **dict.fromkeys(_FLAGS, True), **dict.fromkeys(_CHOICES, "a")}
    facts |= dict.fromkeys(_SUMS, 400)
    for name, value in (("sum_5", 20000), ("choice_3", "d"), ("flag_4", False))[:wrong]:
        facts[name] = value
    return facts


def tried(model: Model, facts: dict[str, Any]) -> set[frozenset[str]]:
    """The smallest sets of facts that would do, by resolving with every value at which a rule turns."""
    values: dict[str, Sequence[Any]] = dict.fromkeys(_FLAGS, (True, False))
    values |= dict.fromkeys(_CHOICES, ("a", "b", "c", "d"))
    values |= {name: (0, 500, 500.01, 1000 * (place + 1), 20000) for place, name in enumerate(_SUMS)}
    for size in (1, 2, 3):
        found = {
            frozenset(names)
            for names in itertools.combinations(values, size)
            for chosen in itertools.product(*(values[name] for name in names))
            if model.resolve({**facts, **dict(zip(names, chosen, strict=True))}, on=_DAY)["help"].status == "eligible"
        }
        if found:
            return found
    return set()


def lines(rounds: int = ROUNDS) -> list[Line]:
    """What stands in the table: of one, two and three facts that are wrong."""
    model = lgbm.loads(taxonomy())

    def once(facts: dict[str, Any]) -> object:
        return model.resolve(facts, on=_DAY)["help"].status

    def changes(facts: dict[str, Any]) -> lgbm.Decision:
        decision = model.resolve(facts, on=_DAY)["help"]
        decision.what_would_change()
        return decision

    found: list[Line] = []
    for wrong in (1, 2, 3):
        facts = person(wrong)
        _agree(model, facts, wrong)
        turns: dict[str, Callable[[], object]] = {"ours": partial(changes, facts), "once": partial(once, facts)}
        if wrong < 3:
            # Of three facts there are hundreds of thousands of combinations: nobody waits for those.
            turns["tried"] = partial(tried, model, facts)
        taken = _taken(turns, rounds if wrong < 2 else min(rounds, 3))
        what = f"what would change, 30 criteria, {wrong} of them fail"
        found.append(Line(what, taken["ours"], _WISHED, "the wish", limit=1.0))
        found.append(Line(what, taken["ours"], taken["once"], "resolve and decide once"))
        if "tried" in taken:
            found.append(Line(what, taken["ours"], taken["tried"], "resolving all changes by hand", faster=True))
    found.append(_end(model, rounds))
    return found


def _agree(model: Model, facts: dict[str, Any], wrong: int) -> None:
    found = model.resolve(facts, on=_DAY)["help"].what_would_change()
    sets = {frozenset(move.fact for move in one.changes) for one in found.suggestions}
    assert found.proven
    assert sets == (tried(model, facts) if wrong < 3 else {frozenset(("sum_5", "choice_3", "flag_4"))}), sets


def _taken(turns: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Seconds of the processor that each takes: the median of *rounds*, taking turns, after one to warm up."""
    times: dict[str, list[float]] = {name: [] for name in turns}
    for _ in range(rounds + 1):
        for name, run in turns.items():
            gc.collect()
            start = process_time()
            run()
            times[name].append(process_time() - start)
    return {name: median(found[1:]) for name, found in times.items()}


def _end(model: Model, rounds: int) -> Line:
    decision = model.resolve(person(0), on=_DAY)["help"]
    taken = _taken({"ours": decision.what_would_end}, rounds)["ours"]
    return Line("what would end, 30 criteria", taken, _WISHED, "the wish", limit=1.0)


if __name__ == "__main__":
    print(shown(lines(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)))
