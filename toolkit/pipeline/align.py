"""Which sentences of a translation stand for which of its source.

Sentences pair by their order where both texts have as many; else by the least costly way to pair one or two of each,
measured by length (W. Gale and K. Church, 1993) and by the names that both have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit.text.spans import Span

_STEPS = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 0), (0, 1))
_COST = {(1, 1): 0.0, (1, 2): 0.6, (2, 1): 0.6, (2, 2): 1.1, (1, 0): 2.0, (0, 1): 2.0}
_LENGTH, _NAMES = 1.5, 1.0
_BAND = 80
"""How many sentences two texts may be out of step."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence: where it stands, and what in it can be recognised in the other language."""

    span: Span
    signs: frozenset[str]


def align(source: Sequence[Unit], target: Sequence[Unit]) -> list[tuple[Span | None, Span | None]]:
    """Pairs of stretches in order; None where one text has nothing for the other's."""
    if len(source) == len(target):
        return [(a.span, b.span) for a, b in zip(source, target, strict=True)]
    return align_by_cost(source, target)


def align_by_cost(
    source: Sequence[Unit], target: Sequence[Unit], ratio: float | None = None, alone: float = _COST[1, 0]
) -> list[tuple[Span | None, Span | None]]:
    """The same, where as many sentences are no sign that they pair by their order.

    `ratio` is how long a translation is, measured by its source; that of the two texts where none is given;
    `alone` is the cost of a sentence without counterpart. Only pairs near the diagonal are tried, so that the time
    grows with the length of the texts and not its square.
    """
    if ratio is None:
        ratio = max(1, _length(target)) / max(1, _length(source))
    ours, theirs = _sums(source), _sums(target)
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(source) + 1):
        for j in _band(i, len(source), len(target)):
            if (i, j) not in best:
                continue
            so_far = best[i, j][0]
            for step in _STEPS:
                end = (i + step[0], j + step[1])
                if end[0] > len(source) or end[1] > len(target):
                    continue
                cost = so_far + (_cost(step, ours[step[0]][i], theirs[step[1]][j], ratio) if all(step) else alone)
                if end not in best or cost < best[end][0]:
                    best[end] = cost, (i, j)
    return _path(source, target, best)


def _band(place: int, source: int, target: int) -> range:
    """The sentences of the target that can stand for those of the source up to a place."""
    middle = place * target // max(1, source)
    return range(max(0, middle - _BAND), min(target, middle + _BAND) + 1)


def _length(units: Sequence[Unit]) -> int:
    return sum(len(unit.span) for unit in units)


_Sum = tuple[int, frozenset[str]]
"""The length of a stretch in code points, and what can be recognised in it."""


def _sums(units: Sequence[Unit]) -> dict[int, list[_Sum]]:
    """Of the stretches of one and of two sentences, by where they begin: summed once, since each is tried often."""
    ones = [(len(unit.span), unit.signs) for unit in units]
    return {1: ones, 2: [(a[0] + b[0], a[1] | b[1]) for a, b in pairwise(ones)]}


def _cost(step: tuple[int, int], source: _Sum, target: _Sum, ratio: float) -> float:
    expected, found = source[0] * ratio, target[0]
    cost = _COST[step] + _LENGTH * abs(expected - found) / max(expected, found, 1)
    either = source[1] | target[1]
    return cost + (_NAMES * len(source[1] ^ target[1]) / len(either) if either else 0.0)


def _path(
    source: Sequence[Unit], target: Sequence[Unit], best: dict[tuple[int, int], tuple[float, tuple[int, int]]]
) -> list[tuple[Span | None, Span | None]]:
    pairs: list[tuple[Span | None, Span | None]] = []
    place = (len(source), len(target))
    while place != (0, 0):
        before = best[place][1]
        pairs.append((_stretch(source[before[0] : place[0]]), _stretch(target[before[1] : place[1]])))
        place = before
    return pairs[::-1]


def _stretch(units: Sequence[Unit]) -> Span | None:
    return Span(units[0].span.start, units[-1].span.end) if units else None
