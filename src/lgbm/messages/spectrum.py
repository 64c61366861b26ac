"""What is said to the caller about a spectrum of services: codes P49n."""

from __future__ import annotations

from lgbm.errors import Diagnostic
from lgbm.messages.profiles import shown


def not_a_criticality(service: str, value: object) -> Diagnostic:
    return Diagnostic(
        "P490",
        f"`{shown(value)}` does not say how critical `{service}` is",
        hint='it is "low" or "high"; leave the service out where you do not know',
        place="criticality",
    )


def not_a_number_of_kinds(value: object) -> Diagnostic:
    return Diagnostic(
        "P491",
        f"`{shown(value)}` is not a number of kinds of case",
        hint="it is a number above 1: beyond it, demand counts as diverse",
        place="many",
    )
