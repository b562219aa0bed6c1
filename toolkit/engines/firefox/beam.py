"""Beam search: several beginnings of a translation are kept at each step, not the likeliest alone.

It ends with the finished one that is likeliest per piece. The greedy translation is always among those it chooses from,
so a beam never gives a less likely one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from toolkit.engines.firefox.encoded import Ids
from toolkit.engines.firefox.guide import NEVER
from toolkit.engines.firefox.marian import Array
from toolkit.engines.firefox.network import LEAST_ROWS, Network, Step
from toolkit.engines.firefox.search import Rows, greedy, log_total
from toolkit.engines.firefox.shortlist import Allowed
from toolkit.engines.firefox.track import Hypothesis, longest
from toolkit.engines.firefox.vocabulary import END


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

    def extend(self, chances: Array, pieces: Ids, attention: Array) -> None:
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
    rows = Rows(network.encode(sources), network.start(max(len(sources), LEAST_ROWS)), allowed)
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
            total = log_total(logits, best)
        chances[:, n] = logits[rows, best] - total
        logits[rows, best] = NEVER
    return chances, columns if allowed is None else allowed.ids[columns]


def _rearrange(rows: Rows, beams: list[_Beam]) -> None:
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
