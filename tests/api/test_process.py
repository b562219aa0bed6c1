"""A server that has its process to itself: when Python looks for garbage."""

from __future__ import annotations

import asyncio
import gc
import sys
import weakref

from api.process import own_process


class _Ring:
    """Holds itself, so that only a collection can end it."""

    def __init__(self) -> None:
        self.me = self


def _aged_ring() -> weakref.ref[_Ring]:
    """A ring among the old objects, which nobody holds any more."""
    ring = _Ring()
    gc.collect(1)
    gc.collect(1)
    return weakref.ref(ring)


def test_the_old_are_looked_at_only_when_it_is_quiet() -> None:
    """While somebody is served no thread is stopped for a look at everything; as soon as it is quiet, garbage goes."""

    async def scene() -> None:
        working = True
        async with own_process(lambda: not working, look=0.01):
            ring = _aged_ring()
            gc.collect(1)
            for _ in range(2_000):
                [[] for _ in range(100)]
            await asyncio.sleep(0.1)
            assert ring() is not None
            working = False
            async with asyncio.timeout(10):
                while ring() is not None:
                    await asyncio.sleep(0.01)

    asyncio.run(scene())


def test_garbage_goes_even_if_it_is_never_quiet() -> None:
    """A server that is never quiet does not grow for ever."""

    async def scene() -> None:
        async with own_process(lambda: False, look=0.01, at_the_latest=0.05):
            ring = _aged_ring()
            async with asyncio.timeout(10):
                while ring() is not None:
                    gc.collect(1)
                    await asyncio.sleep(0.01)

    asyncio.run(scene())


def test_the_process_is_given_back_as_it_was() -> None:
    """Whoever embeds the server finds Python's own settings again."""

    async def scene() -> None:
        gc.unfreeze()  # what the tests have frozen (see tests/conftest.py); a process that freezes nothing is embedding
        before = sys.getswitchinterval(), gc.get_threshold(), gc.get_freeze_count()
        async with own_process(lambda: True):
            assert gc.get_threshold() != before[1]
        assert (sys.getswitchinterval(), gc.get_threshold(), gc.get_freeze_count()) == before

    asyncio.run(scene())
