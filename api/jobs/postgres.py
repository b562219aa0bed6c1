"""Jobs in PostgreSQL for several machines, handed out by procrastinate.

The table of jobs says what is; procrastinate says who works: it hands each job to one worker (priorities are the
turns), knows by their heartbeats which workers fell silent, and tells waiting ones at once that there is news. A job
is put into both in one transaction. Whatever is cut short between them is mended by the table: a job that is handed
out although it has ended is dropped, one whose worker fell silent is handed out again.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from api.jobs import table
from api.jobs.model import Job, Limits, Progress, State, Task
from api.jobs.queue import QueueAway
from api.jobs.shared import Clock, TableQueue
from api.jobs.table import LOST, Run
from toolkit.errors import BadOption

if TYPE_CHECKING:
    from procrastinate.jobs import Job as Dispatch
    from psycopg import Connection

_T = TypeVar("_T")
_QUEUE = "dragoman"
_LOCKS = {"put": 0x447261676F1, "revive": 0x447261676F2, "schema": 0x447261676F3}
_PATIENCE = 5.0
"""Seconds to wait for a connection."""
_NAME = re.compile(r":(\w+)")


class PostgresQueue(TableQueue):
    """See `JobQueue`. `url` as psycopg reads it. Raises BadOption without the extra [postgres].

    New jobs are told of at once, by whichever machine put them.
    """

    def __init__(self, url: str, limits: Limits, clock: Clock = time.time) -> None:
        try:
            from procrastinate import PsycopgConnector, SyncPsycopgConnector
            from procrastinate.manager import JobManager
            from psycopg.rows import dict_row
            from psycopg_pool import ConnectionPool
        except ImportError:
            raise BadOption(
                "PostgreSQL needs an extra", where="DRAGOMAN_JOBS", remedy="pip install 'dragoman[postgres]'"
            ) from None
        super().__init__(limits, clock)
        self._pool: ConnectionPool[Any] = ConnectionPool(
            url, min_size=1, max_size=6, open=False, kwargs={"row_factory": dict_row}
        )
        self._connector = PsycopgConnector(conninfo=url, min_size=1, max_size=4)
        self._workers = JobManager(self._connector)
        self._sender = JobManager(SyncPsycopgConnector())
        self._worker = 0
        self._beaten = 0.0
        self._listening: asyncio.Task[None] | None = None

    async def open(self) -> None:
        await asyncio.to_thread(self._pool.open, wait=True, timeout=20)
        await asyncio.to_thread(self._create)
        await self._connector.open_async()
        self._worker = await self._workers.register_worker()
        self._listening = asyncio.create_task(
            self._workers.listen_for_jobs(on_notification=self._heard, queues=[_QUEUE])
        )

    async def close(self) -> None:
        listening = self._listening
        while listening is not None and not listening.done():  # asked again: it misses what comes as it begins to wait
            listening.cancel()
            await asyncio.wait({listening}, timeout=0.2)
        if self._worker:
            await self._workers.unregister_worker(self._worker)
        await self._connector.close_async()
        await asyncio.to_thread(self._pool.close)

    async def put(self, identity: str, owner: str, task: Task) -> Job:
        def added(db: Connection[Any]) -> Job | None:
            db.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCKS["put"],))
            run = partial(_run, db)
            turn = table.insert(run, identity, owner, task, self.limits, self._clock())
            sent = self._sender.defer_job(_dispatch(identity, turn), connection=db)
            run("UPDATE dragoman_job SET dispatch = :dispatch WHERE id = :id", dispatch=sent.id, id=identity)
            return table.select(run, identity)

        job = await asyncio.to_thread(self._transact, added)
        assert job is not None  # noqa: S101  added in the same transaction
        return job

    async def claim(self) -> Job | None:
        await self._beat()
        await self._revive()
        while (sent := await self._workers.fetch_job([_QUEUE], self._worker)) is not None:
            identity = str(sent.task_kwargs["job"])
            now = self._clock()
            begun = partial(table.begin, identity=identity, lease=now + self.limits.lease, now=now)
            job = await self._do(begun)
            if job is not None:
                return job
            await self._settle(sent.id or 0)  # it ended meanwhile
        return None

    async def beat(self, job: Job, progress: Progress) -> bool:
        await self._beat()
        return await super().beat(job, progress)

    async def _ended(self, identity: str) -> None:
        await self._settle(await self._dispatch_of(identity))

    async def _again(self, identity: str, due: float) -> None:
        await self._send_again(await self._dispatch_of(identity), datetime.fromtimestamp(due, UTC))

    async def _heard(self, *, channel: str, notification: object) -> None:
        self._news.set()

    async def _beat(self) -> None:
        """The heartbeat of this process, some times within a lease."""
        if time.monotonic() - self._beaten >= self.limits.lease / 5:
            await self._workers.update_heartbeat(self._worker)
            self._beaten = time.monotonic()

    async def _revive(self) -> None:
        """Send the jobs of silent workers again: one process at a time, lest what was just sent be taken twice."""
        stalled = partial(self._workers.get_stalled_jobs, queue=_QUEUE, seconds_since_heartbeat=self.limits.lease)
        if not await stalled():
            return
        db = await asyncio.to_thread(self._pool.getconn)
        try:
            [locked] = _run(db, "SELECT pg_try_advisory_xact_lock(:lock) AS mine", lock=_LOCKS["revive"])
            for sent in await stalled() if locked["mine"] else ():
                await self._revive_one(sent)
        finally:
            db.rollback()
            await asyncio.to_thread(self._pool.putconn, db)

    async def _revive_one(self, sent: Dispatch) -> None:
        def lost(run: Run) -> State | None:
            job = table.select(run, str(sent.task_kwargs["job"]))
            if job is None or job.state is not State.RUNNING:
                return job.state if job else None
            return table.give_up(run, job, LOST, self.limits, self._clock(), again_after=0.0)

        if await self._do(lost) is State.QUEUED:
            await self._send_again(sent.id or 0, datetime.fromtimestamp(0, UTC))
        else:
            await self._settle(sent.id or 0)

    async def _send_again(self, dispatch: int, when: datetime) -> None:
        from procrastinate.exceptions import ConnectorException

        with suppress(ConnectorException):  # already sent again
            await self._workers.retry_job_by_id_async(dispatch, retry_at=when)

    async def _settle(self, dispatch: int) -> None:
        """Let procrastinate forget a job that has ended."""
        from procrastinate.exceptions import ConnectorException
        from procrastinate.jobs import Status

        with suppress(ConnectorException):  # already forgotten
            await self._workers.finish_job_by_id_async(dispatch, Status.SUCCEEDED, delete_job=True)

    async def _dispatch_of(self, identity: str) -> int:
        rows = await self._do(lambda run: run("SELECT dispatch FROM dragoman_job WHERE id = :id", id=identity))
        return int(rows[0]["dispatch"]) if rows else 0

    async def _do(self, step: Callable[[Run], _T]) -> _T:
        return await asyncio.to_thread(self._transact, lambda db: step(partial(_run, db)))

    def _transact(self, step: Callable[[Connection[Any]], _T]) -> _T:
        from psycopg import Error

        try:
            with self._pool.connection(timeout=_PATIENCE) as db:
                return step(db)
        except Error:
            raise QueueAway("the jobs cannot be reached", remedy="try again later") from None

    def _create(self) -> None:
        from procrastinate.schema import SchemaManager

        with self._pool.connection() as db:
            db.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCKS["schema"],))
            [found] = _run(db, "SELECT to_regclass('procrastinate_jobs') AS jobs")
            if found["jobs"] is None:
                db.execute(SchemaManager.get_schema())
            for statement in table.SCHEMA:
                db.execute(statement)


def _dispatch(identity: str, turn: int) -> Dispatch:
    from procrastinate.jobs import Job as Dispatch

    return Dispatch(
        queue=_QUEUE,
        lock=None,
        queueing_lock=None,
        task_name="dragoman.document",
        task_kwargs={"job": identity},
        priority=-turn,
    )


def _run(db: Connection[Any], statement: str, **values: object) -> list[dict[str, Any]]:
    cursor = db.execute(_NAME.sub(r"%(\1)s", statement), values)
    return cursor.fetchall() if cursor.description else []
