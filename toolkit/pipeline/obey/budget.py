"""How often an engine is asked again: an archive must not cost much more than its first drafts, a short text may.

What a step costs is counted in code points of source, as many as the engine would draft for the first time in the
same time. It is spent in the order of the text, so that the same text always comes out the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from toolkit.errors import BadOption

PER_CENT = 3
"""Of what the first drafts of a text cost."""
ALL = 100
"""From here on nothing is held back."""
_SHORT = 300
"""Code points of a text that somebody waits for, a sentence or a short paragraph: all of it may be asked again."""
_Asking = TypeVar("_Asking")


@dataclass
class Budget:
    """What is left for asking again, in code points; `free` where that is as much as is needed."""

    left: float
    free: bool = False

    @classmethod
    def of(cls, texts: Sequence[str], per_cent: float = PER_CENT) -> Budget:
        """The budget of texts that an engine drafts together."""
        length = sum(map(len, texts))
        return cls(length * per_cent / 100, free=per_cent >= ALL or (per_cent > 0 and length <= _SHORT))

    def affords(self, asking: Sequence[_Asking], cost: Callable[[_Asking], float], most: float = 1.0) -> list[_Asking]:
        """Those that may be asked again, the first ones first; what they cost is spent.

        All of them together spend no more than `most` of what is left: a step leaves something to the next.
        """
        if self.free:
            return list(asking)
        found: list[_Asking] = []
        left = self.left * most
        for one in asking:
            spent = cost(one)
            if spent <= left:
                found.append(one)
                left -= spent
                self.left -= spent
        return found


def parse_per_cent(text: str, where: str) -> float:
    """A budget as it is written, with or without a sign. Raises BadOption."""
    try:
        found = float(text.strip().removesuffix("%"))
    except ValueError:
        found = -1.0
    if not 0 <= found <= ALL:
        raise BadOption(f"{text[:20]!r} is no share of a hundred", where=where, remedy=f"use a number from 0 to {ALL}")
    return found
