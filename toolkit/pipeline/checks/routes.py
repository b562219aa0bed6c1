"""Where something comes from, and where it is: “from Goris to Vayk” that has become из Вайка в Горис.

Languages order the places of a route as they like, so order says nothing. What is left, and where something happens, is
marked in all four: by a preposition in English and Russian, by ablative and locative in Armenian and Azerbaijani.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

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
    Language.RU: re.compile(
        r"(?<!\w)(?:из|от|с территории|со стороны)"
        r"(?: (?:города|деревни|общины|поселка|провинции|района|села|столицы))? $"
    ),
}
"""What stands before a place that is left, in folded text."""
_INSIDE = {
    Language.EN: re.compile(r"(?<!\w)(?:in|at)(?: the)?(?: (?:city|town|village) of)? $"),
    Language.RU: re.compile(r"(?<!\w)(?:в|во)(?: (?:городе|деревне|поселке|селе))? $"),
}
"""What stands before a place where something is or happens."""


def turned_route(pair: Pair, found: Pairing) -> tuple[Mention, Mention] | None:
    """(a mention of the source, what stands for it): the one place that is left, or where something happens, in the
    source, and not in the translation, where another one of both texts has that part instead."""
    times, times_out = (Counter(m.entity for m in side.mentions) for side in (pair.source, pair.target))
    places = [
        (mention, stand.mention)
        for mention, stand in found.stands.items()
        if stand.via is Via.NAME
        and stand.mention
        and pair.source.glossary.entity(mention.entity).kind in _PLACES
        and times[mention.entity] == 1 == times_out[stand.mention.entity]
    ]
    for tells, case in ((_LEFT, Case.ABL), (_INSIDE, Case.LOC)):
        here = [pair_ for pair_ in places if _is_marked(pair_[0], pair.source, tells, case)]
        there = [pair_ for pair_ in places if _is_marked(pair_[1], pair.target, tells, case)]
        if len(here) == 1 == len(there) and here != there and not _have_company(here[0], there[0], pair):
            return here[0]
    return None


def _is_marked(mention: Mention, side: Side, tells: Mapping[Language, re.Pattern[str]], case: Case) -> bool:
    """Whether the words before a place or its case say that it is where something comes from, or happens."""
    pattern = tells.get(side.language)
    if pattern is None:
        return all(r.features.case is case and r.features.part is Part.NAME for r in mention.readings)
    before = side.text[max(0, mention.span.start - _REACH) : mention.span.start]
    cases = {reading.features.case for reading in mention.readings}
    if any(reading.features.part is not Part.NAME for reading in mention.readings):
        return False
    moved = side.language is Language.RU and case is Case.LOC and not cases & {Case.PREP, Case.LOC}
    return not moved and pattern.search(fold_key(before, side.language)) is not None


def is_left(mention: Mention, side: Side) -> bool:
    """Whether a text says of a place that something or somebody comes from it."""
    return _is_marked(mention, side, _LEFT, Case.ABL)


def _have_company(here: _Place, there: _Place, pair: Pair) -> bool:
    """Whether a word joins one of the places to another name where it is marked, or the two to each other: “from A and
    B” marks the first only, A və B-dən the last, “in A, B” both."""
    for side, marked, other in ((pair.source, here[0], there[0]), (pair.target, there[1], here[1])):
        if joined(marked.span, other.span, side.text):
            return True
        if any(joined(marked.span, m.span, side.text) for m in side.mentions if m.span != marked.span):
            return True
    return False


_Place = tuple[Mention, Mention]
