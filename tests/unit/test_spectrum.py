"""The spectrum from standardised to personalised, worked out by hand."""

from __future__ import annotations

import math
from importlib import import_module
from typing import Any

import pytest

import lgbm
from lgbm.model.truth import Truth
from lgbm.population.profiling import Range
from lgbm.population.spectrum.placing import Spectrum, Strategy

pa: Any = import_module("pyarrow")

ON = "2026-11-21"
MODEL = lgbm.loads("""
taxonomy: {id: town, label: Town, jurisdiction: nation}
circumstances:
  nation: {label: Nation, type: choice, options: {north: North, south: South}}
  age: {label: Age, type: number}
  savings: {label: Savings, type: money, unit: GBP}
  cold: {label: Cold at home, type: boolean}
  moved: {label: New here, type: boolean}
events:
  moving: {label: Moving, changes: {moved: true}, leads_to: [welcome]}
needs:
  warmth: {label: A warm home, implied_by: cold}
  company: {label: Company}
services:
  grant: {label: Grant, meets: warmth, contributes_to: [health, fun], eligibility: age >= 66 and savings <= 1000}
  boiler: {label: Boiler, meets: warmth, contributes_to: [fun, green], jurisdictions: [north], eligibility: age >= 66}
  cover: {label: Pipe cover, meets: warmth, contributes_to: [warm-bones], eligibility: 'true'}
  leaflet: {label: Leaflet, meets: warmth, criticality: low, contributes_to: [health], eligibility: age >= 66}
  advice: {label: Advice, meets: warmth}
  club: {label: Club, meets: company, eligibility: age >= 66}
  old: {label: Old scheme, meets: warmth, eligibility: age >= 66, effective: {until: 2020-01-01}}
  welcome: {label: Welcome pack, eligibility: age >= 66}
outcomes:
  health: {label: Better health, criticality: high}
  warm-bones: {label: Warm bones, broader: health}
  fun: {label: More fun, criticality: low}
  green: {label: Greener streets}
""")
PEOPLE: list[dict[str, Any]] = [
    {"nation": "north", "age": age, "savings": savings, "cold": True} for age in (30, 70) for savings in (500, 5000)
]


def placed(rows: list[dict[str, Any]], *services: str, **how: Any) -> Spectrum:
    table = pa.Table.from_pylist(rows, schema=pa.schema(_TYPES.items()))
    event = how.pop("event", None)
    return MODEL.screen(table, on=ON, event=event).spectrum(services or None, **how)


_TYPES = {"nation": pa.string(), "age": pa.int64(), "savings": pa.int64(), "cold": pa.bool_()}


def test_people_are_alike_where_the_rules_do_not_tell_them_apart() -> None:
    """Old or young, with much or little: four kinds, of one size each. Whether 70 or 71, it is the same case."""
    rows = [*PEOPLE, *({**one, "age": one["age"] + 1} for one in PEOPLE)]
    place = placed(rows, "grant")["grant"]

    assert place.demand is not None
    assert place.demand.needed == Range.of(8)
    assert place.kinds is not None
    assert math.isclose(place.kinds.low, 4)
    assert math.isclose(place.kinds.high, 4)


def test_a_rare_kind_counts_for_little() -> None:
    """Three of one kind and one of another are 4 / 3^(3/4) kinds: 1.75."""
    rows = [{**PEOPLE[0], "age": 70 if at else 30} for at in range(4)]
    place = placed(rows, "boiler")["boiler"]

    assert place.kinds is not None
    assert math.isclose(place.kinds.low, 4 / 3**0.75)
    assert math.isclose(place.kinds.high, 4 / 3**0.75)


def test_who_does_not_need_it_or_lives_elsewhere_makes_no_demand() -> None:
    """Of four in the south and four in warm homes, none counts for a boiler of the north."""
    rows = [*PEOPLE, *({**one, "nation": "south"} for one in PEOPLE), *({**one, "cold": False} for one in PEOPLE)]
    place = placed(rows, "boiler")["boiler"]

    assert place.demand is not None
    assert place.demand.needed == Range.of(4)
    assert str(place.kinds) == "2.0"


def test_what_is_not_known_makes_a_range() -> None:
    """Two old, one young and one of whom it is not known: from 3 against 1 to 2 against 2."""
    rows = [{**PEOPLE[0], "age": age} for age in (70, 70, 30, None)]
    place = placed(rows, "boiler")["boiler"]

    assert place.kinds is not None
    assert math.isclose(place.kinds.low, 4 / 3**0.75)
    assert math.isclose(place.kinds.high, 2)


def test_who_may_be_in_need_is_counted_at_most() -> None:
    """Of one it is not known whether the home is cold: 3 or 4 in need."""
    rows = [*PEOPLE[:3], {**PEOPLE[3], "cold": None}]
    place = placed(rows, "grant")["grant"]

    assert place.demand is not None
    assert place.demand.needed == Range.of(3, 4)
    assert place.kinds is not None
    assert (round(place.kinds.low, 6), round(place.kinds.high, 6)) == (round(4 / 2**0.5, 6), 4)


@pytest.mark.parametrize(
    ("many", "level", "strategy"),
    [
        (4.5, "low", Strategy.STANDARDISE),
        (4.5, "high", Strategy.SEGMENT),
        (3.5, "low", Strategy.SELF_SERVICE),
        (3.5, "high", Strategy.PERSONALISE),
    ],
)
def test_the_strategy_follows_from_diversity_and_criticality(many: float, level: str, strategy: Strategy) -> None:
    """Four kinds of case are many beyond 3.5, and not beyond 4.5."""
    place = placed(PEOPLE, "grant", many=many, criticality={"grant": level})["grant"]

    assert place.strategies == (strategy,)
    assert place.strategy is strategy


def test_a_range_across_the_line_leaves_two_strategies() -> None:
    """Not known is not low, and not high."""
    rows = [{**PEOPLE[0], "age": age} for age in (70, 70, 30, None)]
    place = placed(rows, "leaflet", many=1.9)["leaflet"]

    assert place.diverse is Truth.UNKNOWN
    assert place.strategies == (Strategy.STANDARDISE, Strategy.SELF_SERVICE)
    assert place.strategy is None


@pytest.mark.parametrize(
    ("service", "level", "because"),
    [
        ("grant", "high", "it contributes to: Better health"),  # and to more fun, which makes it no less critical
        ("leaflet", "low", "as the taxonomy states of the service"),
        ("boiler", None, "nothing is stated of: Greener streets"),  # which may be high, whatever fun is
        ("cover", "high", "it contributes to: Warm bones"),  # as the outcome that this is a part of
        ("club", None, "it contributes to no outcome"),
    ],
)
def test_criticality_is_declared_of_the_service_or_of_its_outcomes(
    service: str, level: str | None, because: str
) -> None:
    """High as soon as one outcome is; low where all are."""
    critical = placed(PEOPLE, service)[service].critical

    assert (critical.level, critical.because) == (level, because)


def test_what_cannot_be_measured_says_why() -> None:
    """Nothing is placed by a guess."""
    found = placed(PEOPLE)

    assert {one.id: one.reason for one in found if one.reason} == {
        "advice": "its rules are not modelled",
        "club": "no need that it meets says who has it",
        "old": "it is not offered on 2026-11-21",
        "welcome": "no need that it meets says who has it",
    }
    assert found["club"].strategies == ()
    assert placed([{**PEOPLE[0], "cold": False}], "grant")["grant"].kinds is None


def test_a_service_that_an_event_leads_to_is_needed_by_everybody_whom_it_happens_to() -> None:
    """Of four who move, two old and two young."""
    place = placed(PEOPLE, "welcome", event="moving")["welcome"]

    assert place.demand is not None
    assert place.demand.needed == Range.of(4)
    assert str(place.kinds) == "2.0"


def test_the_evidence_is_said_with_the_place() -> None:
    """Who needs it, what divides them, how critical it is, and who says so."""
    place = placed(PEOPLE * 5 + PEOPLE[:2] * 5, "grant", many=3)["grant"]

    # 20 are 30 years old and 10 are 70: 15 of them have little.
    assert str(place) == (
        "Grant: personalise\n"
        "  30 of 30 need it\n"
        "  3.8 kinds of case among them, more than 3\n"
        "    savings: at most £1,000: true of 50.0 %\n"
        "    age: at least 66: true of 33.3 %\n"
        "  high criticality: it contributes to: Better health"
    )


def test_the_table_runs_from_standardised_to_personalised_and_hides_small_counts() -> None:
    """Of fewer than five in need nothing is said; what is not placed is counted under the table."""
    found = placed([*PEOPLE, *PEOPLE], "grant", "leaflet", "advice", many=3)
    few = placed(PEOPLE, "grant", many=3)

    assert str(found) == (
        "From standardised to personalised\n"
        "\n"
        "service  in need  kinds of case  criticality              strategy\n"
        "Leaflet        8            2.0          low  standardise or share\n"
        "Grant          8            4.0         high           personalise\n"
        "\n"
        "diverse: more than 3 kinds of case\n"
        "not placed: 1 service: its rules are not modelled"
    )
    assert few.grid().rows == (("Grant", "*", "*", "high", "*"),)
    assert str(few["grant"]) == (
        "Grant: too few need it to be shown\n  high criticality: it contributes to: Better health"
    )


def test_a_condition_that_singles_somebody_out_is_not_shown() -> None:
    """One of nine is old: the table says nothing that would be about her alone."""
    rows = [{**PEOPLE[0], "age": 70 if at == 0 else 30} for at in range(9)]

    assert "age" not in str(placed(rows, "leaflet")["leaflet"])


def test_the_order_in_which_rules_are_written_does_not_matter() -> None:
    """All and any have no first part."""
    one, other = (
        lgbm.loads(
            f"circumstances: {{{', '.join(f'{name}: {{label: Fact, type: boolean}}' for name in 'abc')}}}\n"
            "needs: {n: {label: N, implied_by: 'true'}}\n"
            f"services: {{s: {{label: S, meets: n, eligibility: '{rule}'}}}}"
        )
        for rule in ("a and (b or c)", "(c or b) and a")
    )
    table = pa.table(
        {"a": [False, False, None, True], "b": [None, True, False, False], "c": [True, False, False, False]}
    )

    assert one.screen(table, on=ON).spectrum()["s"].kinds == other.screen(table, on=ON).spectrum()["s"].kinds


def test_everything_wrong_is_said_at_once() -> None:
    """An unknown service, a rating that says nothing, a number of kinds that is none."""
    with pytest.raises(lgbm.ProfileError) as error:
        placed(PEOPLE, "grand", many=0.5, criticality={"grant": "medium"})

    assert [one.code for one in error.value.diagnostics] == ["P447", "P490", "P491"]


def test_the_plot_says_in_words_what_it_shows() -> None:
    """Labels for the services, a sign and a legend for criticality, the strategy beside each."""
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    ax = placed([*PEOPLE, *PEOPLE], "grant", "leaflet", many=3).plot()

    assert ax.get_title() == "From standardised to personalised"
    assert ax.get_xlabel() == "kinds of case among those in need (beyond the dashed line at 3: diverse)"
    assert [one.get_text() for one in ax.get_yticklabels()] == ["Leaflet", "Grant"]
    assert [one.get_text() for one in ax.texts] == ["standardise or share", "personalise"]
    assert [one.get_text() for one in ax.get_legend().get_texts()] == ["low criticality", "high criticality"]
    matplotlib.pyplot.close("all")


def test_a_plot_of_some_says_of_how_many() -> None:
    """Nobody takes the largest for all of them."""
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    ax = placed([*PEOPLE, *PEOPLE], "grant", "leaflet").plot(most=1)

    assert ax.get_title() == "From standardised to personalised: 1 of 2"
    matplotlib.pyplot.close("all")


def test_every_service_of_the_uk_has_a_criticality() -> None:
    """Each outcome says it, or is part of one that does: the first place that an analyst sees is whole."""
    table = pa.table({"age": [70]})
    found = lgbm.load("four-nations").screen(table, on=ON).spectrum()

    assert len(found.places) > 300
    assert [one.id for one in found if one.critical.level is None] == []


def test_criticality_never_enters_a_decision() -> None:
    """It is for planning: the answers are the same whatever it says."""
    text = "circumstances: {age: {label: Age, type: number}}\nservices:\n  s: {label: S, eligibility: age >= 66%s}"
    answers = {
        str(lgbm.loads(text % how).resolve({"age": 70}, on=ON)["s"].why())
        for how in ("", ", criticality: low", ", criticality: high")
    }

    assert len(answers) == 1
