"""A synthetic table, compared with the published figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen

from lgbm.population.library import pa, pc
from lgbm.population.residents import shares as s
from lgbm.population.residents.drawing import Flags, whole_months
from lgbm.population.residents.figures import FIGURES, Figure

ADULTS = float(s.adults().sum())
"""Thousands of people of 16 and over, whom a table stands for."""
Measure: TypeAlias = "Callable[[Counting], float]"


@frozen
class Compared:
    """A published figure beside that of a table."""

    figure: Figure
    here: float

    @property
    def near(self) -> bool:
        """Whether the two are as near as the figure asks."""
        return abs(self.here - self.figure.published) <= self.figure.tolerance


@frozen(eq=False, slots=False)
class Counting:
    """A table whose facts are all known, asked for shares and numbers; *on* is the day that it was drawn for."""

    table: Any
    on: date

    def values(self, name: str) -> Any:
        """A column of yes or no, numbers or money, what is not asked being no or nothing."""
        column = self.table[name].combine_chunks()
        if pa.types.is_decimal(column.type):
            column = column.cast(pa.float64())
        return pc.fill_null(column, False if pa.types.is_boolean(column.type) else 0).to_numpy(zero_copy_only=False)

    def is_(self, name: str, *options: str) -> Flags:
        column = self.table[name].combine_chunks().cast(pa.string())
        found: Flags = pc.fill_null(pc.is_in(column, pa.array(options)), False).to_numpy(zero_copy_only=False)
        return found

    def receives(self, *services: str) -> Flags:
        column = self.table["receives"].combine_chunks()
        rows = pc.list_parent_indices(column).to_numpy()
        some = pc.is_in(column.flatten(), pa.array(services)).to_numpy(zero_copy_only=False)
        found: Flags = np.bincount(rows[some], minlength=len(column)) > 0
        return found

    @cached_property
    def age(self) -> Any:
        births = self.table["date_of_birth"].combine_chunks().cast(pa.int32()).to_numpy().astype(np.int64)
        return whole_months(births, self.on) // 12

    @cached_property
    def pensioner(self) -> Flags:
        """Whether pension age is reached, as nearly as an age tells it."""
        found: Flags = self.age >= 66
        return found

    @cached_property
    def head(self) -> Flags:
        """The first adult of each household, care homes apart."""
        homes = self.table["household"].to_numpy()
        first = np.concatenate(([True], homes[1:] != homes[:-1])) if len(homes) else np.zeros(0, np.bool_)
        found: Flags = first & ~self.is_("housing_tenure", "care-home")
        return found

    @cached_property
    def adults(self) -> Any:
        """How many rows the household of each row has."""
        _, place, many = np.unique(self.table["household"].to_numpy(), return_inverse=True, return_counts=True)
        return many[place]

    @cached_property
    def children(self) -> Any:
        """How many children each row has, and of these how many are under 16 and how many of those disabled."""
        column = self.table["children"].combine_chunks()
        births = column.flatten().field("date_of_birth").cast(pa.int32()).to_numpy().astype(np.int64)
        young = whole_months(births, self.on) < 16 * 12
        ill = column.flatten().field("disabled").to_numpy(zero_copy_only=False)
        rows = pc.list_parent_indices(column).to_numpy()
        return np.stack([np.bincount(rows[one], minlength=len(column)) for one in (young | True, young, young & ill)])

    @cached_property
    def works(self) -> Flags:
        return self.is_("employment", "employed", "self-employed")

    def percent(self, which: Any, among: Any = None) -> float:
        some = which if among is None else which[among]
        return 100.0 * float(some.mean()) if len(some) else 0.0

    def thousand(self, which: Any) -> float:
        return float(which.sum()) * ADULTS / max(1.0, float(self.table.num_rows))

    @property
    def britain(self) -> Flags:
        return ~self.is_("nation", "northern-ireland")

    @property
    def claimant(self) -> Flags:
        """One of each couple, and everybody else."""
        homes = self.table["household"].to_numpy()
        later = np.concatenate(([False], homes[1:] == homes[:-1]))
        couple = self.values("has_partner")
        found: Flags = ~(later & couple)
        return found


def compared(table: Any, on: date) -> dict[str, Compared]:
    """Each published figure, and what *table*, drawn for all nations on the day *on*, has."""
    counting = Counting(table, on)
    return {name: Compared(figure, MEASURES[name](counting)) for name, figure in FIGURES.items()}


def _ages(first: int, last: int) -> Measure:
    return lambda t: t.percent((t.age >= first) & (t.age <= last))


def _nation(name: str) -> Measure:
    return lambda t: t.percent(t.is_("nation", name))


def _tenure(nation: str, *tenures: str) -> Measure:
    return lambda t: t.percent(t.is_("housing_tenure", *tenures), t.head & t.is_("nation", nation))


def _rent(nation: str) -> Measure:
    def measure(t: Counting) -> float:
        alone = t.head & t.is_("nation", nation) & t.is_("housing_tenure", "private-rent")
        # Those who share a home pay a part of its rent.
        whole = alone & ((t.adults == 1) | t.values("has_partner") | (t.children[0] > 0))
        return float(t.values("monthly_rent")[whole].mean())

    return measure


def _savings(below: float) -> Measure:
    return lambda t: t.percent(t.values("savings") < below, t.head)


def _working_age(t: Counting) -> Flags:
    found: Flags = t.age < 65
    return found


def _lone_parents(t: Counting) -> Flags:
    found: Flags = t.head & ~t.values("has_partner") & ((t.children[0] > 0) | _grown_children(t))
    return found


def _grown_children(t: Counting) -> Flags:
    """Whether the household has adults who stay with their family."""
    _, place = np.unique(t.table["household"].to_numpy(), return_inverse=True)
    some = np.bincount(place, weights=t.is_("housing_tenure", "family-or-friends")) > 0
    found: Flags = some[place]
    return found


def _no_car(t: Counting) -> float:
    _, place = np.unique(t.table["household"].to_numpy(), return_inverse=True)
    some = np.bincount(place, weights=t.values("keeps_vehicle"))[place] > 0
    return t.percent(~some, t.head)


def _pay(t: Counting) -> float:
    full_time = t.is_("employment", "employed") & (t.values("weekly_hours") >= 30)
    return float(np.median(t.values("weekly_earnings")[full_time]))


MEASURES: dict[str, Measure] = {
    **{name: _nation(name) for name in s.NATIONS},
    "age-16-29": _ages(16, 29),
    "age-30-49": _ages(30, 49),
    "age-50-69": _ages(50, 69),
    "age-70": _ages(70, 130),
    "children": lambda t: 100.0 * float(t.children[1][t.claimant].sum()) / max(1, t.table.num_rows),
    "households": lambda t: t.thousand(t.head),
    "alone": lambda t: t.thousand(t.head & (t.adults == 1) & (t.children[0] == 0)),
    "lone-parents": lambda t: t.thousand(_lone_parents(t)),
    "lone-mothers": lambda t: t.percent(t.is_("sex_on_birth_record", "female"), _lone_parents(t)),
    "with-parents": lambda t: t.percent(t.is_("housing_tenure", "family-or-friends"), (t.age >= 20) & (t.age <= 34)),
    "in-couple": lambda t: t.percent(t.values("has_partner")),
    "married": lambda t: t.percent(t.values("married_or_civil_partner")),
    "employment-rate": lambda t: t.percent(t.works, _working_age(t)),
    "unemployment-rate": lambda t: t.percent(
        t.is_("employment", "unemployed"), t.works | t.is_("employment", "unemployed")
    ),
    "inactivity-rate": lambda t: t.percent(t.is_("employment", "not-working", "retired"), _working_age(t)),
    "employees": lambda t: t.thousand(t.is_("employment", "employed")),
    "self-employed": lambda t: t.thousand(t.is_("employment", "self-employed")),
    "full-time-pay": _pay,
    "disabled-working-age": lambda t: t.percent(t.values("disabled"), ~t.pensioner),
    "disabled-pension-age": lambda t: t.percent(t.values("disabled"), t.pensioner),
    "disabled-children": lambda t: 100.0 * float(t.children[2].sum()) / max(1, float(t.children[1].sum())),
    "disabled-in-work": lambda t: t.percent(t.works, _working_age(t) & t.values("disabled")),
    "others-in-work": lambda t: t.percent(t.works, _working_age(t) & ~t.values("disabled")),
    "carers": lambda t: t.percent(t.values("weekly_caring_hours") > 0),
    "carers-35": lambda t: t.percent(t.values("weekly_caring_hours") >= 35),
    "outright-england": _tenure("england", "owned-outright"),
    "private-england": _tenure("england", "private-rent"),
    "social-england": _tenure("england", "social-rent"),
    "owned-wales": _tenure("wales", "owned-outright", "mortgage"),
    "outright-scotland": _tenure("scotland", "owned-outright"),
    "owned-scotland": _tenure("scotland", "owned-outright", "mortgage"),
    "owned-ni": _tenure("northern-ireland", "owned-outright", "mortgage"),
    "rent-england": _rent("england"),
    "rent-wales": _rent("wales"),
    "rent-scotland": _rent("scotland"),
    "no-savings": _savings(1),
    "savings-1500": _savings(1500),
    "savings-16000": _savings(16_000),
    "universal-credit": lambda t: t.thousand(t.receives("universal-credit") & t.britain),
    "pension-credit": lambda t: t.thousand(t.receives("pension-credit") & t.britain & t.claimant),
    "attendance": lambda t: t.thousand(
        t.receives("attendance-allowance", "pension-age-disability-payment") & t.britain
    ),
    "state-pension": lambda t: t.thousand(t.receives("state-pension") & t.britain),
    "carers-benefit": lambda t: t.thousand(t.values("entitled_to_carers_benefit")),
    "pip": lambda t: t.thousand(t.receives("personal-independence-payment") & t.is_("nation", "england", "wales")),
    "adp": lambda t: t.thousand(t.receives("adult-disability-payment")),
    "child-benefit": lambda t: t.thousand(t.receives("child-benefit")),
    "council-tax-pensioners": lambda t: t.thousand(
        t.receives("council-tax-reduction") & t.is_("nation", "england") & t.pensioner & t.claimant
    ),
    "births": lambda t: t.thousand(t.values("gave_birth_recently") & t.is_("nation", "england", "wales")),
    "students": lambda t: t.thousand(t.is_("student_level", "higher-education")),
    "energy-a-c": lambda t: t.percent(t.is_("home_energy_rating", "a", "b", "c"), t.head),
    "no-car": _no_car,
    "veterans": lambda t: t.percent(t.values("armed_forces_veteran")),
    "not-british": lambda t: t.percent(~t.is_("citizenship", "british")),
    "no-public-funds": lambda t: t.thousand(t.values("no_recourse_to_public_funds")),
}
