"""Writes a SentencePiece model from a list of pieces, without training: a small protocol buffer."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import Path

_NORMAL, _UNKNOWN, _CONTROL = 1, 2, 3
_SPACE = "▁"


class Kind(IntEnum):
    """The types of a model, by the numbers of the format."""

    UNIGRAM = 1


def write_sentencepiece(path: Path, pieces: Sequence[str]) -> None:
    """A unigram model that takes the longest pieces: <unk>, <s>, </s>, then `pieces` (their spaces written ▁)."""
    rows = [_piece("<unk>", 0.0, _UNKNOWN), _piece("<s>", 0.0, _CONTROL), _piece("</s>", 0.0, _CONTROL)]
    rows += [_piece(piece, _score(piece), _NORMAL) for piece in pieces]
    trainer = _field(3, Kind.UNIGRAM) + _field(40, 0) + _field(41, 1) + _field(42, 2) + _field(43, -1 % 2**64)
    normalizer = _text(1, "identity") + _field(3, 1) + _field(4, 1) + _field(5, 1)
    path.write_bytes(b"".join(rows) + _bytes(2, trainer) + _bytes(3, normalizer))


def renamed_piece(message: bytes, rename: Callable[[str], str]) -> bytes:
    """A piece of a model, as it stands in the file, by another text; its score and type are kept."""
    content, _ = _content(message, 0)
    text, end = _content(content, 0)
    name = text.decode()
    control = name.startswith("<")
    return _bytes(1, _text(1, name if control else rename(name)) + content[end:])


def _content(data: bytes, start: int) -> tuple[bytes, int]:
    """The content of the field of one-byte tag at `start`, and where it ends."""
    length, shift, position = 0, 0, start + 1
    while True:
        length |= (data[position] & 0x7F) << shift
        shift, position = shift + 7, position + 1
        if data[position - 1] < 0x80:
            return data[position : position + length], position + length


def _score(piece: str) -> float:
    """One piece for a whole phrase is likelier than any way to cut it up."""
    return -1.0 if len(piece.strip(_SPACE)) > 1 else -10.0


def _piece(text: str, score: float, kind: int) -> bytes:
    return _bytes(1, _text(1, text) + b"\x15" + struct.pack("<f", score) + _field(3, kind))


def _text(number: int, text: str) -> bytes:
    return _bytes(number, text.encode())


def _bytes(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _field(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
