"""Offices of state under the many names that a text gives them: a body, whose it is, and what may stand for it.

“Azerbaijan's Ministry of Defence”, Минобороны Азербайджана, Azərbaycan MN and «ведомство» are one body. A translation
renders it by any name, by the name of what it is one of, or by one of its `heads`, as long as no other owner stands
beside that: the ministry of Armenia is not rendered by that of Azerbaijan. An entry that has no heads is no body.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache

from toolkit.glossary.entities import Entity
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Kind
from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.morphology.base import Case, Part
from toolkit.pipeline.checks.joined import joined
from toolkit.pipeline.checks.kin import alike
from toolkit.pipeline.checks.pair import Side
from toolkit.text.folding import fold_key
from toolkit.text.spans import Span

_OWNERS = frozenset({Kind.COUNTRY, Kind.PEOPLE, Kind.REGION})
_WHOLE = 4
"""Letters up to which a head is a whole word (суд is not судно); a longer one may go on (министерств, министерства)."""
_BEFORE = re.compile(r"(?:['’]s?)?\s+(?:[\w-]+\s+){0,3}")
"""Between an owner and a head after it: at most three words and no sign."""
_GOVERNS_EN = re.compile(r"\b(?:against|at|by|for|from|in|into|of|on|over|to|with) (?:the )?$")
_AFTER_EN = re.compile(r"\s+(?:of\s+)?(?:[\w-]+\s+){0,4}?of\s+(?:the\s+)?(?:republic\s+of\s+)?", re.IGNORECASE)
_AFTER = re.compile(r"\s+(?:[\w-]+\s+){0,3}")


def owner_of(entity: str, glossary: Glossary) -> str | None:
    """The state a body belongs to by its entry; None for what is no body or belongs to none."""
    known = glossary.entity(entity)
    owner = known.part_of if _is_body(known, glossary) else None
    if owner is None or owner not in glossary.entities:
        return None
    return owner if glossary.entity(owner).kind in _OWNERS else None


def stands_for_body(mention: Mention, here: Side, there: Side) -> Span | None:
    """What stands in the text `there` for a body that `here` names: a name of its sort or a head, with no other
    owner beside it; None where there is nothing, or the mention is of no body."""
    for entity in mention.entities:
        known = here.glossary.entity(entity)
        if not _is_body(known, here.glossary):
            continue
        owners = frozenset((known.part_of,)) if known.part_of else _owners(mention.span, here)
        for span in (*_names_of_sort(known, there), *_heads(known, there)):
            if not owners or any(_may_own(owner, span, there) for owner in owners):
                return span
    return None


def speaks_for_body(mention: Mention, there: Side, taken: Container[Span]) -> Span | None:
    """The subject of the text `there` that names the state whose body a mention names (“Armenia denied” for its
    ministry), where that text has no word for such a body and the place is not taken."""
    for entity in mention.entities:
        owner, known = owner_of(entity, there.glossary), there.glossary.entity(entity)
        if owner is None or any(True for _ in (*_names_of_sort(known, there), *_heads(known, there))):
            continue
        for state in there.mentions:
            if state.span not in taken and alike(owner) & set(state.entities) and _may_be_subject(state, there):
                return state.span
    return None


def _may_be_subject(mention: Mention, side: Side) -> bool:
    """Whether the form of a state's name, in English what stands before it, can be that of a subject."""
    if side.language is Language.EN:
        return mention.features.case is Case.NOM and not _GOVERNS_EN.search(side.text[: mention.span.start])
    article = side.language is not Language.HY or any(reading.features.definite for reading in mention.readings)
    return article and has_case(mention, (Case.NOM,))


def owned_body(country: Mention, here: Side, there: Side) -> Span | None:
    """The body that stands in the text `there` for an owner whom `here` names beside a word for that body."""
    for mention in there.mentions:
        for entity in mention.entities:
            owner = owner_of(entity, there.glossary)
            if owner is None or owner not in _states(country):
                continue
            known = here.glossary.entity(entity)
            spans = (*_names_of_sort(known, here), *_heads(known, here))
            if any(country.entity in _owners(span, here) for span in spans):
                return mention.span
    return None


def _states(country: Mention) -> set[str]:
    return {other for entity in country.entities for other in alike(entity)}


def _is_body(entity: Entity, glossary: Glossary) -> bool:
    return bool(_sort(entity, glossary).heads)


def _sort(entity: Entity, glossary: Glossary) -> Entity:
    """The entry that has the heads: the entity's own, or that of what it is an instance of."""
    sort = entity.instance_of
    return entity if entity.heads or sort is None or sort not in glossary.entities else glossary.entity(sort)


def _names_of_sort(entity: Entity, side: Side) -> Iterator[Span]:
    """Names in a text of what the entity is one of, or of its instances where it is the sort itself."""
    sort = entity.instance_of or entity.id
    for hit in side.hits:
        for found in {reading.entity for reading in hit.readings if reading.name.role.is_name}:
            if sort in (found, side.glossary.entity(found).instance_of):
                yield hit.span


def _heads(entity: Entity, side: Side) -> Iterator[Span]:
    """Words for the body in a text that are part of no other name."""
    pattern = _head_pattern(side.glossary, _sort(entity, side.glossary).id, side.language)
    for match in pattern.finditer(side.folded.text) if pattern is not None else ():
        span = side.original(*match.span())
        if not any(mention.span.overlaps(span) for mention in side.mentions):
            yield span


@lru_cache(maxsize=1024)
def _head_pattern(glossary: Glossary, entity: str, language: Language) -> re.Pattern[str] | None:
    heads = (glossary.entity(entity).heads or {}).get(language, ())
    folded = (fold_key(head, language) for head in heads)
    choices = "|".join(re.escape(head) + (r"\w*" if len(head) > _WHOLE else "") for head in folded)
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)") if choices else None


def _may_own(owner: str, span: Span, side: Side) -> bool:
    """Whether what stands at a place may belong to an owner: nobody else is said to own it."""
    said = _owners(span, side)
    return not said or bool(said & alike(owner))


def _owners(span: Span, side: Side) -> frozenset[str]:
    """The states that a text names as the owners of what stands at a place: in the name of a body, else the nearest
    before it, else after it; with those that are joined to them (the ministries of Armenia and Azerbaijan)."""
    states = [mention for mention in side.mentions if side.glossary.entity(mention.entity).kind in _OWNERS]
    for mention in side.mentions:
        owner = owner_of(mention.entity, side.glossary)
        if owner is not None and mention.span.contains(span):
            return frozenset((owner, *_joined_to(mention, states, side)))
    before = [m for m in states if m.span.end <= span.start and _owns_what_follows(m, span, side)]
    after = [m for m in states if m.span.start >= span.end and _owns_what_precedes(m, span, side)]
    nearest = before[-1:] or after[:1]
    return frozenset(owner for mention in nearest for owner in (mention.entity, *_joined_to(mention, states, side)))


def _joined_to(mention: Mention, states: Sequence[Mention], side: Side) -> Iterator[str]:
    """States that stand beside a mention with nothing but a word that joins between them, one after the other."""
    for beyond in (states, states[::-1]):
        last = mention
        for state in beyond:
            if state is not last and not state.span.overlaps(last.span) and joined(last.span, state.span, side.text):
                yield state.entity
                last = state


def _owns_what_follows(mention: Mention, span: Span, side: Side) -> bool:
    if not _BEFORE.fullmatch(side.text[mention.span.end : span.start]):
        return False
    if _has_part(mention, (Part.ADJECTIVE, Part.DEMONYM)):
        return True
    if side.language is Language.RU:  # a genitive follows what it owns
        return False
    return side.language is Language.AZ or has_case(mention, (Case.GEN, Case.POSS)) or mention.surface.isupper()


def _owns_what_precedes(mention: Mention, span: Span, side: Side) -> bool:
    between = side.text[span.end : mention.span.start]
    if side.language is Language.EN:
        return _AFTER_EN.fullmatch(between) is not None
    return side.language is Language.RU and has_case(mention, (Case.GEN,)) and _AFTER.fullmatch(between) is not None


def _has_part(mention: Mention, parts: Iterable[Part]) -> bool:
    return any(reading.features.part in parts for reading in mention.readings)


def has_case(mention: Mention, cases: Iterable[Case]) -> bool:
    """Whether a name may stand in one of the cases."""
    return any(reading.features.case in cases for reading in mention.readings)
