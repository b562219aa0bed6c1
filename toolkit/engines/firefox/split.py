"""Segments that are longer than the models were trained on are translated in parts, never cut off.

Parts end with a sentence if they can, else with a clause, else with a word, else anywhere. What stands between two
parts (white space) stands between their translations.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from toolkit.engines.split import CONJUNCTION
from toolkit.languages import Language
from toolkit.text.sentences import split_sentences
from toolkit.text.spans import Span, SpanSet

LONGEST = 120
"""Pieces in a part: the models were trained on sentences, hardly any of them longer."""

_CLAUSE = re.compile(r"(?<=[,;:—–՝])\s+|\s+(?=[—–(])")
_CONJUNCTION = re.compile(CONJUNCTION)
_WORD = re.compile(r"\s+")


def split(text: str, language: Language, keep: list[Span], pieces: Callable[[str], int]) -> list[Span]:
    """The parts of a text, in order, none with more than LONGEST pieces; `keep` are spans not to be cut.

    A text that is short enough is one part. Of a longer one each sentence is a part of its own, and of a longer
    sentence as many clauses or words together as fit. A span of `keep` too long for a part is cut all the same.
    """
    if pieces(text) <= LONGEST:
        return [Span(0, len(text))]
    gaps = _gaps(text, keep)
    sentences = split_sentences(text, language, keep)
    return [part for sentence in sentences for part in _parts(text, sentence, gaps, pieces)]


def _gaps(text: str, keep: list[Span]) -> list[list[Span]]:
    """Where a sentence may be cut, as the spans between two parts: first those that serve best."""
    kinds = [[Span(*match.span()) for match in pattern.finditer(text)] for pattern in (_CLAUSE, _CONJUNCTION, _WORD)]
    whole = SpanSet(keep)
    return [
        *([gap for gap in gaps if not whole.touches(gap)] for gaps in kinds),
        [Span(place, place) for place in range(1, len(text))],
    ]


def _parts(text: str, span: Span, kinds: list[list[Span]], pieces: Callable[[str], int]) -> list[Span]:
    """Cut a span at the gaps of the first kind, at those of the next only what is still too long."""
    if not kinds or pieces(span.of(text)) <= LONGEST:
        return [span]
    gaps = [gap for gap in kinds[0] if span.start < gap.start and gap.end < span.end]
    parts: list[Span] = []
    start, last = span.start, None
    for gap in [*gaps, Span(span.end, span.end)]:
        if last is not None and pieces(text[start : gap.start]) > LONGEST:
            parts.append(Span(start, last.start))
            start = last.end
        last = gap
    parts.append(Span(start, span.end))
    return [small for part in parts for small in _parts(text, part, kinds[1:], pieces)]
