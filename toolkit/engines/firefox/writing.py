"""A form of a name on its way: which piece comes next, by the network's choice among those that the forms allow."""

from __future__ import annotations

from collections.abc import Set

from toolkit.engines.firefox.borders import Borders
from toolkit.engines.firefox.forms import Node
from toolkit.engines.firefox.guide import Logits
from toolkit.engines.firefox.placed import Decision, Placed

ENDING = -1
"""Stands among banned pieces for the end of a form."""


class Writing:
    """What is written of a form: of which constraint, from which piece on, where in the trie, what was decided."""

    __slots__ = ("_decisions", "_node", "constraint", "start")

    def __init__(self, constraint: int, start: int, node: Node, decisions: tuple[Decision, ...] = ()) -> None:
        self.constraint, self.start = constraint, start
        self._node, self._decisions = node, decisions

    @property
    def may_end(self) -> bool:
        """Whether what is written is a form."""
        return self._node.final

    def placed(self, end: int) -> Placed:
        """The form, which ends before the piece at `end`."""
        return Placed(self.constraint, self.start, end, self._decisions)

    def go_on(self, logits: Logits, best: int, banned: Set[int], position: int, borders: Borders) -> int | None:
        """The next piece of the form, or None where it ends here. `best` is the likeliest piece of all.

        Where the form may end, so may follow whatever does not make its last word longer.
        """
        if not self._node.final:
            return self.descend(logits, banned, position)
        if pieces := [piece for piece in self._node.children if piece not in banned]:
            if ENDING in banned:
                return self.descend(logits, banned, position)
            longer = max([logits.of(piece) for piece in pieces])
            ended = logits.of(logits.best(banned, borders.no_longer) if borders.lengthens(best) else best)
            chosen = frozenset(self._node.children if longer > ended else (ENDING,))
            self._decide(Decision(abs(longer - ended), position, chosen))
            if longer > ended:
                return self.descend(logits, banned, position)
        return None

    def descend(self, logits: Logits, banned: Set[int], position: int) -> int:
        """The likeliest piece that the trie allows and that is not banned, if there is such."""
        children = self._node.children
        pieces = list(children)
        if banned:
            pieces = [piece for piece in pieces if piece not in banned] or pieces
        piece = pieces[0]
        if len(pieces) > 1:
            chances = [logits.of(one) for one in pieces]
            first, second = sorted(chances, reverse=True)[:2]
            piece = pieces[chances.index(first)]
            self._decide(Decision(first - second, position, frozenset((piece,))))
        self._node = children[piece]
        return piece

    def _decide(self, decision: Decision) -> None:
        self._decisions = (*self._decisions, decision)
