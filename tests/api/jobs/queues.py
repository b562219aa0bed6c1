"""A queue of jobs in the hands of a test: opened, filled, claimed from, with a clock that can be put forward."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

from api.jobs.model import Job, Limits, Task, Verb
from api.jobs.queue import JobQueue
from tests.api.jobs.conftest import MakeQueue
from toolkit.languages import Language

TASK = Task(verb=Verb.RESTYLE, name="story.en.md", format="markdown", source=Language.EN)
QUICK = Limits(lease=0.3, pause=0.1)
ENDLESS = Limits(lease=600, pause=60)
"""Nothing is due again while a slow machine is at the test."""
UNHURRIED = Limits(lease=1.2, pause=0.1)
"""Where something has to happen within the lease, on a busy machine too."""


@dataclass
class Clock:
    """Real time, put forward by hand."""

    ahead: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@asynccontextmanager
async def opened(
    make: MakeQueue, limits: Limits = QUICK, clock: Callable[[], float] = time.time
) -> AsyncIterator[JobQueue]:
    queue = make(limits, clock)
    await queue.open()
    try:
        yield queue
    finally:
        await queue.close()


async def put(queue: JobQueue, owner: str = "a") -> Job:
    return await queue.put(str(uuid4()), owner, TASK)


async def claimed(queue: JobQueue) -> Job:
    """The next job; waits for one that is due soon."""
    until = time.monotonic() + 15
    while time.monotonic() < until:
        job = await queue.claim()
        if job is not None:
            return job
        await asyncio.sleep(0.05)
    raise AssertionError("nothing to claim")


async def found(queue: JobQueue, job: Job) -> Job:
    there = await queue.get(job.id)
    assert there is not None
    return there


Promise = Callable[[MakeQueue], Awaitable[None]]


def run(promise: Promise, make: MakeQueue) -> None:
    asyncio.run(asyncio.wait_for(_awaited(promise(make)), 30))


async def _awaited(promise: Awaitable[None]) -> None:
    await promise
