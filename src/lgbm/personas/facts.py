"""The facts of a person as they stand in a file, so that a complaint about one can point at it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeAlias

from attrs import evolve, frozen

from lgbm.errors import Diagnostic
from lgbm.reading.nodes import Listing, Node, Pairs, Scalar, Unusable
from lgbm.reading.stated import stated
from lgbm.source import Span

Entries: TypeAlias = Mapping[str, tuple[Scalar, Node]]
"""What stands in a mapping: each key as it was written, and its value."""

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_QUOTED = re.compile("`([^`]*)`")


@frozen(eq=False)
class WrittenFacts:
    """Facts by circumstance: how each was written, and its value."""

    pairs: Pairs

    @classmethod
    def none(cls, at: Scalar) -> WrittenFacts:
        """No facts, of whoever stands at *at*."""
        return cls(Pairs(at.source, at.start))

    def under(self, at: Scalar, entries: Entries) -> WrittenFacts:
        """The facts where *entries* are stated instead, by what stands at *at*. What is not given stays."""
        return WrittenFacts(_pairs(at, {**self.pairs.entries, **entries}))

    def without(self, names: Collection[str]) -> WrittenFacts:
        """The facts but those."""
        kept = {name: one for name, one in self.pairs.entries.items() if name not in names}
        return WrittenFacts(_pairs(self.pairs, kept))

    def plain(self) -> dict[str, Any]:
        """The facts as a profile is given."""
        return {name: stated(node) for name, (_, node) in self.pairs.entries.items()}

    def pointed(self, complaint: Diagnostic) -> Diagnostic:
        """*complaint* about a profile, at the fact that it is about."""
        path = (complaint.place or "").removeprefix("profile").removeprefix(": ")
        node, span = self._at(path)
        word = _QUOTED.search(complaint.message)
        found = _mention(node, word[1]) if word is not None else None
        return evolve(complaint, span=found or span, place=None)

    def _at(self, path: str) -> tuple[Node, Span]:
        """What stands at *path* (`children[2].age`), as far as one can follow it."""
        node: Node = self.pairs
        span = self.pairs.span
        steps = [(path, "")] if path in self.pairs.entries else _STEP.findall(path)
        for name, place in steps:
            if isinstance(node, Pairs) and name in node.entries:
                key, node = node.entries[name]
                span = key.span
            elif isinstance(node, Listing) and place and int(place) <= len(node.items):
                node = node.items[int(place) - 1]
                span = node.span
            else:
                break
        return node, span


def _pairs(at: Scalar | Pairs, entries: Entries) -> Pairs:
    pairs = Pairs(at.source, at.start)
    pairs.entries.update(entries)
    return pairs


def _mention(node: Node, word: str) -> Span | None:
    """Where *word* stands in *node*: as a value, as a key, or in a key such as `receives("word")`."""
    return next((one.span for one in _scalars(node) if one.text == word or f'("{word}")' in one.text), None)


def _scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Unusable():
            return
        case Scalar():
            yield node
        case Listing():
            for one in node.items:
                yield from _scalars(one)
        case Pairs():
            for key, value in node.entries.values():
                yield key
                yield from _scalars(value)
