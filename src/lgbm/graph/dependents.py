"""What must be read again when a circumstance, a figure or a law changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar, cast

from attrs import AttrsInstance, fields_dict, frozen, has

from lgbm.errors import ProfileError
from lgbm.graph.chain import all_after
from lgbm.graph.making import KINDS, Graph, node, node_of_fact, rules_of
from lgbm.messages import graph as say
from lgbm.model import concepts as c
from lgbm.model.taxonomy import Taxonomy
from lgbm.outline import Line, as_html, as_text
from lgbm.rules.rulebook import Rulebook
from lgbm.rules.term import Stated, Term, facts_of, parts_of
from lgbm.source import Span

DECIDES = (
    "decides what changes", "derives", "asked when", "implies", "decides eligibility for", "decides the amount of",
    "passports", "uses figure", "counts", "member of",
)  # fmt: skip
"""The relations by which what is read again makes something else to be read again."""

T = TypeVar("T")
_CITES = "cites it"
_SETS = "changes it"

_IN: Mapping[str, str] = {
    "decides what changes": "in what it changes",
    "derives": "in its formula",
    "asked when": "in when it is asked for",
    "implies": "in what implies it",
    "decides eligibility for": "in its eligibility",
    "decides the amount of": "in what it pays",
    "passports": "in its eligibility",
    "uses figure": "uses it",
    "counts": "in whom it counts",
    "member of": "in who is a member",
}
"""Where an item reads what it depends on."""


@frozen
class Dependent:
    """An item that says so itself, and where."""

    node: str
    label: str
    how: str
    """The relation, or `cites it`, or `changes it`."""
    places: tuple[str, ...]
    """`file:line` of each condition, figure or statement."""


@frozen(repr=False)
class Dependents:
    """What depends on something: what says so itself, and what depends on that in turn."""

    of: tuple[str, ...]
    """The nodes that were meant, and the addresses or words of laws."""
    called: tuple[str, ...]
    """What these are called."""
    direct: tuple[Dependent, ...]
    further: Mapping[str, str]
    """The nodes that depend on these, however far away, with their labels."""

    @property
    def line(self) -> Line:
        """First what must be read again, by kind; then what follows from it."""
        lines = [Line("what is meant", lines=tuple(map(Line, self.called)))] if len(self.of) > 1 else []
        for kind, found in _by_kind(self.direct, lambda one: one.node).items():
            told = (Line(f"{one.label} ({_IN.get(one.how, one.how)})", place=_together(one.places)) for one in found)
            lines.append(Line(f"{_plural(kind, len(found))} to read again", lines=tuple(told)))
        for kind, names in _by_kind(tuple(self.further), lambda one: one).items():
            depend = "depends" if len(names) == 1 else "depend"
            said = f"{_plural(kind, len(names))} that {depend} on these"
            lines.append(Line(said, lines=tuple(Line(self.further[one]) for one in names)))
        title = self.called[0] if len(self.of) == 1 else f"{len(self.of)} laws"
        return Line(f"What depends on {title}", lines=tuple(lines) or (Line("nothing"),))

    def __repr__(self) -> str:
        of = self.of[0] if len(self.of) == 1 else f"{len(self.of)} laws"
        return f"<Dependents of {of}: {len(self.direct)} to read again, {len(self.further)} more depend on these>"

    def __str__(self) -> str:
        return as_text(self.line)

    def _repr_html_(self) -> str:
        return as_html(self.line)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        direct = [
            {"node": one.node, "label": one.label, "how": one.how, "places": list(one.places)} for one in self.direct
        ]
        return {"of": list(self.of), "direct": direct, "further": list(self.further)}


def dependents_of_item(graph: Graph, rulebook: Rulebook, name: str) -> Dependents:
    """What depends on the node *name*: the rules that read it, and the events that change it."""
    found: dict[tuple[str, str], list[Span]] = {}
    for reader, relation, terms in rules_of(rulebook):
        spans = [span for term in terms for span in _reading(term, name, rulebook.taxonomy)]
        if spans and reader != name:
            how = next(one for one in (relation, *DECIDES) if graph.has_edge(name, reader, one))
            found.setdefault((reader, how), []).extend(spans)
    for source, _, relation in graph.in_edges(name, keys=True):
        if relation == "changes":
            found[source, _SETS] = [one.span for one in graph.nodes[source]["item"].changes if _is(one, name)]
    for target in (one for _, one, relation in graph.out_edges(name, keys=True) if relation in DECIDES):
        if all(reader != target for reader, _ in found):
            # A rule that the taxonomy makes of what an item says: that a service is offered in some places only.
            found[target, _relation(graph, name, target)] = [graph.nodes[target]["item"].span]
    return _dependents(graph, (name,), found)


def _relation(graph: Graph, source: str, target: str) -> str:
    return next(one for one in DECIDES if graph.has_edge(source, target, one))


def _is(change: c.Change, name: str) -> bool:
    kind, _, one = name.partition(":")
    return change.circumstance == one if kind == "circumstance" else f'("{one}")' in change.circumstance


def _reading(term: Term, name: str, taxonomy: Taxonomy, here: Span | None = None) -> Iterator[Span]:
    """Where *term* reads the node *name*: the innermost statements that do."""
    if not any(node_of_fact(fact, taxonomy) == name for fact in facts_of(term)):
        return
    here = term.origin.span if isinstance(term, Stated) else here
    inner = [span for part in parts_of(term) for span in _reading(part, name, taxonomy, here)]
    if inner:
        yield from inner
    elif here is not None:
        yield here


# -- laws


def dependents_of_law(graph: Graph, taxonomy: Taxonomy, law: str) -> Dependents:
    """What cites *law*: an id of legislation or its beginning, an address or its beginning, or words."""
    cited: dict[str, list[tuple[str, Span]]] = {}
    for section, items in taxonomy.sections():
        for name, item in items.items():
            for source, span in citations(item):
                cited.setdefault(source, []).append((node(section, name), span))
    narrower = _laws_meant(taxonomy, law)
    meant = [one for one in (*taxonomy.legislation, *cited) if one in narrower or is_meant(law, one)]
    if not meant:
        raise ProfileError([say.nothing_cites(law, (*(graph.nodes[one]["id"] for one in graph), *cited))])
    found: dict[tuple[str, str], list[Span]] = {}
    for one in dict.fromkeys(meant):
        for reader, span in cited.get(one, ()):
            found.setdefault((reader, _CITES), []).append(span)
    of = (node("legislation", one) if one in taxonomy.legislation else one for one in dict.fromkeys(meant))
    return _dependents(graph, tuple(of), found)


def _laws_meant(taxonomy: Taxonomy, law: str) -> set[str]:
    """The legislation of the taxonomy that is meant, by id or by address, and what is narrower."""
    laws = taxonomy.legislation
    found = {name for name, one in laws.items() if is_meant(law, name) or (one.url and is_meant(law, one.url))}
    while fresh := {name for name, one in laws.items() if found.intersection(one.broader)} - found:
        found |= fresh
    return found


def is_meant(law: str, source: str) -> bool:
    """Whether *law* is *source*, or how it begins, up to the end of a part: `ukpga/2012/5`, not `ukpga/2012/56`."""
    wanted, there = _bare(law), _bare(source)
    return bool(wanted) and (there == wanted or (there.startswith(wanted) and not there[len(wanted)].isalnum()))


def _bare(source: str) -> str:
    """An address without what says nothing about which law it is; words as they are, in small letters."""
    text = re.sub(r"^https?://", "", source.strip().lower()).rstrip("/")
    return re.sub(r"^(www\.)?legislation\.gov\.uk/(id/)?", "", text)


def citations(item: c.Item) -> Iterator[tuple[str, Span]]:
    """Every source that an item names anywhere in it, and where: of its conditions, its figures, and itself."""
    yield from _cited(item, item.span)
    for one in getattr(item, "under", ()):
        yield one, item.span


def _cited(value: object, here: Span) -> Iterator[tuple[str, Span]]:
    match value:
        case Mapping():
            for one in cast("Mapping[str, object]", value).values():
                yield from _cited(one, here)
        case tuple():
            for one in cast("tuple[object, ...]", value):
                yield from _cited(one, here)
        case Span() | str() | None:
            return
        case _ if has(type(value)):
            here = _place(value, here)
            for name in fields_dict(cast("type[AttrsInstance]", type(value))):
                inner: object = getattr(value, name)
                if name == "source":
                    yield from ((one, here) for one in cast("tuple[str, ...]", inner))
                else:
                    yield from _cited(inner, here)
        case _:
            return


def _place(value: object, here: Span) -> Span:
    found = value.when.span if isinstance(value, c.Leaf) else getattr(value, "span", here)
    return found if isinstance(found, Span) else here


# -- both


def _dependents(graph: Graph, of: tuple[str, ...], found: Mapping[tuple[str, str], list[Span]]) -> Dependents:
    kinds = list(KINDS.values())
    order = sorted(found, key=lambda one: (kinds.index(one[0].partition(":")[0]), one))
    direct = tuple(Dependent(one, graph.nodes[one]["label"], how, _places(found[one, how])) for one, how in order)
    readers = [one for one, how in order if how != _SETS]
    behind = all_after(graph, readers, *DECIDES).keys() - {one.node for one in direct} - set(of)
    names = tuple(graph.nodes[one]["label"] if one in graph else one for one in of)
    return Dependents(of, names, direct, {one: graph.nodes[one]["label"] for one in graph if one in behind})


def _places(spans: list[Span]) -> tuple[str, ...]:
    ordered = sorted(spans, key=lambda one: (one.source.name, one.line))
    return tuple(dict.fromkeys(one.place for one in ordered))


def _together(places: Iterable[str]) -> str:
    """Places, with each file named once: `uk/services-work.yaml:26, 27, 49`."""
    lines: dict[str, list[str]] = {}
    for one in places:
        file, _, line = one.rpartition(":")
        lines.setdefault(file, []).append(line)
    return "; ".join(f"{file}:{', '.join(found)}" for file, found in lines.items())


def _by_kind(found: tuple[T, ...], name: Callable[[T], str]) -> dict[str, list[T]]:
    by_kind: dict[str, list[T]] = {}
    for one in found:
        by_kind.setdefault(name(one).partition(":")[0], []).append(one)
    return by_kind


def _plural(kind: str, count: int) -> str:
    return f"{count} {kind}{'' if count == 1 or kind == 'legislation' else 's'}"
