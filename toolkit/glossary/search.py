"""Find entities by a name in any script and spelling, by the skeleton of its sounds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from toolkit.glossary.cache import write_json
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.translit.key import guess_language, keys, similarity

_CANDIDATES = 300
_EXACT_FIRST = 0.001
"""What a name in the query's own language is put before others of the same score by."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name that the query may be, with its entity."""

    entity: str
    usage: str
    lang: Language
    name: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class SearchedName:
    """A name with the skeletons that it is found by; `usage` joins all that write it so."""

    entity: str
    usage: str
    language: Language
    text: str
    keys: tuple[str, ...]


class NameSearch:
    """All names of a glossary with their skeletons; made once, cached on disk beside the compiled tables."""

    def __init__(self, glossary: Glossary) -> None:
        self._names = _names(glossary)
        self._choices = [(index, key) for index, name in enumerate(self._names) for key in name.keys]

    @property
    def names(self) -> Sequence[SearchedName]:
        """All names of the glossary, look-alikes left out, a language after the other."""
        return self._names

    def find(self, query: str, *, limit: int = 10, language: Language | None = None) -> list[Found]:
        """The names nearest to `query`, best first, one an entity; none below the threshold of `translit.key`.

        `language` is the query's; guessed from its letters where not given.
        """
        own = language or guess_language(query)
        wanted = keys(query, own)
        if not wanted:
            return []
        best: dict[str, Found] = {}
        for index in self._candidates(wanted):
            name = self._names[index]
            match = similarity(query, name.text, own, name.language)
            score = match.score if name.language is own or query == name.text else match.score - _EXACT_FIRST
            known = best.get(name.entity)
            if match.same and (known is None or score > known.score):
                best[name.entity] = Found(name.entity, name.usage, name.language, name.text, score, match.why)
        ranked = sorted(best.values(), key=lambda found: (-found.score, found.entity))
        return ranked[:limit]

    def _candidates(self, wanted: Sequence[str]) -> list[int]:
        """Indices of the names whose skeletons are nearest to one of the query's."""
        from rapidfuzz import fuzz, process

        texts = [key for _, key in self._choices]
        found: dict[int, None] = {}
        for key in wanted:
            for _, _, place in process.extract(key, texts, scorer=fuzz.token_sort_ratio, limit=_CANDIDATES):
                found[self._choices[place][0]] = None
        return list(found)


@lru_cache(maxsize=4)
def search_of(glossary: Glossary) -> NameSearch:
    return NameSearch(glossary)


def _names(glossary: Glossary) -> list[SearchedName]:
    path = glossary.cache_path("skeletons")
    known = _read(path) if path else None
    if known is not None:
        return known
    names = [
        SearchedName(name.entity, "+".join(name.usages), language, name.lexeme.text, keys(name.lexeme.text, language))
        for language in Language
        for name in glossary.table(language).names
        if name.role.is_name
    ]
    if path:
        write_json(path, [[name.entity, name.usage, name.language, name.text, name.keys] for name in names])
    return names


def _read(path: Path) -> list[SearchedName] | None:
    try:
        rows = json.loads(path.read_bytes())
        return [
            SearchedName(entity, usage, Language(language), text, tuple(found))
            for entity, usage, language, text, found in rows
        ]
    except (OSError, ValueError, TypeError):
        return None
