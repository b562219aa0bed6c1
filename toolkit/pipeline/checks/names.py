"""Which name of the translation stands for which name of the source, what is missing, and what the source lacks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from toolkit.glossary.model import Kind
from toolkit.glossary.names import Role
from toolkit.languages import Language
from toolkit.mentions.model import Doubt, Hit, Mention, Zone
from toolkit.pipeline.checks.bodies import owned_body, speaks_for_body, stands_for_body
from toolkit.pipeline.checks.kin import alike, kin_words
from toolkit.pipeline.checks.near_forms import NearForm, near_form
from toolkit.pipeline.checks.pair import Pair, Side
from toolkit.text.folding import fold_key
from toolkit.text.scripts import SCRIPT_OF, Script, script_of
from toolkit.text.spans import Span

_CARRIED_OVER = frozenset(
    {Kind.AGENCY, Kind.COMPANY, Kind.MEDIA, Kind.MILITARY, Kind.ORGANISATION, Kind.OTHER, Kind.PARTY, Kind.WEAPON}
)
"""Kinds whose names are often left in their own letters in a translation."""

_DESCRIPTIVE = frozenset({Kind.EVENT, Kind.MILITARY, Kind.MISSION, Kind.OFFICE, Kind.OTHER, Kind.TREATY})
"""Kinds whose names are made of common words."""
_SHORTEST_DESCRIPTION = 6
_OWNERS = frozenset({Kind.COUNTRY, Kind.PEOPLE, Kind.REGION})
"""Kinds whose names, inside that of a body or a people, tell whose it is."""


_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL = "[A-ZÀ-ÖØ-ÞĞİŞƏА-ЯЁԱ-Ֆ][\\w’'-]+"
_WORD_BEFORE = re.compile(rf"(?<!\w)({_CAPITAL})\s$")
_WORD_AFTER = re.compile(rf"\s(?:of\s(?:the\s)?)?({_CAPITAL})")


class Via(StrEnum):
    """By what a mention is held to be rendered."""

    NAME = "name"
    KIN = "kin"
    """A word of its people or language, or an adjective."""
    SHARED = "shared"
    """A name that already stands for an earlier mention of the same entity."""
    VERBATIM = "verbatim"
    NEAR = "near"
    """A word that sounds like the name and is no name that the glossary knows."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What stands for a mention in the translation; `mention` where it is one that can be inflected anew."""

    span: Span
    via: Via
    mention: Mention | None = None
    near: NearForm | None = None


@dataclass
class Pairing:
    """Mentions of the source with what stands for them, those with nothing, and names the source has no ground for."""

    stands: dict[Mention, Stand] = field(default_factory=dict)
    missing: list[Mention] = field(default_factory=list)
    doubtful: list[Mention] = field(default_factory=list)
    """Those with nothing that may be another word with the same letters."""
    extra: list[Mention] = field(default_factory=list)
    surplus: dict[str, int] = field(default_factory=dict)
    """Entities that the translation names more often than the source, and by how much."""


def pair_names(pair: Pair) -> Pairing:
    """Pair the names of a source with those of its translation, in order."""
    found = Pairing()
    source, target = pair.source, pair.target
    free = list(target.mentions)
    for mention in source.mentions:
        wanted = _entities(mention)
        named = (other for other in free if wanted & set(other.entities))
        stand = next((other for other in named if not _is_left_in_azerbaijani(mention, other, pair)), None)
        if stand is not None and (set(mention.entities) & set(stand.entities) or _keeps_owner(mention, pair)):
            free.remove(stand)
            found.stands[mention] = Stand(stand.span, Via.NAME, stand)
    for mention in source.mentions:
        if mention not in found.stands:
            _find_other_ground(mention, pair, found)
    _let_states_speak(pair, found)
    found.doubtful = [mention for mention in found.missing if mention.doubt is Doubt.HOMOGRAPH]
    found.missing = [mention for mention in found.missing if mention.doubt is not Doubt.HOMOGRAPH]
    known = {entity for mention in source.mentions for entity in _entities(mention)}
    foreign = [m for m in free if not (set(m.entities) & known) and not _is_grounded(m, pair)]
    found.extra = [mention for mention in foreign if mention.doubt is None]
    wanted_counts = Counter(mention.entity for mention in source.mentions)
    counts = Counter(mention.entity for mention in target.mentions)
    found.surplus = {
        entity: counts[entity] - wanted for entity, wanted in wanted_counts.items() if counts[entity] > wanted
    }
    return found


def _entities(mention: Mention) -> set[str]:
    return {other for entity in mention.entities for other in alike(entity)}


def _keeps_owner(mention: Mention, pair: Pair) -> bool:
    """Whether a translation says whose a body or a people is, where the mention does: “Armenians” says less than
    “Karabakh Armenians”, “the ministry” than “the Foreign Ministry of Georgia”."""
    target = pair.target
    for hit in pair.source.hits_inside(mention.span):
        owners = {r.entity for r in hit.readings} - set(mention.entities)
        owners = {owner for owner in owners if pair.source.glossary.entity(owner).kind in _OWNERS}
        known = {other for owner in owners for other in alike(owner)}
        told = any(known & {reading.entity for reading in other.readings} for other in target.hits)
        if known and not told and not any(_related(known, target, listed=listed) for listed in (True, False)):
            return False
    return True


def _body(mention: Mention, pair: Pair, *, keeps_owner: bool) -> Span | None:
    """What stands for a body; “the ministry” may leave its owner out, but no unknown word may stand where the owner
    would («МИД Джорджии»)."""
    place = stands_for_body(mention, pair.source, pair.target)
    if place is None or keeps_owner:
        return place
    target = pair.target
    beside = [_WORD_BEFORE.search(target.text[: place.start]), _WORD_AFTER.match(target.text[place.end :])]
    for found, shift in zip(beside, (0, place.end), strict=True):
        if found is None:
            continue
        word = Span(*found.span(1)).shift(shift)
        if (word.start > 0 or found[1].isupper()) and not any(hit.span.overlaps(word) for hit in target.hits):
            return None
    return place


def _find_other_ground(mention: Mention, pair: Pair, found: Pairing) -> None:
    """A mention with no name of its own: a shared name, an unresolved or contained one, a related word."""
    wanted = _entities(mention)
    target = pair.target
    if any(_is_left_in_azerbaijani(mention, other, pair) for other in target.mentions):
        found.missing.append(mention)
        return
    keeps_owner = _keeps_owner(mention, pair)
    alone = wanted if keeps_owner else set(mention.entities)
    shared = next((m for m in target.mentions if alone & set(m.entities)), None)
    if shared is not None:
        carried = _carried_over(mention, pair)
        near = near_form(mention, pair, [*(m.span for m in target.mentions), *_near_places(found)])
        if carried is not None:
            found.stands[mention] = Stand(carried, Via.VERBATIM)
        elif near is not None:
            found.stands[mention] = Stand(near.span, Via.NEAR, near=near)
        elif _is_left_in_script(mention, pair):
            found.missing.append(mention)
        else:
            found.stands[mention] = Stand(shared.span, Via.SHARED, shared)
        return
    place = (
        _unresolved(alone, target)
        or _related(alone, target, listed=True)
        or _body(mention, pair, keeps_owner=keeps_owner)
        or owned_body(mention, pair.source, target)
    )
    if place is not None:
        found.stands[mention] = Stand(place, Via.KIN)
        return
    if pair.source.glossary.entity(mention.entity).kind in _DESCRIPTIVE:
        place = _in_small_letters(wanted, target)
        if place is not None:
            found.stands[mention] = Stand(place, Via.KIN)
            return
    carried = _carried_over(mention, pair)
    if carried is not None:
        found.stands[mention] = Stand(carried, Via.VERBATIM)
        return
    near = near_form(mention, pair, [*(m.span for m in target.mentions), *_near_places(found)])
    if near is not None:
        found.stands[mention] = Stand(near.span, Via.NEAR, near=near)
        return
    place = _related(wanted, target, listed=False)
    if place is not None:
        found.stands[mention] = Stand(place, Via.KIN)
        return
    found.missing.append(mention)


def _let_states_speak(pair: Pair, found: Pairing) -> None:
    """A state may stand for a body of its own, if it stands for nothing else."""
    taken = {stand.span for stand in found.stands.values()}
    for mention in list(found.missing):
        place = speaks_for_body(mention, pair.target, taken)
        if place is not None:
            taken.add(place)
            found.stands[mention] = Stand(place, Via.KIN)
            found.missing.remove(mention)


def _in_small_letters(wanted: Iterable[str], side: Side) -> Span | None:
    """A descriptive name that is written as a description: the four-day war."""
    text = side.folded.text
    for entity in sorted(wanted):
        for name in side.glossary.table(side.language).of_entity(entity):
            stem = fold_key(name.lexeme.text, side.language)[:-2]
            start = text.find(stem) if len(stem) >= _SHORTEST_DESCRIPTION else -1
            if start >= 0:
                return side.original(start, start + len(stem))
    return None


def _near_places(found: Pairing) -> list[Span]:
    return [stand.span for stand in found.stands.values() if stand.via is Via.NEAR]


def _unresolved(wanted: Iterable[str], side: Side) -> Span | None:
    """A surface that can name one of the entities, though the context did not choose it.

    A name inside a longer one does not count where both are of one kind: Sudan is not meant by South Sudan.
    """
    wanted = set(wanted)
    for hit in side.hits:
        entities = {reading.entity for reading in hit.readings if reading.name.role.is_name}
        if entities & wanted and not _is_part_of_rival(hit, entities & wanted, side):
            return hit.span
    return None


def _is_part_of_rival(hit: Hit, entities: Iterable[str], side: Side) -> bool:
    kinds = {side.glossary.entity(entity).kind for entity in entities}
    return any(
        mention.span != hit.span
        and mention.span.contains(hit.span)
        and any(side.glossary.entity(entity).kind in kinds for entity in mention.entities)
        for mention in side.mentions
    )


def _related(wanted: Iterable[str], side: Side, *, listed: bool) -> Span | None:
    """A word of kin with one of the entities that is not itself a name of another one."""
    taken = [mention for mention in side.mentions if not set(mention.entities) & set(wanted)]
    for entity in sorted(wanted):
        if entity not in side.glossary.entities:
            continue
        for span in kin_words(entity, side, listed=listed):
            if not any(span.start == mention.span.start for mention in taken):
                return span
    return None


def _is_grounded(mention: Mention, pair: Pair) -> bool:
    """Whether the source has a reason for a name: an unresolved surface of the entity, a related word, a body in
    other words."""
    wanted, source = _entities(mention), pair.source
    return (
        _unresolved(wanted, source) is not None
        or any(_related(wanted, source, listed=listed) is not None for listed in (True, False))
        or stands_for_body(mention, pair.target, source) is not None
        or owned_body(mention, pair.target, source) is not None
    )


def _is_left_in_script(mention: Mention, pair: Pair) -> bool:
    """Whether a name that is not carried over by right stands in the translation in the letters of the source, alone:
    what has other such words beside it is a longer name (Fire of Anatolia)."""
    source, target = pair.source, pair.target
    if mention.zone is Zone.PROTECTED or source.glossary.entity(mention.entity).kind in _CARRIED_OVER:
        return False
    found = re.search(rf"(?<!\w){re.escape(mention.surface)}(?!\w)", target.text)
    if found is None or any(hit.span.overlaps(Span(*found.span())) for hit in target.hits):
        return False
    own = SCRIPT_OF[target.language]
    beside = [*_WORD.findall(target.text[: found.start()])[-1:], *_WORD.findall(target.text[found.end() :])[:1]]
    return script_of(mention.surface[0]) is not own and all(script_of(word[0]) is own for word in beside)


def _is_left_in_azerbaijani(mention: Mention, other: Mention, pair: Pair) -> bool:
    """Whether English has a state's name as Azerbaijani spells it (Çin). Towns may be written so (Şuşa)."""
    return (
        pair.source.language is Language.AZ
        and pair.target.language is Language.EN
        and pair.source.glossary.entity(mention.entity).kind is Kind.COUNTRY
        and all(reading.name.role is Role.VARIANT for reading in other.readings)
        and any(reading.name.lexeme.text == other.surface for reading in mention.readings)
    )


def _carried_over(mention: Mention, pair: Pair) -> Span | None:
    """Where a name stays in its own letters by right: a company, a title, a part of a longer name (Washington
    Capitals). Latin letters may stand in any text, others in no text of another script."""
    text, source = pair.target.text, pair.source.text
    start = text.find(mention.surface)
    if start < 0:
        return None
    place = Span(start, start + len(mention.surface))
    is_protected = mention.zone is Zone.PROTECTED
    if not is_protected and script_of(mention.surface[0]) not in (SCRIPT_OF[pair.target.language], Script.LATIN):
        return None
    if is_protected or pair.source.glossary.entity(mention.entity).kind in _CARRIED_OVER:
        return place
    for pattern in (rf"{re.escape(mention.surface)}\s([A-ZÀ-Ž]\w+)", rf"([A-ZÀ-Ž]\w+)\s{re.escape(mention.surface)}"):
        longer = re.search(pattern, source)
        if longer is not None and longer.group() in text:
            return place
    return None
