"""Places inside of values, however the values were written."""

from __future__ import annotations

import pytest

from lgbm.reading.documents import read_document
from lgbm.reading.nodes import Pairs, Scalar
from lgbm.source import Source, Span, inside


def scalar(text: str) -> Scalar:
    node, complaints, _ = read_document(Source("rules.yaml", text))
    assert complaints == []
    assert isinstance(node, Pairs)
    found = node.entries["rule"][1]
    assert isinstance(found, Scalar)
    return found


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("rule: age >= agee\n", 1, 14),
        ("rule:   age >= agee  # a comment\n", 1, 16),
        ("rule: 'age >= agee'\n", 1, 15),
        ("rule: 'name = ''x'' and agee'\n", 1, 25),
        ('rule: "name = \\"x\\" and agee"\n', 1, 25),
        ('rule: "n\\u0061me = \\x22x\\U00000022 and agee"\n', 1, 40),
        ("rule: age >=\n   1 and\n     agee\n", 3, 6),
        ("rule: 'age >=\n   1 and\n\n     agee'\n", 4, 6),
        ('rule: "age \\\n   >= \\\n   agee"\n', 3, 4),
        ("rule: |\n  age >=\n    1 and\n  agee\n", 4, 3),
        ("rule: >\n\n  age >=\n  1 and\n\n  agee\n", 6, 3),
        ("rule: >-\n    age >= 1\n    and agee\n", 3, 9),
        ("a: [x]\r\nrule: |\r\n  age and\r\n  agee\r\n", 4, 3),
    ],
)
def test_a_place_inside_a_value_is_found_however_it_is_written(text: str, line: int, column: int) -> None:
    """The word that a complaint is about is the one under the caret: quotes, escapes, folds and blocks included."""
    value = scalar(text)
    written = value.written()
    start = written.text.index("agee")

    found = inside(written.span, written.text, start, 4)

    assert (found.line, found.column, found.length) == (line, column, 4)
    assert found.source.line(line)[column - 1 : column + 3] == "agee"


def test_a_rule_by_itself_has_its_own_places() -> None:
    """A rule that is no part of a file is its own source."""
    source = Source("rule", "age >=\n  agee")

    assert inside(Span(source, 1, 1), source.text, 9, 4) == Span(source, 2, 3, 4)


def test_beyond_the_last_character_is_a_place_too() -> None:
    """What is missing at the end is pointed at behind the end."""
    source = Source("rule", "age >=")

    assert inside(Span(source, 1, 1), "age >=", 6, 1) == Span(source, 1, 7, 1)


def test_a_text_that_is_not_there_has_the_place_of_its_scalar() -> None:
    """Codes of a table become rule text of ours: their places are where the cell begins."""
    span = Span(Source("rule", "single"), 1, 1, 6)

    assert inside(span, '"single"', 1, 6) == span


def test_what_cannot_be_seen_is_shown_as_a_mark() -> None:
    """A control character in a file neither moves the cursor of a terminal nor hides what is there."""
    span = Span(Source("rules.yaml", "a: \x1b[2Jx"), 1, 4)

    assert span.excerpt() == "1 | a: \ufffd[2Jx\n  |    ^"


def test_a_long_line_is_cut_around_the_place() -> None:
    """The excerpt of a line of a megabyte is still one line of a terminal or two."""
    span = Span(Source("rules.yaml", "x" * 500 + "y" + "x" * 500), 1, 501)

    shown, carets = span.excerpt().splitlines()

    assert len(shown) == 164
    assert shown[carets.index("^")] == "y"
