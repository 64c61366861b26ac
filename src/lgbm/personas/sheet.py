"""People whom policy people describe, and the answers that they expect for them."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from attrs import frozen

from lgbm.decision import Status
from lgbm.model.profile import Profile
from lgbm.model.truth import Truth
from lgbm.model.values import Value
from lgbm.personas.facts import WrittenFacts
from lgbm.source import Span


@frozen
class ExpectedService:
    """A service is to be answered so. With *missing*, these and no other circumstances are still to be asked."""

    about: str
    status: Status
    missing: frozenset[str] | None
    span: Span


@frozen
class ExpectedNeed:
    """A need is to be implied, or not, or not known to be."""

    about: str
    truth: Truth
    span: Span


@frozen
class ExpectedChange:
    """The event is to change a circumstance; unless *any_value*, to *value*, where `None` is not known."""

    about: str
    any_value: bool
    value: Value | None
    span: Span


Expected: TypeAlias = ExpectedService | ExpectedNeed | ExpectedChange


@frozen(eq=False)
class Case:
    """One person as described, or with the other facts of one variant."""

    persona: str
    label: str
    variant: str | None
    profile: Profile
    facts: WrittenFacts
    given: frozenset[str]
    """The facts that are stated right here; the others stand further up."""
    event: str | None
    on: date
    expected: tuple[Expected, ...]
    span: Span


@frozen(eq=False)
class Sheet:
    """What one file holds: its cases, in the order in which they stand there."""

    people: int
    cases: tuple[Case, ...]
