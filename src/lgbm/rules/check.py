"""`Expr` to `Term`: every name exists, every type fits, every option is one; all complaints at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from lgbm.errors import Diagnostic
from lgbm.messages import rules as say
from lgbm.model.values import Months, Seconds, Value
from lgbm.rules import syntax as s
from lgbm.rules import term as t
from lgbm.rules.functions import UndefinedError, apply
from lgbm.rules.scope import TODAY, Scope, TableShape
from lgbm.rules.signatures import FUNCTION_NAMES, REFUSED, SIGNATURES, Parameter, Signature
from lgbm.rules.term import BOOLEAN, DATE, MONTHS, NOTHING, NUMBER, SECONDS, STRING, Type
from lgbm.source import Span

Place = Callable[[int, int], Span]
Checked = tuple[t.Term, Type]

_NOT_CHECKED: Checked = (t.Undefined("not checked"), NOTHING)
_ORDERED = ("number", "string", "date", "months", "seconds", "nothing")
_WORDS = {
    "boolean": "a yes or no",
    "number": "a number",
    "string": "a text",
    "date": "a date",
    "months": "a duration in months",
    "seconds": "a duration in days",
    "list": "a list",
    "person": "a person",
    "nothing": "null",
}
_MANY = {
    "boolean": "yes or no",
    "number": "numbers",
    "string": "texts",
    "date": "dates",
    "months": "durations in months",
    "seconds": "durations in days",
    "list": "lists",
    "person": "people",
    "nothing": "null",
}
_ARITHMETIC: dict[tuple[str, str, str], tuple[str, Type]] = {
    ("+", "number", "number"): ("+", NUMBER),
    ("-", "number", "number"): ("-", NUMBER),
    ("*", "number", "number"): ("*", NUMBER),
    ("/", "number", "number"): ("/", NUMBER),
    ("**", "number", "number"): ("**", NUMBER),
    ("+", "string", "string"): ("+", STRING),
    ("+", "date", "months"): ("date + months", DATE),
    ("+", "date", "seconds"): ("date + seconds", DATE),
    ("-", "date", "months"): ("date - months", DATE),
    ("-", "date", "seconds"): ("date - seconds", DATE),
    ("-", "date", "date"): ("date - date", SECONDS),
    ("+", "months", "months"): ("months + months", MONTHS),
    ("-", "months", "months"): ("months - months", MONTHS),
    ("/", "months", "months"): ("months / months", NUMBER),
    ("+", "seconds", "seconds"): ("seconds + seconds", SECONDS),
    ("-", "seconds", "seconds"): ("seconds - seconds", SECONDS),
    ("/", "seconds", "seconds"): ("seconds / seconds", NUMBER),
    ("*", "months", "number"): ("duration * number", MONTHS),
    ("*", "seconds", "number"): ("duration * number", SECONDS),
    ("/", "months", "number"): ("duration / number", MONTHS),
    ("/", "seconds", "number"): ("duration / number", SECONDS),
}
_SWAPPED = {("+", "months", "date"), ("+", "seconds", "date"), ("*", "number", "months"), ("*", "number", "seconds")}
_PARTS_OF = {
    "date": ("year", "month", "day", "weekday"),
    "months": ("years", "months"),
    "seconds": ("days", "hours", "minutes", "seconds"),
}
_INSTANCES = {
    "number": "number", "string": "string", "boolean": "boolean", "date": "date", "years and months duration": "months",
    "days and time duration": "seconds", "time": "time", "date and time": "time", "Any": "",
}  # fmt: skip


_LARGEST_TABLE = 20_000
"""Rows times the size of what they are asked about: tables asked about tables grow as powers do."""


class _Refused(Exception):
    """This part is not checked any further: what is wrong with it has been said."""


class Checker:
    """Checks expressions of one text. *place* turns a stretch of that text into where it stands; see `check`."""

    def __init__(self, place: Place, problems: list[Diagnostic]) -> None:
        self._place = place
        self._problems = problems

    def condition(self, expr: s.Expr, scope: Scope) -> t.Term:
        """The term of an expression that is to be true or false."""
        return self.of_kind(expr, scope, "boolean")

    def of_kind(self, expr: s.Expr, scope: Scope, kind: str | None) -> t.Term:
        """The term of an expression that is to give a value of that kind."""
        term, found = self.checked(expr, scope)
        if kind is not None and found.kind not in (kind, "nothing"):
            self._say(say.wrong_result, expr, _WORDS[kind], _WORDS[found.kind])
        return term

    def checked(self, expr: s.Expr, scope: Scope) -> Checked:
        """The term of *expr*, and its type. After a complaint the type fits everything: one mistake is said once."""
        try:
            return self._check(expr, scope)
        except _Refused:
            return _NOT_CHECKED

    def passes(self, tests: Sequence[s.Expr], of: Checked, scope: Scope) -> t.Term:
        """Whether *of* passes any of the unary tests."""
        try:
            return self._tests(tests, of, scope)
        except _Refused:
            return _NOT_CHECKED[0]

    def _tests(self, tests: Sequence[s.Expr], of: Checked, scope: Scope) -> t.Term:
        return _either(self._test(test, of, scope) for test in tests)

    # -- expressions

    def _check(self, expr: s.Expr, scope: Scope) -> Checked:
        match expr:
            case s.Literal(value):
                return _constant(value)
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
                return self._arithmetic(expr, operator, self.checked(left, scope), self.checked(right, scope))
            case s.Between(of, low, high):
                one = self._operand(of, scope)
                least = self._comparison(low, ">=", one, self._operand(low, scope))
                most = self._comparison(high, "<=", one, self._operand(high, scope))
                return t.And((least, most)), BOOLEAN
            case s.In(of, tests):
                return self._tests(tests, self._operand(of, scope), scope), BOOLEAN
            case s.If(condition, then, otherwise):
                decided = self._boolean(condition, scope, "`if`")
                (yes, first), (no, second) = self.checked(then, scope), self.checked(otherwise, scope)
                return t.If(decided, yes, no), self._joined(expr, first, second)
            case s.Quantified(every, variable, items, holds):
                listed, item = self._list(items, scope)
                inner, local = scope.inside(variable, item)
                kind = t.Every if every else t.Some
                return kind(listed, local, self._boolean(holds, inner, "`satisfies`")), BOOLEAN
            case s.For(variable, items, value):
                listed, item = self._list(items, scope)
                inner, local = scope.inside(variable, item)
                given, found = self.checked(value, inner)
                each = t.Each(listed, local, given)
                return self._for(expr, each, found)
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

    def _for(self, expr: s.For, each: t.Each, found: Type) -> Checked:
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
        if name in scope.segments:
            raise self._refused(say.segment_in_rule, expr, name)
        if any(variable is None and item.kind == "nothing" for variable, _, item in scope.bound):
            # Of the items of an empty list, nobody can say what they have.
            return t.Undefined("null"), NOTHING
        known = {*scope.facts, *scope.tables, *(one[0] for one in scope.bound if one[0])}
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

    def _field(self, expr: s.Path, checked: Checked) -> Checked:
        of, found = checked
        if found.kind == "nothing":
            return of, NOTHING
        if found.fields is not None:
            if expr.name not in found.fields:
                raise self._refused(say.unknown_field, expr, f"`{_shown(expr.of)}`", expr.name, found.fields)
            return t.Field(of, expr.name, found.fields[expr.name].kind), found.fields[expr.name]
        if expr.name in _PARTS_OF.get(found.kind, ()):
            return _folded(t.Apply(expr.name, (of,))), NUMBER
        raise self._refused(say.unknown_field, expr, _WORDS[found.kind], expr.name, _PARTS_OF.get(found.kind, ()))

    def _negative(self, expr: s.Expr, operand: s.Expr, scope: Scope) -> Checked:
        of, found = self.checked(operand, scope)
        functions = {"number": "negative", "months": "negative months", "seconds": "negative seconds"}
        if found.kind == "nothing":
            return of, NOTHING
        if found.kind not in functions:
            raise self._refused(say.wrong_type, expr, "`-`", "a number or a duration", _WORDS[found.kind])
        return _folded(t.Apply(functions[found.kind], (of,))), found

    def _arithmetic(self, expr: s.Expr, operator: str, left: Checked, right: Checked) -> Checked:
        (one, first), (other, second) = left, right
        if "nothing" in (first.kind, second.kind):
            return t.Apply("+", (one, other)), NOTHING
        if (operator, first.kind, second.kind) in _SWAPPED:
            (one, first), (other, second) = right, left
        found = _ARITHMETIC.get((operator, first.kind, second.kind))
        if found is None:
            raise self._refused(say.no_arithmetic, expr, operator, _WORDS[left[1].kind], _WORDS[right[1].kind])
        function, result = found
        if result is NUMBER:
            result = Type("number", unit=self._unit(expr, operator, first, second))
        return _folded(t.Apply(function, (one, other))), result

    def _unit(self, expr: s.Expr, operator: str, first: Type, second: Type) -> str | None:
        if operator in ("+", "-"):
            self._same_unit(expr, first, second)
            return first.unit or second.unit
        if operator == "*":
            return first.unit or second.unit if not (first.unit and second.unit) else None
        return first.unit if operator == "/" and not second.unit else None

    def _same_unit(self, expr: s.Expr, first: Type, second: Type) -> None:
        if first.unit and second.unit and first.unit != second.unit:
            self._say(say.units_differ, expr, first.unit, second.unit)

    def _operand(self, expr: s.Expr, scope: Scope) -> Checked:
        """An operand of a comparison, which may not be `null`."""
        if isinstance(expr, s.Null):
            raise self._refused(say.null_test, expr)
        return self.checked(expr, scope)

    def _comparison(self, expr: s.Expr, operator: str, left: Checked, right: Checked) -> t.Term:
        (one, first), (other, second) = left, right
        if first.kind != second.kind and "nothing" not in (first.kind, second.kind):
            raise self._refused(say.not_comparable, expr, _WORDS[first.kind], _WORDS[second.kind])
        if operator not in ("=", "!="):
            for found in (first, second):
                if found.kind not in _ORDERED:
                    raise self._refused(say.no_order, expr, _WORDS[found.kind])
        elif not (_plain(first) and _plain(second)):
            raise self._refused(say.outside, expr, "comparison of persons", "compare a field of each")
        if first.kind == second.kind == "list":
            self._joined(expr, first, second)
            if any(found.item and found.item.options is not None for found in (first, second)):
                raise self._refused(say.outside, expr, "comparison of sets of options", "ask with `list contains`")
        self._same_unit(expr, first, second)
        self._option(expr, first, other, _called(one))
        self._option(expr, second, one, _called(other))
        return _folded(t.Compare(operator, one, other))  # type: ignore[arg-type]

    def _option(self, expr: s.Expr, of: Type, value: t.Term, called: str) -> None:
        if of.options is not None and isinstance(value, t.Const) and value.value not in of.options:
            self._say(say.unknown_option, expr, called, str(value.value), of.options)

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

    # -- lists

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
            listed = _folded(t.Apply(function, (low, high)))
            if not expr.bare:
                listed = t.If(t.Compare("<=", low, high), listed, t.Undefined("a range that ends before it begins"))
            return listed, Type(first.kind)
        term, found = self.checked(expr, scope)
        if found.kind == "nothing":
            return term, NOTHING
        if found.kind != "list":
            raise self._refused(say.wrong_result, expr, "a list", _WORDS[found.kind])
        return term, found.item or NOTHING

    def _list_of(self, expr: s.Expr, items: Sequence[Checked]) -> Checked:
        kind = NOTHING
        for _, found in items:
            kind = self._joined(expr, kind, found)
        return _folded(t.ListOf(tuple(term for term, _ in items))), Type("list", item=kind)

    def _filter(self, expr: s.Filter, scope: Scope) -> Checked:
        listed, item = self._list(expr.items, scope)
        inner, local = scope.inside(None, item)
        where, found = self.checked(expr.where, inner)
        if found.kind == "number":
            position, _ = self.checked(expr.where, scope)
            return _folded(t.Apply("item", (listed, position))), item
        if found.kind not in ("boolean", "nothing"):
            raise self._refused(say.wrong_type, expr.where, "`[…]`", "a condition or a position", _WORDS[found.kind])
        return t.Filter(listed, local, where), Type("list", item=item)

    def _joined(self, expr: s.Expr, first: Type, second: Type) -> Type:
        """The one type of both."""
        if first.kind == "nothing" or second.kind == "nothing":
            return second if first.kind == "nothing" else first
        if first.kind != second.kind:
            raise self._refused(say.mixed_types, expr, _WORDS[first.kind], _WORDS[second.kind])
        if first.kind == "list":
            return Type("list", item=self._joined(expr, first.item or NOTHING, second.item or NOTHING))
        if first.kind == "person":
            return Type("person", fields={**(first.fields or {}), **(second.fields or {})})
        options = None if first.options is None or second.options is None else first.options | second.options
        return Type(first.kind, unit=first.unit or second.unit, options=options)

    def _instance(self, expr: s.Expr, of: s.Expr, type_name: str, scope: Scope) -> Checked:
        if isinstance(of, s.Null):
            raise self._refused(say.null_test, expr)
        term, found = self.checked(of, scope)
        wanted = "list" if type_name.startswith("list<") else _INSTANCES.get(type_name)
        if (
            wanted is None
            or found.kind in ("nothing", "person")
            or (found.kind == wanted == "list" and type_name != "list<Any>")
        ):
            raise self._refused(say.outside, expr, f"`instance of {type_name}` here")
        # The type is settled; the value decides only whether anything is known at all.
        return t.Apply("known", (term, t.Const(wanted in ("", found.kind), "boolean"))), BOOLEAN

    # -- calls

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
        if name not in SIGNATURES:
            if name in FUNCTION_NAMES:
                raise self._refused(say.wrong_arguments, expr, name, (_USAGE.get(name, f"{name}(list)"),))
            raise self._refused(say.unknown_function, expr, name, {*FUNCTION_NAMES, *scope.tables})
        return self._signed(expr, SIGNATURES[name], scope)

    def _signed(self, expr: s.Call, signatures: Sequence[Signature], scope: Scope) -> Checked:
        given = _with_separators(expr, signatures[0])
        if any(isinstance(one, s.Null) for one in given):
            return t.Undefined("null"), NOTHING
        arguments = [self.checked(one, scope) for one in given]
        if any(found.kind == "nothing" for _, found in arguments):
            return t.Apply("string", tuple(term for term, _ in arguments)), NOTHING
        for signature in signatures:
            matched = _matched(signature, arguments, expr.names)
            if matched is not None:
                terms, kind = matched
                term = terms[0] if signature.target == "same" else _folded(t.Apply(signature.target, terms))
                return term, kind
        raise self._refused(say.wrong_arguments, expr, expr.function, map(_usage, signatures))

    def _duration(self, expr: s.Call, scope: Scope) -> Checked:
        """The two kinds of duration are two types, so the text must be there to tell which."""
        found = self._signed(expr, SIGNATURES["duration"], scope)[0]
        match found:
            case t.Const(Months()) | t.Const(Seconds()):
                return _constant(found.value)
            case t.Undefined():
                return found, NOTHING
            case _:
                raise self._refused(say.outside, expr, "durations from a text that is not written out")

    def _passport(self, expr: s.Call, scope: Scope) -> t.Term:
        match expr.arguments:
            case (s.Literal(str() as service, start, end),):
                if service not in scope.services:
                    self._problems.append(say.unknown_service(self._place(start, end), service, scope.services))
                    raise _Refused
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
                say.wrong_type, expr, f"`{expr.function}`", f"a list of {_MANY[wanted]}", f"of {_MANY[item.kind]}"
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
        listed, wanted = _by_name(expr, ("list", "element"))
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
                return _folded(t.Apply("flatten", (items,))), item
            if item.kind != "list":
                return items, Type("list", item=item)
            raise self._refused(say.outside, expr, "lists of lists of lists")
        if expr.function == "append":
            items, item = self._list(expr.arguments[0], scope)
            for _, found in listed[1:]:
                item = self._joined(expr, item, found)
            return _folded(t.Apply("append", (items, *(term for term, _ in listed[1:])))), Type("list", item=item)
        item = NOTHING
        for one in expr.arguments:
            item = self._joined(expr, item, self._list(one, scope)[1])
        return _folded(t.Apply(expr.function, tuple(term for term, _ in listed))), Type("list", item=item)

    def _table(self, expr: s.Call, table: TableShape, scope: Scope) -> Checked:
        names = tuple(name for name, _ in table.inputs)
        if len(expr.arguments) != len(names) or (expr.names and set(expr.names) != set(names)):
            raise self._refused(say.wrong_arguments, expr, expr.function, (f"{expr.function}({', '.join(names)})",))
        given: dict[str, t.Term] = {}
        for argument, (name, kind) in zip(_by_name(expr, names), table.inputs, strict=True):
            term, found = self.checked(argument, scope)
            if found.kind not in (kind.kind, "nothing"):
                raise self._refused(say.wrong_type, argument, f"`{name}`", _WORDS[kind.kind], _WORDS[found.kind])
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

    # -- small things

    def _boolean(self, expr: s.Expr, scope: Scope, what: str) -> t.Term:
        term, found = self.checked(expr, scope)
        if found.kind not in ("boolean", "nothing"):
            self._say(say.wrong_type, expr, what, "a condition", _WORDS[found.kind])
        return term

    def _flat(self, operator: str, parts: Iterable[t.Term]) -> Iterable[t.Term]:
        kind = t.And if operator == "and" else t.Or
        for part in parts:
            if isinstance(part, kind):
                yield from part.parts
            else:
                yield part

    def _say(self, message: Callable[..., Diagnostic], expr: s.Expr, *words: object) -> None:
        self._problems.append(message(self._place(expr.start, expr.end), *words))

    def _refused(self, message: Callable[..., Diagnostic], expr: s.Expr, *words: object) -> _Refused:
        self._say(message, expr, *words)
        return _Refused()


_USAGE = {
    "today": "today()", "not": "not(condition)", "list contains": "list contains(list, element)",
    "is": "is(value1, value2)", "append": "append(list, item)", "concatenate": "concatenate(list1, list2)",
    "union": "union(list1, list2)", "flatten": "flatten(list)",
}  # fmt: skip


def _constant(value: Value) -> Checked:
    kind = next(kind for sort, kind in _KINDS if isinstance(value, sort))
    return t.Const(value, kind), Type(kind)


_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "boolean"), (str, "string"), (Months, "months"), (Seconds, "seconds"), (tuple, "list"),
    (date, "date"), (int, "number"), (Decimal, "number"),
)  # fmt: skip


def _either(parts: Iterable[t.Term]) -> t.Term:
    """Any of *parts*; equalities of one string with constants become one question."""
    listed = tuple(parts)
    if not listed:
        return t.Const(False, "boolean")
    if len(listed) == 1:
        return listed[0]
    match listed[0]:
        case t.Compare("=", of, t.Const(str())) if all(
            isinstance(one, t.Compare) and one.operator == "=" and one.left == of and isinstance(one.right, t.Const)
            for one in listed
        ):
            return t.OneOf(of, frozenset(one.right.value for one in listed))  # type: ignore[union-attr, misc]
        case _:
            return t.Or(listed)


def _folded(term: t.Term) -> t.Term:
    """*term*, or its value where all its parts are constants."""
    values: list[Value] = []
    for part in t.parts_of(term):
        if not isinstance(part, t.Const):
            return term
        values.append(part.value)
    match term:
        case t.Apply(function):
            try:
                return _constant(apply(function, values))[0]
            except UndefinedError as problem:
                return t.Undefined(str(problem))
        case t.ListOf():
            return t.Const(tuple(values), "list")
        case _:
            return term


def fold(term: t.Term) -> t.Term:
    """The same meaning with constants worked out, all the way down."""
    return _rebuilt(term, lambda one: _folded(one) if isinstance(one, t.Apply | t.ListOf) else one)


def replaced(term: t.Term, old: t.Term, new: t.Term) -> t.Term:
    """*term* with *new* wherever *old* stands."""
    return _rebuilt(term, lambda one: new if one == old else one)


def _rebuilt(term: t.Term, change: Callable[[t.Term], t.Term]) -> t.Term:
    return change(t.mapped(term, lambda part: _rebuilt(part, change)))


def _plain(found: Type) -> bool:
    return found.kind != "person" and (found.item is None or _plain(found.item))


def _shown(expr: s.Expr) -> str:
    match expr:
        case s.Name(name) | s.Path(_, name):
            return name
        case _:
            return "this"


def _called(term: t.Term) -> str:
    return f"`{term.name}`" if isinstance(term, t.Fact | t.Field) else "the circumstance"


def _usage(signature: Signature) -> str:
    shown = [f"{one.name}: {_pattern(one)}{' or nothing' if one.optional else ''}" for one in signature.parameters]
    return f"{signature.name}({', '.join(shown)})"


def _pattern(parameter: Parameter) -> str:
    """What a parameter takes, in words."""
    kind = parameter.pattern.removeprefix("list<").removesuffix(">")
    if parameter.spread or parameter.pattern != kind:
        return "list" if kind == "T" else f"list of {_MANY[kind]}"
    return "any value" if kind == "T" else _WORDS[kind].removeprefix("a ")


def _options(kind: Type) -> Iterable[str]:
    """The options of a type, and of what is inside it."""
    yield from kind.options or ()
    for inner in (*(kind.fields or {}).values(), *((kind.item,) if kind.item else ())):
        yield from _options(inner)


_SEPARATORS = {"grouping separator": "", "decimal separator": ".", "delimiter": ""}


def _with_separators(expr: s.Call, signature: Signature) -> Sequence[s.Expr]:
    """The arguments, a separator that is `null` written out: by the standard, here null is not a missing value."""
    names = expr.names or tuple(one.name for one in signature.parameters)
    stands_for = [_SEPARATORS.get(name) for name in names] + [None] * len(expr.arguments)
    return [
        s.Literal(text, one.start, one.end) if isinstance(one, s.Null) and text is not None else one
        for one, text in zip(expr.arguments, stands_for, strict=False)
    ]


def _by_name(expr: s.Call, names: Sequence[str]) -> Sequence[s.Expr]:
    if not expr.names:
        return expr.arguments
    given = dict(zip(expr.names, expr.arguments, strict=True))
    return [given[name] for name in names] if set(given) == set(names) else expr.arguments


def _matched(
    signature: Signature, arguments: Sequence[Checked], names: Sequence[str]
) -> tuple[tuple[t.Term, ...], Type] | None:
    """The arguments in order and the result's type, if *signature* takes them."""
    parameters = signature.parameters
    if names:
        given = dict(zip(names, arguments, strict=True))
        if len(given) != len(names) or not set(given) <= {one.name for one in parameters}:
            return None
        parameters = tuple(one for one in parameters if one.name in given or not one.optional)
        if len(parameters) != len(given):
            return None
        if parameters != signature.parameters[: len(parameters)]:
            return None
        arguments = [given[one.name] for one in parameters]
    elif parameters[0].spread and not (len(arguments) == 1 and arguments[0][1].kind == "list"):
        if not arguments:
            return None
        kinds = [found for _, found in arguments]
        spread = t.ListOf(tuple(term for term, _ in arguments))
        item = kinds[0]
        if any(kind.kind != item.kind for kind in kinds):
            return None
        arguments = [(_folded(spread), Type("list", item=item))]
    required = sum(not one.optional for one in parameters)
    if not required <= len(arguments) <= len(parameters):
        return None
    bound: dict[str, Type] = {}
    for (_, found), parameter in zip(arguments, parameters, strict=False):
        if not _fits(f"list<{parameter.pattern}>" if parameter.spread else parameter.pattern, found, bound):
            return None
    return tuple(term for term, _ in arguments), _result(signature.result, bound, arguments[0][1], parameters[0])


def _fits(pattern: str, found: Type, bound: dict[str, Type]) -> bool:
    if found.kind == "nothing":
        return True
    if pattern.startswith("list<"):
        return found.kind == "list" and _fits(pattern[5:-1], found.item or NOTHING, bound)
    if pattern == "T":
        earlier = bound.setdefault("T", found)
        return (earlier.kind in (found.kind, "nothing") and found.kind != "person") or earlier == found
    return found.kind == pattern


def _result(pattern: str, bound: dict[str, Type], first: Type, parameter: Parameter) -> Type:
    if pattern.startswith("list<"):
        return Type("list", item=_result(pattern[5:-1], bound, first, parameter))
    if pattern == "T":
        return bound.get("T", NOTHING)
    unit = first.unit or (first.item.unit if first.item else None)
    keeps = pattern == "number" and "number" in parameter.pattern and unit
    return Type(pattern, unit=unit if keeps else None)
