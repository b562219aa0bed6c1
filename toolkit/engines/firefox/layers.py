"""The layers of the network, as formulas.

x, y are rows of `width` numbers; LN is layer normalisation with learned scale and bias.

    attention  y = LN(x + Wo · concat over heads of softmax(q kᵀ / sqrt(width / heads)) v)
    feed       y = LN(x + W2 · relu(W1 · x))
    SSRU       f = sigmoid(Wf x + bf);  c = f c' + (1 - f) W x;  y = LN(x + relu(c))
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from toolkit.engines.firefox.marian import Array

_EPSILON = np.float32(1e-9)


class Affine(NamedTuple):
    """Weight · x + bias."""

    weight: Array
    bias: Array

    def __call__(self, x: Array) -> Array:
        y: Array = x @ self.weight
        y += self.bias
        return y

    def times(self, factor: float) -> Affine:
        """The same map, its result multiplied."""
        return Affine(self.weight * np.float32(factor), self.bias * np.float32(factor))

    @staticmethod
    def joined(parts: list[Affine]) -> Affine:
        """Several maps of the same input as one, since one large product is faster than many small ones."""
        return Affine(np.hstack([part.weight for part in parts]), np.hstack([part.bias for part in parts]))


class Norm(NamedTuple):
    """Layer normalisation over the last axis."""

    scale: Array
    bias: Array

    def __call__(self, x: Array) -> Array:
        """x is overwritten."""
        share = np.float32(1 / x.shape[-1])
        x -= np.add.reduce(x, -1, keepdims=True) * share
        variance = np.einsum("...i,...i->...", x, x)
        variance *= share
        variance += _EPSILON
        np.sqrt(variance, out=variance)
        x /= variance[..., None]
        x *= self.scale
        x += self.bias
        return x


class FeedForward(NamedTuple):
    widen: Affine
    narrow: Affine
    norm: Norm

    def __call__(self, x: Array) -> Array:
        inner = self.widen(x)
        y = self.narrow(np.maximum(inner, 0, out=inner))
        y += x
        return self.norm(y)


class Recurrence(NamedTuple):
    """The SSRU."""

    write_forget: Array
    """W and Wf side by side."""
    forget_bias: Array
    norm: Norm

    def __call__(self, x: Array, cell: Array) -> tuple[Array, Array]:
        """What it gives on, and its cell for the next step."""
        width = x.shape[-1]
        both = x @ self.write_forget
        write, forget = both[:, :width], both[:, width:]
        forget += self.forget_bias
        np.negative(forget, out=forget)
        np.exp(forget, out=forget)
        forget += 1
        np.reciprocal(forget, out=forget)
        # f c' + (1 - f) w is w + f (c' - w).
        cell = cell - write
        cell *= forget
        cell += write
        y = np.maximum(cell, 0)
        y += x
        return self.norm(y), cell


class EncoderLayer(NamedTuple):
    queries_keys_values: Affine
    out: Affine
    norm: Norm
    feed: FeedForward


class DecoderLayer(NamedTuple):
    recurrence: Recurrence
    query: Affine
    out: Affine
    norm: Norm
    feed: FeedForward


def attend(queries: Array, keys: Array, values: Array, mask: Array) -> tuple[Array, Array]:
    """Look at `values` with the weights softmax(q kᵀ); also these weights. The queries are scaled already."""
    weights: Array = queries @ keys.swapaxes(-1, -2)
    weights += mask
    weights -= np.maximum.reduce(weights, -1, keepdims=True)
    np.exp(weights, out=weights)
    weights /= np.add.reduce(weights, -1, keepdims=True)
    return weights @ values, weights


def position_rows(count: int, width: int) -> Array:
    """Sines in the first half of the dimensions, cosines in the second."""
    rates = np.exp(np.arange(width // 2) * (-np.log(10_000) / (width / 2 - 1)))
    angles = np.arange(count)[:, None] * rates
    return np.hstack([np.sin(angles), np.cos(angles)]).astype(np.float32)
