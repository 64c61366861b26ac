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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import frozen

from lgbm.errors import LgbmError
from lgbm.model.values import Months, Seconds, date_from, duration_from, written
from lgbm.rules.feel import evaluate
from lgbm.rules.syntax import Between, Binary, Call, Expr, Filter, In, Logic, Range
from tests.corpora.feelin_expressions import KINDS, Draw
from tests.corpora.feelin_parts import closed_parts, names_in, nearest, parsed, text_of

ON = date(2026, 11, 21)
_NAMES = re.compile(r'"(?:[^"\\]|\\.)*"|\b(' + "|".join(sorted(KINDS, key=len, reverse=True)) + r")\b")


@frozen
class Case:
    """One expression with its facts, and what both engines make of it. `None` is null: not known."""

    text: str
    inputs: Mapping[str, Any]
    ours: Any
    theirs: Any
    refused: str = ""


def cases(count: int, seed: int, nulls: float) -> Iterator[tuple[str, dict[str, Any]]]:
    """So many expressions, each with a value for every fact that it names."""
    draw = Draw(random.Random(seed), nulls)
    for number in range(count):
        text = draw.expression(1 + number % 4)
        inputs = draw.inputs()
        named = {found for found in _NAMES.findall(text) if found}
        yield text, {name: inputs[name] for name in sorted(named)}


def asked(feelin: Path, given: Sequence[tuple[str, dict[str, Any]]]) -> list[Case]:
    """What both engines answer."""
    lines = "".join(
        json.dumps({"expr": text, "inputs": {n: sent(v) for n, v in inputs.items()}}) + "\n" for text, inputs in given
    )
    script = Path(__file__).with_name("feelin.mjs")
    run = subprocess.run(
        ["node", script, feelin.resolve()], input=lines, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    answers = run.stdout.splitlines()
    assert len(answers) == len(given), run.stderr
    return [_case(text, inputs, json.loads(answer)) for (text, inputs), answer in zip(given, answers, strict=True)]


def _case(text: str, inputs: dict[str, Any], answer: dict[str, Any]) -> Case:
    theirs = received(answer["value"])
    try:
        return Case(text, inputs, evaluate(text, inputs, on=ON), theirs)
    except LgbmError as refusal:
        return Case(text, inputs, None, theirs, refusal.diagnostics[0].code + " " + refusal.diagnostics[0].message)


def sent(value: Any) -> Any:
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


def received(value: Any) -> Any:
    """What `feelin.mjs` wrote, as a value."""
    match value:
        case float():
            return Decimal(repr(value))
        case list():
            return [received(one) for one in value]
        case {"date": text}:
            return date_from(text) or f"date {text}"
        case {"duration": text}:
            return duration_from(text) or f"duration {text}"
        case {"person": fields}:
            return {name: received(one) for name, one in fields.items()}
        case {"other": text}:
            return f"other {text}"
        case _:
            return value


def same(ours: Any, theirs: Any) -> bool:
    """Whether both are the same value; numbers to twelve digits, for theirs are binary."""
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    if isinstance(ours, int | Decimal) and isinstance(theirs, int | Decimal):
        return abs(Decimal(ours) - Decimal(theirs)) <= Decimal("1e-12") * max(Decimal(1), abs(Decimal(theirs)))
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return all(same(ours.get(name), theirs.get(name)) for name in {*ours, *theirs})
    return type(ours) is type(theirs) and bool(ours == theirs)


@frozen
class Difference:
    """The smallest part of an expression that the engines answer differently, while they agree on all inside of it."""

    part: Expr
    given: tuple[Any, ...]
    """The values of what is inside of it, from left to right."""
    ours: Any
    theirs: Any
    within: Case

    @property
    def label(self) -> str:
        """The function, or the sort of expression."""
        match self.part:
            case Call(function):
                return function
            case Binary(operator) | Logic(operator):
                return operator
            case _:
                return type(self.part).__name__.lower()

    def __str__(self) -> str:
        shown = ", ".join(map(_shown, self.given))
        return f"{text_of(self.part)}   of {shown}: ours {_shown(self.ours)}, theirs {_shown(self.theirs)}"


def _shown(value: Any) -> str:
    match value:
        case None:
            return "null"
        case list():
            return f"[{', '.join(map(_shown, value))}]"
        case dict():
            return f"{{{', '.join(f'{name}: {_shown(one)}' for name, one in value.items())}}}"
        case _:
            return written(value)


def differences(feelin: Path, given: Iterable[Case]) -> list[Difference]:
    """Every difference, each traced to the smallest part that shows it."""
    wrong = [one for one in given if not one.refused and not same(one.ours, one.theirs)]
    inside = [list(closed_parts(parsed(one.text))) for one in wrong]
    questions = [
        (text_of(part), dict(one.inputs)) for one, listed in zip(wrong, inside, strict=True) for part in listed
    ]
    answers = iter(asked(feelin, questions))
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
        if not same(answer.ours, answer.theirs) and all(same(one.ours, one.theirs) for one in inner):
            yield Difference(part, tuple(one.ours for one in inner), answer.ours, answer.theirs, case)


# -- what is known of


@frozen
class Known:
    """A difference that is explained: what the standard says, and where it applies, as narrowly as it can be told."""

    name: str
    standard: str
    applies: Callable[[Difference], bool]


def _has_null(value: Any) -> bool:
    if isinstance(value, list):
        return any(map(_has_null, value))
    return value is None or (isinstance(value, dict) and any(map(_has_null, value.values())))


def _of_null(one: Difference) -> bool:
    """We do not know, and something that the part reads is null."""
    read = [one.within.inputs.get(name) for name in names_in(one.part)]
    return one.ours is None and (any(map(_has_null, one.given)) or any(map(_has_null, read)))


def _of_duration(one: Difference) -> bool:
    return one.theirs is None and isinstance(one.ours, Months | Seconds) and one.label in ("negative", "*")


def _of_no_numbers(one: Difference) -> bool:
    return one.label in ("min", "max") and one.theirs is None and isinstance(one.ours, str | date)


def _of_unequal_lengths(one: Difference) -> bool:
    if one.label not in ("=", "!=") or one.theirs is not None:
        return False
    left, right = one.given
    return (
        isinstance(left, list)
        and isinstance(right, list)
        and len(left) != len(right)
        and one.ours is (one.label == "!=")
    )


def _of_mixed_duration(one: Difference) -> bool:
    """Theirs has days behind the months, and the months are ours."""
    if one.label != "years and months duration" or not isinstance(one.ours, Months):
        return False
    if isinstance(one.theirs, Seconds):
        return one.ours.months == 0 and abs(one.theirs.seconds) < 31 * 86400
    return isinstance(one.theirs, str) and re.sub(r"\d+D$", "", one.theirs) == f"duration {one.ours}"


def _of_time(one: Difference) -> bool:
    """Theirs is a date with a time, on the very day of ours."""
    return (
        one.label in ("+", "-")
        and isinstance(one.ours, date)
        and str(one.theirs).startswith(f"other FeelDateTime {one.ours}T")
    )


def _of_reversed_bounds(one: Difference) -> bool:
    """Theirs swaps bounds of which the lower is the higher one."""
    if not isinstance(one.part, Between | In) or one.ours is not False or one.theirs is not True or len(one.given) != 3:
        return False
    if isinstance(one.part, In) and not (len(one.part.tests) == 1 and isinstance(one.part.tests[0], Range)):
        return False
    of, low, high = one.given
    return bool(high < low) and bool(high <= of <= low)


def _of_no_position(one: Difference) -> bool:
    """A place that the list or the text does not have."""
    if one.label not in ("sublist", "remove", "insert before", "substring") or one.ours is not None:
        return False
    whole, place = one.given[:2]
    return isinstance(whole, list | str) and abs(place) > len(whole)


def _of_place_from_the_end(one: Difference) -> bool:
    return one.label in ("remove", "insert before") and one.given[1] < 0 and abs(one.given[1]) <= len(one.given[0])


def _of_order_by_text(one: Difference) -> bool:
    """Theirs is the middle of the numbers as their texts are ordered, or is not ordered at all."""
    numbers = one.given[0] if one.given else None
    if one.label == "median":
        middle = sorted(numbers, key=lambda number: f"{number:g}")[len(numbers) // 2] if numbers else None
        return len(numbers or ()) % 2 == 1 and same(one.theirs, middle)
    return one.label == "mode" and isinstance(one.theirs, list) and same(sorted(one.theirs), one.ours)


def _of_false_items(one: Difference) -> bool:
    return (
        isinstance(one.part, Filter)
        and isinstance(one.theirs, list)
        and False in one.ours
        and same([item for item in one.ours if item is not False], one.theirs)
    )


def _of_no_text(one: Difference) -> bool:
    return one.label == "number" and one.ours is None and one.given == ("",) and one.theirs == 0


OUT_OF_DOMAIN = "An argument outside of a parameter's domain gives null (10.3.4); there is no such place."
KNOWN: tuple[Known, ...] = (
    Known(
        "unknown is not false",
        "The standard's null in a filter, an `if` or a quantifier counts as false, and `null = null` is true. Here null "
        "is a fact that is not known yet, and it stays unknown: the language is more careful, on purpose.",
        _of_null,
    ),
    Known(
        "negated and multiplied durations", "They are durations; the TCK's 0099 and 0100 ask for them.", _of_duration
    ),
    Known(
        "min and max of texts and dates", "`min` and `max` take a list of comparable items (table 76).", _of_no_numbers
    ),
    Known(
        "lists of unequal lengths",
        "Lists are equal if they have the same length and equal items: else false.",
        _of_unequal_lengths,
    ),
    Known(
        "days in a duration of months",
        "It has whole years and months only; the TCK's 1121 asks for that.",
        _of_mixed_duration,
    ),
    Known(
        "a date and a time",
        'A date plus a duration is a date; the TCK\'s 0100 has `@"2021-01-02" - @"PT1H"` so.',
        _of_time,
    ),
    Known(
        "bounds that are swapped",
        "`e between a and b` is `e >= a and e <= b`: none is between 3 and 0.",
        _of_reversed_bounds,
    ),
    Known("no such place", OUT_OF_DOMAIN, _of_no_position),
    Known(
        "places from the end",
        "Place -1 is the last one: that is removed, and that is inserted before.",
        _of_place_from_the_end,
    ),
    Known(
        "numbers ordered as texts",
        "`median` and `mode` order numbers as numbers; the TCK's 0061 and 0062 ask so.",
        _of_order_by_text,
    ),
    Known(
        "false is an item",
        "A filter keeps the items of which its condition is true, be they false themselves.",
        _of_false_items,
    ),
    Known("an empty text is no number", "`number` takes a text that writes a number; else it gives null.", _of_no_text),
)


def explained(one: Difference) -> Known | None:
    """The known reason for a difference, if there is one."""
    return next((known for known in KNOWN if known.applies(one)), None)


# -- the whole


def main(words: Sequence[str] | None = None) -> int:
    """Ask, compare, and print what was found."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("folder", type=Path)
    options.add_argument("--count", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--nulls", type=float, default=0.0)
    chosen = options.parse_args(words)
    given = asked(chosen.folder, list(cases(chosen.count, chosen.seed, chosen.nulls)))
    found = differences(chosen.folder, given)
    reasons = Counter(known.name if (known := explained(one)) else "NOT EXPLAINED" for one in found)
    answered = [one for one in given if not one.refused]
    agreed = [one for one in answered if same(one.ours, one.theirs)]
    print(f"{len(given)} expressions, {len(given) - len(answered)} refused by the types")
    print(f"{len(agreed)} answered alike, {sum(one.ours is not None for one in agreed)} of these with a value")
    print(f"{len(answered) - len(agreed)} answered differently, for {len(found)} parts of them:")
    for name, number in reasons.most_common():
        print(f"{number:8}  {name}")
    strange = sorted((str(one) for one in found if explained(one) is None), key=len)
    for one in strange[:40]:
        print(f"  {one}")
    return 1 if strange else 0


if __name__ == "__main__":
    sys.exit(main())
