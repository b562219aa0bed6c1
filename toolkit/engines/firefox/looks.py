"""How much the head that aligns words looked at the constrained spans of the source.

A name shares looks with its preposition or article; other words hardly look at it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

import numpy as np

from toolkit.engines.firefox.marian import Array
from toolkit.engines.firefox.vocabulary import Pieces
from toolkit.engines.protocol import Constraint
from toolkit.text.spans import Span

CLEAR = 0.15
"""The share of a look, or of the looks of a whole word, at which it is taken to render the span looked at, if no
piece elsewhere has twice as much."""
_SEEN = 0.1
"""The sum of all looks at a word below which it was lost."""
FAINT = 0.05
"""The share for a span that is looked for when the sentence ends."""


class Looks:
    """The spans of the constraints of a sentence, and the shares of looks that fall on them."""

    def __init__(self, source: Pieces, constraints: Sequence[Constraint]) -> None:
        self.spans = [_pieces_in(source, constraint.span) for constraint in constraints]
        """The pieces of the source that each constraint is about."""
        self._starts = _word_starts(source)
        self.any = np.zeros(len(source.ids) + 1, np.float32)
        """1 for each piece of the source that is in a span, 0 for the others and the end."""
        for start, end in self.spans:
            self.any[start:end] = 1

    def looked_at(self, look: Array, numbers: Sequence[int]) -> int | None:
        """The constraint, of these, whose span this look is clearly at."""
        sights: list[float] = look.tolist()
        greatest, found, spans = 0.0, None, self.spans
        for number in numbers:
            start, end = spans[number]
            if (share := sum(sights[start:end])) > greatest:
                greatest, found = share, number
        if found is None or greatest < CLEAR:
            return None
        if 2 * greatest > max(sights):
            return found
        start, end = spans[found]
        return None if 2 * greatest <= max(sights[:start] + sights[end:]) else found

    def lost(self, seen: Array) -> list[int]:
        """The words, by their first pieces, that a translation hardly looked at; `seen` is the sum of its looks."""
        sights: list[float] = np.add.reduceat(seen, self._starts).tolist()
        if min(sights) >= _SEEN:
            return []
        return [start for start, sight in zip(self._starts, sights, strict=True) if sight < _SEEN]

    def share(self, number: int, looks: Sequence[Array]) -> float:
        """How much of the looks of a word was at the span of a constraint."""
        start, end = self.spans[number]
        return sum([sum(look[start:end].tolist()) for look in looks]) / len(looks)


def _word_starts(source: Pieces) -> list[int]:
    """The piece that each word of the source begins with."""
    text = source.text
    return [n for n, span in enumerate(source.spans) if n == 0 or (span.start and text[span.start - 1].isspace())]


def _pieces_in(source: Pieces, span: Span) -> tuple[int, int]:
    """The first piece of the source with a character in the span, and the piece after the last; equal if none has."""
    first = bisect_right(source.spans, span.start, key=attrgetter("end"))
    after = bisect_left(source.spans, span.end, first, key=attrgetter("start"))
    while first < after and not source.spans[first]:
        first += 1
    while first < after and not source.spans[after - 1]:
        after -= 1
    return (first, after) if first < after else (0, 0)
