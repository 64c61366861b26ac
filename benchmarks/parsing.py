"""The hand-written parser beside one that Lark makes."""

from __future__ import annotations

from lark_grammar import parser
from measure import ROUNDS, Line, interleaved
from workload import rule_texts

from lgbm.rules.parse import parse

_SIZE = 1000


def lines(rounds: int = ROUNDS) -> list[Line]:
    """What stands in the table for parsing: microseconds for one rule text."""
    texts = rule_texts(_SIZE)
    theirs = parser().parse
    for text in texts:
        parse(text)
        theirs(text)
    found = interleaved({"ours": (parse, texts), "lark": (theirs, texts)}, rounds, whole=True)
    return [Line(f"parse one of {len(texts):,} rule texts", found["ours"], found["lark"], "Lark, LALR", None, True)]
