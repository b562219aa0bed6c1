"""Outputs of a table: lines of one file, in the order of the items.

The file grows at its end, and its ledger with it. Where an item before the end has changed, a new generation of the
file begins: what still holds is copied out of the older ones, the rest is made anew. A generation that is complete
takes the place of those before it. Until then all of them stay, so that nothing that was made is lost.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from toolkit.batch.ledger import CLOSING, FINISHED, FOLDER, OPEN, Ledger, Line, failure_text
from toolkit.batch.model import Answer, Entry, Kept, Reading, Unread
from toolkit.batch.safe import sync_folder
from toolkit.batch.sink import lasting_key

Publish = Callable[[Path, Path], None]
"""Makes the file for the user, at the second path, of the lines at the first; called again after a crash."""
_PIECE = 1 << 20
SAFE_EVERY = 1.0
"""Seconds between two waits for the disk: as much work as is done twice after a power cut."""


class LinesSink:
    """Lines for `out / name`. With `publish` that file is made of the lines, else it is them."""

    def __init__(
        self, out: Path, name: str, ledger: Ledger, *, publish: Publish | None = None, retry: bool = False
    ) -> None:
        self._out = out
        self._final = out / name
        self._ledger = ledger
        self._publish = publish
        self._retry = retry
        self._files: dict[int, BinaryIO] = {}
        self._stream: BinaryIO | None = None
        self._current = 0
        self._recover()
        known = ledger.generations()
        self._base, self._state, self._end = known[0] if known else (0, OPEN, 0)
        self._length = ledger.count(self._base) if known else 0
        self._prefix = ledger.lines(self._base) if known else iter(())
        self._unsafe: list[Line] = []
        """Lines that are written, and not yet in the ledger."""
        self._saved = 0.0
        self._next: Line | None = None
        """What was once written for the item that is being asked about."""
        self._following = True
        self._searching = False

    # Asked about items, ahead of the writing.

    @property
    def stopped(self) -> bool:
        return self._length > 0 and self._state == OPEN

    def seen(self, unread: Unread) -> Reading | None:
        self._next = next(self._prefix, None) if self._following else None
        return self._next.reading if self._next and unread.stamp and self._next.stamp == unread.stamp else None

    def known(self, place: str, key: bytes) -> Kept | None:
        if self._following:
            line = self._next
            if line is not None and line.key == key and not (self._retry and line.failure):
                return Kept(line.untranslated, line.worst, line.failure is not None)
            self._following = False
            self._searching = line is not None or len(self._ledger.generations()) > 1
            if self._searching:
                self._ledger.index_keys()
        found = self._ledger.find_line(key, self._base + 1) if self._searching else None
        if found is None or (found.generation == self._base and found.number >= self._length):
            return None
        return Kept(found.untranslated, found.worst, where=(found.generation, found.number))

    # Writing.

    def put(self, outcomes: Sequence[tuple[Entry, Answer | None]]) -> None:
        fresh = [pair for pair in outcomes if pair[0].kept is None or pair[0].kept.where is not None]
        if not fresh:
            return
        stream = self._stream or self._begin(fresh[0][0].number)
        lines: list[Line] = []
        for entry, answer in fresh:
            data, failure = self._bytes(entry, answer)
            counted: Kept | Answer = entry.kept or answer or Answer()
            read = entry.reading
            lines.append(
                Line(
                    self._current, entry.number, lasting_key(entry, answer), self._end, len(data),
                    counted.untranslated, counted.worst, failure, read.digest, read.asked, read.stamp,
                )
            )  # fmt: skip
            stream.write(data)
            self._end += len(data)
        self._unsafe += lines
        if time.monotonic() - self._saved >= SAFE_EVERY:
            self._save()

    def _save(self) -> None:
        """Wait until the lines are on the disk, then say so in the ledger."""
        if self._stream is None or not self._unsafe:
            return
        self._stream.flush()
        os.fsync(self._stream.fileno())
        last = self._unsafe[-1]
        self._ledger.add_lines(self._unsafe, last.start + last.length)
        self._unsafe.clear()
        self._saved = time.monotonic()

    def finish(self, count: int) -> None:
        self._save()
        if self._stream is None and (count != self._length or self._base == 0):
            self._begin(count)
        if self._stream is None and self._state == FINISHED and self._final.exists():
            return
        current = self._current if self._stream is not None else self._base
        self._close_files()
        self._ledger.set_state(current, CLOSING)
        self._place(current)

    def failures(self) -> Iterator[str]:
        known = self._ledger.generations()
        return self._ledger.line_failures(known[0][0]) if known else iter(())

    def close(self) -> None:
        try:
            self._save()
        finally:
            self._close_files()

    def _begin(self, number: int) -> BinaryIO:
        """The file to write line `number` to: the newest where it ends there, else a new generation."""
        if self._base and self._state == OPEN and number == self._length:
            self._current = self._base
            self._stream = self._path(self._base).open("ab")
            return self._stream
        self._current = self._base + 1
        line = next(self._ledger.lines(self._base, number), None)
        end = line.start if line else self._end
        with self._path(self._current).open("wb") as stream:
            if self._base and end:
                _copy(self._file(self._base), stream, end)
            stream.flush()
            os.fsync(stream.fileno())
        sync_folder(self._out / FOLDER)
        self._ledger.begin_generation(self._current, (self._base, number, end) if self._base else None)
        self._end = end
        self._stream = self._path(self._current).open("ab")
        return self._stream

    def _bytes(self, entry: Entry, answer: Answer | None) -> tuple[bytes, str | None]:
        """A line of the output, or none and the line of errors.jsonl."""
        if entry.kept is not None and entry.kept.where is not None:
            generation, number = entry.kept.where
            line = next(self._ledger.lines(generation, number))
            stream = self._file(generation)
            stream.seek(line.start)
            return stream.read(line.length), None
        failure = entry.item.failure or (answer.failure if answer else None)
        if failure is not None:
            return b"", failure_text(failure, entry.item.identity, entry.item.place)
        text = (answer.line if answer else None) or ""
        return text.encode() + b"\n", None

    # Files of generations, and which of them is the one for the user.

    def _path(self, generation: int) -> Path:
        return self._out / FOLDER / f"lines-{generation}.jsonl"

    def _lying(self, generation: int, state: str = FINISHED) -> Path:
        """Where the lines of a generation are: one that was moved when it was complete is the user's file itself."""
        path = self._path(generation)
        return path if state == OPEN or self._publish or path.exists() else self._final

    def _file(self, generation: int) -> BinaryIO:
        if generation not in self._files:
            self._files[generation] = self._lying(generation).open("rb")
        return self._files[generation]

    def _close_files(self) -> None:
        for stream in (*self._files.values(), *([self._stream] if self._stream else [])):
            stream.close()
        self._files.clear()

    def _place(self, generation: int) -> None:
        """Make a complete generation the user's file; then those before it can go."""
        path = self._path(generation)
        if self._publish:
            self._publish(path, self._final)
        elif path.exists():
            path.replace(self._final)
        sync_folder(self._out)
        self._ledger.set_state(generation, FINISHED)
        for older, _, _ in self._ledger.generations()[1:]:
            self._ledger.drop([older])
            self._path(older).unlink(missing_ok=True)

    def _recover(self) -> None:
        """Bring files and ledger together after whatever happened: what the ledger does not know is cut off, what
        is not there any more is forgotten."""
        known = self._ledger.generations()
        for generation, state, end in known:
            path = self._lying(generation, state)
            size = path.stat().st_size if path.is_file() else -1
            if size < end or (state == FINISHED and size != end):
                self._ledger.drop([generation])
            elif size > end and path != self._final:
                os.truncate(path, end)
        ids = {generation for generation, _, _ in self._ledger.generations()}
        for path in (self._out / FOLDER).glob("lines-*.jsonl"):
            if path.stem.removeprefix("lines-") not in map(str, ids):
                path.unlink()
        newest = self._ledger.generations()[:1]
        if newest and newest[0][1] == CLOSING:
            self._place(newest[0][0])


def _copy(source: BinaryIO, target: BinaryIO, length: int) -> None:
    source.seek(0)
    while length and (piece := source.read(min(length, _PIECE))):
        target.write(piece)
        length -= len(piece)
