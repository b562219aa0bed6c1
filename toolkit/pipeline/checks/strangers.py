"""Persons whom neither the source nor the glossary knows: an engine that fills a gap likes to invent a spokesman.

A person is told by a given name, a rank or an office before a capitalised word. Where any capitalised word of the
source sounds like that word, it is the name, however it is spelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from toolkit.languages import Language
from toolkit.mentions.cues import cues_of
from toolkit.mentions.surroundings import given_names
from toolkit.mentions.titles import follows_office
from toolkit.pipeline.checks.pair import Pair, Remarks, Side
from toolkit.text.folding import fold_key
from toolkit.text.spans import Span
from toolkit.translit.key import begins_like

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SHORTEST = 4
_NEAR = 0.5
"""Of their skeletons, how much two words share that may be one name, by whatever spelling."""
_LONGEST_ENDING = 3


def check_strangers(pair: Pair, remarks: Remarks) -> None:
    """N025 for a person of the translation of whom the source says nothing."""
    words = [match.group() for match in _WORD.finditer(pair.source.text)]
    known = [word for word in words if word[0].isupper() and len(word) >= _SHORTEST]
    languages = pair.source.language, pair.target.language
    for span, surname in _persons(pair.target):
        if not any(_may_be(word, surname, *languages) for word in known):
            remarks.add("N025", None, span, surface=span.of(pair.target.text))


def _persons(side: Side) -> Iterator[tuple[Span, str]]:
    """Stretches that name a person beyond the glossary, with the surname."""
    taken = [*(hit.span for hit in side.hits), *side.zones.protected]
    words = list(_WORD.finditer(side.text))
    for index, word in enumerate(words[1:], start=1):
        surname, before = word.group(), words[index - 1]
        if _goes_on(side, word.end()) or len(surname) < _SHORTEST or not surname[0].isupper() or surname.isupper():
            continue
        if side.text[before.end() : word.start()] not in (" ", "\u00a0"):
            continue
        start = before.start() if _is_given_name(before.group(), side.language) else word.start()
        span = Span(start, word.end())
        if any(place.overlaps(span) for place in taken) or _is_title(surname, side.language):
            continue
        if start < word.start() or _follows_title(before.group(), side.text[: word.start()], side.language):
            yield span, surname


def _goes_on(side: Side, end: int) -> bool:
    """Whether the next word has a capital too: it is the surname, or all is a title (the Roman Medical Corps)."""
    return side.text[end : end + 1] == " " and side.text[end + 1 : end + 2].isupper()


def _follows_title(word: str, before: str, language: Language) -> bool:
    return _is_title(word, language) or follows_office(before, language)


def _is_title(word: str, language: Language) -> bool:
    folded = fold_key(word, language)
    return cues_of(language).ranks.fullmatch(folded) is not None or follows_office(f"{word} ", language)


@lru_cache(maxsize=20_000)
def _is_given_name(word: str, language: Language) -> bool:
    """Whether a capitalised word is a given name, in Russian with an ending or without."""
    if not word[0].isupper():
        return False
    folded = fold_key(word, language)
    names = given_names(language)
    if language is not Language.RU:
        return folded in names
    stems = [folded[: len(folded) - cut] for cut in range(_LONGEST_ENDING) if len(folded) - cut >= _SHORTEST]
    return any(stem in names or f"{stem}й" in names or f"{stem}а" in names for stem in (folded, *stems))


@lru_cache(maxsize=50_000)
def _may_be(name: str, word: str, source: Language, target: Language) -> bool:
    return max(begins_like(name, word, source, target), begins_like(word, name, target, source)) >= _NEAR
