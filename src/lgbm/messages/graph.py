"""What is said to whoever asks the graph, or for a picture of it: codes P48n from P481."""

from __future__ import annotations

from collections.abc import Iterable

from lgbm.errors import Diagnostic, did_you_mean
from lgbm.messages.profiles import shown


def one_at_a_time(given: Iterable[str]) -> Diagnostic:
    named = " and ".join(f"`{one}`" for one in given)
    return Diagnostic(
        "P481", f"{named} were given together", hint="ask for one picture, or one part, at a time", place="graph"
    )


def another_kind(name: str, kinds: Iterable[str], wanted: str) -> Diagnostic:
    is_a = " and ".join(f"{'an' if one[0] in 'aeiou' else 'a'} {one}" for one in kinds)
    return Diagnostic("P482", f"`{shown(name)}` is {is_a}, where {wanted} was asked for", place="graph")


def several(name: str, nodes: Iterable[str]) -> Diagnostic:
    listed = " and ".join(f"`{one}`" for one in nodes)
    return Diagnostic(
        "P486", f"`{shown(name)}` can mean {listed}", hint="give the kind as well, as one of these does", place="graph"
    )


def nothing_cites(name: str, known: Iterable[str]) -> Diagnostic:
    hint = did_you_mean(shown(name), known) or "give an id, or how an address of the law begins: `ukpga/2012/5`"
    return Diagnostic("P483", f"nothing is called `{shown(name)}`, and no rule cites it", hint=hint, place="graph")


def too_few(name: str, least: int) -> Diagnostic:
    return Diagnostic("P484", f"`{name}` is {least} at least", place="graph")


def no_picture_of_a_person(form: str) -> Diagnostic:
    return Diagnostic(
        "P485",
        f"the answer for one person cannot be written as {shown(form)}",
        hint="draw it with `--svg`, or have the same in words with `--text`",
        place="graph",
    )
