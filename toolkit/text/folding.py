"""Fold a text for matching, with a map back to the original offsets.

Folding makes one spelling of what readers take for one: canonical composition (NFC), small letters by the
rules of the language, one apostrophe, one hyphen, one space, no invisible characters, Russian ё as е,
Armenian և and եւ as եվ and no marks of stress or question inside a word, look-alikes of Azerbaijani ə as ə.
The folded text is for matching only: what a user sees is always cut from the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from toolkit.languages import Language
from toolkit.text.casing import lower
from toolkit.text.spans import Chunk, OffsetMap, Span

APOSTROPHES = "'’ʼ‘ʻ`´′"
_HYPHENS = "\u2010\u2011"
_SPACES = "\t\n\u00a0\u2002\u2003\u2007\u2009\u200a\u202f"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"

TONE_MARKS = "\u055b\u055c\u055e"
"""Armenian shesht, batsakanchakan and hartsakan: written inside a word, after the stressed vowel."""

# What changes the length of the text; everything else is folded one code point for one.
_UNEVEN = re.compile(rf"[{INVISIBLE}{TONE_MARKS}]|\r\n|և|[եԵ][ւՒ]|\w[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back to the original."""

    text: str
    offsets: OffsetMap


@cache
def _table(language: Language) -> dict[int, str]:
    table = {ord(char): "'" for char in APOSTROPHES}
    table |= {ord(char): "-" for char in _HYPHENS}
    table |= {ord(char): " " for char in _SPACES}
    for code in (*range(0x41, 0x250), *range(0x400, 0x530), *range(0x531, 0x557), *range(0x1E00, 0x1F00)):
        small = lower(chr(code), language)
        if len(small) == 1 and small != chr(code):
            table[code] = small
    if language is Language.RU:
        table |= {ord("ё"): "е", ord("Ё"): "е"}
    if language is Language.AZ:
        table |= {ord(char): "ə" for char in "әǝӘƎ"}
    return table


def _replacement(matched: str) -> str:
    if matched == "\r\n":
        return " "
    if matched[0] in "եԵև":
        return "եվ"
    if matched in INVISIBLE or matched in TONE_MARKS:
        return ""
    return unicodedata.normalize("NFC", matched)


def fold(text: str, language: Language) -> Folded:
    """Fold `text` by the habits of `language`; offsets of the result map back to `text`."""
    table = _table(language)
    pieces: list[str] = []
    chunks: list[Chunk] = []
    position = derived = 0
    for match in _UNEVEN.finditer(text):
        start, end = match.span()
        replacement = _replacement(match.group())
        if len(replacement) == end - start:
            continue
        pieces.append(_evenly(text[position:start], table))
        derived += start - position
        piece = replacement.translate(table)
        pieces.append(piece)
        chunks.append(Chunk(Span(derived, derived + len(piece)), Span(start, end)))
        derived += len(piece)
        position = end
    pieces.append(_evenly(text[position:], table))
    return Folded("".join(pieces), OffsetMap(chunks))


def _evenly(text: str, table: dict[int, str]) -> str:
    """Fold what keeps its length; typed Armenian եւ is as long as եվ and is folded here."""
    folded = text.translate(table)
    return folded.replace("եւ", "եվ") if "եւ" in folded else folded


def fold_key(text: str, language: Language) -> str:
    """The folded text alone, for names of the glossary."""
    return fold(text, language).text
