"""Who does and to whom it is done: “Baku accused Yerevan” that has become «Ереван обвинил Баку».

Order says little, since three of the four languages order freely; cases do. In English, a name without a preposition
before another name is what does, and one after a preposition is not. Where a text leaves a role open, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import chain, combinations

from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.morphology.base import Case, Part
from toolkit.pipeline.checks.names import Pairing, Via
from toolkit.pipeline.checks.pair import Pair, Side
from toolkit.pipeline.checks.swaps import PHRASE_AZ, acting_group
from toolkit.text.folding import fold_key

_REACH = 60
"""How far from a name what tells its role may stand, in code points."""
_ACTORS = ("body", "country", "person", "settlement")
_GOVERNED = frozenset((Case.ACC, Case.DAT, Case.LOC, Case.ABL, Case.PREP))
"""Without the genitive, in which an attack's author stands too, and the instrumental of a passive."""
_TO = re.compile(r"(?<!\w)(?:to|from|against|in|at|of|with|for|into|on|towards?)(?: the)? $")
_OPEN = re.compile(r"(?<!\w)(?:by|than|like|as|and|or|nor|but|except|between)(?: the)? $")
_VERB_EN = re.compile(
    r" (?:\w+ly )?(?:beat|became|began|bought|broke|brought|built|came|can|chose|cut|did|does|drew|fell|fought|gave"
    r"|had|has|have|held|hit|is|kept|led|left|lost|made|may|met|must|overtook|paid|put"
    r"|ran|rose|said|saw|sent|sold|sought|spoke|struck|told|took|was|went|will|withdrew|won|would|wrote"
    r"|\w+ed|\w+s)(?!\w)"
)
_TAKES_EN = re.compile(
    r"(?<!\w)(?:gave|gives?|given|told|accus\w+|ask(?:s|ed)|blam\w+|criticis\w+|defeat\w+|beat|invad\w+|offer(?:s|ed)|overt(?:ook|aken)"
    r"|send|sent|urg(?:es|ed)|warn(?:s|ed)|attack(?:s|ed)|supplie[sd])(?: the)? $"
)
"""Verbs right before what they govern."""
_UNLIKE = re.compile(r"(?<!\w)(?:unlike|than|քան|чем|ի տարբերություն)(?: the)? $")
_ASIDE_EN = re.compile(r", (?:unlike|which|who|whose|for its part|meanwhile|however)(?!\w)")
"""After the first word of a sentence: what shows that it is the subject."""
_BEFORE_RU = re.compile(r"(?<!\w)(?:в|во|на|из|от|к|ко|у|под|с|со|для|о|об|против|через|до|за|над) $")


class _Role(StrEnum):
    DOES = "does"
    GOVERNED = "governed"


def crossed_roles(pair: Pair, found: Pairing) -> tuple[Mention, Mention] | None:
    """(a mention of the source, what stands for it), where of two names of a kind each has the role of the other. Each
    of the two may be named several times, if all its mentions have a known role."""
    glossary = pair.source.glossary
    places = {
        mention: stand.mention
        for mention, stand in sorted(found.stands.items(), key=lambda item: item[0].span)
        if stand.via is Via.NAME and stand.mention is not None
    }
    for group in _ACTORS:
        entities = list(dict.fromkeys(m.entity for m in places if acting_group(m, glossary) == group))
        roles = {entity: _roles_of(entity, pair.source) for entity in entities}
        roles_out = {entity: _roles_of(entity, pair.target) for entity in entities}
        for one, other in combinations(entities, 2):
            before = roles[one], roles[other]
            after = roles_out[one], roles_out[other]
            moved = before[0] != after[0] and before[1] != after[1]
            if all(before) and all(after) and moved and sorted([*before[0], *before[1]]) == sorted(chain(*after)):
                first = next(mention for mention in places if mention.entity == one)
                return first, places[first]
    return None


def _roles_of(entity: str, side: Side) -> Sequence[_Role]:
    """The roles of all mentions of an entity, sorted; nothing where one of them is open."""
    roles = [_role(mention, side) for mention in side.mentions if mention.entity == entity]
    known = [role for role in roles if role is not None]
    return sorted(known) if len(known) == len(roles) else ()


def _role(mention: Mention, side: Side) -> _Role | None:
    """What the grammar says of a mention; None where it may be either, or the agent of a passive."""
    if any(reading.features.part is Part.ADJECTIVE for reading in mention.readings):
        return None
    before = fold_key(side.text[max(0, mention.span.start - _REACH) : mention.span.start], side.language)
    after = fold_key(side.text[mention.span.end : mention.span.end + _REACH], side.language)
    cases = {reading.features.case for reading in mention.readings}
    if side.language is Language.EN:
        if cases == {Case.NOM} and (_TAKES_EN.search(before) or _UNLIKE.search(before)):
            return _Role.GOVERNED
        if cases != {Case.NOM} or _OPEN.search(before) or after.startswith(("’s", "'s", "-", " and ", " or ")):
            return None
        if _TO.search(before):
            return _Role.GOVERNED
        opens = not before.strip() and _ASIDE_EN.match(after)
        return _Role.DOES if opens or _VERB_EN.match(after) else None
    if _UNLIKE.search(before) or (side.language is Language.RU and _BEFORE_RU.search(before)):
        return _Role.GOVERNED
    if cases <= _GOVERNED and not after.startswith((" tərəf", " կողմ")):
        return _Role.GOVERNED
    if side.language is Language.RU and Case.DAT in cases and cases <= {*_GOVERNED, Case.GEN} and _is_verb(before):
        return _Role.GOVERNED
    if cases == {Case.NOM} and not (side.language is Language.AZ and _opens_phrase(mention, side)):
        return _Role.DOES
    return None


def _opens_phrase(mention: Mention, side: Side) -> bool:
    """Whether an Azerbaijani name is the first part of a phrase that ends before the next name."""
    ends = min((m.span.start for m in side.mentions if m.span.start >= mention.span.end), default=len(side.text))
    return PHRASE_AZ.match(side.text[mention.span.end : ends]) is not None


def _is_verb(before: str) -> bool:
    """Whether Russian words end with a finite verb: what stands in the genitive or dative after it is no genitive."""
    from toolkit.morphology.ru_sentence import is_finite, tokens

    words = tokens(before)
    return bool(words) and before.endswith(" ") and is_finite(words[-1])
