"""A client for load: keep-alive connections that cost so little that the server is what is measured."""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any


@dataclass(frozen=True, slots=True)
class Ask:
    """A request; `body` goes as JSON, bytes as they are, of the given content type."""

    method: str
    path: str
    body: Any = None
    kind: str = "application/json"

    def bytes_for(self, host: str) -> bytes:
        body = (
            self.body if isinstance(self.body, bytes) else b"" if self.body is None else json.dumps(self.body).encode()
        )
        head = f"{self.method} {self.path} HTTP/1.1\r\nhost: {host}\r\n"
        if body:
            head += f"content-type: {self.kind}\r\ncontent-length: {len(body)}\r\n"
        return head.encode() + b"\r\n" + body


@dataclass
class Load:
    """What came of many requests; times in seconds, `processor` those that the server used."""

    seconds: float = 0.0
    processor: float = 0.0
    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    def percentile(self, percent: int) -> float:
        return statistics.quantiles(self.times, n=100)[percent - 1]

    @property
    def faults(self) -> int:
        """Answers that say that the server failed; 503 says that it is busy."""
        return sum(n for status, n in self.statuses.items() if status >= 500 and status != 503)


class Connection:
    """One keep-alive connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, ask: Ask) -> tuple[int, bytes]:
        """Status and body; a connection that the server closed is opened anew."""
        if self._reader is None or self._writer is None or self._reader.at_eof():
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writer.write(ask.bytes_for(f"127.0.0.1:{self._port}"))
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
        body = await self._reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection") == "close":
            self.close()
        return int(head[0].split()[1]), body

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


async def load(
    port: int, asks: Sequence[Ask], clients: int, seconds: float, requests: int | None = None, pause: float = 0.0
) -> Load:
    """Clients that ask one after the other, in turn, for so long or so many requests in all."""
    found = Load()
    numbers = count()
    start = time.perf_counter()

    def more() -> Iterator[Ask]:
        while time.perf_counter() - start < seconds:
            number = next(numbers)
            if requests is not None and number >= requests:
                return
            yield asks[number % len(asks)]

    async def client() -> None:
        connection = Connection(port)
        for ask in more():
            began = time.perf_counter()
            status, _ = await connection.ask(ask)
            found.times.append(time.perf_counter() - began)
            found.statuses[status] += 1
            if pause:
                await asyncio.sleep(pause)
        connection.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    found.seconds = time.perf_counter() - start
    return found


def timed(task: Callable[[], object], rounds: int) -> list[float]:
    """How long a task took, each time."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return times
