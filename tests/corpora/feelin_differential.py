"""The same random expressions, asked of `lgbm.feel.evaluate` and of feelin, the FEEL engine for JavaScript.

`python -m tests.corpora.feelin_differential FOLDER [--count N] [--seed N] [--nulls SHARE]`, where FOLDER is the one
that `npm install feelin` was run in. It ends with 1 where an answer differs for a reason that is not in `KNOWN`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from lgbm.errors import LgbmError
from lgbm.model.values import Months, Seconds, date_from, duration_from
from lgbm.rules.feel import evaluate
from lgbm.rules.syntax import Expr
from tests.corpora.feelin_expressions import KINDS, Draw
from tests.corpora.feelin_known import Case, Difference, alike, explained
from tests.corpora.feelin_parts import closed_parts, nearest, parsed, text_of
from tests.corpora.values import Given

ON = date(2026, 11, 21)
_NAMES = re.compile(r'"(?:[^"\\]|\\.)*"|\b(' + "|".join(sorted(KINDS, key=len, reverse=True)) + r")\b")
_SHOWN = 40

Question = tuple[str, Mapping[str, Given]]


def questions(count: int, seed: int, nulls: float) -> Iterator[Question]:
    """So many expressions, each with a value for every fact that it names."""
    draw = Draw(random.Random(seed), nulls)
    for number in range(count):
        text = draw.expression(1 + number % 4)
        inputs = draw.inputs()
        named = {found for found in _NAMES.findall(text) if found}
        yield text, {name: inputs[name] for name in sorted(named)}


def asked(feelin: Path, given: Sequence[Question]) -> list[Case]:
    """What both engines answer."""
    script = Path(__file__).with_name("feelin.mjs")
    lines = [json.dumps({"expr": text, "inputs": {n: sent(v) for n, v in inputs.items()}}) for text, inputs in given]
    command = ["node", str(script), str(feelin.resolve())]
    run = subprocess.run(command, input="\n".join(lines), capture_output=True, check=True, encoding="utf-8")
    answers = run.stdout.splitlines()
    assert len(answers) == len(given), run.stderr
    return [_case(text, inputs, json.loads(answer)) for (text, inputs), answer in zip(given, answers, strict=True)]


def _case(text: str, inputs: Mapping[str, Given], answer: Mapping[str, Any]) -> Case:
    theirs = received(answer["value"])
    try:
        return Case(text, inputs, evaluate(text, inputs, on=ON), theirs)
    except LgbmError as refusal:
        return Case(text, inputs, None, theirs, refusal.diagnostics[0].code + " " + refusal.diagnostics[0].message)


def sent(value: Given) -> Any:
    """*value* as `feelin.mjs` reads it."""
    match value:
        case date():
            return {"date": str(value)}
        case Months() | Seconds():
            return {"duration": str(value)}
        case Decimal():
            return float(value)
        case list():
            return [sent(one) for one in value]
        case dict():
            return {"person": {name: sent(one) for name, one in value.items()}}
        case _:
            return value


def received(value: Any) -> Given:
    """What `feelin.mjs` wrote, as a value."""
    match value:
        case None | bool() | int() | str():
            found: Given = value
            return found
        case float():
            return Decimal(repr(value))
        case [*items]:
            return [received(one) for one in items]
        case {"date": text}:
            return date_from(text) or f"date {text}"
        case {"duration": text}:
            return duration_from(text) or f"duration {text}"
        case {"person": fields}:
            return {name: received(one) for name, one in fields.items()}
        case _:
            return f"other {value['other']}"


def differences(feelin: Path, given: Iterable[Case]) -> list[Difference]:
    """Every difference, each traced to the smallest part that shows it."""
    wrong = [one for one in given if not one.refused and not alike(one)]
    inside = [list(closed_parts(parsed(one.text))) for one in wrong]
    asking = [(text_of(part), one.inputs) for one, listed in zip(wrong, inside, strict=True) for part in listed]
    answers = iter(asked(feelin, asking))
    found: list[Difference] = []
    for one, listed in zip(wrong, inside, strict=True):
        by_part = {id(part): next(answers) for part in listed}
        traced = list(_smallest(one, listed, by_part))
        # Where every part agrees once it stands in brackets, the two read the text itself differently.
        found += traced or [Difference(listed[-1], (), one.ours, one.theirs, one)]
    return found


def _smallest(case: Case, listed: Iterable[Expr], answers: Mapping[int, Case]) -> Iterator[Difference]:
    for part in listed:
        answer, inner = answers[id(part)], [answers[id(one)] for one in nearest(part)]
        if not alike(answer) and all(map(alike, inner)):
            yield Difference(part, tuple(one.ours for one in inner), answer.ours, answer.theirs, case)


def main(words: Sequence[str] | None = None) -> int:
    """Ask, compare, and print what was found."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("folder", type=Path)
    options.add_argument("--count", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--nulls", type=float, default=0.0)
    chosen = options.parse_args(words)
    given = asked(chosen.folder, list(questions(chosen.count, chosen.seed, chosen.nulls)))
    found = differences(chosen.folder, given)
    reasons = Counter(known.name if (known := explained(one)) else "NOT EXPLAINED" for one in found)
    answered = [one for one in given if not one.refused]
    agreed = [one for one in answered if alike(one)]
    print(f"{len(given)} expressions, {len(given) - len(answered)} refused by the types")
    print(f"{len(agreed)} answered alike, {sum(one.ours is not None for one in agreed)} of these with a value")
    print(f"{len(answered) - len(agreed)} answered differently, for {len(found)} parts of them:")
    for name, number in reasons.most_common():
        print(f"{number:8}  {name}")
    strange = sorted((str(one) for one in found if explained(one) is None), key=len)
    for one in strange[:_SHOWN]:
        print(f"  {one}")
    return 1 if strange else 0


if __name__ == "__main__":
    sys.exit(main())
