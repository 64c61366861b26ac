"""Rules on their way to where the rows are: to another process, or to another machine."""

from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from lgbm.errors import ProfileError
from lgbm.messages import profiles as say_of_profiles
from lgbm.messages import tables as say
from lgbm.model.concepts import Circumstance, Service
from lgbm.model.taxonomy import Taxonomy
from lgbm.population.blocks import OnWrong
from lgbm.population.library import pa
from lgbm.population.tables.sources import BLOCK
from lgbm.rules import term as t
from lgbm.rules.compile import compiled
from lgbm.rules.compiled import Compiled
from lgbm.rules.rulebook import DatedRulebook, Derived, Rulebook
from lgbm.rules.scope import Scope
from lgbm.source import Source, Span

if TYPE_CHECKING:
    from lgbm.population.screening import Counts, Screening

_NOWHERE = Span(Source("carried", ""), 1, 1)
_NO_ORIGIN = t.Origin(_NOWHERE, "")


@frozen
class Carried:
    """What is asked of a population: the rules of a date, and how rows are gone through. It can be pickled.

    Of the rules there is what decides. Labels, law and places stay behind, so that a fifth is left to be sent, and so
    do answers for one citizen.
    """

    rules: bytes
    event: str | None
    keep: tuple[str, ...]
    wrong: OnWrong
    version: str
    """Of the library that made it: another may understand the rules otherwise."""


def carried(
    book: DatedRulebook, *, event: str | None = None, keep: Sequence[str] = (), wrong: OnWrong = "refuse"
) -> Carried:
    """The question that `screen` asks, to be asked elsewhere. Raises `ProfileError` where there is no such event."""
    events = book.book.taxonomy.events
    if event is not None and event not in events:
        raise ProfileError([say_of_profiles.unknown_event(event, events)])
    written = io.BytesIO()
    _Writer(written, pickle.HIGHEST_PROTOCOL).dump(_bare(book, event))
    return Carried(written.getvalue(), event, tuple(keep), wrong, _version())


def answered(asked: Carried, batches: Iterable[Any]) -> Iterator[Any]:
    """For record batches of citizens, record batches of answers: as `Screening.batches`."""
    found = _screening(asked, batches)
    if found is not None:
        yield from found.batches()


def counted(asked: Carried, batches: Iterable[Any]) -> dict[str, Counts]:
    """How the rows of record batches are counted: as `Screening.counts`. Without any batch, nothing is."""
    found = _screening(asked, batches)
    return {} if found is None else dict(found.counts())


def _screening(asked: Carried, batches: Iterable[Any]) -> Screening | None:
    # It may want to send its rules away by what is here.
    from lgbm.population.screening import screen

    if asked.version != _version():
        raise ProfileError([say.made_by_another_version(asked.version, _version())])
    sized = _of_a_size(iter(batches))
    first = next(sized, None)
    if first is None:
        return None
    # Whoever can write these bytes can start any program here already: Spark sends functions in the same way.
    book: DatedRulebook = pickle.loads(asked.rules)  # noqa: S301
    return screen(book, chain([first], sized), event=asked.event, keep=asked.keep, wrong=asked.wrong)


def _version() -> str:
    # The package itself stands above all of its parts, and is not imported by them; it is there, as this part is.
    found: str = sys.modules["lgbm"].__version__
    return found


def _of_a_size(batches: Iterator[Any]) -> Iterator[Any]:
    """The same rows in batches of the size that suits the kernel best, or larger: what sends them may send fewer."""
    waiting: list[Any] = []
    rows = 0
    for batch in batches:
        if waiting and rows + batch.num_rows > BLOCK:
            yield _one(waiting)
            waiting, rows = [], 0
        waiting.append(batch)
        rows += batch.num_rows
    if waiting:
        yield _one(waiting)


def _one(batches: Sequence[Any]) -> Any:
    if len(batches) == 1:
        return batches[0]
    together = pa.Table.from_batches(batches).combine_chunks().to_batches()
    # Of no rows at all, there is no batch.
    return together[0] if together else batches[0]


# -- what is sent


class _Writer(pickle.Pickler):
    """Writes rules, and what stands around them as little as is needed to read them again."""

    def reducer_override(self, given: Any, /) -> Any:
        match given:
            case MappingProxyType():
                return dict, ({**given},)
            case Source():
                return Source, (given.name, "")
            case Compiled():
                return compiled, ([], {})
            case _:
                return NotImplemented


def _bare(book: DatedRulebook, event: str | None) -> DatedRulebook:
    """The same rules without the words, the law and the places."""
    bare = _unstated()

    def all_bare(terms: Mapping[str, t.Term]) -> dict[str, t.Term]:
        return {name: bare(one) for name, one in terms.items()}

    def formula(one: t.Stated) -> t.Stated:
        return t.Stated(bare(one), _NO_ORIGIN)

    undated = Rulebook(
        taxonomy=_bare_taxonomy(book.book.taxonomy, event),
        scope=Scope({}),
        derived={},
        reads=book.book.reads,
        needs={},
        services={},
        amounts={},
        indicators={},
        segments={},
        effects={},
        passports=book.book.passports,
        date_table=(),
    )
    return DatedRulebook(
        book=undated,
        day=book.day,
        derived={
            name: Derived(
                bare(one.gate) if one.gate else None,
                one.otherwise,
                formula(one.formula) if one.formula else None,
                {field: formula(each) for field, each in one.fields.items()},
            )
            for name, one in book.derived.items()
        },
        services=all_bare(book.services),
        needs={},
        amounts={},
        indicators={
            name: (None if of is None else bare(of), bare(counts)) for name, (of, counts) in book.indicators.items()
        },
        segments=all_bare(book.segments),
        effects={name: all_bare(effects) for name, effects in book.effects.items() if name == event},
        compiled=compiled([], {}),
    )


def _unstated() -> Callable[[t.Term], t.Term]:
    """What takes out of terms where, and in what words, each part was stated."""
    # By identity, as the terms that stand in many rules are many times the same; each is kept, so that its id is.
    done: dict[int, tuple[t.Term, t.Term]] = {}

    def bare(term: t.Term) -> t.Term:
        found = done.get(id(term))
        if found is None:
            found = done[id(term)] = term, bare(term.part) if isinstance(term, t.Stated) else t.mapped(term, bare)
        return found[1]

    return bare


def _bare_taxonomy(taxonomy: Taxonomy, event: str | None) -> Taxonomy:
    return Taxonomy(
        id=taxonomy.id,
        label={},
        leap_day_birthday=taxonomy.leap_day_birthday,
        jurisdiction=taxonomy.jurisdiction,
        circumstances={name: _bare_circumstance(one) for name, one in taxonomy.circumstances.items()},
        services={name: Service(id=name, label={}, span=_NOWHERE) for name in taxonomy.services},
        events={name: one for name, one in taxonomy.events.items() if name == event},
    )


def _bare_circumstance(one: Circumstance) -> Circumstance:
    return evolve(
        one,
        label={},
        notes={},
        question={},
        options={option: {} for option in one.options},
        asked_when=None,
        fields={name: _bare_circumstance(field) for name, field in one.fields.items()},
        span=_NOWHERE,
    )
