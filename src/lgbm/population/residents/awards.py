"""Facts about what citizens receive: since when, with which parts, and who else in the home has something."""

from __future__ import annotations

import numpy as np

from lgbm.population.residents.drawing import Draw, Flags, Real
from lgbm.population.residents.home import SUPPORTED, TEMPORARY
from lgbm.population.residents.households import People


def add(draw: Draw, people: People, found: dict[str, Flags]) -> None:
    """What rules ask about the awards that are *found*."""
    credit, pension, unit = found["universal-credit"], found["pension-credit"], people.unit
    partner = people.partner
    draw.put("gets_legacy_benefit", np.zeros(draw.count, np.bool_))
    draw.put("gets_other_low_income_benefit", np.zeros(draw.count, np.bool_))
    draw.put("gets_guarantee_credit", (draw.uniform() < 0.88)[unit], pension)
    draw.put(
        "savings_credit_since_2016", (people.age >= 78) & (draw.uniform()[unit] < 0.1), pension & draw["has_partner"]
    )
    renting = (draw["monthly_rent"] > 0) & ~np.isin(draw["housing_tenure"], (TEMPORARY, SUPPORTED))
    draw.put("universal_credit_includes_housing", renting, credit)
    amounts = np.stack(
        [draw["_children"] > 0, draw["_child_benefit_for_disability"], draw["limited_capability_for_work"]], axis=1
    )
    draw.choices("universal_credit_amounts", ("children", "disabled-child", "limited-capability"), amounts, credit)
    draw.whole("months_on_income_benefit", 1 + (draw.uniform()[unit] * 60), credit | pension)
    draw.put("waits_for_first_universal_credit", credit & (draw.uniform()[unit] < 0.012))
    pay = draw["monthly_take_home"] / 100
    pair = pay + np.where(partner >= 0, pay[partner], 0.0)
    draw.pounds("take_home_in_last_six_months", pair * 6, credit)
    draw.put("owes_budgeting_advance", (draw.uniform() < 0.2)[unit], credit)
    draw.flag("needs_money_to_start_or_keep_a_job", 0.05, credit)
    draw.pounds("social_fund_debt", np.where(draw.uniform()[unit] < 0.03, 200, 0), pension)
    draw.put("partner_gets_care_benefit", draw["_care_benefit"][partner], draw["has_partner"])
    draw.put("partner_gets_carers_benefit", draw["entitled_to_carers_benefit"][partner], draw["has_partner"])
    draw.put("somebody_paid_to_care_for_you", draw["_care_benefit"] & (draw.uniform() < 0.28))

    def at_home(flags: Flags) -> Real:
        found: Real = np.bincount(people.home, weights=flags, minlength=len(people.homes.kind)).astype(np.float64)
        return found[people.home]

    income = credit | pension | found["housing-benefit"]
    draw.put(
        "somebody_else_gets_income_benefit",
        at_home(income) - income > 0,
        draw["has_partner"] | (people.adults_at_home > 1),
    )
    care = draw["_pip"] | draw["_attendance"] | draw["_child_benefit_for_disability"]
    some = draw.put("somebody_gets_disability_benefit", at_home(care) > 0)
    draw.flag("water_company_accepts_disability_benefit", 0.6, some)
    head_gets = np.zeros(len(people.homes.kind), np.bool_)
    head_gets[people.home[people.place == 0]] = credit[people.place == 0]
    draw.put("covered_by_parents_benefit", head_gets[people.home] & draw["dependent_young_person"], people.age < 20)
    either = found["universal-credit"] | found["tax-free-childcare"]
    draw.put("childcare_paid_by_other_scheme", draw["uses_registered_childcare"] & either, draw["_children"] > 0)
    _councils(draw, credit)


def _councils(draw: Draw, credit: Flags) -> None:
    nation = draw["nation"]
    without = draw["no_recourse_to_public_funds"] & ~draw["public_funds_exception"]
    low = draw["monthly_take_home"] < 620_00
    draw.put("school_meals_accepted_by_council", credit & low, without | (np.isin(nation, (2, 3)) & credit))
    draw.put("school_travel_income_accepted", low, (nation == 0) & credit)
    draw.put("council_accepts_clothing_grant", credit & (draw["monthly_take_home"] < 1200_00), nation == 2)
