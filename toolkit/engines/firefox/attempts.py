"""Complete sentences with names held to, of which the best is taken: a form is chosen otherwise where it did harm.

After a wrong case a name may be left over, or a word of the source that nothing in the translation looked at, since
the form has taken their place ("the doctors of Tesul" turned into "Tesul"); or the rest is unlikely somewhere. Then a
decision between forms that was unsure is made to fall otherwise: one about the span that is nearest to what was lost,
and of these the one that costs least probability. Of a few such attempts the one with most names is taken, then with
fewest words lost, then the one whose rest, besides the forms, is likeliest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.engines.firefox.placed import Decision, Placed

UNLIKELY = -3.5
"""The logarithmic probability of a piece at which a sentence is tried otherwise."""
_MOST_ATTEMPTS = 5


class Worth(NamedTuple):
    """The greater one is the better."""

    names: int
    kept: int
    """Less the words of the source that were lost."""
    chance: float
    """The mean logarithmic probability of the pieces that are not of a form, the end among them."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A complete sentence."""

    worth: Worth
    ids: list[int]
    forms: list[Placed]
    banned: Mapping[int, set[int]]
    """What it was not allowed to choose, by position."""


class Turn(NamedTuple):
    """An unsure decision of an attempt, which another attempt may take otherwise; the least is tried first."""

    distance: int
    """How far in the source the span is from what was lost."""
    cost: float
    """By how much, in logarithms, the decisions that were taken otherwise were likelier."""
    attempt: int
    placed: Placed
    decision: Decision


class Attempts:
    """The attempts at one sentence. `spans`: the pieces of the source, from and to, that each constraint is about."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self.made: list[Attempt] = []
        self._spans = spans
        self._turns: list[Turn] = []
        self._cost = 0.0

    @property
    def best(self) -> int:
        """The number of the best attempt, the earliest of equals."""
        return max(range(len(self.made)), key=lambda number: (self.made[number].worth, -number))

    def add(self, attempt: Attempt, near: Sequence[int], *, well: bool) -> None:
        """Keep a complete sentence. If all is not well with it, decisions about what is near these words come first."""
        number = len(self.made)
        self.made.append(attempt)
        if well:
            self._turns = []
            return
        self._turns += [
            Turn(self._distance(one.constraint, near), self._cost + decision.margin, number, one, decision)
            for one in attempt.forms
            for decision in one.decisions
        ]

    def turn(self) -> Turn | None:
        """What to try next; None where all is well or was tried often enough."""
        if len(self.made) >= _MOST_ATTEMPTS or not self._turns:
            return None
        turn = min(self._turns, key=lambda one: (one.distance, one.cost))
        self._turns.remove(turn)
        self._cost = turn.cost
        return turn

    def _distance(self, constraint: int, lost: Sequence[int]) -> int:
        """How far in the source a constraint is from a word that was lost: its form may have taken that one's place."""
        start, end = self._spans[constraint]
        return min((max(start - word, word - end + 1, 0) for word in lost), default=0)


def besides(placed: Sequence[Placed], chances: Sequence[float]) -> list[float]:
    """The chances of the pieces that are not of a form; these come in order."""
    rest: list[float] = []
    start = 0
    for one in placed:
        rest += chances[start : one.start]
        start = one.end
    return [*rest, *chances[start:]]
