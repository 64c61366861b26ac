"""The commands of `lgbm`, and what each prints.

Exit codes: 0 when all is well, 1 when there are findings, 2 when the command or its input cannot be used, 130 when it
was interrupted.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Callable, Sequence

from lgbm.cli import ask, compare, demo, graph, personas, population, report, residents, screen
from lgbm.cli.files import DEFAULT, read_profile
from lgbm.cli.terminal import FINE, INTERRUPTED, UNUSABLE, as_typed, show
from lgbm.decision import Status
from lgbm.errors import LgbmError, ProfileError, SourceError
from lgbm.executable import Model, load
from lgbm.personas import schema as personas_schema
from lgbm.reading import json_schema

_ABOUT = """The Local Government Business Model, executable: from a life event to the services that somebody is eligible
for, with the reason, the place in the rules and the law of every answer. What is not known is asked for, never taken
for no."""

_BEGIN = """begin here:
  lgbm demo                                       see an answer, from beginning to end
  lgbm check my-taxonomy/                         find every mistake in a taxonomy
  lgbm resolve --profile me.yaml --event bereavement
  lgbm why universal-credit --profile me.yaml     why, why not, or what is still to be asked
  lgbm test my-personas/                          whether people get the answers that you expect for them

with a table of residents (lgbm synthetic writes one of invented people):
  lgbm screen residents.parquet --keep ward       how many are eligible for what, and of how many it is not known
  lgbm take-up residents.parquet --by ward        who is entitled to what and does not claim it

The taxonomy is the packaged one of the four nations of the United Kingdom; another is given with --taxonomy FOLDER
(again and again for layers)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, and give its exit code."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if not hasattr(given, "run"):
        parser.print_help()
        return FINE
    run: Callable[[argparse.Namespace], int] = given.run
    try:
        return run(given)
    except SourceError as problem:
        print(_coloured_diagnostics(problem), file=sys.stderr)
        return UNUSABLE
    except ProfileError as problem:
        print(as_typed(problem), file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print("\nlgbm: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone, `head` for one. Nothing is wrong, and nothing more can be said.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lgbm", description=_ABOUT, epilog=_BEGIN, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=words, description=words)
        one.set_defaults(run=run)
        return one

    command("demo", demo.demo, "show a whole answer: somebody has just lost her job; then a whole invented population")

    report.add_commands(command)

    schema = command(
        "schema", _schema, "print the JSON Schema of the format, by which an editor completes and checks it"
    )
    schema.add_argument(
        "--layer", action="store_true", help="of a taxonomy that lies over another and changes some fields only"
    )
    schema.add_argument("--personas", action="store_true", help="of a file of personas, which `lgbm test` reads")

    resolve = command(
        "resolve", _resolve, "answer for one person: what changed, what is needed, which services there are"
    )
    _about_a_person(resolve)
    resolve.add_argument("--all", action="store_true", help="every service at length, however many there are")

    why = command("why", _why, "why somebody is eligible for one service, or not, or what is still to be asked")
    why.add_argument("service", metavar="SERVICE", help="the id of a service, such as universal-credit")
    _about_a_person(why)

    comparing = command("compare", compare.compared, "what is gained, lost and newly asked from one life to another")
    compare.add_options(comparing)

    change = command(
        "change", _change, "the smallest changes that would make somebody eligible for a service, or what would end it"
    )
    change.add_argument("service", metavar="SERVICE", help="the id of a service, such as universal-credit")
    _about_a_person(change)

    asking = command("ask", ask.ask, "ask somebody only what can still matter, and answer as soon as all is settled")
    ask.add_options(asking)

    test = command("test", personas.test, "whether the people described in files get the answers expected for them")
    personas.add_options(test)

    screening = command("screen", screen.screen, "who is eligible for what in a whole table of citizens")
    screen.add_options(screening)

    population.add_commands(command)

    invented = command("synthetic", residents.synthetic, "write a table of invented people, to try rules on")
    residents.add_options(invented)

    graph.add_commands(command)
    return parser


def _taxonomy(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--taxonomy",
        action="append",
        metavar="PATH",
        help="a folder, a file or a packaged name; again for each layer over it (four-nations)",
    )


def _about_a_person(command: argparse.ArgumentParser) -> None:
    _taxonomy(command)
    command.add_argument(
        "--profile",
        required=True,
        metavar="FILE",
        help="what is known of the person: YAML or JSON, - for standard input",
    )
    command.add_argument("--event", metavar="ID", help="the life event that has just happened")
    command.add_argument("--on", metavar="DATE", help="the date to answer for, as 2026-04-06 (today)")
    command.add_argument(
        "--language", default="en", metavar="TAG", help="the language of labels where there is one (en)"
    )
    command.add_argument("--json", action="store_true", help="the answer as JSON")


# -- commands


def _schema(given: argparse.Namespace) -> int:
    schema = personas_schema() if given.personas else json_schema(layer=given.layer)
    print(json.dumps(schema, indent=2, ensure_ascii=False))
    return FINE


def _resolve(given: argparse.Namespace) -> int:
    answer = _model(given).resolve(read_profile(given.profile), event=given.event, on=given.on, language=given.language)
    if given.json:
        print(json.dumps(answer.to_dict(), indent=2, ensure_ascii=False))
    else:
        show(answer.told(None) if given.all else answer.line)
    return FINE


def _why(given: argparse.Namespace) -> int:
    answer = _model(given).resolve(read_profile(given.profile), event=given.event, on=given.on, language=given.language)
    decision = answer[given.service]
    if given.json:
        print(json.dumps(decision.to_dict(), indent=2, ensure_ascii=False))
    else:
        show(decision.why().line)
    return FINE


def _change(given: argparse.Namespace) -> int:
    answer = _model(given).resolve(read_profile(given.profile), event=given.event, on=given.on, language=given.language)
    decision = answer[given.service]
    found = decision.what_would_end() if decision.status is Status.ELIGIBLE else decision.what_would_change()
    if given.json:
        print(json.dumps(found.to_dict(), indent=2, ensure_ascii=False))
    else:
        show(found.line)
    return FINE


# -- showing


def _model(given: argparse.Namespace) -> Model:
    return load(*(given.taxonomy or [DEFAULT]))


def _coloured_diagnostics(problem: LgbmError) -> str:
    return "\n\n".join(str(one) for one in problem.diagnostics)
