"""How much the head that aligns words looked at the constrained spans of the source.

A name shares looks with its preposition or article; other words hardly look at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from toolkit.engines.firefox.marian import Array
from toolkit.engines.firefox.vocabulary import Pieces
from toolkit.engines.protocol import Constraint

CLEAR = 0.15
"""The share of a look, or of the looks of a whole word, at which it is taken to render the span looked at, if no
piece elsewhere has twice as much."""
FAINT = 0.05
"""The share for a span that is looked for when the sentence ends."""
_ROUNDING = 1e-4


class Looks:
    """The spans of the constraints of a sentence, and the shares of looks that fall on them."""

    def __init__(self, source: Pieces, constraints: Sequence[Constraint]) -> None:
        self.inside = _inside(source, constraints)
        self.watched = self.inside[:0].sum(0)
        """1 where a piece of the source is in a span that is waited for."""

    def watch(self, numbers: Sequence[int]) -> None:
        """Say which constraints are waited for."""
        self.watched = self.inside[list(numbers)].max(0, initial=0)

    def may_be_clear(self, look: Array) -> bool:
        """Whether a look might be clearly at a span that is waited for: no share is greater than that of all."""
        return float(look.dot(self.watched)) > CLEAR - _ROUNDING

    def looked_at(self, look: Array, numbers: Sequence[int]) -> int | None:
        """The constraint, of these, whose span this look is clearly at."""
        if not numbers:
            return None
        shares = [float(self.inside[number].dot(look)) for number in numbers]
        greatest = max(shares)
        number = numbers[shares.index(greatest)]
        if greatest < CLEAR or 2 * greatest <= (look * (1 - self.inside[number])).max():
            return None
        return number

    def share(self, number: int, looks: Sequence[Array]) -> float:
        """How much of the looks of a word was at the span of a constraint."""
        return sum(float(self.inside[number].dot(look)) for look in looks) / len(looks)


def _inside(source: Pieces, constraints: Iterable[Constraint]) -> Array:
    """Constraints x pieces of the source and its end: 1 where a piece is in the span."""
    rows = [
        [one.start < one.end and one.overlaps(constraint.span) for one in source.spans] + [False]
        for constraint in constraints
    ]
    return np.array(rows, np.float32).reshape(len(rows), len(source.spans) + 1)
