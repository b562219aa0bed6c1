"""Where routes bring jobs and ask for them: every job is its owner's, and to anybody else it is not there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

from starlette.exceptions import HTTPException

from api.jobs.files import JobFiles
from api.jobs.model import Job, State, Task, Verb
from api.jobs.opening import queue_of
from api.jobs.queue import JobQueue, QueueAway, QueueFull
from api.jobs.work import ALL_TEXTS, REPORT, RESULTS, Work, result_file, text_file
from api.jobs.workers import Workers
from api.overrides import overrides_of
from api.service import Service
from toolkit.errors import WrongUse
from toolkit.languages import Language

_RETRY_AFTER = "30"
_LOOK = 0.05
"""Seconds between looks of a request that waits for its job, rising to twenty times as much."""


class Desk:
    """The jobs of a server."""

    def __init__(self, queue: JobQueue, files: JobFiles, work: Work, workers: Workers) -> None:
        self.queue = queue
        self.files = files
        self._work = work
        self._workers = workers

    @property
    def busy(self) -> bool:
        """Whether this server is working on a job."""
        return self._workers.busy

    async def submit(self, owner: str, task: Task, parts: Mapping[str, BinaryIO]) -> Job:
        """Accept a job with its files; both are on disk when this returns.

        Raises WrongUse and ModelUnusable for what could never be done, HTTPException 503 where there is no room.
        """
        await asyncio.to_thread(self._check, task)
        identity = str(uuid4())
        try:
            await asyncio.to_thread(self.files.accept, identity, parts)
            return await self.queue.put(identity, owner, task)
        except (OSError, QueueAway, QueueFull) as error:
            await asyncio.to_thread(self.files.delete, identity)
            shown = "the store cannot be written" if isinstance(error, OSError) else str(error)
            raise HTTPException(503, shown, headers={"Retry-After": _RETRY_AFTER}) from None

    def _check(self, task: Task) -> None:
        """What can be told before the job's turn comes."""
        service = self._work.service
        [overrides] = overrides_of(task.overrides, service.glossary, None)
        service.policy(task.policy, task.date, overrides)
        if task.verb in (Verb.CHECK, Verb.TRANSLATE) and task.source in task.targets:
            raise WrongUse(f"from {task.source} to {task.source} there is nothing to do", remedy="use restyle or lint")
        for language in task.targets if task.verb is Verb.TRANSLATE else ():
            self._work.engines(task, language)

    async def list(self, owner: str, most: int, before: UUID | None) -> Sequence[Job]:
        """Jobs of an owner, the newest first. Raises HTTPException 404 where there is no job `before` of that owner:
        an empty list would say that all have been seen."""
        after = None if before is None else (await self.find(owner, str(before))).id
        return await self.queue.list(owner, most, after)

    async def find(self, owner: str, identity: str) -> Job:
        """Raises HTTPException 404 for an id that is none, is unknown, or is another owner's."""
        try:
            job = await self.queue.get(str(UUID(identity)))
        except ValueError:
            job = None
        if job is None or job.owner != owner:
            raise HTTPException(404, "there is no such job")
        return job

    async def remove(self, owner: str, identity: str) -> None:
        """Cancel a job that waits or runs; forget one that has ended, with its files."""
        job = await self.find(owner, identity)
        if await self.queue.cancel(job.id):
            return
        if await self.queue.remove(job.id):
            await asyncio.to_thread(self.files.delete, job.id)

    async def ended(self, job: Job, seconds: float, gone: Callable[[], Awaitable[bool]]) -> Job:
        """The job when it has ended, or as it is after so many seconds, or when who waits for it is `gone`."""
        until, pause = time.monotonic() + seconds, _LOOK
        while not job.state.ended and time.monotonic() < until and not await gone():
            await asyncio.sleep(pause)
            pause = min(pause * 1.3, 20 * _LOOK)
            found = await self.queue.get(job.id)
            if found is None:
                raise HTTPException(404, "there is no such job")
            job = found
        return job

    def text(self, job: Job, language: Language | None) -> Path:
        """The file of a finished job in a language, or an archive of all. Raises HTTPException."""
        if not job.task.changes_text:
            raise HTTPException(404, f"{job.task.verb} makes no file; ask for json or report")
        return self._result(job, ALL_TEXTS if language is None else text_file(_language_of(job, language)))

    def results(self, job: Job, language: Language | None) -> Path:
        """The Result of a finished job in a language, or of all, as JSON. Raises HTTPException."""
        return self._result(job, RESULTS if language is None else result_file(_language_of(job, language)))

    def report(self, job: Job) -> Path:
        """The report on a finished job. Raises HTTPException."""
        return self._result(job, REPORT)

    def _result(self, job: Job, name: str) -> Path:
        if job.state is State.EXPIRED:
            raise HTTPException(410, "the files of this job are deleted")
        if job.state is not State.DONE:
            raise HTTPException(409, f"the job is {job.state}" + (f": {job.reason}" if job.reason else ""))
        path = self.files.result(job.id, job.attempt, name)
        if not path.is_file():
            raise HTTPException(410, "the files of this job are deleted")
        return path


def _language_of(job: Job, language: Language) -> Language:
    if language not in job.task.languages:
        raise HTTPException(404, f"the job makes nothing in {language}")
    return language


@asynccontextmanager
async def desk_of(service: Service) -> AsyncIterator[Desk]:
    """The jobs of a server while it runs: the queue open, its workers at work."""
    settings = service.settings
    queue, files = queue_of(settings), JobFiles(settings.store / "jobs")
    work = Work(service, files)
    workers = Workers(queue, files, work, count=settings.job_workers, seconds=float(settings.job_seconds))
    await queue.open()
    workers.start()
    try:
        yield Desk(queue, files, work, workers)
    finally:
        await workers.stop()
        await queue.close()
