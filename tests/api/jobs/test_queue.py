"""What every queue of jobs promises, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import time
from uuid import uuid4

import pytest

from api.jobs.model import Limits, Progress, State
from api.jobs.queue import QueueFull
from api.jobs.table import LOST
from tests.api.jobs.conftest import MakeQueue
from tests.api.jobs.queues import ENDLESS, QUICK, TASK, UNHURRIED, Clock, claimed, found, opened, put, run


def test_a_job_is_claimed_once_done_and_kept(make_queue: MakeQueue) -> None:
    """A job goes from queued through running to done, with what was said of it."""

    async def promise(make: MakeQueue) -> None:
        async with opened(make) as queue:
            job = await put(queue)
            assert (job.state, job.task, job.attempt) == (State.QUEUED, TASK, 0)
            running = await claimed(queue)
            assert (running.id, running.state, running.attempt) == (job.id, State.RUNNING, 1)
            assert await queue.claim() is None
            assert await queue.beat(running, Progress(3, 9))
            assert (await found(queue, job)).progress == Progress(3, 9)
            assert await queue.finish(running, Progress(9, 9), findings=2)
            done = await found(queue, job)
            assert (done.state, done.progress, done.findings) == (State.DONE, Progress(9, 9), 2)
            assert not await queue.finish(running, Progress(9, 9), findings=2), "finished twice"
            assert await queue.claim() is None

    run(promise, make_queue)


def test_jobs_outlive_the_process(make_queue: MakeQueue) -> None:
    """What was accepted is there when the queue is opened again."""

    async def promise(make: MakeQueue) -> None:
        async with opened(make) as queue:
            jobs = [await put(queue) for _ in range(3)]
        async with opened(make) as queue:
            assert [(await claimed(queue)).id for _ in jobs] == [job.id for job in jobs]

    run(promise, make_queue)


def test_owners_take_turns(make_queue: MakeQueue) -> None:
    """An owner with many jobs does not keep another one waiting, even where that comes later."""

    async def promise(make: MakeQueue) -> None:
        async with opened(make, ENDLESS) as queue:
            for _ in range(4):
                await put(queue, "a")
            first = await claimed(queue)
            for _ in range(2):
                await put(queue, "b")
            order = [first.owner] + [(await claimed(queue)).owner for _ in range(5)]
            assert order[0] == "a"
            assert order[1:5] in (["a", "b", "a", "b"], ["b", "a", "b", "a"])

    run(promise, make_queue)


def test_a_full_queue_says_so(make_queue: MakeQueue) -> None:
    """Neither all owners nor a single one can pile up jobs without end; room is made by what is begun."""

    async def promise(make: MakeQueue) -> None:
        async with opened(make, Limits(waiting=3, waiting_of_owner=2)) as queue:
            await put(queue, "a")
            await put(queue, "a")
            with pytest.raises(QueueFull, match="of yours"):
                await put(queue, "a")
            await put(queue, "b")
            with pytest.raises(QueueFull, match="3 jobs are waiting"):
                await put(queue, "c")
            assert await queue.waiting() == 3
            await claimed(queue)
            await put(queue, "c")

    run(promise, make_queue)


def test_the_job_of_a_silent_worker_is_given_to_another(make_queue: MakeQueue) -> None:
    """A worker that falls silent loses its job, and what it says afterwards is not taken."""

    async def promise(make: MakeQueue) -> None:
        async with opened(make, UNHURRIED) as silent, opened(make, UNHURRIED) as other:
            await put(silent)
            lost = await claimed(silent)
            assert await other.claim() is None
            again = await claimed(other)
            assert (again.id, again.attempt, again.failures) == (lost.id, 2, 1)
            assert not await silent.beat(lost, Progress())
            assert not await silent.finish(lost, Progress(), 0)
            assert not await silent.fail(lost, "x")
            assert not await silent.release(lost)
            assert await other.finish(again, Progress(), 0)

    run(promise, make_queue)


def test_beats_keep_a_job(make_queue: MakeQueue) -> None:
    """A job may take longer than the lease while its worker beats."""

    async def promise(make: MakeQueue) -> None:
        async with opened(make, UNHURRIED) as working, opened(make, UNHURRIED) as other:
            await put(working)
            job = await claimed(working)
            for done in range(6):
                await asyncio.sleep(0.25)
                assert await working.beat(job, Progress(done, 6))
                assert await other.claim() is None
            assert await working.finish(job, Progress(6, 6), 0)

    run(promise, make_queue)


def test_a_job_that_kills_its_server_is_not_tried_for_ever(make_queue: MakeQueue) -> None:
    """After three lost workers the job has failed, and says why."""

    async def promise(make: MakeQueue) -> None:
        job = None
        for _ in range(QUICK.failures):
            async with opened(make) as queue:
                job = job or await put(queue)
                await claimed(queue)
        assert job is not None
        async with opened(make) as queue:
            for _ in range(60):
                assert await queue.claim() is None
                if (await found(queue, job)).state is State.FAILED:
                    break
                await asyncio.sleep(0.05)
            failed = await found(queue, job)
            assert (failed.state, failed.reason, failed.failures) == (State.FAILED, LOST, QUICK.failures)

    run(promise, make_queue)


def test_failures_are_tried_again_a_few_times(make_queue: MakeQueue) -> None:
    """With `retry` a job comes again after a pause that grows, never before it is over, up to a limit; without, it has
    failed."""

    async def promise(make: MakeQueue) -> None:
        async with opened(make, Limits(lease=600, pause=QUICK.pause)) as queue:
            job, failed_at, pause = await put(queue), 0.0, 0.0
            for attempt in (1, 2, 3):
                running = await claimed(queue)
                assert time.time() - failed_at >= pause, "too soon"
                assert (running.id, running.attempt) == (job.id, attempt)
                failed_at, pause = time.time(), QUICK.pause * attempt
                assert await queue.fail(running, "the engine is away", retry=True)
            failed = await found(queue, job)
            assert (failed.state, failed.reason) == (State.FAILED, "the engine is away")
            assert await queue.claim() is None
            other = await put(queue)
            assert await queue.fail(await claimed(queue), "no text")
            assert (await found(queue, other)).state is State.FAILED

    run(promise, make_queue)


def test_a_released_job_waits_as_if_never_begun(make_queue: MakeQueue) -> None:
    """A server that is shut down gives its jobs back, and that is no failure."""

    async def promise(make: MakeQueue) -> None:
        async with opened(make) as queue:
            await put(queue)
            assert await queue.release(await claimed(queue))
            again = await claimed(queue)
            assert (again.attempt, again.failures) == (2, 0)

    run(promise, make_queue)


def test_a_cancelled_job_is_never_done(make_queue: MakeQueue) -> None:
    """Cancelled while it waits it is not begun, while it runs its worker hears of it; cancelled twice is once."""

    async def promise(make: MakeQueue) -> None:
        async with opened(make) as queue:
            waiting, running = await put(queue), await put(queue)
            assert await queue.cancel(waiting.id)
            job = await claimed(queue)
            assert job.id == running.id
            assert await queue.cancel(job.id)
            assert not await queue.beat(job, Progress())
            assert not await queue.finish(job, Progress(), 0)
            assert not await queue.cancel(job.id)
            assert (await found(queue, job)).state is State.CANCELLED
            await asyncio.sleep(2 * QUICK.lease)
            assert await queue.claim() is None

    run(promise, make_queue)


def test_only_what_has_ended_is_removed(make_queue: MakeQueue) -> None:
    """A job that waits or runs can't be forgotten by accident; an unknown one is no error."""

    async def promise(make: MakeQueue) -> None:
        async with opened(make) as queue:
            job = await put(queue)
            assert not await queue.remove(job.id)
            running = await claimed(queue)
            assert not await queue.remove(job.id)
            await queue.finish(running, Progress(), 0)
            assert await queue.remove(job.id)
            assert await queue.get(job.id) is None
            assert not await queue.remove(job.id)
            assert not await queue.cancel(job.id)

    run(promise, make_queue)


def test_jobs_expire_and_are_forgotten(make_queue: MakeQueue) -> None:
    """Past its time a job is expired, whether done or still waiting; once more as long, and it is forgotten."""

    async def promise(make: MakeQueue) -> None:
        clock = Clock()
        async with opened(make, Limits(kept=100), clock) as queue:
            done, waiting = await put(queue), await put(queue)
            await queue.finish(await claimed(queue), Progress(), 0)
            assert await queue.expire() == []
            clock.ahead = 101
            assert await queue.expire() == sorted([done.id, waiting.id])
            assert (await found(queue, done)).state is State.EXPIRED
            assert await queue.claim() is None
            clock.ahead = 302
            await queue.expire()
            assert await queue.get(done.id) is None

    run(promise, make_queue)


def test_an_owner_sees_its_own_jobs(make_queue: MakeQueue) -> None:
    """The newest first, and nobody else's."""

    async def promise(make: MakeQueue) -> None:
        async with opened(make) as queue:
            mine = [await put(queue, "a"), await put(queue, "a")]
            await put(queue, "b")
            assert [job.id for job in await queue.list("a")] == [job.id for job in reversed(mine)]
            assert await queue.list("c") == []

    run(promise, make_queue)


def test_a_long_list_comes_in_pages(make_queue: MakeQueue) -> None:
    """Each page goes on where the one before ended, whatever is put meanwhile; nobody can ask with another's job."""

    async def promise(make: MakeQueue) -> None:
        async with opened(make) as queue:
            jobs = [(await put(queue)).id for _ in range(5)]
            first = [job.id for job in await queue.list("a", 2)]
            await put(queue)
            second = [job.id for job in await queue.list("a", 2, first[-1])]
            third = [job.id for job in await queue.list("a", 2, second[-1])]
            assert first + second + third == jobs[::-1]
            assert await queue.list("b", 2, first[-1]) == []
            assert await queue.list("a", 2, str(uuid4())) == []

    run(promise, make_queue)


def test_many_workers_claim_each_job_once(make_queue: MakeQueue) -> None:
    """Whatever claims at the same time, no job is given to two."""

    async def promise(make: MakeQueue) -> None:
        async with opened(make, Limits()) as one, opened(make, Limits()) as two:
            jobs = await asyncio.gather(*(put(one, owner) for owner in "abcd" for _ in range(5)))
            begun = await asyncio.gather(*(queue.claim() for queue in (one, two) for _ in range(15)))
            assert sorted(job.id for job in begun if job) == sorted(job.id for job in jobs)

    run(promise, make_queue)


def test_a_waiting_worker_hears_of_a_new_job(make_queue: MakeQueue) -> None:
    """`wait` returns when a job is put, long before its time is over."""

    async def promise(make: MakeQueue) -> None:
        async with opened(make) as queue:
            waiting = asyncio.create_task(queue.wait(25))
            await asyncio.sleep(0.1)
            await put(queue)
            await asyncio.wait_for(waiting, 5)

    run(promise, make_queue)
