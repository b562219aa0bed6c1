"""Which writing system a code point or a text belongs to."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from functools import lru_cache

from toolkit.languages import Language


class Script(StrEnum):
    ARABIC = "arabic"
    ARMENIAN = "armenian"
    CYRILLIC = "cyrillic"
    GEORGIAN = "georgian"
    LATIN = "latin"
    OTHER = "other"


SCRIPT_OF = {
    Language.AZ: Script.LATIN,
    Language.EN: Script.LATIN,
    Language.HY: Script.ARMENIAN,
    Language.RU: Script.CYRILLIC,
}
"""The script each language is written in."""

# Blocks of Unicode 15 that hold letters of each script, as (first, last, script).
_BLOCKS = (
    (0x0041, 0x024F, Script.LATIN),
    (0x0250, 0x02AF, Script.LATIN),
    (0x0400, 0x052F, Script.CYRILLIC),
    (0x0531, 0x058F, Script.ARMENIAN),
    (0x0600, 0x06FF, Script.ARABIC),
    (0x0750, 0x077F, Script.ARABIC),
    (0x10A0, 0x10FF, Script.GEORGIAN),
    (0x1C90, 0x1CBF, Script.GEORGIAN),
    (0x1E00, 0x1EFF, Script.LATIN),
    (0xFB13, 0xFB17, Script.ARMENIAN),
)


@lru_cache(maxsize=4096)
def script_of(char: str) -> Script:
    """The script of one letter; OTHER for whatever is no letter or of no script named here."""
    if not char.isalpha():
        return Script.OTHER
    code = ord(char)
    for first, last, script in _BLOCKS:
        if first <= code <= last:
            return script
    return Script.OTHER


def scripts_in(text: str) -> Counter[Script]:
    """How many letters of each script a text has."""
    counts: Counter[Script] = Counter()
    for char in text:
        if char.isalpha():
            counts[script_of(char)] += 1
    return counts


def dominant_script(text: str) -> Script:
    """The script that most letters belong to; OTHER where there is no letter."""
    counts = scripts_in(text)
    return counts.most_common(1)[0][0] if counts else Script.OTHER


def is_word_char(char: str) -> bool:
    """Whether a code point continues a word: a letter, digit or combining mark."""
    return char.isalnum() or char == "_" or "\u0300" <= char <= "\u036f"
