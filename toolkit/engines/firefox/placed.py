"""A constraint that a sentence used: where its form stands, and how sure the choice of the form was."""

from __future__ import annotations

from typing import NamedTuple

ENDING = -1
"""Stands among the pieces of a decision for the end of a form."""
_NEAR = 0.5
"""Another form is a near tie when it is more than exp(-0.5), six tenths, as likely at the piece that decides."""
UNSURE = 9.0
"""A form is chosen otherwise only where the next was more than exp(-9) times as likely."""


class Decision(NamedTuple):
    """A choice between forms, or between the end of one and a longer one."""

    margin: float
    """By how much, in logarithms, what was chosen was likelier than the next; negative where that had been doubted."""
    position: int
    """Of the piece."""
    chosen: tuple[int, ...]
    """What must not be chosen there for the decision to fall otherwise."""
    instead: tuple[int, ...] = ()
    """What must be allowed for that."""


class Placed(NamedTuple):
    """A constraint that was used, and from which piece to which its form stands."""

    constraint: int
    start: int
    end: int
    decisions: tuple[Decision, ...] = ()

    @property
    def near_tie(self) -> bool:
        return any(abs(one.margin) < _NEAR for one in self.decisions)
