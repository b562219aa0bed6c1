"""Reads from model.bin what CTranslate2 takes on trust, and what ends the whole process where it is wrong.

It does not compare the rows of its embeddings with the vocabulary beside it, and with a vocabulary of another model it
writes nonsense or dies; and it looks for the alignment in whatever layer the file names. The layout is that of
ctranslate2.specs: a header, then each variable with its name, shape and bytes, then names that stand for others.
Weights themselves are skipped, not read.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple

_FIRST_VERSION, _LAST_VERSION = 4, 6
"""Format versions with this layout; CTranslate2 itself refuses what it does not know."""
_MOST = 100_000
_TABLES = {
    "source": ("encoder/embeddings_0/weight", "encoder/embeddings/weight"),
    "target": ("decoder/embeddings/weight",),
}
_POSITIONS = {
    "source": ("encoder/position_encodings/encodings",),
    "target": ("decoder/position_encodings/encodings",),
}
_DECODER_LAYER = re.compile(r"decoder/layer_(\d+)/")


@dataclass(frozen=True, slots=True)
class Outline:
    """What a file says of itself; nothing where it is no file of this layout."""

    rows: Mapping[str, int] = field(default_factory=dict)
    """Of the embeddings of each side ("source", "target"), as far as it says."""
    positions: Mapping[str, int] = field(default_factory=dict)
    """Tokens that each side can tell apart by their places; none where the model computes them as it goes."""
    alignment_layer: int = -1
    """The layer of the decoder that aligns, counted from the last one where it is negative."""
    decoder_layers: int = 0

    @property
    def has_alignment_layer(self) -> bool:
        return self.decoder_layers == 0 or -self.decoder_layers <= self.alignment_layer < self.decoder_layers


class _Variable(NamedTuple):
    shape: tuple[int, ...]
    value: bytes
    """Of a single number; of tensors none is kept."""


def outline(path: Path) -> Outline:
    """The outline of model.bin."""
    if not path.is_file():
        return Outline()
    try:
        with path.open("rb") as file:
            variables = _variables(file)
    except (OSError, struct.error, UnicodeDecodeError):
        return Outline()
    layers = {int(found[1]) for name in variables if (found := _DECODER_LAYER.match(name))}
    aligning = variables.get("decoder/alignment_layer", _Variable((), b"")).value
    layer = int.from_bytes(aligning, "little", signed=True) if aligning else -1
    return Outline(_lengths(variables, _TABLES), _lengths(variables, _POSITIONS), layer, len(layers))


def _lengths(variables: Mapping[str, _Variable], tables: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Of each side the rows of its table, the first that is there."""
    shapes = {
        side: next((variables[name].shape for name in names if name in variables), ()) for side, names in tables.items()
    }
    return {side: shape[0] for side, shape in shapes.items() if shape}


def _variables(file: BinaryIO) -> dict[str, _Variable]:
    if not _FIRST_VERSION <= _number(file, "I") <= _LAST_VERSION:
        return {}
    _string(file)
    _number(file, "I")
    found: dict[str, _Variable] = {}
    for _ in range(min(_number(file, "I"), _MOST)):
        name = _string(file)
        shape = tuple(_number(file, "I") for _ in range(_number(file, "B")))
        _number(file, "B")
        length = _number(file, "I")
        found[name] = _Variable(shape, b"" if shape else file.read(min(length, 8)))
        file.seek(length if shape else max(length - 8, 0), 1)
    for _ in range(min(_number(file, "I"), _MOST)):
        alias, name = _string(file), _string(file)
        found[alias] = found.get(name, _Variable((), b""))
    return found


def _number(file: BinaryIO, form: str) -> int:
    return int(struct.unpack(f"<{form}", file.read(struct.calcsize(form)))[0])


def _string(file: BinaryIO) -> str:
    return file.read(_number(file, "H")).rstrip(b"\0").decode("utf-8")
