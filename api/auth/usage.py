"""How many characters each principal had worked on, by calendar month (UTC). Kept, so that quotas hold."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

_SCHEMA = """
CREATE TABLE IF NOT EXISTS usage (
    principal TEXT NOT NULL, month TEXT NOT NULL, characters INTEGER NOT NULL, PRIMARY KEY (principal, month));
"""
_ADD = """
INSERT INTO usage VALUES (?, ?, ?)
ON CONFLICT (principal, month) DO UPDATE SET characters = characters + excluded.characters
"""


def _utc() -> datetime:
    return datetime.now(UTC)


class UsageStore:
    """Counts in memory and writes when asked to `flush`; several processes may share the file. Thread-safe."""

    def __init__(self, folder: Path, clock: Callable[[], datetime] = _utc) -> None:
        self._path = folder / "usage.sqlite"
        self._clock = clock
        self._pending: Counter[tuple[str, str]] = Counter()
        self._counting = Lock()
        self._writing = Lock()

    def add(self, principal: str, characters: int) -> None:
        with self._counting:
            self._pending[principal, self._month()] += characters

    def used(self, principal: str) -> int:
        """Characters in this month."""
        self.flush()
        with self._open() as db:
            row = db.execute(
                "SELECT characters FROM usage WHERE principal = ? AND month = ?", (principal, self._month())
            ).fetchone()
        return row[0] if row else 0

    def flush(self) -> None:
        """Write what was counted since; what cannot be written now is kept for the next time."""
        with self._writing:
            with self._counting:
                pending, self._pending = self._pending, Counter()
            if not pending:
                return
            try:
                with self._open() as db, db:
                    db.executemany(_ADD, [(*key, characters) for key, characters in pending.items()])
            except sqlite3.Error:
                with self._counting:
                    self._pending.update(pending)
                raise

    def seconds_left(self) -> float:
        """Until the next month begins."""
        now = self._clock()
        following = now.replace(
            year=now.year + now.month // 12, month=now.month % 12 + 1, day=1, hour=0, minute=0, second=0, microsecond=0
        )
        return (following - now).total_seconds()

    def _month(self) -> str:
        return f"{self._clock():%Y-%m}"

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=30)) as db:
            db.execute(_SCHEMA)
            yield db
