"""A section of a taxonomy: its items by id, which show themselves in short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from attrs import frozen

from lgbm.model.concepts import Item

T = TypeVar("T", bound=Item)
_MOST = 8
_MOST_ROWS = 30


@frozen(eq=False, repr=False)
class Section(Mapping[str, T]):
    """Items of one kind by id: a mapping that a notebook draws as a table of what there is."""

    name: str
    _items: Mapping[str, T]

    def __getitem__(self, name: str) -> T:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        told = [*list(self._items)[:_MOST], *(["…"] if len(self) > _MOST else [])]
        return f"<{len(self)} {self.name}: {', '.join(told)}>"

    def _repr_html_(self) -> str:
        from lgbm import notebook as nb

        rows = [(one.named(), nb.code(one.id)) for one in self.values()]
        columns = (self.name, "id")
        rest = nb.folded(f"and {len(rows) - _MOST_ROWS} more", nb.table(columns, rows[_MOST_ROWS:]))
        hint = nb.small(f"model.{self.name}[id] shows one of them")
        return nb.card(f"{len(self)} {self.name}", nb.paragraph(hint), nb.table(columns, rows[:_MOST_ROWS]), rest)
