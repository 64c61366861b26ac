"""Who studies, and what follows for students."""

from __future__ import annotations

import numpy as np

from lgbm.population.residents.drawing import Draw, pick_by
from lgbm.population.residents.households import People

LEVELS = ("none", "school", "further-education", "higher-education", "part-time")
AGES = np.array([16, 18, 19, 20, 21, 22, 23, 24, 25, 30, 40, 60])
SHARES = np.array(
    [
        [0.14, 0.52, 0.33, 0.00, 0.01],
        [0.40, 0.08, 0.18, 0.31, 0.03],
        [0.46, 0.01, 0.08, 0.42, 0.03],
        [0.51, 0.00, 0.03, 0.43, 0.03],
        [0.59, 0.00, 0.02, 0.36, 0.03],
        [0.72, 0.00, 0.02, 0.23, 0.03],
        [0.80, 0.00, 0.02, 0.14, 0.04],
        [0.84, 0.00, 0.01, 0.11, 0.04],
        [0.905, 0.00, 0.005, 0.055, 0.035],
        [0.948, 0.00, 0.004, 0.023, 0.025],
        [0.976, 0.00, 0.002, 0.005, 0.017],
        [0.994, 0.00, 0.001, 0.000, 0.005],
    ]
)


def add(draw: Draw, people: People) -> None:
    """What somebody studies, and the course."""
    age = people.age
    cohort = np.searchsorted(AGES, age, side="right") - 1
    level = draw.choice("student_level", LEVELS, pick_by(draw.uniform(), cohort, SHARES))
    full_time = draw.put("full_time_education", (level >= 1) & (level <= 3))
    draw.whole("weekly_study_hours", np.where(level == 1, 27, 24) + draw.uniform() * 6, full_time)
    draw.flag("study_break_after_illness_or_caring", 0.004, full_time)
    starts = draw.put(
        "starts_university", ((level == 1) | (level == 2)) & (draw.uniform() < np.where(age >= 17, 0.4, 0.0))
    )
    any_course = (level != 0) | starts
    since = np.minimum((draw.uniform() * np.where(level == 3, 3.0, 2.0)).astype(np.int64), age - 16)
    draw.whole("age_at_start_of_course", np.where((level == 0) & starts, age, age - since), any_course)
    draw.flag("on_course_of_ten_weeks", np.where(level >= 2, 0.95, 0.02))
    higher, university = ((level == 3) | (level == 4) | starts), ((level == 3) | starts)
    draw.flag("course_qualifies", np.where(level == 4, 0.3, 0.9), higher)
    degree = draw.flag("has_degree", np.where(age >= 22, 0.5, 0.01), higher)
    draw.flag("second_degree_funded", 0.12, degree)
    draw.choice(
        "term_time_home",
        ("with-parents", "away", "away-in-london"),
        np.where(people.grown_child, 0, np.where(draw["lives_in_london"], 2, 1)),
        university,
    )
    draw.flag("health_course", 0.08, higher)
    draw.flag("adult_depends_on_student", 0.02, university)
    draw.flag("studies_in_scotland", 0.94, (draw["nation"] == 2) & higher)
    alone = (age >= 25) | draw["has_partner"] | people.parent
    draw.put("independent_student", alone | (draw.uniform() < 0.05), university)
    draw.put("has_level_3_qualification", draw.uniform() < np.where(age < 18, 0.02, np.where(age >= 65, 0.50, 0.66)))
    draw.flag("course_area_ignores_earnings", 0.1, ~draw["has_level_3_qualification"])
    draw.flag("plans_course_with_loan", np.where(age < 40, 0.02, 0.004))
    draw.flag("finds_learning_hard", 0.08, age < 26)
    draw.flag("without_parental_support", np.where(people.grown_child, 0.004, np.where(age < 18, 0.5, 0.06)), age < 22)
    approved = ((level == 1) | (level == 2)) & people.grown_child
    draw.put("dependent_young_person", approved & (draw.uniform() < 0.93), age < 20)
    both = (draw["nation"] == 2) & full_time & (age >= 16) & (age <= 19)
    draw.flag("exempt_young_student_carer", 0.1, both)
