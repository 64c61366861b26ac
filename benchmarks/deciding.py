"""One citizen and a whole catalogue: deciding, resolving, and the choice of engine.

Every engine is given what it takes: our compiled rulebook the facts as they were read from the profile, the peers the
dictionary. `resolve` is given the dictionary, and reads and checks it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from measure import ROUNDS, Line, interleaved
from workload import bench, taxonomy

import lgbm
from lgbm.model.facts import Facts

_PROFILES = 60
_FASTER = {100: 4.0, 1000: 8.0}
_WITH_GAPS = 3.5

Peer = Callable[[dict[str, Any]], Sequence[int]]


def lines(size: int, rounds: int = ROUNDS) -> list[Line]:
    """What stands in the table for a catalogue of *size* services."""
    gen, core = bench("gen"), bench("w1_core")
    model = lgbm.loads(taxonomy(size))
    rules = gen.lowered(size)
    complete = gen.profiles(_PROFILES, seed=7)
    gaps = gen.profiles(_PROFILES, seed=8, missing=0.1)
    peers = _peers(rules)
    codegen, bitset = core.make_codegen(rules), core.make_bitset(rules)
    reference = core.make_interp(rules)
    _agree(model, reference, [*complete, *gaps])
    for name, peer in {**peers, "codegen": codegen, "bitset": bitset}.items():
        _agrees(name, peer, reference, complete if name in peers else [*complete, *gaps])

    decide = model._on(gen.AS_OF)[0].compiled.decide
    whole, partial = _facts(model, complete), _facts(model, gaps)
    found = interleaved(
        {
            "decide": (decide, whole),
            "decide with gaps": (decide, partial),
            "eligible": (lambda one: [each.id for each in model.resolve(one, on=gen.AS_OF).eligible], complete),
            "statuses": (lambda one: [each.status for each in model.resolve(one, on=gen.AS_OF).services], complete),
            **{name: (peer, complete) for name, peer in peers.items()},
            **{name: (call, inputs) for name, (call, inputs) in _bare(rules, complete).items()},
            "codegen": (codegen, complete),
            "codegen with gaps": (codegen, gaps),
            "bitset": (bitset, complete),
            "bitset with gaps": (bitset, gaps),
        },
        # Turns are short here, and other work on the machine comes in bursts: many of them see through it.
        5 * rounds,
    )
    best = min(peers, key=lambda name: found[name])
    bare = min(found[f"{name}, bare call"] for name in peers)
    of = f"{size:,} services"
    return [
        *(
            Line(
                f"decide one profile, {of}",
                found["decide"],
                found[name],
                name,
                _FASTER[size] if name == best else None,
                True,
            )
            for name in peers
        ),
        Line(
            f"decide one profile, {of}", found["decide"], bare, "the faster of these, answers not collected", None, True
        ),
        Line(
            f"a tenth of the facts missing, {of}",
            found["decide with gaps"],
            found["decide"],
            "all facts known",
            _WITH_GAPS,
        ),
        Line(f"resolve: ids of the eligible, {of}", found["eligible"], found[best], best, 1.0),
        Line(f"resolve: every status, {of}", found["statuses"], found[best], best, 1.0),
        *(
            Line(f"engine: generated function, {of}", found["decide"], found[name], f"shared/bench {name}", None, True)
            for name in ("codegen", "bitset")
        ),
        *(
            Line(
                f"engine, with gaps, {of}",
                found["decide with gaps"],
                found[f"{name} with gaps"],
                f"shared/bench {name}",
                None,
                True,
            )
            for name in ("codegen", "bitset")
        ),
    ]


def _peers(rules: Any) -> dict[str, Peer]:
    peers = bench("w1_peers")
    return {"GoRules Zen, array": peers.make_zen_array(rules), "datalogic-py, array": peers.make_datalogic_array(rules)}


def _bare(rules: Any, profiles: Sequence[dict[str, Any]]) -> dict[str, tuple[Callable[[Any], object], Sequence[Any]]]:
    """The peers' own calls and nothing around them: dates turned to numbers before, answers left as they come."""
    import datalogic_py
    import zen

    peers = bench("w1_peers")
    write = peers.Zen()
    expression = zen.compile_expression("[" + ", ".join(write.emit(rule) for _, rule in rules) + "]")
    engine = datalogic_py.Engine()
    compiled, session = engine.compile([peers.jl(rule) for _, rule in rules]), engine.session()
    return {
        "GoRules Zen, array, bare call": (expression.evaluate, [peers.dates_to_int(one) for one in profiles]),
        "datalogic-py, array, bare call": (lambda one: session.evaluate(compiled, one), profiles),
    }


def _facts(model: lgbm.Model, profiles: Sequence[dict[str, Any]]) -> list[Facts]:
    on = bench("gen").AS_OF
    return [model.resolve(one, on=on).facts for one in profiles]


def _agree(model: lgbm.Model, reference: Peer, profiles: Sequence[dict[str, Any]]) -> None:
    """Whether `decide` and `resolve` both say what the reference interpreter says; if not, nothing is worth timing."""
    on = bench("gen").AS_OF
    decide = model._on(on)[0].compiled.decide
    size = len(model.services)
    codes = {lgbm.Status.INELIGIBLE: 0, lgbm.Status.UNDETERMINED: 1, lgbm.Status.ELIGIBLE: 2}

    def decided(facts: Facts) -> list[int]:
        found = decide(facts)
        return [yes + perhaps for yes, perhaps in zip(found.must[:size], found.may[:size], strict=True)]

    def resolved(one: dict[str, Any]) -> list[int]:
        statuses = {each.id: codes[each.status] for each in model.resolve(one, on=on).services}
        return [statuses[name] for name in sorted(statuses)]

    _agrees("decide", lambda one: decided(model.resolve(one, on=on).facts), reference, profiles)
    _agrees("resolve", resolved, reference, profiles)


def _agrees(name: str, peer: Peer, reference: Peer, profiles: Sequence[dict[str, Any]]) -> None:
    for place, one in enumerate(profiles):
        if list(peer(one)) != list(reference(one)):
            raise SystemExit(f"{name} and the reference interpreter differ on profile {place}: nothing was measured")
