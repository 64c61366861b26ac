"""Interviews, worked by hand: what is asked, in what words, what is settled, and how it goes on from plain data."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

import lgbm
from lgbm.cli import main
from lgbm.interview import Weights, concerned, weights_from

ON = "2026-11-21"
TOWN = """
circumstances:
  date_of_birth: {label: Date of birth, type: date, question: What is your date of birth?}
  age:
    label: Age
    type: number
    unit: years
    question: How old are you?
    formula: years and months duration(date_of_birth, today()).years
  work: {label: Work, type: choice, options: {paid: In paid work, out: Out of work}, question: Do you work?}
  hours: {label: Hours, type: number, at_least: 0, question: How many hours?, asked_when: work = "paid", otherwise: 0}
  has_partner: {label: Has a partner, type: boolean, question: Do you have a partner?}
  partner:
    label: Partner
    type: person
    asked_when: has_partner
    fields: {disabled: {label: Disabled, type: boolean, question: Is your partner disabled?}}
  children:
    label: Children
    type: people
    question: Which children live with you?
    fields: {age: {label: Age, type: number, question: How old is the child?}}
events:
  losing-a-job: {label: Losing a job, changes: {work: out}, leads_to: [job-help]}
needs:
  company: {label: Company, implied_by: age >= 80}
services:
  bus-pass: {label: Bus pass, eligibility: age >= 66}
  job-help: {label: Help to find a job, eligibility: hours < 16}
  coal: {label: Coal}
  gas: {label: Gas}
  winter: {label: Winter help, eligibility: 'receives("coal") or receives("gas")'}
  respite: {label: Respite, eligibility: has_partner and partner.disabled}
  nursery: {label: Nursery place, eligibility: 'count(children[age < 5]) >= 1'}
  lottery: {label: Lottery}
"""


@pytest.fixture(scope="module")
def model() -> lgbm.Model:
    return lgbm.loads(TOWN)


def asked(model: lgbm.Model, service: str, *answers: object, **known: object) -> list[str]:
    """What is asked for one service, with these answers; `None` is *I don't know*."""
    interview = model.interview(known, services=[service], on=ON)
    found: list[str] = []
    for one in answers:
        assert interview.question is not None
        found.append(interview.question.asks)
        interview = interview.dont_know() if one is None else interview.answer(one)
    return [*found, interview.question.asks if interview.question else "done"]


def test_a_fact_that_follows_is_asked_for_by_what_it_follows_from(model: lgbm.Model) -> None:
    """The date of birth rather than the age; the age for whoever does not say the date."""
    assert asked(model, "bus-pass", "1950-05-05") == ["date_of_birth", "done"]
    assert asked(model, "bus-pass", None, 70) == ["date_of_birth", "age", "done"]
    assert asked(model, "bus-pass", None, None) == ["date_of_birth", "age", "done"]


def test_a_question_waits_until_it_is_known_to_apply(model: lgbm.Model) -> None:
    """Hours are asked of those who work."""
    assert asked(model, "job-help", "out") == ["work", "done"]
    assert asked(model, "job-help", "paid", 20) == ["work", "hours", "done"]


def test_whoever_does_not_say_whether_it_applies_may_say_the_fact(model: lgbm.Model) -> None:
    """Another way to settle it is tried."""
    assert asked(model, "job-help", None, 0) == ["work", "hours", "done"]


def test_a_partner_is_asked_about_field_by_field(model: lgbm.Model) -> None:
    """Whoever has none is asked nothing more."""
    assert asked(model, "respite", False) == ["has_partner", "done"]
    assert asked(model, "respite", True, True) == ["has_partner", "partner.disabled", "done"]


def test_whether_there_is_somebody_is_asked_where_only_she_can_settle_it() -> None:
    """Nothing is known of the pay where there is no carer; where there is one, it can be asked for."""
    model = lgbm.loads("""
circumstances:
  home: {label: Home, type: choice, options: {own: Own, care: Care}}
  carer:
    label: Carer
    type: person
    asked_when: home = "own"
    otherwise: {role: none}
    fields: {role: {label: Role, type: text}, paid: {label: Pay, type: money}}
services: {help: {label: Help, eligibility: carer.paid >= 1}}
""")

    assert asked(model, "help", "own", 3) == ["home", "carer.paid", "done"]


def test_what_an_event_does_is_asked_for_by_what_it_hangs_on() -> None:
    """Who leaves home is not asked, but what decides it."""
    model = lgbm.loads("""
circumstances:
  keeps_room: {label: Keeps the room, type: boolean}
  lodgers: {label: Lodgers, type: people, fields: {age: {label: Age, type: number}}}
events: {moving: {label: Moving, changes: {lodgers: {remove_where: not(keeps_room)}}}}
services: {help: {label: Help, eligibility: count(lodgers) >= 1}}
""")
    known = {"lodgers": [{"age": 30}]}

    assert model.resolve(known, event="moving", on=ON)["help"].missing == ("keeps_room",)
    interview = model.interview(known, event="moving", on=ON)
    assert interview.question is not None
    assert interview.question.asks == "keeps_room"
    assert interview.answer(True).settled == ("help",)


def test_people_are_counted_and_then_asked_about_one_by_one(model: lgbm.Model) -> None:
    """Until one of them is enough."""
    assert asked(model, "nursery", 0) == ["children", "done"]
    assert asked(model, "nursery", 3, 9, 4) == ["children", "children[1].age", "children[2].age", "done"]
    assert asked(model, "nursery", [{"age": 9}, {}], 4) == ["children", "children[2].age", "done"]


def test_benefits_received_are_one_question(model: lgbm.Model) -> None:
    """With the services as options; those that are not listed are not received."""
    interview = model.interview(services=["winter"], on=ON)

    question = interview.question
    assert question is not None
    assert (question.asks, question.kind) == ("receives", "choices")
    assert [(one.value, one.label) for one in question.options] == [("coal", "Coal"), ("gas", "Gas")]
    ended = interview.answer(["gas"])
    assert ended.done
    assert ended.stated['receives("coal")'] is False
    assert ended.resolution["winter"].status is lgbm.Status.ELIGIBLE


def test_a_question_says_its_words_and_why_it_is_asked(model: lgbm.Model) -> None:
    """And whom it is about."""
    question = model.interview({"children": [{}]}, services=["nursery"], on=ON).question

    assert question is not None
    assert question.to_dict() == {
        "asks": "children[1].age",
        "words": "How old is the child?",
        "kind": "number",
        "about": "children, number 1",
        "label": "children, number 1: age",
        "options": [],
        "unit": None,
        "at_least": None,
        "at_most": None,
        "sensitive": False,
        "notes": "",
        "settles": [["service", "nursery"]],
        "why": ["Nursery place"],
    }


def test_what_has_no_rules_stays_open_and_asks_nothing(model: lgbm.Model) -> None:
    """Nobody is told yes or no."""
    interview = model.interview(services=["lottery"], on=ON)

    assert interview.done
    assert interview.resolution["lottery"].status is lgbm.Status.UNDETERMINED


def test_what_an_event_settles_is_not_asked(model: lgbm.Model) -> None:
    """Whoever has just lost a job is not asked whether she works, and the services that this concerns are known."""
    assert model.interview(event="losing-a-job", services=["job-help"], on=ON).done
    assert concerned(model.on(ON), "losing-a-job") == ("job-help",)


def test_needs_are_settled_too_unless_services_are_named(model: lgbm.Model) -> None:
    """An age of 70 leaves nothing open; from a date declined, the need is open as well."""
    first = model.interview(on=ON).choosing.wanted["date_of_birth"]

    assert set(first) == {("service", "bus-pass"), ("need", "company")}


def test_an_answer_that_cannot_be_is_refused_and_changes_nothing(model: lgbm.Model) -> None:
    """In the words of a profile."""
    interview = model.interview(services=["nursery"], on=ON)

    with pytest.raises(lgbm.ProfileError) as error:
        interview.answer("two")
    assert "P402" in str(error.value)
    with pytest.raises(lgbm.ProfileError) as error:
        interview.answer(-1)
    assert "P462" in str(error.value)
    assert interview.question is not None
    assert interview.question.asks == "children"


def test_an_answer_can_be_taken_back_with_what_hangs_on_it(model: lgbm.Model) -> None:
    """It is asked again at once; hours went with the work."""
    interview = model.interview(services=["job-help", "bus-pass"], on=ON)
    while interview.question is not None:
        interview = interview.answer(
            {"work": "paid", "hours": 20, "date_of_birth": "1950-05-05"}[interview.question.asks]
        )

    again = interview.without("work")

    assert [one.asked for one in again.answers] == ["date_of_birth"]
    assert again.question is not None
    assert again.question.asks == "work"
    assert again.answer("out").done
    assert [one.asked for one in interview.back().answers] == [one.asked for one in interview.answers][:-1]


def test_an_interview_goes_on_from_plain_data(model: lgbm.Model) -> None:
    """Through JSON and back: the same state, the same question, the same answer."""
    interview = model.interview({"has_partner": True}, on=ON)
    while interview.question is not None:
        state = json.loads(json.dumps(interview.to_dict()))
        again = model.interview_from(state)
        assert again.to_dict() == interview.to_dict()
        assert again.question == interview.question
        match again.question.asks if again.question else "":
            case "date_of_birth":
                interview = again.answer("1990-05-05")
            case "work":
                interview = again.answer("paid")
            case "hours":
                interview = again.answer(12.5)
            case "children":
                interview = again.answer([{"age": 9}, {}])
            case "receives":
                interview = again.answer([])
            case _:
                interview = again.rather_not_say()

    ended = model.interview_from(json.loads(json.dumps(interview.to_dict())))

    assert ended.resolution.fingerprint == interview.resolution.fingerprint
    assert ended.settled == ("bus-pass", "job-help", "winter")
    assert ended.open == ("nursery", "respite")


@pytest.mark.parametrize(
    "state",
    [
        {"format": 1, "answers": [{"asked": "no_such", "answer": 1}]},
        {"format": 1, "answers": [{"asked": "work"}]},
        {"format": 1, "answers": ["work"]},
        {"format": 1, "answers": [{"asked": "children[3].age", "answer": 1}]},
        {"format": 1, "answers": [{"asked": "work", "declined": "shy"}]},
        {"format": 1, "answers": 5},
        {"format": 1, "answers": [], "services": "bus-pass"},
    ],
)
def test_what_is_no_state_is_refused(model: lgbm.Model, state: dict[str, object]) -> None:
    """With a code, and never a traceback."""
    whole = {**model.interview(on=ON).to_dict(), **state}

    with pytest.raises(lgbm.ProfileError) as error:
        model.interview_from(whole)
    assert "P465" in str(error.value)


def test_weights_are_learned_from_a_table_and_kept_as_plain_data(model: lgbm.Model) -> None:
    """Half of these work; nobody in the table has a partner, and so the question about one is still asked."""
    pa = pytest.importorskip("pyarrow")
    table = pa.table({"work": ["paid", "out", "out", "paid"], "has_partner": [False] * 4, "town": ["A"] * 4})

    weights = weights_from(model, table, on=ON)
    kept = Weights.from_dict(json.loads(json.dumps(weights.to_dict())))

    assert (kept.rows, kept.true) == (weights.rows, weights.true)
    assert weights.true["work is out"] == 0b0110
    assert weights.true["has_partner"] == 0
    assert model.interview(services=["respite"], weights=kept, on=ON).question is not None


def test_lgbm_ask_over_a_pipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Why, a mistake, a label, back, a change at the end, and what follows."""
    (tmp_path / "town.yaml").write_text(TOWN)
    lines = ["?", "perhaps", "out of wok", "in paid work", "back", "1", "20", "change 1", "Out of work", ""]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))

    code = main(["ask", str(tmp_path / "town.yaml"), "--service", "job-help", "--on", ON])

    said = capsys.readouterr().out
    assert code == 0
    assert said.count("Do you work?\n  1. In paid work\n  2. Out of work\n") == 3
    assert "It may settle: Help to find a job" in said
    assert "P403: there is no option `perhaps`\nhint: type a number from 1 to 2, or the words beside it\n>" in said
    assert "P403: there is no option `out of wok`\nhint: did you mean `Out of work`?\n>" in said
    assert "[0 services settled, 1 open]\nHow many hours?" in said
    assert "All is settled.\nCheck your answers:\n  1. Work: In paid work\n  2. Hours: 20\n" in said
    assert "All is settled.\nCheck your answers:\n  1. Work: Out of work\n" in said
    assert "  Eligible for, should it be needed\n    ✓ Help to find a job\n" in said


def test_lgbm_ask_ends_honestly_where_its_input_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As if one had typed `stop`."""
    (tmp_path / "town.yaml").write_text(TOWN)
    monkeypatch.setattr("sys.stdin", io.StringIO("rather not say\n"))

    code = main(["ask", str(tmp_path / "town.yaml"), "--service", "job-help", "--on", ON])

    said = capsys.readouterr().out
    assert code == 0
    assert "Stopped: 0 services settled, 1 open.\nCheck your answers:\n  1. Work: rather not said\n" in said
