"""A process that is nothing but the server: how its threads take turns, and when Python looks for garbage.

A full collection stops every thread while it looks at all objects there are: beside a document of 2 MB that is being
translated, for a second, in which not even a probe is answered. So what was loaded is left out of it for good, and the
rest is looked at when nobody is being served. Then, too, memory that is free is given back to the system.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic

from api.heap import give_back

_TURN = 0.001
"""Seconds a thread may keep Python to itself while others wait: the event loop needs several turns for an answer."""
_NEVER = 1_000_000_000
"""Collections of the young after which the old are looked at too."""
_LOOK = 1.0
"""Seconds between looks whether it is quiet."""
_AT_THE_LATEST = 300.0
"""Seconds after which the old are looked at although it is never quiet."""


def keep_loaded() -> None:
    """What there is now stays to the end: no later collection looks at it. To be called when all is loaded."""
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def own_process(
    quiet: Callable[[], bool], *, look: float = _LOOK, at_the_latest: float = _AT_THE_LATEST
) -> AsyncIterator[None]:
    """Around the life of a server that has its process to itself; `quiet` says that nothing is being worked on.

    It looks every `look` seconds whether it is, and no longer waits for it after `at_the_latest` seconds.
    """
    turn, thresholds = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(_TURN)
    gc.set_threshold(*thresholds[:2], _NEVER)
    collecting = asyncio.create_task(_collects(quiet, look, at_the_latest))
    try:
        yield
    finally:
        collecting.cancel()
        sys.setswitchinterval(turn)
        gc.set_threshold(*thresholds)
        gc.unfreeze()


async def _collects(quiet: Callable[[], bool], look: float, at_the_latest: float) -> None:
    """Collect when it is quiet and there is something to look at."""
    last = monotonic()
    while True:
        await asyncio.sleep(look)
        grown = gc.get_count()[2] > 0
        if grown and (quiet() or monotonic() - last > at_the_latest):
            gc.collect()
            last = monotonic()
            if quiet():
                give_back()
