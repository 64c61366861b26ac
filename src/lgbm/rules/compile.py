"""Conditions to one Python function that decides them all for one citizen.

The function is built as an `ast` tree out of terms; no author's text is in it but as constants. It answers one question
of each condition: *is it true?* Where facts are missing it runs twice: once with every unknown standing so that no
comparison with it is true (what comes out true must be true), and once so that each is (what comes out false cannot be
true). Conditions are in negation normal form, so that nothing is ever negated afterwards.

What an unknown stands as depends on how it is asked. A number or a date that is asked upwards (`>`, `>=`) is read by
one name, downwards (`<`, `<=`) by another: the least and the greatest value in the run for what must be, the other way
round in the run for what may be. So numbers of which bounds are known, counts over people among them, need nothing of
their own. A choice is a bit: an unknown one is no option, or every option. For anything else there are `MUST` and
`MAY`.

Conditions that share a part are grouped under it, so that a question is asked once for many services, and most services
are passed over without being looked at.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from heapq import heapify, heappop, heappush
from typing import Any, cast

from attrs import astuple, field, frozen

from lgbm.model.facts import INFINITY, Facts, Person, Unknown
from lgbm.rules import term as t
from lgbm.rules.normal import All, AnyOf, Normal, Question, normal
from lgbm.rules.semantics import evaluate

_DEEPEST_GROUP = 12
_OPERATORS: Mapping[str, type[ast.cmpop]] = {
    "=": ast.Eq, "!=": ast.NotEq, "<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE,
}  # fmt: skip
_NO_TYPES: dict[str, Any] = {"type_params": []} if sys.version_info >= (3, 12) else {}
_SCALARS = ("number", "string", "date", "months", "seconds")
_READABLE = (*_SCALARS, "boolean")


class Must:
    """A value of which nothing is known: a comparison is true if it must be, and none must."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        return False

    def _never(self, _other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _never
    __eq__ = __ne__ = _never


class May:
    """A value of which nothing is known: a comparison is true if it may be, and each may."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]

    def _always(self, _other: object) -> bool:
        return True

    __lt__ = __le__ = __gt__ = __ge__ = _always
    __eq__ = __ne__ = _always


MUST, MAY = Must(), May()


@frozen
class Run:
    """What stands for an unknown in one run. The members are handed to the function in this order."""

    anything: Must | May
    up: float
    down: float
    day_up: date
    day_down: date
    bits: int


_FINITE = float("inf")
MUST_BE = astuple(Run(MUST, -_FINITE, _FINITE, date.min, date.max, 0))
MAY_BE = astuple(Run(MAY, _FINITE, -_FINITE, date.max, date.min, -1))


@frozen
class Decisions:
    """For each condition in its order, 1 where it must be true; and where it may be."""

    must: bytes | bytearray
    may: bytes | bytearray


@frozen(eq=False)
class Compiled:
    """Conditions, compiled. `decide` says of each whether it must be true, and whether it may be."""

    size: int
    used: frozenset[str]
    """The facts that are read."""
    fields: Mapping[str, frozenset[str]]
    """For each list of people or person among them, the fields that are read."""
    people: Callable[..., tuple[int, ...]] | None
    run: Callable[..., None]
    asides: tuple[t.Term, ...]
    """Conditions that are left to the definition."""
    lists: tuple[tuple[str, int], ...] = field(default=())
    """The lists that are counted over, with how many counts each has."""

    def decide(self, facts: Facts) -> Decisions:
        """What is known of every condition."""
        known, get = facts.known, facts.known.get
        must = bytearray(self.size)
        asides = [evaluate(one, facts) for one in self.asides] if self.asides else ()
        least = self.people(get, MUST_BE) if self.people else ()
        if self._whole(known) and not any(isinstance(one, Unknown) for one in asides):
            self.run(get, get, MUST_BE, least, least, asides, must)
            return Decisions(must, must)
        may = bytearray(self.size)
        most = self._most(facts)
        low, high = self._views(facts)
        self.run(low, high, MUST_BE, least, most, [one is True for one in asides], must)
        self.run(high, low, MAY_BE, most, least, [one is not False for one in asides], may)
        return Decisions(must, may)

    def _whole(self, known: Mapping[str, Any]) -> bool:
        """Whether every fact that is read is known, down to the fields of people."""
        if not known.keys() >= self.used:
            return False
        for fact, names in self.fields.items():
            given = known[fact]
            people = cast("tuple[Person, ...]", given if isinstance(given, tuple) else (given,))
            for person in people:
                if not person.keys() >= names:
                    return False
        return True

    def _views(self, facts: Facts) -> tuple[Callable[..., Any], Callable[..., Any]]:
        """How facts are read at their least, and at their greatest: as they are, but for numbers with bounds only."""
        low = {name: one.low for name, one in facts.unknown.items() if name in self.used and one.low > -INFINITY}
        high = {name: one.high for name, one in facts.unknown.items() if name in self.used and one.high < INFINITY}
        if not low and not high:
            return facts.known.get, facts.known.get
        return {**facts.known, **low}.get, {**facts.known, **high}.get

    def _most(self, facts: Facts) -> Sequence[Any]:
        """The most that each count over people may be: of a list that is not known, anything."""
        if self.people is None:
            return ()
        counted = self.people(facts.known.get, MAY_BE)
        if all(fact in facts.known for fact, _ in self.lists):
            return counted
        most: list[Any] = list(counted)
        start = 0
        for fact, size in self.lists:
            if fact not in facts.known:
                most[start : start + size] = [_FINITE] * size
            start += size
        return most


def compiled(conditions: Sequence[t.Term], options: Mapping[str, t.Type]) -> Compiled:
    """*conditions* as one function. *options* holds the types of facts, for those that are choices."""
    return _Builder(options).build([normal(condition) for condition in conditions])


# A name is one node, however many times it is read: a large tree is most of the work of a first answer.
@lru_cache(maxsize=4096)
def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _store(name: str) -> ast.Name:
    return ast.Name(name, ast.Store())


def _assign(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([_store(name)], value)


def _call(function: str, *arguments: ast.expr) -> ast.expr:
    return ast.Call(_name(function), list(arguments), [])


_UNPACKED = ast.Assign([ast.Tuple([_store(name) for name in ("u", "w", "v", "y", "z", "e")], ast.Store())], _name("r"))
"""What stands for an unknown: anything, a number asked up and down, a date asked up and down, bits."""


def _placed(module: ast.Module) -> ast.Module:
    """*module* with a place at every node, which Python asks for. Nodes that stand in it often are looked at once."""
    waiting: list[ast.AST] = [module]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            if node._attributes:
                node.lineno = node.end_lineno = 1  # type: ignore[attr-defined]
                node.col_offset = node.end_col_offset = 0  # type: ignore[attr-defined]
            waiting.extend(ast.iter_child_nodes(node))
    return module


class _NotNative(Exception):
    """The generated code has no words for this: it is left to the definition."""


class _Builder:
    """Builds the functions of one set of conditions."""

    def __init__(self, types: Mapping[str, t.Type]) -> None:
        self._types = types
        self._loads: dict[str, tuple[str, list[ast.stmt]]] = {}
        self._used: set[str] = set()
        self._fields: dict[str, set[str]] = {}
        self._counts: dict[str, dict[Normal, str]] = {}
        self._members: dict[str, dict[str, ast.stmt]] = {}
        self._asides: dict[Question, str] = {}
        self._codes: dict[tuple[str, ...], tuple[str, dict[str, int]]] = {}
        self._constants: dict[str, Any] = {}
        self._tests: dict[tuple[Normal, str | None], ast.expr] = {}

    def build(self, conditions: Sequence[Normal]) -> Compiled:
        actions = [
            ast.Assign([ast.Subscript(_name("s"), ast.Constant(place), ast.Store())], ast.Constant(1))
            for place in range(len(conditions))
        ]
        body = self._grouped(list(zip(conditions, actions, strict=True)))
        people, order = self._people()
        opening = [_UNPACKED, *(stmt for _, stmts in self._loads.values() for stmt in stmts)]
        for letter, given in (("a", "a"), ("b", "b")):
            names: list[ast.expr] = [_store(letter + name[1:]) for name in order]
            if order:
                opening.append(ast.Assign([ast.Tuple(names, ast.Store())], _name(given)))
        if self._asides:
            names = [_store(name) for name in self._asides.values()]
            opening.append(ast.Assign([ast.Tuple(names, ast.Store())], _name("d")))
        return Compiled(
            size=len(conditions),
            used=frozenset(self._used),
            fields={name: frozenset(fields) for name, fields in self._fields.items()},
            people=people,
            run=self._function("run", ["g", "h", "r", "a", "b", "d", "s"], [*opening, *body, ast.Pass()]),
            asides=tuple(t.Not(one.of) if one.negated else one.of for one in self._asides),
            lists=tuple((name, len(found)) for name, found in sorted(self._counts.items())),
        )

    def _function(self, name: str, arguments: list[str], body: list[ast.stmt]) -> Callable[..., Any]:
        function = ast.FunctionDef(
            name,
            ast.arguments([], [ast.arg(one) for one in arguments], None, [], [], None, []),
            body,
            [],
            None,
            **_NO_TYPES,
        )
        module = _placed(ast.Module([function], []))
        space: dict[str, Any] = dict(self._constants)
        exec(compile(module, "<rulebook>", "exec"), space)  # noqa: S102 - our own tree; see the top of this page
        built: Callable[..., Any] = space[name]
        return built

    # -- grouping

    def _grouped(self, conditions: Sequence[tuple[Normal, ast.stmt]], member: str | None = None) -> list[ast.stmt]:
        """Statements that do the action of each condition that is true, shared parts asked once."""
        numbers: dict[Normal, int] = {}
        numbered = [
            (
                {numbers.setdefault(part, len(numbers)) for part in (one.parts if isinstance(one, All) else (one,))},
                action,
            )
            for one, action in conditions
        ]
        return self._levels(numbered, list(numbers), member, 0)

    def _levels(
        self, conditions: list[tuple[set[int], ast.stmt]], parts: list[Normal], member: str | None, depth: int
    ) -> list[ast.stmt]:
        where: dict[int, set[int]] = {}
        for place, (inside, _) in enumerate(conditions):
            for number in inside:
                where.setdefault(number, set()).add(place)
        found: list[ast.stmt] = []
        taken: set[int] = set()
        # The part that most conditions share comes first; its turn is looked at again when others have taken some away.
        turns = [
            (-len(places), number) for number, places in where.items() if len(places) > 1 and depth < _DEEPEST_GROUP
        ]
        heapify(turns)
        while turns:
            times, number = heappop(turns)
            places = where[number]
            if len(places) < 2:
                continue
            if len(places) != -times:
                heappush(turns, (-len(places), number))
                continue
            group = [conditions[place] for place in sorted(places)]
            for place in list(places):
                taken.add(place)
                for other in conditions[place][0]:
                    where[other].discard(place)
            for inside, _ in group:
                inside.discard(number)
            found.append(ast.If(self._test(parts[number], member), self._levels(group, parts, member, depth + 1), []))
        left = {place for places in where.values() for place in places}
        left.update(place for place, (inside, _) in enumerate(conditions) if not inside and place not in taken)
        for place in sorted(left):
            inside, action = conditions[place]
            # Questions before alternatives: they are cheaper, and one that is false is enough.
            ordered = sorted((parts[number] for number in sorted(inside)), key=lambda part: isinstance(part, AnyOf))
            tests = [self._test(part, member) for part in ordered]
            found.append(ast.If(_joined(ast.And(), tests), [action], []) if tests else action)
        return found

    def _test(self, condition: Normal, member: str | None = None) -> ast.expr:
        """Python that says whether *condition* is true; inside of a loop over *member*, a list of people."""
        key = (condition, member)
        if key not in self._tests:
            self._tests[key] = self._tested(condition, member)
        return self._tests[key]

    def _tested(self, condition: Normal, member: str | None) -> ast.expr:
        match condition:
            case All(parts):
                return _joined(ast.And(), [self._test(part, member) for part in parts])
            case AnyOf(parts):
                return _joined(ast.Or(), [self._test(part, member) for part in parts])
            case Question():
                try:
                    return self._question(condition, member)
                except _NotNative:
                    if member is not None:
                        raise
                    return _name(self._asides.setdefault(condition, f"d{len(self._asides)}"))

    # -- questions

    def _question(self, question: Question, member: str | None) -> ast.expr:
        match question.of:
            case t.Fact() | t.Field() as of if of.kind == "boolean":
                return self._atom(of, member, "n" if question.negated else "f")
            case t.Compare("=" | "!=" as operator, of, t.Const(str() as text)) if self._options(of) is not None:
                return self._among(of, frozenset((text,)), operator == "!=", member)
            case t.OneOf(of, values):
                if self._options(of) is not None:
                    return self._among(of, values, question.negated, member)
                tests = [
                    ast.Compare(
                        self._atom(of, member), [_OPERATORS["!=" if question.negated else "="]()], [ast.Constant(one)]
                    )
                    for one in sorted(values)
                ]
                return _joined(ast.And() if question.negated else ast.Or(), tests)
            case t.Compare(operator, left, right):
                return self._compared(operator, left, right, member)
            case t.Some(items, local, holds):
                return ast.Compare(self._counted(items, local, holds, False, "a"), [ast.Gt()], [ast.Constant(0)])
            case t.Every(items, local, holds):
                return ast.Compare(self._counted(items, local, holds, True, "b"), [ast.LtE()], [ast.Constant(0)])
            case _:
                raise _NotNative

    def _compared(self, operator: str, left: t.Term, right: t.Term, member: str | None) -> ast.expr:
        """A comparison: each side at its least or its greatest, as the direction asks."""
        kinds = {_kind(left), _kind(right)}
        if not (kinds == {"number"} or (kinds == {"date"} and t.Const in (type(left), type(right)))):
            return ast.Compare(self._atom(left, member), [_OPERATORS[operator]()], [self._atom(right, member)])
        ways: tuple[tuple[str, str, str], ...]
        match operator:
            case ">" | ">=":
                ways = (("a", operator, "b"),)
            case "<" | "<=":
                ways = (("b", operator, "a"),)
            case "=":
                ways = (("a", ">=", "b"), ("b", "<=", "a"))
            case _:
                ways = (("a", ">", "b"), ("b", "<", "a"))
        tests: list[ast.expr] = [
            ast.Compare(self._atom(left, member, way), [_OPERATORS[sign]()], [self._atom(right, member, other)])
            for way, sign, other in ways
        ]
        return _joined(ast.Or() if operator == "!=" else ast.And(), tests)

    def _options(self, of: t.Term) -> tuple[str, ...] | None:
        """The options of a choice, if *of* is one."""
        match of:
            case t.Fact(name):
                found = self._types.get(name)
            case t.Field(t.Fact(fact) | t.Local(fact), name):
                owner = self._types.get(fact)
                owner = owner.item if owner and owner.kind == "list" else owner
                found = owner.fields.get(name) if owner and owner.fields else None
            case _:
                found = None
        return tuple(sorted(found.options)) if found and found.options and found.kind == "string" else None

    def _among(self, of: t.Term, values: frozenset[str], negated: bool, member: str | None) -> ast.expr:
        """Whether a choice is one of *values*: options are bits, an unknown is none of them or all."""
        options = self._options(of) or ()
        bits = sum(1 << place for place, option in enumerate(options) if (option in values) is not negated)
        return ast.BinOp(self._atom(of, member, "x", options), ast.BitAnd(), ast.Constant(bits))

    def _atom(self, of: t.Term, member: str | None, form: str = "f", options: tuple[str, ...] = ()) -> ast.expr:
        """Python for a value. *form* says how an unknown stands: `a` asked upwards, `b` downwards, `x` as bits, `n` a
        boolean that is to be false, `f` otherwise.
        """
        getter: ast.expr
        match of:
            case t.Const(value, kind) if kind in _SCALARS and value not in (date.min, date.max):
                return ast.Constant(value) if isinstance(value, int | str) else _name(self._constant(value))
            case t.Fact(name, kind) if kind in _READABLE:
                self._used.add(name)
                getter = _name("h" if form == "b" else "g")
                return _name(self._loaded(f"{form} {name}", form, self._got(getter, name, kind, form, options)))
            case t.Field(t.Local(local), name, kind) if member == local and kind in _READABLE:
                return _name(self._of_member(local, name, kind, form, options))
            case t.Field(t.Fact(fact), name, kind) if kind in _READABLE:
                self._used.add(fact)
                self._fields.setdefault(fact, set()).add(name)
                self._constants["EMPTY"] = {}
                getter = ast.Attribute(_call("g", ast.Constant(fact), _name("EMPTY")), "get", ast.Load())
                return _name(self._loaded(f"{form} {fact}.{name}", form, self._got(getter, name, kind, form, options)))
            case t.Count(items) if member is None and form in ("a", "b"):
                match items:
                    case t.Filter(inner, local, where):
                        return self._counted(inner, local, where, False, form)
                    case t.Fact():
                        return self._counted(items, "", t.Const(True, "boolean"), False, form)
                    case _:
                        raise _NotNative
            case _:
                raise _NotNative

    def _got(self, getter: ast.expr, name: str, kind: str, form: str, options: tuple[str, ...]) -> ast.expr:
        """Python that reads a value, or what stands for it where it is unknown."""
        if form == "x":
            return _call(self._coded(options), ast.Call(getter, [ast.Constant(name)], []), _name("e"))
        unknown = {"a": "y" if kind == "date" else "w", "b": "z" if kind == "date" else "v"}.get(form, "u")
        got = ast.Call(getter, [ast.Constant(name), _name(unknown)], [])
        return ast.Compare(got, [ast.Eq()], [ast.Constant(False)]) if form == "n" else got

    def _loaded(self, key: str, form: str, got: ast.expr) -> str:
        if key not in self._loads:
            name = f"f{form}{len(self._loads)}"
            self._loads[key] = (name, [_assign(name, got)])
        return self._loads[key][0]

    def _constant(self, value: Any) -> str:
        for name, one in self._constants.items():
            if type(one) is type(value) and one == value:
                return name
        name = f"K{len(self._constants)}"
        self._constants[name] = value
        return name

    def _coded(self, options: tuple[str, ...]) -> str:
        if options not in self._codes:
            codes = {option: 1 << place for place, option in enumerate(options)}
            name = f"X{len(self._codes)}"
            self._codes[options] = name, codes
            self._constants[name] = codes.get
        return self._codes[options][0]

    # -- people

    def _counted(self, items: t.Term, local: str, holds: t.Term, negated: bool, form: str) -> ast.expr:
        """How many of *items* there are of whom *holds* is true, or false: the name of a count, asked up or down."""
        if isinstance(items, t.Filter) and not negated:
            return self._counted(
                items.items, items.local, t.And((items.where, _renamed(holds, local, items.local))), False, form
            )
        if not isinstance(items, t.Fact):
            raise _NotNative
        owner = self._types.get(items.name)
        if owner is None or owner.item is None or owner.item.fields is None:
            raise _NotNative
        condition = normal(_renamed(holds, local, items.name), negated)
        self._readable(condition, items.name)
        self._used.add(items.name)
        self._fields.setdefault(items.name, set())
        counts = self._counts.setdefault(items.name, {})
        return _name(form + counts.setdefault(condition, f"c{sum(map(len, self._counts.values()))}")[1:])

    def _readable(self, condition: Normal, member: str) -> None:
        """Whether generated code can ask this of one person; otherwise the definition is left to do it."""
        match condition:
            case All(parts) | AnyOf(parts):
                for part in parts:
                    self._readable(part, member)
            case Question(t.Field() as of) if of.kind == "boolean" and _own(of, member):
                pass
            case Question(t.Compare() | t.OneOf() as of) if all(
                isinstance(one, t.Const) or _own(one, member) for one in t.parts_of(of)
            ):
                pass
            case _:
                raise _NotNative

    def _of_member(self, member: str, name: str, kind: str, form: str, options: tuple[str, ...]) -> str:
        self._fields.setdefault(member, set()).add(name)
        reads = self._members.setdefault(member, {})
        variable = f"m{form}_{sorted(self._types[member].item.fields or ()).index(name)}"  # type: ignore[union-attr]
        if variable not in reads:
            reads[variable] = _assign(variable, self._got(_name("mg"), name, kind, form, options))
        return variable

    def _people(self) -> tuple[Callable[..., tuple[int, ...]] | None, list[str]]:
        """The function that counts people, and the names of its counts in order."""
        if not self._counts:
            return None, []
        order = [name for fact in sorted(self._counts) for name in self._counts[fact].values()]
        body: list[ast.stmt] = [
            _UNPACKED,
            ast.Assign([_store(name) for name in order], ast.Constant(0)),
        ]
        for fact in sorted(self._counts):
            adding: list[tuple[Normal, ast.stmt]] = [
                (condition, ast.AugAssign(_store(name), ast.Add(), ast.Constant(1)))
                for condition, name in self._counts[fact].items()
            ]
            statements = self._grouped(adding, fact)
            opening = _assign("mg", ast.Attribute(_name("m"), "get", ast.Load()))
            loop = [opening, *self._members.get(fact, {}).values(), *statements]
            body.append(ast.For(_store("m"), _call("g", ast.Constant(fact), ast.Tuple([], ast.Load())), loop, [], None))
        body.append(ast.Return(ast.Tuple([_name(name) for name in order], ast.Load())))
        return self._function("people", ["g", "r"], body), order


def _joined(operator: ast.boolop, tests: Sequence[ast.expr]) -> ast.expr:
    if not tests:
        return ast.Constant(isinstance(operator, ast.And))
    return tests[0] if len(tests) == 1 else ast.BoolOp(operator, list(tests))


def _renamed(condition: t.Term, old: str, new: str) -> t.Term:
    """*condition* with one local by another name."""
    if condition == t.Local(old):
        return t.Local(new)
    if isinstance(condition, t.Some | t.Every | t.Filter | t.Each) and condition.local == old:
        return condition
    return t.mapped(condition, lambda part: _renamed(part, old, new))


def _own(of: t.Term, member: str) -> bool:
    """Whether *of* is a simple field of the person in the loop."""
    return isinstance(of, t.Field) and of.of == t.Local(member) and of.kind in _READABLE


def _kind(of: t.Term) -> str:
    match of:
        case t.Const(_, kind) | t.Fact(_, kind) | t.Field(_, _, kind):
            return kind
        case t.Count():
            return "number"
        case _:
            return ""
