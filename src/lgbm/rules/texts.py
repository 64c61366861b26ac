"""Texts: parts of them, and values as texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from lgbm.model.values import Months, Number, Seconds, written
from lgbm.rules.reckoning import UndefinedError, whole

_LONGEST_TEXT = 100_000


def substring(text: str, start: Number, length: Number | None = None) -> str:
    """The part of *text* from the place *start* on, the first being 1; -1 is the last."""
    first = whole(start, "a place in a text")
    if first == 0 or abs(first) > len(text):
        raise UndefinedError("a place outside of the text")
    begin = first - 1 if first > 0 else len(text) + first
    if length is None:
        return text[begin:]
    if length < 1:
        raise UndefinedError("a length below 1")
    return text[begin : begin + int(length)]


def string(value: object) -> str:
    """*value* as a text."""
    match value:
        case str():
            return value
        case tuple():
            return "[" + ", ".join(map(_quoted, cast("tuple[object, ...]", value))) + "]"
        case date() | Months() | Seconds():
            return str(value)
        case Decimal():
            # Equal numbers have one text, however many zeros either was written with.
            text = written(value)
            return text.rstrip("0").rstrip(".") if "." in text else text
        case _:
            return written(value)


def _quoted(value: object) -> str:
    return written(value) if isinstance(value, str) else string(value)


def joined(texts: Sequence[str], delimiter: str = "") -> str:
    """The *texts* one after the other, *delimiter* between them."""
    found = delimiter.join(texts)
    if len(found) > _LONGEST_TEXT:
        raise UndefinedError("a text that is too long")
    return found
