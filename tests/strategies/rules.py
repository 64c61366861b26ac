"""Rules out of nothing: texts of our FEEL whose types fit, over the names that a scope has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from attrs import evolve, field, frozen
from hypothesis import strategies as st

LAW = "https://www.example.org/law"
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
NUMBERS = ("0", "1", "2", "3", "5", "-1", "0.1", "0.3", "2.50", "17", "65")
TEXTS = ('""', '"a"', '"b"', '"ab"', '"Z"')
DATES = ('@"1960-02-29"', '@"2019-04-07"', '@"2024-02-29"', '@"2026-04-06"', '@"2026-12-31"')


@frozen(repr=False)
class Sort:
    """What a name stands for: a kind of circumstance, with the options or fields that it has."""

    kind: str
    options: tuple[str, ...] = ()
    fields: Mapping[str, Sort] = field(factory=dict)


@frozen(repr=False)
class Names:
    """What a rule may speak of: facts, services, and the people that quantifiers and filters have bound."""

    facts: Mapping[str, Sort]
    receives: tuple[str, ...] = ()
    eligible: tuple[str, ...] = ()
    bound: tuple[tuple[str | None, Sort], ...] = ()
    figures: bool = False
    """Whether the rates and the table of `strategies.worlds` are there."""
    ordered: bool = False
    """Whether a rule may ask for the place of somebody in a list: then the order of people does matter."""

    def within(self, variable: str | None, person: Sort) -> Names:
        return evolve(self, bound=(*self.bound, (variable, person)))

    def of(self, *kinds: str) -> list[tuple[str, Sort]]:
        """The texts that name something of one of *kinds*."""
        return [(text, sort) for text, sort in self._all() if sort.kind in kinds]

    def _all(self) -> Iterator[tuple[str, Sort]]:
        hidden: set[str] = set()
        for variable, person in reversed(self.bound):
            for name, sort in person.fields.items():
                text = name if variable is None else f"{variable}.{name}"
                if text not in hidden:
                    yield text, sort
            hidden |= set(person.fields) if variable is None else {variable}
        for name, sort in self.facts.items():
            if name in hidden:
                continue
            yield name, sort
            if sort.kind == "person":
                yield from ((f"{name}.{inner}", one) for inner, one in sort.fields.items())


Written = Callable[[], str]


def rule(kind: str, names: Names, depth: int = 3) -> st.SearchStrategy[str]:
    """Texts that give a *kind*: `boolean`, `number`, `text`, `date`, `months`, `seconds`, `choices` or `people`."""
    return st.composite(lambda draw: Author(draw).write(kind, names, depth))()


@cache
def _below(size: int) -> st.SearchStrategy[int]:
    return st.integers(0, size - 1)


class Author:
    """Writes rules, one choice after the other."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.variables = 0

    def below(self, size: int) -> int:
        return self.draw(_below(size))

    def maybe(self) -> bool:
        return self.below(2) == 1

    def some(self, of: Sequence[Any]) -> list[Any]:
        """A few of them, in any order."""
        left, found = list(of), []
        while left and self.below(3):
            found.append(left.pop(self.below(len(left))))
        return found

    def write(self, kind: str, names: Names, depth: int) -> str:
        written: str = getattr(self, kind)(names, depth)
        return written

    def one(self, of: Sequence[Any]) -> Any:
        return of[self.below(len(of))]

    def pick(self, *ways: Written) -> str:
        chosen: Written = self.one(ways)
        return chosen()

    def named(self, names: Names, kinds: Sequence[str], otherwise: Sequence[str]) -> str:
        """A name of one of *kinds*, mostly; else something written out."""
        known = names.of(*kinds)
        if known and self.below(4):
            text: str = self.one(known)[0]
            return text
        written: str = self.one(otherwise)
        return written

    def condition(self, names: Names, depth: int = 2) -> Any:
        """A condition as YAML has it: a rule, a leaf with words and law, or a group."""
        match self.below(8 if depth > 0 else 3):
            case 0:
                return self.boolean(names, depth)
            case 1 | 2:
                found: dict[str, Any] = {"when": self.boolean(names, depth)}
                found |= {"because": "So it is."} if self.maybe() else {}
                return found | ({"source": LAW} if self.maybe() else {})
            case _:
                group = self.one(("all", "all", "any", "none"))
                found = {group: [self.condition(names, depth - 1) for _ in range(1 + self.below(3))]}
                return found | ({"because": "Taken together.", "source": f"{LAW}/group"} if self.maybe() else {})

    def branch(self, kind: str, names: Names, depth: int) -> str:
        condition = self.boolean(names, depth - 1)
        return f"(if {condition} then {self.write(kind, names, depth - 1)} else {self.write(kind, names, depth - 1)})"

    # -- conditions

    def boolean(self, names: Names, depth: int) -> str:
        ways: list[Written] = [
            lambda: self.named(names, ("boolean",), ("true", "false")),
            lambda: f"{self.number(names, 0)} {self.one(COMPARISONS)} {self.number(names, 0)}",
            lambda: self.chosen(names),
        ]
        if depth <= 0:
            return f"({self.pick(*ways)})"
        deeper = depth - 1
        ways += [
            lambda: f"not({self.boolean(names, deeper)})",
            lambda: self.joined(names, deeper),
            lambda: self.joined(names, deeper),
            lambda: self.compared(names, deeper),
            lambda: self.compared(names, deeper),
            lambda: self.among_people(names, deeper),
            lambda: self.among_people(names, deeper),
            lambda: self.rarer(names, deeper),
        ]
        return f"({self.pick(*ways)})"

    def joined(self, names: Names, depth: int) -> str:
        parts = [self.boolean(names, depth) for _ in range(2 + self.below(2))]
        return f" {self.one(('and', 'or'))} ".join(parts)

    def chosen(self, names: Names) -> str:
        """A question about a choice, a set of options or a text."""
        choices, sets = names.of("choice"), names.of("choices")
        ways: list[Written] = [
            lambda: (
                f"{self.named(names, ('text',), TEXTS)} {self.one(COMPARISONS)} {self.named(names, ('text',), TEXTS)}"
            )
        ]
        if choices:
            text, sort = self.one(choices)
            option, other = f'"{self.one(sort.options)}"', f'"{self.one(sort.options)}"'
            ways += [
                lambda: f"{text} {self.one(('=', '!='))} {option}",
                lambda: f"{option} {self.one(('=', '!='))} {text}",
                lambda: f"{text} in [{option}, {other}]",
                lambda: f"not({text} in ({option}, {other}))",
                lambda: f"{text} {self.one(('=', '!='))} {self.one(choices)[0]}",
                lambda: f"{text} {self.one(COMPARISONS)} {self.one(names.of('text') or [(text, sort)])[0]}",
            ]
        if sets:
            held, options = self.one(sets)
            ways += [
                lambda: f'list contains({held}, "{self.one(options.options)}")',
                lambda: f'"{self.one(options.options)}" in {held}',
                lambda: f"count({held}) {self.one(COMPARISONS)} {self.one(NUMBERS)}",
                lambda: f'some x in {held} satisfies x = "{self.one(options.options)}"',
            ]
        return self.pick(*ways)

    def compared(self, names: Names, depth: int) -> str:
        sign = self.one(COMPARISONS)
        return self.pick(
            lambda: f"{self.number(names, depth)} {sign} {self.number(names, depth)}",
            lambda: f"{self.number(names, depth)} between {self.number(names, 0)} and {self.number(names, 0)}",
            lambda: (
                f"{self.number(names, depth)} in {self.one('[(')}"
                f"{self.number(names, 0)}..{self.number(names, 0)}{self.one('])')}"
            ),
            lambda: f"{self.number(names, depth)} in ({self.number(names, 0)}, >= {self.number(names, 0)})",
            lambda: f"{self.date(names, depth)} {sign} {self.date(names, depth)}",
            lambda: f"{self.months(names, depth)} {sign} {self.months(names, depth)}",
            lambda: f"{self.seconds(names, depth)} {sign} {self.seconds(names, depth)}",
            lambda: f"{self.text(names, depth)} {sign} {self.text(names, depth)}",
            lambda: f"{self.boolean(names, depth)} {self.one(('=', '!='))} {self.boolean(names, depth)}",
            lambda: f"is({self.number(names, depth)}, {self.number(names, depth)})",
        )

    def rarer(self, names: Names, depth: int) -> str:
        ways: list[Written] = [
            lambda: self.branch("boolean", names, depth + 1),
            lambda: f"contains({self.text(names, depth)}, {self.text(names, 0)})",
            lambda: f"even({self.number(names, depth)})",
            lambda: f"{self.boolean(names, depth)} and null",
            lambda: f"({self.number(names, depth)}) instance of {self.one(('number', 'string'))}",
        ]
        if names.receives:
            ways.append(lambda: f'receives("{self.one(names.receives)}")')
        if names.eligible:
            ways += [lambda: f'eligible("{self.one(names.eligible)}")'] * 2
        if names.figures:
            ways.append(lambda: "a_flag")
            ways.append(lambda: f"allowed({self.number(names, 0)})")
        return self.pick(*ways)

    # -- people

    def variable(self) -> str:
        self.variables += 1
        return f"v{self.variables}"

    def listed(self, names: Names, depth: int) -> tuple[str, Sort] | None:
        """A list of people, filtered perhaps."""
        known = names.of("people")
        if not known:
            return None
        text, sort = self.one(known)
        if depth > 0 and self.maybe():
            text = f"{text}[{self.boolean(names.within(None, sort), depth - 1)}]"
        return text, sort

    def among_people(self, names: Names, depth: int) -> str:
        people = self.listed(names, depth)
        if people is None:
            return self.joined(names, depth)
        listed, sort = people
        variable = self.variable()
        inner = names.within(variable, sort)
        numbers = [name for name, one in sort.fields.items() if one.kind in ("number", "money")]
        flags = [name for name, one in sort.fields.items() if one.kind == "boolean"]
        ways: list[Written] = [
            lambda: f"some {variable} in {listed} satisfies {self.boolean(inner, depth)}",
            lambda: f"every {variable} in {listed} satisfies {self.boolean(inner, depth)}",
            lambda: f"count({listed}) {self.one(COMPARISONS)} {self.one(NUMBERS)}",
            lambda: f"count({listed}) {self.one(COMPARISONS)} {self.number(names, depth)}",
        ]
        if numbers:
            ways += [
                lambda: (
                    f"some x in {listed}.{self.one(numbers)} "
                    f"satisfies x {self.one(COMPARISONS)} {self.number(names, 0)}"
                ),
                lambda: f"{self.number(names, 0)} in {listed}.{self.one(numbers)}",
                lambda: f"sum({listed}.{self.one(numbers)}) {self.one(COMPARISONS)} {self.number(names, 0)}",
            ]
        if flags:
            ways.append(lambda: f"{self.one(('all', 'any'))}({listed}.{self.one(flags)})")
        return self.pick(*ways)

    def people(self, names: Names, depth: int) -> str:
        found = self.listed(names, depth)
        assert found is not None
        return found[0]

    # -- values

    def number(self, names: Names, depth: int) -> str:
        if depth <= 0:
            return self.named(names, ("number", "money"), NUMBERS)
        deeper = depth - 1
        people = self.listed(names, deeper)
        ways: list[Written] = [
            lambda: self.number(names, 0),
            lambda: f"({self.number(names, deeper)} {self.one('++--*/')} {self.number(names, deeper)})",
            lambda: f"-{self.number(names, 0)}",
            lambda: f"abs({self.number(names, deeper)})",
            lambda: f"floor({self.number(names, deeper)})",
            lambda: f"modulo({self.number(names, deeper)}, {self.number(names, 0)})",
            lambda: f"{self.one(('min', 'max', 'sum'))}({self.number(names, deeper)}, {self.number(names, 0)})",
            lambda: self.branch("number", names, depth),
            lambda: (
                f"years and months duration({self.date(names, 0)}, {self.date(names, 0)})"
                f".{self.one(('years', 'months'))}"
            ),
            lambda: f"{self.date(names, deeper)}.{self.one(('year', 'month', 'day'))}",
            lambda: f"({self.date(names, 0)} - {self.date(names, 0)}).days",
            lambda: f"string length({self.text(names, deeper)})",
        ]
        if names.figures:
            ways += [
                lambda: self.one(("a_rate", "a_late_rate")),
                lambda: f"cap({self.text(names, 0)}, {self.number(names, deeper)})",
            ]
        if people is not None:
            ways += [lambda: self.over_people(names, people, deeper)] * 4
        return self.pick(*ways)

    def over_people(self, names: Names, people: tuple[str, Sort], depth: int) -> str:
        listed, sort = people
        inner = names.within((variable := self.variable()), sort)
        numbers = [name for name, one in sort.fields.items() if one.kind in ("number", "money")]
        ways: list[Written] = [
            lambda: f"count({listed})",
            lambda: f"sum(for {variable} in {listed} return {self.number(inner, depth)})",
            lambda: f"max(for {variable} in {listed} return {self.number(inner, depth)})",
        ]
        if numbers:
            ways += [
                lambda: f"sum({listed}.{self.one(numbers)})",
                lambda: f"{self.one(('min', 'max', 'mean'))}({listed}.{self.one(numbers)})",
                lambda: f"count(distinct values({listed}.{self.one(numbers)}))",
            ]
            if names.ordered:
                ways.append(lambda: f"{listed}[{self.one(('1', '2', '-1'))}].{self.one(numbers)}")
        return self.pick(*ways)

    def text(self, names: Names, depth: int) -> str:
        if depth <= 0:
            # Without its options, that is: compared with a text that is none of them, a choice is refused.
            known = [
                (f"string({text})" if sort.kind == "choice" else text) for text, sort in names.of("text", "choice")
            ]
            return (
                f"({self.one(known)} + {self.one(TEXTS)})"
                if known and self.maybe()
                else self.named(names, ("text",), TEXTS)
            )
        deeper = depth - 1
        return self.pick(
            lambda: self.named(names, ("text",), TEXTS),
            lambda: f"({self.named(names, ('text',), TEXTS)} + {self.text(names, 0)})",
            lambda: f"upper case({self.text(names, deeper)})",
            lambda: f"substring({self.text(names, deeper)}, {self.number(names, 0)})",
            lambda: f"string({self.number(names, deeper)})",
        )

    def choice(self, names: Names, depth: int) -> str:
        """One of `a`, `b` and `c`; or of some text, which may be none of them."""
        known = names.of("choice", "text")
        options = [f'"{one}"' for one in "abc"]
        if depth <= 0:
            return self.named(names, ("choice", "text"), options) if known else str(self.one(options))
        return self.pick(
            lambda: self.choice(names, 0),
            lambda: self.branch("choice", names, depth),
            lambda: f"string({self.named(names, ('text', 'choice', 'number'), ('said',))})",
        )

    def date(self, names: Names, depth: int) -> str:
        if depth <= 0:
            return self.named(names, ("date",), (*DATES, "today()"))
        deeper = depth - 1
        return self.pick(
            lambda: self.date(names, 0),
            lambda: f"({self.date(names, deeper)} {self.one('+-')} {self.months(names, 0)})",
            lambda: f"({self.date(names, deeper)} {self.one('+-')} {self.seconds(names, 0)})",
            lambda: f"date({self.one(('2025', '1900'))}, {self.number(names, 0)}, {self.number(names, 0)})",
            lambda: self.branch("date", names, depth),
        )

    def months(self, names: Names, depth: int) -> str:
        if depth <= 0:
            return str(self.one(('@"P1Y"', '@"P18M"', '@"-P3M"')))
        return self.pick(
            lambda: self.months(names, 0),
            lambda: f"years and months duration({self.date(names, 0)}, {self.date(names, 0)})",
            lambda: f"({self.months(names, 0)} * {self.number(names, 0)})",
        )

    def seconds(self, names: Names, depth: int) -> str:
        if depth <= 0:
            return str(self.one(('@"P10D"', '@"-P1D"', '@"PT36H"')))
        return self.pick(
            lambda: self.seconds(names, 0),
            lambda: f"({self.date(names, 0)} - {self.date(names, 0)})",
        )

    def choices(self, names: Names, depth: int) -> str:
        known = names.of("choices")
        if not known:
            return '["p", "q"]'
        text, sort = self.one(known)
        return self.pick(
            lambda: str(text),
            lambda: f'append({text}, "{self.one(sort.options)}")',
            lambda: f'{text}[item != "{self.one(sort.options)}"]',
        )
