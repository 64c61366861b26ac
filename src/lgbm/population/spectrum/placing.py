"""The spectrum from standardised to personalised: how each service may best be provided, and the evidence for it.

Two things place a service. How *diverse* its demand is, is measured: the effective number of kinds of case among those
who need it (see `diversity`). How *critical* it is to them, is declared in the taxonomy: of the service, or else of the
outcomes that it contributes to. Where either is not known for certain, more than one strategy remains possible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from math import inf
from typing import cast

from attrs import field, frozen

from lgbm.errors import ProfileError
from lgbm.messages import spectrum as say
from lgbm.messages import transactions as choices
from lgbm.model.concepts import Criticality, Service
from lgbm.model.taxonomy import Taxonomy
from lgbm.model.truth import Truth
from lgbm.outline import Line, as_html
from lgbm.population.blocks import Block
from lgbm.population.kernel.program import Program
from lgbm.population.profiling.grid import HIDDEN, UNKNOWN, Grid
from lgbm.population.profiling.plots import Axes
from lgbm.population.profiling.ranges import percent, said, whole
from lgbm.population.profiling.suppression import MINIMUM
from lgbm.population.spectrum.demand import Asked, Demand, Tally, asked_of
from lgbm.population.spectrum.diversity import Kinds
from lgbm.rules.rulebook import DatedRulebook

MANY = 8.0
"""Kinds of case beyond which demand is diverse: more than three evenly divided yes-or-no questions tell apart."""

MOST = 30
"""Services that one plot shows."""

_SPLITS = 3
"""Conditions that the evidence names."""


class Strategy(StrEnum):
    """How a service may best be provided, from standardised to personalised."""

    STANDARDISE = "standardise or share"
    SEGMENT = "segment"
    SELF_SERVICE = "self-service on a shared platform"
    PERSONALISE = "personalise"


_STRATEGIES: Mapping[tuple[bool, Criticality], Strategy] = {
    (False, "low"): Strategy.STANDARDISE,
    (False, "high"): Strategy.SEGMENT,
    (True, "low"): Strategy.SELF_SERVICE,
    (True, "high"): Strategy.PERSONALISE,
}
"""By whether demand is diverse, and how critical the service is."""


@frozen
class Critical:
    """How critical a service is to those who need it, and who says so. Without a *level*, it is not known."""

    level: Criticality | None
    because: str


@frozen
class Place:
    """Where one service stands, and why."""

    service: Service = field(repr=False)
    demand: Demand | None
    """Nothing: it could not be measured, for the *reason* given."""
    reason: str | None
    critical: Critical
    many: float
    rows: int
    """All rows of the population."""

    @property
    def id(self) -> str:
        """The id of the service."""
        return self.service.id

    @property
    def kinds(self) -> Kinds | None:
        """The effective number of kinds of case among those who need it."""
        return self.demand.kinds if self.demand else None

    @property
    def diverse(self) -> Truth:
        """Whether there are more than `many` kinds of case."""
        if self.kinds is None:
            return Truth.UNKNOWN
        return (
            Truth.TRUE if self.kinds.low > self.many else Truth.UNKNOWN if self.kinds.high > self.many else Truth.FALSE
        )

    @property
    def strategies(self) -> tuple[Strategy, ...]:
        """Every strategy that remains possible: one where both are known. None where there is nothing to place."""
        if self.kinds is None:
            return ()
        fits = {Truth.TRUE: (True,), Truth.FALSE: (False,), Truth.UNKNOWN: (False, True)}[self.diverse]
        levels: tuple[Criticality, ...] = ("low", "high") if self.critical.level is None else (self.critical.level,)
        possible = {_STRATEGIES[diverse, level] for diverse in fits for level in levels}
        return tuple(one for one in Strategy if one in possible)

    @property
    def strategy(self) -> Strategy | None:
        """The strategy that follows, where one does."""
        return self.strategies[0] if len(self.strategies) == 1 else None

    def small(self, minimum: int) -> bool:
        """Whether so few need it that they might be recognised."""
        return self.demand is not None and any(
            0 < bound < minimum for bound in (self.demand.needed.low, self.demand.needed.high)
        )

    def why(self, minimum: int = MINIMUM) -> Line:
        """The evidence for the placing. Conditions that single out fewer than *minimum* people are not among it."""
        lines = tuple(self._lines(minimum))
        told = "too few need it to be shown" if self.small(minimum) else self._told()
        return Line(f"{self.service.named()}: {told}", lines=lines)

    def _told(self) -> str:
        if not self.strategies:
            return "not placed"
        return self.strategy or f"{_listed(self.strategies)}, not known which"

    def _lines(self, minimum: int) -> Iterator[Line]:
        if self.demand is None or self.kinds is None:
            yield Line(self.reason or "nobody in this population needs it", mark="ask")
        elif not self.small(minimum):
            yield Line(f"{said(self.demand.needed, whole)} of {self.rows:,} need it")
            compared = {Truth.TRUE: "more than", Truth.FALSE: "not more than", Truth.UNKNOWN: "perhaps more than"}
            splits = [one for one in self.demand.splits if one.evenness > 0 and one.singles_out() >= minimum]
            yield Line(
                f"{self.kinds} kinds of case among them, {compared[self.diverse]} {self.many:g}",
                lines=tuple(Line(f"{one.words}: true of {said(one.share, percent)}") for one in splits[:_SPLITS]),
            )
        level = f"{self.critical.level} criticality" if self.critical.level else "criticality not known"
        yield Line(f"{level}: {self.critical.because}", mark="" if self.critical.level else "ask")

    def _repr_html_(self) -> str:
        return as_html(self.why())

    def __str__(self) -> str:
        return str(self.why())


@frozen
class Spectrum:
    """Services from standardised to personalised; then those of which it is not known, and those not measured."""

    places: tuple[Place, ...]
    many: float = MANY

    def __getitem__(self, service: str) -> Place:
        return next(one for one in self.places if one.id == service)

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places)

    @property
    def measured(self) -> tuple[Place, ...]:
        """Those that somebody needs."""
        return tuple(one for one in self.places if one.kinds is not None)

    def grid(self, minimum: int = MINIMUM) -> Grid:
        """The table as it may be shown: where fewer than *minimum* people need a service, nothing is said of them."""
        lines = tuple(_row(one, one.small(minimum)) for one in self.measured)
        notes = [f"diverse: more than {self.many:g} kinds of case"]
        if any(HIDDEN in line for line in lines):
            notes.insert(0, f"{HIDDEN} fewer than {minimum} need it")
        aside = Counter(one.reason or "nobody needs them" for one in self.places if one.kinds is None)
        notes += [f"not placed: {count:,} service{'s' if count > 1 else ''}: {why}" for why, count in aside.items()]
        return Grid("From standardised to personalised", _COLUMNS, lines, tuple(notes))

    def plot(self, ax: Axes | None = None, minimum: int = MINIMUM, most: int = MOST) -> Axes:
        """The services from top to bottom, with the range of their kinds of case; a sign says how critical each is.

        Of more than *most* services, those that most people need are drawn. It needs the extra `plots`.
        """
        from lgbm.population.spectrum.plot import drawn

        shown = [one for one in self.measured if not one.small(minimum)]
        needed = sorted(shown, key=lambda one: -one.demand.needed.high if one.demand else 0)[:most]
        return drawn([one for one in shown if one in needed], len(shown), self.many, ax)

    def _repr_html_(self) -> str:
        return self.grid().as_html()

    def __str__(self) -> str:
        return str(self.grid())


def _listed(strategies: Iterable[Strategy]) -> str:
    return ", or ".join(strategies)


_COLUMNS = ("service", "in need", "kinds of case", "criticality", "strategy")


def _row(place: Place, hidden: bool) -> tuple[str, ...]:
    assert place.demand is not None
    level = place.critical.level or UNKNOWN
    if hidden:
        return (place.service.named(), HIDDEN, HIDDEN, level, HIDDEN)
    told = place.strategy or f"{UNKNOWN}: {_listed(place.strategies)}"
    return (place.service.named(), said(place.demand.needed, whole), str(place.kinds), level, told)


def spectrum(
    book: DatedRulebook,
    program: Program,
    blocks: Iterable[Block],
    event: str | None,
    *,
    services: Collection[str] | None = None,
    many: float = MANY,
    criticality: Mapping[str, str] | None = None,
) -> Spectrum:
    """Where services stand among the rows of *blocks*: see `Screening.spectrum`."""
    taxonomy, own = book.book.taxonomy, criticality or {}
    _check(taxonomy, services, many, own)
    chosen = [one for name, one in taxonomy.services.items() if services is None or name in services]
    asked = {one.id: asked_of(one, book, program, event) for one in chosen}
    tallies = {name: Tally(one) for name, one in asked.items() if isinstance(one, Asked)}
    rows = 0
    for block in blocks:
        rows += block.batch.num_rows
        for tally in tallies.values():
            tally.add(block)
    places = [
        Place(
            one,
            tallies[one.id].demand() if one.id in tallies else None,
            _reason(asked[one.id]),
            _critical(one, taxonomy, own),
            many,
            rows,
        )
        for one in chosen
    ]
    return Spectrum(tuple(sorted(places, key=_order)), many)


def _reason(asked: Asked | str) -> str | None:
    return asked if isinstance(asked, str) else None


def _check(taxonomy: Taxonomy, services: Collection[str] | None, many: object, own: Mapping[str, str]) -> None:
    named = [*((services,) if isinstance(services, str) else services or ()), *own]
    problems = [
        choices.unknown_choice("service", one, taxonomy.services)
        for one in dict.fromkeys(named)
        if one not in taxonomy.services
    ]
    problems += [say.not_a_criticality(name, level) for name, level in own.items() if level not in ("low", "high")]
    if not isinstance(many, int | float) or isinstance(many, bool) or not 1 < many < inf:
        problems.append(say.not_a_number_of_kinds(many))
    if problems:
        raise ProfileError(problems)


def _critical(service: Service, taxonomy: Taxonomy, own: Mapping[str, str]) -> Critical:
    """What is given for the service, stated of it, or follows from its outcomes: high as soon as one is."""
    if service.id in own:
        return Critical(cast("Criticality", own[service.id]), "as you gave it")
    if service.criticality is not None:
        return Critical(service.criticality, "as the taxonomy states of the service")
    levels = {name: _of_outcome(name, taxonomy) for name in service.contributes_to}
    for level in ("high", "low"):
        stating = [taxonomy.outcomes[name].named() for name, one in levels.items() if one == level]
        if stating and (level == "high" or len(stating) == len(levels)):
            return Critical(level, f"it contributes to: {'; '.join(stating)}")
    without = [taxonomy.outcomes[name].named() for name, one in levels.items() if one is None]
    why = f"nothing is stated of: {'; '.join(without)}" if levels else "it contributes to no outcome"
    return Critical(None, why)


def _of_outcome(name: str, taxonomy: Taxonomy) -> Criticality | None:
    """What is stated of an outcome, or else of a broader one; high as soon as one is."""
    outcome = taxonomy.outcomes[name]
    if outcome.criticality is not None:
        return outcome.criticality
    broader = {_of_outcome(one, taxonomy) for one in outcome.broader if one in taxonomy.outcomes}
    return "high" if "high" in broader else "low" if broader == {"low"} else None


def _order(place: Place) -> tuple[int, float, str]:
    """From standardised to personalised; what is between two follows the lower one; last what is not placed."""
    if place.kinds is None:
        return 2 * len(Strategy), 0.0, place.id
    at = 2 * list(Strategy).index(place.strategies[0]) + (place.strategy is None)
    return at, place.kinds.low + place.kinds.high, place.id
