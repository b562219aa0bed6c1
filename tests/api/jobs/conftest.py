"""Both queues, SQLite and, where it is installed, a PostgreSQL server of the tests' own; a server for documents."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from pwd import getpwnam

import pytest

from api.jobs.model import Limits
from api.jobs.queue import JobQueue
from api.jobs.sqlite import SqliteQueue
from tests.api.jobs.servers import SlowEngine, api_server, slow_engine

Clock = Callable[[], float]
MakeQueue = Callable[[Limits, Clock], JobQueue]


def _programs() -> Path | None:
    """The folder with initdb and postgres; Debian keeps it out of the search path."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((folder for folder in reversed(folders) if (folder / "pg_isready").exists()), None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server on loopback, without the name of a database."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    pytest.importorskip("procrastinate", reason="the extra [postgres] is not installed")
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="dragoman-postgres-"))
    if user:
        os.chown(folder, getpwnam(user).pw_uid, getpwnam(user).pw_gid)
    options = ["--no-sync", "--auth=trust", "--username=dragoman", "--encoding=UTF8", "--locale=C"]
    subprocess.run(
        [programs / "initdb", "-D", folder / "data", *options], user=user, check=True, capture_output=True, cwd=folder
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = ["-D", str(folder / "data"), "-p", str(port), "-h", "127.0.0.1", "-k", str(folder), "-F"]
    server = subprocess.Popen([programs / "postgres", *arguments], user=user, cwd=folder, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while subprocess.run(
            [programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port)], capture_output=True
        ).returncode:
            assert server.poll() is None, "PostgreSQL did not start"
            assert time.monotonic() < until, "PostgreSQL is not ready"
            time.sleep(0.05)
        yield f"postgresql://dragoman@127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing of it is needed any more
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(postgres: str) -> str:
    """The address of an empty database."""
    import psycopg

    address = f"{postgres}/postgres"
    with psycopg.connect(address, autocommit=True) as db:
        db.execute("DROP SCHEMA public CASCADE")
        db.execute("CREATE SCHEMA public")
    return address


@pytest.fixture(params=["postgresql", "sqlite"])
def make_queue(request: pytest.FixtureRequest, tmp_path: Path) -> MakeQueue:
    """Makes queues over the same jobs, as several processes would."""
    if request.param == "sqlite":
        return lambda limits, clock: SqliteQueue(tmp_path / "jobs.sqlite", limits, clock)
    address: str = request.getfixturevalue("database")
    from api.jobs.postgres import PostgresQueue

    return lambda limits, clock: PostgresQueue(address, limits, clock)


@pytest.fixture(scope="session")
def engine() -> Iterator[SlowEngine]:
    with slow_engine() as running:
        yield running


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("jobs-store")


@pytest.fixture(scope="session")
def api(cache: Path, store: Path, engine: SlowEngine) -> Iterator[str]:
    """A server over the project's glossary and memory, whose engine answers when its gate is open."""
    environment = {
        "DRAGOMAN_CACHE": str(cache),
        "DRAGOMAN_STORE": str(store),
        "DRAGOMAN_LIBRETRANSLATE_URL": engine.url,
        "DRAGOMAN_MAX_JOBS": "4",
        "DRAGOMAN_MAX_UPLOAD": "300000",
        "DRAGOMAN_PROXIES": "127.0.0.1",
    }
    with api_server(environment) as address:
        yield address


@pytest.fixture
def open_gate(engine: SlowEngine) -> None:
    """The engine answers at once, unless a test shuts its gate."""
    engine.gate.set()
    engine.asked.clear()
