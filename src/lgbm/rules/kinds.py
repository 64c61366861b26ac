"""The kinds of values: what each is called, and what arithmetic and paths make of them."""

from __future__ import annotations

from lgbm.rules.term import DATE, MONTHS, NUMBER, SECONDS, STRING, Type

ORDERED = ("number", "string", "date", "months", "seconds", "nothing")
"""The kinds of which one value may be less than another."""

WORDS = {
    "boolean": "a yes or no",
    "number": "a number",
    "string": "a text",
    "date": "a date",
    "months": "a duration in months",
    "seconds": "a duration in days",
    "list": "a list",
    "person": "a person",
    "nothing": "null",
}

MANY = {
    "boolean": "yes or no",
    "number": "numbers",
    "string": "texts",
    "date": "dates",
    "months": "durations in months",
    "seconds": "durations in days",
    "list": "lists",
    "person": "people",
    "nothing": "null",
}

ARITHMETIC: dict[tuple[str, str, str], tuple[str, Type]] = {
    ("+", "number", "number"): ("+", NUMBER),
    ("-", "number", "number"): ("-", NUMBER),
    ("*", "number", "number"): ("*", NUMBER),
    ("/", "number", "number"): ("/", NUMBER),
    ("**", "number", "number"): ("**", NUMBER),
    ("+", "string", "string"): ("+", STRING),
    ("+", "date", "months"): ("date + months", DATE),
    ("+", "date", "seconds"): ("date + seconds", DATE),
    ("-", "date", "months"): ("date - months", DATE),
    ("-", "date", "seconds"): ("date - seconds", DATE),
    ("-", "date", "date"): ("date - date", SECONDS),
    ("+", "months", "months"): ("months + months", MONTHS),
    ("-", "months", "months"): ("months - months", MONTHS),
    ("/", "months", "months"): ("months / months", NUMBER),
    ("+", "seconds", "seconds"): ("seconds + seconds", SECONDS),
    ("-", "seconds", "seconds"): ("seconds - seconds", SECONDS),
    ("/", "seconds", "seconds"): ("seconds / seconds", NUMBER),
    ("*", "months", "number"): ("duration * number", MONTHS),
    ("*", "seconds", "number"): ("duration * number", SECONDS),
    ("/", "months", "number"): ("duration / number", MONTHS),
    ("/", "seconds", "number"): ("duration / number", SECONDS),
}
"""For an operator and what stands on its sides, the function that it is, and the type of what that gives."""

SWAPPED = {("+", "months", "date"), ("+", "seconds", "date"), ("*", "number", "months"), ("*", "number", "seconds")}
"""What is reckoned with its sides exchanged."""

PARTS_OF = {
    "date": ("year", "month", "day", "weekday"),
    "months": ("years", "months"),
    "seconds": ("days", "hours", "minutes", "seconds"),
}
"""What a path may name of a value that is no person."""

INSTANCES = {
    "number": "number", "string": "string", "boolean": "boolean", "date": "date", "years and months duration": "months",
    "days and time duration": "seconds", "time": "time", "date and time": "time", "Any": "",
}  # fmt: skip
"""The kind that a type of the standard is here; `time` is none of ours, and anything fits `Any`."""
