"""The small trained model once more, with a vocabulary for each language: what it writes must stay the same.

The target's vocabulary has the pieces in another order and some more that are never used, so that it is of another
size: whoever takes one vocabulary for the other writes nonsense.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import yaml

from toolkit.engines.firefox.architecture import architecture_of
from toolkit.engines.firefox.marian import EMBEDDING, SOURCE_EMBEDDING, TARGET_EMBEDDING, read_model, write_model

_BIAS = "decoder_ff_logit_out_b"
_FIXED = 2
"""The end and the unknown piece keep their numbers."""
_MORE = 24


def write_two_vocabularies(shared: Path, folder: Path, *, one_embedding: bool = False) -> Path:
    """The model of `shared` in `folder`, with srcvocab and trgvocab, and an embedding for each or one for both.

    With one embedding both vocabularies are of one size and order, as such models have it.
    """
    folder.mkdir(parents=True)
    model = read_model(shared / "model.bin")
    tensors, configuration = dict(model.tensors), dict(model.configuration)
    pieces, rest = pieces_of((shared / "vocab.spm").read_bytes())
    (folder / "srcvocab.spm").write_bytes(b"".join([*pieces, rest]))
    if not one_embedding:
        size = architecture_of(model).vocabulary
        order = [*range(_FIXED), *reversed(range(_FIXED, size))]
        embedding = tensors.pop(EMBEDDING)
        unused = np.zeros((_MORE, embedding.shape[1]), np.float32)
        tensors |= {SOURCE_EMBEDDING: embedding, TARGET_EMBEDDING: np.vstack([embedding[order], unused])}
        tensors[_BIAS] = np.hstack([tensors[_BIAS][:, order], np.full((1, _MORE), -99, np.float32)])
        configuration |= {"dim-vocabs": [size, size + _MORE], "tied-embeddings-all": False, "tied-embeddings": True}
        pieces = [*(pieces[number] for number in order), *map(_unused, range(_MORE))]
    (folder / "trgvocab.spm").write_bytes(b"".join([*pieces, rest]))
    write_model(folder / "model.bin", configuration, tensors, quantise=True)
    files = dict.fromkeys(["model.bin", "srcvocab.spm", "trgvocab.spm"])
    described = {"engine": "firefox", "from": "en", "to": "az", "files": files}
    (folder / "model.yaml").write_text(yaml.safe_dump(described), "utf-8")
    return folder


def pieces_of(data: bytes) -> tuple[list[bytes], bytes]:
    """The pieces of a sentencepiece model, each as its message, and what follows them."""
    pieces, position = [], 0
    while data[position] == 0x0A:
        length, shift, end = 0, 0, position + 1
        while True:
            length |= (data[end] & 0x7F) << shift
            shift, end = shift + 7, end + 1
            if data[end - 1] < 0x80:
                break
        pieces.append(data[position : end + length])
        position = end + length
    return pieces, data[position:]


def _unused(number: int) -> bytes:
    piece = f"~{number}".encode()
    message = b"\x0a" + bytes([len(piece)]) + piece + b"\x15" + struct.pack("<f", -99.0)
    return b"\x0a" + bytes([len(message)]) + message
