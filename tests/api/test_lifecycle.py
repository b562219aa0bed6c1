"""A server loads, serves, drains and ends: real processes, real signals."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.lifecycle import State
from api.settings import ApiSettings, read_api_settings
from tests.api.serving import ROOT, serving
from toolkit.errors import GlossaryBroken
from toolkit.keys.store import KeyStore


@asynccontextmanager
async def started(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application in this process, started as a server starts it."""
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=20) as client,
    ):
        yield client


@pytest.fixture
def environ(tmp_path: Path, cache: Path) -> dict[str, str]:
    return {
        "DRAGOMAN_CACHE": str(cache),
        "DRAGOMAN_STORE": str(tmp_path / "store"),
        "DRAGOMAN_MAX_CHARACTERS": "3000000",
    }


SENTENCE = "По дороге к Степанакерту тихо, а в Шуше и под Горисом слышали взрыв. "


def _large(characters: int) -> dict[str, Any]:
    return {"text": SENTENCE * (characters // len(SENTENCE)), "lang": "ru", "policy": "azerbaijani"}


def test_sigterm_drains(environ: dict[str, str], tmp_path: Path) -> None:
    """The running request ends with its answer, new ones get 503, /readyz says why; then the server ends.

    All the while /livez is answered: nothing blocks the event loop.
    """
    log = tmp_path / "log"
    with (
        serving(environ, log) as (address, process),
        ThreadPoolExecutor(1) as pool,
        httpx.Client(timeout=120) as client,
    ):
        running = pool.submit(httpx.post, f"{address}/v1/restyle", json=_large(50_000), timeout=120)
        while "dragoman_workers_busy 1.0" not in client.get(f"{address}/metrics").text:
            assert not running.done()
        for _ in range(20):
            assert client.get(f"{address}/livez").json() == {"status": "ok"}
        assert not running.done()
        process.send_signal(signal.SIGTERM)
        while (ready := client.get(f"{address}/readyz")).status_code == 200:
            assert not running.done()
        assert (ready.status_code, ready.json()) == (503, {"status": "draining"})
        assert client.get(f"{address}/livez").status_code == 200
        for path, shape in (("/v1/lint", "detail"), ("/v2/translate", "message"), ("/translate", "error")):
            refused = client.post(f"{address}{path}", json={})
            assert refused.status_code == 503
            assert "shutting down" in refused.text
            assert shape in refused.json()
            assert refused.headers["retry-after"]
        assert not running.done()
        answer = running.result(120)
        assert answer.status_code == 200
        assert "Ханкенди" in answer.json()["text"]
        process.wait(20)
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines if line["event"] != "request"][:2] == ["ready", "draining"]
    assert not any("Степанакерт" in json.dumps(line, ensure_ascii=False) for line in lines)


def test_not_ready_before_it_has_loaded(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """While it loads, probes say so, and requests wait for it."""
    app = create_app(read_api_settings(environ))
    go = threading.Event()
    monkeypatch.setattr(app.state.service, "warm", lambda: go.wait(20))

    async def ask() -> None:
        async with started(app) as client:
            assert (await client.get("/livez")).status_code == 200
            ready = await client.get("/readyz")
            assert (ready.status_code, ready.json()) == (503, {"status": "loading"})
            waiting = asyncio.create_task(client.get("/languages"))
            await asyncio.sleep(0)
            assert not waiting.done()
            go.set()
            assert (await waiting).status_code == 200
            assert (await client.get("/readyz")).json() == {"status": "ok"}

    asyncio.run(ask())


def test_what_cannot_be_loaded_is_said(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """/readyz stays 503, requests get the line that says what is broken, and whoever runs the server is told."""
    app = create_app(read_api_settings(environ))

    def broken() -> None:
        raise GlossaryBroken("the pack has no entries", where="pack.yaml", remedy="install it anew")

    told = threading.Event()
    monkeypatch.setattr(app.state.service, "warm", broken)
    app.state.lifecycle.on_failure = told.set

    async def ask() -> None:
        async with started(app) as client:
            answer = await client.get("/v1/anything")
            assert answer.status_code == 503
            assert "pack.yaml: the pack has no entries (install it anew)" in answer.text
            assert (await client.get("/readyz")).json() == {"status": "broken"}

    asyncio.run(ask())
    assert told.is_set()
    assert app.state.lifecycle.state is State.BROKEN


def test_a_broken_glossary_ends_serve_with_one_line(environ: dict[str, str], tmp_path: Path) -> None:
    """Exit code 4, as of every command; no traceback."""
    (tmp_path / "packs" / "x").mkdir(parents=True)
    (tmp_path / "packs" / "x" / "pack.yaml").write_text("{")
    broken = {**environ, "DRAGOMAN_GLOSSARIES": str(tmp_path / "packs")}
    command = [sys.executable, "-m", "toolkit", "serve", "--port", "0"]
    run = subprocess.run(command, cwd=ROOT, env={**os.environ, **broken}, capture_output=True, text=True, check=False)
    assert run.returncode == 4
    assert run.stderr.splitlines()[-1].startswith("dragoman: ")
    assert "Traceback" not in run.stderr


def test_with_a_key_it_serves_others(environ: dict[str, str], tmp_path: Path) -> None:
    """With a key, an address beyond loopback is listened on, and the key is asked for there."""
    _, token = KeyStore(tmp_path / "store").create("x")
    with serving(environ, tmp_path / "log", "--host", "0.0.0.0") as (address, _):  # noqa: S104
        assert httpx.get(f"{address}/v2/usage").status_code == 403
        assert httpx.get(f"{address}/v2/usage", headers={"authorization": f"Bearer {token}"}).status_code == 200
        slow = socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])))
        slow.sendall(b"POST /v1/lint HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n")
        assert httpx.get(f"{address}/livez").status_code == 200
        slow.close()


_CYCLES = 50


def _threads() -> int:
    return sum(1 for thread in threading.enumerate() if thread.is_alive())


def _fds() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")
def test_nothing_leaks(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty applications are made, asked and closed, and none leaves a file or thread behind.

    The server of other tests may live in this process and open or close a few meanwhile: a leak would be fifty.
    """
    settings: ApiSettings = read_api_settings(environ)
    KeyStore(settings.store).create("x")

    async def cycle() -> None:
        app = create_app(settings)
        monkeypatch.setattr(app.state.service, "warm", lambda: None)
        async with started(app) as client:
            assert (await client.get("/languages")).status_code == 200
            assert (await client.get("/v2/usage")).status_code == 403
            app.state.service.usage.add("x", 1)
        assert app.state.lifecycle.active == 0

    asyncio.run(cycle())
    gc.collect()
    fds, threads = _fds(), _threads()
    for _ in range(_CYCLES):
        asyncio.run(cycle())
    gc.collect()
    assert _fds() - fds < _CYCLES / 2
    assert _threads() - threads < _CYCLES / 2
