"""The values of circumstances, as events, bounds and `otherwise` write them, each read by its circumstance's type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from lgbm.messages import taxonomy as say
from lgbm.model.concepts import Circumstance, Kind
from lgbm.model.values import Number, Value, date_from, number_from
from lgbm.reading.nodes import Listing, Node, Pairs, Scalar, Unusable
from lgbm.reading.reader import Reader
from lgbm.reading.shapes import Flag

MONEY_PLACES = 2

WANTED: Mapping[Kind, str] = {
    Kind.BOOLEAN: "`true` or `false`",
    Kind.NUMBER: "a number",
    Kind.MONEY: "an amount of money",
    Kind.DATE: "a date, written as 2026-04-06",
    Kind.TEXT: "text",
    Kind.CHOICE: "one of its options",
    Kind.CHOICES: "a list of its options",
    Kind.PERSON: "a mapping of what is known of the person",
    Kind.PEOPLE: "a list of people, each a mapping of what is known",
}


def read_value(node: Node, fact: Circumstance, reader: Reader) -> Value | None:
    """What *node* says that *fact* is, or nothing once a complaint was made."""
    if isinstance(node, Unusable):
        return None
    match fact.kind:
        case Kind.PERSON:
            return read_person(node, fact, reader)
        case Kind.PEOPLE:
            if not isinstance(node, Listing):
                reader.expected(node, fact.id, WANTED[Kind.PEOPLE])
                return None
            people = [read_person(each, fact, reader) for each in node.items]
            return tuple(one for one in people if one is not None) if None not in people else None
        case Kind.CHOICES:
            nodes: Sequence[Node] = node.items if isinstance(node, Listing) else [node]
            found = [_option(each, fact, reader) for each in nodes]
            return frozenset(code for code in found if code is not None) if None not in found else None
        case Kind.CHOICE:
            return _option(node, fact, reader)
        case _:
            return _single(node, fact, reader)


def read_person(node: Node, fact: Circumstance, reader: Reader) -> Mapping[str, Value] | None:
    """What a mapping says of one person of *fact*. A field that is not given is unknown."""
    if isinstance(node, Unusable):
        return None
    if not isinstance(node, Pairs):
        reader.expected(node, fact.id, WANTED[Kind.PERSON])
        return None
    known: dict[str, Value] = {}
    for name, (key, value) in node.entries.items():
        field = fact.fields.get(name)
        if field is None:
            if not isinstance(key, Unusable):
                reader.complain(say.unknown_field(key.span, f"`{fact.id}`", name, reader.hint(name, fact.fields)))
            continue
        said = read_value(value, field, reader)
        if said is not None:
            known[name] = said
    return known


def read_bound(node: Node, fact: Circumstance, reader: Reader) -> Number | date | None:
    """A bound of a number or date, itself unbounded."""
    found = _single(node, fact, reader)
    return found if isinstance(found, (int, Decimal, date)) else None


def _option(node: Node, fact: Circumstance, reader: Reader) -> str | None:
    found = reader.text(node, fact.id, WANTED[fact.kind])
    if found is None:
        return None
    if found.text not in fact.options:
        reader.complain(say.no_such_option(found.span, fact.id, found.text, reader.hint(found.text, fact.options)))
        return None
    return found.text


def _single(node: Node, fact: Circumstance, reader: Reader) -> Value | None:
    if fact.kind is Kind.TEXT and isinstance(node, Scalar):
        return node.text
    found = reader.text(node, fact.id, WANTED[fact.kind])
    if found is None:
        return None
    value: Value | None
    match fact.kind:
        case Kind.BOOLEAN:
            return Flag().read(found, fact.id, reader)
        case Kind.DATE:
            value = date_from(found.text)
        case _:
            value = number_from(found.text)
    if value is None:
        reader.complain(say.wrong_value(found.span, fact.id, WANTED[fact.kind], found.text))
        return None
    return value if _fits(value, found, fact, reader) else None


def _fits(value: Value, found: Scalar, fact: Circumstance, reader: Reader) -> bool:
    places = MONEY_PLACES if fact.kind is Kind.MONEY and fact.places is None else fact.places
    if isinstance(value, Decimal) and places is not None and _places_of(value) > places:
        reader.complain(say.too_many_places(found.span, fact.id, found.text, places))
        return False
    if fact.at_least is not None and value < fact.at_least:  # type: ignore[operator]
        reader.complain(say.out_of_bounds(found.span, fact.id, found.text, "at_least", str(fact.at_least)))
        return False
    if fact.at_most is not None and value > fact.at_most:  # type: ignore[operator]
        reader.complain(say.out_of_bounds(found.span, fact.id, found.text, "at_most", str(fact.at_most)))
        return False
    return True


def _places_of(number: Decimal) -> int:
    """Decimal places that the number needs: 1.50 needs one."""
    exponent = number.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
