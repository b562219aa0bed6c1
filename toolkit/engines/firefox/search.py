"""Greedy search: the likeliest piece at each step, for all sentences of a batch at once.

A `Guide` may overrule the choice for its sentence, and send the sentence back some steps.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from toolkit.engines.firefox.encoded import Ids, Source
from toolkit.engines.firefox.guide import NEVER, Again, Guide, Logits, Moment, Settle
from toolkit.engines.firefox.marian import Array
from toolkit.engines.firefox.network import LEAST_ROWS, Cells, Network, Step
from toolkit.engines.firefox.shortlist import Allowed
from toolkit.engines.firefox.track import Hypothesis, Track
from toolkit.engines.firefox.vocabulary import END, UNKNOWN
from toolkit.engines.firefox.watch import BETWEEN, IS_CLEAR, WAS_CLEAR, Watch

_COMPACT_BELOW = 0.75
_ROWS_IN_CACHE = 4
_CARRIED = 32
"""So few rows of a batch go on among those of the next."""


class Rows:
    """The rows of a batch that are still being written, as the arrays that a step takes; the watch over them."""

    def __init__(self, source: Source, cells: Cells, allowed: Allowed | None) -> None:
        self.source, self.cells, self.allowed = source, cells, allowed
        self.last: Ids = np.zeros(source.rows, np.int64)
        self.positions: Ids = np.zeros(source.rows, np.int64)
        self.watch = Watch([None] * source.rows, source.longest)

    @classmethod
    def none(cls) -> Rows:
        return cls(Source(()), [], None)

    def joined(self, source: Source, cells: Cells, allowed: Allowed | None) -> Rows:
        """These rows and after them new ones; `allowed` is for all."""
        if not self.source.rows:
            return Rows(source, cells, allowed)
        cells = [np.concatenate(pair) for pair in zip(self.cells, cells, strict=True)]
        both = Rows(self.source.joined(source), cells, allowed)
        both.last[: len(self.last)], both.positions[: len(self.last)] = self.last, self.positions
        return both

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
        self.watch.take(rows, self.source.longest)


class Batch(NamedTuple):
    """Sentences to be translated together, and the guides of those that have one."""

    sources: Sequence[tuple[int, ...]]
    guides: Sequence[Guide | None] = ()


Allow = Callable[[Batch], Allowed | None]
"""What the shortlist, if there is one, lets the sentences of a batch write."""


def greedy(
    network: Network,
    sources: Sequence[tuple[int, ...]],
    guides: Sequence[Guide | None] = (),
    allowed: Allowed | None = None,
) -> list[Hypothesis]:
    """Translate sources, each by the likeliest piece at each step; best in order of their padded lengths."""
    return next(in_turn(network, [Batch(sources, guides)], lambda _: allowed))


def in_turn(network: Network, batches: Iterable[Batch], allow: Allow) -> Iterator[list[Hypothesis]]:
    """Translate batch after batch, best with sources of like length together; gives out each once it is done.

    A few rows cost nearly as much as many. So the last rows of a batch, which guides may send back again and again,
    are not waited for: they go on among those of the next.
    """
    rows, active = Rows.none(), list[Track]()
    begun = deque[list[Track]]()
    for batch in batches:
        guides = batch.guides or [None] * len(batch.sources)
        tracks = [Track(source, guide) for source, guide in zip(batch.sources, guides, strict=True)]
        begun.append(tracks)
        rows, active = _joined(network, rows, active, tracks, allow)
        active = _run(network, rows, active, _CARRIED)
        while begun and all(track.done for track in begun[0]):
            yield [track.hypothesis() for track in begun.popleft()]
    _run(network, rows, active, 0)
    for tracks in begun:
        yield [track.hypothesis() for track in tracks]


def _joined(
    network: Network, rows: Rows, active: list[Track], tracks: list[Track], allow: Allow
) -> tuple[Rows, list[Track]]:
    """The rows that are still being written with those of new sentences, filled up to LEAST_ROWS."""
    waiting = [row for row, track in enumerate(active) if not track.done]
    rows.take(np.array(waiting, np.int64))
    active = [*(active[row] for row in waiting), *tracks]
    allowed = allow(Batch([track.source for track in active], [track.guide for track in active]))
    more, watch = network.encode([track.source for track in tracks]), rows.watch
    rows = rows.joined(more, network.start(more.rows), allowed)
    active += [Track((), None, done=True) for _ in range(len(rows.last) - len(active))]
    rows.watch = watch.joined([track.guide for track in active[len(waiting) :]], rows.source.longest)
    return rows, active


def _run(network: Network, rows: Rows, active: list[Track], until: int) -> list[Track]:
    """Write on until no more than so many sentences are left."""
    while sum(not track.done for track in active) > until:
        active = _compact(rows, active)
        _advance(network, rows, active)
    return active


def _compact(rows: Rows, active: list[Track]) -> list[Track]:
    """Drop the rows that are done once they are many, but never to fewer than LEAST_ROWS."""
    waiting = [row for row, track in enumerate(active) if not track.done]
    if len(active) <= LEAST_ROWS or len(waiting) > _COMPACT_BELOW * len(active):
        return active
    done = [row for row, track in enumerate(active) if track.done]
    keep = sorted(waiting + done[: max(0, LEAST_ROWS - len(waiting))])
    rows.take(np.array(keep, np.int64))
    return [active[row] for row in keep]


def _advance(network: Network, rows: Rows, active: list[Track]) -> None:
    """One step for every row."""
    step = rows.step(network)
    columns = step.logits.argmax(1)
    best: Ids = columns if rows.allowed is None else rows.allowed.ids[columns]
    totals = log_total(step.logits, columns)
    likeliest = step.logits[np.arange(len(columns)), columns] - totals
    asks = rows.watch.asks(step.attention, rows.last, best, likeliest)
    before, rows.cells = rows.cells, step.cells
    rows.positions = rows.positions + 1
    rows.last = best
    sent_back = []
    chosen = zip(active, best.tolist(), likeliest.tolist(), list(step.attention), asks, strict=True)
    for row, (track, piece, chance, look, ask) in enumerate(chosen):
        if track.done:
            continue
        look = look[: track.length]
        if (guide := track.guide) is not None:
            track.cells.append(before)
            track.rows.append(row)
            if guide.ahead:
                _go_ahead(rows, row, track, guide, Logits(step.logits[row], rows.allowed), totals.item(row), look)
                continue
            if ask > BETWEEN or (ask and (piece == END or guide.forbids(track.ids))):
                logits = Logits(step.logits[row], rows.allowed)
                so_far = track.looks, track.ids, track.chances, rows.watch.seen[row]
                moment = Moment(logits, totals.item(row), piece, look, *so_far, ask & IS_CLEAR, ask & WAS_CLEAR)
                if _ask(rows, row, track, guide, moment):
                    sent_back.append((row, track.looks))
                continue
        track.add(piece, chance, look)
    rows.watch.saw(step.attention, sent_back)


def _go_ahead(rows: Rows, row: int, track: Track, guide: Guide, logits: Logits, total: float, look: Array) -> None:
    """Write the piece that the guide of a row has decided on before."""
    rows.last[row] = piece = guide.ahead[0]
    guide.ahead = guide.ahead[1:]
    track.add(piece, logits.of(piece) - total, look)
    if not guide.ahead:
        rows.watch.note(row, guide)


def _ask(rows: Rows, row: int, track: Track, guide: Guide, moment: Moment) -> bool:
    """Do what the guide of a row says; whether it was sent back."""
    chosen = guide.choose(moment)
    if not guide.ahead:
        rows.watch.note(row, guide)
    if isinstance(chosen, int):
        rows.last[row] = chosen
        track.add(chosen, moment.logits.of(chosen) - moment.total, moment.look)
    elif isinstance(chosen, Settle):
        track.settle(chosen.attempt)
    else:
        attempt = None
        if isinstance(chosen, Again):
            attempt = chosen.attempt
            track.keep(moment.logits.of(END) - moment.total, moment.look)
        _go_back(rows, row, track, track.back(chosen.position, attempt))
        return True
    return False


def _go_back(rows: Rows, row: int, track: Track, state: tuple[Cells, int]) -> None:
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
