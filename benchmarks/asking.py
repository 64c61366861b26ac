"""How many questions until all is settled: `python benchmarks/asking.py [CITIZENS]`.

An interview, with guessed weights and with learned ones, beside a form that asks in the order of the taxonomy and
leaves out what cannot matter any more, and beside a form that asks all that applies to somebody; and how many of the
questions are such that no order of asking could do without them. Each interview is held
to the complete profile: it has to come to the same decisions.
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

from tests.corpora.places import corpora, read  # noqa: E402
from tests.corpora.translate import NEEDS, Translation  # noqa: E402
from tests.laws.test_interview import told_by  # noqa: E402

ON = date(2026, 11, 21)
LIMIT = 0.25
"""How many fewer questions than the form that leaves out what cannot matter."""


_HEADS = ("citizens", "all", "form", "guessed", "learned", "least")


@frozen(repr=False)
class Row:
    """What was counted for one set of citizens."""

    what: str
    citizens: int
    all: float
    form: float
    guessed: float
    learned: float
    least: float
    """Questions that nobody can do without: with every other fact known, something would stay open."""
    milliseconds: float

    @property
    def saved(self) -> float:
        """How many fewer questions than the form."""
        return 1 - self.learned / self.form


def main() -> None:
    """Count, and print the table, a line as soon as it is known."""
    citizens = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    print(f"{'what is to be settled':<44}" + "".join(f"{word:>9}" for word in _HEADS) + f"{'saved':>8}")
    for row in _all(citizens):
        counts = (row.all, row.form, row.guessed, row.learned, row.least)
        verdict = "PASS" if row.saved >= LIMIT else "over"
        print(
            f"{row.what:<44}{row.citizens:>9}" + "".join(f"{one:>9.1f}" for one in counts),
            f"{row.saved:>7.0%}  {verdict}  {row.milliseconds:.0f} ms a question",
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
    """The means over *people*, each interview held to the complete profile."""
    asked: dict[str, list[int]] = {"form": [], "guessed": [], "learned": []}
    times: list[float] = []
    least: list[int] = []
    for person in people:
        for way, given in (("form", None), ("guessed", None), ("learned", weights)):
            interview = model.interview({}, on=ON, weights=given, **about)
            if way == "form":
                interview = Interview(evolve(interview.subject, as_written=True), interview.given)
            while True:
                start = process_time()
                if interview.done:
                    break
                if way == "learned":
                    times.append(process_time() - start)
                interview = told_by(person, interview)
            asked[way].append(len(interview.answers))
            if way == "learned":
                least.append(sum(_indispensable(model, person, one.asked, about) for one in interview.answers))
            complete = model.resolve(person, event=about.get("event"), on=ON)
            for service in about.get("services") or model.services:
                found, wanted = interview.resolution[service].status, complete[service].status
                if found is not wanted:
                    print(f"{what}: {service} is {found}, and {wanted} of the complete profile")
    every = mean(_applying(model, person) for person in people)
    form, guessed, learned = (mean(asked[way]) for way in ("form", "guessed", "learned"))
    return Row(what, len(people), every, form, guessed, learned, mean(least), 1000 * median(times))


def _indispensable(model: lgbm.Model, person: Mapping[str, Any], asked: str, about: Mapping[str, Any]) -> bool:
    """Whether something stays open that is settled otherwise, when all but this is known."""
    owner, _, inner = asked.partition(".")
    base, _, place = owner.partition("[")
    less = dict(person)
    if place:
        people = [dict(one) for one in person[base]]
        people[int(place[:-1]) - 1].pop(inner, None)
        less[base] = people
    elif inner:
        less[base] = {name: one for name, one in person[base].items() if name != inner}
    else:
        less.pop(asked, None)
    whole, rest = (model.interview(known, on=ON, **about).choosing.open.keys() for known in (person, less))
    return not rest <= whole


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
