"""People with the answers expected for them: what is compared, and what is told when it comes out otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from lgbm import personas
from lgbm.cli import main

TOWN = """\
taxonomy: {id: town, label: Riverford}
circumstances:
  age: {label: Age, type: number, unit: years}
  work: {label: Work, type: choice, options: {employed: In paid work, retired: Retired}}
  hours: {label: Hours, type: number, unit: hours, asked_when: work = "employed", otherwise: 0}
  children: {label: Children, type: people, fields: {age: {type: number, unit: years}}}
rates:
  bus_pass_age: {label: Age of the bus pass, unit: years, values: [{from: 2020-01-01, value: 66}, {from: 2028-01-01, value: 67}]}
events:
  retiring: {label: Retiring, changes: {work: retired}}
needs:
  getting-around: {label: Getting around, implied_by: work = "retired"}
  company: {label: Company}
services:
  bus-pass: {label: Bus pass, meets: getting-around, eligibility: age >= bus_pass_age}
  lunch-club: {label: Lunch club, eligibility: {all: [work = "retired", age >= 60]}, not_modelled: There must be a place}
  playground: {label: Playground, eligibility: some child in children satisfies child.age < 12}
  help-with-fares: {label: Help with fares, eligibility: receives("bus-pass")}
"""  # noqa: E501

HEAD = "taxonomy: town.yaml\non: 2026-11-21\n"


@pytest.fixture(autouse=True)
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has the taxonomy of a town beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    Path("town.yaml").write_text(TOWN, encoding="utf-8")


def report(people: str, head: str = HEAD) -> personas.FileReport:
    Path("people.yaml").write_text(f"{head}personas:\n{people.strip(chr(10))}\n", encoding="utf-8")
    (found,) = personas.run("people.yaml")
    return found


def told(people: str, head: str = HEAD) -> list[tuple[str | None, str, str]]:
    found = report(people, head)
    assert found.complaints == ()
    return [(one.about, one.expected, one.came) for one in found.surprises]


def complaints(people: str, head: str = HEAD) -> list[str]:
    """The first line of each."""
    return [str(one).splitlines()[0] for one in report(people, head).complaints]


def test_what_comes_as_expected_is_no_surprise() -> None:
    """Services, needs and changes are compared; people and their variants are counted."""
    found = report("""
  ann:
    label: Ann, 66, stops working
    notes: She has worked for the town.
    facts: {age: 66, work: employed}
    event: retiring
    expect:
      eligible: [bus-pass, lunch-club]
      undetermined: {playground: [children], help-with-fares: ['receives("bus-pass")']}
      needs: getting-around
      changes: {work: retired}
    variants:
      still at work: {event: null, expect: {ineligible: lunch-club, not_needs: getting-around}}
      of unknown age: {facts: {age: null}, expect: {undetermined: [bus-pass, lunch-club], changes: [work]}}
      nothing known: {event: null, facts: {age: null, work: null}, expect: {possible_needs: getting-around}}
""")

    assert (found.people, found.cases, found.surprises, found.complaints) == (1, 4, (), ())
    assert found.as_expected
    assert str(found) == "people.yaml: as expected"


def test_a_surprise_says_where_who_what_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever wrote the expectation can find it, and sees the rule that stands against it."""
    report("""
  ann:
    label: Ann, 65
    facts: {age: 65}
    expect:
      eligible: [bus-pass]
    variants:
      retired: {facts: {work: retired, age: null}, expect: {eligible: lunch-club}}
""")

    assert main(["test", "people.yaml"]) == 1
    assert (
        capsys.readouterr().out
        == """\
no  people.yaml  1 person, 2 cases, 2 surprises

people.yaml:8: ann
  Ann, 65
  expected: bus-pass: eligible
  came:     bus-pass: ineligible
    Bus pass: not eligible
      ✗ age is 65, less than 66 (age of the bus pass)       town.yaml:15

people.yaml:10: ann, retired
  Ann, 65
  expected: lunch-club: eligible
  came:     lunch-club: undetermined, asking for age
    Lunch club: not known yet
      ? age is not known: at least 60?                      town.yaml:16
      ask for: age

1 person, 2 cases, 2 surprises
"""
    )


def test_what_a_variant_does_not_give_stays() -> None:
    """Its facts stand in place of those of the person; its expectations are its own."""
    assert told("""
  ann:
    label: Ann
    facts: {age: 70, work: retired, children: [{age: 3}, {age: 20}]}
    expect: {eligible: [lunch-club, playground]}
    variants:
      young: {facts: {age: 20}, expect: {ineligible: lunch-club, eligible: playground}}
      grown-up children: {facts: {children: [{age: 20}]}, expect: {ineligible: playground, eligible: lunch-club}}
""") == []  # fmt: skip


def test_all_that_is_asked_for_has_to_be_named() -> None:
    """A fact too many and a fact too few are both told; the order does not matter."""
    assert told("""
  ann:
    label: Ann
    expect: {undetermined: {lunch-club: [age, work]}}
    variants:
      one too few: {expect: {undetermined: {lunch-club: age}}}
      one too many: {expect: {undetermined: {bus-pass: [age, work]}}}
      nothing: {expect: {undetermined: {bus-pass: []}}}
      decided: {facts: {age: 70}, expect: {undetermined: {bus-pass: [age]}}}
""") == [
        ("lunch-club", "undetermined, asking for age", "undetermined, asking also for work"),
        ("bus-pass", "undetermined, asking for age, work", "undetermined, not asking for work"),
        ("bus-pass", "undetermined, asking for nothing", "undetermined, asking also for age"),
        ("bus-pass", "undetermined, asking for age", "eligible"),
    ]  # fmt: skip


def test_a_need_is_implied_or_not_or_not_known_to_be() -> None:
    """The three are kept apart, as they are of services."""
    found = report("""
  ann:
    label: Ann
    facts: {work: retired}
    expect: {possible_needs: getting-around}
    variants:
      working: {facts: {work: employed}, expect: {needs: getting-around}}
      not known: {facts: {work: null}, expect: {not_needs: [getting-around, company]}}
""")

    assert [str(one) for one in found.surprises] == [
        "people.yaml:7: ann\n  Ann\n  expected: getting-around: possibly needed\n  came:     getting-around: needed\n"
        "    Getting around: needed\n      ✓ work is Retired                                     town.yaml:12",
        "people.yaml:9: ann, working\n  Ann\n  expected: getting-around: needed\n"
        "  came:     getting-around: not needed\n    Getting around: not needed\n"
        "      ✗ work is In paid work, not Retired                   town.yaml:12",
        "people.yaml:10: ann, not known\n  Ann\n  expected: getting-around: not needed\n"
        "  came:     getting-around: possibly needed\n    Getting around: possibly needed\n"
        "      ? work is not known: is it Retired?                   town.yaml:12",
        "people.yaml:10: ann, not known\n  Ann\n  expected: company: not needed\n"
        "  came:     company: it is not written who has this need",
    ]


def test_what_an_event_changes_can_be_expected() -> None:
    """That a circumstance changes, or what it becomes; `null` is not known."""
    assert told("""
  ann:
    label: Ann
    facts: {work: employed, hours: 30}
    event: retiring
    expect: {changes: {work: retired, hours: 0}}
    variants:
      otherwise: {expect: {changes: {work: employed, hours: null, age: 4}}}
      at all: {expect: {changes: [work, children]}}
""") == [
        ("work", "becomes In paid work", "becomes Retired"),
        ("hours", "becomes not known", "becomes 0 hours"),
        ("age", "becomes 4", "stays not known"),
        ("children", "changed", "stays not known"),
    ]  # fmt: skip


def test_facts_that_contradict_each_other_are_a_surprise_at_their_place() -> None:
    """The other people of the file are tested all the same."""
    found = report("""
  ann:
    label: Ann
    facts: {work: retired}
    expect: {eligible: bus-pass}
    variants:
      at work:
        facts:
          hours: 30
        expect: {undetermined: bus-pass}
""")

    assert len(found.surprises) == 2
    assert str(found.surprises[1]) == (
        "people.yaml:11: ann, at work\n"
        "  Ann\n"
        "  expected: facts that agree\n"
        "  came:     `hours` is stated as 30 hours, but does not apply: "
        "work is Retired, not In paid work (town.yaml:5)\n"
        "    leave it out, or correct one of the facts"
    )


def test_a_fact_that_a_variant_ends_is_to_be_forgotten_in_the_variant() -> None:
    """It is right further up, so the place to mend is the variant."""
    found = report("""
  ann:
    label: Ann
    facts: {work: employed, hours: 30}
    expect: {undetermined: bus-pass}
    variants:
      retired: {facts: {work: retired}, expect: {undetermined: bus-pass}}
      retired and said so: {facts: {work: retired, hours: null}, expect: {undetermined: bus-pass}}
""")

    assert [str(one) for one in found.surprises] == [
        "people.yaml:9: ann, retired\n"
        "  Ann\n"
        "  expected: facts that agree\n"
        "  came:     `hours` is stated as 30 hours, but does not apply: "
        "work is Retired, not In paid work (town.yaml:5)\n"
        "    it is stated further up; here, write `hours: null`"
    ]


def test_every_mistake_of_a_file_is_told_at_once() -> None:
    """Each with its place, and once, however many variants share it."""
    people = """
  ann:
    facts: {aeg: 70, work: retird, children: [{age: 3}, {age: old}], receives: [bus-pas]}
    event: retirin
    expect:
      eligible: [bus-pas, lunch-club]
      ineligible: {lunch-club: [age]}
      undetermined: {playground: [childs, 'receives("bus")']}
      needs: travel
      changes: {work: retird}
      missing: age
    variants:
      young: {facts: {age: 20}, variants: {}}
      old: {facts: [age], expect: {}}
  bob: text
"""

    assert complaints(people) == [
        "people.yaml:4:3: T204: a person needs `label`, and it is not given",
        "people.yaml:5:13: P401: there is no circumstance called `aeg`",
        "people.yaml:5:28: P403: there is no option `retird`",
        "people.yaml:5:63: P402: `old` is not a number",
        "people.yaml:5:81: P412: there is no service called `bus-pas`",
        "people.yaml:6:12: T212: there is no event called `retirin`",
        "people.yaml:8:18: T212: there is no service called `bus-pas`",
        "people.yaml:9:20: E505: of `lunch-club` something is expected already, in line 8",
        "people.yaml:9:20: T205: `ineligible` takes a list of services, and here stands a mapping",
        "people.yaml:10:35: T212: there is no circumstance called `childs`",
        "people.yaml:10:44: T212: there is no service called `bus`",
        "people.yaml:11:14: T212: there is no need called `travel`",
        "people.yaml:12:23: P403: there is no option `retird`",
        "people.yaml:13:7: T203: `expect` has no `missing`",
        "people.yaml:15:7: T204: a variant needs `expect`, and it is not given",
        "people.yaml:15:33: T203: a variant has no `variants`",
        "people.yaml:16:20: T205: `facts` takes a mapping, and here stands a list",
        "people.yaml:16:35: T206: `expect` is given, and holds nothing",
        "people.yaml:17:8: T205: `bob` takes a mapping of fields, and here stands text",
    ]


def test_mistakes_in_people_are_told_with_those_that_keep_them_from_being_asked() -> None:
    """Without a date or a taxonomy, what can be read is read."""
    person = "  ann: {label: Ann, facts: {age: x}, exepct: {}}\n"

    assert complaints(person, "taxonomy: town.yaml\n") == [
        "people.yaml:1:1: T204: a file of personas needs `on`, and it is not given",
        "people.yaml:3:3: T204: a person needs `expect`, and it is not given",
        "people.yaml:3:34: P402: `x` is not a number",
        "people.yaml:3:38: T203: a person has no `exepct`",
    ]
    assert complaints(person, "on: 2026-11-21\n") == [
        "people.yaml:1:1: T204: a file of personas needs `taxonomy`, and it is not given",
        "people.yaml:3:3: T204: a person needs `expect`, and it is not given",
        "people.yaml:3:38: T203: a person has no `exepct`",
    ]


def test_what_is_known_of_everybody_is_said_once() -> None:
    """A person may be an exception to it."""
    head = HEAD + "facts: {work: retired, age: 70}\n"

    assert told("""
  ann: {label: Ann, expect: {eligible: lunch-club}}
  bob: {label: Bob, facts: {age: 50}, expect: {ineligible: lunch-club}}
  cyd: {label: Cyd, facts: {age: null}, expect: {undetermined: lunch-club}}
""", head) == []  # fmt: skip


def test_a_person_and_a_variant_may_have_a_day_of_their_own() -> None:
    """Figures change, and so do answers: the nearest day counts."""
    assert told("""
  ann:
    label: Ann
    facts: {age: 66}
    expect: {eligible: bus-pass}
    variants:
      later: {on: 2028-02-01, expect: {ineligible: bus-pass}}
  bob: {label: Bob, on: 2028-02-01, facts: {age: 66}, expect: {ineligible: bus-pass}}
""") == []  # fmt: skip


def test_another_taxonomy_and_another_day_can_be_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """What is given to the command stands above what files say."""
    Path("older.yaml").write_text(TOWN.replace("value: 66", "value: 60"), encoding="utf-8")
    report("  ann: {label: Ann, facts: {age: 61}, expect: {ineligible: bus-pass}}\n")

    assert main(["test", "people.yaml"]) == 0
    assert main(["test", "people.yaml", "--taxonomy", "older.yaml"]) == 1
    assert main(["test", "people.yaml", "--taxonomy", "older.yaml", "--on", "2028-01-01"]) == 0
    assert main(["test", "people.yaml", "--on", "1. Januar"]) == 2
    assert capsys.readouterr().err == "on: P413: `1. Januar` is not a date\nhint: give a date such as 2026-04-06\n"


def test_a_taxonomy_is_found_from_the_file_that_names_it_and_may_have_layers() -> None:
    """The folder in which the command runs does not matter."""
    Path("tests").mkdir()
    Path("over.yaml").write_text(
        "taxonomy: {id: over, label: Over}\nservices: {bus-pass: {eligibility: age >= 60}}\n", encoding="utf-8"
    )
    Path("tests/people.yaml").write_text(
        "taxonomy: [../town.yaml, ../over.yaml]\non: 2026-11-21\n"
        "personas: {ann: {label: Ann, facts: {age: 60}, expect: {eligible: bus-pass}}}\n",
        encoding="utf-8",
    )

    (found,) = personas.run("tests")

    assert (found.name, str(found)) == ("tests/people.yaml", "tests/people.yaml: as expected")


def test_one_file_that_cannot_be_used_keeps_no_other_from_being_tested(capsys: pytest.CaptureFixture[str]) -> None:
    """Every file of a folder has its line, and the exit code says that something was not tested."""
    Path("all/more").mkdir(parents=True)
    Path("all/.hidden.yaml").write_text("hidden", encoding="utf-8")
    Path("all/a.yaml").write_text("personas: {ann: 'Ann", encoding="utf-8")
    Path("all/b.yml").write_text(
        "taxonomy: ../town.yaml\non: 2026-11-21\n"
        "personas: {ann: {label: Ann, facts: {age: 70}, expect: {eligible: bus-pass}}}\n",
        encoding="utf-8",
    )
    Path("all/more/empty.yaml").write_text("", encoding="utf-8")
    Path("nothing").mkdir()

    assert main(["test", "all", "nothing"]) == 2

    said = capsys.readouterr()
    assert (
        said.out
        == """\
--  all/a.yaml  not tested: 1 complaint
ok  all/b.yml  1 person, 1 case
--  all/more/empty.yaml  not tested: 1 complaint
--  nothing  not tested: 1 complaint

1 person, 1 case, 0 surprises, 3 files not tested

"""
    )
    assert [line.split(": ")[1] for line in said.err.splitlines() if ": " in line and line[0] in "an"] == [
        "Y120",
        "E502",
        "Y116",
    ]


def test_the_mistakes_of_a_taxonomy_are_told_once() -> None:
    """Each file that asks it says that it has some; the first has them all."""
    Path("town.yaml").write_text(TOWN.replace("age >= 60", "agee >= 60"), encoding="utf-8")
    for name in ("a.yaml", "b.yaml"):
        Path(name).write_text(f"{HEAD}personas: {{ann: {{label: Ann, expect: {{eligible: x}}}}}}\n", encoding="utf-8")

    first, second = personas.run("a.yaml", "b.yaml")

    assert [one.code for one in first.complaints] == ["E504", "R101"]
    assert [one.code for one in second.complaints] == ["E504"]


def test_the_whole_of_it_can_be_had_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    """For a program that reads it, with the same content."""
    report("  ann: {label: Ann, facts: {age: 65}, expect: {eligible: bus-pass}}\n")

    assert main(["test", "people.yaml", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "people": 1,
        "cases": 1,
        "surprises": 1,
        "files": [
            {
                "file": "people.yaml",
                "people": 1,
                "cases": 1,
                "surprises": [
                    {
                        "file": "people.yaml",
                        "line": 4,
                        "persona": "ann",
                        "label": "Ann",
                        "variant": None,
                        "about": "bus-pass",
                        "expected": "eligible",
                        "came": "ineligible",
                        "why": {
                            "text": "Bus pass: not eligible",
                            "lines": [
                                {
                                    "text": "age is 65, less than 66 (age of the bus pass)",
                                    "mark": "no",
                                    "place": "town.yaml:15",
                                }
                            ],
                        },
                    }
                ],
                "complaints": [],
            }
        ],
    }


def test_an_editor_knows_the_fields(capsys: pytest.CaptureFixture[str]) -> None:
    """The schema takes what the reader takes, and refuses a word misspelt."""
    assert main(["schema", "--personas"]) == 0
    schema = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(schema)
    check = Draft202012Validator(schema)
    good = yaml.load(
        f"""{HEAD}
facts: {{age: 3}}
personas:
  ann:
    label: {{en: Ann}}
    event: null
    expect: {{eligible: a, undetermined: {{b: [age]}}, changes: {{work: null}}}}
    variants: {{older: {{facts: {{age: null}}, on: 2027-01-01, expect: {{needs: [c]}}}}}}
""",
        yaml.BaseLoader,
    )

    assert check.is_valid(good)
    assert not check.is_valid({**good, "person": {}})
    good["personas"]["ann"]["expect"]["elligible"] = "a"
    assert not check.is_valid(good)
