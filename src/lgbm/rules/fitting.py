"""Which types fit together: in comparisons and arithmetic, in one list, in one field of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lgbm.errors import Diagnostic
from lgbm.messages import rules as say
from lgbm.rules import syntax as s
from lgbm.rules import term as t
from lgbm.rules.fold import folded
from lgbm.rules.kinds import ARITHMETIC, ORDERED, PARTS_OF, SWAPPED, WORDS
from lgbm.rules.term import NOTHING, NUMBER, Checked, Type
from lgbm.source import Span

Place = Callable[[int, int], Span]


class Refused(Exception):
    """This part is not checked any further: what is wrong with it has been said."""


class Fitting:
    """Says which types fit together, and complains where they do not. *place* turns a stretch of the text into where it
    stands; complaints are added to *problems*.
    """

    def __init__(self, place: Place, problems: list[Diagnostic]) -> None:
        self._place = place
        self._problems = problems

    def _comparison(self, expr: s.Expr, operator: str, left: Checked, right: Checked) -> t.Term:
        """`left operator right`, where the two can be compared so."""
        (one, first), (other, second) = left, right
        if first.kind != second.kind and "nothing" not in (first.kind, second.kind):
            raise self._refused(say.not_comparable, expr, WORDS[first.kind], WORDS[second.kind])
        if operator not in ("=", "!="):
            for found in (first, second):
                if found.kind not in ORDERED:
                    raise self._refused(say.no_order, expr, WORDS[found.kind])
        elif not (_plain(first) and _plain(second)):
            raise self._refused(say.outside, expr, "comparison of persons", "compare a field of each")
        if first.kind == second.kind == "list":
            self._joined(expr, first, second)
            if any(found.item and found.item.options is not None for found in (first, second)):
                raise self._refused(say.outside, expr, "comparison of sets of options", "ask with `list contains`")
        self._same_unit(expr, first, second)
        self._option(expr, first, other, _called(one))
        self._option(expr, second, one, _called(other))
        return folded(t.Compare(operator, one, other))  # type: ignore[arg-type]

    def _option(self, expr: s.Expr, of: Type, value: t.Term, called: str) -> None:
        """Complains of a text that is none of the options of what it stands against."""
        if of.options is not None and isinstance(value, t.Const) and value.value not in of.options:
            self._say(say.unknown_option, expr, called, str(value.value), of.options)

    def _arithmetic(self, expr: s.Expr, operator: str, left: Checked, right: Checked) -> Checked:
        """The function that the operator is for these types."""
        (one, first), (other, second) = left, right
        if "nothing" in (first.kind, second.kind):
            return t.Apply("+", (one, other)), NOTHING
        if (operator, first.kind, second.kind) in SWAPPED:
            (one, first), (other, second) = right, left
        found = ARITHMETIC.get((operator, first.kind, second.kind))
        if found is None:
            raise self._refused(say.no_arithmetic, expr, operator, WORDS[left[1].kind], WORDS[right[1].kind])
        function, result = found
        if result is NUMBER:
            result = Type("number", unit=self._unit(expr, operator, first, second))
        return folded(t.Apply(function, (one, other))), result

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

    def _joined(self, expr: s.Expr, first: Type, second: Type) -> Type:
        """The one type of both."""
        if first.kind == "nothing" or second.kind == "nothing":
            return second if first.kind == "nothing" else first
        if first.kind != second.kind:
            raise self._refused(say.mixed_types, expr, WORDS[first.kind], WORDS[second.kind])
        if first.kind == "list":
            return Type("list", item=self._joined(expr, first.item or NOTHING, second.item or NOTHING))
        if first.kind == "person":
            return Type("person", fields={**(first.fields or {}), **(second.fields or {})})
        options = None if first.options is None or second.options is None else first.options | second.options
        return Type(first.kind, unit=first.unit or second.unit, options=options)

    def _list_of(self, expr: s.Expr, items: Sequence[Checked]) -> Checked:
        """A list of these, which have to be of one type."""
        kind = NOTHING
        for _, found in items:
            kind = self._joined(expr, kind, found)
        return folded(t.ListOf(tuple(term for term, _ in items))), Type("list", item=kind)

    def _field(self, expr: s.Path, checked: Checked) -> Checked:
        """The field of a person, or the part of a date or a duration, that a path names."""
        of, found = checked
        if found.kind == "nothing":
            return of, NOTHING
        if found.fields is not None:
            if expr.name not in found.fields:
                raise self._refused(say.unknown_field, expr, f"`{_shown(expr.of)}`", expr.name, found.fields)
            return t.Field(of, expr.name, found.fields[expr.name].kind), found.fields[expr.name]
        if expr.name in PARTS_OF.get(found.kind, ()):
            return folded(t.Apply(expr.name, (of,))), NUMBER
        raise self._refused(say.unknown_field, expr, WORDS[found.kind], expr.name, PARTS_OF.get(found.kind, ()))

    def _say(self, message: Callable[..., Diagnostic], expr: s.Expr, *words: object) -> None:
        self._problems.append(message(self._place(expr.start, expr.end), *words))

    def _refused(self, message: Callable[..., Diagnostic], expr: s.Expr, *words: object) -> Refused:
        self._say(message, expr, *words)
        return Refused()


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
