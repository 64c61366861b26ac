"""How the answer for one citizen is told: what a reader wants first comes first, and long lists are folded.

Nothing is lost by folding: the data of an answer has all of it, and *most* as nothing tells all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from lgbm.decision import SAID, Decision, Status
from lgbm.model.truth import Truth
from lgbm.model.values import Value
from lgbm.outline import Line
from lgbm.rules.naming import either
from lgbm.rules.wording import Words

MOST = 10
"""Services of one status, and possible needs, that are told at length."""
_MOST_ROWS = 30


@frozen
class Change:
    """A circumstance that the event changed. `None` is not known."""

    circumstance: str
    before: Value | None
    after: Value | None
    follows: bool
    """Whether the event itself says so, or it follows from what the event says."""


@frozen
class ImpliedNeed:
    """A need, and whether the circumstances imply it: true, or not known for want of *missing*."""

    id: str
    label: str
    truth: Truth
    missing: tuple[str, ...] = ()


class Answers(tuple[Decision, ...]):
    """Decisions, which show themselves in short: a notebook draws them as a table."""

    __slots__ = ()

    def __repr__(self) -> str:
        told = [repr(one) for one in self[:MOST]]
        told += [f"… {len(self) - MOST} more"] if len(self) > MOST else []
        return f"({', '.join(told)}{',' if len(self) == 1 else ''})"

    def _repr_html_(self) -> str:
        from lgbm import notebook as nb

        title = _count(len(self), "service")
        rows = [
            (one.label, SAID[one.status], _shown_for(one), _brief(one, one.why().line.lines), one.id) for one in self
        ]
        if not rows:
            return nb.card(title)
        if len({one.status for one in self}) == 1:
            title = f"{title}: {rows[0][1]}"
        table = nb.table(
            ("service", "answer", "shown for", "first to know", "id"),
            [(*row[:4], nb.code(row[4])) for row in rows[:_MOST_ROWS]],
        )
        rest = [f"{row[0]}: {row[1]}" for row in rows[_MOST_ROWS:]]
        return nb.card(title, table, nb.folded(f"and {len(rest)} more", nb.bullets(rest)))


@frozen
class Told:
    """The parts of an answer, as lines. *most* is how many of a kind are told at length; nothing: all."""

    words: Words
    most: int | None = MOST

    def changes(self, changes: Sequence[Change]) -> Line:
        """What an event changed. Facts that were not known before and follow now are counted only."""
        aside = [one for one in changes if one.follows and one.before is None] if self.most is not None else []
        lines = [self._changed(one) for one in changes if one not in aside]
        if aside:
            lines.append(Line(f"and {_count(len(aside), 'more fact')} that follow{'s' if len(aside) == 1 else ''}"))
        return Line("What changed", lines=tuple(lines) or (Line("nothing that is known"),))

    def _changed(self, one: Change) -> Line:
        name, names = one.circumstance, self.words.names
        before = "not known" if one.before is None else names.value(one.before, name)
        after = "not known" if one.after is None else names.value(one.after, name)
        return Line(f"{names.called(name)}: {before} → {after}" + (" (follows)" if one.follows else ""), mark="change")

    def services(self, shown: Sequence[Decision]) -> Iterator[Line]:
        """Services with their reasons: those for the citizen, those that depend on more, those that are not for her."""
        by_status = {status: [one for one in shown if one.status is status] for status in Status}
        eligible = tuple(map(_at_length, by_status[Status.ELIGIBLE]))
        if eligible:
            yield Line("Eligible for", lines=eligible)
        yield from self._undetermined(by_status[Status.UNDETERMINED])
        yield from self._ineligible(by_status[Status.INELIGIBLE])

    def _undetermined(self, found: Sequence[Decision]) -> Iterator[Line]:
        """What no rules are written for stands last."""
        asking = [one for one in found if one.missing]
        without = [one for one in found if not one.missing]
        lines = [*map(_at_length, asking[: self.most]), *map(self._in_short, asking[len(asking[: self.most]) :])]
        if self.most is None:
            lines += map(_at_length, without)
        elif without:
            lines.append(Line(f"No rules decide these here: {_labels(without)}", mark="ask"))
        if lines:
            yield Line("Not known yet", lines=tuple(lines))

    def _ineligible(self, found: Sequence[Decision]) -> Iterator[Line]:
        here = [one for one in found if one.offered]
        elsewhere = [one for one in found if not one.offered]
        kept = here[: self.most]
        lines = [*map(_at_length, kept), *map(self._in_short, here[len(kept) :])]
        if self.most is None:
            lines += map(_at_length, elsewhere)
        elif elsewhere:
            lines.append(Line(f"Not offered where the citizen lives: {_labels(elsewhere)}", mark="no"))
        if lines:
            yield Line("Not eligible for", lines=tuple(lines), folded=_count(len(found), "service"))

    def _in_short(self, decision: Decision) -> Line:
        """A service in one line: the first reason against it, or what is still to be asked."""
        if decision.status is Status.UNDETERMINED:
            return Line(f"{decision.label}: ask for {self._few(decision.missing)}", mark="ask")
        first = next((line for line in decision.why().line.lines if line.mark == "no"), None)
        text = f"{decision.label}: {first.text}" if first else decision.label
        return Line(text, mark="no", place=first.place if first else None, sources=first.sources if first else ())

    def possible(self, needs: Sequence[ImpliedNeed]) -> Iterator[Line]:
        """What may be needed as well, and what that depends on: on few facts first."""
        order = sorted(needs, key=lambda one: len(one.missing))
        kept = order[: self.most]
        lines = [Line(f"{one.label} (depends on {self._few(one.missing)})", mark="ask") for one in kept]
        rest = order[len(kept) :]
        if rest:
            lines.append(Line(f"and {len(rest)} more: {_listed(one.label for one in rest)}", mark="ask"))
        if lines:
            yield Line("What may be needed too", lines=tuple(lines), folded=_count(len(needs), "need"))

    def _few(self, missing: Sequence[str]) -> str:
        """Some facts by their labels."""
        called = [self.words.names.called(name) for name in missing[: self.most]]
        more = len(missing) - len(called)
        return either([*called, _count(more, "more fact")], "and") if more else either(called, "and")


def _at_length(decision: Decision) -> Line:
    whole = decision.why().line
    lines = tuple(one for one in whole.lines if one.mark != "note")
    notes = len(whole.lines) - len(lines)
    aside = f" ({_count(notes, 'thing')} not checked here)" if notes else ""
    return Line(f"{decision.label}{aside}", lines=lines, folded=_brief(decision, lines))


def _brief(decision: Decision, lines: Iterable[Line]) -> str:
    """What is wanted first of a service: what it pays, what is to be asked, or the first reason against it."""
    if decision.status is Status.INELIGIBLE:
        return next((one.text for one in lines if one.mark == "no"), "")
    wanted = "pays " if decision.status is Status.ELIGIBLE else "ask for: "
    return "; ".join(one.text for one in lines if not one.mark and one.text.startswith(wanted))


def _shown_for(decision: Decision) -> str:
    """The event that leads to a service, and the needs that it meets: those that are there before those that may be."""
    named = decision.shown_for
    return _listed([*named[:2], *([f"{len(named) - 2} more"] if len(named) > 2 else [])])


def _labels(decisions: Iterable[Decision]) -> str:
    return _listed(one.label for one in decisions)


def _listed(labels: Iterable[str]) -> str:
    # Labels have commas of their own.
    return "; ".join(labels)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
