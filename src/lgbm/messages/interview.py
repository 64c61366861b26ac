"""What is said to the caller about an interview: codes P46n."""

from __future__ import annotations

from collections.abc import Iterable

from lgbm.errors import Diagnostic, did_you_mean
from lgbm.messages.profiles import shown


def nothing_answered(path: str) -> Diagnostic:
    return Diagnostic(
        "P461", "nothing is no answer", hint="there are `dont_know()` and `rather_not_say()`", place=f"answer: {path}"
    )


def not_so_many(path: str, count: int, most: int) -> Diagnostic:
    return Diagnostic(
        "P462", f"`{shown(count)}` people cannot be asked about", hint=f"it is 0 to {most}", place=f"answer: {path}"
    )


def no_list_of_services(value: object) -> Diagnostic:
    return Diagnostic(
        "P463",
        f"`{shown(value)}` is not a list of services",
        hint="list those received among the options of the question, [] for none",
        place="answer: receives",
    )


def not_asked_about(service: object, asked: Iterable[str]) -> Diagnostic:
    return Diagnostic(
        "P463",
        f"`{shown(service)}` is none of the services asked about",
        hint=did_you_mean(shown(service), asked) or "the options of the question are the services that it asks about",
        place="answer: receives",
    )


def nothing_asked() -> Diagnostic:
    return Diagnostic(
        "P464",
        "there is no question to answer",
        hint="`done` says so; `without(…)` takes an answer back",
        place="answer",
    )


def not_answered(path: object) -> Diagnostic:
    return Diagnostic("P464", f"`{shown(path)}` has not been answered", place="interview")


def nothing_to_take_back() -> Diagnostic:
    return Diagnostic("P464", "nothing has been answered yet", place="interview")


def no_state(why: str) -> Diagnostic:
    return Diagnostic(
        "P465", f"this is no interview: {why}", hint="give what `to_dict()` gave, unchanged", place="interview"
    )


def changed_model() -> Diagnostic:
    return Diagnostic(
        "P466",
        "the model has changed since this interview began",
        hint="begin again, with the facts that were answered: `model.interview(facts)`",
        place="interview",
    )


def no_weights() -> Diagnostic:
    return Diagnostic(
        "P467", "these are no weights", hint="give what `Weights.to_dict()` gave, unchanged", place="weights"
    )


def nothing_to_learn_from() -> Diagnostic:
    return Diagnostic(
        "P467", "there is no citizen in the table to learn from", hint="give a table with rows", place="weights"
    )
