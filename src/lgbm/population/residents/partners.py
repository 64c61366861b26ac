"""The partner of each citizen: another row of the same block, as the citizen would tell of her."""

from __future__ import annotations

import numpy as np

from lgbm.population.residents.drawing import Draw, Fact
from lgbm.population.residents.households import People

SAME = (
    "date_of_birth",
    "apprentice",
    "newly_self_employed",
    "on_leave_from_work",
    "starts_job_soon",
    "on_course_of_ten_weeks",
    "annual_income",
    "disabled",
    "weekly_caring_hours",
    "full_time_education",
    "weekly_earnings",
    "monthly_take_home",
)
"""Fields that are called as the circumstance of the partner's own."""


def add(draw: Draw, people: People) -> None:
    """`partner`, of those who have one."""
    other = np.maximum(people.partner, 0)
    fields = {
        # What a partner would not be asked is plainly no, or nothing.
        name: Fact(fact.kind, fact.values[other], None, fact.options)
        for name in SAME
        for fact in (draw.facts[name],)
    }
    works = draw.is_option("employment", "employed", "self-employed")
    fields["working"] = Fact("flag", works[other])
    benefit = draw["entitled_to_carers_benefit"] | (draw["limited_capability_for_work"] & ~draw["full_time_education"])
    fields["gets_incapacity_or_carer_benefit"] = Fact("flag", benefit[other])
    draw.facts["partner"] = Fact("person", people.partner >= 0, people.partner >= 0, fields=fields)
