"""The files of jobs: a folder a job, named by the server. A folder is there whole or not at all, whenever the power
goes: it is written beside its place, brought to the disk and then renamed.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

SOURCE, TRANSLATION = "source", "translation"
_UNFINISHED = ".new"
_ORPHANED = 3600.0
"""Seconds after which a folder that belongs to no job was left behind by a killed process."""


class JobFiles:
    """What was uploaded for a job, and what each attempt at it made."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def accept(self, identity: str, parts: Mapping[str, BinaryIO]) -> None:
        """Keep the uploaded parts of a job, on disk when this returns. Parts are read in pieces."""
        with _published(self._of(identity)) as folder:
            for name, stream in parts.items():
                stream.seek(0)
                with (folder / name).open("wb") as kept:
                    shutil.copyfileobj(stream, kept)

    def read(self, identity: str, part: str) -> bytes:
        return (self._of(identity) / part).read_bytes()

    def result(self, identity: str, attempt: int, name: str) -> Path:
        """Where a file that an attempt made is; it may be gone."""
        return self._inside(self._attempt(identity, attempt) / name)

    @contextmanager
    def making(self, identity: str, attempt: int) -> Iterator[Path]:
        """A folder to write what an attempt makes; kept only where the block ends well."""
        with _published(self._attempt(identity, attempt)) as folder:
            yield folder

    def delete(self, identity: str) -> None:
        shutil.rmtree(self._of(identity), ignore_errors=True)

    def delete_attempt(self, identity: str, attempt: int) -> None:
        shutil.rmtree(self._attempt(identity, attempt), ignore_errors=True)

    def left_over(self) -> list[str]:
        """Names of folders that have not changed for so long that they belong to a job, or were left behind."""
        before = time.time() - _ORPHANED
        folders = self._folder.iterdir() if self._folder.is_dir() else ()
        return sorted(path.name for path in folders if path.stat().st_mtime < before)

    def delete_left_over(self, name: str) -> None:
        """Delete one of these, which a killed process left behind."""
        shutil.rmtree(self._inside(self._folder / name), ignore_errors=True)

    def _attempt(self, identity: str, attempt: int) -> Path:
        return self._of(identity) / f"attempt-{int(attempt)}"

    def _of(self, identity: str) -> Path:
        """The folder of a job. Raises ValueError for what is no id, so that no path is made of it."""
        return self._inside(self._folder / str(UUID(identity)))

    def _inside(self, path: Path) -> Path:
        resolved = path.resolve()
        if not resolved.is_relative_to(self._folder):
            raise ValueError("outside the store")
        return resolved


@contextmanager
def _published(place: Path) -> Iterator[Path]:
    """A new folder that takes its place when the block ends well: files to disk, then the folder, then its name."""
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_name(place.name + _UNFINISHED)
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    try:
        yield unfinished
        for path in unfinished.iterdir():
            _to_disk(path)
        _to_disk(unfinished)
        shutil.rmtree(place, ignore_errors=True)
        unfinished.replace(place)
        _to_disk(place.parent)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
