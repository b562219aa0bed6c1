"""The arithmetic of the network: what the encoder, the decoder's step and the output layer compute.

x, y are rows of `width` numbers; LN is layer normalisation with learned scale and bias.

    input      embedding * sqrt(width) + position
    attention  y = LN(x + Wo · concat over heads of softmax(q kᵀ / sqrt(width / heads)) v)
    feed       y = LN(x + W2 · relu(W1 · x))
    SSRU       f = sigmoid(Wf x + bf);  c = f c' + (1 - f) W x;  y = LN(x + relu(c))
    encoder    layers of self-attention and feed
    decoder    layers of SSRU, attention over the encoder, and feed
    output     y · embeddingᵀ + bias

The first input of the decoder is the zero vector (with position 0), not a token.

**The same sentence gives the same numbers in any batch.** Matrix products of fewer than eight rows take another
path in OpenBLAS and round otherwise, so no batch has fewer rows (`LEAST_ROWS`); and the length that a source is padded
to depends on itself alone (`padded`), so that sums over the source always have the same terms. A batch therefore
keeps sources of one padded length together as a group: attention is computed by group, all else for all rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from toolkit.engines.firefox.architecture import Architecture
from toolkit.engines.firefox.marian import EMBEDDING, SOURCE_EMBEDDING, TARGET_EMBEDDING, Array
from toolkit.engines.firefox.vocabulary import END

Ids = NDArray[np.int64]

LEAST_ROWS = 8
_EPSILON = np.float32(1e-9)
_NEVER = np.float32(-1e9)


def padded(length: int) -> int:
    """The length that a source of `length` pieces is padded to: the next multiple of 8, of 16 when it is long."""
    step = 8 if length <= 48 else 16
    return -(-length // step) * step


class _Affine(NamedTuple):
    weight: Array
    bias: Array

    def __call__(self, x: Array) -> Array:
        y: Array = x @ self.weight
        y += self.bias
        return y


class _Norm(NamedTuple):
    scale: Array
    bias: Array

    def __call__(self, x: Array) -> Array:
        """Layer normalisation over the last axis; x is overwritten."""
        x -= x.mean(-1, keepdims=True)
        variance = np.einsum("...i,...i->...", x, x)[..., None] / np.float32(x.shape[-1])
        x *= 1 / np.sqrt(variance + _EPSILON)
        x *= self.scale
        x += self.bias
        return x


class _FeedForward(NamedTuple):
    widen: _Affine
    narrow: _Affine
    norm: _Norm

    def __call__(self, x: Array) -> Array:
        inner = self.widen(x)
        y = self.narrow(np.maximum(inner, 0, out=inner))
        y += x
        return self.norm(y)


class _EncoderLayer(NamedTuple):
    queries_keys_values: _Affine
    out: _Affine
    norm: _Norm
    feed: _FeedForward


class _DecoderLayer(NamedTuple):
    write_forget: Array
    forget_bias: Array
    recurrence_norm: _Norm
    query: _Affine
    out: _Affine
    norm: _Norm
    feed: _FeedForward


@dataclass(frozen=True, slots=True)
class Group:
    """Encoded sources of one padded length, ready to be looked at by each layer of the decoder."""

    keys: tuple[Array, ...]
    """By layer: rows x heads x positions x numbers of a head."""
    values: tuple[Array, ...]
    mask: Array
    """0 where a row has a piece, very negative where it is padded."""

    def take(self, rows: Ids) -> Group:
        keys, values = (tuple(layer[rows] for layer in layers) for layers in (self.keys, self.values))
        return Group(keys, values, self.mask[rows])


@dataclass(frozen=True, slots=True)
class Source:
    """The encoded sources of a batch: groups, whose rows follow one another."""

    groups: tuple[Group, ...]

    @property
    def slices(self) -> list[slice]:
        """The rows of each group."""
        ends = [0, *accumulate(len(group.mask) for group in self.groups)]
        return [slice(start, end) for start, end in pairwise(ends)]

    def take(self, rows: Ids) -> Source:
        """The sources of these rows, which must be in rising order of their groups."""
        taken = []
        for group, part in zip(self.groups, self.slices, strict=True):
            inside = rows[(rows >= part.start) & (rows < part.stop)] - part.start
            if len(inside):
                taken.append(group.take(inside))
        return Source(tuple(taken))


Cells = list[Array]
"""The state of the decoder: of each layer, rows x width."""


class Step(NamedTuple):
    """What a step of the decoder gives: numbers for each possible next piece, where it looked, its new state."""

    logits: Array
    attention: list[Array]
    """Of each row, over the positions of its source: head 0 of the last layer, which was taught to align."""
    cells: Cells


class Network:
    """The weights, laid out for use. Holds no state; safe to use from several threads."""

    def __init__(self, architecture: Architecture, tensors: dict[str, Array]) -> None:
        self.architecture = architecture
        self._tensors = tensors
        shared = architecture.own_source is None
        self._source_embedding = tensors[EMBEDDING if shared else SOURCE_EMBEDDING]
        self._embedding = tensors[EMBEDDING if shared else TARGET_EMBEDDING]
        self._bias = tensors["decoder_ff_logit_out_b"][0]
        self._scale = np.float32(architecture.width**0.5)
        self._head = architecture.width // architecture.heads
        self._positions = _positions(1 << 10, architecture.width)
        self._encoder = [self._encoder_layer(n + 1) for n in range(architecture.encoder_layers)]
        self._decoder = [self._decoder_layer(n + 1) for n in range(architecture.decoder_layers)]
        contexts = [f"decoder_l{n + 1}_context" for n in range(architecture.decoder_layers)]
        self._keys_values = self._joined([(f"{name}_W{x}", f"{name}_b{x}") for name in contexts for x in "kv"])
        del self._tensors

    # -- weights ------------------------------------------------------------------------------------------------

    def _affine(self, weight: str, bias: str) -> _Affine:
        return _Affine(self._tensors.pop(weight), self._tensors.pop(bias)[0])

    def _joined(self, names: list[tuple[str, str]]) -> _Affine:
        """Several affine maps of the same input as one, since one large product is faster than many small ones."""
        parts = [self._affine(weight, bias) for weight, bias in names]
        return _Affine(np.hstack([part.weight for part in parts]), np.hstack([part.bias for part in parts]))

    def _norm(self, name: str) -> _Norm:
        return _Norm(self._tensors.pop(f"{name}_ln_scale")[0], self._tensors.pop(f"{name}_ln_bias")[0])

    def _feed_forward(self, name: str) -> _FeedForward:
        widen, narrow = (self._affine(f"{name}_W{number}", f"{name}_b{number}") for number in (1, 2))
        return _FeedForward(widen, narrow, self._norm(f"{name}_ffn"))

    def _encoder_layer(self, number: int) -> _EncoderLayer:
        name = f"encoder_l{number}_self"
        joined = self._joined([(f"{name}_W{letter}", f"{name}_b{letter}") for letter in "qkv"])
        out, norm = self._affine(f"{name}_Wo", f"{name}_bo"), self._norm(f"{name}_Wo")
        return _EncoderLayer(joined, out, norm, self._feed_forward(f"encoder_l{number}_ffn"))

    def _decoder_layer(self, number: int) -> _DecoderLayer:
        rnn, context = f"decoder_l{number}_rnn", f"decoder_l{number}_context"
        return _DecoderLayer(
            np.hstack([self._tensors.pop(f"{rnn}_W"), self._tensors.pop(f"{rnn}_Wf")]),
            self._tensors.pop(f"{rnn}_bf")[0],
            self._norm(f"{rnn}_ffn"),
            self._affine(f"{context}_Wq", f"{context}_bq"),
            self._affine(f"{context}_Wo", f"{context}_bo"),
            self._norm(f"{context}_Wo"),
            self._feed_forward(f"decoder_l{number}_ffn"),
        )

    def _positions_to(self, length: int) -> Array:
        if length > len(self._positions):
            self._positions = _positions(2 * length, self.architecture.width)
        return self._positions

    # -- encoder ------------------------------------------------------------------------------------------------

    def encode(self, sources: Sequence[Sequence[int]]) -> Source:
        """Encode sources, given without their ends; neighbours of one padded length become a group.

        Fewer than LEAST_ROWS are filled up with copies of the last.
        """
        rows = [*sources, *[sources[-1]] * (LEAST_ROWS - len(sources))]
        groups = groupby(rows, key=lambda source: padded(len(source) + 1))
        return Source(tuple(self._encode(list(group), length) for length, group in groups))

    def _encode(self, sources: list[Sequence[int]], length: int) -> Group:
        rows, width, heads = len(sources), self.architecture.width, self.architecture.heads
        ids, mask = np.full((rows, length), END, np.int64), np.full((rows, length), _NEVER)
        for row, source in enumerate(sources):
            ids[row, : len(source)] = source
            mask[row, : len(source) + 1] = 0
        x = self._source_embedding[ids]
        x *= self._scale
        x += self._positions_to(length)[:length]
        x = x.reshape(rows * length, width)
        for layer in self._encoder:
            joined = layer.queries_keys_values(x).reshape(rows, length, 3, heads, self._head).transpose(2, 0, 3, 1, 4)
            looked = _attend(joined[0], joined[1], joined[2], mask[:, None, None, :], self._head)[0]
            y = layer.out(looked.transpose(0, 2, 1, 3).reshape(rows * length, width))
            y += x
            x = layer.feed(layer.norm(y))
        shape = (rows, length, 2 * len(self._decoder), heads, self._head)
        layers = [np.ascontiguousarray(part) for part in self._keys_values(x).reshape(shape).transpose(2, 0, 3, 1, 4)]
        return Group(tuple(layers[::2]), tuple(layers[1::2]), mask)

    # -- decoder ------------------------------------------------------------------------------------------------

    def start(self, rows: int) -> Cells:
        """The state of the decoder before the first step."""
        return [np.zeros((rows, self.architecture.width), np.float32) for _ in self._decoder]

    def step(self, source: Source, cells: Cells, last: Ids, positions: Ids, allowed: OutputLayer | None = None) -> Step:
        """One step of the decoder for every row; `last` is not looked at where a row's position is 0."""
        rows, width = len(last), self.architecture.width
        x = self._embedding[last]
        x *= np.where(positions > 0, self._scale, np.float32(0))[:, None]
        x += self._positions_to(int(positions.max()) + 1)[positions]
        slices, after = source.slices, []
        attention: list[Array] = []
        for number, (layer, cell) in enumerate(zip(self._decoder, cells, strict=True)):
            x, cell_after = _recur(layer, x, cell)
            after.append(cell_after)
            queries = layer.query(x).reshape(rows, self.architecture.heads, 1, self._head)
            looked, attention = np.empty((rows, width), np.float32), []
            for group, part in zip(source.groups, slices, strict=True):
                keys, values, mask = group.keys[number], group.values[number], group.mask[:, None, None, :]
                seen, weights = _attend(queries[part], keys, values, mask, self._head)
                looked[part] = seen.reshape(-1, width)
                attention.extend(weights[:, 0, 0])
            y = layer.out(looked)
            y += x
            x = layer.feed(layer.norm(y))
        return Step((allowed or self.output_layer())(x), attention, after)

    def output_layer(self, ids: Ids | None = None) -> OutputLayer:
        """The output layer, for all pieces or for those of a shortlist."""
        if ids is None:
            return OutputLayer(self._embedding.T, self._bias)
        return OutputLayer(np.ascontiguousarray(self._embedding[ids].T), self._bias[ids])


class OutputLayer(_Affine):
    """From the decoder's last layer to a number for each piece."""


def _attend(queries: Array, keys: Array, values: Array, mask: Array, head: int) -> tuple[Array, Array]:
    """Look at `values` with the weights softmax(q kᵀ / sqrt(head)); also these weights."""
    weights: Array = queries @ keys.swapaxes(-1, -2)
    weights *= np.float32(head**-0.5)
    weights += mask
    weights -= weights.max(-1, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(-1, keepdims=True)
    return weights @ values, weights


def _recur(layer: _DecoderLayer, x: Array, cell: Array) -> tuple[Array, Array]:
    """The SSRU: what it gives on, and its cell for the next step."""
    width = x.shape[-1]
    both = x @ layer.write_forget
    forget = both[:, width:] + layer.forget_bias
    forget = np.reciprocal(1 + np.exp(-forget))
    cell = forget * cell + (1 - forget) * both[:, :width]
    return layer.recurrence_norm(np.maximum(cell, 0) + x), cell


def _positions(count: int, width: int) -> Array:
    """Sines in the first half of the dimensions, cosines in the second."""
    rates = np.exp(np.arange(width // 2) * (-np.log(10_000) / (width / 2 - 1)))
    angles = np.arange(count)[:, None] * rates
    return np.hstack([np.sin(angles), np.cos(angles)]).astype(np.float32)
