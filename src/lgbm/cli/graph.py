"""`lgbm graph` and `lgbm explore`: the model as a whole, written, drawn and asked about."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from lgbm.cli.files import DEFAULT, read_profile
from lgbm.cli.terminal import FINE, counted, show
from lgbm.errors import ProfileError
from lgbm.executable import Model, load
from lgbm.messages import graph as say

if TYPE_CHECKING:
    from lgbm.graph import Picture, Reach

_FORMS = ("mermaid", "json", "graphml", "dot", "text")
_MOST_WAYS = 20
Command = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add_commands(command: Command) -> None:
    """Add these commands to `lgbm`."""
    writing = command("graph", graph, "the taxonomy as a graph or as a picture: items and how they are related")
    _taxonomy(writing)
    part = writing.add_argument_group("which part")
    part.add_argument("--event", metavar="ID", help="what one life event can touch")
    part.add_argument("--service", metavar="ID", help="what decides one service, and what it is for")
    part.add_argument("--around", metavar="ITEM", help="only one item and what it is directly related to")
    part.add_argument("--profile", metavar="FILE", help="the answer for one person, after --event if there is one")
    part.add_argument("--on", metavar="DATE", help="the date to answer for, as 2026-04-06 (today)")
    form = writing.add_argument_group("in what form").add_mutually_exclusive_group()
    form.add_argument("--svg", metavar="FILE", help="draw it: a picture for a browser; - for standard output")
    form.add_argument("--text", dest="form", action="store_const", const="text", help="the picture in words")
    for name, words in (
        ("mermaid", "a Mermaid diagram; this is what comes if nothing is said"),
        ("dot", "for Graphviz"),
        ("graphml", "for Gephi, yEd and Cytoscape"),
        ("json", "node-link data, for NetworkX and D3"),
    ):
        form.add_argument(f"--{name}", dest="form", action="store_const", const=name, help=words)
    form.add_argument("--format", dest="form", choices=_FORMS, help="the same: --format dot is --dot")
    writing.add_argument("--all", action="store_true", help="a picture with every item, and nothing folded")
    writing.add_argument("--language", default="en", metavar="TAG", help="the language of labels in a picture (en)")
    _add_questions(
        command("explore", explore, "ask about the model as a whole: what leads where, and what depends on what")
    )


def _add_questions(asking: argparse.ArgumentParser) -> None:
    questions = asking.add_subparsers(title="questions", metavar="QUESTION", required=True)

    def question(name: str, words: str, *names: tuple[str, str]) -> argparse.ArgumentParser:
        one = questions.add_parser(name, help=words, description=words)
        one.set_defaults(question=name)
        for named, about in names:
            one.add_argument(named, metavar=named.upper().rstrip("?"), help=about)
        _taxonomy(one)
        one.add_argument("--json", action="store_true", help="the answer as JSON")
        return one

    ways = question(
        "ways", "the ways from a life event to an outcome, shortest first",
        ("event", "an id, such as bereavement; any item of the chain will do"), ("outcome", "an id, or any later item"),
    )  # fmt: skip
    ways.add_argument("--longest", type=int, default=6, metavar="N", help="how many steps a way has at most (6)")
    ways.add_argument("--most", type=int, default=_MOST_WAYS, metavar="N", help=f"how many are shown ({_MOST_WAYS})")
    question(
        "dependents", "what must be read again when this changes",
        ("item", "a circumstance, a rate or table, a law or how its id or address begins: ukpga/2012/5"),
    )  # fmt: skip
    question("meeting", "the services that meet a need", ("need", "an id, such as housing-costs"))
    passports = question("passports", "chains of services, each of which the next asks about")
    passports.add_argument("service", nargs="?", metavar="SERVICE", help="only the chains that this one is in")
    question("together", "services that always come together: candidates for joining up")
    question("coverage", "what each life event reaches")
    question("loose-ends", "where the chain breaks off: needs without a service, and the like")


def _taxonomy(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--taxonomy", action="append", metavar="PATH", help=f"a folder, a file or a packaged name ({DEFAULT})"
    )


# -- the graph, and pictures of it


def graph(given: argparse.Namespace) -> int:
    """Write the graph, or the part of it that is asked for; or draw it."""
    from lgbm.graph import around, part, to_dot, to_graphml, to_json, to_mermaid

    model = load(*(given.taxonomy or [DEFAULT]))
    form = given.form or ("text" if given.profile is not None else "mermaid")
    if given.svg is not None or form == "text":
        picture = _picture(model, given)
        if given.svg not in (None, "-"):
            picture.save(Path(given.svg))
            print(f"{given.svg}: {picture.title}")
        elif given.svg is not None:
            print(picture.svg, end="")
        else:
            show(picture.line)
        return FINE
    if given.profile is not None:
        raise ProfileError([say.no_picture_of_a_person(form)])
    _only_one(given, "event", "service", "around")
    found = part(model.graph, event=given.event, service=given.service)
    if given.around is not None:
        found = around(found, given.around)
    match form:
        case "json":
            _print_json(to_json(found))
        case "graphml":
            print(to_graphml(found), end="")
        case "dot":
            print(to_dot(found), end="")
        case _:
            print(to_mermaid(found), end="")
    return FINE


def _picture(model: Model, given: argparse.Namespace) -> Picture:
    most = None if given.all else 10
    _only_one(given, "around", "profile")
    _only_one(given, "event", "service", "around")
    _only_one(given, "service", "profile")
    if given.around is not None:
        raise ProfileError([say.one_at_a_time(("around", "svg" if given.svg is not None else "text"))])
    if given.profile is None:
        return model.draw(event=given.event, service=given.service, language=given.language, most=most)
    facts = read_profile(given.profile)
    answer = model.resolve(facts, event=given.event, on=given.on, language=given.language)
    return model.draw(resolution=answer, most=most)


def _only_one(given: argparse.Namespace, *names: str) -> None:
    there = [name for name in names if getattr(given, name) is not None]
    if len(there) > 1:
        raise ProfileError([say.one_at_a_time(there)])


# -- questions


def explore(given: argparse.Namespace) -> int:
    """Answer one question about the model."""
    asked = load(*(given.taxonomy or [DEFAULT])).explore
    match given.question:
        case "ways":
            found = tuple(islice(asked.ways(given.event, given.outcome, given.longest), max(0, given.most)))
            _say(given, [one.to_dict() for one in found], found, "no way")
        case "dependents":
            depending = asked.dependents(given.item)
            _say(given, depending.to_dict(), [depending], "")
        case "meeting":
            services = asked.meeting(given.need)
            _say(given, list(services), services, "no service")
        case "passports":
            chains = asked.passports(given.service)
            _say(given, [one.to_dict() for one in chains], chains, "no chain")
        case "together":
            groups = asked.together()
            _say(given, [one.to_dict() for one in groups], groups, "none")
        case "coverage":
            reached = asked.coverage()
            _say(given, [one.to_dict() for one in reached], _reaching(reached), "no life event")
        case _:
            ends = asked.loose_ends()
            _say(given, ends.to_dict(), [ends], "")
    return FINE


def _say(given: argparse.Namespace, data: object, found: Iterable[object], nothing: str) -> None:
    if given.json:
        _print_json(data)
    else:
        print("\n".join(map(str, found)) or nothing)


def _reaching(found: Sequence[Reach]) -> list[str]:
    """A line for each event: what it reaches, most needs first."""
    lines: list[str] = []
    for one in sorted(found, key=lambda one: (-one.needs, one.event)):
        lines.append(
            f"{one.label}: {counted(one.circumstances, 'circumstance')}, {counted(one.needs, 'need')}, "
            f"{counted(one.services, 'service')} "
            f"({one.services_led_to} directly, {one.services_with_rules} with rules), "
            f"{counted(one.outcomes, 'outcome')}, {counted(one.indicators, 'indicator')}"
        )
        if one.needs_without_service:
            lines.append(f"  needs that no service meets: {', '.join(one.needs_without_service)}")
    return lines


def _print_json(data: object) -> None:
    print(json.dumps(data, indent=2, ensure_ascii=False))
