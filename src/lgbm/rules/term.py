"""What a rule means: the narrow waist that every engine reads.

A term is checked: its names exist, its types fit, its dates and rates are fixed. `between`, ranges, unary tests,
`none`, tables and the like are already said in these few words. Equal meanings written alike are equal terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, TypeAlias, get_args

from attrs import evolve, field, fields_dict, frozen

from lgbm.model.values import Value
from lgbm.shown import Shown
from lgbm.source import Span

Comparison: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">="]


@frozen(repr=False)
class Type(Shown):
    """The type of a term: `boolean`, `number`, `string`, `date`, `months`, `seconds`, `list` (of *item*), `person`
    (with *fields*), `range` (of *item*), or `nothing`, the type of `null`, which fits every other.
    """

    kind: str
    unit: str | None = None
    options: frozenset[str] | None = None
    item: Type | None = None
    fields: Mapping[str, Type] | None = field(default=None, hash=False)


BOOLEAN = Type("boolean")
NUMBER = Type("number")
STRING = Type("string")
DATE = Type("date")
MONTHS = Type("months")
SECONDS = Type("seconds")
NOTHING = Type("nothing")


@frozen(cache_hash=True, repr=False)
class Const(Shown):
    """A value that is known."""

    value: Value
    kind: str
    """The type's kind, so that `1` and `true` differ."""
    figure: str = field(default="", eq=False)
    """The rate, or the row of a table, that it is the value of."""


@frozen(cache_hash=True, repr=False)
class Undefined(Shown):
    """A value that nobody can know, for a stated reason: `null`, a rate before its first date."""

    reason: str


@frozen(cache_hash=True, repr=False)
class Fact(Shown):
    """A circumstance by its id; also `receives("…")` and `eligible("…")`, which are facts of the world as well."""

    name: str
    kind: str


@frozen(cache_hash=True, repr=False)
class Local(Shown):
    """What a quantifier, a filter or a `for` speaks of."""

    name: str


@frozen(cache_hash=True, repr=False)
class Field(Shown):
    """A field of a person."""

    of: Term
    name: str
    kind: str


@frozen(cache_hash=True, repr=False)
class Apply(Shown):
    """A function of known values: unknown as soon as an argument is, bounds of sums and differences apart."""

    function: str
    arguments: tuple[Term, ...]


@frozen(cache_hash=True, repr=False)
class Compare(Shown):
    """`left operator right`, both of one type."""

    operator: Comparison
    left: Term
    right: Term


@frozen(cache_hash=True, repr=False)
class OneOf(Shown):
    """Whether a string is one of *values*."""

    of: Term
    values: frozenset[str]


@frozen(cache_hash=True, repr=False)
class And(Shown):
    """All of *parts*."""

    parts: tuple[Term, ...]


@frozen(cache_hash=True, repr=False)
class Or(Shown):
    """Any of *parts*."""

    parts: tuple[Term, ...]


@frozen(cache_hash=True, repr=False)
class Not(Shown):
    """Not *part*."""

    part: Term


@frozen(cache_hash=True, repr=False)
class If(Shown):
    """*then* where *condition* is true, *otherwise* where it is false."""

    condition: Term
    then: Term
    otherwise: Term


@frozen(cache_hash=True, repr=False)
class Some(Shown):
    """Whether *holds* is true of at least one of *items*."""

    items: Term
    local: str
    holds: Term


@frozen(cache_hash=True, repr=False)
class Every(Shown):
    """Whether *holds* is true of each of *items*."""

    items: Term
    local: str
    holds: Term


@frozen(cache_hash=True, repr=False)
class Filter(Shown):
    """Those of *items* of which *where* is true."""

    items: Term
    local: str
    where: Term


@frozen(cache_hash=True, repr=False)
class Each(Shown):
    """*value* for each of *items*."""

    items: Term
    local: str
    value: Term


@frozen(cache_hash=True, repr=False)
class ListOf(Shown):
    """A list of these."""

    items: tuple[Term, ...]


@frozen(cache_hash=True, repr=False)
class Count(Shown):
    """How many *items* there are."""

    items: Term


@frozen(cache_hash=True, repr=False)
class Sum(Shown):
    """The sum of *items*; undefined for none."""

    items: Term


@frozen(repr=False)
class Origin(Shown):
    """Where a condition was written, in what words, and by which law: the evidence of an answer."""

    span: Span = field(eq=False, repr=False)
    text: str
    because: Mapping[str, str] = field(factory=dict[str, str], eq=False)
    source: tuple[str, ...] = ()


@frozen(cache_hash=True, repr=False)
class Stated(Shown):
    """*part*, as an author stated it there. It means what *part* means."""

    part: Term
    origin: Origin = field(eq=False)


Term: TypeAlias = (
    Const | Undefined | Fact | Local | Field | Apply | Compare | OneOf | And | Or | Not | If | Some | Every | Filter
    | Each | ListOf | Count | Sum | Stated
)  # fmt: skip

Checked: TypeAlias = "tuple[Term, Type]"
"""A term and its type."""

OverList: TypeAlias = "Some | Every | Filter | Each | Count | Sum"

_PARTS: Mapping[type, tuple[str, ...]] = {
    one: tuple(name for name, about in fields_dict(one).items() if "Term" in str(about.type)) for one in get_args(Term)
}


def parts_of(term: Term) -> Iterator[Term]:
    """The terms directly inside *term*."""
    for name in _PARTS[type(term)]:
        inside = getattr(term, name)
        if isinstance(inside, tuple):
            yield from inside
        else:
            yield inside


def mapped(term: Term, change: Callable[[Term], Term]) -> Term:
    """*term* with each term directly inside it changed; *term* itself where none is."""
    changed: dict[str, Any] = {}
    for name in _PARTS[type(term)]:
        inside: Term | tuple[Term, ...] = getattr(term, name)
        if isinstance(inside, tuple):
            parts = tuple(map(change, inside))
            if any(new is not old for new, old in zip(parts, inside, strict=True)):
                changed[name] = parts
        else:
            part = change(inside)
            if part is not inside:
                changed[name] = part
    return evolve(term, **changed) if changed else term


def facts_of(term: Term) -> frozenset[str]:
    """The names of the facts that *term* reads."""
    found: set[str] = set()
    waiting = [term]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Fact):
            found.add(one.name)
        else:
            waiting.extend(parts_of(one))
    return frozenset(found)


def size_of(term: Term) -> int:
    """How many terms *term* is made of, itself included."""
    return 1 + sum(map(size_of, parts_of(term)))


def fields_of(term: Term, local: str) -> Iterator[str]:
    """The names of the fields that *term* reads of a local."""
    if isinstance(term, Field) and term.of == Local(local):
        yield term.name
    for part in parts_of(term):
        yield from fields_of(part, local)


def meaning(term: Term) -> Term:
    """*term* without the places that it was stated at."""
    while isinstance(term, Stated):
        term = term.part
    return term
