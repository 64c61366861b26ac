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
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from lgbm.rules import term as t
from lgbm.rules.compiled import Compiled
from lgbm.rules.grouping import grouped
from lgbm.rules.normal import All, AnyOf, Normal, Question, normal
from lgbm.rules.python import UNPACKED, assign, call, function_of, joined, name_of, store
from lgbm.rules.reads import READABLE, NotNative, Reads

_OPERATORS: Mapping[str, type[ast.cmpop]] = {
    "=": ast.Eq, "!=": ast.NotEq, "<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE,
}  # fmt: skip


def compiled(conditions: Sequence[t.Term], options: Mapping[str, t.Type]) -> Compiled:
    """*conditions* as one function. *options* holds the types of facts, for those that are choices."""
    return _Builder(options).build([normal(condition) for condition in conditions])


class _Builder:
    """Builds the functions of one set of conditions."""

    def __init__(self, types: Mapping[str, t.Type]) -> None:
        self._types = types
        self._reads = Reads(types)
        self._counts: dict[str, dict[Normal, str]] = {}
        self._asides: dict[Question, str] = {}
        self._tests: dict[tuple[Normal, str | None], ast.expr] = {}

    def build(self, conditions: Sequence[Normal]) -> Compiled:
        actions = [
            ast.Assign([ast.Subscript(name_of("s"), ast.Constant(place), ast.Store())], ast.Constant(1))
            for place in range(len(conditions))
        ]
        body = grouped(list(zip(conditions, actions, strict=True)), self._test)
        people, order = self._people()
        opening = [UNPACKED, *(stmt for _, stmts in self._reads.loads.values() for stmt in stmts)]
        for letter, given in (("a", "a"), ("b", "b")):
            names: list[ast.expr] = [store(letter + name[1:]) for name in order]
            if order:
                opening.append(ast.Assign([ast.Tuple(names, ast.Store())], name_of(given)))
        if self._asides:
            names = [store(name) for name in self._asides.values()]
            opening.append(ast.Assign([ast.Tuple(names, ast.Store())], name_of("d")))
        return Compiled(
            size=len(conditions),
            used=frozenset(self._reads.used),
            fields={name: frozenset(fields) for name, fields in self._reads.fields.items()},
            people=people,
            run=function_of("run", "ghrabds", [*opening, *body, ast.Pass()], self._reads.constants),
            asides=tuple(t.Not(one.of) if one.negated else one.of for one in self._asides),
            lists=tuple((name, len(found)) for name, found in sorted(self._counts.items())),
        )

    def _test(self, condition: Normal, member: str | None = None) -> ast.expr:
        """Python that says whether *condition* is true; inside of a loop over *member*, a list of people."""
        key = (condition, member)
        if key not in self._tests:
            self._tests[key] = self._tested(condition, member)
        return self._tests[key]

    def _tested(self, condition: Normal, member: str | None) -> ast.expr:
        match condition:
            case All(parts):
                return joined(ast.And(), [self._test(part, member) for part in parts])
            case AnyOf(parts):
                return joined(ast.Or(), [self._test(part, member) for part in parts])
            case Question():
                try:
                    return self._question(condition, member)
                except NotNative:
                    if member is not None:
                        raise
                    return name_of(self._asides.setdefault(condition, f"d{len(self._asides)}"))

    def _question(self, question: Question, member: str | None) -> ast.expr:
        match question.of:
            case t.Fact() | t.Field() as of if of.kind == "boolean":
                return self._atom(of, member, "n" if question.negated else "f")
            case t.Compare("=" | "!=" as operator, of, t.Const(str() as text)) if self._reads.options(of) is not None:
                return self._among(of, frozenset((text,)), operator == "!=", member)
            case t.OneOf(of, values):
                if self._reads.options(of) is not None:
                    return self._among(of, values, question.negated, member)
                tests = [
                    ast.Compare(
                        self._atom(of, member), [_OPERATORS["!=" if question.negated else "="]()], [ast.Constant(one)]
                    )
                    for one in sorted(values)
                ]
                return joined(ast.And() if question.negated else ast.Or(), tests)
            case t.Compare(operator, left, right):
                return self._compared(operator, left, right, member)
            case t.Some(items, local, holds):
                return ast.Compare(self._counted(items, local, holds, False, "a"), [ast.Gt()], [ast.Constant(0)])
            case t.Every(items, local, holds):
                return ast.Compare(self._counted(items, local, holds, True, "b"), [ast.LtE()], [ast.Constant(0)])
            case _:
                raise NotNative

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
        return joined(ast.Or() if operator == "!=" else ast.And(), tests)

    def _among(self, of: t.Term, values: frozenset[str], negated: bool, member: str | None) -> ast.expr:
        """Whether a choice is one of *values*: options are bits, an unknown is none of them or all."""
        options = self._reads.options(of) or ()
        bits = sum(1 << place for place, option in enumerate(options) if (option in values) is not negated)
        return ast.BinOp(self._atom(of, member, "x", options), ast.BitAnd(), ast.Constant(bits))

    def _counted(self, items: t.Term, local: str, holds: t.Term, negated: bool, form: str) -> ast.expr:
        """How many of *items* there are of whom *holds* is true, or false: the name of a count, asked up or down."""
        if isinstance(items, t.Filter) and not negated:
            return self._counted(
                items.items, items.local, t.And((items.where, _renamed(holds, local, items.local))), False, form
            )
        if not isinstance(items, t.Fact):
            raise NotNative
        owner = self._types.get(items.name)
        if owner is None or owner.item is None or owner.item.fields is None:
            raise NotNative
        condition = normal(_renamed(holds, local, items.name), negated)
        self._readable(condition, items.name)
        self._reads.used.add(items.name)
        self._reads.fields.setdefault(items.name, set())
        counts = self._counts.setdefault(items.name, {})
        return name_of(form + counts.setdefault(condition, f"c{sum(map(len, self._counts.values()))}")[1:])

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
                raise NotNative

    def _people(self) -> tuple[Callable[..., tuple[int, ...]] | None, list[str]]:
        """The function that counts people, and the names of its counts in order."""
        if not self._counts:
            return None, []
        order = [name for fact in sorted(self._counts) for name in self._counts[fact].values()]
        body: list[ast.stmt] = [UNPACKED, ast.Assign([store(name) for name in order], ast.Constant(0))]
        for fact in sorted(self._counts):
            adding: list[tuple[Normal, ast.stmt]] = [
                (condition, ast.AugAssign(store(name), ast.Add(), ast.Constant(1)))
                for condition, name in self._counts[fact].items()
            ]
            statements = grouped(adding, partial(self._test, member=fact))
            opening = assign("mg", ast.Attribute(name_of("m"), "get", ast.Load()))
            loop = [opening, *self._reads.members.get(fact, {}).values(), *statements]
            body.append(ast.For(store("m"), call("g", ast.Constant(fact), ast.Tuple([], ast.Load())), loop, [], None))
        body.append(ast.Return(ast.Tuple([name_of(name) for name in order], ast.Load())))
        return function_of("people", ["g", "r"], body, self._reads.constants), order

    def _atom(self, of: t.Term, member: str | None, form: str = "f", options: tuple[str, ...] = ()) -> ast.expr:
        """Python for a value; see `Reads.atom`. A count over people is a value as well."""
        if not isinstance(of, t.Count):
            return self._reads.atom(of, member, form, options)
        if member is not None or form not in ("a", "b"):
            raise NotNative
        match of.items:
            case t.Filter(inner, local, where):
                return self._counted(inner, local, where, False, form)
            case t.Fact():
                return self._counted(of.items, "", t.Const(True, "boolean"), False, form)
            case _:
                raise NotNative


def _renamed(condition: t.Term, old: str, new: str) -> t.Term:
    """*condition* with one local by another name."""
    if condition == t.Local(old):
        return t.Local(new)
    if isinstance(condition, t.Some | t.Every | t.Filter | t.Each) and condition.local == old:
        return condition
    return t.mapped(condition, lambda part: _renamed(part, old, new))


def _own(of: t.Term, member: str) -> bool:
    """Whether *of* is a simple field of the person in the loop."""
    return isinstance(of, t.Field) and of.of == t.Local(member) and of.kind in READABLE


def _kind(of: t.Term) -> str:
    match of:
        case t.Const(_, kind) | t.Fact(_, kind) | t.Field(_, _, kind):
            return kind
        case t.Count():
            return "number"
        case _:
            return ""
