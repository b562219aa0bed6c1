"""How far a batch is, on standard error: a bar with rate and time left on a terminal, elsewhere a line a minute."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, TextIO

from toolkit.batch.model import Counts

EVERY = 60.0
"""Seconds between two lines where there is no terminal."""


class BatchProgress:
    """Called as the batch's Watch. The time left is reckoned from what was worked on, not from what was kept."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, stream: TextIO | None = None) -> None:
        self._clock = clock
        self._stream = stream or sys.stderr
        self._began = self._said = clock()
        self._kept: tuple[int, float] = (0, self._began)
        self._bar: Any = None
        self._task: Any = None

    @property
    def seconds(self) -> float:
        return self._clock() - self._began

    def __enter__(self) -> BatchProgress:
        if self._stream.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

            self._bar = Progress(
                BarColumn(),
                TaskProgressColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.description}"),
                console=Console(file=self._stream),
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task("starting")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, counts: Counts, gone: int, total: int) -> None:
        now = self._clock()
        if not counts.done and not counts.failed:
            self._kept = (gone, now)
        if self._bar is not None:
            self._bar.update(self._task, completed=gone, total=total, description=self._line(counts, gone, total, now))
        elif now - self._said >= EVERY:
            self._said = now
            share = f"{gone / total:.0%}, " if total else ""
            self._stream.write(f"{share}{self._line(counts, gone, total, now)}\n")
            self._stream.flush()

    def _line(self, counts: Counts, gone: int, total: int, now: float) -> str:
        since, began = self._kept
        worked = now - began
        rate = (counts.done + counts.failed) / worked if worked > 0 else 0.0
        parts = [f"{counts.items:,} texts", f"{rate:,.1f} a second"]
        if gone > since and worked > 0:
            parts.append(f"{_span((total - gone) * worked / (gone - since))} left")
        if counts.failed:
            parts.append(f"{counts.failed:,} failed")
        return ", ".join(parts)


def _span(seconds: float) -> str:
    """2 h 05 min, 3 min, 40 s."""
    whole = max(0, round(seconds))
    if whole < 90:
        return f"{whole} s"
    hours, minutes = divmod(round(whole / 60), 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"
