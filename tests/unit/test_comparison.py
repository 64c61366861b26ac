"""Two answers compared: worked cases, each with its clause, its place and its law."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import lgbm
from lgbm.cli import main

WORLD = """
taxonomy: {id: town, label: Riverford}
circumstances:
  age: {label: Age, type: number, unit: years}
  savings: {label: Savings, type: money, unit: GBP}
  work: {label: Work, type: choice, options: {employed: In paid work, retired: Retired}}
  pay: {label: Monthly pay, type: money, unit: GBP, asked_when: work = "employed", otherwise: 0}
rates:
  limit: {label: Savings limit, unit: GBP, values: [{from: 2020-01-01, value: 6000}, {from: 2027-01-01, value: 8000}]}
events:
  retiring: {label: Retiring, changes: {work: retired}}
  inheriting: {label: Inheriting, changes: {savings: {forget: true}}}
needs:
  getting-around: {label: Getting around, implied_by: work = "retired"}
services:
  bus-pass: {label: Bus pass, meets: getting-around, eligibility: work = "retired"}
  hardship-grant:
    label: Hardship grant
    eligibility:
      all:
        - when: savings <= limit
          because: It is for people with few savings
          source: Riverford Scheme, para. 4
        - age >= 18
    amounts: [{label: grant, value: 120, every: once}]
  commuter-help: {label: Commuter help, eligibility: pay > 0}
"""
ON = "2026-11-21"
FACTS = {"age": 40, "savings": 4000, "work": "employed", "pay": 1500}


@pytest.fixture(scope="module")
def model() -> lgbm.Model:
    return lgbm.loads(WORLD)


def test_an_event_is_compared_with_things_as_they_are(model: lgbm.Model) -> None:
    """What an event gains and loses, by the clause that turned, and the needs that come with it."""
    found = lgbm.compare(model.resolve(FACTS, on=ON), model.resolve(FACTS, event="retiring", on=ON))

    assert str(found) == (
        "From “as things are” to “Retiring”\n"
        "  What differs\n"
        "    → work: In paid work → Retired\n"
        "    and what follows: monthly pay\n"
        "  Gained\n"
        "    ✓ Bus pass: not eligible → eligible\n"
        "      ✓ work is In paid work, not Retired → work is Retired\n"
        "          taxonomy.yaml:16\n"
        "  Lost\n"
        "    ✗ Commuter help: eligible → not eligible\n"
        "      ✗ monthly pay is £1,500, more than £0 → monthly pay is £0, at most £0\n"
        "          taxonomy.yaml:26\n"
        "  Needs\n"
        "    ✓ Getting around comes\n"
        "      ✓ work is In paid work, not Retired → work is Retired\n"
        "          taxonomy.yaml:14\n"
        "  1 service is answered as before."
    )
    assert [one.id for one in found.gained] == ["bus-pass"]
    assert [one.id for one in found.lost] == ["commuter-help"]
    assert repr(found) == "<Comparison town: 1 gained, 1 lost, 0 settled, 0 unsettled>"


def test_two_people_are_compared_with_what_is_paid(model: lgbm.Model) -> None:
    """A thousand pounds over the limit: the grant and its £120 are lost, and the limit and its law are named."""
    found = lgbm.compare(model.resolve(FACTS, on=ON), model.resolve({**FACTS, "savings": 7000}, on=ON))

    (clause,) = found.lost[0].clauses
    assert clause.text == (
        "savings is £4,000, at most £6,000 (savings limit) → savings is £7,000, more than £6,000 (savings limit)"
    )
    assert (clause.place, clause.sources[0].words) == ("taxonomy.yaml:21", "Riverford Scheme, para. 4")
    (paid,) = found.amounts
    assert paid.before is not None
    assert (paid.before.pounds, paid.after) == (120, None)
    assert "✗ Hardship grant, grant: £120 once → not paid" in str(found)


def test_what_is_not_known_any_more_is_asked_and_not_called_lost(model: lgbm.Model) -> None:
    """An inheritance of an amount that nobody has stated: not a no, and the amount is not gone."""
    found = lgbm.compare(model.resolve(FACTS, on=ON), model.resolve(FACTS, event="inheriting", on=ON))

    assert (found.gained, found.lost) == ((), ())
    (turn,) = found.unsettled
    assert (turn.id, turn.before, turn.after, turn.missing) == (
        "hardship-grant",
        "eligible",
        "undetermined",
        ("savings",),
    )
    assert "? Hardship grant, grant: £120 once → not known whether it is paid" in str(found)


def test_an_answer_settles_what_was_asked(model: lgbm.Model) -> None:
    """A fact told: the services that waited for it are settled, either way, and it is asked for no more."""
    less = {"age": 40, "savings": 4000}
    found = lgbm.compare(model.resolve(less, on=ON), model.resolve({**less, "work": "retired"}, on=ON))

    assert {(one.id, one.after) for one in found.settled} == {("bus-pass", "eligible"), ("commuter-help", "ineligible")}
    assert [(one.id, one.kind) for one in found.needs] == [("getting-around", "settled")]


def test_dates_are_compared_only_where_they_are_meant(model: lgbm.Model) -> None:
    """Otherwise what comes from a new figure would look as if it came from the person."""
    facts = {**FACTS, "savings": 7000}
    before, after = model.resolve(facts, on=ON), model.resolve(facts, on="2027-01-01")
    with pytest.raises(lgbm.ProfileError, match="P419"):
        lgbm.compare(before, after)

    (turn,) = lgbm.compare(before, after, across=["date"]).gained
    assert turn.clauses[0].text == (
        "savings is £7,000, more than £6,000 (savings limit) → savings is £7,000, at most £8,000 (savings limit)"
    )


def test_rules_are_compared_only_where_they_are_meant(model: lgbm.Model) -> None:
    """A new version with another age: the service that both have is compared, one that only one has is not."""
    newer = lgbm.loads(WORLD.replace("age >= 18", "age >= 50").replace("commuter-help", "travel-help"))
    before, after = model.resolve(FACTS, on=ON), newer.resolve(FACTS, on=ON)
    with pytest.raises(lgbm.ProfileError, match="two versions of `town`"):
        lgbm.compare(before, after)

    found = lgbm.compare(before, after, across=["model"])
    assert [(one.id, one.kind) for one in found.services] == [("hardship-grant", "lost")]
    assert [(one.service, one.after) for one in found.amounts] == [("hardship-grant", None)]


def test_versions_of_rules_are_called_by_their_labels(tmp_path: Path) -> None:
    """A reader is told "A lower limit", not an id; and the clause that turned stands open below what was lost."""
    (tmp_path / "one.yaml").write_text(
        "taxonomy: {id: one, label: Rules of today}\ncircumstances: {age: {label: Age, type: number}}\n"
        "services: {help: {label: Help, eligibility: age >= 18}}\n",
        encoding="utf-8",
    )
    (tmp_path / "two.yaml").write_text(
        "taxonomy: {id: two, label: A later age}\ncircumstances: {age: {label: Age, type: number}}\n"
        "services: {help: {label: Help, eligibility: age >= 21}}\n",
        encoding="utf-8",
    )
    one, two = (lgbm.load(tmp_path / f"{name}.yaml").resolve({"age": 19}, on=ON) for name in ("one", "two"))
    found = lgbm.compare(one, two, across=["model"])

    assert str(found).startswith("From “Rules of today” to “A later age”\n")
    assert "<details>" not in found._repr_html_()
    assert "age is 19, less than 21" in found._repr_html_()


def test_models_loaded_twice_from_the_same_text_are_the_same(model: lgbm.Model) -> None:
    """By their fingerprint, not by where they stand in memory."""
    found = lgbm.compare(model.resolve(FACTS, on=ON), lgbm.loads(WORLD).resolve(FACTS, on=ON))
    assert (found.facts, found.services, found.needs) == ((), (), ())


def test_all_that_stands_against_a_comparison_is_said_at_once(model: lgbm.Model) -> None:
    """Another model, another date, another language: three complaints."""
    other = lgbm.loads("circumstances: {age: {label: Age, type: number}}").resolve({}, on="2027-01-01", language="cy")
    with pytest.raises(lgbm.ProfileError) as error:
        lgbm.compare(model.resolve(FACTS, on=ON), other)
    assert [one.code for one in error.value.diagnostics] == ["P418", "P419", "P494"]


def test_a_comparison_is_plain_data(model: lgbm.Model) -> None:
    """With the fingerprints of both answers, so that each can be found again."""
    before, after = model.resolve(FACTS, on=ON), model.resolve(FACTS, event="retiring", on=ON)
    data = json.loads(json.dumps(lgbm.compare(before, after).to_dict()))

    assert data["before"] == {"taxonomy": "town", "event": None, "on": ON, "fingerprint": before.fingerprint}
    assert data["after"] == {"taxonomy": "town", "event": "retiring", "on": ON, "fingerprint": after.fingerprint}
    assert [(one["id"], one["kind"]) for one in data["services"]] == [("bus-pass", "gained"), ("commuter-help", "lost")]
    assert data["facts"][0] == {"circumstance": "work", "before": "employed", "after": "retired", "follows": False}
    assert (data["amounts"], data["asked"], data["not_asked"]) == ([], [], [])


def test_the_command_sets_either_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two profiles, one event, two events, two dates; and three of anything are too many."""
    monkeypatch.chdir(tmp_path)
    Path("town.yaml").write_text(WORLD, encoding="utf-8")
    for name, savings in (("poor", 4000), ("rich", 7000)):
        Path(f"{name}.json").write_text(json.dumps({**FACTS, "savings": savings}), encoding="utf-8")
    start = ["compare", "--taxonomy", "town.yaml", "--profile", "rich.json"]

    def printed(*more: str) -> str:
        assert main([*start, *more]) == 0
        return capsys.readouterr().out

    assert "✓ Hardship grant: not eligible → eligible" in printed("--profile", "poor.json", "--on", ON)
    assert "From “as things are” to “Retiring”" in printed("--event", "retiring", "--on", ON)
    assert "From “Retiring” to “Inheriting”" in printed("--event", "retiring", "--event", "inheriting", "--on", ON)
    assert "From “2026-11-21” to “2027-01-01”" in printed("--on", ON, "--on", "2027-01-01")
    assert json.loads(printed("--profile", "poor.json", "--on", ON, "--json"))["services"][0]["kind"] == "gained"

    assert main([*start, *("--profile", "poor.json") * 2]) == 2
    assert "P495: two are compared, and `--profile` is given 3 times" in capsys.readouterr().err
