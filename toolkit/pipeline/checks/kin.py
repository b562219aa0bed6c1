"""Words that may stand for an entity without being its name: its people, its language, what begins like it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Kind
from toolkit.glossary.names import Role
from toolkit.languages import Language
from toolkit.pipeline.checks.pair import Side
from toolkit.pipeline.checks.word_lists import word_lists
from toolkit.text.folding import fold_key
from toolkit.text.spans import Span

_PLACES = frozenset(
    {Kind.CITY, Kind.COUNTRY, Kind.DISTRICT, Kind.LAKE, Kind.MOUNTAIN, Kind.REGION, Kind.RIVER, Kind.SEA, Kind.TOWN,
     Kind.VILLAGE}
)  # fmt: skip
_SHORTEST_STEM = 4
_LAST_SOUNDS = re.compile("(?:iya|ia|ия|իա|[aeiouyəıöüаеиоуыэюяйьաեէըիոօ])$")


@dataclass(frozen=True)
class Kin:
    """The lists of data/kin.yaml."""

    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    alike: Mapping[str, frozenset[str]]
    derived: Mapping[str, Mapping[str, str]]
    """By language, what may follow a name without its last sound in a word made of it, by what the word is."""
    tails: Mapping[str, str]
    """By language, how a word may go on after a listed beginning."""


@cache
def kin() -> Kin:
    data = word_lists("kin")
    alike: dict[str, frozenset[str]] = {}
    for group in data["alike"]:
        for entity in group:
            alike[entity] = alike.get(entity, frozenset()) | frozenset(group)
    words = {
        entity: {language: tuple(str(word) for word in listed) for language, listed in by_language.items()}
        for entity, by_language in data["words"].items()
    }
    return Kin(words, alike, data["derived"], data["tails"])


def alike(entity: str) -> frozenset[str]:
    """The entity and those that may stand for it."""
    return kin().alike.get(entity, frozenset((entity,)))


def kin_words(entity: str, side: Side, *, listed: bool) -> Iterator[Span]:
    """Where a text has a word that may stand for the entity: a listed one, or one that is made of its name."""
    pattern = _listed(entity, side.language) if listed else _made_of(side.glossary, entity, side.language)
    if pattern is not None:
        for match in pattern.finditer(side.folded.text):
            yield side.original(*match.span())


@lru_cache(maxsize=50_000)
def is_kin_of_any(word: str, language: Language) -> bool:
    """Whether a folded word is listed for whatever entity."""
    return any((pattern := _listed(entity, language)) is not None and pattern.match(word) for entity in kin().words)


@lru_cache(maxsize=4096)
def _listed(entity: str, language: Language) -> re.Pattern[str] | None:
    listed = kin().words.get(entity, {}).get(language.value, ())
    tail = kin().tails[language.value]
    return re.compile(rf"(?<!\w)(?:{'|'.join(listed)})(?:{tail})(?!\w)") if listed else None


def is_made_of(word: str, name: str, language: Language) -> bool:
    """Whether a folded word is derived from a folded name (Bostonian), rather than a name with an ending that no form
    of it has (Stepanakertadan)."""
    stem, endings = _LAST_SOUNDS.sub("", name), "|".join(kin().derived[language.value].values())
    return re.fullmatch(rf"{re.escape(stem)}(?:{endings})", word) is not None


@lru_cache(maxsize=4096)
def _made_of(glossary: Glossary, entity: str, language: Language) -> re.Pattern[str] | None:
    """Words made of a name of a place, and the name itself where its capital is lost (the black sea)."""
    choices = []
    if glossary.entity(entity).kind in _PLACES:
        names = glossary.table(language).of_entity(entity)
        known = {stem.part.value for name in names for stem in name.stems}
        endings = "|".join(ending for part, ending in kin().derived[language.value].items() if part not in known)
        for name in names:
            text = fold_key(name.lexeme.text, language)
            stem = _LAST_SOUNDS.sub("", text)
            if name.role is not Role.ACRONYM and name.role.is_name and len(stem) >= _SHORTEST_STEM:
                choices.append(rf"{re.escape(stem)}(?:{endings})|{re.escape(text)}(?:['’]s)?")
    return re.compile(rf"(?<!\w)(?:{'|'.join(choices)})(?!\w)") if choices else None
