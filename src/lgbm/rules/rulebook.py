"""Every rule of a taxonomy, checked; and, for one date of resolution, ready to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import TypeVar

from attrs import evolve, field, frozen

from lgbm.errors import Diagnostic, SourceError
from lgbm.messages import rules as say
from lgbm.model import concepts as c
from lgbm.model.facts import as_fact
from lgbm.model.taxonomy import Taxonomy
from lgbm.model.values import Value, written
from lgbm.rules import term as t
from lgbm.rules.check import fold
from lgbm.rules.compile import Compiled, compiled
from lgbm.rules.rule import rule, tests
from lgbm.rules.scope import TODAY, Scope, TableShape, scope_of, type_of
from lgbm.source import Span, inside

_KINDS = {
    c.Kind.BOOLEAN: "boolean", c.Kind.NUMBER: "number", c.Kind.MONEY: "number", c.Kind.DATE: "date",
    c.Kind.TEXT: "string", c.Kind.CHOICE: "string", c.Kind.CHOICES: "list", c.Kind.PERSON: "person",
    c.Kind.PEOPLE: "list",
}  # fmt: skip
_Item = TypeVar("_Item")


@frozen
class Derived:
    """How a fact follows from others: its gate, its formula, and for people the formulas of their fields."""

    gate: t.Term | None = None
    otherwise: Value | None = None
    formula: t.Stated | None = None
    fields: Mapping[str, t.Stated] = field(factory=dict[str, t.Stated])
    """Formulas of the fields of a person, in an order in which they can be worked out; the person is `Local("$0")`."""
    outward: frozenset[str] = field(init=False, eq=False)
    """Those of `fields` that follow from facts about others than the person as well."""

    @outward.default
    def _reading_others(self) -> frozenset[str]:
        found: set[str] = set()
        for name, formula in self.fields.items():
            if t.facts_of(formula) or not found.isdisjoint(_own_fields(formula, "$0")):
                found.add(name)
        return frozenset(found)


@frozen(eq=False, slots=False)
class Rulebook:
    """The rules of a taxonomy as terms. Rates, tables and `today()` stand as facts until a date is given."""

    taxonomy: Taxonomy
    scope: Scope
    derived: Mapping[str, Derived]
    """In an order in which they can be worked out. `eligible("…")` is among them where a rule asks for it."""
    reads: Mapping[str, frozenset[str]]
    """For each derived fact, every fact that it depends on, however far away."""
    needs: Mapping[str, t.Term]
    services: Mapping[str, t.Term]
    indicators: Mapping[str, tuple[t.Term | None, t.Term]]
    segments: Mapping[str, t.Term]
    effects: Mapping[str, Mapping[str, t.Term]]
    """For each event and circumstance, the formula, or the condition of who leaves (of `Local("$0")`)."""
    passports: frozenset[str]
    """The facts `receives("…")` that some rule asks for."""
    date_table: tuple[tuple[str, tuple[c.Dated, ...], str], ...]
    """What stands for a dated figure: its name as a fact, its values, and what to call it."""

    @cached_property
    def meeting(self) -> Mapping[str, tuple[str, ...]]:
        """For each need, the services that meet it."""
        found: dict[str, list[str]] = {}
        for service in self.taxonomy.services.values():
            for need in service.meets:
                found.setdefault(need, []).append(service.id)
        return {need: tuple(services) for need, services in found.items()}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """For each service with rules, its place among them."""
        return {name: place for place, name in enumerate(self.services)}

    def by_name(self, language: str) -> tuple[tuple[str, ...], Callable[[bytes], Iterable[int]]]:
        """Every service by its name in *language* and then by its id; and what takes their entries in that order, out
        of bytes in which services with rules stand in their order, and last what goes for one without.
        """
        found = self._by_name.get(language)
        if found is None:
            services = self.taxonomy.services
            names = sorted(services, key=lambda one: (services[one].named(language), one))
            places = [self.places.get(name, -1) for name in names]
            found = self._by_name[language] = tuple(names), _taking(places)
        return found

    @cached_property
    def _by_name(self) -> dict[str, tuple[tuple[str, ...], Callable[[bytes], Iterable[int]]]]:
        return {}

    def on(self, day: date) -> DatedRulebook:
        """The rules as they are on *day*."""
        figures: dict[str, t.Term] = {TODAY: t.Const(day, "date", TODAY)}
        for name, values, called in self.date_table:
            figures[name] = _figure(name, values, day, called)

        # By identity: equal terms may have been stated at different places. The old term is kept, so that its id is.
        done: dict[int, tuple[t.Term, t.Term]] = {}

        def fixed(term: t.Term) -> t.Term:
            found = done.get(id(term))
            if found is None:
                changed = t.mapped(term, fixed)
                if isinstance(changed, t.Fact):
                    changed = figures.get(changed.name, changed)
                elif changed is not term:
                    changed = fold_one(changed)
                found = done[id(term)] = term, changed
            return found[1]

        def fixed_all(terms: Mapping[str, t.Term]) -> dict[str, t.Term]:
            return {name: fixed(one) for name, one in terms.items()}

        def restated(formula: t.Stated) -> t.Stated:
            return t.Stated(fixed(formula.part), formula.origin)

        derived = {
            name: Derived(
                fixed(one.gate) if one.gate else None,
                one.otherwise,
                restated(one.formula) if one.formula else None,
                {field: restated(formula) for field, formula in one.fields.items()},
            )
            for name, one in self.derived.items()
        }
        services, needs = fixed_all(self.services), fixed_all(self.needs)
        return DatedRulebook(
            book=self,
            day=day,
            derived=derived,
            services=services,
            needs=needs,
            effects={event: fixed_all(effects) for event, effects in self.effects.items()},
            compiled=compiled([*services.values(), *needs.values()], self.scope.facts),
        )


@frozen(eq=False)
class DatedRulebook:
    """The rules of a taxonomy on one date."""

    book: Rulebook
    day: date
    derived: Mapping[str, Derived]
    services: Mapping[str, t.Term]
    needs: Mapping[str, t.Term]
    effects: Mapping[str, Mapping[str, t.Term]]
    compiled: Compiled
    """Decides all services, then all needs, in their order."""


def _taking(places: Sequence[int]) -> Callable[[bytes], Iterable[int]]:
    """What takes the entries at *places* out of bytes."""
    if len(places) > 1:
        taken: Callable[[bytes], Iterable[int]] = itemgetter(*places)
        return taken
    return lambda entries: [entries[one] for one in places]


def fold_one(term: t.Term) -> t.Term:
    """*term*, or its value where its parts have just become constants."""
    return fold(term) if isinstance(term, t.Apply | t.ListOf) else term


def _figure(name: str, values: tuple[c.Dated, ...], day: date, called: str) -> t.Term:
    for one in reversed(values):
        if one.start <= day:
            if one.end is not None and day > one.end:
                break
            kind = (
                "boolean"
                if isinstance(one.value, bool)
                else "string"
                if isinstance(one.value, str)
                else "date"
                if isinstance(one.value, date)
                else "number"
            )
            return t.Const(one.value, kind, name)
    return t.Undefined(f"{called} on {day}")


def rulebook(taxonomy: Taxonomy) -> Rulebook:
    """The rules of *taxonomy*, checked. Raises `SourceError` with every complaint."""
    problems: list[Diagnostic] = []
    book = _Writer(taxonomy, problems).book()
    if problems:
        raise SourceError(sorted(problems, key=_by_place))
    return book


def _by_place(problem: Diagnostic) -> tuple[str, int, int, str]:
    span = problem.span
    return (span.source.name, span.line, span.column, problem.code) if span else ("", 0, 0, problem.code)


class _Writer:
    """Reads the rule texts of one taxonomy into terms."""

    def __init__(self, taxonomy: Taxonomy, problems: list[Diagnostic]) -> None:
        self._taxonomy = taxonomy
        self._problems = problems
        self._terms: dict[tuple[str, str | None], t.Term] = {}
        self._dates: list[tuple[str, tuple[c.Dated, ...], str]] = []
        self._scope = self._outer_scope()

    def book(self) -> Rulebook:
        x, scope = self._taxonomy, self._scope
        services = {name: self._service(one) for name, one in sorted(x.services.items())}
        derived = _known({name: self._derived(one) for name, one in sorted(x.circumstances.items())})
        needs = {name: self.condition(one.implied_by, scope) for name, one in sorted(x.needs.items())}
        indicators = {
            name: (self.condition(one.of, scope), self.condition(one.counts, scope))
            for name, one in x.indicators.items()
        }
        segments = {name: self.condition(one.members, scope) for name, one in x.segments.items()}
        effects = {event.id: dict(self._effects(event)) for event in x.events.values()}
        known_services: dict[str, t.Term] = _known(services)
        asked = self._asked(derived.values(), needs.values(), known_services.values(), effects.values())
        for name in sorted(one for one in asked if one.startswith("eligible(")):
            service = name.removeprefix('eligible("').removesuffix('")')
            rules = known_services.get(service)
            if rules is not None:
                origin = t.Origin(x.services[service].span, f"the eligibility rules of {service}")
                derived[name] = Derived(formula=t.Stated(rules, origin))
        order, reads = self._order(derived)
        return Rulebook(
            taxonomy=x,
            scope=scope,
            derived={name: derived[name] for name in order},
            reads=reads,
            needs=_known(needs),
            services=known_services,
            indicators={name: (of, counts) for name, (of, counts) in indicators.items() if counts is not None},
            segments=_known(segments),
            effects=effects,
            passports=frozenset(one for one in asked if one.startswith("receives(")),
            date_table=tuple(self._dates),
        )

    # -- names

    def _outer_scope(self) -> Scope:
        x = self._taxonomy
        facts = {name: type_of(one) for name, one in x.circumstances.items()}
        for name, rate in x.rates.items():
            facts[name] = _type_of_values(rate.values, rate.unit)
            self._dates.append((name, rate.values, f"no value of `{name}`"))
        scope = scope_of(facts, {}, frozenset(x.services), frozenset(x.segments), x.leap_day_birthday)
        tables = {name: self._table(one, scope) for name, one in x.tables.items()}
        figures = {name: table.result for table in tables.values() for _, name in table.rows}
        return evolve(
            scope, tables=tables, facts={**facts, **{name: kind for name, kind in figures.items() if "(" not in name}}
        )

    def _table(self, table: c.Table, scope: Scope) -> TableShape:
        inputs = {name: type_of(one) for name, one in table.inputs.items()}
        rows: list[tuple[Mapping[str, t.Term], str]] = []
        for place, row in enumerate(table.rows):
            name = f"{table.id}(row {place + 1})"
            self._dates.append((name, row.values, f"no value in this row of `{table.id}`"))
            cells: dict[str, t.Term] = {}
            for cell, text in row.cells.items():
                found = tests(text.text, (t.Local(cell), inputs[cell]), scope, _placed(text), self._problems)
                if found is not None:
                    cells[cell] = found
            rows.append((cells, name))
        self._overlaps(table, rows)
        result = _type_of_values(tuple(one for row in table.rows for one in row.values), table.unit)
        return TableShape(tuple(inputs.items()), result, tuple(rows))

    def _overlaps(self, table: c.Table, rows: list[tuple[Mapping[str, t.Term], str]]) -> None:
        for place, (cells, _) in enumerate(rows):
            for earlier in range(place):
                if not any(_apart(cells[one], rows[earlier][0][one]) for one in cells if one in rows[earlier][0]):
                    self._problems.append(say.overlapping_rows(table.rows[place].span, table.rows[earlier].span.place))

    # -- rules

    def rule(self, text: c.Written, scope: Scope, kind: str | None) -> t.Term | None:
        """The term of one rule text. The same text in the same scope is read once."""
        if scope.bound:
            return rule(text.text, scope, kind, _placed(text), self._problems)
        found = self._terms.get((text.text, kind))
        if found is None:
            found = rule(text.text, scope, kind, _placed(text), self._problems)
            if found is not None:
                self._terms[text.text, kind] = found
        return found

    def condition(self, written: c.Condition | None, scope: Scope) -> t.Term | None:
        """The term of a condition, each part stated at its place."""
        match written:
            case None:
                return None
            case c.Leaf(when, because, source):
                found = self.rule(when, scope, "boolean")
                return t.Stated(found, t.Origin(when.span, when.text, because, source)) if found is not None else None
            case c.Group(kind, parts, span, because, source):
                terms = [self.condition(part, scope) for part in parts]
                if any(one is None for one in terms):
                    return None
                inner: t.Term = t.And(tuple(terms)) if kind == "all" else t.Or(tuple(terms))  # type: ignore[arg-type]
                inner = t.Not(inner) if kind == "none" else inner
                return t.Stated(inner, t.Origin(span, kind, because, source)) if because or source else inner

    def _service(self, service: c.Service) -> t.Term | None:
        if service.eligibility is None:
            return None
        parts: list[t.Term] = []
        where = self._taxonomy.jurisdiction
        if where is not None and service.jurisdictions:
            offered = frozenset(service.jurisdictions)
            if offered < frozenset(self._taxonomy.circumstances[where].options):
                text = f"{where} in [{', '.join(map(written, sorted(offered)))}]"
                parts.append(t.Stated(t.OneOf(t.Fact(where, "string"), offered), t.Origin(service.span, text)))
        for operator, day, words in ((">=", service.effective_from, "from"), ("<=", service.effective_until, "until")):
            if day is not None:
                text = f"{service.id} exists {words} {day}"
                test = t.Compare(operator, t.Fact(TODAY, "date"), t.Const(day, "date"))  # type: ignore[arg-type]
                parts.append(t.Stated(test, t.Origin(service.span, text)))
        found = self.condition(service.eligibility, self._scope)
        if found is None:
            return None
        return t.And((*parts, found)) if parts else found

    def _derived(self, one: c.Circumstance) -> Derived | None:
        gate = self.condition(one.asked_when, self._scope)
        formula = self._formula(one, self._scope)
        fields = self._fields(one)
        if gate is None and formula is None and not fields:
            return None
        return Derived(gate, None if one.otherwise is None else as_fact(one.otherwise, one.id), formula, fields)

    def _formula(self, one: c.Circumstance, scope: Scope) -> t.Stated | None:
        """The formula of a circumstance, or of a field. That of a choice gives one of its options, or nothing."""
        if one.formula is None:
            return None
        found = self._given(one, one.formula, scope)
        return t.Stated(found, t.Origin(one.formula.span, one.formula.text)) if found is not None else None

    def _given(self, one: c.Circumstance, text: c.Written, scope: Scope) -> t.Term | None:
        """What *text* gives as a value of *one*: of a choice an option, or nothing; of a set, each option once."""
        found = self.rule(text, scope, _KINDS[one.kind])
        if found is None:
            return None
        options = frozenset(one.options)
        none = t.Undefined(f"the formula of `{one.id}` gives something that is none of its options")
        if one.kind is c.Kind.CHOICE:
            given = _texts_given(found)
            for option in sorted((given or frozenset()) - options):
                self._problems.append(say.unknown_option(text.span, f"`{one.id}`", option, options))
            return found if given is not None else t.If(t.OneOf(found, options), found, none)
        if one.kind is c.Kind.CHOICES:
            as_set = found if isinstance(found, t.Fact) else t.Apply("set", (found,))
            return t.If(t.Every(found, "$option", t.OneOf(t.Local("$option"), options)), as_set, none)
        return found

    def _fields(self, one: c.Circumstance) -> dict[str, t.Stated]:
        with_formula = {name: inner for name, inner in one.fields.items() if inner.formula is not None}
        if not with_formula:
            return {}
        owner = type_of(one)
        inner_scope, local = self._scope.inside(None, owner.item or owner)
        found: dict[str, t.Stated] = {}
        for name, inner in sorted(with_formula.items()):
            formula = self._formula(inner, inner_scope)
            if formula is not None:
                found[name] = formula
        asks = {name: frozenset(_own_fields(term, local)) & found.keys() for name, term in found.items()}
        order, circle = _topological(asks)
        if circle:
            place = one.fields[circle[0]].formula
            assert place is not None
            self._problems.append(say.cycle(place.span, [f"{one.id}.{name}" for name in circle]))
        return {name: found[name] for name in order}

    def _effects(self, event: c.Event) -> Iterator[tuple[str, t.Term]]:
        for change in event.changes:
            match change.effect:
                case c.Compute(formula):
                    one = self._taxonomy.circumstances.get(change.circumstance)
                    term = self._given(one, formula, self._scope) if one else self.rule(formula, self._scope, "boolean")
                case c.RemoveWhere(where):
                    owner = self._scope.facts[change.circumstance].item or t.NOTHING
                    term = self.condition(where, self._scope.inside(None, owner)[0])
                case _:
                    continue
            if term is not None:
                yield change.circumstance, term

    # -- dependencies

    def _asked(self, derived: Iterable[Derived | None], *groups: Iterable[object]) -> set[str]:
        terms: list[t.Term] = [
            term for one in derived if one for term in (one.gate, one.formula, *one.fields.values()) if term
        ]
        for group in groups:
            for one in group:
                terms.extend(one.values() if isinstance(one, Mapping) else (one,) if one is not None else ())  # type: ignore[arg-type]
        return {name for term in terms for name in t.facts_of(term) if "(" in name}

    def _order(self, derived: Mapping[str, Derived]) -> tuple[list[str], dict[str, frozenset[str]]]:
        direct: dict[str, frozenset[str]] = {}
        for name, one in derived.items():
            terms = [term for term in (one.gate, one.formula, *one.fields.values()) if term is not None]
            direct[name] = frozenset().union(*map(t.facts_of, terms)) - (
                {name} if one.fields and not one.gate else frozenset()
            )
        order, circle = _topological({name: asks & derived.keys() for name, asks in direct.items()})
        if circle:
            self._problems.append(say.cycle(self._span_of(circle[0]), circle))
            return [], {}
        reads: dict[str, frozenset[str]] = {}
        for name in order:
            reads[name] = direct[name].union(*(reads.get(one, frozenset()) for one in direct[name]))
        return order, reads

    def _span_of(self, name: str) -> Span:
        if name.startswith("eligible("):
            return self._taxonomy.services[name.removeprefix('eligible("').removesuffix('")')].span
        one = self._taxonomy.circumstances[name]
        return one.formula.span if one.formula else one.span


def _placed(text: c.Written) -> Callable[[int, int], Span]:
    return lambda start, end: inside(text.span, text.text, start, end - start)


def _known(terms: Mapping[str, _Item | None]) -> dict[str, _Item]:
    return {name: one for name, one in terms.items() if one is not None}


def _own_fields(term: t.Term, local: str) -> Iterator[str]:
    if isinstance(term, t.Field) and term.of == t.Local(local):
        yield term.name
    for part in t.parts_of(term):
        yield from _own_fields(part, local)


def _type_of_values(values: tuple[c.Dated, ...], unit: str | None) -> t.Type:
    for one in values:
        match one.value:
            case bool():
                return t.BOOLEAN
            case str():
                return t.STRING
            case date():
                return t.DATE
            case _:
                return t.Type("number", unit=unit)
    return t.NUMBER


def _topological(asks: Mapping[str, frozenset[str]]) -> tuple[list[str], list[str]]:
    """The names so that each follows those that it asks for; or a circle of names, the first one repeated."""
    order: list[str] = []
    done: set[str] = set()
    for start in sorted(asks):
        trail: list[str] = []
        waiting: list[tuple[str, Iterator[str]]] = []
        name: str | None = start
        while True:
            if name is not None and name not in done:
                if name in trail:
                    return [], [*trail[trail.index(name) :], name]
                trail.append(name)
                waiting.append((name, iter(sorted(asks.get(name, frozenset())))))
            if not waiting:
                break
            name = next(waiting[-1][1], None)
            if name is None:
                finished, _ = waiting.pop()
                trail.pop()
                done.add(finished)
                order.append(finished)
    return order, []


def _apart(one: t.Term, other: t.Term) -> bool:
    """Whether two cells never fit the same value, as far as can be seen: cells that cannot be compared are apart."""
    first, second = _extent(one), _extent(other)
    if first is None or second is None:
        return True
    if isinstance(first, frozenset) and isinstance(second, frozenset):
        return not first & second
    if isinstance(first, tuple) and isinstance(second, tuple):
        (low, with_low, high, with_high), (least, with_least, most, with_most) = first, second
        return _before(high, with_high, least, with_least) or _before(most, with_most, low, with_low)
    return True


def _before(high: object, closed: bool, low: object, also: bool) -> bool:
    if high is None or low is None:
        return False
    return bool(high < low) or (high == low and not (closed and also))  # type: ignore[operator]


def _extent(cell: t.Term) -> frozenset[object] | tuple[object, bool, object, bool] | None:
    match cell:
        case t.OneOf(_, values):
            return frozenset(values)
        case t.Compare("=", _, t.Const(str() | bool() as value)):
            return frozenset((value,))
        case t.Compare("=", _, t.Const(value)):
            return value, True, value, True
        case t.Compare("<" | "<=" as operator, _, t.Const(value)):
            return None, False, value, operator == "<="
        case t.Compare(">" | ">=" as operator, _, t.Const(value)):
            return value, operator == ">=", None, False
        case t.And((t.Compare(first, _, t.Const(low)), t.Compare(second, _, t.Const(high)))):
            return low, first == ">=", high, second == "<="
        case _:
            return None


def _texts_given(term: t.Term) -> frozenset[str] | None:
    """The texts that *term* can give, if they are all written out."""
    match t.meaning(term):
        case t.Const(str() as text):
            return frozenset((text,))
        case t.If(_, then, otherwise):
            one, other = _texts_given(then), _texts_given(otherwise)
            return None if one is None or other is None else one | other
        case t.Undefined():
            return frozenset()
        case _:
            return None
