"""What `what_would_change` and `what_would_end` promise, held against trying everything in small worlds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations, product
from typing import Any

from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

import lgbm
from lgbm.changing import Move, Range
from lgbm.executable import Model
from tests.strategies.rules import Author, Names, Sort

DAY = date(2026, 11, 21)
ENDS = ("at_least", "more_than", "at_most", "less_than")
NUMBER = {"type": "number", "places": 0, "at_least": 0, "at_most": 3}
DOMAINS: Mapping[str, tuple[Any, ...]] = {
    "yes": (True, False),
    "sure": (True, False),
    "size": (0, 1, 2, 3),
    "share": (0, 1, 2, 3),
    "work": ("a", "b", "c"),
    "marks": ((), ("p",), ("q",), ("p", "q")),
    "hours": (0, 1, 2, 3),
    "partner.age": (0, 1, 2, 3),
    "partner.well": (True, False),
    'receives("s0")': (True, False),
}
"""What a person can change in these worlds, and all the values that there are."""
PARTNER = {"age": Sort("number"), "well": Sort("boolean"), "born": Sort("number")}
SORTS: Mapping[str, Sort] = {
    "yes": Sort("boolean"),
    "sure": Sort("boolean"),
    "fixed": Sort("boolean"),
    "size": Sort("number"),
    "share": Sort("number"),
    "work": Sort("choice", ("a", "b", "c")),
    "marks": Sort("choices", ("p", "q")),
    "hours": Sort("number"),
    "partner": Sort("person", fields=PARTNER),
    "reckoned": Sort("number"),
    "able": Sort("boolean"),
}


PLAIN = (
    "size >= 2", "size + share <= 2", "share < size", 'work = "a"', 'work in ["b", "c"]', "hours >= 1", "hours = 2",
    "able", "sure", "not(yes)", "fixed", "partner.age < 2", "partner.well", 'receives("s0")', 'eligible("s0")',
    'list contains(marks, "p")', 'not(list contains(marks, "q"))', "reckoned > share", "if yes then size > 1 else sure",
    "2 * size - share >= 3", "even(size)", "partner.age + hours = 3", "partner.born < 2", "floor(size / 2) = 1",
)  # fmt: skip


@frozen(repr=False)
class Small:
    """A world in which everything can be tried, and somebody in it."""

    model: Model
    known: Mapping[str, Any]
    written: str

    def __repr__(self) -> str:
        return f"{self.written}\nknown: {dict(self.known)}"

    @property
    def decision(self) -> lgbm.Decision:
        return self.model.resolve(self.known, on=DAY)["s1"]


def _taxonomy(author: Author) -> dict[str, Any]:
    base = {name: sort for name, sort in SORTS.items() if name not in ("hours", "reckoned", "able")}
    gate = author.condition(Names(base), 1)
    gated = {**base, "hours": SORTS["hours"]}
    reckoned = author.number(Names(gated), 2)
    able = author.boolean(Names({**gated, "reckoned": SORTS["reckoned"]}), 2)
    yes: dict[str, Any] = {"type": "boolean"}
    described: dict[str, dict[str, Any]] = {
        "yes": yes,
        "sure": yes,
        "fixed": {**yes, "mutable": False},
        "size": NUMBER,
        "share": NUMBER,
        "work": {"type": "choice", "options": {one: one for one in "abc"}},
        "marks": {"type": "choices", "options": {one: one for one in "pq"}},
        "hours": {**NUMBER, "asked_when": gate, **({"otherwise": 0} if author.maybe() else {})},
        "partner": {"type": "person", "fields": {"age": NUMBER, "well": yes, "born": {**NUMBER, "mutable": False}}},
        "reckoned": {"type": "number", "formula": reckoned},
        "able": {**yes, "formula": able},
    }
    every = Names(SORTS)
    keeping = Names(SORTS, receives=("s0",))
    claiming = Names(SORTS, receives=("s0",), eligible=("s0",))
    return {
        "circumstances": {name: {"label": f"The {name}", **about} for name, about in described.items()},
        "services": {
            "gate": {"label": "Gate", "eligibility": gate},
            "s0": {"label": "S0", "eligibility": author.condition(author.one((every, keeping)), 1)},
            "s1": {"label": "S1", "eligibility": _rules(author) if author.below(4) else author.condition(claiming, 3)},
        },
    }


def _rules(author: Author, depth: int = 2) -> Any:
    """Rules of plain conditions, as most services have them."""
    if not depth:
        return author.one(PLAIN)
    return {author.one(("all", "all", "any", "none")): [_rules(author, depth - 1) for _ in range(1 + author.below(3))]}


def _tree(known: Mapping[str, Any]) -> dict[str, Any]:
    """Facts by paths, as a profile has them."""
    found: dict[str, Any] = {}
    for path, value in known.items():
        owner, _, field = path.partition(".")
        if field:
            found.setdefault(owner, {})[field] = value
        else:
            found[path] = [*value] if type(value) is tuple else value
    return found


@st.composite
def smalls(draw: st.DrawFn) -> Small:
    """A small world and a citizen: of her everything is known, or most things."""
    author = Author(draw)
    written = json.dumps(_taxonomy(author), indent=1)
    model = lgbm.loads(written)
    tenths = author.one((10, 10, 7))
    everything = {**DOMAINS, "fixed": (True, False), "partner.born": (0, 1, 2, 3)}
    known = {path: author.one(domain) for path, domain in everything.items() if author.below(10) < tenths}
    if _refused(model, known):
        known.pop("hours", None)
    return Small(model, _tree(known), written)


def _refused(model: Model, known: Mapping[str, Any]) -> bool:
    try:
        model.resolve(_tree(known), on=DAY)
    except lgbm.ProfileError:
        return True
    return False


# -- the oracle: everything is tried, by resolving


def _flat(profile: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in profile.items():
        if name == "partner":
            found |= {f"partner.{field}": one for field, one in value.items()}
        else:
            found[name] = (*value,) if type(value) is list else value
    return found


def _status(small: Small, changes: Mapping[str, Any]) -> lgbm.Status | None:
    """The answer after *changes*; nothing where they contradict each other, or need what cannot be had."""
    facts = {**_flat(small.known), **changes}
    if "hours" in facts and "hours" not in changes:
        gate = small.model.resolve(_tree(_without(facts, "hours")), on=DAY)["gate"].status
        before = small.model.resolve(small.known, on=DAY)["gate"].status
        reads = small.model.rulebook.reads["hours"]
        touched = any(path.partition(".")[0] in reads for path in changes)
        # What was stated of it lapses with what it depends on, but where it would be the same if it did not apply.
        either_way = facts["hours"] == small.model.circumstances["hours"].otherwise
        lapsed = gate is lgbm.Status.UNDETERMINED and (touched or before is not gate) and not either_way
        if gate is lgbm.Status.INELIGIBLE or lapsed:
            facts = _without(facts, "hours")
    try:
        answer = small.model.resolve(_tree(facts), on=DAY)
    except lgbm.ProfileError:
        return None
    if changes.get('receives("s0")') is True:
        # To be had, a service has to be due before it is received; and it has to stay due.
        first = small.model.resolve(_tree({**facts, 'receives("s0")': False}), on=DAY)
        claimed = {answer["s0"].status, first["s0"].status}
        if lgbm.Status.INELIGIBLE in claimed:
            return None
        if lgbm.Status.UNDETERMINED in claimed and answer["s1"].status is lgbm.Status.ELIGIBLE:
            return lgbm.Status.UNDETERMINED
    return answer["s1"].status


def _without(facts: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {one: value for one, value in facts.items() if one != name}


def _able(small: Small) -> dict[str, Any]:
    """The facts that may change, and what is so now."""
    now = _flat(small.model.resolve(small.known, on=DAY).facts.known)
    gate = small.model.resolve(small.known, on=DAY)["gate"].status
    able = [path for path in DOMAINS if path in now or (path == "hours" and gate is lgbm.Status.INELIGIBLE)]
    return {path: now.get(path) for path in able}


def _working(small: Small, most: int) -> dict[frozenset[str], list[dict[str, Any]]]:
    """Of the smallest sets of facts that would do, the values that do, found by trying all of them."""
    able = _able(small)
    for size in range(1, most + 1):
        found: dict[frozenset[str], list[dict[str, Any]]] = {}
        for paths in combinations(sorted(able), size):
            for values in product(*(DOMAINS[path] for path in paths)):
                changes = dict(zip(paths, values, strict=True))
                if any(value == able[path] for path, value in changes.items()):
                    continue
                if _status(small, changes) is lgbm.Status.ELIGIBLE:
                    found.setdefault(frozenset(paths), []).append(changes)
        if found:
            return found
    return {}


def _inside(value: Any, span: Range) -> bool:
    ends = {name: getattr(span, name) for name in ENDS}
    return (
        (ends["at_least"] is None or value >= ends["at_least"])
        and (ends["more_than"] is None or value > ends["more_than"])
        and (ends["at_most"] is None or value <= ends["at_most"])
        and (ends["less_than"] is None or value < ends["less_than"])
    )


def _values(move: Move) -> Iterator[Any]:
    """Every value of the domain that a suggestion names."""
    for value in DOMAINS[move.fact]:
        if value in move.options if move.range is None else _inside(value, move.range):
            yield value


def _apart(one: Any, other: Any) -> int:
    """By how many options two sets differ."""
    return len({*one} ^ {*other})


# -- the laws


@given(small=smalls())
def test_every_suggestion_resolves_to_eligible(small: Small) -> None:
    """What is suggested without a condition is resolved again, and comes out eligible."""
    for one in small.decision.what_would_change().suggestions:
        answer = small.model.resolve(one.profile, on=DAY)
        status = answer["s1"].status
        # With a service to be claimed first, what is missing may be missing for that one.
        assert status is lgbm.Status.ELIGIBLE or (one.missing and status is lgbm.Status.UNDETERMINED)


@given(small=smalls())
def test_every_value_of_a_suggestion_does(small: Small) -> None:
    """An option or a number within the ends that are named will do, the other facts being as suggested."""
    for one in small.decision.what_would_change().suggestions:
        nearest = {move.fact: move.value for move in one.changes}
        for move in one.changes:
            assert move.value in list(_values(move))
            for value in _values(move):
                status = _status(small, {**nearest, move.fact: value})
                assert status is (lgbm.Status.UNDETERMINED if one.missing else lgbm.Status.ELIGIBLE) or (
                    one.missing and status is lgbm.Status.ELIGIBLE
                )


@given(small=smalls())
def test_no_smaller_change_does_and_none_as_small_is_left_out(small: Small) -> None:
    """Trying all values of all sets of up to two facts finds the same sets."""
    found = small.decision.what_would_change(most=2)
    if found.status == "eligible":
        assert found.suggestions == ()
        return
    ours = {frozenset(move.fact for move in one.changes) for one in found.suggestions if not one.missing}
    tried = _working(small, 2)

    if found.proven:
        assert ours == set(tried)
    else:
        assert ours <= set(tried) or not tried


@given(small=smalls())
def test_all_values_of_a_single_fact_are_named(small: Small) -> None:
    """Of one fact that is no number, the options named are all that do; of a number, those around the nearest."""
    found = small.decision.what_would_change(most=1)
    tried = _working(small, 1) if found.status != "eligible" else {}
    for one in found.suggestions:
        (move,) = one.changes
        if one.missing or not found.proven:
            continue
        working = [changes[move.fact] for changes in tried[frozenset((move.fact,))]]
        if move.fact == "marks":
            # Of sets, those are named that differ in one option; where there are none, what differs least.
            beside = [value for value in working if _apart(value, move.before) == 1]
            named = {*move.options}
            assert named == {*beside} or (not beside and named == {*working})
        elif move.range is None:
            assert sorted(map(str, move.options)) == sorted(map(str, working))
        else:
            assert set(_values(move)) <= set(working)


@given(small=smalls())
def test_nothing_fixed_derived_or_unknown_is_ever_suggested(small: Small) -> None:
    """Only what is known, and what a person can change, is among the changes."""
    able = _able(small)
    for one in small.decision.what_would_change().suggestions:
        assert {move.fact for move in one.changes} <= able.keys()
        assert all(move.value != move.before for move in one.changes)


@given(small=smalls())
def test_what_would_end_it_ends_it(small: Small) -> None:
    """At each cliff the answer is another one, and one step before a number gets there it is not."""
    decision = small.decision
    for cliff in decision.what_would_end().cliffs:
        path, value = cliff.change.fact, cliff.change.value
        status = _ended(small, path, value)
        assert status is (lgbm.Status.INELIGIBLE if cliff.ends else lgbm.Status.UNDETERMINED)
        if cliff.change.range is not None:
            before = cliff.change.before
            between = [one for one in range(4) if min(before, value) <= one <= max(before, value) and one != value]  # type: ignore[type-var, operator]
            assert all(_ended(small, path, one) is lgbm.Status.ELIGIBLE for one in between) or not _whole(cliff.change)


@given(small=smalls())
def test_no_single_fact_that_would_end_it_is_left_out(small: Small) -> None:
    """Trying every other value of every known fact finds no other cliff."""
    decision = small.decision
    if decision.status is not lgbm.Status.ELIGIBLE:
        assert decision.what_would_end().cliffs == ()
        return
    named = {cliff.change.fact for cliff in decision.what_would_end().cliffs}
    now = _flat(small.model.resolve(small.known, on=DAY).facts.known)
    for path, domain in {**DOMAINS, "fixed": (True, False), "partner.born": (0, 1, 2, 3)}.items():
        if path in now and path not in named:
            ends = [one for one in domain if _ended(small, path, one) is lgbm.Status.INELIGIBLE]
            assert ends == [] or path == "marks"


def _whole(move: Move) -> bool:
    return move.range is not None and move.range.at_least != move.range.at_most


def _ended(small: Small, path: str, value: Any) -> lgbm.Status | None:
    answer = _status(small, {path: value})
    if path == 'receives("s0")' and value is True:
        facts = {**_flat(small.known), path: value}
        return small.model.resolve(_tree(facts), on=DAY)["s1"].status
    return answer


# -- three facts at once, where there are only two values for each


@st.composite
def yes_and_no(draw: st.DrawFn) -> Small:
    """A world of plain questions: each can change, but for one; one is asked only sometimes, one follows."""
    author = Author(draw)
    names = [*"abcdef"]
    about: dict[str, dict[str, Any]] = {name: {"label": name, "type": "boolean"} for name in (*names, "never")}
    about["never"]["mutable"] = False
    about["follows"] = {"label": "follows", "type": "boolean", "formula": _plain(author, names, 1)}
    about["f"] |= {"asked_when": _plain(author, names[:5], 1), "otherwise": author.maybe()}
    every = [*names, "never", "follows", "follows"]
    rules = {"all": [_plain(author, every, 2) for _ in range(3 + author.below(2))]}
    services = {
        "gate": {"label": "Gate", "eligibility": about["f"]["asked_when"]},
        "s1": {"label": "S1", "eligibility": rules},
    }
    written = json.dumps({"circumstances": about, "services": services}, indent=1)
    model = lgbm.loads(written)
    known = {name: author.maybe() for name in (*names, "never") if author.below(10)}
    if _refused(model, known):
        known.pop("f", None)
    return Small(model, known, written)


def _plain(author: Author, names: list[str], depth: int) -> str:
    if not depth:
        name = str(author.one(names))
        return f"not({name})" if author.below(3) == 2 else name
    parts = [_plain(author, names, depth - 1) for _ in range(2)]
    return "(" + (" or " if author.below(3) == 1 else " and ").join(parts) + ")"


def _after_plain(small: Small, changes: Mapping[str, bool]) -> lgbm.Status | None:
    facts = {**small.known, **changes}
    if "f" in small.known and "f" not in changes:
        gates = [small.model.resolve(_without(one, "f"), on=DAY)["gate"].status for one in (small.known, facts)]
        touched = not small.model.rulebook.reads["f"].isdisjoint(changes)
        usual = facts["f"] is small.model.circumstances["f"].otherwise
        undecided = gates[1] is lgbm.Status.UNDETERMINED and (touched or gates[0] is not gates[1])
        if gates[1] is lgbm.Status.INELIGIBLE or (undecided and not usual):
            facts = _without(facts, "f")
    try:
        return small.model.resolve(facts, on=DAY)["s1"].status
    except lgbm.ProfileError:
        return None


@given(small=yes_and_no())
def test_up_to_three_facts_none_smaller_is_left_out_and_none_as_small(small: Small) -> None:
    """Every set of one, two and three of all facts is tried; what is suggested is what does, and no other."""
    found = small.decision.what_would_change()
    if found.status == "eligible":
        return
    now = small.model.resolve(small.known, on=DAY)
    able = [name for name in "abcdef" if name in now.facts.known]
    ours = {frozenset((move.fact, move.value) for move in one.changes) for one in found.suggestions if not one.missing}
    for size in (1, 2, 3):
        tried = [{name: not now.facts.known[name] for name in chosen} for chosen in combinations(able, size)]
        working = {frozenset(one.items()) for one in tried if _after_plain(small, one) is lgbm.Status.ELIGIBLE}
        if working:
            break
    assert found.proven
    assert ours == working
