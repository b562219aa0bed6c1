"""Nothing that was accepted is lost, whatever becomes of the server's process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.api.jobs.servers import accepted, ended, few_names, slow_engine
from tests.api.serving import free_port

WORKERS, JOBS = 2, 5


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **few_names(tmp_path),
        **{name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")},
        "DRAGOMAN_CACHE": str(tmp_path / "cache"),
        "DRAGOMAN_STORE": str(tmp_path / "store"),
        "DRAGOMAN_JOB_LEASE": "2",
        "DRAGOMAN_JOB_WORKERS": str(WORKERS),
    }


@contextmanager
def process(environment: dict[str, str]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`dragoman serve` as a process of its own, killed at the end."""
    port = free_port()
    command = [sys.executable, "-m", "toolkit", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[3])
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 120
        while True:
            assert server.poll() is None, "the server did not start"
            assert time.monotonic() < until, "the server did not answer"
            try:
                httpx.get(f"{address}/health")
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield address, server
    finally:
        server.kill()
        server.wait(10)


def _text(number: int) -> str:
    return f"The invented baker number {number} sold bread.\n\nThe invented miller number {number} slept."


def test_sigkill_in_the_middle_of_jobs_loses_none(environment: dict[str, str]) -> None:
    """Some jobs run, some wait, the process is killed: after a restart all results arrive, once each."""
    with slow_engine() as engine:
        environment["DRAGOMAN_LIBRETRANSLATE_URL"] = engine.url
        with process(environment) as (address, server):
            jobs = [accepted(address, _text(number)) for number in range(JOBS)]
            engine.wait_until_asked(2 * WORKERS)
            server.send_signal(signal.SIGKILL)
            server.wait(10)
        engine.gate.set()
        with process(environment) as (address, _):
            for number, identity in enumerate(jobs):
                job = ended(address, identity)
                assert job["state"] == "done", job
                assert job["progress"] == {"done": 2, "total": 2}
                text = httpx.get(f"{address}/v1/jobs/{identity}/result").text
                assert text == "\n\n".join(f"[{line}]" for line in _text(number).split("\n\n"))
            listed = httpx.get(f"{address}/v1/jobs").json()["jobs"]
            assert sorted(job["id"] for job in listed) == sorted(jobs)
        for identity in jobs:
            folder = Path(environment["DRAGOMAN_STORE"]) / "jobs" / identity
            assert len(list(folder.glob("attempt-?"))) == 1, "finished twice"
        asked = [engine.asked[line] for number in range(JOBS) for line in _text(number).split("\n\n")]
        assert sorted(asked) == [1] * 2 * (JOBS - WORKERS) + [2] * 2 * WORKERS, "more than what was cut short"


def test_sigterm_gives_back_what_runs(environment: dict[str, str]) -> None:
    """A server that is shut down ends by itself, and what it did not finish is done after the restart."""
    with slow_engine() as engine:
        environment["DRAGOMAN_LIBRETRANSLATE_URL"] = engine.url
        environment["DRAGOMAN_JOB_LEASE"] = "600"
        text = "\n\n".join(f"The invented baker number {n}x sold bread." for n in range(200))
        with process(environment) as (address, server):
            identity = accepted(address, text)
            engine.wait_until_asked()
            server.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            engine.gate.set()
            assert server.wait(30) in (0, -signal.SIGTERM)
        with process(environment) as (address, _):
            job = ended(address, identity)
            assert (job["state"], job["progress"]) == ("done", {"done": 200, "total": 200})


def test_sigkill_while_jobs_come_in_loses_nothing_accepted(environment: dict[str, str]) -> None:
    """Killed while it takes and does short jobs: what was answered with 202 is done in the end."""
    with process(environment) as (address, server):
        jobs = [accepted(address, "В Степанакерте тихо.", "a.txt", **_RESTYLE) for _ in range(6)]
        server.send_signal(signal.SIGKILL)
        server.wait(10)
    with process(environment) as (address, _):
        for identity in jobs:
            assert ended(address, identity)["state"] == "done"
            assert httpx.get(f"{address}/v1/jobs/{identity}/result").text == "В Ханкенди тихо."


_RESTYLE: dict[str, object] = {"verb": "restyle", "from": "ru", "to": None, "policy": "azerbaijani"}
