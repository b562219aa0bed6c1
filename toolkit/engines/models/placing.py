"""Putting models into their folder whole or not at all, one process at a time.

Everything is made ready in hidden folders beside the models, a level deeper than where models are looked for, and
renamed at the end. What a killed process left hidden is cleared, or for a replaced model put back, by the next one
that holds the lock.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from toolkit.errors import ModelUnusable

DOWNLOADS = ".downloads"
_LOCK = ".lock"
_STAGING = ".staging"
_REPLACED = ".replaced"
_REMOVED = ".removed"


@contextmanager
def hold(root: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Be the only process that changes the models; `waiting` is called where another one is at it."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        file = (root / _LOCK).open("a+b")
    except OSError as error:
        raise ModelUnusable(
            f"cannot be written to: {error.strerror}", where=str(root), remedy="set DRAGOMAN_MODELS to another folder"
        ) from None
    with file:
        if not _lock(file, wait=False):
            waiting()
            _lock(file, wait=True)
        _sweep(root)
        try:
            yield
        finally:
            _sweep(root)


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """An empty folder beside the models, which is gone afterwards if `place` did not take it."""
    (root / _STAGING).mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=root / _STAGING))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def place(folder: Path, root: Path, name: str) -> Path:
    """Make a staged folder the model `name`; one that is there already is replaced."""
    _sync(folder)
    folder.chmod(0o755)
    final = root / name
    if final.exists():
        (root / _REPLACED).mkdir(exist_ok=True)
        final.replace(root / _REPLACED / name)
    folder.replace(final)
    return final


def discard(root: Path, name: str) -> None:
    """Put the model `name` out of sight; it is cleared with what else is hidden."""
    (root / _REMOVED).mkdir(exist_ok=True)
    (root / name).replace(root / _REMOVED / name)


def _sweep(root: Path) -> None:
    """Put back what was taken away and never replaced; clear the rest of what is hidden."""
    if (root / _REPLACED).is_dir():
        for folder in (root / _REPLACED).iterdir():
            if not (root / folder.name).exists():
                folder.replace(root / folder.name)
    for name in (_STAGING, _REPLACED, _REMOVED):
        shutil.rmtree(root / name, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Have the files on the disk before the name that promises them."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def _lock(file: IO[bytes], *, wait: bool) -> bool:
    """Lock an open file until it is closed; False where another process has it and we do not wait."""
    if sys.platform == "win32":
        import msvcrt

        mode = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK
        while True:
            try:
                msvcrt.locking(file.fileno(), mode, 1)
                return True
            except OSError:
                if not wait:
                    return False
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
