"""The seam between a batch and who works for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from toolkit.batch.model import Answer, Chunk, Item
from toolkit.errors import BadOption, DragomanError, ModelUnusable

Answerer = Callable[[Item], Answer]
"""What a worker holds: everything loaded, one item in, its answer out. Never raises for a fault of the item."""


class Runner(Protocol):
    """Answers chunks.

    `run` gives every chunk back with an answer for each of its items that wait, in the order in which they came. It
    takes chunks only a little ahead of what it gives back. An item that brings its worker down is answered by a
    failure; its neighbours are worked on all the same. `close` ends every worker, finished or not.
    """

    def run(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Sequence[Answer]]]: ...

    def close(self) -> None: ...


class WorkerDied(Exception):
    """A worker ended without an answer."""


class RunnerUnusable(DragomanError):
    """Workers cannot be started here."""

    code = "E500"
    exit_code = 4


def cannot_load(reason: str, exit_code: int) -> DragomanError:
    """What a worker that is elsewhere said when it could not load what its task needs."""
    return BadOption(reason) if exit_code == BadOption.exit_code else ModelUnusable(reason)
