"""Token buckets: how many characters a key may send, filled at a steady rate up to a burst."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Protocol

Clock = Callable[[], float]


class Buckets(Protocol):
    """One bucket a key; a key that was never seen has a full one."""

    def take(self, key: str, cost: int) -> float:
        """Takes the characters and answers 0.0; or takes nothing and answers the seconds until it could.

        What costs more than a bucket holds is let through by a full one, which it empties.
        """
        ...


def spent(level: float, passed: float, cost: int, rate: float, burst: float) -> tuple[float, float]:
    """A bucket's new level and the seconds to wait, `passed` seconds after its last level. Times that run back count
    as no time."""
    level = min(burst, level + max(0.0, passed) * rate)
    wanted = min(float(cost), burst)
    return (level - wanted, 0.0) if level >= wanted else (level, (wanted - level) / rate)


class MemoryBuckets:
    """For one process. Forgets keys whose bucket is full again. Thread-safe."""

    def __init__(self, rate: float, burst: float, clock: Clock = time.monotonic, most: int = 10_000) -> None:
        self._rate, self._burst, self._clock, self._most = rate, burst, clock, most
        self._levels: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def take(self, key: str, cost: int) -> float:
        with self._lock:
            now = self._clock()
            level, seen = self._levels.get(key, (self._burst, now))
            level, wait = spent(level, now - seen, cost, self._rate, self._burst)
            self._levels[key] = level, now
            if len(self._levels) > self._most:
                self._forget(now)
            return wait

    def _forget(self, now: float) -> None:
        filled = self._burst / self._rate
        self._levels = {key: (level, seen) for key, (level, seen) in self._levels.items() if now - seen < filled}


class SqliteBuckets:
    """For several processes of one machine that share a folder; the clock must be theirs in common."""

    def __init__(self, folder: Path, rate: float, burst: float, clock: Clock = time.time) -> None:
        self._path = folder / "rates.sqlite"
        self._rate, self._burst, self._clock = rate, burst, clock

    def take(self, key: str, cost: int) -> float:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=30)) as db, db:
            db.execute("PRAGMA synchronous = OFF")  # levels that a crash loses are full again
            db.execute("CREATE TABLE IF NOT EXISTS bucket (key TEXT PRIMARY KEY, level REAL NOT NULL, seen REAL)")
            db.execute("BEGIN IMMEDIATE")
            now = self._clock()
            row = db.execute("SELECT level, seen FROM bucket WHERE key = ?", (key,)).fetchone()
            level, seen = row or (self._burst, now)
            level, wait = spent(level, now - seen, cost, self._rate, self._burst)
            db.execute("INSERT OR REPLACE INTO bucket VALUES (?, ?, ?)", (key, level, now))
        return wait
