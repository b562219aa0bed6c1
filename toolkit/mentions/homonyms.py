"""Tell an entity from its homonyms: declared cues, people who bear a place's name, words that are no name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.glossary.entities import Entity
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.names import Role
from toolkit.languages import Language
from toolkit.mentions.cues import cues_of
from toolkit.mentions.model import Hit, Reading
from toolkit.morphology.base import Case
from toolkit.text.folding import fold_key
from toolkit.text.spans import Span

_REACH = 60
"""How far from a surface (code points) a cue may stand."""

_SURNAME = {
    Language.AZ: re.compile(
        r"\s[A-ZÇƏĞİÖŞÜ][\w'’-]*(?:ov|ova|yev|yeva|zadə|yan|bəyli|oğlu)(?:[ıiuü]n|[aəıiuü]|d[aə]n?|l[aə]|y[aə]|n[ıiuü]n?)?(?!\w)"
    ),
    Language.EN: re.compile(r"\s[A-Z][\w'’-]*(?:ov|ova|ev|eva|yan|ian|zade|bayli|ants|oghlu)(?!\w)"),
    Language.HY: re.compile(r"\s[Ա-Ֆ][\w-]*(?:յան|ով|ովա|ևա|և|ենկո)(?:[ինըից]{1,2}|ին|ից|ով)?(?!\w)"),
    Language.RU: re.compile(r"\s[А-ЯЁ][\w-]*(?:ов|ев|ян|янц|заде|енко|оглы)(?:а|у|ым|е|ой)?(?!\w)"),
}
"""A word right after a first name that can only be a surname."""

_INITIALS = re.compile(r"(?:^|[\s(«“\"])(?:[A-ZÇƏĞİÖŞÜА-ЯЁԱ-Ֆ]\.[\s\u00a0]?)+$")
"""Initials right before a surname."""

_SURNAME_END = re.compile(r"(?:yan|ian|ov|ova|yev|ev|յան|ян|ов|ев)$")

_PLACE_ABBREVIATIONS = ("г.", "с.", "ş.", "ք.", "գ.")

_PERSONS = frozenset({"person", "people"})


def decide_entity(
    hit: Hit, text: str, sentence: Span, glossary: Glossary, language: Language, rivals: Sequence[Hit] = ()
) -> tuple[Reading, ...]:
    """The readings of a hit that its surroundings leave; several entities where they do not decide, none where the
    surface is something else (a person, a look-alike of the glossary's own knowledge).

    `rivals` are other hits of the same sentence that could claim the same cue: the nearest one has it.
    """
    readings = tuple(
        reading
        for reading in hit.readings
        if not reading.name.role.is_name
        or glossary.entity(reading.entity).kind in _PERSONS
        or not _is_borne(reading, hit, text, sentence, language, rivals)
    )
    by_entity: dict[str, list[Reading]] = {}
    for reading in readings:
        if reading.name.role.is_name:
            by_entity.setdefault(reading.entity, []).append(reading)
    alike = {reading.entity for reading in readings if reading.name.role is Role.NEAR}
    if by_entity.keys() - alike:
        by_entity = {entity: found for entity, found in by_entity.items() if entity not in alike}
    if not by_entity:
        return ()
    entities = [glossary.entity(entity) for entity in by_entity]
    cued = [entity for entity in entities if _has_cue(entity, hit, text, sentence, language, rivals)]
    chosen = cued or [entity for entity in entities if not entity.needs_cue]
    if len(chosen) > 1:
        chosen = _plainest(chosen, by_entity)
    if len(chosen) > 1 and _stands_as_place(hit, text, sentence, language):
        chosen = [entity for entity in chosen if entity.kind not in _PERSONS] or chosen
    return tuple(reading for entity in chosen for reading in by_entity[entity.id])


def _plainest(entities: list[Entity], readings: dict[str, list[Reading]]) -> list[Entity]:
    """Without entities that the surface names only with a possessive ending, where it names another without."""
    plain = [entity for entity in entities if any(not reading.features.possessor for reading in readings[entity.id])]
    return plain or entities


def _stands_as_place(hit: Hit, text: str, sentence: Span, language: Language) -> bool:
    """Whether a preposition of place, or a locative ending, tells that no person is meant."""
    if any(reading.features.case is Case.LOC for reading in hit.readings):
        return True
    before = fold_key(text[sentence.start : hit.span.start], language).split()
    return bool(before) and cues_of(language).locative.fullmatch(before[-1]) is not None


def _has_cue(entity: Entity, hit: Hit, text: str, sentence: Span, language: Language, rivals: Sequence[Hit]) -> bool:
    """Whether one of the entity's cues stands near the hit, and no rival stands nearer to it."""
    cues = [fold_key(cue, language) for cue in entity.cues_in(language)]
    if not cues:
        return False
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(cue) for cue in cues)})")
    window = Span(max(sentence.start, hit.span.start - _REACH), min(sentence.end, hit.span.end + _REACH))
    folded = fold_key(window.of(text), language)
    for match in pattern.finditer(folded):
        place = window.start + match.start()
        if hit.span.start <= place < hit.span.end:
            continue
        distance = _distance(hit.span, place)
        if all(_distance(rival.span, place) >= distance for rival in rivals if rival.span != hit.span):
            return True
    return False


def _distance(span: Span, place: int) -> int:
    return span.start - place if place < span.start else max(0, place - span.end)


def _is_borne(reading: Reading, hit: Hit, text: str, sentence: Span, language: Language, rivals: Sequence[Hit]) -> bool:
    """Whether a place's name is borne by a person here: Ararat Mirzoyan, General Ivanyan, K. Ivanyan.

    What follows is no surname where the glossary knows it (Karabakh Armenian, Shusha Iranian).
    """
    known = any(rival.span.start == hit.span.end + 1 for rival in rivals)
    if not known and " " not in hit.span.of(text) and _SURNAME[language].match(text, hit.span.end):
        return True
    before = text[sentence.start : hit.span.start]
    if _INITIALS.search(before) and not before.rstrip().endswith(_PLACE_ABBREVIATIONS):
        return True
    words = before.split()
    if not words or not _SURNAME_END.search(reading.name.lexeme.text):
        return False
    previous = words[-1]
    if cues_of(language).ranks.fullmatch(fold_key(previous, language)):
        return True
    return len(words) > 1 and len(previous) > 1 and previous[0].isupper() and previous.isalpha()
