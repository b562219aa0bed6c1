"""The keys in memory, read anew as soon as their file has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from toolkit.keys.model import Key, id_in, proves
from toolkit.keys.store import KeyStore

_CHANGES_AT, _CHANGES_LENGTH = 24, 4
"""Where SQLite counts the changes of a file (sqlite.org/fileformat.html, "File change counter")."""
_NOBODY = "0" * 64
"""Compared with where there is no such id, so that this takes as long as a wrong secret."""


def _utc() -> datetime:
    return datetime.now(UTC)


class KeyRing:
    """Finds the key of a token. A key that is made or revoked while the server runs counts at once."""

    def __init__(self, store: KeyStore, clock: Callable[[], datetime] = _utc) -> None:
        self._store = store
        self._clock = clock
        self._stamp: tuple[int, bytes] | None = None
        self._keys: dict[str, tuple[Key, str]] = {}

    @property
    def asked(self) -> bool:
        """Whether requests need a key: since the first was made, so that revoking the last opens nothing."""
        self._refresh()
        return bool(self._keys)

    def find(self, token: str) -> Key | None:
        """The usable key that the token proves."""
        self._refresh()
        key, kept = self._keys.get(id_in(token) or "", (None, _NOBODY))
        return key if proves(token, kept) and key is not None and key.usable(self._clock()) else None

    def _refresh(self) -> None:
        stamp = self._changes()
        if stamp != self._stamp:
            self._keys = {key.id: (key, kept) for key, kept in self._store.digests()}
            self._stamp = stamp

    def _changes(self) -> tuple[int, bytes] | None:
        try:
            with self._store.path.open("rb", buffering=0) as file:
                file.seek(_CHANGES_AT)
                return self._store.path.stat().st_ino, file.read(_CHANGES_LENGTH)
        except FileNotFoundError:
            return None
