"""Pictures of the model: legible, accessible, and the same in words. Texts are measured in the font that is widest."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib
import pytest
from attrs import frozen
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

import lgbm
from lgbm.cli import main
from lgbm.cli.files import read_profile
from lgbm.graph.chain import part_of_event, part_of_service
from lgbm.graph.fitting import width_of
from lgbm.graph.picture import COLUMNS, Picture
from lgbm.graph.style import DARK, LIGHT, Palette

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
MODEL = lgbm.load("four-nations")
FACTS = read_profile(str(ROOT / "examples" / "lost-job.yaml"))
ANSWER = MODEL.resolve(FACTS, event="becoming-unemployed", on="2026-11-21")
PICTURES: dict[str, Picture] = {
    "whole": MODEL.draw(),
    "demo's event": MODEL.draw(event="becoming-unemployed"),
    "a large event": MODEL.draw(event="separating"),
    "a small event": MODEL.draw(event="being-a-victim-of-crime"),
    "a service": MODEL.draw(service="universal-credit"),
    "a service without rules": MODEL.draw(service="warm-home-discount-scotland"),
    "demo's answer": MODEL.draw(resolution=ANSWER),
    "little known": MODEL.draw(resolution=MODEL.resolve({"age": 70}, on="2026-11-21")),
    "a council": lgbm.load("example-council").draw(service="council-tax-reduction"),
}
every_picture = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES.keys())


@frozen
class Rectangle:
    """Where something stands, and what it is."""

    left: float
    top: float
    right: float
    bottom: float
    what: str

    def touches(self, other: Rectangle) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Rectangle) -> bool:
        within = self.left <= other.left and other.right <= self.right
        return within and self.top <= other.top and other.bottom <= self.bottom


@cache
def font(bold: bool) -> tuple[Any, Any, int]:
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    read = TTFont(folder / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"))
    return read.getBestCmap(), read["hmtx"], read["head"].unitsPerEm


def measured(text: str, size: float, bold: bool = False) -> float:
    """How wide DejaVu Sans, the widest of the fonts in question, sets *text*."""
    glyphs, widths, whole = font(bold)
    units: int = sum(widths[glyphs.get(ord(one), ".notdef")][0] for one in text)
    return units / whole * size


def texts_in(element: ElementTree.Element, shift: float = 0) -> list[Rectangle]:
    found: list[Rectangle] = []
    for one in element:
        moved = re.fullmatch(r"translate\((\S+) (\S+)\)", one.get("transform", ""))
        if one.tag == f"{SVG}g":
            found += texts_in(one, shift + (float(moved[2]) if moved else 0))
        elif one.tag == f"{SVG}text":
            size, left, base = (float(one.get(name, "0")) for name in ("font-size", "x", "y"))
            words, bold = one.text or "", one.get("class") in ("title", "heading")
            right = left + measured(words, size, bold)
            # What rises above the line and what falls below it, in that font.
            found.append(Rectangle(left, base + shift - 0.76 * size, right, base + shift + 0.24 * size, words))
    return found


def shapes_in(group: ElementTree.Element, shift: float) -> list[Rectangle]:
    found: list[Rectangle] = []
    for one in group:
        if one.get("class") != "shape":
            continue
        if one.tag == f"{SVG}polygon":
            points = [tuple(map(float, pair.split(","))) for pair in one.get("points", "").split()]
            xs, ys = zip(*points, strict=True)
            found.append(Rectangle(min(xs), min(ys) + shift, max(xs), max(ys) + shift, "need"))
        else:
            x, y, width, height = (float(one.get(name, "0")) for name in ("x", "y", "width", "height"))
            found.append(Rectangle(x, y + shift, x + width, y + height + shift, one.tag))
    return found


def groups(root: ElementTree.Element) -> list[tuple[ElementTree.Element, float]]:
    """The group of each box, and how far down it is shifted."""
    (moved,) = [one for one in root if one.tag == f"{SVG}g" and any("box" in inner.get("class", "") for inner in one)]
    shift = float(re.findall(r"\S+ (\S+)\)", moved.get("transform", ""))[0])
    return [(one, shift) for one in moved if one.get("class", "").startswith("box")]


@every_picture
def test_no_text_touches_another_or_leaves_its_box(picture: Picture) -> None:
    """Each text stands inside of its box, and each box apart from the others; nothing is wider than a laptop."""
    root = ElementTree.fromstring(picture.svg)
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    page = Rectangle(0, 0, width, height, "page")
    texts = texts_in(root)
    boxes: list[Rectangle] = []
    for group, shift in groups(root):
        box = shapes_in(group, shift)[-1]
        boxes.append(box)
        assert all(box.holds(one) for one in texts_in(group, shift)), texts_in(group, shift)

    assert width <= 1140
    assert all(page.holds(one) for one in texts)
    assert not [(one.what, other.what) for one, other in combinations(texts, 2) if one.touches(other)]
    assert not [(one.what, other.what) for one, other in combinations(boxes, 2) if one.touches(other)]
    assert len(boxes) == len(picture.boxes)


@every_picture
def test_a_picture_has_a_title_a_description_and_loads_nothing(picture: Picture) -> None:
    """It is an image to those who hear it, named and described; it holds no script and no address."""
    root = ElementTree.fromstring(picture.svg)
    title, about = root.find(f"{SVG}title"), root.find(f"{SVG}desc")

    assert root.get("role") == "img"
    assert title is not None
    assert about is not None
    assert (title.text, about.text) == (picture.title, picture.text)
    assert root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == about.get("id")
    drawn = picture.svg.replace('xmlns="http://www.w3.org/2000/svg"', "").split("</desc>")[1]
    assert not re.search(r"<script|<image|<foreignObject|href|https?:|@import|on\w+=", drawn)
    assert re.findall(r"url\((.)", drawn) == ["#"] * drawn.count("url(")


@every_picture
def test_the_text_has_the_same_content(picture: Picture) -> None:
    """Every box with its mark, all that is folded into it, and every arrow."""
    text = picture.text
    labels = {one.id: one.label for one in picture.boxes}
    for box in picture.boxes:
        for one in (box.label, box.note, *box.holds):
            assert " ".join(one.split()) in " ".join(text.split())
        if box.mark:
            assert f"({picture.marks[box.mark]})" in text
    for arrow in picture.arrows:
        (line,) = [one for one in told(text, picture, arrow.source) if one.startswith(f"{arrow.says}: ")]
        assert labels[arrow.target] in line.removeprefix(f"{arrow.says}: ").split("; ")


def told(text: str, picture: Picture, box: str) -> list[str]:
    """The lines under a box, in the order in which boxes are told."""
    order = [one.id for kind in COLUMNS for one in picture.boxes if one.kind == kind]
    parts: list[list[str]] = []
    for line in text.splitlines():
        if re.match(r" {4}\S", line):
            parts.append([])
        elif re.match(r" {6}\S", line):
            parts[-1].append(line.strip())
    assert len(parts) == len(order)
    return parts[order.index(box)]


@every_picture
def test_it_is_not_too_tall(picture: Picture) -> None:
    """A page or so on a laptop: what would be taller is folded. The life events of the whole model are not."""
    most = 1600 if picture is PICTURES["whole"] else 1200

    assert float(ElementTree.fromstring(picture.svg).get("height", "0")) <= most


@pytest.mark.parametrize("event", ["becoming-unemployed", "separating"])
def test_folding_loses_nothing_of_an_event(event: str) -> None:
    """Every item of the part stands in a box, or is told as one that is folded into a box."""
    part = part_of_event(MODEL.graph, event)
    picture = MODEL.draw(event=event)
    shown = sorted(label for box in picture.boxes for label in (box.holds or (box.label,)))

    assert shown == sorted(MODEL.graph.nodes[one]["label"] for one in part.nodes - set(part.between))
    assert len(MODEL.draw(event=event, most=None).boxes) == len(shown)


def test_a_service_is_drawn_with_all_that_its_rules_read() -> None:
    """The circumstances of its eligibility, with broken lines past the needs."""
    part = part_of_service(MODEL.graph, "pension-credit")
    picture = MODEL.draw(service="pension-credit", most=None)
    direct = {one.source for one in picture.arrows if one.direct and one.source.startswith("circumstance:")}

    assert direct == {
        one
        for one, _, relation in MODEL.graph.in_edges("service:pension-credit", keys=True)
        if relation == "decides eligibility for"
    }
    assert set(part.circumstances) == {one.id for one in picture.boxes if one.kind == "circumstance"}


def test_an_answer_is_drawn_as_it_was_decided() -> None:
    """Unfolded, each service that is needed or led to has the mark of its status; what may be needed is not known."""
    picture = MODEL.draw(resolution=ANSWER, most=None)
    marks = {one.id: one.mark for one in picture.boxes}
    signs = {lgbm.Status.ELIGIBLE: "yes", lgbm.Status.UNDETERMINED: "ask", lgbm.Status.INELIGIBLE: "no"}
    shown = [one for one in ANSWER.services if one.relevance and one.relevance[0].kind != "possible need"]

    assert {name: mark for name, mark in marks.items() if name.startswith("service:")} == {
        f"service:{one.id}": signs[one.status] for one in shown
    }
    needs = {name: mark for name, mark in marks.items() if name.startswith("need:")}
    assert {name for name, mark in needs.items() if mark == "yes"} == {f"need:{one.id}" for one in ANSWER.needs}
    assert {name for name, mark in needs.items() if mark == "ask"} == {
        f"need:{one.id}" for one in ANSWER.possible_needs
    }
    changed = {one.circumstance for one in ANSWER.changes if not one.follows}
    assert {name for name, mark in marks.items() if mark == "change"} == {
        "event:becoming-unemployed",
        *(f"circumstance:{name}" for name in changed),
    }


def test_the_picture_of_an_answer_counts_what_the_answer_counts() -> None:
    """Folded, the eligible are still eleven, and the text says which; those that are not drawn are counted too."""
    boxes = PICTURES["demo's answer"].boxes
    eligible = [one for one in boxes if one.kind == "service" and one.mark == "yes"]
    count = sum(one.status is lgbm.Status.ELIGIBLE and one.relevance[0].kind != "possible need"
                for one in ANSWER.services if one.relevance)  # fmt: skip

    assert sum(len(one.holds) or 1 for one in eligible) == count
    besides = len(ANSWER.eligible) - count
    assert f"Not drawn: {besides} more services that are a yes, should the need be there." in (
        PICTURES["demo's answer"].text
    )


@pytest.mark.parametrize("name", ["demo's answer", "little known"])
def test_only_what_has_the_same_mark_is_folded_into_one_box(name: str) -> None:
    """Nobody is told that what is known has changed, or that what is not known is ruled out."""
    answer = ANSWER if name == "demo's answer" else MODEL.resolve({"age": 70}, on="2026-11-21")
    marks = {(one.kind, one.label): one.mark for one in MODEL.draw(resolution=answer, most=None).boxes}

    folded = [box for box in PICTURES[name].boxes if box.holds]
    assert folded
    for box in folded:
        assert {marks[box.kind, label] for label in box.holds} == {box.mark}


def luminance(colour: str) -> float:
    """As WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_reckoned_as_wcag_does() -> None:
    """Black on white is 21 to 1, and #767676 on white the well-known grey of 4.54 to 1."""
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_contrast_is_enough_in_light_and_in_dark(palette: Palette) -> None:
    """Texts 4.5 to 1 on every ground that they stand on; lines and signs 3 to 1."""
    grounds = [palette.ground, *(ground for _, ground in palette.boxes.values())]

    assert min(contrast(text, ground) for text in (palette.text, palette.quiet) for ground in grounds) >= 4.5
    assert contrast(palette.line, palette.ground) >= 3
    assert (
        min(contrast(edge, ground) for edge, inner in palette.boxes.values() for ground in (inner, palette.ground)) >= 3
    )
    assert min(contrast(sign, palette.ground) for sign in palette.signs.values()) >= 3


def test_texts_are_never_wider_than_we_take_them_to_be() -> None:
    """Every label of the taxonomy, in a font that is wider than those of the common systems."""
    labels = {MODEL.graph.nodes[one]["label"] for one in MODEL.graph}
    welsh = {
        item.label["cy"] for _, items in MODEL.taxonomy.sections() for item in items.values() if "cy" in item.label
    }

    assert not [one for one in labels | welsh if measured(one, 12.5) > width_of(one, 12.5)]
    letters = "".join(map(chr, range(33, 0x250)))
    assert not [one for one in letters if one.isprintable() and measured(one, 100) > width_of(one, 100) + 1e-6]


def test_a_picture_is_the_same_in_every_process() -> None:
    """Byte for byte, whatever order sets have."""
    program = "import lgbm; print(lgbm.load('uk').draw().svg)"
    drawn = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }

    assert len(drawn) == 1


def test_labels_cannot_break_out_of_a_picture() -> None:
    """Markup and characters that XML has no place for are shown, never obeyed."""
    model = lgbm.loads(
        'services: {a: {label: "<script>alert(1)</script> & ]]>", meets: n}}\nneeds: {n: {label: "N \\\\u2028"}}'
    )
    root = ElementTree.fromstring(model.draw(service="a").svg)

    assert not [one for one in root.iter() if "script" in one.tag]
    assert "<script>alert(1)</script> & ]]>" in (root.findtext(f"{SVG}desc") or "")


def test_a_notebook_shows_it_and_a_file_keeps_it(tmp_path: Path) -> None:
    """Jupyter asks for SVG; the text is what a terminal shows."""
    picture = PICTURES["demo's event"]
    picture.save(tmp_path / "event.svg")

    assert picture._repr_svg_() == picture.svg == (tmp_path / "event.svg").read_text(encoding="utf-8")
    assert repr(picture).startswith("<Picture Becoming unemployed: what it can touch: ")
    assert str(picture) == picture.text


def test_a_notebook_has_the_words_below_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who hears a page, or searches it, finds the same content folded below; the image has a short text as well."""
    picture, shown = PICTURES["demo's event"], list[tuple[dict[str, str], dict[str, dict[str, str]]]]()

    def display(data: dict[str, str], raw: bool, metadata: dict[str, dict[str, str]] | None = None) -> None:
        assert raw
        shown.append((data, metadata or {}))

    monkeypatch.setattr("IPython.display.display", display)
    picture._ipython_display_()
    (image, about), (words, _) = shown

    assert image["image/svg+xml"] == picture.svg
    assert about == {"image/svg+xml": {"alt": f"{picture.title}. {picture.about}"}}
    assert "<details><summary>The same in words</summary>" in words["text/html"]
    assert "Statutory redundancy pay" in words["text/html"]


def test_the_command_draws_and_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file or standard output, or the same in words; of a person, the same as `model.draw`."""
    town, me, drawn = tmp_path / "town.yaml", tmp_path / "me.yaml", tmp_path / "event.svg"
    town.write_text(
        "circumstances: {poor: {label: Has little, type: boolean}}\n"
        "events: {a-fall: {label: A fall, changes: {poor: true}}}\n"
        "needs: {money: {label: Money, implied_by: poor}}\n"
        "services: {grant: {label: Grant, meets: money, eligibility: poor}}\n"
    )
    me.write_text("poor: false\n")
    model = lgbm.load(town)
    event = ["--taxonomy", str(town), "--event", "a-fall"]
    answer = model.resolve({"poor": False}, event="a-fall", on="2026-11-21")

    assert main(["graph", *event, "--svg", str(drawn)]) == 0
    assert capsys.readouterr().out == f"{drawn}: A fall: what it can touch\n"
    assert drawn.read_text(encoding="utf-8") == model.draw(event="a-fall").svg
    assert main(["graph", *event, "--text"]) == 0
    assert capsys.readouterr().out == model.draw(event="a-fall").text + "\n"
    assert main(["graph", *event, "--profile", str(me), "--on", "2026-11-21", "--svg", "-"]) == 0
    assert capsys.readouterr().out == model.draw(resolution=answer).svg
    assert main(["graph", *event, "--profile", str(me), "--on", "2026-11-21"]) == 0
    assert capsys.readouterr().out == (
        "One person’s answer: A fall\n"
        "  1 need implied, and 1 service to meet them or led to: 1 eligible, 0 not known yet, 0 ruled out. "
        "On 2026-11-21.\n"
        "  Life event (has just happened)\n"
        "    → A fall (changed just now)\n"
        "      changes: Has little\n"
        "  Circumstances (what counted, and what is to be asked)\n"
        "    → Has little: no → yes (changed just now)\n"
        "      implies: Money\n"
        "  Needs (implied by circumstances)\n"
        "    ✓ Money (yes)\n"
        "      is met by: Grant\n"
        "  Services (for these needs, or led to)\n"
        "    ✓ Grant (yes)\n"
    )


def test_the_pictures_of_the_documentation_are_pictures() -> None:
    """Small ones, as they were drawn."""
    drawn = sorted((ROOT / "docs" / "pictures").glob("*.svg"))

    assert drawn
    for one in drawn:
        text = one.read_text(encoding="utf-8")
        assert ElementTree.fromstring(text).get("role") == "img"
        assert len(text) < 100_000
