"""What workers do when things go wrong."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from api.jobs.files import SOURCE, JobFiles
from api.jobs.model import Job, Limits, State, Task, Verb
from api.jobs.queue import QueueAway
from api.jobs.sqlite import SqliteQueue
from api.jobs.watching import JobWatch
from api.jobs.work import Work
from api.jobs.workers import Workers
from api.service import Service
from api.settings import read_api_settings
from tests.api.jobs.servers import few_names
from toolkit.errors import ModelUnusable
from toolkit.languages import Language

TASK = Task(verb=Verb.RESTYLE, name="a.txt", format="text", source=Language.RU, policy="azerbaijani")
STORY = "В Степанакерте тихо."


@dataclass
class Clock:
    ahead: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


class Faulty(Work):
    """Work that fails as it is told to, the first times."""

    failures: list[Exception]

    def do(self, job: Job, watch: JobWatch) -> int:
        if self.failures:
            raise self.failures.pop(0)
        return super().do(job, watch)


class Away(SqliteQueue):
    """A queue that cannot be reached at first."""

    times = 2

    async def claim(self) -> Job | None:
        if self.times:
            self.times -= 1
            raise QueueAway("the jobs cannot be reached")
        return await super().claim()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("workers")
    return Service(read_api_settings({**few_names(folder), "DRAGOMAN_CACHE": str(folder / "cache")}))


async def _state(queue: SqliteQueue, identity: str, wanted: State) -> Job:
    until = time.monotonic() + 20
    while (job := await queue.get(identity)) is None or job.state is not wanted:
        assert time.monotonic() < until, f"not {wanted}: {job}"
        await asyncio.sleep(0.02)
    return job


def _run(
    queue: SqliteQueue, files: JobFiles, work: Work, promise: Callable[[str], Awaitable[None]], task: Task = TASK
) -> None:
    """Put a job, start a worker, see what the promise says of the job's id."""

    async def whole() -> None:
        await queue.open()
        identity = str(uuid4())
        files.accept(identity, {SOURCE: io.BytesIO(STORY.encode())})
        await queue.put(identity, "a", task)
        workers = Workers(queue, files, work, count=1, seconds=30, sweep=0.1)
        workers.start()
        try:
            await promise(identity)
        finally:
            await workers.stop()

    asyncio.run(whole())


def _faulty(service: Service, files: JobFiles, *failures: Exception) -> Work:
    work = Faulty(service, files)
    object.__setattr__(work, "failures", list(failures))
    return work


def test_an_engine_that_is_away_is_asked_again(service: Service, tmp_path: Path) -> None:
    """Twice unusable, then there: the job is done at the third attempt."""
    queue, files = SqliteQueue(tmp_path / "jobs.sqlite", Limits(pause=0.05)), JobFiles(tmp_path / "jobs")

    async def promise(identity: str) -> None:
        job = await _state(queue, identity, State.DONE)
        assert (job.attempt, job.failures) == (3, 2)
        assert files.result(identity, 3, "text.ru").read_text() == "В Ханкенди тихо."

    _run(queue, files, _faulty(service, files, ModelUnusable("away"), ModelUnusable("away")), promise)


def test_a_fault_tells_nothing_of_the_text(service: Service, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A fault in the server ends in a failed job; neither reason nor log hold what the fault says."""
    queue, files = SqliteQueue(tmp_path / "jobs.sqlite", Limits(pause=0.05)), JobFiles(tmp_path / "jobs")

    async def promise(identity: str) -> None:
        job = await _state(queue, identity, State.FAILED)
        assert job.reason == "a fault in the server"
        assert job.failures == 3

    _run(queue, files, _faulty(service, files, *[RuntimeError(STORY) for _ in range(3)]), promise)
    assert "RuntimeError" in caplog.text
    assert "Степанакерт" not in caplog.text


def test_workers_outlive_a_queue_that_is_away(service: Service, tmp_path: Path) -> None:
    """When it is back they go on."""
    queue, files = Away(tmp_path / "jobs.sqlite", Limits()), JobFiles(tmp_path / "jobs")

    async def promise(identity: str) -> None:
        await _state(queue, identity, State.DONE)

    _run(queue, files, Work(service, files), promise)


def test_expired_files_are_deleted(service: Service, tmp_path: Path) -> None:
    """Past its time a job has no files any more; the state says so."""
    clock = Clock()
    limits = Limits(kept=100)
    queue, files = SqliteQueue(tmp_path / "jobs.sqlite", limits, clock), JobFiles(tmp_path / "jobs")

    async def promise(identity: str) -> None:
        job = await _state(queue, identity, State.DONE)
        assert (tmp_path / "jobs" / job.id / "source").exists()
        clock.ahead = 101
        await _state(queue, identity, State.EXPIRED)
        while (tmp_path / "jobs" / job.id).exists():
            await asyncio.sleep(0.02)

    _run(queue, files, Work(service, files), promise)
