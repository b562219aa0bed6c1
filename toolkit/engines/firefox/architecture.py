"""What a model must be for this decoder to run it: its dimensions, and the tensors they call for.

The models are Transformers in the encoder, and in the decoder have a recurrent unit (SSRU) where a Transformer
would look at its own output. Anything else is refused by name rather than run wrongly. One embedding serves source,
target and output layer; or, where the two vocabularies are apart, one the source, and another target and output layer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.engines.firefox.marian import EMBEDDING, SOURCE_EMBEDDING, TARGET_EMBEDDING, Array, Model
from toolkit.errors import ModelUnusable

_REMEDY = "take a Firefox Translations model: tiny, base-memory or base"
_LARGEST = 1 << 20
_MOST_LAYERS = 64

_FIXED: dict[str, Any] = {
    "type": "transformer",
    "transformer-decoder-autoreg": "rnn",
    "dec-cell": "ssru",
    "transformer-ffn-activation": "relu",
    "transformer-ffn-depth": 2,
    "transformer-preprocess": "",
    "transformer-postprocess": "dan",
    "transformer-train-position-embeddings": False,
}
"""Settings of the configuration that this decoder was written for."""

_UNUSED: dict[str, Any] = {
    "bert-train-type-embeddings": True,
    "bert-type-vocab-size": 2,
    "dec-cell-base-depth": 2,
    "dec-cell-high-depth": 1,
    "dim-rnn": 1024,
    "enc-cell": "gru",
    "enc-cell-depth": 1,
    "enc-type": "bidirectional",
    "factors-combine": "sum",
    "factors-dim-emb": 0,
    "input-types": [],
    "layer-normalization": False,
    "lemma-dim-emb": 0,
    "output-omit-bias": False,
    "right-left": False,
    "skip": False,
    "tied-embeddings-src": False,
    "transformer-aan-activation": "swish",
    "transformer-aan-depth": 2,
    "transformer-aan-nogate": False,
    "transformer-decoder-dim-ffn": 0,
    "transformer-decoder-ffn-depth": 0,
    "transformer-depth-scaling": False,
    "transformer-dim-aan": 2048,
    "transformer-guided-alignment-layer": "last",
    "transformer-no-affine": False,
    "transformer-no-bias": False,
    "transformer-no-projection": False,
    "transformer-pool": False,
    "transformer-postprocess-emb": "d",
    "transformer-postprocess-top": "",
    "transformer-rnn-projection": False,
    "transformer-tied-layers": [],
    "ulr": False,
    "ulr-dim-emb": 0,
    "ulr-trainable-transformation": False,
    "version": "v1.9.0",
}
"""Settings that Marian itself wants to find in a file, though nothing here depends on them."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """The dimensions of a network."""

    width: int
    inner: int
    encoder_layers: int
    decoder_layers: int
    vocabulary: int
    """Pieces of the target, and of the source where the languages share their embedding."""
    heads: int = 8
    own_source: int | None = None
    """Pieces of the source where it has an embedding of its own."""

    @property
    def source_vocabulary(self) -> int:
        return self.vocabulary if self.own_source is None else self.own_source

    def shapes(self) -> dict[str, tuple[int, int]]:
        """The name and shape of every tensor."""
        if self.own_source is None:
            found = {EMBEDDING: (self.vocabulary, self.width)}
        else:
            found = {SOURCE_EMBEDDING: (self.own_source, self.width), TARGET_EMBEDDING: (self.vocabulary, self.width)}
        found["decoder_ff_logit_out_b"] = (1, self.vocabulary)
        for layer in range(1, self.encoder_layers + 1):
            found |= self._attention(f"encoder_l{layer}_self") | self._feed_forward(f"encoder_l{layer}_ffn")
        for layer in range(1, self.decoder_layers + 1):
            found |= self._recurrence(f"decoder_l{layer}_rnn") | self._attention(f"decoder_l{layer}_context")
            found |= self._feed_forward(f"decoder_l{layer}_ffn")
        return found

    def _attention(self, name: str) -> dict[str, tuple[int, int]]:
        matrices = {f"{name}_W{letter}": (self.width, self.width) for letter in "qkvo"}
        biases = {f"{name}_b{letter}": (1, self.width) for letter in "qkvo"}
        return matrices | biases | self._norm(f"{name}_Wo")

    def _feed_forward(self, name: str) -> dict[str, tuple[int, int]]:
        wide = {f"{name}_W1": (self.width, self.inner), f"{name}_b1": (1, self.inner)}
        narrow = {f"{name}_W2": (self.inner, self.width), f"{name}_b2": (1, self.width)}
        return wide | narrow | self._norm(f"{name}_ffn")

    def _recurrence(self, name: str) -> dict[str, tuple[int, int]]:
        matrices = {f"{name}_W": (self.width, self.width), f"{name}_Wf": (self.width, self.width)}
        return matrices | {f"{name}_bf": (1, self.width)} | self._norm(f"{name}_ffn")

    def _norm(self, name: str) -> dict[str, tuple[int, int]]:
        return {f"{name}_ln_scale": (1, self.width), f"{name}_ln_bias": (1, self.width)}

    def configuration(self) -> dict[str, Any]:
        """The configuration that Marian writes for such a network."""
        return _UNUSED | _FIXED | {
            "dim-emb": self.width,
            "dim-vocabs": [self.source_vocabulary, self.vocabulary],
            "dec-depth": self.decoder_layers,
            "enc-depth": self.encoder_layers,
            "transformer-dim-ffn": self.inner,
            "transformer-heads": self.heads,
            "tied-embeddings": self.own_source is not None,
            "tied-embeddings-all": self.own_source is None,
        }  # fmt: skip


TINY = Architecture(width=256, inner=1536, encoder_layers=6, decoder_layers=2, vocabulary=32_000)
BASE_MEMORY = Architecture(width=384, inner=1536, encoder_layers=6, decoder_layers=4, vocabulary=32_000)
BASE = Architecture(width=512, inner=2048, encoder_layers=6, decoder_layers=2, vocabulary=32_000)
PUBLISHED = {"base": BASE, "base-memory": BASE_MEMORY, "tiny": TINY}


def architecture_of(model: Model) -> Architecture:
    """The dimensions of a model, all of whose tensors are there and in shape. Raises ModelUnusable."""
    settings, where = model.configuration, str(model.path)
    for key, wanted in _FIXED.items():
        if (found := settings.get(key, wanted)) != wanted:
            raise ModelUnusable(f"this decoder cannot run a model with {key}: {found!r}", where=where, remedy=_REMEDY)
    source, target = _vocabularies(settings, where)
    shared = bool(settings.get("tied-embeddings-all", True))
    if shared and source != target:
        raise ModelUnusable(f"one embedding cannot have {source} and {target} pieces", where=where, remedy=_REMEDY)
    if not shared and settings.get("tied-embeddings") is not True:
        raise ModelUnusable("its output layer has weights of its own", where=where, remedy=_REMEDY)
    found = Architecture(
        width=_number(settings, "dim-emb", where),
        inner=_number(settings, "transformer-dim-ffn", where),
        encoder_layers=_number(settings, "enc-depth", where, _MOST_LAYERS),
        decoder_layers=_number(settings, "dec-depth", where, _MOST_LAYERS),
        vocabulary=target,
        heads=_number(settings, "transformer-heads", where),
        own_source=None if shared else source,
    )
    if found.width % found.heads or found.width % 2:
        raise ModelUnusable(f"a width of {found.width} does not part into heads", where=where, remedy=_REMEDY)
    _check_tensors(found, model.tensors, where)
    return found


def _vocabularies(settings: Mapping[str, Any], where: str) -> tuple[int, int]:
    """The pieces of the source and of the target."""
    sizes = settings.get("dim-vocabs")
    if not isinstance(sizes, list) or len(sizes) != 2:
        raise ModelUnusable("its configuration names no two vocabularies", where=where, remedy=_REMEDY)
    source, target = (_number({"dim-vocabs": size}, "dim-vocabs", where) for size in sizes)
    return source, target


def _number(settings: Mapping[str, Any], key: str, where: str, most: int = _LARGEST) -> int:
    value = settings.get(key)
    if type(value) is not int or not 0 < value <= most:
        raise ModelUnusable(f"{key} of its configuration is {value!r}", where=where, remedy=_REMEDY)
    return value


def _check_tensors(architecture: Architecture, tensors: Mapping[str, Array], where: str) -> None:
    for name, shape in architecture.shapes().items():
        if name not in tensors:
            raise ModelUnusable(f"the tensor {name} is missing", where=where, remedy=_REMEDY)
        if (found := tensors[name].shape) != shape:
            as_found, wanted = ("x".join(map(str, sizes)) for sizes in (found, shape))
            raise ModelUnusable(f"{name} has the shape {as_found} and not {wanted}", where=where, remedy=_REMEDY)


def random_tensors(architecture: Architecture, seed: int = 0) -> dict[str, Array]:
    """Weights without meaning, of the size and spread of real ones: for measuring size and speed."""
    chance = np.random.default_rng(seed)
    tensors: dict[str, Array] = {}
    for name, shape in architecture.shapes().items():
        if name.endswith("_ln_scale"):
            tensors[name] = np.ones(shape, np.float32)
        elif shape[0] == 1:
            tensors[name] = 0.1 * chance.standard_normal(shape, np.float32)
        else:
            spread = shape[1] ** -0.5 if name.endswith(EMBEDDING) else (2 / sum(shape)) ** 0.5
            tensors[name] = np.float32(spread) * chance.standard_normal(shape, np.float32)
    return tensors
