"""Rules made ready to be sent: of a dated rulebook what decides, as bytes."""

from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from attrs import evolve, frozen

from lgbm.errors import ProfileError
from lgbm.messages import profiles as say_of_profiles
from lgbm.messages import tables as say
from lgbm.model.concepts import Circumstance, Service
from lgbm.model.taxonomy import Taxonomy
from lgbm.population.blocks import OnWrong
from lgbm.rules import term as t
from lgbm.rules.compile import compiled
from lgbm.rules.compiled import Compiled
from lgbm.rules.rulebook import DatedRulebook, Derived, Rulebook
from lgbm.rules.scope import Scope
from lgbm.source import Source, Span

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

    def book(self) -> DatedRulebook:
        """The rules. Raises `ProfileError` where another version of the library made them."""
        if self.version != _version():
            raise ProfileError([say.made_by_another_version(self.version, _version())])
        # Whoever can write these bytes can start any program here already: Spark sends functions in the same way.
        found: DatedRulebook = pickle.loads(self.rules)  # noqa: S301
        return found


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


def _version() -> str:
    # The package itself stands above all of its parts, and is not imported by them; it is there, as this part is.
    found: str = sys.modules["lgbm"].__version__
    return found


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
