"""How much the head that aligns words looked at the constrained spans of the source.

A name shares looks with its preposition or article; other words hardly look at it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from toolkit.engines.firefox.marian import Array
from toolkit.engines.firefox.vocabulary import Pieces
from toolkit.engines.protocol import Constraint
from toolkit.text.spans import Span

CLEAR = 0.15
"""The share of a look, or of the looks of a whole word, at which it is taken to render the span looked at, if no
piece elsewhere has twice as much."""
FAINT = 0.05
"""The share for a span that is looked for when the sentence ends."""
_NEARLY_CLEAR = CLEAR - 1e-4


class Looks:
    """The spans of the constraints of a sentence, and the shares of looks that fall on them."""

    def __init__(self, source: Pieces, constraints: Sequence[Constraint]) -> None:
        self.spans = [_pieces_in(source, constraint.span) for constraint in constraints]
        """The pieces of the source that each constraint is about."""
        self._inside = np.zeros((len(constraints) + 1, len(source.ids) + 1), np.float32)
        for row, (start, end) in zip(self._inside, self.spans, strict=False):
            row[start:end] = self._inside[-1, start:end] = 1
        *self._rows, self._any = self._inside

    def may_be_clear(self, look: Array) -> bool:
        """Whether a look might be clearly at a span: no share is greater than that of all spans together."""
        share: float = look.dot(self._any).item()
        return share > _NEARLY_CLEAR

    def looked_at(self, look: Array, numbers: Sequence[int]) -> int | None:
        """The constraint, of these, whose span this look is clearly at."""
        if not numbers or not self.may_be_clear(look):
            return None
        shares = [float(look.dot(self._rows[number])) for number in numbers]
        greatest = max(shares)
        number = numbers[shares.index(greatest)]
        if greatest < CLEAR or 2 * greatest <= (look * (1 - self._rows[number])).max():
            return None
        return number

    def share(self, number: int, looks: Sequence[Array]) -> float:
        """How much of the looks of a word was at the span of a constraint."""
        return sum(float(look.dot(self._rows[number])) for look in looks) / len(looks)


def _pieces_in(source: Pieces, span: Span) -> tuple[int, int]:
    """The first piece of the source with a character in the span, and the piece after the last; equal if none has."""
    inside = [number for number, one in enumerate(source.spans) if one.start < one.end and one.overlaps(span)]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)
