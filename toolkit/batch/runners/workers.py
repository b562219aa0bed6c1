"""Workers side by side, whatever they are: chunks handed out and taken back in order, the dead replaced.

When a worker dies, the items that it had are given out again one at a time. An item that is alone with its worker
when that dies for the second time is the one to blame, and is passed by.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from toolkit.batch.model import Answer, Chunk, Failure, Item
from toolkit.batch.runners.protocol import RunnerUnusable, WorkerDied

_TRIES = 2
_AHEAD = 2
"""Chunks for each worker that are out at one time: one that it works on, one that waits."""


class Worker(Protocol):
    """Something that answers items and may die of it."""

    def ask(self, items: Sequence[Item]) -> Sequence[Answer]:
        """The answers, in order. Raises WorkerDied."""
        ...

    def end(self) -> None:
        """End it at once, whatever it does; called from any thread, any number of times."""
        ...


@dataclass(frozen=True, slots=True)
class Start:
    """How workers start. `together`: all at once, where nothing is left to compile that the others would wait for.
    `early`: before there is work for them, where it lies behind much that is only read."""

    together: bool = False
    early: bool = False


WHEN_NEEDED = Start()


class Workers:
    """A Runner over `count` workers that `make` makes, one for each thread of this process that waits for it."""

    def __init__(self, make: Callable[[], Worker], count: int, start: Start = WHEN_NEEDED) -> None:
        self._make = make
        self._count = count
        self._early = start.early
        self._threads = ThreadPoolExecutor(count, "batch")
        self._own = threading.local()
        self._living: set[Worker] = set()
        self._lock = threading.Lock()
        self._first = threading.Lock()
        self._warm = start.together
        self._closed = False
        self._window = _AHEAD * count

    def run(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Sequence[Answer]]]:
        out: deque[tuple[Chunk, Future[Sequence[Answer]] | None]] = deque()
        busy = 0
        for _ in range(self._count if self._early else 0):
            self._threads.submit(self._worker)  # one that cannot start says so to the first who needs it
        for chunk in chunks:
            work = chunk.work
            out.append((chunk, self._threads.submit(self._answers, work) if work else None))
            busy += bool(work)
            while out and (out[0][1] is None or busy > self._window):
                busy -= out[0][1] is not None
                yield self._taken(out.popleft())
        while out:
            yield self._taken(out.popleft())

    def close(self) -> None:
        with self._lock:
            self._closed = True
            living = list(self._living)
        for worker in living:
            worker.end()
        self._threads.shutdown(wait=True, cancel_futures=True)

    @staticmethod
    def _taken(pair: tuple[Chunk, Future[Sequence[Answer]] | None]) -> tuple[Chunk, Sequence[Answer]]:
        chunk, future = pair
        return chunk, future.result() if future else []

    def _answers(self, items: Sequence[Item]) -> Sequence[Answer]:
        try:
            return self._ask(items)
        except WorkerDied:
            return [self._alone(item) for item in items]

    def _alone(self, item: Item) -> Answer:
        """An item by itself, until it is answered or has to be blamed."""
        reason = ""
        for _ in range(_TRIES):
            try:
                return self._ask([item])[0]
            except WorkerDied as death:
                reason = str(death)
        return Answer(failure=Failure("E501", f"{item.place}: its worker died of it twice ({reason})"))

    def _ask(self, items: Sequence[Item]) -> Sequence[Answer]:
        worker = self._worker()
        try:
            return worker.ask(items)
        except WorkerDied:
            self._own.worker = None
            with self._lock:
                self._living.discard(worker)
            worker.end()
            if self._closed:
                raise RunnerUnusable("the batch was stopped", remedy="run it again: it goes on") from None
            raise

    def _worker(self) -> Worker:
        """The worker of this thread. Raises RunnerUnusable where the batch is closed or none can be started."""
        worker: Worker | None = getattr(self._own, "worker", None)
        if worker is None:
            worker = self._started()
            with self._lock:
                self._living.add(worker)
                closed = self._closed
            if closed:
                worker.end()
                raise RunnerUnusable("the batch was stopped", remedy="run it again: it goes on")
            self._own.worker = worker
        return worker

    def _started(self) -> Worker:
        """A new worker. The first starts alone: what it compiles into the cache, the others only read."""
        if not self._warm:
            with self._first:
                worker = self._make()
                self._warm = True
                return worker
        return self._make()
