"""How whoever waits for long work hears how far it is, and stops it."""

from __future__ import annotations

from typing import Protocol


class Watch(Protocol):
    """Called between sentences with how many are done, and of how many. What it raises ends the work."""

    def __call__(self, done: int, total: int, /) -> None: ...


def unwatched(done: int, total: int, /) -> None:
    """Nobody waits."""
