"""The runner without workers: items are answered here, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from toolkit.batch.maker import answerer_of
from toolkit.batch.model import Answer, Chunk, Task
from toolkit.batch.runners.protocol import Answerer


class InlineRunner:
    """Works in this process; an item that brings it down brings the batch down, which then goes on from its ledger."""

    def __init__(self, task: Task) -> None:
        self._task = task

    @cached_property
    def _answerer(self) -> Answerer:
        return answerer_of(self._task)

    def run(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Sequence[Answer]]]:
        for chunk in chunks:
            yield chunk, [self._answerer(item) for item in chunk.work]

    def close(self) -> None:
        """There is nothing to end."""
