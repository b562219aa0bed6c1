"""The part that a name has in its sentence, as far as grammar and the words beside it tell.

Order says little, since three of the four languages order freely; cases do, and what stands beside a name. In English,
a name without a preposition before a verb is what does, and one after a preposition is not. What may be either has no
role: nothing follows from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from toolkit.glossary.model import Kind
from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.morphology.base import Case, Part
from toolkit.pipeline.checks.pair import Side
from toolkit.pipeline.checks.swaps import PHRASE_AZ
from toolkit.pipeline.checks.whose import opens_possession
from toolkit.pipeline.checks.word_lists import word_lists
from toolkit.text.folding import fold_key

_REACH = 60
"""How far from a name what tells its role may stand, in code points."""
_GOVERNED = frozenset((Case.ACC, Case.DAT, Case.LOC, Case.ABL, Case.PREP))
"""Without the genitive, in which owners stand too, and the instrumental, in which the agent of a passive does."""
_GOVERNED_HY = frozenset((Case.DAT, Case.LOC, Case.ABL, Case.INS))
_PLACES = frozenset({Kind.CITY, Kind.COUNTRY, Kind.DISTRICT, Kind.REGION, Kind.TOWN, Kind.VILLAGE})
_OPEN_EN = re.compile(r"(?<!\w)(?:by|than|like|as|and|or|nor|but|except|between)(?: the)? $")
_OPEN_AFTER = re.compile(r"(?:-| (?:and|or|և|ու|və|ya|и|или)(?!\w))")
_VERB_EN = re.compile(
    r" (?:\w+ly )?(?:beat|became|began|bought|broke|brought|built|came|can|chose|cut|did|does|drew|fell|fought|gave"
    r"|had|has|have|held|hit|is|kept|led|left|lost|made|may|met|must|overtook|paid|put"
    r"|ran|rose|said|saw|sent|sold|sought|spoke|struck|told|took|was|went|will|withdrew|won|would|wrote"
    r"|\w+ed|\w+s)(?!\w)"
)
_TAKES_EN = re.compile(
    r"(?<!\w)(?:gave|gives?|given|told|accus\w+|ask(?:s|ed)|blam\w+|criticis\w+|defeat\w+|beat|invad\w+|offer(?:s|ed)|overt(?:ook|aken)"
    r"|send|sent|urg(?:es|ed)|warn(?:s|ed)|attack(?:s|ed)|suppl(?:ie[sd]|y)|visit(?:s|ed|ing)?|struck|bomb(?:s|ed)|shell(?:s|ed)|support(?:s|ed)?"
    r"|condemn\w*|recogni[sz]e[sd]?|thank(?:s|ed)|help(?:s|ed)?|arm(?:s|ed)|press(?:es|ed)|sued)(?: the)? $"
)
"""Verbs right before what they govern."""
_NO_NOUN_EN = re.compile(
    r" (?:at|can|did|does|for|from|had|has|have|in|is|must|of|on|over|said|says|to|was|will|with|would)(?!\w)"
)
"""After an adjective: that nothing follows that it could be said of."""
_UNLIKE = re.compile(r"(?<!\w)(?:unlike|than|քան|чем|ի տարբերություն)(?: the)? $")
_ASIDE_EN = re.compile(r", (?:unlike|which|who|whose|for its part|meanwhile|however)(?!\w)")
"""After the first word of a sentence: what shows that it is the subject."""
_PASSIVE_RU = re.compile(r"\w(?:ся|сь|[аеё]н[аоы]?|[аеяи]т[аоы]?|нн(?:ый|ая|ое|ые|ого|ой|ых|ым|ую|ому)) $")


_PASSIVE_EN = re.compile(
    r" (?:has |have |had |will |must |may |can )?(?:was|were|is|are|be|been) (?:being )?(?:\w+ly )?"
    r"(?:\w+ed|beaten|hit|struck|told|given|taken|shot|sold|sent|brought)(?!\w)"
)
_AGENT_AZ, _AGENT_HY = re.compile(r" tərəfindən(?!\w)"), re.compile(r" կողմից(?!\w)")
"""With an agent in the sentence, what stands in the nominative is what it is done to."""


class Role(StrEnum):
    SAYS = "says"
    DOES = "does"
    OWNS = "owns"
    GOVERNED = "governed"


def role_of(mention: Mention, side: Side) -> Role | None:
    """What the grammar says of a mention; None where it may be more than one thing."""
    before = fold_key(side.text[max(0, mention.span.start - _REACH) : mention.span.start], side.language)
    after = fold_key(side.text[mention.span.end : mention.span.end + _REACH], side.language)
    if any(reading.features.part is Part.ADJECTIVE for reading in mention.readings):
        alone = _OPEN_AFTER.match(after) or not re.match(r" \w", after)
        return None if alone or (side.language is Language.EN and _NO_NOUN_EN.match(after)) else Role.OWNS
    if any(reading.features.part is Part.DEMONYM for reading in mention.readings):
        return None
    cases = {case for reading in mention.readings if (case := reading.features.case) is not None}
    if _UNLIKE.search(before):
        return Role.GOVERNED
    ask = {Language.AZ: _in_az, Language.EN: _in_en, Language.HY: _in_hy, Language.RU: _in_ru}[side.language]
    return ask(mention, cases, before, after, side)


def _in_en(mention: Mention, cases: set[Case], before: str, after: str, side: Side) -> Role | None:
    if cases == {Case.POSS}:
        return Role.OWNS
    if cases != {Case.NOM} or _OPEN_AFTER.match(after) or after.startswith(("’s", "'s")):
        return None
    if _before("says", before, side):
        return Role.SAYS
    if _TAKES_EN.search(before):
        return Role.GOVERNED
    if _before("agent", before, side):
        return Role.DOES
    if _OPEN_EN.search(before):
        return None
    if _before("owner", before, side):
        return Role.OWNS
    if _before("governed", before, side):
        return Role.GOVERNED
    if _after("says_after", after, side):
        return Role.SAYS
    if _PASSIVE_EN.match(after):
        return Role.GOVERNED
    opens = not before.strip() and _ASIDE_EN.match(after)
    return Role.DOES if opens or _VERB_EN.match(after) else None


def _in_hy(mention: Mention, cases: set[Case], before: str, after: str, side: Side) -> Role | None:
    if _after("agent_after", after, side):
        return Role.DOES
    if cases & {Case.GEN, Case.DAT, Case.NOM} and _after("says_genitive", after, side):
        return Role.SAYS
    if cases <= _GOVERNED_HY or _before("governed", before, side) or _after("governed_after", after, side):
        return Role.GOVERNED
    if _OPEN_AFTER.match(after):
        return None
    if Case.GEN in cases and Case.NOM not in cases:
        return Role.OWNS if re.match(r" \w", after) else None
    if cases != {Case.NOM}:
        return None
    definite = {reading.features.definite for reading in mention.readings}
    if definite == {True}:
        if _says(before, after, side):
            return Role.SAYS
        return Role.GOVERNED if _AGENT_HY.search(side.folded.text) else Role.DOES
    place = side.glossary.entity(mention.entity).kind in _PLACES and not mention.surface.isupper()
    # the aim of a movement has no article, and a subject has one
    return Role.GOVERNED if place and definite == {False} and re.match(r" \w|[:։,՝]|$", after) else None


def _in_az(mention: Mention, cases: set[Case], before: str, after: str, side: Side) -> Role | None:
    if any(reading.features.tail for reading in mention.readings) or cases <= _GOVERNED:
        return Role.GOVERNED
    if cases == {Case.GEN}:
        if _after("says_genitive", after, side):
            return Role.SAYS
        return Role.GOVERNED if _after("governed_genitive", after, side) else Role.OWNS
    if cases != {Case.NOM} or _OPEN_AFTER.match(after):
        return None
    if _after("agent_after", after, side):
        return Role.DOES
    ends = min((m.span.start for m in side.mentions if m.span.start >= mention.span.end), default=len(side.text))
    rest = fold_key(side.text[mention.span.end : ends], side.language)
    if opens_possession(rest, Language.AZ):
        return Role.OWNS
    if _after("governed_after", after, side):
        return Role.GOVERNED
    aside = _words(side.language)["aside"].match(rest)
    rest = rest[aside.end() :] if aside else rest
    if _after("says_after", rest, side):
        return Role.SAYS
    if PHRASE_AZ.match(rest):
        return None
    return Role.GOVERNED if _AGENT_AZ.search(side.folded.text) else Role.DOES


def _in_ru(mention: Mention, cases: set[Case], before: str, after: str, side: Side) -> Role | None:
    if _before("says", before, side) and cases != {Case.INS}:
        return Role.SAYS
    if _before("governed", before, side):
        return Role.GOVERNED
    if (mention.surface.isupper() or cases == {Case.NOM, Case.ACC}) and not _OPEN_AFTER.match(after):
        return _by_place_ru(mention, before, after, side)
    if cases <= _GOVERNED:
        return Role.GOVERNED
    if _OPEN_AFTER.match(after):
        return None
    if cases == {Case.INS}:
        return Role.DOES if _PASSIVE_RU.search(before) else None
    if cases == {Case.NOM}:
        if _after("says_after", after, side):
            return Role.SAYS
        return Role.GOVERNED if _is_passive_ru(after) else Role.DOES
    if Case.GEN in cases and Case.NOM not in cases:
        return _genitive_ru(cases, before)
    return None


def _by_place_ru(mention: Mention, before: str, after: str, side: Side) -> Role | None:
    """What may be a nominative or an accusative does where it opens the sentence before a verb, and is governed
    where it follows a verb that a name comes before."""
    from toolkit.morphology.ru_sentence import is_finite, tokens

    words, following = tokens(before), tokens(after)
    if not words and following and is_finite(following[0]):
        return Role.SAYS if _after("says_after", after, side) else Role.DOES
    subject = any(m.span.end < mention.span.start and m.readings[0].features.case is Case.NOM for m in side.mentions)
    opens = bool(side.mentions) and side.mentions[0].span.start == 0 and side.mentions[0] is not mention
    if words and is_finite(words[-1]) and "," not in before and (subject or opens):
        return Role.GOVERNED
    return None


def _is_passive_ru(after: str) -> bool:
    """Whether one of the next words is a short passive participle: what it is said of does nothing itself."""
    from toolkit.morphology.ru_sentence import parts_of, tokens

    return any("PRTS" in parts_of(word) for word in tokens(after)[:3])


def _genitive_ru(cases: set[Case], before: str) -> Role | None:
    """What may be a genitive or a dative is what a verb governs, or the owner of what a noun names."""
    from toolkit.morphology.ru_sentence import all_parts, is_finite, is_verbal, tokens

    words = tokens(before)
    if not words or not before.endswith(" "):
        return None
    if Case.DAT in cases and (is_finite(words[-1]) or words[-1].text.endswith(("ть", "ться", "ти", "чь"))):
        return Role.GOVERNED
    if is_verbal(words[-1]):
        return None
    return Role.OWNS if all_parts(words[-1], ("NOUN",)) else None


def _says(before: str, after: str, side: Side) -> bool:
    return _before("says", before, side) or _after("says_after", after, side)


def _before(role: str, before: str, side: Side) -> bool:
    pattern = _words(side.language).get(f"{role}_before")
    return pattern is not None and pattern.search(before) is not None


def _after(key: str, after: str, side: Side) -> bool:
    pattern = _words(side.language).get(key)
    return pattern is not None and pattern.match(after) is not None


@cache
def _words(language: Language) -> Mapping[str, re.Pattern[str]]:
    """The expressions of data/roles.yaml; those for what stands before a name end where it begins."""
    data = word_lists("roles")
    return {
        key: re.compile(f"(?:{pattern})$" if key.endswith("_before") else pattern)
        for key, pattern in data[language.value].items()
    }
