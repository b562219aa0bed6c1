"""Encoded sources: what the decoder looks at, in groups of one padded length.

The length that a source is padded to depends on itself alone, so that sums over the source always have the same
terms, whatever else is in the batch. A batch therefore keeps sources of one padded length together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from toolkit.engines.firefox.marian import Array

Ids = NDArray[np.int64]


def padded(length: int) -> int:
    """The length that a source of `length` pieces is padded to: the next multiple of 8, of 16 when it is long."""
    step = 8 if length <= 48 else 16
    return -(-length // step) * step


@dataclass(frozen=True, slots=True)
class Group:
    """Encoded sources of one padded length, ready to be looked at by each layer of the decoder."""

    keys: tuple[Array, ...]
    """By layer: rows x heads x positions x numbers of a head."""
    values: tuple[Array, ...]
    mask: Array
    """Rows x 1 x 1 x positions: 0 where a row has a piece, very negative where it is padded."""

    def take(self, rows: Ids) -> Group:
        keys, values = (tuple(layer[rows] for layer in layers) for layers in (self.keys, self.values))
        return Group(keys, values, self.mask[rows])

    def joined(self, other: Group) -> Group:
        """These rows and after them those of another group of the same padded length."""
        keys, values = (
            tuple(np.concatenate(pair) for pair in zip(ours, theirs, strict=True))
            for ours, theirs in ((self.keys, other.keys), (self.values, other.values))
        )
        return Group(keys, values, np.concatenate((self.mask, other.mask)))


@dataclass(frozen=True)
class Source:
    """The encoded sources of a batch: groups, whose rows follow one another."""

    groups: tuple[Group, ...]

    @cached_property
    def rows(self) -> int:
        return sum(len(group.mask) for group in self.groups)

    @cached_property
    def slices(self) -> list[slice]:
        """The rows of each group."""
        ends = [0, *accumulate(len(group.mask) for group in self.groups)]
        return [slice(start, end) for start, end in pairwise(ends)]

    @cached_property
    def lengths(self) -> list[int]:
        """The padded length of each group."""
        return [group.mask.shape[-1] for group in self.groups]

    @property
    def longest(self) -> int:
        """The greatest of these lengths; 0 of no sources."""
        return max(self.lengths, default=0)

    def joined(self, other: Source) -> Source:
        """These rows and after them those of another; one group of both where they meet in one padded length."""
        *before, last = self.groups
        first, *after = other.groups
        if self.lengths[-1] == other.lengths[0]:
            return Source((*before, last.joined(first), *after))
        return Source((*self.groups, *other.groups))

    def take(self, rows: Ids) -> Source:
        """The sources of these rows, which must be in rising order of their groups."""
        taken = []
        for group, part in zip(self.groups, self.slices, strict=True):
            inside = rows[(rows >= part.start) & (rows < part.stop)] - part.start
            if len(inside):
                taken.append(group.take(inside))
        return Source(tuple(taken))
