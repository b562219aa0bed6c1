"""Reads from model.bin how many pieces the model has rows for.

CTranslate2 does not compare that with the vocabulary beside it, and with a vocabulary of another model it writes
nonsense or ends the whole process. The layout is that of ctranslate2.specs: a header, then each variable with its
name, shape and bytes, then names that stand for others. Weights themselves are skipped, not read.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

_FIRST_VERSION, _LAST_VERSION = 4, 6
"""Format versions with this layout; CTranslate2 itself refuses what it does not know."""
_MOST = 100_000
_TABLES = {
    "source": ("encoder/embeddings_0/weight", "encoder/embeddings/weight"),
    "target": ("decoder/embeddings/weight",),
}


def rows(path: Path) -> dict[str, int]:
    """The rows of the embeddings of each side ("source", "target"), as far as the file says."""
    try:
        with path.open("rb") as file:
            shapes = _shapes(file)
    except (OSError, struct.error, UnicodeDecodeError):
        return {}
    found = {}
    for side, names in _TABLES.items():
        shape = next((shapes[name] for name in names if name in shapes), ())
        if shape:
            found[side] = shape[0]
    return found


def _shapes(file: BinaryIO) -> dict[str, tuple[int, ...]]:
    if not _FIRST_VERSION <= _number(file, "I") <= _LAST_VERSION:
        return {}
    _string(file)
    _number(file, "I")
    shapes: dict[str, tuple[int, ...]] = {}
    for _ in range(min(_number(file, "I"), _MOST)):
        name = _string(file)
        shapes[name] = tuple(_number(file, "I") for _ in range(_number(file, "B")))
        _number(file, "B")
        file.seek(_number(file, "I"), 1)
    for _ in range(min(_number(file, "I"), _MOST)):
        alias, name = _string(file), _string(file)
        shapes[alias] = shapes.get(name, ())
    return shapes


def _number(file: BinaryIO, form: str) -> int:
    return int(struct.unpack(f"<{form}", file.read(struct.calcsize(form)))[0])


def _string(file: BinaryIO) -> str:
    return file.read(_number(file, "H")).rstrip(b"\0").decode("utf-8")
