"""How complete a taxonomy is in each of its languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from lgbm.executable import Model
from lgbm.model import concepts as c
from lgbm.model.taxonomy import Taxonomy


@frozen
class Text:
    """One text that a citizen may read, in the languages that it has."""

    section: str
    what: str
    """`label`, `question`, `option`, `because`, `not modelled` or `amount`."""
    place: str
    """Where it belongs: `services.universal-credit.label`."""
    words: c.Labels


@frozen
class Languages:
    """Every text of a taxonomy that a citizen may read."""

    taxonomy: str
    texts: tuple[Text, ...]

    @property
    def tags(self) -> tuple[str, ...]:
        """Every language in which there is a text, the one with the most texts first."""
        counts: dict[str, int] = {}
        for text in self.texts:
            for tag in text.words:
                counts[tag] = counts.get(tag, 0) + 1
        return tuple(sorted(counts, key=lambda tag: (-counts[tag], tag)))

    def missing(self, language: str) -> tuple[Text, ...]:
        """The texts that are not there in *language*."""
        return tuple(text for text in self.texts if not text.words.get(language))

    def counted(self, language: str) -> Mapping[tuple[str, str], tuple[int, int]]:
        """For each section and kind of text, how many there are in *language*, and in all."""
        found: dict[tuple[str, str], tuple[int, int]] = {}
        for text in self.texts:
            there, whole = found.get((text.section, text.what), (0, 0))
            found[text.section, text.what] = there + bool(text.words.get(language)), whole + 1
        return found

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {
            "taxonomy": self.taxonomy,
            "texts": len(self.texts),
            "languages": {
                tag: {
                    "texts": len(self.texts) - len(self.missing(tag)),
                    "sections": [
                        {"section": section, "what": what, "texts": there, "of": whole}
                        for (section, what), (there, whole) in self.counted(tag).items()
                    ],
                    "missing": [text.place for text in self.missing(tag)],
                }
                for tag in self.tags
            },
        }


def languages(model: Model) -> Languages:
    """The texts of *model*, section by section, items by id: labels, questions, options, reasons, open conditions."""
    return Languages(model.taxonomy.id, tuple(_texts(model.taxonomy)))


def _texts(taxonomy: Taxonomy) -> Iterator[Text]:
    for section, items in taxonomy.sections():
        found = [text for name, item in sorted(items.items()) for text in _of_item(section, f"{section}.{name}", item)]
        # By kind of text: a translator does all labels, and then all questions.
        order = list(dict.fromkeys(text.what for text in found))
        yield from sorted(found, key=lambda text: order.index(text.what))


def _of_item(section: str, place: str, item: c.Item) -> Iterator[Text]:
    if item.label:
        yield Text(section, "label", f"{place}.label", item.label)
    match item:
        case c.Circumstance():
            if item.question:
                yield Text(section, "question", f"{place}.question", item.question)
            for name, words in item.options.items():
                yield Text(section, "option", f"{place}.options.{name}", words)
            yield from _reasons(section, f"{place}.asked_when", item.asked_when)
            for name, field in item.fields.items():
                yield from _of_item(section, f"{place}.fields.{name}", field)
        case c.Need():
            yield from _reasons(section, f"{place}.implied_by", item.implied_by)
        case c.Service():
            yield from _reasons(section, f"{place}.eligibility", item.eligibility)
            for number, words in enumerate(item.not_modelled, 1):
                yield Text(section, "not modelled", f"{place}.not_modelled[{number}]", words)
            for number, amount in enumerate(item.amounts, 1):
                yield Text(section, "amount", f"{place}.amounts[{number}].label", amount.label)
        case _:
            pass


def _reasons(section: str, place: str, condition: c.Condition | None) -> Iterator[Text]:
    if condition is None:
        return
    if condition.because:
        yield Text(section, "because", f"{place}.because", condition.because)
    if isinstance(condition, c.Group):
        for number, part in enumerate(condition.parts, 1):
            yield from _reasons(section, f"{place}.{condition.kind}[{number}]", part)
