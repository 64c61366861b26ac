"""Counts for every service of a screening, which show themselves as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol, TypeVar

from attrs import frozen

from lgbm import notebook as nb

_MOST_ROWS = 30


class Three(Protocol):
    """How many of each answer there are."""

    @property
    def eligible(self) -> int: ...
    @property
    def ineligible(self) -> int: ...
    @property
    def undetermined(self) -> int: ...


T = TypeVar("T", bound=Three)


@frozen
class Counts:
    """How many citizens are eligible for a service, are not, or cannot be decided."""

    eligible: int
    ineligible: int
    undetermined: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.eligible + self.ineligible + self.undetermined


@frozen(eq=False, repr=False)
class Counted(Mapping[str, T]):
    """For each service its counts: a mapping by id, drawn as a table of those that are a yes for somebody."""

    _counts: Mapping[str, T]
    _labels: Mapping[str, str]

    def __getitem__(self, name: str) -> T:
        return self._counts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)

    def __repr__(self) -> str:
        some = sum(bool(one.eligible or one.undetermined) for one in self._counts.values())
        return f"<Counts of {len(self)} services: {some} of them for somebody, certainly or possibly>"

    def _repr_html_(self) -> str:
        counts = self._counts
        order = sorted(counts, key=lambda name: (-counts[name].eligible, -counts[name].undetermined, name))
        shown = [name for name in order if counts[name].eligible or counts[name].undetermined]
        rows = [self._row(name) for name in shown]
        columns = ("service", "eligible", "not known yet", "not eligible")
        total = next((one.eligible + one.undetermined + one.ineligible for one in counts.values()), 0)
        nobody = len(order) - len(shown)
        aside = f"{nobody} more service{' is' if nobody == 1 else 's are'} for nobody in this table." if nobody else ""
        rest = nb.folded(f"and {len(rows) - _MOST_ROWS} more", nb.table(columns, rows[_MOST_ROWS:], numbers=3))
        return nb.card(
            f"{total:,} citizens: who is eligible for what",
            nb.table(columns, rows[:_MOST_ROWS], numbers=3),
            rest,
            nb.paragraph(aside),
        )

    def _row(self, name: str) -> tuple[str, ...]:
        one = self._counts[name]
        label = nb.joined((self._labels.get(name, name), nb.code(name)), " ")
        return (label, *(f"{count:,}" for count in (one.eligible, one.undetermined, one.ineligible)))
