"""What stands by itself in an expression: literals, names, calls, brackets, and what follows directly on them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from lgbm.model.values import date_from, duration_from, number_from
from lgbm.rules.syntax import (
    Call,
    Expr,
    Filter,
    InstanceOf,
    ListOf,
    Literal,
    Name,
    Null,
    Path,
    Range,
)
from lgbm.rules.tokens import KEYWORDS, Cursor, ParseError, Token, unescaped

DEEPEST = 40
"""Levels of nesting, and operations in one chain: what a person can still read, and Python can recurse into."""

_AFTER_RANGE = ("and", "or", "then", "else", "return", "satisfies", "between", "in")

_SPACED_TYPES = re.compile(r"(years\s+and\s+months|days\s+and\s+time)\s+duration\b|date\s+and\s+time\b")
_LONGEST_STRING = 10_000


class Operands(Cursor, ABC):
    """Reads operands. What is in their brackets is for `expression` to read."""

    in_range = False
    """Whether we are between `..` and the end of a range."""

    @abstractmethod
    def expression(self) -> Expr:
        """The longest expression that comes next."""

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
                return Literal(unescaped(token, 1), token.start, token.end)
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
        text = unescaped(token, 2)
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
