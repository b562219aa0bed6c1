"""Which words of a translation stand for which of the source, from the head that was taught to align.

The head gives for each piece written how much it looked at each piece of the source. Summed up by words this says
for each word of the translation where its words lie in the source.
"""

from __future__ import annotations

import re

import numpy as np

from toolkit.engines.firefox.marian import Array
from toolkit.engines.firefox.vocabulary import Pieces
from toolkit.text.spans import Span

_WORD = re.compile(r"\w+(?:[-'’\u0301]\w+)*")
_SHARE = 0.25


def words(text: str) -> list[Span]:
    """The words of a text."""
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def align(source: Pieces, target: Pieces, attention: Array) -> tuple[tuple[Span, Span], ...]:
    """Pairs of (source word, target word); a target word has all source words that it looks at for a quarter.

    `attention` is target pieces x source pieces (and the source's end, which is no word).
    """
    ours, theirs = words(source.text), words(target.text)
    if not ours or not theirs or not len(attention):
        return ()
    shares = _membership(theirs, target) @ attention[:, : len(source.ids)] @ _membership(ours, source).T
    shares /= np.maximum(shares.sum(1, keepdims=True), np.float32(1e-9))
    return tuple(
        (ours[place], theirs[row]) for row in range(len(theirs)) for place in np.flatnonzero(shares[row] >= _SHARE)
    )


def _membership(spans: list[Span], pieces: Pieces) -> Array:
    """Words x pieces: 1 where the piece is a part of the word."""
    starts = np.array([span.start for span in pieces.spans])
    ends = np.array([span.end for span in pieces.spans])
    firsts, lasts = (np.array([[getattr(span, side)] for span in spans]) for side in ("start", "end"))
    return ((starts < lasts) & (firsts < ends)).astype(np.float32)
