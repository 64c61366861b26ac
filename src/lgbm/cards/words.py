"""What cards share: items by their labels, conditions in words, and who reads what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from attrs import frozen

from lgbm import notebook as nb
from lgbm.model import concepts as c
from lgbm.model.facts import circumstance_of
from lgbm.model.taxonomy import Taxonomy
from lgbm.notebook import Html
from lgbm.rules import term as t
from lgbm.rules.naming import Names
from lgbm.rules.rulebook import DatedRulebook

_GROUPS = {"all": "All of these:", "any": "Any one of these:", "none": "None of these:"}
_MOST = 12


@frozen(slots=False)
class Words:
    """Says what belongs to an item, with the labels of its taxonomy."""

    book: DatedRulebook

    @property
    def taxonomy(self) -> Taxonomy:
        """What the item belongs to."""
        return self.book.book.taxonomy

    @property
    def day(self) -> date:
        """The day on which the card is looked at."""
        return self.book.day

    @cached_property
    def names(self) -> Names:
        """What facts, values and laws are called."""
        return Names(self.book)

    def labels(self, section: Mapping[str, c.Item], ids: Iterable[str]) -> Html:
        """Items of one section by their labels, with their ids; many of them folded."""
        told = [self.labelled(section, one) for one in ids]
        if len(told) <= _MOST:
            return nb.joined(told, "; ")
        return nb.folded(f"{len(told)} of them", nb.bullets(told))

    def labelled(self, section: Mapping[str, c.Item], name: str) -> Html:
        """One item by its label and its id."""
        item = section.get(name)
        return nb.code(name) if item is None else nb.joined((item.named(), nb.code(name)), " ")

    def fact(self, name: str) -> Html:
        """A fact by its label and its name in a profile."""
        return nb.joined((self.names.called(name), nb.code(name)), " ")

    def condition(self, one: c.Condition) -> Html:
        """A condition in the words of its author, with the rule as it is written and its law."""
        sources = nb.linked(self.names.source(each) for each in one.source)
        because = self.names.text(one.because)
        match one:
            case c.Leaf(when=when):
                # A fact by itself has a label that says more than its name.
                bare = not because and when.text in self.taxonomy.circumstances
                rule = self.fact(when.text) if bare else nb.code(when.text)
                return nb.joined((because, nb.small(rule, *sources)), " ") if because else _beside(rule, sources)
            case c.Group(kind=kind, parts=parts):
                head = nb.joined((because, _GROUPS[kind]), " — ") if because else nb.drawn(_GROUPS[kind])
                return nb.joined((_beside(head, sources), nb.bullets(map(self.condition, parts))))

    def sources(self, sources: Iterable[str]) -> Html:
        """Where something was found, each leading there."""
        return nb.joined(nb.linked(map(self.names.source, sources)), "; ")

    def asked(self, term: t.Term) -> list[str]:
        """The facts that somebody can be asked for and that *term* depends on, by what they are called."""
        reads, found = self.book.book.reads, set[str]()
        for name in t.facts_of(term):
            for one in {name, *reads.get(name, ())}:
                about = self.taxonomy.circumstances.get(circumstance_of(one))
                if (about is not None and about.formula is None) or one.startswith("receives("):
                    found.add(one)
        return sorted(found, key=lambda one: (self.names.called(one).lower(), one))

    def reading(self, terms: Mapping[str, t.Term], fact: str) -> list[str]:
        """Which of *terms* depend on *fact*, however far away."""
        reads = self.book.book.reads
        derived = {fact, *(name for name, inner in reads.items() if fact in inner)}
        return [name for name, term in terms.items() if not derived.isdisjoint(t.facts_of(term))]

    def using(self, figure: str) -> Iterator[str]:
        """The services and needs whose own rules use a rate or a table, by label; not those that ask about these."""
        names = {name for name, _, _ in self.book.book.date_table if name == figure or name.startswith(f"{figure}(")}
        book = self.book.book
        derived = {fact for fact, inner in book.reads.items() if not names.isdisjoint(inner)}
        reads = {fact for fact in derived if not fact.startswith(("eligible(", "receives("))} | names
        for section, terms in ((self.taxonomy.services, book.services), (self.taxonomy.needs, book.needs)):
            for name, term in terms.items():
                if not reads.isdisjoint(t.facts_of(term)):
                    yield section[name].named()


def _beside(head: Html, sources: Iterable[Html]) -> Html:
    return nb.joined((head, nb.small(*sources)), " ")
