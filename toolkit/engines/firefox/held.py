"""Decoding held to given names: where a constrained span is translated, one of its allowed forms is written.

A form is entered where a word is to begin and the head that aligns words looks at the constrained span; if all
forms begin with a capital, so must the word that the network would have written (so that "in" before a name stays
"in"). Often only the rest of a word looks at its source: then the network has written a word of its own, the search
goes back to where it began, and the form is entered there. A span that no word has rendered when the sentence ends
is looked for once more among all words.

In a form only the pieces of the trie are allowed; where it may end, so is whatever does not make its last word
longer. The network chooses among the forms and thereby the case. Each constraint is used once, in whatever order
the translation has them.

A wrong case shows in what follows, and then the sentence is tried otherwise (`attempts`). A span that is left over even
so is left: drafts are checked.

A forbidden name is noticed when its last word is complete; the search goes back to where it began, which may not be
begun with the same piece again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from toolkit.engines.firefox.attempts import Attempts, Placed
from toolkit.engines.firefox.forms import Forms, FormTries, Node
from toolkit.engines.firefox.guide import Back, Moment, Settle
from toolkit.engines.firefox.marian import Array
from toolkit.engines.firefox.vocabulary import END, SPACE, Pieces
from toolkit.engines.protocol import Constraint

_NEVER = np.float32(-np.inf)
_CLEAR = 0.15
"""The share of a look, or of the looks of a whole word, at which it is taken to render the span looked at, if no
piece elsewhere has twice as much. A name shares looks with its preposition or article; other words hardly look at it.
"""
_FAINT = 0.05
"""The share for a span that is looked for when the sentence ends."""
_NONE: frozenset[int] = frozenset()
_ENDING = -1
"""Stands among banned pieces for the end of a form."""
_MOST_BACKS = 12


class Held:
    """Holds the translation of one sentence to its constraints (a `Guide` of the search)."""

    def __init__(self, tries: FormTries, source: Pieces, constraints: Sequence[Constraint]) -> None:
        self._tries = tries
        self._forms = [tries.of(constraint.allowed) for constraint in constraints]
        self._inside = _inside(source, constraints)
        self._usable = [n for n, forms in enumerate(self._forms) if forms.as_word.children and self._inside[n].any()]
        self._pending = list(self._usable)
        self._forbidden = sorted({name for constraint in constraints for name in constraint.forbidden if name})
        self._endings = tries.endings(tuple(self._forbidden))
        self._banned: dict[int, set[int]] = {}
        self._forced: dict[int, int] = {}
        """Where the search went back to, and the constraint to be entered there."""
        self._tried: set[tuple[int, int]] = set()
        self._backs = 0
        self._attempts = Attempts(source, self._inside)
        self._shares: list[list[float]] = []
        """Of each look so far, how much of it was at the span of each constraint."""
        self._node: Node | None = None
        self._current = Placed(0, 0)
        self._placed: list[Placed] = []

    def extra_pieces(self) -> set[int]:
        """Pieces that a shortlist must let through."""
        return set[int]().union(*(forms.pieces() for forms in self._forms))

    def wants(self, best: int, ids: Sequence[int]) -> bool:
        """Whether something may have to be done: in a form, where the search went back to, and between words."""
        position = len(ids)
        if self._node is not None or position in self._forced or position in self._banned:
            return True
        if best == END:
            return bool(self._usable or self._forbidden)
        if self._tries.goes_on(best, ids):
            return False
        return bool(self._pending) or self._may_end_forbidden(ids)

    def choose(self, moment: Moment) -> int | Back | Settle:
        """The piece to write, or where to go back to; see `Guide`."""
        best, ids = moment.best, moment.ids
        position = len(ids)
        self._measure(moment)
        logits: Array | None = None
        if banned := self._banned.get(position, _NONE) - {_ENDING}:
            logits = moment.logits()
            logits[list(banned)] = _NEVER
            best = int(logits.argmax())
        if self._node is not None:
            logits = moment.logits() if logits is None else logits
            if (piece := self._go_on(self._node, logits, position)) is not None:
                return piece
            logits[self._tries.vocabulary.continues_word] = _NEVER
            best = int(logits.argmax())
        if (number := self._forced.pop(position, None)) is None:
            if self._tries.goes_on(best, ids):
                return best
            back = self._overlooked(ids, best) or self._forbidden_word(ids)
            if back is not None:
                return back
            if best == END:
                return self._end(moment)
            number = self._looked_at(moment.look)
            if number is None or not self._opens(self._forms[number], best):
                return best
        return self._enter(number, moment.logits() if logits is None else logits, best, position)

    def finish(self, written: int) -> list[Placed]:
        """What was placed, once the sentence has ended with `written` pieces."""
        if self._node is not None and self._node.final:
            self._close(written)
        return self._placed

    # -- attempts -----------------------------------------------------------------------------------------------

    def _end(self, moment: Moment) -> int | Back | Settle:
        """The sentence is complete: end it, try it otherwise, or take an earlier attempt."""
        if not self._attempts.made and not any(placed.unsure for placed in self._placed):
            return END
        chances = [*moment.chances, float(moment.logits()[END]) - moment.total]
        other = self._attempts.add(self._placed, moment.looks, chances, waiting=bool(self._pending))
        if other is not None:
            return self._otherwise(other, moment.ids)
        best = self._attempts.best
        self._take(best)
        return END if best == len(self._attempts.made) - 1 else Settle(best)

    def stopped(self) -> int | None:
        """See `Guide`: any attempt that came to an end is better than one that did not."""
        if not self._attempts.made:
            return None
        self._take(self._attempts.best)
        return self._attempts.best

    def _take(self, attempt: int) -> None:
        self._placed, self._node = self._attempts.made[attempt].forms, None

    def _otherwise(self, placed: Placed, ids: Sequence[int]) -> Back:
        """Go back to a form, which may not be chosen again."""
        back = self._back(placed.start)
        chosen = _ENDING if placed.decided == placed.end else ids[placed.decided]
        self._banned.setdefault(placed.decided, set()).add(chosen)
        self._forced[placed.start] = placed.constraint
        return replace(back, keep=True)

    # -- forms --------------------------------------------------------------------------------------------------

    def _opens(self, forms: Forms, piece: int, *, alone: bool = True) -> bool:
        """Whether a word may be a name by its first piece; one of several pieces is no little word."""
        if piece in forms.as_word.children:
            return True
        return self._tries.may_open(piece, capital=forms.capital, alone=alone)

    def _enter(self, number: int, logits: Array, best: int, position: int) -> int:
        """The first piece of a form; `best` where the vocabulary cannot write any there."""
        forms = self._forms[number]
        node = forms.as_word if self._tries.vocabulary.pieces[best].startswith(SPACE) else forms.glued
        if not node.children:
            return best
        self._current = Placed(number, position)
        return self._descend(node, logits, position)

    def _descend(self, node: Node, logits: Array, position: int) -> int:
        """The likeliest piece that the trie allows."""
        ranked = sorted(node.children, key=lambda piece: (-float(logits[piece]), piece))
        if len(ranked) > 1:
            self._decide(float(logits[ranked[0]] - logits[ranked[1]]), position)
        self._node = node.children[ranked[0]]
        return ranked[0]

    def _go_on(self, node: Node, logits: Array, position: int) -> int | None:
        """The next piece of the form, or None where it ends here."""
        if not node.final:
            return self._descend(node, logits, position)
        if node.children:
            longer = max(float(logits[piece]) for piece in node.children)
            ended = float(np.where(self._tries.vocabulary.continues_word, _NEVER, logits).max())
            if _ENDING in self._banned.get(position, ()) and longer > _NEVER:
                ended = float(_NEVER)
            self._decide(abs(longer - ended), position)
            if longer > ended:
                return self._descend(node, logits, position)
        self._close(position)
        return None

    def _decide(self, margin: float, position: int) -> None:
        if margin < self._current.margin:
            self._current = replace(self._current, margin=margin, decided=position)

    def _close(self, position: int) -> None:
        self._place([*self._placed, replace(self._current, end=position)])
        self._node = None

    def _place(self, placed: list[Placed]) -> None:
        self._placed = placed
        used = {one.constraint for one in placed}
        self._pending = [number for number in self._usable if number not in used]

    # -- which words render which spans -------------------------------------------------------------------------

    def _measure(self, moment: Moment) -> None:
        """The shares of the looks that were not measured yet."""
        if self._pending:
            for look in [*moment.looks, moment.look][len(self._shares) :]:
                self._shares.append((self._inside @ look).tolist())

    def _looked_at(self, look: Array) -> int | None:
        """The constraint whose span this look is clearly at."""
        if not self._pending:
            return None
        shares = self._shares[-1]
        number = max(self._pending, key=shares.__getitem__)
        if shares[number] < _CLEAR:
            return None
        return number if 2 * shares[number] > (look * (1 - self._inside[number])).max() else None

    def _overlooked(self, ids: Sequence[int], best: int) -> Back | None:
        """Go back to the word just written, or at the end to any word, if it renders a span that is pending."""
        if not self._pending or self._backs >= _MOST_BACKS:
            return None
        least = _FAINT if best == END else _CLEAR
        share, start, number = max(self._candidates(ids, all_words=best == END), default=(0.0, 0, 0))
        if share < least:
            return None
        self._tried.add((start, number))
        back = self._back(start)
        self._forced[start] = number
        return back

    def _candidates(self, ids: Sequence[int], *, all_words: bool) -> Iterator[tuple[float, int, int]]:
        """Words that the network chose itself and that may be names: (share of the looks, first piece, constraint)."""
        words = self._tries.words(ids) if all_words else self._tries.last_word(ids)
        for start, after in words:
            if any(one.start < after and start < one.end for one in self._placed):
                continue
            looks = self._shares[start:after]
            for number in self._pending:
                share = sum(look[number] for look in looks) / (after - start)
                if share < _FAINT or (start, number) in self._tried:
                    continue
                if self._opens(self._forms[number], ids[start], alone=after - start == 1):
                    yield share, start, number

    # -- going back ---------------------------------------------------------------------------------------------

    def _back(self, start: int) -> Back:
        self._backs += 1
        self._banned = {position: banned for position, banned in self._banned.items() if position <= start}
        self._forced = {}
        del self._shares[start:]
        self._place([placed for placed in self._placed if placed.end <= start])
        return Back(start)

    def _may_end_forbidden(self, ids: Sequence[int]) -> bool:
        """Whether the last piece is the end of a forbidden name, as far as it goes."""
        return bool(ids) and self._tries.vocabulary.pieces[ids[-1]].lstrip(SPACE) in self._endings

    def _forbidden_word(self, ids: Sequence[int]) -> Back | None:
        """Go back to where a forbidden name begins that has just been completed."""
        if self._backs >= _MOST_BACKS or not self._may_end_forbidden(ids):
            return None
        free_from = max((placed.end for placed in self._placed), default=0)
        written = [self._tries.vocabulary.pieces[one] for one in ids[free_from:]]
        text = "".join(written).replace(SPACE, " ")
        for name in self._forbidden:
            begin = len(text) - len(name)
            if text.endswith(name) and (begin == 0 or not text[begin - 1].isalnum()):
                start = free_from + _piece_at(written, begin)
                back = self._back(start)
                self._banned.setdefault(start, set()).add(ids[start])
                return back
        return None


def _inside(source: Pieces, constraints: Sequence[Constraint]) -> Array:
    """Constraints x pieces of the source and its end: 1 where a piece is in the span."""
    inside = np.zeros((len(constraints), len(source.ids) + 1), np.float32)
    starts = np.array([span.start for span in source.spans])
    ends = np.array([span.end for span in source.spans])
    for number, constraint in enumerate(constraints):
        inside[number, :-1] = (starts < constraint.span.end) & (constraint.span.start < ends) & (starts < ends)
    return inside


def _piece_at(pieces: Sequence[str], offset: int) -> int:
    """The number of the piece in which the character at `offset` of the joined text stands."""
    for number, piece in enumerate(pieces):
        offset -= len(piece)
        if offset < 0:
            return number
    return len(pieces) - 1
