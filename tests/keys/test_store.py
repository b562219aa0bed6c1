"""Keys: shown once, kept as digests, worth nothing once revoked or expired."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from toolkit.errors import BadOption
from toolkit.keys.model import SCOPES, digest, id_in, new_token, proves
from toolkit.keys.store import KeyStore

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_the_file_never_holds_a_token(tmp_path: Path) -> None:
    """Neither the token nor its secret half is in the file, and nobody else may read the file."""
    store = KeyStore(tmp_path)
    key, token = store.create("CMS")
    kept = store.path.read_bytes()
    assert token.encode() not in kept
    assert token.rpartition(key.id)[2].encode() not in kept
    assert digest(token).encode() in kept
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_a_token_has_256_random_bits_and_says_its_id() -> None:
    """43 letters of base64 after the id; no two are alike."""
    made = [new_token() for _ in range(50)]
    assert len({token for _, token in made}) == 50
    for identity, token in made:
        assert token.startswith(f"dragoman_{identity}_")
        assert len(token.removeprefix(f"dragoman_{identity}_")) == 43
        assert id_in(token) == identity


@pytest.mark.parametrize("text", ["", "dragoman", "dragoman_", "dragoman_0123456789_", "x_0123456789_abc", "д" * 200])
def test_what_is_no_token_has_no_id(text: str) -> None:
    """Any text may be sent as a key."""
    assert id_in(text) is None
    assert not proves(text, "0" * 64)


def test_a_key_is_usable_until_it_expires_or_is_revoked(tmp_path: Path) -> None:
    """The list says which; revoking twice keeps the first time."""
    store = KeyStore(tmp_path)
    key, _ = store.create("b", ["read"], expires=NOW + timedelta(days=1), quota=5, now=NOW)
    assert list(store.list()) == [key]
    assert key.usable(NOW)
    assert key.state(NOW + timedelta(days=1)) == "expired"
    assert store.revoke(key.id, NOW)
    assert store.revoke(key.id, NOW + timedelta(hours=1))
    revoked = store.list()[0]
    assert revoked.revoked == NOW
    assert not revoked.usable(NOW)
    assert (revoked.scopes, revoked.quota) == (frozenset({"read"}), 5)


def test_there_is_nothing_before_the_first_key(tmp_path: Path) -> None:
    """Looking makes no file."""
    store = KeyStore(tmp_path / "none")
    assert store.list() == []
    assert not store.revoke("0123456789")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "scopes", "days", "words"),
    [
        ("", SCOPES, 1, "name"),
        ("x" * 101, SCOPES, 1, "name"),
        ("a\x1b[2J", SCOPES, 1, "name"),
        ("x", (), 1, "scope"),
        ("x", ("everything",), 1, "scope"),
        ("x", SCOPES, 0, "expired"),
    ],
)
def test_a_wrong_wish_is_one_line(tmp_path: Path, name: str, scopes: tuple[str, ...], days: int, words: str) -> None:
    """Nothing is made of it."""
    store = KeyStore(tmp_path)
    with pytest.raises(BadOption, match=words):
        store.create(name, scopes, expires=NOW + timedelta(days=days), now=NOW)
    assert store.list() == []
