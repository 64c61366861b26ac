"""`Expr` to `Term`: every name exists, every type fits, every option is one; all complaints at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lgbm.messages import rules as say
from lgbm.rules import syntax as s
from lgbm.rules import term as t
from lgbm.rules.calls import Calls
from lgbm.rules.fitting import Refused
from lgbm.rules.fold import constant, either, folded
from lgbm.rules.kinds import INSTANCES, WORDS
from lgbm.rules.scope import Scope
from lgbm.rules.term import BOOLEAN, NOTHING, Checked, Type

_NOT_CHECKED: Checked = (t.Undefined("not checked"), NOTHING)


class Checker(Calls):
    """Checks expressions of one text."""

    def condition(self, expr: s.Expr, scope: Scope) -> t.Term:
        """The term of an expression that is to be true or false."""
        return self.of_kind(expr, scope, "boolean")

    def of_kind(self, expr: s.Expr, scope: Scope, kind: str | None) -> t.Term:
        """The term of an expression that is to give a value of that kind."""
        term, found = self.checked(expr, scope)
        if kind is not None and found.kind not in (kind, "nothing"):
            self._say(say.wrong_result, expr, WORDS[kind], WORDS[found.kind])
        return term

    def checked(self, expr: s.Expr, scope: Scope) -> Checked:
        """The term of *expr*, and its type. After a complaint the type fits everything: one mistake is said once."""
        try:
            return self._check(expr, scope)
        except Refused:
            return _NOT_CHECKED

    def passes(self, tests: Sequence[s.Expr], of: Checked, scope: Scope) -> t.Term:
        """Whether *of* passes any of the unary tests."""
        try:
            return self._tests(tests, of, scope)
        except Refused:
            return _NOT_CHECKED[0]

    def _tests(self, tests: Sequence[s.Expr], of: Checked, scope: Scope) -> t.Term:
        return either(self._test(test, of, scope) for test in tests)

    def _check(self, expr: s.Expr, scope: Scope) -> Checked:
        match expr:
            case s.Literal(value):
                return constant(value)
            case s.Null():
                return t.Undefined("null"), NOTHING
            case s.Name(name):
                return self._name(expr, name, scope)
            case s.Path():
                return self._path(expr, scope)
            case s.Call():
                return self._call(expr, scope)
            case s.Negative(operand):
                return self._negative(expr, operand, scope)
            case s.Logic(operator, parts):
                terms = tuple(self._flat(operator, [self._boolean(part, scope, f"`{operator}`") for part in parts]))
                return (t.And(terms) if operator == "and" else t.Or(terms)), BOOLEAN
            case s.Binary(operator, left, right):
                if operator in ("=", "!=", "<", "<=", ">", ">="):
                    return self._comparison(
                        expr, operator, self._operand(left, scope), self._operand(right, scope)
                    ), BOOLEAN
                if (segment := _hyphened(expr)) in scope.segments:
                    raise self._refused(say.segment_in_rule, expr, segment)
                return self._arithmetic(expr, operator, self.checked(left, scope), self.checked(right, scope))
            case s.Between():
                return self._between(expr, scope), BOOLEAN
            case s.In(of, tests):
                return self._tests(tests, self._operand(of, scope), scope), BOOLEAN
            case s.If():
                return self._if(expr, scope)
            case s.Quantified():
                return self._quantified(expr, scope), BOOLEAN
            case s.For():
                return self._for(expr, scope)
            case s.Filter():
                return self._filter(expr, scope)
            case s.ListOf(items):
                return self._list_of(expr, [self.checked(item, scope) for item in items])
            case s.InstanceOf(of, type_name):
                return self._instance(expr, of, type_name, scope)
            case s.Range():
                raise self._refused(say.outside, expr, "ranges as values")
            case s.Test() | s.Negated():
                raise self._refused(say.outside, expr, "unary tests outside of `in`")

    def _between(self, expr: s.Between, scope: Scope) -> t.Term:
        of = self._operand(expr.of, scope)
        least = self._comparison(expr.low, ">=", of, self._operand(expr.low, scope))
        most = self._comparison(expr.high, "<=", of, self._operand(expr.high, scope))
        return t.And((least, most))

    def _if(self, expr: s.If, scope: Scope) -> Checked:
        decided = self._boolean(expr.condition, scope, "`if`")
        (yes, first), (no, second) = self.checked(expr.then, scope), self.checked(expr.otherwise, scope)
        return t.If(decided, yes, no), self._joined(expr, first, second)

    def _quantified(self, expr: s.Quantified, scope: Scope) -> t.Term:
        listed, item = self._list(expr.items, scope)
        inner, local = scope.inside(expr.variable, item)
        kind = t.Every if expr.every else t.Some
        return kind(listed, local, self._boolean(expr.holds, inner, "`satisfies`"))

    def _for(self, expr: s.For, scope: Scope) -> Checked:
        listed, item = self._list(expr.items, scope)
        inner, local = scope.inside(expr.variable, item)
        value, found = self.checked(expr.value, inner)
        each = t.Each(listed, local, value)
        if isinstance(expr.value, s.For) and expr.value.inner:
            return t.Apply("flatten", (each,)), found
        return each, Type("list", item=found)

    def _name(self, expr: s.Expr, name: str, scope: Scope) -> Checked:
        for variable, local, item in reversed(scope.bound):
            if variable == name or (variable is None and name == "item" and "item" not in (item.fields or ())):
                return local, item
            if variable is None and item.fields and name in item.fields:
                return t.Field(local, name, item.fields[name].kind), item.fields[name]
        found = scope.facts.get(name)
        if found is not None:
            for variable, _, item in scope.bound:
                if variable is not None and name in (item.fields or ()):
                    raise self._refused(say.whose_field, expr, name, variable)
            return t.Fact(name, found.kind), found
        if name in scope.unread:
            raise Refused
        if name in scope.segments:
            raise self._refused(say.segment_in_rule, expr, name)
        if any(variable is None and item.kind == "nothing" for variable, _, item in scope.bound):
            # Of the items of an empty list, nobody can say what they have.
            return t.Undefined("null"), NOTHING
        known = {*scope.facts, *scope.unread, *scope.tables, *(one[0] for one in scope.bound if one[0])}
        known.update(field for one in scope.bound if one[0] is None for field in one[2].fields or ())
        kinds = (*scope.facts.values(), *(one[2] for one in scope.bound))
        options = {option for kind in kinds for option in _options(kind)}
        raise self._refused(say.unknown_name, expr, name, (one for one in known if "(" not in one), options)

    def _path(self, expr: s.Path, scope: Scope) -> Checked:
        of, found = self.checked(expr.of, scope)
        if found.kind == "list" and found.item and (found.item.fields is not None or found.item.kind == "nothing"):
            inner, local = scope.inside(None, found.item)
            term, item = self._field(expr, (inner.bound[-1][1], found.item))
            return t.Each(of, local, term), Type("list", item=item)
        return self._field(expr, (of, found))

    def _negative(self, expr: s.Expr, operand: s.Expr, scope: Scope) -> Checked:
        of, found = self.checked(operand, scope)
        functions = {"number": "negative", "months": "negative months", "seconds": "negative seconds"}
        if found.kind == "nothing":
            return of, NOTHING
        if found.kind not in functions:
            raise self._refused(say.wrong_type, expr, "`-`", "a number or a duration", WORDS[found.kind])
        return folded(t.Apply(functions[found.kind], (of,))), found

    def _filter(self, expr: s.Filter, scope: Scope) -> Checked:
        listed, item = self._list(expr.items, scope)
        inner, local = scope.inside(None, item)
        where, found = self.checked(expr.where, inner)
        if found.kind == "number":
            position, _ = self.checked(expr.where, scope)
            return folded(t.Apply("item", (listed, position))), item
        if found.kind not in ("boolean", "nothing"):
            raise self._refused(say.wrong_type, expr.where, "`[…]`", "a condition or a position", WORDS[found.kind])
        return t.Filter(listed, local, where), Type("list", item=item)

    def _instance(self, expr: s.Expr, of: s.Expr, type_name: str, scope: Scope) -> Checked:
        if isinstance(of, s.Null):
            raise self._refused(say.null_test, expr)
        term, found = self.checked(of, scope)
        wanted = "list" if type_name.startswith("list<") else INSTANCES.get(type_name)
        if (
            wanted is None
            or found.kind in ("nothing", "person")
            or (found.kind == wanted == "list" and type_name != "list<Any>")
        ):
            raise self._refused(say.outside, expr, f"`instance of {type_name}` here")
        # The type is settled; the value decides only whether anything is known at all.
        return t.Apply("known", (term, t.Const(wanted in ("", found.kind), "boolean"))), BOOLEAN

    def _test(self, test: s.Expr, of: Checked, scope: Scope) -> t.Term:
        match test:
            case s.Test(operator, operand):
                return self._comparison(test, operator, of, self._operand(operand, scope))
            case s.Negated(tests):
                return t.Not(self._tests(tests, of, scope))
            case s.Range(low, high, with_low, with_high):
                return t.And((
                    self._comparison(low, ">=" if with_low else ">", of, self._operand(low, scope)),
                    self._comparison(high, "<=" if with_high else "<", of, self._operand(high, scope)),
                ))  # fmt: skip
            case s.ListOf(items) if of[1].kind != "list":
                return self._tests(items, of, scope)
            case s.ListOf(items) if any(isinstance(item, s.ListOf | s.Range) for item in items):
                return self._tests(items, of, scope)
            case _:
                found = self._operand(test, scope)
                if found[1].kind == "list" and of[1].kind != "list":
                    inner, local = scope.inside(None, found[1].item or NOTHING)
                    item = (inner.bound[-1][1], found[1].item or NOTHING)
                    return t.Some(found[0], local, self._comparison(test, "=", item, of))
                return self._comparison(test, "=", of, found)

    def _flat(self, operator: str, parts: Iterable[t.Term]) -> Iterable[t.Term]:
        kind = t.And if operator == "and" else t.Or
        for part in parts:
            if isinstance(part, kind):
                yield from part.parts
            else:
                yield part


def _hyphened(expr: s.Expr) -> str:
    """`in-work` as it was written, which reads as one name less another."""
    match expr:
        case s.Name(name):
            return name
        case s.Binary("-", left, right):
            return f"{_hyphened(left)}-{_hyphened(right)}"
        case _:
            return ""


def _options(kind: Type) -> Iterable[str]:
    """The options of a type, and of what is inside it."""
    yield from kind.options or ()
    for inner in (*(kind.fields or {}).values(), *((kind.item,) if kind.item else ())):
        yield from _options(inner)
