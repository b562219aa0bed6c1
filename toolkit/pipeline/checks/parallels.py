"""Two names in the same form whose order is another one: “up 18 per cent in Gyumri, 4 per cent in Vanadzor”, and
«в Ванадзоре на 18, в Гюмри на 4 процента».

What stands in the same form does not tell by its form which is which, so that translators keep the order. Names that
a word joins are equals, whose order says nothing, unless something is said of each in turn.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.morphology.base import Case, Part
from toolkit.pipeline.checks.joined import joined
from toolkit.pipeline.checks.names import Pairing, Via
from toolkit.pipeline.checks.order import are_equals
from toolkit.pipeline.checks.pair import Pair, Side
from toolkit.pipeline.checks.swaps import group_of
from toolkit.text.folding import fold_key

_KINDS = ("country", "person", "region", "settlement")
_REACH = 40
_PREPOSITION = re.compile(r"(?<!\w)(\w+) (?:the )?$")
_MARKED = frozenset((Case.ABL, Case.LOC))
"""Cases of places; other ones are governed by words that stand where a language likes."""


def reversed_pair(pair: Pair, found: Pairing) -> tuple[Mention, Mention] | None:
    """(a mention of the source, what stands for it), where two names of a kind, each once in both texts, are alike in
    form in both, and stand in another order."""
    glossary = pair.source.glossary
    times, times_out = (Counter(m.entity for m in side.mentions) for side in (pair.source, pair.target))
    once = [
        (mention, stand.mention)
        for mention, stand in sorted(found.stands.items(), key=lambda item: item[0].span)
        if stand.via is Via.NAME
        and stand.mention
        and times[mention.entity] == 1 == times_out[stand.mention.entity]
        and group_of(mention, glossary) in _KINDS
    ]
    for (first, first_out), (second, second_out) in combinations(once, 2):
        if group_of(first, glossary) != group_of(second, glossary) or first_out.span < second_out.span:
            continue
        if are_equals(pair, (first, first_out), (second, second_out)):
            continue
        if _are_alike(first, second, pair.source) and _are_alike(first_out, second_out, pair.target):
            return first, first_out
    return None


def _are_alike(one: Mention, other: Mention, side: Side) -> bool:
    if joined(one.span, other.span, side.text):
        return True
    if any(reading.features.part is not Part.NAME for mention in (one, other) for reading in mention.readings):
        return False
    form = _form(one, side)
    return form is not None and form == _form(other, side)


def _form(mention: Mention, side: Side) -> tuple[str, frozenset[Case]] | None:
    """The preposition and the cases that a mention can be; None where that is not the form of a place."""
    cases = frozenset(case for reading in mention.readings if (case := reading.features.case) is not None)
    before = fold_key(side.text[max(0, mention.span.start - _REACH) : mention.span.start], side.language)
    if side.language in (Language.EN, Language.RU):
        match = _PREPOSITION.search(before)
        word = match.group(1) if match else ""
        known = _IN[side.language].get(word)
        return (known, frozenset()) if known else None
    return ("", cases) if cases and cases <= _MARKED else None


_IN = {
    Language.EN: {"in": "in", "from": "from"},
    Language.RU: {"в": "in", "во": "in", "из": "from"},
}
"""Prepositions of places."""
