"""A taxonomy to its rulebook: every rule text read, checked, and put into an order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from attrs import evolve

from lgbm.errors import Diagnostic, SourceError, in_order
from lgbm.messages import rules as say
from lgbm.model import concepts as c
from lgbm.model.facts import as_fact
from lgbm.model.taxonomy import Taxonomy
from lgbm.rules import term as t
from lgbm.rules.offered import offered_when, offered_where
from lgbm.rules.order import topological
from lgbm.rules.rule import rule, tests
from lgbm.rules.rulebook import Derived, Rulebook
from lgbm.rules.scope import Scope, TableShape, scope_of, type_of
from lgbm.rules.tables import overlapping
from lgbm.source import Span, inside

_KINDS = {
    c.Kind.BOOLEAN: "boolean", c.Kind.NUMBER: "number", c.Kind.MONEY: "number", c.Kind.DATE: "date",
    c.Kind.TEXT: "string", c.Kind.CHOICE: "string", c.Kind.CHOICES: "list", c.Kind.PERSON: "person",
    c.Kind.PEOPLE: "list",
}  # fmt: skip
_Item = TypeVar("_Item")


def rulebook(
    taxonomy: Taxonomy, complaints: Iterable[Diagnostic] = (), unread: frozenset[str] = frozenset()
) -> Rulebook:
    """The rules of *taxonomy*, checked. Raises `SourceError` with every complaint.

    *complaints* were found before, while reading: the rules are checked all the same, so that all is said at once.
    *unread* names the items that are missing for that reason, and that no rule is to blame for.
    """
    problems = list(complaints)
    book = _Writer(taxonomy, problems, unread).book()
    if problems:
        raise SourceError(in_order(problems))
    return book


class _Writer:
    """Reads the rule texts of one taxonomy into terms."""

    def __init__(self, taxonomy: Taxonomy, problems: list[Diagnostic], unread: frozenset[str]) -> None:
        self._taxonomy = taxonomy
        self._unread = unread
        self._problems = problems
        self._terms: dict[tuple[str, str | None], t.Term] = {}
        self._dates: list[tuple[str, tuple[c.Dated, ...], str]] = []
        self._scope = self._outer_scope()

    def book(self) -> Rulebook:
        x, scope = self._taxonomy, self._scope
        services = {name: self._service(one) for name, one in sorted(x.services.items())}
        derived = _known({name: self._derived(one) for name, one in sorted(x.circumstances.items())})
        needs = {name: self.condition(one.implied_by, scope) for name, one in sorted(x.needs.items())}
        amounts = {name: self._amounts(one) for name, one in sorted(x.services.items()) if one.amounts}
        indicators = {
            name: (self.condition(one.of, scope), self.condition(one.counts, scope))
            for name, one in x.indicators.items()
        }
        segments = {name: self.condition(one.members, scope) for name, one in x.segments.items()}
        effects = {event.id: dict(self._effects(event)) for event in x.events.values()}
        known_services: dict[str, t.Term] = _known(services)
        asked = self._asked(
            derived.values(), needs.values(), known_services.values(), effects.values(), _terms_of(amounts)
        )
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
            amounts=amounts,
            indicators={name: (of, counts) for name, (of, counts) in indicators.items() if counts is not None},
            segments=_known(segments),
            effects=effects,
            passports=frozenset(one for one in asked if one.startswith("receives(")),
            date_table=tuple(self._dates),
        )

    def _outer_scope(self) -> Scope:
        x = self._taxonomy
        facts = {name: type_of(one) for name, one in x.circumstances.items()}
        for name, rate in x.rates.items():
            facts[name] = _type_of_values(rate.values, rate.unit)
            self._dates.append((name, rate.values, f"no value of `{name}`"))
        scope = scope_of(facts, {}, frozenset(x.services), frozenset(x.segments), x.leap_day_birthday)
        scope = evolve(scope, unread=self._unread)
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
        self._problems.extend(overlapping(table, [cells for cells, _ in rows]))
        result = _type_of_values(tuple(one for row in table.rows for one in row.values), table.unit)
        return TableShape(tuple(inputs.items()), result, tuple(rows))

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
        limits = (*offered_where(service, self._taxonomy), *offered_when(service))
        if service.eligibility is None:
            # Nobody is told yes; but whoever lives elsewhere is told no, whatever the rules would be.
            origin = t.Origin(service.span, f"the eligibility rules of {service.id}")
            unwritten = t.Stated(t.Undefined("no eligibility rules are written for it"), origin)
            return t.And((*limits, unwritten)) if limits else None
        found = self.condition(service.eligibility, self._scope)
        if found is None:
            return None
        return t.And((*limits, found)) if limits else found

    def _amounts(self, service: c.Service) -> tuple[tuple[t.Term | None, t.Term], ...]:
        found: list[tuple[t.Term | None, t.Term]] = []
        for one in service.amounts:
            when, value = self.condition(one.when, self._scope), self.rule(one.value, self._scope, "number")
            if value is not None:
                found.append((when, value))
        return tuple(found)

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
        asks = {name: frozenset(t.fields_of(term, local)) & found.keys() for name, term in found.items()}
        order, circle = topological(asks)
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
                    owner = self._scope.facts.get(change.circumstance, t.NOTHING).item or t.NOTHING
                    term = self.condition(where, self._scope.inside(None, owner)[0])
                case _:
                    continue
            if term is not None:
                yield change.circumstance, term

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
        order, circle = topological({name: asks & derived.keys() for name, asks in direct.items()})
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


def _terms_of(amounts: Mapping[str, tuple[tuple[t.Term | None, t.Term], ...]]) -> Iterator[t.Term]:
    return (term for each in amounts.values() for one in each for term in one if term is not None)


def _known(terms: Mapping[str, _Item | None]) -> dict[str, _Item]:
    return {name: one for name, one in terms.items() if one is not None}


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
