"""Nobody keeps a connection by saying nothing, and nobody who is being answered loses one."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator

import pytest
import uvicorn
from fastapi import FastAPI

from api.connections import PatientProtocol
from tests.api.serving import served


class _Hasty(PatientProtocol):
    patience = 0.4


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server that waits 0.4 seconds for headers, with a route that takes longer to answer."""
    app = FastAPI()

    @app.get("/readyz")
    async def ready() -> str:
        return "ok"

    @app.get("/slow")
    async def slow() -> str:
        await asyncio.sleep(1)
        return "done"

    with served(app, http=_Hasty, timeout_keep_alive=30) as address:
        yield int(address.rpartition(":")[2])


def _until_closed(connection: socket.socket) -> bytes:
    """What comes until the server hangs up."""
    connection.settimeout(10)
    found = b""
    while piece := connection.recv(65_536):
        found += piece
    return found


def _dribble(connection: socket.socket, text: bytes) -> None:
    for letter in text:
        connection.sendall(bytes([letter]))
        time.sleep(0.02)


@pytest.mark.parametrize("sent", [b"", b"GET /readyz HTTP/1.1\r\nHost: localhost\r\n"])
def test_headers_that_do_not_come_end_the_connection(port: int, sent: bytes) -> None:
    """None at all, or some of them."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(sent)
        assert _until_closed(connection) == b""


def test_headers_that_come_letter_by_letter_end_the_connection(port: int) -> None:
    """Each letter comes soon, all of them do not: for a first request and for one after it."""
    request = b"GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for before in (b"", request):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(before)
            with pytest.raises(ConnectionError):
                _dribble(connection, request[:-2] * 20)


def test_who_waits_for_an_answer_gets_it(port: int) -> None:
    """The time for headers is over while the request is answered; the connection stays for the next."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        for _ in range(2):
            connection.sendall(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
            connection.settimeout(10)
            answer = b""
            while not answer.endswith(b'"done"'):
                answer += connection.recv(65_536)
            assert answer.startswith(b"HTTP/1.1 200")


def test_the_server_uses_it(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    """`dragoman serve` runs with it."""
    from api import server
    from api.observe import logs

    seen: list[uvicorn.Config] = []
    monkeypatch.setattr(logs, "configure", lambda: None)
    monkeypatch.setattr(server, "keep_few_heaps", lambda: None)
    monkeypatch.setattr(uvicorn.Server, "run", lambda self: seen.append(self.config))
    monkeypatch.setenv("DRAGOMAN_STORE", str(tmp_path))
    server.run("127.0.0.1", 1)
    assert seen[0].http is PatientProtocol
