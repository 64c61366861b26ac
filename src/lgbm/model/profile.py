"""A citizen's profile: what is stated of her, read by the kinds of circumstances, with every mistake said at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from attrs import evolve, field, frozen

from lgbm.errors import Diagnostic, ProfileError
from lgbm.messages import profiles as say
from lgbm.model.concepts import Circumstance, Kind
from lgbm.model.facts import Person
from lgbm.model.values import EXACT, Number, Value, date_from, number_from

_PLAIN = "write it in figures alone, as 1250.50"
_MOST_PEOPLE = 10_000
_ANY_PLACES = 10_000
"""More decimal places than a number can have."""


class Plain(str):
    """A text from a file in which nothing says what it is: it is read as its circumstance asks."""

    __slots__ = ()


@frozen
class Profile:
    """The facts stated of one citizen, checked against a taxonomy. What is not stated is not known."""

    stated: Mapping[str, Value] = field(factory=dict[str, Value])


Reader = Callable[[Any, str, list[Diagnostic]], Any]


@frozen(eq=False)
class ProfileReader:
    """Reads profiles for one taxonomy and one date of resolution."""

    readers: Mapping[str, Reader]
    services: frozenset[str]
    passports: frozenset[str]
    """The facts `receives("…")` that rules ask for."""
    segments: frozenset[str] = frozenset()
    """What no profile may state: a segment never decides about a person."""

    def read(self, given: object) -> dict[str, Value]:
        """The stated facts. `None` is a fact that is not known. Raises `ProfileError` with every complaint."""
        if isinstance(given, Profile):
            return dict(given.stated)
        # A dict is recognised at once, an abstract mapping only after a search.
        if not isinstance(given, dict | Mapping):
            raise ProfileError([say.no_mapping("nothing" if given is None else f"`{say.shown(given)}`")])
        problems: list[Diagnostic] = []
        found: dict[str, Value] = {}
        readers, facts = self.readers, cast("Mapping[Any, object]", given)
        for name, value in facts.items():
            reader = readers.get(name)
            if reader is None:
                self._other(name, value, found, problems)
            elif value is not None:
                read = reader(value, name, problems)
                if read is not None:
                    found[name] = read
        if problems:
            raise ProfileError(sorted(problems, key=str))
        return found

    def _other(self, name: object, value: object, found: dict[str, Value], problems: list[Diagnostic]) -> None:
        """What is no circumstance: `receives`, `receives("…")`, `eligible("…")`, or a mistake."""
        if name == "receives":
            self._receives(value, found, problems)
            return
        if isinstance(name, str) and name.startswith(('receives("', 'eligible("')) and name.endswith('")'):
            self._stated_of(name, name[10:-2], value, found, problems)
            return
        if name in self.segments:
            problems.append(say.segment_in_profile(str(name)))
            return
        problems.append(say.unknown_fact(name, (one for one in (*self.readers, "receives"))))

    def _receives(self, value: object, found: dict[str, Value], problems: list[Diagnostic]) -> None:
        if isinstance(value, Mapping):
            for service, answer in cast("Mapping[object, object]", value).items():
                self._stated_of(_receiving(service), service, answer, found, problems)
        elif isinstance(value, list | tuple | set | frozenset):
            services = cast("Collection[object]", value)
            for service in services:
                self._stated_of(_receiving(service), service, True, found, problems)
            # A list of what a citizen receives is complete, as every stated list is.
            listed = set(map(_receiving, services))
            for name in sorted(self.passports - listed):
                self._stated_of(name, name[10:-2], False, found, problems)
        elif value is not None:
            problems.append(
                say.wrong_value(
                    "receives", value, "a list of services", "write [universal-credit], or {universal-credit: true}"
                )
            )

    def _stated_of(
        self, name: str, service: object, value: object, found: dict[str, Value], problems: list[Diagnostic]
    ) -> None:
        if not isinstance(service, str) or service not in self.services:
            problems.append(say.unknown_service(service, self.services, "profile: receives"))
            return
        read = None if value is None else _boolean(value, name, problems)
        if read is not None and found.setdefault(name, read) != read:
            problems.append(say.stated_twice(name))


def _receiving(service: object) -> str:
    return f'receives("{say.shown(service)}")' if not isinstance(service, str) else f'receives("{service}")'


def profile_reader(
    circumstances: Mapping[str, Circumstance],
    services: frozenset[str],
    passports: frozenset[str],
    on: date,
    segments: frozenset[str] = frozenset(),
) -> ProfileReader:
    """The reader of profiles for a taxonomy with these circumstances, resolved on that date."""
    readers = {name: _reader(one, on) for name, one in circumstances.items()}
    return ProfileReader(readers, services, passports, segments)


def _reader(one: Circumstance, on: date) -> Reader:
    if one.formula is not None:
        # What a formula gives can be stated, whatever it is: the formula decides whether it is right.
        one = evolve(one, places=_ANY_PLACES, at_least=None, at_most=None, future=True)
    match one.kind:
        case Kind.BOOLEAN:
            return _boolean
        case Kind.NUMBER | Kind.MONEY:
            return _number_reader(one)
        case Kind.DATE:
            return _date_reader(one, on)
        case Kind.TEXT:
            return _text
        case Kind.CHOICE:
            return _choice_reader(one)
        case Kind.CHOICES:
            return _choices_reader(one)
        case Kind.PERSON:
            return _person_reader(one, on)
        case Kind.PEOPLE:
            return _people_reader(one, on)


def _boolean(value: Any, path: str, problems: list[Diagnostic]) -> Value | None:
    if value is True or value is False:
        return value
    if isinstance(value, Plain) and value in ("true", "false"):
        return value == "true"
    problems.append(
        say.wrong_value(path, value, "true or false", "true is yes, false is no; leave it out where it is not known")
    )
    return None


def _number_reader(one: Circumstance) -> Reader:
    places = one.places if one.places is not None else 2 if one.kind is Kind.MONEY else None
    low: Any = one.at_least
    high: Any = one.at_most
    what = "an amount of money" if one.kind is Kind.MONEY else "a number"
    bounded = low is not None or high is not None

    def read(value: Any, path: str, problems: list[Diagnostic]) -> Value | None:
        if type(value) is int and -(10**15) < value < 10**15:
            if not bounded:
                return value
            number: Number | None = value
        elif isinstance(value, int | float | Decimal | Plain) and not isinstance(value, bool):
            text = str(value) if not isinstance(value, int) or value.bit_length() < 400 else "too long"
            number = number_from(text)
            if number is None:
                words = isinstance(value, Plain) and not set(value) <= set("+-.0123456789eE")
                problems.append(say.wrong_value(path, value, what, _PLAIN) if words else say.inexact(path, value))
                return None
            if places is not None and isinstance(number, Decimal) and _finer(number, places):
                problems.append(say.too_many_places(path, value, places))
                return None
        else:
            problems.append(say.wrong_value(path, value, what, _PLAIN if isinstance(value, str) else None))
            return None
        if low is not None and number < low:
            problems.append(say.beyond(path, value, f"below {low}, the least that it can be"))
            return None
        if high is not None and number > high:
            problems.append(say.beyond(path, value, f"above {high}, the most that it can be"))
            return None
        return number

    return read


def _finer(number: Decimal, places: int) -> bool:
    """Whether *number* has more decimals than *places*, zeros at its end apart."""
    exponent = number.normalize(EXACT).as_tuple().exponent
    return isinstance(exponent, int) and exponent < -places


def _date_reader(one: Circumstance, on: date) -> Reader:
    low: Any = one.at_least
    high: Any = one.at_most
    future = one.future

    def read(value: Any, path: str, problems: list[Diagnostic]) -> Value | None:
        found = date_from(value) if isinstance(value, str) else value
        if not isinstance(found, date) or isinstance(found, datetime):
            problems.append(say.wrong_value(path, value, "a date", "write it as 2026-04-06"))
            return None
        if low is not None and found < low:
            problems.append(say.beyond(path, value, f"before {low}, the earliest that it can be"))
        elif high is not None and found > high:
            problems.append(say.beyond(path, value, f"after {high}, the latest that it can be"))
        elif found > on and not future:
            problems.append(say.future_date(path, value, on))
        else:
            return found
        return None

    return read


def _text(value: Any, path: str, problems: list[Diagnostic]) -> Value | None:
    if isinstance(value, str):
        return str(value)
    problems.append(say.wrong_value(path, value, "a text"))
    return None


def _choice_reader(one: Circumstance) -> Reader:
    options = {option: option for option in one.options}

    def read(value: Any, path: str, problems: list[Diagnostic]) -> Value | None:
        found = options.get(value) if isinstance(value, str) else None
        if found is None:
            problems.append(say.unknown_option(path, value, options))
        return found

    return read


def _choices_reader(one: Circumstance) -> Reader:
    options = frozenset(one.options)

    def read(value: Any, path: str, problems: list[Diagnostic]) -> Value | None:
        if not isinstance(value, list | tuple | set | frozenset):
            problems.append(
                say.wrong_value(path, value, "a list of options", "write it in brackets, if it is one: [cy]")
            )
            return None
        given = cast("Collection[object]", value)
        wrong = [each for each in given if not (isinstance(each, str) and each in options)]
        problems.extend(say.unknown_option(path, each, options) for each in wrong)
        return None if wrong else tuple(sorted({str(each) for each in given}))

    return read


def _person_reader(one: Circumstance, on: date) -> Reader:
    readers = {name: _reader(inner, on) for name, inner in one.fields.items()}

    def read(value: Any, path: str, problems: list[Diagnostic]) -> Value | None:
        if not isinstance(value, dict | Mapping):
            problems.append(say.wrong_value(path, value, "a person: a mapping of fields to values"))
            return None
        found = Person({}, path)
        before = len(problems)
        for name, inner in cast("Mapping[Any, object]", value).items():
            reader = readers.get(name)
            if reader is None:
                problems.append(say.unknown_field(path, name, readers))
            elif inner is not None:
                # The whole path is put together only for a complaint: this is the busiest loop of a small resolution.
                read_value = reader(inner, name, problems)
                if read_value is not None:
                    found[name] = read_value
                elif len(problems) > before:
                    here, whole = f"profile: {name}", f"profile: {path}.{name}"
                    problems[before:] = [
                        evolve(one, place=whole) if one.place == here else one for one in problems[before:]
                    ]
        return found

    return read


def _people_reader(one: Circumstance, on: date) -> Reader:
    reader = _person_reader(one, on)

    def read(value: Any, path: str, problems: list[Diagnostic]) -> Value | None:
        if not isinstance(value, list | tuple):
            hint = "write one person as [{…}], and nobody as []; leave it out where it is not known"
            problems.append(say.wrong_value(path, value, "a list of people", hint))
            return None
        given = cast("Sequence[object]", value)
        if len(given) > _MOST_PEOPLE:
            problems.append(
                say.beyond(path, f"{len(given)} people", f"more than the {_MOST_PEOPLE} that a list can have")
            )
            return None
        return tuple(reader(each, f"{path}[{place}]", problems) for place, each in enumerate(given, 1))

    return read
