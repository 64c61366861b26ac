"""Pieces of Python, as trees: what generated code is built of."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

_NO_TYPES: dict[str, Any] = {"type_params": []} if sys.version_info >= (3, 12) else {}


# A name is one node, however many times it is read: a large tree is most of the work of a first answer.
@lru_cache(maxsize=4096)
def name_of(name: str) -> ast.Name:
    """A name that is read."""
    return ast.Name(name, ast.Load())


def store(name: str) -> ast.Name:
    """A name that is given a value."""
    return ast.Name(name, ast.Store())


def assign(name: str, value: ast.expr) -> ast.stmt:
    """`name = value`"""
    return ast.Assign([store(name)], value)


def call(function: str, *arguments: ast.expr) -> ast.expr:
    """`function(arguments)`"""
    return ast.Call(name_of(function), list(arguments), [])


def joined(operator: ast.boolop, tests: Sequence[ast.expr]) -> ast.expr:
    """*tests* under one `and` or `or`."""
    if not tests:
        return ast.Constant(isinstance(operator, ast.And))
    return tests[0] if len(tests) == 1 else ast.BoolOp(operator, list(tests))


UNPACKED = ast.Assign([ast.Tuple([store(name) for name in ("u", "w", "v", "y", "z", "e")], ast.Store())], name_of("r"))
"""What stands for an unknown: anything, a number asked up and down, a date asked up and down, bits."""


def _placed(module: ast.Module) -> ast.Module:
    """*module* with a place at every node, which Python asks for. Nodes that stand in it often are looked at once."""
    waiting: list[ast.AST] = [module]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            if node._attributes:
                node.lineno = node.end_lineno = 1  # type: ignore[attr-defined]
                node.col_offset = node.end_col_offset = 0  # type: ignore[attr-defined]
            waiting.extend(ast.iter_child_nodes(node))
    return module


def function_of(
    name: str, arguments: Sequence[str], body: list[ast.stmt], space: Mapping[str, Any]
) -> Callable[..., Any]:
    """The function *name*, with *space* for its globals. There is no author's text in *body* but as constants."""
    whole = ast.arguments([], [ast.arg(one) for one in arguments], None, [], [], None, [])
    module = _placed(ast.Module([ast.FunctionDef(name, whole, body, [], None, **_NO_TYPES)], []))
    found: dict[str, Any] = dict(space)
    exec(compile(module, "<rulebook>", "exec"), found)  # noqa: S102 - our own tree
    built: Callable[..., Any] = found[name]
    return built
