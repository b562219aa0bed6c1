"""Surfaces that name several entities: two places of one name, or a form of one that is the name of another."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.names import NameTable
from toolkit.languages import Language
from toolkit.mentions.model import Reading
from toolkit.mentions.resolve import finder_of


@dataclass(frozen=True, slots=True, order=True)
class Ambiguity:
    """A surface, the entities it may name, and whether a cue can tell them apart."""

    language: Language
    surface: str
    entities: tuple[str, ...]
    has_cues: bool


def new_ambiguities(before: Glossary, after: Glossary, entities: Collection[str]) -> tuple[Ambiguity, ...]:
    """What names of `entities` are ambiguous after a change and were not before: the shortest surface for each group
    of entities in a language."""
    found: dict[tuple[Language, tuple[str, ...]], Ambiguity] = {}
    for language in Language:
        for surface in sorted(_surfaces(after.table(language), entities), key=lambda text: (len(text), text)):
            named = _named_by(surface, after, language)
            if len(named) < 2 or named <= _named_by(surface, before, language):
                continue
            group = tuple(sorted(named))
            cues = any(after.entity(entity).cues_in(language) for entity in group)
            found.setdefault((language, group), Ambiguity(language, surface, group, cues))
    return tuple(sorted(found.values()))


def _surfaces(table: NameTable, entities: Collection[str]) -> set[str]:
    """The forms in which the names of the entities are written, without possessives and what hangs on to a case."""
    return {
        stem.text + ending
        for entity in entities
        for name in table.of_entity(entity)
        if name.role.is_name
        for stem in name.stems
        for ending, index, preferred in table.paradigms[stem.paradigm].endings
        if preferred and not table.features[index].possessor and not table.features[index].tail
    }


def _named_by(surface: str, glossary: Glossary, language: Language) -> set[str]:
    return {reading.entity for reading in _readings(surface, glossary, language)}


def _readings(surface: str, glossary: Glossary, language: Language) -> Iterator[Reading]:
    for hit in finder_of(glossary, language).find(surface):
        if (hit.span.start, hit.span.end) == (0, len(surface)):
            yield from (
                reading for reading in hit.readings if reading.name.role.is_name and not reading.features.possessor
            )
