"""What people write who have never seen the rule language, and what they are told to write instead."""

from __future__ import annotations

import json

import pytest

import lgbm

TAXONOMY = """
circumstances:
  age: {label: Age, type: number, unit: years}
  savings: {label: Savings, type: money, unit: GBP}
  employment: {label: Employment, type: choice, options: {employed: In work, self-employed: Self-employed}}
  born: {label: Date of birth, type: date}
  disabled: {label: Disabled, type: boolean}
  children: {label: Children, type: people, fields: {age: {type: number}, care: {type: choice, options: {full: Full}}}}
services:
  help: {label: Help, eligibility: RULE}
"""

SIGNS = "the signs are `=`, `!=`, `<`, `<=`, `>` and `>=`"
QUOTES = 'text stands in double quotes: "employed"'
SPAN_OF_TIME = 'a span of time is written @"P6M" (six months), @"P1Y6M" or @"P14D" (fourteen days)'
BRACKETS = "what is to be false stands in brackets: `not(disabled)`"
YES_OR_NO = "yes and no are written `true` and `false`, without quotes"


@pytest.mark.parametrize(
    ("rule", "message", "hint"),
    [
        (
            "employment = employed",
            "there is no circumstance called `employed`",
            'an option is a text, and stands in double quotes: "employed"',
        ),
        (
            "employment = self",
            "there is no circumstance called `self`",
            'an option is a text, and stands in double quotes: "self-employed"',
        ),
        (
            "some child in children satisfies child.care = full",
            "there is no circumstance called `full`",
            'an option is a text, and stands in double quotes: "full"',
        ),
        ("disabled = yes", "there is no circumstance called `yes`", YES_OR_NO),
        ("disabled = True", "there is no circumstance called `True`", YES_OR_NO),
        ("AGE > 3", "there is no circumstance called `AGE`", "did you mean `age`?"),
        ("age => 18", "`>` is not expected here", SIGNS),
        ("age =< 18", "`<` is not expected here", SIGNS),
        ("age == 18", "`=` is not expected here", SIGNS),
        ("age <> 18", "`>` is not expected here", SIGNS),
        ("age is 18", "`is` is not expected here", "equal is written `=`"),
        ("age >= 18 AND disabled", "`AND` is not expected here", "write `and`"),
        ("not disabled", "`(` is expected here, not `disabled`", BRACKETS),
        ("age in 18..65", "`..` is not expected here", "a range stands in brackets: `[18..65]`"),
        (
            "age between 18 to 65",
            "`and` is expected here, not `to`",
            "a span of numbers reads like `age between 16 and 64`",
        ),
        (
            "count(children where age < 5) > 0",
            "`,` is expected here, not `where`",
            "those of a list for whom something holds are written `children[age < 5]`",
        ),
        ("today() - 6 months > born", "`months` is not expected here", SPAN_OF_TIME),
        (
            "savings <= 16,000",
            "`,` is not expected here",
            "conditions are joined by `and`, and a number is written without commas: 16000",
        ),
        ("savings <= 16k", "`k` is not expected here", "a number is written out: 16000"),
        ("total income > 3", "`income` is not expected here", "a rule reads like `age >= 18 and savings <= 16000`"),
        ("savings <= £16000", "`£` means nothing in a rule", "an amount of money is a plain number: 16000"),
        ("savings < 25%", "`%` means nothing in a rule", "a percentage is a plain number: 25"),
        ("age >= 18 && disabled", "`&` means nothing in a rule", "conditions are joined by `and`"),
        ("age >= 18 || disabled", "`|` means nothing in a rule", "conditions are joined by `or`"),
        ("!disabled", "`!` means nothing in a rule", "what is to be false is written `not(…)`, and unequal `!=`"),
        ("age ≥ 18", "`≥` means nothing in a rule", "at least is written `>=`"),
        ("savings – 10 > 0", "`–` means nothing in a rule", "a minus is the plain `-`"),
        ("employment = 'employed'", "`'` means nothing in a rule", QUOTES),
        ("employment = “employed”", "`“` means nothing in a rule", QUOTES),
        ("age >= \"18\"", "a number and a text cannot be compared", "a number stands without quotes"),
        ("disabled = \"true\"", "a yes or no and a text cannot be compared", YES_OR_NO),
        ("born <= 2026-04-06", "a date and a number cannot be compared", 'a date is written @"2026-04-06"'),
        ("born <= \"2026-04-06\"", "a date and a text cannot be compared", 'a date is written @"2026-04-06"'),
        ("born - 6 < today()", "a number cannot be subtracted from a date", SPAN_OF_TIME),
        (
            "years and months duration(born, today()) >= 18",
            "a duration in months and a number cannot be compared",
            'take its `.years` or its `.months`, or compare it with another: @"P1Y6M"',
        ),
        (
            "today() - born > 14",
            "a duration in days and a number cannot be compared",
            'take its `.days`, or compare it with another: @"P14D"',
        ),
        (
            "children.age < 5",
            "a list and a number cannot be compared",
            "ask about those in it: `count(children[age < 5]) > 0`",
        ),
        (
            "savings",
            "this gives a number, where a yes or no is needed",
            "a condition compares: `savings <= 16000`",
        ),
        (
            "abs(disabled) > 1",
            "`abs` is not used like this",
            "it is used as `abs(n: number)` or `abs(n: duration in months)` or `abs(n: duration in days)`",
        ),
        (
            "substring(employment) = \"a\"",
            "`substring` is not used like this",
            "it is used as `substring(string: text, start position: number, length: number or nothing)`",
        ),
    ],
)  # fmt: skip
def test_what_people_try_first_is_answered_with_what_to_write(rule: str, message: str, hint: str) -> None:
    """One complaint, in words that need no programming to be understood."""
    with pytest.raises(lgbm.SourceError) as error:
        lgbm.loads(TAXONOMY.replace("RULE", json.dumps(rule, ensure_ascii=False)))

    (complaint,) = error.value.diagnostics
    assert (complaint.message, complaint.hint) == (message, hint)


PASSPORTS = lgbm.loads(
    """
circumstances:
  partner:
    label: Partner
    type: person
    fields: {languages: {type: choices, options: {cy: Welsh, en: English}}}
services:
  one: {label: One}
  two: {label: Two}
  help: {label: Help, eligibility: receives("one") or receives("two")}
"""
)


def said(profile: object) -> str:
    with pytest.raises(lgbm.ProfileError) as error:
        PASSPORTS.resolve(profile, on="2026-11-21")  # type: ignore[arg-type]
    return str(error.value)


def test_what_is_received_cannot_be_stated_in_two_ways_that_differ() -> None:
    """A list says of every other service that it is not received, whichever of the two comes first."""
    contradiction = 'profile: P415: `receives("two")` is stated twice\nhint: leave one of them out'

    assert said({"receives": ["one"], 'receives("two")': True}) == contradiction
    assert said({'receives("two")': True, "receives": ["one"]}) == contradiction
    assert (
        PASSPORTS.resolve({'receives("one")': True, "receives": ["one"]}, on="2026-11-21")["help"].status == "eligible"
    )


def test_what_is_no_service_is_said_whatever_it_is() -> None:
    """A list within the list is a mistake like any other."""
    assert said({"receives": [["one"]]}) == "profile: receives: P412: there is no service called `[…]`"


def test_every_wrong_option_of_a_person_has_its_whole_place() -> None:
    """Two mistakes in one field are both told where they are."""
    assert said({"partner": {"languages": ["fr", "de"]}}).splitlines()[::2] == [
        "profile: partner.languages: P403: there is no option `de`",
        "profile: partner.languages: P403: there is no option `fr`",
    ]


def test_a_value_never_shows_where_it_is_in_memory() -> None:
    """The same mistake reads the same in every run."""
    assert said({"partner": object()}) == ("profile: partner: P402: `…` is not a person: a mapping of fields to values")
