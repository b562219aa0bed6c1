"""The heap of C below Python's objects: texts, answers and the engines' sheets of numbers live there.

glibc gives threads heaps of their own, eight for each core, and what one of them has freed the others do not use. A
server whose requests go through many threads would grow until each of these has seen the largest request, and stay
so. A process that is the server's own has few heaps, and gives back what is free when nobody is being served.
Elsewhere than on glibc nothing is done.
"""

from __future__ import annotations

import ctypes
from functools import cache

_ARENA_MAX = -8
"""M_ARENA_MAX of <malloc.h>."""
_ARENAS = 2
"""Python's lock lets one thread at a time ask for memory anyway; engines ask seldom, and for much."""


@cache
def _glibc() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL(None)
    except (OSError, TypeError):  # an executable without dynamic symbols; Windows
        return None
    return library if hasattr(library, "gnu_get_libc_version") else None


def keep_few_heaps() -> None:
    """To be called before there are threads: a heap that is there stays."""
    library = _glibc()
    if library is not None:
        library.mallopt(_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Give the system what is free in the heaps. Takes some milliseconds, in which nobody can ask for memory."""
    library = _glibc()
    if library is not None:
        library.malloc_trim(0)
