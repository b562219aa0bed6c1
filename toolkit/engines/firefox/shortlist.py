"""The shortlist: which pieces may translate which, so that the output layer need not try them all.

    u64 magic, u64 checksum, u64 number of pieces allowed always, u64 most pieces for one,
    u64 number of offsets, u64 number of ids;  offsets, u64;  ids, u32          (all little endian)

For a source, the first `always` pieces of the vocabulary are allowed, and for each of its pieces s the ids from
offsets[s] to offsets[s + 1]. Translations are as good without; a shortlist makes the output layer several times
smaller. A row is held to its own pieces, though a batch shares one layer: results do not depend on the batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from toolkit.engines.firefox.encoded import Ids
from toolkit.engines.firefox.network import Network, OutputLayer
from toolkit.engines.firefox.vocabulary import END, UNKNOWN
from toolkit.errors import ModelUnusable

MAGIC = 0xF11A48D5013417F5
_FIELDS = 6
_REMEDY = "install the model again"


@dataclass(frozen=True, slots=True)
class Allowed:
    """The pieces that the rows of a batch may use: the output layer for all of them, and each row's own."""

    ids: Ids
    """The piece of each column of the layer."""
    layer: OutputLayer
    mask: NDArray[np.bool_]
    """Rows x columns: True where a row must not use a piece."""
    column: NDArray[np.int64]
    """Of each piece of the vocabulary its column, or -1."""

    def take(self, rows: Ids) -> Allowed:
        return Allowed(self.ids, self.layer, self.mask[rows], self.column)


class Shortlist:
    """A shortlist file, checked."""

    def __init__(self, always: int, offsets: NDArray[np.uint64], ids: NDArray[np.uint32]) -> None:
        self.always = always
        self._offsets = offsets.astype(np.int64)
        self._ids = ids.astype(np.int64)

    @classmethod
    def load(cls, path: Path, source: int, target: int) -> Shortlist:
        """Read a shortlist for vocabularies of so many pieces. Raises ModelUnusable."""

        def fail(what: str) -> ModelUnusable:
            return ModelUnusable(what, where=str(path), remedy=_REMEDY)

        try:
            data = path.read_bytes()
        except OSError as error:
            raise fail(f"the shortlist cannot be opened: {error.strerror or 'it cannot be read'}") from error
        if len(data) < 8 * _FIELDS:
            raise fail("the shortlist is cut short")
        magic, _, always, _, offsets, ids = (int(field) for field in np.frombuffer(data, "<u8", _FIELDS))
        if magic != MAGIC:
            raise fail("this is no shortlist")
        if len(data) != 8 * (_FIELDS + offsets) + 4 * ids:
            raise fail(f"the shortlist is cut short: {len(data)} bytes of {8 * (_FIELDS + offsets) + 4 * ids}")
        starts = np.frombuffer(data, "<u8", offsets, 8 * _FIELDS)
        pieces = np.frombuffer(data, "<u4", ids, 8 * (_FIELDS + offsets))
        if offsets != source + 1 or always > target:
            raise fail(f"the shortlist is for {max(offsets - 1, 0)} pieces, and the vocabulary has {source}")
        if starts[0] != 0 or int(starts[-1]) != ids or (starts[1:] < starts[:-1]).any():
            raise fail("the offsets of the shortlist are not in order")
        if ids and int(pieces.max()) >= target:
            raise fail("the shortlist has a piece that the vocabulary has not")
        return cls(always, starts, pieces)

    def pieces(self, source: Iterable[int]) -> Ids:
        """The pieces allowed for a source, in order, besides those allowed always."""
        parts = [self._ids[self._offsets[piece] : self._offsets[piece + 1]] for piece in {*source, END}]
        return np.unique(np.concatenate([np.array([END, UNKNOWN], np.int64), *parts]))

    def allowed(
        self, network: Network, sources: Sequence[Sequence[int]], more: Sequence[Iterable[int]], rows: int
    ) -> Allowed:
        """What a batch of sources may use, in an array of `rows` rows; `more` are pieces each row needs besides."""
        size = network.architecture.vocabulary
        usable = np.zeros((rows, size), np.bool_)
        usable[:, : self.always] = True
        usable[:, END] = True
        for row, source in enumerate(sources):
            usable[row, self.pieces(source)] = True
            usable[row, list(more[row])] = True
        ids = np.flatnonzero(usable.any(0) | (np.arange(size) == UNKNOWN))
        column = np.full(size, -1, np.int64)
        column[ids] = np.arange(len(ids))
        return Allowed(ids, network.output_layer(ids), ~usable[:, ids], column)
