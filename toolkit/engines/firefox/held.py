"""Decoding held to given names: where a constrained span is translated, one of its allowed forms is written.

A form is entered where a word is to begin and the head that aligns words looks at the constrained span; if all
forms begin with a capital, so must the word that the network would have written (so that "in" before a name stays
"in"). Often only the rest of a word looks at its source: then the network has written a word of its own, the search
goes back to where it began, and the form is entered there. A span that no word has rendered when the sentence ends
is looked for once more among all words.

In a form only the pieces of the trie are allowed; where it may end, so is whatever does not make its last word
longer. The network chooses among the forms and thereby the case. Each constraint is used once, in whatever order
the translation has them.

A wrong case shows in what follows, and then the sentence is tried otherwise (`attempts`), from the piece on that
decided. A span that is left over even so is left: drafts are checked.

A forbidden name is noticed when its last word is complete; the search goes back to where it began, which may not be
begun with the same piece again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from toolkit.engines.firefox.attempts import Attempts, Turn
from toolkit.engines.firefox.forms import Forms, FormTries, Node
from toolkit.engines.firefox.guide import Again, Back, Logits, Moment, Settle
from toolkit.engines.firefox.looks import CLEAR, FAINT, Looks
from toolkit.engines.firefox.marian import Array
from toolkit.engines.firefox.placed import Decision, Placed
from toolkit.engines.firefox.vocabulary import END, Pieces
from toolkit.engines.protocol import Constraint

_NONE: frozenset[int] = frozenset()
_ENDING = -1
"""Stands among banned pieces for the end of a form."""
_MOST_BACKS = 12


class Held:
    """Holds the translation of one sentence to its constraints (a `Guide` of the search)."""

    def __init__(self, tries: FormTries, source: Pieces, constraints: Sequence[Constraint]) -> None:
        self._vocabulary, self._borders = tries.vocabulary, tries.borders
        self._forms = [tries.of(constraint.allowed) for constraint in constraints]
        self._looks = Looks(source, constraints)
        spans = self._looks.spans
        self._usable = [n for n, forms in enumerate(self._forms) if forms.as_word.children and spans[n][1]]
        self._forbidden = tries.forbidden(tuple(name for constraint in constraints for name in constraint.forbidden))
        self._banned: dict[int, set[int]] = {}
        self._forced: dict[int, int] = {}
        """Where the search went back to, and the constraint to be entered there."""
        self._tried: set[tuple[int, int]] = set()
        self._backs = 0
        self._attempts = Attempts(source, spans)
        self._clear = False
        """Whether a look of the word that is being written may have been clearly at a span that is waited for."""
        self._node: Node | None = None
        """What is written of a form, while one is: its constraint, its first piece, what was decided."""
        self._writes, self._start = 0, 0
        self._decisions: list[Decision] = []
        self._placed: list[Placed] = []
        self._pending = list(self._usable)

    def extra_pieces(self) -> set[int]:
        """Pieces that a shortlist must let through."""
        return set[int]().union(*(forms.pieces() for forms in self._forms))

    def wants(self, best: int, ids: Sequence[int], look: Array) -> bool:
        """Whether something may have to be done: in a form, where the search went back to, and between words."""
        if self._node is not None:
            return True
        clear = bool(self._pending) and self._looks.may_be_clear(look)
        if best != END and self._borders.goes_on(best, ids):
            self._clear = self._clear or clear
            return bool(self._banned or self._forced) and self._overruled(len(ids))
        asked = self._clear or clear or best == END or self._forbidden.may_end(ids)
        self._clear = clear
        return asked or (bool(self._banned or self._forced) and self._overruled(len(ids)))

    def _overruled(self, position: int) -> bool:
        return position in self._banned or position in self._forced

    def choose(self, moment: Moment) -> int | Back | Again | Settle:
        """The piece to write, or where to go back to; see `Guide`."""
        best, ids = moment.best, moment.ids
        position = len(ids)
        banned = self._banned.get(position, _NONE)
        if best in banned:
            best = moment.logits.best(banned - {_ENDING})
        if form := self._node is not None:
            if (piece := self._go_on(self._node, moment.logits, best, banned, position)) is not None:
                return piece
            if self._vocabulary.continues_word[best]:
                best = moment.logits.best(banned - {_ENDING}, self._vocabulary.continues_word)
            self._clear = self._looks.may_be_clear(moment.look)
        if (number := self._forced.pop(position, None)) is None:
            if self._borders.goes_on(best, ids):
                return best
            back = None if form and best != END else self._overlooked(moment, best) or self._forbidden_word(ids)
            if back is not None:
                return back
            if best == END:
                return self._end(moment)
            number = self._looks.looked_at(moment.look, self._pending)
            if number is None or not self._opens(self._forms[number], best):
                return best
        return self._enter(number, moment.logits, best, banned, position)

    def finish(self, written: int) -> list[Placed]:
        """What was placed, once the sentence has ended with `written` pieces."""
        if self._node is not None and self._node.final:
            self._close(written)
        return self._placed

    # -- attempts -----------------------------------------------------------------------------------------------

    def _end(self, moment: Moment) -> int | Again | Settle:
        """The sentence is complete: end it, try it otherwise, or take an earlier attempt."""
        if not self._attempts.made and not any(placed.unsure for placed in self._placed):
            return END
        chances = [*moment.chances, moment.logits.of(END) - moment.total]
        self._attempts.add(moment, chances, self._placed, self._banned, waiting=bool(self._pending))
        if (turn := self._attempts.turn()) is not None:
            return self._turn(turn)
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

    def _turn(self, turn: Turn) -> Again:
        """Go on in an attempt where a form was being chosen, so that it is chosen otherwise."""
        attempt, placed, position = self._attempts.made[turn.attempt], turn.placed, turn.decision.position
        self._banned = {at: set(banned) for at, banned in attempt.banned.items() if at <= position}
        self._banned.setdefault(position, set()).update(turn.decision.chosen)
        self._forced, self._clear = {}, False
        self._place([one for one in attempt.forms if one.end <= position and one.constraint != placed.constraint])
        begun = attempt.ids[placed.start : position + 1]
        self._node = self._forms[placed.constraint].root(self._vocabulary.pieces[begun[0]]).after(begun[:-1])
        self._writes, self._start = placed.constraint, placed.start
        self._decisions = [one for one in placed.decisions if one.position < position]
        return Again(turn.attempt, position)

    # -- forms --------------------------------------------------------------------------------------------------

    def _opens(self, forms: Forms, piece: int, *, alone: bool = True) -> bool:
        """Whether a word may be a name by its first piece; one of several pieces is no little word."""
        if piece in forms.as_word.children:
            return True
        return self._borders.may_open(piece, capital=forms.capital, alone=alone)

    def _enter(self, number: int, logits: Logits, best: int, banned: Set[int], position: int) -> int:
        """The first piece of a form; `best` where the vocabulary cannot write any there."""
        node = self._forms[number].root(self._vocabulary.pieces[best])
        if not node.children:
            return best
        self._writes, self._start, self._decisions = number, position, []
        return self._descend(node, logits, banned, position)

    def _descend(self, node: Node, logits: Logits, banned: Set[int], position: int) -> int:
        """The likeliest piece that the trie allows and that is not banned, if there is such."""
        pieces = list(node.children)
        if banned:
            pieces = [piece for piece in pieces if piece not in banned] or pieces
        piece = pieces[0]
        if len(pieces) > 1:
            chances = [logits.of(one) for one in pieces]
            first, second = sorted(chances, reverse=True)[:2]
            piece = pieces[chances.index(first)]
            self._decisions.append(Decision(first - second, position, frozenset((piece,))))
        self._node = node.children[piece]
        return piece

    def _go_on(self, node: Node, logits: Logits, best: int, banned: Set[int], position: int) -> int | None:
        """The next piece of the form, or None where it ends here. `best` is the likeliest piece of all."""
        if not node.final:
            return self._descend(node, logits, banned, position)
        if pieces := [piece for piece in node.children if piece not in banned]:
            if _ENDING in banned:
                return self._descend(node, logits, banned, position)
            continues = self._vocabulary.continues_word
            longer = max([logits.of(piece) for piece in pieces])
            ended = logits.of(logits.best(banned, continues) if continues[best] else best)
            chosen = frozenset(node.children if longer > ended else (_ENDING,))
            self._decisions.append(Decision(abs(longer - ended), position, chosen))
            if longer > ended:
                return self._descend(node, logits, banned, position)
        self._close(position)
        return None

    def _close(self, position: int) -> None:
        self._placed = [*self._placed, Placed(self._writes, self._start, position, tuple(self._decisions))]
        self._pending = [number for number in self._pending if number != self._writes]
        self._node = None

    def _place(self, placed: list[Placed]) -> None:
        self._placed = placed
        used = {one.constraint for one in placed}
        self._pending = [number for number in self._usable if number not in used]

    # -- words that render a span, or must not be -----------------------------------------------------------------

    def _overlooked(self, moment: Moment, best: int) -> Back | None:
        """Go back to the word just written, or at the end to any word, if it renders a span that is pending."""
        ids = moment.ids
        if not self._pending or self._backs >= _MOST_BACKS:
            return None
        words = self._borders.words(ids) if best == END else self._borders.last_word(ids)
        share, start, number = max(self._candidates(words, moment), default=(0.0, 0, 0))
        if share < (FAINT if best == END else CLEAR):
            return None
        self._tried.add((start, number))
        back = self._back(start)
        self._forced[start] = number
        return back

    def _candidates(self, words: list[tuple[int, int]], moment: Moment) -> Iterator[tuple[float, int, int]]:
        """Words that the network chose itself and that may be names: (share of the looks, first piece, constraint)."""
        for start, after in words:
            if any(one.start < after and start < one.end for one in self._placed):
                continue
            looks = moment.looks[start:after]
            for number in self._pending:
                if (start, number) in self._tried or (share := self._looks.share(number, looks)) < FAINT:
                    continue
                if self._opens(self._forms[number], moment.ids[start], alone=after - start == 1):
                    yield share, start, number

    def _forbidden_word(self, ids: Sequence[int]) -> Back | None:
        """Go back to where a forbidden name begins that has just been completed."""
        if self._backs >= _MOST_BACKS or not self._forbidden.may_end(ids):
            return None
        start = self._forbidden.begin(ids, max((placed.end for placed in self._placed), default=0))
        if start is None:
            return None
        back = self._back(start)
        self._banned.setdefault(start, set()).add(ids[start])
        return back

    def _back(self, start: int) -> Back:
        self._backs += 1
        self._banned = {position: banned for position, banned in self._banned.items() if position <= start}
        self._forced = {}
        self._clear = False
        self._place([placed for placed in self._placed if placed.end <= start])
        return Back(start)
