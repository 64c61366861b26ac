"""What the format page promises, field by field, and the complaints where something does not fit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from lgbm.errors import SourceError
from lgbm.model import concepts as c
from lgbm.reading import read_text

FACTS = """\
circumstances:
  employed: {label: Employed, type: boolean}
  hours: {label: Hours, type: number, at_least: 0, at_most: 100}
  savings: {label: Savings, type: money, unit: GBP}
  since: {label: Since, type: date, at_least: 1900-01-01}
  note: {label: Note, type: text}
  tenure: {label: Tenure, type: choice, options: {rented: Rented, no: None, 0123: {en: Code, cy: Cod}}}
  awards: {label: Awards, type: choices, options: {a: A, b: B}}
  partner: {label: Partner, type: person, fields: {age: {type: number}, formula: {type: text}}}
  children: {label: Children, type: people, fields: {age: {type: number}, disabled: {type: boolean}}}
  adult: {label: Adult, type: boolean, formula: hours > 5}
services: {grant: {label: Grant}}
"""


def complaints(text: str) -> list[str]:
    with pytest.raises(SourceError) as error:
        read_text(text)
    return [f"{one.code}: {one.message}" for one in error.value.diagnostics]


def effects(changes: str) -> dict[str, c.Effect]:
    event = read_text(f"{FACTS}events: {{happening: {{label: Happening, changes: {{{changes}}}}}}}").events["happening"]
    return {change.circumstance: change.effect for change in event.changes}


@pytest.mark.parametrize(
    ("written", "name", "effect"),
    [
        ("employed: true", "employed", c.SetTo(True)),
        ("employed: 'false'", "employed", c.SetTo(False)),
        ("hours: 1.50", "hours", c.SetTo(Decimal("1.5"))),
        ("hours: '12'", "hours", c.SetTo(12)),
        ("savings: 10.25", "savings", c.SetTo(Decimal("10.25"))),
        ("since: 2026-04-06", "since", c.SetTo(date(2026, 4, 6))),
        ("note: 0123", "note", c.SetTo("0123")),
        ("note: ''", "note", c.SetTo("")),
        ("tenure: no", "tenure", c.SetTo("no")),
        ("tenure: 0123", "tenure", c.SetTo("0123")),
        ("awards: [a, b]", "awards", c.SetTo(frozenset({"a", "b"}))),
        ("awards: a", "awards", c.SetTo(frozenset({"a"}))),
        ("awards: []", "awards", c.SetTo(frozenset())),
        ("partner: {age: 40}", "partner", c.SetTo({"age": 40})),
        ("partner: {formula: x}", "partner", c.SetTo({"formula": "x"})),
        ("partner: {}", "partner", c.SetTo({})),
        ("children: [{age: 0}, {disabled: true}]", "children", c.SetTo(({"age": 0}, {"disabled": True}))),
        ("children: []", "children", c.SetTo(())),
        ("children: {add: {age: 0}}", "children", c.AddPerson({"age": 0})),
        ("children: {add: {}}", "children", c.AddPerson({})),
        ("partner: {forget: true}", "partner", c.Forget()),
        ("""'receives( "grant" )': false""", 'receives("grant")', c.SetTo(False)),
    ],
)
def test_a_change_is_read_by_the_type_of_its_circumstance(written: str, name: str, effect: c.Effect) -> None:
    """Never by its looks."""
    assert effects(written) == {name: effect}


def test_a_change_may_reckon_and_may_send_people_away() -> None:
    """Rules stay as they were written."""
    found = effects("hours: {formula: hours / 2}, children: {remove_where: {any: [age > 18, disabled]}}")

    assert isinstance(found["hours"], c.Compute)
    assert found["hours"].formula.text == "hours / 2"
    assert isinstance(found["children"], c.RemoveWhere)
    assert isinstance(found["children"].where, c.Group)
    assert found["children"].where.kind == "any"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("employed: yes", "T216: `employed` takes `true` or `false`, not `yes`"),
        ("employed: 1", "T216: `employed` takes `true` or `false`, not `1`"),
        ("hours: ten", "T216: `hours` takes a number, not `ten`"),
        ("hours: .inf", "T216: `hours` takes a number, not `.inf`"),
        ("hours: 101", "T219: `101` is beyond `at_most: 100` of `hours`"),
        ("hours: [1]", "T205: `hours` takes a number, and here stands a list"),
        ("savings: 1.001", "T218: `savings` has 2 decimal places at most, and `1.001` has more"),
        ("since: 2026-02-30", "T216: `since` takes a date, written as 2026-04-06, not `2026-02-30`"),
        ("since: 1899-12-31", "T219: `1899-12-31` is beyond `at_least: 1900-01-01` of `since`"),
        ("tenure: Rented", "T217: `Rented` is not an option of `tenure`"),
        ("awards: [a, c]", "T217: `c` is not an option of `awards`"),
        ("partner: {agee: 4}", "T203: `partner` has no `agee`"),
        ("partner: 4", "T205: `partner` takes a mapping of what is known of the person, and here stands text"),
        (
            "children: {age: 4}",
            "T205: `children` takes a list of people, each a mapping of what is known, and here stands a mapping",
        ),
        ("children: {add: 4}", "T205: `children` takes a mapping of what is known of the person, and here stands text"),
        ("partner: {add: {age: 4}}", "T225: `add` changes a list of people, and `partner` is of type `person`"),
        ("hours: {forget: maybe}", "T216: `forget` takes `true` or `false`, not `maybe`"),
        ("hours: {to: 5}", "T205: `hours` takes a number, and here stands a mapping"),
        ("adult: true", "T224: `adult` follows from its formula, so an event cannot change it"),
        ("hourz: 1", "T212: there is no circumstance called `hourz`"),
        ("""'receives("grand")': true""", "T212: there is no service called `grand`"),
        ("""'receives("grant")': 1""", """T216: `receives("grant")` takes `true` or `false`, not `1`"""),
        (
            """'receives("grant")': true, 'receives( "grant")': false""",
            """T211: `receives("grant")` is changed already, in taxonomy.yaml:13""",
        ),
    ],
)
def test_a_change_that_does_not_fit_is_refused(written: str, said: str) -> None:
    """Each in its own words."""
    assert complaints(f"{FACTS}events: {{happening: {{label: Happening, changes: {{{written}}}}}}}") == [said]


def test_a_circumstance_has_all_that_the_format_names() -> None:
    """And what is not given has its default."""
    text = """\
circumstances:
  works: {label: Works, type: boolean}
  hours:
    label: {en: Hours, cy: Oriau}
    notes: Paid hours only.
    same_as: ['esd:123', 'http://example.org/hours']
    status: draft
    replaces: old-hours
    type: number
    unit: hours
    places: 1
    at_least: 0
    at_most: 168
    question: How many hours?
    mutable: false
    sensitive: true
    asked_when: {all: [works, {when: not(works), because: Reason, source: Some act}]}
    otherwise: 0
  due: {label: Due, type: date, future: true}
"""
    facts = read_text(text).circumstances
    hours = facts["hours"]

    assert (hours.kind, hours.label, hours.notes) == (
        c.Kind.NUMBER,
        {"en": "Hours", "cy": "Oriau"},
        {"en": "Paid hours only."},
    )
    assert (hours.same_as, hours.status, hours.replaces) == (
        ("esd:123", "http://example.org/hours"),
        "draft",
        ("old-hours",),
    )
    assert (hours.unit, hours.places, hours.at_least, hours.at_most) == ("hours", 1, 0, 168)
    assert (hours.question, hours.mutable, hours.sensitive) == ({"en": "How many hours?"}, False, True)
    assert hours.otherwise == 0
    assert isinstance(hours.asked_when, c.Group)
    assert hours.asked_when.parts[1] == c.Leaf(c.Written("not(works)", hours.span), {"en": "Reason"}, ("Some act",))
    assert (facts["works"].mutable, facts["works"].sensitive, facts["works"].options) == (True, False, {})
    assert (facts["due"].future, facts["hours"].future) == (True, False)


def test_a_field_of_a_person_is_called_by_its_id() -> None:
    """A label is not asked for."""
    partner = read_text(FACTS).circumstances["partner"]

    assert partner.fields["age"].label == {"en": "age"}


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (
            "label: A, type: numbr",
            "T215: `type` is `boolean`, `number`, `money`, `date`, `text`, `choice`, `choices`, `person` or `people`, "
            "not `numbr`",
        ),
        (
            "label: A, type: people, fields: {x: {type: text}}, formula: 'b'",
            "T221: a circumstance of type `people` has no `formula`",
        ),
        ("label: A, type: person", "T222: a circumstance of type `person` needs `fields`, and it is not given"),
        (
            "label: A, type: person, fields: {x: {type: text, asked_when: y}}",
            "T203: a field of a person has no `asked_when`",
        ),
        (
            "label: A, type: person, fields: {x: {type: person, fields: {}}}",
            "T203: a field of a person has no `fields`",
        ),
        (
            "label: A, type: person, fields: {for: {type: text}}",
            "T209: `for` is a word of the rule language, and cannot be a name",
        ),
        ("label: A, type: boolean, unit: GBP", "T221: a circumstance of type `boolean` has no `unit`"),
        ("label: A, type: number, future: true", "T221: a circumstance of type `number` has no `future`"),
        ("label: A, type: number, places: -1", "T216: `places` takes a whole number from 0 to 12, not `-1`"),
        ("label: A, type: number, at_least: 2026-01-01", "T216: `a` takes a number, not `2026-01-01`"),
        ("label: {english: A}, type: text", None),
        ("label: {'e n': A}, type: text", "T216: `label` takes a text for each language (`en`, `cy`), not `e n`"),
        ("label: [A], type: text", "T205: `label` takes text, or a text for each language, and here stands a list"),
        ("label: A, type: text, same_as: '123'", "T216: `same_as` takes a CURIE or a URI, not `123`"),
        (
            "label: A, type: choice, options: [a, b]",
            "T205: `options` takes a mapping from code to label, and here stands a list",
        ),
        ("label: A, type: choice, options: {}", "T206: `options` is given, and holds nothing"),
        ("label: A, type: choice, options: {a: A}, asked_when: b, otherwise: c", "T217: `c` is not an option of `a`"),
        ("label: A, type: number, mutable: no", "T216: `mutable` takes `true` or `false`, not `no`"),
    ],
)
def test_a_circumstance_that_does_not_fit_is_refused(fact: str, said: str | None) -> None:
    """Each in its own words."""
    text = f"circumstances: {{a: {{{fact}}}}}"
    if said is None:
        assert read_text(text).circumstances["a"].label == {"english": "A"}
    else:
        assert [one for one in complaints(text) if one.startswith(said[:4])] == [said]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("{all: []}", "T206: `all` is given, and holds nothing"),
        (
            "{all: [a], any: [b]}",
            "T228: a condition is a rule, or a mapping with one of `when`, `all`, `any` and `none`; "
            "here are several of them",
        ),
        (
            "{because: x}",
            "T228: a condition is a rule, or a mapping with one of `when`, `all`, `any` and `none`; "
            "here is none of them",
        ),
        ("{when: a, becuse: x}", "T203: a condition has no `becuse`"),
        ("{when: [a]}", "T205: `when` takes a rule, and here stands a list"),
        ("{any: [a, {none: ['']}]}", "T206: `none` is given, and holds nothing"),
        ("{when: a, source: care-act}", "T212: there is no legislation called `care-act`"),
    ],
)
def test_a_condition_that_does_not_fit_is_refused(condition: str, said: str) -> None:
    """Each in its own words."""
    assert complaints(f"needs: {{home: {{label: Home, implied_by: {condition}}}}}") == [said]


def test_a_single_entry_may_stand_alone() -> None:
    """Where a list is asked for."""
    need = read_text("needs: {home: {label: Home, implied_by: {all: a, source: An act}}}").needs["home"]

    assert isinstance(need.implied_by, c.Group)
    assert (len(need.implied_by.parts), need.implied_by.source) == (1, ("An act",))


def test_values_by_date_stand_earliest_first() -> None:
    """Whatever they were written as, by their looks."""
    text = """\
rates:
  limit:
    label: Limit
    unit: GBP
    values: [{from: 2026-04-06, value: 16500.50}, {from: 2025-04-06, until: 2026-04-05, value: 16000, source: An act}]
  open: {label: Open, values: {from: 2026-01-01, value: true}}
  day: {label: Day, values: {from: 2026-01-01, value: 2026-12-31}}
  word: {label: Word, values: [{from: 2026-01-01, value: '2026-12-31'}, {from: 2027-01-01, value: sixteen}]}
"""
    rates = read_text(text).rates

    assert [(one.start, one.end, one.value, one.source) for one in rates["limit"].values] == [
        (date(2025, 4, 6), date(2026, 4, 5), 16000, ("An act",)),
        (date(2026, 4, 6), None, Decimal("16500.50"), ()),
    ]
    assert [rates[name].values[0].value for name in ("open", "day", "word")] == [True, date(2026, 12, 31), "2026-12-31"]


TABLE = """\
tables:
  cap:
    label: Cap
    inputs: {household: {type: choice, options: {single: One, couple-or-more: More}}, hours: {type: number}}
    rows:
      - {household: ROW, hours: '[0..16)', values: {from: 2026-04-06, value: 1}}
      - {values: {from: 2026-04-06, value: 2}}
"""


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("single", '"single"'),
        ("couple-or-more", '"couple-or-more"'),
        ("[single, couple-or-more]", '"single", "couple-or-more"'),
        ("""'"single", "x"'""", '"single", "x"'),
        ("""'not("single")'""", 'not("single")'),
    ],
)
def test_a_cell_of_a_choice_may_be_a_bare_code(cell: str, text: str) -> None:
    """It becomes a text of the rule language; other cells stay as they were written."""
    table = read_text(TABLE.replace("ROW", cell)).tables["cap"]

    assert {name: one.text for name, one in table.rows[0].cells.items()} == {"household": text, "hours": "[0..16)"}
    assert table.rows[1].cells == {}
    assert list(table.inputs) == ["household", "hours"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("ROW", "sngle", "T217: `sngle` is not an option of `household`"),
        ("ROW", "[single, x]", "T217: `x` is not an option of `household`"),
        ("ROW", "[]", "T206: `household` is given, and holds nothing"),
        ("household: ROW", "houshold: single", "T203: a row of this table has no `houshold`"),
        ("'[0..16)'", "[1, 2]", "T205: `hours` takes a FEEL unary test, and here stands a list"),
        (
            "type: number",
            "type: people, fields: {age: {type: number}}",
            "T216: `inputs` takes facts of one value, not `people`",
        ),
        ("value: 2", "value: two", "T232: this value is text, and the first one is a number"),
        ("hours: {type", "in: {type", "T209: `in` is a word of the rule language, and cannot be a name"),
        ("hours: {type", "values: {type", "T209: `values` is a word of the rule language, and cannot be a name"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(old: str, new: str, said: str) -> None:
    """Each in its own words."""
    assert said in complaints(TABLE.replace(old, new).replace("ROW", "single"))


def test_a_service_may_only_be_where_somebody_can_live() -> None:
    """Once the taxonomy says which circumstance that is."""
    text = """\
taxonomy: {id: a, label: A, jurisdiction: nation}
circumstances: {nation: {label: Nation, type: choice, options: {wales: Wales}}}
services: {grant: {label: Grant, jurisdictions: [wales, whales]}}
"""
    assert complaints(text) == ["T217: `whales` is not an option of `nation`"]


def test_a_service_may_be_where_one_of_several_circumstances_says() -> None:
    """A nation or a council; a word that is an option of neither is refused."""
    text = """\
taxonomy: {id: a, label: A, jurisdiction: [nation, council]}
circumstances:
  nation: {label: Nation, type: choice, options: {wales: Wales}}
  council: {label: Council, type: choice, options: {riverford: Riverford}}
services: {grant: {label: Grant, jurisdictions: [wales, riverford, riverfort]}}
"""
    assert complaints(text) == ["T217: `riverfort` is not an option of `nation` or `council`"]


def test_a_web_address_is_one() -> None:
    """Answers link to it, so nothing else may pass for one."""
    assert complaints("services: {grant: {label: Grant, url: 'javascript:alert(1)'}}") == [
        "T216: `url` takes a web address, which begins with https:// or http://, not `javascript:alert(1)`"
    ]


def test_a_circle_of_broader_items_is_found_wherever_it_is() -> None:
    """One complaint for each circle, whatever leads to it."""
    text = """\
needs:
  a: {label: A, broader: b}
  b: {label: B, broader: [c, d]}
  c: {label: C, broader: b}
  d: {label: D, broader: d}
"""

    assert complaints(text) == [
        "T214: `broader` runs in a circle: `b` → `c` → `b`",
        "T214: `broader` runs in a circle: `d` → `d`",
    ]


def test_mistakes_in_yaml_and_in_items_are_named_together() -> None:
    """As long as the file can be read to its end."""
    text = "services:\n  grant: {label: &x Grant, meets: home}\n  grant: {label: Grant}\n  other: {label: }\n"

    assert [one[:4] for one in complaints(text)] == ["Y108", "T212", "Y111", "Y113"]
