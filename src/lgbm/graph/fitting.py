"""How wide a text is at most, and where it is broken into lines.

Nobody knows the font of the reader. So each character is taken to be as wide as in DejaVu Sans, which is wider than the
sans-serif fonts of the common systems; a test holds these figures to that font.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from unicodedata import normalize

_WIDTHS: Mapping[str, float] = {
    "ijlI '": 0.32,
    "|": 0.34,
    ".,:;!()[]/\\ft-": 0.41,
    'r"*`_': 0.51,
    "zscJ?vxykLFEPTYSeagobdpqnhu$0123456789{}": 0.67,
    "ABCDGHKNOQRUVXZw#&+<=>~^": 0.84,
    "mMW@%": 1.01,
}
_OF_ONE: Mapping[str, float] = {one: width for characters, width in _WIDTHS.items() for one in characters}
_ANY = 1.6
"""Of a character that is not in the table: wider than any Latin letter."""
_BESIDE = 0.16
"""What an accent may take, where it stands beside its letter and not over it."""


@lru_cache(maxsize=4096)
def _of_one(character: str) -> float:
    letters = normalize("NFD", character)
    return _OF_ONE.get(letters[0], _ANY) + (_BESIDE if len(letters) > 1 else 0)


def width_of(text: str, size: float) -> float:
    """How wide *text* is at most in a font of that size."""
    return sum(map(_of_one, text)) * size


def wrapped(text: str, size: float, width: float) -> list[str]:
    """*text* in lines that are at most so wide. A word that is too long for a line is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, size, width):
            longer = f"{line} {piece}" if line else piece
            if line and width_of(longer, size) > width:
                lines.append(line)
                line = piece
            else:
                line = longer
    return [*lines, line] if line else lines


def _pieces(word: str, size: float, width: float) -> list[str]:
    """*word*, broken after hyphens and slashes where it does not fit on a line, and else anywhere."""
    if width_of(word, size) <= width:
        return [word]
    pieces = [""]
    for character in word:
        if pieces[-1] and width_of(pieces[-1] + character, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
