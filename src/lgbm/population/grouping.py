"""Rows in groups: by the values of a column, or by the segments that they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import field, frozen

from lgbm.errors import Diagnostic, ProfileError
from lgbm.messages import screening as say
from lgbm.population.blocks import Block
from lgbm.population.kernel.columns import Flags, Truths
from lgbm.population.kernel.program import Program
from lgbm.population.kernel.truths import sure
from lgbm.population.library import pa
from lgbm.rules import term as t
from lgbm.rules.rulebook import DatedRulebook

ALL = ""
"""The group of all rows."""
NOT_KNOWN = "(not known)"
"""The group of the rows of whose cell nothing is known."""
EMPTY = "(empty)"
"""The group of the rows with a text of no characters, which is not the group of all."""


@frozen(eq=False)
class Groups:
    """How rows are grouped; besides, all of them are a group. Without column and segments there is no other."""

    column: str | None = None
    segments: Mapping[str, t.Term] = field(factory=dict[str, t.Term])
    """Who belongs to each segment, prepared."""

    def of(self, block: Block) -> Iterator[tuple[str, Truths]]:
        """Each group with what is known of who is in it."""
        yield ALL, everybody(block.batch.num_rows)
        if self.column is not None:
            for label, rows in by_value(block, self.column):
                yield label, sure(rows)
        for name, members in self.segments.items():
            yield name, block.condition(members)


def groups(book: DatedRulebook, program: Program, schema: Any, by: str | Sequence[str] | None) -> Groups:
    """The groups that *by* names: one column, or ids of segments. A column goes before a segment of its name.

    Raises `ProfileError` for a name that is neither, and for a column that cannot divide rows.
    """
    if by is None:
        return Groups()
    names = [by] if isinstance(by, str) else list(by)
    if len(names) == 1 and names[0] in schema.names:
        if pa.types.is_nested(schema.field(names[0]).type):
            raise ProfileError([say.no_groups(names[0])])
        return Groups(names[0])
    return Groups(segments=members(book, program, names, schema.names))


def members(
    book: DatedRulebook, program: Program, names: Iterable[str], columns: Sequence[str] = ()
) -> Mapping[str, t.Term]:
    """Who belongs to each of the segments that are named. Raises `ProfileError` for what is none, or says not who."""
    known, wrong = book.book.taxonomy.segments, list[Diagnostic]()
    for name in dict.fromkeys(names):
        if name not in known:
            wrong.append(say.no_such_group(name, (*known, *columns)))
        elif name not in book.segments:
            wrong.append(say.no_members(name))
    if wrong:
        raise ProfileError(wrong)
    return {name: program.prepared(book.segments[name]) for name in dict.fromkeys(names)}


def everybody(count: int) -> Truths:
    """So many rows, each of which certainly is."""
    flags: Flags = np.ones(count, np.bool_)
    return sure(flags)


def by_value(block: Block, name: str) -> Iterator[tuple[str, Flags]]:
    """The rows of a block by the values of a column."""
    encoded = block.batch.column(name).dictionary_encode()
    codes = np.asarray(encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False))
    labels: list[str] = [*(str(one) or EMPTY for one in encoded.dictionary.to_pylist()), NOT_KNOWN]
    for place, label in enumerate(labels):
        rows = codes == (place if place < len(labels) - 1 else -1)
        if rows.any():
            yield label, rows
