"""What the names in a rule stand for."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field, frozen

from lgbm.model.concepts import Circumstance, Kind
from lgbm.rules.signatures import FUNCTION_NAMES
from lgbm.rules.term import BOOLEAN, DATE, NUMBER, STRING, Local, Term, Type
from lgbm.rules.tokens import known_names

TODAY = "today()"
"""The name of the fact that stands for the date of resolution, until that is fixed."""


@frozen
class TableShape:
    """How a table is called: its inputs in order, what it gives, and the condition and value of each row."""

    inputs: tuple[tuple[str, Type], ...]
    result: Type
    rows: tuple[tuple[Mapping[str, Term], str], ...] = ()
    """For each row the tests on the inputs (of `Local(input)`), and the name of the fact that its value stands as."""


@frozen
class Scope:
    """The names of one taxonomy, and around them those that quantifiers and filters bind."""

    facts: Mapping[str, Type]
    tables: Mapping[str, TableShape] = field(factory=dict[str, TableShape])
    services: frozenset[str] = frozenset()
    segments: frozenset[str] = frozenset()
    leap_day: str = "1 March"
    bound: tuple[tuple[str | None, Local, Type], ...] = ()
    """Innermost last: a variable's name, or none for the item of a filter, whose fields are names by themselves."""
    spaced: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    """Names of which it has been said already that what they stand for cannot be read."""

    def inside(self, name: str | None, item: Type) -> tuple[Scope, str]:
        """The scope within a quantifier over items of that type, and the name of the local."""
        local = f"${len(self.bound)}"
        return evolve(self, bound=(*self.bound, (name, Local(local), item))), local


def scope_of(
    facts: Mapping[str, Type],
    tables: Mapping[str, TableShape],
    services: frozenset[str],
    segments: frozenset[str],
    leap_day: str,
) -> Scope:
    """The scope of a taxonomy."""
    return Scope(facts, tables, services, segments, leap_day, spaced=known_names(facts, FUNCTION_NAMES))


def type_of(circumstance: Circumstance) -> Type:
    """The type that a circumstance has in rules."""
    match circumstance.kind:
        case Kind.BOOLEAN:
            return BOOLEAN
        case Kind.NUMBER | Kind.MONEY:
            return Type("number", unit=circumstance.unit) if circumstance.unit else NUMBER
        case Kind.DATE:
            return DATE
        case Kind.TEXT:
            return STRING
        case Kind.CHOICE:
            return Type("string", options=frozenset(circumstance.options))
        case Kind.CHOICES:
            return Type("list", item=Type("string", options=frozenset(circumstance.options)))
        case Kind.PERSON | Kind.PEOPLE:
            person = Type("person", fields={name: type_of(one) for name, one in circumstance.fields.items()})
            return person if circumstance.kind is Kind.PERSON else Type("list", item=person)
