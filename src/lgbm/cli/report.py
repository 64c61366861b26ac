"""`lgbm check`, `lgbm coverage` and `lgbm languages`: what is said of a taxonomy as a whole."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from lgbm.cli.files import DEFAULT
from lgbm.cli.terminal import FINDINGS, FINE, counted
from lgbm.errors import Diagnostic, ProfileError, SourceError
from lgbm.executable import load
from lgbm.messages import profiles as say
from lgbm.model.values import date_from

if TYPE_CHECKING:
    from lgbm.analysis import Coverage, Languages

_SIGNS = {"modelled": "✓", "not covered": "?", "not offered": "·"}
_MEANINGS = {"modelled": "has rules here", "not covered": "offered, no rules here", "not offered": "not offered there"}
_WIDEST = 48
Command = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add_commands(command: Command) -> None:
    """Add these commands to `lgbm`."""
    checking = command(
        "check", check, "find every mistake in a taxonomy, and what is not kept as it should be, with places and hints"
    )
    _paths(checking)
    checking.add_argument("--on", metavar="DATE", help="the day of the check, for what is to be reviewed (today)")
    checking.add_argument("--json", action="store_true", help="findings as JSON")

    covering = command("coverage", coverage, "which services have rules, and which needs are met, area by area")
    _paths(covering)
    covering.add_argument("--where", metavar="ID", help="the circumstance whose options are the areas (the first)")
    covering.add_argument("--language", default="en", metavar="TAG", help="the language of labels (en)")
    covering.add_argument("--json", action="store_true", help="the whole as JSON")

    telling = command("languages", languages, "how complete a taxonomy is in each of its languages")
    _paths(telling)
    telling.add_argument("--missing", metavar="TAG", help="list what there is not in this language")
    telling.add_argument("--json", action="store_true", help="the whole as JSON")


def _paths(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths", nargs="*", metavar="PATH", help="a folder or a file; of several, a later one lies over an earlier"
    )


def check(given: argparse.Namespace) -> int:
    """Everything that is wrong with a taxonomy; where it loads, what is not kept, and what cannot decide."""
    day = date_from(given.on) if given.on is not None else date.today()
    if day is None:
        raise ProfileError([say.no_date(given.on)])
    try:
        model = load(*(given.paths or [DEFAULT]))
    except SourceError as problem:
        found: Sequence[Diagnostic] = problem.diagnostics
        about = ""
    else:
        from lgbm import analysis

        found = analysis.check(model, on=day)
        about = f"{model.taxonomy.id}: all is well with {model.taxonomy.counted()}"
    mild = sum(one.warning for one in found)
    if given.json:
        _print_json([one.to_dict() for one in found])
    elif found:
        print("\n\n".join(map(str, found)))
        told = [counted(len(found) - mild, "finding")] if len(found) > mild else []
        told += [counted(mild, "warning")] if mild else []
        print(f"\n{', '.join(told)}. What a code means: docs/reference/errors/CODE.md")
    else:
        print(about)
    return FINDINGS if len(found) > mild else FINE


def coverage(given: argparse.Namespace) -> int:
    """A table of services by area, the totals, and the needs that nothing meets."""
    from lgbm import analysis

    model = load(*(given.paths or [DEFAULT]))
    found = analysis.coverage(model, where=given.where, language=given.language)
    if given.json:
        _print_json(found.to_dict())
        return FINE
    services = {name: one.named(given.language) for name, one in model.services.items()}
    needs = {name: one.named(given.language) for name, one in model.needs.items()}
    print("\n".join(_coverage_lines(found, services, needs)))
    return FINE


def _coverage_lines(found: Coverage, services: Mapping[str, str], needs: Mapping[str, str]) -> Iterator[str]:
    areas = [*found.areas.values()]
    yield f"{found.taxonomy}: " + ", ".join(f"{_SIGNS[state]} {words}" for state, words in _MEANINGS.items())
    rows = [[services[name], *(_SIGNS[one] for one in states.values())] for name, states in found.services.items()]
    yield from ("", *_table(["Service", *areas], sorted(rows)))
    totals = found.totals
    rows = [[words, *(str(totals[area][state]) for area in found.areas)] for state, words in _MEANINGS.items()]  # type: ignore[index]
    yield from ("", *_table(["Services in all", *areas], rows))
    if found.needs:
        rows = [[needs[name], *map(str, counts.values())] for name, counts in found.needs.items()]
        yield from ("", *_table(["Services with rules, by need", *areas], sorted(rows)))
    if found.elsewhere:
        yield from ("", f"Offered by other areas than these: {', '.join(found.elsewhere)}")
    if found.gaps:
        yield from ("", "Needs that no service with rules meets")
    for gap in found.gaps:
        there = f" (offered, no rules here: {', '.join(gap.services)})" if gap.services else ""
        yield f"  {found.areas[gap.area]}: {needs[gap.need]}{there}"


def languages(given: argparse.Namespace) -> int:
    """For each language and section, how many texts there are; or what there is not in one."""
    from lgbm import analysis

    found = analysis.languages(load(*(given.paths or [DEFAULT])))
    if given.missing is not None:
        lacking = found.missing(given.missing)
        if given.json:
            _print_json([{"place": text.place, "words": dict(text.words)} for text in lacking])
        else:
            for text in lacking:
                print(f"{text.place}: {text.words.get('en') or next(iter(text.words.values()))}")
    elif given.json:
        _print_json(found.to_dict())
    else:
        print("\n".join(_language_lines(found)))
    return FINE


def _language_lines(found: Languages) -> Iterator[str]:
    tags = found.tags
    counts = {tag: found.counted(tag) for tag in tags}
    yield f"{found.taxonomy}: {counted(len(found.texts), 'text')} that a citizen may read"
    rows = [
        [f"{section}: {what}", *(_share(counts[tag][section, what]) for tag in tags)]
        for section, what in (counts[tags[0]] if tags else ())
    ]
    whole = ["all", *(_share((len(found.texts) - len(found.missing(tag)), len(found.texts))) for tag in tags)]
    yield from ("", *_table(["Texts", *tags], [*rows, whole]))


def _share(counts: tuple[int, int]) -> str:
    there, whole = counts
    # Never 100% while one is lacking.
    return f"{there} of {whole} ({100 * there // whole}%)" if whole else "0 of 0"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Columns, the first as wide as its words may be, the others set apart by two spaces."""
    whole = [list(head), *([_short(row[0]), *row[1:]] for row in rows)]
    widths = [max(len(row[place]) for row in whole) for place in range(len(head))]
    for row in whole:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _short(words: str) -> str:
    return words if len(words) <= _WIDEST else f"{words[: _WIDEST - 1]}…"


def _print_json(data: object) -> None:
    print(json.dumps(data, indent=2, ensure_ascii=False))
