"""Decoding held to given names: where a constrained span is translated, one of its allowed forms is written.

A form is entered where a word is to begin and the head that aligns words looks at the constrained span; if all
forms begin with a capital, so must the word that the network would have written (so that "in" before a name stays
"in"). Often only the rest of a word looks at its source: then the network has written a word of its own, the search
goes back to where it began, and the form is entered there. A span that no word has rendered when the sentence ends
is looked for once more among all words.

In a form only the pieces of the trie are allowed; where it may end, so is whatever does not make its last word
longer. The network chooses among the forms and thereby the case. Each constraint is used once, in whatever order
the translation has them.

A wrong case shows in what follows: at once, and then the form is chosen otherwise (`doubts`); or when words of the
source are left over at the end, and then the sentence is tried otherwise from the piece on that decided (`attempts`).
A span that is left over even so is left: drafts are checked.

A forbidden name is noticed when its last word is complete; the search goes back to where it began, which may not be
begun with the same piece again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from toolkit.engines.firefox.attempts import UNLIKELY, Attempt, Attempts, Turn, Worth, besides
from toolkit.engines.firefox.borders import Borders
from toolkit.engines.firefox.doubts import FOLLOWING, POOR, Doubts
from toolkit.engines.firefox.forms import Forms, FormTries
from toolkit.engines.firefox.guide import Again, Back, Logits, Moment, Settle
from toolkit.engines.firefox.looks import CLEAR, FAINT, Looks
from toolkit.engines.firefox.marian import Array
from toolkit.engines.firefox.placed import ENDING, Decision, Placed
from toolkit.engines.firefox.vocabulary import END, Pieces
from toolkit.engines.firefox.writing import Writing
from toolkit.engines.protocol import Constraint

_NONE: frozenset[int] = frozenset()
_MOST_BACKS = 12


class Held:
    """Holds the translation of one sentence to its constraints (a `Guide` of the search)."""

    def __init__(self, tries: FormTries, source: Pieces, constraints: Sequence[Constraint]) -> None:
        self.borders: Borders = tries.borders
        self._forms = [tries.of(constraint.allowed) for constraint in constraints]
        self._looks = Looks(source, constraints)
        self.awaited: Array = self._looks.any
        self.ahead: tuple[int, ...] = ()
        self._parted: int | None = None
        """The position after a form that was just decided on, where its last word must not be made longer."""
        spans = self._looks.spans
        self._usable = [n for n, forms in enumerate(self._forms) if forms.as_word.children and spans[n][1]]
        self._forbidden = tries.forbidden(tuple(name for constraint in constraints for name in constraint.forbidden))
        self.forbids = self._forbidden.may_end
        self._banned: dict[int, set[int]] = {}
        """What must not be chosen, by position."""
        self._returned = False
        """Whether the search has just gone back, and the constraint, if any, to be entered there."""
        self._forced: int | None = None
        self._tried: frozenset[tuple[int, int]] = frozenset()
        """(first piece of a word, constraint) that the search went back for."""
        self._backs = 0
        self._doubts: Doubts | None = None
        self._attempts: Attempts | None = None
        """Made for the few sentences that need them."""
        self._writing: Writing | None = None
        self._placed: list[Placed] = []
        self._pending = self._usable

    # -- what the search asks -----------------------------------------------------------------------------------

    @property
    def waits(self) -> bool:
        return bool(self._pending)

    @property
    def busy(self) -> bool:
        return self._returned or self._writing is not None

    @property
    def parted(self) -> bool:
        return self._parted is not None

    def extra_pieces(self) -> set[int]:
        """Pieces that a shortlist must let through."""
        return set[int]().union(*(forms.pieces() for forms in self._forms))

    def choose(self, moment: Moment) -> int | Back | Again | Settle:
        """The piece to write, or where to go back to; see `Guide`."""
        position, best = len(moment.ids), moment.best
        banned = self._banned.get(position, _NONE)
        if best in banned:
            best = moment.logits.best(banned - {ENDING})
        forced, self._forced, self._returned = self._forced, None, False
        parted, self._parted = self._parted == position, None
        if (writing := self._writing) is not None:
            piece = writing.go_on(moment.logits, best, banned, position, self.borders)
            if piece is not None:
                return self._write(writing, piece, position)
            self._close(writing, position)
            parted = True
        elif forced is not None:
            return self._enter(forced, moment.logits, best, banned, position)
        if parted:
            if self.borders.lengthens(best):
                best = moment.logits.best(banned - {ENDING}, self.borders.no_longer)
        elif self.borders.goes_on(best, moment.ids):
            return self._doubt(moment, best) or best
        if not parted or best == END:
            back = self._overlooked(moment, best) or self._forbidden_word(moment.ids)
            if back is not None:
                return back
        if best != END and (number := self._opening(moment, best)) is not None:
            return self._enter(number, moment.logits, best, banned, position)
        return self._doubt(moment, best) or (self._end(moment) if best == END else best)

    def finish(self, written: int) -> list[Placed]:
        """What was placed, once the sentence has ended with `written` pieces."""
        if self._writing is not None and self._writing.may_end:
            self._close(self._writing, written)
        return [one for one in self._placed if one.end <= written]

    # -- attempts -----------------------------------------------------------------------------------------------

    def _end(self, moment: Moment) -> int | Again | Settle:
        """The sentence is complete: end it, try it otherwise, or take an earlier attempt."""
        rest = besides(self._placed, [*moment.chances, moment.logits.of(END) - moment.total])
        lost = self._looks.lost(moment.seen)
        well = not self._pending and not lost and min(rest) >= UNLIKELY
        if self._attempts is None:
            if well:
                return END
            self._attempts = Attempts(self._looks.spans)
        attempts = self._attempts
        worth = Worth(len(self._placed), -len(lost), sum(rest) / len(rest))
        attempt = Attempt(worth, list(moment.ids), self._placed, self._banned)
        attempts.add(attempt, [] if self._pending else lost, well=well)
        if (turn := attempts.turn()) is not None:
            return self._turn(turn, attempts.made[turn.attempt])
        best = self._take_best(attempts)
        return END if best == len(attempts.made) - 1 else Settle(best)

    def stopped(self) -> int | None:
        """See `Guide`: any attempt that came to an end is better than one that did not."""
        return None if self._attempts is None else self._take_best(self._attempts)

    def _take_best(self, attempts: Attempts) -> int:
        self._placed, self._writing = attempts.made[attempts.best].forms, None
        return attempts.best

    def _turn(self, turn: Turn, attempt: Attempt) -> Again:
        """Go on in an attempt where a form was being chosen, so that it is chosen otherwise."""
        self._banned, self._placed = {at: set(banned) for at, banned in attempt.banned.items()}, attempt.forms
        self._return_to(turn.placed, turn.decision, attempt.ids)
        return Again(turn.attempt, turn.decision.position)

    def _doubt(self, moment: Moment, piece: int) -> Back | None:
        """Go back into the form that was just written, if what follows it is unlikely."""
        position, placed = len(moment.ids), self._placed[-1] if self._placed else None
        if placed is None or position >= placed.end + FOLLOWING or self._backs >= _MOST_BACKS:
            return None
        chance = moment.logits.of(piece) - moment.total
        if chance >= POOR:
            return None
        if self._doubts is None:
            self._doubts = Doubts()
        if (decision := self._doubts.about(placed, chance)) is None:
            return None
        self._backs += 1
        self._return_to(placed, decision, moment.ids, doubted=not decision.instead)
        return Back(decision.position)

    def _return_to(self, placed: Placed, decision: Decision, ids: Sequence[int], *, doubted: bool = False) -> None:
        """Make ready to go on in a form of `ids`, which have been written, so that a decision falls otherwise.

        `doubted`: it may yet be taken back.
        """
        position = decision.position
        self._banned = {at: banned for at, banned in self._banned.items() if at <= position}
        self._banned[position] = self._banned.get(position, set()) - {*decision.instead} | {*decision.chosen}
        self._place([one for one in self._placed if one.end <= position and one.constraint != placed.constraint])
        root = self._forms[placed.constraint].root(self.borders.vocabulary.pieces[ids[placed.start]])
        node = root.after(ids[placed.start : position])
        decisions = [one for one in placed.decisions if one.position < position]
        self._writing = Writing(placed.constraint, placed.start, node, decisions, decision if doubted else None)

    # -- forms --------------------------------------------------------------------------------------------------

    def _opening(self, moment: Moment, best: int) -> int | None:
        """The constraint to be entered where a word is to begin: this look is at its span, and it is pending."""
        number = self._looks.looked_at(moment.look, self._pending) if moment.is_clear else None
        return number if number is not None and self._may_open(self._forms[number], best) else None

    def _may_open(self, forms: Forms, piece: int, *, alone: bool = True) -> bool:
        """Whether a word may be a name by its first piece; one of several pieces is no little word."""
        if piece in forms.as_word.children:
            return True
        return self.borders.may_open(piece, capital=forms.capital, alone=alone)

    def _enter(self, number: int, logits: Logits, best: int, banned: Set[int], position: int) -> int:
        """The first piece of a form; `best` where the vocabulary cannot write any there."""
        node = self._forms[number].root(self.borders.vocabulary.pieces[best])
        if not node.children:
            return best
        writing = Writing(number, position, node)
        return self._write(writing, writing.descend(logits, banned, position), position)

    def _write(self, writing: Writing, piece: int, position: int) -> int:
        """Have a piece of a form written, and then those after it that are no choice."""
        self._writing, self.ahead = writing, writing.ahead()
        if writing.must_end:
            self._parted = position + 1 + len(self.ahead)
            self._close(writing, self._parted)
        return piece

    def _close(self, writing: Writing, position: int) -> None:
        self._placed = [*self._placed, writing.placed(position)]
        self._pending = [number for number in self._pending if number != writing.constraint]
        self._writing = None

    def _place(self, placed: list[Placed]) -> None:
        self._placed = placed
        used = {one.constraint for one in placed}
        self._pending = [number for number in self._usable if number not in used]

    # -- words that render a span, or must not be -----------------------------------------------------------------

    def _overlooked(self, moment: Moment, best: int) -> Back | None:
        """Go back to the word just written, or at the end to any word, if it renders a span that is pending."""
        ids = moment.ids
        if not self._pending or self._backs >= _MOST_BACKS or not (best == END or moment.was_clear):
            return None
        words = self.borders.words(ids) if best == END else self.borders.last_word(ids)
        share, start, number = max(self._candidates(words, moment), default=(0.0, 0, 0))
        if share < (FAINT if best == END else CLEAR):
            return None
        self._tried |= {(start, number)}
        self._forced = number
        return self._back(start)

    def _candidates(self, words: list[tuple[int, int]], moment: Moment) -> Iterator[tuple[float, int, int]]:
        """Words that the network chose itself and that may be names: (share of the looks, first piece, constraint)."""
        for start, after in words:
            if any(one.start < after and start < one.end for one in self._placed):
                continue
            looks = moment.looks[start:after]
            for number in self._pending:
                if (start, number) in self._tried or (share := self._looks.share(number, looks)) < FAINT:
                    continue
                if self._may_open(self._forms[number], moment.ids[start], alone=after - start == 1):
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
        self._returned = True
        self._banned = {position: banned for position, banned in self._banned.items() if position <= start}
        self._place([placed for placed in self._placed if placed.end <= start])
        return Back(start)
