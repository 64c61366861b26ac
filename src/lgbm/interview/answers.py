"""What was answered, and the facts that it states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, cast

from attrs import frozen

from lgbm.errors import ProfileError
from lgbm.messages import interview as say
from lgbm.model.concepts import Kind
from lgbm.model.facts import Person
from lgbm.model.profile import Plain, ProfileReader
from lgbm.model.values import Value, plain

MOST_PEOPLE = 50
"""People of one list that somebody can be asked about one by one."""
RECEIVES = "receives"
"""What the one question about several benefits is called."""

Declined = Literal["dont_know", "rather_not_say"]


@frozen
class Answer:
    """One answer: a value, or why there is none."""

    asked: str
    """A circumstance (`savings`), somebody's field (`children[2].age`), or `receives`."""
    value: Value | None = None
    declined: Declined | None = None
    of: tuple[str, ...] = ()
    """For `receives`, the services that were asked about."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The facts that were asked for."""
        return tuple(f'receives("{one}")' for one in self.of) if self.asked == RECEIVES else (self.asked,)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        found: dict[str, object] = {"asked": self.asked}
        if self.of:
            found["of"] = list(self.of)
        return found | ({"declined": self.declined} if self.declined else {"answer": plain(self.value)})


def stated_with(stated: Mapping[str, Value], answers: Iterable[Answer]) -> dict[str, Value]:
    """The facts that are stated once *answers* are added to *stated*. Answers that were declined add nothing."""
    found = dict(stated)
    for one in answers:
        if one.declined is None and one.value is not None:
            _add(found, one)
    return found


def _add(found: dict[str, Value], one: Answer) -> None:
    if one.asked == RECEIVES:
        received = cast("tuple[str, ...]", one.value)
        found.update({f'receives("{service}")': service in received for service in one.of})
        return
    put(found, one.asked, cast("Value", one.value))


def put(found: dict[str, Value], path: str, value: Value) -> None:
    """State *value* at *path*. Facts are never changed in place: a person with one field more is another."""
    owner, _, inner = path.partition(".")
    base, _, place = owner.partition("[")
    if not inner or "(" in path:
        found[path] = value
    elif place:
        people = list(cast("tuple[Person, ...]", found[base]))
        number = int(place.rstrip("]")) - 1
        people[number] = Person({**people[number], inner: value}, people[number].path)
        found[base] = tuple(people)
    else:
        person = cast("Mapping[str, Value]", found.get(base, {}))
        found[base] = Person({**person, inner: value}, base)


def nobody_known(name: str, count: int) -> tuple[Person, ...]:
    """So many people of whom nothing is known yet."""
    return tuple(Person({}, f"{name}[{place}]") for place in range(1, count + 1))


def read_answer(
    reader: ProfileReader, path: str, kind: Kind | None, given: Any, of: tuple[str, ...], stated: Mapping[str, Value]
) -> Value:
    """*given* as the answer about *path*, checked as a profile is. Raises `ProfileError` with every complaint."""
    if given is None:
        raise ProfileError([say.nothing_answered(path)])
    if path == RECEIVES:
        return _received(given, of)
    if kind is Kind.PEOPLE and _is_count(given):
        return _counted(path, int(given))
    owner, _, inner = path.partition(".")
    base, _, place = owner.partition("[")
    if not inner or "(" in path:
        return reader.read({path: given})[path]
    if place:
        number, count = int(place.rstrip("]")), len(cast("tuple[Person, ...]", stated[base]))
        one: dict[str, Any] = {inner: given}
        people = reader.read({base: [one if each == number else {} for each in range(1, count + 1)]})[base]
        return cast("tuple[Person, ...]", people)[number - 1][inner]
    return cast("Person", reader.read({base: {inner: given}})[base])[inner]


def _is_count(given: object) -> bool:
    return (isinstance(given, int) and not isinstance(given, bool)) or (isinstance(given, Plain) and given.isdigit())


def _counted(path: str, count: int) -> Value:
    if not 0 <= count <= MOST_PEOPLE:
        raise ProfileError([say.not_so_many(path, count, MOST_PEOPLE)])
    return nobody_known(path, count)


def _received(given: Any, of: tuple[str, ...]) -> Value:
    if not isinstance(given, list | tuple | set | frozenset):
        raise ProfileError([say.no_list_of_services(given)])
    listed = cast("list[object]", [*given])
    wrong = [one for one in listed if not (isinstance(one, str) and one in of)]
    if wrong:
        raise ProfileError([say.not_asked_about(one, of) for one in wrong])
    return tuple(sorted({str(one) for one in listed}))


def as_written(value: object) -> object:
    """Plain data with every text read as its circumstance asks: a number with decimals is a text in JSON."""
    match value:
        case str():
            return Plain(value)
        case list():
            return [as_written(one) for one in cast("list[object]", value)]
        case dict():
            return {name: as_written(one) for name, one in cast("dict[str, object]", value).items()}
        case _:
            return value
