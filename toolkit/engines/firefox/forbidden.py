"""Names that must not be written, noticed among the pieces as soon as their last word is complete."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.engines.firefox.vocabulary import SPACE, Vocabulary


class ForbiddenNames:
    """The forbidden names of a sentence. A name counts where it stands as a word, not as the end of a longer one."""

    def __init__(self, vocabulary: Vocabulary, names: Sequence[str]) -> None:
        self._pieces = vocabulary.pieces
        self._names = tuple(sorted({name for name in names if name}))
        self._last_words = frozenset(_last_word(name) for name in self._names)
        self._endings = frozenset(word[place:] for word in self._last_words for place in range(len(word) + 1))
        self._may_be_last: dict[int, bool] = {}

    def __bool__(self) -> bool:
        return bool(self._names)

    def may_end(self, ids: Sequence[int]) -> bool:
        """Whether the last word of `ids` is that of a forbidden name: a quick look, before `begin` reads all."""
        if not ids or not self._names:
            return False
        # Nearly always the last piece alone shows that it is not.
        last = ids[-1]
        if (may_be := self._may_be_last.get(last)) is None:
            may_be = self._may_be_last[last] = _last_word(self._pieces[last]) in self._endings
        if not may_be:
            return False
        text = self._pieces[last]
        for place in range(len(ids) - 2, -1, -1):
            if not text.isalnum():
                break
            text = self._pieces[ids[place]] + text
        return _last_word(text) in self._last_words

    def begin(self, ids: Sequence[int], free_from: int) -> int | None:
        """The piece that a forbidden name begins with which `ids` end in; it lies at or after the piece `free_from`."""
        written = [self._pieces[one] for one in ids[free_from:]]
        text = "".join(written).replace(SPACE, " ")
        for name in self._names:
            start = len(text) - len(name)
            if text.endswith(name) and (start == 0 or not text[start - 1].isalnum()):
                return free_from + _piece_at(written, start)
        return None


def _last_word(text: str) -> str:
    """The letters and figures that a text ends in, after its last mark or space; none if it ends in one."""
    if text.isalnum():
        return text
    place = len(text)
    while text[place - 1 : place].isalnum():
        place -= 1
    return text[place:]


def _piece_at(pieces: Sequence[str], offset: int) -> int:
    """The number of the piece in which the character at `offset` of the joined text stands."""
    for number, piece in enumerate(pieces):
        offset -= len(piece)
        if offset < 0:
            return number
    return len(pieces) - 1
