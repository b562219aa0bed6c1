"""The ledger of a batch: which outputs are safe, and what they were made of. One SQLite file in the output folder.

A row of it is written only when the output that it speaks of is on the disk. It is held by one batch at a time.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.batch.model import Failure, Reading
from toolkit.errors import BadInput, BadOption

FOLDER = ".dragoman"
"""The folder, in the output folder, of the ledger and of what is not yet finished."""
_FORMAT = 2
_SCHEMA = """
CREATE TABLE about (format INTEGER NOT NULL, archive TEXT NOT NULL);
CREATE TABLE generation (id INTEGER PRIMARY KEY, state TEXT NOT NULL, end INTEGER NOT NULL);
CREATE TABLE line (generation INTEGER NOT NULL, number INTEGER NOT NULL, key BLOB NOT NULL, start INTEGER NOT NULL,
    length INTEGER NOT NULL, untranslated INTEGER NOT NULL, worst INTEGER NOT NULL, failure TEXT,
    digest TEXT NOT NULL, asked TEXT NOT NULL, stamp BLOB NOT NULL,
    PRIMARY KEY (generation, number)) WITHOUT ROWID;
CREATE TABLE file (place TEXT PRIMARY KEY, key BLOB NOT NULL, sizes TEXT NOT NULL, untranslated INTEGER NOT NULL,
    worst INTEGER NOT NULL, failure TEXT) WITHOUT ROWID;
CREATE TABLE output (path TEXT PRIMARY KEY, place TEXT NOT NULL) WITHOUT ROWID;
"""
OPEN, CLOSING, FINISHED = "open", "closing", "finished"


class Line(NamedTuple):
    """A row of a table that came out: where it lies in its generation's file; of a failed one no bytes. The last three
    say what it was read as."""

    generation: int
    number: int
    key: bytes
    start: int
    length: int
    untranslated: int
    worst: int
    failure: str | None
    digest: str
    asked: str
    stamp: bytes

    @property
    def reading(self) -> Reading:
        return Reading(self.digest, self.asked, self.stamp)


@dataclass(frozen=True)
class FileDone:
    """A file that came out as others: their sizes by path."""

    place: str
    key: bytes
    sizes: dict[str, int]
    untranslated: int
    worst: int
    failure: str | None = None


def failure_text(failure: Failure, identity: Any, place: str) -> str:
    """A line of errors.jsonl."""
    return json.dumps({"id": identity, "place": place, **asdict(failure)}, ensure_ascii=False)


class Ledger:
    """Raises BadOption where another batch holds it or it is that of another archive, BadInput where it is damaged."""

    def __init__(self, out: Path, archive: str) -> None:
        self._path = out / FOLDER / "ledger.sqlite"
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(self._path, isolation_level=None, timeout=0.2, check_same_thread=False)
        try:
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("BEGIN EXCLUSIVE")
            self._prepare(out, archive)
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._db.close()
            if "locked" not in str(error):
                raise BadOption(f"cannot be written: {error}", where=str(self._path), remedy="check --out") from None
            raise BadOption("another batch writes here", where=str(out), remedy="wait for it") from None
        except BadOption:
            self._db.close()
            raise
        except sqlite3.DatabaseError:
            self._db.close()
            raise BadInput(
                "the ledger is damaged", where=str(self._path), remedy=f"remove {FOLDER}: everything is made anew"
            ) from None

    def _prepare(self, out: Path, archive: str) -> None:
        if not self._db.execute("SELECT 1 FROM sqlite_master").fetchone():
            for statement in _SCHEMA.split(";"):
                self._db.execute(statement)
            self._db.execute("INSERT INTO about VALUES (?, ?)", (_FORMAT, archive))
            return
        format_, known = self._db.execute("SELECT format, archive FROM about").fetchone()
        if format_ != _FORMAT:
            raise BadOption("another version of Dragoman began it", where=str(out), remedy="give another --out")
        if known != archive:
            raise BadOption(f"it holds a batch of {known}", where=str(out), remedy="give another --out")

    def close(self) -> None:
        self._db.close()

    # Tables: generations of one file of lines.

    def generations(self) -> list[tuple[int, str, int]]:
        """(id, state, bytes that are safe), the newest first."""
        return self._db.execute("SELECT id, state, end FROM generation ORDER BY id DESC").fetchall()

    def count(self, generation: int) -> int:
        return int(self._db.execute("SELECT count(*) FROM line WHERE generation = ?", (generation,)).fetchone()[0])

    def lines(self, generation: int, since: int = 0) -> Iterator[Line]:
        """The lines of a generation by number; read a thousand at a time, so that writing may go on."""
        while True:
            rows = self._db.execute(
                "SELECT * FROM line WHERE generation = ? AND number >= ? ORDER BY number LIMIT 1000",
                (generation, since),
            ).fetchall()
            yield from map(Line._make, rows)
            if len(rows) < 1000:
                return
            since = rows[-1][1] + 1

    def find_line(self, key: bytes, before: int) -> Line | None:
        """A line with that key in any generation before one; none that failed."""
        row = self._db.execute(
            "SELECT * FROM line WHERE key = ? AND generation < ? AND failure IS NULL LIMIT 1", (key, before)
        ).fetchone()
        return Line(*row) if row else None

    def index_keys(self) -> None:
        """Make `find_line` fast."""
        self._db.execute("CREATE INDEX IF NOT EXISTS by_key ON line (key)")

    def begin_generation(self, generation: int, copied: tuple[int, int, int] | None = None) -> None:
        """A new generation; `copied` is another's id, how many of its first lines this one has, and their bytes."""
        base, count, end = copied or (0, 0, 0)
        with self._written():
            self._db.execute("INSERT INTO generation VALUES (?, ?, ?)", (generation, OPEN, end))
            self._db.execute(
                "INSERT INTO line SELECT ?, number, key, start, length, untranslated, worst, failure, digest, asked, "
                "stamp FROM line WHERE generation = ? AND number < ?",
                (generation, base, count),
            )

    def add_lines(self, lines: Sequence[Line], end: int) -> None:
        """Lines that are safe, and where their generation's file now ends."""
        if not lines:
            return
        with self._written():
            self._db.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", lines)
            self._db.execute("UPDATE generation SET end = ? WHERE id = ?", (end, lines[0].generation))

    def set_state(self, generation: int, state: str) -> None:
        with self._written():
            self._db.execute("UPDATE generation SET state = ? WHERE id = ?", (state, generation))

    def drop(self, generations: Iterable[int]) -> None:
        with self._written():
            for generation in generations:
                self._db.execute("DELETE FROM line WHERE generation = ?", (generation,))
                self._db.execute("DELETE FROM generation WHERE id = ?", (generation,))

    # Folders: a file for each language.

    def find_file(self, place: str) -> FileDone | None:
        row = self._db.execute("SELECT * FROM file WHERE place = ?", (place,)).fetchone()
        return FileDone(row[0], row[1], json.loads(row[2]), *row[3:]) if row else None

    def owner(self, path: str) -> str | None:
        """The item that an output is of."""
        row = self._db.execute("SELECT place FROM output WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def add_files(self, files: Sequence[FileDone]) -> None:
        """Files that are safe."""
        if not files:
            return
        with self._written():
            for x in files:
                sizes = json.dumps(x.sizes, ensure_ascii=False)
                self._db.execute(
                    "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)",
                    (x.place, x.key, sizes, x.untranslated, x.worst, x.failure),
                )
                self._db.executemany(
                    "INSERT OR REPLACE INTO output VALUES (?, ?)", [(path, x.place) for path in x.sizes]
                )

    def file_failures(self) -> Iterator[tuple[str, str]]:
        """(place, line of errors.jsonl), by place."""
        yield from self._db.execute("SELECT place, failure FROM file WHERE failure IS NOT NULL ORDER BY place")

    def line_failures(self, generation: int) -> Iterator[str]:
        for (text,) in self._db.execute(
            "SELECT failure FROM line WHERE generation = ? AND failure IS NOT NULL ORDER BY number", (generation,)
        ):
            yield text

    def _written(self) -> sqlite3.Connection:
        """A transaction: all of it or nothing."""
        self._db.execute("BEGIN")
        return self._db
