"""What a notebook shows: what is wanted first comes first, labels are never markup, and nothing is loaded."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import lgbm
from lgbm.outline import Line, as_html

ROOT = Path(__file__).parents[2]
HOSTILE = "<script>alert(1)</script>"
TOWN = f"""
taxonomy: {{id: town, label: "Riverford {HOSTILE}", notes: "{HOSTILE}", jurisdiction: nation}}
circumstances:
  nation: {{label: Nation, type: choice, options: {{north: "North {HOSTILE}", south: South}}}}
  age:
    {{label: "Age {HOSTILE}", type: number, unit: years, at_least: 0, question: "{HOSTILE}", mutable: false}}
  of_age: {{label: Grown up, type: boolean, formula: age >= 18}}
  savings: {{label: Savings, type: money, unit: GBP, sensitive: true}}
  children: {{label: Children, type: people, fields: {{age: {{label: "{HOSTILE}", type: number}}}}}}
rates:
  limit:
    label: "Limit {HOSTILE}"
    unit: GBP
    values: [{{from: 2020-01-01, value: 6000, source: law}}, {{from: 2999-01-01, value: 9000, source: "{HOSTILE}"}}]
tables:
  cap:
    label: Cap
    inputs: {{age: {{type: number}}}}
    rows: [{{age: "< 5", values: [{{from: 2020-01-01, value: 1}}]}}]
events:
  birth:
    label: "Birth {HOSTILE}"
    notes: "{HOSTILE}"
    changes: {{children: {{add: {{age: 0}}}}, savings: {{forget: true}}}}
    leads_to: help
needs:
  money: {{label: "Money {HOSTILE}", implied_by: savings < limit}}
services:
  help:
    label: "Help {HOSTILE}"
    meets: money
    contributes_to: wealth
    provider: council
    channels: web
    jurisdictions: north
    owner: "{HOSTILE}"
    review_by: 2020-01-01
    url: "https://example.org/?a=1&b=<2>"
    not_modelled: ["{HOSTILE}"]
    eligibility:
      all:
        - {{when: of_age, because: "{HOSTILE}", source: law}}
        - any: [savings <= limit, 'receives("other")']
  other: {{label: Other}}
outcomes: {{wealth: {{label: "Wealth {HOSTILE}", measured_by: rate}}}}
indicators: {{rate: {{label: "Rate {HOSTILE}", of: of_age, counts: savings < 5, unit: percent, better: lower}}}}
channels: {{web: {{label: "Web {HOSTILE}"}}}}
interactions: {{apply: {{label: "Apply {HOSTILE}"}}}}
organisations: {{council: {{label: "Council {HOSTILE}", tier: district}}}}
legislation: {{law: {{label: "Law {HOSTILE}", kind: act, url: "https://example.org/?a=1&b=<2>"}}}}
segments: {{grown: {{label: "Grown {HOSTILE}", members: of_age, role: target customer}}}}
"""
ON = "2026-11-21"


@pytest.fixture(scope="module")
def model() -> lgbm.Model:
    return lgbm.loads(TOWN)


@pytest.fixture(scope="module")
def uk() -> lgbm.Model:
    return lgbm.load("four-nations")


class Page(HTMLParser):
    """What stands in a page, and whether every tag that opens also closes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def items(model: lgbm.Model) -> Iterator[Any]:
    """Every item of every section."""
    for _, section in model.taxonomy.sections():
        yield from section.values()


def displays(model: lgbm.Model) -> Iterator[Any]:
    """One of everything that draws itself."""
    yield model
    yield from (getattr(model, name) for name, _ in model.taxonomy.sections())
    yield from items(model)
    yield from model.circumstances["children"].fields.values()
    before = model.resolve({"age": 30, "savings": 10, "nation": "north"}, on=ON)
    after = model.resolve({"age": 30, "savings": 10, "nation": "north"}, event="birth", on=ON)
    yield from (after, after["help"], after["help"].why(), after.services, lgbm.compare(before, after))


def test_labels_are_text_wherever_they_stand(model: lgbm.Model) -> None:
    """No label, note, reason, owner or address of an author becomes markup; each display is well formed."""
    for one in displays(model):
        page = Page(one._repr_html_() or "")
        assert {tag for tag, _ in page.tags} <= {
            *("div", "h3", "h4", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"),
            *("details", "summary", "code", "small", "strong", "span", "a"),
        }
        addresses = [attributes.get("href") or "" for _, attributes in page.tags if "href" in attributes]
        assert all(one.startswith(("https://", "http://")) for one in addresses)


def test_nothing_is_loaded_and_no_colour_is_set(model: lgbm.Model) -> None:
    """So it reads in a light theme and in a dark one, and nothing leaves the notebook."""
    for one in displays(model):
        for _, attributes in Page(one._repr_html_() or "").tags:
            assert attributes.keys() <= {"class", "style", "scope", "href", "rel", "aria-hidden"}
            assert not re.search(r"(?<!-)color:|background|url\(|position:fixed", attributes.get("style") or "")


def test_every_display_has_a_heading_and_every_table_says_what_its_cells_are_about(model: lgbm.Model) -> None:
    """One title each; headings of rows and of columns, so that a reader who hears a table can follow it."""
    for one in displays(model):
        page = Page(one._repr_html_() or "")
        assert [tag for tag, _ in page.tags].count("h3") == 1
        assert all(attributes.get("scope") in ("row", "col") for tag, attributes in page.tags if tag == "th")
        rows = [tag for tag, _ in page.tags].count("tr")
        assert [tag for tag, _ in page.tags].count("th") >= rows


def test_a_service_says_first_that_its_review_is_overdue_and_then_who_gets_it(model: lgbm.Model) -> None:
    """Whom to trust comes before what to read."""
    said = " ".join(Page(model.services["help"]._repr_html_() or "").texts)

    order = [
        "Help <script>",
        "Review overdue: these rules were to be reviewed by 2020-01-01.",
        "Money <script>",
        "Council <script>",
        "Who gets it",
        "All of these:",
        "Any one of these:",
        "What has to be known",
        "receives Other",
        "Not checked by these rules",
    ]
    places = [said.index(one) for one in order]
    assert places == sorted(places)
    assert "where North <script>" in said.replace("  ", " ")


def test_what_has_to_be_known_are_facts_that_somebody_can_be_asked_for(model: lgbm.Model) -> None:
    """Of what follows by a formula, the facts that it follows from; no rates."""
    said = " ".join(Page(model.services["help"]._repr_html_() or "").texts)
    known = said[said.index("What has to be known") : said.index("Not checked by these rules")]

    assert "age" in known and "savings" in known
    assert "of_age" not in known and "limit" not in known


def test_a_service_without_rules_says_so(model: lgbm.Model) -> None:
    """Nobody is told yes or no, and a reader is not left to guess it from a blank."""
    assert "No eligibility rules are written for it" in (model.services["other"]._repr_html_() or "")


def test_a_rate_says_the_figure_in_force_first(model: lgbm.Model) -> None:
    """Not the last one of the list, which is for later."""
    said = " ".join(Page(model.taxonomy.rates["limit"]._repr_html_() or "").texts)
    assert said.index("£6,000, in force since 2020-01-01.") < said.index("£9,000")


def test_a_rate_is_used_by_the_rules_that_read_it_and_not_by_those_that_ask_about_these(uk: lgbm.Model) -> None:
    """The card says what `dependents` calls to be read again; what hangs on that in turn is another question."""
    shown = uk.rates["capital_limit"]._repr_html_() or ""

    assert "<li>Universal Credit</li>" in shown
    assert "Universal Credit advance" not in shown
    assert "model.explore.dependents(" in shown


def test_what_a_contact_costs_is_one_figure_where_both_ends_are_the_same(uk: lgbm.Model) -> None:
    """Not "£12.10 to £12.10"; and no date is broken into two lines."""
    post = uk.channels["post"]._repr_html_() or ""

    assert ">£12.10</span>" in post
    assert '<span style="white-space:nowrap">2009-10-12</span>' in post


def test_a_table_of_answers_says_why_each_is_shown(uk: lgbm.Model) -> None:
    """The event or the needs; `perhaps` where it is not known whether there is the need."""
    answer = uk.resolve({"age": 70, "nation": "england", "council_tax_liable": True}, event="bereavement", on=ON)
    services: Any = answer.services

    assert "shown for" in services._repr_html_()
    assert answer["council-tax-reduction"].shown_for[0] == "Paying council tax"
    assert answer["register-a-death"].shown_for[0] == "Bereavement"


def test_a_circumstance_says_what_depends_on_it(model: lgbm.Model) -> None:
    """Services and needs by their names, also through what follows from it."""
    said = " ".join(Page(model.circumstances["age"]._repr_html_() or "").texts)
    assert "can a person change it no" in said.replace("  ", " ")
    assert said.index("What depends on it") < said.index("Help <script>")


def test_a_resolution_counts_and_then_says_yes_ask_and_why_not() -> None:
    """The yeses first, what is to be asked beside what is not known, and the noes folded."""
    small = lgbm.loads(
        "circumstances: {age: {label: Age, type: number}, wet: {label: Wet, type: boolean}}\n"
        "needs: {dry: {label: Keeping dry, implied_by: age > 0}}\n"
        "services:\n"
        "  hat: {label: Hat, meets: dry, eligibility: age > 1}\n"
        "  boots: {label: Boots, meets: dry, eligibility: wet}\n"
        "  coat: {label: Coat, meets: dry, eligibility: age > 50}\n"
    )
    html = small.resolve({"age": 30}, on=ON)._repr_html_()
    said = " ".join(Page(html).texts)

    assert "Of 3 services, 1 are for this person, 1 are not known yet, and 1 are not." in said
    order = ["Eligible for", "Hat", "Not known yet", "Boots", "ask for: wet", "Not eligible for", "1 service", "Coat"]
    places = [said.index(one) for one in order]
    assert places == sorted(places)
    folded = html[html.index("Not eligible for") :]
    assert folded.index("</summary>") < folded.index("Coat")


def test_whatever_is_shown_as_text_is_short(uk: lgbm.Model) -> None:
    """On the largest taxonomy there is, at a prompt: a line or two, never a page."""
    answer = uk.resolve({"age": 70, "nation": "england"}, event="bereavement", on=ON)
    other = uk.resolve({"age": 70, "nation": "wales"}, on=ON)
    shown = [uk, uk.taxonomy, uk.rulebook, uk.on(ON), *(getattr(uk, name) for name, _ in uk.taxonomy.sections())]
    shown += [answer, answer.services, answer.undetermined, answer["pension-credit"], answer["pension-credit"].why()]
    shown += [lgbm.compare(other, answer), *items(uk)]

    longest = max(shown, key=lambda one: len(repr(one)))
    assert len(repr(longest)) < 1000, repr(longest)
    assert repr(uk.services["universal-credit"]) == "<Service universal-credit: Universal Credit>"
    assert repr(answer) == "<Resolution four-nations on 2026-11-21 after bereavement: " + ", ".join(
        (
            f"{len(answer.eligible)} eligible",
            f"{len(answer.undetermined)} undetermined",
            f"{len(answer.ineligible)} ineligible>",
        )
    )


def test_every_item_of_the_united_kingdom_draws_itself(uk: lgbm.Model) -> None:
    """Each well formed, and small enough for a notebook that holds many."""
    for section in (uk.events, uk.needs, uk.outcomes, uk.channels, uk.segments, uk.indicators):
        for one in section.values():
            Page(one._repr_html_() or "")
    sizes = {one.id: len(one._repr_html_() or "") for one in list(uk.services.values())[::10]}
    assert max(sizes.values()) < 100_000, max(sizes, key=lambda one: sizes[one])


def test_a_long_list_is_folded_after_its_beginning() -> None:
    """Whoever wants all of it opens it; nothing is left out."""
    html = as_html(Line("Much", lines=tuple(Line(f"number {place}") for place in range(1, 31))))

    assert html.index("number 12<") < html.index("and 18 more</summary>") < html.index("number 13<")
    assert html.count("<li>number ") == 30


def test_counts_of_a_screening_are_a_table_with_the_most_eligible_first() -> None:
    """Services for nobody are counted and not listed; still a mapping by id."""
    pa = pytest.importorskip("pyarrow")
    from lgbm.population.counted import Counted

    small = lgbm.loads(
        "circumstances: {age: {label: Age, type: number}}\n"
        "services:\n"
        "  few: {label: For few, eligibility: age > 80}\n"
        "  many: {label: For many, eligibility: age > 10}\n"
        "  none: {label: For nobody, eligibility: age > 900}\n"
    )
    screening = small.screen(pa.table({"age": [5, 20, 90, None]}), on=ON)
    counts = screening.counts()
    assert isinstance(counts, Counted)
    said = " ".join(" ".join(Page(counts._repr_html_()).texts).split())

    assert "4 citizens: who is eligible for what" in said
    assert said.index("For many many 2 ") < said.index("For few few 1 ")
    assert said.endswith("For nobody none 0 1 3")
    assert repr(counts) == "<Counts of 3 services: 3 of them for somebody, certainly or possibly>"
    assert (counts["many"].eligible, list(counts)) == (2, ["few", "many", "none"])
    assert repr(screening) == "<Screening by taxonomy on 2026-11-21: 3 services>"


def test_the_checker_of_the_example_is_under_forty_lines() -> None:
    """All the code that makes it, from the imports to the last function; what uses it is not part of it."""
    notebook = json.loads((ROOT / "examples" / "eligibility-checker.ipynb").read_text(encoding="utf-8"))
    before_use = takewhile(lambda cell: "## Somebody uses it" not in "".join(cell["source"]), notebook["cells"])
    code = ["".join(cell["source"]) for cell in before_use if cell["cell_type"] == "code"]
    (made,) = (place for place, text in enumerate(code) if "def begin(" in text)
    lines = [line for text in code[: made + 1] for line in text.splitlines() if line.strip()]

    assert all(f"def {name}(" in code[made] for name in ("begin", "page", "reply"))
    assert len(lines) < 40


def test_a_section_is_still_a_mapping(model: lgbm.Model) -> None:
    """It is drawn otherwise, and read as before."""
    assert model.services == model.taxonomy.services
    assert list(model.services) == ["help", "other"]
    assert model.services["help"] is model.taxonomy.services["help"]
    assert repr(model.services) == "<2 services: help, other>"


def test_what_draws_an_item_does_not_travel_with_it(model: lgbm.Model) -> None:
    """What is sent to another process is the item, not all of its taxonomy."""
    shelf = model.services["help"].shelf

    assert shelf is not None
    assert shelf.draw is not None
    assert pickle.loads(pickle.dumps(shelf)).draw is None
    assert copy.deepcopy(shelf).draw is None


def test_an_item_without_a_model_is_shown_as_text(model: lgbm.Model) -> None:
    """A notebook then falls back to its `repr`."""
    assert evolve(model.services["help"])._repr_html_() is None
