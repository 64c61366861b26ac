"""A value that is worked out once, when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class kept(Generic[T]):
    """What `functools.cached_property` is from Python 3.12 on: without a lock, which costs more than a small answer.

    Two threads that ask at once may both work it out; either value will do, since what is worked out never changes.
    """

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self.work_out = work_out
        self.name = work_out.__name__
        self.__doc__ = work_out.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> kept[T]: ...
    @overload
    def __get__(self, owner: object, kind: type) -> T: ...
    def __get__(self, owner: object | None, kind: type) -> kept[T] | T:
        if owner is None:
            return self
        found = owner.__dict__[self.name] = self.work_out(owner)
        return found
