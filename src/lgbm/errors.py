"""What can be wrong, and how it is said: code, place, reason, hint; all complaints at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from lgbm.source import Span


@frozen
class Diagnostic:
    """One complaint. *place* says where, for a complaint about something that is not in a file."""

    code: str
    message: str
    span: Span | None = None
    hint: str | None = None
    place: str | None = None
    warning: bool = False

    def __str__(self) -> str:
        where = str(self.span) if self.span else self.place
        mark = " (warning)" if self.warning else ""
        head = f"{where}: {self.code}{mark}: {self.message}" if where else f"{self.code}{mark}: {self.message}"
        lines = [head]
        if self.span and self.span.source.text:
            lines.append(self.span.excerpt())
        if self.hint:
            lines.append(f"hint: {self.hint}")
        return "\n".join(lines)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return {
            "code": self.code,
            "severity": "warning" if self.warning else "error",
            "message": self.message,
            "file": self.span.source.name if self.span else None,
            "line": self.span.line if self.span else None,
            "column": self.span.column if self.span else None,
            "place": self.place,
            "hint": self.hint,
        }


class LgbmError(Exception):
    """Everything that this library raises about its input. `diagnostics` holds every complaint."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return "\n".join(str(one) for one in self.diagnostics)


class SourceError(LgbmError):
    """The author's: something in a taxonomy or in a rule."""


class ProfileError(LgbmError):
    """The caller's: something in a profile, or in what was asked about it."""


def in_order(complaints: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By file, line and column; what has no place comes first."""

    def place(complaint: Diagnostic) -> tuple[str, int, int]:
        span = complaint.span
        return (span.source.name, span.line, span.column) if span else ("", 0, 0)

    return sorted(complaints, key=place)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint naming the known word nearest to *word*, if one is near."""
    if len(word) > 100:
        return None
    # Most programs never make such a mistake, and every one imports this page.
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), sorted(known, key=lambda one: (one.lower(), one)), n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else None
