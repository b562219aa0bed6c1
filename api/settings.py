"""Settings of the server, read from the environment here and nowhere else in the API."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from toolkit.errors import BadOption
from toolkit.settings import Setting, Settings, read_settings

Network = IPv4Network | IPv6Network

SETTINGS = (
    Setting("DRAGOMAN_CORS_ORIGINS", "none", "origins, with commas between, whose pages may call the server"),
    Setting("DRAGOMAN_DEADLINE", "60", "seconds after which a request is answered 503"),
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
    Setting("DRAGOMAN_PROXIES", "none", "addresses or networks of proxies whose X-Forwarded headers are believed"),
    Setting("DRAGOMAN_PUBLIC_URL", "none", "address under which clients reach the server, for links in answers"),
    Setting("DRAGOMAN_QUEUE", "64", "most requests that wait for a worker"),
    Setting("DRAGOMAN_RATE", "300000", "characters that a key may send in a minute"),
    Setting("DRAGOMAN_RATE_STORE", "memory", "where that is counted: memory, or sqlite for several processes"),
    Setting("DRAGOMAN_WORKERS", "8", "requests that are worked on at once"),
)


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """The toolkit's settings and the limits of a request."""

    toolkit: Settings
    max_characters: int = 50_000
    max_texts: int = 100
    cors_origins: tuple[str, ...] = ()
    deadline: int = 60
    proxies: tuple[Network, ...] = ()
    public_url: str = ""
    """Without a slash at its end; empty: as the request has it."""
    queue: int = 64
    rate: int = 300_000
    rate_store: str = "memory"
    workers: int = 8
    jobs: str = ""
    job_kept: int = 86_400
    job_lease: int = 15
    job_seconds: int = 600
    job_workers: int = 2
    max_jobs: int = 200
    max_jobs_per_key: int = 100
    max_upload: int = 10_000_000

    @property
    def store(self) -> Path:
        """Folder of what the server keeps."""
        return self.toolkit.store

    @property
    def max_body(self) -> int:
        """Bytes: every character escaped in JSON or a form, and room for the rest."""
        return 6 * self.max_characters + 65_536

    @property
    def max_upload_body(self) -> int:
        """Bytes: two files, and room for the rest."""
        return 2 * self.max_upload + 65_536


def read_api_settings(environ: Mapping[str, str] | None = None) -> ApiSettings:
    """Raises BadOption for what cannot be meant."""
    env = os.environ if environ is None else environ
    return ApiSettings(
        toolkit=read_settings(env),
        max_characters=_count(env, "DRAGOMAN_MAX_CHARACTERS", 50_000),
        max_texts=_count(env, "DRAGOMAN_MAX_TEXTS", 100),
        cors_origins=tuple(_origin(text) for text in _list(env, "DRAGOMAN_CORS_ORIGINS")),
        deadline=_count(env, "DRAGOMAN_DEADLINE", 60),
        proxies=tuple(_network(text) for text in _list(env, "DRAGOMAN_PROXIES")),
        public_url=_public_url(env.get("DRAGOMAN_PUBLIC_URL", "").strip()),
        queue=_count(env, "DRAGOMAN_QUEUE", 64),
        rate=_count(env, "DRAGOMAN_RATE", 300_000),
        rate_store=_choice(env, "DRAGOMAN_RATE_STORE", ("memory", "sqlite")),
        workers=_count(env, "DRAGOMAN_WORKERS", 8),
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


def _choice(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """One of the choices, the first where nothing is given. Raises BadOption for anything else."""
    value = env.get(name, "").strip().lower() or choices[0]
    if value not in choices:
        raise BadOption(f"unknown choice {value[:20]!r}", where=name, remedy=f"use one of {', '.join(choices)}")
    return value


def _list(env: Mapping[str, str], name: str) -> list[str]:
    return [part.strip() for part in env.get(name, "").split(",") if part.strip()]


def _origin(text: str) -> str:
    """An origin as browsers write it. `*` is none: every page could then call a server that asks for no keys."""
    try:
        parts = urlsplit(text)
        wanted = f"{parts.scheme}://{parts.netloc}"
        usable = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        usable = False
    if not usable or text.lower() not in (wanted, f"{wanted}/") or "*" in text:
        raise BadOption(
            f"{text[:60]!r} is no origin", where="DRAGOMAN_CORS_ORIGINS", remedy="write https://cms.example.org"
        )
    return wanted


def _public_url(text: str) -> str:
    """The address without a slash at its end; it may have a path. Raises BadOption."""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if text and (not usable or not re.fullmatch(r"[A-Za-z0-9:/.\[\]~_%-]+", text)):
        raise BadOption(
            f"{text[:60]!r} is no address of a server",
            where="DRAGOMAN_PUBLIC_URL",
            remedy="write https://names.example.org, or with a path",
        )
    return text.rstrip("/")


def _network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError:
        raise BadOption(
            f"{text[:60]!r} is no address or network", where="DRAGOMAN_PROXIES", remedy="write 10.0.0.5 or 10.0.0.0/24"
        ) from None
