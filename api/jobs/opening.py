"""The queue that the settings name."""

from __future__ import annotations

from pathlib import Path

from api.jobs.model import Limits
from api.jobs.queue import JobQueue
from api.settings import ApiSettings

_POSTGRES = ("postgres://", "postgresql://")


def queue_of(settings: ApiSettings) -> JobQueue:
    """PostgreSQL for its addresses, else the SQLite file of that path, in the store where none is named.

    Raises BadOption where PostgreSQL is asked for and its extra is not installed.
    """
    limits = Limits(
        waiting=settings.max_jobs,
        waiting_of_owner=settings.max_jobs_per_key,
        lease=float(settings.job_lease),
        kept=float(settings.job_kept),
    )
    if settings.jobs.startswith(_POSTGRES):
        from api.jobs.postgres import PostgresQueue

        return PostgresQueue(settings.jobs, limits)
    from api.jobs.sqlite import SqliteQueue

    return SqliteQueue(Path(settings.jobs) if settings.jobs else settings.store / "jobs.sqlite", limits)
