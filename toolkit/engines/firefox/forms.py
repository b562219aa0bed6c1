"""The allowed forms of a name as tries of pieces, each of which says how a form may go on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from toolkit.engines.firefox.borders import Borders
from toolkit.engines.firefox.forbidden import ForbiddenNames
from toolkit.engines.firefox.vocabulary import SPACE, Vocabulary

_MOST_CACHED = 4096


@dataclass(slots=True)
class Node:
    """A beginning of forms: how they may go on, and whether one ends here."""

    children: dict[int, Node] = field(default_factory=dict)
    """In rising order of their pieces, once the trie is made."""
    final: bool = False

    @classmethod
    def trie(cls, forms: Iterable[tuple[int, ...]]) -> Node:
        """The trie of forms, given as pieces. In order, so that of equally likely pieces the first is taken."""
        root = cls()
        for ids in sorted(set(forms)):
            node = root
            for piece in ids:
                node = node.children.setdefault(piece, cls())
            node.final = True
        return root

    def after(self, ids: Iterable[int]) -> Node:
        """The node that these pieces, which must be the beginning of a form, lead to."""
        node = self
        for piece in ids:
            node = node.children[piece]
        return node

    def pieces(self) -> set[int]:
        """All pieces of the trie."""
        return set(self.children).union(*(child.pieces() for child in self.children.values()))


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a constraint in pieces: after a space, and after an opening mark; whether all are capitalised."""

    as_word: Node
    glued: Node
    capital: bool

    def root(self, piece: str) -> Node:
        """The trie to be followed where this piece would begin the name."""
        return self.as_word if piece.startswith(SPACE) else self.glued

    def pieces(self) -> set[int]:
        return self.as_word.pieces() | self.glued.pieces()


class FormTries:
    """Makes what a vocabulary needs to hold to names; keeps it for names that come again."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.borders = Borders(vocabulary)
        self._forms: dict[tuple[str, ...], Forms] = {}
        self._forbidden: dict[tuple[str, ...], ForbiddenNames] = {}

    def of(self, allowed: tuple[str, ...]) -> Forms:
        """The tries of these forms, but for those that the vocabulary cannot write."""
        if (found := self._forms.get(allowed)) is None:
            if len(self._forms) >= _MOST_CACHED:
                self._forms.clear()
            found = self._forms[allowed] = self._make(allowed)
        return found

    def _make(self, allowed: tuple[str, ...]) -> Forms:
        writers = (self.vocabulary.as_word, self.vocabulary.as_glued)
        as_word, glued = (Node.trie(ids for text in allowed if (ids := write(text)) is not None) for write in writers)
        return Forms(as_word, glued, all(text[:1].isupper() for text in allowed))

    def forbidden(self, names: tuple[str, ...]) -> ForbiddenNames:
        """What notices these names when they are written."""
        if (found := self._forbidden.get(names)) is None:
            if len(self._forbidden) >= _MOST_CACHED:
                self._forbidden.clear()
            found = self._forbidden[names] = ForbiddenNames(self.vocabulary, names)
        return found
