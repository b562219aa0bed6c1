"""Real HTTP servers on this machine that answer as a test tells them to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """What a server was asked."""

    path: str
    headers: dict[str, str]
    body: Any


Answer = Callable[[Asked, "Handler"], None]


@dataclass
class Server:
    port: int
    asked: list[Asked] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the test's function."""

    answer: Answer
    record: Server

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        asked = Asked(self.path, dict(self.headers), json.loads(self.rfile.read(length)))
        self.record.asked.append(asked)
        try:
            type(self).answer(asked, self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def send(self, body: object, status: int = 200, **headers: str) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(raw)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def serving(answer: Answer) -> Iterator[Server]:
    record = Server(0)
    handler = type("TestHandler", (Handler,), {"answer": staticmethod(answer), "record": record})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    record.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield record
    finally:
        server.shutdown()
        server.server_close()
        thread.join(20)
