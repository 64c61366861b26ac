"""The published figures that the population is held to. Where each comes from is in `sources.py`."""

from __future__ import annotations

from attrs import frozen


@frozen
class Figure:
    """A published figure, and how far a population may lie from it (in the same unit).

    A *tolerance* that is wide says that the definition behind the figure differs from ours, or that it is older.
    """

    label: str
    published: float
    unit: str
    tolerance: float
    source: str
    note: str = ""


PERCENT, THOUSAND, POUNDS = "%", "thousand", "GBP"

FIGURES = {
    "england": Figure("Adults who live in England", 83.9, PERCENT, 0.5, "projections"),
    "wales": Figure("Adults who live in Wales", 4.8, PERCENT, 0.3, "projections"),
    "scotland": Figure("Adults who live in Scotland", 8.35, PERCENT, 0.4, "projections"),
    "northern-ireland": Figure("Adults who live in Northern Ireland", 2.9, PERCENT, 0.3, "projections"),
    "age-16-29": Figure("Adults aged 16 to 29", 20.9, PERCENT, 0.8, "projections"),
    "age-30-49": Figure("Adults aged 30 to 49", 32.0, PERCENT, 0.8, "projections"),
    "age-50-69": Figure("Adults aged 50 to 69", 29.7, PERCENT, 0.8, "projections"),
    "age-70": Figure("Adults aged 70 and over", 17.3, PERCENT, 0.6, "projections"),
    "children": Figure("Children under 16 for 100 adults", 21.6, "", 1.0, "projections"),
    "households": Figure("Households", 28_200, THOUSAND, 2_000, "families-2022", "Care homes are left out."),
    "alone": Figure("People who live alone", 8_300, THOUSAND, 500, "families-2022"),
    "lone-parents": Figure(
        "Lone parents who have children with them, adult children too", 2_900, THOUSAND, 500, "families-2022"
    ),
    "lone-mothers": Figure("Lone parents who are mothers", 84.0, PERCENT, 3.0, "families-2022"),
    "with-parents": Figure("People aged 20 to 34 who live with their parents", 28.0, PERCENT, 2.0, "families-2021"),
    "in-couple": Figure(
        "Adults who live with a partner", 60.5, PERCENT, 1.5, "living-arrangements", "England and Wales."
    ),
    "married": Figure(
        "Adults who are married or in a civil partnership",
        49.5,
        PERCENT,
        1.5,
        "living-arrangements",
        "Ours live with them; England and Wales.",
    ),
    "employment-rate": Figure("People aged 16 to 64 in work", 75.0, PERCENT, 1.0, "lfs"),
    "unemployment-rate": Figure("Unemployed people among those in work or looking for it", 5.0, PERCENT, 0.6, "lfs"),
    "inactivity-rate": Figure("People aged 16 to 64 neither in work nor looking for it", 21.0, PERCENT, 1.2, "lfs"),
    "employees": Figure("Employees", 29_590, THOUSAND, 900, "lfs-levels"),
    "self-employed": Figure("Self-employed people", 4_395, THOUSAND, 300, "lfs-levels"),
    "full-time-pay": Figure(
        "Median weekly pay of full-time employees",
        766.60,
        POUNDS,
        40.0,
        "ashe",
        "Of April 2025; full time is 30 hours here.",
    ),
    "disabled-working-age": Figure("Disabled people below State Pension age", 24.0, PERCENT, 1.0, "frs-disability"),
    "disabled-pension-age": Figure(
        "Disabled people over State Pension age", 45.0, PERCENT, 2.5, "frs", "42 to 46 in the last ten years."
    ),
    "disabled-children": Figure("Disabled children under 16", 12.0, PERCENT, 1.5, "frs-disability"),
    "disabled-in-work": Figure("Disabled people aged 16 to 64 in work", 52.3, PERCENT, 3.0, "disability-briefing"),
    "others-in-work": Figure("Other people aged 16 to 64 in work", 82.5, PERCENT, 1.5, "disability-briefing"),
    "carers": Figure(
        "Unpaid carers among adults",
        9.9,
        PERCENT,
        0.6,
        "care-2021",
        "England: 4,678,265 carers of 5 and over less about 110,000 under 16, of 46 million adults (our reckoning).",
    ),
    "carers-35": Figure(
        "Adults who care for 35 hours a week or more", 4.15, PERCENT, 0.4, "care-2021", "Reckoned in the same way."
    ),
    "outright-england": Figure("Households of England that own outright", 36.0, PERCENT, 1.5, "ehs"),
    "private-england": Figure("Households of England that rent privately", 19.0, PERCENT, 1.0, "ehs"),
    "social-england": Figure(
        "Households of England that rent from a council or association", 16.0, PERCENT, 1.0, "ehs"
    ),
    "owned-wales": Figure("Households of Wales that own", 66.4, PERCENT, 2.0, "census-wales"),
    "outright-scotland": Figure("Households of Scotland that own outright", 33.9, PERCENT, 1.5, "census-scotland"),
    "owned-scotland": Figure("Households of Scotland that own", 63.2, PERCENT, 2.0, "census-scotland"),
    "owned-ni": Figure("Households of Northern Ireland that own", 65.2, PERCENT, 2.5, "census-ni"),
    "rent-england": Figure("Mean private rent a month, England", 1_423, POUNDS, 90, "rents", "Whole homes."),
    "rent-wales": Figure("Mean private rent a month, Wales", 826, POUNDS, 70, "rents", "Whole homes."),
    "rent-scotland": Figure("Mean private rent a month, Scotland", 1_021, POUNDS, 80, "rents", "Whole homes."),
    "no-savings": Figure(
        "Households without savings", 13.0, PERCENT, 2.0, "frs-savings", "Ours are the head's, with a partner's."
    ),
    "savings-1500": Figure("Households with less than £1,500", 39.0, PERCENT, 2.5, "frs-savings"),
    "savings-16000": Figure("Households with less than £16,000", 71.0, PERCENT, 2.5, "frs-savings"),
    "universal-credit": Figure("People on Universal Credit, Great Britain", 8_300, THOUSAND, 500, "universal-credit"),
    "pension-credit": Figure("Claims of Pension Credit, Great Britain", 1_382, THOUSAND, 200, "pension-credit"),
    "attendance": Figure(
        "People with Attendance Allowance, Great Britain",
        1_798,
        THOUSAND,
        200,
        "dwp-benefits",
        "With Pension Age Disability Payment.",
    ),
    "state-pension": Figure(
        "People with State Pension, Great Britain",
        12_969,
        THOUSAND,
        1_300,
        "dwp-benefits",
        "The published figure has people abroad in it.",
    ),
    "carers-benefit": Figure(
        "People entitled to Carer's Allowance",
        1_439,
        THOUSAND,
        330,
        "dwp-benefits",
        "With Carer Support Payment, and with those not paid.",
    ),
    "pip": Figure("People with Personal Independence Payment, England and Wales", 3_700, THOUSAND, 250, "pip"),
    "adp": Figure("People with Adult Disability Payment", 465, THOUSAND, 70, "adp", "Paid at some time of the year."),
    "child-benefit": Figure("Families paid Child Benefit", 6_910, THOUSAND, 350, "child-benefit"),
    "council-tax-pensioners": Figure(
        "People over State Pension age with council tax reduction, England",
        1_370,
        THOUSAND,
        250,
        "council-tax-support",
        "Claims.",
    ),
    "births": Figure("Women who gave birth in the last year, England and Wales", 595, THOUSAND, 60, "births"),
    "students": Figure(
        "Students in full-time higher education",
        2_200,
        THOUSAND,
        250,
        "hesa",
        "2,904,425 with the part-time ones, who are not told apart here.",
    ),
    "energy-a-c": Figure(
        "Homes with an energy rating from A to C", 52.5, PERCENT, 1.5, "ehs-energy", "England; assumed of all."
    ),
    "no-car": Figure(
        "Households without a car", 22.0, PERCENT, 2.0, "nts", "England; ours is any vehicle, of all nations."
    ),
    "veterans": Figure("Veterans of the armed forces", 3.8, PERCENT, 0.4, "veterans"),
    "not-british": Figure(
        "Adults with another citizenship than British",
        9.9,
        PERCENT,
        1.0,
        "passports",
        "Residents of all ages with another passport.",
    ),
    "no-public-funds": Figure(
        "People without recourse to public funds", 2_580, THOUSAND, 700, "public-funds", "Of all ages; ours are adults."
    ),
}
