"""A form of a name on its way: which piece comes next, by the network's choice among those that the forms allow."""

from __future__ import annotations

from collections.abc import Iterable, Set

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
        children = self._node.children
        if self._node.final:
            pieces = [piece for piece in children if piece not in banned] if banned else children
            if not pieces:
                return None
            if ENDING not in banned:
                longer = max(map(logits.of, pieces))
                ended = logits.of(logits.best(banned, borders.no_longer) if borders.lengthens(best) else best)
                goes_on = longer > ended
                self._decide(abs(longer - ended), position, children if goes_on else (ENDING,))
                if not goes_on:
                    return None
        return self.descend(logits, banned, position)

    def descend(self, logits: Logits, banned: Set[int], position: int) -> int:
        """The likeliest piece that the trie allows and that is not banned, if there is such."""
        children = self._node.children
        pieces = list(children)
        if banned:
            pieces = [piece for piece in pieces if piece not in banned] or pieces
        piece = pieces[0]
        if len(pieces) > 1:
            chances = [logits.of(one) for one in pieces]
            second, first = sorted(chances)[-2:]
            piece = pieces[chances.index(first)]
            self._decide(first - second, position, (piece,))
        self._node = children[piece]
        return piece

    def _decide(self, margin: float, position: int, chosen: Iterable[int]) -> None:
        self._decisions = (*self._decisions, Decision(margin, position, tuple(chosen)))
