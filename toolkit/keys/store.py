"""Keys in one SQLite file beside what clients upload; no token is in it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from toolkit.errors import BadOption
from toolkit.keys.model import SCOPES, Key, digest, new_token

FILE = "keys.sqlite"
LONGEST_NAME = 100
_SCHEMA = """
CREATE TABLE IF NOT EXISTS key (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, scopes TEXT NOT NULL, created TEXT NOT NULL,
    expires TEXT, revoked TEXT, quota INTEGER);
"""
_COLUMNS = "id, name, scopes, created, expires, revoked, quota"


class KeyStore:
    """The keys of a server; several processes may use the file at once."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def create(
        self,
        name: str,
        scopes: Iterable[str] = SCOPES,
        *,
        expires: datetime | None = None,
        quota: int | None = None,
        now: datetime | None = None,
    ) -> tuple[Key, str]:
        """A new key and its token, which can never be read again. Raises BadOption."""
        title = " ".join(name.split())
        if not title or len(title) > LONGEST_NAME or not title.isprintable():
            raise BadOption(f"a key needs a name of 1 to {LONGEST_NAME} letters", where="--name")
        wanted = frozenset(scopes)
        if not wanted or not wanted <= set(SCOPES):
            raise BadOption("unknown scope", where="--scope", remedy=f"use some of {', '.join(SCOPES)}")
        created = (now or datetime.now(UTC)).replace(microsecond=0)
        if expires is not None and expires <= created:
            raise BadOption("the key would have expired already", where="--expires", remedy="give a later day")
        identity, token = new_token()
        key = Key(identity, title, wanted, created, expires, None, quota)
        row = (identity, title, digest(token), ",".join(sorted(wanted)), _written(created), _written(expires), quota)
        with self._changing() as db:
            db.execute(
                "INSERT INTO key (id, name, digest, scopes, created, expires, quota) VALUES (?, ?, ?, ?, ?, ?, ?)", row
            )
        return key, token

    def list(self) -> Sequence[Key]:
        """All keys that were ever made, by name."""
        return [key for key, _ in self.digests()]

    def digests(self) -> Sequence[tuple[Key, str]]:
        """All keys with what is kept of their tokens; none where no key was ever made."""
        if not self.path.exists():
            return []
        with self._open() as db:
            rows = db.execute(f"SELECT {_COLUMNS}, digest FROM key ORDER BY name, id").fetchall()  # noqa: S608  our own column names
        return [(_key(row), row[-1]) for row in rows]

    def revoke(self, identity: str, now: datetime | None = None) -> bool:
        """Whether there is such a key; one that was revoked before stays so."""
        if not self.path.exists():
            return False
        with self._changing() as db:
            time = _written((now or datetime.now(UTC)).replace(microsecond=0))
            change = db.execute("UPDATE key SET revoked = coalesce(revoked, ?) WHERE id = ?", (time, identity))
            return bool(change.rowcount)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():  # digests are nobody else's matter
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(self.path, timeout=30)) as db:
            db.executescript(_SCHEMA)
            yield db

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with self._open() as db, db:
            db.execute("BEGIN IMMEDIATE")
            yield db


def _written(time: datetime | None) -> str | None:
    return None if time is None else time.astimezone(UTC).isoformat()


def _read(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _key(row: tuple[str, str, str, str, str | None, str | None, int | None, str]) -> Key:
    identity, name, scopes, created, expires, revoked, quota, _ = row
    made = datetime.fromisoformat(created)
    return Key(identity, name, frozenset(scopes.split(",")), made, _read(expires), _read(revoked), quota)
