"""Settings of the server, read from the environment here and nowhere else in the API."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import BadOption
from toolkit.settings import Setting, Settings, base_folder, folder_setting, read_settings

SETTINGS = (
    Setting("DRAGOMAN_JOBS", "jobs.sqlite in the store", "where jobs are kept: a path, or a postgresql:// address"),
    Setting("DRAGOMAN_JOB_KEPT", "86400", "seconds after its end until a job's files are deleted"),
    Setting("DRAGOMAN_JOB_LEASE", "15", "seconds without a sign of life until another worker takes a job over"),
    Setting("DRAGOMAN_JOB_SECONDS", "600", "longest time a job may take, in seconds"),
    Setting("DRAGOMAN_JOB_WORKERS", "2", "jobs that are done at the same time"),
    Setting("DRAGOMAN_MAX_CHARACTERS", "50000", "longest text of one request, in characters"),
    Setting("DRAGOMAN_MAX_JOBS", "200", "most jobs that wait; then the answer is 503"),
    Setting("DRAGOMAN_MAX_JOBS_PER_KEY", "100", "most jobs of one key that wait"),
    Setting("DRAGOMAN_MAX_TEXTS", "100", "most texts of one request"),
    Setting("DRAGOMAN_MAX_UPLOAD", "10000000", "largest upload, in bytes"),
    Setting(
        "DRAGOMAN_STORE",
        "$XDG_DATA_HOME/dragoman/server, or ~/.local/share/dragoman/server",
        "folder of glossaries and documents that clients upload",
    ),
)


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """The toolkit's settings and the limits of a request."""

    toolkit: Settings
    store: Path
    max_characters: int = 50_000
    max_texts: int = 100
    jobs: str = ""
    job_kept: int = 86_400
    job_lease: int = 15
    job_seconds: int = 600
    job_workers: int = 2
    max_jobs: int = 200
    max_jobs_per_key: int = 100
    max_upload: int = 10_000_000

    @property
    def max_body(self) -> int:
        """Bytes: every character escaped in JSON or a form, and room for the rest."""
        return 6 * self.max_characters + 65_536

    @property
    def max_upload_body(self) -> int:
        """Bytes: two files, and room for the rest."""
        return 2 * self.max_upload + 65_536


def read_api_settings(environ: Mapping[str, str] | None = None) -> ApiSettings:
    env = os.environ if environ is None else environ
    return ApiSettings(
        read_settings(env),
        folder_setting(env, "DRAGOMAN_STORE")
        or base_folder(env, "XDG_DATA_HOME", ".local/share") / "dragoman" / "server",
        _count(env, "DRAGOMAN_MAX_CHARACTERS", 50_000),
        _count(env, "DRAGOMAN_MAX_TEXTS", 100),
        jobs=env.get("DRAGOMAN_JOBS", "").strip(),
        job_kept=_count(env, "DRAGOMAN_JOB_KEPT", 86_400),
        job_lease=_count(env, "DRAGOMAN_JOB_LEASE", 15),
        job_seconds=_count(env, "DRAGOMAN_JOB_SECONDS", 600),
        job_workers=_count(env, "DRAGOMAN_JOB_WORKERS", 2),
        max_jobs=_count(env, "DRAGOMAN_MAX_JOBS", 200),
        max_jobs_per_key=_count(env, "DRAGOMAN_MAX_JOBS_PER_KEY", 100),
        max_upload=_count(env, "DRAGOMAN_MAX_UPLOAD", 10_000_000),
    )


def _count(env: Mapping[str, str], name: str, default: int) -> int:
    """A whole number above nought. Raises BadOption for anything else."""
    value = env.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or int(value) == 0:
        raise BadOption(f"{value[:20]!r} is no whole number above 0", where=name, remedy=f"leave it out for {default}")
    return int(value)
