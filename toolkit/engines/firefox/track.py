"""One sentence on its way through the search, and the translation that it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from toolkit.engines.firefox.guide import Guide
from toolkit.engines.firefox.marian import Array
from toolkit.engines.firefox.network import Cells
from toolkit.engines.firefox.vocabulary import END

_ROOM = 16


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A translation: its pieces without the end, their mean log-probability (the end's too), where each looked."""

    ids: tuple[int, ...]
    score: float
    attention: Array
    """Pieces x positions of the source, the last of which is its end."""
    finished: bool = True
    """False where it was stopped at its greatest length."""


def longest(source: Sequence[int]) -> int:
    """The most pieces that a translation of `source` may have, its end included: twice as many, as Marian has it."""
    return max(2 * (len(source) + 1), _ROOM)


class _Written(NamedTuple):
    """A sentence as far as it is written: of each piece its number, its chance, where it looked, the state before."""

    ids: list[int]
    chances: list[float]
    looks: list[Array]
    cells: list[Cells]
    rows: list[int]


@dataclass(slots=True)
class Track:
    """What was chosen for one sentence so far."""

    source: tuple[int, ...]
    guide: Guide | None = None
    ids: list[int] = field(default_factory=list)
    chances: list[float] = field(default_factory=list)
    looks: list[Array] = field(default_factory=list)
    cells: list[Cells] = field(default_factory=list)
    """The state of the batch before each step, where a guide may want to go back."""
    rows: list[int] = field(default_factory=list)
    """The row of the sentence in it."""
    attempts: list[_Written] = field(default_factory=list)
    done: bool = False
    length: int = 0
    """Of the source with its end."""
    limit: int = 0

    def __post_init__(self) -> None:
        self.length, self.limit = len(self.source) + 1, longest(self.source)

    def add(self, piece: int, chance: float, look: Array) -> None:
        self.ids.append(piece)
        self.chances.append(chance)
        self.looks.append(look)
        if piece == END or len(self.ids) == self.limit:
            self.settle(None if piece == END or self.guide is None else self.guide.stopped())

    def keep(self, chance: float, look: Array) -> None:
        """Put the sentence, with its end, aside as an attempt."""
        ids, chances, looks = [*self.ids, END], [*self.chances, chance], [*self.looks, look]
        self.attempts.append(_Written(ids, chances, looks, self.cells, self.rows))

    def settle(self, attempt: int | None) -> None:
        """End with an attempt, or with what is written; forget all else, which takes much memory."""
        if attempt is not None:
            self.ids, self.chances, self.looks, _, _ = self.attempts[attempt]
        self.done, self.cells, self.rows, self.attempts = True, [], [], []
        self.looks = list(np.concatenate(self.looks).reshape(len(self.looks), -1))

    def back(self, position: int, attempt: int | None = None) -> tuple[Cells, int]:
        """Go back, in an attempt that was put aside if it is given; the state to go on from."""
        written = _Written(self.ids, self.chances, self.looks, self.cells, self.rows)
        if attempt is not None:
            written = self.attempts[attempt]
        state = written.cells[position], written.rows[position]
        self.ids, self.chances = written.ids[:position], written.chances[:position]
        self.looks, self.cells, self.rows = written.looks[:position], written.cells[:position], written.rows[:position]
        return state

    def hypothesis(self) -> Hypothesis:
        finished = self.ids[-1] == END
        written = len(self.ids) - finished
        attention = np.stack(self.looks[:written]) if written else np.zeros((0, self.length), np.float32)
        return Hypothesis(tuple(self.ids[:written]), _mean(self.chances), attention, finished)


def _mean(chances: Sequence[float]) -> float:
    return float(sum(chances) / len(chances))
