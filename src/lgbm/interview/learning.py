"""Weights learned from a table of citizens: which of them would answer what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, cast

from lgbm.errors import ProfileError
from lgbm.interview.answers import RECEIVES
from lgbm.interview.subject import without_clashes
from lgbm.interview.weights import Weights, answered, told
from lgbm.messages import interview as say
from lgbm.model.facts import Facts
from lgbm.model.profile import ProfileReader
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook
from lgbm.rules.semantics import evaluate

if TYPE_CHECKING:
    from lgbm.interview.asking import Interview

MOST_ROWS = 500
"""Citizens that are learned from: more say little more, and take longer to go by."""
_SEVERAL = (t.And, t.Or, t.Not, t.If, t.Stated)


class Modelled(Protocol):
    """A model, as far as weights are learned for it."""

    def interview(self, *, on: date | str | None = None) -> Interview:
        """An interview on a date, today without one."""
        ...


def weights_from(model: Modelled, table: Any, *, on: date | str | None = None) -> Weights:
    """How likely answers are among the citizens of *table*, for `model.interview(…, weights=…)`.

    *table* is what `model.screen` takes; the first 500 rows are read, and columns that are no circumstances left out.
    Needs the extra `population`. It takes seconds: keep what `to_dict()` gives.
    """
    from lgbm.population.tables.sources import source_of

    subject = model.interview(on=on).subject
    named = {*subject.taxonomy.circumstances, RECEIVES}
    rows = (row for batch in source_of(table).blocks() for row in _rows(batch))
    profiles = ({name: _known(value) for name, value in row.items() if name in named} for row in rows)
    return weights_of(subject.book, subject.reader, profiles)


def _rows(batch: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = batch.slice(0, MOST_ROWS).to_pylist()
    return found


def _known(value: Any) -> Any:
    """A cell as a profile gives it: without what is not known of people."""
    match value:
        case dict():
            return {name: one for name, one in cast("dict[str, Any]", value).items() if one is not None}
        case list():
            return [_known(one) for one in cast("Sequence[Any]", value)]
        case _:
            return value


def weights_of(book: DatedRulebook, reader: ProfileReader, profiles: Iterable[Mapping[str, Any]]) -> Weights:
    """What the first of *profiles* say of how likely each answer is. Profiles that contradict themselves are left out.

    What a citizen did not say goes as often one way as for those who did.
    """
    questions = {told(one): one for one in _questions(book)}
    true, known = dict.fromkeys(questions, 0), dict.fromkeys(questions, 0)
    said: dict[str, int] = {}
    rows = 0
    for profile in islice(profiles, MOST_ROWS):
        facts = without_clashes(book, reader.read(profile))
        if facts is None:
            continue
        bit = 1 << rows
        rows += 1
        for key, question in questions.items():
            value = evaluate(question, facts)
            if value is True or value is False:
                known[key] |= bit
                true[key] |= bit if value else 0
        _add_answers(book, facts, bit, said, true, known)
    if not rows:
        raise ProfileError([say.nothing_to_learn_from()])
    everybody = (1 << rows) - 1
    return Weights(rows, said | {key: _filled(true[key], known[key], everybody) for key in true if known[key]})


def _add_answers(
    book: DatedRulebook, facts: Facts, bit: int, said: dict[str, int], true: dict[str, int], known: dict[str, int]
) -> None:
    """What this citizen would answer, and to the yes-or-no questions that not everybody is asked."""
    for name, value in facts.known.items():
        if isinstance(value, bool | str | tuple):
            key = answered(name, value)
            said[key] = said.get(key, 0) | bit
        how = book.derived.get(name)
        if isinstance(value, bool) and how is not None and how.gate is not None:
            key = f"{name} where it applies"
            applies = evaluate(how.gate, facts) is True
            known[key] = known.get(key, 0) | (bit if applies else 0)
            true[key] = true.get(key, 0) | (bit if applies and value else 0)


def _filled(true: int, known: int, everybody: int) -> int:
    """*true* for those of whom it is known; for the others, as often, in turns."""
    missing = everybody & ~known
    if not missing:
        return true
    share, due = true.bit_count() / known.bit_count(), 0.5
    place = 0
    while missing >> place:
        if missing >> place & 1:
            due += share
            if due >= 1:
                due -= 1
                true |= 1 << place
        place += 1
    return true


def _questions(book: DatedRulebook) -> Iterator[t.Term]:
    """Every question that a rule asks of the facts of a citizen."""
    waiting: list[t.Term] = [*book.services.values(), *book.needs.values()]
    for how in book.derived.values():
        waiting += [one for one in (how.gate, how.formula) if one is not None]
    seen: set[t.Term] = set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if isinstance(one, _SEVERAL):
            waiting += t.parts_of(one)
        elif not isinstance(one, t.Const | t.Undefined):
            yield one
