"""Bytes that are on the disk before anybody says so."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make the names in a folder safe; where a folder cannot be opened (Windows), the system does so itself."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_safely(path: Path, parts: Iterable[bytes], beside: Path) -> int:
    """A file that is there whole or not at all, by way of the file `beside`; returns its size."""
    size = 0
    with beside.open("wb") as stream:
        for part in parts:
            size += stream.write(part)
        stream.flush()
        os.fsync(stream.fileno())
    path.parent.mkdir(parents=True, exist_ok=True)
    beside.replace(path)
    sync_folder(path.parent)
    return size
