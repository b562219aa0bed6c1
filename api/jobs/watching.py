"""What a worker and the thread that does its job tell each other: how far it is, and to stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.jobs.model import Progress
from toolkit.engines.protocol import Draft, Request
from toolkit.engines.wrapped import WrappedEngine
from toolkit.languages import Language

_BATCH = 64
"""Segments that an engine is given at once: a job stops between two batches."""


class Stopped(Exception):
    """The work was told to stop."""


class JobWatch:
    """The progress of one attempt, which goes through the document once for each language."""

    def __init__(self, languages: int) -> None:
        self.stopping = False
        self._languages = languages
        self._passed = 0
        self._done = 0
        self._total = 0

    def __call__(self, done: int, total: int, /) -> None:
        """See `Watch`. Raises Stopped."""
        self._done, self._total = done, total
        if self.stopping:
            raise Stopped

    def add(self, drafted: int) -> None:
        """An engine has done some more segments. Raises Stopped."""
        self(min(self._done + drafted, self._total), self._total)

    def passed(self, segments: int) -> None:
        """A language is done, and had so many segments. Raises Stopped."""
        self._passed += 1
        self(0, segments)

    @property
    def progress(self) -> Progress:
        total = self._languages * self._total
        return Progress(min(self._passed * self._total + self._done, total), total)


@dataclass(frozen=True)
class WatchedEngine(WrappedEngine):
    """An engine that is given a batch at a time, so that between two of them the work can be seen and stopped."""

    watch: JobWatch

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        drafts: list[Draft | None] = []
        for start in range(0, len(segments), _BATCH):
            batch = self.engine.translate(segments[start : start + _BATCH], source, target, n_best=n_best)
            drafts.extend(batch)
            self.watch.add(sum(draft is not None for draft in batch))
        return drafts
