"""How a value shows itself to a programmer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from attrs import Attribute


class Shown:
    """An attrs class that shows its fields: `Local(name='$0')`.

    attrs can write such a `__repr__` for each class, but for a hundred of them that takes a fifth of `import lgbm`.
    """

    __slots__ = ()
    __attrs_attrs__: ClassVar[tuple[Attribute[Any], ...]]

    def __repr__(self) -> str:
        said = (f"{one.name}={getattr(self, one.name)!r}" for one in self.__attrs_attrs__ if one.repr)
        return f"{type(self).__name__}({', '.join(said)})"


class Shelf:
    """What draws the items of a taxonomy with the labels of their neighbours: set once, when a model takes them in.

    It does not travel: an item that is pickled or copied by itself leaves its model behind, and shows its text.
    """

    __slots__ = ("draw",)

    def __init__(self, draw: Callable[[Any], str] | None = None) -> None:
        self.draw = draw

    def __reduce__(self) -> tuple[type[Shelf], tuple[()]]:
        return Shelf, ()
