"""Real servers for tests: in a thread, or in a process of their own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 300
"""Seconds after which something hangs, however slow the machine is."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(app: FastAPI, **options: object) -> Iterator[str]:
    """The address of a server in a thread that has loaded everything."""
    # Kept, so that nobody else takes the port. asyncio sends at once (TCP_NODELAY) only where the socket says that it
    # is TCP; else the body of every answer on a kept connection waits 40 ms for an acknowledgement of its head.
    bound = socket.socket(proto=socket.IPPROTO_TCP)
    bound.bind(("127.0.0.1", 0))
    port = bound.getsockname()[1]
    settings = {"log_level": "error", "proxy_headers": False, **options}
    running = uvicorn.Server(uvicorn.Config(app, **settings))  # type: ignore[arg-type]
    thread = threading.Thread(target=running.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    try:
        await_ready(f"http://127.0.0.1:{port}", thread.is_alive)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.should_exit = True
        thread.join(_PATIENCE)
        bound.close()
        assert not thread.is_alive(), "the server did not stop"


@contextmanager
def serving(environ: Mapping[str, str], log: Path, *arguments: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of `dragoman serve` in a process, which is ended if it still runs; what it logs is in `log`."""
    port = free_port()
    command = [sys.executable, "-m", "toolkit", "serve", "--port", str(port), *arguments]
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environ}, stdout=subprocess.DEVNULL, stderr=file
        )
    try:
        await_ready(f"http://127.0.0.1:{port}", lambda: process.poll() is None)
        yield f"http://127.0.0.1:{port}", process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(_PATIENCE)


def await_ready(address: str, alive: Callable[[], bool]) -> None:
    """Until /readyz says ok."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert alive(), "the server did not start"
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.02)
    raise AssertionError("the server was not ready in time")
