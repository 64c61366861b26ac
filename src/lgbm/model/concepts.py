"""The Local Government Business Model: every kind of item that a taxonomy holds.

Items are frozen and refer to each other by id. Conditions and formulas are kept as they were written; what they
mean is for `lgbm.rules` to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, TypeAlias

from attrs import field, frozen

from lgbm.model.values import Number, Value
from lgbm.shown import Shelf, Shown
from lgbm.source import Span

NOTHING_NAMED: Mapping[str, str] = MappingProxyType({})


class Kind(StrEnum):
    """The types that a circumstance may have."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"
    PEOPLE = "people"


Labels: TypeAlias = Mapping[str, str]
"""A text in one or more languages: language tag to text."""


def in_language(labels: Labels, language: str) -> str | None:
    """The text in *language*, else in English, else in any; nothing where there is none."""
    return labels.get(language) or labels.get("en") or next(iter(labels.values()), None)


@frozen(repr=False)
class Written(Shown):
    """A rule text as its author wrote it. Equal texts are equal, wherever they stand."""

    text: str
    span: Span = field(eq=False, repr=False)


@frozen(repr=False)
class Leaf(Shown):
    """One condition in the rule language, with its reason in words and the law that it comes from."""

    when: Written
    because: Labels = NOTHING_NAMED
    source: tuple[str, ...] = ()
    """Ids of legislation, web addresses, or words."""


@frozen(repr=False)
class Group(Shown):
    """Conditions taken together: all of them hold, any of them holds, or none of them does."""

    kind: Literal["all", "any", "none"]
    parts: tuple[Condition, ...]
    span: Span = field(eq=False, repr=False)
    because: Labels = NOTHING_NAMED
    source: tuple[str, ...] = ()


Condition: TypeAlias = "Leaf | Group"


@frozen(kw_only=True, repr=False)
class Item:
    """What every item of the model has."""

    id: str
    label: Labels
    notes: Labels = NOTHING_NAMED
    same_as: tuple[str, ...] = ()
    """Identifiers of the same thing elsewhere: CURIEs or URIs."""
    status: str = "active"
    replaces: tuple[str, ...] = ()
    """Ids of items that this one took the place of: ids, here or elsewhere, now or in the past."""
    span: Span = field(eq=False, repr=False)
    shelf: Shelf | None = field(default=None, init=False, eq=False, repr=False)
    """Draws it for a notebook, once it is part of a model."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}: {self.named()}>"

    def _repr_html_(self) -> str | None:
        return self.shelf.draw(self) if self.shelf is not None and self.shelf.draw is not None else None

    def named(self, language: str = "en") -> str:
        """The label in *language*, else in English, else in any language, else the id."""
        return in_language(self.label, language) or self.id


@frozen(kw_only=True, repr=False)
class Circumstance(Item):
    """A fact about a citizen: stated, derived by its formula, not applicable, or unknown."""

    kind: Kind
    options: Mapping[str, Labels] = field(factory=dict[str, Labels])
    unit: str | None = None
    places: int | None = None
    """Decimal places that a number may have; money has 2."""
    at_least: Value | None = None
    at_most: Value | None = None
    future: bool = False
    """Whether a date may lie after the date of resolution."""
    question: Labels = NOTHING_NAMED
    mutable: bool = True
    """Whether a person can change it. Never true of age, disability or nationality."""
    sensitive: bool = False
    formula: Written | None = None
    asked_when: Condition | None = None
    otherwise: Value | None = None
    """The value where `asked_when` is false."""
    fields: Mapping[str, Circumstance] = field(factory=dict[str, "Circumstance"])
    """What is known of a person, for the types person and people."""


@frozen(repr=False)
class Dated(Shown):
    """A value in force from a date on, until its last day, or else until the next value."""

    start: date
    end: date | None
    value: Value
    source: tuple[str, ...]
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True, repr=False)
class Rate(Item):
    """A figure of the law, by date."""

    unit: str | None = None
    values: tuple[Dated, ...]
    """Earliest first."""


@frozen(repr=False)
class Row(Shown):
    """One row of a table: a FEEL unary test for each input (an absent one fits anything), and its dated values."""

    cells: Mapping[str, Written]
    values: tuple[Dated, ...]
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True, repr=False)
class Table(Item):
    """Figures of the law that depend on circumstances, by date. Rows do not overlap."""

    inputs: Mapping[str, Circumstance]
    """In the order in which a rule gives them."""
    unit: str | None = None
    rows: tuple[Row, ...]


@frozen(repr=False)
class SetTo(Shown):
    """The circumstance becomes this value."""

    value: Value


@frozen(repr=False)
class Compute(Shown):
    """The circumstance becomes what the formula gives on the circumstances before the event."""

    formula: Written


@frozen(repr=False)
class AddPerson(Shown):
    """A person joins the list, with these fields known."""

    fields: Mapping[str, Value]


@frozen(repr=False)
class RemoveWhere(Shown):
    """Those people leave the list of whom the condition is true."""

    where: Condition


@frozen(repr=False)
class Forget(Shown):
    """The circumstance becomes unknown."""


Effect: TypeAlias = "SetTo | Compute | AddPerson | RemoveWhere | Forget"


@frozen(repr=False)
class Change(Shown):
    """What an event does to one circumstance (or to `receives("…")`)."""

    circumstance: str
    effect: Effect
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True, repr=False)
class Event(Item):
    """A life event: it changes circumstances, and leads to services directly."""

    changes: tuple[Change, ...] = ()
    leads_to: tuple[str, ...] = ()


@frozen(kw_only=True, repr=False)
class Need(Item):
    """What circumstances together imply that a citizen needs."""

    implied_by: Condition | None = None
    broader: tuple[str, ...] = ()


@frozen(repr=False)
class Amount(Shown):
    """What a service pays, to those of whom *when* is true: *value* gives the pounds, every so often."""

    label: Labels
    value: Written
    every: str
    """`once`, `day`, `week`, `four weeks`, `month`, `quarter` or `year`."""
    when: Condition | None
    span: Span = field(eq=False, repr=False)


@frozen(repr=False)
class Target(Shown):
    """So many percent of the cases, at least, within so long. Shares count from the first: 80 in 5, all in 15."""

    share: Number
    within: Number
    unit: str
    """`minutes`, `hours`, `days`, `working days` or `weeks`."""

    def __str__(self) -> str:
        return f"{self.share} % within {self.within} {self.unit}"


@frozen(repr=False)
class Standard(Shown):
    """What a service promises: a principle, and the targets by which it is seen whether it is kept."""

    label: Labels
    principle: Labels
    of: str
    """What cases are counted, in words."""
    targets: tuple[Target, ...]
    source: tuple[str, ...]
    span: Span = field(eq=False, repr=False)


Criticality: TypeAlias = Literal["low", "high"]
"""How much hangs on a service for those who need it: high, where without it they lose home, health, safety or the money
to live on. It is for planning, and enters no decision.
"""


@frozen(kw_only=True, repr=False)
class Service(Item):
    """What meets needs, for those who are eligible."""

    meets: tuple[str, ...] = ()
    contributes_to: tuple[str, ...] = ()
    provider: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    interactions: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    """The powers and duties that it is provided under: ids of legislation."""
    jurisdictions: tuple[str, ...] = ()
    """Where it is offered: anywhere that one of these options says. None: everywhere."""
    eligibility: Condition | None = None
    """Absent: not modelled, so nobody is told yes or no."""
    not_modelled: tuple[Labels, ...] = ()
    """Conditions said with every answer and never evaluated."""
    amounts: tuple[Amount, ...] = ()
    """What it pays, where that is simple to state."""
    standards: tuple[Standard, ...] = ()
    """What it promises."""
    criticality: Criticality | None = None
    """How much hangs on it for those who need it. Absent: as of its outcomes."""
    url: str | None = None
    owner: str | None = None
    source: tuple[str, ...] = ()
    """Where what is said of it was found: ids of legislation, web addresses, or words."""
    review_by: date | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    """The last day on which it exists."""


@frozen(kw_only=True, repr=False)
class Outcome(Item):
    """What services are for."""

    measured_by: tuple[str, ...] = ()
    criticality: Criticality | None = None
    """How much hangs, for those who need it, on a service that contributes to it."""
    broader: tuple[str, ...] = ()


@frozen(kw_only=True, repr=False)
class Indicator(Item):
    """A measure of an outcome over a population: of those *of* whom it speaks, those whom it *counts*."""

    of: Condition | None = None
    counts: Condition
    unit: str | None = None
    better: Literal["lower", "higher"] | None = None


@frozen(repr=False)
class Cost(Shown):
    """What one contact costs whoever provides the service, by date. Published figures differ, so it is a range."""

    start: date
    end: date | None
    low: Number
    high: Number
    unit: str | None
    source: tuple[str, ...]
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True, repr=False)
class Channel(Item):
    """A way to reach a service."""

    costs: tuple[Cost, ...] = ()
    """What was published of it, as it was written: sources differ."""


@frozen(kw_only=True, repr=False)
class Interaction(Item):
    """What somebody does with a service: applying, reporting, paying."""


@frozen(kw_only=True, repr=False)
class Organisation(Item):
    """Who provides services."""

    tier: str | None = None
    broader: tuple[str, ...] = ()


@frozen(kw_only=True, repr=False)
class Legislation(Item):
    """A power, a duty, or the law or guidance that states one."""

    kind: Literal["act", "regulation", "power", "duty", "guidance"] | None = None
    url: str | None = None
    broader: tuple[str, ...] = ()


Role: TypeAlias = Literal["target customer", "indirect customer", "representative", "partner", "expert"]
"""What a segment is to those who provide a service: whom it is for; who gains from what others get; who acts for a
customer; who provides it along with them; whose knowledge it is built on.
"""


@frozen(repr=False)
class Objective(Shown):
    """What is to become better for a segment, in words, and the outcomes that this is part of."""

    label: Labels
    outcomes: tuple[str, ...]
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True, repr=False)
class Segment(Item):
    """A group of people, for planning services. It never enters a decision about one person."""

    members: Condition | None = None
    role: Role | None = None
    objectives: tuple[Objective, ...] = ()
    broader: tuple[str, ...] = ()

    @property
    def aims(self) -> tuple[str, ...]:
        """The outcomes that its objectives are part of, each once."""
        return tuple(dict.fromkeys(outcome for one in self.objectives for outcome in one.outcomes))
