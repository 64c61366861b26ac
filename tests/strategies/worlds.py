"""Worlds out of nothing: a taxonomy with rules of every shape, and citizens of whom more or less is known.

The stated circumstances are always the same, one or two of every kind; what follows from them, and everything that
decides anything, is made up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import evolve, frozen
from hypothesis import strategies as st

import lgbm
from lgbm.executable import Model
from lgbm.model.facts import Person
from tests.strategies.rules import DATES, LAW, TEXTS, Author, Names, Sort

DAYS = (date(2026, 4, 6), date(2027, 2, 28), date(2028, 2, 29))

_OPTIONS = ("a", "b", "c")
_SET = ("p", "q", "r")
_PLAIN = {
    "age": Sort("number"),
    "paid": Sort("money"),
    "well": Sort("boolean"),
    "role": Sort("choice", _OPTIONS),
    "born": Sort("date"),
    "told": Sort("text"),
}
BASE: Mapping[str, Sort] = {
    "yes": Sort("boolean"),
    "sure": Sort("boolean"),
    "size": Sort("number"),
    "share": Sort("number"),
    "savings": Sort("money"),
    "birth": Sort("date"),
    "due": Sort("date"),
    "said": Sort("text"),
    "work": Sort("choice", _OPTIONS),
    "home": Sort("choice", _OPTIONS),
    "marks": Sort("choices", _SET),
    "partner": Sort("person", fields=_PLAIN),
    "children": Sort("people", fields=_PLAIN),
    "lodgers": Sort("people", fields={"age": Sort("number"), "rent": Sort("money")}),
}
_RULED_AS = {"money": "number"}
_DERIVED_FIELDS = {"years": "number", "able": "boolean"}
_KINDS = ("boolean", "number", "number", "money", "text", "choice", "date", "choices")


@frozen(repr=False)
class World:
    """A model, with what it was read from, and the names of what a citizen can be asked."""

    model: Model
    written: Mapping[str, Any]
    """The taxonomy as plain data."""
    asked: Mapping[str, Sort]
    gated: tuple[str, ...]
    events: tuple[str, ...]
    day: date


@frozen(repr=False)
class Citizen:
    """Somebody of whom everything is known, and two profiles of her: *known*, and *learned*, which says more."""

    everything: Mapping[str, Any]
    known: Mapping[str, Any]
    learned: Mapping[str, Any]


def _described(sort: Sort) -> dict[str, Any]:
    found: dict[str, Any] = {"type": sort.kind}
    if sort.options:
        found["options"] = {one: f"Option {one}" for one in sort.options}
    if sort.kind == "date":
        found["future"] = True
    if sort.fields:
        found["fields"] = {name: _described(one) for name, one in sort.fields.items()}
    return found


def _without(facts: Mapping[str, Sort], *names: str) -> dict[str, Sort]:
    return {one: sort for one, sort in facts.items() if one not in names}


def _sort(kind: str) -> Sort:
    return Sort(kind, {"choice": _OPTIONS, "choices": _SET}.get(kind, ()))


def worlds(services: int = 5, ordered: bool = False) -> st.SearchStrategy[World]:
    """Taxonomies in which there is everything, and a date."""
    return st.composite(lambda draw: Maker(draw).world(services, ordered))()


class Maker(Author):
    """Makes worlds and citizens up, one choice after the other."""

    def value(self, sort: Sort, whole: bool = True) -> Any:
        """A value as a profile, or a taxonomy, gives it."""
        match sort.kind:
            case "boolean":
                return self.maybe()
            case "number":
                return self.one((0, 1, 2, 3, 5, 17, 65, -1, 0.1, 0.3, 2.5))
            case "money":
                return self.one((0, 1, 5, 16000, 0.3, 2.5, 99.99))
            case "date":
                return self.one(DATES)[2:-1]
            case "text":
                return self.one(TEXTS)[1:-1]
            case "choice":
                return self.one(sort.options)
            case "choices":
                return sorted(self.some(sort.options))
            case "person":
                return {name: self.value(one) for name, one in sort.fields.items() if whole or self.maybe()}
            case _:
                return [self.value(Sort("person", fields=sort.fields), whole) for _ in range(self.below(4))]

    def world(self, services: int, ordered: bool) -> World:
        facts, about = self.stated()
        asked, gated = dict(BASE), []
        ids = tuple(f"s{place}" for place in range(services))
        for place in range(self.below(7)):
            name = f"d{place}"
            about[name], facts[name] = self.derived(Names(facts, receives=ids, figures=True, ordered=ordered))
            if "asked_when" in about[name]:
                gated.append(name)
                asked[name] = facts[name]
        every = Names(facts, receives=ids, eligible=ids, figures=True, ordered=ordered)
        rules = {
            name: {
                "label": name,
                "eligibility": self.condition(evolve(every, eligible=ids[:place]), 3),
                "meets": ["n0"],
            }
            for place, name in enumerate(ids)
        }
        whole = {
            "taxonomy": {"id": "w", "label": "W", "leap_day_birthday": self.one(("1 March", "28 February"))},
            "circumstances": {name: {"label": f"The {name}", **one} for name, one in about.items()},
            "rates": _RATES,
            "tables": _TABLES,
            "needs": {f"n{place}": {"label": "N", "implied_by": self.condition(every)} for place in range(2)},
            "services": rules,
            "events": {"e0": self.event(asked, every), "e1": self.event(asked, every)},
        }
        text = json.dumps(whole, indent=1)
        return World(lgbm.loads(text), whole, asked, tuple(gated), ("e0", "e1"), self.one(DAYS))

    def stated(self) -> tuple[dict[str, Sort], dict[str, Any]]:
        facts = dict(BASE)
        about = {name: _described(sort) for name, sort in facts.items()}
        # Fields of a partner may be reckoned from the children, and so none of a child from the partner.
        about["children"], children = self.fields(facts["children"], _without(facts, "partner", "children"))
        facts["children"] = children
        about["partner"], facts["partner"] = self.fields(facts["partner"], _without(facts, "partner"))
        return facts, about

    def fields(self, sort: Sort, outside: Mapping[str, Sort]) -> tuple[dict[str, Any], Sort]:
        """The fields of a person, two of them derived: from each other, and from the citizen's circumstances."""
        found, kinds = _described(sort), dict(sort.fields)
        for name, kind in _DERIVED_FIELDS.items():
            if self.maybe():
                inner = Names(outside, bound=((None, Sort("person", fields=dict(kinds))),))
                found["fields"][name] = {"type": kind, "formula": self.write(kind, inner, 2)}
                kinds[name] = _sort(kind)
        return found, Sort(sort.kind, fields=kinds)

    def derived(self, names: Names) -> tuple[dict[str, Any], Sort]:
        if self.maybe():
            sort = _sort(self.one(_KINDS))
            return {**_described(sort), "formula": self.write(_RULED_AS.get(sort.kind, sort.kind), names, 3)}, sort
        sort = {**BASE, "": _sort("number")}[self.one(("", "yes", "work", "birth", "marks", "partner", "children"))]
        found = {**_described(sort), "asked_when": self.condition(names)}
        return found | ({"otherwise": self.value(sort, False)} if self.maybe() else {}), sort

    def event(self, asked: Mapping[str, Sort], names: Names) -> dict[str, Any]:
        changes = {name: self.effect(asked[name], names) for name in self.some(sorted(asked))}
        if self.maybe():
            changes['receives("s1")'] = self.maybe()
        leads_to = self.some(("s0", "s1"))
        found: dict[str, Any] = {"label": "An event"}
        found |= {"changes": changes} if changes else {}
        return found | ({"leads_to": leads_to} if leads_to else {})

    def effect(self, sort: Sort, names: Names) -> Any:
        people = sort.kind == "people"
        reckoned = sort.kind not in ("person", "people")
        ways = ("set", "forget", *("formula", "formula") * reckoned, *("add", "remove_where", "remove_where") * people)
        match self.one(ways):
            case "set":
                return self.value(sort, False)
            case "forget":
                return {"forget": True}
            case "formula":
                return {"formula": self.write(_RULED_AS.get(sort.kind, sort.kind), names, 2)}
            case "add":
                return {"add": self.value(Sort("person", fields=sort.fields), False)}
            case _:
                return {"remove_where": self.boolean(names.within(None, sort), 2)}

    # -- citizens

    def citizen(self, world: World) -> Citizen:
        everything = self.everything(world)
        known = self.part_of(world, everything, self.one((0, 1, 3, 6, 9)))
        return Citizen(everything, known, _both(known, self.part_of(world, everything, 5)))

    def everything(self, world: World) -> dict[str, Any]:
        stated = {name: self.value(sort) for name, sort in world.asked.items() if name not in world.gated}
        stated["receives"] = {name: self.maybe() for name in world.model.services}
        for name in world.gated:
            value = self.value(world.asked[name])
            if _accepted(world, {**stated, name: value}):
                stated[name] = value
        whole = dict(world.model.resolve(stated, on=world.day).before.known)
        # What is derived can be stated too, where it is such a value as the circumstance may have.
        return {name: value for name, value in whole.items() if _accepted(world, {name: value})}

    def part_of(self, world: World, everything: Mapping[str, Any], tenths: int) -> dict[str, Any]:
        """Some of what is true, people with some of their fields."""
        found: dict[str, Any] = {}
        for name in sorted(everything):
            if self.below(10) >= tenths:
                continue
            value = everything[name]
            match value:
                case _ if name in world.gated:
                    # Less of a person than is there where a gate is shut would contradict that.
                    found[name] = value
                case Person():
                    found[name] = {one: held for one, held in value.items() if self.below(10) <= tenths}
                case (Person(), *_):
                    found[name] = [
                        {one: held for one, held in each.items() if self.below(10) <= tenths} for each in value
                    ]
                case _:
                    found[name] = value
        return found


_RATES = {
    "a_rate": {
        "label": "A rate",
        "values": [
            {"from": "2020-01-01", "value": 2, "source": LAW},
            {"from": "2027-01-01", "value": 16000, "source": f"{LAW}/new"},
        ],
    },
    "a_late_rate": {"label": "A late rate", "values": [{"from": "2027-01-01", "value": 1.5}]},
    "a_flag": {"label": "A flag", "values": [{"from": "2020-01-01", "until": "2026-12-31", "value": True}]},
}


_TABLES = {
    "cap": {
        "label": "A cap",
        "inputs": {"word": {"type": "text"}, "level": {"type": "number"}},
        "rows": [
            {"word": '"a"', "level": "< 5", "values": [{"from": "2020-01-01", "value": 1}]},
            {"word": '"a"', "level": ">= 5", "values": [{"from": "2020-01-01", "value": 2.5}]},
            {"word": '"b", "ab"', "values": [{"from": "2027-01-01", "value": 3}]},
        ],
    },
    "allowed": {
        "label": "Whether it is allowed",
        "inputs": {"much": {"type": "number"}},
        "rows": [
            {"much": "< 1", "values": [{"from": "2020-01-01", "value": True}]},
            {"much": "[1..5)", "values": [{"from": "2020-01-01", "value": False}]},
        ],
    },
}


def citizens(world: World) -> st.SearchStrategy[Citizen]:
    """Somebody in *world*, and what is known of her. Profiles of one citizen never contradict each other."""
    return st.composite(lambda draw: Maker(draw).citizen(world))()


def _accepted(world: World, profile: Mapping[str, Any]) -> bool:
    try:
        world.model.resolve(profile, on=world.day)
    except lgbm.LgbmError:
        return False
    return True


def _both(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    found = {**second, **first}
    for name in first.keys() & second.keys():
        one, other = first[name], second[name]
        if type(one) is dict:
            found[name] = {**one, **other}
        elif type(one) is list:
            found[name] = [{**each, **more} for each, more in zip(one, other, strict=True)]
    return found
