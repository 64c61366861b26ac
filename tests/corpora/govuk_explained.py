"""How our services stand to the benefits that GOV.UK's checker knows, and why definite answers may differ."""

from __future__ import annotations

from collections.abc import Mapping

OURS: Mapping[str, tuple[str, ...]] = {
    "employment_and_support_allowance": ("new-style-employment-and-support-allowance",),
    "employment_and_support_allowance_northern_ireland": ("new-style-employment-and-support-allowance",),
    "jobseekers_allowance": ("new-style-jobseekers-allowance",),
    "jobseekers_allowance_northern_ireland": ("new-style-jobseekers-allowance",),
    "pension_credit": ("pension-credit",),
    "pension_credit_northern_ireland": ("pension-credit",),
    "housing_benefit": ("housing-benefit",),
    "housing_benefit_scotland": ("housing-benefit",),
    "housing_benefit_northern_ireland": ("housing-benefit",),
    "access_to_work": ("access-to-work",),
    "access_to_work_northern-ireland": ("access-to-work-ni",),
    "universal_credit": ("universal-credit",),
    "universal_credit_northern_ireland": ("universal-credit",),
    "scottish_child_payment": ("scottish-child-payment",),
    "tax_free_childcare": ("tax-free-childcare",),
    "tax_free_childcare_with_disability": ("tax-free-childcare",),
    "free_childcare_2yr_olds": ("free-childcare-for-2-year-olds",),
    "free_childcare_2yr_olds_wales": ("flying-start-childcare",),
    "childcare_3_4yr_olds_wales": ("childcare-offer-for-wales", "early-education-wales"),
    "15hrs_free_childcare_3_4yr_olds_england": ("free-early-education",),
    "funded_early_learning_and_childcare_scotland": ("funded-early-learning-and-childcare",),
    "30hrs_free_childcare_3_4yrs_england": ("free-childcare-for-working-parents",),
    "winter_fuel_payment": ("winter-fuel-payment",),
    "winter_fuel_payment_ni": ("winter-fuel-payment",),
    "carers_allowance": ("carers-allowance",),
    "carers_allowance_ni": ("carers-allowance",),
    "carer_support_payment": ("carer-support-payment",),
    "pension_age_winter_heating_payment": ("pension-age-winter-heating-payment",),
    "winter_heating_payment": ("winter-heating-payment",),
    "child_winter_heating_payment": ("child-winter-heating-payment",),
    "disability_living_allowance_for_children": ("disability-living-allowance-for-children",),
    "disability_living_allowance_for_children_ni": ("disability-living-allowance-for-children",),
    "child_disability_payment_scotland": ("child-disability-payment",),
    "personal_independence_payment": ("personal-independence-payment",),
    "personal_independence_payment_northern_ireland": ("personal-independence-payment",),
    "adult_disability_payment_scotland": ("adult-disability-payment",),
    # For a year now, Scotland has had a payment of its own in place of Attendance Allowance.
    "attendance_allowance": ("attendance-allowance", "pension-age-disability-payment"),
    "attendance_allowance_ni": ("attendance-allowance",),
    "council_tax_reduction": ("council-tax-reduction",),
    "rate_relief": ("rate-relief", "rate-rebate"),
    "child_benefit": ("child-benefit",),
    "free_tv_licence": ("free-tv-licence", "blind-tv-licence"),
    "budgeting_loan": ("budgeting-loan",),
    "social_fund_budgeting_loan_northern_ireland": ("social-fund-budgeting-loan-ni",),
    "nhs_help_with_health_costs": ("nhs-low-income-scheme", "free-nhs-prescriptions", "free-nhs-dental-treatment"),
    "help_with_health_costs_scotland": ("nhs-low-income-scheme", "free-nhs-prescriptions", "free-nhs-dental-treatment"),
    "nhs_help_with_health_costs_northern_ireland": (
        *("nhs-low-income-scheme", "free-nhs-prescriptions", "free-nhs-dental-treatment"),
    ),
    "maternity_allowance": ("maternity-allowance",),
    "maternity_allowance_ni": ("maternity-allowance",),
    "sure_start_maternity_grant": ("sure-start-maternity-grant",),
    "pregnancy_and_baby_payment_scotland": ("best-start-grant-pregnancy-and-baby",),
    "healthy_start": ("healthy-start",),
    "best_start_foods_scotland": ("best-start-foods",),
    "free_school_meals_england": ("free-school-meals",),
    "free_school_meals_scotland": ("free-school-meals",),
    "free_school_meals_wales": ("free-school-meals",),
    "free_school_meals_and_uniform_grants_northern_ireland": ("free-school-meals", "uniform-grant"),
    "school_clothing_grant_scotland": ("school-clothing-grant",),
    "school_essentials_grant_wales": ("school-essentials-grant",),
    "home_to_school_transport": ("home-to-school-transport", "home-to-school-transport-wales"),
    "free_school_transport_scotland": ("free-school-transport-scotland",),
    "home_to_school_transport_ni": ("home-to-school-transport-ni",),
    "apply_for_an_older_persons_bus_pass_england": ("older-persons-bus-pass",),
    "apply_for_an_older_persons_bus_pass_wales": ("older-persons-bus-pass",),
    "apply_for_an_older_persons_bus_pass_scotland": ("older-persons-bus-pass",),
    "apply_for_an_older_persons_travel_pass_ni": ("older-persons-bus-pass",),
    "apply_for_a_disabled_persons_bus_pass": ("disabled-persons-bus-pass",),
    "apply_for_a_disabled_persons_bus_pass_wales": ("disabled-persons-bus-pass",),
    "apply_for_a_disabled_persons_bus_pass_scotland": ("disabled-persons-bus-pass",),
    "apply_for_a_disabled_persons_travel_pass_ni": ("disabled-persons-bus-pass",),
    "support_for_mortgage_interest_(smi)": ("support-for-mortgage-interest",),
    "warm_home_discount_scheme": ("warm-home-discount",),
    "warm_home_discount_scheme_scotland": ("warm-home-discount-scotland",),
    "education_maintenance_allowance_ni": ("education-maintenance-allowance-ni",),
    "education_maintenance_allowance_scotland": ("education-maintenance-allowance-scotland",),
    "education_maintenance_allowance_wales": ("education-maintenance-allowance-wales",),
    "help_to_save": ("help-to-save",),
    "disabled_facilities_grant": ("disabled-facilities-grant",),
    "disabled_facilities_grant_ni": ("disabled-facilities-grant",),
    "help_with_house_adaptations_if_you_are_disabled": ("home-adaptations-scotland",),
    "discretionary_assistance_fund": ("discretionary-assistance-fund",),
    "support_for_mortgage_interest_(smi)_ni": ("support-for-mortgage-interest",),
    "crisis_grant_scotland": ("crisis-grant-scotland", "community-care-grant"),
    "discretionary_support_ni": ("discretionary-support",),
    "childcare_subsidy_scheme_ni": ("childcare-subsidy-scheme",),
    "discretionary_housing_payment_scotland": ("discretionary-housing-payment",),
    "discretionary_housing_payment_wales": ("discretionary-housing-payment",),
    "discretionary_housing_payment_ni": ("discretionary-housing-payment",),
    "cost_of_living_local_council": (
        *("crisis-and-resilience-fund-crisis-payment", "crisis-and-resilience-fund-housing-payment"),
    ),
    "bursary_fund_16_to_19": ("bursary-fund-16-to-19", "discretionary-bursary-16-to-19"),
}
_HOUSING_BENEFIT = ("housing_benefit", "housing_benefit_scotland", "housing_benefit_northern_ireland")
_TAX_FREE = ("tax_free_childcare", "tax_free_childcare_with_disability")
_PIP = ("personal_independence_payment", "personal_independence_payment_northern_ireland")
_BUS_PASS = (
    "apply_for_an_older_persons_bus_pass_wales",
    "apply_for_an_older_persons_bus_pass_scotland",
    "apply_for_an_older_persons_travel_pass_ni",
)

FINER: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        _HOUSING_BENEFIT,
        "You cannot get it with savings above the limit",
        "Savings above £16,000 end it unless Guarantee Credit is paid (Housing Benefit Regulations 2006, "
        "reg. 43, and the "
        "like for pension age, reg. 26). The checker does not ask about savings here.",
    ),
    (
        ("council_tax_reduction",),
        "The national schemes end at savings above £16,000",
        "The prescribed schemes of Wales and Scotland, and England's for pension age, end at savings above £16,000. In "
        "England at working age we leave it open. The checker shows it to everybody.",
    ),
    (
        ("rate_relief",),
        "At any age you may have savings up to the lower limit",
        "Rate Relief has limits of savings, £16,000 or, for pensioners, £50,000. The checker shows it to everybody.",
    ),
    (
        ("budgeting_loan",),
        "For a single person at least £100",
        "Savings above £1,000 (£2,000 from 63 on) are taken off the largest loan, and no loan is below £100 "
        "(Social Fund "
        "directions 8 to 10). The checker does not ask.",
    ),
    (
        _TAX_FREE,
        "You cannot have it together with Universal Credit",
        "Childcare Payments Act 2014, s. 30: a declaration ends Universal Credit. The checker does not ask "
        "which benefit.",
    ),
    (
        _TAX_FREE,
        "Your child is under 11",
        "A child counts until the September after the 11th birthday, and with a disability until that after the 16th "
        "(Childcare Payments (Eligibility) Regulations 2015, reg. 5). The checker goes by the age alone.",
    ),
    (
        ("funded_early_learning_and_childcare_scotland",),
        "You have a child of 3 to 5 who is not in primary school yet",
        "For two-year-olds of some families, and from 3 until school (Children and Young People (Scotland) "
        "Act 2014, s. 47). "
        "The checker takes every family with a child of two, and of 5 to 7.",
    ),
    (
        ("free_childcare_2yr_olds", "free_childcare_2yr_olds_wales"),
        "child of two",
        "For two-year-olds; the day that it begins is that of the term after the birthday.",
    ),
    (
        ("healthy_start",),
        "You get Pension Credit with an amount for a child",
        "Pension Credit gives it only with an amount for a child (Healthy Start, how to apply), and before the first "
        "birth there is none. The checker takes any benefit.",
    ),
    (
        ("30hrs_free_childcare_3_4yrs_england",),
        "9 months to 4 years",
        "From nine months on; the checker has one answer for all children under two.",
    ),
    (
        ("winter_heating_payment",),
        "You get Pension Credit",
        "The benefits that give it are listed (Winter Heating Assistance (Low Income) (Scotland) Regulations "
        "2023, reg. 4), "
        "and Housing Benefit alone is none of them. The checker takes any benefit.",
    ),
    (
        _PIP,
        "it does not matter for how long you have needed help",
        "The parent has no disability; a child of 16 or over claims in her own name (Welfare Reform Act "
        "2012, s. 77). The "
        "checker speaks to the parent of the child.",
    ),
    (
        ("home_to_school_transport",),
        "You must have a child of 5 to 16",
        "The duty is towards children of compulsory school age (Education Act 1996, s. 508B; in Wales the "
        "Learner Travel "
        "Measure 2008). The checker takes all from 3 to 19.",
    ),
    (
        ("free_school_transport_scotland",),
        "You must have a child at the council's school",
        "For pupils of schools: the checker takes everybody from 3 to 19.",
    ),
    (
        ("home_to_school_transport_ni",),
        "no nearer suitable school with a place",
        "For pupils: a young person of 18 or 19 is out of school. The checker takes everybody from 3 to 19.",
    ),
    (
        _BUS_PASS,
        "Outside England the pass is for people of 60 or over",
        "From 60 on in Wales, Scotland and Northern Ireland. The checker shows it to everybody there.",
    ),
    (
        (
            "education_maintenance_allowance_ni", "education_maintenance_allowance_scotland",
            "education_maintenance_allowance_wales",
        ),
        "the age for it in this school year",
        "The school year decides: in Wales 16 to 18 on 31 August, in Scotland and Northern Ireland by days "
        "of birth. The "
        "checker takes all of 16 to 19.",
    ),
)  # fmt: skip
"""Where the checker says yes and we say no: the benefits, words of our reason, and why ours is finer."""

_HOUSING_TOO = (
    "The checker rules out whoever names Housing Benefit, even beside a benefit that gives it. The law asks "
    "for the one "
    "benefit and does not mind the other."
)
BROADER: Mapping[str, str] = {
    "scottish_child_payment": _HOUSING_TOO,
    "free_childcare_2yr_olds": _HOUSING_TOO,
    "healthy_start": _HOUSING_TOO,
    "sure_start_maternity_grant": _HOUSING_TOO,
    "best_start_foods_scotland": _HOUSING_TOO,
}
"""Where the checker says no and we say yes."""
