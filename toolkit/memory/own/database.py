"""The file of a memory that grows: opened, checked and written in transactions, its faults told in one line.

SQLite in WAL mode: readers never wait, and writers wait for one another. A killed process loses nothing that was
stored; only a power cut can take the last seconds with it, and the file is whole then too. A file that SQLite finds
damaged is moved aside, whole, so that nothing in it is lost and the next command can work.
"""

from __future__ import annotations

import sqlite3
import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any

from toolkit.errors import MemoryBroken

FORMAT = 1
_APPLICATION = 0x44726167  # "Drag": tells the file from other programs' databases
_PATIENCE = 30.0
"""Seconds that a writer waits for another one, whose transactions are short."""
_CACHE = 65_536
"""Kilobytes of pages that are kept, at most: the indexes of a million sides, into which each new side goes anywhere."""

_SCHEMA = """
CREATE TABLE label (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE entry (id INTEGER PRIMARY KEY, digest INTEGER NOT NULL UNIQUE, source TEXT, topic INTEGER NOT NULL,
                    origin INTEGER NOT NULL, date TEXT NOT NULL, signature INTEGER NOT NULL,
                    az TEXT, en TEXT, hy TEXT, ru TEXT);
CREATE TABLE side (id INTEGER PRIMARY KEY, glossary INTEGER NOT NULL, classes INTEGER NOT NULL, same INTEGER NOT NULL,
                   plain INTEGER NOT NULL, key TEXT NOT NULL);
CREATE INDEX by_key ON side (same);
CREATE INDEX by_plain ON side (plain);
CREATE INDEX by_glossary ON side (glossary);
CREATE VIRTUAL TABLE token USING fts5 (tokens, content='', detail=none, columnsize=0, tokenize='ascii');
CREATE TABLE history (entry INTEGER NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL, date TEXT NOT NULL,
                      signature INTEGER NOT NULL, replaced TEXT NOT NULL);
CREATE INDEX history_of ON history (entry);
CREATE TABLE total (entries INTEGER NOT NULL, content INTEGER NOT NULL);
INSERT INTO total VALUES (0, 0)
"""
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class Database:
    """One connection, which several threads may share."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it. Raises MemoryBroken, in one line, where it cannot be used."""
        self.path = path
        self.lock = RLock()
        with self.told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=_PATIENCE, check_same_thread=False, isolation_level=None)
            weakref.finalize(self, self._db.close)
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute(f"PRAGMA cache_size = -{_CACHE}")
            self._prepare()

    def rows(self, query: str, *values: Any) -> list[Any]:
        with self.lock, self.told(), closing(self._db.execute(query, values)) as cursor:
            return cursor.fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it is written, or nothing."""
        with self.lock, self.told():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Faults of SQLite and of the disk as MemoryBroken."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._fault(error) from None
        except OSError as error:
            raise self._bad(f"the memory cannot be opened: {error.strerror}", "check DRAGOMAN_MEMORY") from None

    def _prepare(self) -> None:
        if self._is_new():
            self._keep_a_log()
            with self.writing() as db:
                if self._is_new():  # another process was not quicker
                    for statement in _SCHEMA.split(";"):
                        db.execute(statement)
                    db.execute(f"PRAGMA application_id = {_APPLICATION}")
                    db.execute(f"PRAGMA user_version = {FORMAT}")
        application, version = (self._db.execute(f"PRAGMA {name}").fetchone()[0] for name in _MARKS)
        if application != _APPLICATION:
            raise self._bad("this is no memory but another program's database", "give another DRAGOMAN_MEMORY")
        if version != FORMAT:
            raise self._bad(
                f"the memory has format {version}, this version of Dragoman reads {FORMAT}",
                "use the version of Dragoman that wrote it, and move it by `memory export` and `memory import`",
            )

    def _keep_a_log(self) -> None:
        """Turn WAL mode on. SQLite does not wait by itself for another process that does the same."""
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.02)

    def _is_new(self) -> bool:
        return not self._db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()

    def _fault(self, error: sqlite3.Error) -> MemoryBroken:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _DAMAGED:
            return self._moved_aside()
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return self._bad("another process is writing to the memory", "try again when it has ended")
        if code == sqlite3.SQLITE_FULL:
            return self._bad("there is no room on the disk; what was stored before is whole", "make room and try again")
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
            return self._bad(f"the memory cannot be written: {error}", "check its permissions, or DRAGOMAN_MEMORY")
        return self._bad(f"the memory cannot be used: {error}", "check the disk and DRAGOMAN_MEMORY")

    def _moved_aside(self) -> MemoryBroken:
        self._db.close()
        name = f"{self.path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}"
        for ending in ("", "-wal", "-shm"):
            part = self.path.with_name(self.path.name + ending)
            if part.exists():
                part.rename(self.path.with_name(name + ending))
        return self._bad(
            f"the memory is damaged; it was moved to {name}, nothing is deleted",
            "put a copy back in its place, or go on with an empty memory",
        )

    def _bad(self, what: str, remedy: str) -> MemoryBroken:
        return MemoryBroken(what, where=str(self.path), remedy=remedy)


_MARKS = ("application_id", "user_version")


def marks(count: int) -> str:
    """Places for `count` values in a query."""
    return ", ".join("?" * count)


def label(db: sqlite3.Connection, text: str) -> int:
    """The number of a text that many rows repeat."""
    db.execute("INSERT OR IGNORE INTO label (text) VALUES (?)", (text,))
    return int(db.execute("SELECT id FROM label WHERE text = ?", (text,)).fetchone()[0])


def in_pages(ids: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    """The ids in pieces that a query can take."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
