"""What the queues have in common: all that one step in the table of jobs does, whoever hands the jobs out."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import TypeVar

from api.jobs import table
from api.jobs.model import Job, Limits, Progress, State
from api.jobs.table import Run

_T = TypeVar("_T")
Clock = Callable[[], float]


class TableQueue(ABC):
    """The part of `JobQueue` that the table alone decides. A subclass says how a step is run, and hands jobs out;
    the hooks tell it what became of a job that it has handed out.
    """

    def __init__(self, limits: Limits, clock: Clock = time.time) -> None:
        self.limits = limits
        self._clock = clock
        self._news = asyncio.Event()

    @abstractmethod
    async def _do(self, step: Callable[[Run], _T]) -> _T:
        """Run a step in a transaction, in a thread. Raises QueueAway."""

    @abstractmethod
    async def _ended(self, identity: str) -> None:
        """A job that was handed out has ended."""

    @abstractmethod
    async def _again(self, identity: str, due: float) -> None:
        """A job that was handed out waits again, and is due at this time."""

    async def get(self, identity: str) -> Job | None:
        return await self._do(lambda run: table.select(run, identity))

    async def list(self, owner: str, most: int = 100, before: str | None = None) -> Sequence[Job]:
        return await self._do(lambda run: table.select_of_owner(run, owner, most, before))

    async def beat(self, job: Job, progress: Progress) -> bool:
        return await self._do(lambda run: table.prolong(run, job, progress, self._clock() + self.limits.lease))

    async def finish(self, job: Job, progress: Progress, findings: int) -> bool:
        done = await self._do(lambda run: table.complete(run, job, progress, findings, self.limits, self._clock()))
        if done:
            await self._ended(job.id)
        return done

    async def fail(self, job: Job, reason: str, *, retry: bool = False) -> bool:
        now = self._clock()
        after = self.limits.pause * (job.failures + 1) if retry else None
        state = await self._do(lambda run: table.give_up(run, job, reason, self.limits, now, again_after=after))
        if state is State.QUEUED:
            await self._again(job.id, now + (after or 0.0))
        elif state is State.FAILED:
            await self._ended(job.id)
        return state is not None

    async def release(self, job: Job) -> bool:
        released = await self._do(lambda run: table.give_back(run, job))
        if released:
            await self._again(job.id, 0.0)
        return released

    async def cancel(self, identity: str) -> bool:
        cancelled = await self._do(lambda run: table.end(run, identity, self.limits, self._clock()))
        if cancelled:
            await self._ended(identity)
        return cancelled

    async def remove(self, identity: str) -> bool:
        return await self._do(lambda run: table.delete(run, identity))

    async def expire(self) -> Sequence[str]:
        return await self._do(lambda run: table.expire(run, self.limits, self._clock()))

    async def waiting(self) -> int:
        return await self._do(table.waiting)

    async def wait(self, seconds: float) -> None:
        """News are known at once, jobs that are due again after `seconds`."""
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except TimeoutError:
            return
        self._news.clear()
