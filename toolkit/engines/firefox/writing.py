"""A form of a name on its way: which piece comes next, by the network's choice among those that the forms allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from toolkit.engines.firefox.borders import Borders
from toolkit.engines.firefox.forms import Node
from toolkit.engines.firefox.guide import Logits
from toolkit.engines.firefox.placed import ENDING, UNSURE, Decision, Placed


class Writing:
    """What is written of a form: of which constraint, from which piece on, where in the trie, what was decided."""

    __slots__ = ("_decisions", "_doubted", "_node", "constraint", "start")

    def __init__(
        self,
        constraint: int,
        start: int,
        node: Node,
        decisions: Sequence[Decision] = (),
        doubted: Decision | None = None,
    ) -> None:
        """`doubted`: the decision that is to fall otherwise now; it may be taken back."""
        self.constraint, self.start = constraint, start
        self._node, self._decisions, self._doubted = node, tuple(decisions), doubted

    @property
    def may_end(self) -> bool:
        """Whether what is written is a form."""
        return self._node.final

    @property
    def must_end(self) -> bool:
        """Whether it is one, and no other form is longer."""
        return not self._node.children

    def ahead(self) -> tuple[int, ...]:
        """Go on over the pieces that leave no choice, and give them."""
        node = self._node
        certain: tuple[int, ...] = ()
        while len(node.children) == 1 and not node.final:
            ((piece, node),) = node.children.items()
            certain = (*certain, piece)
        self._node = node
        return certain

    def placed(self, end: int) -> Placed:
        """The form, which ends before the piece at `end`."""
        return Placed(self.constraint, self.start, end, self._decisions)

    def go_on(self, logits: Logits, best: int, banned: Set[int], position: int, borders: Borders) -> int | None:
        """The next piece of the form, or None where it ends here. `best` is the likeliest piece of all.

        Where the form may end, so may follow whatever does not make its last word longer.
        """
        piece = self._next(logits, best, banned, position, borders)
        if (doubted := self._doubted) is not None:
            self._doubted, chosen = None, ENDING if piece is None else piece
            back = Decision(-doubted.margin, position, (chosen,), doubted.chosen)
            self._decisions = (*self._decisions, back)
        return piece

    def _next(self, logits: Logits, best: int, banned: Set[int], position: int, borders: Borders) -> int | None:
        if not self._node.final:
            return self.descend(logits, banned, position)
        pieces = self._pieces(banned)
        if not pieces:
            return None
        chances = logits.of_each(pieces)
        if ENDING not in banned:
            longer = max(chances)
            ended = logits.highest(banned, borders.no_longer) if borders.lengthens(best) else logits.of(best)
            if longer <= ended:
                self._decide(ended - longer, position, (ENDING,))
                return None
            self._decide(longer - ended, position, self._node.children)
        return self._take(pieces, chances, position)

    def descend(self, logits: Logits, banned: Set[int], position: int) -> int:
        """The likeliest piece that the trie allows and that is not banned, if there is such."""
        pieces = self._pieces(banned) or list(self._node.children)
        return self._take(pieces, logits.of_each(pieces) if len(pieces) > 1 else [], position)

    def _take(self, pieces: list[int], chances: list[float], position: int) -> int:
        """Go on with the likeliest of some pieces."""
        piece = pieces[0]
        if len(pieces) > 1:
            second, first = sorted(chances)[-2:]
            piece = pieces[chances.index(first)]
            self._decide(first - second, position, (piece,))
        self._node = self._node.children[piece]
        return piece

    def _pieces(self, banned: Set[int]) -> list[int]:
        """How a form may go on, but for what is banned."""
        children = self._node.children
        return [piece for piece in children if piece not in banned] if banned else list(children)

    def _decide(self, margin: float, position: int, chosen: Iterable[int]) -> None:
        """Remember a choice, unless it was a sure one."""
        if margin < UNSURE:
            self._decisions = (*self._decisions, Decision(margin, position, tuple(chosen)))
