"""The children who live with somebody, a new baby, and what parents pay for."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lgbm.population.residents.drawing import Draw, Fact, Flags, Real, Whole, days, normal, some
from lgbm.population.residents.households import ALONE, People
from lgbm.population.residents.identity import step

SCHOOLINGS = ("none", "nursery", "primary", "secondary", "college")
DISABLED_CHILDREN = ((0, 0.055), (5, 0.13), (11, 0.155), (16, 0.18))
WITH_BENEFIT = 0.50
"""Of disabled children, those for whom a disability benefit is paid."""
PREGNANT = ((16, 0.012), (20, 0.043), (25, 0.078), (30, 0.100), (35, 0.060), (40, 0.013), (45, 0.0))


def school_year(birth: Whole, draw: Draw) -> Whole:
    """The school year that a child born then is in: 0 from the September after the fourth birthday, as in England."""
    on = draw.on
    begun = on.year if on.month >= 9 else on.year - 1
    september = np.datetime64(f"{begun}-09-01").astype(np.int64)
    return np.floor((september - birth) / 365.25).astype(np.int64) - 4


def add(draw: Draw, people: People) -> None:
    """The list of children, and what rules ask about any of them."""
    homes = people.homes
    years, birth = people.child_years, people.child_birth
    shape = years.shape
    approved = np.zeros(shape, np.bool_)
    disabled = draw.chance.random(shape) < step(DISABLED_CHILDREN, years.ravel()).reshape(shape)
    rows = np.flatnonzero(people.grown_child)
    spot = (people.home[rows], people.place[rows] - 2)
    approved[spot] = draw.is_option("student_level", "school", "further-education")[rows]
    disabled[spot] = draw["disabled"][rows]
    college = np.zeros(shape, np.bool_)
    college[spot] = draw.is_option("student_level", "further-education")[rows]
    benefit = disabled & (draw.chance.random(shape) < WITH_BENEFIT)
    benefit[spot] = draw["_pip"][rows]
    listed = homes.child & ((years < 18) | (approved & (years < 20)))
    fields = _fields(draw, people, approved, disabled, benefit, college)
    _listed(draw, people, listed, fields)
    _any(draw, people, listed, disabled, benefit, years)
    needs = some(listed & fields["special_needs_at_school"].values)[people.home] & people.parent
    draw.put("_child_with_needs", needs)
    _baby(draw, people, listed, years, birth)
    _childcare(draw, people, listed, years)


def _fields(
    draw: Draw, people: People, approved: Flags, disabled: Flags, benefit: Flags, college: Flags
) -> dict[str, Fact]:
    years, shape = people.child_years, people.child_years.shape
    random = draw.chance.random
    year = school_year(people.child_birth, draw)
    at_school = (year >= 0) & (year <= 13) & ((years < 16) | approved)
    nursery = ~at_school & (years >= 2) & (years < 5) & (random(shape) < np.where(years == 2, 0.4, 0.9))
    school = np.select([nursery, at_school & college, at_school & (year <= 6), at_school], [1, 4, 2, 3], 0)
    needs = (random(shape) < np.where(disabled, 0.55, 0.11)) & (years >= 2)
    plan = needs & (random(shape) < 0.28)
    british = random((shape[0], 1)) < np.where(people.homes.nation >= 0, 0.965, 0)[:, None]
    flags: dict[str, NDArray[np.bool_]] = {
        "disabled": disabled,
        "gets_disability_benefit": benefit,
        "in_approved_education": approved | ((years >= 5) & (years < 16)),
        "british": np.broadcast_to(british, shape),
        "state_school": random(shape) < 0.935,
        "special_school": plan & (random(shape) < 0.3),
        "special_needs_at_school": needs,
        "has_support_plan": plan,
        "care_experienced": random(shape) < 0.010,
        "nearest_suitable_school": random(shape) < 0.85,
        "cannot_walk_to_school": disabled & (random(shape) < 0.2),
        "resident_for_study": np.broadcast_to(british, shape) | (random(shape) < 0.6),
        "in_care_or_left_it": random(shape) < 0.003,
    }
    found = {name: Fact("flag", values) for name, values in flags.items()}
    found["date_of_birth"] = Fact("day", people.child_birth)
    found["schooling"] = Fact("choice", school, options=SCHOOLINGS)
    found["school_year"] = Fact("whole", np.clip(year, 0, 13), at_school)
    miles = np.exp(0.35 + 0.8 * normal(random(shape))) * np.where(years >= 11, 2.0, 1.0)
    found["miles_to_school"] = Fact("pence", np.rint(np.clip(miles, 0.1, 40) * 10).astype(np.int64) * 10)
    found["benefit_in_own_name"] = Fact("choice", np.zeros(shape, np.int64), options=("none", "support", "illness"))
    return found


def _listed(draw: Draw, people: People, listed: Flags, fields: dict[str, Fact]) -> None:
    """The children of each parent, one after the other; both parents have the same."""
    shown = listed[people.home] & people.parent[:, None]
    row, place = np.nonzero(shown)
    starts = np.concatenate(([0], np.cumsum(shown.sum(axis=1))))
    spot = people.home[row], place

    def at(values: NDArray[Any] | None) -> Any:
        return None if values is None else values[spot]

    of_children = {name: Fact(one.kind, at(one.values), at(one.asked), one.options) for name, one in fields.items()}
    draw.facts["children"] = Fact("people", starts, fields=of_children)
    draw.facts["_children"] = Fact("whole", shown.sum(axis=1).astype(np.int64))


def _any(draw: Draw, people: People, listed: Flags, disabled: Flags, benefit: Flags, years: Whole) -> None:
    def some_child(which: Flags) -> Flags:
        return some(listed & which)[people.home] & people.parent

    draw.put("_child_16_to_20", some_child((years >= 16) & (years <= 20)))
    draw.put("_child_under_1", some_child(years < 1))
    draw.put("_child_under_2", some_child(years < 2))
    draw.put("_child_under_4", some_child(years < 4))
    draw.put("_child_under_12", some_child(years < 12))
    draw.put("_child_under_16", some_child(years < 16))
    draw.put("_child_benefit_for_disability", some_child(benefit & (years < 16)))
    ill = draw.put("_disabled_child", some_child(disabled))
    young = some_child(disabled & (years < 16))
    unit = people.unit
    draw.put("child_gets_higher_mobility", (draw.uniform() < 0.12)[unit], ill)
    draw.put("child_blue_badge_condition", (draw.uniform() < 0.12)[unit], ill)
    draw.put("council_meets_childs_care_needs", (draw.uniform() < 0.06)[unit], ill)
    draw.put("child_had_highest_care_rate_in_winter_week", (draw.uniform() < 0.2)[unit], ill)
    extra = draw.put("child_needs_extra_care", (draw.uniform() < 0.62)[unit], young)
    draw.put("child_needs_last", (draw.uniform() < 0.95)[unit], extra)
    counts = draw["_children"]
    with_children = counts >= 1
    single = people.homes.kind[people.home] == ALONE
    draw.put("main_carer_of_child", people.female | single, with_children)
    draw.flag("child_helps_to_care", 0.03, with_children)
    draw.flag("child_starts_school", 0.10)
    elsewhere = people.homes.children_elsewhere[people.home] & (people.place == 0)
    draw.put("child_lives_with_other_parent", elsewhere)
    draw.put("contributes_to_child_elsewhere", elsewhere & (draw.uniform() < 0.5))
    apart = draw.put("parent_lives_apart", elsewhere | (single & with_children & (draw.uniform() < 0.88)))
    draw.flag("maintenance_court_order", 0.05, apart)


def _baby(draw: Draw, people: People, listed: Flags, years: Whole, birth: Whole) -> None:
    today = days(draw.on)
    unit = people.unit
    new = draw["_child_under_1"]
    youngest = np.where(listed & (years < 1), birth, 0).max(axis=1)[people.home]
    expects = (
        people.female
        & (draw.uniform() < step(PREGNANT, people.age))
        & ~new
        & (draw["has_partner"] | (draw.uniform() < 0.35))
    )
    draw.put("pregnant", expects)
    other = np.where(people.partner >= 0, expects[people.partner], False)
    draw.put("partner_expecting_baby", other)
    mother = draw.put("gave_birth_recently", new & people.female)
    arrives = draw.put("new_to_the_family", new)
    soon = today + 14 + (draw.uniform() * 200).astype(np.int64)[unit]
    due = np.where(new, np.minimum(youngest + (draw.uniform() * 14).astype(np.int64)[unit] - 4, today + 4), soon)
    draw.day("due_date", due, expects | other | mother | new)
    draw.flag("lost_baby", 0.0, mother)
    draw.put("is_father_or_partner_of_mother", (new & ~people.female) | other)
    draw.put("will_care_for_baby", new | expects | other)
    draw.put("took_over_care_of_baby", arrives & ~people.female, arrives)
    draw.flag("more_than_one_baby", np.where(expects | other | new, 0.015, 0.0))
    draw.put("older_children_exception", np.zeros(draw.count, np.bool_))
    stay = draw.whole(
        "days_in_neonatal_care", np.where(draw.uniform() < 0.05, 9, 0)[unit], arrives | mother | draw["_child_under_2"]
    )
    draw.put("employed_26_weeks_before_neonatal_care", draw["employed_26_weeks_by_qualifying_week"], stay >= 7)
    draw.put("other_parent_worked_enough", (new | expects | other) & (draw.uniform() < 0.8))
    draw.flag("maternity_or_adoption_pay_ended_early", np.where(new, 0.03, 0.0))
    adopting = draw.flag("adopting", np.where(people.parent, 0.0008, 0.0002))
    draw.flag("adoption_match_by_agency", np.where(adopting, 0.9, 0.0), adopting | arrives)
    draw.flag("partner_takes_adoption_pay", np.where(adopting, 0.4, 0.0), draw["has_partner"] & (adopting | arrives))


def _childcare(draw: Draw, people: People, listed: Flags, years: Whole) -> None:
    unit, partner = people.unit, people.partner
    works = draw.is_option("employment", "employed", "self-employed")
    all_work = works & np.where(partner >= 0, works[partner], True)
    children = draw["_children"] >= 1
    small = some(listed & (years < 5))[people.home]
    use = draw["_child_under_12"] & (draw.uniform() < np.where(all_work, np.where(small, 0.75, 0.35), 0.06))[unit]
    use &= all_work[unit] | (draw.uniform()[unit] < 0.1)
    draw.put("uses_registered_childcare", use, children)
    cost: Real = np.where(small, 260.0, 110.0) * np.exp(0.6 * normal(draw.uniform()))
    draw.pounds("monthly_childcare_costs", np.where(use, cost[unit], 0.0), children)
