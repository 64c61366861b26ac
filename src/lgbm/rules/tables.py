"""Tables: whether one row alone fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lgbm.errors import Diagnostic
from lgbm.messages import rules as say
from lgbm.model import concepts as c
from lgbm.rules import term as t


def overlapping(table: c.Table, rows: Sequence[Mapping[str, t.Term]]) -> Iterator[Diagnostic]:
    """A complaint for every two rows that may both fit. *rows* are their tests."""
    for place, cells in enumerate(rows):
        for earlier in range(place):
            if not any(_apart(cells[one], rows[earlier][one]) for one in cells if one in rows[earlier]):
                yield say.overlapping_rows(table.rows[place].span, table.rows[earlier].span.place)


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
