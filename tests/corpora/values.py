"""Values as `lgbm.feel.evaluate` takes and gives them, and when two of them are the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias, TypeGuard

from lgbm.model.values import Months, Seconds, written

Given: TypeAlias = "bool | int | Decimal | str | date | Months | Seconds | list[Given] | dict[str, Given] | None"


def same(ours: Given, theirs: Given, close: Decimal) -> bool:
    """Whether both are the same value; numbers as nearly as *close*, of the larger ones or of 1."""
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    if isinstance(ours, int | Decimal) and isinstance(theirs, int | Decimal):
        wanted = Decimal(theirs)
        return abs(Decimal(ours) - wanted) <= close * max(Decimal(1), abs(wanted))
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(
            same(one, other, close) for one, other in zip(ours, theirs, strict=True)
        )
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return all(same(ours.get(name), theirs.get(name), close) for name in {*ours, *theirs})
    return type(ours) is type(theirs) and bool(ours == theirs)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Whether *value* is a list."""
    return isinstance(value, list)


def has_null(value: Given) -> bool:
    """Whether *value* is null, or holds one."""
    if isinstance(value, list | dict):
        return any(map(has_null, value if isinstance(value, list) else value.values()))
    return value is None


def shown(value: Given) -> str:
    """*value* as an expression writes it."""
    match value:
        case None:
            return "null"
        case list():
            return f"[{', '.join(map(shown, value))}]"
        case dict():
            return f"{{{', '.join(f'{name}: {shown(one)}' for name, one in value.items())}}}"
        case _:
            return written(value)
