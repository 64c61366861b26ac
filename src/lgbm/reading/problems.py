"""What a YAML parser finds amiss, in our words."""

from __future__ import annotations

import yaml

from lgbm.errors import Diagnostic
from lgbm.messages import documents as say
from lgbm.reading.nodes import Mark
from lgbm.source import Source, Span


def translate(error: yaml.MarkedYAMLError, source: Source) -> Diagnostic:
    """What the parser found amiss, in our words."""
    problem, context = error.problem or "", error.context or ""
    mark: Mark | None = error.problem_mark
    opened: Mark | None = error.context_mark
    at = _span_of(source, mark or opened)
    begun = _span_of(source, opened or mark)
    line = source.line(at.line)
    found = line[at.column - 1 : at.column] or " "
    if "quoted scalar" in context and ("end of stream" in problem or "document" in problem):
        return say.quote_not_closed(begun, _character(begun))
    if "quoted" in context:
        return say.unknown_escape(*_escape(at))
    if "mapping values are not allowed" in problem:
        return say.colon_in_text(at)
    if "could not find expected ':'" in problem:
        return say.colon_missing(_rest_of_line(begun))
    if "document start" in problem:
        return say.second_document(at)
    after_quote = line[: at.column - 1].rstrip().endswith(("'", '"'))
    if "expected ',' or" in problem and found.strip() and found not in ":]}" and after_quote:
        return say.text_after_quote(at)
    if "expected ',' or" in problem:
        return say.bracket_not_closed(at, begun, "]" if "or ']'" in problem else "}")
    if "expected key" in problem or "'-' indicator" in problem or "block end" in problem:
        if after_quote:
            return say.text_after_quote(at)
        return say.misaligned(_rest_of_line(at), "collection" in context)
    if "block scalar" in context:
        return say.after_block_mark(at, _character(begun))
    if "sequence entries are not allowed" in problem:
        return say.list_cannot_begin(at)
    if found == "\t" and not line[: at.column].strip():
        return say.tab_indents(at)
    if "alias" in context or "anchor" in context or "tag" in context:
        return say.cannot_begin(begun, _character(begun))
    if "start any token" in problem or "node content" in problem or "mapping keys are not allowed" in problem:
        return say.cannot_begin(at, found)
    return say.not_yaml(at, problem)


def _span_of(source: Source, mark: Mark | None) -> Span:
    if mark is None:
        return Span(source, 1, 1)
    line, column = mark.line + 1, mark.column + 1
    if not source.line(line) and line > 1:
        # The end of the file: the last line that has something says more than the empty one after it.
        while line > 1 and not source.line(line).strip():
            line -= 1
        column = len(source.line(line).rstrip()) + 1
    return Span(source, line, column)


def _character(span: Span) -> str:
    return span.source.line(span.line)[span.column - 1 : span.column] or " "


def _escape(at: Span) -> tuple[Span, str]:
    """The backslash at or shortly before *at*, with the character after it."""
    line = at.source.line(at.line)
    start = max(0, line.rfind("\\", 0, at.column))
    return Span(at.source, at.line, start + 1, 2), line[start : start + 2]


def _rest_of_line(span: Span) -> Span:
    rest = span.source.line(span.line)[span.column - 1 :].rstrip()
    return Span(span.source, span.line, span.column, max(1, len(rest)))
