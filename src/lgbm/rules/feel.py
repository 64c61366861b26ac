"""The rule language by itself: one expression, on values given as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from lgbm.errors import Diagnostic, ProfileError, SourceError
from lgbm.messages import profiles as say
from lgbm.model.facts import Facts, Maybe, Person, Unknown
from lgbm.model.values import Months, Seconds, number_from, tidy
from lgbm.rules.fold import fold, replaced
from lgbm.rules.rule import rule
from lgbm.rules.scope import TODAY, scope_of
from lgbm.rules.semantics import evaluate as meaning
from lgbm.rules.term import BOOLEAN, DATE, MONTHS, NOTHING, NUMBER, SECONDS, STRING, Const, Fact, Type
from lgbm.source import Source, Span

_DEEPEST = 20
_MOST_PROBLEMS = 20
"""After so many, no further value is looked at: one that holds itself twice has no end of them."""


def evaluate(expression: str, facts: Mapping[str, Any] | None = None, *, on: date | None = None) -> Any:
    """The value of a FEEL *expression*; `None` is null: not known.

    Types are inferred from the values of *facts*: numbers (`int`, `Decimal`, and a `float` by the digits that it
    prints), strings, booleans, dates, a `timedelta`, lists of one kind, and mappings, which are persons. `None` is a
    fact that is not known. *on* is the date that `today()` gives; without it, today's.

    A duration is given back as `Months` or `Seconds` of `lgbm.model.values`; as text, either is as ISO 8601 has it:
    `P1Y6M`, `P10D`.

    Text outside of our FEEL, or types that do not fit, raise `SourceError`; values that are none of these,
    `ProfileError`.

    >>> evaluate("some c in children satisfies c.age < 5", {"children": [{"age": 3}]})
    True
    """
    problems: list[Diagnostic] = []
    types: dict[str, Type] = {}
    known: dict[str, Any] = {}
    for name, given in (facts or {}).items():
        types[name], known[name] = _inferred(given, name, problems)
    if problems:
        raise ProfileError(problems)
    source = Source("rule", expression)
    found = rule(expression, scope_of(types, {}, frozenset(), frozenset(), "1 March"), None, _places(source), problems)
    if found is None:
        raise SourceError(problems)
    fixed = fold(replaced(found, Fact(TODAY, "date"), Const(on or date.today(), "date")))
    return _given_back(meaning(fixed, Facts({name: value for name, value in known.items() if value is not None})))


def _places(source: Source) -> Any:
    def place(start: int, end: int) -> Span:
        before = source.text[:start]
        line = before.count("\n") + 1
        column = start - (before.rfind("\n") + 1) + 1
        return Span(source, line, column, max(1, end - start))

    return place


def _inferred(given: Any, path: str, problems: list[Diagnostic], depth: int = 0) -> tuple[Type, Any]:
    """The type of a value as given, and the value as the rules take it."""
    if depth > _DEEPEST or len(problems) >= _MOST_PROBLEMS:
        problems.append(say.too_deep(path))
        return NOTHING, None
    match given:
        case None:
            return NOTHING, None
        case bool():
            return BOOLEAN, given
        case int() | float() | Decimal():
            text = "too long" if isinstance(given, int) and given.bit_length() > 400 else str(given)
            number = number_from(text)
            if number is None:
                problems.append(say.inexact(path, given))
            return NUMBER, number
        case str():
            return STRING, given
        case date() if not isinstance(given, datetime):
            return DATE, given
        case timedelta():
            return SECONDS, Seconds(tidy(Decimal(given // timedelta(microseconds=1)).scaleb(-6)))
        case Months():
            return MONTHS, given
        case Seconds():
            return SECONDS, given
        case list() | tuple():
            listed = cast("Sequence[object]", given)
            pairs = [_inferred(one, f"{path}[{place}]", problems, depth + 1) for place, one in enumerate(listed, 1)]
            item = NOTHING
            for found, _ in pairs:
                item = _joined(item, found, path, problems)
            return Type("list", item=item), tuple(Unknown() if value is None else value for _, value in pairs)
        case Mapping():
            whole = cast("Mapping[object, object]", given)
            fields = {str(name): _inferred(one, f"{path}.{name}", problems, depth + 1) for name, one in whole.items()}
            known = {name: value for name, (_, value) in fields.items() if value is not None}
            return Type("person", fields={name: found for name, (found, _) in fields.items()}), Person(known, path)
        case _:
            problems.append(say.strange_value(path))
            return NOTHING, None


def _joined(first: Type, second: Type, path: str, problems: list[Diagnostic]) -> Type:
    if "nothing" in (first.kind, second.kind):
        return second if first.kind == "nothing" else first
    if first.kind != second.kind:
        problems.append(say.mixed_list(path))
        return first
    if first.kind == "list":
        return Type("list", item=_joined(first.item or NOTHING, second.item or NOTHING, path, problems))
    if first.kind == "person":
        ours, theirs = first.fields or {}, second.fields or {}
        fields = {
            name: _joined(ours.get(name, NOTHING), theirs.get(name, NOTHING), path, problems)
            for name in {*ours, *theirs}
        }
        return Type("person", fields=fields)
    return first


def _given_back(value: Any) -> Any:
    match value:
        case Unknown():
            return None
        case Decimal():
            return tidy(value)
        case tuple():
            # A list of which a part may or may not be there is not known as a whole.
            items = cast("tuple[object, ...]", value)
            return None if any(isinstance(one, Maybe) for one in items) else [_given_back(one) for one in items]
        case Person():
            return {name: _given_back(one) for name, one in value.items()}
        case _:
            return value
