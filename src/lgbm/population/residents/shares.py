"""The tables that the population is drawn by. Where a number comes from is said in `figures.py`, by name.

What is not published as a table is our assumption: the *shape* of it. Its totals are held to the published figures.
"""

from __future__ import annotations

import numpy as np

from lgbm.population.residents.drawing import Real

# Where people live

NATIONS = ("england", "wales", "scotland", "northern-ireland")
REGIONS: dict[str, tuple[str, tuple[int, ...]]] = {
    # Thousands of people aged 10-19, 20-29, … 70-79, 80 and over in 2024 (source: projections).
    "north-east": ("england", (312, 338, 352, 319, 369, 347, 272, 149)),
    "north-west": ("england", (904, 973, 1045, 928, 1013, 872, 699, 390)),
    "yorkshire-and-the-humber": ("england", (668, 723, 756, 679, 747, 646, 524, 295)),
    "east-midlands": ("england", (586, 623, 662, 614, 683, 581, 488, 267)),
    "west-midlands": ("england", (746, 764, 825, 750, 802, 672, 557, 330)),
    "east-of-england": ("england", (743, 740, 881, 842, 869, 733, 629, 370)),
    "london": ("england", (1041, 1451, 1569, 1300, 1081, 764, 498, 297)),
    "south-east": ("england", (1119, 1079, 1269, 1260, 1290, 1069, 907, 546)),
    "south-west": ("england", (648, 685, 735, 697, 796, 728, 648, 380)),
    "wales": ("wales", (363, 384, 404, 370, 434, 399, 336, 186)),
    "scotland": ("scotland", (599, 700, 728, 684, 790, 714, 534, 290)),
    "northern-ireland": ("northern-ireland", (244, 227, 262, 251, 257, 220, 161, 91)),
}
TEENAGERS_OF_16 = 0.4
"""Of ten years from 10 to 19, four are 16 to 19."""
PEOPLE_OF_AN_AREA = 500
"""Thousands of adults for whom there is one area, at most: the areas are invented, their regions are not."""

FIRST_AGES = np.array([16, 20, 30, 40, 50, 60, 70, 80, 101])


def adults() -> Real:
    """Thousands of people aged 16 and over, by region and age band."""
    found = np.array([numbers for _, numbers in REGIONS.values()], np.float64)
    found[:, 0] *= TEENAGERS_OF_16
    return found


# How they live, by age band: in a couple, on one's own (with or without children), with others, in a care home. The
# rest of the young live with their parents.

IN_COUPLE = np.array([0.008, 0.325, 0.730, 0.715, 0.705, 0.715, 0.675, 0.405])
ON_OWN = np.array([0.012, 0.115, 0.152, 0.174, 0.203, 0.223, 0.280, 0.415])
WITH_OTHERS = np.array([0.055, 0.165, 0.095, 0.078, 0.070, 0.056, 0.040, 0.045])
IN_CARE_HOME = np.array([0.0, 0.0005, 0.0005, 0.001, 0.001, 0.003, 0.011, 0.082])
SHARING = 3.0
"""Adults of a home that people who are no family share."""

# Children

EVER_BORN = np.array([[0.12, 0.18, 0.43, 0.18, 0.07, 0.02], [0.06, 0.25, 0.39, 0.20, 0.07, 0.03]])
"""Nobody, one, two … five children in the end: of couples; of women on their own."""
FIRST_BIRTH, FIRST_BIRTH_SPREAD = 28.6, 5.4
LONE_FATHERS = 0.17
"""Of men on their own who have children, those with whom they live."""
CHILDREN_OF_LONE_WOMEN_AT_HOME = 0.97
AT_HOME_FROM = np.array([16, 17, 18, 19, 20, 22, 25, 27, 30, 35, 40])
AT_HOME = np.array([0.90, 0.87, 0.70, 0.66, 0.62, 0.52, 0.36, 0.22, 0.085, 0.040, 0.020])
"""Of people of these ages and more, those who live with a parent."""

# The home, by age band of the head

TENURES = ("owned-outright", "mortgage", "private-rent", "social-rent")
TENURE_SHAPE = np.array(
    [
        [0.02, 0.05, 0.75, 0.30],
        [0.03, 0.28, 0.52, 0.18],
        [0.08, 0.50, 0.28, 0.16],
        [0.16, 0.52, 0.18, 0.17],
        [0.36, 0.36, 0.12, 0.17],
        [0.62, 0.13, 0.08, 0.17],
        [0.77, 0.04, 0.05, 0.15],
        [0.79, 0.02, 0.04, 0.16],
    ]
)
TENURE_OF_NATION = {
    "england": (0.355, 0.295, 0.190, 0.160),
    "wales": (0.380, 0.284, 0.170, 0.166),
    "scotland": (0.339, 0.293, 0.143, 0.225),
    "northern-ireland": (0.350, 0.302, 0.180, 0.168),
}


# Work, by age

WORK_FROM = np.array([16, 18, 20, 22, 25, 30, 40, 50, 55, 60, 63, 66, 68, 70, 75])
IN_WORK = np.array([0.22, 0.48, 0.61, 0.73, 0.83, 0.85, 0.85, 0.83, 0.76, 0.65, 0.55, 0.27, 0.19, 0.10, 0.03])
SELF_EMPLOYED = np.array([0.03, 0.04, 0.05, 0.06, 0.08, 0.11, 0.13, 0.15, 0.15, 0.18, 0.19, 0.28, 0.30, 0.35, 0.4])
LOOKING = np.array([0.22, 0.33, 0.36, 0.36, 0.31, 0.26, 0.225, 0.18, 0.135, 0.085, 0.055, 0.0, 0.0, 0.0, 0.0])
"""Of those without work, those who look for it."""
WORK_OF_DISABLED, WORK_OF_OTHERS = 0.98, 1.13
"""How far the chance of work differs, below pension age."""
DISABLED_FROM = np.array([0, 16, 25, 35, 45, 55, 65, 75, 85])
DISABLED = np.array([0.12, 0.18, 0.20, 0.21, 0.255, 0.32, 0.37, 0.48, 0.66])
