"""Whether a draft covers its source: models shorten in silence what is longer than what they were trained on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.text.spans import Span

LOST_WORDS = 7
"""Words in a row that nothing stands for: no language leaves out so many, articles, prepositions and all."""
_WORD = re.compile(r"\w+(?:[-'’\u0301]\w+)*")


def lost_stretch(text: str, aligned: Iterable[tuple[Span, Span]], least: int = LOST_WORDS) -> Span | None:
    """The longest run of words of a source, of at least so many, that no word of its draft is aligned with.

    Spans are code points of `text`; None where all is covered, and where the engine does not align.
    """
    covered = sorted({ours for ours, _ in aligned})
    if not covered:
        return None
    best: list[Span] = []
    run: list[Span] = []
    place = 0
    for match in _WORD.finditer(text):
        word = Span(*match.span())
        while place < len(covered) and covered[place].end <= word.start:
            place += 1
        run = [] if place < len(covered) and covered[place].overlaps(word) else [*run, word]
        if len(run) > len(best):
            best = run
    return Span(best[0].start, best[-1].end) if len(best) >= least else None
