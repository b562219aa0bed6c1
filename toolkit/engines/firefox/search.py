"""Greedy search: the likeliest piece at each step, for all sentences of a batch at once.

A `Guide` may overrule the choice for its sentence, and send the sentence back some steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from toolkit.engines.firefox.encoded import Ids, Source
from toolkit.engines.firefox.guide import NEVER, Again, Back, Guide, Logits, Moment, Settle
from toolkit.engines.firefox.marian import Array
from toolkit.engines.firefox.network import LEAST_ROWS, Cells, Network, Step
from toolkit.engines.firefox.shortlist import Allowed
from toolkit.engines.firefox.vocabulary import END, UNKNOWN

_ROOM = 16
_COMPACT_BELOW = 0.75
_ROWS_IN_CACHE = 4


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
    """A sentence as far as it is written: of each piece its number, its chance, where it looked, and the state before."""

    ids: list[int]
    chances: list[float]
    looks: list[Array]
    before: list[tuple[Cells, int]]


@dataclass(slots=True)
class _Track:
    """What was chosen for one sentence so far."""

    limit: int
    length: int
    """Of the source with its end."""
    guide: Guide | None = None
    ids: list[int] = field(default_factory=list)
    chances: list[float] = field(default_factory=list)
    looks: list[Array] = field(default_factory=list)
    before: list[tuple[Cells, int]] = field(default_factory=list)
    """The state before each step and the row in it, where a guide may want to go back."""
    attempts: list[_Written] = field(default_factory=list)
    done: bool = False

    def add(self, piece: int, chance: float, look: Array) -> None:
        self.ids.append(piece)
        self.chances.append(chance)
        self.looks.append(look)
        self.done = piece == END or len(self.ids) == self.limit
        if self.done and piece != END and self.guide is not None:
            self.settle(self.guide.stopped())

    def keep(self, chance: float, look: Array) -> None:
        """Put the sentence, with its end, aside as an attempt."""
        self.attempts.append(_Written([*self.ids, END], [*self.chances, chance], [*self.looks, look], self.before))

    def settle(self, attempt: int | None) -> None:
        if attempt is not None:
            self.ids, self.chances, self.looks, self.before = self.attempts[attempt]
            self.done = True

    def back(self, position: int, attempt: int | None = None) -> tuple[Cells, int]:
        """Go back, in an attempt that was put aside if it is given; the state to go on from."""
        written = _Written(self.ids, self.chances, self.looks, self.before)
        if attempt is not None:
            written = self.attempts[attempt]
        state = written.before[position]
        self.ids, self.chances, self.looks = (part[:position] for part in written[:3])
        self.before = written.before[:position]
        return state

    def hypothesis(self) -> Hypothesis:
        finished = self.ids[-1] == END
        written = len(self.ids) - finished
        attention = np.stack(self.looks[:written]) if written else np.zeros((0, self.length), np.float32)
        return Hypothesis(tuple(self.ids[:written]), _mean(self.chances), attention, finished)


def _mean(chances: Sequence[float]) -> float:
    return float(sum(chances) / len(chances))


class Rows:
    """The rows of a batch that are still being written, as the arrays that a step takes."""

    def __init__(self, source: Source, cells: Cells, allowed: Allowed | None) -> None:
        self.source, self.cells, self.allowed = source, cells, allowed
        count = len(cells[0])
        self.last: Ids = np.zeros(count, np.int64)
        self.positions: Ids = np.zeros(count, np.int64)

    def step(self, network: Network) -> Step:
        layer = None if self.allowed is None else self.allowed.layer
        step = network.step(self.source, self.cells, self.last, self.positions, layer)
        if self.allowed is not None:
            step.logits[self.allowed.mask] = NEVER
            step.logits[:, self.allowed.column[UNKNOWN]] = NEVER
        else:
            step.logits[:, UNKNOWN] = NEVER
        return step

    def take(self, rows: Ids) -> None:
        self.source, self.cells = self.source.take(rows), [cell[rows] for cell in self.cells]
        self.last, self.positions = self.last[rows], self.positions[rows]
        if self.allowed is not None:
            self.allowed = self.allowed.take(rows)


def greedy(
    network: Network,
    sources: list[tuple[int, ...]],
    guides: Sequence[Guide | None] = (),
    allowed: Allowed | None = None,
) -> list[Hypothesis]:
    """Translate sources, each by the likeliest piece at each step; best in order of their padded lengths."""
    tracks = [_Track(longest(source), len(source) + 1) for source in sources]
    for track, guide in zip(tracks, guides, strict=False):
        track.guide = guide
    active = tracks + [_Track(0, 1, done=True) for _ in range(LEAST_ROWS - len(tracks))]
    rows = Rows(network.encode(sources), network.start(len(active)), allowed)
    while not all(track.done for track in active):
        active = _compact(rows, active)
        _advance(network, rows, active)
    return [track.hypothesis() for track in tracks]


def _compact(rows: Rows, active: list[_Track]) -> list[_Track]:
    """Drop the rows that are done once they are many, but never to fewer than LEAST_ROWS."""
    waiting = [row for row, track in enumerate(active) if not track.done]
    if len(active) <= LEAST_ROWS or len(waiting) > _COMPACT_BELOW * len(active):
        return active
    done = [row for row, track in enumerate(active) if track.done]
    keep = sorted(waiting + done[: max(0, LEAST_ROWS - len(waiting))])
    rows.take(np.array(keep, np.int64))
    return [active[row] for row in keep]


def _advance(network: Network, rows: Rows, active: list[_Track]) -> None:
    """One step for every row."""
    step = rows.step(network)
    columns = step.logits.argmax(1)
    best: Ids = columns if rows.allowed is None else rows.allowed.ids[columns]
    totals = log_total(step.logits, columns)
    likeliest = step.logits[np.arange(len(columns)), columns] - totals
    before, rows.cells = rows.cells, step.cells
    rows.positions = rows.positions + 1
    rows.last = best
    for row, (track, piece, chance) in enumerate(zip(active, best.tolist(), likeliest.tolist(), strict=True)):
        if track.done:
            continue
        look = step.attention[row][: track.length]
        if track.guide is None:
            track.add(piece, chance, look)
            continue
        track.before.append((before, row))
        if not track.guide.wants(piece, track.ids, look):
            track.add(piece, chance, look)
            continue
        logits = Logits(step.logits[row], rows.allowed)
        total = float(totals[row])
        chosen = track.guide.choose(Moment(logits, total, piece, look, track.looks, track.ids, track.chances))
        if isinstance(chosen, Settle):
            track.settle(chosen.attempt)
        elif isinstance(chosen, Back):
            _go_back(rows, row, track, track.back(chosen.position))
        elif isinstance(chosen, Again):
            track.keep(logits.of(END) - total, look)
            _go_back(rows, row, track, track.back(chosen.position, chosen.attempt))
        elif chosen == piece:
            track.add(piece, chance, look)
        else:
            rows.last[row] = chosen
            track.add(chosen, logits.of(chosen) - total, look)


def _go_back(rows: Rows, row: int, track: _Track, state: tuple[Cells, int]) -> None:
    """Set a row to the state that its track goes on from."""
    cells, old = state
    for layer, cell in zip(rows.cells, cells, strict=True):
        layer[row] = cell[old]
    rows.positions[row] = len(track.ids)
    rows.last[row] = track.ids[-1] if track.ids else END


def log_total(logits: Array, columns: NDArray[np.intp]) -> Array:
    """Of each row, the logarithm of the sum of exp(logits); `columns` are those of the greatest."""
    greatest = logits[np.arange(len(columns)), columns]
    total = np.empty_like(greatest)
    # A few rows at a time, so that what is computed stays in the processor's cache.
    for start in range(0, len(columns), _ROWS_IN_CACHE):
        some = slice(start, start + _ROWS_IN_CACHE)
        above = logits[some] - greatest[some, None]
        total[some] = np.exp(above, out=above).sum(1)
    return greatest + np.log(total)
