"""Cards of services, and of what they are for: events, needs, outcomes, indicators, and who provides them."""

from __future__ import annotations

from collections.abc import Iterator

from lgbm import notebook as nb
from lgbm.cards.words import Words
from lgbm.model import concepts as c
from lgbm.model.concepts import in_language
from lgbm.notebook import Html

_SHORT = 8


def service(one: c.Service, words: Words) -> Html:
    """Who gets it, in words; what has to be known for that; who keeps it true."""
    taxonomy = words.taxonomy
    about = (
        ("for", words.labels(taxonomy.needs, one.meets)),
        ("where", nb.joined(_areas(one, words), ", ")),
        ("provided by", words.labels(taxonomy.organisations, one.provider)),
        ("through", ", ".join(taxonomy.channels[name].named() for name in one.channels)),
        ("exists", _lifetime(one)),
        ("rules kept by", one.owner or "nobody is named"),
        ("to be reviewed by", str(one.review_by) if one.review_by else "no date is set"),
        ("more", nb.link(one.url, one.url) if one.url else ""),
    )
    return nb.joined(
        (
            _overdue(one, words),
            nb.facts(about),
            _who(one, words),
            _asked(one, words),
            nb.part("What it pays", nb.bullets(_paid(one))),
            nb.part("Not checked by these rules", nb.bullets(map(_english, one.not_modelled))),
            _standards(one, words),
            nb.folded(
                "What it contributes to, and where this was found",
                nb.facts(
                    (
                        ("contributes to", words.labels(taxonomy.outcomes, one.contributes_to)),
                        ("under", words.labels(taxonomy.legislation, one.under)),
                        ("source", words.sources(one.source)),
                    )
                ),
            ),
        )
    )


def _overdue(one: c.Service, words: Words) -> Html:
    if one.review_by is None or one.review_by >= words.day:
        return Html()
    return nb.paragraph(nb.strong(f"Review overdue: these rules were to be reviewed by {one.review_by}."))


def _areas(one: c.Service, words: Words) -> Iterator[str]:
    if not one.jurisdictions:
        yield "everywhere"
    options = {
        option: labels
        for where in words.taxonomy.jurisdiction
        for option, labels in words.taxonomy.circumstances[where].options.items()
    }
    for area in one.jurisdictions:
        yield _english(options.get(area, {})) or area


def _lifetime(one: c.Service) -> str:
    since = f"from {one.effective_from}" if one.effective_from else ""
    until = f"until {one.effective_until}" if one.effective_until else ""
    return " ".join(each for each in (since, until) if each)


def _who(one: c.Service, words: Words) -> Html:
    if one.eligibility is None:
        said = "No eligibility rules are written for it: nobody is told yes or no."
        return nb.part("Who gets it", nb.paragraph(said))
    return nb.part("Who gets it", words.condition(one.eligibility))


def _asked(one: c.Service, words: Words) -> Html:
    term = words.book.book.services.get(one.id)
    facts = [words.fact(name) for name in words.asked(term)] if term is not None else []
    if len(facts) <= _SHORT:
        return nb.part("What has to be known", nb.bullets(facts))
    counted = f"up to {len(facts)} facts; which of them, depends on the answers"
    return nb.part("What has to be known", nb.folded(counted, nb.bullets(facts)))


def _paid(one: c.Service) -> Iterator[Html]:
    for each in one.amounts:
        often = each.every if each.every == "once" else f"every {each.every}"
        yield nb.joined((f"{_english(each.label)}, {often}:", nb.code(each.value.text)), " ")


def _standards(one: c.Service, words: Words) -> Html:
    rows = [
        (_english(each.label), "; ".join(map(str, each.targets)), words.sources(each.source)) for each in one.standards
    ]
    return nb.part("What it promises", nb.table(("standard", "targets", "source"), rows))


def event(one: c.Event, words: Words) -> Html:
    """What it changes, and which services it leads to at once."""
    rows = [(words.fact(change.circumstance), _effect(change, words)) for change in one.changes]
    return nb.joined(
        (
            nb.part("What it changes", nb.table(("circumstance", "becomes"), rows)),
            nb.part(
                "Leads to at once", nb.bullets(words.labelled(words.taxonomy.services, name) for name in one.leads_to)
            ),
        )
    )


def _effect(change: c.Change, words: Words) -> Html:
    match change.effect:
        case c.SetTo(value=value):
            return nb.drawn(words.names.value(value, change.circumstance))
        case c.Compute(formula=formula):
            return nb.joined(("worked out anew:", nb.code(formula.text)), " ")
        case c.AddPerson(fields=fields):
            told = ", ".join(f"{name} {words.names.value(each, name)}" for name, each in fields.items())
            return nb.drawn("one person more" + (f": {told}" if told else ""))
        case c.RemoveWhere(where=where):
            return nb.joined(("without those of whom", words.condition(where)), " ")
        case c.Forget():
            return nb.drawn("not known")


def need(one: c.Need, words: Words) -> Html:
    """When somebody has it, and what meets it."""
    taxonomy = words.taxonomy
    meeting = words.book.book.meeting.get(one.id, ())
    parts = [each.id for each in taxonomy.needs.values() if one.id in each.broader]
    rows = (
        ("part of", words.labels(taxonomy.needs, one.broader)),
        ("parts", words.labels(taxonomy.needs, parts)),
        ("met by", words.labels(taxonomy.services, meeting) or ("" if parts else "no service")),
    )
    return nb.joined(
        (
            nb.part("Who has it", words.condition(one.implied_by) if one.implied_by else ""),
            nb.facts(rows),
        )
    )


def outcome(one: c.Outcome, words: Words) -> Html:
    """What contributes to it, and what measures it."""
    taxonomy = words.taxonomy
    contributing = [each.id for each in taxonomy.services.values() if one.id in each.contributes_to]
    rows = (
        ("services that contribute", words.labels(taxonomy.services, contributing) or "none"),
        ("measured by", words.labels(taxonomy.indicators, one.measured_by) or "no indicator"),
        ("part of", words.labels(taxonomy.outcomes, one.broader)),
    )
    return nb.facts(rows)


def indicator(one: c.Indicator, words: Words) -> Html:
    """Whom it counts, of whom, and which way is better."""
    measured = [each.id for each in words.taxonomy.outcomes.values() if one.id in each.measured_by]
    return nb.joined(
        (
            nb.facts(
                (
                    ("measures", words.labels(words.taxonomy.outcomes, measured)),
                    ("in", one.unit or ""),
                    ("better", one.better or ""),
                )
            ),
            nb.part("Of all these", words.condition(one.of) if one.of is not None else nb.paragraph("everybody")),
            nb.part("it counts", words.condition(one.counts)),
        )
    )


def organisation(one: c.Organisation, words: Words) -> Html:
    """What it provides."""
    provided = [each.id for each in words.taxonomy.services.values() if one.id in each.provider]
    rows = (
        ("tier", one.tier or ""),
        ("part of", words.labels(words.taxonomy.organisations, one.broader)),
        ("provides", words.labels(words.taxonomy.services, provided) or "no service here"),
    )
    return nb.facts(rows)


def legislation(one: c.Legislation, words: Words) -> Html:
    """What it is, where it can be read, and which services are provided under it."""
    under = [each.id for each in words.taxonomy.services.values() if one.id in each.under]
    rows = (
        ("kind", one.kind or ""),
        ("read it", nb.link(one.url, one.url) if one.url else ""),
        ("part of", words.labels(words.taxonomy.legislation, one.broader)),
        ("services under it", words.labels(words.taxonomy.services, under)),
    )
    return nb.facts(rows)


def interaction(one: c.Interaction, words: Words) -> Html:
    """Which services have it."""
    having = [each.id for each in words.taxonomy.services.values() if one.id in each.interactions]
    return nb.facts((("services", words.labels(words.taxonomy.services, having) or "none"),))


def _english(labels: c.Labels) -> str:
    return in_language(labels, "en") or ""
