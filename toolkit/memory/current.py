"""The memory of a program that runs for weeks: a newsroom's own one is seen as soon as it is there, or another is."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from toolkit.glossary.glossary import Glossary
from toolkit.memory.joined import JoinedMemory
from toolkit.memory.own.store import OwnMemory
from toolkit.memory.protocol import TranslationMemory
from toolkit.memory.store import Memory
from toolkit.settings import Settings


class CurrentMemory:
    """Looks at the file of the own memory each time it is asked, which costs a few microseconds. Thread-safe."""

    def __init__(self, settings: Settings, glossary: Glossary) -> None:
        """Raises MemoryBroken where the seeds cannot be used."""
        self._path = settings.memory
        self._glossary = glossary
        self._seeds = Memory.load([settings.seeds], glossary, cache=settings.cache)
        self._file: tuple[int, int] | None = None
        self._own: OwnMemory | None = None
        self._joined: TranslationMemory | None = None
        self._lock = Lock()

    def now(self) -> TranslationMemory:
        """The own memory before the seeds; these alone while it is not there or empty.

        The same object as long as the file is the same: what is stored in that meanwhile it finds itself. Raises
        MemoryBroken where the file cannot be used; a file that was put right is opened by the next call.
        """
        with self._lock:
            file = _identity(self._path)
            if file != self._file:
                self._own = OwnMemory(self._path, self._glossary) if file is not None else None
                self._file, self._joined = file, None
            if self._joined is None and self._own is not None and len(self._own) > 0:
                self._joined = JoinedMemory([self._own, self._seeds])
            return self._joined or self._seeds


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path: a memory that is brought back from a copy is another one. None without a file."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:  # it cannot be looked at: who opens it says why
        return 0, 0
    return found.st_dev, found.st_ino
