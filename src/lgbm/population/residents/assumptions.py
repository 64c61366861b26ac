"""What is assumed of the population, beside what is published."""

from __future__ import annotations

ASSUMPTIONS = (
    "Ages within a band of ten years are even; above 80, fewer and fewer. Of people aged 10 to 19, four "
    "tenths are 16 to 19.",
    "How many of each age live in a couple, alone, with others or in a care home, and how many children are "
    "born when: tuned until households, couples, lone parents and children come near the published totals.",
    "Areas are invented: a number within a real region. One is better off than the next by a fixed step.",
    "Work, pay, health, housing, savings and hardship go along with one another through a single number of "
    "each household, its fortune. By how much is assumed; it does not change how common each is.",
    "The split of tenures by age; of private and social renting in Wales and Northern Ireland; of owning "
    "there with and without a mortgage.",
    "Hours, the spread of pay, pay of part-time and self-employed people, take-home pay by the tax rates of "
    "England, pensions of employers.",
    "What part of disabled people need help, have difficulty getting around, are limited in their work or get "
    "a benefit, and since when.",
    "Social rents; the spread of rents; council tax liability of those who share a home.",
    "Awards follow from circumstances reckoned roughly, by rates of 2026-27, and from take-up. Take-up of "
    "Pension Credit, Housing Benefit and Marriage Allowance is near what is published for earlier years; "
    "every other rate of take-up was chosen so that the number who receive comes out.",
    "Everything in `seldom.py`: crime, abuse, prison, the armed forces (but for the number of veterans), "
    "deaths, adoption, fostering. These chances are there so that rules have an answer. Nothing can be "
    "learned from how often they are true.",
    "School years are those of England for all. Schools, special needs, distances and childcare costs.",
    "Facts do not depend on one another beyond what is named here: of two rare things, how often both are "
    "true means nothing.",
)
