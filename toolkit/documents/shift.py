"""Where an offset outside the edits of a text stands after them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from toolkit.text.spans import Edit, Span


class Shift:
    """Moves offsets past edits, which are given in order."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._starts = [edit.span.start for edit in edits]
        self._ends = [edit.span.end for edit in edits]
        self._grown = [0, *accumulate(len(edit.text) - len(edit.span) for edit in edits)]

    def start(self, offset: int) -> int:
        """For the start of a stretch: what begins there is still to come."""
        return offset + self._grown[bisect_left(self._starts, offset)]

    def end(self, offset: int) -> int:
        """For the end of a stretch: what ends there is over."""
        return offset + self._grown[bisect_right(self._ends, offset)]

    def between(self, span: Span) -> Span:
        """A stretch without what is put in at its edges; an empty one is before what is put in at its place."""
        if not len(span):
            return Span(self.start(span.start), self.start(span.start))
        return Span(self.end(span.start), self.start(span.end))
