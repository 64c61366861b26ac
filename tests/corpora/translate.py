"""Rules that others published, said in the taxonomy format.

The corpora write every source's rules in one neutral form (facts, and benefits with trees of conditions). Each is
turned into a taxonomy here, as YAML text, so that it is read as any author's file is.

`python -m tests.corpora.translate RULES.json [--closed]` prints it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from attrs import frozen

from lgbm.model.values import written
from lgbm.reading.circumstances import KEYWORDS

Json: TypeAlias = Any
Rule: TypeAlias = Mapping[str, Json]

NOT_ASKED = "not-asked"
"""The option of a question that was never put, where the source tells that from one that was not answered."""
NEEDS = "needs_chosen"
"""The circumstance that holds the needs which a citizen picked, where a source filters by them."""

_KINDS = {
    "enum": "choice", "set": "choices", "date": "date", "boolean": "boolean", "bool": "boolean",
    "number": "number", "integer": "number", "int": "number", "money": "money",
    "string": "text", "text": "text", "list": "people", "people": "people",
}  # fmt: skip
_SIGNS = {">": ">", ">=": ">=", "<": "<", "<=": "<=", "=": "=", "==": "=", "!=": "!=", "eq": "=", "ne": "!="}
_OPPOSITE = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "=": "=", "!=": "!="}


class UntranslatableError(Exception):
    """A rule of a form that is not known here."""


@frozen
class Translation:
    """The rules of one source, said in the taxonomy format.

    *closed*: in this source, a question that was not put has an answer of its own, so each choice gets the option
    `not-asked`. *gates*: whether `asked_when` decides about answers, or only about what is asked on a screen.
    """

    rules: Mapping[str, Json]
    closed: bool = False
    gates: bool = False

    # -- the taxonomy

    def text(self) -> str:
        """The taxonomy as YAML."""
        return yaml.dump(self.taxonomy(), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=1000)

    def taxonomy(self) -> dict[str, Json]:
        """The taxonomy as plain data."""
        source = self.rules["source"]["repo"]
        needs = self.rules.get("needs", [])
        circumstances = {name_of(name): self.circumstance(name, fact) for name, fact in self.facts.items()}
        if needs:
            options = {one["id"]: _label(one) for one in needs}
            circumstances[NEEDS] = {"label": "Needs chosen", "type": "choices", "options": options}
        circumstances |= {name_of(name): {"label": name, "type": "number"} for name in sorted(self.derived())}
        conditions = self.rules.get("conditions", {})
        found: dict[str, Json] = {
            "taxonomy": {"id": id_of(source), "label": source},
            "circumstances": circumstances,
            "needs": {
                id_of(one["id"]): {"label": _label(one), "implied_by": f"list contains({NEEDS}, {_value(one['id'])})"}
                for one in needs
            },
            "services": {
                **{id_of(one["id"]): self.service(one) for one in self.rules["benefits"]},
                **{
                    condition_id(name): {"label": name, "eligibility": self.tree(one)}
                    for name, one in conditions.items()
                },
            },
        }
        return {name: section for name, section in found.items() if section}

    @property
    def facts(self) -> Mapping[str, Json]:
        """The source's own facts, by its own names."""
        found: Mapping[str, Json] = self.rules["facts"]
        return found

    def circumstance(self, name: str, fact: Json) -> dict[str, Json]:
        """One fact as a circumstance."""
        kind = _kind(name, fact)
        found: dict[str, Json] = {"label": fact.get("label") or name, "type": kind}
        if kind in ("choice", "choices"):
            found["options"] = {value: value for value in self.options(name)}
        elif kind == "date":
            found["future"] = True
        elif kind == "people":
            found["fields"] = {name_of(inner): self.circumstance(inner, one) for inner, one in fact["fields"].items()}
        if self.gates and fact.get("asked_when"):
            found["asked_when"] = self.tree(fact["asked_when"])
            if kind in ("choice", "choices"):
                found["otherwise"] = [NOT_ASKED] if kind == "choices" else NOT_ASKED
        return found

    def options(self, name: str) -> list[str]:
        """The options of a fact that is a choice."""
        values = [str(value) for value in self.fact(name)["values"]]
        return [*values, NOT_ASKED] if self.closed else values

    def service(self, benefit: Json) -> dict[str, Json]:
        """One benefit as a service."""
        found: dict[str, Json] = {"label": _label(benefit), "meets": [id_of(one) for one in benefit.get("needs", [])]}
        links = (benefit.get(name) or "" for name in ("url", "url_en", "source_link"))
        found["url"] = next((link for link in links if re.fullmatch(r"https?://\S+", link)), None)
        found["eligibility"] = self.tree(benefit["rule"])
        return {name: value for name, value in found.items() if value}

    def derived(self) -> set[str]:
        """The names of the figures that rules compare and that are no facts."""
        found: set[str] = set()
        waiting: list[Json] = [self.rules["benefits"], self.rules.get("conditions", {})]
        while waiting:
            match waiting.pop():
                case {"derived": str(name)} if name not in self.facts:
                    found.add(name)
                case {**entries}:
                    waiting.extend(entries.values())
                case [*items]:
                    waiting.extend(items)
                case _:
                    pass
        return found

    # -- rules

    def tree(self, rule: Rule) -> Json:
        """A rule as a condition of the format: groups stay groups, and each criterion keeps its words."""
        for word in ("all", "any"):
            if rule.get(word):
                return {word: [self.tree(part) for part in rule[word]]}
        if "not" in rule:
            return {"none": [self.tree(rule["not"])]}
        text = self.rule(rule)
        return {"when": text, "because": rule["label"]} if rule.get("label") else text

    def rule(self, rule: Rule) -> str:
        """A rule as one text."""
        match rule:
            case {"all": parts}:
                return " and ".join(f"({self.rule(part)})" for part in parts) or "true"
            case {"any": parts}:
                return " or ".join(f"({self.rule(part)})" for part in parts) or "false"
            case {"not": part}:
                return f"not({self.rule(part)})"
            case {"if": condition, "then": yes, "else": no}:
                return f"if {self.rule(condition)} then {self.rule(yes)} else {self.rule(no)}"
            case {"const": value}:
                return _value(value)
            case {"count": people, "cmp": sign, "value": number}:
                where = f"[{self.rule(rule['where'])}]" if rule.get("where") else ""
                return f"count({name_of(people)}{where}) {_SIGNS[sign]} {_value(number)}"
            case {"derived": name, "cmp": sign, "value": value}:
                return f"{name_of(name)} {_SIGNS[sign]} {_value(value)}"
            case {"fact": name, "op": operator}:
                return self.criterion(name, operator, rule)
            case _:
                raise UntranslatableError(json.dumps(rule))

    def criterion(self, fact: str, operator: str, rule: Rule) -> str:
        """One question about one fact."""
        name, kind = name_of(fact), _kind(fact, self.fact(fact))
        match operator:
            case "missing":
                return (
                    f"list contains({name}, {_value(NOT_ASKED)})"
                    if kind == "choices"
                    else f"{name} = {_value(NOT_ASKED)}"
                )
            case "in" | "not_in" | "intersects" | "disjoint":
                among = self.among(fact, name, kind, self.possible(fact, kind, rule["value"]))
                return f"not({among})" if operator in ("not_in", "disjoint") else among
            case "eq" | "ne":
                if not self.possible(fact, kind, [rule["value"]]):
                    return "false" if operator == "eq" else "true"
                return f"{name} {_SIGNS[operator]} {_constant(kind, rule['value'])}"
            case ">" | ">=" | "<" | "<=":
                return f"{name} {operator} {_constant(kind, rule['value'])}"
            case "date":
                return f"{name} {_SIGNS[rule['cmp']]} {_constant('date', rule['date'])}"
            case "age_years":
                age = f"years and months duration({name}, today()).years"
                return f"{age} {_SIGNS[rule['cmp']]} {rule.get('years', rule.get('value'))}"
            case "elapsed_years" | "elapsed_months" | "elapsed_days":
                unit = operator.removeprefix("elapsed_")
                return f"{name} {_OPPOSITE[_SIGNS[rule['cmp']]]} {_ago(int(rule.get(unit, rule.get('value'))), unit)}"
            case _:
                raise UntranslatableError(f"{operator}: {json.dumps(rule)}")

    def possible(self, fact: str, kind: str, values: Sequence[Json]) -> list[Json]:
        """Those of *values* that can be answered: sources list some which no answer can give."""
        return [one for one in values if one in self.options(fact)] if kind in ("choice", "choices") else list(values)

    def among(self, fact: str, name: str, kind: str, values: Sequence[Json]) -> str:
        if not values:
            return "false"
        listed = ", ".join(_constant(kind, one) for one in values)
        return f"some x in {name} satisfies x in [{listed}]" if kind == "choices" else f"{name} in [{listed}]"

    def fact(self, name: str) -> Json:
        """What is said of the fact *name*, be it a citizen's or, inside of a count, a person's of a list."""
        inner = (fact["fields"] for fact in self.facts.values() if isinstance(fact.get("fields"), dict))
        found = next((fields[name] for fields in (self.facts, *inner) if name in fields), None)
        if found is None:
            raise UntranslatableError(f"no fact is called {name}")
        return found

    # -- profiles

    def profile(self, answers: Mapping[str, Json], complete: bool = False) -> dict[str, Json]:
        """The answers of one case as a profile. *complete*: what is not among them was not asked.

        An answer that is no option of its question is none, as the sources have it.
        """
        found: dict[str, Json] = {}
        for name, given in answers.items():
            if given is None or name not in self.facts:
                continue
            kind = _kind(name, self.fact(name))
            if kind == "choices":
                found[name_of(name)] = [one for one in given if one in self.options(name)]
            elif kind != "choice" or given in self.options(name):
                found[name_of(name)] = given
        if complete:
            for name, fact in self.facts.items():
                found.setdefault(name_of(name), [NOT_ASKED] if _kind(name, fact) == "choices" else NOT_ASKED)
        return found


def name_of(name: str) -> str:
    """*name* as rules can use it."""
    word = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_")
    return f"f_{word}" if not word[:1].isalpha() or word in KEYWORDS else word


def id_of(name: str) -> str:
    """*name* as the id of an item."""
    return re.sub(r"[^A-Za-z0-9_.:-]+", "-", name).strip("-_.:")


def condition_id(name: str) -> str:
    """The id of the service that stands for a condition which the source gives a name."""
    return f"condition.{id_of(name)}"


def _kind(name: str, fact: Json) -> str:
    kind = _KINDS.get(fact["type"])
    if kind is None:
        raise UntranslatableError(f"{name} has the type {fact['type']}")
    return kind


def _label(item: Json) -> Json:
    if item.get("name_fr"):
        return {"en": item["name_en"], "fr": item["name_fr"]}
    return item.get("title") or item.get("label") or item.get("name_en") or item["id"]


def _constant(kind: str, value: Json) -> str:
    return f'@"{value}"' if kind == "date" else _value(value)


def _value(value: Json) -> str:
    return repr(value) if isinstance(value, float) else written(value)


def _ago(amount: int, unit: str) -> str:
    """The day so long before today. One that its month does not have rolls over: from 29 February to 1 March."""
    if unit == "days":
        return f'today() - duration("P{amount}D")'
    first = "date(today().year, today().month, 1)"
    return f'{first} - duration("P{amount}{unit[0].upper()}") + duration("P1D") * (today().day - 1)'


class _Plain(yaml.SafeDumper):
    """Writes every value out where it stands: the format has no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def main(words: Sequence[str]) -> None:
    """Print the translation of a file."""
    closed = "--closed" in words
    path = next(word for word in words if not word.startswith("--"))
    print(Translation(json.loads(Path(path).read_text(encoding="utf-8")), closed=closed, gates=closed).text())


if __name__ == "__main__":
    main(sys.argv[1:])
