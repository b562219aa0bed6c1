"""Files that may come packed by gzip, or already unpacked by a server on the way."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.errors import ModelUnusable

_MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 16


def unwrap(packed: Path, target: Path, *, limit: int, where: str) -> Path:
    """`packed` moved to `target`, unpacked if it is gzip, twice if it was packed once more on the way.

    Raises ModelUnusable for broken gzip and for more than `limit` bytes; `target` is then not there.
    """
    for _ in range(2):
        with packed.open("rb") as file:
            if file.read(2) != _MAGIC:
                break
        spread = target.with_name(f"{target.name}.unpacked")
        try:
            _gunzip(packed, spread, limit, where)
            spread.replace(packed)
        finally:
            spread.unlink(missing_ok=True)
    if packed.stat().st_size > limit:
        raise _too_large(limit, where)
    return packed.replace(target)


def _gunzip(source: Path, target: Path, limit: int, where: str) -> None:
    unpack = zlib.decompressobj(wbits=31)
    written = 0
    with source.open("rb") as packed, target.open("wb") as plain:
        while chunk := packed.read(_CHUNK):
            for piece in _pieces(unpack, chunk, where):
                written += len(piece)
                if written > limit:
                    raise _too_large(limit, where)
                plain.write(piece)
        if not unpack.eof or unpack.unused_data:
            raise _broken(where)


def _pieces(unpack: Any, chunk: bytes, where: str) -> Iterator[bytes]:
    """What a chunk unpacks to, in pieces of a size of our own: a bomb is noticed before it is in memory."""
    while not unpack.eof:
        try:
            piece = unpack.decompress(chunk, _CHUNK)
        except zlib.error:
            raise _broken(where) from None
        if piece:
            yield piece
        elif not unpack.unconsumed_tail:
            return
        chunk = unpack.unconsumed_tail


def _broken(where: str) -> ModelUnusable:
    return ModelUnusable("is a broken gzip file", where=where, remedy="download it again")


def _too_large(limit: int, where: str) -> ModelUnusable:
    return ModelUnusable(
        f"unpacks to more than the {limit:,} bytes that it may have",
        where=where,
        remedy="try again later, or tell the registry's keepers",
    )
