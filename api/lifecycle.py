"""The life of a server: it loads, is ready, drains and ends. A request never meets a server that is half there."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from enum import StrEnum
from typing import Any

from starlette.concurrency import run_in_threadpool

from api.observe.logs import event, fault_fields
from api.refusals import Reason, Refused
from toolkit.errors import DragomanError

_FAREWELL = 5.0
"""Seconds that the end of the server waits for a loading that is not done."""


class State(StrEnum):
    NEW = "new"
    """Not started by a server (a test, an embedding application): things are loaded when they are asked for."""
    LOADING = "loading"
    READY = "ready"
    BROKEN = "broken"
    DRAINING = "draining"


class Lifecycle:
    """Belongs to one event loop. `patience` is in seconds: how long a request waits for the loading, and the drain
    for the requests."""

    def __init__(self, patience: float) -> None:
        self.state = State.NEW
        self.active = 0
        """Requests that are being answered."""
        self.failure: Exception | None = None
        self.on_failure: Callable[[], None] | None = None
        """Called where the loading has failed: what runs the server may end it."""
        self._patience = patience
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def running(self, load: Callable[[], None]) -> AsyncIterator[None]:
        """Load in the background, so that probes are answered, and drain on SIGTERM."""
        self.state = State.LOADING
        loading = asyncio.create_task(self._load(load))
        try:
            with self._draining_on_sigterm():
                yield
        finally:
            await asyncio.wait({loading}, timeout=_FAREWELL)
            loading.cancel()  # its thread goes with the process

    @asynccontextmanager
    async def request(self) -> AsyncIterator[None]:
        """Around a request: waits for the loading. Raises Refused where there is nothing to wait for."""
        if self.state is State.LOADING:
            await self._until(lambda: self.state is not State.LOADING)
        if self.state not in (State.NEW, State.READY):
            raise Refused(Reason.NOT_READY, self._why(), retry_after=5)
        self.active += 1
        try:
            yield
        finally:
            self.active -= 1
            await self._tell()

    async def drain(self) -> None:
        """Turn new requests away, and wait for those that are being answered."""
        self.state = State.DRAINING
        event("draining", requests=self.active)
        await self._tell()
        await self._until(lambda: self.active == 0)

    async def _load(self, load: Callable[[], None]) -> None:
        try:
            await run_in_threadpool(load)
        except Exception as error:
            self.failure = error
            known = {"detail": str(error)} if isinstance(error, DragomanError) else {}
            event("not loaded", level=logging.ERROR, **known, **fault_fields(error))
        if self.state is State.LOADING:
            self.state = State.READY if self.failure is None else State.BROKEN
            event(self.state.value)
        await self._tell()
        if self.failure is not None and self.on_failure is not None:
            self.on_failure()

    def _why(self) -> str:
        if self.state is State.DRAINING:
            return "the server is shutting down"
        if isinstance(self.failure, DragomanError):
            return str(self.failure)
        return "the server is still loading" if self.failure is None else "the server could not load; see its log"

    async def _until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds, but not longer than the patience."""
        try:
            async with asyncio.timeout(self._patience), self._changed:
                await self._changed.wait_for(holds)
        except TimeoutError:
            return

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    @contextmanager
    def _draining_on_sigterm(self) -> Iterator[None]:
        """The first SIGTERM drains, and is then handed to what the server had set for it; a second is so at once."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop = asyncio.get_running_loop()
        previous: Any = signal.getsignal(signal.SIGTERM)
        tasks: list[asyncio.Task[None]] = []

        def hand_on() -> None:
            if callable(previous):
                previous(signal.SIGTERM, None)
            elif previous is signal.SIG_DFL:
                signal.signal(signal.SIGTERM, previous)
                signal.raise_signal(signal.SIGTERM)

        async def drained() -> None:
            await self.drain()
            hand_on()

        def begin() -> None:
            if tasks:
                hand_on()
            else:
                tasks.append(asyncio.create_task(drained()))

        signal.signal(signal.SIGTERM, lambda number, frame: loop.call_soon_threadsafe(begin))
        try:
            yield
        finally:
            signal.signal(signal.SIGTERM, previous)
