"""Writes words by a scheme with name elements, and ranks the ways to write them.

English is spelled by sound, so its letters give two readings, the English one and the plain one.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable
from functools import cache

from toolkit.languages import Language
from toolkit.translit.elements import Elements, elements
from toolkit.translit.engine import Compiled, Memo, by_pieces, compiled, prepare, words_in
from toolkit.translit.table import Piece

Scored = tuple[float, str]

WIDTH = 12
# Names that come into English from elsewhere, and are read as they are spelled: by their ends, by letters for sounds
# that English has not, and by a last vowel that is no silent e.
_REGIONAL = re.compile(
    r"(?:ya?n|ian|nts|[aeiou]v|[aeiou]va|yev|shvili|dze|enko|s[kc]y|zadeh?|oglu|[aiou]|[aou]gh)$"
    r"|kh|zh|dz|gh[aebdknvy]|ts[aeiou]|[aeiou]y[aeou]"
)


class Writer:
    """Writes words of one scheme, with name elements where the scheme asks for them."""

    def __init__(self, scheme: Compiled, reading: Compiled | None = None) -> None:
        self.scheme = scheme
        self.source = scheme.source or Language.EN
        self.target = scheme.target or Language.EN
        self._reading = reading
        self.elements: Elements | None = elements(self.source, self.target) if scheme.scheme.elements else None
        words = Memo(self.word)
        self._long = by_pieces(lambda piece: words_in(piece, words.__getitem__, self.source).translate(self.marks))
        self.marks = str.maketrans(scheme.scheme.marks)

    def word(self, word: str) -> str:
        """The first answer for a word."""
        small = self.scheme.small(word)
        if self._leaves(small):
            return word
        cut = self._cut(word, small)
        if cut is not None:
            return self.scheme.write(word, cut)
        return self._letters(word)[0][1] if self._reading else self.scheme.spell(word, small)

    def text(self, text: str) -> str:
        """The first answer for every word of a text."""
        prepared = prepare(text)
        if self.elements is None and self._reading is None:
            return self.scheme.text(prepared)
        return self._long(prepared)

    def ways(self, word: str) -> list[Scored]:
        """All answers for a word with their costs, the best first."""
        if self.is_foreign(word):
            return [(0.0, word)]
        ways: list[Scored] = []
        cut = self._cut(word, self.scheme.small(word))
        if cut is not None:
            ways += [(cost, self.scheme.write(word, pieces)) for cost, pieces in spread(cut)]
        letters = self._letters(word)
        behind = 1.6 if cut is not None else 0.0
        ways += [(behind + cost, text) for cost, text in letters]
        return best(ways, WIDTH)

    def is_foreign(self, word: str) -> bool:
        """Whether the word has no letter of the source, or is in the target writing already."""
        return self._leaves(self.scheme.small(word))

    def _leaves(self, small: str) -> bool:
        if self._reading is None:
            return self.scheme.leaves(small)
        return self._reading.leaves(small) or self.scheme.leaves(small, by_table=False)

    def _cut(self, word: str, small: str) -> tuple[Piece, ...] | None:
        if self.elements is None or len(small) != len(word):
            return None
        cut = self.elements.cut(small)
        if cut is None and self._reading is None:
            end = self.elements.end(small)
            if end is not None:
                cut = (*self.scheme.table.pieces(small, 0, end.start), end)
        return cut

    def _letters(self, word: str) -> list[Scored]:
        if self._reading is None:
            pieces = tuple(self.scheme.table.pieces(self.scheme.small(word)))
            return [(cost, self.scheme.write(word, ways)) for cost, ways in spread(pieces)]
        return self._by_sound(word)

    def _by_sound(self, word: str) -> list[Scored]:
        """Read the letters into sounds, in the English and the plain way, then write the sounds."""
        assert self._reading is not None  # noqa: S101 - the caller has looked
        small = self.scheme.small(word)
        regional = _REGIONAL.search(small) is not None
        ways: list[Scored] = []
        for reading, behind in ((compiled("en-sound-english"), 0.9 * regional), (self._reading, 0.9 * (not regional))):
            for cost, sounds in spread(tuple(reading.table.pieces(small)))[:6]:
                said = "".join(piece.targets[0] for piece in sounds)
                written = tuple(self.scheme.table.pieces(said))
                for more, pieces in spread(written)[:4]:
                    plain = "".join(piece.targets[0] for piece in pieces)
                    ways.append((behind + cost + more, self.scheme.write(word, (Piece(0, len(word), (plain,)),))))
        return best(ways, WIDTH)


def spread(pieces: tuple[Piece, ...]) -> list[tuple[float, tuple[Piece, ...]]]:
    """The ways to choose among the targets of pieces, by how many are not the first choice."""
    open_ = [index for index, piece in enumerate(pieces) if len(piece.targets) > 1]
    ways: list[tuple[float, tuple[Piece, ...]]] = [(0.0, pieces)]
    for index in open_:
        piece = pieces[index]
        turned = [
            (cost + number, (*way[:index], Piece(piece.start, piece.end, (target,)), *way[index + 1 :]))
            for cost, way in ways
            for number, target in enumerate(piece.targets[1:], 1)
        ]
        ways = heapq.nsmallest(WIDTH, (*ways, *turned), key=lambda item: item[0])
    return ways


def best(ways: Iterable[Scored], width: int) -> list[Scored]:
    """The cheapest ways without doubles; the order of equal ones is kept."""
    kept: dict[str, float] = {}
    for cost, text in sorted(ways, key=lambda item: item[0]):
        kept.setdefault(text, cost)
    return [(cost, text) for text, cost in kept.items()][:width]


@cache
def writer(scheme_id: str) -> Writer:
    """The writer of a scheme; one for each, since it remembers words."""
    scheme = compiled(scheme_id)
    by_sound = "en-sound-english" in scheme.scheme.through
    return Writer(scheme, compiled("en-sound-plain") if by_sound else None)
