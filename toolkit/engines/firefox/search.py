"""Choosing the pieces of a translation one after the other: greedily, or with a beam.

Greedy search takes the likeliest piece at each step. A beam keeps several beginnings and ends with the finished one
that is likeliest per piece; the greedy translation is always among those it chooses from, so a beam never gives a
less likely one. A `Guide` may overrule the greedy choice of a row and send the row back some steps (`held`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from toolkit.engines.firefox.marian import Array
from toolkit.engines.firefox.network import LEAST_ROWS, Cells, Ids, Network, Source, Step
from toolkit.engines.firefox.shortlist import Allowed
from toolkit.engines.firefox.vocabulary import END, UNKNOWN

_NEVER = np.float32(-np.inf)
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


@dataclass(frozen=True, slots=True)
class Back:
    """Instead of a piece: forget all from this position on, and choose again there."""

    position: int
    keep: bool = False
    """The sentence is complete: put it aside as an attempt, numbered from 0, before going back."""


@dataclass(frozen=True, slots=True)
class Settle:
    """Instead of the end of the sentence: take the attempt of this number."""

    attempt: int


class Moment(NamedTuple):
    """A step of one sentence, as a guide sees it."""

    logits: Array
    """For each piece; a copy that may be written into."""
    total: float
    """A piece's logarithmic probability is its logit less this."""
    best: int
    """The likeliest piece."""
    looks: Sequence[Array]
    """How much each piece so far, and this step, looked at each piece of the source."""
    ids: Sequence[int]
    """The pieces so far."""
    chances: Sequence[float]
    """Their logarithmic probabilities."""


class Guide(Protocol):
    """Overrules the choice of pieces for one sentence."""

    def wants(self, best: int, ids: Sequence[int]) -> bool:
        """Whether it has to be asked what follows `ids`; `best` is the likeliest piece."""
        ...

    def choose(self, moment: Moment) -> int | Back | Settle:
        """The piece to write, or what else to do."""
        ...

    def stopped(self) -> int | None:
        """The attempt to take where the sentence was stopped at its greatest length; None for the last."""
        ...


def longest(source: Sequence[int]) -> int:
    """The most pieces that a translation of `source` may have, its end included: twice as many, as Marian has it."""
    return max(2 * (len(source) + 1), _ROOM)


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
    attempts: list[tuple[list[int], list[float], list[Array]]] = field(default_factory=list)
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
        self.attempts.append(([*self.ids, END], [*self.chances, chance], [*self.looks, look]))

    def settle(self, attempt: int | None) -> None:
        if attempt is not None:
            self.ids, self.chances, self.looks = self.attempts[attempt]
            self.done = True

    def back(self, position: int) -> None:
        for kept in (self.ids, self.chances, self.looks, self.before):
            del kept[position:]

    def hypothesis(self) -> Hypothesis:
        finished = self.ids[-1] == END
        written = len(self.ids) - finished
        attention = np.stack(self.looks[:written]) if written else np.zeros((0, self.length), np.float32)
        return Hypothesis(tuple(self.ids[:written]), _mean(self.chances), attention, finished)


def _mean(chances: Sequence[float]) -> float:
    return float(sum(chances) / len(chances))


class _Rows:
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
            step.logits[self.allowed.mask] = _NEVER
            step.logits[:, self.allowed.column[UNKNOWN]] = _NEVER
        else:
            step.logits[:, UNKNOWN] = _NEVER
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
    rows = _Rows(network.encode(sources), network.start(len(active)), allowed)
    while not all(track.done for track in active):
        active = _compact(rows, active)
        _advance(network, rows, active)
    return [track.hypothesis() for track in tracks]


def _compact(rows: _Rows, active: list[_Track]) -> list[_Track]:
    """Drop the rows that are done once they are many, but never to fewer than LEAST_ROWS."""
    waiting = [row for row, track in enumerate(active) if not track.done]
    if len(active) <= LEAST_ROWS or len(waiting) > _COMPACT_BELOW * len(active):
        return active
    done = [row for row, track in enumerate(active) if track.done]
    keep = sorted(waiting + done[: max(0, LEAST_ROWS - len(waiting))])
    rows.take(np.array(keep, np.int64))
    return [active[row] for row in keep]


def _advance(network: Network, rows: _Rows, active: list[_Track]) -> None:
    """One step for every row."""
    step = rows.step(network)
    columns = step.logits.argmax(1)
    best: Ids = columns if rows.allowed is None else rows.allowed.ids[columns]
    totals = _log_total(step.logits, columns)
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
        chosen = _guided(track, rows, step, row, piece, look, float(totals[row]))
        if isinstance(chosen, Settle):
            track.settle(chosen.attempt)
        elif isinstance(chosen, Back):
            if chosen.keep:
                track.keep(_chance(rows, step, row, END, totals), look)
            _go_back(rows, row, track, chosen.position)
        elif chosen == piece:
            track.add(piece, chance, look)
        else:
            rows.last[row] = chosen
            track.add(chosen, _chance(rows, step, row, chosen, totals), look)


def _chance(rows: _Rows, step: Step, row: int, piece: int, totals: Array) -> float:
    column = piece if rows.allowed is None else rows.allowed.column[piece]
    return float(step.logits[row, column] - totals[row])


def _guided(
    track: _Track, rows: _Rows, step: Step, row: int, piece: int, look: Array, total: float
) -> int | Back | Settle:
    """What the guide of a row says."""
    if track.guide is None or not track.guide.wants(piece, track.ids):
        return piece
    logits = step.logits[row]
    logits = logits.copy() if rows.allowed is None else rows.allowed.spread(logits)
    return track.guide.choose(Moment(logits, total, piece, [*track.looks, look], track.ids, track.chances))


def _go_back(rows: _Rows, row: int, track: _Track, position: int) -> None:
    cells, old = track.before[position]
    for layer, cell in zip(rows.cells, cells, strict=True):
        layer[row] = cell[old]
    track.back(position)
    rows.positions[row] = position
    rows.last[row] = track.ids[-1] if track.ids else END


def _log_total(logits: Array, columns: NDArray[np.intp]) -> Array:
    """Of each row, the logarithm of the sum of exp(logits); `columns` are those of the greatest."""
    greatest = logits[np.arange(len(columns)), columns]
    total = np.empty_like(greatest)
    # A few rows at a time, so that what is computed stays in the processor's cache.
    for start in range(0, len(columns), _ROWS_IN_CACHE):
        some = slice(start, start + _ROWS_IN_CACHE)
        above = logits[some] - greatest[some, None]
        total[some] = np.exp(above, out=above).sum(1)
    return greatest + np.log(total)


# -- beam ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Beginning:
    """A beginning in a beam, and the row of the batch that its state is in."""

    row: int
    ids: tuple[int, ...] = ()
    total: float = 0.0
    looks: tuple[Array, ...] = ()


@dataclass(slots=True)
class _Beam:
    """The beginnings of one sentence, and what is finished. Each finished one makes the beam narrower by one."""

    limit: int
    length: int
    width: int
    open: list[_Beginning]
    finished: list[Hypothesis] = field(default_factory=list)

    @property
    def done(self) -> bool:
        return not self.open

    def extend(self, chances: Array, pieces: Ids, attention: list[Array]) -> None:
        """Take the likeliest of all beginnings one piece longer."""
        candidates = [
            (beginning.total + float(chances[beginning.row, n]), -rank, n, beginning)
            for rank, beginning in enumerate(self.open)
            for n in range(pieces.shape[1])
        ]
        candidates.sort(key=lambda candidate: candidate[:2], reverse=True)
        self.open = []
        for total, _, n, old in candidates[: self.width - len(self.finished)]:
            piece = int(pieces[old.row, n])
            looks = (*old.looks, attention[old.row])
            if piece == END or len(old.ids) + 1 == self.limit:
                ids = old.ids if piece == END else (*old.ids, piece)
                self.finished.append(self.finish(ids, total / len(looks), looks, piece == END))
            else:
                self.open.append(_Beginning(old.row, (*old.ids, piece), total, looks))

    def finish(self, ids: tuple[int, ...], score: float, looks: tuple[Array, ...], ended: bool) -> Hypothesis:
        rows = [look[: self.length] for look in looks[: len(ids)]]
        attention = np.stack(rows) if rows else np.zeros((0, self.length), np.float32)
        return Hypothesis(ids, score, attention, ended)


def beam(
    network: Network, sources: list[tuple[int, ...]], width: int, allowed: Allowed | None = None
) -> list[list[Hypothesis]]:
    """For each source the translations that a beam finds, the likeliest first; the greedy one is among them."""
    plain = greedy(network, sources, allowed=allowed)
    rows = _Rows(network.encode(sources), network.start(max(len(sources), LEAST_ROWS)), allowed)
    beams = [_Beam(longest(source), len(source) + 1, width, [_Beginning(row)]) for row, source in enumerate(sources)]
    while not all(one.done for one in beams):
        step = rows.step(network)
        chances, pieces = _likeliest(step, width, rows.allowed)
        for one in beams:
            one.extend(chances, pieces, step.attention)
        rows.cells = step.cells
        _rearrange(rows, beams)
    return [_ranked([*one.finished, first]) for one, first in zip(beams, plain, strict=True)]


def _likeliest(step: Step, count: int, allowed: Allowed | None) -> tuple[Array, Ids]:
    """Of each row the `count` likeliest pieces and their log-probabilities."""
    logits, rows = step.logits, np.arange(len(step.logits))
    chances = np.empty((len(rows), count), np.float32)
    columns: Ids = np.empty((len(rows), count), np.int64)
    total: Array | None = None
    for n in range(count):
        columns[:, n] = best = logits.argmax(1)
        if total is None:
            total = _log_total(logits, best)
        chances[:, n] = logits[rows, best] - total
        logits[rows, best] = _NEVER
    return chances, columns if allowed is None else allowed.ids[columns]


def _rearrange(rows: _Rows, beams: list[_Beam]) -> None:
    """Give each open beginning a row of its own, with the state of the row it grew from."""
    order: list[int] = []
    last: list[int] = []
    for one in beams:
        moved = []
        for beginning in one.open:
            moved.append(_Beginning(len(order), beginning.ids, beginning.total, beginning.looks))
            order.append(beginning.row)
            last.append(beginning.ids[-1])
        one.open = moved
    if not order:
        return
    idle = max(0, LEAST_ROWS - len(order))
    length = rows.positions[0] + 1
    rows.take(np.array(order + order[-1:] * idle, np.int64))
    rows.last = np.array(last + last[-1:] * idle, np.int64)
    rows.positions = np.full(len(rows.last), length, np.int64)


def _ranked(found: list[Hypothesis]) -> list[Hypothesis]:
    """The likeliest first, each once; a finished one goes before one that was stopped."""
    by_ids = {one.ids: one for one in reversed(found)}
    return sorted(by_ids.values(), key=lambda one: (not one.finished, -one.score, one.ids))
