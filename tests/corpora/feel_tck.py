"""The DMN TCK's literal FEEL expressions, asked of `lgbm.feel.evaluate`.

`python -m tests.corpora.feel_tck` prints the table; `-v REASON` lists the expressions behind one line of it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from attrs import frozen

from lgbm.errors import LgbmError
from lgbm.model.values import Months, Seconds, duration_from
from lgbm.rules.feel import evaluate
from tests.corpora.places import read
from tests.corpora.values import Given, same

ON = date(2026, 11, 21)
CLOSE = Decimal("1e-8")
"""How near a number comes: the suite prints expected values rounded to eight decimal places or more."""

Verdict: TypeAlias = Literal["as expected", "unknown", "refused", "not representable", "different", "crashed"]
VERDICTS: tuple[Verdict, ...] = ("as expected", "unknown", "refused", "not representable", "different", "crashed")

_CONVERTED: Mapping[str, type | tuple[type, ...]] = {"string": str, "boolean": bool, "number": (int, Decimal)}
_LISTS = {"tStringList": "string", "tNumberList": "number"}
# The type is declared on a decision service of the suite, which a vector does not carry.
_DECLARED_BY_SERVICE = {
    ("0082-feel-coercion", "decisionService_001"): "string",
    ("0082-feel-coercion", "decisionService_002"): "string",
    ("0082-feel-coercion", "decisionService_002_b"): "string",
}


@frozen
class Answer:
    """What came of one vector. *reason*: why there is no value. *converted*: the declared type had to be applied."""

    vector: Mapping[str, Any]
    verdict: Verdict
    reason: str = ""
    converted: bool = False

    @property
    def expects_a_value(self) -> bool:
        """Whether the suite expects other than null."""
        return self.vector["expected"] is not None


class NotRepresentable(Exception):
    """A value of a type that our language does not have."""


def answers() -> list[Answer]:
    """An answer for every vector."""
    return [answer(vector) for vector in read("feel-tck/vectors.json")]


def answer(vector: Mapping[str, Any]) -> Answer:
    """What `evaluate` makes of *vector*."""
    try:
        inputs = {name: value_of(given) for name, given in vector["inputs"].items()}
    except NotRepresentable as problem:
        return Answer(vector, "not representable", f"an input is a {problem}")
    try:
        found: Given = evaluate(vector["expr"], inputs, on=ON)
    except LgbmError as refusal:
        first = refusal.diagnostics[0]
        return Answer(vector, "refused", f"{first.code} {first.message}")
    except Exception as crash:  # that there are none is what is tested
        return Answer(vector, "crashed", repr(crash))
    try:
        expected = value_of(vector["expected"])
    except NotRepresentable as problem:
        return Answer(vector, "unknown" if found is None else "different", f"the answer is a {problem}")
    if same(found, expected, CLOSE):
        return Answer(vector, "as expected")
    declared = vector["type"] or _DECLARED_BY_SERVICE.get((vector["suite"], vector["case"]))
    if found is not None and same(converted(found, declared), expected, CLOSE):
        return Answer(vector, "as expected", converted=True)
    if found is None:
        return Answer(vector, "unknown", "a value that is not known")
    return Answer(vector, "different", repr(found))


def value_of(given: Any) -> Given:
    """The value that a vector writes."""
    match given:
        case None:
            return None
        case bool():
            return bool(given)
        case [*items]:
            return [value_of(one) for one in items]
        case {"number": text}:
            return Decimal(text)
        case {"string": text}:
            return str(text)
        case {"context": fields}:
            return {name: value_of(one) for name, one in fields.items()}
        case {"date": text}:
            return _or_not(_date(text), f"date such as {text}")
        case {"duration": text}:
            return _or_not(duration_from(text), f"duration such as {text}")
        case _:
            raise NotRepresentable(next(iter(given)))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _or_not(value: date | Months | Seconds | None, what: str) -> date | Months | Seconds:
    if value is None:
        raise NotRepresentable(what)
    return value


def converted(found: Given, declared: str | None) -> Given:
    """*found* as a decision that declares its type gives it on, by the conversions of the standard.

    That comes after the expression, and is no part of our language: a list of one item becomes the item, and a value
    that does not conform becomes null.
    """
    if declared in _LISTS:
        item = _CONVERTED[_LISTS[declared]]
        return found if isinstance(found, list) and all(_conforms(one, item) for one in found) else None
    kind = _CONVERTED.get(declared or "")
    if kind is None:
        return found
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    return found if _conforms(found, kind) else None


def _conforms(value: Given, kind: type | tuple[type, ...]) -> bool:
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def counted(given: Iterable[Answer]) -> dict[bool, Counter[Verdict]]:
    """How many answers of each verdict: of vectors that expect a value, and of those that expect null."""
    found: dict[bool, Counter[Verdict]] = {True: Counter(), False: Counter()}
    for one in given:
        found[one.expects_a_value][one.verdict] += 1
    return found


def table(given: Sequence[Answer]) -> str:
    """Every verdict and every reason for there being no value, counted by what the suite expects."""
    counts = counted(given)
    lines = [_row("", "a value", "null"), *(_row(one, counts[True][one], counts[False][one]) for one in VERDICTS)]
    by_type = Counter(one.expects_a_value for one in given if one.converted)
    lines += [_row("(of those as expected, by the declared type)", by_type[True], by_type[False]), ""]
    by_reason: dict[str, Counter[bool]] = {}
    for one in given:
        if one.reason:
            by_reason.setdefault(one.reason, Counter())[one.expects_a_value] += 1
    for reason, found in sorted(by_reason.items(), key=lambda pair: (-pair[1][True], -pair[1][False], pair[0])):
        lines.append(_row(reason if len(reason) <= 90 else reason[:87] + "...", found[True], found[False]))
    return "\n".join(lines)


def _row(what: str, of_value: object, of_null: object) -> str:
    return f"{what:90} {of_value:>8} {of_null:>8}"


def main(words: Sequence[str]) -> None:
    """Print the table, or the expressions whose reason holds the words after `-v`."""
    given = answers()
    if words[:1] == ["-v"]:
        wanted = " ".join(words[1:])
        for one in given:
            if one.reason and wanted in one.reason:
                print(f"{one.vector['suite']} {one.vector['case']}: {' '.join(one.vector['expr'].split())}")
                print(f"    inputs {one.vector['inputs']}; expected {one.vector['expected']}")
                print(f"    {one.verdict}: {one.reason}")
    else:
        print(table(given))


if __name__ == "__main__":
    main(sys.argv[1:])
