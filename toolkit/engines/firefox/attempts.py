"""Complete sentences with names held to, of which the best is taken: a form is chosen otherwise where it did harm.

A wrong case shows in what follows it. The rest of the sentence is unlikely; or a name is left over, or a word of the
source that nothing in the translation looked at, since the form has taken their place ("the doctors of Tesul" turned
into "Tesul"). Then a form that was chosen unsurely is chosen otherwise: the one whose span is nearest to what was lost,
else the least sure. Of a few such attempts the one with most names is taken, then with fewest words lost, then the
likeliest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from toolkit.engines.firefox.marian import Array
from toolkit.engines.firefox.vocabulary import Pieces

_NEAR = 0.5
"""Another form is a near tie when it is more than exp(-0.5), six tenths, as likely at the piece that decides."""
_UNSURE = 9.0
"""A form is chosen otherwise only where the next was more than exp(-9) times as likely."""
_SEEN = 0.1
"""The sum of all looks at a word of the source below which it was lost."""
_POOR = -1.0
"""The logarithmic probability of a piece at which what follows a form is unlikely."""
_MOST_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Placed:
    """A constraint that was used, and from which piece to which its form stands."""

    constraint: int
    start: int
    end: int = 0
    margin: float = float("inf")
    """By how much, in logarithms, the form was likelier than the next, at the piece that was least sure."""
    decided: int = 0
    """The place of that piece."""

    @property
    def near_tie(self) -> bool:
        return self.margin < _NEAR

    @property
    def unsure(self) -> bool:
        return self.margin < _UNSURE


class Attempt(NamedTuple):
    """A complete sentence; the greater one is the better."""

    names: int
    kept: int
    """Less the words of the source that were lost."""
    chance: float
    forms: list[Placed]


class Attempts:
    """The attempts at one sentence. `inside` is constraints x pieces of the source: 1 where a piece is in the span."""

    def __init__(self, source: Pieces, inside: Array) -> None:
        self.made: list[Attempt] = []
        self._words = _word_starts(source)
        self._inside = inside

    @property
    def best(self) -> int:
        """The number of the best attempt, the earliest of equals."""
        return max(range(len(self.made)), key=lambda number: (*self.made[number][:3], -number))

    def add(
        self, placed: list[Placed], looks: Sequence[Array], chances: Sequence[float], *, waiting: bool
    ) -> Placed | None:
        """Keep a complete sentence; the form to be chosen otherwise, None where it is well or was tried often enough.

        `waiting` says that a constraint was not used.
        """
        lost = self._lost(looks)
        self.made.append(Attempt(len(placed), -len(lost), sum(chances) / len(chances), placed))
        unsure = [one for one in placed if one.unsure]
        if len(self.made) >= _MOST_ATTEMPTS or not unsure or not (waiting or lost or _goes_on_poorly(placed, chances)):
            return None
        near = [] if waiting else lost
        return min(unsure, key=lambda one: (self._distance(one.constraint, near), one.margin))

    def _lost(self, looks: Sequence[Array]) -> list[int]:
        """The words of the source, by their first pieces, that no piece of the draft looked at."""
        if not looks:
            return []
        seen = np.add.reduceat(sum(looks[1:], looks[0]), self._words)
        found: list[int] = self._words[seen < _SEEN].tolist()
        return found

    def _distance(self, constraint: int, lost: Sequence[int]) -> int:
        """How far in the source a constraint is from a word that was lost: its form may have taken that one's place."""
        own = np.flatnonzero(self._inside[constraint])
        return min((int(np.abs(own - word).min()) for word in lost), default=0)


def _goes_on_poorly(placed: Sequence[Placed], chances: Sequence[float]) -> bool:
    """Whether something besides the held forms is unlikely."""
    held = {place for one in placed for place in range(one.start, one.end)}
    return any(chance < _POOR for place, chance in enumerate(chances) if place not in held)


def _word_starts(source: Pieces) -> NDArray[np.intp]:
    """The piece that each word of the source begins with."""
    text = source.text
    starts = [n for n, span in enumerate(source.spans) if n == 0 or (span.start and text[span.start - 1].isspace())]
    return np.array(starts or [0], np.intp)
