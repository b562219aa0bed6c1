"""Fold a text for matching, with a map back to the original offsets.

Folding makes one spelling of what readers take for one: canonical composition (NFC), small letters by the
rules of the language, one apostrophe, one hyphen, one space, no invisible characters, Russian ё as е,
Armenian եվ and եւ as և and no marks of stress or question inside a word, look-alikes of Azerbaijani ə as ə.
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

# What changes the length of the text; everything else is folded one code point for one. A text without combining
# marks is spared looking for them at every letter.
_UNEVEN = re.compile(rf"[{INVISIBLE}{TONE_MARKS}]|\r\n|[եԵ][վՎւՒ]")
_UNEVEN_OR_MARKED = re.compile(rf"{_UNEVEN.pattern}|(?<=\w)[\u0300-\u036f]+")
_MARKS = frozenset(map(chr, range(0x300, 0x370)))
_YEV = frozenset("վՎւՒ")
_MAY_BE_UNEVEN = frozenset(INVISIBLE + TONE_MARKS + "\rվՎւՒ") | _MARKS


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back to the original."""

    text: str
    offsets: OffsetMap
    present: frozenset[str] = frozenset()
    """The characters of the original text."""


@cache
def _alike(language: Language) -> dict[str, tuple[str, str]]:
    """Characters, in either case, that are folded into another one: small, and what they become."""
    alike = dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(_HYPHENS, "-") | dict.fromkeys(_SPACES, " ")
    if language is Language.RU:
        alike["ё"] = "е"
    if language is Language.AZ:
        alike |= dict.fromkeys("әǝ", "ə")
    alike.pop("'")
    return {either: (char, other) for char, other in alike.items() for either in (char, char.upper())}


def _replacement(matched: str) -> str:
    if matched == "\r\n":
        return " "
    if matched[0] in "եԵ":
        return "և"
    if matched in INVISIBLE or matched in TONE_MARKS:
        return ""
    return unicodedata.normalize("NFC", matched)


def fold(text: str, language: Language) -> Folded:
    """Fold `text` by the habits of `language`; offsets of the result map back to `text`."""
    present = frozenset(text)
    if present.isdisjoint(_MAY_BE_UNEVEN):
        return Folded(_evenly(text, present, language), OffsetMap(), present)
    if present.isdisjoint(_MAY_BE_UNEVEN - _YEV):
        return _with_yev(_evenly(text, present, language), present)
    uneven = _UNEVEN if present.isdisjoint(_MARKS) else _UNEVEN_OR_MARKED
    pieces: list[str] = []
    chunks: list[Chunk] = []
    position = derived = 0
    for match in uneven.finditer(text):
        start, end = match.span()
        if text[start] in _MARKS and start > position:
            start -= 1  # composed with the letter before
        replacement = _replacement(text[start:end])
        if len(replacement) == end - start:
            continue
        pieces += text[position:start], replacement
        derived += start - position
        chunks.append(Chunk(Span(derived, derived + len(replacement)), Span(start, end)))
        derived += len(replacement)
        position = end
    pieces.append(text[position:])
    joined = "".join(pieces)
    even = _evenly(joined, present if uneven is _UNEVEN else frozenset(joined), language)
    return Folded(even, OffsetMap(chunks), present)


def _with_yev(text: str, present: frozenset[str]) -> Folded:
    """Armenian եվ and եւ as և in a text that is even otherwise: the common case, spared a look at each letter."""
    parts = text.replace("եւ", "եվ").split("եվ")
    chunks = []
    derived = original = 0
    for part in parts[:-1]:
        derived += len(part)
        original += len(part)
        chunks.append(Chunk(Span(derived, derived + 1), Span(original, original + 2)))
        derived += 1
        original += 2
    return Folded("և".join(parts), OffsetMap(chunks), present)


def _evenly(text: str, present: frozenset[str], language: Language) -> str:
    """Fold what keeps its length; `present` are the characters that `text` has."""
    text = lower(text, language)
    alike = _alike(language)
    for char in present & alike.keys():
        text = text.replace(*alike[char])
    return text


def fold_key(text: str, language: Language) -> str:
    """The folded text alone, for names of the glossary."""
    present = frozenset(text)
    return _evenly(text, present, language) if present.isdisjoint(_MAY_BE_UNEVEN) else fold(text, language).text
