"""Take-up: of those who are entitled to a service, who claims it, who does not, and what they miss.

Take-up is measured as the Department for Work and Pensions measures it by caseload: those who receive a benefit against
those who would if everybody entitled claimed. Source: "Income-related benefits: estimates of take-up", notes and
definitions, https://www.gov.uk/government/collections/income-related-benefits-estimates-of-take-up--2. A row is what
the table has a row for; for a benefit that a couple claims together, that has to be a couple, not a person.

Who is entitled and who receives is settled by nothing but the rules and the table. Somebody who receives a service that
the rules here do not give may well be right to: rules leave things out, and tables grow old.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import Factory, define, evolve, field, frozen

from lgbm.errors import ProfileError
from lgbm.messages import profiles as say
from lgbm.population.blocks import Block
from lgbm.population.bounds import Pounds, Rows, Share
from lgbm.population.grouping import ALL, Groups
from lgbm.population.indicators import Measured
from lgbm.population.kernel.columns import Truths
from lgbm.population.kernel.making import nothing
from lgbm.population.kernel.program import Program
from lgbm.population.kernel.truths import truths
from lgbm.population.profiling.grid import Grid
from lgbm.population.takeup.awards import Award, Awarded, Sum
from lgbm.population.takeup.entitlement import NO, YES, Crosstab
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook

MOST = 40
"""Services that are printed, or drawn in a notebook."""


@frozen
class Claims:
    """One service, for all rows (`""`) or for a group of them. Every number is a range where something is not known."""

    service: str
    group: str
    entitled: Rows
    receiving: Rows
    claiming: Rows
    """Those who are entitled and receive."""
    not_claiming: Rows
    """Those who are entitled and do not receive."""
    receiving_otherwise: Rows
    """Those who receive it, though the rules here, on the facts here, do not give it. That says nothing of them."""
    rate: Measured
    """Take-up: of those who are entitled, the share who receive."""
    caseload: Measured
    """Take-up where everybody who receives counts as entitled, as in the figures of the Department."""
    told: int
    """Rows of which it is known whether they receive it. Without any, the table says nothing of it."""
    a_year: Pounds | None
    """What those who do not claim miss in a year, if the taxonomy states an amount by the week, month or year."""
    once: Pounds | None
    """What they miss once, if it states a payment that is made once."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data: counts as pairs, shares as fractions in words, pounds in words."""
        counts = {
            name: [getattr(self, name).low, getattr(self, name).high]
            for name in ("entitled", "receiving", "claiming", "not_claiming", "receiving_otherwise")
        }
        money = {
            name: None
            if one is None
            else {"low": str(one.low), "high": str(one.high), "of_unknown_amount": [one.unknown.low, one.unknown.high]}
            for name, one in (("a_year", self.a_year), ("once", self.once))
        }
        rate, caseload = ([None if x is None else str(x) for x in (y.low, y.high)] for y in (self.rate, self.caseload))
        return {
            "service": self.service, "group": self.group, **counts, "rate": rate, "caseload": caseload,
            "told": self.told, **money,
        }  # fmt: skip


@frozen
class TakeUp:
    """Take-up of every service that has rules, for all rows and for each group."""

    claims: tuple[Claims, ...] = field(repr=False)
    names: Mapping[str, str] = field(repr=False)
    """What each service is called."""
    not_checked: frozenset[str] = field(repr=False)
    """Services with conditions that no rule looks at."""

    def __getitem__(self, which: str | tuple[str, str]) -> Claims:
        service, group = (which, ALL) if isinstance(which, str) else which
        for one in self.claims:
            if (one.service, one.group) == (service, group):
                return one
        raise KeyError(which)

    def only(self, services: Iterable[str]) -> TakeUp:
        """The same of some services. Raises `ProfileError` for what is none."""
        asked = set(services)
        for name in sorted(asked - self.names.keys()):
            raise ProfileError([say.unknown_service(name, self.names)])
        return evolve(self, claims=tuple(one for one in self.claims if one.service in asked))

    def shown(self) -> tuple[Claims, ...]:
        """Of services that the table tells something of: most who miss out first, each service with its groups. Those
        that nobody in it receives come last: it may only not hold them.
        """
        told = {one.service: one for one in self.claims if one.group == ALL and one.told}
        order = sorted(
            (name for name, one in told.items() if one.entitled.high or one.receiving.high),
            key=lambda name: (
                not told[name].receiving.high,
                -told[name].not_claiming.low,
                -told[name].not_claiming.high,
                name,
            ),
        )
        place = {name: at for at, name in enumerate(order)}
        return tuple(sorted((one for one in self.claims if one.service in place), key=lambda one: place[one.service]))

    def grid(self, most: int | None = None) -> Grid:
        """The table, of at *most* so many services: those first that most people miss out on.

        It shows exact counts, for those who may see them: nothing is hidden.
        """
        whole = self.shown()
        services = list(dict.fromkeys(one.service for one in whole))[:most]
        shown = tuple(one for one in whole if one.service in services)
        more = len({one.service for one in whole}) - len(services)
        grouped = any(one.group != ALL for one in self.claims)
        money = [name for name in ("a_year", "once") if any(getattr(one, name) is not None for one in shown)]
        columns = ("service", *(("group",) if grouped else ()), "entitled", "claiming", "not claiming", "take-up")
        rows = tuple(self._row(one, grouped, money) for one in shown)
        left_out = (f"{more} more services are not shown",) if more else ()
        called = (*columns, *(f"not claimed {name.replace('_', ' ')}" for name in money))
        return Grid("Take-up", called, rows, (*left_out, *self._notes(shown)))

    def _row(self, one: Claims, grouped: bool, money: Sequence[str]) -> tuple[str, ...]:
        group = (one.group or "all",) if grouped else ()
        counts = tuple(str(each) for each in (one.entitled, one.claiming, one.not_claiming))
        missed = tuple("" if getattr(one, name) is None else str(getattr(one, name)) for name in money)
        return (self.names[one.service], *group, *counts, str(Share(one.rate.low, one.rate.high)), *missed)

    def _notes(self, shown: Sequence[Claims]) -> tuple[str, ...]:
        whole = [one for one in shown if one.group == ALL]
        notes = [
            _named(
                "the table does not say who receives",
                [
                    self.names[one.service]
                    for one in self.claims
                    if one.group == ALL and not one.told and one.entitled.low
                ],
            ),
            _named(
                "nobody in the table receives, which is so only if it says of all of these who does:",
                [self.names[one.service] for one in whole if not one.receiving.high],
            ),
            _named(
                "no amount is stated, so that nothing is said in pounds, of",
                [self.names[one.service] for one in whole if one.a_year is None and one.once is None],
            ),
            _named(
                "rows of whom the amount is not known, in no sum:",
                [
                    f"{self.names[o.service]} {m.unknown}"
                    for o in whole
                    for m in (o.a_year, o.once)
                    if m and m.unknown.high
                ],
            ),
            _named(
                "conditions that are not checked may still stand in the way of",
                [self.names[one.service] for one in whole if one.service in self.not_checked],
            ),
            _named(
                "received by some whom the rules here, on the facts here, do not give it, which may be right:",
                [
                    f"{self.names[one.service]} {one.receiving_otherwise}"
                    for one in whole
                    if one.receiving_otherwise.low
                ],
            ),
        ]
        if whole:
            notes.append(
                "each row counts by itself: what a couple or a family claims together may be counted for each of them"
            )
        if any(one.a_year is not None or one.once is not None for one in whole):
            notes.append(
                "pounds are the amounts that the taxonomy states: read their labels (`at most`, `for each child`)"
            )
        return tuple(note for note in notes if note)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Every service and group, as plain data."""
        return [one.to_dict() for one in self.claims]

    def __str__(self) -> str:
        return str(self.grid(MOST))

    def _repr_html_(self) -> str:
        return self.grid(MOST).as_html()


def _named(words: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    told = ", ".join(names[:6])
    return f"{words} {told}" + (f", and {len(names) - 6} more" if len(names) > 6 else "")


@define(eq=False)
class _Counted:
    """What is added up for one service and group."""

    cells: Crosstab = Factory(Crosstab)
    a_year: Sum = Factory(Sum)
    once: Sum = Factory(Sum)


@frozen(eq=False)
class Claimed:
    """One service, prepared: whether somebody is entitled, receives it, and what it pays."""

    eligible: t.Term
    receipt: str
    awarded: Awarded

    @classmethod
    def of(cls, book: DatedRulebook, program: Program, service: str) -> Claimed:
        """*service*, which has rules."""
        rules = program.prepared(book.services[service])
        return cls(rules, f'receives("{service}")', Awarded.of(book, program, service))

    def on(self, block: Block) -> tuple[Truths, Truths]:
        """What is known of who is entitled, and of who receives."""
        received = block.level.facts.get(self.receipt)
        return block.condition(self.eligible), truths(nothing(block.batch.num_rows) if received is None else received)


def missing_out(entitled: Truths, receives: Truths) -> Truths:
    """Who is entitled and does not receive."""
    return Truths(entitled.must & ~receives.may, entitled.may & ~receives.must)


def take_up(book: DatedRulebook, program: Program, blocks: Iterable[Block], groups: Groups) -> TakeUp:
    """Take-up of every service with rules, on *blocks* that say who receives what."""
    services = book.book.taxonomy.services
    asked = {name: Claimed.of(book, program, name) for name in services if name in book.services}
    labels = (ALL, *groups.segments)
    found: dict[str, dict[str, _Counted]] = {name: {one: _Counted() for one in labels} for name in asked}
    for block in blocks:
        parts = list(groups.of(block))
        for name, one in asked.items():
            _add(found[name], one, block, parts)
    claims = (_claims(name, label, one, asked[name]) for name, each in found.items() for label, one in each.items())
    return TakeUp(
        tuple(claims),
        {name: service.named() for name, service in services.items()},
        frozenset(name for name, service in services.items() if service.not_modelled),
    )


def _add(found: dict[str, _Counted], one: Claimed, block: Block, parts: Sequence[tuple[str, Truths]]) -> None:
    entitled, receives = one.on(block)
    missing = missing_out(entitled, receives)
    awards: tuple[Award | None, Award | None] = (None, None)
    if one.awarded.amounts and missing.may.any():
        awards = one.awarded.on(block)
    for label, rows in parts:
        counted = found.setdefault(label, _Counted())
        counted.cells = counted.cells.plus(entitled, receives, rows)
        certain, possible = missing.must & rows.must, missing.may & rows.may
        if awards[0] is not None:
            counted.a_year = counted.a_year.plus(awards[0], certain, possible)
        if awards[1] is not None:
            counted.once = counted.once.plus(awards[1], certain, possible)


def _claims(service: str, group: str, counted: _Counted, asked: Claimed) -> Claims:
    cells, times = counted.cells, [one[2] for one in asked.awarded.amounts]
    return Claims(
        service=service,
        group=group,
        entitled=cells.rows(YES),
        receiving=cells.rows(None, YES),
        claiming=cells.rows(YES, YES),
        not_claiming=cells.rows(YES, NO),
        receiving_otherwise=cells.rows(NO, YES),
        rate=cells.rate(),
        caseload=cells.caseload(),
        told=cells.told,
        a_year=counted.a_year.pounds() if any(one is not None for one in times) else None,
        once=counted.once.pounds() if None in times else None,
    )
