"""Tables: their inputs, rows and cells."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import evolve

from lgbm.messages import taxonomy as say
from lgbm.model.concepts import Circumstance, Kind, Row, Table, Written
from lgbm.model.values import written
from lgbm.reading.circumstances import read_described
from lgbm.reading.facts import read_value
from lgbm.reading.fields import INPUT, ROW, TABLE
from lgbm.reading.figures import sort_of
from lgbm.reading.nodes import Listing, Node, Pairs, Scalar, Unusable
from lgbm.reading.reader import Reader

_BARE_CODE = re.compile(r"[A-Za-z0-9][\w.:-]*")


def read_table(key: Scalar, node: Pairs, reader: Reader) -> Table | None:
    found = TABLE.read(node, key, reader)
    if found is None:
        return None
    inputs = read_described(found["inputs"], "inputs", INPUT, reader)
    if inputs is None:
        return None
    for name, fact in inputs.items():
        if fact.kind in (Kind.PERSON, Kind.PEOPLE):
            reader.complain(say.wrong_value(fact.span, "inputs", "facts of one value", fact.kind))
        elif name == "values":
            reader.complain(say.keyword(fact.span, name))
    rows = found["rows"]
    nodes = rows.items if isinstance(rows, Listing) else [rows]
    if not nodes:
        reader.complain(say.empty(rows.span, "rows"))
    read = [_row(each, inputs, reader) for each in nodes]
    found["inputs"], found["rows"] = inputs, tuple(row for row in read if row is not None)
    _refuse_mixed_rows(found["rows"], reader)
    return Table(id=key.text, span=key.span, **found)


def _refuse_mixed_rows(rows: tuple[Row, ...], reader: Reader) -> None:
    for row in rows[1:]:
        first, found = sort_of(rows[0].values[0].value), sort_of(row.values[0].value)
        if first != found:
            reader.complain(say.mixed_values(row.values[0].span, found, first))


def _row(node: Node, inputs: Mapping[str, Circumstance], reader: Reader) -> Row | None:
    pairs = reader.pairs(node, "rows", "a list of mappings")
    if pairs is None:
        return None
    cells: dict[str, Written] = {}
    values: dict[str, tuple[Scalar, Node]] = {}
    for name, (key, held) in pairs.entries.items():
        if name in inputs:
            cell = _cell(held, inputs[name], reader)
            if cell is not None:
                cells[name] = cell
        elif name == "values":
            values[name] = (key, held)
        elif not isinstance(key, Unusable):
            hint = reader.hint(name, (*inputs, "values"))
            reader.complain(say.unknown_field(key.span, "a row of this table", name, hint))
    rest = Pairs(pairs.source, pairs.start)
    rest.entries = values
    found = ROW.read(rest, None, reader)
    return None if found is None else Row(cells, found["values"], pairs.span)


def _cell(node: Node, fact: Circumstance, reader: Reader) -> Written | None:
    """A cell as a unary test. Bare codes of a choice become texts of the rule language."""
    chosen = fact.kind in (Kind.CHOICE, Kind.CHOICES)
    if isinstance(node, Listing) and chosen:
        codes = [read_value(each, evolve(fact, kind=Kind.CHOICE), reader) for each in node.items]
        if not codes:
            reader.complain(say.empty(node.span, fact.id))
        return Written(", ".join(written(code) for code in codes), node.span) if codes and None not in codes else None
    found = reader.text(node, fact.id, "a FEEL unary test")
    if found is None:
        return None
    if not chosen:
        return found.written()
    if found.text in fact.options:
        return Written(written(found.text), found.span)
    if _BARE_CODE.fullmatch(found.text):
        reader.complain(say.no_such_option(found.span, fact.id, found.text, reader.hint(found.text, fact.options)))
        return None
    return found.written()
