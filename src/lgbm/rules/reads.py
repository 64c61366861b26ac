"""How generated code reads facts, and what stands where one is unknown."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from datetime import date
from typing import Any

from lgbm.rules import term as t
from lgbm.rules.python import assign, call, name_of

_SCALARS = ("number", "string", "date", "months", "seconds")
READABLE = (*_SCALARS, "boolean")


class NotNative(Exception):
    """The generated code has no words for this: it is left to the definition."""


class Reads:
    """What generated code reads, each fact once. *types* holds the types of facts, for those that are choices."""

    def __init__(self, types: Mapping[str, t.Type]) -> None:
        self.types = types
        self.loads: dict[str, tuple[str, list[ast.stmt]]] = {}
        """Statements that read facts, with the name that each gives."""
        self.used: set[str] = set()
        self.fields: dict[str, set[str]] = {}
        self.members: dict[str, dict[str, ast.stmt]] = {}
        """For each list of people, statements that read the fields of one."""
        self.constants: dict[str, Any] = {}
        self._codes: dict[tuple[str, ...], tuple[str, dict[str, int]]] = {}

    def atom(self, of: t.Term, member: str | None, form: str = "f", options: tuple[str, ...] = ()) -> ast.expr:
        """Python for a value. *form* says how an unknown stands: `a` asked upwards, `b` downwards, `x` as bits, `n` a
        boolean that is to be false, `f` otherwise.
        """
        getter: ast.expr
        match of:
            case t.Const(value, kind) if kind in _SCALARS and value not in (date.min, date.max):
                return ast.Constant(value) if isinstance(value, int | str) else name_of(self._constant(value))
            case t.Fact(name, kind) if kind in READABLE:
                self.used.add(name)
                getter = name_of("h" if form == "b" else "g")
                return name_of(self._loaded(f"{form} {name}", form, self._got(getter, name, kind, form, options)))
            case t.Field(t.Local(local), name, kind) if member == local and kind in READABLE:
                return name_of(self._of_member(local, name, kind, form, options))
            case t.Field(t.Fact(fact), name, kind) if kind in READABLE:
                self.used.add(fact)
                self.fields.setdefault(fact, set()).add(name)
                self.constants["EMPTY"] = {}
                getter = ast.Attribute(call("g", ast.Constant(fact), name_of("EMPTY")), "get", ast.Load())
                return name_of(
                    self._loaded(f"{form} {fact}.{name}", form, self._got(getter, name, kind, form, options))
                )
            case _:
                raise NotNative

    def _got(self, getter: ast.expr, name: str, kind: str, form: str, options: tuple[str, ...]) -> ast.expr:
        """Python that reads a value, or what stands for it where it is unknown."""
        if form == "x":
            return call(self._coded(options), ast.Call(getter, [ast.Constant(name)], []), name_of("e"))
        unknown = {"a": "y" if kind == "date" else "w", "b": "z" if kind == "date" else "v"}.get(form, "u")
        got = ast.Call(getter, [ast.Constant(name), name_of(unknown)], [])
        return ast.Compare(got, [ast.Eq()], [ast.Constant(False)]) if form == "n" else got

    def _loaded(self, key: str, form: str, got: ast.expr) -> str:
        if key not in self.loads:
            name = f"f{form}{len(self.loads)}"
            self.loads[key] = (name, [assign(name, got)])
        return self.loads[key][0]

    def _constant(self, value: Any) -> str:
        for name, one in self.constants.items():
            if type(one) is type(value) and one == value:
                return name
        name = f"K{len(self.constants)}"
        self.constants[name] = value
        return name

    def _coded(self, options: tuple[str, ...]) -> str:
        if options not in self._codes:
            codes = {option: 1 << place for place, option in enumerate(options)}
            name = f"X{len(self._codes)}"
            self._codes[options] = name, codes
            self.constants[name] = codes.get
        return self._codes[options][0]

    def _of_member(self, member: str, name: str, kind: str, form: str, options: tuple[str, ...]) -> str:
        self.fields.setdefault(member, set()).add(name)
        reads = self.members.setdefault(member, {})
        variable = f"m{form}_{sorted(self.types[member].item.fields or ()).index(name)}"  # type: ignore[union-attr]
        if variable not in reads:
            reads[variable] = assign(variable, self._got(name_of("mg"), name, kind, form, options))
        return variable

    def options(self, of: t.Term) -> tuple[str, ...] | None:
        """The options of a choice, if *of* is one."""
        match of:
            case t.Fact(name):
                found = self.types.get(name)
            case t.Field(t.Fact(fact) | t.Local(fact), name):
                owner = self.types.get(fact)
                owner = owner.item if owner and owner.kind == "list" else owner
                found = owner.fields.get(name) if owner and owner.fields else None
            case _:
                found = None
        return tuple(sorted(found.options)) if found and found.options and found.kind == "string" else None
