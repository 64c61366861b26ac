"""How many questions until all is settled: `python benchmarks/asking.py [CITIZENS]`.

An interview, with guessed weights and with learned ones, beside three forms: one that asks all that applies to somebody
(`all`); one that skips in the order of the taxonomy what is read by nothing that is undecided (`form`, see `forms.py`);
and one that asks in the same order but leaves out, as an interview does, what cannot make a difference any more (`ours
in order`), so that only the order differs. `least` is what no order can do without (see `bound.py`). Each interview and
each form is held to the complete profile: it has to come to the same decisions.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import mean, median
from time import process_time
from typing import Any

from attrs import evolve, frozen

import lgbm
from lgbm.interview import Interview, Weights, concerned, weights_from
from lgbm.interview.learning import weights_of
from lgbm.model.concepts import Kind

_ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(_ROOT))

from benchmarks.bound import least  # noqa: E402
from benchmarks.forms import Form  # noqa: E402
from tests.corpora.places import corpora, read  # noqa: E402
from tests.corpora.translate import NEEDS, Translation  # noqa: E402
from tests.laws.test_interview import told_by  # noqa: E402

ON = date(2026, 11, 21)
LIMIT = 0.25
"""How many fewer questions than the form that is pruned as others prune theirs."""
_WAYS = ("form", "ours in order", "guessed", "learned")
_HEADS = ("citizens", "all", *_WAYS, "least")


@frozen(repr=False)
class Row:
    """What was counted for one set of citizens: means, and the median time for choosing a question."""

    what: str
    citizens: int
    all: float
    ways: Mapping[str, float]
    least: float
    """Questions that nobody can do without."""
    milliseconds: float
    longest: float

    @property
    def saved(self) -> float:
        """How many fewer questions than the form."""
        return 1 - self.ways["learned"] / self.ways["form"]

    @property
    def possible(self) -> float:
        """How many fewer the best order could have at most."""
        return 1 - self.least / self.ways["form"]


def main() -> None:
    """Count, and print the table, a line as soon as it is known."""
    citizens = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    head = "".join(f"{word:>{len(word) + 2}}" for word in _HEADS)
    print(f"{'what is to be settled':<40}{head}   saved  at most")
    for row in _all(citizens):
        counts = (row.all, *row.ways.values(), row.least)
        said = "".join(f"{one:>{len(word) + 2}.1f}" for word, one in zip(_HEADS[1:], counts, strict=True))
        verdict = "PASS" if row.saved >= LIMIT else "over" if row.possible >= LIMIT else "over: cannot be"
        print(
            f"{row.what:<40}{row.citizens:>10}{said}   {row.saved:>5.0%}    {row.possible:>4.0%}  {verdict};",
            f"{row.milliseconds:.0f} ms a question, at most {row.longest:.0f}",
            flush=True,
        )


def _all(citizens: int) -> Iterator[Row]:
    if corpora().is_dir():
        yield from (_of_others(name, citizens) for name in ("px-death", "vac", "smart-answers"))
    model = lgbm.load("four-nations")
    from lgbm.population.residents import synthetic

    weights = weights_from(model, synthetic(400, 1, on=ON, model=model), on=ON)
    people = [_plain(model, row) for row in synthetic(citizens, 2, on=ON, model=model).to_pylist()]
    yield _counted("UK, all services and needs", model, people, weights)
    yield _counted("UK, all services", model, people, weights, services=tuple(model.services))
    for event in ("becoming-unemployed", "bereavement", "having-a-baby"):
        if event in model.events:
            services = concerned(model.on(ON), event)
            what = f"UK, the {len(services)} services of {event}"
            yield _counted(what, model, people, weights, event=event, services=services)


def _of_others(name: str, citizens: int) -> Row:
    closed = name == "smart-answers"
    translation = Translation(read(f"{name}/rules.json"), closed=closed, gates=closed)
    model = lgbm.loads(translation.text())
    cases: Sequence[Any] = read(f"{name}/{'unit' if closed else 'cases'}.json")["cases"]
    drawn = random.Random(name)
    whole = [_completed(model, translation, case, cases, drawn) for case in cases]
    people = [one for one in whole if _stands(model, one)]
    book, reader = model.on(ON), model.interview(on=ON).subject.reader
    weights = weights_of(book, reader, people[1::2])
    return _counted(f"{name}, {len(model.services)} services", model, people[::2][: 5 * citizens], weights)


def _completed(
    model: lgbm.Model, translation: Translation, case: Any, cases: Sequence[Any], drawn: random.Random
) -> dict[str, Any]:
    """A case of the corpus, with what it leaves open taken from others, or drawn among the options."""
    known = translation.profile(case["facts"])
    if case.get("needs"):
        known[NEEDS] = case["needs"]
    for name, one in model.circumstances.items():
        if name in known:
            continue
        said = [translation.profile(each["facts"]).get(name) for each in cases] if one.kind is Kind.DATE else []
        given = [value for value in said if value is not None]
        options = [option for option in one.options if option != "not-asked"]
        match one.kind:
            case Kind.CHOICES:
                known[name] = sorted(drawn.sample(options, drawn.randrange(len(options) + 1)))
            case Kind.CHOICE:
                known[name] = drawn.choice(options)
            case Kind.BOOLEAN:
                known[name] = drawn.random() < 0.5
            case _:
                known[name] = drawn.choice(given) if given else drawn.randrange(100)
    return _that_apply(model, known)


def _that_apply(model: lgbm.Model, known: Mapping[str, Any]) -> dict[str, Any]:
    """*known* without the answers to questions that are not put to this citizen."""
    kept: dict[str, Any] = {}
    for name in (*(one for one in known if one not in model.on(ON).derived), *model.on(ON).derived):
        if name in known and _stands(model, {**kept, name: known[name]}):
            kept[name] = known[name]
    return kept


def _stands(model: lgbm.Model, profile: Mapping[str, Any]) -> bool:
    try:
        model.resolve(profile, on=ON)
    except lgbm.LgbmError:
        return False
    return True


def _plain(model: lgbm.Model, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the synthetic population as a complete profile."""
    known: dict[str, Any] = {}
    for name, value in row.items():
        if value is None or name not in model.circumstances:
            continue
        known[name] = _known(value)
    return known | {"receives": {service: service in (row.get("receives") or ()) for service in model.services}}


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: one for name, one in value.items() if one is not None}
    return [_known(one) for one in value] if isinstance(value, list) else value


def _counted(what: str, model: lgbm.Model, people: Sequence[Mapping[str, Any]], weights: Weights, **about: Any) -> Row:
    """The means over *people*, each interview and each form held to the complete profile."""
    asked: dict[str, list[int]] = {way: [] for way in _WAYS}
    times: list[float] = []
    fewest: list[int] = []
    begun = model.interview({}, on=ON, **about)
    form = Form(begun)
    in_order = Interview(evolve(begun.subject, as_written=True), begun.given)
    for person in people:
        # Each is begun anew: nothing is remembered of the citizens before.
        learned = model.interview({}, on=ON, weights=weights, **about)
        ended = {
            "form": form.filled_in(person),
            "ours in order": _ended(in_order, person, []),
            "guessed": _ended(model.interview({}, on=ON, **about), person, []),
            "learned": _ended(learned, person, times),
        }
        complete = model.resolve(person, event=about.get("event"), on=ON)
        for way, one in ended.items():
            asked[way].append(len(one.answers))
            for service in about.get("services") or model.services:
                found, wanted = one.resolution[service].status, complete[service].status
                if found is not wanted:
                    print(f"{what}: {service} is {found} ({way}), and {wanted} of the complete profile")
        fewest.append(least(learned, ended["learned"], person))
    every = mean(_applying(model, person) for person in people)
    ways = {way: mean(found) for way, found in asked.items()}
    return Row(what, len(people), every, ways, mean(fewest), 1000 * median(times), 1000 * max(times))


def _ended(interview: Interview, person: Mapping[str, Any], times: list[float]) -> Interview:
    while True:
        start = process_time()
        done = interview.done
        times.append(process_time() - start)
        if done:
            return interview
        interview = told_by(person, interview)


def _applying(model: lgbm.Model, person: Mapping[str, Any]) -> int:
    """How many questions a form has that asks everything that applies to somebody."""
    count = 1 if model.rulebook.passports else 0
    for name, one in model.circumstances.items():
        if one.formula is not None or name not in person:
            continue
        inner = sum(field.formula is None for field in one.fields.values())
        match one.kind:
            case Kind.PERSON:
                count += inner
            case Kind.PEOPLE:
                count += 1 + inner * len(person[name])
            case _:
                count += 1
    return count


if __name__ == "__main__":
    main()
