"""The rules of the catalogue as a Lark grammar: what our hand-written parser is measured beside.

It is the subset of FEEL that those rules use, with FEEL's precedence, and it builds a tree as ours does.
"""

from __future__ import annotations

from typing import Any

GRAMMAR = r"""
?start: disjunction
?disjunction: conjunction ("or" conjunction)*
?conjunction: comparison ("and" comparison)*
?comparison: postfix
    | postfix COMPARATOR postfix   -> compare
    | postfix "in" list            -> among
?postfix: primary
    | postfix "[" disjunction "]"  -> filter
    | postfix "." NAME             -> path
?primary: NUMBER                   -> number
    | STRING                       -> string
    | "@" STRING                   -> at
    | "true"                       -> true
    | "false"                      -> false
    | NAME                         -> name
    | NAME "(" [disjunction ("," disjunction)*] ")" -> call
    | "not" "(" disjunction ")"    -> negation
    | list
    | "(" disjunction ")"
list: "[" [disjunction ("," disjunction)*] "]"
COMPARATOR: "<=" | ">=" | "!=" | "=" | "<" | ">"
NAME: /[^\W\d]\w*/
STRING: /"(?:[^"\\]|\\.)*"/
NUMBER: /\d+(?:\.\d+)?/
%ignore /\s+/
"""


def parser() -> Any:
    """The parser that Lark makes of the grammar: LALR(1), with places kept."""
    from lark import Lark

    return Lark(GRAMMAR, parser="lalr", propagate_positions=True)
