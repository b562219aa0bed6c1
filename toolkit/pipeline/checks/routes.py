"""Where something comes from: “from Goris to Vayk” that has become из Вайка в Горис.

Languages order the places of a route as they like, so order says nothing. What a place is left for is marked in all
four: by a preposition in English and Russian, by the ablative in Armenian and Azerbaijani.
"""

from __future__ import annotations

import re
from collections import Counter

from toolkit.glossary.model import Kind
from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.morphology.base import Case, Part
from toolkit.pipeline.checks.joined import joined
from toolkit.pipeline.checks.names import Pairing, Via
from toolkit.pipeline.checks.pair import Pair, Side
from toolkit.text.folding import fold_key

_PLACES = frozenset({Kind.CITY, Kind.COUNTRY, Kind.DISTRICT, Kind.REGION, Kind.TOWN, Kind.VILLAGE})
_REACH = 60
"""How far before a place what tells of it may begin, in code points."""
_LEFT = {
    Language.EN: re.compile(
        r"(?<!\w)(?:from|(?<!to )(?:leave|leaves|leaving|left|departed|out of))(?: the)?"
        r"(?: (?:city|district|province|region|settlement|town|village) of)? $"
    ),
    Language.RU: re.compile(r"(?<!\w)(?:из|от)(?: (?:города|деревни|общины|поселка|провинции|района|села|столицы))? $"),
}
"""What stands before a place that is left, in folded text."""


def turned_route(pair: Pair, found: Pairing) -> tuple[Mention, Mention] | None:
    """(a mention of the source, what stands for it): a place that is left in the source and not in the translation,
    where another one of both texts is left instead."""
    times, times_out = (Counter(m.entity for m in side.mentions) for side in (pair.source, pair.target))
    places = [
        (mention, stand.mention)
        for mention, stand in found.stands.items()
        if stand.via is Via.NAME
        and stand.mention
        and pair.source.glossary.entity(mention.entity).kind in _PLACES
        and times[mention.entity] == 1 == times_out[stand.mention.entity]
    ]
    left = [pair_ for pair_ in places if _is_left(pair_[0], pair.source)]
    left_out = [pair_ for pair_ in places if _is_left(pair_[1], pair.target)]
    if len(left) == 1 == len(left_out) and left != left_out and not _are_joined(left[0], left_out[0], pair):
        return left[0]
    return None


def _is_left(mention: Mention, side: Side) -> bool:
    """Whether the words or the case say that the place is where something comes from."""
    pattern = _LEFT.get(side.language)
    if pattern is not None:
        before = side.text[max(0, mention.span.start - _REACH) : mention.span.start]
        return pattern.search(fold_key(before, side.language)) is not None
    return all(r.features.case is Case.ABL and r.features.part is Part.NAME for r in mention.readings)


def _are_joined(one: tuple[Mention, Mention], other: tuple[Mention, Mention], pair: Pair) -> bool:
    """Whether a word joins both in either text: “from A and B” marks the first only, A və B-dən the last."""
    source, target = pair.source.text, pair.target.text
    return joined(one[0].span, other[0].span, source) or joined(one[1].span, other[1].span, target)
