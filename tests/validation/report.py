"""The table of what was compared, for a terminal or for a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import define, frozen

from lgbm import Status
from tests.validation.amounts import Sums
from tests.validation.explained import EXPLAINED, Case, Right

_HEAD = (
    "programme",
    "compared",
    "yes",
    "agreed",
    "%",
    "we say no",
    "we say yes",
    "explained",
    "UNEXPLAINED",
    "undetermined",
)

_AMOUNTS = ("amounts", "the same", "apart", "widest, £ a year")


@define
class Tally:
    """The counts of one programme."""

    agreed: int = 0
    we_say_no: int = 0
    we_say_yes: int = 0
    explained: int = 0
    unexplained: int = 0
    undetermined: int = 0
    paid: int = 0

    @property
    def compared(self) -> int:
        """Every household that both answer."""
        return self.agreed + self.we_say_no + self.we_say_yes

    def differs(self, case: Case) -> bool:
        """Whether the two answers differ; either way, the case is counted."""
        self.paid += case.theirs
        match case.ours:
            case Status.UNDETERMINED:
                self.undetermined += 1
                return False
            case Status.ELIGIBLE if not case.theirs:
                self.we_say_yes += 1
                return True
            case Status.INELIGIBLE if case.theirs:
                self.we_say_no += 1
                return True
            case _:
                self.agreed += 1
                return False


@frozen
class Report:
    """Everything that a run found; as a text, for a terminal."""

    tallies: Mapping[str, Tally]
    reasons: Mapping[str, int]
    sums: Mapping[str, Sums]
    count: int
    on: date

    def __str__(self) -> str:
        lines = [self._head(), "", *_columns((_HEAD, *self._rows()))]
        lines += ["", *(f"{self.reasons[one.id]:8}  {one.label} ({one.right})" for one in EXPLAINED)]
        return "\n".join([*lines, "", *_columns((_AMOUNTS, *self._amounts()))])

    def markdown(self) -> str:
        """The same as tables of a page, with the law of each class."""
        classes = [(one.label, one.right, str(self.reasons[one.id]), one.law, one.why) for one in EXPLAINED]
        lines = [self._head().replace(". ", ".\n").replace("; ", ";\n"), "", *_table(_HEAD, self._rows()), ""]
        lines += [*_table(("class", "who follows the law", "cases", "law", "why"), classes), ""]
        return "\n".join([*lines, *_table(_AMOUNTS, self._amounts())])

    def _head(self) -> str:
        whole = _sum(self.tallies)
        aside = sum(self.reasons[one.id] for one in EXPLAINED if one.right is not Right.THEIRS)
        shares = [whole.agreed / max(1, whole.compared - less) * 100 for less in (0, aside, whole.explained)]
        return (
            f"{self.count:,} households on {self.on}, {len(self.tallies)} programmes, {whole.compared:,} answers. "
            f"Alike: {shares[0]:.2f} % of all; {shares[1]:.2f} % without the classes in which the oracle departs from "
            f"the law or answers another question; {shares[2]:.2f} % outside of all classes. "
            f"Differences that nothing explains: {whole.unexplained}."
        )

    def _rows(self) -> list[tuple[str, ...]]:
        return [*(_row(name, one) for name, one in self.tallies.items()), _row("all", _sum(self.tallies))]

    def _amounts(self) -> list[tuple[str, ...]]:
        return [
            (name, str(one.same), str(one.apart), f"{one.widest:.2f}" if one.apart else "")
            for name, one in sorted(self.sums.items())
        ]


def _sum(tallies: Mapping[str, Tally]) -> Tally:
    whole = Tally()
    for one in tallies.values():
        for name in ("agreed", "we_say_no", "we_say_yes", "explained", "unexplained", "undetermined", "paid"):
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
    return whole


def _row(name: str, one: Tally) -> tuple[str, ...]:
    share = f"{100 * one.agreed / one.compared:.2f}" if one.compared else "-"
    counts = (one.we_say_no, one.we_say_yes, one.explained, one.unexplained, one.undetermined)
    return (name, str(one.compared), str(one.paid), str(one.agreed), share, *map(str, counts))


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    ruler = ["---" if _words(column) else "---:" for column in zip(*rows, strict=True)]
    return ["| " + " | ".join(cells) + " |" for cells in (head, ruler, *rows)]


def _words(cells: Sequence[str]) -> bool:
    return any(character.isalpha() for cell in cells for character in cell)


def into(page: Path, written: str) -> None:
    """Put the table between the two marks of a page."""
    text = page.read_text(encoding="utf-8")
    before, mark, rest = text.partition("<!-- table:")
    opening, _, after = rest.partition("-->\n")
    _, end, tail = after.partition("<!-- end of table -->")
    page.write_text(f"{before}{mark}{opening}-->\n{written}\n{end}{tail}", encoding="utf-8")
