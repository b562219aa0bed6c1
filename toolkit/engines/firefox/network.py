"""The network: its weights laid out for use, what the encoder and each step of the decoder compute with them.

    input      embedding * sqrt(width) + position
    encoder    layers of self-attention and feed
    decoder    layers of SSRU, attention over the encoder, and feed
    output     y · embeddingᵀ + bias

The layers are in `layers`. The first input of the decoder is the zero vector (with position 0), not a token.

**The same sentence gives the same numbers in any batch.** Matrix products of fewer than eight rows take another
path in OpenBLAS and round otherwise, so no batch has fewer rows (`LEAST_ROWS`); and sources are padded to lengths that
depend on themselves alone (`encoded`): attention is computed by groups of one length, all else for all rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from toolkit.engines.firefox.architecture import Architecture
from toolkit.engines.firefox.encoded import Group, Ids, Source, padded
from toolkit.engines.firefox.layers import (
    Affine,
    DecoderLayer,
    EncoderLayer,
    FeedForward,
    Norm,
    Recurrence,
    attend,
    position_rows,
)
from toolkit.engines.firefox.marian import EMBEDDING, SOURCE_EMBEDDING, TARGET_EMBEDDING, Array
from toolkit.engines.firefox.vocabulary import END

LEAST_ROWS = 8
_NEVER = np.float32(-1e9)

Cells = list[Array]
"""The state of the decoder: of each layer, rows x width."""


class Step(NamedTuple):
    """What a step of the decoder gives: numbers for each possible next piece, where it looked, its new state."""

    logits: Array
    attention: Array
    """Rows x positions of the longest source: head 0 of the last layer, which was taught to align; else 0."""
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
        self._output = OutputLayer(self._embedding.T, self._bias)
        self._scale = np.float32(architecture.width**0.5)
        self._head = architecture.width // architecture.heads
        self._positions = position_rows(1 << 10, architecture.width)
        self._encoder = [self._encoder_layer(n + 1) for n in range(architecture.encoder_layers)]
        self._decoder = [self._decoder_layer(n + 1) for n in range(architecture.decoder_layers)]
        contexts = [f"decoder_l{n + 1}_context" for n in range(architecture.decoder_layers)]
        self._keys_values = Affine.joined([one for name in contexts for one in self._attention(name, "kv")])
        del self._tensors

    # -- weights ------------------------------------------------------------------------------------------------

    def _affine(self, weight: str, bias: str) -> Affine:
        return Affine(self._tensors.pop(weight), self._tensors.pop(bias)[0])

    def _norm(self, name: str) -> Norm:
        return Norm(self._tensors.pop(f"{name}_ln_scale")[0], self._tensors.pop(f"{name}_ln_bias")[0])

    def _feed_forward(self, name: str) -> FeedForward:
        widen, narrow = (self._affine(f"{name}_W{number}", f"{name}_b{number}") for number in (1, 2))
        return FeedForward(widen, narrow, self._norm(f"{name}_ffn"))

    def _attention(self, name: str, letters: str) -> list[Affine]:
        """The maps of an attention; queries are divided by sqrt(width / heads) here, once, not at every step."""
        maps = [self._affine(f"{name}_W{letter}", f"{name}_b{letter}") for letter in letters]
        return [
            one.times(self._head**-0.5) if letter == "q" else one for letter, one in zip(letters, maps, strict=True)
        ]

    def _encoder_layer(self, number: int) -> EncoderLayer:
        name = f"encoder_l{number}_self"
        queries, keys, values, out = self._attention(name, "qkvo")
        feed = self._feed_forward(f"encoder_l{number}_ffn")
        return EncoderLayer(Affine.joined([queries, keys, values]), out, self._norm(f"{name}_Wo"), feed)

    def _decoder_layer(self, number: int) -> DecoderLayer:
        rnn, context = f"decoder_l{number}_rnn", f"decoder_l{number}_context"
        write_forget = np.hstack([self._tensors.pop(f"{rnn}_W"), self._tensors.pop(f"{rnn}_Wf")])
        recurrence = Recurrence(write_forget, self._tensors.pop(f"{rnn}_bf")[0], self._norm(f"{rnn}_ffn"))
        query, out = self._attention(context, "qo")
        feed = self._feed_forward(f"decoder_l{number}_ffn")
        return DecoderLayer(recurrence, query, out, self._norm(f"{context}_Wo"), feed)

    def _positions_to(self, length: int) -> Array:
        if length > len(self._positions):
            self._positions = position_rows(2 * length, self.architecture.width)
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
        ids, mask = np.full((rows, length), END, np.int64), np.full((rows, 1, 1, length), _NEVER)
        for row, source in enumerate(sources):
            ids[row, : len(source)] = source
            mask[row, ..., : len(source) + 1] = 0
        x = self._source_embedding[ids]
        x *= self._scale
        x += self._positions_to(length)[:length]
        x = x.reshape(rows * length, width)
        for layer in self._encoder:
            joined = layer.queries_keys_values(x).reshape(rows, length, 3, heads, self._head).transpose(2, 0, 3, 1, 4)
            looked = attend(joined[0], joined[1], joined[2], mask)[0]
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
        x *= self._scale
        x[positions == 0] = 0
        x += self._positions_to(int(positions.max()) + 1)[positions]
        after: Cells = []
        weights: list[Array] = []
        for number, (layer, cell) in enumerate(zip(self._decoder, cells, strict=True)):
            x, cell_after = layer.recurrence(x, cell)
            after.append(cell_after)
            queries = layer.query(x).reshape(rows, self.architecture.heads, 1, self._head)
            looked, weights = np.empty((rows, width), np.float32), []
            for group, part in zip(source.groups, source.slices, strict=True):
                seen, some = attend(queries[part], group.keys[number], group.values[number], group.mask)
                looked[part] = seen.reshape(-1, width)
                weights.append(some)
            y = layer.out(looked)
            y += x
            x = layer.feed(layer.norm(y))
        attention = np.zeros((rows, source.longest), np.float32)
        for part, length, some in zip(source.slices, source.lengths, weights, strict=True):
            attention[part, :length] = some[:, 0, 0]
        return Step((allowed or self._output)(x), attention, after)

    def output_layer(self, ids: Ids | None = None) -> OutputLayer:
        """The output layer, for all pieces or for those of a shortlist."""
        if ids is None:
            return self._output
        return OutputLayer(np.ascontiguousarray(self._embedding[ids].T), self._bias[ids])


class OutputLayer(Affine):
    """From the decoder's last layer to a number for each piece."""
