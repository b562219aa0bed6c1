"""The search index of the site: skeletons of all names, and the tables that make the skeleton of a query.

Browsers fetch nothing from a file, so both are one script that sets a variable. The tables are those of the
transliteration schemes themselves: the key in the browser and the key in Python can't drift apart.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from typing import Any

from toolkit.glossary.search import SearchedName
from toolkit.languages import Language
from toolkit.site.titles import Directory
from toolkit.text.folding import APOSTROPHES, INVISIBLE
from toolkit.translit.engine import compiled
from toolkit.translit.fallback import ascii_of
from toolkit.translit.key import THRESHOLD, costs
from toolkit.translit.schemes import Rule, Scheme

_SCHEMES = ("az-az-cyrl", "az-en-press", "hy-en-press", "ru-en-press")
# Blocks whose letters may stand in a name or a query: Latin, Greek, Cyrillic, Armenian, Arabic, Georgian, punctuation.
_BLOCKS = ((0xA0, 0x52F), (0x531, 0x58F), (0x600, 0x6FF), (0x10A0, 0x10FF), (0x1E00, 0x1EFF), (0x2010, 0x205E))


def index_script(directory: Directory, names: Iterable[SearchedName]) -> str:
    """The script that sets `DRAGOMAN_INDEX`."""
    found: dict[str, list[SearchedName]] = {}
    for name in names:
        found.setdefault(name.entity, []).append(name)
    near, dropped = costs()
    index = {
        "entities": [
            [link.id, link.title, link.kind, *_names_and_keys(found.get(link.id, []))] for link in directory.links
        ],
        "threshold": THRESHOLD,
        "near": near,
        "dropped": dropped,
        "apostrophes": APOSTROPHES,
        "invisible": INVISIBLE,
        "schemes": {scheme: _scheme(compiled(scheme).scheme) for scheme in _SCHEMES},
        "ascii": _ascii(),
    }
    return f"window.DRAGOMAN_INDEX={json.dumps(index, ensure_ascii=False, separators=(',', ':'), sort_keys=True)};\n"


def _names_and_keys(names: list[SearchedName]) -> tuple[list[list[Any]], list[str]]:
    """[text, language, indices of its keys] for every name of an entity, and its keys."""
    keys: dict[str, int] = {}
    texts: dict[tuple[str, Language], list[int]] = {}
    for name in names:
        texts[name.text, name.language] = [keys.setdefault(key, len(keys)) for key in name.keys]
    return [[text, language.value, places] for (text, language), places in texts.items()], list(keys)


def _scheme(scheme: Scheme) -> dict[str, Any]:
    """The rules of a scheme in the order in which they are tried: [source, target, {context}]."""
    return {
        "leave": scheme.leave,
        "marks": scheme.marks,
        "rules": [
            [rule.source, rule.targets[0], *([context] if (context := _context(rule, scheme.classes)) else [])]
            for rule in scheme.all_rules()
        ],
    }


def _context(rule: Rule, classes: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    context = {}
    for field in ("after", "before", "not_after", "not_before"):
        words = getattr(rule, field)
        if words:
            context[field] = [part for word in words for part in classes.get(word, (word,))]
    return context


def _ascii() -> dict[str, str]:
    """How letters outside ASCII are spelled in it; those that fall to nothing are left out."""
    letters = (chr(code) for first, last in _BLOCKS for code in range(first, last + 1))
    spelled = {
        letter: ascii_of(letter).lower()
        for letter in letters
        if letter.lower() == letter
        and not unicodedata.combining(letter)
        and unicodedata.normalize("NFD", letter) == letter
    }
    return {letter: text for letter, text in spelled.items() if text}
