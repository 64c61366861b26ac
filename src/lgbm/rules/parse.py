"""Text to `Expr`: the grammar of the FEEL that we take, as the DMN standard writes it.

From loosest to tightest: `for`, `if`, `some`, `every` · `or` · `and` · comparisons, `between`, `in` · `+ -` · `* /` ·
`**` · unary minus · `instance of` · path, filter, invocation.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from attrs import frozen

from lgbm.model.values import date_from, duration_from, number_from
from lgbm.rules.syntax import (
    Between,
    Binary,
    Call,
    Expr,
    Filter,
    For,
    If,
    In,
    InstanceOf,
    ListOf,
    Literal,
    Logic,
    Name,
    Negated,
    Negative,
    Null,
    Path,
    Quantified,
    Range,
    Test,
)

DEEPEST = 40
"""Levels of nesting, and operations in one chain: what a person can still read, and Python can recurse into."""

LONGEST = 20_000

KEYWORDS = frozenset((
    "and", "or", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "true", "false", "null",
    "between", "instance", "of", "function", "external",
))  # fmt: skip

_AFTER_RANGE = ("and", "or", "then", "else", "return", "satisfies", "between", "in")

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
_SPACED_TYPES = re.compile(r"(years\s+and\s+months|days\s+and\s+time)\s+duration\b|date\s+and\s+time\b")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.DOTALL)
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_LONGEST_STRING = 10_000


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


def parse(text: str, names: Collection[str] = ()) -> Expr:
    """The expression that *text* writes. *names* are the known names that hold blanks or signs, functions' included."""
    return _Parser(text, _spaced(frozenset(names))).whole()


def parse_tests(text: str, names: Collection[str] = ()) -> tuple[Expr, ...]:
    """The unary tests that *text* writes: the cell of a table."""
    return _Parser(text, _spaced(frozenset(names))).whole_tests()


@lru_cache(maxsize=64)
def _spaced(names: frozenset[str]) -> re.Pattern[str] | None:
    """A pattern for those names that are not simple words, the longest first; a blank in them is any white space."""
    special = sorted((name for name in names if not re.fullmatch(_NAME, name)), key=lambda one: (-len(one), one))
    if not special:
        return None
    return re.compile(
        "|".join(r"\s+".join(map(re.escape, name.split())) + (r"\b" if name[-1].isalnum() else "") for name in special)
    )


def _tokens(text: str, spaced: re.Pattern[str] | None) -> list[Token]:
    if len(text) > LONGEST:
        raise ParseError("too long", 0, 1)
    found: list[Token] = []
    at = 0
    while at < len(text):
        if spaced and (named := spaced.match(text, at)):
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


def _unescaped(token: Token, skip: int) -> str:
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


class _Parser:
    """One pass over the words of one text."""

    def __init__(self, text: str, spaced: re.Pattern[str] | None) -> None:
        self.text = text
        self.tokens = _tokens(text, spaced)
        self.at = 0
        self.depth = 0
        self.in_range = False

    # -- words

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def is_next(self, word: str) -> bool:
        token = self.tokens[self.at]
        return token.text == word and token.kind in ("name", "sign")

    def accept(self, word: str) -> bool:
        if self.is_next(word):
            self.at += 1
            return True
        return False

    def expect(self, word: str) -> Token:
        token = self.token
        if not self.accept(word):
            raise ParseError(f"expected {word}", token.start, max(token.end, token.start + 1), token.text)
        return token

    def unexpected(self) -> ParseError:
        token = self.token
        reason = "ends early" if token.kind == "end" else "unexpected"
        return ParseError(reason, token.start, max(token.end, token.start + 1), token.text)

    @property
    def last_end(self) -> int:
        return self.tokens[self.at - 1].end

    # -- whole texts

    def whole(self) -> Expr:
        found = self.expression()
        if self.token.kind != "end":
            raise self.unexpected()
        return found

    def whole_tests(self) -> tuple[Expr, ...]:
        found = self.tests()
        if self.token.kind != "end":
            raise self.unexpected()
        return found

    # -- expressions, loosest first

    def expression(self) -> Expr:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ParseError("too deep", self.token.start, self.token.start + 1)
        try:
            token = self.token
            if token.kind == "name":
                match token.text:
                    case "if":
                        return self.if_then_else()
                    case "for":
                        return self.for_return()
                    case "some" | "every":
                        return self.quantified()
                    case _:
                        pass
            return self.disjunction()
        finally:
            self.depth -= 1

    def if_then_else(self) -> Expr:
        start = self.expect("if").start
        condition = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        otherwise = self.expression()
        return If(condition, then, otherwise, start, self.last_end)

    def iterators(self) -> list[tuple[str, Expr]]:
        found: list[tuple[str, Expr]] = []
        while True:
            token = self.token
            if token.kind != "name" or token.text in KEYWORDS:
                raise self.unexpected()
            self.at += 1
            self.expect("in")
            start = self.token.start
            items = self.expression()
            if self.accept(".."):
                high = self.expression()
                items = Range(items, high, True, True, start, self.last_end, bare=True)
            found.append((token.text, items))
            if not self.accept(","):
                return found

    def for_return(self) -> Expr:
        start = self.expect("for").start
        iterators = self.iterators()
        self.expect("return")
        value = self.expression()
        for place in range(len(iterators) - 1, -1, -1):
            variable, items = iterators[place]
            value = For(variable, items, value, place > 0, start, self.last_end)
        return value

    def quantified(self) -> Expr:
        every = self.token.text == "every"
        start = self.token.start
        self.at += 1
        iterators = self.iterators()
        self.expect("satisfies")
        holds = self.expression()
        for variable, items in reversed(iterators):
            holds = Quantified(every, variable, items, holds, start, self.last_end)
        return holds

    def disjunction(self) -> Expr:
        parts = [self.conjunction()]
        while self.accept("or"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Logic("or", tuple(parts), parts[0].start, self.last_end)

    def conjunction(self) -> Expr:
        parts = [self.comparison()]
        while self.accept("and"):
            parts.append(self.comparison())
        return parts[0] if len(parts) == 1 else Logic("and", tuple(parts), parts[0].start, self.last_end)

    def comparison(self) -> Expr:
        found = self.sum()
        while True:
            token = self.token
            if token.kind == "sign" and token.text in ("=", "!=", "<", "<=", ">", ">="):
                self.at += 1
                right = self.sum()
                found = self.chained(Binary(token.text, found, right, found.start, right.end))
            elif token.kind != "name":
                return found
            elif self.accept("between"):
                low = self.sum()
                self.expect("and")
                high = self.sum()
                found = Between(found, low, high, found.start, high.end)
            elif self.accept("in"):
                found = In(found, self.tests_after_in(), found.start, self.last_end)
            else:
                return found

    def tests_after_in(self) -> tuple[Expr, ...]:
        """`in (a, >= b)`: several tests in brackets; or one without."""
        if self.is_next("("):
            before = self.at
            self.at += 1
            found = self.tests()
            if self.accept(")") and not self.continues():
                return found
            self.at = before
        return (self.test(within=False),)

    def continues(self) -> bool:
        """Whether a bracketed part just read is the beginning of a longer expression, or of a range."""
        return self.token.kind == "sign" and self.token.text in ("..", "+", "-", "*", "/", "**", ".", "[")

    def tests(self) -> tuple[Expr, ...]:
        found = [self.test()]
        while self.accept(","):
            found.append(self.test())
        return tuple(found)

    def test(self, within: bool = True) -> Expr:
        """One unary test. *within* brackets or a table it may be any expression; after `in`, `and` ends it."""
        token = self.token
        if token.kind == "sign" and token.text in ("<", "<=", ">", ">=", "=", "!="):
            self.at += 1
            operand = self.sum()
            return Test(token.text, operand, token.start, operand.end)
        if token.kind == "sign" and token.text == "-" and self.tokens[self.at + 1].kind == "end":
            raise ParseError("dash", token.start, token.end)
        if token.text == "not" and self.tokens[self.at + 1].text == "(":
            before = self.at
            self.at += 2
            inner = self.tests()
            if self.accept(")") and not self.continues():
                return Negated(inner, token.start, self.last_end)
            self.at = before
        if token.text == "(" and self.tokens[self.at + 1].text in ("<", "<=", ">", ">=", "=", "!="):
            self.at += 1
            inner_test = self.test()
            self.expect(")")
            return inner_test
        return self.expression() if within else self.sum()

    def chained(self, found: Binary) -> Binary:
        """*found*, unless its left side is already a very long chain."""
        length, left = 0, found.left
        while isinstance(left, Binary):
            length, left = length + 1, left.left
        if length > DEEPEST:
            raise ParseError("too deep", found.right.start, found.right.end)
        return found

    def sum(self) -> Expr:
        found = self.product()
        while self.token.kind == "sign" and self.token.text in ("+", "-"):
            operator = self.token.text
            self.at += 1
            right = self.product()
            found = self.chained(Binary(operator, found, right, found.start, right.end))
        return found

    def product(self) -> Expr:
        found = self.power()
        while self.token.kind == "sign" and self.token.text in ("*", "/"):
            operator = self.token.text
            self.at += 1
            right = self.power()
            found = self.chained(Binary(operator, found, right, found.start, right.end))
        return found

    def power(self) -> Expr:
        found = self.negation()
        while self.accept("**"):
            right = self.negation()
            found = self.chained(Binary("**", found, right, found.start, right.end))
        return found

    def negation(self) -> Expr:
        signs: list[int] = []
        while self.is_next("-"):
            signs.append(self.token.start)
            self.at += 1
        if len(signs) > DEEPEST:
            raise ParseError("too deep", signs[0], signs[0] + 1)
        found = self.postfix()
        for start in reversed(signs):
            found = Negative(found, start, found.end)
        return found

    def postfix(self) -> Expr:
        found = self.primary()
        steps = 0
        while True:
            steps += 1
            if steps > DEEPEST:
                raise ParseError("too deep", self.token.start, self.token.start + 1)
            if self.accept("."):
                token = self.token
                if token.kind != "name":
                    raise self.unexpected()
                self.at += 1
                found = Path(found, token.text, found.start, token.end)
            elif self.is_next("[") and not isinstance(found, Range) and not self.ends_range():
                self.at += 1
                where = self.expression()
                self.expect("]")
                found = Filter(found, where, found.start, self.last_end)
            elif self.is_next("instance"):
                self.at += 1
                self.expect("of")
                found = InstanceOf(found, self.type_name(), found.start, self.last_end)
            else:
                return found

    def ends_range(self) -> bool:
        """Whether a `[` here ends a range, as in `]0..10[`: what follows it cannot be the beginning of a filter."""
        after = self.tokens[self.at + 1]
        if after.kind == "name":
            return self.in_range and after.text in _AFTER_RANGE
        return self.in_range and (after.kind == "end" or (after.kind == "sign" and after.text not in ("(", "[", "-")))

    def type_name(self) -> str:
        """The name of a type, `list<number>` included, blanks folded."""
        start = self.token.start
        if self.token.kind != "name":
            raise self.unexpected()
        spaced = _SPACED_TYPES.match(self.text, start)
        end = spaced.end() if spaced else self.token.end
        while self.token.kind == "name" and self.token.start < end:
            self.at += 1
        if self.accept("<"):
            self.close_angles()
        if self.is_next("-") and self.tokens[self.at + 1].text == ">":
            raise ParseError("function", start, self.token.end)
        return " ".join(self.text[start : self.last_end].split())

    def close_angles(self) -> None:
        """Past the `>` that closes a `<` just read."""
        still_open = 1
        while still_open and self.token.kind != "end":
            still_open += {"<": 1, ">": -1}.get(self.token.text, 0)
            self.at += 1

    def primary(self) -> Expr:
        token = self.token
        match token.kind:
            case "number":
                self.at += 1
                number = number_from(token.text)
                if number is None:
                    raise ParseError("number", token.start, token.end, token.text)
                return Literal(number, token.start, token.end)
            case "string":
                self.at += 1
                if len(token.text) > _LONGEST_STRING:
                    raise ParseError("too long", token.start, token.end)
                return Literal(_unescaped(token, 1), token.start, token.end)
            case "at":
                self.at += 1
                return self.at_literal(token)
            case "name":
                return self.named()
            case "sign":
                return self.bracketed()
            case _:
                raise self.unexpected()

    def at_literal(self, token: Token) -> Expr:
        text = _unescaped(token, 2)
        value = date_from(text) or duration_from(text)
        if value is None:
            raise ParseError("at literal", token.start, token.end, text)
        return Literal(value, token.start, token.end)

    def named(self) -> Expr:
        token = self.token
        match token.text:
            case "true" | "false":
                self.at += 1
                return Literal(token.text == "true", token.start, token.end)
            case "null":
                self.at += 1
                return Null(token.start, token.end)
            case "function":
                raise ParseError("function", token.start, token.end)
            case "if" | "for" | "some" | "every":
                return self.expression()
            case word if word in KEYWORDS:
                raise self.unexpected()
            case _:
                self.at += 1
        if self.accept("("):
            return self.call(token)
        if token.text == "not" and self.token.kind in ("name", "number", "string"):
            self.expect("(")
        return Name(token.text, token.start, token.end)

    def call(self, function: Token) -> Expr:
        arguments: list[Expr] = []
        names: list[str] = []
        while not self.accept(")"):
            if arguments:
                self.expect(",")
            name = self.parameter_name()
            if name is not None:
                names.append(name)
            arguments.append(self.expression())
        if names and len(names) != len(arguments):
            raise ParseError("mixed arguments", function.start, self.last_end)
        return Call(function.text, tuple(arguments), tuple(names), function.start, self.last_end)

    def parameter_name(self) -> str | None:
        ahead = self.at
        while self.tokens[ahead].kind == "name":
            ahead += 1
        if ahead == self.at or self.tokens[ahead].text != ":":
            return None
        name = " ".join(token.text for token in self.tokens[self.at : ahead])
        self.at = ahead + 1
        return name

    def bracketed(self) -> Expr:
        token = self.token
        if token.text == "{":
            raise ParseError("context", token.start, token.end)
        if token.text not in ("(", "[", "]"):
            raise self.unexpected()
        self.at += 1
        if token.text == "[" and self.accept("]"):
            return ListOf((), token.start, self.last_end)
        if token.text == "(" and self.token.text in ("<", "<=", ">", ">=", "=", "!="):
            raise ParseError("range value", token.start, self.token.end)
        first = self.expression()
        if self.accept(".."):
            outer, self.in_range = self.in_range, True
            high = self.expression()
            self.in_range = outer
            end = self.token
            if end.text not in ("]", ")", "["):
                raise self.unexpected()
            self.at += 1
            return Range(first, high, token.text == "[", end.text == "]", token.start, end.end)
        if token.text == "(":
            self.expect(")")
            return first
        if token.text == "]":
            raise self.unexpected()
        items = [first]
        while self.accept(","):
            items.append(self.expression())
        self.expect("]")
        return ListOf(tuple(items), token.start, self.last_end)


def known_names(*groups: Iterable[str]) -> frozenset[str]:
    """All those names of *groups* that the parser must be told of: the ones that are not simple words."""
    return frozenset(name for group in groups for name in group if not re.fullmatch(_NAME, name))
