"""The table of jobs, in SQL that SQLite and PostgreSQL both read. Each function is one step inside a transaction.

A job's `turn` makes owners take turns (start-time fair queueing): the first job of an owner comes right after the
one that was last begun, each further one a turn later, whatever others have waiting.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from api.jobs.model import Job, Limits, Progress, State, Task
from api.jobs.queue import QueueFull

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS dragoman_job (
        id TEXT PRIMARY KEY, owner TEXT NOT NULL, task TEXT NOT NULL, state TEXT NOT NULL, turn BIGINT NOT NULL,
        attempt INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
        done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0, findings INTEGER NOT NULL DEFAULT 0,
        reason TEXT NOT NULL DEFAULT '', created DOUBLE PRECISION NOT NULL,
        started DOUBLE PRECISION NOT NULL DEFAULT 0, finished DOUBLE PRECISION NOT NULL DEFAULT 0,
        expires DOUBLE PRECISION NOT NULL, not_before DOUBLE PRECISION NOT NULL DEFAULT 0,
        lease DOUBLE PRECISION NOT NULL DEFAULT 0, dispatch BIGINT NOT NULL DEFAULT 0)""",
    "CREATE INDEX IF NOT EXISTS dragoman_job_turn ON dragoman_job (state, turn, created)",
    "CREATE INDEX IF NOT EXISTS dragoman_job_owner ON dragoman_job (owner, created)",
)

LOST = "the server ended while it was at this job"


class Run(Protocol):
    """Runs a statement with named values (`:name`) and gives back its rows."""

    def __call__(self, statement: str, **values: object) -> list[dict[str, Any]]: ...


def insert(run: Run, identity: str, owner: str, task: Task, limits: Limits, now: float) -> int:
    """Add a job; its turn. Raises QueueFull."""
    [counted] = run(
        "SELECT count(*) AS waiting, coalesce(sum(CASE WHEN owner = :owner THEN 1 ELSE 0 END), 0) AS own"
        " FROM dragoman_job WHERE state = 'queued'",
        owner=owner,
    )
    if counted["waiting"] >= limits.waiting:
        raise QueueFull(f"{counted['waiting']:,} jobs are waiting", remedy="try again later")
    if counted["own"] >= limits.waiting_of_owner:
        raise QueueFull(f"{counted['own']:,} jobs of yours are waiting", remedy="try again when some are done")
    [last] = run(
        "SELECT coalesce(max(turn), 0) AS turn FROM dragoman_job"
        " WHERE started > 0 OR (owner = :owner AND state = 'queued')",
        owner=owner,
    )
    turn = int(last["turn"]) + 1
    run(
        "INSERT INTO dragoman_job (id, owner, task, state, turn, created, expires)"
        " VALUES (:id, :owner, :task, 'queued', :turn, :now, :expires)",
        id=identity,
        owner=owner,
        task=task.model_dump_json(),
        turn=turn,
        now=now,
        expires=now + limits.kept,
    )
    return turn


def select(run: Run, identity: str) -> Job | None:
    rows = run("SELECT * FROM dragoman_job WHERE id = :id", id=identity)
    return job_of(rows[0]) if rows else None


def select_of_owner(run: Run, owner: str, most: int, before: str | None) -> list[Job]:
    """The newest first; of those older than the job `before`, where one is named."""
    rows = run(
        "SELECT * FROM dragoman_job WHERE owner = :owner AND (:before = '' OR (created, id) <"
        " (SELECT created, id FROM dragoman_job WHERE id = :before AND owner = :owner))"
        " ORDER BY created DESC, id DESC LIMIT :most",
        owner=owner,
        before=before or "",
        most=most,
    )
    return [job_of(row) for row in rows]


def waiting(run: Run) -> int:
    return int(run("SELECT count(*) AS waiting FROM dragoman_job WHERE state = 'queued'")[0]["waiting"])


def next_in_turn(run: Run, now: float) -> str | None:
    """The id of the job whose turn it is."""
    rows = run(
        "SELECT id FROM dragoman_job WHERE state = 'queued' AND not_before <= :now ORDER BY turn, created, id LIMIT 1",
        now=now,
    )
    return str(rows[0]["id"]) if rows else None


def begin(run: Run, identity: str, lease: float, now: float) -> Job | None:
    """Set a waiting job running, until `lease`; None where it does not wait."""
    rows = run(
        "UPDATE dragoman_job SET state = 'running', attempt = attempt + 1, done = 0, total = 0, reason = '',"
        " started = :now, lease = :lease WHERE id = :id AND state = 'queued' RETURNING *",
        id=identity,
        now=now,
        lease=lease,
    )
    return job_of(rows[0]) if rows else None


def prolong(run: Run, job: Job, progress: Progress, lease: float) -> bool:
    return bool(
        run(
            "UPDATE dragoman_job SET lease = :lease, done = :done, total = :total"
            " WHERE id = :id AND state = 'running' AND attempt = :attempt RETURNING id",
            id=job.id,
            attempt=job.attempt,
            lease=lease,
            done=progress.done,
            total=progress.total,
        )
    )


def complete(run: Run, job: Job, progress: Progress, findings: int, limits: Limits, now: float) -> bool:
    return bool(
        run(
            "UPDATE dragoman_job SET state = 'done', done = :done, total = :total, findings = :findings,"
            " finished = :now, expires = :expires"
            " WHERE id = :id AND state = 'running' AND attempt = :attempt RETURNING id",
            id=job.id,
            attempt=job.attempt,
            done=progress.done,
            total=progress.total,
            findings=findings,
            now=now,
            expires=now + limits.kept,
        )
    )


def give_up(
    run: Run, job: Job, reason: str, limits: Limits, now: float, *, again_after: float | None = None
) -> State | None:
    """A claimed job has failed: it waits again for `again_after` seconds if it has not failed too often, else it
    has ended. Its new state; None where the claim is lost."""
    again = again_after is not None and job.failures + 1 < limits.failures
    rows = run(
        "UPDATE dragoman_job SET state = :state, failures = failures + 1, reason = :reason, finished = :finished,"
        " not_before = :not_before, expires = :expires"
        " WHERE id = :id AND state = 'running' AND attempt = :attempt RETURNING id",
        id=job.id,
        attempt=job.attempt,
        state="queued" if again else "failed",
        reason=reason,
        finished=0.0 if again else now,
        not_before=now + (again_after or 0.0),
        expires=now + limits.kept,
    )
    return (State.QUEUED if again else State.FAILED) if rows else None


def give_back(run: Run, job: Job) -> bool:
    return bool(
        run(
            "UPDATE dragoman_job SET state = 'queued' WHERE id = :id AND state = 'running' AND attempt = :attempt"
            " RETURNING id",
            id=job.id,
            attempt=job.attempt,
        )
    )


def silent(run: Run, now: float) -> list[Job]:
    """Running jobs whose lease is over."""
    return [job_of(row) for row in run("SELECT * FROM dragoman_job WHERE state = 'running' AND lease < :now", now=now)]


def end(run: Run, identity: str, limits: Limits, now: float) -> bool:
    """Cancel a job that has not ended."""
    return bool(
        run(
            "UPDATE dragoman_job SET state = 'cancelled', finished = :now, expires = :expires"
            " WHERE id = :id AND state IN ('queued', 'running') RETURNING id",
            id=identity,
            now=now,
            expires=now + limits.kept,
        )
    )


def delete(run: Run, identity: str) -> bool:
    """Forget a job that has ended."""
    return bool(
        run(
            "DELETE FROM dragoman_job WHERE id = :id AND state NOT IN ('queued', 'running') RETURNING id",
            id=identity,
        )
    )


def expire(run: Run, limits: Limits, now: float) -> Sequence[str]:
    """Ids of jobs that are now, or were already, past their time. What runs has a deadline instead."""
    run("DELETE FROM dragoman_job WHERE state = 'expired' AND expires < :before", before=now - limits.kept)
    run(
        "UPDATE dragoman_job SET state = 'expired', finished = CASE WHEN finished > 0 THEN finished ELSE :now END"
        " WHERE expires < :now AND state NOT IN ('running', 'expired')",
        now=now,
    )
    return [str(row["id"]) for row in run("SELECT id FROM dragoman_job WHERE state = 'expired' ORDER BY id")]


def job_of(row: dict[str, Any]) -> Job:
    return Job(
        id=row["id"],
        owner=row["owner"],
        task=Task.model_validate_json(row["task"]),
        state=State(row["state"]),
        attempt=row["attempt"],
        failures=row["failures"],
        progress=Progress(row["done"], row["total"]),
        findings=row["findings"],
        reason=row["reason"],
        created=row["created"],
        started=row["started"],
        finished=row["finished"],
        expires=row["expires"],
    )
