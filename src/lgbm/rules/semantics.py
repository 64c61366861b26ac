"""THE DEFINITION: what a term means, on facts of which some are not known.

A condition is true, false or unknown, by Kleene's strong logic. A number that is not known may have bounds: counts and
sums over people have them, and keep them through `+`, `-` and comparisons, so that one child known to be three settles
`count(children[age < 5]) >= 1`. Everything else of which a part is unknown is unknown, and keeps the names of the facts
that it wants for. Every other engine is held to this page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lgbm.model.facts import INFINITY, NO_LOCALS, Facts, Maybe, Unknown, bounds, doubtful, doubts_in, present
from lgbm.model.truth import Truth
from lgbm.rules import term as t
from lgbm.rules.functions import UndefinedError, apply, compared, ends_compared, ends_of

MOST_TOGETHER = 100_000
"""Combinations of items of lists, one within another, that a rule can ask about."""


def truth(condition: t.Term, facts: Facts, local: Mapping[str, object] = NO_LOCALS) -> Truth:
    """What is known of *condition*."""
    found = evaluate(condition, facts, local)
    return Truth.UNKNOWN if isinstance(found, Unknown) else Truth.TRUE if found is True else Truth.FALSE


def evaluate(term: t.Term, facts: Facts, local: Mapping[str, object] = NO_LOCALS) -> Any:
    """The value of *term*, or an `Unknown` with what is known of it. It never raises."""
    match term:
        case t.Stated(part):
            return evaluate(part, facts, local)
        case t.Const(value):
            return value
        case t.Undefined(reason):
            return Unknown(reasons=frozenset((reason,)))
        case t.Fact(name):
            return facts.value(name)
        case t.Local(name):
            return local[name]
        case t.Field(of, name):
            person = evaluate(of, facts, local)
            return facts.of_nobody(person, name) if isinstance(person, Unknown) else person.value(name)
        case t.And(parts):
            return conjunction(evaluate(part, facts, local) for part in parts)
        case t.Or(parts):
            return negation(conjunction(negation(evaluate(part, facts, local)) for part in parts))
        case t.Not(part):
            return negation(evaluate(part, facts, local))
        case t.Compare(operator, left, right):
            return comparison(operator, evaluate(left, facts, local), evaluate(right, facts, local))
        case t.OneOf(of, values):
            found = evaluate(of, facts, local)
            return found if isinstance(found, Unknown) else found in values
        case t.If():
            return choice(*(evaluate(part, facts, local) for part in (term.condition, term.then, term.otherwise)))
        case t.Apply(function, arguments):
            return application(function, [evaluate(argument, facts, local) for argument in arguments])
        case t.ListOf(items):
            return tuple(evaluate(item, facts, local) for item in items)
        case _:
            return _of_items(term, facts, local)


def _of_items(term: t.OverList, facts: Facts, local: Mapping[str, object]) -> Any:
    found = evaluate(term.items, facts, local)
    name = getattr(term, "local", "")
    if isinstance(found, Unknown):
        # What is asked of each item will be wanted as well, once it is known who they are.
        asked = [evaluate(part, facts, {**local, name: found}) for part in t.parts_of(term) if part is not term.items]
        doubt = Unknown.of(found, *doubts_in(asked))
        return doubt.within(0, INFINITY) if isinstance(term, t.Count) else doubt
    # Lists within lists within lists would never end: how many items are looked at together has a bound.
    around = local.get("", 1)
    together = (around if isinstance(around, int) else 1) * max(1, len(found))
    if together > MOST_TOGETHER:
        return Unknown(reasons=frozenset(("more combinations than can be looked at",)))
    return over(term, found, lambda one, part: evaluate(part, facts, {**local, name: one, "": together}))


def over(term: t.OverList, items: Iterable[Any], at: Callable[[Any, t.Term], Any]) -> Any:
    """What *term* says of a list, *at* giving the value of a part of it for one item."""
    pairs: list[tuple[Any, Any]] = [(one.item, one.doubt) if isinstance(one, Maybe) else (one, True) for one in items]
    match term:
        case t.Some(holds=holds):
            return negation(conjunction(negation(conjunction((here, at(one, holds)))) for one, here in pairs))
        case t.Every(holds=holds):
            return conjunction(negation(conjunction((here, negation(at(one, holds))))) for one, here in pairs)
        case t.Filter(where=where):
            return tuple(kept for one, here in pairs for kept in present(one, conjunction((here, at(one, where)))))
        case t.Each(value=value):
            return tuple(kept for one, here in pairs for kept in present(at(one, value), here))
        case t.Count():
            return total(1 if here is True else doubtful(1, here) for _, here in pairs)
        case t.Sum():
            if not pairs:
                return Unknown(reasons=frozenset(("the sum of an empty list",)))
            found = total(one if here is True else doubtful(one, here) for one, here in pairs)
            return found if any(here is True for _, here in pairs) else Unknown.of(found)


def conjunction(parts: Iterable[Any]) -> Any:
    """False as soon as a part is; else unknown for want of all that the unknown parts want for."""
    doubts: list[Unknown] = []
    for part in parts:
        if part is False:
            return False
        doubts += doubts_in((part,))
    return Unknown.of(*doubts) if doubts else True


def negation(value: Any) -> Any:
    return value if isinstance(value, Unknown) else not value


def comparison(operator: str, left: Any, right: Any) -> Any:
    doubts = doubts_in((left, right))
    if not doubts:
        return compared(operator, left, right)
    answer = ends_compared(operator, bounds(left), bounds(right))
    return Unknown.of(*doubts) if answer is None else answer


def choice(condition: Any, then: Any, otherwise: Any) -> Any:
    if not isinstance(condition, Unknown):
        return then if condition else otherwise
    doubts = doubts_in((then, otherwise))
    return then if not doubts and then == otherwise else Unknown.of(condition, *doubts)


def application(function: str, arguments: list[Any]) -> Any:
    """A function of known values; of sums and differences, the bounds too."""
    doubts = doubts_in(arguments)
    try:
        if not doubts:
            return apply(function, arguments)
        if function in ("+", "-"):
            return Unknown.of(*doubts).within(*ends_of(function, *map(bounds, arguments)))
    except UndefinedError as problem:
        return Unknown(reasons=frozenset((str(problem),)))
    return Unknown.of(*doubts)


def total(values: Iterable[Any]) -> Any:
    listed = tuple(values)
    doubts = doubts_in(listed)
    if not doubts:
        return application("sum", [listed])
    return Unknown.of(*doubts).within(*ends_of("sum", *map(bounds, listed)))
