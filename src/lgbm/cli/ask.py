"""`lgbm ask`: the next best question, at a terminal or over a pipe."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, Any

from lgbm.cli.files import DEFAULT, read_profile
from lgbm.cli.terminal import FINE, counted, show
from lgbm.errors import ProfileError, did_you_mean
from lgbm.executable import Model, load
from lgbm.model.concepts import Kind
from lgbm.model.profile import Plain
from lgbm.rules.naming import Names

if TYPE_CHECKING:
    from lgbm.interview import Answer, Interview, Question

_HELP = """Type your answer, or the number of an option. Other words that are understood at any time:
  ?                why this is asked
  don't know       go on without; it is not asked again
  rather not say   the same, for your own reasons
  back             to the question before
  stop             to the answers so far, and to what follows from them"""
_DECLINED = {"dont_know": "not known", "rather_not_say": "rather not said"}
_NONE = ("none", "none of these", "no", "0", "-")
_MOST_NAMED = 4


def add_options(command: argparse.ArgumentParser) -> None:
    """What `lgbm ask` takes."""
    command.add_argument("taxonomy", nargs="*", metavar="TAXONOMY", help=f"a folder, a file or a name ({DEFAULT})")
    command.add_argument("--event", metavar="ID", help="the life event that has just happened")
    command.add_argument("--all", action="store_true", help="all services, not only those that the event concerns")
    command.add_argument("--service", action="append", metavar="ID", help="only this service; again for more")
    command.add_argument("--profile", metavar="FILE", help="what is known already, as for resolve")
    command.add_argument("--on", metavar="DATE", help="the date to answer for, as 2026-04-06 (today)")
    command.add_argument("--language", default="en", metavar="TAG", help="the language of questions, if there (en)")


def ask(given: argparse.Namespace) -> int:
    """Ask, show the answers, and say what follows from them."""
    model = load(*(given.taxonomy or [DEFAULT]))
    interview = model.interview(
        read_profile(given.profile) if given.profile else {},
        event=given.event,
        on=given.on,
        services=_services(model, given),
        language=given.language,
    )
    print(f"{_HELP}\n")
    interview = _checked(_conversation(interview))
    print()
    show(interview.resolution.line)
    return FINE


def _services(model: Model, given: argparse.Namespace) -> list[str] | tuple[str, ...] | None:
    from lgbm.interview import concerned

    if given.service:
        return list(given.service)
    if given.event is None or given.all or given.event not in model.events:
        return None
    return concerned(model.on(given.on), given.event)


def _conversation(interview: Interview) -> Interview:
    """Questions until all is settled, or until somebody stops."""
    put = ""
    while (question := interview.question) is not None:
        if put != question.asks:
            _put(interview, question)
            put = question.asks
        line = _read()
        word = " ".join(line.lower().replace("’", "'").split())
        match word:
            case "stop":
                return interview
            case "":
                print("Type an answer, `don't know` or `stop`.")
            case "?":
                print(_why(question))
            case "help":
                print(_HELP)
            case "back":
                if interview.answers:
                    interview, put = interview.back(), ""
                else:
                    print("This is the first question.")
            case "don't know" | "dont know" | "i don't know" | "i dont know":
                interview = interview.dont_know()
            case "rather not say" | "i'd rather not say" | "prefer not to say":
                interview = interview.rather_not_say()
            case _:
                interview = _answered(interview, question, line.strip())
    return interview


def _answered(interview: Interview, question: Question, line: str) -> Interview:
    try:
        return interview.answer(_value(question, line))
    except ProfileError as error:
        for one in error.diagnostics:
            # In a profile it is written by id; here only the labels were shown.
            hint = _hint(one.code, question, line) or one.hint
            print(f"{one.code}: {one.message}" + (f"\nhint: {hint}" if hint else ""))
        return interview


def _hint(code: str, question: Question, line: str) -> str | None:
    """What can be typed instead, in the words of the question."""
    match code, question.kind:
        case "P403", _:
            near = did_you_mean(line, [one.label for one in question.options])
            return near or f"type a number from 1 to {len(question.options)}, or the words beside it"
        case "P402", "people":
            return "type how many there are, as 0 or 2"
        case _:
            return None


def _put(interview: Interview, question: Question) -> None:
    """A question, with what can be answered."""
    settled, left = counted(len(interview.settled), "service"), len(interview.open)
    about = f"{question.about[:1].upper()}{question.about[1:]}. " if question.about else ""
    print(f"\n[{settled} settled, {left} open]\n{about}{question.words}")
    for place, option in enumerate(question.options, 1):
        print(f"  {place}. {option.label}")
    hints = {
        "boolean": "yes or no",
        "date": "as 1990-05-31 or 31/5/1990",
        "choices": "the numbers of all that are true, as 1, 3; or none",
        "people": "how many",
        "money": "in pounds" if question.unit in (None, "GBP") else f"in {question.unit}",
        "number": f"in {question.unit}" if question.unit else "a number",
    }
    if question.kind in hints:
        print(f"  ({hints[question.kind]})")


def _why(question: Question) -> str:
    named, more = question.why[:_MOST_NAMED], len(question.why) - _MOST_NAMED
    listed = "; ".join(named) + (f"; and {more} more" if more > 0 else "")
    notes = f"\n{question.notes}" if question.notes else ""
    return f"It may settle: {listed}{notes}"


def _value(question: Question, line: str) -> Any:
    """What was typed, as a profile gives it. What is no answer stays as it is, for the reader to say so."""
    match question.kind:
        case "boolean":
            return {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}.get(
                line.lower(), line
            )
        case "choice":
            return _option(question, line)
        case "choices":
            if line.lower() in _NONE:
                return []
            return [_option(question, part.strip()) for part in _parts(question, line) if part.strip()]
        case "number" | "money" | "people":
            return Plain(re.sub(r"^£|(?<=\d),(?=\d{3})", "", line).strip())
        case "date":
            found = re.fullmatch(r"(\d{1,2})[/. ](\d{1,2})[/. ](\d{4})", line, re.ASCII)
            return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else line
        case _:
            return line


def _parts(question: Question, line: str) -> list[str]:
    """The options that were typed; a label may have commas of its own."""
    return [line] if any(line.lower() == one.label.lower() for one in question.options) else line.split(",")


def _option(question: Question, typed: str) -> str:
    """The option of that number or label, or what was typed."""
    for one in question.options:
        if typed == one.value or typed.lower() == one.label.lower():
            return one.value
    if typed.isdecimal() and 1 <= int(typed) <= len(question.options):
        return question.options[int(typed) - 1].value
    return typed


def _read() -> str:
    """One line; the end of the input is `stop`. What comes over a pipe is shown, as a terminal does."""
    print("> ", end="", flush=True)
    try:
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        # Whoever breaks off is told what is known so far.
        line = ""
    if not sys.stdin.isatty():
        print(line.rstrip("\n") if line else "stop")
    return line if line else "stop"


# -- check your answers


def _checked(interview: Interview) -> Interview:
    """The answers, to be looked through and changed, until they are as they should be."""
    while True:
        _show_answers(interview)
        if not interview.answers:
            return interview
        line = _read().strip().lower()
        found = re.fullmatch(r"change (\d+)", line, re.ASCII)
        if found and 1 <= int(found[1]) <= len(interview.answers):
            interview = _conversation(interview.without(interview.answers[int(found[1]) - 1].asked))
        elif line in ("", "stop", "done", "yes", "ok"):
            return interview
        else:
            print(f"Type `change` and a number from 1 to {len(interview.answers)}, or nothing to go on.")


def _show_answers(interview: Interview) -> None:
    left = len(interview.open)
    if not interview.done:
        print(f"\nStopped: {counted(len(interview.settled), 'service')} settled, {left} open.")
    elif left:
        print(f"\nThere is nothing more to ask. {counted(left, 'service')} cannot be settled: for want of an answer,")
        print("or because no rules are written here.")
    else:
        print("\nAll is settled.")
    print("Check your answers:" if interview.answers else "Nothing was answered.")
    for place, one in enumerate(interview.answers, 1):
        print(f"  {place}. {_called(interview, one)}: {_said(interview, one)}")
    if interview.answers:
        print("Type `change 2` to answer the second again, or nothing to go on.")


def _called(interview: Interview, one: Answer) -> str:
    label = "benefits received" if one.asked == "receives" else _names(interview).called(one.asked)
    return f"{label[:1].upper()}{label[1:]}"


def _said(interview: Interview, one: Answer) -> str:
    if one.declined is not None:
        return _DECLINED[one.declined]
    assert one.value is not None
    if isinstance(one.value, tuple) and one.asked == "receives":
        services = interview.subject.taxonomy.services
        named = [services[str(each)].named(interview.subject.language) for each in one.value]
        return "; ".join(named) or "none"
    about = interview.subject.about(one.asked)
    if isinstance(one.value, tuple) and about is not None and about.kind is Kind.PEOPLE:
        return str(len(one.value))
    return _names(interview).value(one.value, one.asked)


def _names(interview: Interview) -> Names:
    return Names(interview.subject.book, interview.subject.language)
