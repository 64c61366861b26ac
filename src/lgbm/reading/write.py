"""A taxonomy as text that reads back as the same taxonomy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias, assert_never

import attrs

from lgbm.model.concepts import (
    AddPerson,
    Amount,
    Change,
    Compute,
    Condition,
    Cost,
    Dated,
    Effect,
    Forget,
    Group,
    Item,
    Labels,
    Leaf,
    Objective,
    RemoveWhere,
    Row,
    SetTo,
    Standard,
    Target,
    Written,
)
from lgbm.model.taxonomy import Taxonomy
from lgbm.model.values import Value
from lgbm.reading.fields import EFFECTIVE, ITEMS
from lgbm.reading.reader import FieldTable
from lgbm.reading.shapes import Options, Words

_PLAIN = re.compile(r"[A-Za-z](?:[\w .,;()/+*<>=£%-]*[\w)%])?")
_ALSO_A_VALUE = re.compile(r"true|false|yes|no|on|off|y|n|null", re.IGNORECASE)
_BREAKS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


class _Bare(str):
    """Text that needs no quotation marks: a number, a date, a boolean."""

    __slots__ = ()


class _Quoted(str):
    """Text that needs them, so that it is not read as something else."""

    __slots__ = ()


_Thing: TypeAlias = (
    "Value | Written | Condition | Dated | Row | Amount | Cost | Standard | Target | Objective | tuple[_Thing, ...]"
)
_Plain: TypeAlias = "str | list[_Plain] | dict[str, _Plain]"


def write_taxonomy(taxonomy: Taxonomy) -> str:
    """*taxonomy* as one YAML text. What lay in several layers is written as one, without saying so."""
    about: dict[str, _Plain] = {"id": taxonomy.id, "label": _words(taxonomy.label)}
    if taxonomy.notes:
        about["notes"] = _words(taxonomy.notes)
    about["leap_day_birthday"] = taxonomy.leap_day_birthday
    if taxonomy.jurisdiction:
        about["jurisdiction"] = _several(taxonomy.jurisdiction)
    whole: dict[str, _Plain] = {"taxonomy": about}
    for name, items in taxonomy.sections():
        if items:
            whole[name] = {each: _item(item, ITEMS[name]) for each, item in items.items()}
    return "\n".join(_lines(whole, 0)) + "\n"


def _item(item: Item, table: FieldTable) -> _Plain:
    """The fields of *item* that are not what they are when nobody gives them."""
    left_out = _defaults(type(item))
    written: dict[str, _Plain] = {}
    for field in table.fields.values():
        value: Any = getattr(item, field.attribute, None)
        if field.name == "effective":
            days = {each.name: getattr(item, each.attribute) for each in EFFECTIVE.fields.values()}
            value = {name: day for name, day in days.items() if day is not None} or None
        if value is None or (field.attribute in left_out and value == left_out[field.attribute]):
            continue
        if isinstance(field.shape, Words):
            written[field.name] = _words(value)
        elif isinstance(field.shape, Options):
            written[field.name] = {code: _words(label) for code, label in value.items()}
        elif field.name == "not_modelled":
            written[field.name] = [_words(each) for each in value]
        elif field.name in ("fields", "inputs"):
            written[field.name] = {name: _item(fact, ITEMS["circumstances"]) for name, fact in value.items()}
        elif field.name == "changes":
            written[field.name] = _changes(value)
        elif field.name == "otherwise":
            written[field.name] = _value(value)
        else:
            written[field.name] = _thing(value)
    return written


def _defaults(kind: type[Item]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for each in attrs.fields(kind):
        if each.default is attrs.NOTHING:
            continue
        found[each.name] = {} if isinstance(each.default, attrs.Factory) else each.default  # type: ignore[arg-type]
    return found


def _changes(changes: tuple[Change, ...]) -> _Plain:
    return {change.circumstance: _effect(change.effect) for change in changes}


def _several(things: tuple[_Thing, ...]) -> _Plain:
    parts = [_thing(each) for each in things]
    return parts[0] if len(parts) == 1 and isinstance(parts[0], str) else parts


def _thing(thing: _Thing) -> _Plain:
    match thing:
        case Written():
            return thing.text
        case tuple():
            return _several(thing)
        case Dated():
            return _dated(thing)
        case Row():
            cells: dict[str, _Plain] = {name: _Quoted(cell.text) for name, cell in thing.cells.items()}
            return {**cells, "values": [_dated(each) for each in thing.values]}
        case Leaf() | Group():
            return _condition(thing)
        case Amount():
            return _amount(thing)
        case Cost():
            return _cost(thing)
        case Standard():
            return _standard(thing)
        case Objective():
            return {"label": _words(thing.label), "outcomes": _thing(thing.outcomes)}
        case Target():
            return {"share": _value(thing.share), "within": _value(thing.within), "unit": thing.unit}
        case _:
            return _value(thing)


def _amount(amount: Amount) -> _Plain:
    written: dict[str, _Plain] = {"label": _words(amount.label), "value": amount.value.text, "every": amount.every}
    return {**written, "when": _condition(amount.when)} if amount.when is not None else written


def _cost(cost: Cost) -> _Plain:
    written: dict[str, _Plain] = {"from": _value(cost.start)}
    if cost.end is not None:
        written["until"] = _value(cost.end)
    written |= {"low": _value(cost.low), "high": _value(cost.high)}
    if cost.unit is not None:
        written["unit"] = cost.unit
    return {**written, "source": _thing(cost.source)} if cost.source else written


def _standard(standard: Standard) -> _Plain:
    written: dict[str, _Plain] = {"label": _words(standard.label)}
    if standard.principle:
        written["principle"] = _words(standard.principle)
    written |= {"of": standard.of, "targets": [_thing(each) for each in standard.targets]}
    return {**written, "source": _thing(standard.source)} if standard.source else written


def _condition(condition: Condition) -> _Plain:
    if isinstance(condition, Leaf):
        if not condition.because and not condition.source:
            return condition.when.text
        written: dict[str, _Plain] = {"when": condition.when.text}
    else:
        parts = [_condition(part) for part in condition.parts]
        written = {condition.kind: parts[0] if len(parts) == 1 else parts}
    if condition.because:
        written["because"] = _words(condition.because)
    if condition.source:
        written["source"] = _thing(condition.source)
    return written


def _dated(dated: Dated) -> _Plain:
    written: dict[str, _Plain] = {"from": _value(dated.start)}
    if dated.end is not None:
        written["until"] = _value(dated.end)
    written["value"] = _Quoted(dated.value) if isinstance(dated.value, str) else _value(dated.value)
    if dated.source:
        written["source"] = _thing(dated.source)
    return written


def _effect(effect: Effect) -> _Plain:
    match effect:
        case SetTo():
            return _value(effect.value)
        case Compute():
            return {"formula": effect.formula.text}
        case AddPerson():
            return {"add": _value(effect.fields)}
        case RemoveWhere():
            return {"remove_where": _condition(effect.where)}
        case Forget():
            return {"forget": _Bare("true")}
        case _:
            assert_never(effect)


def _value(value: Value) -> _Plain:
    match value:
        case bool():
            return _Bare("true" if value else "false")
        case int() | Decimal() | date():
            return _Bare(value)
        case str():
            return value
        case tuple():
            return [_value(each) for each in value]
        case frozenset():
            return [*sorted(value)]
        case Mapping():
            return {name: _value(each) for name, each in value.items()}
        case _:
            return _Bare(value)


def _words(labels: Labels) -> _Plain:
    return labels["en"] if list(labels) == ["en"] else dict(labels)


def _lines(node: _Plain, depth: int) -> Iterator[str]:
    pad = "  " * depth
    if isinstance(node, dict):
        for name, held in node.items():
            key = _scalar(name)
            # YAML reads a longer key only where a `?` announces it.
            head, colon = (f"{pad}? {key}\n{pad}:", "") if len(key) > 1000 else (f"{pad}{key}", ":")
            if isinstance(held, str) or not held:
                yield f"{head}{colon} {_scalar(held)}"
            else:
                yield f"{head}{colon}"
                yield from _lines(held, depth + 1)
        return
    for entry in node:
        if isinstance(entry, str) or not entry:
            yield f"{pad}- {_scalar(entry)}"
        else:
            first, *rest = _lines(entry, depth + 1)
            yield f"{pad}- {first[len(pad) + 2 :]}"
            yield from rest


def _scalar(node: _Plain) -> str:
    if not isinstance(node, str):
        return "{}" if isinstance(node, dict) else "[]"
    if isinstance(node, _Bare):
        return str(node)
    if not isinstance(node, _Quoted) and _PLAIN.fullmatch(node) and not _ALSO_A_VALUE.fullmatch(node):
        return node
    quoted = json.dumps(node, ensure_ascii=False)
    return _BREAKS.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)
