"""Why a condition came out as it did: the smallest part that decided it, with its place and its law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from lgbm.model.facts import NO_LOCALS, Facts, doubts_in
from lgbm.model.truth import Truth
from lgbm.rules import term as t
from lgbm.rules.semantics import evaluate, truth


@frozen
class Reason:
    """One question that was decisive, or is still to be settled."""

    question: t.Term
    truth: Truth
    origin: t.Origin | None
    local: Mapping[str, object] = field(factory=dict[str, object], eq=False)
    shown: Mapping[str, Any] = field(factory=dict[str, Any], eq=False)
    """The known facts that it rests on."""
    missing: frozenset[str] = frozenset()
    undefined: frozenset[str] = frozenset()


def reasons(condition: t.Term, facts: Facts) -> tuple[Reason, ...]:
    """The fewest questions that decide *condition*; if it is not decided, those still to be settled."""
    found = _proof(condition, facts, NO_LOCALS, None)
    return tuple(dict.fromkeys(found))


def _proof(term: t.Term, facts: Facts, local: Mapping[str, object], origin: t.Origin | None) -> list[Reason]:
    match term:
        case t.Stated(part, stated):
            return _proof(part, facts, local, _within(stated, origin))
        case t.Not(part):
            return _proof(part, facts, local, origin)
        case t.And(parts) | t.Or(parts):
            settles = Truth.FALSE if isinstance(term, t.And) else Truth.TRUE
            answers = [truth(part, facts, local) for part in parts]
            if settles in answers:
                proofs = [
                    _proof(part, facts, local, origin)
                    for part, one in zip(parts, answers, strict=True)
                    if one is settles
                ]
                return min(proofs, key=_cost)
            wanted = Truth.UNKNOWN if Truth.UNKNOWN in answers else answers[0] if answers else Truth.TRUE
            return [
                reason
                for part, one in zip(parts, answers, strict=True)
                if one is wanted
                for reason in _proof(part, facts, local, origin)
            ]
        case t.If(condition, then, otherwise):
            chosen = truth(condition, facts, local)
            found = _proof(condition, facts, local, origin)
            if chosen is Truth.UNKNOWN and truth(term, facts, local) is Truth.UNKNOWN:
                inner = [part for part in (then, otherwise) if truth(part, facts, local) is Truth.UNKNOWN]
                return found + [reason for part in inner for reason in _proof(part, facts, local, origin)]
            if chosen is Truth.UNKNOWN:
                return _proof(then, facts, local, origin) + _proof(otherwise, facts, local, origin)
            return found + _proof(then if chosen is Truth.TRUE else otherwise, facts, local, origin)
        case t.Compare(operator, left, t.Const(value, "boolean")):
            del operator, value
            return _proof(left, facts, local, origin)
        case _:
            return [_reason(term, facts, local, origin)]


def _within(inner: t.Origin, outer: t.Origin | None) -> t.Origin:
    """The place of *inner*, with the words and the law of *outer* where it has none of its own."""
    if outer is None or (inner.because and inner.source):
        return inner
    return t.Origin(inner.span, inner.text, inner.because or outer.because, inner.source or outer.source)


def _cost(proof: Sequence[Reason]) -> tuple[int, int, str]:
    shown = {name for reason in proof for name in reason.shown}
    return len(proof), len(shown), ";".join(_told(reason.question) for reason in proof)


def _told(term: t.Term) -> str:
    """*term* as text that is the same in every process, as that of a set is not."""
    match term:
        case t.OneOf(of, values):
            return f"OneOf({_told(of)}, {sorted(values)})"
        case t.Const() | t.Fact() | t.Local() | t.Undefined():
            return repr(term)
        case _:
            word = getattr(term, "name", "") or getattr(term, "function", "") or getattr(term, "operator", "")
            return f"{type(term).__name__} {word}({', '.join(map(_told, t.parts_of(term)))})"


def _reason(question: t.Term, facts: Facts, local: Mapping[str, object], origin: t.Origin | None) -> Reason:
    found = evaluate(question, facts, local)
    answer = truth(question, facts, local)
    shown = {name: facts.known[name] for name in sorted(t.facts_of(question)) if name in facts.known}
    doubts = doubts_in((found,))
    return Reason(
        question, answer, origin, local, shown,
        frozenset(name for doubt in doubts for name in doubt.names),
        frozenset(one for doubt in doubts for one in doubt.reasons),
    )  # fmt: skip
