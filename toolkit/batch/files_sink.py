"""Outputs of a folder: files by the same paths, the language in their names as the text commands write it."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.batch.ledger import FOLDER, FileDone, Ledger, failure_text
from toolkit.batch.model import Answer, Entry, Failure, Kept, Reading, Unread
from toolkit.batch.safe import write_safely
from toolkit.batch.sink import lasting_key


class FilesSink:
    """Writes below `out`. `retry`: what failed before is tried again."""

    def __init__(self, root: Path, out: Path, ledger: Ledger, *, retry: bool = False) -> None:
        self._root = root
        self._out = out
        self._ledger = ledger
        self._retry = retry

    @property
    def stopped(self) -> bool:
        """A ledger of files does not tell whether there are more."""
        return False

    def seen(self, unread: Unread) -> Reading | None:
        """Nothing: a file is read to know whether it is as it was."""
        return None

    def known(self, place: str, key: bytes) -> Kept | None:
        done = self._ledger.find_file(place)
        if done is None or done.key != key or (self._retry and done.failure):
            return None
        if any(_size(self._out / path) != size for path, size in done.sizes.items()):
            return None
        return Kept(done.untranslated, done.worst, done.failure is not None)

    def put(self, outcomes: Sequence[tuple[Entry, Answer | None]]) -> None:
        done: list[FileDone] = []
        claimed: dict[str, str] = {}
        for entry, answer in outcomes:
            if entry.kept is not None:
                continue
            written = self._written(entry, answer, claimed)
            claimed.update(dict.fromkeys(written.sizes, written.place))
            done.append(written)
        self._ledger.add_files(done)

    def finish(self, count: int) -> None:
        """Every file is complete as it is."""

    def failures(self) -> Iterator[str]:
        """Those of items that are still in the archive."""
        for place, text in self._ledger.file_failures():
            if (self._root / place).exists():
                yield text

    def close(self) -> None:
        """The ledger is its opener's to close."""

    def _written(self, entry: Entry, answer: Answer | None, claimed: dict[str, str]) -> FileDone:
        item = entry.item
        failure = item.failure or (answer.failure if answer else None)
        files = answer.files if answer and failure is None else ()
        for path, _ in files:
            owner = claimed.get(path) or self._ledger.owner(path)
            if owner not in (None, item.place) and (self._root / str(owner)).exists():
                error = f"{item.place}: {path} is already written of {owner} (rename one of the two)"
                failure, files = Failure("E504", error), ()
                break
        sizes = {}
        for path, data in files:
            beside = self._out / FOLDER / "file.part"
            sizes[path] = write_safely(self._out / path, [base64.b64decode(data)], beside)
        text = failure_text(failure, item.identity, item.place) if failure else None
        counted = answer or Answer()
        return FileDone(item.place, lasting_key(entry, answer), sizes, counted.untranslated, counted.worst, text)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
