"""Whatever is given to be read, a taxonomy or our own error comes out, soon."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lgbm.errors import LgbmError
from lgbm.model.taxonomy import Taxonomy
from lgbm.reading import load_taxonomy, read_text, write_taxonomy
from tests.strategies.taxonomies import taxonomies

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

WORDS = (
    "taxonomy services circumstances needs events tables rates label type options fields values from until rows inputs "
    "changes eligibility all any none when meets broader status withdrawn choice people number money date otherwise "
    "asked_when formula at_least 1 0123 true 1e999 2026-04-06 a b <<"
)
words = st.sampled_from(WORDS.split(" "))
marks = st.sampled_from(
    [
        ": ",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "'",
        '"',
        "&a ",
        "*a",
        "!!str ",
        "#",
        "|",
        ">",
        "? ",
        "\t",
        "---\n",
        "%",
        "\x00",
        "\ud800",
        "\ufeff",
    ]
)
scraps = st.lists(words | marks | st.text(max_size=3), max_size=40).map("".join)


def only_our_errors(text: str) -> None:
    try:
        read_text(text)
    except LgbmError as error:
        assert error.diagnostics
        assert str(error)


@patient
@given(raw=st.binary(max_size=200))
@example(raw=b"\xef\xbb\xbf")
@example(raw=b"\xff\xfea\x00")
@example(raw=b"a: \xed\xa0\x80")
def test_arbitrary_bytes_are_read_or_refused(raw: bytes) -> None:
    """A file may hold anything."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.yaml"
        path.write_bytes(raw)
        try:
            load_taxonomy(path)
        except LgbmError as error:
            assert str(error)


@settings(patient, max_examples=400)
@given(text=st.text() | scraps)
@example(text="services: {a: {label: &a [*a]}}")
@example(text="circumstances: {a: {label: A, type: number, at_least: 1e999, at_most: -1e-999}}")
@example(text="rates: {a: {label: A, values: {from: 2026-01-01, value: 1e6000}}}")
@example(text="? ? ? a\n: b")
@example(text="services: {? : {label: A}, '': {label: B}}")
def test_arbitrary_text_is_read_or_refused(text: str) -> None:
    """A text may be anything, and scraps of the format in any order."""
    only_our_errors(text)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A taxonomy with a few lines left out, exchanged or overwritten."""
    lines = write_taxonomy(draw(taxonomies())).splitlines()
    for _ in range(draw(st.integers(1, 4))):
        at, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        match draw(st.integers(0, 3)):
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines[at], lines[other % len(lines)] = lines[other % len(lines)], lines[at]
            case 2:
                indent = len(lines[at]) - len(lines[at].lstrip())
                lines[at] = " " * indent + draw(scraps)
            case _:
                key = lines[at].split(":")[0]
                lines[at] = f"{key}: {draw(words | scraps)}"
    return "\n".join(lines)


@settings(patient, max_examples=200)
@given(text=damaged())
def test_a_damaged_taxonomy_is_read_or_refused(text: str) -> None:
    """Mistakes in the middle of what is otherwise right never surface as anything but complaints."""
    only_our_errors(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "{" * 10_000,
        "a: " + "[" * 10_000 + "]" * 10_000,
        "\n".join(" " * depth + "a:" for depth in range(2_000)),
        "- " * 10_000,
        "? " * 10_000,
        "services: {a: {label: " + "x" * 5_000_000 + "}}",
        "services: {a: {label: '" + "''" * 2_500_000 + "'}}",
        "services: {" + ", ".join(f"a{number}: {{lable: x}}" for number in range(20_000)) + "}",
        "services:\n" + "\n".join(f"  a{number}: {{label: A, meets: [b{number}]}}" for number in range(20_000)),
        "#\r" * 500_000 + "x",
        "%TAG !a! b\n" * 200_000,
        "\t" * 1_000_000,
        "a: 1\n" * 200_000,
        "- &a\n" * 200_000,
        "needs:\n"
        + "\n".join(f"  n{at}: {{label: N, broader: n{at + 1}}}" for at in range(5_000))
        + "\n  n5000: {label: N, broader: n0}",
        "\x00" * 1_000_000,
    ],
    ids=range(17),
)
def test_hostile_texts_are_refused_soon(text: str) -> None:
    """Depth, size and number of mistakes have limits; nothing takes longer than it is long."""
    began = time.perf_counter()

    only_our_errors(text)

    assert time.perf_counter() - began < 10


@patient
@given(taxonomy=taxonomies())
def test_reading_twice_gives_the_same(taxonomy: Taxonomy) -> None:
    """Reading keeps nothing between two texts."""
    text = write_taxonomy(taxonomy)

    assert read_text(text) == read_text(text)
