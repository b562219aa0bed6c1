"""The batch itself: items in, chunks to the runner, answers to the sink, in order and a few at a time.

```
source -> key, known? -> chunks -> runner -> answers -> sink (output safe, then ledger)
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Protocol

from toolkit.batch.chunks import chunked
from toolkit.batch.files_sink import FilesSink
from toolkit.batch.ledger import FOLDER, Ledger
from toolkit.batch.lines_sink import LinesSink
from toolkit.batch.model import Answer, Chunk, Counts, Entry, Failure, Fields, Item, Task, Unread
from toolkit.batch.parquet import publish_parquet
from toolkit.batch.runners.inline import InlineRunner
from toolkit.batch.runners.protocol import Runner
from toolkit.batch.runners.workers import Start
from toolkit.batch.safe import write_safely
from toolkit.batch.sink import Sink
from toolkit.batch.sources import FolderSource, ParquetSource, Source, open_source
from toolkit.batch.wanted import Wanted, reading_of
from toolkit.errors import BadOption, ModelUnusable

ERRORS = "errors.jsonl"
_PATIENCE = 20
"""Texts in a row at which a model fails before it is the model."""


class RunnerName(StrEnum):
    """Who works; alphabetical."""

    INLINE = "inline"
    POOL = "pool"
    RAY = "ray"


@dataclass(frozen=True)
class Job:
    """An archive, where its output goes, and how."""

    archive: Path
    out: Path
    task: Task
    runner: RunnerName = RunnerName.POOL
    workers: int = 1
    fields: Fields = field(default_factory=Fields)
    retry: bool = False
    """Whether items that failed in an earlier run are tried again."""


class Watch(Protocol):
    """Told after every chunk how far the batch is, and how much of `total` has gone by."""

    def __call__(self, counts: Counts, gone: int, total: int) -> None: ...


def run_batch(job: Job, watch: Watch) -> Counts:
    """Do what is left to do of a batch; returns the counts over all of it.

    Raises BadOption where it cannot begin, ModelUnusable where no item can be worked on. However it ends, what is done
    is safe, errors.jsonl is up to date, and another run goes on.
    """
    _check(job)
    source = open_source(job.archive, job.task, job.fields)
    try:
        (job.out / FOLDER).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadOption(f"cannot be written: {error.strerror}", where=str(job.out), remedy="check --out") from None
    ledger = Ledger(job.out, source.name)
    try:
        sink = _sink(job, source, ledger)
        wanted = Wanted(job.task)
        start = Start(together=wanted.compiled, early=sink.stopped)
        runner = make_runner(replace(job, task=replace(job.task, expected=wanted.signature())), start)
        try:
            return _run(source, wanted, sink, runner, watch)
        finally:
            runner.close()
            sink.close()
            lines = (f"{line}\n".encode() for line in sink.failures())
            write_safely(job.out / ERRORS, lines, job.out / FOLDER / "errors.part")
    except OSError as error:
        raise BadOption(f"cannot be written: {error.strerror}", where=str(job.out), remedy="check --out") from None
    finally:
        ledger.close()


def make_runner(job: Job, start: Start) -> Runner:
    """Raises RunnerUnusable."""
    if job.runner is RunnerName.INLINE:
        return InlineRunner(job.task)
    if job.runner is RunnerName.POOL:
        from toolkit.batch.runners.pool import pool

        return pool(job.task, job.workers, start)
    from toolkit.batch.runners.cluster import cluster

    return cluster(job.task, job.workers, start)


def _run(source: Source, wanted: Wanted, sink: Sink, runner: Runner, watch: Watch) -> Counts:
    counts = Counts()
    gone = 0
    sizes: dict[int, int] = {}

    def entries() -> Iterator[Entry]:
        for number, unread in enumerate(source.items()):
            sizes[number] = unread.part
            yield _entry(number, unread, wanted, sink)

    patience = _Patience()
    for chunk, answers in runner.run(chunked(entries())):
        patience.hear(answers)
        outcomes = _paired(chunk, list(answers))
        sink.put(outcomes)
        for entry, answer in outcomes:
            counts.add(entry, answer)
            gone += sizes.pop(entry.number)
        watch(counts, gone, source.total)
    patience.end(counts)
    sink.finish(counts.items)
    counts.left_out = source.left_out
    return counts


def _entry(number: int, unread: Unread, wanted: Wanted, sink: Sink) -> Entry:
    """An item with what is known of it. One that lies there as it did, and whose output still holds, is not read."""
    reading = sink.seen(unread)
    if reading is not None:
        key = wanted.key(reading)
        kept = sink.known(unread.place, key)
        if kept is not None:
            return Entry(number, Item(unread.place, reading.digest, 0), key, kept, reading)
        return Entry(number, unread.read(), key, None, reading)
    item = unread.read()
    reading = reading_of(item, unread.stamp)
    key = wanted.key(reading)
    return Entry(number, item, key, sink.known(unread.place, key), reading)


class _Patience:
    """Tells a model that is broken from a text that it cannot bear: the former fails at every text."""

    def __init__(self) -> None:
        self._failure: Failure | None = None
        self._times = 0

    def hear(self, answers: Sequence[Answer]) -> None:
        """Raises ModelUnusable where nothing else has come for long."""
        for answer in answers:
            self._times = self._times + 1 if answer.fatal else 0
            self._failure = answer.failure if answer.fatal else None
            if self._failure and self._times >= _PATIENCE:
                raise ModelUnusable(self._failure.error)

    def end(self, counts: Counts) -> None:
        """Raises ModelUnusable where nothing came of a short archive."""
        if self._failure and not counts.done and not counts.kept:
            raise ModelUnusable(self._failure.error)


def _paired(chunk: Chunk, answers: list[Answer]) -> list[tuple[Entry, Answer | None]]:
    """Each entry of a chunk with its answer."""
    left = iter(answers)
    paired: list[tuple[Entry, Answer | None]] = []
    for entry in chunk.entries:
        if entry.kept is not None:
            paired.append((entry, None))
        elif entry.item.failure is not None:
            paired.append((entry, Answer(failure=entry.item.failure)))
        else:
            paired.append((entry, next(left)))
    return paired


def _sink(job: Job, source: Source, ledger: Ledger) -> Sink:
    if isinstance(source, FolderSource):
        return FilesSink(job.archive, job.out, ledger, retry=job.retry)
    publish = None
    if isinstance(source, ParquetSource):
        publish = partial(publish_parquet, identity=source.identity_type, brief=job.task.brief)
    return LinesSink(job.out, source.name, ledger, publish=publish, retry=job.retry)


def _check(job: Job) -> None:
    """Raises BadOption where the output would lie in the archive or the archive in the output, or an option misses."""
    archive, out = job.archive.resolve(), job.out.resolve()
    if archive == out or archive in out.parents or (archive.parent == out and archive.is_file()):
        raise BadOption("the output would be among what is read", where=str(job.out), remedy="give another --out")
    if archive.name == ERRORS and archive.is_file():
        raise BadOption(f"{ERRORS} is where errors go", where=str(job.archive), remedy="rename the archive")
    bilingual = job.task.verb in ("check", "translate")
    if archive.is_dir() and not job.task.source:
        raise BadOption("the language is missing", remedy="give --from" if bilingual else "give --lang")
    if archive.is_dir() and bilingual and not job.task.targets:
        raise BadOption("--to is missing", remedy="name the language wanted: az, en, hy or ru")
    if job.task.verb == "check" and len(job.task.targets) > 1:
        raise BadOption("a translation is in one language", where="--to", remedy="give one")
    if job.task.source in job.task.targets:
        raise BadOption("both languages are the same", where="--to", remedy="use lint or restyle for one text")
    if out.exists() and not out.is_dir():
        raise BadOption("this is a file", where=str(job.out), remedy="give a folder")
