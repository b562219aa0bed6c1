"""Jobs in one SQLite file: safe for several threads and processes of one machine, and for a process killed at any time.

Claims are leases by the clock; a write transaction is on disk when it ends (WAL, synchronous=FULL).
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from api.jobs import table
from api.jobs.model import Job, Limits, Task
from api.jobs.queue import QueueAway
from api.jobs.shared import Clock, TableQueue
from api.jobs.table import LOST, Run

_T = TypeVar("_T")


class SqliteQueue(TableQueue):
    """See `JobQueue`. Jobs put by this process are known at once, those of another one when it looks again."""

    def __init__(self, path: Path, limits: Limits, clock: Clock = time.time) -> None:
        super().__init__(limits, clock)
        self._path = path

    async def open(self) -> None:
        await asyncio.to_thread(self._create)

    async def close(self) -> None:
        """Nothing is held open between transactions."""

    async def put(self, identity: str, owner: str, task: Task) -> Job:
        def added(run: Run) -> Job | None:
            table.insert(run, identity, owner, task, self.limits, self._clock())
            return table.select(run, identity)

        job = await self._do(added)
        assert job is not None  # noqa: S101  added in the same transaction
        self._news.set()
        return job

    async def claim(self) -> Job | None:
        return await self._do(self._claimed)

    def _claimed(self, run: Run) -> Job | None:
        now = self._clock()
        for job in table.silent(run, now):
            table.give_up(run, job, LOST, self.limits, now, again_after=0.0)
        identity = table.next_in_turn(run, now)
        return table.begin(run, identity, now + self.limits.lease, now) if identity else None

    async def _ended(self, identity: str) -> None:
        """Nobody but the table knows of it."""

    async def _again(self, identity: str, due: float) -> None:
        """The table says when it is due."""

    async def _do(self, step: Callable[[Run], _T]) -> _T:
        return await asyncio.to_thread(self._transact, step)

    def _transact(self, step: Callable[[Run], _T]) -> _T:
        try:
            with self._connection() as db, db:
                db.execute("BEGIN IMMEDIATE")
                return step(partial(_run, db))
        except sqlite3.OperationalError:  # locked for long, read-only, or the disk is full
            raise QueueAway("the jobs cannot be reached", remedy="try again later") from None

    def _create(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._connection() as db:
            db.execute("PRAGMA journal_mode = WAL")
            for statement in table.SCHEMA:
                db.execute(statement)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=30)) as db:
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA synchronous = FULL")
            yield db


def _run(db: sqlite3.Connection, statement: str, **values: object) -> list[dict[str, Any]]:
    return [dict(row) for row in db.execute(statement, values).fetchall()]
