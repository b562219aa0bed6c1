"""Tell an entity from its homonyms: declared cues, people who bear a place's name, words that are no name."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.glossary.entities import Entity
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.names import Role
from toolkit.languages import Language
from toolkit.mentions.bearers import PERSONS, is_borne
from toolkit.mentions.model import Hit, Reading
from toolkit.mentions.surroundings import Surroundings
from toolkit.morphology.base import Part
from toolkit.text.spans import Span

_PRESS = frozenset({"agency", "media"})
"""Kinds whose names stand in quotation marks of their own: «Հետքը», "Turan"."""
_SETTLED = frozenset({"city", "district", "region", "town", "village"})


def decide_entity(
    hit: Hit, text: str, sentence: Span, glossary: Glossary, language: Language, rivals: Sequence[Hit] = ()
) -> tuple[Reading, ...]:
    """The readings of a hit that its surroundings leave; several entities where they do not decide, none where the
    surface is something else (a person, a look-alike of the glossary's own knowledge).

    `rivals` are the other hits of the sentence; one that may name the same entity could claim the same cue: the
    nearest one has it.
    """
    surroundings = Surroundings(hit, text, sentence, glossary, language, tuple(rivals))
    readings = tuple(
        reading
        for reading in hit.readings
        if not reading.name.role.is_name
        or glossary.entity(reading.entity).kind in PERSONS
        or not is_borne(surroundings, reading)
    )
    everyday = {reading.entity for reading in readings if not reading.name.role.is_name}
    is_small = hit.span.of(text).islower()
    by_entity: dict[str, list[Reading]] = {}
    for reading in readings:
        if is_small and reading.entity in everyday and reading.features.part is not Part.NAME:
            continue
        if reading.name.role.is_name:
            by_entity.setdefault(reading.entity, []).append(reading)
    alike = {reading.entity for reading in readings if reading.name.role is Role.NEAR}
    if by_entity.keys() - alike:
        by_entity = {entity: found for entity, found in by_entity.items() if entity not in alike}
    if not by_entity:
        return ()
    entities = [glossary.entity(entity) for entity in by_entity]
    if surroundings.stands_inside() and any(entity.kind in _SETTLED for entity in entities):
        entities = [entity for entity in entities if entity.kind != "mountain"]
    cued = _nearest_cued(entities, surroundings)
    chosen = cued or [
        entity
        for entity in entities
        if not entity.needs_cue
        or _is_full(entity, by_entity[entity.id])
        or (entity.kind in _PRESS and surroundings.stands_in_quotes())
    ]
    if not cued and any(entity.kind in _SETTLED for entity in entities) and surroundings.beside_place_noun():
        chosen = [entity for entity in chosen or entities if entity.kind in _SETTLED] or chosen
    if not chosen and surroundings.has_telling_capital():
        chosen = [entity for entity in entities if entity.id in everyday]
    if len(chosen) > 1:
        chosen = _plainest(chosen, by_entity)
    if len(chosen) > 1 and surroundings.stands_as_place():
        chosen = [entity for entity in chosen if entity.kind not in PERSONS] or chosen
    return tuple(reading for entity in chosen for reading in by_entity[entity.id])


def _nearest_cued(entities: Sequence[Entity], surroundings: Surroundings) -> list[Entity]:
    """The entities that have a cue; of several, those whose cue is not more than twice as far as the nearest."""
    found = [(distance, entity) for entity in entities if (distance := surroundings.cue_distance(entity)) is not None]
    nearest = min((distance for distance, _ in found), default=0)
    return [entity for distance, entity in found if distance < 2 * nearest or distance == nearest]


def _is_full(entity: Entity, readings: Sequence[Reading]) -> bool:
    """Whether a person is named by given name and surname (Məhəmməd Füzuli): it takes no cue to tell who is meant."""
    return entity.kind in PERSONS and any(" " in reading.name.lexeme.text for reading in readings)


def _plainest(entities: list[Entity], readings: dict[str, list[Reading]]) -> list[Entity]:
    """Without entities that the surface names only by a variant or with a possessive ending, where it names another
    by its own name without."""
    for is_plain in (_has_no_possessor, _is_no_variant):
        entities = [entity for entity in entities if any(map(is_plain, readings[entity.id]))] or entities
    return entities


def _has_no_possessor(reading: Reading) -> bool:
    return not reading.features.possessor


def _is_no_variant(reading: Reading) -> bool:
    return reading.name.role is not Role.VARIANT
