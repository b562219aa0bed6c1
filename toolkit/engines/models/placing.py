"""Putting models into their folder whole or not at all, one process at a time.

Everything is made ready in hidden folders beside the models and renamed at the end. What a killed process left hidden
is cleared, or for a replaced model put back, by the next one that holds the lock.
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
_STAGING = ".staging-"
_REPLACED = ".replaced-"
_REMOVED = ".removed-"


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
        yield


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """An empty folder beside the models, which is gone afterwards if `place` did not take it."""
    folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=root))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def place(folder: Path, root: Path, name: str) -> Path:
    """Make a staged folder the model `name`; one that is there already is replaced."""
    _sync(folder)
    folder.chmod(0o755)
    final, old = root / name, root / f"{_REPLACED}{name}"
    if final.exists():
        final.replace(old)
    folder.replace(final)
    shutil.rmtree(old, ignore_errors=True)
    return final


def discard(root: Path, name: str) -> None:
    """Remove the model `name`: first out of sight, then from the disk."""
    hidden = Path(tempfile.mkdtemp(prefix=_REMOVED, dir=root))
    (root / name).replace(hidden / name)
    shutil.rmtree(hidden, ignore_errors=True)


def _sweep(root: Path) -> None:
    for folder in sorted(root.iterdir()):
        if folder.name.startswith(_REPLACED):
            final = root / folder.name.removeprefix(_REPLACED)
            if not final.exists():
                folder.replace(final)
                continue
        if folder.name.startswith((_STAGING, _REPLACED, _REMOVED)):
            shutil.rmtree(folder, ignore_errors=True)


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
