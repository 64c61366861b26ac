"""What stands in a file of personas, held against the taxonomy that it asks: names, facts and fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import define, evolve

from lgbm.errors import ProfileError
from lgbm.executable import Model
from lgbm.messages import profiles as say_of_facts
from lgbm.messages import taxonomy as say_of_fields
from lgbm.model.profile import Profile
from lgbm.personas.facts import Entries, WrittenFacts
from lgbm.reading.nodes import Listing, Node, Pairs, Scalar, Unusable
from lgbm.reading.reader import FieldTable, Reader
from lgbm.reading.stated import UNKNOWN

_ABOUT_A_SERVICE = re.compile(r'(?:receives|eligible)\("(.*)"\)')


@define
class Lookup:
    """Reads nodes by what *model* knows, and tells *reader* what is wrong. Without a model, names go unchecked."""

    model: Model | None
    reader: Reader

    def fields(self, table: FieldTable, key: Scalar | None, node: Node) -> dict[str, Any]:
        """What *node* has of the fields of *table*. One that is needed and missing keeps no other from being read."""
        pairs = self.reader.pairs(node, key.text if key else "", "a mapping of fields")
        if pairs is None:
            return {}
        for one in table.needed:
            if one.name not in pairs.entries:
                self.reader.complain(say_of_fields.missing((key or pairs).span, table.what, one.name))
        return FieldTable(table.what, table.fields, ()).read(pairs, key, self.reader) or {}

    def entries(self, node: Node | None, name: str) -> Entries:
        """The entries of a mapping, which may be empty."""
        if node is None or isinstance(node, Unusable):
            return {}
        if not isinstance(node, Pairs):
            self.reader.expected(node, name, "a mapping")
            return {}
        return {each: one for each, one in node.entries.items() if not isinstance(one[0], Unusable)}

    def named(self, node: Node, name: str) -> Iterator[tuple[Scalar, Node | None]]:
        """The names of a list or of the keys of a mapping. A single one may stand alone."""
        if isinstance(node, Pairs):
            yield from self.entries(node, name).values()
            return
        for one in node.items if isinstance(node, Listing) else [node]:
            scalar = self.reader.text(one, name, "a list of ids")
            if scalar:
                yield scalar, None

    def known(self, scalar: Scalar, what: str) -> str | None:
        """The id that *scalar* is, if the taxonomy has it in the section of *what*."""
        among = getattr(self.model, f"{what}s") if self.model else None
        if among is not None and scalar.text not in among:
            hint = self.reader.hint(scalar.text, among)
            self.reader.complain(say_of_fields.unknown_reference(scalar.span, what, scalar.text, hint))
            return None
        return scalar.text

    def circumstances(self, node: Node, name: str) -> Iterator[str]:
        """The circumstances that *node* lists."""
        for scalar, value in self.named(node, name):
            if value is not None:
                self.reader.complain(say_of_fields.expected(scalar.span, name, "a list of circumstances", "a mapping"))
            found = self.circumstance(scalar)
            if found:
                yield found

    def circumstance(self, scalar: Scalar) -> str | None:
        """The circumstance that *scalar* is, or `receives("…")` of a service that there is."""
        service = _ABOUT_A_SERVICE.fullmatch(scalar.text)
        if service is None or self.model is None or service[1] in self.model.services:
            return scalar.text if service else self.known(scalar, "circumstance")
        hint = self.reader.hint(service[1], self.model.services)
        self.reader.complain(say_of_fields.unknown_reference(scalar.span, "service", service[1], hint))
        return None

    def profile(self, facts: WrittenFacts, on: date) -> Profile:
        """*facts* as read by the taxonomy on that day; nothing where it complained."""
        if self.model is None:
            return Profile()
        known = {*self.model.circumstances, "receives"}
        stated = facts.pairs.entries
        strange = [name for name in stated if name not in known and not _ABOUT_A_SERVICE.fullmatch(name)]
        for name in strange:
            complaint = say_of_facts.unknown_fact(name, known)
            self.reader.complain(evolve(complaint, span=stated[name][0].span, place=None))
        try:
            return self.model.profile(facts.without(strange).plain(), on=on)
        except ProfileError as problem:
            for one in problem.diagnostics:
                self.reader.complain(facts.pointed(one))
            return Profile()

    def event(self, node: Node) -> str | None:
        """The event, or none where `null` says that there was none."""
        if isinstance(node, Scalar) and node.plain and node.text in UNKNOWN:
            return None
        found = self.reader.text(node, "event", "the id of an event")
        return self.known(found, "event") if found else None
