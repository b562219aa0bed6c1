"""Uploaded glossaries in one SQLite file; safe for several threads and processes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from api.glossaries.entries import MOST_ENTRIES, Pair
from toolkit.errors import BadInput, TooLong
from toolkit.languages import Language

MOST_GLOSSARIES = 1_000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS glossary (id TEXT PRIMARY KEY, name TEXT NOT NULL, created TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS dictionary (
    glossary TEXT NOT NULL REFERENCES glossary (id) ON DELETE CASCADE,
    source TEXT NOT NULL, target TEXT NOT NULL, count INTEGER NOT NULL, entries TEXT NOT NULL,
    PRIMARY KEY (glossary, source, target));
"""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A pair of languages of a glossary and how many entries it has."""

    source: Language
    target: Language
    count: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A glossary without its entries; `created` as RFC 3339 with microseconds."""

    id: str
    name: str
    created: str
    dictionaries: tuple[Dictionary, ...]


class GlossaryStore:
    """The glossaries of a server. What is not there is None, or False from what would have removed it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "glossaries.sqlite"

    def create(self, name: str, dictionaries: Sequence[tuple[Language, Language, Sequence[Pair]]]) -> Stored:
        identity = str(uuid4())
        created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        with self._changing() as db:
            if db.execute("SELECT count(*) FROM glossary").fetchone()[0] >= MOST_GLOSSARIES:
                raise BadInput(f"there are {MOST_GLOSSARIES:,} glossaries", remedy="delete one that is not needed")
            db.execute("INSERT INTO glossary VALUES (?, ?, ?)", (identity, name, created))
            for source, target, entries in dictionaries:
                _put(db, identity, source, target, entries)
        return Stored(identity, name, created, tuple(Dictionary(s, t, len(e)) for s, t, e in dictionaries))

    def list(self) -> Sequence[Stored]:
        """All glossaries, the oldest first."""
        with self._reading() as db:
            return [_stored(db, row) for row in db.execute("SELECT * FROM glossary ORDER BY created, id").fetchall()]

    def get(self, identity: str) -> Stored | None:
        with self._reading() as db:
            row = db.execute("SELECT * FROM glossary WHERE id = ?", (_key(identity),)).fetchone()
            return _stored(db, row) if row else None

    def entries(self, identity: str, source: Language, target: Language) -> Sequence[Pair] | None:
        with self._reading() as db:
            return _entries(db, _key(identity), source, target)

    def rename(self, identity: str, name: str) -> None:
        with self._changing() as db:
            db.execute("UPDATE glossary SET name = ? WHERE id = ?", (name, _key(identity)))

    def replace(self, identity: str, source: Language, target: Language, entries: Sequence[Pair]) -> None:
        """Set the entries of a pair of languages of a glossary that is there."""
        with self._changing() as db:
            _put(db, _key(identity), source, target, entries)

    def merge(self, identity: str, source: Language, target: Language, entries: Sequence[Pair]) -> None:
        """Add entries to a pair of languages; a source text that it has gets the new target text. Raises TooLong."""
        with self._changing() as db:
            merged = {**dict(_entries(db, _key(identity), source, target) or ()), **dict(entries)}
            if len(merged) > MOST_ENTRIES:
                raise TooLong(f"more than {MOST_ENTRIES:,} entries", remedy="divide the glossary")
            _put(db, _key(identity), source, target, list(merged.items()))

    def delete(self, identity: str) -> bool:
        with self._changing() as db:
            return bool(db.execute("DELETE FROM glossary WHERE id = ?", (_key(identity),)).rowcount)

    def delete_dictionary(self, identity: str, source: Language, target: Language) -> bool:
        with self._changing() as db:
            query = "DELETE FROM dictionary WHERE glossary = ? AND source = ? AND target = ?"
            return bool(db.execute(query, (_key(identity), source.value, target.value)).rowcount)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=30)) as db:
            db.execute("PRAGMA foreign_keys = ON")
            db.executescript(_SCHEMA)
            yield db

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with self._reading() as db, db:
            db.execute("BEGIN IMMEDIATE")
            yield db


def _key(identity: str) -> str:
    """An id in the one way it is written; what is no id finds nothing."""
    try:
        return str(UUID(identity))
    except ValueError:
        return ""


def _put(db: sqlite3.Connection, identity: str, source: Language, target: Language, entries: Sequence[Pair]) -> None:
    row = (identity, source.value, target.value, len(entries), json.dumps(entries, ensure_ascii=False))
    db.execute("INSERT OR REPLACE INTO dictionary VALUES (?, ?, ?, ?, ?)", row)


def _entries(db: sqlite3.Connection, identity: str, source: Language, target: Language) -> list[Pair] | None:
    query = "SELECT entries FROM dictionary WHERE glossary = ? AND source = ? AND target = ?"
    row = db.execute(query, (identity, source.value, target.value)).fetchone()
    return [(term, translation) for term, translation in json.loads(row[0])] if row else None


def _stored(db: sqlite3.Connection, row: tuple[str, str, str]) -> Stored:
    query = "SELECT source, target, count FROM dictionary WHERE glossary = ? ORDER BY source, target"
    pairs = db.execute(query, (row[0],)).fetchall()
    return Stored(*row, tuple(Dictionary(Language(s), Language(t), count) for s, t, count in pairs))
