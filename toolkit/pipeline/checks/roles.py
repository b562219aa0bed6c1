"""Who does and to whom it is done: “Baku accused Yerevan” that has become «Ереван обвинил Баку».

Order says little, since three of the four languages order freely; cases do. In English, a name without a preposition
before another name is what does, and one after a preposition is not. Where a text leaves a role open, nothing is said.
"""

from __future__ import annotations

import re
from enum import StrEnum

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
    r" (?:\w+ly )?(?:can|did|does|gave|had|has|have|is|may|met|must|said|sent|sold|told|took|was|will|would|\w+ed|\w+s)"
    r"(?!\w)"
)
_BEFORE_RU = re.compile(r"(?<!\w)(?:в|во|на|из|от|к|ко|у|под|с|со|для|о|об|против|через|до|за|над) $")


class _Role(StrEnum):
    DOES = "does"
    GOVERNED = "governed"


def crossed_roles(pair: Pair, found: Pairing) -> tuple[Mention, Mention] | None:
    """(a mention of the source, what stands for it), where of the only two names of a kind in both texts each has the
    role of the other."""
    glossary = pair.source.glossary
    for group in _ACTORS:
        here = [mention for mention in pair.source.mentions if acting_group(mention, glossary) == group]
        there = [mention for mention in pair.target.mentions if acting_group(mention, glossary) == group]
        stands = [found.stands[m] for m in here if m in found.stands]
        if len(here) != 2 or len(there) != 2 or here[0].entity == here[1].entity:
            continue
        out = [stand.mention for stand in stands if stand.via is Via.NAME and stand.mention is not None]
        if len(out) != 2:
            continue
        before = [_role(mention, pair.source) for mention in here]
        after = [_role(mention, pair.target) for mention in out]
        if None not in before and before[0] is not before[1] and before == after[::-1]:
            return here[0], out[0]
    return None


def _role(mention: Mention, side: Side) -> _Role | None:
    """What the grammar says of a mention; None where it may be either, or the agent of a passive."""
    if any(reading.features.part is not Part.NAME for reading in mention.readings):
        return None
    before = fold_key(side.text[max(0, mention.span.start - _REACH) : mention.span.start], side.language)
    after = fold_key(side.text[mention.span.end : mention.span.end + _REACH], side.language)
    cases = {reading.features.case for reading in mention.readings}
    if side.language is Language.EN:
        if cases != {Case.NOM} or _OPEN.search(before) or after.startswith(("’s", "'s", "-", " and ", " or ")):
            return None
        if _TO.search(before):
            return _Role.GOVERNED
        return _Role.DOES if _VERB_EN.match(after) else None
    if side.language is Language.RU and _BEFORE_RU.search(before):
        return _Role.GOVERNED
    if cases <= _GOVERNED and not after.startswith((" tərəf", " կողմ")):
        return _Role.GOVERNED
    if cases == {Case.NOM} and not (side.language is Language.AZ and PHRASE_AZ.match(after)):
        return _Role.DOES
    return None
