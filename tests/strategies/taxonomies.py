"""Taxonomies out of nothing: every kind of item, with references that resolve. Rules come from a short list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from lgbm.model import concepts as c
from lgbm.model.taxonomy import Taxonomy
from lgbm.model.values import Value, tidy
from lgbm.reading.fields import ROLES
from lgbm.source import Source, Span

NOWHERE = Span(Source("nowhere.yaml", ""), 1, 1)
RULES = (
    "age >= 18",
    "savings <= 16000",
    'tenure = "rented"',
    "not(employed)",
    "count(children[age < 5]) >= 1",
    "'a: b' # c",
)

texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufeff"), min_size=1, max_size=12
).filter(str.strip) | st.sampled_from(
    ["no", "0123", "1e3", "~", "a: b", "- a", "#", "line\nline", "tab\there", "'", '"', "\\", "null"]
)
names = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True).map(lambda name: f"{name}_")
ids = st.from_regex(r"[a-z0-9][a-z0-9.:_-]{0,6}", fullmatch=True)
labels = st.dictionaries(st.sampled_from(["en", "cy", "gd", "zh-Hant"]), texts, min_size=1, max_size=3)
dates = st.dates(date(1900, 1, 1), date(2100, 1, 1))
rules = st.sampled_from(RULES).map(lambda text: c.Written(text, NOWHERE))
statuses = st.sampled_from(["active", "draft", "deprecated"])
numbers = st.integers(-(10**6), 10**6) | st.decimals(-1000, 1000, places=2).map(tidy)


def laws(known: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Sources: words, web addresses and the ids of legislation."""
    words = st.sampled_from(["Care Act 2014, s. 1", "https://www.legislation.gov.uk/ukpga/2014/23", *known])
    return st.lists(words, max_size=2).map(tuple)


def conditions(known: list[str]) -> st.SearchStrategy[c.Condition]:
    """Rules, leaves and groups of them."""
    aside = {"because": st.just({}) | labels, "source": laws(known)}
    leaves: st.SearchStrategy[c.Condition] = st.builds(c.Leaf, when=rules, **aside)

    def groups(parts: st.SearchStrategy[c.Condition]) -> st.SearchStrategy[c.Condition]:
        several = st.lists(parts, min_size=1, max_size=3).map(tuple)
        return st.builds(c.Group, st.sampled_from(["all", "any", "none"]), several, st.just(NOWHERE), **aside)

    return st.recursive(leaves, groups, max_leaves=4)


def about(name: str) -> dict[str, Any]:
    """What every item has."""
    return {
        "id": st.just(name),
        "label": labels,
        "notes": st.just({}) | labels,
        "same_as": st.lists(st.sampled_from(["esd:123", "http://id.esd.org.uk/need/1"]), max_size=2).map(tuple),
        "status": statuses,
        "replaces": st.lists(ids, max_size=2).map(tuple),
        "span": st.just(NOWHERE),
    }


def values_of(fact: c.Circumstance) -> st.SearchStrategy[Value]:
    """Values that *fact* may have."""
    match fact.kind:
        case c.Kind.BOOLEAN:
            return st.booleans()
        case c.Kind.NUMBER:
            return numbers
        case c.Kind.MONEY:
            return st.decimals(-1000, 1000, places=2).map(tidy)
        case c.Kind.DATE:
            return dates
        case c.Kind.TEXT:
            return st.just("") | texts
        case c.Kind.CHOICE:
            return st.sampled_from(sorted(fact.options))
        case c.Kind.CHOICES:
            return st.frozensets(st.sampled_from(sorted(fact.options)))
        case c.Kind.PERSON:
            return persons(fact)
        case c.Kind.PEOPLE:
            return st.lists(persons(fact), max_size=2).map(tuple)


def persons(fact: c.Circumstance) -> st.SearchStrategy[Mapping[str, Value]]:
    """People of whom some fields are known."""
    return st.fixed_dictionaries({}, optional={name: values_of(field) for name, field in fact.fields.items()})


@st.composite
def circumstances(
    draw: st.DrawFn, name: str, *, described: bool = False, known: tuple[str, ...] = ()
) -> c.Circumstance:
    """A circumstance; or, *described*, a field of a person or an input of a table."""
    single = [kind for kind in c.Kind if kind not in (c.Kind.PERSON, c.Kind.PEOPLE)]
    kind = draw(st.sampled_from(single if described else list(c.Kind)))
    kept = about(name)
    if described:
        kept["status"] = st.just("active")
    said: dict[str, Any] = {field: draw(strategy) for field, strategy in kept.items()}
    said["question"] = draw(st.just({}) | labels)
    said["mutable"], said["sensitive"] = draw(st.booleans()), draw(st.booleans())
    if kind in (c.Kind.CHOICE, c.Kind.CHOICES):
        said["options"] = draw(st.dictionaries(texts | ids, labels, min_size=1, max_size=3))
    if kind in (c.Kind.NUMBER, c.Kind.MONEY):
        said["unit"] = draw(st.none() | texts)
        said["places"] = draw(st.none() | st.integers(2, 6))
        said["at_least"], said["at_most"] = (
            draw(st.none() | st.just(-(10**9))),
            draw(st.none() | st.just(10**20)),
        )
    if kind is c.Kind.DATE:
        said["future"] = draw(st.booleans())
    if kind in (c.Kind.PERSON, c.Kind.PEOPLE):
        field_names = draw(st.lists(names, min_size=1, max_size=3, unique=True))
        said["fields"] = {each: draw(circumstances(each, described=True)) for each in field_names}
    fact = c.Circumstance(kind=kind, **said)
    if described:
        return fact
    if draw(st.booleans()):
        fact = evolve(fact, asked_when=draw(conditions(list(known))), otherwise=draw(st.none() | values_of(fact)))
    if not fact.fields and draw(st.booleans()):
        fact = evolve(fact, formula=draw(rules))
    return fact


@st.composite
def dated_values(draw: st.DrawFn, known: list[str], sort: st.SearchStrategy[Value]) -> tuple[c.Dated, ...]:
    """Values by date, of one type."""
    days = sorted(draw(st.lists(dates, min_size=1, max_size=3, unique=True)))
    ends = [draw(st.none() | st.just(day)) for day in days]
    return tuple(c.Dated(day, end, draw(sort), draw(laws(known)), NOWHERE) for day, end in zip(days, ends, strict=True))


def amounts(known: list[str]) -> st.SearchStrategy[c.Amount]:
    """What a service pays."""
    every = st.sampled_from(["once", "week", "four weeks"])
    return st.builds(c.Amount, labels, rules, every, st.none() | conditions(known), st.just(NOWHERE))


@st.composite
def standards(draw: st.DrawFn, known: list[str]) -> c.Standard:
    """What a service promises: more of the cases in more time."""
    shares = sorted(draw(st.lists(st.integers(1, 100), min_size=1, max_size=3, unique=True)))
    times = sorted(draw(st.lists(st.integers(0, 30), min_size=len(shares), max_size=len(shares), unique=True)))
    unit = draw(st.sampled_from(["minutes", "days", "working days"]))
    targets = tuple(c.Target(share, within, unit) for share, within in zip(shares, times, strict=True))
    principle = draw(st.just({}) | labels)
    return c.Standard(draw(labels), principle, draw(texts), targets, draw(laws(known)), NOWHERE)


@st.composite
def costs(draw: st.DrawFn) -> c.Cost:
    """What a contact costs."""
    low, more = (draw(st.decimals(0, 100, places=2).map(tidy)) for _ in range(2))
    end = draw(st.none() | st.just(date(2030, 1, 1)))
    high = tidy(Decimal(low + more))
    return c.Cost(date(2020, 1, 1), end, low, high, draw(st.none() | texts), draw(laws([])), NOWHERE)


sorts = st.sampled_from([numbers, st.booleans(), dates, texts])


@st.composite
def tables(draw: st.DrawFn, name: str, known: list[str]) -> c.Table:
    """A table of one or two inputs."""
    input_names = draw(st.lists(names, min_size=1, max_size=2, unique=True))
    inputs = {each: evolve(draw(circumstances(each, described=True)), formula=None) for each in input_names}
    sort = draw(sorts)
    cells = st.sampled_from(["< 5", "[1..3)", '"a", "b"']).map(lambda text: c.Written(text, NOWHERE))
    rows = st.builds(
        c.Row,
        st.fixed_dictionaries({}, optional=dict.fromkeys(input_names, cells)),
        dated_values(known, sort),
        st.just(NOWHERE),
    )
    said = {field: draw(strategy) for field, strategy in about(name).items()}
    held = tuple(draw(st.lists(rows, min_size=1, max_size=2)))
    return c.Table(inputs=inputs, unit=draw(st.none() | texts), rows=held, **said)


@st.composite
def events(
    draw: st.DrawFn, name: str, facts: Mapping[str, c.Circumstance], services: list[str], known: list[str]
) -> c.Event:
    """An event that changes some of *facts*, and what a citizen receives."""
    changes: list[c.Change] = []
    for fact in facts.values():
        if fact.formula is not None or draw(st.booleans()):
            continue
        effects: list[st.SearchStrategy[c.Effect]] = [st.just(c.Forget()), st.builds(c.SetTo, values_of(fact))]
        effects.append(st.builds(c.Compute, rules))
        if fact.kind is c.Kind.PEOPLE:
            effects += [st.builds(c.AddPerson, persons(fact)), st.builds(c.RemoveWhere, conditions(known))]
        changes.append(c.Change(fact.id, draw(st.one_of(effects)), NOWHERE))
    received: bool = draw(st.booleans())
    if services and received:
        changes.append(c.Change(f'receives("{services[0]}")', c.SetTo(draw(st.booleans())), NOWHERE))
    said = {field: draw(strategy) for field, strategy in about(name).items()}
    return c.Event(changes=tuple(changes), leads_to=tuple(services[:1]), **said)


@st.composite
def taxonomies(draw: st.DrawFn) -> Taxonomy:
    """A taxonomy with a few items of every kind."""
    fact_names = draw(st.lists(names, max_size=4, unique=True))
    rate, table = "a_rate", "a_table"
    some = st.lists(ids, max_size=2, unique=True)
    known, needs, services, outcomes = draw(some), draw(some), draw(some), draw(some)
    indicators, channels, interactions, organisations, segments = (draw(some) for _ in range(5))
    facts = {name: draw(circumstances(name, known=tuple(known))) for name in fact_names}

    def each(item: type[Any], held: list[str], /, **fields: Any) -> dict[str, Any]:
        found = {name: draw(st.builds(item, **about(name), **fields)) for name in held}
        if len(held) == 2 and hasattr(found[held[0]], "broader"):
            found[held[0]] = evolve(found[held[0]], broader=(held[1],))
        return found

    maybe_words, maybe_condition = st.none() | texts, st.none() | conditions(known)
    address = st.none() | st.just("https://www.gov.uk/")
    return Taxonomy(
        id=draw(ids),
        label=draw(labels),
        notes=draw(st.just({}) | labels),
        leap_day_birthday=draw(st.sampled_from(["28 February", "1 March"])),
        circumstances=facts,
        rates={
            rate: draw(st.builds(c.Rate, **about(rate), values=draw(sorts.map(lambda sort: dated_values(known, sort)))))
        },
        tables={table: draw(tables(table, known))} if draw(st.booleans()) else {},
        events={"an-event": draw(events("an-event", facts, services, known))},
        needs=each(c.Need, needs, implied_by=maybe_condition),
        services=each(
            c.Service,
            services,
            meets=st.just(tuple(needs)),
            contributes_to=st.just(tuple(outcomes)),
            provider=st.just(tuple(organisations)),
            channels=st.just(tuple(channels)),
            interactions=st.just(tuple(interactions)),
            under=st.just(tuple(known)),
            jurisdictions=st.lists(texts, max_size=2).map(tuple),
            eligibility=maybe_condition,
            not_modelled=st.lists(labels, max_size=2).map(tuple),
            amounts=st.lists(amounts(known), max_size=2).map(tuple),
            standards=st.lists(standards(known), max_size=2).map(tuple),
            criticality=st.sampled_from([None, "low", "high"]),
            source=laws(known),
            url=address,
            owner=maybe_words,
            review_by=st.none() | dates,
            effective_from=st.none() | st.just(date(2020, 1, 1)),
            effective_until=st.none() | st.just(date(2030, 1, 1)),
        ),
        outcomes=each(
            c.Outcome,
            outcomes,
            measured_by=st.just(tuple(indicators)),
            criticality=st.sampled_from([None, "low", "high"]),
        ),
        indicators=each(
            c.Indicator,
            indicators,
            of=maybe_condition,
            counts=conditions(known),
            unit=maybe_words,
            better=st.sampled_from([None, "lower", "higher"]),
        ),
        channels=each(c.Channel, channels, costs=st.lists(costs(), max_size=2).map(tuple)),
        interactions=each(c.Interaction, interactions),
        organisations=each(c.Organisation, organisations, tier=maybe_words),
        legislation=each(c.Legislation, known, kind=st.sampled_from([None, "act", "duty"]), url=address),
        segments=each(
            c.Segment,
            segments,
            members=maybe_condition,
            role=st.sampled_from([None, *ROLES]),
            objectives=st.lists(
                st.builds(c.Objective, label=labels, outcomes=st.just(tuple(outcomes)), span=st.just(NOWHERE)),
                max_size=2,
            ).map(tuple)
            if outcomes
            else st.just(()),
        ),
    )
