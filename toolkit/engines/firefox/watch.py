"""Which sentences of a batch have to ask their guides at a step.

Most steps of most sentences need no asking. Which do is found for all rows at once, by a few operations on arrays;
a guide looks closely only where this has found that there may be something to do.

A guide is asked at every step while it is busy (with a choice of form, or where the search has just gone back to),
and after a form where the network would make its last word longer, or hardly knows how to go on. Besides it is asked
only between words: at the end of the sentence; where this look, or one of the word just written, may be clearly at
what the guide waits for; and where a word was written that may be forbidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from toolkit.engines.firefox.doubts import FOLLOWING, POOR
from toolkit.engines.firefox.encoded import Ids
from toolkit.engines.firefox.guide import Guide
from toolkit.engines.firefox.looks import CLEAR
from toolkit.engines.firefox.marian import Array

BETWEEN, IS_CLEAR, WAS_CLEAR, BUSY = 1, 2, 4, 8
_ALL = 255
_NEARLY_CLEAR = np.float32(CLEAR - 1e-4)
"""No look at one span is greater than that at all spans together, but for rounding."""
_NEVER_CLEAR = np.float32(2)
_LONG = np.int64(FOLLOWING)


class Watch:
    """Watches over the rows of a batch, of which some have guides."""

    def __init__(self, guides: Sequence[Guide | None], longest: int) -> None:
        """`longest`: the most positions of a source, those that it is padded with too."""
        guided = [(row, guide) for row, guide in enumerate(guides) if guide is not None]
        self._borders = guided[0][1].borders if guided else None
        self._awaited, self.seen = np.zeros((2, len(guides), longest), np.float32)
        """Rows x positions: 1 for what is waited for; how much all pieces that are written looked at each."""
        self._clear_above = np.full(len(guides), _NEVER_CLEAR)
        self._was_clear = np.zeros(len(guides), np.bool_)
        self._busy = np.zeros(len(guides), np.uint8)
        self._since_form = np.full(len(guides), _LONG)
        """How many pieces were written since the last form."""
        for row, guide in guided:
            self._awaited[row, : len(guide.awaited)] = guide.awaited
            self.note(row, guide)

    def note(self, row: int, guide: Guide) -> None:
        """Take in what a guide of a row needs, after it was asked and what it decided on was written."""
        self._clear_above[row] = _NEARLY_CLEAR if guide.waits else _NEVER_CLEAR
        self._busy[row] = busy = _ALL if guide.busy else 0
        self._since_form[row] = 0 if (parted := guide.parted) else _LONG if busy else self._since_form[row]
        if busy or parted:
            self._was_clear[row] = False

    def asks(self, looks: Array, last: Ids, best: Ids, chances: Array) -> list[int]:
        """For each row the sum of what may have to be done: 0, or some of BETWEEN, IS_CLEAR, WAS_CLEAR, BUSY.

        What it gives for rows without a guide means nothing.

        `looks` are rows x positions, `best` the likeliest pieces after the `last`, `chances` their logarithmic
        probabilities.
        """
        if self._borders is None:
            return [0] * len(last)
        longer = self._borders.lengthen(best)
        inside = longer & self._borders.join(last)
        doubtful = (self._since_form < FOLLOWING) & (chances < POOR) | (self._since_form == 0) & longer
        self._since_form += 1
        clear = np.vecdot(looks, self._awaited) > self._clear_above
        found = BETWEEN + IS_CLEAR * clear.view(np.uint8) + WAS_CLEAR * self._was_clear.view(np.uint8)
        busy = self._busy | _ALL * doubtful.view(np.uint8)
        found |= busy & BUSY
        found &= busy | (inside.view(np.uint8) - 1)
        self._was_clear &= inside
        self._was_clear |= clear
        asks: list[int] = found.tolist()
        return asks

    def saw(self, looks: Array, sent_back: Iterable[tuple[int, Sequence[Array]]]) -> None:
        """Add the looks of a step to what was seen, but for rows that were sent back, which have fewer looks now."""
        if self._borders is None:
            return
        self.seen += looks
        for row, fewer in sent_back:
            self.seen[row] = 0
            for look in fewer:
                self.seen[row, : len(look)] += look

    def take(self, rows: Ids, longest: int) -> None:
        """Watch over these rows alone."""
        self._awaited, self.seen = self._awaited[rows, :longest], self.seen[rows, :longest]
        self._clear_above = self._clear_above[rows]
        self._was_clear, self._busy = self._was_clear[rows], self._busy[rows]
        self._since_form = self._since_form[rows]

    def joined(self, guides: Sequence[Guide | None], longest: int) -> Watch:
        """The watch over these rows and after them new ones with these guides."""
        rows, width = self.seen.shape
        both = Watch([*[None] * rows, *guides], longest)
        both._borders = both._borders or self._borders
        both._awaited[:rows, :width], both.seen[:rows, :width] = self._awaited, self.seen
        both._clear_above[:rows] = self._clear_above
        both._was_clear[:rows], both._busy[:rows] = self._was_clear, self._busy
        both._since_form[:rows] = self._since_form
        return both
