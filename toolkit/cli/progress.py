"""Progress on standard error, where that is a terminal; nothing is shown elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")


def tracked(items: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """The items, counted as they go by; without a `total` there is no bar, only the count and the time."""
    if not sys.stderr.isatty() or total == 1:
        yield from items
        return
    with _progress(bounded=total is not None) as progress:
        task = progress.add_task(what, total=total)
        for item in items:
            yield item
            progress.advance(task)


@contextmanager
def counting(what: str, total: int) -> Iterator[Callable[[int], object]]:
    """A function that is told of each lot that is done."""
    if not sys.stderr.isatty() or not total:
        yield lambda _count: None
        return
    with _progress(bounded=True) as progress:
        task = progress.add_task(what, total=total)
        yield lambda count: progress.advance(task, count)


def _progress(*, bounded: bool) -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()]
    if bounded:
        columns.append(TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
