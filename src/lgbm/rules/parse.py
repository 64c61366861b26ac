"""Text to `Expr`: the grammar of the FEEL that we take, as the DMN standard writes it.

From loosest to tightest: `for`, `if`, `some`, `every` · `or` · `and` · comparisons, `between`, `in` · `+ -` · `* /` ·
`**` · unary minus · `instance of` · path, filter, invocation.
"""

from __future__ import annotations

from collections.abc import Collection

from lgbm.rules.operands import DEEPEST, Operands
from lgbm.rules.syntax import (
    Between,
    Binary,
    Expr,
    For,
    If,
    In,
    Logic,
    Negated,
    Negative,
    Quantified,
    Range,
    Test,
)
from lgbm.rules.tokens import KEYWORDS, ParseError, Token, spaced, tokens


def parse(text: str, names: Collection[str] = ()) -> Expr:
    """The expression that *text* writes. *names* are the known names that hold blanks or signs, functions' included."""
    return _Parser(text, tokens(text, spaced(frozenset(names)))).whole()


def parse_tests(text: str, names: Collection[str] = ()) -> tuple[Expr, ...]:
    """The unary tests that *text* writes: the cell of a table."""
    return _Parser(text, tokens(text, spaced(frozenset(names)))).whole_tests()


class _Parser(Operands):
    """One pass over the words of one text."""

    def __init__(self, text: str, words: list[Token]) -> None:
        super().__init__(text, words)
        self.depth = 0
        self.read: dict[int, tuple[Expr, int]] = {}

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
        """The expression that begins here. Read a second time after a step back, it is the one read before."""
        start = self.at
        if start not in self.read:
            self.read[start] = self._expression(), self.at
        found, self.at = self.read[start]
        return found

    def _expression(self) -> Expr:
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
        self.depth += 1
        if self.depth > DEEPEST:
            raise ParseError("too deep", self.token.start, self.token.start + 1)
        found = [self.test()]
        while self.accept(","):
            found.append(self.test())
        self.depth -= 1
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
