"""The rows of those who miss out on a service: what a campaign that tells them of it begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from attrs import frozen

from lgbm.errors import ProfileError
from lgbm.messages import profiles as say
from lgbm.population.blocks import Block
from lgbm.population.kernel.columns import Flags
from lgbm.population.kernel.program import Program
from lgbm.population.library import pa
from lgbm.population.tables.streaming import Streaming
from lgbm.population.takeup.awards import TIMES_A_YEAR, Award
from lgbm.population.takeup.take_up import Claimed, missing_out
from lgbm.rules.rulebook import DatedRulebook

SURE = pa.dictionary(pa.int8(), pa.string())
MONEY = pa.decimal128(18, 2)
"""To the penny; a bound that is finer is widened to the next penny."""


@frozen(eq=False)
class NotClaiming(Streaming):
    """Those who are entitled to a service and do not receive it, a row each, in the order of the table.

    `certainty` is `certain`, or `possible` where a fact is not known. Where the taxonomy states what the service pays,
    `a_year_at_least` and `a_year_at_most` (or `once_…`) say what they miss, in pounds; null is not known.
    """

    service: str
    kept: Sequence[Any]
    possible: bool
    kinds: Mapping[int, str]
    """What is stated of the amounts: 0 for `a_year`, 1 for `once`."""
    claimed: Claimed | None
    """Nothing: no rules are written, and so nobody is known to be entitled."""
    blocks: Callable[[], Iterator[Block]]

    @property
    def schema(self) -> Any:
        """The columns to keep, and then what is found."""
        money = [
            pa.field(f"{kind}_{bound}", MONEY) for kind in self.kinds.values() for bound in ("at_least", "at_most")
        ]
        return pa.schema([*self.kept, pa.field("certainty", SURE, nullable=False), *money])

    def batches(self) -> Iterator[Any]:
        """The rows, a record batch for each block in which there are any."""
        if self.claimed is None:
            return
        for block in self.blocks():
            found = missing_out(*self.claimed.on(block))
            rows = np.flatnonzero(found.may if self.possible else found.must)
            if len(rows):
                yield self._batch(block, self.claimed, found.must, rows)

    def _batch(self, block: Block, claimed: Claimed, certain: Flags, rows: Any) -> Any:
        columns = [block.batch.column(one.name).take(pa.array(rows)) for one in self.kept]
        codes = pa.array((~certain[rows]).astype(np.int8))
        columns.append(pa.DictionaryArray.from_arrays(codes, pa.array(["certain", "possible"])))
        awards = claimed.awarded.on(block)
        for kind in self.kinds:
            columns += _money(awards[kind], rows)
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)


def _money(award: Award | None, rows: Any) -> Iterator[Any]:
    assert award is not None
    places = award.places
    for bound, up in ((award.low, False), (award.high, True)):
        found = [
            None if endless else _pennies(whole, places, up)
            for whole, endless in zip(bound[rows].tolist(), award.endless[rows].tolist(), strict=True)
        ]
        yield pa.array(found, MONEY)


def _pennies(whole: int, places: int, up: bool) -> Decimal:
    if places <= 2:
        return Decimal(whole * 10 ** (2 - places)).scaleb(-2)
    step = 10 ** (places - 2)
    return Decimal(-(-whole // step) if up else whole // step).scaleb(-2)


def not_claiming(
    book: DatedRulebook,
    program: Program,
    blocks: Callable[[], Iterator[Block]],
    kept: Sequence[Any],
    service: str,
    possible: bool,
) -> NotClaiming:
    """Those of the rows of *blocks* who are entitled to *service* and do not receive it."""
    services = book.book.taxonomy.services
    if service not in services:
        raise ProfileError([say.unknown_service(service, services)])
    stated = {int(one.every not in TIMES_A_YEAR) for one in services[service].amounts}
    kinds = {place: name for place, name in enumerate(("a_year", "once")) if place in stated}
    claimed = Claimed.of(book, program, service) if service in book.services else None
    return NotClaiming(service, kept, possible, kinds, claimed, blocks)
