"""Where words begin and end among the pieces of a vocabulary: what decoding held to names asks at every step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from toolkit.engines.firefox.encoded import Ids
from toolkit.engines.firefox.vocabulary import END, SPACE, Vocabulary


class Borders:
    """The borders of words. Answers from flags of each piece, made once: bytes are quicker to look into than arrays."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._continues = bytes(vocabulary.continues_word.tolist())
        self._marks = bytes(not piece[-1:].isalnum() for piece in vocabulary.pieces)
        self._joins = np.array([not mark for mark in self._marks])
        self._joins[END] = True
        self.no_longer = np.where(vocabulary.continues_word, np.float32(np.inf), np.float32(0))
        """Of each piece infinite where it makes a word longer, else 0."""

    def ends_in_mark(self, ids: Sequence[int]) -> bool:
        """Whether what is written ends in a mark or a space, so that a word may begin right after it."""
        return bool(ids) and self._marks[ids[-1]] == 1

    def lengthens(self, piece: int) -> bool:
        """Whether after a letter the piece makes the word longer."""
        return self._continues[piece] == 1

    def lengthen(self, pieces: Ids) -> NDArray[np.bool_]:
        """`lengthens` of many."""
        longer: NDArray[np.bool_] = self.vocabulary.continues_word[pieces]
        return longer

    def goes_on(self, piece: int, ids: Sequence[int]) -> bool:
        """Whether `piece` makes the last word of `ids` longer."""
        return self._continues[piece] == 1 and not (ids and self._marks[ids[-1]])

    def join(self, pieces: Ids) -> NDArray[np.bool_]:
        """Of many, whether a word that they end in may be made longer; before the first piece that is END."""
        joins: NDArray[np.bool_] = self._joins[pieces]
        return joins

    def may_open(self, piece: int, *, capital: bool, alone: bool) -> bool:
        """Whether a word that begins with this piece may be a name, which is capitalised if `capital`.

        A little word may not, though it looks at the name that it governs, and is capitalised at the beginning.
        """
        if alone and piece in self.vocabulary.little_words:
            return False
        word = self.vocabulary.pieces[piece].removeprefix(SPACE)
        return not word or (word[0].isalnum() and not (capital and word[0].islower()))

    def words(self, ids: Sequence[int]) -> list[tuple[int, int]]:
        """The words of `ids`, as (first piece, piece after the last)."""
        found: list[tuple[int, int]] = []
        begin: int | None = None
        for place, one in enumerate(ids):
            piece = self.vocabulary.pieces[one]
            if begin is not None and not piece[0].isalnum():
                found.append((begin, place))
                begin = None
            if begin is None and (piece == SPACE or piece.removeprefix(SPACE)[0].isalnum()):
                begin = place
        return found if begin is None else [*found, (begin, len(ids))]

    def last_word(self, ids: Sequence[int]) -> list[tuple[int, int]]:
        """The word that `ids` end in; none where they end in a mark."""
        if not ids or self.ends_in_mark(ids):
            return []
        begin = len(ids) - 1
        while begin and self._continues[ids[begin]] and not self._marks[ids[begin - 1]]:
            begin -= 1
        return [(begin, len(ids))]
