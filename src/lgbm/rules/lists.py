"""Lists: items by their places, and lists out of lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from lgbm.model.values import Number
from lgbm.rules.reckoning import UndefinedError, whole

_LONGEST_LIST = 10_000


def unless_empty(run: Callable[[Sequence[Any]], Any], what: str) -> Callable[[Sequence[Any]], Any]:
    """*run*, undefined for an empty list. *what* it gives is said in the reason."""

    def checked(items: Sequence[Any]) -> Any:
        if not items:
            raise UndefinedError(f"{what} of an empty list")
        return run(items)

    return checked


def _place(items: Sequence[Any], position: Number) -> int:
    # A place is cut to a whole number, as the standard's own suite does.
    place = int(position)
    if place == 0 or abs(place) > len(items):
        raise UndefinedError("a place outside of the list")
    return place - 1 if place > 0 else len(items) + place


def item(items: Sequence[Any], position: Number) -> Any:
    """The item at that place, the first being 1; -1 is the last."""
    return items[_place(items, position)]


def sublist(items: tuple[Any, ...], start: Number, length: Number | None = None) -> tuple[Any, ...]:
    """*length* items from the place *start* on, or all."""
    begin = _place(items, start)
    return items[begin:] if length is None else items[begin : begin + max(0, whole(length, "a length"))]


def insert_before(items: tuple[Any, ...], position: Number, new: Any) -> tuple[Any, ...]:
    """The list with *new* before the item at that place."""
    place = _place(items, position)
    return (*items[:place], new, *items[place:])


def without(items: tuple[Any, ...], position: Number) -> tuple[Any, ...]:
    """The list without the item at that place."""
    place = _place(items, position)
    return items[:place] + items[place + 1 :]


def replaced(items: tuple[Any, ...], position: Number, new: Any) -> tuple[Any, ...]:
    """The list with *new* for the item at that place."""
    place = _place(items, position)
    return (*items[:place], new, *items[place + 1 :])


def distinct(items: Sequence[Any]) -> tuple[Any, ...]:
    """The items, each once, where it first stands."""
    return tuple(item for place, item in enumerate(items) if item not in items[:place])


def as_set(options: Sequence[str]) -> tuple[str, ...]:
    """A set of options as a value: each once, in order."""
    return tuple(sorted(set(options)))


def end_to_end(*lists: Sequence[Any]) -> tuple[Any, ...]:
    """The items of all *lists*."""
    if sum(map(len, lists)) > _LONGEST_LIST:
        raise UndefinedError("a list that is too long")
    return tuple(item for one in lists for item in one)


def numbers(low: Number, high: Number) -> tuple[int, ...]:
    """The whole numbers from *low* to *high*, downwards where *high* is below."""
    first, last = whole(low, "an end of a range"), whole(high, "an end of a range")
    if abs(last - first) >= _LONGEST_LIST:
        raise UndefinedError("a list that is too long")
    return tuple(range(first, last + 1)) if first <= last else tuple(range(first, last - 1, -1))


def days(low: date, high: date) -> tuple[date, ...]:
    """The days from *low* to *high*."""
    return tuple(date.fromordinal(day) for day in numbers(low.toordinal(), high.toordinal()))


def appended(items: tuple[Any, ...], *new: Any) -> tuple[Any, ...]:
    """The items, and then *new*."""
    return end_to_end(items, new)


def union(*lists: Sequence[Any]) -> tuple[Any, ...]:
    """The items of all *lists*, each once."""
    return distinct(end_to_end(*lists))
