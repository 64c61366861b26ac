"""What an author wrote: the tree of one FEEL expression. Every node knows where it stands in the text."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from lgbm.model.values import Value
from lgbm.shown import Shown


@frozen(eq=False, repr=False)
class Literal(Shown):
    """A number, a string, a boolean, a date or a duration, written out."""

    value: Value
    start: int
    end: int


@frozen(eq=False, repr=False)
class Null(Shown):
    """`null`: not known."""

    start: int
    end: int


@frozen(eq=False, repr=False)
class Name(Shown):
    """The name of a circumstance, a rate, a bound variable."""

    name: str
    start: int
    end: int


@frozen(eq=False, repr=False)
class Path(Shown):
    """`of.name`"""

    of: Expr
    name: str
    start: int
    end: int


@frozen(eq=False, repr=False)
class Call(Shown):
    """`function(arguments)`; *names* are the parameter names where the arguments are given by name, else empty."""

    function: str
    arguments: tuple[Expr, ...]
    names: tuple[str, ...]
    start: int
    end: int


@frozen(eq=False, repr=False)
class Negative(Shown):
    """`-operand`"""

    operand: Expr
    start: int
    end: int


@frozen(eq=False, repr=False)
class Logic(Shown):
    """`a and b and c`, or `a or b or c`"""

    operator: str
    parts: tuple[Expr, ...]
    start: int
    end: int


@frozen(eq=False, repr=False)
class Binary(Shown):
    """`left operator right`: arithmetic or a comparison."""

    operator: str
    left: Expr
    right: Expr
    start: int
    end: int


@frozen(eq=False, repr=False)
class Between(Shown):
    """`of between low and high`"""

    of: Expr
    low: Expr
    high: Expr
    start: int
    end: int


@frozen(eq=False, repr=False)
class Test(Shown):
    """A unary test that begins with a comparison: `>= 18`."""

    operator: str
    operand: Expr
    start: int
    end: int


@frozen(eq=False, repr=False)
class Negated(Shown):
    """`not(tests)` among unary tests."""

    tests: tuple[Expr, ...]
    start: int
    end: int


@frozen(eq=False, repr=False)
class In(Shown):
    """`of in tests`"""

    of: Expr
    tests: tuple[Expr, ...]
    start: int
    end: int


@frozen(eq=False, repr=False)
class If(Shown):
    """`if condition then value else otherwise`"""

    condition: Expr
    then: Expr
    otherwise: Expr
    start: int
    end: int


@frozen(eq=False, repr=False)
class Quantified(Shown):
    """`some variable in items satisfies holds`, or `every …`"""

    every: bool
    variable: str
    items: Expr
    holds: Expr
    start: int
    end: int


@frozen(eq=False, repr=False)
class For(Shown):
    """`for variable in items return value`. *inner* marks an iterator after the first: its lists are joined."""

    variable: str
    items: Expr
    value: Expr
    inner: bool
    start: int
    end: int


@frozen(eq=False, repr=False)
class Filter(Shown):
    """`items[where]`"""

    items: Expr
    where: Expr
    start: int
    end: int


@frozen(eq=False, repr=False)
class ListOf(Shown):
    """`[a, b, c]`"""

    items: tuple[Expr, ...]
    start: int
    end: int


@frozen(eq=False, repr=False)
class Range(Shown):
    """`[low..high]`, `(low..high)`, and half-open ones. *bare*, without brackets after `in`, it may run downwards."""

    low: Expr
    high: Expr
    with_low: bool
    with_high: bool
    start: int
    end: int
    bare: bool = False


@frozen(eq=False, repr=False)
class InstanceOf(Shown):
    """`of instance of type_name`"""

    of: Expr
    type_name: str
    start: int
    end: int


Expr: TypeAlias = (
    Literal | Null | Name | Path | Call | Negative | Logic | Binary | Between | Test | Negated | In | If | Quantified
    | For | Filter | ListOf | Range | InstanceOf
)  # fmt: skip
