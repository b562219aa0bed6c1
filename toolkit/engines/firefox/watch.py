"""Which sentences of a batch have to ask their guides at a step.

Most steps of most sentences need no asking. Which do is found for all rows at once, by a few operations on arrays;
a guide looks closely only where this has found that there may be something to do.

A guide is asked at every step while it is busy (with a form, or where the search has just gone back to), and besides
only between words: at the end of the sentence; where this look, or one of the word just written, may be clearly at
what the guide waits for; and where a word was written that may be forbidden.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from toolkit.engines.firefox.encoded import Ids, Source
from toolkit.engines.firefox.guide import Guide
from toolkit.engines.firefox.looks import CLEAR
from toolkit.engines.firefox.marian import Array

BETWEEN, IS_CLEAR, WAS_CLEAR, BUSY = 1, 2, 4, 8
_NEARLY_CLEAR = np.float32(CLEAR - 1e-4)
"""No look at one span is greater than that at all spans together, but for rounding."""


class Watch:
    """Watches over the rows of a batch, of which some have guides."""

    def __init__(self, guides: Sequence[Guide | None]) -> None:
        guided = [(row, guide) for row, guide in enumerate(guides) if guide is not None]
        self.borders = guided[0][1].borders if guided else None
        width = max((len(guide.awaited) for _, guide in guided), default=0)
        self._awaited = np.zeros((len(guides), width), np.float32)
        self._busy, self._waits, self._was_clear = np.zeros((3, len(guides)), np.bool_)
        for row, guide in guided:
            self._awaited[row, : len(guide.awaited)] = guide.awaited
            self.note(row, guide)

    def note(self, row: int, guide: Guide) -> None:
        """Take in what a guide of a row needs, after it was asked."""
        self._waits[row] = guide.waits
        self._busy[row] = busy = guide.busy
        if busy:
            self._was_clear[row] = False

    def asks(self, looks: Sequence[Array], source: Source, last: Ids, best: Ids) -> list[int]:
        """For each row the sum of what may have to be done: 0, or some of BETWEEN, IS_CLEAR, WAS_CLEAR, BUSY.

        `looks` are those of the step by the groups of the source, `best` the likeliest pieces after the `last`.
        """
        if self.borders is None:
            return [0] * len(last)
        inside = self.borders.go_on(best, last)
        clear = self._clear(looks, source)
        was_clear, self._was_clear = self._was_clear, clear | (self._was_clear & inside)
        found = BETWEEN + IS_CLEAR * clear + WAS_CLEAR * was_clear + BUSY * self._busy
        found[inside & ~self._busy] = 0
        asks: list[int] = found.tolist()
        return asks

    def _clear(self, looks: Sequence[Array], source: Source) -> NDArray[np.bool_]:
        """Of each row, whether its look may be clearly at what it waits for."""
        shares = np.zeros(len(self._waits), np.float32)
        width = self._awaited.shape[1]
        for part, some in zip(source.slices, looks, strict=True):
            both = min(width, some.shape[1])
            np.einsum("ij,ij->i", some[:, :both], self._awaited[part, :both], out=shares[part])
        return (shares > _NEARLY_CLEAR) & self._waits

    def take(self, rows: Ids) -> None:
        self._awaited, self._was_clear = self._awaited[rows], self._was_clear[rows]
        self._busy, self._waits = self._busy[rows], self._waits[rows]

    def joined(self, guides: Sequence[Guide | None]) -> Watch:
        """The watch over `guides`, of which the first are those of these rows."""
        both = Watch(guides)
        both._was_clear[: len(self._was_clear)] = self._was_clear
        return both
