"""A rule text to its words: numbers, strings, names, signs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from attrs import frozen

LONGEST = 20_000

KEYWORDS = frozenset((
    "and", "or", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "true", "false", "null",
    "between", "instance", "of", "function", "external",
))  # fmt: skip

_NAME = r"[^\W\d]\w*"
_TOKEN = re.compile(
    rf"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<number>(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<at>@"(?:[^"\\]|\\.)*")
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<name>{_NAME})
    |(?P<sign>\.\.|\*\*|<=|>=|!=|[-+*/=<>()\[\]{{}},.:])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.DOTALL)
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


class ParseError(Exception):
    """The text is not an expression of our FEEL. *reason* names the message, *word* what was found at *start*."""

    def __init__(self, reason: str, start: int, end: int, word: str = "") -> None:
        super().__init__(reason)
        self.reason, self.start, self.end, self.word = reason, start, end, word


@frozen
class Token:
    """A word of the text. *kind* is `number`, `string`, `at`, `name`, `sign` or `end`."""

    kind: str
    text: str
    start: int
    end: int


@lru_cache(maxsize=64)
def spaced(names: frozenset[str]) -> re.Pattern[str] | None:
    """A pattern for those names that are not simple words, the longest first; a blank in them is any white space."""
    special = sorted((name for name in names if not re.fullmatch(_NAME, name)), key=lambda one: (-len(one), one))
    if not special:
        return None
    return re.compile(
        "|".join(r"\s+".join(map(re.escape, name.split())) + (r"\b" if name[-1].isalnum() else "") for name in special)
    )


def tokens(text: str, named_so: re.Pattern[str] | None) -> list[Token]:
    """The words of *text*. *named_so* matches names that are more than one word."""
    if len(text) > LONGEST:
        raise ParseError("too long", 0, 1)
    found: list[Token] = []
    at = 0
    while at < len(text):
        if named_so and (named := named_so.match(text, at)):
            found.append(Token("name", " ".join(named[0].split()), at, named.end()))
            at = named.end()
            continue
        token = _TOKEN.match(text, at)
        if token is None:
            raise ParseError(
                "open string" if text[at] in '"@' and '"' in text[at : at + 2] else "character", at, at + 1, text[at]
            )
        kind = token.lastgroup or ""
        if kind != "space":
            found.append(Token(kind, token[0], at, token.end()))
        at = token.end()
    found.append(Token("end", "", len(text), len(text)))
    return found


def unescaped(token: Token, skip: int) -> str:
    """What the string *token* says, *skip* signs before it begins."""

    def meant(escape: re.Match[str]) -> str:
        body = escape[1]
        if len(body) > 1:
            code = int(body[1:], 16)
            if code > 0x10FFFF:
                raise ParseError("escape", token.start + escape.start(), token.start + escape.end(), escape[0])
            return chr(code)
        if body not in _PLAIN_ESCAPES:
            # The standard leaves other escapes open; its own suite keeps them as they stand, for patterns.
            return "\\" + body
        return _PLAIN_ESCAPES[body]

    raw = token.text[skip:-1]
    if "\\" not in raw:
        return raw
    text = _ESCAPE.sub(meant, raw)
    # Two halves of a surrogate pair, each escaped, are one character.
    paired = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "\ud800" <= max(text, default="") <= "\udfff" and "\ufffd" in paired:
        raise ParseError("escape", token.start, token.end, token.text)
    return paired


def known_names(*groups: Iterable[str]) -> frozenset[str]:
    """All those names of *groups* that the parser must be told of: the ones that are not simple words."""
    return frozenset(name for group in groups for name in group if not re.fullmatch(_NAME, name))


class Cursor:
    """A place among the words of one text."""

    def __init__(self, text: str, words: list[Token]) -> None:
        self.text = text
        self.tokens = words
        self.at = 0

    @property
    def token(self) -> Token:
        """The word that comes next."""
        return self.tokens[self.at]

    def is_next(self, word: str) -> bool:
        """Whether *word* comes next."""
        token = self.tokens[self.at]
        return token.text == word and token.kind in ("name", "sign")

    def accept(self, word: str) -> bool:
        """Whether *word* came next; then it is behind us."""
        if self.is_next(word):
            self.at += 1
            return True
        return False

    def expect(self, word: str) -> Token:
        """*word*, which has to come next."""
        token = self.token
        if not self.accept(word):
            raise ParseError(f"expected {word}", token.start, max(token.end, token.start + 1), token.text)
        return token

    def unexpected(self) -> ParseError:
        """The complaint about what comes next."""
        token = self.token
        reason = "ends early" if token.kind == "end" else "unexpected"
        return ParseError(reason, token.start, max(token.end, token.start + 1), token.text)

    @property
    def last_end(self) -> int:
        """Where the last word ended."""
        return self.tokens[self.at - 1].end
