"""The allowed forms of a name as tries of pieces, and the questions that decoding held to them asks of pieces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from toolkit.engines.firefox.vocabulary import SPACE, Vocabulary

_MOST_CACHED = 4096


@dataclass(slots=True)
class Node:
    """A beginning of forms: how they may go on, and whether one ends here."""

    children: dict[int, Node] = field(default_factory=dict)
    final: bool = False

    def add(self, ids: Iterable[int]) -> None:
        node = self
        for piece in ids:
            node = node.children.setdefault(piece, Node())
        node.final = True

    def pieces(self) -> set[int]:
        """All pieces of the trie."""
        return set(self.children).union(*(child.pieces() for child in self.children.values()))


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a constraint in pieces: after a space, and after an opening mark; whether all are capitalised."""

    as_word: Node
    glued: Node
    capital: bool

    def pieces(self) -> set[int]:
        return self.as_word.pieces() | self.glued.pieces()


class FormTries:
    """Makes the tries of a vocabulary; keeps those of names that come again."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._cached: dict[tuple[str, ...], Forms] = {}
        self._endings: dict[tuple[str, ...], frozenset[str]] = {}

    def of(self, allowed: tuple[str, ...]) -> Forms:
        """The tries of these forms, but for those that the vocabulary cannot write."""
        if (found := self._cached.get(allowed)) is None:
            if len(self._cached) >= _MOST_CACHED:
                self._cached.clear()
            found = self._cached[allowed] = self._make(allowed)
        return found

    def _make(self, allowed: tuple[str, ...]) -> Forms:
        as_word, glued = Node(), Node()
        for text in allowed:
            for node, ids in ((as_word, self.vocabulary.as_word(text)), (glued, self.vocabulary.as_glued(text))):
                if ids is not None:
                    node.add(ids)
        return Forms(as_word, glued, all(text[:1].isupper() for text in allowed))

    def endings(self, names: tuple[str, ...]) -> frozenset[str]:
        """Everything that one of these names ends in, from nothing to all of it."""
        if (found := self._endings.get(names)) is None:
            if len(self._endings) >= _MOST_CACHED:
                self._endings.clear()
            found = frozenset(name[place:] for name in names for place in range(len(name) + 1))
            self._endings[names] = found
        return found

    def ends_in_mark(self, ids: Sequence[int]) -> bool:
        """Whether what is written ends in a mark or a space, so that a word may begin right after it."""
        return bool(ids) and not self.vocabulary.pieces[ids[-1]][-1].isalnum()

    def goes_on(self, piece: int, ids: Sequence[int]) -> bool:
        """Whether `piece` makes the last word of `ids` longer."""
        return bool(self.vocabulary.continues_word[piece]) and not self.ends_in_mark(ids)

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
        while begin and self.goes_on(ids[begin], ids[:begin]):
            begin -= 1
        return [(begin, len(ids))]
