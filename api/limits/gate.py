"""The work gate: so many requests are worked on at once, so many wait, and keys take turns."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque

from api.refusals import Reason, Refused


class WorkGate:
    """Slots for work, given in turn to the keys that wait for one. Belongs to one event loop."""

    def __init__(self, workers: int, queue: int) -> None:
        self._workers = workers
        self._queue = queue
        self._lines: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self.busy = 0
        """Slots that are taken."""

    @property
    def waiting(self) -> int:
        return sum(map(len, self._lines.values()))

    async def enter(self, key: str, seconds: float) -> None:
        """Wait for a slot, to be given back with `leave`. Raises Refused: the queue is full, or it took too long."""
        if self.busy < self._workers and not self._lines:
            self.busy += 1
            return
        if self.waiting >= self._queue and not self._made_room(key):
            raise self._full()
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lines.setdefault(key, deque()).append(place)
        try:
            async with asyncio.timeout(seconds):
                await place
        except TimeoutError:
            self._give_up(key, place)
            raise Refused(Reason.TOO_SLOW, "no worker was free in time", retry_after=self._delay()) from None
        except asyncio.CancelledError:
            self._give_up(key, place)
            raise

    def leave(self) -> None:
        """Give the slot to the first of the key whose turn it is."""
        self.busy -= 1
        while self._lines:
            key, line = self._lines.popitem(last=False)
            place = line.popleft()
            if line:
                self._lines[key] = line
            if not place.done():
                self.busy += 1
                place.set_result(None)
                return

    def _made_room(self, key: str) -> bool:
        """Whether the newest of the longest line had to go: one key cannot fill the queue for the others."""
        longest = max(self._lines, key=lambda name: len(self._lines[name]), default="")
        line = self._lines.get(longest, deque())
        if len(line) <= len(self._lines.get(key, ())) + 1:
            return False
        place = line.pop()
        if not place.done():
            place.set_exception(self._full())
        return True

    def _give_up(self, key: str, place: asyncio.Future[None]) -> None:
        """Leave the queue; or, where the slot was given at this very moment, pass it on."""
        line = self._lines.get(key)
        if line is not None and place in line:
            line.remove(place)
            if not line:
                del self._lines[key]
        elif place.done() and not place.cancelled() and place.exception() is None:
            self.leave()

    def _full(self) -> Refused:
        return Refused(Reason.BUSY, "all workers are busy and the queue is full", retry_after=self._delay())

    def _delay(self) -> float:
        """A guess in seconds: a second for every round of those who wait."""
        return 1 + self.waiting // self._workers
