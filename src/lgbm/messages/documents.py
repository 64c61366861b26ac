"""What is said of files and of YAML: Y1nn."""

from __future__ import annotations

from lgbm.errors import Diagnostic
from lgbm.source import Span

_QUOTE_IT = "put the text in quotation marks"


def not_utf8(span: Span) -> Diagnostic:
    return Diagnostic("Y101", "the file is not written in UTF-8 from here on", span, "save it as UTF-8")


def forbidden_character(span: Span, character: str) -> Diagnostic:
    return Diagnostic(
        "Y102",
        f"there is a character here that no text may hold: U+{ord(character):04X}",
        span,
        "take it out; it often comes along, unseen, with copied text",
    )


def too_large(place: str, megabytes: int) -> Diagnostic:
    return Diagnostic(
        "Y103",
        f"the file is larger than {megabytes} megabytes",
        place=place,
        hint="divide it: all files of a folder are one taxonomy",
    )


def too_deep(span: Span, depth: int) -> Diagnostic:
    return Diagnostic("Y104", f"lists and mappings stand more than {depth} deep in each other here", span)


def tab_indents(span: Span) -> Diagnostic:
    return Diagnostic("Y105", "this line is indented with a tab", span, "indent with spaces")


def second_document(span: Span) -> Diagnostic:
    return Diagnostic(
        "Y106",
        "a second document begins here, and a file holds one",
        span,
        "take the `---` or `...` out, or make two files",
    )


def directive(span: Span) -> Diagnostic:
    return Diagnostic("Y107", "directives are not read", span, "take the line out")


def anchor(span: Span, name: str) -> Diagnostic:
    return Diagnostic(
        "Y108",
        f"the anchor `&{name}` is not read",
        span,
        f"write the value out where it is needed; if `&{name}` is text, put it in quotation marks",
    )


def alias(span: Span, name: str) -> Diagnostic:
    return Diagnostic(
        "Y108",
        f"the alias `*{name}` is not read",
        span,
        f"write the value out here; if `*{name}` is text, put it in quotation marks",
    )


def tag(span: Span, name: str) -> Diagnostic:
    return Diagnostic(
        "Y109",
        f"the tag `{name}` is not read: a value has the type that its place asks for",
        span,
        "take it out; if it is text, put it in quotation marks",
    )


def merge_key(span: Span) -> Diagnostic:
    return Diagnostic("Y110", "the merge key `<<` is not read", span, "write the entries out")


def duplicate_key(span: Span, key: str, first: Span) -> Diagnostic:
    return Diagnostic(
        "Y111",
        f"`{key}` is written twice: first in line {first.line}",
        span,
        "keep one of them, or give the other its name",
    )


def key_is_not_text(span: Span) -> Diagnostic:
    return Diagnostic(
        "Y112",
        "a key is text, and here stands a list or a mapping",
        span,
        "if `{` or `[` belongs to the text, put it in quotation marks",
    )


def nothing_written(span: Span, key: str | None) -> Diagnostic:
    where = f"after `{key}:`" if key is not None else "here"
    return Diagnostic(
        "Y113",
        f"nothing is written {where}",
        span,
        "write the value, or leave the key out" if key is not None else None,
    )


def no_such_path(place: str) -> Diagnostic:
    return Diagnostic(
        "Y114",
        f"there is no file, folder or packaged taxonomy called `{place}`",
        place=place,
        hint="check the spelling",
    )


def unreadable(place: str, reason: str) -> Diagnostic:
    return Diagnostic("Y115", f"the file cannot be read: {reason}", place=place)


def empty_folder(place: str) -> Diagnostic:
    return Diagnostic("Y116", "the folder holds no `.yaml` file", place=place)


def quote_not_closed(span: Span, mark: str) -> Diagnostic:
    hint = (
        "close it with another `'`; an apostrophe inside is written twice: `''`"
        if mark == "'"
        else f'close it with another `{mark}`; inside, a quotation mark is written `\\"`'
    )
    return Diagnostic("Y120", f"the text that begins with this `{mark}` is never closed", span, hint)


def unknown_escape(span: Span, found: str) -> Diagnostic:
    return Diagnostic(
        "Y121",
        f"`{found}` stands for nothing in double quotation marks",
        span,
        "write `\\\\` for a backslash, or use single quotation marks",
    )


def colon_in_text(span: Span) -> Diagnostic:
    return Diagnostic(
        "Y122",
        "there is a `:` here, where no key can stand",
        span,
        "put text that holds `: ` in quotation marks; if it is a key, check the lines above and the indentation",
    )


def colon_missing(span: Span) -> Diagnostic:
    return Diagnostic(
        "Y123", "this is no key, as no `: ` follows it", span, "write `key: value`, or `- ` before an entry of a list"
    )


def misaligned(span: Span, in_list: bool) -> Diagnostic:
    message = (
        "this line stands beside the entries of a list, and does not begin with `- `"
        if in_list
        else "this line begins neither where the keys above it begin nor inside of one of them"
    )
    return Diagnostic("Y124", message, span, "check the indentation of this line and of those above")


def text_after_quote(span: Span) -> Diagnostic:
    return Diagnostic(
        "Y125",
        "there is more text here after a closed quotation mark",
        span,
        "put the whole text in the other sort of quotation marks; within `'…'`, write an apostrophe twice",
    )


def bracket_not_closed(span: Span, opened: Span, closing: str) -> Diagnostic:
    return Diagnostic(
        "Y126",
        f"a `,` or `{closing}` is missing here, for what was opened in line {opened.line}, column {opened.column}",
        span,
        "put text that holds brackets, commas, `: ` or quotation marks in quotation marks",
    )


def cannot_begin(span: Span, character: str) -> Diagnostic:
    shown = {"`": "a backtick", "\t": "a tab"}.get(character, f"`{character}`")
    return Diagnostic("Y127", f"no value can begin with {shown}", span, _QUOTE_IT)


def after_block_mark(span: Span, mark: str) -> Diagnostic:
    return Diagnostic(
        "Y128",
        f"`{mark}` begins a text of several lines, so nothing can follow it in its own line",
        span,
        f"put a rule that begins with `{mark}` in quotation marks",
    )


def list_cannot_begin(span: Span) -> Diagnostic:
    return Diagnostic(
        "Y129",
        "no list can begin here",
        span,
        "begin it in a line of its own; if `-` is text, put it in quotation marks",
    )


def not_yaml(span: Span, problem: str) -> Diagnostic:
    return Diagnostic("Y130", f"this is not YAML: {problem}", span)
