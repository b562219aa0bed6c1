"""The seam between the API and what keeps its jobs: SQLite for one machine, PostgreSQL for several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from api.jobs.model import Job, Limits, Progress, Task
from toolkit.errors import DragomanError


class QueueFull(DragomanError):
    """No room for another job now."""

    code = "E500"


class QueueAway(DragomanError):
    """What keeps the jobs cannot be reached now."""

    code = "E501"


class JobQueue(Protocol):
    """Jobs in the order of their turn: owners take turns, however many jobs one of them has.

    A job is claimed by one worker at a time, which has to `beat` within the lease; what it says after it lost the
    claim is not taken (False). Every change is on disk when the method returns. To be used in one event loop,
    between `open` and `close`. All raise QueueAway where the jobs cannot be reached.
    """

    limits: Limits

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def put(self, identity: str, owner: str, task: Task) -> Job:
        """Accept a job. Raises QueueFull."""
        ...

    async def get(self, identity: str) -> Job | None: ...

    async def list(self, owner: str, most: int = 100, before: str | None = None) -> Sequence[Job]:
        """So many jobs of an owner at the most, the newest first; of those older than the job `before`, where one is
        named (none, where that is not the owner's)."""
        ...

    async def claim(self) -> Job | None:
        """The next job, now running; None where none waits. Jobs whose worker fell silent come back by this."""
        ...

    async def beat(self, job: Job, progress: Progress) -> bool:
        """Prolong the lease of a claimed job and note how far it is."""
        ...

    async def finish(self, job: Job, progress: Progress, findings: int) -> bool: ...

    async def fail(self, job: Job, reason: str, *, retry: bool = False) -> bool:
        """End a claimed job; with `retry` it waits again, until it has failed too often."""
        ...

    async def release(self, job: Job) -> bool:
        """Give a claimed job back as if it had not been begun."""
        ...

    async def cancel(self, identity: str) -> bool:
        """End a job that waits or runs; False where it has ended."""
        ...

    async def remove(self, identity: str) -> bool:
        """Forget a job that has ended."""
        ...

    async def expire(self) -> Sequence[str]:
        """End what is past its time, and forget what has been so for as long again; ids whose files can go."""
        ...

    async def waiting(self) -> int:
        """How many jobs wait."""
        ...

    async def wait(self, seconds: float) -> None:
        """Return when there may be something to claim, at the latest after so many seconds."""
        ...
