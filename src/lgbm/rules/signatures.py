"""What each function of the language takes and gives.

A signature is written as `name(parameter: type, …) -> type`, with `?` behind an optional parameter and `*` behind one
that takes a list, or its items one by one. `T` is one type throughout. *target* is the name in `lgbm.rules.functions`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import frozen


@frozen
class Parameter:
    """One parameter. *spread*: its items may be given one by one in place of a list."""

    name: str
    pattern: str
    optional: bool = False
    spread: bool = False


@frozen
class Signature:
    """One way to call a function."""

    name: str
    parameters: tuple[Parameter, ...]
    result: str
    target: str


_WRITTEN = """
abs(n: number) -> number
abs(n: months) -> months = absolute months
abs(n: seconds) -> seconds = absolute seconds
floor(n: number, scale: number?) -> number
ceiling(n: number, scale: number?) -> number
decimal(n: number, scale: number) -> number
round up(n: number, scale: number) -> number
round down(n: number, scale: number) -> number
round half up(n: number, scale: number) -> number
round half down(n: number, scale: number) -> number
sqrt(number: number) -> number
exp(number: number) -> number
log(number: number) -> number
modulo(dividend: number, divisor: number) -> number
odd(number: number) -> boolean
even(number: number) -> boolean
number(from: string, grouping separator: string?, decimal separator: string?) -> number
string(from: T) -> string
string length(string: string) -> number
substring(string: string, start position: number, length: number?) -> string
substring before(string: string, match: string) -> string
substring after(string: string, match: string) -> string
upper case(string: string) -> string
lower case(string: string) -> string
contains(string: string, match: string) -> boolean
starts with(string: string, match: string) -> boolean
ends with(string: string, match: string) -> boolean
string join(list: list<string>, delimiter: string?) -> string
date(from: string) -> date
date(year: number, month: number, day: number) -> date = date of
date(from: date) -> date = same
duration(from: string) -> months
years and months duration(from: date, to: date) -> months
day of year(date: date) -> number
day of week(date: date) -> string
month of year(date: date) -> string
week of year(date: date) -> number
min(list: T*) -> T
max(list: T*) -> T
mean(list: number*) -> number
median(list: number*) -> number
mode(list: number*) -> list<number>
stddev(list: number*) -> number
product(list: number*) -> number
sublist(list: list<T>, start position: number, length: number?) -> list<T>
insert before(list: list<T>, position: number, newItem: T) -> list<T>
remove(list: list<T>, position: number) -> list<T>
list replace(list: list<T>, position: number, newItem: T) -> list<T>
reverse(list: list<T>) -> list<T>
index of(list: list<T>, match: T) -> list<number>
distinct values(list: list<T>) -> list<T>
"""

_LINE = re.compile(r"(?P<name>[^(]+)\((?P<parameters>.*)\) -> (?P<result>\S+)(?: = (?P<target>.+))?")


def _read(line: str) -> Signature:
    found = _LINE.fullmatch(line)
    assert found is not None, line
    parameters: list[Parameter] = []
    for one in found["parameters"].split(", "):
        name, pattern = one.split(": ")
        parameters.append(Parameter(name, pattern.rstrip("?*"), pattern.endswith("?"), pattern.endswith("*")))
    return Signature(found["name"], tuple(parameters), found["result"], found["target"] or found["name"])


def _grouped() -> Mapping[str, tuple[Signature, ...]]:
    found: dict[str, tuple[Signature, ...]] = {}
    for line in _WRITTEN.strip().splitlines():
        signature = _read(line)
        found[signature.name] = (*found.get(signature.name, ()), signature)
    return found


SIGNATURES: Mapping[str, tuple[Signature, ...]] = _grouped()
"""The functions with a plain signature, by name. The checker knows the others itself."""

OWN_WORD = (
    "today",
    "not",
    "count",
    "sum",
    "all",
    "any",
    "list contains",
    "is",
    "append",
    "concatenate",
    "union",
    "flatten",
)
"""Functions that the checker knows itself: they are terms of their own, or take any number of lists."""

OURS = ("receives", "eligible")
"""What we add to the standard."""

REFUSED: Mapping[str, str] = {
    "time": "a time of day",
    "date and time": "a date with a time of day",
    "now": "a date with a time of day",
    "matches": "patterns",
    "replace": "patterns",
    "split": "patterns",
    "sort": "functions as values",
    "context": "contexts",
    "context put": "contexts",
    "context merge": "contexts",
    "get value": "contexts",
    "get entries": "contexts",
    "range": "ranges as values",
    "before": "ranges as values",
    "after": "ranges as values",
    "meets": "ranges as values",
    "met by": "ranges as values",
    "overlaps": "ranges as values",
    "overlaps before": "ranges as values",
    "overlaps after": "ranges as values",
    "finishes": "ranges as values",
    "finished by": "ranges as values",
    "includes": "ranges as values",
    "during": "ranges as values",
    "starts": "ranges as values",
    "started by": "ranges as values",
    "coincides": "ranges as values",
}
"""Functions of the standard that we do not take, with what they would need."""

FUNCTION_NAMES = frozenset((*SIGNATURES, *OWN_WORD, *OURS, *REFUSED))
