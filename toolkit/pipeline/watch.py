"""How whoever waits for a verb hears how far it is, and stops it."""

from __future__ import annotations

from typing import Protocol


class Watch(Protocol):
    """Called between segments with how many are done, and of how many. What it raises ends the verb."""

    def __call__(self, done: int, total: int, /) -> None: ...


def unwatched(done: int, total: int, /) -> None:
    """Nobody waits."""
