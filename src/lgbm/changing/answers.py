"""What would make somebody eligible, and what would end it: from facts to suggestions, and to the words for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from attrs import evolve, frozen

from lgbm.changing.cliffs import Edge, edges
from lgbm.changing.moves import Cliff, Suggestion, WhatWouldChange, WhatWouldEnd
from lgbm.changing.standing import Standing
from lgbm.changing.told import Telling, cautions, without_repeats
from lgbm.changing.ways import MOST, STEPS, Found, Way, ways_to, ways_to_open
from lgbm.errors import ProfileError
from lgbm.messages import changing as say
from lgbm.model.concepts import Service, in_language
from lgbm.model.facts import Facts, circumstance_of
from lgbm.model.truth import Truth
from lgbm.model.values import Value
from lgbm.outline import Line
from lgbm.rules import term as t
from lgbm.rules.explain import reasons
from lgbm.rules.naming import either
from lgbm.rules.wording import Words

_SAID = {Truth.TRUE: "eligible", Truth.FALSE: "not eligible", Truth.UNKNOWN: "not known yet"}
_STATUS = {Truth.TRUE: "eligible", Truth.FALSE: "ineligible", Truth.UNKNOWN: "undetermined"}
_COUNTED = ("", "one fact", "two facts", "three facts")
MOST_TOLD = 7
"""Ways, and cliffs, that are told at length."""


@frozen
class Asked:
    """A service, a citizen, and what is known of whether she is eligible."""

    service: Service
    words: Words
    facts: Facts
    truth: Truth
    missing: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()
    """The facts that were stated, or set by the event, whether or not they apply."""

    @property
    def condition(self) -> t.Term | None:
        """The rules of the service, if there are any."""
        return self.words.book.services.get(self.service.id)

    @property
    def head(self) -> str:
        """What is decided now."""
        return f"{self.service.named(self.words.language)}: {_SAID[self.truth]}"

    @property
    def not_modelled(self) -> tuple[str, ...]:
        """What the rules leave out."""
        return tuple(in_language(one, self.words.language) or "" for one in self.service.not_modelled)

    def called(self, names: Sequence[str]) -> str:
        """Facts by their labels, read out."""
        return either([self.words.names.called(name) for name in names], "and")


def what_would_change(asked: Asked, most: int = MOST, steps: int = STEPS) -> WhatWouldChange:
    """The smallest changes of at most *most* facts that would make the citizen eligible.

    Raises `ProfileError` where *most* is not 1, 2 or 3.
    """
    if isinstance(most, bool) or most not in range(1, MOST + 1):
        raise ProfileError([say.too_many_changes(most, MOST)])
    condition = asked.condition
    if condition is None or asked.truth is Truth.TRUE:
        line = Line(asked.head, lines=() if condition is not None else (_no_rules(),))
        return _changing(asked, (), condition is not None, most, line)
    standing = Standing(asked.words.book, asked.facts, condition, asked.said)
    # Nobody is told to move house to where a service is offered.
    fixed = frozenset(standing.taxonomy.jurisdiction)
    found = ways_to(standing, fixed, most, steps)
    opening = not found.ways and asked.truth is Truth.FALSE
    if opening:
        surely = found
        found = ways_to_open(standing, fixed, most, steps)
        found = evolve(found, proven=found.proven and surely.proven)
    telling = Telling(standing, asked.words)
    told = [(way, _suggestion(telling, way)) for way in found.ways]
    suggestions = tuple(one for _, one in sorted(told, key=lambda pair: _plainness(standing, *pair)))
    line = Line(asked.head, lines=tuple(_change_lines(asked, standing, suggestions, found, most)))
    return _changing(asked, suggestions, found.proven, most, line)


def _changing(
    asked: Asked, suggestions: tuple[Suggestion, ...], proven: bool, most: int, line: Line
) -> WhatWouldChange:
    return WhatWouldChange(
        asked.service.id, _STATUS[asked.truth], suggestions, asked.missing, proven, most, asked.not_modelled, line
    )


def _plainness(standing: Standing, way: Way, one: Suggestion) -> tuple[object, ...]:
    """What carries nothing else with it comes first, then what changes a little; what is given up comes last."""
    gives_up = any(name.startswith("receives(") and value is False for name, value in way.changes.items())
    return gives_up, len(one.follows), _share(standing, way), sorted(way.changes), repr(way.options)


def _share(standing: Standing, way: Way) -> Decimal:
    """By how much the numbers change, as a share of themselves."""
    found = Decimal(0)
    for path, value in way.changes.items():
        now: Any = standing.value(path)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            found += abs(Decimal(value) - Decimal(now or 0)) / max(abs(Decimal(now or 0)), Decimal(1))
    return found


def _suggestion(telling: Telling, way: Way) -> Suggestion:
    standing = telling.standing
    moves = tuple(
        telling.move(path, way.options.get(path, ()), way.ranges.get(path), way.changes, "no") for path in way.changes
    )
    missing = tuple(sorted(standing.doubts(way.changes)))
    return Suggestion(moves, tuple(telling.follows(way.changes)), missing, standing.profile(way.changes))


def _change_lines(
    asked: Asked, standing: Standing, suggestions: Sequence[Suggestion], found: Found, most: int
) -> Iterator[Line]:
    if asked.truth is Truth.UNKNOWN:
        yield Line(f"first ask for: {asked.called(asked.missing)}", mark="ask")
    if not suggestions:
        yield from _nothing(asked, standing, found, most)
        return
    open_still = any(one.missing for one in suggestions)
    each = "This" if len(suggestions) == 1 else f"Each of these {len(suggestions)}"
    whatever = ", whatever the answer," if asked.truth is Truth.UNKNOWN else ""
    would = f"{each} would{whatever} make this person eligible, as far as these rules go"
    if open_still:
        would = f"After {each[:1].lower()}{each[1:]} it would no longer be ruled out, and depend on more"
    lines = [_told(asked, one) for one in suggestions[:MOST_TOLD]]
    if len(suggestions) > MOST_TOLD:
        rest = "; ".join(" and ".join(move.text for move in one.changes) for one in suggestions[MOST_TOLD:])
        lines.append(Line(f"and {len(suggestions) - MOST_TOLD} more: {rest}", mark="change"))
    yield Line(would, lines=tuple(lines))
    yield from _small_print(asked, found)


def _told(asked: Asked, one: Suggestion) -> Line:
    """One suggestion: its facts, under each the clauses, and what it carries with it."""
    seen: set[Line] = set()
    # What opens a way (work) comes before what is found on it (hours): a clause stands with the last that it is about.
    last_first = [without_repeats(move.clauses, seen) for move in reversed(one.changes)]
    clauses = reversed(last_first)
    names = asked.words.names
    lines = [
        Line(move.text, mark="change", lines=(*held, *cautions(move, names, advised=True)))
        for move, held in zip(one.changes, clauses, strict=True)
    ]
    aside = [Line(f"with that, {follow.text}") for follow in one.follows]
    if one.missing:
        aside.append(Line(f"then it depends on: {asked.called(one.missing)}", mark="ask"))
    if len(lines) == 1:
        return evolve(lines[0], lines=(*lines[0].lines, *aside))
    return Line("all of these together" if len(lines) > 2 else "both of these", lines=(*lines, *aside))


def _nothing(asked: Asked, standing: Standing, found: Found, most: int) -> Iterator[Line]:
    """That there is no such change, and what stands in the way."""
    ruled_out = asked.truth is Truth.FALSE
    if not found.proven:
        said = "No change was found that would make this person eligible"
    elif not ruled_out:
        said = "Until that is known, no change would make this person eligible for certain"
    elif found.ended:
        said = "Nothing that this person can change would make the answer another one"
    else:
        said = f"No change of up to {_COUNTED[most]} that this person can make would make the answer another one"
    lines = asked.words.lines(reasons(standing.condition, asked.facts), asked.facts, "no") if ruled_out else ()
    yield Line(said, lines=lines)
    yield from _small_print(asked, found)


def _small_print(asked: Asked, found: Found) -> Iterator[Line]:
    if not found.proven:
        yield Line("there may be smaller or other changes: not every combination could be looked at", mark="note")
    for one in asked.not_modelled:
        yield Line(f"not checked here: {one}", mark="note")


def _no_rules() -> Line:
    return Line("no eligibility rules are written for it", mark="ask")


# -- what would end it


def what_would_end(asked: Asked) -> WhatWouldEnd:
    """What would end the eligibility, each fact by itself, the nearest first; nothing, where there is none to end."""
    condition = asked.condition
    if condition is None or asked.truth is not Truth.TRUE:
        lines = (_no_rules(),) if condition is None else (Line("there is no eligibility that could end"),)
        return WhatWouldEnd(asked.service.id, _STATUS[asked.truth], (), Line(asked.head, lines=lines))
    standing = Standing(asked.words.book, asked.facts, condition, asked.said)
    cliffs = tuple(_cliff(edge, asked.words) for edge in edges(standing))
    line = Line(asked.head, lines=tuple(_end_lines(asked, cliffs)))
    return WhatWouldEnd(asked.service.id, _STATUS[asked.truth], cliffs, line)


def _cliff(edge: Edge, words: Words) -> Cliff:
    telling = Telling(edge.standing, words)
    change = telling.move(edge.path, edge.options, edge.range, {edge.path: edge.value}, "yes")
    about = edge.standing.about(edge.path)
    mutable = about is None or (about.mutable and about.formula is None)
    return Cliff(change, edge.truth is Truth.FALSE, edge.distance, mutable)


def _end_lines(asked: Asked, cliffs: Sequence[Cliff]) -> Iterator[Line]:
    if not cliffs:
        yield Line("No single fact would end it, as far as these rules go")
    for ends, words in ((True, "Any of these would end it"), (False, "After any of these it would not be known")):
        found = [one for one in cliffs if one.ends is ends]
        kept = found[:MOST_TOLD]
        lines = [_cliff_line(asked, one) for one in kept]
        if len(found) > MOST_TOLD:
            rest = "; ".join(one.change.text for one in found[MOST_TOLD:])
            lines.append(Line(f"and {len(found) - MOST_TOLD} more: {rest}", mark="no" if ends else "ask"))
        if lines:
            yield Line(f"{words}, the nearest first", lines=tuple(lines))
    yield from (Line(f"not checked here: {one}", mark="note") for one in asked.not_modelled)


def _cliff_line(asked: Asked, cliff: Cliff) -> Line:
    text, change = cliff.change.text, cliff.change
    if cliff.distance is not None:
        most = "" if change.range is None or change.range.whole else "at most "
        text = (
            f"{text[:-1]}, {most}{_distance(asked, cliff)} away)" if cliff.distance else f"{text[:-1]}, at the limit)"
        )
    beside = cautions(change, asked.words.names, advised=False)
    return Line(text, mark="no" if cliff.ends else "ask", lines=(*change.clauses, *beside))


def _distance(asked: Asked, cliff: Cliff) -> str:
    about = asked.words.book.book.taxonomy.circumstances.get(circumstance_of(cliff.change.fact))
    distance: Value = cliff.distance if cliff.distance is not None else 0
    if about is not None and about.kind.value == "date":
        return f"{distance} days"
    return asked.words.names.value(distance, cliff.change.fact)
