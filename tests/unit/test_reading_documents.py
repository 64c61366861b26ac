"""Strict YAML: what stays as it was written, and what is refused in which words."""

from __future__ import annotations

import pytest
from yaml.reader import Reader

from lgbm.reading import documents
from lgbm.reading.nodes import Listing, Node, Pairs, Scalar
from lgbm.source import Source


@pytest.fixture(params=["libyaml", "pure Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers that PyYAML may have."""
    if request.param == "pure Python":
        monkeypatch.setattr(documents, "_EventParser", documents._PureParser)  # pyright: ignore[reportPrivateUsage]
        assert issubclass(documents._PureParser, Reader)  # pyright: ignore[reportPrivateUsage]
    return str(request.param)


def plain(node: Node | None) -> object:
    match node:
        case Scalar():
            return node.text
        case Listing():
            return [plain(each) for each in node.items]
        case Pairs():
            return {name: plain(held) for name, (_, held) in node.entries.items()}
        case None:
            return None


def read(text: str) -> object:
    node, complaints, whole = documents.read_document(Source("t.yaml", text))
    assert (complaints, whole) == ([], True)
    return plain(node)


def complaints(text: str) -> list[str]:
    _, found, _ = documents.read_document(Source("t.yaml", text))
    return [str(one).splitlines()[0].removeprefix("t.yaml:") for one in found]


@pytest.mark.usefixtures("parser")
def test_a_scalar_is_text_whatever_it_looks_like() -> None:
    """Codes keep their zeros, and the Norwegians their country."""
    text = "[0123, no, 1e3, ~, null, 2026-04-06, 0x1F, 1_000, =, 12:30:45, +1, .5, 'x', \"y\", true]"

    assert read(text) == [
        *(
            "0123",
            "no",
            "1e3",
            "~",
            "null",
            "2026-04-06",
            "0x1F",
            "1_000",
            "=",
            "12:30:45",
            "+1",
            ".5",
            "x",
            "y",
            "true",
        )
    ]


@pytest.mark.usefixtures("parser")
def test_a_document_may_be_blank_and_may_have_marks_around_it() -> None:
    """Nothing, comments alone, and `---` at the beginning are all fine."""
    assert read("") is None
    assert read("# nothing yet\n") is None
    assert read("# first\n---\na: 1\n...\n") == {"a": "1"}


@pytest.mark.usefixtures("parser")
def test_line_ends_of_every_system_are_read() -> None:
    """Windows, old and new."""
    assert read("a: 1\r\nb: 2\r\n") == read("a: 1\nb: 2\n") == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("text", "line", "column", "length"),
    [
        ("a:   text", 1, 6, 4),
        ("a: 'text'", 1, 5, 4),
        ('a: "te\\x78t"', 1, 5, 7),
        ("a: one\n  two", 1, 4, 3),
        ("a: |\n\n   text\n", 3, 4, 4),
        ("a: >-\n  text\n  more\n", 2, 3, 4),
        ("a: [b, text]", 1, 4, 1),
    ],
)
@pytest.mark.usefixtures("parser")
def test_a_value_remembers_where_its_text_begins(text: str, line: int, column: int, length: int) -> None:
    """After a quotation mark, below the mark of a block."""
    node, _, _ = documents.read_document(Source("t.yaml", text))
    assert isinstance(node, Pairs)

    span = node.entries["a"][1].span

    assert (span.line, span.column, span.length) == (line, column, length)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "a: 1\nb: 2\na: 3\na: 4",
            ["3:1: Y111: `a` is written twice: first in line 1", "4:1: Y111: `a` is written twice: first in line 1"],
        ),
        ("a: &x [1]\nb: *x", ["1:4: Y108: the anchor `&x` is not read", "2:4: Y108: the alias `*x` is not read"]),
        ("a: &x [*x]", ["1:4: Y108: the anchor `&x` is not read", "1:8: Y108: the alias `*x` is not read"]),
        ("a: !!int 3", ["1:4: Y109: the tag `!!int` is not read: a value has the type that its place asks for"]),
        ("a: ! x", ["1:4: Y109: the tag `!` is not read: a value has the type that its place asks for"]),
        ("a: {<<: b}", ["1:5: Y110: the merge key `<<` is not read"]),
        ("a: {'<<': b}", []),
        ("? [a]\n: b", ["1:3: Y112: a key is text, and here stands a list or a mapping"]),
        ("a:\nb: ''", ["1:1: Y113: nothing is written after `a:`"]),
        ("- a\n-\n", ["2:2: Y113: nothing is written here"]),
        (
            "a: 1\n\tb: 2\n \tc: 3",
            ["2:1: Y105: this line is indented with a tab", "3:2: Y105: this line is indented with a tab"],
        ),
        ("a: 1\n---\nb: 2\n---\nc: 3", ["2:1: Y106: a second document begins here, and a file holds one"]),
        ("a: 1\n...\nb: 2", ["3:1: Y106: a second document begins here, and a file holds one"]),
        ("# hello\r\n\r\n%TAG ! x\r\n---\r\na: 1", ["3:1: Y107: directives are not read"]),
        ("a: \x00", ["1:4: Y102: there is a character here that no text may hold: U+0000"]),
        ("a: 1\n# \x1b[31m", ["2:3: Y102: there is a character here that no text may hold: U+001B"]),
        ("a: \ud800", ["1:4: Y102: there is a character here that no text may hold: U+D800"]),
        ("a: b\ufeff", ["1:5: Y102: there is a character here that no text may hold: U+FEFF"]),
        ('a: "\\0"', ["1:5: Y102: there is a character here that no text may hold: U+0000"]),
        ("a: 'x' y", ["1:8: Y125: there is more text here after a closed quotation mark"]),
        ('a: ["x" = y]', ["1:9: Y125: there is more text here after a closed quotation mark"]),
        ("a: ]", ["1:4: Y127: no value can begin with `]`"]),
        ("a: `x`", ["1:4: Y127: no value can begin with a backtick"]),
        ("a: * b", ["1:4: Y127: no value can begin with `*`"]),
        ("a: [b,,c]", ["1:7: Y127: no value can begin with `,`"]),
        ("a: ?", ["1:4: Y127: no value can begin with `?`"]),
        ("- a\nb: 1", ["2:1: Y124: this line stands beside the entries of a list, and does not begin with `- `"]),
        ("a: [b, c\nd: e", ["2:2: Y126: a `,` or `]` is missing here, for what was opened in line 1, column 4"]),
        ("a: {b: c\n\n", ["1:9: Y126: a `,` or `}` is missing here, for what was opened in line 1, column 4"]),
    ],
)
@pytest.mark.usefixtures("parser")
def test_what_is_not_plain_yaml_is_refused(text: str, said: list[str]) -> None:
    """In our own words, at the true place, and in the same way by both parsers."""
    assert complaints(text) == said


@pytest.mark.usefixtures("parser")
def test_depth_has_a_limit() -> None:
    """A hundred is read, one more is refused, and ten thousand as well."""
    assert complaints("[" * 100 + "]" * 100) == []
    for brackets in (101, 10_000):
        assert complaints("[" * brackets) == [
            "1:101: Y104: lists and mappings stand more than 100 deep in each other here"
        ]


def test_a_hostile_file_is_not_complained_of_without_end() -> None:
    """After two hundred complaints the rest is not read."""
    assert len(complaints("- *a\n" * 100_000)) == 200
