"""By which tokens a stored side is found: its words and their neighbours, as short hashes.

Words are cut to five letters, so that another ending is the same token. The words and pairs of a key carry the classes
of its slots, so that a query meets only sides it could be tied to; the words of the text alone serve the search. A key
of a few words is found by its letters too: a mistyped one may leave no word and no pair as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from zlib import crc32

from toolkit.languages import Language

_WORD = re.compile(r"\{[^{}]*\}|\w+")
_LETTERS = 5
_SHORT = 4


def stored_tokens(key: str, classes: str, plain: str, language: Language) -> str:
    """The tokens of a side whose key is known."""
    return " ".join(dict.fromkeys([*near_tokens(key, classes, language), *search_tokens(plain, language)]))


def near_tokens(key: str, classes: str, language: Language) -> list[str]:
    """The words of a key and the pairs of neighbours, in their order; of a short one, its letters by threes."""
    words = _words(key)
    inside = f"{language}|{classes}|"
    found = _hashed("n", inside, [*words, *(f"{a} {b}" for a, b in pairwise(words))])
    if len(words) > _SHORT:
        return found
    spelled = [f"^{word}$" for word in _WORD.findall(key) if word[0] != "{"]
    threes = [word[start : start + 3] for word in spelled for start in range(len(word) - 2)]
    return [*found, *_hashed("t", inside, threes)]


def search_tokens(plain: str, language: Language) -> list[str]:
    return _hashed("s", language.value, _words(plain))


def _words(text: str) -> list[str]:
    return [word if word[0] == "{" else word[:_LETTERS] for word in _WORD.findall(text)]


def _hashed(kind: str, inside: str, words: Iterable[str]) -> list[str]:
    """Two that fall together cost a look at a sentence more, never a match."""
    base = crc32(inside.encode())
    return list(dict.fromkeys(f"{kind}{crc32(word.encode(), base):08x}" for word in words))
