"""Real servers for the tests of jobs: the API in a thread, and a slow engine for it to wait for."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from api.app import create_app
from api.settings import read_api_settings
from tests.api.serving import served

STORED = "Two rockets landed in a potato field near Goris on Friday without exploding."
"""The memory has it, about another day."""
NEW = "The invented committee of bakers adjourned its ninth meeting."
"""Nothing has it but the engine."""


@dataclass
class SlowEngine:
    """A LibreTranslate server that answers only while its gate is open, and keeps count of what it was asked."""

    url: str = ""
    gate: threading.Event = field(default_factory=threading.Event)
    asked: Counter[str] = field(default_factory=Counter)

    def wait_until_asked(self, times: int = 1) -> None:
        until = time.monotonic() + 20
        while self.asked.total() < times:
            assert time.monotonic() < until, f"asked {self.asked.total()} times, {times} expected"
            time.sleep(0.02)


@contextmanager
def slow_engine() -> Iterator[SlowEngine]:
    engine = SlowEngine()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            texts = json.loads(self.rfile.read(int(self.headers["content-length"])))["q"]
            engine.asked.update(texts)
            engine.gate.wait(30)
            body = json.dumps({"translatedText": [f"[{text}]" for text in texts]}).encode()
            try:
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                return  # who asked was killed

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    engine.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield engine
    finally:
        engine.gate.set()
        server.shutdown()
        server.server_close()
        thread.join(10)


def few_names(folder: Path) -> dict[str, str]:
    """Settings for a server that is up at once: the real policies and a single entry, no memory."""
    real = Path(__file__).parents[3] / "glossaries"
    city = folder / "glossaries" / "south-caucasus" / "city"
    city.mkdir(parents=True)
    (folder / "seeds").mkdir()
    (folder / "glossaries" / "policies").symlink_to(real / "policies")
    for part in ("pack.yaml", "city/khankendi-stepanakert.yaml"):
        (folder / "glossaries" / "south-caucasus" / part).symlink_to(real / "south-caucasus" / part)
    return {"DRAGOMAN_GLOSSARIES": str(folder / "glossaries"), "DRAGOMAN_SEEDS": str(folder / "seeds")}


@contextmanager
def api_server(environment: dict[str, str], prepare: Callable[[FastAPI], None] = lambda app: None) -> Iterator[str]:
    """The address of the API, run in a thread with these settings."""
    app = create_app(read_api_settings(environment))
    prepare(app)
    with served(app) as address:
        yield address


def submit(server: str, text: str | bytes, name: str = "story.en.txt", **fields: Any) -> httpx.Response:
    """Upload a document to be translated from English into Russian, unless the fields say otherwise."""
    form = {"verb": "translate", "from": "en", "to": "ru", **fields}
    content = text.encode() if isinstance(text, str) else text
    return httpx.post(
        f"{server}/v1/documents",
        data={key: value for key, value in form.items() if value is not None},
        files={"file": (name, content)},
        timeout=30,
    )


def accepted(server: str, text: str | bytes, name: str = "story.en.txt", **fields: Any) -> str:
    """The id of a job that was accepted."""
    answer = submit(server, text, name, **fields)
    assert answer.status_code == 202, answer.text
    identity: str = answer.json()["id"]
    return identity


def ended(server: str, identity: str, seconds: float = 30) -> dict[str, object]:
    """A job when it has ended."""
    until = time.monotonic() + seconds
    while True:
        job: dict[str, object] = httpx.get(f"{server}/v1/jobs/{identity}", timeout=30).json()
        if job["state"] not in ("queued", "running"):
            return job
        assert time.monotonic() < until, f"not ended: {job}"
        time.sleep(0.05)
