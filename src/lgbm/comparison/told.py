"""A comparison as it is told: what is gained and lost first, what follows and what is not for this person folded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lgbm.comparison.turns import AmountTurn, Turn
from lgbm.decision import SAID, Amount, Status, often
from lgbm.model.concepts import in_language
from lgbm.model.truth import Truth
from lgbm.outline import Line, Mark
from lgbm.resolution import Resolution
from lgbm.rules.naming import either, pounds
from lgbm.rules.wording import Words

if TYPE_CHECKING:
    from lgbm.comparison import Comparison

_MOST = 10
_FEW = 3
"""As many services that turn are told with their clauses at once; of more, the clauses are folded."""
_COMES: dict[str, str] = {
    "gained": "comes",
    "lost": "goes",
    "unsettled": "is not known any more",
}
_MARKS: dict[str, Mark] = {"eligible": "yes", "ineligible": "no", "undetermined": "ask"}
_NEED_MARKS: dict[Truth, Mark] = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "ask"}


def as_line(found: Comparison) -> Line:
    """The whole as an outline."""
    words = Words(found.after.book, found.after.language)
    parts = [
        _facts(found, words),
        _services("Gained", found.gained, words),
        _services("Lost", found.lost, words),
        _services("Not known any more", found.unsettled, words),
        _services("Settled", found.settled, words),
        Line("What is paid", lines=tuple(map(_paid, found.amounts))),
        Line("Needs", lines=tuple(map(_need, found.needs)), folded=f"{len(found.needs)} come out otherwise"),
        _asks("To be asked now", found.asked, words),
        _asks("Not to be asked any more", found.not_asked, words),
    ]
    lines = tuple(one for one in parts if one.lines)
    same = len(found.after.services) - len(found.services)
    end = f"{same} service{' is' if same == 1 else 's are'} answered as before."
    return Line(_title(found), lines=(*lines, Line(end if lines else f"Nothing comes out otherwise: {end}")))


def _title(found: Comparison) -> str:
    one, other = found.before, found.after
    apart: list[tuple[str, str]] = []
    if one.taxonomy.id != other.taxonomy.id:
        apart.append(_models(one, other))
    if one.event != other.event:
        apart.append((_event(one), _event(other)))
    if one.on != other.on:
        apart.append((str(one.on), str(other.on)))
    if apart:
        return f"From “{', '.join(a for a, _ in apart)}” to “{', '.join(b for _, b in apart)}”"
    return "From one to the other" + (f", after {_event(other)}" if other.event else "")


def _models(one: Resolution, other: Resolution) -> tuple[str, str]:
    """What both taxonomies are called: by their ids, where their labels do not tell them apart."""
    before, after = (in_language(each.taxonomy.label, each.language) or each.taxonomy.id for each in (one, other))
    return (before, after) if before != after else (one.taxonomy.id, other.taxonomy.id)


def _event(answer: Resolution) -> str:
    return answer.taxonomy.events[answer.event].named(answer.language) if answer.event else "as things are"


def _facts(found: Comparison, words: Words) -> Line:
    """The facts that were stated or brought; those that follow are counted where they are many."""
    direct = [one for one in found.facts if not one.follows]
    follow = [one for one in found.facts if one.follows]
    lines: list[Line] = []
    for one in direct:
        name = one.circumstance
        before, after = (
            "not known" if each is None else words.names.value(each, name) for each in (one.before, one.after)
        )
        # Lists of people may differ and read alike.
        text = f"{before} → {after}" if before != after else f"{after}, but not the same"
        lines.append(Line(f"{words.names.called(name)}: {text}", mark="change"))
    if follow:
        named = [words.names.called(one.circumstance) for one in follow[:3]]
        more = [f"{len(follow) - 3} more"] if len(follow) > 3 else []
        lines.append(Line(f"and what follows: {either([*named, *more], 'and')}"))
    return Line("What differs", lines=tuple(lines))


def _services(heading: str, turns: Sequence[Turn], words: Words) -> Line:
    lines = [_service(one, words, len(turns) <= _FEW) for one in turns[:_MOST]]
    rest = turns[_MOST:]
    if rest:
        told = tuple(Line(_brief(one), mark=_MARKS[one.after.value]) for one in rest)
        lines.append(Line(f"and {len(rest)} more", lines=told, folded=""))
    return Line(heading, lines=tuple(lines))


def _brief(one: Turn) -> str:
    return one.label if one.kind in ("gained", "lost") else f"{one.label} ({SAID[Status(one.after.value)]})"


def _service(one: Turn, words: Words, at_length: bool) -> Line:
    now = SAID[Status(one.after.value)]
    asks = _few(one.missing, words)
    lines = (*one.clauses, *([Line(f"ask for: {asks}")] if asks else []))
    text = f"{one.label}: {SAID[Status(one.before.value)]} → {now}"
    brief = f"ask for: {asks}" if asks else ""
    return Line(text, mark=_MARKS[one.after.value], lines=lines, folded=None if at_length else brief)


def _few(missing: Sequence[str], words: Words) -> str:
    named = [words.names.called(name) for name in missing[:6]]
    return either([*named, *([f"{len(missing) - 6} more"] if len(missing) > 6 else [])], "and")


def _need(one: Turn) -> Line:
    mark = _NEED_MARKS[Truth(one.after.value)]
    settled = "is known to be there now" if mark == "yes" else "is known not to be there now"
    return Line(f"{one.label} {_COMES.get(one.kind, settled)}", mark=mark, lines=one.clauses, folded="")


def _paid(one: AmountTurn) -> Line:
    before, after = (_sum(*side) for side in zip((one.before, one.after), one.statuses, strict=True))
    gone: Mark = "ask" if one.statuses[1] is Status.UNDETERMINED else "no"
    mark: Mark = gone if one.after is None else "change" if one.before else "yes"
    label = next(each.label for each in (one.after, one.before) if each is not None)
    return Line(f"{one.label}, {label}: {before} → {after}", mark=mark)


def _sum(one: Amount | None, status: Status) -> str:
    if one is None:
        return "not known whether it is paid" if status is Status.UNDETERMINED else "not paid"
    return "an amount that is not known" if one.pounds is None else f"{pounds(one.pounds)} {often(one.every)}"


def _asks(heading: str, missing: Sequence[str], words: Words) -> Line:
    lines = [Line(words.names.called(name), mark="ask") for name in missing[:_MOST]]
    rest = [words.names.called(name) for name in missing[_MOST:]]
    if rest:
        lines.append(Line(f"and {len(rest)} more: {'; '.join(rest)}", mark="ask"))
    return Line(heading, lines=tuple(lines), folded=f"{len(missing)} fact{'' if len(missing) == 1 else 's'}")
