"""What an author wrote: the tree of one FEEL expression. Every node knows where it stands in the text."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from lgbm.model.values import Value


@frozen
class Literal:
    """A number, a string, a boolean, a date or a duration, written out."""

    value: Value
    start: int
    end: int


@frozen
class Null:
    """`null`: not known."""

    start: int
    end: int


@frozen
class Name:
    """The name of a circumstance, a rate, a bound variable."""

    name: str
    start: int
    end: int


@frozen
class Path:
    """`of.name`"""

    of: Expr
    name: str
    start: int
    end: int


@frozen
class Call:
    """`function(arguments)`; *names* are the parameter names where the arguments are given by name, else empty."""

    function: str
    arguments: tuple[Expr, ...]
    names: tuple[str, ...]
    start: int
    end: int


@frozen
class Negative:
    """`-operand`"""

    operand: Expr
    start: int
    end: int


@frozen
class Logic:
    """`a and b and c`, or `a or b or c`"""

    operator: str
    parts: tuple[Expr, ...]
    start: int
    end: int


@frozen
class Binary:
    """`left operator right`: arithmetic or a comparison."""

    operator: str
    left: Expr
    right: Expr
    start: int
    end: int


@frozen
class Between:
    """`of between low and high`"""

    of: Expr
    low: Expr
    high: Expr
    start: int
    end: int


@frozen
class Test:
    """A unary test that begins with a comparison: `>= 18`."""

    operator: str
    operand: Expr
    start: int
    end: int


@frozen
class Negated:
    """`not(tests)` among unary tests."""

    tests: tuple[Expr, ...]
    start: int
    end: int


@frozen
class In:
    """`of in tests`"""

    of: Expr
    tests: tuple[Expr, ...]
    start: int
    end: int


@frozen
class If:
    """`if condition then value else otherwise`"""

    condition: Expr
    then: Expr
    otherwise: Expr
    start: int
    end: int


@frozen
class Quantified:
    """`some variable in items satisfies holds`, or `every …`"""

    every: bool
    variable: str
    items: Expr
    holds: Expr
    start: int
    end: int


@frozen
class For:
    """`for variable in items return value`. *inner* marks an iterator after the first: its lists are joined."""

    variable: str
    items: Expr
    value: Expr
    inner: bool
    start: int
    end: int


@frozen
class Filter:
    """`items[where]`"""

    items: Expr
    where: Expr
    start: int
    end: int


@frozen
class ListOf:
    """`[a, b, c]`"""

    items: tuple[Expr, ...]
    start: int
    end: int


@frozen
class Range:
    """`[low..high]`, `(low..high)`, and the half-open ones. *bare*, without brackets after `in`, it may run downwards."""

    low: Expr
    high: Expr
    with_low: bool
    with_high: bool
    start: int
    end: int
    bare: bool = False


@frozen
class InstanceOf:
    """`of instance of type_name`"""

    of: Expr
    type_name: str
    start: int
    end: int


Expr: TypeAlias = (
    Literal | Null | Name | Path | Call | Negative | Logic | Binary | Between | Test | Negated | In | If | Quantified | For
    | Filter | ListOf | Range | InstanceOf
)  # fmt: skip
