"""Where and when a service is offered at all, whatever its rules of eligibility."""

from __future__ import annotations

from collections.abc import Iterator

from lgbm.model.concepts import Service
from lgbm.model.taxonomy import Taxonomy
from lgbm.model.values import written
from lgbm.rules import term as t
from lgbm.rules.scope import TODAY


def offered_where(service: Service, taxonomy: Taxonomy) -> Iterator[t.Term]:
    """That a citizen lives in one of the areas that the service names; nothing where that is anywhere."""
    tests: list[t.Term] = []
    texts: list[str] = []
    for where in taxonomy.jurisdiction:
        options = frozenset(taxonomy.circumstances[where].options)
        offered = options.intersection(service.jurisdictions)
        if offered == options:
            return
        if offered:
            tests.append(t.OneOf(t.Fact(where, "string"), offered))
            texts.append(f"{where} in [{', '.join(map(written, sorted(offered)))}]")
    if tests:
        whole = tests[0] if len(tests) == 1 else t.Or(tuple(tests))
        yield t.Stated(whole, t.Origin(service.span, " or ".join(texts)))


def offered_when(service: Service) -> Iterator[t.Term]:
    """That the service exists on the day."""
    for operator, day, words in ((">=", service.effective_from, "from"), ("<=", service.effective_until, "until")):
        if day is not None:
            text = f"{service.id} exists {words} {day}"
            test = t.Compare(operator, t.Fact(TODAY, "date"), t.Const(day, "date"))  # type: ignore[arg-type]
            yield t.Stated(test, t.Origin(service.span, text))
