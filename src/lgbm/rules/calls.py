"""Calls of functions and of tables, checked."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from lgbm.messages import rules as say
from lgbm.model.values import Months, Seconds
from lgbm.rules import syntax as s
from lgbm.rules import term as t
from lgbm.rules.fitting import Fitting, Refused
from lgbm.rules.fold import constant, folded, replaced
from lgbm.rules.functions import TO_28_FEBRUARY
from lgbm.rules.kinds import MANY, WORDS
from lgbm.rules.matching import by_name, matched, usage, with_separators
from lgbm.rules.scope import TODAY, Scope, TableShape
from lgbm.rules.signatures import FUNCTION_NAMES, REFUSED, SIGNATURES, Signature
from lgbm.rules.term import BOOLEAN, DATE, NOTHING, NUMBER, Checked, Type

_LARGEST_TABLE = 20_000
_USAGE = {
    "today": "today()", "not": "not(condition)", "list contains": "list contains(list, element)",
    "is": "is(value1, value2)", "append": "append(list, item)", "concatenate": "concatenate(list1, list2)",
    "union": "union(list1, list2)", "flatten": "flatten(list)",
}  # fmt: skip


class Calls(Fitting, ABC):
    """Checks calls of functions and tables. Their arguments are for `checked` to check."""

    @abstractmethod
    def checked(self, expr: s.Expr, scope: Scope) -> Checked:
        """The term of *expr*, and its type."""

    def _call(self, expr: s.Call, scope: Scope) -> Checked:
        name = expr.function
        if name in scope.tables:
            return self._table(expr, scope.tables[name], scope)
        match name:
            case "today" if not expr.arguments:
                return t.Fact(TODAY, "date"), DATE
            case "not" if len(expr.arguments) == 1:
                return t.Not(self._boolean(expr.arguments[0], scope, "`not`")), BOOLEAN
            case "receives" | "eligible":
                return self._passport(expr, scope), BOOLEAN
            case "count" | "sum" | "all" | "any":
                return self._aggregate(expr, scope)
            case "list contains" if len(expr.arguments) == 2:
                return self._contains(expr, scope)
            case "is" if len(expr.arguments) == 2:
                (one, first), (other, second) = (self._operand(part, scope) for part in expr.arguments)
                if first.kind != second.kind:
                    return t.Apply("known", (t.ListOf((one, other)), t.Const(False, "boolean"))), BOOLEAN
                return self._comparison(expr, "=", (one, first), (other, second)), BOOLEAN
            case "append" | "concatenate" | "union" | "flatten":
                return self._lists(expr, scope)
            case "duration" if len(expr.arguments) == 1:
                return self._duration(expr, scope)
            case _:
                pass
        if name in REFUSED:
            raise self._refused(say.outside, expr, f"`{name}`: it would need {REFUSED[name]}")
        if name in scope.unread:
            raise Refused
        if name not in SIGNATURES:
            if name in FUNCTION_NAMES:
                raise self._refused(say.wrong_arguments, expr, name, (_USAGE.get(name, f"{name}(list)"),))
            raise self._refused(say.unknown_function, expr, name, {*FUNCTION_NAMES, *scope.tables})
        return self._signed(expr, SIGNATURES[name], scope)

    def _signed(self, expr: s.Call, signatures: Sequence[Signature], scope: Scope) -> Checked:
        given = with_separators(expr, signatures[0])
        if any(isinstance(one, s.Null) for one in given):
            return t.Undefined("null"), NOTHING
        arguments = [self.checked(one, scope) for one in given]
        if any(found.kind == "nothing" for _, found in arguments):
            return t.Apply("string", tuple(term for term, _ in arguments)), NOTHING
        for signature in signatures:
            fitting = matched(signature, arguments, expr.names)
            if fitting is not None:
                terms, kind = fitting
                target = signature.target
                if target == "years and months duration" and scope.leap_day == "28 February":
                    target = TO_28_FEBRUARY
                return (terms[0] if target == "same" else folded(t.Apply(target, terms))), kind
        raise self._refused(say.wrong_arguments, expr, expr.function, map(usage, signatures))

    def _duration(self, expr: s.Call, scope: Scope) -> Checked:
        """The two kinds of duration are two types, so the text must be there to tell which."""
        found = self._signed(expr, SIGNATURES["duration"], scope)[0]
        match found:
            case t.Const(Months()) | t.Const(Seconds()):
                return constant(found.value)
            case t.Undefined():
                return found, NOTHING
            case _:
                raise self._refused(say.outside, expr, "durations from a text that is not written out")

    def _passport(self, expr: s.Call, scope: Scope) -> t.Term:
        match expr.arguments:
            case (s.Literal(str() as service, start, end),):
                if service in scope.unread:
                    raise Refused
                if service not in scope.services:
                    self._problems.append(say.unknown_service(self._place(start, end), service, scope.services))
                    raise Refused
                return t.Fact(f'{expr.function}("{service}")', "boolean")
            case _:
                raise self._refused(say.wrong_arguments, expr, expr.function, (f'{expr.function}("service-id")',))

    def _items(self, expr: s.Call, scope: Scope) -> tuple[t.Term, Type]:
        """The list of an aggregate, or its items one by one. One that is no list is an item, but for `count`."""
        only = expr.arguments[0] if len(expr.arguments) == 1 else None
        if only is not None and (expr.function == "count" or expr.names or isinstance(only, s.Range)):
            return self._list(only, scope)
        items = [self.checked(one, scope) for one in expr.arguments]
        listed = (
            items[0] if only is not None and items[0][1].kind in ("list", "nothing") else self._list_of(expr, items)
        )
        return listed[0], listed[1].item or NOTHING

    def _aggregate(self, expr: s.Call, scope: Scope) -> Checked:
        if not expr.arguments or (expr.names and expr.names != ("list",)):
            raise self._refused(say.wrong_arguments, expr, expr.function, (f"{expr.function}(list)",))
        items, item = self._items(expr, scope)
        wanted = {"sum": "number", "all": "boolean", "any": "boolean"}.get(expr.function, item.kind)
        if item.kind not in (wanted, "nothing"):
            raise self._refused(
                say.wrong_type, expr, f"`{expr.function}`", f"a list of {MANY[wanted]}", f"of {MANY[item.kind]}"
            )
        match expr.function:
            case "count":
                return t.Count(items), NUMBER
            case "sum":
                return t.Sum(items), Type("number", unit=item.unit)
            case _:
                _, local = scope.inside(None, item)
                kind = t.Every if expr.function == "all" else t.Some
                return kind(items, local, t.Local(local)), BOOLEAN

    def _contains(self, expr: s.Call, scope: Scope) -> Checked:
        listed, wanted = by_name(expr, ("list", "element"))
        if isinstance(wanted, s.Null):
            raise self._refused(say.null_test, expr)
        items, item = self._list(listed, scope)
        inner, local = scope.inside(None, item)
        return t.Some(
            items, local, self._comparison(expr, "=", (inner.bound[-1][1], item), self.checked(wanted, scope))
        ), BOOLEAN

    def _lists(self, expr: s.Call, scope: Scope) -> Checked:
        if not expr.arguments or expr.names:
            raise self._refused(say.wrong_arguments, expr, expr.function, (_USAGE[expr.function],))
        listed = [self.checked(one, scope) for one in expr.arguments]
        if expr.function == "flatten":
            items, item = self._list(expr.arguments[0], scope)
            if item.kind == "list" and (item.item is None or item.item.kind != "list") and len(listed) == 1:
                return folded(t.Apply("flatten", (items,))), item
            if item.kind != "list":
                return items, Type("list", item=item)
            raise self._refused(say.outside, expr, "lists of lists of lists")
        if expr.function == "append":
            items, item = self._list(expr.arguments[0], scope)
            for _, found in listed[1:]:
                item = self._joined(expr, item, found)
            return folded(t.Apply("append", (items, *(term for term, _ in listed[1:])))), Type("list", item=item)
        item = NOTHING
        for one in expr.arguments:
            item = self._joined(expr, item, self._list(one, scope)[1])
        return folded(t.Apply(expr.function, tuple(term for term, _ in listed))), Type("list", item=item)

    def _table(self, expr: s.Call, table: TableShape, scope: Scope) -> Checked:
        names = tuple(name for name, _ in table.inputs)
        if len(expr.arguments) != len(names) or (expr.names and set(expr.names) != set(names)):
            raise self._refused(say.wrong_arguments, expr, expr.function, (f"{expr.function}({', '.join(names)})",))
        given: dict[str, t.Term] = {}
        for argument, (name, kind) in zip(by_name(expr, names), table.inputs, strict=True):
            term, found = self.checked(argument, scope)
            if found.kind not in (kind.kind, "nothing"):
                raise self._refused(say.wrong_type, argument, f"`{name}`", WORDS[kind.kind], WORDS[found.kind])
            self._same_unit(argument, kind, found)
            self._option(argument, kind, term, f"`{name}`")
            given[name] = term
        if sum(map(t.size_of, given.values())) * len(table.rows) > _LARGEST_TABLE:
            raise self._refused(say.too_deep, expr)
        value: t.Term = t.Undefined(f"no row of `{expr.function}` fits")
        for tests, row in reversed(table.rows):
            fits = [replaced(test, t.Local(name), given[name]) for name, test in tests.items()]
            value = t.If(t.And(tuple(fits)), t.Fact(row, table.result.kind), value)
        return value, table.result

    def _operand(self, expr: s.Expr, scope: Scope) -> Checked:
        """An operand of a comparison, which may not be `null`."""
        if isinstance(expr, s.Null):
            raise self._refused(say.null_test, expr)
        return self.checked(expr, scope)

    def _boolean(self, expr: s.Expr, scope: Scope, what: str) -> t.Term:
        term, found = self.checked(expr, scope)
        if found.kind not in ("boolean", "nothing"):
            self._say(say.wrong_type, expr, what, "a condition", WORDS[found.kind])
        return term

    def _list(self, expr: s.Expr, scope: Scope) -> tuple[t.Term, Type]:
        """A list, and the type of its items. A range of whole numbers or of days is one."""
        if isinstance(expr, s.Range):
            (low, first), (high, second) = self._operand(expr.low, scope), self._operand(expr.high, scope)
            function = {("number", "number"): "numbers", ("date", "date"): "days from"}.get((first.kind, second.kind))
            if function is None or not (expr.with_low and expr.with_high):
                raise self._refused(
                    say.outside,
                    expr,
                    "list of such a range",
                    "a range of whole numbers or dates, ends included, is a list",
                )
            listed = folded(t.Apply(function, (low, high)))
            if not expr.bare:
                listed = t.If(t.Compare("<=", low, high), listed, t.Undefined("a range that ends before it begins"))
            return listed, Type(first.kind)
        term, found = self.checked(expr, scope)
        if found.kind == "nothing":
            return term, NOTHING
        if found.kind != "list":
            raise self._refused(say.wrong_result, expr, "a list", WORDS[found.kind])
        return term, found.item or NOTHING
