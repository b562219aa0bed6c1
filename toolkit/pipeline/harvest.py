"""What two documents give to a memory: their sentences in pairs, each with how sure it is that they are one.

What is uncertain is left out and said: a stretch without counterpart, one whose length, names or figures speak against
its counterpart, a pair that the checks refuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log

from toolkit.documents.model import Document
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.exchange.model import Row, checked
from toolkit.pipeline.align import align_by_cost
from toolkit.pipeline.parallel import ParallelText
from toolkit.pipeline.vetting import Vetted, vet
from toolkit.text.spans import Span

THRESHOLD = 0.6
"""The score from which on a pair is taken."""
_LENGTHS = {Language.AZ: 1.02, Language.EN: 1.0, Language.HY: 1.05, Language.RU: 0.99}
"""How long the same sentences are in each language, measured on the seeds. The lengths of the two texts themselves
would mislead where one of them leaves something out."""
_ALONE = 1.4
"""The cost of leaving a sentence out, lower than where a translation is checked: better no pair than a doubtful one."""
_SMALL = 8
"""Code points that every length is given, so that a word more weighs less in a short sentence."""
_SPREAD = 0.55
"""How far lengths lie apart (the logarithm of their ratio) where it begins to speak against a pair."""
_SIGNS = 0.55
"""How much of the score the names and figures decide, where there are any."""
_MERGED = 0.9
"""A stretch of several sentences is less sure than one that pairs with one."""


@dataclass(frozen=True, slots=True)
class Harvested:
    """A pair of stretches, how sure it is (0 to 1), and the row that it makes; `vetted.refused` says why it is left
    out."""

    vetted: Vetted
    score: float


def harvest(
    source: tuple[Document, Language],
    target: tuple[Document, Language],
    glossary: Glossary,
    *,
    where: str = "",
    threshold: float = THRESHOLD,
    strict: bool = False,
) -> Iterator[Harvested]:
    """The sentence pairs of two documents, in order; what of either has no counterpart stands between them."""
    here, there = (ParallelText(document, language, glossary) for document, language in (source, target))
    units = here.units(Span(0, len(here.document.text))), there.units(Span(0, len(there.document.text)))
    ratio = _LENGTHS[there.language] / _LENGTHS[here.language]
    pairs = align_by_cost(*units, ratio, _ALONE)
    single = {unit.span for side in units for unit in side}
    for number, (old, new) in enumerate(pairs, 1):
        sides = {text.language: _plain(text, span) for text, span in ((here, old), (there, new)) if span is not None}
        place = f"{where}, pair {number}" if where else f"pair {number}"
        row = Row(place, sides, source=here.language)
        if old is None or new is None:
            yield Harvested(Vetted(row, "it has no counterpart in the other text", {}), 0.0)
            continue
        score = _score(here, old, there, new, ratio)
        if old not in single or new not in single:
            score *= _MERGED
        score = round(score, 3)
        if score < threshold:
            reason = f"the score is {score:.2f}: {_apart(here, old, there, new)}"
            yield Harvested(Vetted(row, reason, {}), score)
        else:
            yield Harvested(vet(checked(row), glossary, strict=strict), score)


def _score(here: ParallelText, old: Span, there: ParallelText, new: Span, ratio: float) -> float:
    """By how far the lengths are what the languages let one expect, and by the names and figures that both have."""
    away = log((len(new) + _SMALL) / (len(old) * ratio + _SMALL)) / _SPREAD
    length = exp(-(away**2) / 2)
    mine, theirs = _signs(here, old), _signs(there, new)
    if not mine | theirs:
        return length
    shared = len(mine & theirs) / len(mine | theirs)
    return (1 - _SIGNS) * length + _SIGNS * length * shared


def _apart(here: ParallelText, old: Span, there: ParallelText, new: Span) -> str:
    mine, theirs = _signs(here, old), _signs(there, new)
    parts = [f"{len(old)} and {len(new)} characters"]
    for title, signs in (("only in the source", mine - theirs), ("only in the translation", theirs - mine)):
        if signs:
            parts.append(f"{title} {', '.join(sorted(signs)[:5])}")
    return "; ".join(parts)


def _signs(text: ParallelText, span: Span) -> frozenset[str]:
    return frozenset[str]().union(*(unit.signs for unit in text.units(span)))


def _plain(text: ParallelText, span: Span) -> str:
    """The words of a stretch without the signs of its format."""
    hidden = [mark for mark in text.document.markup if span.overlaps(mark)]
    places = enumerate(span.of(text.document.text), span.start)
    return "".join(char for place, char in places if not any(mark.start <= place < mark.end for mark in hidden))
