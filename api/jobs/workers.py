"""A bounded pool of workers that do the jobs of a queue, whichever process put them."""

from __future__ import annotations

import asyncio
import logging
import time
from concurrent.futures import ThreadPoolExecutor

from api.jobs.files import JobFiles
from api.jobs.model import Job
from api.jobs.queue import JobQueue
from api.jobs.watching import JobWatch, Stopped
from api.jobs.work import Work
from toolkit.errors import DragomanError, ModelUnusable

_log = logging.getLogger("dragoman.jobs")

_LOOK = 1.0
"""Seconds after which a worker without news looks for jobs of other processes, and for those due again."""
_SWEEP = 30.0
"""Seconds between looks for what is past its time."""
_BEATS = 4
"""Heartbeats within a lease, at least."""


class Workers:
    """So many jobs at once; each is begun by one asyncio task and done in one thread."""

    def __init__(
        self, queue: JobQueue, files: JobFiles, work: Work, *, count: int, seconds: float, sweep: float = _SWEEP
    ) -> None:
        self._queue = queue
        self._files = files
        self._work = work
        self._count = count
        self._seconds = seconds
        self._sweep = sweep
        self._stopping = asyncio.Event()
        self._begun: set[JobWatch] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="dragoman-job")

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._works()) for _ in range(self._count)]
        self._tasks.append(asyncio.create_task(self._sweeps()))

    @property
    def busy(self) -> bool:
        """Whether one of them is at a job."""
        return bool(self._begun)

    async def stop(self) -> None:
        """Begin nothing more, give back what is not done within a batch, and return when all is quiet."""
        self._stopping.set()
        for watch in self._begun:
            watch.stopping = True
        self._tasks[-1].cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._threads.shutdown()

    async def _works(self) -> None:
        while not self._stopping.is_set():
            try:
                job = await self._queue.claim()
                if job is None:
                    await self._rest()
                else:
                    await self._carry_out(job)
            except Exception as error:  # the queue is away: what was claimed comes back when its lease is over
                _log.error("the queue of jobs: %s", type(error).__name__)
                await asyncio.sleep(_LOOK)

    async def _rest(self) -> None:
        """Until there may be something to do, or nothing more is to be begun."""
        ends = [asyncio.create_task(self._queue.wait(_LOOK)), asyncio.create_task(self._stopping.wait())]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for end in ends:
            end.cancel()

    async def _carry_out(self, job: Job) -> None:
        watch = JobWatch(len(job.task.languages))
        self._begun.add(watch)
        watch.stopping = self._stopping.is_set()
        try:
            await self._carried_out(job, watch)
        finally:
            self._begun.discard(watch)

    async def _carried_out(self, job: Job, watch: JobWatch) -> None:
        doing = asyncio.get_running_loop().run_in_executor(self._threads, self._work.do, job, watch)
        ours = await self._attend(job, watch, doing)
        try:
            findings = await doing
        except Stopped:
            if ours:
                await self._queue.release(job)
        except DragomanError as error:
            await self._queue.fail(job, str(error), retry=isinstance(error, ModelUnusable))
        except Exception as error:  # the words of a fault may hold source text: its kind alone is told
            _log.error("job %s: a fault (%s)", job.id, type(error).__name__)
            await self._queue.fail(job, "a fault in the server", retry=True)
        else:
            if not (ours and await self._queue.finish(job, watch.progress, findings)):
                await asyncio.to_thread(self._files.delete_attempt, job.id, job.attempt)

    async def _attend(self, job: Job, watch: JobWatch, doing: asyncio.Future[int]) -> bool:
        """Beat until the thread is done; False as soon as the job is no longer ours and the thread has stopped."""
        deadline = time.monotonic() + self._limit(job)
        pause = min(1.0, self._queue.limits.lease / _BEATS)
        while not doing.done():
            left = deadline - time.monotonic()
            await asyncio.wait({doing}, timeout=max(0.0, min(pause, left)))
            if not doing.done() and not await self._keep(job, watch, late=time.monotonic() >= deadline):
                watch.stopping = True
                await asyncio.wait({doing})
                return False
        return True

    async def _keep(self, job: Job, watch: JobWatch, *, late: bool) -> bool:
        """Whether a job that is being done may go on: False when it is cancelled, taken by another, or `late`."""
        try:
            if late:
                await self._queue.fail(job, f"not done within {self._limit(job):g} seconds (send it in parts)")
                return False
            return await self._queue.beat(job, watch.progress)
        except Exception as error:  # the queue is away; whether the job is still ours, the next beat tells
            _log.error("the queue of jobs: %s", type(error).__name__)
            return not late

    def _limit(self, job: Job) -> float:
        return min(self._seconds, job.task.seconds or self._seconds)

    async def _sweeps(self) -> None:
        while True:
            try:
                for identity in await self._queue.expire():
                    await asyncio.to_thread(self._files.delete, identity)
                for name in await asyncio.to_thread(self._files.left_over):
                    if await self._queue.get(name) is None:
                        await asyncio.to_thread(self._files.delete_left_over, name)
            except Exception as error:  # tried again at the next sweep
                _log.error("sweeping jobs: %s", type(error).__name__)
            await asyncio.sleep(min(self._sweep, self._queue.limits.kept))
