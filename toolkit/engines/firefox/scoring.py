"""How likely a given translation is: the decoder is led along it, and says what it thinks of each piece."""

from __future__ import annotations

import numpy as np

from toolkit.engines.firefox.encoded import padded
from toolkit.engines.firefox.network import LEAST_ROWS, Network
from toolkit.engines.firefox.vocabulary import END

_MOST_ROWS = 64


def score(network: Network, sources: list[tuple[int, ...]], targets: list[tuple[int, ...]]) -> list[float]:
    """The mean log-probability of a piece, the end included, of each target for its source."""
    order = sorted(range(len(sources)), key=lambda number: padded(len(sources[number]) + 1))
    found = [0.0] * len(sources)
    for start in range(0, len(order), _MOST_ROWS):
        some = order[start : start + _MOST_ROWS]
        values = _score(network, [sources[n] for n in some], [targets[n] for n in some])
        for number, value in zip(some, values, strict=True):
            found[number] = value
    return found


def _score(network: Network, sources: list[tuple[int, ...]], targets: list[tuple[int, ...]]) -> list[float]:
    steps = max(len(target) for target in targets) + 1
    wanted = np.full((max(len(targets), LEAST_ROWS), steps), END, np.int64)
    for row, target in enumerate(targets):
        wanted[row, : len(target)] = target
    source, cells = network.encode(sources), network.start(len(wanted))
    rows = np.arange(len(wanted))
    chances = np.zeros(wanted.shape, np.float32)
    last = np.zeros(len(wanted), np.int64)
    for position in range(steps):
        step = network.step(source, cells, last, np.full(len(wanted), position), None)
        cells, last = step.cells, wanted[:, position]
        greatest = step.logits.max(1)
        total = greatest + np.log(np.exp(step.logits - greatest[:, None]).sum(1))
        chances[:, position] = step.logits[rows, last] - total
    return [float(chances[row, : len(target) + 1].mean()) for row, target in enumerate(targets)]
