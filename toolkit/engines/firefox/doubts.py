"""Second thoughts about a form: what follows it shows at once whether its case was right.

After the right case the network mostly knows how to go on, after a wrong one it hardly does. Where one of the first
pieces after a form is unlikely, the form is chosen otherwise at its least sure decision, and as before if what follows
is then no likelier.
"""

from __future__ import annotations

from toolkit.engines.firefox.placed import Decision, Placed

POOR = -1.0
"""The logarithmic probability at which a piece is unlikely."""
FOLLOWING = 2
"""So many pieces after a form tell."""


class Doubts:
    """The forms of a sentence that were thought about again."""

    def __init__(self) -> None:
        self._first: dict[int, float] = {}
        """By constraint, how likely what followed the first choice was."""
        self._settled: set[int] = set()

    def about(self, placed: Placed, chance: float) -> Decision | None:
        """The decision to be made otherwise, since what follows has only such a chance; None if it may stand."""
        if placed.constraint in self._settled:
            return None
        first = self._first.get(placed.constraint)
        if first is None:
            decision = min(placed.decisions, key=lambda one: one.margin, default=None)
            if decision is not None:
                self._first[placed.constraint] = chance
            return decision
        self._settled.add(placed.constraint)
        if chance > first:
            return None
        return next((one for one in placed.decisions if one.instead), None)
