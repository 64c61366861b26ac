"""Profiles from files: YAML read strictly, or JSON with its numbers kept exact."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from lgbm.errors import ProfileError, SourceError
from lgbm.messages import profiles as say
from lgbm.reading.documents import decode, read_document
from lgbm.reading.stated import stated
from lgbm.source import Source

DEFAULT = "four-nations"
"""The packaged taxonomy that is meant where none is named: whichever nation somebody lives in, its rules are there."""


def read_profile(path: str) -> dict[str, Any]:
    """What the file states. In YAML, `null` or nothing is a fact that is not known. `-` is standard input.

    Raises `SourceError` for what is no YAML, and `ProfileError` for a file that cannot be read or is no profile.
    """
    source = _source(path)
    if source.text.lstrip().startswith("{"):
        return _json(source)
    node, problems, _ = read_document(source)
    if problems:
        raise SourceError(problems)
    if node is None:
        return {}
    found: dict[str, Any] | list[Any] | str | None = stated(node)
    if not isinstance(found, dict):
        raise ProfileError([say.no_mapping("a single value" if isinstance(found, str) else "a list")])
    return found


def _source(path: str) -> Source:
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as problem:
        raise ProfileError([say.unreadable(path, problem.strerror or "it cannot be read")]) from None
    source, problems = decode(raw, path)
    if source is None:
        raise SourceError(problems)
    return source


def _json(source: Source) -> dict[str, Any]:
    def whole(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
        if twice is not None:
            raise ProfileError([say.stated_twice(twice)])
        return dict(pairs)

    try:
        found: dict[str, Any] = json.loads(
            source.text, parse_float=Decimal, parse_int=_whole_number, object_pairs_hook=whole
        )
    except (json.JSONDecodeError, RecursionError) as problem:
        where = f", at line {problem.lineno}" if isinstance(problem, json.JSONDecodeError) else ""
        raise ProfileError([say.unreadable(source.name, f"it is not JSON{where}")]) from None
    return found


def _whole_number(text: str) -> int | Decimal:
    return int(text) if len(text) < 40 else Decimal(text)
